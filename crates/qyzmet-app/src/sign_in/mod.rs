//! Coming in and going out [R74-4].

mod challenge;
mod eds;
mod find_caller;
pub(crate) mod limit;
mod open_session;
mod password;
mod sign_out;

pub use challenge::{Challenge, OpenChallenge};
pub use eds::SignInWithEds;
pub use find_caller::FindCaller;
pub use open_session::SignedIn;
pub(crate) use open_session::token_digest;
pub use password::{SignInWithPassword, hash_password};
pub use sign_out::SignOut;
