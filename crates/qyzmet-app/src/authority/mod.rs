//! The certification authority: who issues, in which state a certificate is, and what is published about it.

mod answer;
mod certificate;
mod health;
mod keep;
mod lists;
pub mod orders;
pub(crate) mod own;
mod publish;
mod register;
mod revoked;
mod services;
mod stamp;
pub mod state;

pub use self::{
    answer::{AnswerQuestion, Told},
    certificate::ShowIssuer,
    health::{Clockwork, Health, IssuerHealth, ListHealth, ShowHealth},
    keep::KeepLists,
    lists::{Published, ShowList},
    own::{CertificateView, ListCertificates, Phase},
    register::{FoundedCertificate, FoundedList, TakeInFounded},
    revoked::{RevokedLine, RevokedPage, ShowRevoked},
    services::{Authorities, Issuer, Periods, address_of_issuer, address_of_list},
    stamp::{StampRequest, Watermark},
    state::{ChangeCertificate, Changed, Step},
};
pub use qyzmet_store::repositories::lists::Series;

pub(crate) use self::{keep::trust_own_lists, publish::publish};
