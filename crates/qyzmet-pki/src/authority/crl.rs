//! Writing of full revocation lists (RFC 5280 section 5).

use jiff::Timestamp;

use super::{IssueError, Validity, build};
use crate::{
    asn1::{self, tag},
    certificate::Certificate,
    identity::Identity,
    oids,
    verdict::Reason,
};

/// One revoked certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revoked {
    /// Serial number: big-endian bytes as in the certificate.
    pub serial: Vec<u8>,
    /// When it was revoked.
    pub at: Timestamp,
    /// Why.
    pub reason: Reason,
}

impl Revoked {
    /// The entry that revokes this certificate.
    #[must_use]
    pub fn certificate(certificate: &Certificate, at: Timestamp, reason: Reason) -> Self {
        Self { serial: certificate.serial_bytes().to_vec(), at, reason }
    }
}

/// Signs a list of all entries with CRL number and authority key identifier.
pub(super) fn sign(
    identity: &Identity,
    entries: &[Revoked],
    update: Validity,
    number: u64,
) -> Result<Vec<u8>, IssueError> {
    let issuer = identity.certificate()?;
    let algorithm = identity.signer.algorithm().to_der();
    let revoked = match entries {
        [] => vec![],
        entries => asn1::sequence(&[&entries.iter().flat_map(entry).collect::<Vec<u8>>()]),
    };
    let key_id = asn1::sequence(&[&asn1::context_primitive(0, &build::issuer_key_id(issuer))]);
    let extensions = asn1::sequence(&[
        &build::extension(oids::AUTHORITY_KEY_ID, false, &key_id),
        &build::extension(oids::CRL_NUMBER, false, &asn1::uint(number)),
    ]);
    let tbs = asn1::sequence(&[
        &asn1::uint(1),
        &algorithm,
        issuer.subject_name().raw(),
        &asn1::write_time(update.not_before),
        &asn1::write_time(update.not_after),
        &revoked,
        &asn1::explicit(0, &extensions),
    ]);
    let signature = identity.signer.sign(&tbs)?;
    Ok(asn1::sequence(&[&tbs, &algorithm, &asn1::bit_string(&signature)]))
}

fn entry(revoked: &Revoked) -> Vec<u8> {
    let extensions = match revoked.reason {
        Reason::Unspecified => vec![],
        reason => {
            let code = asn1::raw_tlv(tag::ENUMERATED, &[reason as u8]);
            asn1::sequence(&[&build::extension(oids::REASON_CODE, false, &code)])
        }
    };
    asn1::sequence(&[&build::serial_element(&revoked.serial), &asn1::write_time(revoked.at), &extensions])
}
