//! A confirmation of its own needs a listed exception, and must be said for every channel [R58-5.2c].

use qyzmet_domain::classification::Exception;

use crate::Regulation;
use crate::finding::{FindingKind, Place};
use crate::read::Findings;

pub(super) fn check(regulation: &Regulation, findings: &Findings) {
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
