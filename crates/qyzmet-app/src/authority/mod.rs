//! The certification authority: who issues, in which state a certificate is, and what is published about it.

mod answer;
mod certificate;
mod choice;
mod ending;
mod forget;
mod health;
mod holders;
mod install;
mod keep;
mod lists;
pub(crate) mod of_operators;
pub mod orders;
pub(crate) mod own;
mod publish;
mod register;
mod revoked;
mod services;
mod signer;
mod stamp;
pub mod state;
mod status;

pub use self::{
    answer::{AnswerQuestion, Told},
    certificate::ShowIssuer,
    choice::Issues,
    ending::{EndingCertificate, EndingView, RemindOfEnds, RenewCertificate, ShowEnding},
    forget::ForgetLists,
    health::{Clockwork, Health, IssuerHealth, ListHealth, ShowHealth, SignerHealth},
    install::{InstallView, Installable, ShowInstall},
    keep::KeepLists,
    lists::{Published, ShowList},
    own::{CertificateView, ListCertificates, Phase},
    register::{FoundedCertificate, FoundedList, TakeInFounded},
    revoked::{RevokedLine, RevokedPage, ShowRevoked},
    services::{Authorities, Issuer, Periods, address_of_issuer, address_of_list},
    stamp::{StampRequest, Watermark},
    state::{ChangeCertificate, Changed, Step},
    status::{CheckOrderStatus, OrderAnswer, OrderStatus},
};
use jiff::Timestamp;
use qyzmet_engine::{Action, Call, Regulation, Verb};
pub use qyzmet_store::repositories::lists::Series;

use crate::App;

pub(crate) use self::{keep::trust_own_lists, publish::publish, signer::WatchSigner};

pub(crate) use self::holders::{holder_of, key_of, kind_of, profile_of, renewable_holder, unknown_profile};

/// The operation that makes certificates.
pub(crate) const ISSUE_CERTIFICATES: &str = "issue-certificates";

/// Whether a service makes certificates where no authority issues any: it cannot be offered here.
pub(crate) fn lacks_authority(app: &App, regulation: &Regulation) -> bool {
    let issues = || app.authority().is_ok_and(|authority| authority.issuers.iter().any(|one| one.publishes));
    issuing_action(regulation).is_some() && !issues()
}

/// Whether an authority of this deployment is in force now. Without one no order is registered or confirmed, and cases that
/// ask for certificates wait for it.
pub(crate) fn is_here(app: &App, now: Timestamp) -> bool {
    let in_force = |issuer: &Issuer| issuer.publishes && now < issuer.certificate.not_after();
    app.authority().is_ok_and(|authority| authority.issuers.iter().any(in_force))
}

/// Whether a service makes certificates that the recipient installs: those whose keys were made on a card at a desk are
/// written there before the case ends.
pub(crate) fn brings_certificates(regulation: &Regulation) -> bool {
    issuing_action(regulation).is_some() && !makes_keys_at_desk(regulation)
}

/// Whether the keys of an order are made at a desk, where the recipient's card is.
pub(crate) fn makes_keys_at_desk(regulation: &Regulation) -> bool {
    let has_keys = |page: &String| {
        let mut fields = regulation.page(page).into_iter().flat_map(|page| &page.fields);
        fields.any(|field| !field.profiles().is_empty())
    };
    let makes = |action: &Action| {
        matches!(&action.does, Verb::Fill(fill) if fill.pages.iter().any(has_keys))
            && regulation.process.desk(action).is_some()
    };
    regulation.process.actions.iter().any(makes)
}

/// The action of a table that makes certificates; none when the service is no order of certificates.
pub(crate) fn issuing_action(regulation: &Regulation) -> Option<u32> {
    let issues = |call: &Call| call.operation == ISSUE_CERTIFICATES;
    let action = regulation.process.actions.iter().find(|action| match &action.does {
        Verb::Call(call) => issues(call),
        Verb::Issue(issue) => issue.call.as_ref().is_some_and(issues),
        _ => false,
    })?;
    Some(action.number)
}
