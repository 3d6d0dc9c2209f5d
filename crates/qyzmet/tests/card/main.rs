//! The card agent as a process of its own, with a card of its own: who may ask, what comes of it, and where the PIN goes.

// Declared under `cfg(test)` so that the lints treat helpers as the test code that they are.
#[cfg(test)]
mod door;
#[cfg(test)]
mod pin;
#[cfg(test)]
mod story;
#[cfg(test)]
mod world;
