//! What must hold when things go wrong: power cuts, a register that is down, full disks, wrong settings, a signer that dies.

mod ceremony;
mod configuration;
mod disk;
mod kill;
mod outside;
mod shutdown;
mod signer;
