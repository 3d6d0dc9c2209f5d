//! Compares what an example says with what came.

use jiff::civil::DateTime;

use super::{Called, Example, Mismatch, Path};
use crate::case::{Ending, Outcome};

pub(super) fn compare(
    example: &Example,
    path: &Path,
    outcome: &Outcome,
    (called, due): (&[Called], Option<DateTime>),
) -> Result<(), Mismatch> {
    let then = &example.then;
    let refusal = if let Ending::Refused(refusal) = &outcome.ending { Some(refusal) } else { None };
    let clause = refusal.map_or(&outcome.clause, |refusal| &refusal.clause);
    same("path", &format!("{:?}", then.path), &format!("{:?}", path.actions))?;
    same("outcome", &then.outcome, &path.outcome)?;
    if let Some(ground) = &then.ground {
        same("ground", ground, refusal.map_or("none", |refusal| &refusal.ground))?;
    }
    if let Some(expected) = &then.clause {
        same("clause", &expected.to_string(), &clause.to_string())?;
    }
    if let Some(fact) = &then.evidence {
        let facts: Vec<_> =
            refusal.iter().flat_map(|refusal| &refusal.evidence).map(|e| e.fact.as_str()).collect();
        same("evidence", fact, facts.iter().find(|found| *found == fact).copied().unwrap_or("none"))?;
    }
    if let Some(expected) = &then.called {
        same(
            "called",
            &format!("{expected:?}"),
            &called_as(called, expected).map_or("nothing".to_owned(), |c| format!("{c:?}")),
        )?;
    }
    if let Some(expected) = then.within_term {
        let found = outcome.within_term.map_or("not reckoned".to_owned(), |within| within.to_string());
        same("within-term", &expected.to_string(), &found)?;
    }
    if let Some(expected) = then.due {
        let found = due.map_or("not reckoned".to_owned(), |due| due.to_string());
        same("due", &expected.to_string(), &found)?;
    }
    Ok(())
}

fn same(what: &'static str, expected: &str, found: &str) -> Result<(), Mismatch> {
    if expected == found {
        return Ok(());
    }
    Err(Mismatch::Differs { what, expected: expected.to_owned(), found: found.to_owned() })
}

/// The call of the operation that is expected, or else the first call.
fn called_as<'a>(called: &'a [Called], expected: &Called) -> Option<&'a Called> {
    called.iter().find(|call| call.operation == expected.operation).or(called.first())
}
