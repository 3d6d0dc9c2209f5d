//! Reading the configuration: file first, then variables such as `QYZMET_STORE__PATH`.

use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::Config;

/// Why the configuration cannot be used; the text names file, line and key.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {path}: {cause}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// Not TOML, an unknown key, or a value of the wrong kind.
    #[error("{path}: {cause}")]
    Wrong {
        /// Which file.
        path: PathBuf,
        /// What and where.
        cause: String,
    },
}

/// Reads a file and lays the environment over it.
///
/// # Errors
/// [`ConfigError`].
pub fn load(path: &Path) -> Result<Config, ConfigError> {
    let text = std::fs::read_to_string(path)
        .map_err(|cause| ConfigError::Unreadable { path: path.to_owned(), cause })?;
    let wrong =
        |cause: toml::de::Error| ConfigError::Wrong { path: path.to_owned(), cause: cause.to_string() };
    // Read once as it stands, so that a mistake is reported with its line.
    toml::from_str::<Config>(&text).map_err(wrong)?;
    parse(&text, std::env::vars()).map_err(wrong)
}

/// The configuration in a text with variables laid over it.
///
/// # Errors
/// Not TOML, an unknown key, or a value of the wrong kind.
pub fn parse(
    text: &str,
    variables: impl Iterator<Item = (String, String)>,
) -> Result<Config, toml::de::Error> {
    let mut table: Table = toml::from_str(text)?;
    for (name, value) in variables {
        if let Some(path) = name.strip_prefix("QYZMET_").filter(|rest| rest.contains("__")) {
            let path: Vec<String> =
                path.split("__").map(|part| part.to_lowercase().replace('_', "-")).collect();
            lay(&mut table, &path, read_value(&value));
        }
    }
    Value::Table(table).try_into()
}

/// Numbers, booleans and lists are read as such; everything else is text.
fn read_value(text: &str) -> Value {
    toml::from_str::<Table>(&format!("value = {text}"))
        .ok()
        .and_then(|mut table| table.remove("value"))
        .filter(|value| value.is_integer() || value.is_bool() || value.is_array())
        .unwrap_or_else(|| Value::String(text.to_owned()))
}

fn lay(table: &mut Table, path: &[String], value: Value) {
    match path {
        [] => {}
        [key] => {
            table.insert(key.clone(), value);
        }
        [section, rest @ ..] => {
            let inner = table.entry(section.clone()).or_insert_with(|| Value::Table(Table::new()));
            if let Value::Table(inner) = inner {
                lay(inner, rest, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(variables: &[(&str, &str)]) -> Result<Config, toml::de::Error> {
        parse("", variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn the_example_file_holds_every_option_with_its_default() {
        let example = include_str!("../../../../config/qyzmet.example.toml");
        let read: Config = toml::from_str(example).unwrap();
        assert_eq!(read, Config::default());
        let written = toml::Table::try_from(Config::default()).unwrap();
        let shown: toml::Table = toml::from_str(example).unwrap();
        for (section, options) in &written {
            for option in options.as_table().unwrap().keys() {
                assert!(
                    shown[section].as_table().unwrap().contains_key(option),
                    "{section}.{option} is not in the example"
                );
            }
        }
    }

    #[test]
    fn the_environment_overrides_the_file() {
        let config = with(&[("QYZMET_PORTAL__LISTEN", "0.0.0.0:80"), ("QYZMET_WORKER__SLOTS", "9")]).unwrap();
        assert_eq!(config.portal.listen, "0.0.0.0:80");
        assert_eq!(config.worker.slots, 9);
        let config = with(&[("QYZMET_SIGNER__USERS", "[\"qyzmet\", \"4711\"]")]).unwrap();
        assert_eq!(config.signer.users, ["qyzmet", "4711"]);
    }

    #[test]
    fn an_unknown_key_is_refused_by_name() {
        let error = toml::from_str::<Config>("[portal]\nlisten-on = 'x'").unwrap_err();
        assert!(error.to_string().contains("listen-on"), "{error}");
        assert!(with(&[("QYZMET_PORTAL__LISTENING", "x")]).is_err());
    }
}
