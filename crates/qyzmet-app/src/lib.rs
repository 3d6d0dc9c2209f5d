//! Use cases: one file is one thing that a person or a timer does, and [`run`] is the only door to them.

pub mod ports;
