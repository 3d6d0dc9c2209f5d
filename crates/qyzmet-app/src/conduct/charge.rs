//! Whose conduct somebody may look after: the provider's responsible employee everybody's, those who answer for the people of
//! a body that of the body's, a direct head that of the unit's, and nobody their own.

use jiff::Timestamp;
use qyzmet_domain::{AccountId, OfficerSession};
use qyzmet_store::{
    Tx,
    repositories::{
        duties::{self, DutyRow},
        officers::{self, OfficerRow},
    },
};

use super::{PERSONNEL, RESPONSIBLE};
use crate::{ADMINISTRATOR, DeskProblem, Error, HEAD, access::has};

/// Who may suspend an operator of theirs whose key is lost [R839-19.5c].
pub(super) const SUSPENDING: [&str; 3] = [HEAD, PERSONNEL, ADMINISTRATOR];
/// Who sees operators of theirs at all.
pub(super) const SEEING: [&str; 4] = [RESPONSIBLE, PERSONNEL, ADMINISTRATOR, HEAD];

/// An operator in somebody's charge, or one who is to become an operator.
pub(super) struct Charge {
    /// The account.
    pub(super) account: AccountId,
    /// The body.
    pub(super) body: String,
    /// The unit.
    pub(super) unit: String,
    /// The appointment that holds now.
    pub(super) officer: Option<OfficerRow>,
}

/// Lets in whoever has one of the roles; for others there is nothing here.
pub(super) fn need(officer: &OfficerSession, roles: &[&str]) -> Result<(), Error> {
    if roles.iter().any(|role| has(officer, role)) { Ok(()) } else { Err(Error::NotFound) }
}

/// The operator with this account, for somebody with one of the roles.
pub(super) fn charge(
    tx: &mut Tx<'_>,
    (who, roles): (&OfficerSession, &[&str]),
    account: AccountId,
    now: Timestamp,
) -> Result<Charge, Error> {
    need(who, roles)?;
    let officer = officers::in_force(tx, account, now)?;
    let of_officer = officer.as_ref().map(|officer| (officer.body.clone(), officer.unit.clone()));
    let of_duty = |duty: DutyRow| (duty.body, duty.unit);
    let desk = match of_officer {
        Some(desk) => Some(desk),
        None => duties::of_account(tx, account)?.into_iter().next().map(of_duty),
    };
    let (body, unit) = desk.filter(|(body, unit)| is_seen(who, (body, unit))).ok_or(Error::NotFound)?;
    if account == who.person.account {
        return Err(Error::Desk(DeskProblem::SameOfficer));
    }
    Ok(Charge { account, body, unit, officer })
}

/// A duty that somebody with one of the roles may end.
pub(super) fn duty_in_charge(
    tx: &mut Tx<'_>,
    (who, roles): (&OfficerSession, &[&str]),
    id: qyzmet_domain::DutyId,
) -> Result<DutyRow, Error> {
    need(who, roles)?;
    let duty =
        duties::find(tx, id)?.filter(|duty| is_seen(who, (&duty.body, &duty.unit))).ok_or(Error::NotFound)?;
    match duty.done_at {
        _ if duty.account == who.person.account => Err(Error::Desk(DeskProblem::SameOfficer)),
        Some(_) => Err(Error::Late),
        None => Ok(duty),
    }
}

/// Whether people of a unit of a body are in somebody's sight.
pub(super) fn is_seen(who: &OfficerSession, (body, unit): (&str, &str)) -> bool {
    let of_body = has(who, PERSONNEL) || has(who, ADMINISTRATOR);
    let of_unit = has(who, HEAD) && who.unit == unit;
    has(who, RESPONSIBLE) || who.body == body && (of_body || of_unit)
}
