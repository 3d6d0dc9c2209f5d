//! Private keys: the one type that can sign, and the kinds of keys that exist.

mod kind;
mod pem;
mod signer;
pub mod token;

pub use kind::KeyKind;
pub(crate) use pem::{from_pem_block, to_pem_block};
pub use signer::{KeyError, SignError, Signer};
pub use token::{Pin, TokenError, TokenKey};
