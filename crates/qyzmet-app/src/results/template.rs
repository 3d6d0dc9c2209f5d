//! Tries the printed form of a service on invented data, so that a broken one is found before anybody has a result.

use qyzmet_engine::{Finding, Regulation};
#[cfg(feature = "print")]
use qyzmet_engine::{FindingKind, Severity};

#[cfg(feature = "print")]
use super::sample::{self, Ending};

/// A program without the PDF engine prints nothing, so it finds nothing.
#[cfg(not(feature = "print"))]
#[must_use]
pub fn check_template(_regulation: &Regulation) -> Vec<Finding> {
    Vec::new()
}

/// Renders a result and a refusal in each language; the first that cannot be made is a finding with its line [R1116-14].
#[cfg(feature = "print")]
#[must_use]
pub fn check_template(regulation: &Regulation) -> Vec<Finding> {
    let samples = qyzmet_domain::Locale::ALL
        .iter()
        .flat_map(|locale| Ending::ALL.map(|ending| sample::data(regulation, *locale, ending)));
    let tried = samples.map(|data| qyzmet_print::render(&regulation.result_template, &data, SAMPLE_TIME));
    tried.filter_map(Result::err).next().map(|why| finding(regulation, &why)).into_iter().collect()
}

#[cfg(feature = "print")]
const SAMPLE_TIME: jiff::Timestamp = jiff::Timestamp::UNIX_EPOCH;

#[cfg(feature = "print")]
fn finding(regulation: &Regulation, why: &qyzmet_print::PrintError) -> Finding {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let (line, column, message) = match why {
        qyzmet_print::PrintError::Template { line, column, message } => {
            (number(*line), number(*column), format!("the printed form cannot be made: {message}"))
        }
        other => (0, 0, format!("the printed form cannot be made: {other}")),
    };
    Finding {
        severity: Severity::Error,
        kind: FindingKind::BrokenTemplate,
        action: None,
        file: regulation.service.result.template.clone(),
        line,
        column,
        message,
    }
}
