//! Which test proves which requirement: the ids come from `acts/*.toml`, the proofs from `/// [R58-5.2a]` above a test.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use syn::visit::Visit;

use super::{Finding, Source};

/// What the acts ask of people and not of software.
const OUTSIDE: &str = "out-of-scope";

/// A requirement: its kind as the act's file says it (`rule`, `term`, `process`, ...) and the tests that name it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proved {
    /// Word of the kind.
    pub kind: String,
    /// Tests, as `path::name`.
    pub tests: BTreeSet<String>,
}

/// Requirements by id.
#[derive(Clone, Debug, Default)]
pub struct Matrix(pub BTreeMap<String, Proved>);

impl Matrix {
    /// Code may cite a whole paragraph, `[R10-5]` for all of `R10-5.1` and on; a test proves one requirement.
    fn knows(&self, mention: &Mention) -> bool {
        let whole = format!("{}.", mention.id);
        let cites = || self.0.range(whole.clone()..).next().is_some_and(|(id, _)| id.starts_with(&whole));
        self.0.contains_key(&mention.id) || (mention.test.is_none() && cites())
    }
}

/// A place that names a requirement.
struct Mention {
    id: String,
    line: usize,
    test: Option<String>,
}

/// Reads the ids of the acts and the tests that claim to prove them.
pub(super) fn matrix(sources: &[Source]) -> Matrix {
    let mut matrix = Matrix::default();
    for source in sources.iter().filter(|source| source.path.starts_with("acts/") && source.is("toml")) {
        for (id, kind) in ids_of_act(source) {
            matrix.0.entry(id).or_default().kind = kind;
        }
    }
    for source in sources {
        for mention in mentions(source) {
            if let (Some(test), Some(proved)) = (mention.test, matrix.0.get_mut(&mention.id)) {
                proved.tests.insert(format!("{}::{test}", source.path));
            }
        }
    }
    matrix
}

/// Names each tag whose id no act knows: a typing error, or a clause that is missing.
pub(super) fn check(sources: &[Source], matrix: &Matrix) -> Vec<Finding> {
    if matrix.0.is_empty() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for source in sources {
        for mention in mentions(source).into_iter().filter(|mention| !matrix.knows(mention)) {
            let message = format!("[{}] is in no act of acts/", mention.id);
            findings.push(Finding::new(source, mention.line, message));
        }
    }
    findings
}

/// `[[clause]] requirements = ["R58-5.2a", ...]`, or a table `{ id, kind }` per requirement.
fn ids_of_act(source: &Source) -> Vec<(String, String)> {
    let Ok(act) = source.text.parse::<toml::Table>() else { return Vec::new() };
    let whole = ids_of_clause(&toml::Value::Table(act.clone()));
    let clauses = act.get("clause").and_then(toml::Value::as_array).into_iter().flatten();
    whole.into_iter().chain(clauses.flat_map(ids_of_clause)).collect()
}

fn ids_of_clause(clause: &toml::Value) -> Vec<(String, String)> {
    let text = |value: &toml::Value, key: &str| {
        value.get(key).and_then(toml::Value::as_str).unwrap_or("").to_owned()
    };
    let common = text(clause, "kind");
    let requirements = clause.get("requirements").and_then(toml::Value::as_array).into_iter().flatten();
    requirements
        .map(|requirement| match requirement.as_str() {
            Some(id) => (id.to_owned(), common.clone()),
            None => (text(requirement, "id"), text(requirement, "kind")),
        })
        .collect()
}

fn mentions(source: &Source) -> Vec<Mention> {
    if source.path.starts_with("tests/src/tidy/") {
        return Vec::new();
    }
    match &source.tree {
        Some(tree) => {
            let mut visitor = Docs(Vec::new());
            visitor.visit_file(tree);
            visitor.0
        }
        None if source.is("ts") || source.is("mjs") => of_script(source),
        None => Vec::new(),
    }
}

/// In scripts the tag stands in the name of the test itself.
fn of_script(source: &Source) -> Vec<Mention> {
    let tests = source.text.lines().enumerate().filter(|(_, line)| line.trim_start().starts_with("test("));
    tests
        .flat_map(|(index, line)| {
            let test = line.trim().to_owned();
            tags(line).into_iter().map(move |id| Mention { id, line: index + 1, test: Some(test.clone()) })
        })
        .collect()
}

struct Docs(Vec<Mention>);

impl Docs {
    fn note(&mut self, attributes: &[syn::Attribute], test: Option<&str>) {
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("doc")) {
            let syn::Meta::NameValue(pair) = &attribute.meta else { continue };
            let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &pair.value else { continue };
            let line = text.span().start().line;
            self.0.extend(tags(&text.value()).into_iter().map(|id| Mention {
                id,
                line,
                test: test.map(str::to_owned),
            }));
        }
    }
}

