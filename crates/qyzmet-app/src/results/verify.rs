//! Everybody's check of a result: by its number, or by the bytes and the signature; without personal data.

use jiff::Timestamp;
use qyzmet_domain::{DocumentId, Locale, ResultNumber};
use qyzmet_pki::{
    Verdict,
    cms::{self, Expect},
};
use qyzmet_store::repositories::results::{self, ResultRow};

use super::{
    proof::{ProofView, of_entry},
    show::{SignerView, certificate_view},
};
use crate::{Access, Cx, Error, SignatureProblem, UseCase};

/// Checks the result with this number [R74-3.3.D].
pub struct VerifyNumber {
    /// The number as typed, or from the QR code.
    pub number: String,
    /// In which language.
    pub locale: Locale,
}

/// Checks a file and the signature over it.
pub struct VerifyDocument {
    /// The bytes.
    pub document: Vec<u8>,
    /// The signature.
    pub signature: Vec<u8>,
    /// In which language.
    pub locale: Locale,
}

/// What a check has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerificationOutcome {
    /// It is what this portal issued, unchanged.
    Valid,
    /// It is not.
    Invalid,
    /// It cannot be decided now: a revocation source is down.
    Undetermined,
    /// This portal knows of no such result.
    Unknown,
}

/// The answer to everybody.
#[derive(Clone, Debug)]
pub struct Verification {
    /// What the check has come to.
    pub outcome: VerificationOutcome,
    /// Why it is not valid, as a word of the locales.
    pub reason: Option<String>,
    /// The number of the result.
    pub number: Option<String>,
    /// The service.
    pub title: Option<String>,
    /// `issued` or `refused`.
    pub kind: Option<String>,
    /// When it was issued.
    pub issued_at: Option<Timestamp>,
    /// Who signed it.
    pub signer: Option<SignerView>,
    /// Whether the portal's seal holds.
    pub sealed: bool,
    /// Its place in the journal.
    pub journal: Option<ProofView>,
}

impl Verification {
    fn unknown() -> Self {
        Self {
            outcome: VerificationOutcome::Unknown,
            reason: None,
            number: None,
            title: None,
            kind: None,
            issued_at: None,
            signer: None,
            sealed: false,
            journal: None,
        }
    }
}

impl UseCase for VerifyNumber {
    type Output = Verification;
    const NAME: &'static str = "verify-number";
    const ACCESS: Access = Access::Public;

    async fn run(self, cx: Cx) -> Result<Verification, Error> {
        let Ok(number) = self.number.parse::<ResultNumber>() else { return Ok(Verification::unknown()) };
        let Some((row, journal)) = find(&cx, number).await? else { return Ok(Verification::unknown()) };
        let (Some(document), Some(signature)) = (row.document, row.signature) else {
            return Ok(Verification::unknown());
        };
        let bytes = cx.app.documents.get(document).await;
        let (Ok(bytes), Ok(cms)) = (bytes, cx.app.documents.get(signature).await) else {
            return Ok(damaged(&cx, &row, journal, self.locale));
        };
        let verdict = cms::verify(&bytes, &cms, &cx.app.trust.load(), Expect::sign(), row.issued_at);
        let sealed = sealed(&cx, &row, &bytes).await;
        Ok(answer(&cx, Some((&row, journal)), &verdict, sealed, self.locale))
    }
}

impl UseCase for VerifyDocument {
    type Output = Verification;
    const NAME: &'static str = "verify-document";
    const ACCESS: Access = Access::Public;

    async fn run(self, cx: Cx) -> Result<Verification, Error> {
        let number = serde_json::from_slice::<serde_json::Value>(&self.document).ok();
        let number =
            number.and_then(|content| content["number"].as_str().and_then(|number| number.parse().ok()));
        let found = match number {
            Some(number) => find(&cx, number).await?,
            None => None,
        };
        // Only the very bytes that were issued are the result; a valid signature over others is not.
        let found = found.filter(|(row, _)| row.document == Some(DocumentId::of(&self.document)));
        // The journal proves when a result was issued, so its signature is judged at that time; any other one now.
        let at = found.as_ref().map_or(cx.now, |(row, _)| row.issued_at);
        let verdict = cms::verify(&self.document, &self.signature, &cx.app.trust.load(), Expect::sign(), at);
        let sealed = match &found {
            Some((row, _)) => sealed(&cx, row, &self.document).await,
            None => false,
        };
        let found = found.as_ref().map(|(row, journal)| (row, journal.clone()));
        Ok(answer(&cx, found, &verdict, sealed, self.locale))
    }
}

async fn find(cx: &Cx, number: ResultNumber) -> Result<Option<(ResultRow, Option<ProofView>)>, Error> {
    cx.read(move |tx| {
        let Some(row) = results::by_number(tx, &number)? else { return Ok(None) };
        let proof = of_entry(tx, row.entry)?;
        Ok(Some((row, proof)))
    })
    .await
}

async fn sealed(cx: &Cx, row: &ResultRow, bytes: &[u8]) -> bool {
    let Some(id) = row.seal else { return false };
    let Ok(seal) = cx.app.documents.get(id).await else { return false };
    cms::verify(bytes, &seal, &cx.app.trust.load(), Expect::sign(), row.issued_at).valid().is_some()
}

fn damaged(cx: &Cx, row: &ResultRow, journal: Option<ProofView>, locale: Locale) -> Verification {
    let mut answer = answer(
        cx,
        Some((row, journal)),
        &Verdict::Invalid(qyzmet_pki::Invalid::ContentChanged),
        false,
        locale,
    );
    answer.reason = Some("damaged".to_owned());
    answer
}

fn answer(
    cx: &Cx,
    found: Option<(&ResultRow, Option<ProofView>)>,
    verdict: &Verdict,
    sealed: bool,
    locale: Locale,
) -> Verification {
    let outcome = match verdict {
        Verdict::Valid(_) if found.is_some() => VerificationOutcome::Valid,
        Verdict::Valid(_) => VerificationOutcome::Unknown,
        Verdict::Invalid(_) => VerificationOutcome::Invalid,
        Verdict::Undetermined(_) => VerificationOutcome::Undetermined,
    };
    let title = |row: &ResultRow| {
        let regulation = cx.app.catalogue.version(&row.service, &row.version);
        regulation.map(|regulation| regulation.title(locale).to_owned())
    };
    let row = found.as_ref().map(|(row, _)| *row);
    Verification {
        outcome,
        reason: SignatureProblem::of(verdict).map(|problem| problem.key().to_owned()),
        number: row.map(|row| row.number.to_string()),
        title: row.and_then(title),
        kind: row.map(|row| row.kind.clone()),
        issued_at: row.map(|row| row.issued_at),
        signer: verdict.valid().map(|signed| certificate_view(&signed.certificate)),
        sealed,
        journal: found.and_then(|(_, journal)| journal),
    }
}
