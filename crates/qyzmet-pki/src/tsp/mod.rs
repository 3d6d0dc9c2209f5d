//! Time-stamps (RFC 3161, RFC 5816): requests read, tokens made, and tokens of others verified.

mod failure;
mod imprint;
mod info;
mod request;
mod stamp;
mod verify;

#[cfg(test)]
mod tests;

pub use self::{
    failure::Failure,
    imprint::Imprint,
    info::{Accuracy, Info},
    request::{MAX_REQUEST, Request},
    stamp::{Stamper, StamperError},
    verify::{NotStamped, Stamped, claimed, token_of, verify},
};
