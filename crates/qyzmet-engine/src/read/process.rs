//! Reads `process.toml`: units and actions.

use std::fmt::Display;

use qyzmet_domain::calendar::{DayOfWeek, Hours, Span, WorkingDays, WorkingTime};

use super::fields::NumberOrTable;
use super::{Fields, printed};
use crate::finding::FindingKind;
use crate::process::{Action, Branch, Gaps, Next, PORTAL, Process, Unit};
use crate::read::Gap;
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
    let mut units = units?;
    units.sort_by_key(|unit| unit.id != PORTAL);
    Some(Process { units, actions })
}

pub(super) fn unit(fields: &Fields<'_>) -> Option<Unit> {
    let (id, kind) = (fields.need_text("id"), fields.need_parsed("kind"));
    let working = working_time(fields);
    fields.finish();
    if let Some(id) = &id {
        fields.asks("id", format!("unit.{id}"));
    }
    Some(Unit { id: id?, kind: kind?, working: working? })
}

/// `days = ["monday", "saturday"]` and `hours = ["09:00-13:00", "14:00-18:00"]`; what is left out is as usual.
fn working_time(fields: &Fields<'_>) -> Option<Option<WorkingTime>> {
    let (has_days, has_hours) = (fields.has("days"), fields.has("hours"));
    let days = if has_days { days(fields) } else { Some(WorkingDays::default()) };
    let hours = if has_hours { hours(fields) } else { Some(Hours::default()) };
    let (days, hours) = (days?, hours?);
    Some((has_days || has_hours).then_some(WorkingTime { days, hours }))
}

fn days(fields: &Fields<'_>) -> Option<WorkingDays> {
    let days = WorkingDays::try_from(fields.need_list::<DayOfWeek>("days")?);
    days.map_err(|why| misfit(fields, "days", &why)).ok()
}

fn hours(fields: &Fields<'_>) -> Option<Hours> {
    let hours = Hours::try_from(fields.need_list::<Span>("hours")?);
    hours.map_err(|why| misfit(fields, "hours", &why)).ok()
}

/// Each item of a list is sound, and together they are not.
fn misfit(fields: &Fields<'_>, key: &str, why: &dyn Display) {
    fields.report(&fields.place_of(key), FindingKind::BadValue, format!("`{key}`: {why}"));
}

pub(super) fn action(fields: &Fields<'_>) -> Option<Action> {
    let number = fields.need_number("number");
    let unit = fields.need_text("unit");
    let does = verb(fields);
    let completion = fields.need_parsed("completion");
    let term = printed::term(fields);
    let clock = if fields.has("clock") { fields.parsed("clock").map(Some) } else { Some(None) };
    let term_because = fields.text("term-because");
    if let Some(key) = &term_because {
        fields.asks("term-because", format!("because.{key}"));
    }
    let next = next(fields);
    let clause = fields.need_clause("clause");
    // Without a known verb its keys are unknown too; one finding about the verb is enough.
    if does.is_some() {
        fields.finish();
    }
    let place = fields.place();
    let (number, does, term, next) = (number?, does?, term?, next?);
    Some(Action {
        number,
        unit: unit?,
        completion: completion?,
        least: term.least,
        term: term.limit,
        clock: clock?,
        term_because,
        next: next.read_for(number, &does),
        clause: clause?,
        gaps: Gaps { term: term.gap, next: next.gap },
        does,
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

/// The cell "next" of one column.
struct NextCell {
    next: Next,
    gap: Option<Gap>,
}

impl NextCell {
    /// A dash or a blank on a step that is not final means the following number.
    fn read_for(&self, number: u32, does: &Verb) -> Next {
        let ok = if does.needs().contains(&Branch::Ok) { number.checked_add(1) } else { None };
        if self.gap.is_some() { Next { ok, ..self.next } } else { self.next }
    }
}

/// `next = 2`, or `next = { ok = 4, violation = 8 }`, or nothing when the case ends here; `next = "-"` is as acts print it.
fn next(fields: &Fields<'_>) -> Option<NextCell> {
    let said = |next| Some(NextCell { next, gap: None });
    if !fields.has("next") {
        return said(Next::default());
    }
    let table = match fields.number_or_table("next", "{ ok = 4, violation = 8 }", printed::gap)? {
        NumberOrTable::Number(number) => return said(Next { ok: Some(number), ..Next::default() }),
        NumberOrTable::Gap(gap) => return Some(NextCell { next: Next::default(), gap: Some(gap) }),
        NumberOrTable::Table(table) => table,
    };
    let next = Next {
        ok: table.number("ok"),
        violation: table.number("violation"),
        absent: table.number("absent"),
        more: table.number("more"),
        late: table.number("late"),
    };
    table.finish();
    said(next)
}
