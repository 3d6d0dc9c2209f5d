//! Orders of certificates: their status for everybody, and their installation for their owners.

pub(crate) mod install;
pub(crate) mod orders;
