//! Who may use whom, read from the manifests (design: dependencies point inwards).

use super::{Finding, Source};

/// Crate, and the crates of ours that it may name. What is not listed here is forbidden.
const ALLOWED: [(&str, &[&str]); 12] = [
    ("qyzmet-domain", &[]),
    ("qyzmet-pki", &[]),
    ("qyzmet-print", &[]),
    ("qyzmet-engine", &["qyzmet-domain"]),
    ("qyzmet-store", &["qyzmet-domain", "qyzmet-engine"]),
    ("qyzmet-app", &["qyzmet-domain", "qyzmet-engine", "qyzmet-pki", "qyzmet-print", "qyzmet-store"]),
    ("qyzmet-connectors", &["qyzmet-app", "qyzmet-domain", "qyzmet-engine", "qyzmet-pki"]),
    ("qyzmet-web", &["qyzmet-app", "qyzmet-domain", "qyzmet-engine", "qyzmet-pki"]),
    ("qyzmet", &["*"]),
    ("tests", &["*"]),
    ("xtask", &[]),
    // Outside the workspace: it needs another compiler.
    ("fuzz", &["qyzmet-app", "qyzmet-pki", "qyzmet-store"]),
];

/// Reads every manifest of a crate and names each arrow that points the wrong way.
pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    sources
        .iter()
        .filter(|source| source.path.ends_with("/Cargo.toml") && !source.path.starts_with("web/"))
        .flat_map(manifest)
        .collect()
}

fn manifest(source: &Source) -> Vec<Finding> {
    let owner = source.owner();
    let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == owner) else {
        let message =
            format!("crate {owner} is not in the table of directions: a crate needs an issue of its own");
        return vec![Finding::new(source, 1, message)];
    };
    used(source)
        .into_iter()
        .filter(|name| !allowed.contains(&"*") && name != owner && !allowed.contains(&name.as_str()))
        .map(|name| Finding::new(source, line_of(source, &name), format!("{owner} must not use {name}")))
        .collect()
}

/// Crates of ours named in any table of dependencies, also for development and by target.
fn used(source: &Source) -> Vec<String> {
    let Ok(manifest) = source.text.parse::<toml::Table>() else { return Vec::new() };
    ["dependencies", "dev-dependencies", "build-dependencies"]
        .into_iter()
        .filter_map(|table| manifest.get(table)?.as_table())
        .flat_map(toml::Table::keys)
        .filter(|name| *name == "qyzmet" || name.starts_with("qyzmet-"))
        .cloned()
        .collect()
}

fn line_of(source: &Source, name: &str) -> usize {
    source.text.lines().position(|line| line.starts_with(name)).map_or(1, |index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<Finding> {
        check(&[Source::new(path, text)])
    }

    #[test]
    fn an_arrow_that_points_outwards_is_found_with_its_line() {
        let text = "[dependencies]\nserde = \"1\"\nqyzmet-store.workspace = true\n";
        let findings = found("crates/qyzmet-web/Cargo.toml", text);
        assert_eq!(findings.len(), 1);
        assert_eq!(
            (findings[0].line, findings[0].message.as_str()),
            (3, "qyzmet-web must not use qyzmet-store")
        );
    }

    #[test]
    fn a_dependency_for_tests_points_inwards_too() {
        let text = "[dev-dependencies]\nqyzmet-app = { path = \"../qyzmet-app\" }\n";
        assert_eq!(found("crates/qyzmet-domain/Cargo.toml", text).len(), 1);
    }

    #[test]
    fn an_arrow_that_points_inwards_is_left_alone() {
        assert!(
            found("crates/qyzmet-engine/Cargo.toml", "[dependencies]\nqyzmet-domain.workspace = true\n")
                .is_empty()
        );
    }

    #[test]
    fn a_new_crate_is_noticed() {
        assert_eq!(found("crates/qyzmet-utils/Cargo.toml", "[dependencies]\n").len(), 1);
    }
}
