//! Each request begins with finding out who asks.

use jiff::SignedDuration;
use qyzmet_domain::{Caller, OfficerSession, PersonSession, SignInMethod};
use qyzmet_store::repositories::{
    officers::{self, OfficerRow},
    sessions::{self, Session},
};

use super::open_session::token_digest;
use crate::{Access, Cx, Error, UseCase};

/// Whose cookie is this?
pub struct FindCaller {
    /// The value of the cookie.
    pub token: String,
}

/// A session is marked as used at most this often, so that a page view does not write.
const MARK_EVERY: SignedDuration = SignedDuration::from_mins(5);

impl UseCase for FindCaller {
    /// `None` when there is no such session, or it is over.
    type Output = Option<Caller>;
    const NAME: &'static str = "find-caller";
    const ACCESS: Access = Access::Public;

    async fn run(self, cx: Cx) -> Result<Option<Caller>, Error> {
        let digest = token_digest(&self.token);
        let now = cx.now;
        let found = cx.read(move |tx| {
            let Some(session) = sessions::find(tx, &digest)? else { return Ok(None) };
            let officer = officers::in_force(tx, session.account, now)?;
            Ok(Some((session, officer)))
        });
        let Some((session, officer)) = found.await? else { return Ok(None) };
        let unused = cx.now.duration_since(session.seen_at);
        if session.expires_at <= cx.now || unused > cx.app.settings.session_idle {
            return Ok(None);
        }
        if unused > MARK_EVERY {
            let (token, now) = (session.token.clone(), cx.now);
            cx.write(move |tx, _| Ok(sessions::touch(tx, &token, now)?)).await?;
        }
        Ok(Some(of_office(caller(session), officer)))
    }
}

/// An account that is appointed to a unit acts for it.
fn of_office(person: PersonSession, officer: Option<OfficerRow>) -> Caller {
    match officer {
        Some(OfficerRow { body, unit, roles, .. }) => {
            Caller::Officer(OfficerSession { person, body, unit, roles })
        }
        None => Caller::Person(person),
    }
}

fn caller(session: Session) -> PersonSession {
    let method = match session.method.as_str() {
        "eds" => SignInMethod::Eds,
        "number-otp" => SignInMethod::NumberOtp,
        _ => SignInMethod::Password,
    };
    PersonSession {
        session: session.id,
        account: session.account,
        iin: session.iin,
        method,
        signed_in_at: session.started_at,
    }
}
