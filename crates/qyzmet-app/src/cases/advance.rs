//! Moving a case on: the engine decides, its events are journalled, and what it waits for is set going, in one unit.

use qyzmet_domain::{AccountId, Locale, RequestNumber};
use qyzmet_engine::{
    Case, Command, Denial, Ending, Moment, Regulation, Rejection, Task, Waiting, apply, decide, waiting,
};
use qyzmet_store::{
    Tx, counters,
    jobs::NewJob,
    repositories::{
        cases::{self, CaseRow},
        results::{self, ResultRow},
    },
};
use serde_json::json;

use super::{
    code, letters,
    load::{live, parse},
    members,
    operations::{self, Called, Outcome, certificates},
    outbox, tell,
    terms::Reckoner,
    waits,
};
use crate::{App, DeskProblem, Draw, Error, authority::issuing_action, numbering, record::Record, work};

/// What a case is moved on with.
pub(crate) struct Work<'a> {
    /// The application.
    pub(crate) app: &'a App,
    /// The version under which the case runs.
    pub(crate) regulation: &'a Regulation,
    /// Who moves it, for the journal.
    pub(crate) actor: &'a str,
    /// In which language messages go out.
    pub(crate) locale: Locale,
    /// How many composites have opened the case inside this unit, one the other.
    pub(crate) above: usize,
}

impl Work<'_> {
    /// The clause that prescribes an action.
    pub(super) fn clause(&self, action: u32) -> String {
        self.regulation.process.action(action).map(|action| action.clause.to_string()).unwrap_or_default()
    }
}

/// Carries out a command and everything that follows from it without waiting for anybody outside.
pub(crate) fn advance(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    work: &Work<'_>,
    row: CaseRow,
    command: Command,
) -> Result<CaseRow, Error> {
    let mut row = live(row)?;
    let before = row.sequence;
    let mut case = if before == 0 { None } else { Some(parse(&row)?) };
    let known = case.as_ref().map_or(0, |case| case.steps.len());
    let mut next = Some(command);
    let reckoner = Reckoner::where_needed(tx, work.regulation)?;
    let moment = Moment { now: draw.now(), calendar: reckoner.as_ref().map(Reckoner::calendar) };
    while let Some(command) = next.take() {
        let events = decide(work.regulation, case.as_ref(), &command, moment).map_err(rejected)?;
        for event in &events {
            case = apply(case, event);
            let number = case.as_ref().map_or(0, |case| case.sequence);
            Record::of_event(work.actor, &row, (number, event))?.write(tx, draw)?;
        }
        if let Some(case) = &case {
            next = set_going(tx, draw, work, &row, case)?;
        }
    }
    let case = case.ok_or_else(|| Error::fault("a case was not opened"))?;
    keep(tx, draw, work, &mut row, &case)?;
    if before == 0 {
        cases::insert(tx, &row)?;
    } else {
        cases::update(tx, before, &row)?;
    }
    if let Some(reckoner) = &reckoner {
        waits::sync(tx, draw, work, reckoner, (&row, &case))?;
    }
    tell::recipient(tx, draw, work, (&row, &case), known)?;
    letters::recipient(tx, draw, work, (&row, &case), known)?;
    members::join(tx, draw, work, &case)?;
    Ok(row)
}

/// Does at once what can be done inside the unit, and leaves jobs for the rest. The answer is the command with which
/// the case goes on.
fn set_going(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    work: &Work<'_>,
    row: &CaseRow,
    case: &Case,
) -> Result<Option<Command>, Error> {
    for wait in waiting(work.regulation, case) {
        match wait {
            // Whoever has to act is found by `waits`, after the case is stored.
            Waiting::Desk(desk) if desk.task == Task::Approve => certificates::order(tx, draw, work, case)?,
            Waiting::Fill { .. } | Waiting::Confirm { .. } | Waiting::Desk(_) => {}
            Waiting::Payment { .. } | Waiting::Event { .. } | Waiting::Date { .. } => {}
            Waiting::Number { action } => {
                let number = request_number(tx, draw, work.app, row)?;
                return Ok(Some(Command::Number { action, number }));
            }
            Waiting::Services { action, start, running } => {
                if let Some(service) = start.into_iter().next() {
                    let member = members::open(tx, draw, work, case, &service)?;
                    return Ok(Some(Command::Start { action, service, case: member }));
                }
                if let Some((member, ending)) = members::ended(tx, case, &running)? {
                    return Ok(Some(Command::Join { action, case: member, ending }));
                }
            }
            Waiting::Notify { action, message, purpose, to } => {
                match purpose {
                    Some(purpose) => code::send(tx, draw, work, case, purpose)?,
                    None => outbox::notify(tx, draw, work, case.recipient.account, &message, to.as_deref())?,
                }
                return Ok(Some(Command::Done { action, facts: [].into() }));
            }
            Waiting::Call { action, operation, with } => {
                let called = Called { action, operation: &operation, with: &with };
                match operations::call(tx, draw, work, case, &called)? {
                    Outcome::Done(answer) => {
                        let facts = operations::facts(work, action, answer);
                        return Ok(Some(Command::Done { action, facts }));
                    }
                    Outcome::Denied => {
                        let (visit, reason) = (case.visit(action), Denial::NotAllowed);
                        return Ok(Some(Command::Deny { action, visit, reason }));
                    }
                    Outcome::Later => {}
                }
            }
            Waiting::Query { action, .. } => enqueue(tx, draw, case, work::QUERY_REGISTER, action)?,
            Waiting::Issue { .. } => reserve_result(tx, draw, work.app, case, "issued")?,
        }
    }
    if let Some(Ending::Refused(_)) = case.outcome.as_ref().map(|outcome| &outcome.ending) {
        reserve_result(tx, draw, work.app, case, "refused")?;
    }
    Ok(None)
}

