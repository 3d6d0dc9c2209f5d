//! Reads `form.toml`.

use super::Fields;
use crate::finding::FindingKind;
use crate::form::{Field, FieldKind, Form, KeyProfile, Page, Script, WhenAnswered};

pub(super) fn read(fields: &Fields<'_>) -> Option<Form> {
    let pages: Vec<_> = fields.tables("page").iter().map(page).collect();
    let prefill = fields.words("prefill").unwrap_or_default();
    prefill.keys().for_each(|line| fields.asks("prefill", format!("prefill.{line}")));
    let pages = pages.into_iter().collect::<Option<Vec<_>>>()?;
    let form = Form { pages, prefill };
    duplicates(fields, &form);
    Some(form)
}

fn duplicates(fields: &Fields<'_>, form: &Form) {
    let mut pages: Vec<_> = form.pages.iter().map(|page| page.id.as_str()).collect();
    let mut ids: Vec<_> =
        form.pages.iter().flat_map(|page| &page.fields).map(|field| field.id.as_str()).collect();
    for list in [&mut pages, &mut ids] {
        list.sort_unstable();
        for pair in list.windows(2).filter(|pair| pair[0] == pair[1]) {
            let words = format!("the id `{}` stands here twice", pair[0]);
            fields.report(&fields.place(), FindingKind::Duplicate, words);
        }
    }
}

fn page(fields: &Fields<'_>) -> Option<Page> {
    let id = fields.need_text("id");
    let inner: Vec<_> = fields.need_tables("field").iter().map(field).collect();
    fields.finish();
    if let Some(id) = &id {
        fields.asks("id", format!("page.{id}"));
    }
    Some(Page { id: id?, fields: inner.into_iter().collect::<Option<Vec<_>>>()? })
}

pub(super) fn field(fields: &Fields<'_>) -> Option<Field> {
    let id = fields.need_text("id");
    let kind = kind(fields);
    let required = fields.flag("required").unwrap_or_default();
    let button = fields.text("button");
    let when = if fields.has("when") { when(fields).map(Some) } else { Some(None) };
    fields.finish();
    if let Some(id) = &id {
        fields.asks("id", format!("form.{id}"));
    }
    if let Some(button) = &button {
        fields.asks("button", format!("button.{button}"));
    }
    Some(Field { id: id?, kind: kind?, required, button, when: when? })
}

fn when(fields: &Fields<'_>) -> Option<WhenAnswered> {
    let table = fields.table("when")?;
    let (field, one_of) = (table.need_text("field"), table.need_texts("one-of"));
    table.finish();
    Some(WhenAnswered { field: field?, one_of: one_of? })
}

/// All types of fields.
pub(super) const TYPES: [&str; 9] =
    ["mobile-number", "text", "date", "iin", "bin", "consent", "choice", "certificate", "keys"];

fn kind(fields: &Fields<'_>) -> Option<FieldKind> {
    match fields.need_text("type")?.as_str() {
        "mobile-number" => Some(FieldKind::MobileNumber),
        "iin" => Some(FieldKind::Iin),
        "bin" => Some(FieldKind::Bin),
        "date" => Some(FieldKind::Date),
        "choice" => Some(FieldKind::Choice { one_of: fields.need_texts("one-of")? }),
        "certificate" => {
            Some(FieldKind::Certificate { holders: fields.texts("holders").unwrap_or_default() })
        }
        "consent" => Some(FieldKind::Consent { register: fields.need_text("register")? }),
        "keys" => {
            let (profiles, holder) = (profiles(fields), fields.text("holder"));
            Some(FieldKind::Keys { profiles: profiles?, holder })
        }
        "text" => {
            let script = if fields.has("script") { fields.parsed("script") } else { Some(Script::Any) };
            let longest = fields.number("longest").unwrap_or(200) as usize;
            Some(FieldKind::Text { longest, script: script? })
        }
        other => {
            let words = format!("`{other}` is no type of field; the types are: {}", TYPES.join(", "));
            fields.report(&fields.place_of("type"), FindingKind::BadValue, words);
            None
        }
    }
}

/// The profiles of a field of keys: each once, and the key that does everything has no other beside it.
fn profiles(fields: &Fields<'_>) -> Option<Vec<KeyProfile>> {
    let profiles = fields.need_list::<KeyProfile>("profiles")?;
    profiles.iter().for_each(|profile| fields.asks("profiles", profile.text_key()));
    let twice = (1..profiles.len()).any(|place| profiles[..place].contains(&profiles[place]));
    if twice {
        let words = "each profile stands in `profiles` once";
        fields.report(&fields.place_of("profiles"), FindingKind::Duplicate, words);
    }
    if profiles.contains(&KeyProfile::Single) && profiles.len() > 1 {
        let words = "`single` is the one key for everything and has no other profile beside it";
        fields.report(&fields.place_of("profiles"), FindingKind::BadValue, words);
    }
    Some(profiles)
}
