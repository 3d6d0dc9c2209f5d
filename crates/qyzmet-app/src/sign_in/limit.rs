//! Limits on attempts to sign in: kept in the store, so that they hold on all nodes and in new sessions.

use jiff::{SignedDuration, Timestamp};
use qyzmet_store::{Tx, limits};

use crate::{Cx, Error};

const WINDOW: SignedDuration = SignedDuration::from_mins(15);

/// Counts an attempt under each key, and refuses it when one of them has had too many.
pub(super) async fn count(cx: &Cx, keys: [String; 2], what: &'static str) -> Result<(), Error> {
    let (start, end) = window(cx.now)?;
    let most = u64::from(cx.app.settings.sign_in_attempts);
    let hits = cx
        .write(move |tx, _| {
            let own = limits::hit(tx, &keys[0], start, WINDOW)?;
            let address = limits::hit(tx, &keys[1], start, WINDOW)?;
            Ok((own, address))
        })
        .await?;
    // Many people may share an address, so it is allowed twenty times as much.
    if hits.0 > most || hits.1 > most * 20 { Err(Error::TooMany { until: end, what }) } else { Ok(()) }
}

/// Forgets the attempts of somebody who has got in.
pub(super) fn clear(tx: &mut Tx<'_>, key: &str) -> Result<(), Error> {
    limits::forget(tx, key)?;
    Ok(())
}

fn window(now: Timestamp) -> Result<(Timestamp, Timestamp), Error> {
    let length = WINDOW.as_secs();
    let start = Timestamp::from_second(now.as_second() / length * length).map_err(Error::fault)?;
    let end = start.checked_add(WINDOW).map_err(Error::fault)?;
    Ok((start, end))
}
