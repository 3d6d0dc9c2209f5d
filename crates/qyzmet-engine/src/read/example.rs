//! Reads `examples/*.toml`: given, when, then.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use qyzmet_domain::Term;
use qyzmet_domain::calendar::KAZAKHSTAN;

use super::{Fields, Value};
use crate::example::{Called, Deed, Example, Given, RegisterSays, Then, When};
use crate::service::RecipientKind;

pub(super) fn read(fields: &Fields<'_>) -> Option<Example> {
    let name = fields.need_text("name");
    let given = fields.need_table("given").and_then(|given| finished(&given, read_given));
    let when: Vec<_> = fields.need_tables("when").iter().map(|when| finished(when, read_when)).collect();
    let then = fields.need_table("then").and_then(|then| finished(&then, read_then));
    let place = fields.place();
    Some(Example {
        name: name?,
        given: given?,
        when: when.into_iter().collect::<Option<_>>()?,
        then: then?,
        place,
    })
}

fn finished<T>(fields: &Fields<'_>, read: impl FnOnce(&Fields<'_>) -> Option<T>) -> Option<T> {
    let value = read(fields);
    fields.finish();
    value
}

fn read_given(fields: &Fields<'_>) -> Option<Given> {
    let recipient = fields.need_table("recipient").and_then(|recipient| {
        finished(&recipient, |recipient| {
            let kind = recipient.one_of("kind", &KINDS).unwrap_or(RecipientKind::Individual);
            recipient.need_parsed("channel").map(|channel| (kind, channel))
        })
    });
    let day = if fields.has("today") { fields.date("today") } else { Some(USUAL_DAY) };
    let delay = fields.parsed::<Term>("delay").and_then(Term::length).unwrap_or(SignedDuration::ZERO);
    let registers = fields.table("register").map(|registers| {
        let says = |(name, value): (&str, &Value<'_>)| (name.to_owned(), says(&registers, name, value));
        registers.every().map(says).collect::<BTreeMap<_, _>>()
    });
    let operations = fields.table("operation").map(|operations| answers(&operations)).unwrap_or_default();
    let officers = fields.words("officer").unwrap_or_default();
    let (kind, channel) = recipient?;
    let (at, registers) = (noon(day?), registers.unwrap_or_default());
    Some(Given { kind, channel, at, delay, registers, operations, officers })
}

/// What each operation answers.
fn answers(operations: &Fields<'_>) -> BTreeMap<String, BTreeMap<String, String>> {
    let answer = |(name, value): (&str, &Value<'_>)| {
        let RegisterSays::Facts(facts) = says(operations, name, value) else {
            operations.refuse(value, format!("`{name}` must be a table of facts"));
            return (name.to_owned(), BTreeMap::new());
        };
        (name.to_owned(), facts)
    };
    operations.every().map(answer).collect()
}

const KINDS: [(&str, RecipientKind); 3] = [
    ("individual", RecipientKind::Individual),
    ("entrepreneur", RecipientKind::Entrepreneur),
    ("legal-entity", RecipientKind::LegalEntity),
];

/// The day of an example that names none: any will do, so long as it is always the same.
const USUAL_DAY: Date = date(2026, 3, 2);

fn noon(day: Date) -> Timestamp {
    KAZAKHSTAN.to_timestamp(day.at(12, 0, 0, 0)).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// `"absent"`, or the facts of the answer.
fn says(fields: &Fields<'_>, name: &str, value: &Value<'_>) -> RegisterSays {
    if value.get_ref().as_str() == Some("absent") {
        return RegisterSays::Absent;
    }
    let mut facts = BTreeMap::new();
    if let Some(table) = value.get_ref().as_table() {
        for (key, value) in table {
            flatten(fields, key.get_ref().to_string(), value, &mut facts);
        }
    } else {
        fields.refuse(value, format!("`{name}` must be \"absent\" or a table of facts"));
    }
    RegisterSays::Facts(facts)
}

fn flatten(fields: &Fields<'_>, key: String, value: &Value<'_>, facts: &mut BTreeMap<String, String>) {
    if let Some(table) = value.get_ref().as_table() {
        for (name, value) in table {
            flatten(fields, format!("{key}.{}", name.get_ref()), value, facts);
        }
    } else if let Some(text) = plain(value) {
        facts.insert(key, text);
    } else {
        fields.refuse(value, format!("`{key}` must be a text, a date, true or false"));
    }
}

fn plain(value: &Value<'_>) -> Option<String> {
    let value = value.get_ref();
    let text = value.as_str().map(str::to_owned);
    text.or_else(|| value.as_bool().map(|flag| flag.to_string()))
        .or_else(|| Some(value.as_datetime()?.to_string()))
}

fn read_when(fields: &Fields<'_>) -> Option<When> {
    let action = fields.need_number("action");
    let deed = fields.exactly_one(DEEDS, of_recipient(fields).into_iter().chain(of_others(fields)));
    let by = fields.text("by");
    let at = fields.moment("at").and_then(|at| KAZAKHSTAN.to_timestamp(at).ok());
    let rejected = fields.text("rejected");
    Some(When { action: action?, deed: deed?, by, at, rejected })
}

/// Names of all deeds.
const DEEDS: &str =
    "fill, confirm, deny, pay, receive, decide, refuse, ask, approve, write, assign, arrive, expire, join";

fn of_recipient(fields: &Fields<'_>) -> [Option<Deed>; 4] {
    let fill = fields.table("fill").map(|fill| Deed::Fill(values(&fill)));
    let confirm = if fields.has("confirm") { fields.need_list("confirm").map(Deed::Confirm) } else { None };
    [fill, confirm, fields.parsed("deny").map(Deed::Deny), fields.number("pay").map(Deed::Pay)]
}

/// What officers do, what comes from outside, and what time does.
fn of_others(fields: &Fields<'_>) -> [Option<Deed>; 10] {
    let refuse = fields.table("refuse").and_then(|refuse| {
        finished(&refuse, |refuse| {
            let (ground, finding) = (refuse.need_text("ground"), refuse.need_text("finding"));
            Some(Deed::Refuse { ground: ground?, finding: finding? })
        })
    });
    let assign = fields.table("assign").and_then(|assign| {
        finished(&assign, |assign| {
            let (to, reason) = (assign.need_text("to"), assign.need_text("reason"));
            Some(Deed::Assign { to: to?, reason: reason? })
        })
    });
    let join = fields.table("join").and_then(|join| {
        finished(&join, |join| {
            let (service, ending) = (join.need_text("service"), join.need_text("ending"));
            Some(Deed::Join { service: service?, ending: ending? })
        })
    });
    let flag = |key, deed| fields.flag(key).filter(|flag| *flag).map(|_| deed);
    [
        fields.texts("receive").map(Deed::Receive),
        flag("decide", Deed::Decide),
        refuse,
        fields.text("ask").map(Deed::Ask),
        flag("approve", Deed::Approve),
        flag("write", Deed::Write),
        assign,
        fields.table("arrive").map(|arrive| Deed::Arrive(values(&arrive))),
        flag("expire", Deed::Expire),
        join,
    ]
}

/// All values of a table whose keys the author chooses, in their text form.
fn values(fields: &Fields<'_>) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    for (key, value) in fields.every() {
        flatten(fields, key.to_owned(), value, &mut values);
    }
    values
}

fn read_then(fields: &Fields<'_>) -> Option<Then> {
    let path = fields.need_numbers("path");
    let outcome = fields.need_text("outcome");
    let (ground, clause, evidence) =
        (fields.text("ground"), fields.parsed("clause"), fields.text("evidence"));
    let called = fields.table("called").and_then(|called| finished(&called, read_called));
    let (within_term, due) = (fields.flag("within-term"), fields.moment("due"));
    Some(Then { path: path?, outcome: outcome?, ground, clause, evidence, called, within_term, due })
}

fn read_called(fields: &Fields<'_>) -> Option<Called> {
    let (operation, with) = (fields.need_text("operation"), fields.words("with"));
    Some(Called { operation: operation?, with: with.unwrap_or_default() })
}
