//! Operations of the domain that an action table may call, each known by its name in the table.

mod approval;
pub(super) mod certificates;
mod link_number;
mod renewal;
mod revocation;

use std::collections::BTreeMap;

use qyzmet_engine::{Case, Regulation, Verb};
use qyzmet_store::Tx;

use super::advance::Work;
use crate::{
    Draw, Error,
    authority::{ISSUE_CERTIFICATES, issuing_action},
};

pub(crate) use link_number::{NUMBER_LINKED, NUMBER_UNLINKED};

/// The operation that links a number to an account.
const LINK_NUMBER: &str = "link-number";
/// The one that looks whether an operator's signature holds, over an order of certificates or over a request.
const CHECK_APPROVAL: &str = "check-approval";
/// The one that looks whether a certificate may be renewed, and says whose it is.
const CHECK_RENEWAL: &str = "check-renewal";
/// The one that looks whether a certificate may be revoked at the wish of its owner.
const CHECK_REVOCATION: &str = "check-revocation";
/// The one that revokes it.
const REVOKE_CERTIFICATES: &str = "revoke-certificates";

/// What comes of an operation.
pub(super) enum Outcome {
    /// It is done; what it answers becomes facts of the case.
    Done(BTreeMap<String, String>),
    /// It may not be done: the case takes the way of a violation, which names the ground.
    Denied,
    /// Somebody else does it: a job is left, and the case goes on when it is done.
    Later,
}

impl Outcome {
    /// Done, with nothing to tell.
    fn done() -> Self {
        Self::Done(BTreeMap::new())
    }
}

/// Whether a table links a number to an account.
pub(crate) fn links_numbers(regulation: &Regulation) -> bool {
    let links = |verb: &Verb| matches!(verb, Verb::Call(call) if call.operation == LINK_NUMBER);
    regulation.process.actions.iter().any(|action| links(&action.does))
}

/// Whether a table looks at the operator's signature: who approves in it certifies, as an operator of order 839.
pub(crate) fn has_certified(regulation: &Regulation) -> bool {
    let looks = |verb: &Verb| matches!(verb, Verb::Call(call) if call.operation == CHECK_APPROVAL);
    regulation.process.actions.iter().any(|action| looks(&action.does))
}

/// An operation that an action calls.
pub(super) struct Called<'a> {
    /// The action.
    pub(super) action: u32,
    /// Its name.
    pub(super) operation: &'a str,
    /// With what.
    pub(super) with: &'a BTreeMap<String, String>,
}

/// What an operation has answered, under the name that the action gives it.
pub(super) fn facts(
    work: &Work<'_>,
    action: u32,
    answer: BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let call = work.regulation.process.action(action).and_then(|action| action.does.call());
    call.map(|call| call.facts(answer)).unwrap_or_default()
}

/// Carries out an operation in the unit of the case.
pub(super) fn call(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    work: &Work<'_>,
    case: &Case,
    call: &Called<'_>,
) -> Result<Outcome, Error> {
    let with = call.with;
    match call.operation {
        CHECK_APPROVAL if issuing_action(work.regulation).is_none() => {
            approval::check(tx, draw, work, (case, call.action))
        }
        CHECK_APPROVAL => certificates::check_approval(tx, case),
        ISSUE_CERTIFICATES => certificates::issue(tx, draw, work, (case, call.action)),
        LINK_NUMBER => link_number::link_number(tx, draw, work, case, with),
        CHECK_RENEWAL => renewal::check(tx, draw, work, case, with),
        CHECK_REVOCATION => revocation::check(tx, draw, case, with),
        REVOKE_CERTIFICATES => revocation::revoke(tx, draw, work, case, with),
        other => Err(Error::fault(format!("the operation {other} is unknown to this program"))),
    }
}
