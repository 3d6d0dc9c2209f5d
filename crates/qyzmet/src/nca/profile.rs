//! The one place that knows how the authority's own certificates are profiled.

use qyzmet_pki::{
    Certificate, Identity, Signer,
    authority::{Authority, IssueError, Profile, ProfileKind, Serial, SubjectFields, Validity},
};

use super::plan::{Duty, Planned};

/// Issues the planned certificate over the key; without an issuer it is a root and names itself. The answer is the chain,
/// the new certificate first.
pub(super) fn certify(
    planned: &Planned,
    signer: &Signer,
    issuer: Option<&Identity>,
    serial: Serial,
    validity: Validity,
) -> Result<Vec<Certificate>, IssueError> {
    let kind = match planned.duty {
        Duty::Root => ProfileKind::Root,
        Duty::Issuing => ProfileKind::Issuing,
        Duty::Ocsp => ProfileKind::Responder,
        Duty::Timestamp => ProfileKind::TimeStamp,
    };
    let profile = Profile::new(kind).with_urls(planned.urls.clone());
    let subject = SubjectFields {
        common_name: planned.common_name.clone(),
        organisation: planned.organisation.clone(),
        ..SubjectFields::default()
    };
    let made = match issuer {
        None => {
            Authority::self_signed(signer.clone(), &profile, &subject, serial, validity)?.chain().to_vec()
        }
        Some(issuer) => {
            let issuer = Authority::new(issuer.clone());
            issuer.enrol(&profile, &subject, signer.clone(), serial, validity)?.chain
        }
    };
    Ok(made)
}
