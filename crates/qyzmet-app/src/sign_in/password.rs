//! Signing in by login and password [R74-4.1].

use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use qyzmet_domain::{Login, SignInMethod};
use qyzmet_store::repositories::accounts::{self, Account};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::{
    limit,
    open_session::{Proven, is_other, open_session, token_digest},
};
use crate::{Access, App, Cx, Error, SignedIn, UseCase, record::Record};

/// A person gives login and password.
pub struct SignInWithPassword {
    /// The login.
    pub login: String,
    /// The password.
    pub password: SecretString,
    /// The address from which the attempt comes, for the limits.
    pub from: String,
    /// Whether it must be the person who is signed in already, and proves it anew.
    pub again: bool,
}

/// Verified in place of a password that does not exist, so that an unknown login takes as long as a wrong password.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5LW5vYm9keQ$ZrBVWcRtjW3YEt5tjYnVnlUQ7vCdWf0q4M8XJmKpXxQ";

impl UseCase for SignInWithPassword {
    type Output = SignedIn;
    const NAME: &'static str = "sign-in-with-password";
    const ACCESS: Access = Access::Public;

    async fn run(self, cx: Cx) -> Result<SignedIn, Error> {
        let login = self.login.parse::<Login>().ok();
        let keys = [limit_key(login.as_ref(), &self.login), format!("sign-in-from:{}", self.from)];
        limit::count(&cx, keys.clone(), "sign-in").await?;
        let account = match login {
            Some(login) => cx.read(move |tx| Ok(accounts::by_login(tx, &login)?)).await?,
            None => None,
        };
        let kept = account.as_ref().and_then(|account| account.password.clone());
        let right = verify(&cx.app, kept, self.password).await?;
        let former = cx.caller.session().cloned();
        match account {
            Some(account) if right && !(self.again && is_other(former.as_ref(), &account)) => {
                let app = cx.app.clone();
                cx.write(move |tx, draw| {
                    limit::clear(tx, &keys[0])?;
                    let method = SignInMethod::Password;
                    let proven = Proven { account: &account, method, former: former.as_ref() };
                    open_session(tx, draw, &app, &proven)
                })
                .await
            }
            account => refuse(&cx, account).await,
        }
    }
}

/// Under what attempts are counted: the login as the account has it, so that no other way to write it gets round the
/// limit. Only a digest is kept, as people type all kinds of things here, passwords too.
fn limit_key(login: Option<&Login>, typed: &str) -> String {
    format!("sign-in:{}", token_digest(login.map_or(typed, Login::as_str)))
}

/// Journals an attempt that failed, if it is known whose account was tried, and answers the same in all cases.
async fn refuse(cx: &Cx, account: Option<Account>) -> Result<SignedIn, Error> {
    if let Some(account) = account {
        cx.write(move |tx, draw| {
            Record::of("anonymous".to_owned(), "sign-in-refused")
                .subject(account.id)
                .clause("74-2016:4.1")
                .payload(json!({ "method": "password" }))
                .write(tx, draw)
        })
        .await?;
    }
    Err(Error::WrongCredentials)
}

/// Compares off the async threads, and only so many at once: each comparison takes tens of milliseconds of a core.
async fn verify(app: &App, kept: Option<String>, password: SecretString) -> Result<bool, Error> {
    let _slot = app.password_slots.acquire().await.map_err(Error::fault)?;
    tokio::task::spawn_blocking(move || {
        let known = kept.is_some();
        let kept = kept.unwrap_or_else(|| NOBODY.to_owned());
        let hash = PasswordHash::new(&kept).map_err(Error::fault)?;
        let same = Argon2::default().verify_password(password.expose_secret().as_bytes(), &hash).is_ok();
        Ok(known && same)
    })
    .await
    .map_err(Error::fault)?
}

/// The form in which a password is kept.
///
/// # Errors
/// When the hash function refuses its input, for example a password of gigabytes.
pub fn hash_password(password: &SecretString, salt: [u8; 16]) -> Result<String, Error> {
    Argon2::default()
        .hash_password_with_salt(password.expose_secret().as_bytes(), &salt)
        .map(|hash| hash.to_string())
        .map_err(Error::fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_nobody_is_a_hash_that_no_password_opens() {
        let hash = PasswordHash::new(NOBODY).unwrap();
        assert!(Argon2::default().verify_password(b"", &hash).is_err());
    }

    #[test]
    fn a_kept_password_is_argon2id_and_opens_with_the_same_words_only() {
        let kept = hash_password(&SecretString::from("Құпия-сөз-2026"), [5; 16]).unwrap();
        assert!(kept.starts_with("$argon2id$"));
        let hash = PasswordHash::new(&kept).unwrap();
        assert!(Argon2::default().verify_password("Құпия-сөз-2026".as_bytes(), &hash).is_ok());
        assert!(Argon2::default().verify_password(b"other", &hash).is_err());
    }
}
