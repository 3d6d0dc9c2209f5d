//! Linking a subscriber number to an account: the rules of order 58.

#[cfg(test)]
mod tests;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{AccountId, Clause, Identifier, Phone};

/// A number that belongs to an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkedNumber {
    /// Whose it is.
    pub account: AccountId,
    /// The number.
    pub phone: Phone,
    /// Since when.
    pub since: Timestamp,
}

/// A number proven by a code and confirmed as the order asks; what the rules are asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linking {
    /// The account that asks.
    pub account: AccountId,
    /// Who asks: an individual [R58-3].
    pub recipient: Identifier,
    /// The proven number.
    pub phone: Phone,
}

/// What the portal knows before it links.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The number now linked to the account that asks.
    pub own: Option<LinkedNumber>,
    /// The account to which the asked number is now linked.
    pub holder: Option<LinkedNumber>,
}

/// What becomes of a linking, in the order in which it is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// The number no longer belongs to this account: from now on it gets no codes [R58-8].
    Unlink {
        /// The account that loses it.
        account: AccountId,
        /// The number.
        phone: Phone,
        /// The rule behind it.
        why: UnlinkReason,
    },
    /// The number belongs to this account [R58-5.3a].
    Link(LinkedNumber),
    /// A number is told what happened.
    Tell {
        /// Which number gets the message.
        phone: Phone,
        /// Whose account it concerns.
        account: AccountId,
        /// What it says.
        notice: Notice,
    },
}

/// Why a number leaves an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnlinkReason {
    /// The account took another number [R58-8].
    Changed,
    /// Another account proved to hold the number.
    Taken,
}

/// What a notice says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notice {
    /// To the old number: your account has another number now.
    NumberChanged,
    /// To the former account: its number was linked to another account.
    NumberTaken,
}

/// Why a number is not linked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkRefused {
    /// The rules are for individuals only.
    #[error("only individuals can link a number ({0})")]
    NotIndividual(Clause),
}

/// Only individuals link numbers [R58-3].
pub const INDIVIDUALS_ONLY: Clause = Clause::fixed("58-2016", "3");

/// Decides a linking or a change. Asked again about what is already so it changes nothing, so a repeated job is safe.
///
/// # Errors
/// [`LinkRefused::NotIndividual`] for a legal entity [R58-3].
pub fn link(linking: &Linking, known: &Known, now: Timestamp) -> Result<Vec<Change>, LinkRefused> {
    if linking.recipient.iin().is_none() {
        return Err(LinkRefused::NotIndividual(INDIVIDUALS_ONLY));
    }
    if known.own.as_ref().is_some_and(|own| own.phone == linking.phone) {
        return Ok(Vec::new());
    }
    let mut changes = Vec::new();
    if let Some(holder) = known.holder.as_ref().filter(|holder| holder.account != linking.account) {
        changes.push(unlink(holder, UnlinkReason::Taken));
    }
    if let Some(own) = &known.own {
        changes.push(unlink(own, UnlinkReason::Changed));
    }
    changes.push(Change::Link(LinkedNumber {
        account: linking.account,
        phone: linking.phone.clone(),
        since: now,
    }));
    let told = notices(&changes);
    changes.extend(told);
    Ok(changes)
}

fn unlink(number: &LinkedNumber, why: UnlinkReason) -> Change {
    Change::Unlink { account: number.account, phone: number.phone.clone(), why }
}

/// Each number that left an account is told; so is the account, whose cabinet shows the notice.
fn notices(changes: &[Change]) -> Vec<Change> {
    let notice = |change: &Change| match change {
        Change::Unlink { account, phone, why } => {
            let notice = match why {
                UnlinkReason::Changed => Notice::NumberChanged,
                UnlinkReason::Taken => Notice::NumberTaken,
            };
            Some(Change::Tell { phone: phone.clone(), account: *account, notice })
        }
        Change::Link(_) | Change::Tell { .. } => None,
    };
    changes.iter().filter_map(notice).collect()
}
