//! `form.toml`: pages and fields.

use super::Keys;
use crate::form::{Field, FieldKind, Form, Page, WhenAnswered};

impl Form {
    pub(crate) fn keys(&self) -> Keys {
        Keys::default()
            .with_tables("page", self.pages.iter().map(Page::keys))
            .with_words("prefill", &self.prefill)
    }
}

impl Page {
    fn keys(&self) -> Keys {
        let keys = Keys::default().with("id", self.id.as_str());
        // A page without fields is written too: the key is asked for.
        let fields: Vec<toml::Value> = self.fields.iter().map(|field| field.keys().table().into()).collect();
        keys.with("field", fields)
    }
}

impl Field {
    /// What an author writes under `[[page.field]]`.
    pub(crate) fn keys(&self) -> Keys {
        let keys = Keys::default()
            .with("id", self.id.as_str())
            .with("type", self.kind.as_str())
            .with("required", self.required)
            .with_some("button", self.button.clone())
            .with_some("when", self.when.as_ref().map(|when| when.keys().table()));
        match &self.kind {
            FieldKind::Text { longest, script } => {
                let longest = i64::try_from(*longest).unwrap_or(i64::MAX);
                keys.with("longest", longest).with("script", script.as_str())
            }
            FieldKind::Consent { register } => keys.with("register", register.as_str()),
            FieldKind::Choice { one_of } => keys.with_texts("one-of", one_of),
            FieldKind::Certificate { holders } if holders.is_empty() => keys,
            FieldKind::Certificate { holders } => keys.with_texts("holders", holders),
            FieldKind::Keys { profiles, holder } => {
                let words: Vec<_> = profiles.iter().map(|profile| profile.as_str()).collect();
                keys.with("profiles", words).with_some("holder", holder.clone())
            }
            FieldKind::MobileNumber | FieldKind::Date | FieldKind::Iin | FieldKind::Bin => keys,
        }
    }
}

impl WhenAnswered {
    fn keys(&self) -> Keys {
        Keys::default().with("field", self.field.as_str()).with("one-of", self.one_of.clone())
    }
}
