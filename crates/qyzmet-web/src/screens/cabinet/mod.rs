//! The personal cabinet: requests, results, profile, certificates, and who used the person's data.

pub(crate) mod certificates;
pub(crate) mod data_use;
pub(crate) mod overview;
pub(crate) mod profile;
