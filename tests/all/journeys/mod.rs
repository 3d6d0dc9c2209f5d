//! What people do, told as stories; each page that they see is looked at by axe, and for its width.

mod agent;
mod authority;
mod bad_signature;
mod change_number;
mod desk;
mod key_file;
mod keyboard;
mod language;
mod link_number;
mod no_script;
mod refusal;
mod regulation;
mod screens;
mod step_up;
mod steps;
mod stranger;
mod timeout;
mod wrong_code;

pub(crate) use steps::{SERVICE, link_without_scripts};
