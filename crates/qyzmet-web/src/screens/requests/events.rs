//! The live half of the status page: one server-sent event per change, a heartbeat in between, an end after a while.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::Query,
    http::{HeaderMap, HeaderValue},
    response::{
        IntoResponse,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures::stream::{self, Stream};
use qyzmet_app::{ActionState, ActionView, RequestView, StepView};
use qyzmet_domain::CaseId;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{
    Case,
    status::{drawn, state_word},
    view,
};
use crate::{problem::Answer, visit::Visit, when, words};

/// Looks at a case that often before the browser has to ask again: about ten minutes at the app's pace of two seconds.
const MOST_LOOKS: u32 = 300;

/// Where a page of events stands.
struct Watch {
    visit: Visit,
    case: CaseId,
    /// What the page already shows, by the last event that it saw; nothing at first, as the case may have moved since the
    /// page was drawn.
    shown: Option<String>,
    /// What stands on the page beside its timeline; nothing when it does not say.
    drawn: Option<String>,
    looks: u32,
    over: bool,
}

/// The page that asks.
#[derive(Deserialize)]
pub(crate) struct Page {
    drawn: Option<String>,
}

/// `GET /requests/{case}/events`
pub(crate) async fn show(
    visit: Visit,
    Case(case): Case,
    Query(page): Query<Page>,
    headers: HeaderMap,
) -> Answer {
    view(&visit, case, None).await?;
    let shown = headers.get("last-event-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
    let watch = Watch { shown, drawn: page.drawn, over: false, visit, case, looks: 0 };
    let heartbeat = KeepAlive::new().interval(Duration::from_secs(20));
    let mut response = Sse::new(changes(watch)).keep_alive(heartbeat).into_response();
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

fn changes(watch: Watch) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(watch, |mut watch| async move {
        while !watch.over && watch.looks < MOST_LOOKS {
            if watch.looks > 0 {
                watch.visit.site.app.changed(watch.case).await;
            }
            watch.looks += 1;
            let Ok(seen) = view(&watch.visit, watch.case, None).await else { break };
            let print = fingerprint(&seen);
            if watch.shown.as_ref() != Some(&print) {
                watch.over = is_over(&seen) || watch.drawn.as_ref().is_some_and(|was| *was != drawn(&seen));
                let event = event(&watch.visit, &seen, watch.over).id(&print);
                watch.shown = Some(print);
                return Some((Ok(event), watch));
            }
        }
        None
    })
}

/// What a person would see change.
fn fingerprint(view: &RequestView) -> String {
    let actions: String = view.timeline.iter().map(|action| state_word(action)).collect();
    let delayed = matches!(view.step, StepView::Running { delayed: true });
    format!("{actions}-{delayed}-{}-{}", is_over(view), drawn(view))
}

/// Whether the case has come to where this page ends.
fn is_over(view: &RequestView) -> bool {
    !matches!(view.step, StepView::Running { .. })
}

fn event(visit: &Visit, view: &RequestView, reload: bool) -> Event {
    let item = |action: &ActionView| (format!("action-{}", action.number), item(visit, action));
    let items: Map<String, Value> = view.timeline.iter().map(item).collect();
    let say = view.timeline.iter().find(|action| action.state == ActionState::Now).map(|action| &action.text);
    let data = json!({ "say": say, "items": items, "reload": reload });
    Event::default().event("change").data(data.to_string())
}

fn item(visit: &Visit, action: &ActionView) -> Value {
    let state = state_word(action);
    let word = words::text(visit.locale, &format!("timeline-{state}")).to_owned();
    match action.state {
        ActionState::Done { at } => {
            let term = when::term(visit.locale, &action.term);
            let note = format!("{}, {}, {term}", when::clock(at), action.unit);
            json!({ "state": state, "word": word, "note": note.trim_end_matches(", ") })
        }
        _ => json!({ "state": state, "word": word }),
    }
}
