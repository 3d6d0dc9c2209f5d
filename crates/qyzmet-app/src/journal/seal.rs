//! The sealer: gives new entries their places in the tree and signs its head.

use qyzmet_store::journal;

use super::note_key;
use crate::{Access, Cx, Error, UseCase};

/// How many entries one unit of work seals, so that no other writer waits long.
const MOST: u32 = 2000;

/// Seals what has been written since the last sealing.
pub struct SealJournal;

impl UseCase for SealJournal {
    /// How many entries were sealed.
    type Output = u64;
    const NAME: &'static str = "seal-journal";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<u64, Error> {
        let mut sealed = 0;
        loop {
            let some = cx.write(|tx, draw| Ok(journal::seal(tx, draw.now(), MOST)?.entries)).await?;
            sealed += some;
            if some < u64::from(MOST) {
                break;
            }
        }
        let (app, key) = (cx.app.clone(), note_key(&cx.app)?);
        let sign = move |text: &[u8]| app.keys.journal.sign(text).map_err(Error::fault);
        cx.write(move |tx, draw| Ok(journal::checkpoint(tx, draw.now(), &key, &sign)?.map(|_| ()))).await?;
        Ok(sealed)
    }
}
