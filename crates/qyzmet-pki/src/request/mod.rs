//! Requests for certificates (PKCS#10): the key that is asked to be certified, its strength, and the proof of possession.
//!
//! Of a request only the key counts. Its subject is a claim: whose certificate it will be follows from registers.

mod fermat;
mod id;
mod key;
mod known;
mod parse;
mod roca;
mod rsa;
mod write;

#[cfg(test)]
mod tests;

pub(crate) use self::write::Content;
pub use self::{
    id::KeyId,
    key::{SubjectKey, WeakKey},
    known::{KnownKeys, KnownKeysError},
    parse::{MAX_BYTES, Request, RequestError},
    write::write,
};
