//! Reads `text.<locale>.toml`: tables of tables of texts, flattened to dotted keys.

use std::collections::BTreeMap;

use super::{Fields, Value};

pub(super) fn read(fields: &Fields<'_>) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for (key, value) in fields.every() {
        flatten(fields, key.to_owned(), value, &mut texts);
    }
    texts
}

/// Texts of a value under a key. The parser itself bounds how deep tables can stand in each other.
fn flatten(fields: &Fields<'_>, key: String, value: &Value<'_>, texts: &mut BTreeMap<String, String>) {
    if let Some(text) = value.get_ref().as_str() {
        fields.says(&key, value);
        texts.insert(key, text.trim().to_owned());
    } else if let Some(table) = value.get_ref().as_table() {
        for (name, value) in table {
            flatten(fields, format!("{key}.{}", name.get_ref()), value, texts);
        }
    } else {
        fields.refuse(value, format!("`{key}` must be a text or a table of texts"));
    }
}
