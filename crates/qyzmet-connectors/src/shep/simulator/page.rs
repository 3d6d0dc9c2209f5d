//! The gateway's page: its state, its people and entities, its last messages.

use std::sync::Arc;

use axum::{
    extract::{Query, State},
    response::Html,
};
use serde::Deserialize;

use super::state::Simulation;
use crate::{
    gbd_fl::people::{DocumentState, Life, Person},
    gbd_ul::demo::{Organisation, organisations},
    simulation::html,
};

/// How many people a search shows.
const SHOWN: usize = 25;

/// A search among the people.
#[derive(Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    q: String,
}

/// `GET /`.
pub(super) async fn show(
    State(simulation): State<Arc<Simulation>>,
    Query(search): Query<Search>,
) -> Html<String> {
    let passed = simulation.passed();
    let messages: Vec<Vec<String>> = passed
        .into_iter()
        .map(|line| vec![line.at.to_string(), line.service, line.subject, line.outcome.to_owned()])
        .collect();
    let people = simulation.people.search(&search.q, SHOWN);
    let people: Vec<Vec<String>> = people.iter().map(row).collect();
    let entities: Vec<Vec<String>> = organisations().iter().map(entity_row).collect();
    let body = format!(
        "<p>{} invented people</p><form><label>IIN or surname <input name=\"q\" value=\"{}\"></label> \
         <button>Find</button></form>{}<h2>Legal entities</h2>{}<h2>Last messages</h2>{}",
        simulation.people.count(),
        html::escape(&search.q),
        html::table(&["No", "IIN", "Name", "Born", "State"], &people),
        html::table(&["BIN", "Name", "Leader", "State"], &entities),
        html::table(&["At", "Service", "About", "Outcome"], &messages),
    );
    Html(html::page("SHEP, GBD FL, GBD UL and KDP (simulator)", &simulation.switch, &body))
}

fn row(person: &Person) -> Vec<String> {
    let name = [Some(&person.surname), Some(&person.name), person.patronymic.as_ref()];
    let name: Vec<&str> = name.into_iter().flatten().map(String::as_str).collect();
    let number = person.number.to_string();
    vec![number, person.iin.clone(), name.join(" "), person.born.to_string(), state(person)]
}

fn entity_row(entity: &Organisation) -> Vec<String> {
    let leader = entity.leader.as_ref().map(|head| format!("{} {}", head.iin, head.name));
    let (bin, name) = (entity.bin.to_string(), entity.name_kk.to_owned());
    vec![bin, name, leader.unwrap_or_default(), entity.story.to_owned()]
}

fn state(person: &Person) -> String {
    if person.absent {
        return "not in the register".to_owned();
    }
    let life = match person.life {
        Life::Alive => "alive".to_owned(),
        Life::Dead(day) => format!("died {day}"),
        Life::Missing => "missing".to_owned(),
    };
    let card = person.documents.last().map_or("no document".to_owned(), |card| match card.state {
        DocumentState::InForce => format!("card until {}", card.ends),
        DocumentState::Invalid => "card invalid".to_owned(),
    });
    format!("{life}, {card}")
}
