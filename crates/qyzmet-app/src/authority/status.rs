//! Everybody may ask how far an order is, by its number and without signing in; nothing personal is told [R839-12.M, R839-A2.16].

use qyzmet_domain::RequestNumber;
use qyzmet_engine::{Branch, Case, Ending, Regulation, Verb};
use qyzmet_store::repositories::cases::{self, CaseRow};

use super::{brings_certificates, issuing_action};
use crate::{
    Access, App, CaptchaAnswer, CaptchaRefused, Cx, Error, UseCase, captcha,
    cases::{parse, regulation_of},
    sign_in::limit,
};

/// Asks for the status of an order.
pub struct CheckOrderStatus {
    /// Its number.
    pub number: RequestNumber,
    /// That no program asks.
    pub captcha: CaptchaAnswer,
    /// The address from which it is asked, for the limit.
    pub from: String,
}

/// What is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderAnswer {
    /// How far it is.
    Found(OrderStatus),
    /// No order has this number: there is none, or it is of a request for something else.
    Unknown,
    /// Nothing is looked for yet.
    Captcha(CaptchaRefused),
}

/// How far an order of certificates is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderStatus {
    /// Registered under its number [R839-6.P4].
    Registered,
    /// Application and documents are to be handed over [R839-6.P6].
    WaitsForPapers,
    /// The operator has confirmed it with their own EDS [R839-6.P9].
    Confirmed,
    /// The certificates are formed, and the recipient installs them [R839-6.P11].
    Issued,
    /// They are formed, and wait at the service centre for the card that has their keys [R839-9.P10].
    ForCard,
    /// They were written onto that card: nothing is left to be installed [R839-9.P10].
    OnCard,
    /// Refused with a reason, which the recipient alone can read.
    Refused,
    /// The recipient has withdrawn it.
    Withdrawn,
    /// Closed otherwise.
    Closed,
}

impl OrderStatus {
    /// Key of the words for it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::WaitsForPapers => "waits-for-papers",
            Self::Confirmed => "confirmed",
            Self::Issued => "issued",
            Self::ForCard => "for-card",
            Self::OnCard => "on-card",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Closed => "closed",
        }
    }

    fn of(regulation: &Regulation, case: &Case, issuing: u32) -> Self {
        let called = case.steps.iter().any(|step| step.action == issuing && step.branch == Branch::Ok);
        // An action that issues the result too keeps between its two halves that the certificates are there.
        let made = called || case.facts.get(&format!("called.{issuing}")).is_some();
        let installs = brings_certificates(regulation);
        match case.outcome.as_ref().map(|outcome| &outcome.ending) {
            Some(Ending::Refused(_)) => Self::Refused,
            // Certificates that were made before are there all the same, for whoever installs them.
            Some(Ending::Closed { name }) if !(made && installs) => {
                if name == "withdrawn" {
                    Self::Withdrawn
                } else {
                    Self::Closed
                }
            }
            Some(_) if installs => Self::Issued,
            Some(_) => Self::OnCard,
            None if made && installs => Self::Issued,
            None if made => Self::ForCard,
            None if !case.approvals.is_empty() => Self::Confirmed,
            None if case.current.iter().any(|action| takes_papers(regulation, *action)) => {
                Self::WaitsForPapers
            }
            None => Self::Registered,
        }
    }
}

/// Whether an action waits for somebody to bring something, or takes it.
fn takes_papers(regulation: &Regulation, action: u32) -> bool {
    let does = regulation.process.action(action).map(|action| &action.does);
    matches!(does, Some(Verb::Await(_) | Verb::Receive(_)))
}

impl UseCase for CheckOrderStatus {
    type Output = OrderAnswer;
    const NAME: &'static str = "check-order-status";
    const ACCESS: Access = Access::Public;

    async fn run(self, cx: Cx) -> Result<OrderAnswer, Error> {
        let most = cx.app.settings.status_checks;
        limit::count_address(&cx, format!("order-status:{}", self.from), most, "order-status").await?;
        if let Err(refused) = captcha::pass(&cx, Self::FORM, self.captcha).await? {
            return Ok(OrderAnswer::Captcha(refused));
        }
        let number = self.number.to_string();
        let row = cx.read(move |tx| Ok(cases::of_order_number(tx, &number)?)).await?;
        let status = row.map(|row| status(&cx.app, &row)).transpose()?.flatten();
        Ok(status.map_or(OrderAnswer::Unknown, OrderAnswer::Found))
    }
}

impl CheckOrderStatus {
    /// The form whose token it takes.
    pub const FORM: &'static str = "order-status";
}

/// The status of a case, when it is an order of certificates.
fn status(app: &App, row: &CaseRow) -> Result<Option<OrderStatus>, Error> {
    let regulation = regulation_of(app, row)?;
    let Some(issuing) = issuing_action(&regulation) else { return Ok(None) };
    Ok(Some(OrderStatus::of(&regulation, &parse(row)?, issuing)))
}
