//! How identifiers are kept in columns.

use qyzmet_domain::{AccountId, CaseId, DutyId, EntryId, JobId, MessageId, SessionId};

use crate::Value;

macro_rules! kept_as_text {
    ($($id:ty),+) => {
        $(impl From<$id> for Value {
            fn from(id: $id) -> Self {
                Self::text(&id)
            }
        })+
    };
}

kept_as_text!(AccountId, CaseId, DutyId, EntryId, JobId, MessageId, SessionId);
