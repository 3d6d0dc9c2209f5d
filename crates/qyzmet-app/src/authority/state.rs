//! The one way in which the state of a certificate changes: hold, release, revoke. Nothing that is revoked comes back.

use jiff::Timestamp;
use qyzmet_domain::EntryId;
use qyzmet_pki::Reason;
use qyzmet_store::{
    Tx,
    jobs::{self, NewJob},
    repositories::{
        certificates::{self, CertificateRow, Standing, State},
        lists::{self, Series},
    },
};
use serde_json::json;

use crate::{Access, Cx, Draw, Error, UseCase, record::Record, work::PUBLISH_LISTS};

/// What is to happen to a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is put on hold; it may come back.
    Hold,
    /// It is taken back from hold.
    Release,
    /// It is revoked for ever.
    Revoke {
        /// Why; neither hold nor removal are reasons to revoke.
        reason: Reason,
        /// Since when the key is suspect, where that is earlier and known.
        suspect_since: Option<Timestamp>,
    },
}

/// Which certificate, what, by whom and by which clause.
#[derive(Clone, Debug)]
pub struct Change<'a> {
    /// Name of the issuer.
    pub issuer: &'a str,
    /// Serial number, as it stands in the certificate.
    pub serial: &'a [u8],
    /// What is to happen.
    pub step: Step,
    /// Who does it, as the journal writes it.
    pub actor: &'a str,
    /// By which clause of which act.
    pub clause: &'a str,
}

/// What became of a wish to change a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Changed {
    /// It was changed; the journal entry says so, and lists will within a minute.
    Done(EntryId),
    /// It was so already: nothing was written.
    Already,
    /// No way leads there: a revoked certificate is neither held nor released, and a good one has nothing to be released from.
    Impossible,
}

/// Changes the state of a certificate: writes the row with its number for delta lists, the journal entry, and the job that
/// publishes.
///
/// # Errors
/// [`Error::NotFound`] when the issuer never made it; those of the store.
pub fn change(tx: &mut Tx<'_>, draw: &mut Draw, change: &Change<'_>) -> Result<Changed, Error> {
    let row = certificates::by_serial(tx, change.issuer, change.serial)?.ok_or(Error::NotFound)?;
    let to = match next(row.standing, change.step, draw.now()) {
        Ok(to) => to,
        Err(refused) => return Ok(refused),
    };
    if !certificates::change(tx, (change.issuer, change.serial), row.standing.state, to, draw.now())? {
        return Ok(Changed::Impossible);
    }
    order_lists(tx, draw, change.issuer)?;
    Ok(Changed::Done(write_down(tx, draw, change, &row, to)?))
}

/// The standing that a step leads to.
fn next(from: Standing, step: Step, now: Timestamp) -> Result<Standing, Changed> {
    match (from.state, step) {
        (State::Good, Step::Hold) => Ok(Standing {
            state: State::Hold,
            reason: Some(Reason::CertificateHold as u8),
            revoked_at: Some(now),
            invalid_since: None,
        }),
        (State::Hold, Step::Release) => Ok(Standing::GOOD),
        (State::Good | State::Hold, Step::Revoke { reason, suspect_since }) if is_final(reason) => {
            Ok(Standing {
                state: State::Revoked,
                reason: Some(reason as u8),
                // What was signed during the hold was signed with a certificate that was not in good standing.
                revoked_at: Some(from.revoked_at.unwrap_or(now)),
                invalid_since: suspect_since.filter(|since| *since < now),
            })
        }
        (State::Hold, Step::Hold) | (State::Good, Step::Release) => Err(Changed::Already),
        (State::Revoked, Step::Revoke { .. }) => Err(Changed::Already),
        _ => Err(Changed::Impossible),
    }
}

/// Reasons for which an end entity's certificate is revoked for ever.
fn is_final(reason: Reason) -> bool {
    !matches!(reason, Reason::CertificateHold | Reason::RemoveFromCrl)
}

