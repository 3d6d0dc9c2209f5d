//! Words of what is generated from any action table, `locales/regulation/`; the words of a service stand in its folder.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use qyzmet_domain::Locale;

use crate::texts::fill;

/// The words of one language by dotted keys such as `table.unit`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrases(BTreeMap<String, String>);

static ALL: LazyLock<[Phrases; 3]> = LazyLock::new(|| {
    [
        include_str!("../../../locales/regulation/kk.toml"),
        include_str!("../../../locales/regulation/ru.toml"),
        include_str!("../../../locales/regulation/en.toml"),
    ]
    .map(Phrases::read)
});

impl Phrases {
    /// The words of a language.
    #[must_use]
    pub fn of(locale: Locale) -> &'static Self {
        let [kk, ru, en] = &*ALL;
        match locale {
            Locale::Kk => kk,
            Locale::Ru => ru,
            Locale::En => en,
        }
    }

    fn read(text: &str) -> Self {
        let mut words = BTreeMap::new();
        for (group, texts) in text.parse::<toml::Table>().unwrap_or_default() {
            for (key, word) in texts.as_table().into_iter().flatten() {
                words.insert(format!("{group}.{key}"), word.as_str().unwrap_or_default().to_owned());
            }
        }
        Self(words)
    }

    /// One text, when there is one under this key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// One text; the key in marks that no text has when it is missing, so that the gap is seen and found.
    #[must_use]
    pub fn say(&self, key: &str) -> String {
        self.get(key).map_or_else(|| format!("⟦{key}⟧"), str::to_owned)
    }

    /// All texts of a group, such as `mail`, with their keys.
    #[must_use]
    pub fn under(&self, group: &str) -> Vec<(&str, &str)> {
        let prefix = format!("{group}.");
        let of_group = self.0.iter().filter(|(key, _)| key.starts_with(&prefix));
        of_group.map(|(key, text)| (key.as_str(), text.as_str())).collect()
    }

    /// One text with its placeholders, `{ $name }`, filled.
    #[must_use]
    pub fn filled(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(&self.say(key), values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::placeholders;

    #[test]
    fn every_language_has_the_same_words_with_the_same_places_for_values() {
        let kazakh = Phrases::of(Locale::Kk);
        assert!(kazakh.0.len() > 150, "{}", kazakh.0.len());
        for locale in [Locale::Ru, Locale::En] {
            let other = Phrases::of(locale);
            assert!(kazakh.0.keys().eq(other.0.keys()), "{locale}");
            for (key, text) in &kazakh.0 {
                assert_eq!(placeholders(text), placeholders(&other.0[key]), "{locale}: {key}");
                assert!(!other.0[key].is_empty() && !text.is_empty(), "{locale}: {key}");
            }
        }
    }

    /// Row heads, legend, questionnaire: the words of the acts themselves, not a paraphrase.
    /// [R1116-A1.1, R1116-A1.2, R1116-A1.3, R1116-A1.4, R1116-A1.5, R1116-A1.6, R1116-A4.1, R1116-A4.2]
    #[test]
    fn heads_and_questions_are_those_of_the_act_to_the_letter() {
        let labels = [
            ("A1.1", "table.number"),
            ("A1.2", "table.unit"),
            ("A1.3", "table.action"),
            ("A1.4", "table.completion"),
            ("A1.5", "table.term"),
            ("A1.6", "table.next"),
            ("A4.1", "print.question-1"),
            ("A4.2", "print.question-2"),
        ];
        for (place, key) in labels {
            for locale in [Locale::Kk, Locale::Ru] {
                let act = clause(include_str!("../../../acts/1116-2010.toml"), place, locale);
                assert_eq!(Phrases::of(locale).say(key), act, "{place} {locale}");
            }
        }
    }

    /// The act prints its legend in Russian.
    /// [R839-A1.1, R839-A1.2, R839-A1.3, R839-A1.4, R839-A1.5, R839-A1.6, R839-A1.7, R839-A1.8, R839-A1.9, R839-A1.10, R839-A1.11]
    #[test]
    fn the_legend_is_that_of_the_act() {
        for (index, key) in crate::draw::LEGEND.iter().enumerate() {
            let place = format!("A1.{}", index + 1);
            for locale in [Locale::Kk, Locale::Ru] {
                let act = clause(include_str!("../../../acts/839-2012.toml"), &place, locale);
                assert_eq!(Phrases::of(locale).say(&format!("legend.{key}")), act);
            }
        }
    }

    fn clause(act: &str, place: &str, locale: Locale) -> String {
        let act: toml::Table = act.parse().unwrap();
        let id = format!("{}:{place}", act["id"].as_str().unwrap());
        let clauses = act["clause"].as_array().unwrap();
        let clause = clauses.iter().find(|clause| clause["id"].as_str() == Some(&id)).unwrap();
        clause[locale.as_str()].as_str().unwrap().to_owned()
    }
}
