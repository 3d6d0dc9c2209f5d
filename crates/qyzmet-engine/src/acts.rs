//! The acts that this version of the program knows: which clauses each has, what they mean, and when they hold.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use qyzmet_domain::{Clause, Locale};
use toml::Table;

/// `acts/*.toml` of this version, so that a folder far away from this repository is checked against the same law.
const FILES: [&str; 5] = [
    include_str!("../../../acts/10-2016.toml"),
    include_str!("../../../acts/58-2016.toml"),
    include_str!("../../../acts/74-2016.toml"),
    include_str!("../../../acts/839-2012.toml"),
    include_str!("../../../acts/1116-2010.toml"),
];

static KNOWN: LazyLock<Acts> = LazyLock::new(|| Acts::read(&FILES));

/// A file that should describe an act and does not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {why}")]
pub struct NoAct {
    /// The file.
    pub file: String,
    /// Why it is none.
    pub why: String,
}

/// Acts by their id, such as `58-2016`.
#[derive(Clone, Debug, Default)]
pub struct Acts(BTreeMap<String, Act>);

/// One act.
#[derive(Clone, Debug)]
pub struct Act {
    /// When it holds.
    pub valid: Validity,
    clauses: BTreeMap<Clause, Provision>,
}

/// One clause of an act.
#[derive(Clone, Debug)]
pub struct Provision {
    /// When it holds, if the act says so of this clause; nothing when it holds as long as the act.
    pub valid: Option<Validity>,
    words: BTreeMap<Locale, String>,
}

/// Days on which something holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Validity {
    /// The first day; nothing when it is not known.
    pub from: Option<Date>,
    /// The day on which it no longer holds; nothing while it holds.
    pub until: Option<Date>,
}

impl Acts {
    /// The acts of this version.
    #[must_use]
    pub fn known() -> &'static Self {
        &KNOWN
    }

    /// A file that is no act is left out: the files come with the program, and a test reads them all.
    fn read(files: &[&str]) -> Self {
        let tables = files.iter().filter_map(|file| file.parse::<Table>().ok());
        Self(
            tables
                .filter_map(|table| Some((table.get("id")?.as_str()?.to_owned(), Act::of(&table))))
                .collect(),
        )
    }

    /// Acts of other files than those of this version, each by its name: an agency may keep the law that it applies itself.
    ///
    /// # Errors
    /// [`NoAct`] at the first file that is no act, whose clauses are not all read, or that describes an act once more.
    pub fn of_files<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, NoAct> {
        let mut acts = Self::default();
        for (file, text) in files {
            let (id, act) = one(text).map_err(|why| NoAct { file: file.to_owned(), why })?;
            if acts.0.insert(id.clone(), act).is_some() {
                return Err(NoAct { file: file.to_owned(), why: format!("the act {id} is there already") });
            }
        }
        Ok(acts)
    }

    /// The act with this id.
    #[must_use]
    pub fn act(&self, id: &str) -> Option<&Act> {
        self.0.get(id)
    }

    /// What a clause means, in this language or else in the language of the act; nothing when it is not known.
    #[must_use]
    pub fn meaning(&self, clause: &Clause, locale: Locale) -> Option<&str> {
        let words = &self.act(clause.act())?.clause(clause)?.words;
        [locale, Locale::Kk, Locale::Ru, Locale::En]
            .iter()
            .find_map(|locale| words.get(locale))
            .map(String::as_str)
    }
}

/// An act with its id. Unlike those that come with the program it is somebody's own work, so every clause must be read.
fn one(text: &str) -> Result<(String, Act), String> {
    let table = text.parse::<Table>().map_err(|error| error.message().to_owned())?;
    let id = table.get("id").and_then(toml::Value::as_str).ok_or("the key `id` is missing")?.to_owned();
    let act = Act::of(&table);
    let written = table.get("clause").and_then(toml::Value::as_array).map_or(0, Vec::len);
    if written == 0 {
        return Err("there is no [[clause]]".to_owned());
    }
    if act.clauses.keys().any(|clause| clause.act() != id) {
        return Err(format!("a clause is of another act than {id}"));
    }
    if act.clauses.len() != written {
        let (read, twice) = (act.clauses.len(), "one stands there twice or its `id` is no clause");
        return Err(format!("of {written} clauses {read} can be read: {twice}"));
    }
    Ok((id, act))
}

