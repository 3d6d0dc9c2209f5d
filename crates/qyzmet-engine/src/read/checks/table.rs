//! The action table as a graph, made once for all checks: which columns are missing, what can come after what.

use std::collections::BTreeSet;

use super::graph::{self, Edges};
use crate::Verb;
use crate::process::{Action, Process};

/// Numbers from the first to the last, both included.
pub(super) type Range = (u32, u32);

/// The action table with what follows from its numbers.
pub(super) struct Table<'a> {
    /// Columns, ordered by number.
    pub(super) actions: &'a [Action],
    /// For each column those that it names and that are there.
    pub(super) edges: Edges,
    /// Columns that are not there although the numbering or other columns speak of them, in their order.
    pub(super) missing: Vec<Range>,
    /// For each column whether a number in its cell "next" cannot be right.
    doubtful: Vec<bool>,
}

impl<'a> Table<'a> {
    pub(super) fn new(process: &'a Process) -> Self {
        let actions = process.actions.as_slice();
        let mut table = Self { actions, edges: Vec::new(), missing: gaps(actions), doubtful: Vec::new() };
        table.edges = actions.iter().map(|action| table.named(action)).collect();
        table.missing.extend(table.cut_off());
        let doubt = |action: &Action| {
            action.next.all().any(|(_, next)| next == action.number || table.index(next).is_none())
        };
        table.doubtful = actions.iter().map(doubt).collect();
        table
    }

    /// Where the column with this number stands in the list.
    pub(super) fn index(&self, number: u32) -> Option<usize> {
        self.actions.binary_search_by_key(&number, |action| action.number).ok()
    }

    /// Whether the table speaks of a column with this number that is not there.
    pub(super) fn is_missing(&self, number: u32) -> bool {
        let after = self.missing.partition_point(|(first, _)| *first <= number);
        after.checked_sub(1).is_some_and(|index| number <= self.missing[index].1)
    }

    /// Whether a number in this column's cell "next" cannot be right: then it may lead anywhere.
    pub(super) fn is_doubtful(&self, index: usize) -> bool {
        self.doubtful.get(index).copied().unwrap_or_default()
    }

    /// Columns that a case can come to. One wrong number may mean any column, so then nothing is said of the others.
    pub(super) fn reached(&self) -> Vec<bool> {
        let mut reached = graph::reached(&self.edges, (!self.actions.is_empty()).then_some(0));
        if reached.iter().zip(&self.doubtful).any(|(reached, doubtful)| *reached && *doubtful) {
            reached.fill(true);
        }
        reached
    }

    /// Columns that are a refusal, or after which one can come.
    pub(super) fn refused(&self) -> Vec<bool> {
        let is_refusal = |action: &Action| matches!(action.does, Verb::Refuse(_));
        let may_be = |index: &usize| is_refusal(&self.actions[*index]) || self.is_doubtful(*index);
        graph::reached(&graph::reversed(&self.edges), (0..self.actions.len()).filter(may_be))
    }

    fn named(&self, action: &Action) -> Vec<usize> {
        action.next.all().filter_map(|(_, next)| self.index(next)).collect()
    }

    /// Columns after the last one that others name. A number there is a slip and no missing column when some column is
    /// left without anything that leads to it: then that one is meant.
    fn cut_off(&self) -> Option<Range> {
        let last = self.actions.last()?.number;
        let named: BTreeSet<u32> =
            self.actions.iter().flat_map(|action| action.next.all()).map(|(_, next)| next).collect();
        let beyond = (last..).skip(1).take_while(|number| named.contains(number)).last()?;
        if self.has_orphan() { None } else { Some((last + 1, beyond)) }
    }

    /// Whether nothing leads to some column, other than to one that a missing column stands before.
    fn has_orphan(&self) -> bool {
        let mut named = vec![false; self.actions.len()];
        for (from, tos) in self.edges.iter().enumerate() {
            tos.iter().filter(|to| **to != from).for_each(|to| named[*to] = true);
        }
        let mut after_gap = true;
        self.actions.iter().zip(named).any(|(action, named)| {
            after_gap = !named && (after_gap || (action.number > 1 && self.is_missing(action.number - 1)));
            !named && !after_gap
        })
    }
}

/// Numbers that are left out: the table lists all actions in their order [R1116-A1.N1].
fn gaps(actions: &[Action]) -> Vec<Range> {
    let mut expected = 1;
    let mut gaps = Vec::new();
    for action in actions {
        if action.number > expected {
            gaps.push((expected, action.number - 1));
        }
        expected = action.number.saturating_add(1);
    }
    gaps
}
