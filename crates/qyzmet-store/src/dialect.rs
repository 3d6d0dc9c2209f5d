//! Everything in which the two engines differ in words: nothing else in the crate knows which engine it speaks to.

/// SQLite takes `$1` for a *named* parameter and numbers names by first appearance, so that
/// `SET state = $3 ... WHERE id = $1` would silently bind the wrong values. `?1` means the position in both.
pub(crate) fn sqlite_statement(text: &str) -> String {
    text.replace('$', "?")
}

/// With one writer nobody else can hold a lock in SQLite; on PostgreSQL claiming workers pass over each other's rows.
pub(crate) fn postgres_statement(text: &str) -> String {
    text.replace("/*skip locked*/", "FOR UPDATE SKIP LOCKED").replace("/*lock*/", "FOR UPDATE")
}

/// Migrations are written with `BIGINT`, `BLOB`, `BOOLEAN`, `TEXT`. A STRICT table takes only SQLite's own names and
/// refuses a value of another kind, which ordinary SQLite tables would keep. One that is `kept by key` has no second tree for
/// its key there.
pub(crate) fn sqlite_migration(text: &str) -> String {
    let words = replace_words(text, &[("BIGINT", "INTEGER"), ("BOOLEAN", "INTEGER")]);
    words.replace("\n);", "\n) STRICT;").replace("\n) /*kept by key*/;", "\n) STRICT, WITHOUT ROWID;")
}

/// Texts compare by bytes, as in SQLite: else the order of a page would depend on the server's language.
pub(crate) fn postgres_migration(text: &str) -> String {
    replace_words(text, &[("BLOB", "BYTEA"), ("TEXT", "TEXT COLLATE \"C\"")])
}

fn replace_words(text: &str, pairs: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_alphabetic() || c == '_') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        let word = &rest[..end];
        out.push_str(pairs.iter().find(|(from, _)| *from == word).map_or(word, |(_, to)| *to));
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_keep_their_numbers_on_sqlite() {
        let text = "UPDATE t SET a = $3, b = $10 WHERE id = $1 /*skip locked*/";
        assert_eq!(sqlite_statement(text), "UPDATE t SET a = ?3, b = ?10 WHERE id = ?1 /*skip locked*/");
        assert_eq!(
            postgres_statement(text),
            "UPDATE t SET a = $3, b = $10 WHERE id = $1 FOR UPDATE SKIP LOCKED"
        );
    }

    #[test]
    fn types_are_translated_as_whole_words_only() {
        let text = "CREATE TABLE t (\n  CONTEXT TEXT, n BIGINT, b BLOB, f BOOLEAN\n);";
        assert_eq!(
            sqlite_migration(text),
            "CREATE TABLE t (\n  CONTEXT TEXT, n INTEGER, b BLOB, f INTEGER\n) STRICT;"
        );
        assert_eq!(
            postgres_migration(text),
            "CREATE TABLE t (\n  CONTEXT TEXT COLLATE \"C\", n BIGINT, b BYTEA, f BOOLEAN\n);"
        );
    }
}
