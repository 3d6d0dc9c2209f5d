//! What the acts ask of a regulation: refusals with grounds, listed exceptions, channels with a confirmation.

use std::collections::BTreeSet;

use qyzmet_domain::classification::Exception;

use super::{after, fault};
use crate::Regulation;
use crate::finding::{FindingKind, Place};
use crate::process::{Action, Branch};
use crate::read::Findings;
use crate::verbs::{Use, Verb};

pub(super) fn check(regulation: &Regulation, findings: &Findings) {
    for action in &regulation.process.actions {
        leads_to_refusal(regulation, action, findings);
        has_ground(regulation, action, findings);
    }
    unused_grounds(regulation, findings);
    confirmation(regulation, findings);
}

/// A ground of refusal that is met must lead to a refusal [R58-A.5].
fn leads_to_refusal(regulation: &Regulation, action: &Action, findings: &Findings) {
    let is_refusal = |number: &u32| {
        regulation.process.action(*number).is_some_and(|action| matches!(action.does, Verb::Refuse(_)))
    };
    for branch in action.does.grounded().iter().filter(|branch| action.next.get(**branch).is_some()) {
        if !after(regulation, action, *branch).iter().any(is_refusal) {
            let words =
                format!("`{}` meets a ground of refusal, and no refusal comes after it", branch.as_str());
            findings.add(fault(action, FindingKind::MissingRefusal, words));
        }
    }
}

/// A refusal must come directly from what met its ground: only so it has a ground on every way that leads to it.
fn has_ground(regulation: &Regulation, refusal: &Action, findings: &Findings) {
    if !matches!(refusal.does, Verb::Refuse(_)) {
        return;
    }
    for action in &regulation.process.actions {
        let groundless = |(branch, next): &(Branch, u32)| {
            *next == refusal.number && !action.does.grounded().contains(branch)
        };
        if action.next.all().any(|edge| groundless(&edge)) {
            let words = format!("action {} leads here without a ground of refusal", action.number);
            findings.add(fault(refusal, FindingKind::MissingRefusal, words));
        }
    }
}

/// A ground that nothing meets is a promise that is never kept.
fn unused_grounds(regulation: &Regulation, findings: &Findings) {
    let uses = regulation.process.actions.iter().flat_map(|action| action.does.uses());
    let used: BTreeSet<String> =
        uses.filter_map(|used| if let Use::Ground(id) = used { Some(id) } else { None }).collect();
    for ground in regulation.service.grounds.iter().filter(|ground| !used.contains(&ground.id)) {
        let words = format!("no action uses the ground `{}`", ground.id);
        findings.add(Place::file("service.toml").warning(FindingKind::MissingRefusal, words));
    }
}

/// A confirmation of its own needs a listed exception, and must be said for every channel [R58-5.2c].
fn confirmation(regulation: &Regulation, findings: &Findings) {
    let Some(special) = &regulation.service.confirm else { return };
    let place = Place::file("service.toml");
    for clause in special.clauses.iter().filter(|clause| Exception::by(clause).is_none()) {
        let words =
            format!("{clause} is no listed exception from order 10: the class decides how to confirm");
        findings.add(place.error(FindingKind::UnlistedException, words));
    }
    for channel in regulation.service.channels.iter().filter(|channel| !special.means.contains_key(channel)) {
        let words = format!("[confirm] does not say what is asked on the channel `{}`", channel.as_str());
        findings.add(place.error(FindingKind::MissingKey, words));
    }
}
