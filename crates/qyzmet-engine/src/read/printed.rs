//! Reads cells of an action table as an act prints them: terms as ranges, and dashes and blanks where something is missing.

use std::fmt;

use qyzmet_domain::Term;

use super::Fields;
use crate::finding::FindingKind;

/// What stands in a cell that says nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// A dash.
    Dash,
    /// Nothing.
    Blank,
    /// The beginning of a range, and then nothing.
    CutOff(String),
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dash => f.write_str("a dash stands there"),
            Self::Blank => f.write_str("nothing stands there"),
            Self::CutOff(text) => write!(f, "“{text}” is cut off"),
        }
    }
}

/// The cell "term": the longest time allowed is the term, a shorter one before it is kept for print.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TermCell {
    pub(crate) least: Option<Term>,
    pub(crate) limit: Option<Term>,
    pub(crate) gap: Option<Gap>,
}

const DASHES: [char; 3] = ['-', '–', '—'];

/// Reads the text of a cell that may say nothing.
pub(super) fn gap(text: &str) -> Option<Gap> {
    match text.trim() {
        "" => Some(Gap::Blank),
        text if text.chars().all(|c| DASHES.contains(&c)) => Some(Gap::Dash),
        text if text.ends_with(DASHES) => Some(Gap::CutOff(text.to_owned())),
        _ => None,
    }
}

/// `term = "15 s"`, `term = "30 s – 1 min"`, a cell without a term, or no such key.
pub(super) fn term(fields: &Fields<'_>) -> Option<TermCell> {
    if !fields.has("term") {
        return Some(TermCell::default());
    }
    let text = fields.text_for::<Term>("term")?;
    if let Some(gap) = gap(&text) {
        return Some(TermCell { gap: Some(gap), ..TermCell::default() });
    }
    let Some((least, most)) = DASHES.iter().find_map(|dash| text.split_once(&format!(" {dash} "))) else {
        return Some(TermCell { limit: Some(fields.parsed("term")?), ..TermCell::default() });
    };
    match (least.parse(), most.parse()) {
        (Ok(least), Ok(most)) => Some(TermCell { least: Some(least), limit: Some(most), gap: None }),
        (Err(why), _) | (_, Err(why)) => {
            let words = format!("`term = \"{text}\"`: {why}; of a range both ends are terms");
            fields.report(&fields.place_of("term"), FindingKind::BadValue, words);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_say_nothing_are_known_from_terms() {
        assert_eq!(gap(" – "), Some(Gap::Dash));
        assert_eq!(gap(""), Some(Gap::Blank));
        assert_eq!(gap("30 s –"), Some(Gap::CutOff("30 s –".to_owned())));
        assert_eq!(gap("15 s"), None);
        assert_eq!(gap("30 s – 1 min"), None);
    }
}
