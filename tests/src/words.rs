//! Invented services take most of their words from a real one; theirs are laid over those.

use std::{collections::BTreeMap, fs, io, path::Path};

/// The files of an invented service: its own three tables, and its words (`text.toml`, one table per language) over those of
/// the service in the other folder. Examples of that one are left out.
///
/// # Errors
/// When a file cannot be read or is not what it should be.
pub fn over(real: &Path, invented: &Path) -> io::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(real)?.flatten().filter(|entry| entry.path().is_file()) {
        files.insert(entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path())?);
    }
    for name in ["service.toml", "process.toml", "form.toml"] {
        files.insert(name.to_owned(), fs::read(invented.join(name))?);
    }
    for (locale, words) in table(&fs::read(invented.join("text.toml"))?)? {
        let name = format!("text.{locale}.toml");
        let mut under = table(files.get(&name).map_or(&[], Vec::as_slice))?;
        lay(&mut under, words.as_table().unwrap_or(&toml::Table::new()));
        files.insert(name, toml::to_string(&under).map_err(io::Error::other)?.into_bytes());
    }
    Ok(files)
}

fn table(bytes: &[u8]) -> io::Result<toml::Table> {
    toml::from_slice(bytes).map_err(io::Error::other)
}

fn lay(under: &mut toml::Table, over: &toml::Table) {
    for (key, value) in over {
        match (under.get_mut(key).and_then(toml::Value::as_table_mut), value.as_table()) {
            (Some(under), Some(over)) => lay(under, over),
            _ => drop(under.insert(key.clone(), value.clone())),
        }
    }
}
