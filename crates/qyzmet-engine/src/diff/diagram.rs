//! Symbols of the diagram that come, go, or say something else.

use std::collections::BTreeMap;

use qyzmet_domain::Locale;

use super::{DiagramChange, compared};
use crate::draw::chart::{Chart, End};
use crate::{Phrases, Regulation};

pub(super) fn changes(old: &Regulation, new: &Regulation, locale: Locale) -> Vec<DiagramChange> {
    compared(symbols(old, locale), symbols(new, locale))
        .map(|(symbol, change)| DiagramChange { symbol, change })
        .collect()
}

/// Every symbol of the diagram with what it says.
fn symbols(regulation: &Regulation, locale: Locale) -> BTreeMap<String, String> {
    let (chart, phrases) = (Chart::of(regulation, locale), Phrases::of(locale));
    let mut symbols = BTreeMap::new();
    for lane in &chart.lanes {
        symbols.insert(format!("lane {}", lane.id), regulation.unit_name(locale, &lane.id));
    }
    for station in &chart.stations {
        let number = station.action;
        let lane = chart.lanes.get(station.lane).map(|lane| lane.id.clone()).unwrap_or_default();
        let name = regulation.action_name(locale, number);
        symbols.insert(format!("action {number}"), format!("{lane}: {name}"));
        if station.gate.is_some() {
            symbols.insert(format!("condition {number}"), lane.clone());
        }
        if let Some(end) = station.end {
            let key = if end == End::Message { "diagram.end-message" } else { "diagram.end-plain" };
            symbols.insert(format!("end {number}"), phrases.say(key));
        }
        if station.document {
            symbols.insert(format!("document {number}"), lane);
        }
    }
    for flow in &chart.flows {
        let [from, to] = [flow.from, flow.to].map(|station| chart.stations[station].action);
        symbols.insert(format!("flow {from} -> {to}"), flow.lines.join(" "));
    }
    symbols
}
