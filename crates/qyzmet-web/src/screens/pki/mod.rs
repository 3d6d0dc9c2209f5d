//! What the authority publishes: lists, answers and time-stamps for programs, two pages for people.

mod answers;
mod files;
pub(crate) mod health;
pub(crate) mod revoked;
mod sent;

pub(crate) use self::{
    answers::{ask, explain, explain_stamp, question, stamp},
    files::{certificate, list, part},
};
