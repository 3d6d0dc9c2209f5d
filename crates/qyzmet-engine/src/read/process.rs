//! Reads `process.toml`: units and actions.

use qyzmet_domain::calendar::{Hours, Span};

use super::Fields;
use super::fields::positive;
use crate::finding::FindingKind;
use crate::process::{Action, Next, Process, Unit};
use crate::verbs::Verb;

pub(super) fn read(fields: &Fields<'_>) -> Option<Process> {
    let units: Option<Vec<_>> = fields.need_tables("unit").iter().map(unit).collect();
    // Every action is read, also after a faulty one, so that all faults are told at once.
    let actions: Vec<_> = fields.need_tables("action").iter().map(action).collect();
    let mut actions = actions.into_iter().collect::<Option<Vec<_>>>()?;
    actions.sort_by_key(|action| action.number);
    for pair in actions.windows(2) {
        if let [a, b] = pair
            && a.number == b.number
        {
            let words = format!("the number {} is taken by the action in line {}", b.number, a.place.line);
            fields.report(&b.place, FindingKind::Duplicate, words);
        }
    }
    Some(Process { units: units?, actions })
}

fn unit(fields: &Fields<'_>) -> Option<Unit> {
    let (id, kind) = (fields.need_text("id"), fields.need_parsed("kind"));
    let hours = if fields.has("hours") { hours(fields).map(Some) } else { Some(None) };
    fields.finish();
    Some(Unit { id: id?, kind: kind?, hours: hours? })
}

/// `hours = ["09:00-13:00", "14:00-18:00"]`.
fn hours(fields: &Fields<'_>) -> Option<Hours> {
    let hours = Hours::try_from(fields.need_list::<Span>("hours")?);
    if let Err(why) = hours {
        fields.report(&fields.place_of("hours"), FindingKind::BadValue, format!("`hours`: {why}"));
    }
    hours.ok()
}

fn action(fields: &Fields<'_>) -> Option<Action> {
    let number = fields.need_number("number");
    let unit = fields.need_text("unit");
    let does = verb(fields);
    let completion = fields.need_parsed("completion");
    let term = if fields.has("term") { fields.parsed("term").map(Some) } else { Some(None) };
    let clock = if fields.has("clock") { fields.parsed("clock").map(Some) } else { Some(None) };
    let next = next(fields);
    let clause = fields.need_parsed("clause");
    // Without a known verb its keys are unknown too; one finding about the verb is enough.
    if does.is_some() {
        fields.finish();
    }
    let place = fields.place();
    Some(Action {
        number: number?,
        unit: unit?,
        does: does?,
        completion: completion?,
        term: term?,
        clock: clock?,
        next: next?,
        clause: clause?,
        place,
    })
}

fn verb(fields: &Fields<'_>) -> Option<Verb> {
    let word = fields.need_text("does")?;
    let verb = Verb::read(&word, fields);
    if verb.is_none() {
        let words = format!("`{word}` is no verb; the verbs are: {}", Verb::WORDS.join(", "));
        fields.report(&fields.place_of("does"), FindingKind::UnknownVerb, words);
    }
    verb.flatten()
}

/// `next = 2`, or `next = { ok = 4, violation = 8 }`, or nothing when the case ends here.
fn next(fields: &Fields<'_>) -> Option<Next> {
    let Some(value) = fields.raw("next") else { return Some(Next::default()) };
    if let Some(number) = positive(value) {
        return Some(Next { ok: Some(number), ..Next::default() });
    }
    let Some(table) = value.as_table().and_then(|_| fields.table("next")) else {
        let words = "`next` must be a number, or a table such as { ok = 4, violation = 8 }";
        fields.report(&fields.place_of("next"), FindingKind::BadValue, words);
        return None;
    };
    let next = Next {
        ok: table.number("ok"),
        violation: table.number("violation"),
        absent: table.number("absent"),
        more: table.number("more"),
        late: table.number("late"),
    };
    table.finish();
    Some(next)
}
