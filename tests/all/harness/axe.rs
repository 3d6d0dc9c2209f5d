//! axe-core on the page as it stands.

use std::fs;

use fantoccini::Client;
use xtask::repository;

const RUN: &str = r"
    const done = arguments[arguments.length - 1];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }).then(
        found => done(found.violations.map(one => one.id + ': ' + one.help + ' ' + one.nodes.map(node => node.target.join(' ')).join(', '))),
        fault => done(['axe itself failed: ' + fault]));";

/// Fails when axe finds a violation.
pub(super) async fn check(client: &Client, place: &str) {
    let file = repository::root().join("web/node_modules/axe-core/axe.min.js");
    let axe = fs::read_to_string(&file)
        .unwrap_or_else(|_| panic!("{} is missing: cargo xtask assets", file.display()));
    client.execute(&axe, Vec::new()).await.expect("axe is loaded");
    let found = client.execute_async(RUN, Vec::new()).await.expect("axe runs");
    let found: Vec<String> = found.as_array().into_iter().flatten().map(ToString::to_string).collect();
    assert!(found.is_empty(), "axe on {place}:\n{}", found.join("\n"));
}
