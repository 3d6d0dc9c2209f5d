//! A request as its owner sees it: what it waits for now, and how far it is.

mod views;

use std::{collections::BTreeMap, sync::Arc};

use jiff::Timestamp;
use qyzmet_domain::{CaseId, Locale, MessageId, Phone, Refusal, otp::OneTimeCode};
use qyzmet_engine::{Case, DueMoment, Ending, Page, Regulation, Waiting, waiting};
use qyzmet_store::{
    Tx, jobs,
    repositories::{
        cases, cases::CaseRow, codes, messages, order_problems, payments, payments::PaymentRow, results,
        waits,
    },
};

use super::{
    code,
    confirm::{asked, due},
    document::request_document,
    list::cards,
    load::{owned, parse, regulation_of},
    progress::timeline,
    seen::Seen,
    terms::{Reckoner, TermView},
    waits::PAYMENT,
};
use crate::{
    Access, Cx, Error, UseCase,
    authority::{CertificateView, brings_certificates, issuing_action, own::own},
    printed::papers_of,
};

pub(crate) use views::claims;
pub use views::{
    CodeState, CodeView, ConfirmView, EvidenceView, FieldView, FormView, LatePaymentView, PayView,
    RefusalView, RequestView, StepView,
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
    regulation: Arc<Regulation>,
    case: Case,
    draft: BTreeMap<String, String>,
    code: Option<(OneTimeCode, MessageId)>,
    receiver: Option<Phone>,
    message: Option<String>,
    delayed: bool,
    payment: Option<(PaymentRow, Option<Timestamp>)>,
    late: Option<LatePaymentView>,
    fee_rejected: bool,
    term: Option<TermView>,
    members: Vec<CaseRow>,
    /// The person's certificates, where the form asks for one.
    certificates: Vec<CertificateView>,
    /// Why no certificates were made, where they were refused.
    order_problem: Option<String>,
    /// Whether the document that ends the case is signed; it has a number a moment earlier.
    signed: bool,
}

impl UseCase for ShowRequest {
    type Output = RequestView;
    const NAME: &'static str = "show-request";
    const ACCESS: Access = Access::Person;

    async fn run(self, cx: Cx) -> Result<RequestView, Error> {
        let (account, id) = (cx.account()?, self.case);
        let (app, locale, now) = (cx.app.clone(), self.locale, cx.now);
        let loaded = cx
            .read(move |tx| {
                let row = owned(tx, account, id)?;
                let (regulation, case) = (regulation_of(&app, &row)?, parse(&row)?);
                let code = codes::find(tx, account, id)?;
                let message = match &code {
                    Some((_, message)) => messages::find(tx, *message)?.map(|message| message.state),
                    None => None,
                };
                let receiver = match &code {
                    Some((code, _)) => code::receiver(tx, &regulation, &case, code.purpose)?,
                    None => None,
                };
                let signed = row.result_number.is_some()
                    && results::by_case(tx, id)?.is_some_and(|result| result.document.is_some());
                // A register may be asked before the request is accepted [R839-6.P2].
                let delayed = case.outcome.is_none() && jobs::is_delayed(tx, id)?;
                let (payment, late) = (payment(tx, &row)?, late_payment(tx, &row)?);
                let fee_rejected = fee_rejected(tx, &row)?;
                let term = term(tx, (&row, &regulation, &case), locale)?;
                let members = members(tx, &case)?;
                let certificates = certificates(tx, &row, &regulation, now)?;
                let order_problem = order_problem(tx, &row, &regulation)?;
                Ok(Loaded {
                    draft: cases::draft(tx, &row)?,
                    row,
                    regulation,
                    case,
                    code,
                    receiver,
                    message,
                    delayed,
                    payment,
                    late,
                    fee_rejected,
                    term,
                    members,
                    certificates,
                    order_problem,
                    signed,
                })
            })
            .await?;
        self.view(&cx, loaded)
    }
}

/// The term of the service, where only a calendar can tell its end.
pub(crate) fn term(
    tx: &mut Tx<'_>,
    (row, regulation, case): (&CaseRow, &Regulation, &Case),
    locale: Locale,
) -> Result<Option<TermView>, Error> {
    if row.status != "running" {
        return Ok(None);
    }
    let Some(reckoner) = Reckoner::where_needed(tx, regulation)? else { return Ok(None) };
    let moment = reckoner.of_service(regulation, case);
    let clause = |moment: &DueMoment| {
        moment.clause.as_ref().map_or_else(|| regulation.service.act.clone(), ToString::to_string)
    };
    Ok(moment.map(|moment| reckoner.view(&moment.reckoning, clause(&moment), locale)))
}

/// The certificates among which the person can choose, where the form asks for one: those that can still be revoked, or those
/// in force of the holders that it names.
pub(crate) fn certificates(
    tx: &mut Tx<'_>,
    row: &CaseRow,
    regulation: &Regulation,
    now: Timestamp,
) -> Result<Vec<CertificateView>, Error> {
    let mut fields = regulation.form.pages.iter().flat_map(|page| &page.fields);
    let field = fields.find(|field| field.is_certificate()).filter(|_| row.result_number.is_none());
    let Some(field) = field else { return Ok(Vec::new()) };
    let mut certificates = own(tx, row.account, now)?;
    certificates.retain(|certificate| certificate.is_asked_for(field.holders()));
    Ok(certificates)
}

