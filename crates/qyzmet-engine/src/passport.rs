//! The ten rows of the standard of a service, the same for every service [R58-4b].

use qyzmet_domain::Locale;

use crate::Regulation;

/// Ids of the ten rows in their order: keys of `[head]` and `[row]` in the text files.
pub const PASSPORT_ROWS: [&str; 10] =
    ["provider", "channels", "term", "form", "result", "fee", "schedule", "documents", "grounds", "special"];

/// One row of the standard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassportRow<'a> {
    /// 1 to 10.
    pub number: u8,
    /// Its id.
    pub id: &'static str,
    /// Its head, in the act's words.
    pub head: &'a str,
    /// Its content.
    pub content: &'a str,
}

impl Regulation {
    /// The ten rows in one language; the checker sees to it that none is empty.
    #[must_use]
    pub fn passport(&self, locale: Locale) -> [PassportRow<'_>; 10] {
        let mut number = 0;
        PASSPORT_ROWS.map(|id| {
            number += 1;
            let text = |part: &str| self.text(locale, &format!("{part}.{id}")).unwrap_or_default();
            PassportRow { number, id, head: text("head"), content: text("row") }
        })
    }
}
