//! What the tests share: the house rules that no compiler checks ([`tidy`]) and the words of invented services ([`words`]).

pub mod tidy;
pub mod words;
