//! A folder's model written as an author writes it, the other way round of reading: so it can be exported, compared key by
//! key, and read again [R1116-12].

mod form;
mod keys;
mod process;
mod service;
#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use tests::every_regulation;

use crate::{Form, Process, Service};

pub(crate) use keys::Keys;
pub(crate) use process::{next, term};

impl Process {
    /// `process.toml` with everything that the model holds; read again, it is the same process.
    #[must_use]
    pub fn written(&self) -> String {
        self.keys().to_string()
    }
}

impl Service {
    /// `service.toml` with everything that the model holds.
    #[must_use]
    pub fn written(&self) -> String {
        self.keys().to_string()
    }
}

impl Form {
    /// `form.toml` with everything that the model holds.
    #[must_use]
    pub fn written(&self) -> String {
        self.keys().to_string()
    }
}
