//! The catalogue with its search.

use std::sync::Arc;

use qyzmet_domain::{Locale, ServiceId};
use qyzmet_engine::{Channel, Fee, Regulation};

use super::is_offered;
use crate::{Access, App, Cx, Error, UseCase, numbering};

/// Lists the services, or those that a question finds.
pub struct ListServices {
    /// In which language.
    pub locale: Locale,
    /// What is looked for.
    pub query: Option<String>,
}

/// One service in a list.
#[derive(Clone, Debug)]
pub struct ServiceCard {
    /// Its id.
    pub id: ServiceId,
    /// Its name.
    pub title: String,
    /// Its term in words.
    pub term: String,
    /// Its fee in words.
    pub fee: String,
    /// Whether it costs nothing.
    pub free: bool,
    /// Whether a request can be started here; a service can also be published only to be read.
    pub startable: bool,
    /// Whether it is asked for at a service centre and not here.
    pub at_centre: bool,
}

impl UseCase for ListServices {
    type Output = Vec<ServiceCard>;
    const NAME: &'static str = "list-services";
    const ACCESS: Access = Access::Public;

    async fn run(self, cx: Cx) -> Result<Vec<ServiceCard>, Error> {
        let words: Vec<String> =
            self.query.as_deref().unwrap_or_default().split_whitespace().map(plain).collect();
        let services = cx.app.catalogue.all(numbering::day(cx.now));
        Ok(service_cards(
            &cx.app,
            services.iter().filter(|regulation| matches(regulation, &words)),
            self.locale,
        ))
    }
}

/// Services as cards; those that can be asked for come first.
pub(crate) fn service_cards<'a>(
    app: &App,
    services: impl Iterator<Item = &'a Arc<Regulation>>,
    locale: Locale,
) -> Vec<ServiceCard> {
    let mut cards: Vec<ServiceCard> = services.map(|regulation| card(app, regulation, locale)).collect();
    cards.sort_by_key(|card| !card.startable);
    cards
}

fn card(app: &App, regulation: &Regulation, locale: Locale) -> ServiceCard {
    let words = |key: &str| regulation.text(locale, key).unwrap_or_default().to_owned();
    ServiceCard {
        id: regulation.id().clone(),
        title: regulation.title(locale).to_owned(),
        term: words("row.term"),
        fee: words("row.fee"),
        free: regulation.service.fee == Fee::Free,
        startable: is_offered(app, regulation),
        at_centre: only_at_centre(regulation),
    }
}

/// Whether a service is asked for at a service centre and not on the portal.
pub(super) fn only_at_centre(regulation: &Regulation) -> bool {
    regulation.starts_on(Channel::ServiceCentre) && !regulation.starts_on(Channel::Portal)
}

/// Every word of the question is found, in whichever language it was asked, with a slip of one letter forgiven.
fn matches(regulation: &Regulation, words: &[String]) -> bool {
    let text = |key: &str| {
        Locale::ALL.iter().filter_map(|locale| regulation.text(*locale, key)).map(plain).collect::<Vec<_>>()
    };
    let haystack: Vec<String> = ["title", "row.result", "keywords"].into_iter().flat_map(text).collect();
    let known: Vec<&str> = haystack.iter().flat_map(|text| text.split_whitespace()).collect();
    words.iter().all(|word| known.iter().any(|other| is_near(other, word)))
}

/// Lower case, letters and digits only; Kazakh letters that people type on a Russian keyboard become Russian ones.
fn plain(text: &str) -> String {
    let letter = |c: char| match c {
        'ә' => 'а',
        'ғ' => 'г',
        'қ' => 'к',
        'ң' => 'н',
        'ө' => 'о',
        'ұ' | 'ү' => 'у',
        'һ' => 'х',
        'і' => 'и',
        'ё' => 'е',
        c if c.is_alphanumeric() => c,
        _ => ' ',
    };
    text.to_lowercase().chars().map(letter).collect::<String>().trim().to_owned()
}

/// Whether a word begins with what was typed, or differs from it by one letter.
fn is_near(word: &str, typed: &str) -> bool {
    if word.starts_with(typed) {
        return true;
    }
    let (word, typed): (Vec<char>, Vec<char>) = (word.chars().collect(), typed.chars().collect());
    if typed.len() < 4 || word.len().abs_diff(typed.len()) > 1 {
        return false;
    }
    let same_start = word.iter().zip(&typed).take_while(|(a, b)| a == b).count();
    let same_end = word.iter().rev().zip(typed.iter().rev()).take_while(|(a, b)| a == b).count();
    same_start + same_end + 1 >= word.len().max(typed.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_forgives_a_russian_keyboard_and_one_wrong_letter() {
        assert!(is_near(&plain("нөмірді"), &plain("номирди")));
        assert!(is_near(&plain("абоненттік"), &plain("абонентик")));
        assert!(is_near("number", "num"));
        assert!(!is_near("number", "numeral"));
    }
}