/// One waiting job is enough however much has changed since the last list: its key is what that list has seen.
pub(super) fn order_lists(tx: &mut Tx<'_>, draw: &mut Draw, issuer: &str) -> Result<(), Error> {
    let seen = lists::latest(tx, issuer, Series::Full)?.map_or(0, |list| list.seen);
    let job = NewJob {
        id: draw.job(),
        kind: PUBLISH_LISTS.to_owned(),
        key: Some(format!("{PUBLISH_LISTS}/{issuer}/{seen}")),
        payload: json!({ "issuer": issuer }),
        case: None,
        due_at: draw.now(),
    };
    jobs::enqueue(tx, &job)?;
    Ok(())
}

fn write_down(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    change: &Change<'_>,
    row: &CertificateRow,
    to: Standing,
) -> Result<EntryId, Error> {
    let what = match change.step {
        Step::Hold => "certificate-held",
        Step::Release => "certificate-released",
        Step::Revoke { .. } => "certificate-revoked",
    };
    let details = json!({
        "issuer": change.issuer,
        "serial": hex::encode(change.serial),
        "from": row.standing.state.to_string(),
        "to": to.state.to_string(),
        "reason": to.reason,
        "since": to.revoked_at,
        "suspect-since": to.invalid_since,
    });
    let entry = Record::of(change.actor.to_owned(), what).clause(change.clause).payload(details);
    match row.account {
        Some(account) => entry.subject(account).write(tx, draw),
        None => entry.write(tx, draw),
    }
}

/// Changes the state of a certificate from outside a case: at the console of the authority.
pub struct ChangeCertificate {
    /// Name of the issuer.
    pub issuer: String,
    /// Serial number, as it stands in the certificate.
    pub serial: Vec<u8>,
    /// What is to happen.
    pub step: Step,
    /// Who does it, as the journal writes it.
    pub actor: String,
    /// By which clause.
    pub clause: String,
}

impl UseCase for ChangeCertificate {
    type Output = Changed;
    const NAME: &'static str = "change-certificate";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<Changed, Error> {
        let app = cx.app.clone();
        let changed = cx
            .write(move |tx, draw| {
                let Self { issuer, serial, step, actor, clause } = &self;
                change(tx, draw, &Change { issuer, serial, step: *step, actor, clause })
            })
            .await?;
        app.work.notify_one();
        Ok(changed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn revoke(reason: Reason) -> Step {
        Step::Revoke { reason, suspect_since: Some(at(-5)) }
    }

    /// [R839-10.P7]
    #[test]
    fn nothing_leads_out_of_revoked_and_only_a_hold_is_released() {
        let held = next(Standing::GOOD, Step::Hold, at(-9)).unwrap();
        assert_eq!((held.state, held.reason), (State::Hold, Some(6)));
        assert_eq!(next(held, Step::Release, NOW), Ok(Standing::GOOD));
        assert_eq!(next(held, Step::Hold, NOW), Err(Changed::Already));
        assert_eq!(next(Standing::GOOD, Step::Release, NOW), Err(Changed::Already));
        let revoked = next(held, revoke(Reason::KeyCompromise), NOW).unwrap();
        assert_eq!((revoked.state, revoked.reason), (State::Revoked, Some(1)));
        assert_eq!(revoked.revoked_at, Some(at(-9)), "the hold was the beginning");
        for step in [Step::Hold, Step::Release] {
            assert_eq!(next(revoked, step, NOW), Err(Changed::Impossible));
        }
        assert_eq!(next(revoked, revoke(Reason::Superseded), NOW), Err(Changed::Already));
    }

    /// [R839-10.P7]
    #[test]
    fn hold_and_removal_are_no_reasons_to_revoke_and_suspicion_lies_in_the_past() {
        for reason in [Reason::CertificateHold, Reason::RemoveFromCrl] {
            assert_eq!(next(Standing::GOOD, revoke(reason), NOW), Err(Changed::Impossible));
        }
        let step = Step::Revoke { reason: Reason::Superseded, suspect_since: Some(at(5)) };
        assert_eq!(next(Standing::GOOD, step, NOW).unwrap().invalid_since, None);
        assert_eq!(
            next(Standing::GOOD, revoke(Reason::Superseded), NOW).unwrap().invalid_since,
            Some(at(-5))
        );
    }
}
