//! What a page showed when it was drawn: an action, and which coming of the case to it. Goes back with the form, so that
//! a button pressed twice, or on an old page, is told apart from a real second visit.

use std::fmt;

use qyzmet_engine::Case;

use crate::Error;

/// An action as a page showed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The action.
    pub action: u32,
    /// How often the case had left it before.
    pub visit: u32,
}

impl Seen {
    /// What no page shows: a form that does not say what it was drawn for is as late as one of an old page.
    pub const NOTHING: Self = Self { action: 0, visit: u32::MAX };

    /// Reads the hidden field of a form, `action.visit`.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let seen = |(action, visit): (&str, &str)| {
            Some(Self { action: action.parse().ok()?, visit: visit.parse().ok()? })
        };
        text.split_once('.').and_then(seen).unwrap_or(Self::NOTHING)
    }

    /// What a page shows of an action now.
    pub(crate) fn now(case: &Case, action: u32) -> Self {
        Self { action, visit: case.visit(action) }
    }

    /// Lets a command through that was meant for what the case is at now.
    ///
    /// # Errors
    /// [`Error::Late`] when the case has gone on since.
    pub(crate) fn still(self, case: &Case, action: u32) -> Result<(), Error> {
        if self == Self::now(case, action) { Ok(()) } else { Err(Error::Late) }
    }
}

/// As it stands in a hidden field: `action.visit`.
impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.action, self.visit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_field_reads_back_and_anything_else_was_never_shown() {
        let seen = Seen { action: 6, visit: 1 };
        assert_eq!(Seen::read(&seen.to_string()), seen);
        for other in ["", "6", "6.", ".1", "-6.1", "6.1.2", "6.4294967296", "six.one"] {
            assert_eq!(Seen::read(other), Seen::NOTHING, "{other}");
        }
    }
}
