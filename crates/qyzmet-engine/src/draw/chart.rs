//! Which symbols a diagram has: one station for each column of the table, and the flows between them.

use qyzmet_domain::Locale;

use crate::draw::label;
use crate::process::{Action, Branch, Completion};
use crate::verbs::Verb;
use crate::{Phrases, Regulation, UnitKind};

/// Width of the box of an action.
pub(crate) const TASK_WIDTH: i32 = 148;
/// Height of a line of words in a box.
pub(crate) const LINE: i32 = 15;
/// Width of the head of a lane.
pub(crate) const HEAD_WIDTH: i32 = 128;
/// Width of the words at the branches of a condition.
pub(crate) const BRANCH_WIDTH: i32 = 84;
/// Height of a line of them.
pub(crate) const BRANCH_LINE: i32 = 13;
/// Room between words and the edge of a box.
const INSET: i32 = 8;
/// The line with number and term.
const TOP_LINE: i32 = 20;
/// The least height of a box.
const LEAST: i32 = 52;

/// All symbols of a diagram.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Chart {
    pub(crate) lanes: Vec<Lane>,
    pub(crate) stations: Vec<Station>,
    pub(crate) flows: Vec<Flow>,
}

/// A structural-functional unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lane {
    pub(crate) id: String,
    /// Whether it is an information system, and so has the sign of one.
    pub(crate) system: bool,
    pub(crate) lines: Vec<String>,
}

/// An action with what belongs to it: the start before it, the condition or the end after it, its document below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Station {
    pub(crate) action: u32,
    pub(crate) lane: usize,
    /// Lines of its name, as they fit into the box.
    pub(crate) lines: Vec<String>,
    /// Whether the case begins here.
    pub(crate) starts: bool,
    /// Number of the condition after it.
    pub(crate) gate: Option<u32>,
    /// Lines of the longest words at its branches.
    pub(crate) branch_lines: usize,
    /// How the case ends after it.
    pub(crate) end: Option<End>,
    /// Whether it gives the recipient an electronic document.
    pub(crate) document: bool,
    /// Whether it tells the recipient something.
    pub(crate) tells: bool,
}

/// The end of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// With a message to the recipient: result or refusal.
    Message,
    /// Without.
    Plain,
}

/// From one station to another, on one branch or on several that lead to the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flow {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) branches: Vec<Branch>,
    /// The words at the branch, in lines, when it leaves a condition.
    pub(crate) lines: Vec<String>,
}

impl Station {
    /// Height of the box.
    pub(crate) fn height(&self) -> i32 {
        (TOP_LINE + extent(&self.lines) + INSET).max(LEAST)
    }
}

impl Lane {
    /// The least height that its head needs.
    pub(crate) fn height(&self) -> i32 {
        extent(&self.lines) + 3 * INSET + if self.system { 26 } else { 0 }
    }
}

/// Height of so many lines.
fn extent(lines: &[String]) -> i32 {
    i32::try_from(lines.len()).unwrap_or(i32::MAX / LINE).saturating_mul(LINE)
}

impl Chart {
    /// The symbols for the action table of a regulation [R1116-A1.N2].
    pub(crate) fn of(regulation: &Regulation, locale: Locale) -> Self {
        let lanes = regulation.process.units.iter().map(|unit| Lane {
            id: unit.id.clone(),
            system: unit.kind == UnitKind::System,
            lines: label::wrap(&regulation.unit_name(locale, &unit.id), HEAD_WIDTH - 2 * INSET),
        });
        let mut chart = Self { lanes: lanes.collect(), ..Self::default() };
        for action in &regulation.process.actions {
            let name = regulation.action_name(locale, action.number);
            let lines = label::wrap(&name, TASK_WIDTH - 2 * INSET);
            let kind = regulation.process.unit(&action.unit).map(|unit| unit.kind);
            chart.add_station(action, lines, kind == Some(UnitKind::Person));
        }
        for (from, action) in regulation.process.actions.iter().enumerate() {
            chart.add_flows(regulation, from, action);
        }
        chart.number_gates();
        chart.word_branches(Phrases::of(locale));
        chart
    }

    fn add_station(&mut self, action: &Action, lines: Vec<String>, by_recipient: bool) {
        // A unit that is not listed is a finding of the checker; the first lane keeps the drawing whole.
        let lane = self.lanes.iter().position(|lane| lane.id == action.unit).unwrap_or_default();
        let ends = action.next.all().next().is_none();
        let end = match action.does {
            Verb::Issue(_) | Verb::Refuse(_) => End::Message,
            _ => End::Plain,
        };
        // What the recipient hands in is a paper of the recipient, not a document for the end user.
        let given = matches!(action.completion, Completion::Document | Completion::Receipt) && !by_recipient;
        self.stations.push(Station {
            action: action.number,
            lane,
            lines,
            starts: self.stations.is_empty(),
            gate: None,
            branch_lines: 0,
            end: ends.then_some(end),
            document: given || matches!(action.does, Verb::Issue(_)),
            tells: matches!(action.does, Verb::Notify(_)),
        });
    }

    fn add_flows(&mut self, regulation: &Regulation, from: usize, action: &Action) {
        for (branch, number) in action.next.all() {
            let actions = &regulation.process.actions;
            let Ok(to) = actions.binary_search_by_key(&number, |action| action.number) else { continue };
            match self.flows.iter_mut().find(|flow| flow.from == from && flow.to == to) {
                Some(flow) => flow.branches.push(branch),
                None => self.flows.push(Flow { from, to, branches: vec![branch], lines: Vec::new() }),
            }
        }
    }

    /// A station that several flows leave has a condition; conditions are numbered in the order of the table.
    fn number_gates(&mut self) {
        let mut leaving = vec![0; self.stations.len()];
        for flow in &self.flows {
            leaving[flow.from] += 1;
        }
        let mut number = 0;
        for (station, leaving) in self.stations.iter_mut().zip(leaving) {
            if leaving > 1 {
                number += 1;
                station.gate = Some(number);
            }
        }
    }

    fn word_branches(&mut self, phrases: &Phrases) {
        for flow in &mut self.flows {
            let station = &mut self.stations[flow.from];
            if station.gate.is_some() {
                flow.lines = label::wrap(&flow.words(phrases), BRANCH_WIDTH);
                station.branch_lines = station.branch_lines.max(flow.lines.len());
            }
        }
    }

    /// How many conditions there are.
    pub(crate) fn gates(&self) -> usize {
        self.stations.iter().filter(|station| station.gate.is_some()).count()
    }
}

impl Flow {
    /// The words for its branches.
    pub(crate) fn words(&self, phrases: &Phrases) -> String {
        let word = |branch: &Branch| phrases.say(&format!("branch.{}", branch.as_str()));
        self.branches.iter().map(word).collect::<Vec<_>>().join(", ")
    }
}
