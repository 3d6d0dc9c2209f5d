//! Places in acts as people read them: «№ 58 бұйрық, 5.2-тармақ» instead of `58-2016:5.2`.

use qyzmet_domain::{Clause, Locale};

use crate::words::{self, Word};

/// One clause or several, separated by commas, in words; those of one act or annex stand together. An act
/// without a place in it is named alone; what is neither is shown as it stands.
pub(crate) fn clauses(locale: Locale, written: &str) -> String {
    let mut groups: Vec<(Head, Vec<String>)> = Vec::new();
    for part in written.split(',').map(str::trim) {
        let Ok(clause) = part.parse::<Clause>() else {
            return if is_act(written) { act(locale, written) } else { written.to_owned() };
        };
        let (head, place) = split(&clause);
        match groups.last_mut() {
            Some((last, places)) if *last == head => places.push(place),
            _ => groups.push((head, vec![place])),
        }
    }
    let cited: Vec<String> =
        groups.iter().map(|(head, places)| cite(locale, head, &places.join(", "))).collect();
    cited.join("; ")
}

/// Whether this is the number and the year of an act.
fn is_act(written: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    written.split_once('-').is_some_and(|(number, year)| digits(number) && year.len() == 4 && digits(year))
}

/// Act, and annex with its number, if the place is in an annex.
type Head = (String, Option<String>);

fn split(clause: &Clause) -> (Head, String) {
    let act = clause.act().to_owned();
    match clause.place().strip_prefix('A') {
        None => ((act, None), clause.place().to_owned()),
        Some(annexed) => {
            let (annex, place) = annexed.split_once('.').unwrap_or((annexed, ""));
            ((act, Some(annex.to_owned())), place.to_owned())
        }
    }
}

fn cite(locale: Locale, (act_id, annex): &Head, places: &str) -> String {
    let key = match (annex.as_deref(), places) {
        (None, _) => "clause-paragraph",
        (Some(""), "") => "clause-only-annex",
        (Some(""), _) => "clause-only-annex-row",
        (Some(_), "") => "clause-annex",
        (Some(_), _) => "clause-annex-row",
    };
    let (act, annex) = (act(locale, act_id), annex.as_deref().unwrap_or_default());
    let words = [("act", Word::Text(&act)), ("annex", Word::Text(annex)), ("place", Word::Text(places))];
    words::with(locale, key, &words)
}

/// An act in words: its kind and number where the kind is known, else its number and year.
pub(crate) fn act(locale: Locale, id: &str) -> String {
    if let Some(known) = words::known(locale, &format!("act-{id}")) {
        return known.to_owned();
    }
    match id.split_once('-') {
        Some((number, year)) => {
            words::with(locale, "act", &[("number", Word::Text(number)), ("year", Word::Text(year))])
        }
        None => id.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_and_a_row_of_an_annex_are_cited_in_three_languages() {
        let cited = |written| [Locale::Kk, Locale::Ru, Locale::En].map(|locale| clauses(locale, written));
        assert_eq!(
            cited("58-2016:5.2"),
            ["№ 58 бұйрық, 5.2-тармақ", "приказ № 58, п. 5.2", "order No. 58, para. 5.2"]
        );
        assert_eq!(
            cited("58-2016:A.9.1"),
            [
                "№ 58 бұйрық, қосымша, 9.1-тармақ",
                "приказ № 58, приложение, п. 9.1",
                "order No. 58, annex, item 9.1"
            ]
        );
        assert_eq!(
            cited("10-2016:A1.2"),
            [
                "№ 10 бұйрық, 1-қосымша, 2-тармақ",
                "приказ № 10, приложение 1, п. 2",
                "order No. 10, annex 1, item 2"
            ]
        );
    }

    #[test]
    fn an_act_that_nobody_named_is_cited_by_number_and_year_and_rubbish_stays_as_it_is() {
        assert_eq!(clauses(Locale::Ru, "77-2031:4"), "№ 77 (2031 г.), п. 4");
        assert_eq!(clauses(Locale::Kk, "58-2016"), "№ 58 бұйрық", "an act without a place in it");
        assert_eq!(clauses(Locale::Kk, "no clause"), "no clause");
        assert_eq!(clauses(Locale::Kk, "no-2016"), "no-2016");
    }

    #[test]
    fn several_places_of_one_act_name_it_once() {
        assert_eq!(
            clauses(Locale::Kk, "10-2016:5.1, 10-2016:5.8, 58-2016:7"),
            "№ 10 бұйрық, 5.1, 5.8-тармақ; № 58 бұйрық, 7-тармақ"
        );
    }
}
