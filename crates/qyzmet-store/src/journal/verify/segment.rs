//! The leaves between two checkpoints: collected, then judged by the second.

use super::{Finding, Leaf, Report};
use crate::journal::merkle::{Hash, Head, Peaks};

/// The tree as two witnesses tell it, up to the present leaf, and where they differ since the last checkpoint.
#[derive(Default)]
pub(super) struct Segment {
    rows: Peaks,
    tree: Peaks,
    begins: u64,
    doubtful: Vec<Leaf>,
}

impl Segment {
    /// Leaves told so far.
    pub(super) fn size(&self) -> u64 {
        self.rows.size()
    }

    /// Adds what is told about the next leaf.
    pub(super) fn push(&mut self, leaf: Leaf) {
        self.rows.push(leaf.row);
        self.tree.push(leaf.tree);
        if leaf.row != leaf.tree || leaf.field.is_some() {
            self.doubtful.push(leaf);
        }
    }

    /// Adds a leaf whose entry is missing: only the tree tells it.
    pub(super) fn push_missing(&mut self, tree: Hash) {
        self.rows.push(tree);
        self.tree.push(tree);
    }

    /// Judges the segment by a signed head of the same size.
    pub(super) fn judge(&mut self, signed: &Head, report: &mut Report) {
        let rows_hold = self.rows.root() == signed.root;
        let tree_holds = self.tree.root() == signed.root;
        for leaf in self.doubtful.drain(..) {
            let changed = leaf.row != leaf.tree;
            if changed && rows_hold {
                report.find(Finding::Tree { leaf: leaf.place });
            }
            if let Some(field) = leaf.field.or((changed && !rows_hold).then_some("the whole entry")) {
                report.find(Finding::Changed { entry: leaf.entry, leaf: Some(leaf.place), field });
            }
        }
        // From here on both tell what was signed, so that one fault is not found again at every later checkpoint.
        match (rows_hold, tree_holds) {
            (true, false) => self.tree = self.rows.clone(),
            (false, true) => self.rows = self.tree.clone(),
            (true, true) => {}
            (false, false) => report.find(Finding::Rewritten { from: self.begins, to: signed.size - 1 }),
        }
        if rows_hold || tree_holds {
            report.checkpoints += 1;
            report.signed = signed.size;
        }
        self.begins = signed.size;
    }

    /// Reports what no checkpoint covers yet.
    pub(super) fn finish(self, report: &mut Report) {
        for leaf in self.doubtful {
            let field = leaf.field.unwrap_or("the whole entry, or its hash in the tree");
            report.find(Finding::Changed { entry: leaf.entry, leaf: Some(leaf.place), field });
        }
    }
}
