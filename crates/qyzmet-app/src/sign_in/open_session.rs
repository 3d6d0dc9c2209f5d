//! The session that every way of signing in ends with.

use jiff::Timestamp;
use qyzmet_domain::{AccountId, Locale, PersonSession, SignInMethod};
use qyzmet_store::{
    Tx,
    repositories::{
        accounts::Account,
        sessions::{self, Session},
    },
};
use serde_json::json;

use super::sign_out;
use crate::{App, Draw, Error, record::Record};

/// What a person who has signed in takes along.
pub struct SignedIn {
    /// The value of the cookie; only its digest is kept.
    pub token: String,
    /// When the session ends at the latest.
    pub expires_at: Timestamp,
    /// Whose it is.
    pub account: AccountId,
    /// The language in which the person was last served.
    pub locale: Locale,
}

/// The digest under which a token is kept.
pub(crate) fn token_digest(token: &str) -> String {
    hex::encode(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, token.as_bytes()))
}

/// Who has proven to be whom, and in which session they were before.
pub(super) struct Proven<'a> {
    /// Whose account.
    pub(super) account: &'a Account,
    /// How it was proven.
    pub(super) method: SignInMethod,
    /// The session from which it was proven, if it was from one: it ends, so that one browser has one session and a
    /// token that was known before a proof is worth nothing after it.
    pub(super) former: Option<&'a PersonSession>,
}

/// Opens a session and journals it [R10-2.11].
pub(super) fn open_session(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    app: &App,
    proven: &Proven<'_>,
) -> Result<SignedIn, Error> {
    let Proven { account, method, former } = *proven;
    if let Some(former) = former {
        sign_out::end(tx, draw, former)?;
    }
    let now = draw.now();
    let token = hex::encode(draw.bytes::<32>());
    let expires_at = now.checked_add(app.settings.session_life).map_err(Error::fault)?;
    let session = Session {
        token: token_digest(&token),
        id: draw.session(),
        account: account.id,
        method: method_word(method).to_owned(),
        started_at: now,
        seen_at: now,
        expires_at,
        iin: account.iin.clone(),
        name: account.name.clone(),
    };
    sessions::insert(tx, &session)?;
    Record::of(format!("person:{}", account.id), "sign-in")
        .subject(account.id)
        .clause(method_clause(method))
        .payload(json!({ "method": session.method, "session": session.id }))
        .write(tx, draw)?;
    Ok(SignedIn { token, expires_at, account: account.id, locale: account.locale })
}

/// Whether the session that is to be proven anew is somebody else's.
pub(super) fn is_other(former: Option<&PersonSession>, account: &Account) -> bool {
    former.is_some_and(|former| former.account != account.id)
}

/// The word under which a way of signing in is kept.
pub(crate) fn method_word(method: SignInMethod) -> &'static str {
    match method {
        SignInMethod::Password => "password",
        SignInMethod::Eds => "eds",
        SignInMethod::NumberOtp => "number-otp",
    }
}

fn method_clause(method: SignInMethod) -> &'static str {
    match method {
        SignInMethod::Password => "74-2016:4.1",
        SignInMethod::Eds => "74-2016:4.2",
        SignInMethod::NumberOtp => "74-2016:4.3",
    }
}
