//! A result as its owner sees it.

use jiff::Timestamp;
use qyzmet_domain::{CaseId, Locale, ResultNumber};
use qyzmet_engine::{Case, Ending, Regulation};
use qyzmet_store::Tx;
use qyzmet_store::repositories::{
    cases::{self, CaseRow},
    results::{self, ResultRow},
};

use super::proof::{ProofView, of_entry};
use crate::{
    Access, App, Cx, Error, RefusalView, UseCase,
    cases::{order_problem, parse, refusal_view, regulation_of},
};

/// Shows a result to its owner.
pub struct ShowResult {
    /// Its number as typed or linked.
    pub number: String,
    /// In which language.
    pub locale: Locale,
}

/// A result.
pub struct ResultView {
    /// Its number.
    pub number: String,
    /// The service.
    pub title: String,
    /// What it says.
    pub lines: Vec<(String, String)>,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// Who signed it.
    pub signer: SignerView,
    /// The refusal, when it is one.
    pub refusal: Option<RefusalView>,
    /// Where everybody can check it.
    pub verify_url: String,
    /// Its case.
    pub case: CaseId,
    /// Its place in the journal.
    pub proof: Option<ProofView>,
}

/// Who signed.
#[derive(Clone, Debug, Default)]
pub struct SignerView {
    /// Name in the certificate.
    pub name: String,
    /// Position.
    pub position: Option<String>,
    /// Organisation in the certificate.
    pub organisation: String,
    /// Serial number of the certificate, as hex.
    pub serial: String,
}

impl UseCase for ShowResult {
    type Output = ResultView;
    const NAME: &'static str = "show-result";
    const ACCESS: Access = Access::Person;

    async fn run(self, cx: Cx) -> Result<ResultView, Error> {
        let account = cx.account()?;
        let number: ResultNumber = self.number.parse().map_err(|_| Error::NotFound)?;
        let app = cx.app.clone();
        let (row, case, regulation, proof, why) = cx
            .read(move |tx| {
                let (row, case) = owned(tx, account, &number)?;
                let regulation = regulation_of(&app, &case)?;
                let proof = of_entry(tx, row.entry)?;
                let why = order_problem(tx, &case, &regulation)?;
                Ok((row, case, regulation, proof, why))
            })
            .await?;
        let case = parse(&case)?;
        Ok(ResultView {
            number: row.number.to_string(),
            title: regulation.title(self.locale).to_owned(),
            lines: lines(&regulation, &case, self.locale),
            issued_at: row.issued_at,
            signer: signer(&cx.app, &regulation),
            refusal: refusal(&regulation, &case, self.locale, &row)
                .map(|refusal| RefusalView { order_problem: why, ..refusal }),
            verify_url: format!("{}/r/{}", cx.app.origin(), row.number),
            case: case.id,
            proof,
        })
    }
}

/// The result of an account, once it is signed; somebody else's is as good as none.
pub(super) fn owned(
    tx: &mut Tx<'_>,
    account: qyzmet_domain::AccountId,
    number: &ResultNumber,
) -> Result<(ResultRow, CaseRow), Error> {
    let row = results::by_number(tx, number)?.filter(|row| row.account == account && row.document.is_some());
    let row = row.ok_or(Error::NotFound)?;
    let case = cases::find(tx, account, row.case)?.ok_or(Error::NotFound)?;
    Ok((row, case))
}

fn lines(regulation: &Regulation, case: &Case, locale: Locale) -> Vec<(String, String)> {
    let fields = regulation.form.pages.iter().flat_map(|page| &page.fields);
    let line = |field: &qyzmet_engine::Field| {
        let value = case.facts.get(&field.fact()).filter(|_| field.fact().starts_with("form."))?;
        let label = regulation.text(locale, &format!("form.{}", field.id)).unwrap_or(&field.id);
        Some((label.to_owned(), value.to_owned()))
    };
    fields.filter_map(line).collect()
}

fn refusal(regulation: &Regulation, case: &Case, locale: Locale, row: &ResultRow) -> Option<RefusalView> {
    let outcome = case.outcome.as_ref()?;
    let Ending::Refused(refusal) = &outcome.ending else { return None };
    Some(refusal_view(regulation, refusal, locale, Some(row.number.to_string()), outcome.at))
}

/// The employee who signs for the body that owns the service.
fn signer(app: &App, regulation: &Regulation) -> SignerView {
    let Some(employee) = app.keys.employees.get(&regulation.service.owner) else {
        return SignerView::default();
    };
    let mut view = employee.identity.chain.first().map(certificate_view).unwrap_or_default();
    view.position = Some(employee.position.clone());
    view
}

/// Who a certificate says its holder is.
pub(super) fn certificate_view(certificate: &qyzmet_pki::Certificate) -> SignerView {
    let subject = certificate.subject();
    SignerView {
        name: subject.common_name.clone().unwrap_or_default(),
        position: None,
        organisation: subject.organisation.clone().unwrap_or_default(),
        serial: certificate.serial(),
    }
}
