//! Answers a command with the events that follow from it, or with the reason why nothing does.

use jiff::Timestamp;
use qyzmet_domain::AccountId;

use super::{At, Moment, Waiting, apply};
use crate::event::{Event, Head};
use crate::process::Branch;
use crate::service::RecipientKind;
use crate::verbs::{of_unit, said};
use crate::{Case, Command, Officer, Recipient, Regulation, Rejection};

/// Decides one command. Pure: the same case, command and moment give the same events. The events run on through checks,
/// refusals and endings until something outside must happen. The moment is a plain [`Timestamp`], or a [`Moment`] with the
/// calendar.
///
/// # Errors
/// [`Rejection`]; the case is as it was, and a late or repeated command is [`Rejection::NotWaiting`].
pub fn decide<'a>(
    regulation: &Regulation,
    case: Option<&Case>,
    command: &Command,
    moment: impl Into<Moment<'a>>,
) -> Result<Vec<Event>, Rejection> {
    let moment = moment.into();
    let first = match (case, command) {
        (None, Command::Open { .. }) => open(regulation, command, moment.now)?,
        (None, _) | (Some(_), Command::Open { .. }) => return Err(Rejection::NotOpen),
        (Some(case), _) => take(regulation, case, command, moment)?,
    };
    run_on(regulation, case, first, moment)
}

fn open(regulation: &Regulation, command: &Command, now: Timestamp) -> Result<Event, Rejection> {
    let Command::Open { case, recipient, channel } = command else { return Err(Rejection::NotOpen) };
    if !is_for(regulation, recipient) {
        return Err(Rejection::WrongRecipient);
    }
    if !regulation.is_offered_on(*channel) {
        return Err(Rejection::WrongChannel);
    }
    let action = regulation.process.first().ok_or(Rejection::NotOpen)?;
    let head = Head {
        action: action.number,
        visit: 0,
        at: now,
        clause: action.clause.clone(),
        branch: Branch::Ok,
        next: vec![action.number],
    };
    Ok(Event::Opened {
        head,
        case: *case,
        service: regulation.id().clone(),
        version: regulation.version.clone(),
        recipient: recipient.clone(),
        channel: *channel,
    })
}

/// An IIN may be an individual's or a sole trader's, a BIN is a legal entity's [R58-3, R10-2.6].
fn is_for(regulation: &Regulation, recipient: &Recipient) -> bool {
    let of_person = recipient.identifier.iin().is_some();
    regulation.service.recipients.iter().any(|kind| match kind {
        RecipientKind::Individual => of_person,
        RecipientKind::Entrepreneur => true,
        RecipientKind::LegalEntity => !of_person,
    })
}

fn take(
    regulation: &Regulation,
    case: &Case,
    command: &Command,
    Moment { now, calendar }: Moment<'_>,
) -> Result<Event, Rejection> {
    if case.version != regulation.version {
        return Err(Rejection::OtherVersion);
    }
    let number = command.action().ok_or(Rejection::NotOpen)?;
    let under_way = case.current.contains(&number);
    let action = regulation.process.action(number).filter(|_| under_way);
    let action = action.ok_or(Rejection::NotWaiting(number))?;
    let at = At { regulation, case, action, now, calendar };
    if command.visit().is_some_and(|seen| seen != at.visit()) {
        return Err(Rejection::Repeated(number));
    }
    if let Command::Assign { at: desk, to, reason, .. } = command {
        return assign(&at, &desk.by, *to, reason);
    }
    action.does.take(&at, command)
}

/// An action at a desk is given to another officer, with a reason that stays in the case.
fn assign(at: &At<'_>, by: &Officer, to: AccountId, reason: &str) -> Result<Event, Rejection> {
    let Some(Waiting::Desk(work)) = at.action.does.waits(at) else { return Err(at.not_waiting()) };
    of_unit((work.action, &work.unit), by)?;
    said(reason)?;
    if work.apart_from.contains(&to) {
        return Err(Rejection::SameOfficer(work.action));
    }
    if work.assigned == Some(to) {
        return Err(Rejection::Repeated(work.action));
    }
    Ok(Event::Assigned { head: at.stay(), by: by.clone(), to, reason: reason.to_owned() })
}

/// Follows actions that wait for nobody. A checked regulation never runs round, a damaged one is stopped.
fn run_on(
    regulation: &Regulation,
    case: Option<&Case>,
    first: Event,
    moment: Moment<'_>,
) -> Result<Vec<Event>, Rejection> {
    let mut case = apply(case.cloned(), &first);
    let mut events = vec![first];
    while let Some(event) = case.as_ref().and_then(|case| next(regulation, case, moment)) {
        if events.len() > regulation.process.actions.len() {
            return Err(Rejection::Endless);
        }
        case = apply(case, &event);
        events.push(event);
    }
    Ok(events)
}

/// The event of the first action under way that waits for nobody.
fn next(regulation: &Regulation, case: &Case, Moment { now, calendar }: Moment<'_>) -> Option<Event> {
    case.current.iter().find_map(|number| {
        let action = regulation.process.action(*number)?;
        action.does.run(&At { regulation, case, action, now, calendar })
    })
}
