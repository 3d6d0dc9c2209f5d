//! The end of a certificate comes near: its owner is reminded, sees it in the cabinet, and renews it from there.

mod remind;
mod renew;
mod show;

pub use self::{
    remind::RemindOfEnds,
    renew::RenewCertificate,
    show::{EndingCertificate, EndingView, ShowEnding},
};
