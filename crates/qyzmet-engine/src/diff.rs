//! What another version of a regulation changes: texts, action table and diagram at once.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use qyzmet_domain::{Locale, calendar::Clock};
use serde::Serialize;

use crate::draw::chart::{Chart, End};
use crate::{Action, Phrases, Regulation};

/// Everything that two versions do not have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Texts, by language and key.
    pub texts: Vec<TextChange>,
    /// Cells of the action table.
    pub table: Vec<TableChange>,
    /// Symbols of the diagram.
    pub diagram: Vec<DiagramChange>,
}

/// Before and after; one of the two is missing for what was added or removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Before.
    pub old: Option<String>,
    /// After.
    pub new: Option<String>,
}

/// A changed text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TextChange {
    /// The language.
    pub locale: Locale,
    /// Its key.
    pub key: String,
    /// What it says.
    #[serde(flatten)]
    pub change: Change,
}

/// A changed cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableChange {
    /// The action.
    pub action: u32,
    /// The row: `number` for a column that came or went, else `unit`, `action`, `completion`, `term`, `next`, `clause`,
    /// `working` for the working time of the unit, or `does` when what is done changes without a change of words.
    pub row: &'static str,
    /// What stands there.
    #[serde(flatten)]
    pub change: Change,
}

/// A changed symbol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DiagramChange {
    /// The symbol: `lane portal`, `action 4`, `condition 4`, `flow 4 -> 5` and so on.
    pub symbol: String,
    /// What it says, or where it stands.
    #[serde(flatten)]
    pub change: Change,
}

impl Difference {
    /// Whether the two versions look the same in all that is compared.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.table.is_empty() && self.diagram.is_empty()
    }
}

impl Regulation {
    /// What `new` changes; words of table and diagram in one language.
    #[must_use]
    pub fn difference(&self, new: &Self, locale: Locale) -> Difference {
        Difference {
            texts: Locale::ALL.into_iter().flat_map(|locale| texts(self, new, locale)).collect(),
            table: table(self, new, locale),
            diagram: compared(symbols(self, locale), symbols(new, locale))
                .map(|(symbol, change)| DiagramChange { symbol, change })
                .collect(),
        }
    }
}

/// Keys of either side whose values differ, in order.
fn compared<K: Ord + Clone>(
    old: BTreeMap<K, String>,
    new: BTreeMap<K, String>,
) -> impl Iterator<Item = (K, Change)> {
    let keys: BTreeSet<K> = old.keys().chain(new.keys()).cloned().collect();
    keys.into_iter().filter_map(move |key| {
        let change = Change { old: old.get(&key).cloned(), new: new.get(&key).cloned() };
        (change.old != change.new).then_some((key, change))
    })
}

fn texts(old: &Regulation, new: &Regulation, locale: Locale) -> Vec<TextChange> {
    let all = |regulation: &Regulation| {
        let text = |key: &str| (key.to_owned(), regulation.text(locale, key).unwrap_or_default().to_owned());
        regulation.texts.keys(locale).map(text).collect()
    };
    compared(all(old), all(new)).map(|(key, change)| TextChange { locale, key, change }).collect()
}

const ROWS: [&str; 6] = ["number", "unit", "action", "completion", "term", "next"];

fn table(old: &Regulation, new: &Regulation, locale: Locale) -> Vec<TableChange> {
    let cells = |regulation: &Regulation| {
        let mut cells = BTreeMap::new();
        for column in regulation.action_table(locale).columns {
            let rows = ROWS.into_iter().zip(column.cells()).enumerate();
            cells.extend(rows.map(|(place, (row, cell))| ((column.number, place, row), cell)));
            cells.insert((column.number, ROWS.len(), "clause"), column.clause);
        }
        // Of people alone: a clock that runs on knows no working time.
        let of_people = |action: &&Action| regulation.process.clock(action) == Clock::Working;
        for action in regulation.process.actions.iter().filter(of_people) {
            let time = Phrases::of(locale).working_time(&regulation.process.working_time(action));
            cells.insert((action.number, ROWS.len() + 1, "working"), time);
        }
        cells
    };
    let both = |number: u32| old.process.action(number).zip(new.process.action(number));
    let changed = compared(cells(old), cells(new));
    // A column that came or went is told once, not cell by cell.
    let told = changed.filter(|((number, _, row), _)| *row == "number" || both(*number).is_some());
    let mut table: Vec<TableChange> =
        told.map(|((action, _, row), change)| TableChange { action, row, change }).collect();
    for (before, after) in old.process.actions.iter().filter_map(|action| both(action.number)) {
        if before.does != after.does {
            let [old, new] = [before, after].map(|action| Some(format!("{:?}", action.does)));
            table.push(TableChange { action: before.number, row: "does", change: Change { old, new } });
        }
    }
    table.sort_by_key(|change| change.action);
    table
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
