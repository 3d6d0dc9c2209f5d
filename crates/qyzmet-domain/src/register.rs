//! State databases that the portal asks: how a regulation names them, whom they are asked about, and what they know.

use std::fmt;
use std::str::FromStr;

/// A state database behind the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Register {
    /// State database of individuals: the national register of IIN [R839-5.11].
    Individuals,
    /// State database of legal entities: the national register of BIN [R839-5.12].
    LegalEntities,
}

impl Register {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Individuals, Self::LegalEntities];

    /// The name in a regulation, in the journal and in the locales.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Individuals => "gbd-fl",
            Self::LegalEntities => "gbd-ul",
        }
    }

    /// Whom it is asked about: under this name stand the facts of an answer.
    #[must_use]
    pub fn subject(self) -> &'static str {
        match self {
            Self::Individuals => "person",
            Self::LegalEntities => "organisation",
        }
    }

    /// What a question must name: the subject, and whoever asks where that is another.
    #[must_use]
    pub fn asks(self) -> &'static [&'static str] {
        match self {
            Self::Individuals => &["person"],
            Self::LegalEntities => &["organisation", "person"],
        }
    }

    /// The facts that an answer can bring.
    #[must_use]
    pub fn facts(self) -> &'static [&'static str] {
        match self {
            Self::Individuals => &[
                "person.life-status",
                "person.document.status",
                "person.document.end-date",
                "person.surname",
                "person.given-name",
                "person.patronymic",
            ],
            Self::LegalEntities => &[
                "organisation.bin",
                "organisation.name-kk",
                "organisation.name-ru",
                "organisation.registered",
                "organisation.address",
                "organisation.leader-iin",
                "organisation.leader-name",
                "organisation.leader-position-kk",
                "organisation.leader-position-ru",
            ],
        }
    }
}

impl fmt::Display for Register {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The portal asks no such register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the portal asks the registers gbd-fl and gbd-ul")]
pub struct UnknownRegister;

impl FromStr for Register {
    type Err = UnknownRegister;

    fn from_str(text: &str) -> Result<Self, UnknownRegister> {
        Self::ALL.into_iter().find(|register| register.as_str() == text).ok_or(UnknownRegister)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// [R839-5.11] [R839-5.12]
    #[test]
    fn a_register_is_known_by_its_name_and_answers_about_its_subject() {
        for register in Register::ALL {
            assert_eq!(register.as_str().parse(), Ok(register));
            let subject = format!("{}.", register.subject());
            assert!(register.asks().contains(&register.subject()));
            assert!(register.facts().iter().all(|fact| fact.starts_with(&subject)), "{register}");
        }
        assert_eq!("gbd".parse::<Register>(), Err(UnknownRegister));
    }
}
