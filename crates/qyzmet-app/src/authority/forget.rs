//! Forgetting revocation lists that have long ended, with the documents behind them.

use qyzmet_store::repositories::lists::{self, ListRow};
use serde_json::json;

use crate::{Access, Cx, Error, UseCase, record::Record};

/// How many lists of an issuer go at once: the rest goes with the next look.
const MOST: u32 = 200;

/// Removes lists that ended longer ago than they are kept. The latest of each series stays, and every full list with which a delta
/// may begin that stays. Only a node with the authority's folder does it; two at once are harmless.
pub struct ForgetLists;

impl UseCase for ForgetLists {
    /// How many lists were removed.
    type Output = usize;
    const NAME: &'static str = "forget-lists";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<usize, Error> {
        let Ok(authority) = cx.app.authority() else { return Ok(0) };
        let until = cx.now.checked_sub(authority.periods.kept).map_err(Error::fault)?;
        let mut removed = 0;
        for issuer in &authority.issuers {
            let name = issuer.name.clone();
            let ended = cx.read(move |tx| Ok(lists::ended(tx, &name, until, MOST)?)).await?;
            if !ended.is_empty() {
                removed += forget(&cx, issuer.name.clone(), ended).await?;
            }
        }
        Ok(removed)
    }
}

/// Destroys the documents first: whatever dies in between leaves rows, which the next look finds again. A list is its signed bytes;
/// nothing but a row of a list names them.
async fn forget(cx: &Cx, issuer: String, ended: Vec<ListRow>) -> Result<usize, Error> {
    for list in &ended {
        let (document, others) = (list.document, |row: &&ListRow| row.document == list.document);
        let going = ended.iter().filter(others).count();
        let naming = cx.read(move |tx| Ok(lists::naming(tx, document)?)).await?;
        if usize::try_from(naming).is_ok_and(|naming| naming <= going) {
            cx.app.documents.destroy(document).await?;
        }
    }
    cx.write(move |tx, draw| {
        let mut told = Vec::new();
        for list in &ended {
            if lists::remove(tx, list)? {
                told.push(json!({ "series": list.series.to_string(), "number": list.number, "document": list.document }));
            }
        }
        let removed = told.len();
        if removed > 0 {
            let entry = Record::of("system".to_owned(), "lists-removed").clause("839-2012:T3.4");
            entry.payload(json!({ "issuer": issuer, "lists": told })).write(tx, draw)?;
        }
        Ok(removed)
    })
    .await
}
