//! Verification of tokens against trusted authorities.

use jiff::Timestamp;

use super::{Imprint, Info, Request, stamp::is_for_stamping};
use crate::{
    asn1::{Malformed, Reader, small_uint, tag},
    certificate::Certificate,
    cms, oids,
    trust::{Refused, Trust},
    verdict::{Invalid, Undetermined},
};

/// What a valid token proves: the digest existed at the time.
#[derive(Debug, Clone)]
pub struct Stamped {
    /// What the token says.
    pub info: Info,
    /// The verified path of the authority that stamped, its own certificate first and the anchor last.
    pub chain: Vec<Certificate>,
}

/// A token does not prove anything: for good, or as far as can be known now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotStamped {
    /// For good.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// For now.
    #[error(transparent)]
    Undetermined(Undetermined),
}

impl From<Refused> for NotStamped {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Invalid(invalid) => Self::Invalid(invalid),
            Refused::Undetermined(undetermined) => Self::Undetermined(undetermined),
        }
    }
}

/// Verifies a token over content, with the authority's certificate judged at `at`: now for a fresh token, the time of a
/// later stamp for one that a later stamp covers.
///
/// # Errors
/// [`NotStamped`] when the token does not prove that the content existed at its time.
pub fn verify(token: &[u8], content: &[u8], trust: &Trust, at: Timestamp) -> Result<Stamped, NotStamped> {
    let fit = |certificate: &Certificate| {
        let fits = is_for_stamping(certificate);
        if fits { Ok(()) } else { Err(Invalid::Path("the certificate is not for time-stamping alone")) }
    };
    let (info, signed) = cms::verify_enclosed(token, oids::TIME_STAMP_INFO, trust, at, fit)?;
    let info = Info::from_der(&info).map_err(|_| Invalid::Malformed("time-stamp"))?;
    if !info.is_named(signed.certificate.subject_name()) {
        return Err(Invalid::OtherCertificate.into());
    }
    info.imprint.check_content(content)?;
    Ok(Stamped { info, chain: signed.chain })
}

/// What a token says, believed by nobody yet.
#[must_use]
pub fn claimed(token: &[u8]) -> Option<Info> {
    let content = cms::enclosed_content(token).ok()??;
    Info::from_der(&content).ok()
}

/// The token in an answer to this request: granted, over the same imprint and with the same nonce. Nothing is verified.
#[must_use]
pub fn token_of(response: &[u8], request: &Request) -> Option<Vec<u8>> {
    let token = read_response(response).ok()?;
    let info = claimed(token)?;
    let same = same_imprint(&info.imprint, &request.imprint) && info.nonce == request.nonce;
    same.then(|| token.to_vec())
}

fn same_imprint(one: &Imprint, other: &Imprint) -> bool {
    one.algorithm() == other.algorithm() && one.digest() == other.digest()
}

/// TimeStampResp: granted, or granted with changes.
fn read_response(response: &[u8]) -> Result<&[u8], Malformed> {
    let mut fields = Reader::only(response, tag::SEQUENCE)?.reader();
    let status = small_uint(fields.sequence()?.expect(tag::INTEGER)?)?;
    let token = fields.expect(tag::SEQUENCE)?;
    fields.end()?;
    if status <= 1 { Ok(token.raw) } else { Err(Malformed) }
}
