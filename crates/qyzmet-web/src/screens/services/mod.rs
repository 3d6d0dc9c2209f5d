//! The catalogue, the page of one service, and its regulation.

pub(crate) mod list;
pub(crate) mod regulation;
pub(crate) mod service;
