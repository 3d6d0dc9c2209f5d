//! Closed lists of words, as they stand in service folders.

/// None of the words of a closed list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected one of: {}", .0.join(", "))]
pub struct UnknownWord(pub(crate) &'static [&'static str]);

/// A closed list whose items have words: what [`words!`] makes.
pub(crate) trait Word: Copy + 'static {
    /// All items.
    fn all() -> &'static [Self];
    /// The word of one.
    fn word(self) -> &'static str;
}

/// Makes an enum of words with their text forms.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$item_doc:meta])* $item:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$item_doc])* #[serde(rename = $word)] $item,)+
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$item,)+];

            /// The word.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$item => $word,)+
                }
            }
        }

        impl crate::words::Word for $name {
            fn all() -> &'static [Self] {
                Self::ALL
            }

            fn word(self) -> &'static str {
                self.as_str()
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::words::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                const WORDS: &[&str] = &[$($word,)+];
                Self::ALL.iter().copied().find(|item| item.as_str() == text).ok_or(crate::words::UnknownWord(WORDS))
            }
        }
    };
}
pub(crate) use words;
