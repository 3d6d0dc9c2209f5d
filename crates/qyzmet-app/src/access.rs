//! Who may come through the door: each use case states its access, and the door checks it before anything is loaded.

use qyzmet_domain::Caller;

use crate::Error;

/// Whom a use case is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody, also without signing in.
    Public,
    /// A person who is signed in; what they own is checked where it is loaded.
    Person,
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
            (Self::Public, _) | (_, Caller::System) | (Self::Person, Caller::Person(_)) => Ok(()),
            (_, Caller::Anonymous) => Err(Error::SignInNeeded),
            _ => Err(Error::NotFound),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stranger_is_asked_to_sign_in_and_the_system_may_do_everything() {
        assert!(matches!(Access::Person.check(&Caller::Anonymous), Err(Error::SignInNeeded)));
        assert!(matches!(Access::System.check(&Caller::Anonymous), Err(Error::SignInNeeded)));
        assert!(Access::Public.check(&Caller::Anonymous).is_ok());
        assert!(Access::Person.check(&Caller::System).is_ok());
    }
}
