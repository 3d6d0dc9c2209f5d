//! Who may come through the door: each use case states its access, and the door checks it before anything is loaded.

use qyzmet_domain::{Caller, OfficerSession};

use crate::{ADMINISTRATOR, Error};

/// Whom a use case is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody, also without signing in.
    Public,
    /// A person who is signed in; what they own is checked where it is loaded.
    Person,
    /// An officer of a state body; whether the work is of their unit is checked where it is loaded.
    Officer,
    /// An officer who administers the portal.
    Administrator,
    /// The system itself: jobs and timers.
    System,
}

impl Access {
    /// Lets the caller in, or says what is missing. A person who knocks at a door of the system is told that there is no door.
    ///
    /// # Errors
    /// [`Error::SignInNeeded`] or [`Error::NotFound`].
    pub fn check(self, caller: &Caller) -> Result<(), Error> {
        match (self, caller) {
            (Self::Public, _)
            | (_, Caller::System)
            | (Self::Person, Caller::Person(_) | Caller::Officer(_)) => Ok(()),
            (Self::Officer, Caller::Officer(_)) => Ok(()),
            (Self::Administrator, Caller::Officer(officer)) if has(officer, ADMINISTRATOR) => Ok(()),
            (_, Caller::Anonymous) => Err(Error::SignInNeeded),
            _ => Err(Error::NotFound),
        }
    }

    /// As whom the caller goes on: an officer who does what persons do is a person there, and nothing more.
    pub(crate) fn acting(self, caller: &Caller) -> Caller {
        match (self, caller) {
            (Self::Person, Caller::Officer(officer)) => Caller::Person(officer.person.clone()),
            _ => caller.clone(),
        }
    }
}

/// Whether an officer has a role.
pub(crate) fn has(officer: &OfficerSession, role: &str) -> bool {
    officer.roles.iter().any(|other| other == role)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use qyzmet_domain::{AccountId, PersonSession, SessionId, SignInMethod};

    use super::*;

    #[test]
    fn a_stranger_is_asked_to_sign_in_and_the_system_may_do_everything() {
        assert!(matches!(Access::Person.check(&Caller::Anonymous), Err(Error::SignInNeeded)));
        assert!(matches!(Access::System.check(&Caller::Anonymous), Err(Error::SignInNeeded)));
        assert!(Access::Public.check(&Caller::Anonymous).is_ok());
        assert!(Access::Person.check(&Caller::System).is_ok());
        assert!(matches!(Access::Officer.check(&Caller::Anonymous), Err(Error::SignInNeeded)));
    }

    #[test]
    fn an_officer_is_a_person_where_persons_go_and_no_administrator_without_the_role() {
        let person = PersonSession {
            session: SessionId::from_parts(Timestamp::UNIX_EPOCH, [1; 10]),
            account: AccountId::from_parts(Timestamp::UNIX_EPOCH, [2; 10]),
            iin: "900101300017".parse().unwrap(),
            method: SignInMethod::Eds,
            signed_in_at: Timestamp::UNIX_EPOCH,
        };
        let (body, unit) = ("nca".to_owned(), "operator".to_owned());
        let officer =
            OfficerSession { person: person.clone(), body, unit, roles: vec!["officer".to_owned()] };
        let caller = Caller::Officer(officer.clone());
        assert!(Access::Officer.check(&caller).is_ok());
        assert!(Access::Person.check(&caller).is_ok());
        assert_eq!(Access::Person.acting(&caller), Caller::Person(person.clone()));
        assert!(matches!(Access::Administrator.check(&caller), Err(Error::NotFound)));
        assert!(matches!(Access::Officer.check(&Caller::Person(person)), Err(Error::NotFound)));
        let roles = vec![ADMINISTRATOR.to_owned()];
        assert!(Access::Administrator.check(&Caller::Officer(OfficerSession { roles, ..officer })).is_ok());
    }
}
