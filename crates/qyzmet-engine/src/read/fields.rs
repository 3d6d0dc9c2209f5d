//! A table under reading: each key is asked for once by name, and what nobody asked for is a finding.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::rc::Rc;
use std::str::FromStr;

use qyzmet_domain::Clause;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::notes::Cited;
use super::shape::{EMPTY, Kind, Shape};
use super::{Findings, Gap, Sheet};
use crate::finding::{FindingKind, Place};

/// One table of a file.
pub(crate) struct Fields<'a> {
    sheet: Sheet<'a>,
    table: &'a DeTable<'a>,
    begins: usize,
    findings: &'a Findings,
    asked: RefCell<BTreeSet<&'static str>>,
    open: Cell<bool>,
    /// Notes which keys are asked for, when the reader is run for its schema. Every key then counts as there.
    shape: Option<Rc<RefCell<Shape>>>,
}

/// What [`Fields::number_or_table`] found.
pub(crate) enum NumberOrTable<'a> {
    /// A number.
    Number(u32),
    /// A dash, or nothing.
    Gap(Gap),
    /// A table.
    Table(Fields<'a>),
}

/// A value with its place.
pub(crate) type Value<'a> = Spanned<DeValue<'a>>;

impl<'a> Fields<'a> {
    pub(crate) fn new(
        sheet: Sheet<'a>,
        table: &'a DeTable<'a>,
        begins: usize,
        findings: &'a Findings,
    ) -> Self {
        Self {
            sheet,
            table,
            begins,
            findings,
            asked: RefCell::default(),
            open: Cell::new(false),
            shape: None,
        }
    }

    /// The same table, with notes of what is asked.
    pub(crate) fn noting(self, shape: Rc<RefCell<Shape>>) -> Self {
        Self { shape: Some(shape), ..self }
    }

    fn note(&self, key: &'static str, kind: impl FnOnce() -> Kind) {
        if let Some(shape) = &self.shape {
            shape.borrow_mut().note(key, kind());
        }
    }

    /// Where the table stands.
    pub(crate) fn place(&self) -> Place {
        self.sheet.place(self.begins)
    }

    /// Where the value of a key stands, or the table when there is none.
    pub(crate) fn place_of(&self, key: &str) -> Place {
        self.sheet.place(self.table.get(key).map_or(self.begins, |value| value.span().start))
    }

    pub(crate) fn report(&self, place: &Place, kind: FindingKind, words: impl Into<String>) {
        self.findings.add(place.error(kind, words));
    }

    /// Whether the key is there: what may be left out.
    pub(crate) fn has(&self, key: &'static str) -> bool {
        if let Some(shape) = &self.shape {
            shape.borrow_mut().may_lack(key);
            return true;
        }
        self.table.contains_key(key)
    }

    /// Notes that the value of this key asks for a text.
    pub(crate) fn asks(&self, key: &str, text: String) {
        self.findings.notes.asks(text, self.place_of(key));
    }

    /// Notes where a text stands.
    pub(crate) fn says(&self, text: &str, value: &Value<'_>) {
        self.findings.notes.says(text.to_owned(), self.sheet.place(value.span().start));
    }

    /// Notes that the value of this key cites an act or a clause.
    pub(crate) fn cites(&self, key: &str, cited: Cited) {
        self.findings.notes.cites(cited, self.place_of(key));
    }

    fn get(&self, key: &'static str) -> Option<&'a Value<'a>> {
        self.asked.borrow_mut().insert(key);
        self.table.get(key)
    }

    fn missing(&self, key: &str) {
        self.report(&self.place(), FindingKind::MissingKey, format!("`{key}` is missing here"));
    }

    fn wrong(&self, value: &Value<'_>, words: String) {
        self.report(&self.sheet.place(value.span().start), FindingKind::BadValue, words);
    }

