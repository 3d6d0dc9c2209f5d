//! Folders of invented services, which stories need and no catalogue offers: their own tables over the words of the first one.

use std::collections::BTreeMap;

use super::service_files;

/// A folder below `tests/all/stories` with table, form, passport and words, laid over the service of the repository.
pub(crate) fn invented(place: &str) -> BTreeMap<String, Vec<u8>> {
    let own = xtask::repository::root().join("tests/all/stories").join(place);
    let read = |name: &str| std::fs::read_to_string(own.join(name)).expect("a file of the service");
    let mut files = service_files();
    files.retain(|name, _| !name.starts_with("examples/"));
    for name in ["service.toml", "process.toml", "form.toml"] {
        files.insert(name.to_owned(), read(name).into_bytes());
    }
    let over: toml::Table = read("text.toml").parse().expect("words");
    for (locale, words) in over {
        let name = format!("text.{locale}.toml");
        let under = String::from_utf8(files[&name].clone()).expect("text");
        let mut under: toml::Table = under.parse().expect("words");
        lay(&mut under, words.as_table().expect("a table"));
        files.insert(name, toml::to_string(&under).expect("words").into_bytes());
    }
    files
}

/// Puts words over others.
fn lay(under: &mut toml::Table, over: &toml::Table) {
    for (key, value) in over {
        match (under.get_mut(key).and_then(toml::Value::as_table_mut), value.as_table()) {
            (Some(under), Some(over)) => lay(under, over),
            _ => drop(under.insert(key.clone(), value.clone())),
        }
    }
}
