//! A person ends the session.

use qyzmet_domain::{Caller, PersonSession};
use qyzmet_store::{Tx, repositories::sessions};
use serde_json::json;

use crate::{Access, Cx, Draw, Error, UseCase, record::Record};

/// Ends the session of the caller.
pub struct SignOut;

impl UseCase for SignOut {
    type Output = ();
    const NAME: &'static str = "sign-out";
    const ACCESS: Access = Access::Person;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let session = cx.caller.session().cloned().ok_or(Error::SignInNeeded)?;
        cx.write(move |tx, draw| end(tx, draw, &session)).await
    }
}

/// Ends a session and journals it.
pub(super) fn end(tx: &mut Tx<'_>, draw: &mut Draw, session: &PersonSession) -> Result<(), Error> {
    sessions::end(tx, session.session, session.account)?;
    Record::of(Caller::Person(session.clone()).actor(), "sign-out")
        .subject(session.account)
        .payload(json!({ "session": session.session }))
        .write(tx, draw)?;
    Ok(())
}