    /// A value of one kind, or a finding that says which kind it should be.
    fn kind<T>(
        &self,
        key: &'static str,
        wanted: &str,
        read: impl FnOnce(&'a DeValue<'a>) -> Option<T>,
    ) -> Option<T> {
        let value = self.get(key)?;
        let read = read(value.get_ref());
        if read.is_none() {
            self.wrong(
                value,
                format!("`{key}` must be {wanted}, and this is a {}", value.get_ref().type_str()),
            );
        }
        read
    }

    /// A value that must be there.
    fn need<T>(&self, key: &'static str, value: Option<T>) -> Option<T> {
        if let Some(shape) = &self.shape {
            shape.borrow_mut().need(key);
        }
        if !self.table.contains_key(key) {
            self.missing(key);
        }
        value
    }

    pub(crate) fn text(&self, key: &'static str) -> Option<String> {
        self.note(key, || Kind::Text);
        self.kind(key, "a text in quotation marks", |value| value.as_str().map(str::to_owned))
    }

    pub(crate) fn need_text(&self, key: &'static str) -> Option<String> {
        let text = self.need(key, self.text(key))?;
        if text.trim().is_empty() {
            self.report(&self.place_of(key), FindingKind::BadValue, format!("`{key}` must not be empty"));
        }
        Some(text)
    }

    pub(crate) fn flag(&self, key: &'static str) -> Option<bool> {
        self.note(key, || Kind::Flag);
        self.kind(key, "true or false", DeValue::as_bool)
    }

    pub(crate) fn need_flag(&self, key: &'static str) -> Option<bool> {
        self.need(key, self.flag(key))
    }

    pub(crate) fn number(&self, key: &'static str) -> Option<u32> {
        self.note(key, || Kind::Number);
        self.kind(key, "a whole number from 1 on", |value| positive(value))
    }

    pub(crate) fn need_number(&self, key: &'static str) -> Option<u32> {
        self.need(key, self.number(key))
    }

    /// A text that is parsed into a type of its own.
    pub(crate) fn parsed<T: FromStr<Err: Display>>(&self, key: &'static str) -> Option<T> {
        let text = self.text(key);
        self.note(key, || Kind::parsed::<T>());
        let text = text?;
        match text.parse() {
            Ok(value) => Some(value),
            Err(why) => {
                self.report(
                    &self.place_of(key),
                    FindingKind::BadValue,
                    format!("`{key} = \"{text}\"`: {why}"),
                );
                None
            }
        }
    }

    pub(crate) fn need_parsed<T: FromStr<Err: Display>>(&self, key: &'static str) -> Option<T> {
        self.need(key, self.parsed(key))
    }

    /// A text that the caller reads more closely, because not all that may stand there is of this type.
    pub(crate) fn text_for<T: FromStr<Err: Display>>(&self, key: &'static str) -> Option<String> {
        let text = self.text(key);
        self.note(key, || Kind::parsed::<T>());
        text
    }

    /// A clause; it is noted as cited.
    pub(crate) fn clause(&self, key: &'static str) -> Option<Clause> {
        let clause: Option<Clause> = self.parsed(key);
        if let Some(clause) = &clause {
            self.cites(key, Cited::Clause(clause.clone()));
        }
        clause
    }

    pub(crate) fn need_clause(&self, key: &'static str) -> Option<Clause> {
        self.need(key, self.clause(key))
    }

    /// A date, written without quotation marks.
    pub(crate) fn date(&self, key: &'static str) -> Option<jiff::civil::Date> {
        self.note(key, || Kind::Date);
        self.kind(key, "a date such as 2024-03-30", |value| value.as_datetime()?.to_string().parse().ok())
    }

    pub(crate) fn need_date(&self, key: &'static str) -> Option<jiff::civil::Date> {
        self.need(key, self.date(key))
    }

    /// A date with a time of the clocks of Kazakhstan, written without quotation marks.
    pub(crate) fn moment(&self, key: &'static str) -> Option<jiff::civil::DateTime> {
        self.note(key, || Kind::Moment);
        self.kind(key, "a date and time such as 2026-03-02T12:00:00", |value| {
            let moment =
                value.as_datetime().filter(|moment| moment.offset.is_none() && moment.time.is_some())?;
            moment.to_string().parse().ok()
        })
    }

