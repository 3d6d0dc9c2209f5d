//! A person renews a certificate: the service that makes its successor starts, with the answers that were given before.

use std::{collections::BTreeMap, sync::Arc};

use jiff::Timestamp;
use qyzmet_domain::{CaseId, Locale};
use qyzmet_engine::{Channel, Field, FieldKind, Form, Regulation, Verb};
use qyzmet_store::{
    Tx,
    repositories::{accounts, cases, certificates::CertificateRow},
};

use super::super::{holders::profiles_of, issuing_action, own::in_force};
use crate::{
    Access, App, Cx, Error, UseCase,
    cases::{Work, owned, parse, start},
    catalogue::is_offered,
    numbering,
};

/// Starts the renewal of one of the person's own certificates [R839-7.P1].
pub struct RenewCertificate {
    /// Its serial number in small hexadecimal digits.
    pub serial: String,
}

impl UseCase for RenewCertificate {
    type Output = CaseId;
    const NAME: &'static str = "renew-certificate";
    const ACCESS: Access = Access::Person;

    async fn run(self, cx: Cx) -> Result<CaseId, Error> {
        let (account, app, actor) = (cx.account()?, cx.app.clone(), cx.caller.actor());
        cx.write(move |tx, draw| {
            let row = in_force(tx, account, &self.serial, draw.now())?.ok_or(Error::NotFound)?;
            let regulation = service_for(&app, &row.profile, draw.now()).ok_or(Error::NotFound)?;
            let person = accounts::by_id(tx, account)?.ok_or(Error::NotFound)?;
            let work =
                Work { app: &app, regulation: &regulation, actor: &actor, locale: Locale::Kk, above: 0 };
            let case = start(tx, draw, &work, (person, Channel::Portal))?;
            let begun = owned(tx, account, case)?;
            let mut draft = answers(tx, &row, &regulation.form)?;
            // What was typed since stands, but for the certificate, which was chosen just now.
            draft.extend(cases::draft(tx, &begun)?);
            let chosen = fields(&regulation.form).find(|field| field.is_certificate());
            draft.extend(chosen.map(|field| (field.id.clone(), self.serial.clone())));
            cases::put_draft(tx, &begun, &draft, draw.now())?;
            Ok(case)
        })
        .await
    }
}

/// The service through which a certificate of this profile is renewed: it makes certificates of this profile, is asked for
/// here, and no papers are handed in, for the recipient signs with the certificate that still holds.
pub(super) fn service_for(app: &App, profile: &str, now: Timestamp) -> Option<Arc<Regulation>> {
    let services = app.catalogue.all(numbering::day(now));
    services.iter().find(|regulation| is_offered(app, regulation) && renews(regulation, profile)).cloned()
}

fn renews(regulation: &Regulation, profile: &str) -> bool {
    let mut verbs = regulation.process.actions.iter().map(|action| &action.does);
    issuing_action(regulation).is_some()
        && !verbs.any(|verb| matches!(verb, Verb::Receive(_)))
        && profiles_of(regulation).iter().any(|made| made == profile)
}

fn fields(form: &Form) -> impl Iterator<Item = &Field> {
    form.pages.iter().flat_map(|page| &page.fields)
}

/// Answers that the request behind the certificate gave to questions which are asked again. Keys are made anew, and a
/// consent is given anew.
fn answers(tx: &mut Tx<'_>, row: &CertificateRow, form: &Form) -> Result<BTreeMap<String, String>, Error> {
    let request = match &row.order_number {
        Some(number) => cases::of_order_number(tx, number)?.filter(|case| Some(case.account) == row.account),
        None => None,
    };
    let Some(case) = request.and_then(|request| parse(&request).ok()) else { return Ok(BTreeMap::new()) };
    let asked_again = fields(form).filter(|field| {
        !matches!(
            field.kind,
            FieldKind::Keys { .. } | FieldKind::Consent { .. } | FieldKind::Certificate { .. }
        )
    });
    let answer = |id: &str| case.facts.get(&format!("form.{id}")).map(str::to_owned);
    Ok(asked_again.filter_map(|field| Some((field.id.clone(), answer(&field.id)?))).collect())
}
