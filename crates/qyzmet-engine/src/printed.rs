//! The printed regulation of a service, in the order of the model regulation (decree 1116): a template and its data.

mod annexes;
mod body;
#[cfg(test)]
mod tests;

use qyzmet_domain::Locale;
use serde_json::{Value, json};

use crate::{Phrases, Regulation};

/// What a printer of templates needs: Typst source and the data that it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Printed {
    /// Typst; knows no service and holds no words.
    pub template: &'static str,
    /// Everything that it shows.
    pub data: Value,
}

impl Regulation {
    /// The regulation as a document [R1116-1, R1116-17]: general provisions, order of actions, interaction, and the
    /// annexes: action table, diagram, screen forms, samples, questionnaire.
    #[must_use]
    pub fn printed(&self, locale: Locale) -> Printed {
        let writer = Writer { regulation: self, locale, phrases: Phrases::of(locale) };
        Printed { template: include_str!("printed/regulation.typ"), data: writer.data() }
    }
}

/// A document under writing.
struct Writer<'a> {
    regulation: &'a Regulation,
    locale: Locale,
    phrases: &'static Phrases,
}

impl Writer<'_> {
    fn data(&self) -> Value {
        let version: String = self.regulation.version.as_str().chars().take(12).collect();
        let annexes =
            [1, 2, 3, 4, 5].map(|number: u8| self.filled("annex", &[("number", &number.to_string())]));
        json!({
            "lang": self.locale.as_str(),
            "head": self.say("regulation"),
            "service": self.regulation.title(self.locale),
            "provider": self.text("row.provider"),
            "version": self.filled("version", &[("version", &version)]),
            "sections": [self.general(), self.order(), self.interaction()],
            "annexes": annexes,
            "table": self.table(),
            "diagram": self.diagram(),
            "forms": self.forms(),
            "samples": self.samples(),
            "survey": self.survey(),
        })
    }

    fn say(&self, key: &str) -> String {
        self.phrases.say(&format!("print.{key}"))
    }

    fn all(&self, start: &str, keys: &[&str]) -> Vec<String> {
        keys.iter().map(|key| self.say(&format!("{start}{key}"))).collect()
    }

    fn filled(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.phrases.filled(&format!("print.{key}"), values)
    }

    /// A word of a closed list; a word that the list does not have stays as it is.
    fn word(&self, group: &str, word: &str) -> String {
        self.phrases.get(&format!("{group}.{word}")).unwrap_or(word).to_owned()
    }

    /// A text of the service, empty when its folder has none.
    fn text(&self, key: &str) -> &str {
        self.regulation.text(self.locale, key).unwrap_or_default()
    }
}