    /// One of a few words.
    pub(crate) fn one_of<T: Copy>(&self, key: &'static str, list: &[(&str, T)]) -> Option<T> {
        let text = self.text(key);
        self.note(key, || Kind::OneOf(list.iter().map(|(word, _)| (*word).to_owned()).collect()));
        let text = text?;
        let found = list.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let words: Vec<_> = list.iter().map(|(word, _)| *word).collect();
            let message = format!("`{key} = \"{text}\"`: expected one of: {}", words.join(", "));
            self.report(&self.place_of(key), FindingKind::BadValue, message);
        }
        found
    }

    /// A list of whole numbers.
    pub(crate) fn need_numbers(&self, key: &'static str) -> Option<Vec<u32>> {
        self.note(key, || Kind::List(Box::new(Kind::Number)));
        let numbers = self.kind(key, "a list of whole numbers", |value| {
            value.as_array()?.iter().map(|item| positive(item.get_ref())).collect()
        });
        self.need(key, numbers)
    }

    pub(crate) fn texts(&self, key: &'static str) -> Option<Vec<String>> {
        self.note(key, || Kind::List(Box::new(Kind::Text)));
        self.kind(key, "a list of texts", |value| {
            value.as_array()?.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect()
        })
    }

    /// A list of texts with at least one.
    pub(crate) fn need_texts(&self, key: &'static str) -> Option<Vec<String>> {
        let texts = self.need(key, self.texts(key))?;
        if texts.is_empty() {
            self.report(
                &self.place_of(key),
                FindingKind::BadValue,
                format!("`{key}` must name at least one"),
            );
        }
        Some(texts)
    }

    /// A list of words, each parsed; at least one.
    pub(crate) fn need_list<T: FromStr<Err: Display>>(&self, key: &'static str) -> Option<Vec<T>> {
        let words = self.need_texts(key);
        self.each(key, words)
    }

    /// A list of words, each parsed; it may be empty.
    pub(crate) fn list<T: FromStr<Err: Display>>(&self, key: &'static str) -> Option<Vec<T>> {
        let words = self.texts(key);
        self.each(key, words)
    }

    fn each<T: FromStr<Err: Display>>(
        &self,
        key: &'static str,
        words: Option<Vec<String>>,
    ) -> Option<Vec<T>> {
        self.note(key, || Kind::List(Box::new(Kind::parsed::<T>())));
        let words = words?;
        let parse = |word: &String| match word.parse() {
            Ok(value) => Some(value),
            Err(why) => {
                let place = self.place_of(key);
                self.report(&place, FindingKind::BadValue, format!("`{word}` in `{key}`: {why}"));
                None
            }
        };
        words.iter().map(parse).collect()
    }

    /// A table of texts under names that the author chooses.
    pub(crate) fn words(&self, key: &'static str) -> Option<BTreeMap<String, String>> {
        self.note(key, || Kind::Words);
        self.kind(key, "a table of texts", |value| {
            let word = |(name, value): (&Spanned<_>, &Value<'_>)| {
                let name: &std::borrow::Cow<'_, str> = name.get_ref();
                Some((name.clone().into_owned(), value.get_ref().as_str()?.to_owned()))
            };
            value.as_table()?.iter().map(word).collect()
        })
    }

    pub(crate) fn need_words(&self, key: &'static str) -> Option<BTreeMap<String, String>> {
        self.need(key, self.words(key))
    }

    /// A table with keys of its own; the caller finishes it.
    pub(crate) fn table(&self, key: &'static str) -> Option<Fields<'a>> {
        let begins = self.table.get(key).map_or(0, |value| value.span().start);
        let table = self.kind(key, "a table", DeValue::as_table);
        if let Some(shape) = &self.shape {
            let inner = shape.borrow_mut().inner(key, Kind::Table);
            let table = table.unwrap_or(&EMPTY);
            return Some(Fields::new(self.sheet, table, begins, self.findings).noting(inner));
        }
        Some(Fields::new(self.sheet, table?, begins, self.findings))
    }

    pub(crate) fn need_table(&self, key: &'static str) -> Option<Fields<'a>> {
        self.need(key, self.table(key))
    }

    /// A list of tables; the caller finishes each.
    pub(crate) fn tables(&self, key: &'static str) -> Vec<Fields<'a>> {
        let list = self.kind(key, "a list of tables", |value| {
            let item = |item: &'a Value<'a>| {
                Some(Fields::new(self.sheet, item.get_ref().as_table()?, item.span().start, self.findings))
            };
            value.as_array()?.iter().map(item).collect()
        });
        if let Some(shape) = &self.shape {
            let inner = shape.borrow_mut().inner(key, Kind::Tables);
            return vec![Fields::new(self.sheet, &EMPTY, self.begins, self.findings).noting(inner)];
        }
        list.unwrap_or_default()
    }

    pub(crate) fn need_tables(&self, key: &'static str) -> Vec<Fields<'a>> {
        self.need(key, Some(self.tables(key))).unwrap_or_default()
    }

    /// A whole number, or a table with keys of its own that the caller finishes, or a text that says that nothing stands there.
    pub(crate) fn number_or_table(
        &self,
        key: &'static str,
        example: &str,
        gap: impl FnOnce(&str) -> Option<Gap>,
    ) -> Option<NumberOrTable<'a>> {
        if let Some(shape) = &self.shape {
            let inner = shape.borrow_mut().inner(key, Kind::NumberOrTable);
            let table = Fields::new(self.sheet, &EMPTY, self.begins, self.findings).noting(inner);
            return Some(NumberOrTable::Table(table));
        }
        let value = self.get(key)?;
        if let Some(number) = positive(value.get_ref()) {
            return Some(NumberOrTable::Number(number));
        }
        if let Some(gap) = value.get_ref().as_str().and_then(gap) {
            return Some(NumberOrTable::Gap(gap));
        }
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(value, format!("`{key}` must be a number, or a table such as {example}"));
            return None;
        };
        Some(NumberOrTable::Table(Fields::new(self.sheet, table, value.span().start, self.findings)))
    }

    /// All keys and values, for tables whose keys the author chooses; they count as asked for.
    pub(crate) fn every(&self) -> impl Iterator<Item = (&'a str, &'a Value<'a>)> {
        self.open.set(true);
        if let Some(shape) = &self.shape {
            shape.borrow_mut().open();
        }
        self.table.iter().map(|(key, value)| (key.get_ref().as_ref(), value))
    }

    /// A finding about a value that [`Fields::every`] gave.
    pub(crate) fn refuse(&self, value: &Value<'_>, words: String) {
        self.wrong(value, words);
    }

    /// The one that is there, of several that exclude each other.
    pub(crate) fn exactly_one<T>(
        &self,
        names: &'static str,
        choices: impl IntoIterator<Item = Option<T>>,
    ) -> Option<T> {
        if let Some(shape) = &self.shape {
            shape.borrow_mut().exactly_one(names);
        }
        let mut there = choices.into_iter().flatten();
        let (first, second) = (there.next(), there.next());
        if first.is_none() || second.is_some() {
            self.report(
                &self.place(),
                FindingKind::MissingKey,
                format!("exactly one of {names} must stand here"),
            );
        }
        first
    }

    /// Ends the reading of this table: keys that nobody asked for are findings.
    pub(crate) fn finish(&self) {
        if self.open.get() {
            return;
        }
        let asked = self.asked.borrow();
        for key in self.table.keys().filter(|key| !asked.contains(key.get_ref().as_ref())) {
            let known: Vec<_> = asked.iter().copied().collect();
            let message = format!("unknown key `{}`; known here: {}", key.get_ref(), known.join(", "));
            self.report(&self.sheet.place(key.span().start), FindingKind::UnknownKey, message);
        }
    }
}

/// A whole number from 1 on.
pub(crate) fn positive(value: &DeValue<'_>) -> Option<u32> {
    let integer = value.as_integer()?;
    u32::from_str_radix(integer.as_str(), integer.radix()).ok().filter(|number| *number > 0)
}
