//! Where SQL, HTML, names of services and words for people may stand (invariants 3, 4 and 7).

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::Visit;

use super::{Finding, Source, sizes::is_for_tests};

/// A string literal of the product.
struct Literal {
    line: usize,
    text: String,
}

/// A kind of text that has one home.
struct Rule {
    /// Crates, or parts of paths, where it may stand.
    homes: &'static [&'static str],
    holds: fn(&str) -> bool,
    message: &'static str,
}

const RULES: [Rule; 4] = [
    Rule { homes: &["crates/qyzmet-store/"], holds: is_sql, message: "SQL stands only in qyzmet-store" },
    Rule {
        homes: &["crates/qyzmet-web/", "/simulat"],
        holds: is_html,
        message: "HTML stands only in qyzmet-web and in the pages of simulators",
    },
    Rule {
        homes: &["crates/qyzmet/", "crates/qyzmet-app/src/demo", "/simulat"],
        holds: |text| text.contains("subscriber-number-link"),
        message: "no code names a particular service",
    },
    Rule {
        homes: &["/simulat", "/demo", "/people/"],
        holds: is_words,
        message: "words for people stand in locales/, services/ and acts/, never in code",
    },
];

/// Looks through every string literal outside tests.
pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources.iter().filter(|source| source.is_product()) {
        for literal in literals(source) {
            for rule in &RULES {
                let at_home = rule.homes.iter().any(|home| source.path.contains(home));
                if !at_home && (rule.holds)(&literal.text) {
                    findings.push(Finding::new(source, literal.line, rule.message));
                }
            }
        }
    }
    findings
}

fn is_sql(text: &str) -> bool {
    let text = text.trim_start();
    let both = |start: &str, then: &str| text.starts_with(start) && text.contains(then);
    both("SELECT ", " FROM ")
        || both("UPDATE ", " SET ")
        || ["INSERT INTO ", "DELETE FROM ", "CREATE TABLE ", "ALTER TABLE ", "PRAGMA "]
            .iter()
            .any(|start| text.starts_with(start))
}

fn is_html(text: &str) -> bool {
    ["<html", "<div", "</div>", "<span", "<form", "<p>", "</p>", "<table", "<a href"]
        .iter()
        .any(|tag| text.contains(tag))
}

/// Each language names itself, on every page and in every language.
const LANGUAGES: [&str; 2] = ["Қазақша", "Русский"];

/// Two Cyrillic letters in a row make a word; a single one may be a letter that a rule speaks about.
fn is_words(text: &str) -> bool {
    if LANGUAGES.contains(&text) {
        return false;
    }
    let mut run = 0;
    for letter in text.chars() {
        run = if ('\u{0400}'..='\u{04ff}').contains(&letter) { run + 1 } else { 0 };
        if run == 2 {
            return true;
        }
    }
    false
}

fn literals(source: &Source) -> Vec<Literal> {
    let mut visitor = Literals(Vec::new());
    if let Some(tree) = &source.tree {
        visitor.visit_file(tree);
    }
    visitor.0
}

struct Literals(Vec<Literal>);

impl Literals {
    fn tokens(&mut self, stream: TokenStream) {
        for token in stream {
            match token {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Literal(literal) => {
                    if let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string()) {
                        self.0.push(Literal { line: literal.span().start().line, text: text.value() });
                    }
                }
                _ => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Literals {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !is_for_tests(&module.attrs) {
            syn::visit::visit_item_mod(self, module);
        }
    }

    /// Attributes hold documentation and file names, not text of the product.
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    fn visit_lit_str(&mut self, literal: &'ast syn::LitStr) {
        self.0.push(Literal { line: literal.span().start().line, text: literal.value() });
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.tokens(call.tokens.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, literal: &str) -> usize {
        check(&[Source::new(path, format!("//! A.\nfn a() {{ b!({literal:?}) }}\n"))]).len()
    }

    #[test]
    fn sql_has_one_home() {
        assert_eq!(found("crates/qyzmet-app/src/a.rs", "SELECT id FROM account"), 1);
        assert_eq!(found("crates/qyzmet-store/src/a.rs", "SELECT id FROM account"), 0);
        assert_eq!(found("crates/qyzmet-app/src/a.rs", "select a service"), 0);
    }

    #[test]
    fn html_has_one_home() {
        assert_eq!(found("crates/qyzmet-app/src/a.rs", "<div>"), 1);
        assert_eq!(found("crates/qyzmet-web/src/a.rs", "<div>"), 0);
    }

    #[test]
    fn engine_and_web_name_no_service() {
        assert_eq!(found("crates/qyzmet-engine/src/a.rs", "subscriber-number-link"), 1);
    }

    #[test]
    fn words_for_people_stand_in_catalogues() {
        assert_eq!(found("crates/qyzmet-web/src/a.rs", "Қате код"), 1);
        assert_eq!(found("crates/qyzmet-domain/src/a.rs", "Ә"), 0);
    }

    #[test]
    fn a_test_may_say_anything() {
        let text = "//! A.\n#[cfg(test)]\nmod tests { const A: &str = \"Қате\"; }\n";
        assert!(check(&[Source::new("crates/qyzmet-web/src/a.rs", text)]).is_empty());
    }
}
