//! The person's profile: register data, the linked number, running sessions.

use jiff::Timestamp;
use qyzmet_domain::ServiceId;
use qyzmet_store::repositories::{accounts, numbers, sessions};

use crate::{Access, Cx, Error, UseCase, cases::links_numbers, numbering};

/// Shows the profile.
pub struct ShowProfile;

/// The profile.
pub struct ProfileView {
    /// Name.
    pub name: String,
    /// IIN, in part.
    pub iin_masked: String,
    /// The linked number, in part [R58-5.3b].
    pub number_masked: Option<String>,
    /// Since when it is linked.
    pub linked_at: Option<Timestamp>,
    /// Running sessions.
    pub sessions: Vec<SessionCard>,
    /// The service that links a number, found by what its table does.
    pub link_service: Option<ServiceId>,
}

/// A running session.
#[derive(Clone, Debug)]
pub struct SessionCard {
    /// When it was opened.
    pub started_at: Timestamp,
    /// How: `password`, `eds`.
    pub method: String,
    /// Whether it is this one.
    pub current: bool,
}

impl UseCase for ShowProfile {
    type Output = ProfileView;
    const NAME: &'static str = "show-profile";
    const ACCESS: Access = Access::Person;

    async fn run(self, cx: Cx) -> Result<ProfileView, Error> {
        let session = cx.caller.session().cloned().ok_or(Error::SignInNeeded)?;
        let (account, now) = (session.account, cx.now);
        let (person, number, running) = cx
            .read(move |tx| {
                let person = accounts::by_id(tx, account)?.ok_or(Error::NotFound)?;
                let number = numbers::of_account(tx, account)?;
                Ok((person, number, sessions::of_account(tx, account, now)?))
            })
            .await?;
        let sessions = running.into_iter().map(|other| SessionCard {
            started_at: other.started_at,
            current: other.id == session.session,
            method: other.method,
        });
        Ok(ProfileView {
            name: person.name,
            iin_masked: person.iin.masked(),
            linked_at: number.as_ref().map(|(_, since)| *since),
            number_masked: number.map(|(number, _)| number.masked()),
            sessions: sessions.collect(),
            link_service: cx
                .app
                .catalogue
                .all(numbering::day(now))
                .iter()
                .find(|regulation| links_numbers(regulation))
                .map(|regulation| regulation.id().clone()),
        })
    }
}
