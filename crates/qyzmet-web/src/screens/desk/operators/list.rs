//! The operators in somebody's charge, and what is to be done about them.

use askama::Template;
use qyzmet_app::conduct::{ListOperators, OperatorsView};

use crate::{
    frame::Frame,
    problem::Answer,
    visit::{Visit, page},
};

/// The list.
#[derive(Template)]
#[template(path = "screens/desk/operators/list.html")]
pub(crate) struct List {
    pub(crate) f: Frame,
    pub(crate) view: OperatorsView,
}

/// `GET /desk/operators`
pub(crate) async fn show(visit: Visit) -> Answer {
    let view = visit.run(ListOperators).await?;
    page(&List { f: visit.frame("operators-title"), view })
}
