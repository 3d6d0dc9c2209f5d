//! The words of the interface: Fluent files per screen area, read once, Kazakh standing in for a gap.

use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use qyzmet_domain::Locale;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../locales"]
struct Files;

/// One language: texts without arguments are formatted once at the start, so that a page costs a table look-up for each.
struct Catalogue {
    plain: HashMap<String, String>,
    bundle: FluentBundle<FluentResource>,
}

static CATALOGUES: LazyLock<[Catalogue; 3]> =
    LazyLock::new(|| [Locale::Kk, Locale::Ru, Locale::En].map(read));

fn read(locale: Locale) -> Catalogue {
    let language = locale.as_str().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // The marks would stand visibly in titles, attributes and messages.
    bundle.set_use_isolating(false);
    let mut keys = Vec::new();
    for (_, text) in sources(locale) {
        let resource = FluentResource::try_new(text).unwrap_or_else(|(partly, errors)| {
            tracing::error!(locale = locale.as_str(), ?errors, "a locale file has faulty messages");
            partly
        });
        keys.extend(messages(&resource));
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(locale = locale.as_str(), ?errors, "a message is defined twice");
        }
    }
    let plain =
        keys.into_iter().filter_map(|key| Some((key.clone(), format_plain(&bundle, &key)?))).collect();
    Catalogue { plain, bundle }
}

/// Every file of one language with its text, in name order.
fn sources(locale: Locale) -> Vec<(String, String)> {
    let prefix = format!("{}/", locale.as_str());
    let mut names: Vec<String> =
        Files::iter().filter(|name| name.starts_with(&prefix)).map(Cow::into_owned).collect();
    names.sort();
    let text = |name: &str| Files::get(name).map(|file| String::from_utf8_lossy(&file.data).into_owned());
    names.into_iter().filter_map(|name| Some((name.clone(), text(&name)?))).collect()
}

fn messages(resource: &FluentResource) -> Vec<String> {
    resource.source().lines().filter_map(key_of_line).map(str::to_owned).collect()
}

/// A message begins at the start of a line: `key = text`.
fn key_of_line(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    let shaped = key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    shaped.then_some(key)
}

/// The text when it needs no argument, else nothing.
fn format_plain(bundle: &FluentBundle<FluentResource>, key: &str) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, None, &mut errors).into_owned();
    errors.is_empty().then_some(text)
}

fn catalogue(locale: Locale) -> &'static Catalogue {
    let [kk, ru, en] = &*CATALOGUES;
    match locale {
        Locale::Kk => kk,
        Locale::Ru => ru,
        Locale::En => en,
    }
}

/// The text of a key without arguments; Kazakh where the language lacks it, the key itself where nobody has it
/// (a test keeps both from happening).
#[must_use]
pub(crate) fn text(locale: Locale, key: &str) -> &str {
    let found = |locale| catalogue(locale).plain.get(key).map(String::as_str);
    found(locale).or_else(|| found(Locale::Kk)).unwrap_or(key)
}

/// The text of a key if there is one: for keys that come from the app as data.
#[must_use]
pub(crate) fn known(locale: Locale, key: &str) -> Option<&'static str> {
    catalogue(locale).plain.get(key).map(String::as_str)
}

/// All texts whose key begins with the prefix, as a JSON object under the rest of their keys.
#[must_use]
pub(crate) fn group(locale: Locale, prefix: &str) -> String {
    let rest = |key: &str| Some(key.strip_prefix(prefix)?.strip_prefix('-')?.to_owned());
    let plain = &catalogue(locale).plain;
    let texts =
        plain.iter().filter_map(|(key, text)| Some((rest(key)?, serde_json::Value::from(text.as_str()))));
    serde_json::Value::Object(texts.collect()).to_string()
}

/// One argument of a text.
pub(crate) enum Word<'a> {
    /// Words put in as they are.
    Text(&'a str),
    /// A number, which also chooses the plural form.
    Count(u64),
}

/// The text of a key with its arguments.
#[must_use]
pub(crate) fn with(locale: Locale, key: &str, words: &[(&'static str, Word<'_>)]) -> String {
    let args: FluentArgs<'_> = words.iter().map(|(name, word)| (*name, value(word))).collect();
    let formatted = |locale| {
        let bundle = &catalogue(locale).bundle;
        let pattern = bundle.get_message(key)?.value()?;
        Some(bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned())
    };
    formatted(locale).or_else(|| formatted(Locale::Kk)).unwrap_or_else(|| key.to_owned())
}

/// For what a card agent asks for a PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardWork {
    /// Keys are made on the card.
    Keys,
    /// Certificates are written onto it.
    Certificates,
}

/// The question of a card agent at its own terminal, the one place beside the pages where people are spoken to: which card,
/// what will be done to it, and the PIN.
#[must_use]
pub fn card_question(locale: Locale, work: CardWork, label: &str, serial: &str) -> String {
    let key = match work {
        CardWork::Keys => "card-agent-keys",
        CardWork::Certificates => "card-agent-certificates",
    };
    let about = with(locale, key, &[("label", Word::Text(label)), ("serial", Word::Text(serial))]);
    format!("{about}\n{}", text(locale, "card-agent-pin"))
}

fn value<'a>(word: &Word<'a>) -> FluentValue<'a> {
    match word {
        Word::Text(text) => FluentValue::from(*text),
        Word::Count(count) => FluentValue::from(*count),
    }
}

#[cfg(test)]
mod tests;
