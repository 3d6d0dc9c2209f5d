//! A published list, with what tells how long it may be kept.

use jiff::Timestamp;
use qyzmet_store::repositories::lists::{self, Series};

use crate::{Access, Cx, Error, UseCase};

/// A published list.
#[derive(Clone, Debug)]
pub struct Published {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// When it was made.
    pub since: Timestamp,
    /// When the next one is there at the latest; nothing for what has no end of its own.
    pub until: Option<Timestamp>,
    /// The moment of the answer.
    pub now: Timestamp,
}

/// Shows the latest list of a series.
pub struct ShowList {
    /// Name of the issuer.
    pub issuer: String,
    /// Which.
    pub series: Series,
}

impl UseCase for ShowList {
    type Output = Published;
    const NAME: &'static str = "show-list";
    const ACCESS: Access = Access::Public;

    async fn run(self, cx: Cx) -> Result<Published, Error> {
        cx.app.authority()?.issuer(&self.issuer)?;
        let latest = cx.read(move |tx| Ok(lists::latest(tx, &self.issuer, self.series)?)).await?;
        let list = latest.ok_or(Error::NotFound)?;
        let bytes = cx.app.documents.get(list.document).await?;
        Ok(Published { bytes, since: list.this_update, until: Some(list.next_update), now: cx.now })
    }
}
