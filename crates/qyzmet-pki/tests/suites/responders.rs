//! The services of the invented authority: its OCSP responder and its time-stamping authority.

use qyzmet_pki::{
    Identity, KeyKind,
    authority::ProfileKind,
    ocsp::{Answer, CertId, Responder, Standing},
};

use crate::support::{World, authority_name, now};

/// A key to which the issuing authority delegated its answers.
pub(crate) fn delegated(world: &World, key: KeyKind) -> Identity {
    world.enrol(ProfileKind::Responder, key, &authority_name("OCSP RESPONDER"))
}

pub(crate) fn responder(world: &World, key: KeyKind) -> Responder {
    Responder::new(delegated(world, key), world.issuing.certificate().unwrap()).unwrap()
}

/// An answer of now that lasts for an hour.
pub(crate) fn answer(question: &CertId, standing: Standing) -> Answer<'_> {
    let next = now() + jiff::SignedDuration::from_hours(1);
    Answer { question, standing, this_update: now(), next_update: Some(next), archive_cutoff: None }
}
