//! How SQLite goes about the statements whose tables grow with every finished case.

use rusqlite::Connection;
use tempfile::TempDir;

use crate::{sqlite, statements};

/// The plan of a registered statement in an empty database, one step a line: plans do not depend on what the tables hold.
fn plan(module: &str, name: &str) -> String {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("qyzmet.db");
    sqlite::migrate(&path).unwrap();
    let statement = statements::all()
        .find(|statement| statement.module().ends_with(module) && statement.name() == name)
        .unwrap();
    let connection = Connection::open(path).unwrap();
    let mut explain = connection.prepare(&format!("EXPLAIN QUERY PLAN {}", statement.for_sqlite())).unwrap();
    let steps = explain.raw_query().mapped(|row| row.get::<_, String>("detail"));
    steps.collect::<Result<Vec<_>, _>>().unwrap().join("\n")
}

/// A person with a thousand finished requests begins the next one as fast as the first.
#[test]
fn an_open_case_is_found_without_looking_at_finished_ones() {
    let plan = plan("cases", "OPEN_OF_SERVICE");
    assert_eq!(plan, "SEARCH cases USING INDEX cases_open (shard=? AND account=? AND service=?)");
}

/// Looking for certificates that end soon costs what is found, not what is kept; so does the look of a cabinet.
#[test]
fn certificates_that_end_soon_are_found_by_their_end_alone() {
    let walk = plan("ends", "ENDING");
    assert_eq!(walk, "SEARCH certificates USING INDEX certificates_by_end (not_after>? AND not_after<?)");
    let cabinet = plan("ends", "ENDING_OF_ACCOUNT");
    let by_account =
        "SEARCH certificates USING INDEX certificates_of_account (account=? AND not_after>? AND not_after<?)";
    assert!(cabinet.starts_with(by_account), "{cabinet}");
    let followed = plan("ends", "FOLLOWED");
    assert_eq!(followed, "SEARCH certificates USING INDEX certificates_of_holder (holder=? AND not_after>?)");
}
