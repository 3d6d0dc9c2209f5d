//! Looking at a piece of work: an order of certificates that could not be registered while the authority was away is registered
//! by the first look after it is back [R839-6.P9].

use jiff::Timestamp;
use qyzmet_domain::Locale;
use qyzmet_engine::Task;
use qyzmet_store::Tx;

use super::load::{Loaded, Place, load};
use crate::{
    App, Cx, Error,
    authority::{is_here, issuing_action},
    cases::{Work, order_certificates, order_problem},
};

/// Reads a piece of work with the order that belongs to it.
pub(super) async fn look<T: Send + 'static>(
    cx: &Cx,
    place: Place,
    read: impl Fn(&mut Tx<'_>, &Loaded) -> Result<T, Error> + Clone + Send + Sync + 'static,
) -> Result<T, Error> {
    if let Some(view) = look_once(cx, place, read.clone()).await? {
        return Ok(view);
    }
    register(cx, place).await?;
    look_once(cx, place, read).await?.ok_or(Error::Late)
}

/// Whether certificates are to be confirmed here while no authority of this deployment can issue them.
pub(super) fn waits_for_authority(app: &App, loaded: &Loaded, now: Timestamp) -> bool {
    confirms_order(loaded) && !is_here(app, now)
}

/// Nothing when an order has to be registered first.
async fn look_once<T: Send + 'static>(
    cx: &Cx,
    place: Place,
    read: impl Fn(&mut Tx<'_>, &Loaded) -> Result<T, Error> + Send + Sync + 'static,
) -> Result<Option<T>, Error> {
    let (officer, app, now) = (cx.officer()?, cx.app.clone(), cx.now);
    cx.read(move |tx| {
        let loaded = load(tx, &app, &officer, (place, now))?;
        if lacks_order(tx, &app, (&loaded, now))? { Ok(None) } else { read(tx, &loaded).map(Some) }
    })
    .await
}

/// Registers the order, unless somebody else has just looked too.
async fn register(cx: &Cx, place: Place) -> Result<(), Error> {
    let (officer, app) = (cx.officer()?, cx.app.clone());
    cx.write(move |tx, draw| {
        let loaded = load(tx, &app, &officer, (place, draw.now()))?;
        if !lacks_order(tx, &app, (&loaded, draw.now()))? {
            return Ok(());
        }
        let regulation = &loaded.regulation;
        let work = Work { app: &app, regulation, actor: "system", locale: Locale::Kk, above: 0 };
        order_certificates(tx, draw, &work, &loaded.case)
    })
    .await
}

/// Whether there is no order though there could be one: what was found wrong with it once stays wrong.
fn lacks_order(tx: &mut Tx<'_>, app: &App, (loaded, now): (&Loaded, Timestamp)) -> Result<bool, Error> {
    let is_open = confirms_order(loaded) && loaded.order.is_none() && loaded.case.number.is_some();
    Ok(is_open && is_here(app, now) && order_problem(tx, &loaded.row, &loaded.regulation)?.is_none())
}

fn confirms_order(loaded: &Loaded) -> bool {
    let Loaded { wait, regulation, .. } = loaded;
    wait.left_at.is_none() && wait.task == Task::Approve.as_str() && issuing_action(regulation).is_some()
}
