//! The composition: configuration, wiring and the commands of the one binary.

pub mod commands;
pub mod config;
pub mod files;
pub mod nca;
pub mod observe;
pub mod wire;
