//! What another version of a regulation changes: passport, class, form, texts, action table and diagram at once.

mod diagram;
mod folder;
mod keys;
mod table;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use qyzmet_domain::Locale;
use serde::Serialize;

use crate::Regulation;

/// Everything that two versions do not have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Rows of the standard.
    pub passport: Vec<PassportChange>,
    /// Keys of `service.toml`.
    pub service: Vec<PartChange>,
    /// What the class of order 10 makes of them.
    pub class: Vec<ClassChange>,
    /// Pages and fields of the form.
    pub form: Vec<PartChange>,
    /// Structural-functional units.
    pub units: Vec<PartChange>,
    /// Texts, by language and key.
    pub texts: Vec<TextChange>,
    /// Cells of the action table.
    pub table: Vec<TableChange>,
    /// Symbols of the diagram.
    pub diagram: Vec<DiagramChange>,
}

/// Before and after; one of the two is missing for what was added or removed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Before.
    pub old: Option<String>,
    /// After.
    pub new: Option<String>,
}

/// A changed row of the standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PassportChange {
    /// 1 to 10.
    pub number: u8,
    /// Its id.
    pub row: &'static str,
    /// What it says.
    #[serde(flatten)]
    pub change: Change,
}

/// A change of the class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClassChange {
    /// `score` or `method`.
    pub what: &'static str,
    /// What it is.
    #[serde(flatten)]
    pub change: Change,
}

/// A changed part of a file, as its author writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartChange {
    /// The part: `field email`, `page contact`, `ground identity`, `unit operator`, `service`, `form`.
    pub part: String,
    /// The key whose value changes; nothing when the part as a whole came or went.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// What stands there.
    #[serde(flatten)]
    pub change: Change,
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
    /// or a key of `process.toml` that no row shows: `does`, `ask.person`, `checks`, `clock`.
    pub row: String,
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
        *self == Self::default()
    }
}

impl Regulation {
    /// What `new` changes; words of standard, table and diagram in one language.
    #[must_use]
    pub fn difference(&self, new: &Self, locale: Locale) -> Difference {
        Difference {
            passport: folder::passport(self, new, locale),
            service: folder::service(self, new),
            class: folder::class(self, new),
            form: folder::form(self, new),
            units: folder::units(self, new),
            texts: Locale::ALL.into_iter().flat_map(|locale| texts(self, new, locale)).collect(),
            table: table::changes(self, new, locale),
            diagram: diagram::changes(self, new, locale),
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
