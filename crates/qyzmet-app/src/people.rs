//! Opening accounts; in this first cut the system does it, from data that a register has confirmed.

use qyzmet_domain::{AccountId, Iin, Locale, Login};
use qyzmet_store::{
    Tx,
    repositories::accounts::{self, Account},
};
use secrecy::SecretString;
use serde_json::json;

use crate::{Access, Cx, Draw, Error, UseCase, hash_password, record::Record};

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
            open(tx, draw, "system", &account)?;
            Ok(account.id)
        })
        .await
    }
}

/// Opens the account of somebody who stands at a desk and has none: nobody can sign in with a password, only with an EDS of
/// this very person.
pub(crate) fn open_for_visitor(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    actor: &str,
    (iin, name): (&Iin, &str),
) -> Result<Account, Error> {
    let id = draw.account();
    let account = Account {
        id,
        login: format!("visitor-{id}").parse().map_err(Error::fault)?,
        password: None,
        iin: iin.clone(),
        name: name.to_owned(),
        locale: Locale::Kk,
        created_at: draw.now(),
    };
    open(tx, draw, actor, &account)?;
    Ok(account)
}

fn open(tx: &mut Tx<'_>, draw: &mut Draw, actor: &str, account: &Account) -> Result<(), Error> {
    accounts::insert(tx, account)?;
    Record::of(actor.to_owned(), "account-opened").subject(account.id).payload(json!({})).write(tx, draw)?;
    Ok(())
}
