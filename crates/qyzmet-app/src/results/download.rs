//! The files of a result: the signed bytes, the signature, the rendering, the proof.

use qyzmet_domain::{DocumentId, Locale, ResultNumber};
use qyzmet_store::repositories::results::ResultRow;

use super::{proof::of_entry, show::owned};
use crate::{Access, Cx, Document, Error, UseCase};

/// Gives its owner one file of a result.
pub struct DownloadResult {
    /// Its number.
    pub number: String,
    /// Which file.
    pub part: ResultPart,
    /// In which language it is rendered.
    pub locale: Locale,
}

/// The files of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultPart {
    /// The signed bytes.
    Json,
    /// The employee's detached signature over them.
    Signature,
    /// The portal's seal over them.
    Seal,
    /// The rendering with the QR code, sealed.
    Pdf,
    /// The place in the journal.
    Proof,
}

impl UseCase for DownloadResult {
    type Output = Document;
    const NAME: &'static str = "download-result";
    const ACCESS: Access = Access::Person;

    async fn run(self, cx: Cx) -> Result<Document, Error> {
        let account = cx.account()?;
        let number: ResultNumber = self.number.parse().map_err(|_| Error::NotFound)?;
        let (row, proof) = cx
            .read(move |tx| {
                let (row, _) = owned(tx, account, &number)?;
                let proof = of_entry(tx, row.entry)?;
                Ok((row, proof))
            })
            .await?;
        let name = |ending: &str| format!("{}.{ending}", row.number);
        match self.part {
            ResultPart::Json => file(&cx, row.document, name("json"), "application/json").await,
            ResultPart::Signature => {
                file(&cx, row.signature, name("json.p7s"), "application/pkcs7-signature").await
            }
            ResultPart::Seal => file(&cx, row.seal, name("seal.p7s"), "application/pkcs7-signature").await,
            ResultPart::Pdf => pdf(&cx, &row, self.locale).await,
            ResultPart::Proof => {
                let proof = proof.ok_or(Error::NotFound)?;
                let bytes = serde_json::to_vec_pretty(&proof).map_err(Error::fault)?;
                Ok(Document { bytes, name: name("proof.json"), media: "application/json" })
            }
        }
    }
}

async fn file(cx: &Cx, id: Option<DocumentId>, name: String, media: &'static str) -> Result<Document, Error> {
    let bytes = cx.app.documents.get(id.ok_or(Error::NotFound)?).await?;
    Ok(Document { bytes, name, media })
}

#[cfg(not(feature = "print"))]
async fn pdf(_cx: &Cx, _row: &ResultRow, _locale: Locale) -> Result<Document, Error> {
    Err(Error::NotFound)
}

/// Renders on the first asking, seals, keeps; the six milliseconds of the rendering never stand in the way of a request.
#[cfg(feature = "print")]
async fn pdf(cx: &Cx, row: &ResultRow, locale: Locale) -> Result<Document, Error> {
    let (name, media) = (format!("{}.pdf", row.number), "application/pdf");
    if let (Some(kept), Locale::Kk) = (row.pdf, locale) {
        return Ok(Document { bytes: cx.app.documents.get(kept).await?, name, media });
    }
    let bytes = cx.app.documents.get(row.document.ok_or(Error::NotFound)?).await?;
    let mut data: serde_json::Value = serde_json::from_slice(&bytes).map_err(Error::fault)?;
    data["locale"] = locale.as_str().into();
    let regulation = cx.app.catalogue.version(&row.service, &row.version).ok_or(Error::NotFound)?;
    let (template, at) = (regulation.result_template.clone(), row.issued_at);
    let app = cx.app.clone();
    let sealed = tokio::task::spawn_blocking(move || {
        let pdf = qyzmet_print::render(&template, &data, at).map_err(not_printed)?;
        qyzmet_pki::pdf::seal(&pdf, &app.keys.seal, at).map_err(Error::fault)
    })
    .await
    .map_err(Error::fault)??;
    if locale == Locale::Kk {
        let (document, number) = (cx.app.documents.prepare(&sealed).await?, row.number.clone());
        cx.write(move |tx, _| {
            let id = document.write(tx)?;
            Ok(qyzmet_store::repositories::results::set_pdf(tx, &number, id)?)
        })
        .await?;
    }
    Ok(Document { bytes: sealed, name, media })
}

/// A rendering that is not ready in time on an overloaded machine can be asked for again; the result is signed already.
#[cfg(feature = "print")]
pub(crate) fn not_printed(error: qyzmet_print::PrintError) -> Error {
    match error {
        qyzmet_print::PrintError::Busy | qyzmet_print::PrintError::TooSlow { .. } => {
            tracing::warn!(%error, "a document is not printed in time");
            Error::Busy
        }
        other => Error::fault(other),
    }
}
