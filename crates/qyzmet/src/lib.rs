//! The composition: configuration, wiring and the commands of the one binary.

pub mod authority;
pub mod card;
pub mod commands;
pub mod config;
pub mod files;
pub mod nca;
pub mod observe;
pub mod signer;
pub mod wire;
