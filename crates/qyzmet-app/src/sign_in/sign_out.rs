//! A person ends the session.

use qyzmet_store::repositories::sessions;
use serde_json::json;

use crate::{Access, Cx, Error, UseCase, record::Record};

/// Ends the session of the caller.
pub struct SignOut;

impl UseCase for SignOut {
    type Output = ();
    const NAME: &'static str = "sign-out";
    const ACCESS: Access = Access::Person;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let session = cx.caller.session().cloned().ok_or(Error::SignInNeeded)?;
        let actor = cx.caller.actor();
        cx.write(move |tx, draw| {
            sessions::end(tx, session.session, session.account)?;
            Record::of(actor.clone(), "sign-out")
                .subject(session.account)
                .payload(json!({ "session": session.session }))
                .write(tx, draw)?;
            Ok(())
        })
        .await
    }
}
