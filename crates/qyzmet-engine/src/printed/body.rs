//! The text of the regulation: general provisions, the order of actions, interaction.

use serde_json::{Value, json};

use super::Writer;

/// Words that every regulation explains; a service adds its own under `term` (`[term] word = "..."`) [R1116-5.Z].
const GLOSSARY: [&str; 6] = ["portal", "unit", "eds", "gateway", "iin", "document"];

impl Writer<'_> {
    /// Provider, standard, degree, type, words, the ten rows [R1116-1, R1116-2, R1116-3, R1116-4, R1116-5.Z].
    pub(super) fn general(&self) -> Value {
        let service = &self.regulation.service;
        let act = self.word("act", &service.act);
        let from = service.valid_from.strftime("%d.%m.%Y").to_string();
        let class = self.regulation.classification();
        let paragraphs = [
            self.filled("provider", &[("provider", self.text("row.provider"))]),
            self.filled(
                "standard",
                &[("service", self.regulation.title(self.locale)), ("act", &act), ("from", &from)],
            ),
            self.filled(
                "automation",
                &[("automation", &self.word("automation", service.automation.as_str()))],
            ),
            self.filled("kind", &[("kind", &self.word("kind", service.kind.as_str()))]),
            self.filled(
                "class",
                &[
                    ("score", &class.score.to_string()),
                    ("method", &self.word("method", class.method.as_str())),
                ],
            ),
            self.say("terms"),
        ];
        json!({
            "title": self.say("general"),
            "paragraphs": paragraphs,
            "items": self.glossary(),
            "rows_title": self.say("passport"),
            "rows": self.regulation.passport(self.locale).map(|row| [row.number.to_string(), row.head.to_owned(), row.content.to_owned()]),
        })
    }

    fn glossary(&self) -> Vec<String> {
        let general = GLOSSARY.map(|word| {
            let (word, text) = (format!("glossary.{word}-word"), format!("glossary.{word}"));
            format!("{} – {}", self.phrases.say(&word), self.phrases.say(&text))
        });
        let own = self.regulation.texts.keys(self.locale).filter_map(|key| {
            let word = key.strip_prefix("glossary.")?;
            Some(format!("{word} – {}", self.text(key)))
        });
        general.into_iter().chain(own).collect()
    }

    /// The actions in words, and the way to check the status [R1116-9, R1116-10, R1116-17].
    pub(super) fn order(&self) -> Value {
        let table = self.regulation.action_table(self.locale);
        let step = |column: &crate::TableColumn| {
            let number = column.number.to_string();
            self.filled(
                "step",
                &[
                    ("number", number.as_str()),
                    ("unit", &column.unit),
                    ("term", &column.term),
                    ("name", &column.action),
                ],
            )
        };
        let devices: Vec<String> =
            self.regulation.service.devices.iter().map(|device| self.word("device", device)).collect();
        json!({
            "title": self.say("order"),
            "paragraphs": [self.say("steps")],
            "items": table.columns.iter().map(step).collect::<Vec<_>>(),
            "after": [
                self.say("forms-at"),
                self.say("status"),
                self.filled("contacts", &[("contacts", &self.regulation.service.contacts.join(", "))]),
                self.filled("devices", &[("devices", &devices.join(", "))]),
            ],
        })
    }

    /// Units, and where table, diagram, samples and questionnaire stand
    /// [R1116-11, R1116-12, R1116-13, R1116-14, R1116-15, R1116-16.1].
    pub(super) fn interaction(&self) -> Value {
        let table = self.regulation.action_table(self.locale);
        let unit = |(unit, own): (&crate::TableUnit, &crate::Unit)| match &own.working {
            Some(time) => format!("{} ({}; {})", unit.name, unit.kind, self.phrases.working_time(time)),
            None => format!("{} ({})", unit.name, unit.kind),
        };
        let units = table.units.iter().zip(&self.regulation.process.units);
        json!({
            "title": self.say("interaction"),
            "paragraphs": [self.say("units")],
            "items": units.map(unit).collect::<Vec<_>>(),
            "after": self.all("", &["table-at", "diagram-at", "samples-at", "quality-at", "protection"]),
        })
    }
}
