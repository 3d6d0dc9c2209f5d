//! The catalogue and the page of one service.

pub(crate) mod list;
pub(crate) mod service;
