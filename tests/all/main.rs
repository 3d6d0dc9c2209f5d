//! All tests of the house as a whole, in one binary: journeys in a browser, crashes, and what a client without scripts sees.
//!
//! They start the built product and the simulators as processes of their own, and look at them only from outside; the
//! stories alone run the use cases inside the test, where the clock stands still.

#[cfg(test)]
mod crash;
#[cfg(test)]
mod harness;
#[cfg(test)]
mod journeys;
#[cfg(test)]
mod publication;
#[cfg(test)]
mod regulations;
#[cfg(test)]
mod routes;
#[cfg(test)]
mod stories;
