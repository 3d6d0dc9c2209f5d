//! Composites across services: none may start itself, directly or around a corner, nor stand too deep over another.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use qyzmet_domain::ServiceId;

use crate::finding::FindingKind;
use crate::process::Action;
use crate::verbs::{StartServices, Verb};
use crate::{Finding, Regulation};

/// How many composites may stand over one another; a portal opens no case deeper.
pub const DEEPEST: usize = 4;

/// Errors about services of `regulation` that start itself again, or start each other round, or stand too deep. Of `others`
/// with the same id as `regulation` nothing is taken: it is the version that replaces them.
#[must_use]
pub fn nesting(regulation: &Regulation, others: &[impl Borrow<Regulation>]) -> Vec<Finding> {
    let mut heights = Heights::of(regulation, others);
    let mut findings = Vec::new();
    for (action, start) in starts(regulation) {
        for service in &start.services {
            let words = match heights.of_service(service, &mut vec![regulation.id()]) {
                Err(ring) => format!("action {} starts itself again: {}", action.number, way(&ring)),
                Ok(height) if height >= DEEPEST => format!(
                    "action {} starts `{service}`, under which {height} composites stand, and there may be {DEEPEST} in all",
                    action.number
                ),
                Ok(_) => continue,
            };
            findings.push(action.place.error(FindingKind::Loop, words).about(action.number));
        }
    }
    findings
}

/// Errors about services that `regulation` starts and that are not among `published`: its cases could not go on.
#[must_use]
pub fn unpublished(regulation: &Regulation, published: &[impl Borrow<Regulation>]) -> Vec<Finding> {
    let is_known = |id: &ServiceId| published.iter().any(|other| other.borrow().id() == id);
    let mut findings = Vec::new();
    for (action, start) in starts(regulation) {
        for service in start.services.iter().filter(|id| !is_known(id) && *id != regulation.id()) {
            let words = format!(
                "action {} starts `{service}`, which is not published: publish it first",
                action.number
            );
            findings.push(action.place.error(FindingKind::UnknownName, words).about(action.number));
        }
    }
    findings
}

/// The actions of a composite that start services.
fn starts(regulation: &Regulation) -> impl Iterator<Item = (&Action, &StartServices)> {
    regulation.process.actions.iter().filter_map(|action| match &action.does {
        Verb::StartServices(start) => Some((action, start)),
        _ => None,
    })
}

fn way(ring: &[&ServiceId]) -> String {
    ring.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(" → ")
}

/// How many composites stand under and including a service, each reckoned once.
struct Heights<'a> {
    started: BTreeMap<&'a ServiceId, Vec<&'a ServiceId>>,
    known: BTreeMap<&'a ServiceId, usize>,
}

impl<'a> Heights<'a> {
    fn of(regulation: &'a Regulation, others: &'a [impl Borrow<Regulation>]) -> Self {
        let own = std::iter::once(regulation);
        let others =
            others.iter().map(Borrow::borrow).filter(|other: &&Regulation| other.id() != regulation.id());
        let services = |one: &'a Regulation| starts(one).flat_map(|(_, start)| &start.services).collect();
        let started = own.chain(others).map(|one| (one.id(), services(one))).collect();
        Self { started, known: BTreeMap::new() }
    }

    /// The height of a service to which `path` has led, or the ring that it closes.
    fn of_service(
        &mut self,
        service: &'a ServiceId,
        path: &mut Vec<&'a ServiceId>,
    ) -> Result<usize, Vec<&'a ServiceId>> {
        if let Some(begin) = path.iter().position(|id| *id == service) {
            let ring = path.iter().skip(begin).copied();
            return Err(ring.chain([service]).collect());
        }
        if let Some(height) = self.known.get(service) {
            return Ok(*height);
        }
        path.push(service);
        let mut height = 0;
        for member in self.started.get(service).cloned().unwrap_or_default() {
            height = height.max(1 + self.of_service(member, path)?);
        }
        path.pop();
        self.known.insert(service, height);
        Ok(height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{sample_folder, with_texts};
    use crate::{Severity, read};

    /// The composite sample under a name of its own, starting these services.
    fn composite(name: &str, services: &[&str]) -> Regulation {
        let mut folder = sample_folder("composite");
        folder.0.retain(|file, _| !file.starts_with("examples/"));
        let mut edit = |file: &str, from: &str, to: &str| {
            let text = String::from_utf8(folder.0[file].clone()).unwrap();
            assert!(text.contains(from));
            folder.0.insert(file.to_owned(), text.replacen(from, to, 1).into_bytes());
        };
        edit("service.toml", "\"sample\"", &format!("{name:?}"));
        edit("process.toml", r#"["birth", "allowance", "queue"]"#, &format!("{services:?}"));
        read(&with_texts(folder)).unwrap()
    }

    fn words(findings: &[Finding]) -> Vec<&str> {
        assert!(findings.iter().all(|finding| finding.severity == Severity::Error));
        findings.iter().map(|finding| finding.message.as_str()).collect()
    }

    /// [R10-2.5]
    #[test]
    fn a_composite_that_starts_itself_is_found_directly_and_around_corners() {
        let none: [Regulation; 0] = [];
        let own = composite("a", &["x", "a"]);
        assert_eq!(words(&nesting(&own, &none)), ["action 2 starts itself again: `a` → `a`"]);
        let own = composite("a", &["b", "x"]);
        let others = [composite("b", &["c"]), composite("c", &["y", "a"])];
        assert_eq!(words(&nesting(&own, &others)), ["action 2 starts itself again: `a` → `b` → `c` → `a`"]);
        let others = [composite("b", &["c"]), composite("c", &["b"])];
        assert_eq!(words(&nesting(&own, &others)), ["action 2 starts itself again: `b` → `c` → `b`"]);
    }

    /// [R10-2.5]
    #[test]
    fn a_service_in_two_members_is_no_ring_and_an_older_version_is_not_looked_at() {
        let own = composite("a", &["b", "c"]);
        let others = [composite("b", &["x"]), composite("c", &["x"]), composite("a", &["a"])];
        assert!(nesting(&own, &others).is_empty());
    }

    /// [R10-2.5]
    #[test]
    fn composites_stand_no_deeper_than_a_portal_opens_them() {
        let chain = |length: usize| {
            let name = |place: usize| format!("s{place}");
            (1..=length).map(|place| composite(&name(place), &[&name(place + 1)])).collect::<Vec<_>>()
        };
        let deep = chain(DEEPEST);
        assert!(nesting(&deep[0], &deep).is_empty());
        let deeper = chain(DEEPEST + 1);
        assert_eq!(nesting(&deeper[0], &deeper).len(), 1);
        assert!(nesting(&deeper[1], &deeper).is_empty(), "one lower it is deep enough");
    }

    /// [R10-2.5]
    #[test]
    fn a_member_that_is_not_published_is_named() {
        let own = composite("a", &["b", "c"]);
        let published = [composite("b", &["x"])];
        let [finding] = &unpublished(&own, &published)[..] else { panic!() };
        assert!(finding.message.contains("`c`") && finding.kind == FindingKind::UnknownName);
    }
}
