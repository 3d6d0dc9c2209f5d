//! The operation that looks at the certificate which is renewed: whose it is says the certificate, not the form.

use std::collections::BTreeMap;

use qyzmet_engine::Case;
use qyzmet_pki::Certificate;
use qyzmet_store::Tx;

use super::Outcome;
use crate::{
    Draw, Error,
    authority::{own, renewable_holder},
    cases::Work,
};

/// Whether the certificate is one of the recipient's own in force, of a holder for whom the service renews [R839-7.P1]. It
/// answers `holder`, as the profiles are called, and `bin` of its organisation, where it names one: what the registers are
/// asked next. Whose signature stands under the request was looked at when it was confirmed.
pub(super) fn check(
    tx: &mut Tx<'_>,
    draw: &Draw,
    work: &Work<'_>,
    case: &Case,
    with: &BTreeMap<String, String>,
) -> Result<Outcome, Error> {
    let Some(serial) = with.get("serial") else { return Ok(Outcome::Denied) };
    let Some(row) = own::in_force(tx, case.recipient.account, serial, draw.now())? else {
        return Ok(Outcome::Denied);
    };
    let Some(holder) = renewable_holder(work.regulation, &row.profile) else { return Ok(Outcome::Denied) };
    let certificate = Certificate::from_der(&row.der).map_err(Error::fault)?;
    let mut answer = BTreeMap::from([("holder".to_owned(), holder.to_owned())]);
    answer.extend(certificate.subject().bin.clone().map(|bin| ("bin".to_owned(), bin)));
    Ok(Outcome::Done(answer))
}
