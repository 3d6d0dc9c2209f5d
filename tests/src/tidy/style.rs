//! How a file opens, and what must not stand in a comment.

use super::{Finding, Source};

const MARKERS: [&str; 4] = ["TODO", "FIXME", "XXX", "HACK"];

/// Names files without an opening sentence, markers of unfinished work, and code left in comments.
pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    sources.iter().flat_map(|source| opening(source).into_iter().chain(comments(source))).collect()
}

fn opening(source: &Source) -> Option<Finding> {
    let opens = source.text.lines().next().is_some_and(|line| line.starts_with("//! "));
    (source.is("rs") && !opens).then(|| {
        Finding::new(source, 1, "the file does not open with a `//!` sentence saying what it is for")
    })
}

fn comments(source: &Source) -> Vec<Finding> {
    let is_code = ["rs", "ts", "js", "mjs", "scss", "sql"].iter().any(|ending| source.is(ending));
    if !is_code {
        return Vec::new();
    }
    let mark = if source.is("sql") { "--" } else { "//" };
    let mut findings = Vec::new();
    for (index, line) in source.text.lines().enumerate() {
        let Some(comment) = line.trim_start().strip_prefix(mark) else { continue };
        if let Some(marker) = MARKERS.iter().find(|marker| has_word(comment, marker)) {
            findings.push(Finding::new(source, index + 1, format!("{marker}: finish it or write an issue")));
        }
        if is_plain(comment) && looks_like_code(comment.trim()) {
            findings.push(Finding::new(source, index + 1, "code in a comment: remove it, git remembers it"));
        }
    }
    findings
}

/// A plain comment, neither documentation nor a ruler.
fn is_plain(comment: &str) -> bool {
    comment.starts_with(' ')
}

fn has_word(comment: &str, word: &str) -> bool {
    comment.split(|letter: char| !letter.is_alphanumeric()).any(|found| found == word)
}

fn looks_like_code(comment: &str) -> bool {
    let ends =
        comment.ends_with(';') || comment.ends_with(" {") || comment == "}" || comment.ends_with("();");
    let starts = ["let ", "fn ", "use ", "pub ", "if ", "return ", "const ", "impl ", "} "].iter();
    comment == "}"
        || (ends
            && (comment.contains('(')
                || comment.contains('=')
                || starts.clone().any(|word| comment.starts_with(word))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(text: &str) -> Vec<String> {
        check(&[Source::new("crates/qyzmet-app/src/a.rs", text)])
            .into_iter()
            .map(|finding| finding.message)
            .collect()
    }

    #[test]
    fn a_file_must_say_what_it_is_for() {
        assert_eq!(messages("use std::fs;\n").len(), 1);
        assert!(messages("//! Reads files.\n").is_empty());
    }

    #[test]
    fn unfinished_work_is_an_issue_and_not_a_comment() {
        assert_eq!(messages(&format!("//! A.\n// {}: later\n", "TODO")).len(), 1);
    }

    #[test]
    fn code_in_a_comment_is_found_and_prose_is_not() {
        assert_eq!(messages("//! A.\n// let x = old(1);\n").len(), 1);
        assert!(messages("//! A.\n// The register answers late; we wait.\n").is_empty());
        assert!(messages("//! A.\n/// let x = example(1);\n").is_empty());
    }
}
