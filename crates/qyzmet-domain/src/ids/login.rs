//! The name under which a person signs in [R10-2.9].

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{InvalidId, hidden_debug, text_form};

/// Login: unique on the portal, without regard to case [R10-2.9]. Latin letters, digits and `. _ - @`, so that two
/// logins cannot look alike; 3 to 64 signs.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Login(String);

text_form!(Login);
hidden_debug!(Login);

impl FromStr for Login {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let text = text.trim();
        if text.is_empty() {
            return Err(InvalidId::Empty);
        }
        if !(3..=64).contains(&text.len()) {
            return Err(InvalidId::WrongLength);
        }
        let belongs = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '@');
        let opens_well = text.starts_with(|c: char| c.is_ascii_alphanumeric());
        if !opens_well || !text.chars().all(belongs) {
            return Err(InvalidId::BadCharacter);
        }
        Ok(Self(text.to_ascii_lowercase()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// [R10-2.9]
    #[test]
    fn logins_that_look_alike_are_one_login() {
        assert_eq!("Aigerim.S".parse::<Login>(), "aigerim.s".parse());
        assert_eq!("аigerim".parse::<Login>(), Err(InvalidId::BadCharacter), "a Cyrillic letter");
        assert_eq!("ab".parse::<Login>(), Err(InvalidId::WrongLength));
        assert_eq!("-ab".parse::<Login>(), Err(InvalidId::BadCharacter));
        assert_eq!(" ".parse::<Login>(), Err(InvalidId::Empty));
        assert_eq!(format!("{:?}", "abc".parse::<Login>().unwrap()), "Login(…)");
    }
}
