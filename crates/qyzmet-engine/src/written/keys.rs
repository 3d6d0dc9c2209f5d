//! A table under writing: keys with their values, those without a value left out.

use std::collections::BTreeMap;
use std::fmt;

use toml::{Table, Value};

/// Keys and values of one table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Keys(Table);

impl Keys {
    /// With this key.
    pub(crate) fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.insert(key.to_owned(), value.into());
        self
    }

    /// With this key, when there is a value for it.
    pub(crate) fn with_some(self, key: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// With this key, when it says something else than nothing.
    pub(crate) fn with_texts(self, key: &str, texts: &[String]) -> Self {
        self.with_some(key, (!texts.is_empty()).then(|| texts.to_vec()))
    }

    /// With a table of texts, when there are any.
    pub(crate) fn with_words(self, key: &str, words: &BTreeMap<String, String>) -> Self {
        let table: Table = words.iter().map(|(name, word)| (name.clone(), word.clone().into())).collect();
        self.with_some(key, (!table.is_empty()).then_some(table))
    }

    /// With a list of tables, when there are any.
    pub(crate) fn with_tables(self, key: &str, tables: impl Iterator<Item = Self>) -> Self {
        let tables: Vec<Value> = tables.map(|table| Value::Table(table.0)).collect();
        self.with_some(key, (!tables.is_empty()).then_some(tables))
    }

    /// With all keys of another table.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Without these keys.
    pub(crate) fn without(mut self, keys: &[&str]) -> Self {
        self.0.retain(|key, _| !keys.contains(&key));
        self
    }

    /// The other way round of [`Keys::inline`].
    pub(crate) fn of_inline(text: &str) -> Option<Self> {
        let mut whole: Table = format!("keys = {text}").parse().ok()?;
        match whole.remove("keys") {
            Some(Value::Table(table)) => Some(Self(table)),
            _ => None,
        }
    }

    pub(crate) fn table(self) -> Table {
        self.0
    }

    /// The table in one line, `{ a = 1, b = "c" }`.
    pub(crate) fn inline(&self) -> String {
        Value::Table(self.0.clone()).to_string()
    }

    /// Every value by its way from here, `ask.person`, as it is written. Behind a list of tables, such as `checks`, stand all
    /// its tables, so that one that goes does not change those that come after it.
    pub(crate) fn flat(&self) -> BTreeMap<String, Vec<String>> {
        let mut flat = BTreeMap::new();
        self.0.iter().for_each(|(key, value)| flatten(key.clone(), value, &mut flat));
        flat
    }
}

fn flatten(way: String, value: &Value, flat: &mut BTreeMap<String, Vec<String>>) {
    match value {
        Value::Table(table) => {
            table.iter().for_each(|(key, value)| flatten(format!("{way}.{key}"), value, flat));
        }
        Value::Array(list) if list.iter().any(Value::is_table) => {
            flat.insert(way, list.iter().map(ToString::to_string).collect());
        }
        _ => {
            flat.insert(way, vec![value.to_string()]);
        }
    }
}

/// As a file.
impl fmt::Display for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
