//! What a case waits for as rows, in the unit that makes it wait: the queue of a desk, orders of fees, and clocks.

use jiff::{SignedDuration, Timestamp};
use qyzmet_domain::calendar::KAZAKHSTAN;
use qyzmet_engine::{Action, Case, DueMoment, Regulation, Verb, Waiting, waiting};
use qyzmet_store::{
    Tx,
    repositories::{
        cases::CaseRow,
        payments::{self, PaymentRow},
        waits::{self, WaitRow},
    },
};

use super::{advance::Work, terms::Reckoner};
use crate::{Draw, Error};

/// The words under which waits are kept that are not for a desk.
pub(crate) const PAYMENT: &str = "payment";
/// The word of an awaited event.
pub(crate) const EVENT: &str = "event";
const DATE: &str = "date";

/// A clock is looked at just after its last moment, which is still in time.
const AFTER: SignedDuration = SignedDuration::from_millis(1);

/// Makes the rows agree with what the case waits for. Costs nothing where the action table waits for nobody.
pub(super) fn sync(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    work: &Work<'_>,
    reckoner: &Reckoner,
    (row, case): (&CaseRow, &Case),
) -> Result<(), Error> {
    if !waits_for_others(work.regulation) {
        return Ok(());
    }
    let known = waits::open_of_case(tx, row.account, row.id)?;
    let wanted = wanted(work.regulation, row, case);
    for wait in known.iter().filter(|wait| !wanted.iter().any(|(other, _)| same(other, wait))) {
        waits::leave(tx, wait, draw.now())?;
        if wait.task == PAYMENT {
            payments::cancel(tx, wait.case, wait.action, wait.visit)?;
        }
    }
    for (mut wait, fee) in wanted {
        if !known.iter().any(|other| same(other, &wait)) {
            let moment = reckoner.of_action(work.regulation, case, wait.action);
            set_clock(&mut wait, moment.as_ref(), draw.now());
            order(tx, draw, &wait, fee)?;
        }
        waits::put(tx, &wait)?;
    }
    Ok(())
}

/// Whether an action waits for somebody of whom these rows tell.
pub(super) fn waits(regulation: &Regulation, action: &Action) -> bool {
    matches!(action.does, Verb::Pay(_) | Verb::Await(_)) || regulation.process.desk(action).is_some()
}

/// Whether any action does.
pub(super) fn waits_for_others(regulation: &Regulation) -> bool {
    regulation.process.actions.iter().any(|action| waits(regulation, action))
}

fn same(one: &WaitRow, other: &WaitRow) -> bool {
    (one.action, one.visit) == (other.action, other.visit)
}

/// What the case waits for, and the fee where it is one.
fn wanted(regulation: &Regulation, row: &CaseRow, case: &Case) -> Vec<(WaitRow, Option<u32>)> {
    let wait = |wait: Waiting| {
        let (task, officer, until, fee) = match &wait {
            Waiting::Desk(work) => (work.task.as_str(), work.assigned, None, None),
            Waiting::Payment { amount, .. } => (PAYMENT, None, None, Some(*amount)),
            Waiting::Event { .. } => (EVENT, None, None, None),
            Waiting::Date { until, .. } => (DATE, None, *until, None),
            _ => return None,
        };
        let action = regulation.process.action(wait.action())?;
        let unit = match &wait {
            Waiting::Event { unit, .. } => unit,
            Waiting::Desk(work) => &work.unit,
            _ => &action.unit,
        };
        let begins = |day: jiff::civil::Date| KAZAKHSTAN.to_timestamp(day.at(0, 0, 0, 0)).ok();
        let row = WaitRow {
            case: row.id,
            action: action.number,
            visit: case.visit(action.number),
            account: row.account,
            service: row.service.clone(),
            body: regulation.service.owner.clone(),
            unit: unit.clone(),
            task: task.to_owned(),
            came_at: case.reached_at(),
            due_at: until.and_then(begins),
            alarm_at: None,
            level: 0,
            officer,
            request_number: row.request_number.clone(),
            left_at: None,
            document: None,
            signature: None,
        };
        Some((row, fee))
    };
    waiting(regulation, case).into_iter().filter_map(wait).collect()
}

/// Whether a wait is for officers, and not for money, an event or a day.
pub(crate) fn is_of_desk(wait: &WaitRow) -> bool {
    ![PAYMENT, EVENT, DATE].contains(&wait.task.as_str())
}

/// Sets when the term of a wait is over, and when its clock has to be looked at next: for a desk whenever the head of the
/// unit is to be told, for everything else when the term is over. A day that is waited for is its own end.
pub(crate) fn set_clock(wait: &mut WaitRow, moment: Option<&DueMoment>, now: Timestamp) {
    if wait.task != DATE {
        wait.due_at = moment.and_then(|moment| moment.reckoning.due_at);
    }
    wait.alarm_at = if is_of_desk(wait) {
        let mut moments = moment.into_iter().flat_map(|moment| &moment.escalations);
        moments.find(|escalation| escalation.at > now).map(|escalation| escalation.at)
    } else {
        wait.due_at.map(|due| due.saturating_add(AFTER).unwrap_or(due))
    };
}

/// Keeps an order of a fee; the person sends it to the gateway.
fn order(tx: &mut Tx<'_>, draw: &mut Draw, wait: &WaitRow, fee: Option<u32>) -> Result<(), Error> {
    let Some(amount) = fee else { return Ok(()) };
    payments::insert(
        tx,
        &PaymentRow {
            id: draw.message().to_string(),
            account: wait.account,
            case: wait.case,
            action: wait.action,
            visit: wait.visit,
            amount,
            state: "new".to_owned(),
            gateway_id: None,
            pay_url: None,
            receipt: None,
            created_at: draw.now(),
            look_at: None,
            asked_at: None,
            paid_amount: None,
            refund: None,
            rejection: None,
            rejected_at: None,
        },
    )?;
    Ok(())
}
