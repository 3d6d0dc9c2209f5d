//! Executes the action table: commands become events, events fold into a case.

mod apply;
mod at;
mod decide;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod trial;
#[cfg(test)]
mod verb_properties;
#[cfg(test)]
mod verb_tests;
#[cfg(test)]
mod visit_tests;
mod waiting;

pub use apply::apply;
pub use at::Moment;
pub(crate) use at::{At, first_moment};
pub use decide::decide;
pub use waiting::{Task, Waiting, Work, papers_wanted, waiting};
