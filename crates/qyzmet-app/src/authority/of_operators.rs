//! What the conduct of an operator does to the operator's certificates: the one place through which it goes.

use qyzmet_domain::{AccountId, conduct::Carrier};
use qyzmet_pki::Reason;
use qyzmet_store::{Tx, repositories::certificates};
use serde_json::json;

use super::state::{self, Change, Changed, Step};
use crate::{Draw, Error, record::Record};

/// The clause that asks for it.
const CLAUSE: &str = "839-2012:15.1";
/// The clause on a key that is lost or in other hands.
const CLAUSE_OF_KEYS: &str = "839-2012:19.5";
/// The word under which a lost key is journalled.
pub(crate) const KEY_LOST: &str = "key-lost";
/// How the profiles of operators begin.
const PROFILES: &str = "operator-";
/// More certificates than one operator ever has in force.
const MOST: u32 = 100;

/// Revokes the certificates of an operator who leaves or whose key is in other hands [R839-15.1f].
pub(crate) fn revoke_of_operator(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    account: AccountId,
    reason: &'static str,
) -> Result<(), Error> {
    let why = if reason == KEY_LOST { Reason::KeyCompromise } else { Reason::CessationOfOperation };
    ask(tx, draw, (account, Step::Revoke { reason: why, suspect_since: None }), reason)
}

/// Puts the certificates of an operator on hold: a key is lost, or the operator is away for long.
pub(crate) fn hold_of_operator(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    account: AccountId,
    reason: &'static str,
) -> Result<(), Error> {
    ask(tx, draw, (account, Step::Hold), reason)
}

/// Releases the certificates of an operator from their hold.
pub(crate) fn release_of_operator(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    account: AccountId,
    reason: &'static str,
) -> Result<(), Error> {
    ask(tx, draw, (account, Step::Release), reason)
}

/// Orders certificates for an operator. It takes a carrier, and a file is none: so no order can name a file [R839-15.1e].
pub(crate) fn order_of_operator(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    account: AccountId,
    carrier: &Carrier,
) -> Result<(), Error> {
    let payload =
        json!({ "profile": "operator", "storage": carrier.kind.storage(), "carrier": carrier.serial() });
    Record::of("system".to_owned(), "operator-order")
        .clause(CLAUSE)
        .subject(account)
        .payload(payload)
        .write(tx, draw)?;
    Ok(())
}

/// Changes every certificate of the operator, in the unit of whatever changes the operator's standing: there is no moment
/// between the two. Signers look at these rows, so a hold counts at once; the lists follow.
fn ask(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    (account, step): (AccountId, Step),
    reason: &'static str,
) -> Result<(), Error> {
    let clause = if reason == KEY_LOST { CLAUSE_OF_KEYS } else { CLAUSE };
    let mut changed = 0;
    for row in certificates::of_account(tx, account, MOST)? {
        if !row.profile.starts_with(PROFILES) {
            continue;
        }
        let (issuer, serial) = (row.issuer.as_str(), row.serial.as_slice());
        let change = Change { issuer, serial, step, actor: "system", clause };
        changed += u32::from(matches!(state::change(tx, draw, &change)?, Changed::Done(_)));
    }
    Record::of("system".to_owned(), "operator-certificates")
        .clause(clause)
        .subject(account)
        .payload(json!({ "certificates": changed, "reason": reason }))
        .write(tx, draw)?;
    Ok(())
}