/// Why the certificates that a request asks for cannot be made; nothing is read where it asks for none.
pub(crate) fn order_problem(
    tx: &mut Tx<'_>,
    row: &CaseRow,
    regulation: &Regulation,
) -> Result<Option<String>, Error> {
    match &row.request_number {
        Some(number) if issuing_action(regulation).is_some() => Ok(order_problems::find(tx, number)?),
        _ => Ok(None),
    }
}

/// The cases that a composite has started, in their order.
fn members(tx: &mut Tx<'_>, case: &Case) -> Result<Vec<CaseRow>, Error> {
    let mut row_of = |id| cases::find(tx, case.recipient.account, id)?.ok_or(Error::NotFound);
    case.members.iter().map(|member| row_of(member.case)).collect()
}

/// The order of a fee that the case waits for, and until when it can be paid.
fn payment(tx: &mut Tx<'_>, row: &CaseRow) -> Result<Option<(PaymentRow, Option<Timestamp>)>, Error> {
    if row.status != "running" {
        return Ok(None);
    }
    let open = waits::open_of_case(tx, row.account, row.id)?;
    let Some(wait) = open.iter().find(|wait| wait.task == PAYMENT) else { return Ok(None) };
    let order = payments::of_case(tx, wait.case, wait.action, wait.visit)?;
    Ok(order.map(|order| (order, wait.due_at)))
}

/// A fee that came when the case had gone on or ended without it.
fn late_payment(tx: &mut Tx<'_>, row: &CaseRow) -> Result<Option<LatePaymentView>, Error> {
    let order = payments::given_up(tx, row.id)?;
    let late = |order: PaymentRow| Some(LatePaymentView { amount: order.paid_amount?, refund: order.refund });
    Ok(order.and_then(late))
}

/// Whether the last fee of a case could not be paid because the gateway refused its order for good.
fn fee_rejected(tx: &mut Tx<'_>, row: &CaseRow) -> Result<bool, Error> {
    if row.result_number.is_none() {
        return Ok(false);
    }
    Ok(payments::last_of_case(tx, row.id)?.is_some_and(|order| order.rejected_at.is_some()))
}

impl Loaded {
    fn pay(&self, action: u32, amount: u32) -> PayView {
        let (order, due_at) = self.payment.clone().unzip();
        let rejected = order.as_ref().is_some_and(|order| order.state == "rejected");
        let pay_url = order.and_then(|order| order.pay_url);
        PayView { action, amount, pay_url, due_at: due_at.flatten(), rejected }
    }
}

impl ShowRequest {
    fn view(&self, cx: &Cx, loaded: Loaded) -> Result<RequestView, Error> {
        let step = self.step(cx, &loaded.regulation, &loaded.case, &loaded)?;
        let Loaded { row, regulation, case, term, late, fee_rejected, members, .. } = loaded;
        let running = case.accepted_at.and_then(|accepted| due(&regulation, accepted));
        let due_at = term.as_ref().map_or(running, |term| term.due_at);
        Ok(RequestView {
            case: case.id,
            request_number: row.request_number,
            service: case.service.clone(),
            title: regulation.title(self.locale).to_owned(),
            step,
            timeline: timeline(&regulation, Some(&case), self.locale),
            opened_at: case.opened_at,
            accepted_at: case.accepted_at,
            due_at,
            term,
            late_payment: late,
            fee_rejected,
            members: cards(&cx.app, members, self.locale),
            act: regulation.service.act.clone(),
            papers: papers_of(&regulation, &case),
            brings_certificates: brings_certificates(&regulation),
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
                    let view = refusal_view(regulation, refusal, self.locale, number, outcome.at);
                    StepView::Refused(RefusalView { order_problem: loaded.order_problem.clone(), ..view })
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
            Some(Waiting::Fill { action, pages }) => {
                let pages: Vec<&Page> = pages.iter().filter_map(|page| regulation.page(page)).collect();
                let draft = (&loaded.draft, self.page.as_deref());
                let form = form_page(regulation, case, draft, self.locale, (action, &pages))?;
                Ok(StepView::Form(FormView { certificates: loaded.certificates.clone(), ..form }))
            }
            Some(Waiting::Payment { action, amount }) => Ok(StepView::Pay(loaded.pay(action, amount))),
            Some(Waiting::Confirm { .. }) => self.confirm(cx, regulation, case, loaded),
            _ => Ok(StepView::Running { delayed: loaded.delayed }),
        }
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
            seen: Seen::now(case, action),
            means,
            summary: views::summary(regulation, case, self.locale),
            document_name: format!("request-{}.json", case.id),
            document_sha256: qyzmet_domain::DocumentId::of(&document).to_string(),
            code,
            iin,
        }))
    }
}

/// A page of a form that is being filled: the one that is asked for, or the first that is not answered.
pub(crate) fn form_page(
    regulation: &Regulation,
    case: &Case,
    (draft, asked): (&BTreeMap<String, String>, Option<&str>),
    locale: Locale,
    (action, pages): (u32, &[&Page]),
) -> Result<FormView, Error> {
    let asked = asked.and_then(|id| pages.iter().position(|page| page.id == id));
    let open = pages.iter().position(|page| page.accept(draft).is_err());
    let place = asked.or(open).unwrap_or(0);
    if place >= pages.len() {
        return Err(Error::fault("a form without pages"));
    }
    Ok(views::form(regulation, case, draft, locale, (action, place, pages)))
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
        order_problem: None,
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

/// The action that is filled, the place of a page, and all its pages.
type Place<'a> = (u32, usize, &'a [&'a Page]);