/// Leaves a job for the worker; a repeated wish for the same action leaves none.
fn enqueue(tx: &mut Tx<'_>, draw: &mut Draw, case: &Case, kind: &str, action: u32) -> Result<(), Error> {
    let job = NewJob {
        id: draw.job(),
        kind: kind.to_owned(),
        key: Some(key(case, action)),
        payload: json!({ "account": case.recipient.account, "case": case.id, "action": action }),
        case: Some(case.id),
        due_at: draw.now(),
    };
    draw.left.enqueue(tx, &job)
}

/// The name of the work that an action leaves; an action to which the case has come back leaves new work.
fn key(case: &Case, action: u32) -> String {
    match case.visit(action) {
        0 => format!("{}:{action}", case.id),
        again => format!("{}:{action}:{again}", case.id),
    }
}

/// Takes the unique number of the result [R74-3.3]; a refusal is a result too and has its own.
fn reserve_result(tx: &mut Tx<'_>, draw: &mut Draw, app: &App, case: &Case, kind: &str) -> Result<(), Error> {
    if results::by_case(tx, case.id)?.is_some() {
        return Ok(());
    }
    let year = numbering::year(draw.now());
    let counter = numbering::spread(counters::next(tx, &format!("result-{year}"))?, app.secrets.numbers());
    let number = qyzmet_domain::ResultNumber::new(year, counter).map_err(Error::fault)?;
    results::insert(
        tx,
        &ResultRow {
            number,
            account: case.recipient.account,
            case: case.id,
            service: case.service.clone(),
            version: case.version.to_string(),
            kind: kind.to_owned(),
            issued_at: draw.now(),
            document: None,
            signature: None,
            seal: None,
            pdf: None,
            entry: None,
        },
    )?;
    let action =
        case.current.first().copied().or(case.outcome.as_ref().map(|outcome| outcome.action)).unwrap_or(0);
    enqueue(tx, draw, case, work::ISSUE_RESULT, action)
}

/// Folds the case into its row.
fn keep(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    work: &Work<'_>,
    row: &mut CaseRow,
    case: &Case,
) -> Result<(), Error> {
    let had_number = row.request_number.is_some();
    row.sequence = i64::try_from(case.sequence).map_err(Error::fault)?;
    row.state = serde_json::to_string(case).map_err(Error::fault)?;
    row.status = status(case).to_owned();
    if let Some(number) = &case.number {
        row.request_number = Some(number.to_string());
    } else if case.proof.is_some() && row.request_number.is_none() {
        row.request_number = Some(request_number(tx, draw, work.app, row)?.to_string());
    }
    if !had_number && row.request_number.is_some() && issuing_action(work.regulation).is_some() {
        cases::put_order_number(tx, row)?;
    }
    if row.result_number.is_none() {
        row.result_number = results::by_case(tx, row.id)?.map(|result| result.number.to_string());
    }
    Ok(())
}

/// The number of a request: the one that it has, or the next of the year.
fn request_number(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    app: &App,
    row: &CaseRow,
) -> Result<RequestNumber, Error> {
    if let Some(number) = &row.request_number {
        return number.parse().map_err(Error::fault);
    }
    let year = numbering::year(draw.now());
    let counter = numbering::spread(counters::next(tx, &format!("request-{year}"))?, app.secrets.numbers());
    RequestNumber::new(year, counter).map_err(Error::fault)
}

/// The word under which a case is found: it follows from the case alone.
pub(crate) fn status(case: &Case) -> &'static str {
    match case.outcome.as_ref().map(|outcome| &outcome.ending) {
        None if case.accepted_at.is_none() => "open",
        None => "running",
        Some(Ending::Issued) => "issued",
        Some(Ending::Refused(_)) => "refused",
        Some(Ending::Closed { .. }) => "finished",
    }
}

/// What a rejection of the engine means for whoever gave the command.
fn rejected(rejection: Rejection) -> Error {
    match rejection {
        Rejection::Form(errors) => Error::Invalid(errors),
        Rejection::NotWaiting(_) | Rejection::NotOpen | Rejection::Repeated(_) | Rejection::NotDue(_) => {
            Error::Late
        }
        Rejection::WrongRecipient | Rejection::WrongChannel | Rejection::WrongUnit(_) => Error::NotFound,
        Rejection::SameOfficer(_) => Error::Desk(DeskProblem::SameOfficer),
        Rejection::NotAssigned(_) => Error::Desk(DeskProblem::NotAssigned),
        Rejection::PapersMissing(_) => Error::Desk(DeskProblem::PapersMissing),
        Rejection::UnlistedGround { .. } => Error::Desk(DeskProblem::UnlistedGround),
        Rejection::Unsaid { .. } => Error::Desk(DeskProblem::Unsaid),
        Rejection::NoReason(_) => Error::Desk(DeskProblem::NoReason),
        other => Error::fault(other),
    }
}

/// The account of a row that is about to be opened.
pub(super) fn new_row(
    id: qyzmet_domain::CaseId,
    account: AccountId,
    regulation: &Regulation,
    draw: &Draw,
) -> CaseRow {
    CaseRow {
        id,
        account,
        service: regulation.id().clone(),
        version: regulation.version.to_string(),
        sequence: 0,
        state: String::new(),
        status: "open".to_owned(),
        opened_at: draw.now(),
        request_number: None,
        request_document: None,
        request_signature: None,
        result_number: None,
        frozen_at: None,
    }
}
