//! Opening accounts; in this first cut the system does it, from data that a register has confirmed.

use qyzmet_domain::{AccountId, Iin, Locale, Login};
use qyzmet_store::repositories::accounts::{self, Account};
use secrecy::SecretString;
use serde_json::json;

use crate::{Access, Cx, Error, UseCase, hash_password, record::Record};

/// Opens an account, unless the person has one.
pub struct OpenAccount {
    /// Login.
    pub login: Login,
    /// Password; without one the person comes in by EDS only.
    pub password: Option<SecretString>,
    /// Whose it is.
    pub iin: Iin,
    /// Name as registered.
    pub name: String,
}

impl UseCase for OpenAccount {
    type Output = AccountId;
    const NAME: &'static str = "open-account";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<AccountId, Error> {
        let salt = cx.app.entropy.seed().map_err(Error::fault)?;
        let salt: [u8; 16] = salt[..16].try_into().map_err(Error::fault)?;
        let password = self.password.as_ref().map(|password| hash_password(password, salt)).transpose()?;
        cx.write(move |tx, draw| {
            if let Some(account) = accounts::by_iin(tx, &self.iin)? {
                return Ok(account.id);
            }
            let account = Account {
                id: draw.account(),
                login: self.login.clone(),
                password: password.clone(),
                iin: self.iin.clone(),
                name: self.name.clone(),
                locale: Locale::Kk,
                created_at: draw.now(),
            };
            accounts::insert(tx, &account)?;
            Record::of("system".to_owned(), "account-opened")
                .subject(account.id)
                .payload(json!({}))
                .write(tx, draw)?;
            Ok(account.id)
        })
        .await
    }
}
