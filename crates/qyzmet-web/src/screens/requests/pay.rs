//! A fee: how much, until when, and the way to the payment gateway, whose page takes the money [R1116-7.9].

use askama::Template;
use qyzmet_app::{
    Error, PayView, RequestView, StepView,
    payments::{CheckPayment, OrderPayment},
};
use qyzmet_domain::CaseId;

use super::{Case, or_where_it_stands};
use crate::{
    frame::Frame,
    problem::Answer,
    sent::Sent,
    visit::{Visit, go, page},
};

/// The page of a fee.
#[derive(Template)]
#[template(path = "screens/requests/pay.html")]
pub(crate) struct Pay {
    pub(crate) f: Frame,
    pub(crate) case: CaseId,
    pub(crate) service: String,
    pub(crate) number: Option<String>,
    pub(crate) view: PayView,
}

/// Draws the page of a request that waits for its fee.
pub(super) fn draw(visit: &Visit, view: RequestView) -> Answer {
    let RequestView { case, title, request_number, step, .. } = view;
    let StepView::Pay(view) = step else { return go(&format!("/requests/{case}")) };
    page(&Pay { f: visit.frame("pay-title"), case, service: title, number: request_number, view })
}

/// `POST /requests/{case}/pay`: orders the fee; the page then leads to the gateway.
pub(crate) async fn send(visit: Visit, Case(case): Case, _: Sent) -> Answer {
    match visit.run(OrderPayment { case, locale: visit.locale }).await {
        Ok(()) => go(&format!("/requests/{case}")),
        Err(error) => or_where_it_stands(error, case),
    }
}

/// `GET /requests/{case}/paid`: where the gateway sends the person back to.
pub(crate) async fn back(visit: Visit, Case(case): Case) -> Answer {
    match visit.run(CheckPayment { case }).await {
        Ok(_) | Err(Error::Late | Error::Busy) => go(&format!("/requests/{case}")),
        Err(error) => Err(error.into()),
    }
}
