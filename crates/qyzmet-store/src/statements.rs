//! The one list of all statements; a module that uses `sql!` adds its `STATEMENTS` here, and a test checks that it did.

use crate::{Statement, migrations};

/// Statements by module. Repositories are listed in [`repositories::STATEMENTS`](crate::repositories::STATEMENTS).
pub(crate) static ALL: &[&[&Statement]] = &[migrations::STATEMENTS];
