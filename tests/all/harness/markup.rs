//! The Nu Html Checker over pages as the server sent them.

use std::{fs, path::Path, process::Command};

use xtask::{assets, repository, shell, walk::client::Page};

/// Fails when a page is not valid HTML.
pub(crate) fn validate(pages: &[Page]) {
    let tools = repository::root().join("tests/tools");
    assets::install(&tools).expect("npm installs the checker");
    let folder = tempfile::tempdir().expect("a folder");
    for (index, page) in pages.iter().filter(|page| page.kind.starts_with("text/html")).enumerate() {
        let file = folder.path().join(format!("{index:03}.html"));
        fs::write(file, &page.bytes).expect("a page is kept");
    }
    let said = check(&tools, folder.path());
    assert!(said.is_empty(), "{}", explain(&said, pages));
}

fn check(tools: &Path, folder: &Path) -> String {
    let mut command = Command::new("java");
    command.arg("-jar").arg(tools.join("node_modules/vnu-jar/build/dist/vnu.jar"));
    command.args(["--errors-only", "--stdout", "--exit-zero-always", "--skip-non-html"]).arg(folder);
    String::from_utf8_lossy(&shell::output(&mut command).expect("the checker runs")).into_owned()
}

/// The checker's lines, with the places that the numbers of the files stand for.
fn explain(said: &str, pages: &[Page]) -> String {
    let html = pages.iter().filter(|page| page.kind.starts_with("text/html"));
    let places: Vec<String> =
        html.enumerate().map(|(index, page)| format!("{index:03}.html = {}", page.at)).collect();
    format!("{said}\n{}", places.join("\n"))
}
