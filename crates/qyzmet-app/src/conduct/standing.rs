//! What is known of somebody at a desk, loaded for the rule that says whether they may act.

use jiff::Timestamp;
use qyzmet_domain::{
    AccountId, Evidence, OfficerSession, Refusal,
    conduct::{Absence, Bar, DutyKind, Rules, Standing, check_is_due, is_idle, may_act},
};
use qyzmet_store::{
    StoreError, Tx,
    repositories::{carriers, desk_sessions, duties, officers::OfficerRow},
};
use serde_json::json;

use super::OPERATOR;
use crate::{App, Cx, Error, access::has, record::Record};

/// Lets an officer work now, or refuses with the clause; the answer is whether the workstation has to be checked again. A
/// desk that is locked asks for a new proof first.
///
/// # Errors
/// [`Error::Refused`] with the bar as its ground, or [`Error::StepUp`].
pub(crate) fn check(
    tx: &mut Tx<'_>,
    app: &App,
    officer: &OfficerSession,
    now: Timestamp,
) -> Result<bool, Error> {
    let operator = has(officer, OPERATOR);
    let standing = of(tx, officer.person.account, operator)?;
    may_act(&standing, &app.settings.conduct, now).map_err(refused)?;
    let desk = desk_sessions::find(tx, officer.person.session)?;
    let is_locked = desk.is_some_and(|desk| {
        desk.locked_at.is_some() || operator && is_idle(desk.acted_at, &app.settings.conduct, now)
    });
    if is_locked { Err(Error::StepUp) } else { Ok(check_is_due(&standing, &app.settings.conduct, now)) }
}

/// What bars somebody who is an officer at a moment from acting then: the rule of the desk, asked by rows alone.
pub(crate) fn bar(
    tx: &mut Tx<'_>,
    officer: &OfficerRow,
    (rules, at): (&Rules, Timestamp),
) -> Result<Option<Bar>, StoreError> {
    let standing = of(tx, officer.account, officer.roles.iter().any(|role| role == OPERATOR))?;
    Ok(may_act(&standing, rules, at).err())
}

/// What bars somebody who certifies requests with an operator's key. Whoever does that is an operator of order 839, whatever
/// roles they were appointed in: they owe carrier, pledge, instruction and a checked workstation [R839-15.1a, R839-19.5a, R839-19.5f, R839-19.5h].
pub(crate) fn bar_certifying(
    tx: &mut Tx<'_>,
    account: AccountId,
    (rules, at): (&Rules, Timestamp),
) -> Result<Option<Bar>, StoreError> {
    Ok(may_act(&of(tx, account, true)?, rules, at).err())
}

/// Everything that the rule asks about.
pub(crate) fn of(tx: &mut Tx<'_>, account: AccountId, operator: bool) -> Result<Standing, StoreError> {
    let open = duties::open_of_account(tx, account)?;
    let of_kind = |kind: DutyKind| open.iter().filter(move |duty| duty.kind == kind);
    let mut standing = Standing {
        operator,
        key_lost_at: of_kind(DutyKind::KeyLost).map(|duty| duty.begins_at).min(),
        absences: of_kind(DutyKind::Absence)
            .filter_map(|duty| Absence::between(duty.begins_at, duty.ends_at?).ok())
            .collect(),
        leaves_at: of_kind(DutyKind::Departure).filter_map(|duty| duty.ends_at).min(),
        ..Standing::default()
    };
    if operator {
        let in_hand = carriers::of_account(tx, account)?;
        standing.has_carrier = in_hand.iter().any(|carrier| carrier.returned_at.is_none());
        standing.pledged_at = duties::last_done(tx, account, DutyKind::Pledge)?;
        standing.acknowledged_at = duties::last_done(tx, account, DutyKind::Instruction)?;
        standing.checked_at = duties::last_done(tx, account, DutyKind::Workstation)?;
    }
    Ok(standing)
}

/// A bar as a lawful refusal.
pub(crate) fn refused(bar: Bar) -> Error {
    let evidence: Vec<Evidence> = Vec::new();
    Error::Refused(Refusal { ground: bar.word().to_owned(), clause: bar.clause(), evidence })
}

/// Journals that an officer tried to act and was refused; the answer is the refusal itself.
pub(crate) async fn journal_refusal(cx: &Cx, error: Error) -> Error {
    let Error::Refused(refusal) = &error else { return error };
    let Some(account) = cx.caller.account() else { return error };
    let (actor, ground, clause) = (cx.caller.actor(), refusal.ground.clone(), refusal.clause.to_string());
    let written = cx
        .write(move |tx, draw| {
            Record::of(actor.clone(), "operator-refused")
                .clause(&clause)
                .subject(account)
                .payload(json!({ "ground": ground }))
                .write(tx, draw)
        })
        .await;
    written.err().unwrap_or(error)
}
