//! How the house is run by people and by CI: the demo, the walk through the main job, the stages of the test command.
//!
//! The parts that start servers and speak to them as a stranger would are public, because the journeys in `tests/` use the same.

pub mod assets;
pub mod bench;
pub mod cargo;
pub mod debian;
pub mod demo;
pub mod failure;
pub mod fingerprint;
pub mod net;
pub mod pkilint;
pub mod process;
pub mod progress;
pub mod repository;
pub mod shell;
pub mod stages;
pub mod walk;

pub use failure::Failure;
