//! The main job as stories inside one process: each is told on both engines, by use cases alone, while the clock stands
//! still; each ends with a journal that verifies and nothing left to do.

mod access;
mod authority;
mod change;
mod classes;
mod codes;
mod damage;
mod desk;
mod eds_limit;
mod form;
mod frozen;
mod link;
mod members;
mod organisation;
mod refusals;
mod register;
mod sessions;
mod sign_in;
mod signatures;
mod step_up;
mod twice;
mod two_numbers;
mod versions;
mod world;

pub(crate) use desk::permit;
