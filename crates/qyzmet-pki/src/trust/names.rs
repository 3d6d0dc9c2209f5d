//! Name constraints (RFC 5280 section 4.2.1.10).

use crate::{
    certificate::{
        Certificate,
        general_name::{GeneralName, NameConstraints},
    },
    oids,
    verdict::Invalid,
};

/// Comparisons of names with subtrees that one certificate may cost.
const MAX_COMPARISONS: usize = 1 << 18;

/// Constraints of all authorities above the current certificate; each must be kept on its own.
#[derive(Default)]
pub(super) struct Constraints {
    all: Vec<NameConstraints>,
}

impl Constraints {
    pub(super) fn add(&mut self, constraints: &NameConstraints) {
        self.all.push(constraints.clone());
    }

    /// Checks every name of the certificate.
    pub(super) fn check(&self, certificate: &Certificate) -> Result<(), Invalid> {
        if self.all.is_empty() {
            return Ok(());
        }
        let names = names_of(certificate);
        let trees: usize = self.all.iter().map(|one| one.permitted.len() + one.excluded.len()).sum();
        if trees.saturating_mul(names.len()) > MAX_COMPARISONS {
            return Err(Invalid::Path("too many names and name constraints"));
        }
        if self.all.iter().all(|constraints| names.iter().all(|name| allowed(constraints, name))) {
            Ok(())
        } else {
            Err(Invalid::Path("a name lies outside the name constraints"))
        }
    }
}

/// Subject, alternative names, and the e-mail addresses of the subject when there is no alternative name for them.
fn names_of(certificate: &Certificate) -> Vec<GeneralName> {
    let mut names = certificate.extensions().alt_names.clone();
    let subject = certificate.subject_name();
    if !names.iter().any(|name| matches!(name, GeneralName::Email(_))) {
        let emails = subject.attributes().into_iter().filter(|(kind, _)| *kind == oids::EMAIL);
        names.extend(emails.map(|(_, address)| GeneralName::Email(address)));
    }
    if !subject.is_empty() {
        names.push(GeneralName::Directory(subject.clone()));
    }
    names
}

fn allowed(constraints: &NameConstraints, name: &GeneralName) -> bool {
    let same_kind = |base: &&GeneralName| std::mem::discriminant(*base) == std::mem::discriminant(name);
    let excluded = constraints.excluded.iter().filter(same_kind).any(|base| excludes(base, name));
    let mut permitted = constraints.permitted.iter().filter(same_kind).peekable();
    let limited = permitted.peek().is_some();
    !excluded && (!limited || permitted.any(|base| within(base, name)))
}

/// Exclusion also strikes names that cannot be judged, and wildcards that reach into the excluded tree.
fn excludes(base: &GeneralName, name: &GeneralName) -> bool {
    match (base, name) {
        (GeneralName::Other(a), GeneralName::Other(b)) => a == b,
        (GeneralName::Dns(base), GeneralName::Dns(name)) => {
            let reach = name.strip_prefix("*.");
            let base = base.trim_start_matches('.');
            !is_host(reach.unwrap_or(name))
                || dns_within(base, name)
                || reach.is_some_and(|parent| dns_within(parent, base))
        }
        (GeneralName::Uri(_), GeneralName::Uri(uri)) if uri_host(uri).is_none() => true,
        (GeneralName::Email(_), GeneralName::Email(name)) if mailbox_and_host(name).is_none() => true,
        _ => within(base, name),
    }
}

/// Whether a name lies in the subtree `base` of the same kind; what cannot be judged does not.
fn within(base: &GeneralName, name: &GeneralName) -> bool {
    match (base, name) {
        (GeneralName::Directory(base), GeneralName::Directory(name)) => name.within(base),
        (GeneralName::Email(base), GeneralName::Email(name)) => email_within(base, name),
        (GeneralName::Dns(base), GeneralName::Dns(name)) => dns_within(base, name),
        (GeneralName::Uri(base), GeneralName::Uri(name)) => {
            uri_host(name).is_some_and(|host| host_within(base, host))
        }
        (GeneralName::Ip(base), GeneralName::Ip(name)) => ip_within(base, name),
        _ => false,
    }
}

fn mailbox_and_host(name: &str) -> Option<(&str, &str)> {
    name.split_once('@').filter(|(mailbox, host)| !mailbox.is_empty() && is_host(host))
}

fn email_within(base: &str, name: &str) -> bool {
    let Some((mailbox, host)) = mailbox_and_host(name) else { return false };
    match base.rsplit_once('@') {
        Some((base_mailbox, base_host)) => base_mailbox == mailbox && base_host.eq_ignore_ascii_case(host),
        None => host_within(base, host),
    }
}

/// ".example" means every host below example, "example" only that host.
fn host_within(base: &str, host: &str) -> bool {
    if base.starts_with('.') {
        ends_with(host, base) && host.len() > base.len()
    } else {
        base.eq_ignore_ascii_case(host)
    }
}

/// Labels of letters, digits, hyphens and underscores; a host that breaks this lies in no permitted subtree.
fn is_host(host: &str) -> bool {
    let good = |label: &str| {
        let characters =
            label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        !label.is_empty() && label.len() <= 63 && characters
    };
    host.split('.').all(good)
}

/// "example" means example and every host below it.
fn dns_within(base: &str, name: &str) -> bool {
    if !is_host(name.strip_prefix("*.").unwrap_or(name)) || base.starts_with('.') {
        return false;
    }
    if base.is_empty() || base.eq_ignore_ascii_case(name) {
        return true;
    }
    let parent = name.len().checked_sub(base.len() + 1).and_then(|at| name.get(at..));
    parent.is_some_and(|tail| tail.starts_with('.') && ends_with(tail, base))
}

fn ends_with(text: &str, end: &str) -> bool {
    let tail = text.len().checked_sub(end.len()).and_then(|at| text.get(at..));
    tail.is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}

/// The host of a URI with an authority part; none for an IP literal, which no constraint can name.
fn uri_host(uri: &str) -> Option<&str> {
    let (_, after) = uri.split_once("://")?;
    let authority = after.split(['/', '?', '#']).next()?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = host.split(':').next()?;
    let numeric = host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    (!host.is_empty() && !host.starts_with('[') && !numeric).then_some(host)
}

/// `base` is an address and a mask of the same length as `name`.
fn ip_within(base: &[u8], name: &[u8]) -> bool {
    let (Some(network), Some(mask)) = (base.get(..name.len()), base.get(name.len()..)) else { return false };
    mask.len() == name.len()
        && network.iter().zip(mask).zip(name).all(|((net, mask), byte)| net & mask == byte & mask)
}
