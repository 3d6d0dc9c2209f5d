//! Keys of a file that change, in the words of its author.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, PartChange};
use crate::written::Keys;

/// Keys whose values differ. Of a list of tables only those tables are told that the other side does not have.
pub(super) fn changes(old: &Keys, new: &Keys) -> Vec<(String, Change)> {
    let (old, new) = (old.flat(), new.flat());
    let ways: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let changed = ways.into_iter().filter(|way| old.get(*way) != new.get(*way));
    changed.map(|way| (way.clone(), change(old.get(way), new.get(way)))).collect()
}

fn change(old: Option<&Vec<String>>, new: Option<&Vec<String>>) -> Change {
    let own = |own: Option<&Vec<String>>, other: Option<&Vec<String>>| {
        let lines = own.into_iter().flatten();
        let only: Vec<_> =
            lines.filter(|line| !other.is_some_and(|other| other.contains(line))).cloned().collect();
        (!only.is_empty()).then(|| only.join("\n"))
    };
    let change = Change { old: own(old, new), new: own(new, old) };
    if change == Change::default() {
        // The same tables in another order.
        return Change { old: old.map(|lines| lines.join("\n")), new: new.map(|lines| lines.join("\n")) };
    }
    change
}

/// Parts by their names: each that came or went is told once, each that stayed key by key.
pub(super) fn parts(old: &BTreeMap<String, Keys>, new: &BTreeMap<String, Keys>) -> Vec<PartChange> {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let mut told = Vec::new();
    for name in names {
        match (old.get(name), new.get(name)) {
            (Some(old), Some(new)) => {
                told.extend(changes(old, new).into_iter().map(|(key, change)| PartChange {
                    part: name.clone(),
                    key: Some(key),
                    change,
                }))
            }
            (old, new) => {
                let change = Change { old: old.map(Keys::inline), new: new.map(Keys::inline) };
                told.push(PartChange { part: name.clone(), key: None, change });
            }
        }
    }
    told
}
