//! An officer comes to the desk: from where is remembered, so that work at two places at once and a desk left alone are
//! found out [R839-19.5a, R839-19.5g].

use jiff::{SignedDuration, Timestamp};
use qyzmet_domain::{
    OfficerSession,
    conduct::{DutyKind, is_idle},
};
use qyzmet_store::{
    Tx,
    repositories::{
        desk_sessions::{self, DeskSession},
        duties,
    },
};
use serde_json::json;

use super::{
    OPERATOR,
    charge::need,
    duties::{duty, enter},
    own::own,
    standing, tell,
};
use crate::{Access, App, Cx, Draw, Error, UseCase, access::has, record::Record, sign_in::token_digest};

/// Use is remembered to within this time, so that a page view does not write.
const MARK_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// Comes to the desk.
pub struct EnterDesk {
    /// The address and the browser from which the officer comes; only a digest of it is kept.
    pub from: String,
    /// Whether it is for work: the page of one's own duties is open to those who may not act.
    pub to_work: bool,
}

impl UseCase for EnterDesk {
    type Output = ();
    const NAME: &'static str = "enter-desk";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let (who, app, now) = (cx.officer()?, cx.app.clone(), cx.now);
        let (reader, session, to_work) = (who.clone(), who.person.session, self.to_work);
        let settings = cx.app.clone();
        let seen = cx.read(move |tx| {
            let seen = desk_sessions::find(tx, session)?;
            // Barred or not is asked before anything of the desk is shown; the lock is looked at below.
            let bar = to_work.then(|| standing::check(tx, &settings, &reader, now));
            match bar {
                Some(Err(error @ Error::Refused(_))) => Ok((seen, Some(error))),
                _ => Ok((seen, None)),
            }
        });
        let (seen, bar) = seen.await?;
        let idle = seen
            .as_ref()
            .is_some_and(|seen| has(&who, OPERATOR) && is_idle(seen.acted_at, &app.settings.conduct, now));
        match &seen {
            Some(seen) if seen.locked_at.is_some() => return Err(Error::StepUp),
            Some(_) if idle => {
                cx.write(move |tx, draw| left_alone(tx, draw, &app, &who)).await?;
                return Err(Error::StepUp);
            }
            _ => {}
        }
        let from = token_digest(&self.from);
        if !is_marked(seen.as_ref(), &from, now) {
            let who = who.clone();
            cx.write(move |tx, draw| mark(tx, draw, &app, &who, &from)).await?;
        }
        match bar {
            Some(error) => Err(standing::journal_refusal(&cx, error).await),
            None => Ok(()),
        }
    }
}

fn is_marked(seen: Option<&DeskSession>, from: &str, now: Timestamp) -> bool {
    seen.is_some_and(|seen| seen.place == from && now.duration_since(seen.acted_at) < MARK_EVERY)
}

/// Remembers where a session acts. Another place within a short time, of this session or another one of the account, is an
/// alarm.
fn mark(tx: &mut Tx<'_>, draw: &mut Draw, app: &App, who: &OfficerSession, from: &str) -> Result<(), Error> {
    let (account, now) = (who.person.account, draw.now());
    let since = now.checked_sub(app.settings.conduct.at_once).map_err(Error::fault)?;
    let recent = desk_sessions::since(tx, account, since)?;
    desk_sessions::put(tx, (who.person.session, account), from, now)?;
    if !has(who, OPERATOR) || recent.iter().all(|desk| desk.place == from) {
        return Ok(());
    }
    alarm(tx, draw, app, (who, DutyKind::TwoPlaces))
}

/// Locks a desk that was left alone with its key in it, and raises that.
fn left_alone(tx: &mut Tx<'_>, draw: &mut Draw, app: &App, who: &OfficerSession) -> Result<(), Error> {
    if !desk_sessions::lock(tx, who.person.session, draw.now())? {
        return Ok(());
    }
    journal_lock(tx, draw, who, "idle")?;
    alarm(tx, draw, app, (who, DutyKind::Idle))
}

/// Enters an alarm and tells of it, unless the same one is not answered yet.
fn alarm(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    app: &App,
    (who, kind): (&OfficerSession, DutyKind),
) -> Result<(), Error> {
    let open = duties::open_of_account(tx, who.person.account)?;
    if open.iter().any(|duty| duty.kind == kind) {
        return Ok(());
    }
    let found = duty(draw, &own(who), kind, (who.person.account, ""));
    enter(tx, draw, "system", &found)?;
    tell::raise(tx, draw, app, &found)
}

fn journal_lock(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    who: &OfficerSession,
    why: &'static str,
) -> Result<(), Error> {
    Record::of("system".to_owned(), "desk-locked")
        .clause("839-2012:19.5")
        .subject(who.person.account)
        .payload(json!({ "session": who.person.session, "why": why }))
        .write(tx, draw)?;
    Ok(())
}

/// Locks the desk: the officer leaves, or the carrier was taken out.
pub struct LockDesk;

impl UseCase for LockDesk {
    type Output = ();
    const NAME: &'static str = "lock-desk";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let who = cx.officer()?;
        need(&who, &[OPERATOR])?;
        cx.write(move |tx, draw| {
            let (session, account) = (who.person.session, who.person.account);
            if desk_sessions::find(tx, session)?.is_none() {
                desk_sessions::put(tx, (session, account), "", draw.now())?;
            }
            if desk_sessions::lock(tx, session, draw.now())? {
                journal_lock(tx, draw, &who, "own")?;
            }
            Ok(())
        })
        .await
    }
}
