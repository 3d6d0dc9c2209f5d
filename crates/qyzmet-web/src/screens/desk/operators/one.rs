//! All about one operator, with what may be done: by the centre, and by the provider.

use askama::Template;
use axum::{
    extract::{FromRequestParts, Path},
    http::StatusCode,
};
use qyzmet_app::conduct::{OperatorView, PaperFile, ReadPaper, SAMPLE_ITEMS, ShowOperator};
use qyzmet_domain::{
    AccountId, DutyId,
    conduct::{CarrierKind, DutyKind},
};

use super::Typed;
use crate::{
    errors::Errors,
    files,
    frame::Frame,
    problem::{Answer, Stop, not_found},
    visit::{Visit, page_with},
};

/// The operator in the address; what is none is simply not found.
#[derive(Clone, Copy)]
pub(crate) struct Whom(pub(crate) AccountId);

impl<S: Send + Sync> FromRequestParts<S> for Whom {
    type Rejection = Stop;

    async fn from_request_parts(parts: &mut axum::http::request::Parts, state: &S) -> Result<Self, Stop> {
        let path = Path::<std::collections::HashMap<String, String>>::from_request_parts(parts, state);
        let Path(names) = path.await.map_err(|_| not_found())?;
        let account = names.get("account").and_then(|text| text.parse().ok());
        Ok(Self(account.ok_or_else(not_found)?))
    }
}

/// One operator.
#[derive(Template)]
#[template(path = "screens/desk/operators/one.html")]
pub(crate) struct One {
    pub(crate) f: Frame,
    pub(crate) view: OperatorView,
    pub(crate) kinds: [CarrierKind; 6],
    pub(crate) items: [&'static str; 5],
    pub(crate) typed: Typed,
    pub(crate) errors: Errors,
}

impl One {
    /// What the officer can do about an open duty: the name of the form, and whether it asks for words.
    pub(crate) fn acts(&self, kind: &DutyKind) -> &'static [(&'static str, bool)] {
        let may = &self.view.may;
        match kind {
            DutyKind::Onboarding if may.responsible => &[("accept", false), ("return", true)],
            DutyKind::Departure if may.responsible => &[("revoke", false)],
            DutyKind::KeyLost if may.responsible => &[("restore", true)],
            DutyKind::TwoPlaces | DutyKind::Idle if may.responsible => &[("answer", true)],
            DutyKind::Violation if may.personnel => &[("answer", true)],
            _ => &[],
        }
    }

    /// Name of the field in which an act on a duty asks for words.
    pub(crate) fn id(&self, act: &str, duty: &DutyId) -> String {
        format!("{act}-{duty}")
    }
}

/// `GET /desk/operators/{account}`
pub(crate) async fn show(visit: Visit, Whom(operator): Whom) -> Answer {
    draw(&visit, operator, Typed::default(), Errors::default()).await
}

/// `GET /desk/operators/{account}/{duty}/{paper}`: a document of a duty.
pub(crate) async fn paper(visit: Visit, Path(place): Path<(String, String, String)>) -> Answer {
    let (_, duty, kind) = place;
    let duty = duty.parse().map_err(|_| not_found())?;
    Ok(files::download(visit.run(ReadPaper(PaperFile { duty, kind })).await?))
}

pub(super) async fn draw(visit: &Visit, operator: AccountId, typed: Typed, errors: Errors) -> Answer {
    let view = visit.run(ShowOperator { operator }).await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let f = visit.frame_titled(view.name.clone()).with_error(!errors.is_empty());
    page_with(status, &One { f, view, kinds: CarrierKind::ALL, items: SAMPLE_ITEMS, typed, errors })
}
