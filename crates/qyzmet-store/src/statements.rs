//! The one list of all statements; a module that uses `sql!` is named here, and a test checks that none is forgotten.

use crate::{
    Statement, counters, documents, jobs, journal, limits, migrations, postgres, repositories, store,
};

/// Every statement of the crate. Opening a store prepares them all, so a schema that does not fit is found at once.
pub(crate) fn all() -> impl Iterator<Item = &'static Statement> {
    let own: [&[&Statement]; 6] = [
        migrations::STATEMENTS,
        counters::STATEMENTS,
        documents::STATEMENTS,
        limits::STATEMENTS,
        postgres::STATEMENTS,
        store::STATEMENTS,
    ];
    let groups = [jobs::STATEMENTS, repositories::STATEMENTS, repositories::certificates::ALL]
        .into_iter()
        .flatten()
        .copied();
    own.into_iter().chain(groups).flatten().copied().chain(journal::statements())
}
