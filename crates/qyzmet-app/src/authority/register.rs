//! What the ceremony made becomes rows: certificates of the authority's own services, and the first lists.

use jiff::Timestamp;
use qyzmet_domain::DocumentId;
use qyzmet_store::repositories::{
    certificates::{self, CertificateRow},
    lists::{self, ListRow, Series},
};

use crate::{Access, Cx, Error, UseCase};

/// A certificate that was made before there were rows.
pub type FoundedCertificate = CertificateRow;

/// A list that was signed before there were rows, or with a key that is not here.
#[derive(Clone, Debug)]
pub struct FoundedList {
    /// Name of the issuer.
    pub issuer: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its number.
    pub number: u64,
    /// When it was made.
    pub this_update: Timestamp,
    /// When the next one is there at the latest.
    pub next_update: Timestamp,
}

/// Takes in what is not known yet.
pub struct TakeInFounded {
    /// Certificates.
    pub certificates: Vec<FoundedCertificate>,
    /// Full lists.
    pub lists: Vec<FoundedList>,
}

impl UseCase for TakeInFounded {
    type Output = ();
    const NAME: &'static str = "take-in-founded";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let mut lists = Vec::new();
        for list in self.lists {
            lists.push((cx.app.documents.prepare(&list.bytes).await?, row(list)));
        }
        cx.write(move |tx, _| {
            for certificate in &self.certificates {
                certificates::insert(tx, certificate)?;
            }
            for (document, row) in &lists {
                document.write(tx)?;
                lists::insert(tx, row)?;
            }
            Ok(())
        })
        .await
    }
}

/// Nothing had changed yet when it was signed, or nothing changes by rows at all.
fn row(list: FoundedList) -> ListRow {
    ListRow {
        document: DocumentId::of(&list.bytes),
        issuer: list.issuer,
        series: Series::Full,
        number: list.number,
        seen: 0,
        entries: 0,
        this_update: list.this_update,
        next_update: list.next_update,
    }
}