impl<'ast> Visit<'ast> for Docs {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        let name = function.sig.ident.to_string();
        let is_test = function
            .attrs
            .iter()
            .any(|attribute| attribute.path().segments.last().is_some_and(|last| last.ident == "test"));
        self.note(&function.attrs, is_test.then_some(name.as_str()));
        syn::visit::visit_block(self, &function.block);
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        self.note(std::slice::from_ref(attribute), None);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        if call.path.is_ident("proptest") {
            self.0.extend(of_generated(&call.tokens.to_string()));
        }
    }
}

/// Property tests stand inside a macro: the tag belongs to the next `fn`.
fn of_generated(tokens: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    for part in tokens.split("fn ").collect::<Vec<_>>().windows(2) {
        let name: String =
            part[1].chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
        found.extend(tags(part[0]).into_iter().map(|id| Mention { id, line: 1, test: Some(name.clone()) }));
    }
    found
}

/// Ids in brackets: `[R58-5.2a]`, also several in one pair, separated by commas.
fn tags(text: &str) -> Vec<String> {
    let inside = text.split('[').skip(1).filter_map(|rest| rest.split_once(']')).map(|(inside, _)| inside);
    inside
        .flat_map(|inside| inside.split(',').map(str::trim))
        .filter(|id| is_id(id))
        .map(str::to_owned)
        .collect()
}

/// `R`, the number of the act, a dash, the place.
fn is_id(text: &str) -> bool {
    let Some((act, place)) = text.strip_prefix('R').and_then(|rest| rest.split_once('-')) else {
        return false;
    };
    !act.is_empty()
        && act.bytes().all(|byte| byte.is_ascii_digit())
        && !place.is_empty()
        && !place.contains(' ')
}

impl fmt::Display for Matrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "requirements and their tests")?;
        for (id, proved) in self.0.iter().filter(|(_, proved)| !proved.tests.is_empty()) {
            let tests: Vec<&str> = proved.tests.iter().map(String::as_str).collect();
            writeln!(f, "  {id:<14} {:<10} {}", proved.kind, tests.join(", "))?;
        }
        let mut acts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (id, proved) in self.0.iter().filter(|(_, proved)| proved.kind != OUTSIDE) {
            let counts = acts.entry(id.split_once('-').map_or(id.as_str(), |(act, _)| act)).or_default();
            counts.0 += usize::from(!proved.tests.is_empty());
            counts.1 += 1;
        }
        for (act, (proved, all)) in acts {
            writeln!(f, "  {act}: {proved} of {all} requirements are named by a test")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACT: &str =
        "[[clause]]\nid = \"58-2016:5.2\"\nkind = \"F\"\nrequirements = [\"R58-5.2a\", \"R58-5.2b\"]\n";

    fn house(test: &str) -> Vec<Source> {
        vec![Source::new("acts/58-2016.toml", ACT), Source::new("crates/qyzmet-app/src/a.rs", test)]
    }

    #[test]
    fn a_test_is_entered_under_the_requirement_that_it_names() {
        let sources = house("//! A.\n/// [R58-5.2a, R58-5.2b]\n#[tokio::test]\nasync fn links() {}\n");
        let matrix = matrix(&sources);
        assert_eq!(matrix.0["R58-5.2b"].tests.iter().next().unwrap(), "crates/qyzmet-app/src/a.rs::links");
        assert!(check(&sources, &matrix).is_empty());
    }

    #[test]
    fn an_id_that_no_act_knows_is_found() {
        let sources = house("//! A.\n/// Serves [R58-5.9].\nfn serve() {}\n");
        assert_eq!(check(&sources, &matrix(&sources)).len(), 1);
    }

    #[test]
    fn code_may_cite_a_paragraph_and_a_test_may_not() {
        let sources = house("//! Of a paragraph [R58-5].\nfn serve() {}\n");
        assert!(check(&sources, &matrix(&sources)).is_empty());
        let sources = house("//! A.\n/// [R58-5]\n#[test]\nfn serves() {}\n");
        assert_eq!(check(&sources, &matrix(&sources)).len(), 1);
    }

    #[test]
    fn a_function_that_is_no_test_proves_nothing() {
        let sources = house("//! A.\n/// Serves [R58-5.2a].\nfn serve() {}\n");
        assert!(matrix(&sources).0["R58-5.2a"].tests.is_empty());
    }

    #[test]
    fn a_property_test_counts() {
        let sources = house("//! A.\nproptest! {\n/// [R58-5.2a]\n#[test]\nfn holds(a in 0..1) {}\n}\n");
        assert_eq!(matrix(&sources).0["R58-5.2a"].tests.len(), 1);
    }

    #[test]
    fn links_in_documentation_are_not_ids() {
        assert!(tags("see [`Request`] and [RFC 9162] and [R1]").is_empty());
    }
}
