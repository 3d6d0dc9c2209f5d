//! The annexes: action table, diagram, screen forms from the live form, samples of what the recipient gets, questionnaire.

use serde_json::{Value, json};

use super::Writer;
use crate::Acts;
use crate::form::{Field, FieldKind, Page};
use crate::texts::{fill, placeholders};

/// So many actions fit beside the row heads on one sheet.
const COLUMNS: usize = 5;

impl Writer<'_> {
    /// The table of annex 1, cut into sheets [R1116-12, R1116-A1.1, R1116-A1.6].
    pub(super) fn table(&self) -> Value {
        let table = self.regulation.action_table(self.locale);
        // Sheets of one width: no sheet is left with a single wide column.
        let sheets = table.columns.len().div_ceil(COLUMNS).max(1);
        let parts: Vec<Value> = table
            .columns
            .chunks(table.columns.len().div_ceil(sheets).max(1))
            .map(|columns| {
                let number = |column: Option<&crate::TableColumn>| {
                    column.map_or_else(String::new, |column| column.number.to_string())
                };
                let (from, to) = (number(columns.first()), number(columns.last()));
                let whole = table.columns.len() <= COLUMNS;
                let title = self.filled("table-part", &[("from", &from), ("to", &to)]);
                let cells: Vec<_> = columns.iter().map(crate::TableColumn::cells).collect();
                json!({ "title": if whole { self.say("table") } else { title }, "columns": cells })
            })
            .collect();
        json!({ "heads": table.heads, "parts": parts })
    }

    /// The diagram as a picture with its text form as alternative [R1116-13].
    pub(super) fn diagram(&self) -> Value {
        let (width, height) = self.regulation.svg_size(self.locale);
        let table = self.regulation.action_table(self.locale);
        let steps = table.columns.iter().map(|column| {
            format!("{}. {} ({}) → {}", column.number, column.action, column.unit, column.next)
        });
        json!({
            "title": self.phrases.say("diagram.title"),
            "svg": self.regulation.svg(self.locale, None),
            "width": width,
            "height": height,
            "alt": steps.collect::<Vec<_>>().join("\n"),
        })
    }

    /// Screen forms of the request, as the portal shows them, and of the answer [R1116-8].
    pub(super) fn forms(&self) -> Value {
        let form = &self.regulation.form;
        let pages = (1..).zip(&form.pages).map(|(number, page): (u32, _)| self.page(number, page));
        let prefill: Vec<&str> =
            form.prefill.keys().map(|line| self.text(&format!("prefill.{line}"))).collect();
        json!({
            "title": self.say("forms"),
            "required": self.say("required"),
            "prefilled": self.say("prefilled"),
            "prefill": prefill,
            "pages": pages.collect::<Vec<_>>(),
            "answer": self.say("answer"),
            "yes": self.say("yes"),
            "no": self.say("no"),
        })
    }

    fn page(&self, number: u32, page: &Page) -> Value {
        let button = page.fields.iter().find_map(|field| field.button.as_ref());
        let button =
            button.map_or_else(|| self.say("go-on"), |id| self.text(&format!("button.{id}")).to_owned());
        json!({
            "name": self.filled("page", &[("number", &number.to_string())]),
            "title": self.text(&format!("page.{}", page.id)),
            "fields": page.fields.iter().map(|field| self.field(field)).collect::<Vec<_>>(),
            "button": button,
        })
    }

    fn field(&self, field: &Field) -> Value {
        let label = self.text(&format!("form.{}", field.id));
        let label =
            if field.required { format!("{label} *") } else { format!("{label} {}", self.say("optional")) };
        let label = field.when.as_ref().map_or(label.clone(), |when| {
            let after: Vec<_> = when.one_of.iter().map(|word| self.text(&format!("value.{word}"))).collect();
            format!("{label} ({})", after.join(", "))
        });
        let kind = match field.kind {
            FieldKind::Consent { .. } => "yes-no",
            FieldKind::Keys { .. } => "keys",
            _ => "line",
        };
        json!({
            "label": label,
            "hint": self.text(&format!("hint.{}", field.id)),
            "kind": kind,
            "keys": self.key_profiles(field),
        })
    }

    /// The keys that are made with a field, in words.
    fn key_profiles(&self, field: &Field) -> Vec<&str> {
        field.profiles().iter().map(|profile| self.text(&profile.text_key())).collect()
    }

    /// Result, notices, refusals, endings without a result [R1116-14].
    pub(super) fn samples(&self) -> Value {
        let service = &self.regulation.service;
        let kind = self.word("result", service.result.kind.as_str());
        let mut about = vec![self.filled("result-is", &[("kind", &kind)])];
        about.extend(service.result.signed.then(|| self.say("result-signed")));
        let ground = |ground: &crate::GroundOfRefusal| {
            json!({
                "ground": self.text(&format!("ground.{}", ground.id)),
                "clause": ground.clause.to_string(),
                "meaning": Acts::known().meaning(&ground.clause, self.locale).unwrap_or_default(),
                "advice": self.text(&format!("advice.{}", ground.id)),
            })
        };
        json!({
            "title": self.say("samples"),
            "result": self.say("result"),
            "about": about,
            "lines": self.all("sample-", &["number", "recipient", "issued", "check"]),
            "letters": self.say("letters"),
            "messages": self.texts_under("message."),
            "refusal": self.say("refusal"),
            "refusal_about": self.say("refusal-about"),
            "mark": self.filled("sample-mark", &[("number", "4")]),
            "grounds": service.grounds.iter().map(ground).collect::<Vec<_>>(),
            "outcomes_title": self.say("outcomes"),
            "outcomes": self.texts_under("outcome."),
        })
    }

    /// Texts whose keys begin so, in the order of their keys.
    fn texts_under(&self, start: &str) -> Vec<String> {
        let keys = self.regulation.texts.keys(self.locale).filter(|key| key.starts_with(start));
        keys.map(|key| blanked(self.text(key))).collect()
    }

    /// The questionnaire of annex 4 [R1116-A4.0, R1116-A4.1, R1116-A4.2, R1116-A4.3].
    pub(super) fn survey(&self) -> Value {
        json!({
            "title": self.say("survey"),
            "name": self.say("survey-name"),
            "questions": self.all("question-", &["1", "2"]),
            "answers": self.all("answer-", &["1", "2", "3"]),
        })
    }
}

/// What is filled in later, as a blank on paper.
fn blanked(text: &str) -> String {
    let names = placeholders(text);
    let blanks: Vec<_> = names.iter().map(|name| (*name, "______")).collect();
    fill(text, &blanks)
}
