//! Answers about single certificates (OCSP, RFC 6960): questions read, answers made, and answers of others judged.
//!
//! The nonce follows RFC 9654, which lets it be 1 to 128 octets long.

mod cert_id;
mod http;
mod nonce;
mod read;
mod request;
mod respond;
mod standing;
mod verify;

#[cfg(test)]
mod tests;

pub use self::{
    cert_id::CertId,
    http::{GetError, from_path},
    nonce::Nonce,
    read::{Response, ResponseError},
    request::{MAX_QUESTIONS, MAX_REQUEST, Request, RequestError},
    respond::{Answer, Responder, ResponderError},
    standing::{ErrorStatus, Standing},
    verify::{AnswerError, Judged},
};
