//! The name of a service folder: also its place in addresses.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{InvalidId, text_form};

/// Slug of a service: lower-case Latin words and digits joined by single dashes, at most 64 signs.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ServiceId(String);

text_form!(ServiceId);

impl FromStr for ServiceId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        if text.is_empty() {
            return Err(InvalidId::Empty);
        }
        if text.len() > 64 {
            return Err(InvalidId::WrongLength);
        }
        let word = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if text.split('-').all(word) { Ok(Self(text.to_owned())) } else { Err(InvalidId::BadCharacter) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_cannot_leave_its_folder() {
        assert!("subscriber-number-link".parse::<ServiceId>().is_ok());
        for text in ["../x", "a/b", "A", "a--b", "-a", "a-", "a b", "қ", "."] {
            assert_eq!(text.parse::<ServiceId>(), Err(InvalidId::BadCharacter), "{text}");
        }
    }
}
