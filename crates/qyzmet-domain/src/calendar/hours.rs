//! Which clock a term runs by, and the hours in which a unit works.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

/// How a term is measured. The acts give seconds and days without saying which: what a system does is measured by
/// the running clock, what people do by the hours in which they work, and an action may say otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Clock {
    /// Every second counts, day and night.
    Running,
    /// Only the working hours of the unit on working days count.
    Working,
}

/// A text that names no clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected one of: running, working")]
pub struct UnknownClock;

impl Clock {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Running, Self::Working];

    /// The word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Working => "working",
        }
    }
}

impl FromStr for Clock {
    type Err = UnknownClock;

    fn from_str(text: &str) -> Result<Self, UnknownClock> {
        Self::ALL.into_iter().find(|clock| clock.as_str() == text).ok_or(UnknownClock)
    }
}

/// A stretch of one day: from the first moment to the moment after the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Span {
    from: Time,
    until: Time,
}

/// A text that is no stretch of working hours, or stretches that overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("working hours are stretches such as \"09:00-13:00\", in order and without overlap")]
pub struct InvalidHours;

impl Span {
    /// When it begins.
    #[must_use]
    pub fn from(self) -> Time {
        self.from
    }

    /// When it is over.
    #[must_use]
    pub fn until(self) -> Time {
        self.until
    }
}

impl FromStr for Span {
    type Err = InvalidHours;

    fn from_str(text: &str) -> Result<Self, InvalidHours> {
        let (from, until) = text.split_once('-').ok_or(InvalidHours)?;
        let time = |text: &str| {
            let is_plain = text.len() == 5 && text.as_bytes()[2] == b':';
            text.parse::<Time>().ok().filter(|_| is_plain).ok_or(InvalidHours)
        };
        let (from, until) = (time(from)?, time(until)?);
        if from < until { Ok(Self { from, until }) } else { Err(InvalidHours) }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.from.strftime("%H:%M"), self.until.strftime("%H:%M"))
    }
}

impl TryFrom<String> for Span {
    type Error = InvalidHours;

    fn try_from(text: String) -> Result<Self, InvalidHours> {
        text.parse()
    }
}

impl From<Span> for String {
    fn from(span: Span) -> Self {
        span.to_string()
    }
}

/// The hours in which a unit works on a working day.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<Span>", into = "Vec<Span>")]
pub struct Hours(Vec<Span>);

impl Hours {
    /// The stretches, in their order; at least one.
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        &self.0
    }
}

impl TryFrom<Vec<Span>> for Hours {
    type Error = InvalidHours;

    fn try_from(spans: Vec<Span>) -> Result<Self, InvalidHours> {
        let in_order = spans.windows(2).all(|pair| pair[0].until <= pair[1].from);
        if spans.is_empty() || !in_order { Err(InvalidHours) } else { Ok(Self(spans)) }
    }
}

impl From<Hours> for Vec<Span> {
    fn from(hours: Hours) -> Self {
        hours.0
    }
}

/// The hours of a unit that names none: eight hours with one for dinner, the usual day of state bodies.
impl Default for Hours {
    fn default() -> Self {
        let at = |hour| jiff::civil::time(hour, 0, 0, 0);
        Self(vec![Span { from: at(9), until: at(13) }, Span { from: at(14), until: at(18) }])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn working_hours_read_as_they_are_written() {
        let spans: Vec<Span> = ["09:00-13:00", "14:30-18:30"].map(|text| text.parse().unwrap()).to_vec();
        assert_eq!(spans[1].to_string(), "14:30-18:30");
        assert_eq!(Hours::try_from(spans.clone()).unwrap().spans(), spans);
        assert_eq!(Hours::try_from(vec![spans[1], spans[0]]), Err(InvalidHours));
        assert_eq!(Hours::try_from(Vec::new()), Err(InvalidHours));
    }

    #[test]
    fn nonsense_is_no_stretch_of_hours() {
        for text in ["", "9-18", "09:00", "18:00-09:00", "09:00-09:00", "24:00-25:00", "09:00:01-10:00"] {
            assert_eq!(text.parse::<Span>(), Err(InvalidHours), "{text}");
        }
    }
}
