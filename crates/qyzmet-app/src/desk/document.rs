//! The documents of a case, for the officer who works on it.

use super::load::{Place, load};
use crate::{
    Access, Cx, Document, Error, UseCase,
    printed::{Paper, paper_of},
};

/// Which document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeskPart {
    /// The request as confirmed.
    Request,
    /// The recipient's signature over it.
    Signature,
}

/// Gives an officer a document of the case.
pub struct DownloadDeskDocument {
    /// The work.
    pub place: Place,
    /// Which document.
    pub part: DeskPart,
}

impl UseCase for DownloadDeskDocument {
    type Output = Document;
    const NAME: &'static str = "download-desk-document";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<Document, Error> {
        let (officer, app, now) = (cx.officer()?, cx.app.clone(), cx.now);
        let Self { place, part } = self;
        let row = cx.read(move |tx| Ok(load(tx, &app, &officer, (place, now))?.row)).await?;
        let (id, ending, media) = match part {
            DeskPart::Request => (row.request_document, "json", "application/json"),
            DeskPart::Signature => (row.request_signature, "p7s", "application/pkcs7-signature"),
        };
        let bytes = cx.app.documents.get(id.ok_or(Error::NotFound)?).await?;
        Ok(Document { bytes, name: format!("request-{}.{ending}", row.id), media })
    }
}

/// Gives an officer a paper of the case, to be printed and signed or handed over, in the language of the recipient: the
/// application of a visitor [R839-9.P7], the receipt on what the unit has taken in [R839-6.P8].
pub struct DownloadDeskPaper {
    /// The work.
    pub place: Place,
    /// Which paper.
    pub paper: Paper,
}

impl UseCase for DownloadDeskPaper {
    type Output = Document;
    const NAME: &'static str = "download-desk-paper";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<Document, Error> {
        let (officer, app, now) = (cx.officer()?, cx.app.clone(), cx.now);
        let Self { place, paper } = self;
        let ready = cx.read(move |tx| {
            let row = load(tx, &app, &officer, (place, now))?.row;
            paper_of(tx, &app, &row, paper)
        });
        ready.await?.print(&cx.app).await
    }
}
