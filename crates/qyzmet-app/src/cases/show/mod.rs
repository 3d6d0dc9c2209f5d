//! A request as its owner sees it: what it waits for now, and how far it is.

mod views;

use jiff::Timestamp;
use qyzmet_domain::{CaseId, Locale, MessageId, Phone, Refusal, otp::OneTimeCode};
use qyzmet_engine::{Case, Ending, Page, Regulation, Waiting, waiting};
use qyzmet_store::{
    jobs,
    repositories::{cases, cases::CaseRow, codes, messages, results},
};

use super::{
    code,
    confirm::{asked, due},
    document::request_document,
    load::{owned, parse, regulation_of},
    progress::timeline,
};
use crate::{Access, Cx, Error, UseCase};

pub use views::{
    CodeState, CodeView, ConfirmView, EvidenceView, FieldView, FormView, RefusalView, RequestView, StepView,
};

/// Shows a request to its owner.
pub struct ShowRequest {
    /// Which case.
    pub case: CaseId,
    /// Which page of the form; the first one that is not answered when none is named.
    pub page: Option<String>,
    /// In which language.
    pub locale: Locale,
}

/// Everything that is read for one view.
struct Loaded {
    row: CaseRow,
    draft: std::collections::BTreeMap<String, String>,
    code: Option<(OneTimeCode, MessageId)>,
    receiver: Option<Phone>,
    message: Option<String>,
    delayed: bool,
    /// Whether the document that ends the case is signed; it has a number a moment earlier.
    signed: bool,
}

impl UseCase for ShowRequest {
    type Output = RequestView;
    const NAME: &'static str = "show-request";
    const ACCESS: Access = Access::Person;

    async fn run(self, cx: Cx) -> Result<RequestView, Error> {
        let (account, id, app) = (cx.account()?, self.case, cx.app.clone());
        let loaded = cx
            .read(move |tx| {
                let row = owned(tx, account, id)?;
                let code = codes::find(tx, account, id)?;
                let message = match &code {
                    Some((_, message)) => messages::find(tx, *message)?.map(|message| message.state),
                    None => None,
                };
                let receiver = match &code {
                    Some((code, _)) => {
                        code::receiver(tx, &*regulation_of(&app, &row)?, &parse(&row)?, code.purpose)?
                    }
                    None => None,
                };
                let signed = row.result_number.is_some()
                    && results::by_case(tx, id)?.is_some_and(|result| result.document.is_some());
                let delayed = row.status == "running" && jobs::is_delayed(tx, id)?;
                Ok(Loaded { draft: cases::draft(tx, &row)?, row, code, receiver, message, delayed, signed })
            })
            .await?;
        self.view(&cx, loaded)
    }
}

impl ShowRequest {
    fn view(&self, cx: &Cx, loaded: Loaded) -> Result<RequestView, Error> {
        let regulation = regulation_of(&cx.app, &loaded.row)?;
        let case = parse(&loaded.row)?;
        let due_at: Option<Timestamp> = case.accepted_at.and_then(|accepted| due(&regulation, accepted));
        Ok(RequestView {
            case: case.id,
            request_number: loaded.row.request_number.clone(),
            service: case.service.clone(),
            title: regulation.title(self.locale).to_owned(),
            step: self.step(cx, &regulation, &case, &loaded)?,
            timeline: timeline(&regulation, Some(&case), self.locale),
            opened_at: case.opened_at,
            accepted_at: case.accepted_at,
            due_at,
            act: regulation.service.act.clone(),
        })
    }

    fn step(
        &self,
        cx: &Cx,
        regulation: &Regulation,
        case: &Case,
        loaded: &Loaded,
    ) -> Result<StepView, Error> {
        if let Some(outcome) = &case.outcome {
            let number = loaded.row.result_number.clone().filter(|_| loaded.signed);
            return Ok(match &outcome.ending {
                Ending::Issued => StepView::Issued { number: number.unwrap_or_default() },
                Ending::Refused(refusal) => {
                    StepView::Refused(refusal_view(regulation, refusal, self.locale, number, outcome.at))
                }
                Ending::Closed { name } => StepView::Finished {
                    outcome: name.clone(),
                    text: regulation
                        .text(self.locale, &format!("outcome.{name}"))
                        .unwrap_or_default()
                        .to_owned(),
                    clause: Some(outcome.clause.to_string()),
                },
            });
        }
        match waiting(regulation, case).into_iter().next() {
            Some(Waiting::Fill { action, .. }) => self.form(regulation, case, loaded, action),
            Some(Waiting::Confirm { .. }) => self.confirm(cx, regulation, case, loaded),
            _ => Ok(StepView::Running { delayed: loaded.delayed }),
        }
    }

    fn form(
        &self,
        regulation: &Regulation,
        case: &Case,
        loaded: &Loaded,
        action: u32,
    ) -> Result<StepView, Error> {
        let pages = &regulation.form.pages;
        let asked = self.page.as_deref().and_then(|id| pages.iter().position(|page| page.id == id));
        let open = pages.iter().position(|page| page.accept(&loaded.draft).is_err());
        let place = asked.or(open).unwrap_or(0);
        let page = pages.get(place).ok_or_else(|| Error::fault("a form without pages"))?;
        Ok(StepView::Form(views::form(regulation, case, &loaded.draft, self.locale, (action, place, page))))
    }

    fn confirm(
        &self,
        cx: &Cx,
        regulation: &Regulation,
        case: &Case,
        loaded: &Loaded,
    ) -> Result<StepView, Error> {
        let (action, means) = asked(regulation, case)?;
        let document = request_document(regulation, case);
        let code = loaded.code.as_ref().map(|(code, _)| CodeView {
            to_masked: loaded.receiver.as_ref().map(Phone::masked).unwrap_or_default(),
            sent_at: code.sent_at,
            expires_at: code.expires_at,
            resend_at: code
                .sent_at
                .saturating_add(cx.app.settings.otp.resend_after)
                .unwrap_or(code.expires_at),
            attempts_left: code.attempts_left,
            state: CodeState::of(loaded.message.as_deref()),
        });
        let iin = case.recipient.identifier.iin().map(|iin| iin.as_str().to_owned()).unwrap_or_default();
        Ok(StepView::Confirm(ConfirmView {
            action,
            means,
            summary: views::summary(regulation, case, self.locale),
            document_name: format!("request-{}.json", case.id),
            document_sha256: qyzmet_domain::DocumentId::of(&document).to_string(),
            code,
            iin,
        }))
    }
}

/// A refusal as people read it: its ground, its clause, what was compared and who said so.
pub(crate) fn refusal_view(
    regulation: &Regulation,
    refusal: &Refusal,
    locale: Locale,
    number: Option<String>,
    decided_at: Timestamp,
) -> RefusalView {
    let evidence = refusal.evidence.iter().map(|evidence| {
        let words = regulation.in_words(locale, evidence);
        EvidenceView {
            fact: words.fact,
            expected: words.expected,
            found: words.found,
            source: words.source,
            answer_id: evidence.answer_id.clone(),
        }
    });
    RefusalView {
        ground: regulation
            .text(locale, &format!("ground.{}", refusal.ground))
            .unwrap_or(&refusal.ground)
            .to_owned(),
        clause: refusal.clause.to_string(),
        evidence: evidence.collect(),
        number: number.unwrap_or_default(),
        decided_at,
        advice: regulation.text(locale, &format!("advice.{}", refusal.ground)).map(str::to_owned),
    }
}

/// The page of a form with its place.
type Place<'a> = (u32, usize, &'a Page);
