//! The services of the invented authority: its OCSP responder and its time-stamping authority.

use qyzmet_pki::{
    Identity, KeyKind,
    ocsp::{Answer, CertId, Responder, Standing},
    tsp::{Accuracy, Stamper},
};

use crate::support::{World, authority_name, now};

/// A key to which the issuing authority delegated its answers.
pub(crate) fn delegated(world: &World, key: KeyKind) -> Identity {
    world.enrol("responder", key, &authority_name("OCSP RESPONDER"))
}

pub(crate) fn responder(world: &World, key: KeyKind) -> Responder {
    Responder::new(delegated(world, key), world.issuing.certificate().unwrap()).unwrap()
}

/// An answer of now that lasts for an hour.
pub(crate) fn answer(question: &CertId, standing: Standing) -> Answer<'_> {
    let next = now() + jiff::SignedDuration::from_hours(1);
    Answer { question, standing, this_update: now(), next_update: Some(next), archive_cutoff: None }
}

/// The policy of the invented time-stamping authority, and another that it also knows.
pub(crate) const POLICIES: [&str; 2] = ["1.2.398.3.3.2.6.4", "1.2.398.3.3.2.6.2"];

/// A time-stamping authority whose clock is right to a second.
pub(crate) fn stamper(world: &World, key: KeyKind) -> Stamper {
    let identity = world.enrol("time-stamp", key, &authority_name("TIME-STAMPING AUTHORITY"));
    Stamper::new(identity, &POLICIES, Accuracy::seconds(1)).unwrap()
}
