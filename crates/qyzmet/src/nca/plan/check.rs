//! Rules of a ceremony file that its form alone does not show.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;

use super::{
    super::profile,
    Duty, PlanError,
    place::Sheet,
    raw::{RawPlan, RawPlanned},
};

/// Approvals that a ceremony needs.
pub(in crate::nca) const APPROVALS: usize = 2;
/// A name becomes a file name and the label of a key in a token.
const LONGEST_NAME: usize = 32;
/// A century: whoever writes more has slipped.
const MOST_DAYS: u32 = 36_525;
/// Days of a year, counted so that no profile is exceeded.
const YEAR: u32 = 365;

/// Checks everything; the first fault is the one to mend first.
pub(super) fn check(sheet: &Sheet<'_>, plan: &RawPlan) -> Result<(), PlanError> {
    if plan.approver.len() < APPROVALS {
        return Err(sheet.at(0..0, format!("{APPROVALS} approvers are needed")));
    }
    let mut pinned = BTreeSet::new();
    for approver in &plan.approver {
        let fingerprint = approver.fingerprint();
        if fingerprint.len() != 64 || !fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(sheet.fault(&approver.certificate_sha256, "not the SHA-256 of a certificate"));
        }
        if !pinned.insert(fingerprint) {
            return Err(sheet.fault(&approver.certificate_sha256, "this certificate stands above already"));
        }
    }
    let mut earlier: BTreeMap<&str, &RawPlanned> = BTreeMap::new();
    for planned in &plan.certificate {
        check_name(sheet, &planned.name)?;
        check_issuer(sheet, planned, &earlier)?;
        check_key(sheet, planned, plan)?;
        check_days(sheet, planned)?;
        check_profile(sheet, planned)?;
        check_urls(sheet, planned)?;
        if earlier.insert(planned.name.get_ref(), planned).is_some() {
            return Err(sheet.fault(&planned.name, "this name is taken"));
        }
    }
    if plan.certificate.is_empty() {
        return Err(sheet.at(0..0, "nothing is to be made"));
    }
    Ok(())
}

fn check_name(sheet: &Sheet<'_>, name: &Spanned<String>) -> Result<(), PlanError> {
    let text = name.get_ref();
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let fits = !text.is_empty() && text.len() <= LONGEST_NAME && text.bytes().all(allowed);
    let message = format!("a name is 1 to {LONGEST_NAME} small letters, digits and hyphens");
    if fits { Ok(()) } else { Err(sheet.fault(name, message)) }
}

/// A root has no issuer; everything else has one that stands above it, may issue it, and lives as long.
fn check_issuer(
    sheet: &Sheet<'_>,
    planned: &RawPlanned,
    earlier: &BTreeMap<&str, &RawPlanned>,
) -> Result<(), PlanError> {
    let issuer = match (&planned.issuer, planned.duty) {
        (None, Duty::Root) => return Ok(()),
        (Some(issuer), Duty::Root) => return Err(sheet.fault(issuer, "a root has no issuer")),
        (None, _) => return Err(sheet.fault(&planned.name, "`issuer` is missing")),
        (Some(issuer), _) => issuer,
    };
    let Some(above) = earlier.get(issuer.get_ref().as_str()) else {
        return Err(sheet.fault(issuer, "no certificate above has this name"));
    };
    let may_issue = match planned.duty {
        Duty::Issuing => above.duty == Duty::Root,
        _ => above.duty.is_authority(),
    };
    if !may_issue {
        return Err(sheet.fault(issuer, "this issuer may not issue it"));
    }
    if planned.days.get_ref() > above.days.get_ref() {
        return Err(sheet.fault(&planned.days, "longer than its issuer is valid"));
    }
    Ok(())
}

fn check_key(sheet: &Sheet<'_>, planned: &RawPlanned, plan: &RawPlan) -> Result<(), PlanError> {
    let key = planned.key.get_ref();
    match (&key.passphrase, &key.token) {
        (Some(_), None) => Ok(()),
        (None, Some(token)) if plan.token.contains_key(token) => Ok(()),
        (None, Some(_)) => Err(sheet.fault(&planned.key, "no [token] has this name")),
        _ => Err(sheet.fault(&planned.key, "a key has either `passphrase` or `token`")),
    }
}

fn check_days(sheet: &Sheet<'_>, planned: &RawPlanned) -> Result<(), PlanError> {
    let sensible = |days: u32| (1..=MOST_DAYS).contains(&days);
    if !sensible(*planned.days.get_ref()) {
        return Err(sheet.fault(&planned.days, format!("not between 1 and {MOST_DAYS} days")));
    }
    match (planned.list_days, planned.duty.is_authority()) {
        (Some(days), true) if sensible(days) => Ok(()),
        (None, false) => Ok(()),
        (Some(_), true) => {
            Err(sheet.fault(&planned.name, format!("`list-days` not between 1 and {MOST_DAYS}")))
        }
        (None, true) => Err(sheet.fault(&planned.name, "`list-days` is missing")),
        (Some(_), false) => Err(sheet.fault(&planned.name, "only an authority has `list-days`")),
    }
}

/// Nothing lives longer than its profile says.
fn check_profile(sheet: &Sheet<'_>, planned: &RawPlanned) -> Result<(), PlanError> {
    let profile = profile::of(planned.duty).map_err(|error| sheet.at(0..0, error.to_string()))?;
    let longest = YEAR.saturating_mul(u32::from(profile.years()));
    let message = format!("longer than the {longest} days of its profile");
    if *planned.days.get_ref() <= longest { Ok(()) } else { Err(sheet.fault(&planned.days, message)) }
}

/// Readers of a certificate find there what tells whether it still stands: everywhere but in a root.
fn check_urls(sheet: &Sheet<'_>, planned: &RawPlanned) -> Result<(), PlanError> {
    let (urls, duty) = (&planned.urls, planned.duty);
    // A responder is trusted while its short life lasts (RFC 6960, 4.2.2.2.1).
    let listed = matches!(duty, Duty::Root | Duty::Ocsp) || !urls.crl.is_empty();
    let led = duty == Duty::Root || urls.issuer.is_some() || urls.ocsp.is_some();
    if !listed {
        return Err(sheet.fault(&planned.name, "`urls.crl` is missing: where the issuer's list is"));
    }
    if led { Ok(()) } else { Err(sheet.fault(&planned.name, "`urls.issuer` or `urls.ocsp` is missing")) }
}
