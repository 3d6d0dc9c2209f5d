//! What people do, told as stories; each page that they see is looked at by axe, and for its width.

mod bad_signature;
mod change_number;
mod keyboard;
mod language;
mod link_number;
mod no_script;
mod refusal;
mod step_up;
mod steps;
mod stranger;
mod wrong_code;

pub(crate) use steps::{SERVICE, link_without_scripts};
