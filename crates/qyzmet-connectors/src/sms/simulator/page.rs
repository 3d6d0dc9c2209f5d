//! The page of handsets and the JSON API of the message centre.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{Query, State},
    response::Html,
    routing::get,
};
use serde::Deserialize;

use super::{Centre, Message};
use crate::simulation::{self, html};

/// How many messages the page shows.
const SHOWN: usize = 100;

/// One handset, or all.
#[derive(Deserialize)]
struct Handset {
    to: Option<String>,
}

impl Handset {
    /// A plus sign that was not escaped in the address arrives as a space.
    fn number(&self) -> Option<String> {
        let digits = self.to.as_deref()?.trim().trim_start_matches('+');
        (!digits.is_empty()).then(|| format!("+{digits}"))
    }
}

pub(super) fn routes(centre: Arc<Centre>) -> Router {
    let switch = centre.switch.clone();
    Router::new()
        .route("/", get(show))
        .route("/api/messages", get(list))
        .with_state(centre)
        .merge(simulation::switch_routes(switch))
}

async fn list(State(centre): State<Arc<Centre>>, Query(handset): Query<Handset>) -> Json<Vec<Message>> {
    Json(centre.inbox.to(handset.number().as_deref()))
}

async fn show(State(centre): State<Arc<Centre>>, Query(handset): Query<Handset>) -> Html<String> {
    let number = handset.number();
    let messages = centre.inbox.to(number.as_deref());
    let row = |message: &Message| {
        vec![message.to.clone(), message.from.clone(), message.text.clone(), message.at.to_string()]
    };
    let rows: Vec<Vec<String>> = messages.iter().take(SHOWN).map(row).collect();
    let body = format!(
        "<form><label>Handset <input name=\"to\" value=\"{}\"></label> <button>Show</button></form>{}",
        html::escape(number.as_deref().unwrap_or_default()),
        html::table(&["To", "From", "Text", "At"], &rows),
    );
    Html(html::page("Message centre (simulator)", &centre.switch, &body))
}
