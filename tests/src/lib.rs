//! What the tests share: the house rules that no compiler checks ([`tidy`]).

pub mod tidy;
