//! A person who wants to sign in by EDS gets a text to sign that cannot be used anywhere else.

use jiff::Timestamp;
use qyzmet_store::repositories::challenges;

use crate::{Access, Cx, Error, UseCase};

/// Asks for a challenge [R74-4.2].
pub struct OpenChallenge;

/// What is to be signed.
pub struct Challenge {
    /// Its number.
    pub id: String,
    /// The exact bytes: they name the portal and the moment, so that a signature cannot be carried elsewhere.
    pub content: Vec<u8>,
    /// When it ends.
    pub expires_at: Timestamp,
}

impl UseCase for OpenChallenge {
    type Output = Challenge;
    const NAME: &'static str = "open-challenge";
    const ACCESS: Access = Access::Public;

    async fn run(self, cx: Cx) -> Result<Challenge, Error> {
        let expires_at = cx.now.checked_add(cx.app.settings.challenge_life).map_err(Error::fault)?;
        let (origin, now) = (cx.app.settings.origin.clone(), cx.now);
        cx.write(move |tx, draw| {
            let id = hex::encode(draw.bytes::<16>());
            let nonce = hex::encode(draw.bytes::<32>());
            let content =
                format!("qyzmet sign-in\norigin: {origin}\nat: {now}\nnonce: {nonce}\n").into_bytes();
            challenges::insert(tx, &id, &content, expires_at)?;
            Ok(Challenge { id, content, expires_at })
        })
        .await
    }
}
