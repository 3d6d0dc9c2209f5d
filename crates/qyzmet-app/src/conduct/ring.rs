//! The clocks of duties: what nobody has done in time is raised, and what comes on its day comes without anybody.

use qyzmet_domain::conduct::DutyKind;
use qyzmet_store::{
    Tx,
    repositories::duties::{self, DutyRow},
};

use super::{duties::close, tell};
use crate::{Access, App, Cx, Draw, Error, UseCase, authority::of_operators};

/// Looks at all duties whose clock has rung.
pub struct RingDuties;

impl UseCase for RingDuties {
    /// How many had rung.
    type Output = usize;
    const NAME: &'static str = "ring-duties";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<usize, Error> {
        let now = cx.now;
        let rung = cx.read(move |tx| Ok(duties::alarms(tx, now)?)).await?;
        for duty in &rung {
            let (app, id) = (cx.app.clone(), duty.id);
            cx.write(move |tx, draw| {
                // Another process may have been faster.
                let seen = duties::find(tx, id)?;
                match seen.filter(|duty| duty.alarm_at.is_some_and(|at| at <= draw.now())) {
                    Some(duty) => ring(tx, draw, &app, &duty),
                    None => Ok(()),
                }
            })
            .await?;
        }
        Ok(rung.len())
    }
}

fn ring(tx: &mut Tx<'_>, draw: &mut Draw, app: &App, duty: &DutyRow) -> Result<(), Error> {
    match duty.kind {
        DutyKind::Departure => departure(tx, draw, app, duty),
        DutyKind::Absence => absence(tx, draw, duty),
        DutyKind::Instruction | DutyKind::Workstation => remind(tx, draw, app, duty),
        _ => {
            duties::set_alarm(tx, duty.id, None)?;
            if duty.done_at.is_none() { tell::raise(tx, draw, app, duty) } else { Ok(()) }
        }
    }
}

/// Two days before somebody leaves it is raised that the certificates are not revoked; on the day they are [R839-15.1f].
fn departure(tx: &mut Tx<'_>, draw: &mut Draw, app: &App, duty: &DutyRow) -> Result<(), Error> {
    if duty.ends_at.is_some_and(|leaves| draw.now() < leaves) {
        duties::set_alarm(tx, duty.id, duty.ends_at)?;
        return tell::raise(tx, draw, app, duty);
    }
    of_operators::revoke_of_operator(tx, draw, duty.account, "departure")?;
    close(tx, draw, "system", duty, ("revoked-on-the-day", None))
}

/// An absence begins and ends: the certificates are held meanwhile, unless a lost key holds them anyway.
fn absence(tx: &mut Tx<'_>, draw: &mut Draw, duty: &DutyRow) -> Result<(), Error> {
    if duty.ends_at.is_some_and(|until| draw.now() < until) {
        duties::set_alarm(tx, duty.id, duty.ends_at)?;
        return of_operators::hold_of_operator(tx, draw, duty.account, "absence");
    }
    close(tx, draw, "system", duty, ("over", None))?;
    let open = duties::open_of_account(tx, duty.account)?;
    if open.iter().any(|other| matches!(other.kind, DutyKind::KeyLost | DutyKind::Departure)) {
        return Ok(());
    }
    of_operators::release_of_operator(tx, draw, duty.account, "absence")
}

/// What has to be done again is called to mind, unless it was done again already.
fn remind(tx: &mut Tx<'_>, draw: &mut Draw, app: &App, duty: &DutyRow) -> Result<(), Error> {
    duties::set_alarm(tx, duty.id, None)?;
    if duties::last_done(tx, duty.account, duty.kind)?.is_some_and(|last| last > duty.begins_at) {
        return Ok(());
    }
    tell::message(tx, draw, app, duty.account, duty.kind.word())
}
