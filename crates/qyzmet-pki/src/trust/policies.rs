//! Certificate policies along a path (RFC 5280 section 6.1, in the set form that RFC 9618 permits).
//!
//! Only the newest level of the policy tree is kept. Each node remembers whether a policy that the caller accepts
//! leads to it, so neither parents nor pruning are needed and the work is linear.

use const_oid::ObjectIdentifier;

use super::rules::PathRules;
use crate::{certificate::Extensions, oids, verdict::Invalid};

struct Node {
    policy: ObjectIdentifier,
    expected: Vec<ObjectIdentifier>,
    acceptable: bool,
}

/// Policy state while walking from the anchor to the end entity.
pub(super) struct Policies {
    accepted: Option<Vec<ObjectIdentifier>>,
    level: Vec<Node>,
    explicit: usize,
    mapping: usize,
    any: usize,
}

impl Policies {
    /// The state above a path of `length` certificates (the anchor not counted).
    pub(super) fn new(rules: &PathRules, length: usize) -> Self {
        let start = |inhibited: bool| if inhibited { 0 } else { length + 1 };
        let accepted = rules.policies.as_ref().map(|policies| {
            policies.iter().filter_map(|policy| ObjectIdentifier::new(policy).ok()).collect()
        });
        let root = Node { policy: oids::ANY_POLICY, expected: vec![oids::ANY_POLICY], acceptable: true };
        Self {
            accepted,
            level: vec![root],
            explicit: start(rules.require_policy),
            mapping: start(rules.inhibit_mapping),
            any: start(rules.inhibit_any_policy),
        }
    }

    fn accepts(&self, policy: ObjectIdentifier) -> bool {
        self.accepted.as_ref().is_none_or(|accepted| accepted.contains(&policy))
    }

    /// Section 6.1.3 (d) to (f): the policies of one certificate.
    pub(super) fn enter(&mut self, extensions: &Extensions, any_despite: bool) -> Result<(), Invalid> {
        let Some(policies) = &extensions.policies else {
            self.level.clear();
            return self.require();
        };
        let mut next: Vec<Node> = Vec::new();
        for policy in policies.iter().filter(|policy| **policy != oids::ANY_POLICY) {
            if let Some(acceptable) = self.reaches(*policy) {
                next.push(Node { policy: *policy, expected: vec![*policy], acceptable });
            }
        }
        if policies.contains(&oids::ANY_POLICY) && (self.any > 0 || any_despite) {
            self.inherit(&mut next);
        }
        self.level = next;
        self.require()
    }

    /// Whether the policy has a parent in the level above, and whether an acceptable one.
    fn reaches(&self, policy: ObjectIdentifier) -> Option<bool> {
        let parents = self.level.iter().filter(|node| node.expected.contains(&policy));
        let direct = parents.map(|node| self.passes_on(node, policy)).reduce(|a, b| a || b);
        let any = || self.level.iter().find(|node| node.policy == oids::ANY_POLICY);
        direct.or_else(|| any().map(|node| self.passes_on(node, policy)))
    }

    /// Below anyPolicy the caller's set decides; below a named policy its own standing goes on.
    fn passes_on(&self, parent: &Node, policy: ObjectIdentifier) -> bool {
        if parent.policy == oids::ANY_POLICY {
            policy == oids::ANY_POLICY || self.accepts(policy)
        } else {
            parent.acceptable
        }
    }

    /// Section 6.1.3 (d)(2): anyPolicy takes over all expected policies that the certificate does not name.
    fn inherit(&self, next: &mut Vec<Node>) {
        let expected: Vec<ObjectIdentifier> =
            self.level.iter().flat_map(|node| node.expected.clone()).collect();
        for policy in expected {
            if !next.iter().any(|node| node.policy == policy)
                && let Some(acceptable) = self.reaches(policy)
            {
                next.push(Node { policy, expected: vec![policy], acceptable });
            }
        }
    }

    fn require(&self) -> Result<(), Invalid> {
        if self.explicit == 0 && self.level.is_empty() {
            return Err(Invalid::Path("no certificate policy is valid for the whole path"));
        }
        Ok(())
    }

    /// Section 6.1.4 (a), (b), (h) to (j): mappings and counters for the next certificate.
    pub(super) fn prepare(&mut self, extensions: &Extensions, self_issued: bool) -> Result<(), Invalid> {
        let mappings = &extensions.policy_mappings;
        if mappings.iter().any(|(from, to)| *from == oids::ANY_POLICY || *to == oids::ANY_POLICY) {
            return Err(Invalid::Path("anyPolicy is mapped"));
        }
        self.map(mappings);
        if !self_issued {
            self.explicit = self.explicit.saturating_sub(1);
            self.mapping = self.mapping.saturating_sub(1);
            self.any = self.any.saturating_sub(1);
        }
        limit(&mut self.explicit, extensions.require_explicit_policy);
        limit(&mut self.mapping, extensions.inhibit_policy_mapping);
        limit(&mut self.any, extensions.inhibit_any_policy);
        Ok(())
    }

    fn map(&mut self, mappings: &[(ObjectIdentifier, ObjectIdentifier)]) {
        let mut seen = Vec::new();
        for (from, _) in mappings {
            if seen.contains(from) {
                continue;
            }
            seen.push(*from);
            if self.mapping == 0 {
                self.level.retain(|node| node.policy != *from);
                continue;
            }
            let to = mappings.iter().filter(|(other, _)| other == from).map(|(_, to)| *to).collect();
            let any = self.level.iter().any(|node| node.policy == oids::ANY_POLICY);
            if let Some(node) = self.level.iter_mut().find(|node| node.policy == *from) {
                node.expected = to;
            } else if any {
                let acceptable = self.accepts(*from);
                self.level.push(Node { policy: *from, expected: to, acceptable });
            }
        }
    }

    /// Section 6.1.5 (a), (b), (g): the verdict at the end entity.
    pub(super) fn finish(mut self, extensions: &Extensions) -> Result<(), Invalid> {
        self.explicit = self.explicit.saturating_sub(1);
        if extensions.require_explicit_policy == Some(0) {
            self.explicit = 0;
        }
        if self.explicit > 0 || self.level.iter().any(|node| node.acceptable) {
            return Ok(());
        }
        Err(Invalid::Path("no acceptable certificate policy is valid for the whole path"))
    }
}

fn limit(counter: &mut usize, bound: Option<u32>) {
    if let Some(bound) = bound.and_then(|bound| usize::try_from(bound).ok()) {
        *counter = (*counter).min(bound);
    }
}
