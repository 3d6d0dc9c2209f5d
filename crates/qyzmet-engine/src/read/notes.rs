//! What readers note beside what they read, so that checks can say where it stands: texts, who asks for them, clauses.

use std::cell::RefCell;
use std::collections::BTreeMap;

use qyzmet_domain::Clause;

use crate::finding::Place;

/// Notes of one folder, made while its files are read.
#[derive(Default)]
pub(crate) struct Notes {
    asked: RefCell<BTreeMap<String, Place>>,
    said: RefCell<BTreeMap<(String, String), Place>>,
    cited: RefCell<Vec<(Cited, Place)>>,
}

/// What is cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cited {
    /// An act as a whole.
    Act(String),
    /// A clause.
    Clause(Clause),
}

impl Notes {
    /// Something asks for this text here; who asks first is kept.
    pub(crate) fn asks(&self, key: String, place: Place) {
        self.asked.borrow_mut().entry(key).or_insert(place);
    }

    /// Who asks for this text.
    pub(crate) fn asked(&self, key: &str) -> Option<Place> {
        self.asked.borrow().get(key).cloned()
    }

    /// A text stands here.
    pub(crate) fn says(&self, key: String, place: Place) {
        self.said.borrow_mut().insert((place.file.clone(), key), place);
    }

    /// Where a text stands in a file, or the file as a whole.
    pub(crate) fn said(&self, file: &str, key: &str) -> Place {
        let found = self.said.borrow().get(&(file.to_owned(), key.to_owned())).cloned();
        found.unwrap_or_else(|| Place::file(file))
    }

    /// An act or a clause is cited here.
    pub(crate) fn cites(&self, cited: Cited, place: Place) {
        self.cited.borrow_mut().push((cited, place));
    }

    /// All citations, in the order of reading.
    pub(crate) fn cited(&self) -> Vec<(Cited, Place)> {
        self.cited.borrow().clone()
    }
}
