//! What a reader asks a table for, noted while it reads: from these notes the JSON Schemas are written, so that schema and
//! reader cannot differ.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::rc::Rc;
use std::str::FromStr;
use std::sync::LazyLock;

use serde_json::{Map, Value, json};
use toml::de::DeTable;

/// A table without keys, for those that are not there.
pub(super) static EMPTY: LazyLock<DeTable<'static>> = LazyLock::new(DeTable::new);

/// The keys of one table.
#[derive(Debug, Default)]
pub(crate) struct Shape {
    keys: BTreeMap<&'static str, Kind>,
    needed: BTreeSet<&'static str>,
    may_lack: BTreeSet<&'static str>,
    choices: Vec<&'static str>,
    is_open: bool,
}

/// What stands behind a key.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Text,
    /// One of a few words.
    OneOf(Vec<String>),
    /// A text with a form of its own, explained by the words of its error.
    Form(String),
    Flag,
    Number,
    Date,
    Moment,
    List(Box<Kind>),
    /// A table of texts under names that the author chooses.
    Words,
    Table(Rc<RefCell<Shape>>),
    Tables(Rc<RefCell<Shape>>),
    NumberOrTable(Rc<RefCell<Shape>>),
}

/// What errors of closed lists begin with.
const ONE_OF: &str = "expected one of: ";

impl Kind {
    /// What a type takes, from the error with which it refuses a text that is none of it.
    pub(super) fn parsed<T: FromStr<Err: Display>>() -> Self {
        match "\u{0}".parse::<T>() {
            Ok(_) => Self::Text,
            Err(why) => {
                let why = why.to_string();
                match why.strip_prefix(ONE_OF) {
                    Some(words) => Self::OneOf(words.split(", ").map(str::to_owned).collect()),
                    None => Self::Form(why),
                }
            }
        }
    }

    fn schema(&self) -> Value {
        match self {
            Self::Text => json!({ "type": "string" }),
            Self::OneOf(words) => json!({ "enum": words }),
            Self::Form(why) => json!({ "type": "string", "description": why }),
            Self::Flag => json!({ "type": "boolean" }),
            Self::Number => json!({ "type": "integer", "minimum": 1 }),
            Self::Date => json!({ "type": "string", "format": "date" }),
            Self::Moment => json!({ "type": "string", "format": "date-time-local" }),
            Self::List(item) => json!({ "type": "array", "items": item.schema() }),
            Self::Words => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
            Self::Table(shape) => shape.borrow().schema(),
            Self::Tables(shape) => json!({ "type": "array", "items": shape.borrow().schema() }),
            Self::NumberOrTable(shape) => {
                json!({ "anyOf": [Self::Number.schema(), shape.borrow().schema()] })
            }
        }
    }
}

impl Shape {
    /// A key of this kind; a later note is the more exact one.
    pub(super) fn note(&mut self, key: &'static str, kind: Kind) {
        self.keys.insert(key, kind);
    }

    pub(super) fn need(&mut self, key: &'static str) {
        self.needed.insert(key);
    }

    /// The reader looks whether the key is there, so it may be left out.
    pub(super) fn may_lack(&mut self, key: &'static str) {
        self.may_lack.insert(key);
    }

    pub(super) fn exactly_one(&mut self, names: &'static str) {
        self.choices.push(names);
    }

    /// The author chooses the keys.
    pub(super) fn open(&mut self) {
        self.is_open = true;
    }

    /// The shape of a table inside; the same one when it is asked for again.
    pub(super) fn inner(
        &mut self,
        key: &'static str,
        kind: impl FnOnce(Rc<RefCell<Self>>) -> Kind,
    ) -> Rc<RefCell<Self>> {
        if let Some(Kind::Table(shape) | Kind::Tables(shape) | Kind::NumberOrTable(shape)) =
            self.keys.get(key)
        {
            return Rc::clone(shape);
        }
        let shape = Rc::default();
        self.keys.insert(key, kind(Rc::clone(&shape)));
        shape
    }

    /// What is said of a key by hand, where the reader looks at it more closely than by its kind.
    pub(super) fn schema_with(&self, replaced: &[(&str, Value)]) -> Value {
        let mut schema = self.schema();
        for (key, value) in replaced {
            schema["properties"][*key] = value.clone();
        }
        schema
    }

    pub(super) fn schema(&self) -> Value {
        let mut schema = Map::new();
        schema.insert("type".to_owned(), json!("object"));
        let keys: Map<_, _> =
            self.keys.iter().map(|(key, kind)| ((*key).to_owned(), kind.schema())).collect();
        schema.insert("properties".to_owned(), Value::Object(keys));
        let needed: Vec<_> = self.needed.difference(&self.may_lack).collect();
        if !needed.is_empty() {
            schema.insert("required".to_owned(), json!(needed));
        }
        let choice = |names: &&str| {
            let one: Vec<_> = names.split(", ").map(|name| json!({ "required": [name] })).collect();
            json!({ "oneOf": one })
        };
        match self.choices.as_slice() {
            [] => {}
            choices => {
                schema.insert("allOf".to_owned(), choices.iter().map(choice).collect());
            }
        }
        schema.insert("additionalProperties".to_owned(), json!(self.is_open));
        Value::Object(schema)
    }
}
