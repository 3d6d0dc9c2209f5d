//! The invented people of the demo, as the seed wrote them down.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::Failure;

/// An invented person with an account and a key file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Login.
    pub login: String,
    /// Password of the account.
    pub password: String,
    /// Individual identification number.
    pub iin: String,
    /// Surname and name.
    pub name: String,
    /// Key file for signing (PKCS#12).
    pub key: PathBuf,
    /// Password of the key file.
    pub key_password: String,
    /// What the person is there for, in a word.
    pub story: String,
}

impl Person {
    /// Reads the list of a demo folder.
    ///
    /// # Errors
    /// When it is missing or not a list of people.
    pub fn read(folder: &Path) -> Result<Vec<Self>, Failure> {
        let file = folder.join("people.json");
        let text = fs::read_to_string(&file).map_err(Failure::file(&file))?;
        let list: Value = serde_json::from_str(&text)
            .map_err(|fault| Failure::unexpected(format!("people.json: {fault}")))?;
        let people = list.as_array().into_iter().flatten();
        people.map(|person| Self::one(person, folder)).collect()
    }

    fn one(person: &Value, folder: &Path) -> Result<Self, Failure> {
        let text = |key: &str| {
            let found = person[key].as_str().map(str::to_owned);
            found.ok_or_else(|| Failure::unexpected(format!("people.json: a person without `{key}`")))
        };
        Ok(Self {
            login: text("login")?,
            password: text("password")?,
            iin: text("iin")?,
            name: text("name")?,
            key: folder.join(text("key")?),
            key_password: text("key_password")?,
            story: text("story")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_without_a_password_is_named() {
        let failure = Person::one(&serde_json::json!({ "login": "a" }), Path::new("")).unwrap_err();
        assert!(failure.to_string().contains("password"));
    }
}
