//! The personal cabinet: what a person has asked for, received and allowed.

mod data_use;
mod locale;
mod profile;
mod show;

pub use data_use::{DataUse, ShowDataUse};
pub use locale::ChangeLocale;
pub use profile::{ProfileView, SessionCard, ShowProfile};
pub use show::{CabinetView, ResultCard, ShowCabinet};
