//! Stories of ceremonies and moves, told to OpenSSL as a stranger and to SoftHSM2 as a device.

mod approvals;
mod crash;
mod moving;
mod plans;
mod stories;
mod world;