impl Act {
    fn of(table: &Table) -> Self {
        let clauses = table.get("clause").and_then(toml::Value::as_array);
        let clauses = clauses.into_iter().flatten().filter_map(toml::Value::as_table);
        let provision =
            |clause: &Table| Some((clause.get("id")?.as_str()?.parse().ok()?, Provision::of(clause)));
        Self { valid: Validity::of(table), clauses: clauses.filter_map(provision).collect() }
    }

    /// The clause, when the act has it.
    #[must_use]
    pub fn clause(&self, clause: &Clause) -> Option<&Provision> {
        self.clauses.get(clause)
    }
}

impl Provision {
    fn of(clause: &Table) -> Self {
        let valid = Validity::of(clause);
        let words = |locale: &Locale| Some((*locale, clause.get(locale.as_str())?.as_str()?.to_owned()));
        Self {
            valid: (valid != Validity::default()).then_some(valid),
            words: Locale::ALL.iter().filter_map(words).collect(),
        }
    }
}

impl Validity {
    fn of(table: &Table) -> Self {
        let day = |key: &str| table.get(key)?.as_datetime()?.to_string().parse().ok();
        Self { from: day("valid_from"), until: day("valid_until") }
    }

    /// Whether it holds on this day.
    #[must_use]
    pub fn holds_on(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> std::path::PathBuf {
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../acts")
    }

    #[test]
    fn every_act_of_the_repository_is_known_with_every_clause() {
        let mut files = 0;
        for entry in std::fs::read_dir(folder()).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "toml") {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let act = Acts::known().act(path.file_stem().unwrap().to_str().unwrap());
            let act = act.unwrap_or_else(|| panic!("{} is not in the list", path.display()));
            assert_eq!(act.clauses.len(), text.matches("[[clause]]").count(), "{}", path.display());
            assert!(act.valid.from.is_some(), "{}", path.display());
            files += 1;
        }
        assert_eq!(Acts::known().0.len(), files);
    }

    #[test]
    fn a_clause_has_its_meaning_in_the_language_that_is_asked_for() {
        let clause: Clause = "839-2012:6.C2".parse().unwrap();
        let meanings = Locale::ALL.map(|locale| Acts::known().meaning(&clause, locale).unwrap());
        assert!(meanings[0] != meanings[1] && meanings[1] != meanings[2], "{meanings:?}");
        assert_eq!(Acts::known().meaning(&"839-2012:6.C99".parse().unwrap(), Locale::Kk), None);
    }

    #[test]
    fn an_act_holds_from_its_first_day_until_the_day_of_its_repeal() {
        let valid = Acts::known().act("839-2012").unwrap().valid;
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert!(!valid.holds_on(day("2012-12-25")) && valid.holds_on(day("2012-12-26")));
        assert!(valid.holds_on(day("2014-03-25")) && !valid.holds_on(day("2014-03-26")));
    }

    fn refused(text: &str) -> String {
        Acts::of_files([("own.toml", text)]).unwrap_err().to_string()
    }

    #[test]
    fn somebody_s_own_acts_are_read_whole_or_refused_by_file() {
        let good = "id = \"7-2026\"\nvalid_from = 2026-01-01\n[[clause]]\nid = \"7-2026:1\"\nkk = \"Бір\"\n";
        let acts = Acts::of_files([("own.toml", good)]).unwrap();
        assert!(acts.act("7-2026").unwrap().clause(&"7-2026:1".parse().unwrap()).is_some());
        assert!(acts.act("58-2016").is_none(), "they stand instead of those of this version");
        assert_eq!(refused(&good.replacen("id", "ix", 1)), "own.toml: the key `id` is missing");
        assert_eq!(refused("id = \"7-2026\""), "own.toml: there is no [[clause]]");
        assert!(refused(&good.replacen("7-2026:1", "8-2026:1", 1)).contains("another act than 7-2026"));
        assert!(refused(&good.replacen("7-2026:1", "?", 1)).contains("of 1 clauses 0 can be read"));
        assert!(refused("= 1").starts_with("own.toml: "));
        let twice = Acts::of_files([("a.toml", good), ("b.toml", good)]).unwrap_err().to_string();
        assert_eq!(twice, "b.toml: the act 7-2026 is there already");
    }
}
