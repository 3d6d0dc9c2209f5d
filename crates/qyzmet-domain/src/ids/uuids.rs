//! Names of things the portal itself makes: UUIDs of version 7, ordered by time of birth.

use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::InvalidId;

/// Makes one newtype over a UUID.
macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new name from a moment (to the millisecond) and random bytes: UUID version 7.
            #[must_use]
            pub fn from_parts(now: Timestamp, random: [u8; 10]) -> Self {
                let millis = u64::try_from(now.as_millisecond()).unwrap_or_default();
                Self(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
            }

            /// The UUID inside.
            #[must_use]
            pub fn as_uuid(&self) -> Uuid {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                let refuse = |_| InvalidId::BadCharacter;
                if text.len() == 36 { Uuid::try_parse(text).map(Self).map_err(refuse) } else { Err(InvalidId::WrongLength) }
            }
        }
    };
}

uuid_id!(
    /// A user account: what is kept about a person on the portal [R58-2.7].
    AccountId
);
uuid_id!(
    /// One run of a service.
    CaseId
);
uuid_id!(
    /// One visit of a signed-in caller.
    SessionId
);
uuid_id!(
    /// One piece of work that waits for a worker.
    JobId
);
uuid_id!(
    /// One entry of the journal.
    EntryId
);
uuid_id!(
    /// One dated duty around an operator of the authority.
    DutyId
);
uuid_id!(
    /// One message to an outside system; the same number means the same message.
    MessageId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_by_time_and_survive_text() {
        let early = CaseId::from_parts("2026-01-01T00:00:00Z".parse().unwrap(), [255; 10]);
        let late = CaseId::from_parts("2026-01-01T00:00:01Z".parse().unwrap(), [0; 10]);
        assert!(early < late);
        assert_eq!(early.to_string().parse(), Ok(early));
        assert_eq!(early.as_uuid().get_version_num(), 7);
        assert_eq!("x".parse::<CaseId>(), Err(InvalidId::WrongLength));
    }
}
