//! From an order to its certificates: the whole way, a process that dies on it, a portal in strange hands,
//! which of several authorities issues, and how fast it is.

// Declared under `cfg(test)` so that the lints treat helpers as the test code that they are.
#[cfg(test)]
mod choice;
#[cfg(test)]
mod kill;
#[cfg(test)]
mod nobody;
#[cfg(test)]
mod refused;
#[cfg(test)]
mod speed;
#[cfg(test)]
mod stolen;
#[cfg(test)]
mod way;
#[cfg(test)]
mod world;
