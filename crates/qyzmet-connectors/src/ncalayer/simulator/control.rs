//! The page and the switch of the simulated signing program: how it behaves, and whose key it uses.

use std::sync::{Arc, Mutex, PoisonError};

use axum::{
    Form, Json, Router,
    extract::State,
    http::StatusCode,
    response::{Html, Redirect},
    routing::{get, post},
};
use serde::Deserialize;

use super::Layer;
use crate::simulation::{self, html};

/// The person whose key is used, by IIN; nobody chosen means the first key that fits.
#[derive(Default)]
pub(super) struct Chosen(Mutex<Option<String>>);

impl Chosen {
    pub(super) fn iin(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, iin: &str) {
        let iin = iin.trim();
        let chosen = (!iin.is_empty()).then(|| iin.to_owned());
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = chosen;
    }
}

/// What `POST /person` takes; an empty number takes the choice back.
#[derive(Deserialize)]
struct Person {
    iin: String,
}

pub(super) fn routes(layer: Arc<Layer>) -> Router {
    let switch = layer.switch.clone();
    Router::new()
        .route("/", get(show))
        .route("/person", post(choose))
        .route("/person/form", post(choose_by_form))
        .with_state(layer)
        .merge(simulation::switch_routes(switch))
}

async fn choose(State(layer): State<Arc<Layer>>, Json(person): Json<Person>) -> StatusCode {
    layer.chosen.set(&person.iin);
    StatusCode::NO_CONTENT
}

async fn choose_by_form(State(layer): State<Arc<Layer>>, Form(person): Form<Person>) -> Redirect {
    layer.chosen.set(&person.iin);
    Redirect::to("/")
}

async fn show(State(layer): State<Arc<Layer>>) -> Html<String> {
    let reader = layer.clone();
    let keys = tokio::task::spawn_blocking(move || reader.keys.all()).await.unwrap_or_default();
    let rows: Vec<Vec<String>> = keys
        .iter()
        .filter_map(|identity| identity.certificate().ok())
        .map(|certificate| {
            let subject = certificate.subject().clone();
            let (name, iin) = (subject.common_name.unwrap_or_default(), subject.iin.unwrap_or_default());
            vec![name, iin, subject.bin.unwrap_or_default(), format!("{:?}", certificate.purpose())]
        })
        .collect();
    let body = format!(
        "<form method=\"post\" action=\"/person/form\"><label>Sign as (IIN) <input name=\"iin\" value=\"{}\">\
         </label> <button>Choose</button></form>{}",
        html::escape(&layer.chosen.iin().unwrap_or_default()),
        html::table(&["Name", "IIN", "BIN", "Key for"], &rows),
    );
    Html(html::page("NCALayer (simulator)", &layer.switch, &body))
}
