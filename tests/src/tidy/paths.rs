//! A path that the documents name must exist, so that the map stays true.

use super::{Finding, Source};

const TOPS: [&str; 10] =
    ["acts/", "services/", "locales/", "web/", "config/", "crates/", "tests/", "xtask/", "docs/", ".ci/"];

/// Looks up each path in backquotes and each relative link of the Markdown files.
pub(super) fn check(sources: &[Source], exists: impl Fn(&str) -> bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources.iter().filter(|source| source.is("md")) {
        for (index, line) in source.text.lines().enumerate() {
            for path in quoted(line).chain(linked(source, line)) {
                if !exists(&path) {
                    findings.push(Finding::new(source, index + 1, format!("{path} does not exist")));
                }
            }
        }
    }
    findings
}

/// `crates/...` in backquotes; a pattern with `<`, `*` or `{` is words, not a path.
fn quoted(line: &str) -> impl Iterator<Item = String> + '_ {
    line.split('`').skip(1).step_by(2).filter_map(|text| {
        let path = text.split(['#', ':']).next().unwrap_or(text).trim_end_matches('/');
        let is_path =
            TOPS.iter().any(|top| text.starts_with(top)) && !text.contains(['<', '*', '{', ' ', '…']);
        is_path.then(|| path.to_owned())
    })
}

/// Targets of links, resolved against the folder of the document.
fn linked<'a>(source: &'a Source, line: &'a str) -> impl Iterator<Item = String> + 'a {
    let folder = source.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    line.split("](").skip(1).filter_map(move |rest| {
        let target = rest.split([')', '#']).next().unwrap_or("");
        let elsewhere = target.is_empty() || target.contains("://") || target.starts_with("mailto:");
        (!elsewhere).then(|| resolve(folder, target))
    })
}

fn resolve(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing(path: &str, text: &str) -> Vec<String> {
        let findings = check(&[Source::new(path, text)], |path| path == "docs/glossary.md");
        findings.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn a_dead_path_and_a_dead_link_are_found() {
        assert_eq!(
            missing("README.md", "see `crates/gone/src/lib.rs`"),
            ["crates/gone/src/lib.rs does not exist"]
        );
        assert_eq!(missing("docs/how-to/a.md", "[b](../gone.md#part)"), ["docs/gone.md does not exist"]);
    }

    #[test]
    fn what_exists_or_is_a_pattern_is_left_alone() {
        assert!(
            missing("docs/how-to/a.md", "[b](../glossary.md) `services/<id>/x.toml` https://a.kz").is_empty()
        );
    }
}
