//! Proof with what we did not write: OpenSSL, xmlsec1, pdfsig, NIST PKITS, x509-limbo, Wycheproof and real samples.

// Declared under `cfg(test)` so that the lints treat helpers as the test code that they are.
#[cfg(test)]
mod answers;
#[cfg(test)]
mod card;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod limbo;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod nca;
#[cfg(test)]
mod openssl;
#[cfg(test)]
mod orders;
#[cfg(test)]
mod pdfsig;
#[cfg(test)]
mod pkits;
#[cfg(test)]
mod profiles;
#[cfg(test)]
mod questions;
#[cfg(test)]
mod requests;
#[cfg(test)]
mod responders;
#[cfg(test)]
mod shapes;
#[cfg(test)]
mod softhsm;
#[cfg(test)]
mod stamps;
#[cfg(test)]
mod support;
#[cfg(test)]
mod token;
#[cfg(test)]
mod verdicts;
#[cfg(test)]
mod wycheproof;
#[cfg(test)]
mod xmlsec;
