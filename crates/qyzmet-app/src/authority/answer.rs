//! Answers about single certificates, live from the rows and signed by the responder to which the issuer gave that.

use jiff::Timestamp;
use qyzmet_pki::{
    Reason,
    ocsp::{Answer, ErrorStatus, Request, Responder, Standing},
};
use qyzmet_store::repositories::certificates::{self, State};

use super::Issuer;
use crate::{Access, App, Cx, Error, UseCase};

/// Answers a question about certificates.
pub struct AnswerQuestion {
    /// The bytes of the question.
    pub question: Vec<u8>,
}

/// What is answered. A question that cannot be answered gets an answer that says so.
#[derive(Debug)]
pub struct Told {
    /// The bytes of the answer.
    pub bytes: Vec<u8>,
    /// The moment for which it holds.
    pub at: Timestamp,
    /// Until when it may be kept; nothing for an answer that is for one client only, or that says why there is none.
    pub until: Option<Timestamp>,
}

impl UseCase for AnswerQuestion {
    type Output = Told;
    const NAME: &'static str = "answer-question";
    const ACCESS: Access = Access::Public;

    async fn run(self, cx: Cx) -> Result<Told, Error> {
        // Answers know whole seconds only.
        let at = Timestamp::from_second(cx.now.as_second()).map_err(Error::fault)?;
        let refused = |status: ErrorStatus| Told { bytes: status.der(), at, until: None };
        let request = match Request::from_der(&self.question) {
            Ok(request) => request,
            Err(error) => return Ok(refused(error.status())),
        };
        let Some((issuer, responder)) = responder(&cx.app, &request) else {
            return Ok(refused(ErrorStatus::Unauthorized));
        };
        let standings = match standings(&cx, issuer, responder, &request).await {
            Ok(standings) => standings,
            Err(Error::Busy) => return Ok(refused(ErrorStatus::TryLater)),
            Err(error) => return Err(error),
        };
        let until = cx
            .app
            .authority()
            .and_then(|authority| at.checked_add(authority.periods.answer).map_err(Error::fault))?;
        let answers = request.questions.iter().zip(standings).map(|(question, standing)| Answer {
            question,
            standing,
            this_update: at,
            next_update: Some(until),
            archive_cutoff: None,
        });
        let answers: Vec<_> = answers.collect();
        let bytes = responder.respond(&answers, request.nonce.as_ref(), at).map_err(Error::fault)?;
        Ok(Told { bytes, at, until: request.nonce.is_none().then_some(until) })
    }
}

/// Whoever speaks for the issuer of the first certificate that anybody here speaks for.
fn responder<'a>(app: &'a App, request: &Request) -> Option<(&'a Issuer, &'a Responder)> {
    let issuers = app.authority().ok()?.issuers.iter();
    let mut ours = issuers.filter_map(|issuer| Some((issuer, issuer.responder.as_ref()?)));
    ours.find(|(_, responder)| request.questions.iter().any(|question| responder.speaks_for(question)))
}

/// All questions of a request are looked up on one view of the store.
async fn standings(
    cx: &Cx,
    issuer: &Issuer,
    responder: &Responder,
    request: &Request,
) -> Result<Vec<Standing>, Error> {
    let serials = request
        .questions
        .iter()
        .map(|question| responder.speaks_for(question).then(|| question.serial().as_bytes().to_vec()));
    let (serials, issuer): (Vec<_>, _) = (serials.collect(), issuer.name.clone());
    cx.read(move |tx| {
        let mut found = Vec::with_capacity(serials.len());
        for serial in &serials {
            let row = match serial {
                Some(serial) => certificates::standing(tx, &issuer, serial)?,
                None => None,
            };
            found.push(row.map_or(Standing::Unknown, said));
        }
        Ok(found)
    })
    .await
}

fn said(row: certificates::Standing) -> Standing {
    match (row.state, row.revoked_at) {
        (State::Hold | State::Revoked, Some(at)) => {
            Standing::Revoked { at, reason: row.reason.and_then(Reason::from_code) }
        }
        _ => Standing::Good,
    }
}
