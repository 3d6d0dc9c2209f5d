//! Answers about one certificate: question read, answer built and signed.

use jiff::SignedDuration;
use qyzmet_pki::ocsp::{Answer, CertId, Nonce, Request, Responder, Response, Standing};

use crate::{Outcome, measure::rate, world::World};

pub(crate) fn run() -> Outcome<()> {
    let world = World::new()?;
    let issuer = world.authority.certificate()?;
    let identity = world.enrol("responder")?;
    let person = world.enrol("person-sign")?;
    let signer = identity.signer.clone();
    let responder = Responder::new(identity, issuer)?;
    let asked =
        Request { questions: vec![CertId::of(&person.chain[0], issuer)], nonce: Nonce::new(&[7; 32]) };
    let question = asked.to_der();
    let next = world.now + SignedDuration::from_hours(1);
    let respond = |question: &[u8]| {
        let request = Request::from_der(question).ok()?;
        let answer = |question| Answer {
            question,
            standing: Standing::Good,
            this_update: world.now,
            next_update: Some(next),
            archive_cutoff: None,
        };
        let answers: Vec<Answer<'_>> = request.questions.iter().map(answer).collect();
        responder.respond(&answers, request.nonce.as_ref(), world.now).ok()
    };
    let answer = respond(&question).ok_or("no answer")?;
    rate("OCSP: bare signature of the same key", || signer.sign(&question).is_ok())?;
    rate("OCSP: question read, answer built and signed", || respond(&question).is_some())?;
    rate("OCSP: answer read and judged", || {
        Response::from_der(&answer)
            .is_ok_and(|answer| answer.judge(&person.chain[0], issuer, world.now).is_ok())
    })
}
