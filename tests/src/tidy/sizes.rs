//! Budgets of files and functions (style 3.13): what separates pleasant from tiring is the tail.

use syn::{spanned::Spanned, visit::Visit};

use super::{Finding, Source};

const FILE_LONGEST: usize = 600;
const FILE_P90: usize = 300;
const FILE_MEDIAN: usize = 130;
const FUNCTION_LONGEST: usize = 80;
const FUNCTION_P90: usize = 30;
const PARAMETERS: usize = 6;
/// Below this number of files the percentiles say nothing.
const ENOUGH: usize = 20;

/// Names each file and function over its budget, and the percentiles when the whole drifts.
pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let mut findings: Vec<Finding> = sources.iter().flat_map(one).collect();
    let (files, functions) = measure(sources);
    let drift = [
        ("median file", percentile(&files, 50), FILE_MEDIAN),
        ("90th percentile of files", percentile(&files, 90), FILE_P90),
        ("90th percentile of functions", percentile(&functions, 90), FUNCTION_P90),
    ];
    for (what, found, budget) in drift {
        if files.len() >= ENOUGH && found > budget {
            let message = format!("{what} has {found} lines, the budget is {budget}: split by meaning");
            findings.push(Finding { file: "crates".to_owned(), line: 1, message });
        }
    }
    findings
}

/// One line of figures for the report.
pub(super) fn summary(sources: &[Source]) -> String {
    let (files, functions) = measure(sources);
    let figures = |of: &[usize]| {
        let last = of.last().copied().unwrap_or(0);
        format!("{} / {} / {last}", percentile(of, 50), percentile(of, 90))
    };
    format!(
        "sizes (median / p90 / longest, product code): {} files {} lines, {} functions {} lines",
        files.len(),
        figures(&files),
        functions.len(),
        figures(&functions)
    )
}

fn one(source: &Source) -> Vec<Finding> {
    let counted = ["rs", "html", "ts", "js", "mjs", "scss", "sql"].iter().any(|ending| source.is(ending));
    let lines = source.text.lines().count();
    let mut findings = Vec::new();
    if counted && lines > FILE_LONGEST {
        findings.push(Finding::new(
            source,
            1,
            format!("{lines} lines, at most {FILE_LONGEST}: split by meaning"),
        ));
    }
    for function in functions(source) {
        let Function { name, line, lines, parameters } = function;
        if lines > FUNCTION_LONGEST {
            findings.push(Finding::new(
                source,
                line,
                format!("{name} has {lines} lines, at most {FUNCTION_LONGEST}"),
            ));
        }
        if parameters > PARAMETERS {
            let message = format!("{name} takes {parameters} parameters, at most {PARAMETERS}");
            findings.push(Finding::new(source, line, message));
        }
    }
    findings
}

/// Sorted lengths of the product's files (without their test module) and functions.
fn measure(sources: &[Source]) -> (Vec<usize>, Vec<usize>) {
    let product = || sources.iter().filter(|source| source.is_product());
    let mut files: Vec<usize> = product().map(product_lines).collect();
    let mut functions: Vec<usize> = product().flat_map(functions).map(|function| function.lines).collect();
    files.sort_unstable();
    functions.sort_unstable();
    (files, functions)
}

fn product_lines(source: &Source) -> usize {
    let whole = source.text.lines().count();
    let Some(tree) = &source.tree else { return whole };
    let tests: usize = tree.items.iter().filter(|item| is_test_module(item)).map(lines_of).sum();
    whole.saturating_sub(tests)
}

fn is_test_module(item: &syn::Item) -> bool {
    matches!(item, syn::Item::Mod(module) if is_for_tests(&module.attrs))
}

/// Whether an item is compiled for tests only.
pub(super) fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let syn::Meta::List(list) = &attribute.meta else { return false };
        attribute.path().is_ident("cfg") && list.tokens.to_string().contains("test")
    })
}

fn lines_of(spanned: &impl Spanned) -> usize {
    let span = spanned.span();
    span.end().line + 1 - span.start().line
}

fn percentile(sorted: &[usize], percent: usize) -> usize {
    sorted.get(sorted.len().saturating_sub(1) * percent / 100).copied().unwrap_or(0)
}

struct Function {
    name: String,
    line: usize,
    lines: usize,
    parameters: usize,
}

fn functions(source: &Source) -> Vec<Function> {
    let mut visitor = Functions(Vec::new());
    if let Some(tree) = &source.tree {
        visitor.visit_file(tree);
    }
    visitor.0
}

/// Collects functions outside test modules; nested ones count on their own too.
struct Functions(Vec<Function>);

impl Functions {
    fn note(&mut self, signature: &syn::Signature, block: &syn::Block) {
        self.0.push(Function {
            name: signature.ident.to_string(),
            line: signature.ident.span().start().line,
            lines: lines_of(block),
            parameters: signature.inputs.iter().filter(|input| matches!(input, syn::FnArg::Typed(_))).count(),
        });
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !is_for_tests(&module.attrs) {
            syn::visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.note(&function.sig, &function.block);
        syn::visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.note(&function.sig, &function.block);
        syn::visit::visit_impl_item_fn(self, function);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_and_a_long_function_are_found() {
        let text = format!("//! Long.\nfn long() {{\n{}}}\n", "    work();\n".repeat(650));
        let findings = check(&[Source::new("crates/qyzmet-app/src/long.rs", text)]);
        assert_eq!(findings.len(), 2);
        assert_eq!(findings[1].message, "long has 652 lines, at most 80");
    }

    #[test]
    fn seven_parameters_are_one_too_many() {
        let text = "//! Wide.\nfn wide(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8) {}\n";
        assert_eq!(check(&[Source::new("crates/qyzmet-app/src/wide.rs", text)]).len(), 1);
    }

    #[test]
    fn a_test_module_does_not_count_as_product() {
        let text = "//! Short.\nfn short() {}\n#[cfg(test)]\nmod tests {\n    fn helper() {}\n}\n";
        let source = Source::new("crates/qyzmet-app/src/short.rs", text);
        assert_eq!(product_lines(&source), 2);
        assert_eq!(functions(&source).len(), 1);
    }
}
