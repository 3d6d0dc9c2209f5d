//! The personal cabinet: requests, results, profile, and who used the person's data.

pub(crate) mod data_use;
pub(crate) mod overview;
pub(crate) mod profile;
