//! The one place that knows how the authority's own certificates are profiled.

use qyzmet_pki::{
    Certificate, Identity, Signer,
    authority::{
        Authority, Holder, IssueError, Profile, ProfileError, Profiles, Serial, SubjectFacts, Validity,
    },
};

use super::{
    NcaError,
    plan::{Duty, Planned},
};

/// The profile of a duty.
pub(super) fn of(duty: Duty) -> Result<&'static Profile, ProfileError> {
    Profiles::nca()?.get(match duty {
        Duty::Root => "root",
        Duty::Issuing => "issuing",
        Duty::Ocsp => "responder",
        Duty::Timestamp => "time-stamp",
    })
}

/// Issues the planned certificate over the key; without an issuer it is a root and names itself. The planned addresses are the
/// issuer's, where the readers of this certificate find its list. The answer is the chain, the new certificate first.
pub(super) fn certify(
    planned: &Planned,
    signer: &Signer,
    issuer: Option<&Identity>,
    serial: Serial,
    validity: Validity,
) -> Result<Vec<Certificate>, NcaError> {
    let refused = NcaError::issue(&planned.name);
    let profile = of(planned.duty)?;
    let holder =
        Holder::Service { name: planned.common_name.clone(), organisation: planned.organisation.clone() };
    let facts = SubjectFacts::new(holder).map_err(|error| refused(IssueError::Fact(error.0)))?;
    let (signer, urls) = (signer.clone(), planned.urls.clone());
    let made = match issuer {
        None => Authority::self_signed(signer, profile, &facts, serial, validity, urls)
            .map(|authority| authority.chain().to_vec()),
        Some(issuer) => {
            let issuer = Authority::new(issuer.clone()).with_urls(urls);
            issuer.enrol(profile, &facts, signer, serial, validity).map(|made| made.chain)
        }
    };
    made.map_err(refused)
}
