//! The language in which a person is served and gets messages.

use qyzmet_domain::Locale;
use qyzmet_store::repositories::accounts;

use crate::{Access, Cx, Error, UseCase};

/// Remembers the language of the person who is signed in.
pub struct ChangeLocale {
    /// The language.
    pub locale: Locale,
}

impl UseCase for ChangeLocale {
    type Output = ();
    const NAME: &'static str = "change-locale";
    const ACCESS: Access = Access::Person;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let account = cx.account()?;
        cx.write(move |tx, _| Ok(accounts::set_locale(tx, account, self.locale)?)).await
    }
}
