//! Times are UTCTime through 2049 and GeneralizedTime after, with seconds and in UTC.

use super::{Body, Rule, Severity, Wanted};
use crate::asn1::{read_time, write_time};

pub(super) const RULE: Rule =
    Rule { name: "time_encoding", citation: "RFC 5280, 4.1.2.5", severity: Severity::Error, check };

fn check(body: &Body<'_>, _: &Wanted<'_>) -> Result<(), &'static str> {
    for time in [body.not_before, body.not_after] {
        let at = read_time(time).map_err(|_| "a time is not written in seconds and UTC")?;
        if write_time(at) != time.raw {
            return Err("a time is of the wrong type for its year");
        }
    }
    Ok(())
}
