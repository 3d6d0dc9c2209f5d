//! One action that is done, kept short: a case has as many of them as it has done actions, and is written at each.

use std::fmt;

use jiff::Timestamp;
use qyzmet_domain::Clause;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Officer;
use crate::process::Branch;

/// One action that is done.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Step {
    /// Its number in the action table.
    pub action: u32,
    /// The clause that prescribes it.
    pub clause: Clause,
    /// When the case came to it, to the microsecond.
    #[serde(deserialize_with = "moment")]
    pub began_at: Timestamp,
    /// When it was done, to the microsecond.
    #[serde(deserialize_with = "moment")]
    pub done_at: Timestamp,
    /// How it ended.
    pub branch: Branch,
    /// The officer who did it, when one did.
    #[serde(default)]
    pub by: Option<Officer>,
}

/// A list without names, moments as numbers; cases of earlier releases have names and written moments, and are read too.
impl Serialize for Step {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (began, done) = (self.began_at.as_microsecond(), self.done_at.as_microsecond());
        (self.action, &self.clause, began, done, self.branch, &self.by).serialize(serializer)
    }
}

/// Reads a moment as microseconds since 1970, or as it is written out.
fn moment<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
    deserializer.deserialize_any(Moment)
}

struct Moment;

impl de::Visitor<'_> for Moment {
    type Value = Timestamp;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("microseconds since 1970, or a moment as text")
    }

    fn visit_i64<E: de::Error>(self, microseconds: i64) -> Result<Timestamp, E> {
        Timestamp::from_microsecond(microseconds).map_err(E::custom)
    }

    fn visit_u64<E: de::Error>(self, microseconds: u64) -> Result<Timestamp, E> {
        i64::try_from(microseconds).map_err(E::custom).and_then(|microseconds| self.visit_i64(microseconds))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Timestamp, E> {
        text.parse().map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_kept_short_and_one_of_an_earlier_release_is_read_as_well() {
        let long = r#"{"action":4,"clause":"1116-2010:6.10","began_at":"2026-11-25T17:01:14.045983Z",
            "done_at":"2026-11-25T17:01:14.050713Z","branch":"ok"}"#;
        let step: Step = serde_json::from_str(long).unwrap();
        let short = serde_json::to_string(&step).unwrap();
        assert_eq!(short, r#"[4,"1116-2010:6.10",1795626074045983,1795626074050713,"ok",null]"#);
        assert_eq!(serde_json::from_str::<Step>(&short).unwrap(), step);
        let before = Timestamp::from_microsecond(-5).unwrap();
        let step = Step { began_at: before, ..step };
        let again = serde_json::from_str::<Step>(&serde_json::to_string(&step).unwrap());
        assert_eq!(again.unwrap(), step);
        assert!(serde_json::from_str::<Step>(r#"[4,"1116-2010:6.10",1.5,0,"ok",null]"#).is_err());
    }
}
