//! Compares the tables of one act with each other: the same action should have the same term everywhere.

use std::collections::BTreeMap;

use qyzmet_domain::{Locale, Term};

use crate::finding::{FindingKind, Severity};
use crate::process::Action;
use crate::texts::plain;
use crate::{Finding, Regulation};

/// Notes about actions of `regulation` that have another term in a table of `others`. An action whose author says why
/// its term is its own (`term-because`) is left alone. Tables of other acts are not compared.
#[must_use]
pub fn compare(regulation: &Regulation, others: &[Regulation]) -> Vec<Finding> {
    let same_act = |other: &&Regulation| other.service.act == regulation.service.act;
    let mut terms: BTreeMap<String, Vec<(&Regulation, u32, Term)>> = BTreeMap::new();
    for other in others.iter().filter(same_act).filter(|other| other.id() != regulation.id()) {
        for (action, words, term) in timed(other) {
            terms.entry(words).or_default().push((other, action.number, term));
        }
    }
    let own = timed(regulation).filter(|(action, ..)| action.term_because.is_none());
    own.filter_map(|(action, words, term)| {
        let found = terms.get(&words)?.iter().filter(|(_, _, other)| *other != term);
        let found: Vec<_> = found.map(|(other, number, term)| place(other, *number, *term)).collect();
        (!found.is_empty()).then(|| note(action, term, &found.join(", ")))
    })
    .collect()
}

/// Actions with a term, by their words in Kazakh.
fn timed(regulation: &Regulation) -> impl Iterator<Item = (&Action, String, Term)> {
    regulation.process.actions.iter().filter_map(|action| {
        let words = regulation.action_words(Locale::Kk, action.number)?;
        Some((action, plain(words), action.term?))
    })
}

fn place(regulation: &Regulation, number: u32, term: Term) -> String {
    format!("{term} in action {number} of {}", regulation.id())
}

fn note(action: &Action, term: Term, others: &str) -> Finding {
    let words = format!(
        "action {} has the term {term}, and the same action has {others}; if that is meant, `term-because` names a text \
         that says why",
        action.number
    );
    action.place.finding(Severity::Note, FindingKind::TermDiffers, words).about(action.number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::edited;
    use crate::{Folder, read, read_draft};

    const TERM: &str = "term       = \"1.5 min\"";

    /// The showcase under another name, with another term of action 4.
    fn neighbour(term: &str) -> Regulation {
        let mut folder = edited("process.toml", TERM, term);
        let passport = String::from_utf8(folder.0["service.toml"].clone()).unwrap();
        let passport = passport.replacen("subscriber-number-link", "another-service", 1);
        folder.0.insert("service.toml".to_owned(), passport.into_bytes());
        read_draft(&folder).unwrap()
    }

    fn regulation(folder: &Folder) -> Regulation {
        read(folder).unwrap()
    }

    #[test]
    fn the_same_action_with_another_term_is_a_note() {
        let own = regulation(&edited("process.toml", TERM, TERM));
        let notes = compare(&own, &[neighbour("term = \"2 min\""), neighbour(TERM)]);
        assert_eq!(notes.len(), 1);
        assert_eq!((notes[0].severity, notes[0].action), (Severity::Note, Some(4)));
        assert!(notes[0].message.contains("2 min in action 4 of another-service"), "{}", notes[0].message);
        assert!(compare(&own, std::slice::from_ref(&own)).is_empty(), "nothing is compared with itself");
    }

    #[test]
    fn a_term_whose_author_says_why_is_left_alone() {
        let said = format!("{TERM}\nterm-because = \"risk\"");
        let own = regulation(&edited("process.toml", TERM, &said));
        assert!(compare(&own, &[neighbour("term = \"2 min\"")]).is_empty());
        let nothing = format!("{TERM}\nterm-because = \"nothing\"");
        let findings = read(&edited("process.toml", TERM, &nothing)).unwrap_err();
        assert!(findings.iter().all(|finding| finding.kind == FindingKind::MissingText), "{findings:?}");
    }
}
