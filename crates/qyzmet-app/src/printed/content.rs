//! What stands on a paper, as data for the one template: its words are those of the locales and of the service.

use jiff::Timestamp;
use qyzmet_domain::{Identifier, Locale, calendar::KAZAKHSTAN};
use qyzmet_engine::{Case, Phrases, Regulation};
use serde_json::{Value, json};

use super::{Paper, gives_number, handed_in, received};
use crate::cases::claims;

/// What else is known when a paper is printed.
pub(super) struct Known<'a> {
    /// Where people reach the portal.
    pub(super) origin: &'a str,
    /// The name of the operator who took the papers in.
    pub(super) operator: Option<&'a str>,
}

/// A line with its label.
type Line = (String, String);

/// The data of a paper; nothing when the case has no such paper now.
pub(super) fn content(
    paper: Paper,
    (regulation, case): (&Regulation, &Case),
    locale: Locale,
    known: &Known<'_>,
) -> Option<Value> {
    let say = |key: &str| Phrases::of(locale).say(&format!("paper.{key}"));
    let number = case.number.as_ref()?.to_string();
    let (lines, papers, moment, note) = match paper {
        Paper::Application => {
            let lines = [who(case, &say), claims(regulation, case, locale)].concat();
            let papers = handed_in(regulation, case)?;
            // Where nothing is handed in with it, it is signed before the eyes of the operator.
            let note = if papers.is_empty() { "application-alone-note" } else { "application-note" };
            (lines, papers, numbered_at(regulation, case), note)
        }
        Paper::Receipt => {
            let (step, papers) = received(regulation, case)?;
            let unit = step.by.as_ref().map(|by| format!("unit.{}", by.unit)).unwrap_or_default();
            let operator = regulation.text(locale, &unit).unwrap_or_default().to_owned();
            let by = (operator, known.operator.unwrap_or_default().to_owned());
            ([who(case, &say), vec![by]].concat(), papers, step.done_at, "receipt-note")
        }
    };
    let name = |id: &String| regulation.text(locale, &format!("paper.{id}")).unwrap_or(id).to_owned();
    let word = paper.word();
    Some(json!({
        "locale": locale.as_str(),
        "head": say(word),
        "service": regulation.title(locale),
        "number": { "label": say("number"), "value": number },
        "moment": { "label": say(&format!("{word}-at")), "value": local(moment) },
        "lines": lines,
        "papers": { "label": say(&format!("{word}-papers")), "names": papers.iter().map(name).collect::<Vec<_>>() },
        "note": say(note),
        "signatures": [say(&format!("{word}-signature")), say("date")],
        "check": { "label": say("check"), "url": format!("{}/orders", known.origin), "alt": say("qr") },
    }))
}

/// The recipient as the register gave them; the words are those of annex 2 [R839-A2.5, R839-A2.6, R839-A2.7, R839-A2.8].
fn who(case: &Case, say: &impl Fn(&str) -> String) -> Vec<Line> {
    let identifier = match &case.recipient.identifier {
        Identifier::Iin(iin) => (say("iin"), iin.as_str().to_owned()),
        Identifier::Bin(bin) => (say("bin"), bin.as_str().to_owned()),
    };
    let names = ["surname", "given-name", "patronymic"].map(|part| {
        let value = case.facts.get(&format!("person.{part}")).unwrap_or_default();
        (say(part), value.to_owned())
    });
    let named: Vec<Line> = names.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    let whole = || vec![(say("name"), case.recipient.name.clone())];
    [vec![identifier], if named.is_empty() { whole() } else { named }].concat()
}

/// When the request got its number.
fn numbered_at(regulation: &Regulation, case: &Case) -> Timestamp {
    let step = case.steps.iter().find(|step| gives_number(regulation, step.action));
    step.map_or(case.opened_at, |step| step.done_at)
}

fn local(at: Timestamp) -> String {
    KAZAKHSTAN.to_datetime(at).strftime("%d.%m.%Y %H:%M").to_string()
}
