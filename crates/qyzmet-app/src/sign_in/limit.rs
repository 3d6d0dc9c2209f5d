//! Limits on attempts to sign in, and on what is asked without it: kept in the store, so that they hold on all nodes and in new sessions.

use jiff::{SignedDuration, Timestamp};
use qyzmet_store::{Tx, limits};

use crate::{Cx, Error};

const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// Many people may share an address, so it is allowed so many times as much.
const SHARED: u64 = 20;

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
    if hits.0 > most || hits.1 > most * SHARED { Err(Error::TooMany { until: end, what }) } else { Ok(()) }
}

/// Counts what an address asks without signing in, and refuses it when it has asked too often.
pub(crate) async fn count_address(cx: &Cx, key: String, most: u32, what: &'static str) -> Result<(), Error> {
    let (start, until) = window(cx.now)?;
    let hits = cx.write(move |tx, _| Ok(limits::hit(tx, &key, start, WINDOW)?)).await?;
    if hits > u64::from(most) { Err(Error::TooMany { until, what }) } else { Ok(()) }
}

/// Refuses an attempt from an address that has failed too often; counts nothing.
pub(super) async fn check_address(cx: &Cx, key: String, what: &'static str) -> Result<(), Error> {
    let (start, until) = window(cx.now)?;
    let most = u64::from(cx.app.settings.sign_in_attempts) * SHARED;
    let hits = cx.read(move |tx| Ok(limits::hits(tx, &key, start)?)).await?;
    if hits >= most { Err(Error::TooMany { until, what }) } else { Ok(()) }
}

/// Counts a failure of somebody, if it is known who is meant, and of an address, in the unit that writes the failure
/// down. When it was one too many: until when the window lasts.
pub(super) fn fail(
    tx: &mut Tx<'_>,
    keys: (Option<&str>, &str),
    most: u32,
    now: Timestamp,
) -> Result<Option<Timestamp>, Error> {
    let ((start, until), most) = (window(now)?, u64::from(most));
    let own = match keys.0 {
        Some(key) => limits::hit(tx, key, start, WINDOW)?,
        None => 0,
    };
    let address = limits::hit(tx, keys.1, start, WINDOW)?;
    Ok((own > most || address > most * SHARED).then_some(until))
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
