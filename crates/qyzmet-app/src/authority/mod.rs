//! Orders of certificates as people meet them: how far an order is, and what it has brought.

mod install;
mod status;

use qyzmet_engine::{Call, Regulation, Verb};

pub use install::{InstallView, Installable, ShowInstall};
pub use status::{CheckOrderStatus, OrderAnswer, OrderStatus};

/// The operation that makes certificates.
const ISSUE_CERTIFICATES: &str = "issue-certificates";

/// The action of a table that makes certificates; none when the service is no order of certificates.
fn issuing_action(regulation: &Regulation) -> Option<u32> {
    let issues = |call: &Call| call.operation == ISSUE_CERTIFICATES;
    let action = regulation.process.actions.iter().find(|action| match &action.does {
        Verb::Call(call) => issues(call),
        Verb::Issue(issue) => issue.call.as_ref().is_some_and(issues),
        _ => false,
    })?;
    Some(action.number)
}
