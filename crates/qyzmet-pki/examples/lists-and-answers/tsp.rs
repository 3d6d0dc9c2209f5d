//! Time-stamps: request read, token built and signed.

use qyzmet_pki::{
    PathRules, Revocation, Trust,
    tsp::{self, Accuracy, Imprint, Request, Stamper},
};

use crate::{Outcome, measure::rate, world::World};

pub(crate) fn run() -> Outcome<()> {
    let world = World::new()?;
    let identity = world.enrol("time-stamp")?;
    let signer = identity.signer.clone();
    let stamper = Stamper::new(identity, &["1.2.398.3.3.2.6.4"], Accuracy::seconds(1))?;
    let request = Request::new(Imprint::of(b"content"), Some(&[7; 8]));
    let question = request.to_der();
    let answer = stamper.answer(&question, [9; 20], Some(world.now));
    let token = tsp::token_of(&answer, &request).ok_or("no token")?;
    let rules = PathRules { revocation: Revocation::NotChecked, ..PathRules::default() };
    let trust = Trust::new(vec![world.authority.certificate()?.clone()], vec![]).with_rules(rules);
    rate("TSP: bare signature of the same key", || signer.sign(&question).is_ok())?;
    // A rejection is a few octets long, a token with its chain more than a thousand.
    let granted = |answer: &[u8]| answer.len() > 1000;
    rate("TSP: request read, token built and signed", || {
        granted(&stamper.answer(&question, [9; 20], Some(world.now)))
    })?;
    rate("TSP: token verified", || tsp::verify(&token, b"content", &trust, world.now).is_ok())
}
