//! The services of a composite: each runs as a case of its own, and the composite goes on when all have ended [R10-2.5].

use qyzmet_domain::{CaseId, ServiceId};
use qyzmet_engine::{Case, Command, DEEPEST, Waiting, waiting};
use qyzmet_store::{
    Tx,
    repositories::{
        cases::{self, CaseRow},
        members,
    },
};

use super::{
    advance::{Work, advance, new_row},
    load::{parse, regulation_of},
};
use crate::{Draw, Error, numbering};

/// Opens a case of a member service for the person of the composite.
pub(super) fn open(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    work: &Work<'_>,
    case: &Case,
    service: &ServiceId,
) -> Result<CaseId, Error> {
    let regulation = work.app.catalogue.current(service, numbering::day(draw.now()));
    let regulation = regulation.ok_or_else(|| Error::fault(format!("{service} is not published")))?;
    let id = draw.case();
    let above = 1 + if work.above == 0 { composites_above(tx, case.id)? } else { work.above };
    if above > DEEPEST {
        return Err(Error::Nested);
    }
    let Work { app, actor, locale, .. } = *work;
    let member = Work { app, regulation: &regulation, actor, locale, above };
    let row = new_row(id, case.recipient.account, &regulation, draw);
    let (recipient, channel) = (case.recipient.clone(), case.channel);
    advance(tx, draw, &member, row, Command::Open { case: id, recipient, channel })?;
    members::insert(tx, id, case.id)?;
    Ok(id)
}

/// How many composites stand over a case that is kept. One that is being opened in this unit is not kept yet.
fn composites_above(tx: &mut Tx<'_>, case: CaseId) -> Result<usize, Error> {
    let (mut above, mut member) = (0, case);
    while above <= DEEPEST
        && let Some(parent) = members::parent(tx, member)?
    {
        (above, member) = (above + 1, parent);
    }
    Ok(above)
}

/// How a member has ended, when it has: found when the composite looks at it, in case it ended while it was opened.
pub(super) fn ended(
    tx: &mut Tx<'_>,
    case: &Case,
    members: &[CaseId],
) -> Result<Option<(CaseId, String)>, Error> {
    for member in members {
        let row = cases::find(tx, case.recipient.account, *member)?.ok_or(Error::NotFound)?;
        if row.frozen_at.is_some() {
            continue;
        }
        if let Some(outcome) = parse(&row)?.outcome {
            return Ok(Some((*member, outcome.ending.as_str().to_owned())));
        }
    }
    Ok(None)
}

/// Makes up for what ended while the case or its composite rested: each is told of the other.
pub(crate) fn rejoin(tx: &mut Tx<'_>, draw: &mut Draw, work: &Work<'_>, row: CaseRow) -> Result<(), Error> {
    let case = parse(&row)?;
    join(tx, draw, work, &case)?;
    let wait = waiting(work.regulation, &case).into_iter().find_map(|wait| match wait {
        Waiting::Services { action, running, .. } => Some((action, running)),
        _ => None,
    });
    let Some((action, running)) = wait else { return Ok(()) };
    if let Some((member, ending)) = ended(tx, &case, &running)? {
        advance(tx, draw, work, row, Command::Join { action, case: member, ending })?;
    }
    Ok(())
}

/// Tells the composite that a member has ended.
pub(super) fn join(tx: &mut Tx<'_>, draw: &mut Draw, work: &Work<'_>, case: &Case) -> Result<(), Error> {
    let Some(outcome) = &case.outcome else { return Ok(()) };
    let Some(parent) = members::parent(tx, case.id)? else { return Ok(()) };
    let row = cases::find(tx, case.recipient.account, parent)?.ok_or(Error::NotFound)?;
    // A composite that rests asks for itself once it goes on.
    if row.frozen_at.is_some() {
        return Ok(());
    }
    let regulation = regulation_of(work.app, &row)?;
    let known = parse(&row)?.members.into_iter().find(|member| member.case == case.id);
    let Some(member) = known.filter(|member| member.ending.is_none()) else { return Ok(()) };
    let composite =
        Work { app: work.app, regulation: &regulation, actor: "system", locale: work.locale, above: 0 };
    let ending = outcome.ending.as_str().to_owned();
    let command = Command::Join { action: member.action, case: case.id, ending };
    match advance(tx, draw, &composite, row, command) {
        Ok(_) | Err(Error::Late) => Ok(()),
        Err(error) => Err(error),
    }
}
