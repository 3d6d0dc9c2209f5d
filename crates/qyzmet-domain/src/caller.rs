//! Who asks: types, so that a handler cannot forget to find out.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{AccountId, Bin, Iin, SessionId};

/// Whoever is at the door of a use case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Nobody has signed in.
    Anonymous,
    /// An individual who acts for himself.
    Person(PersonSession),
    /// An individual who acts for a legal entity.
    Representative(RepresentativeSession),
    /// An employee of a state body.
    Officer(OfficerSession),
    /// A program with a key of its own, for example a bank's application.
    ApiClient(ApiClient),
    /// The portal itself: a timer or a worker.
    System,
}

/// How somebody signed in [R74-4].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignInMethod {
    /// Login and password [R74-4.1].
    Password,
    /// EDS over the portal's challenge [R74-4.2].
    Eds,
    /// Identification number, linked subscriber number and one-time password [R74-4.3a].
    NumberOtp,
}

/// A signed-in individual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonSession {
    /// The visit.
    pub session: SessionId,
    /// Whose account.
    pub account: AccountId,
    /// The person's number.
    pub iin: Iin,
    /// How the person signed in.
    pub method: SignInMethod,
    /// When.
    pub signed_in_at: Timestamp,
}

impl PersonSession {
    /// Whether it is still sure who sits there: proven by EDS, or in another way at most `fresh` ago.
    #[must_use]
    pub fn is_sure(&self, now: Timestamp, fresh: SignedDuration) -> bool {
        self.method == SignInMethod::Eds || now.duration_since(self.signed_in_at) <= fresh
    }
}

/// An individual who signed in to act for a legal entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepresentativeSession {
    /// The individual behind it.
    pub person: PersonSession,
    /// The entity for which the person acts.
    pub bin: Bin,
}

/// A signed-in employee of a state body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficerSession {
    /// The individual behind it.
    pub person: PersonSession,
    /// Id of the state body.
    pub body: String,
    /// Id of the unit in the body.
    pub unit: String,
    /// What the officer may do.
    pub roles: Vec<String>,
}

/// A program that calls the interface of the portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiClient {
    /// Its id in the register of clients.
    pub id: String,
    /// What it may do.
    pub scopes: Vec<String>,
}

impl Caller {
    /// The account behind the caller, if there is one.
    #[must_use]
    pub fn account(&self) -> Option<AccountId> {
        self.session().map(|session| session.account)
    }

    /// The individual's session behind the caller, if there is one.
    #[must_use]
    pub fn session(&self) -> Option<&PersonSession> {
        match self {
            Self::Person(person) => Some(person),
            Self::Representative(representative) => Some(&representative.person),
            Self::Officer(officer) => Some(&officer.person),
            Self::Anonymous | Self::ApiClient(_) | Self::System => None,
        }
    }

    /// How the journal names the caller: kind and id, nothing personal [R10-2.11].
    #[must_use]
    pub fn actor(&self) -> String {
        match self {
            Self::Anonymous => "anonymous".to_owned(),
            Self::Person(person) => format!("person:{}", person.account),
            Self::Representative(representative) => {
                format!("representative:{}", representative.person.account)
            }
            Self::Officer(officer) => format!("officer:{}", officer.person.account),
            Self::ApiClient(client) => format!("api:{}", client.id),
            Self::System => "system".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(method: SignInMethod) -> PersonSession {
        let signed_in_at = Timestamp::from_second(1_000_000).unwrap();
        PersonSession {
            session: SessionId::from_parts(signed_in_at, [1; 10]),
            account: AccountId::from_parts(signed_in_at, [2; 10]),
            iin: "900101300017".parse().unwrap(),
            method,
            signed_in_at,
        }
    }

    #[test]
    fn a_session_by_password_is_sure_for_a_while_and_one_by_eds_as_long_as_it_lives() {
        let fresh = SignedDuration::from_mins(15);
        let (just, late) = (fresh, fresh + SignedDuration::from_micros(1));
        for method in [SignInMethod::Password, SignInMethod::NumberOtp] {
            let session = session(method);
            assert!(session.is_sure(session.signed_in_at + just, fresh), "{method:?}");
            assert!(!session.is_sure(session.signed_in_at + late, fresh), "{method:?}");
        }
        let session = session(SignInMethod::Eds);
        assert!(session.is_sure(session.signed_in_at + late, fresh));
    }
}
