//! Statements: static SQL texts with a name, registered so that a test can prepare all of them on both engines.

use std::sync::OnceLock;

use crate::dialect;

/// One SQL text with placeholders `$1`, `$2`, ... Declared by [`sql!`](crate::sql) only.
#[derive(Debug)]
pub struct Statement {
    name: &'static str,
    module: &'static str,
    text: &'static str,
    sqlite: OnceLock<String>,
    postgres: OnceLock<String>,
}

impl Statement {
    /// Used by [`sql!`](crate::sql).
    #[must_use]
    pub const fn new(name: &'static str, module: &'static str, text: &'static str) -> Self {
        Self { name, module, text, sqlite: OnceLock::new(), postgres: OnceLock::new() }
    }

    /// Name of the constant, for messages and traces.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Module in which it is declared.
    #[must_use]
    pub fn module(&self) -> &'static str {
        self.module
    }

    /// The text as written.
    #[must_use]
    pub fn text(&self) -> &'static str {
        self.text
    }

    /// Whether it may change something; a reading statement begins with SELECT.
    pub(crate) fn writes(&self) -> bool {
        !self.text.trim_start().starts_with("SELECT")
    }

    pub(crate) fn for_sqlite(&self) -> &str {
        self.sqlite.get_or_init(|| dialect::sqlite_statement(self.text))
    }

    pub(crate) fn for_postgres(&self) -> &str {
        self.postgres.get_or_init(|| dialect::postgres_statement(self.text))
    }
}

/// Declares statements and registers them in the module's `STATEMENTS`, which `statements.rs` lists.
///
/// One invocation per module; the text is the subset that both engines understand, with `$1` placeholders, never a `$`
/// or `?` inside quotes, sums cast to BIGINT, and `/*skip locked*/` where PostgreSQL is to pass over locked rows.
/// ```ignore
/// sql! {
///     FIND = "SELECT login FROM account WHERE id = $1";
/// }
/// ```
#[macro_export]
macro_rules! sql {
    ($($(#[$doc:meta])* $name:ident = $text:expr;)+) => {
        $($(#[$doc])* static $name: $crate::Statement =
            $crate::Statement::new(stringify!($name), module_path!(), $text);)+
        /// Every statement of this module.
        pub(crate) static STATEMENTS: &[&$crate::Statement] = &[$(&$name),+];
    };
}
