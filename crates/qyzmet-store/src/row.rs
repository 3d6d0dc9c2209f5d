//! One row of an answer, read by position.

use std::str::FromStr;

use jiff::Timestamp;
use serde::de::DeserializeOwned;

use crate::{StoreError, Value};

/// A row. Getters take the position of the column, from 0, and answer [`StoreError::Corrupt`] when the column is
/// missing or of another kind: the row is then not what this program wrote.
#[derive(Clone, PartialEq, Eq)]
pub struct Row(Vec<Value>);

impl Row {
    pub(crate) fn new(values: Vec<Value>) -> Self {
        Self(values)
    }

    /// The raw value.
    pub fn value(&self, column: usize) -> Result<&Value, StoreError> {
        self.0.get(column).ok_or_else(|| StoreError::Corrupt(format!("the row has no column {column}")))
    }

    /// Text.
    pub fn text(&self, column: usize) -> Result<String, StoreError> {
        self.opt_text(column)?.ok_or_else(|| null(column))
    }

    /// Text or NULL.
    pub fn opt_text(&self, column: usize) -> Result<Option<String>, StoreError> {
        match self.value(column)? {
            Value::Null => Ok(None),
            Value::Text(text) => Ok(Some(text.clone())),
            other => Err(wrong(column, "text", other)),
        }
    }

    /// Integer.
    pub fn int(&self, column: usize) -> Result<i64, StoreError> {
        self.opt_int(column)?.ok_or_else(|| null(column))
    }

    /// Integer or NULL.
    pub fn opt_int(&self, column: usize) -> Result<Option<i64>, StoreError> {
        match self.value(column)? {
            Value::Null => Ok(None),
            Value::Int(number) => Ok(Some(*number)),
            other => Err(wrong(column, "integer", other)),
        }
    }

    /// Integer that can never be negative: a count, a sequence.
    pub fn count(&self, column: usize) -> Result<u64, StoreError> {
        let number = self.int(column)?;
        u64::try_from(number).map_err(|_| StoreError::Corrupt(format!("column {column} is negative")))
    }

    /// Bytes.
    pub fn blob(&self, column: usize) -> Result<Vec<u8>, StoreError> {
        self.opt_blob(column)?.ok_or_else(|| null(column))
    }

    /// Bytes or NULL.
    pub fn opt_blob(&self, column: usize) -> Result<Option<Vec<u8>>, StoreError> {
        match self.value(column)? {
            Value::Null => Ok(None),
            Value::Blob(bytes) => Ok(Some(bytes.clone())),
            other => Err(wrong(column, "blob", other)),
        }
    }

    /// Truth: a boolean, or the 0 and 1 in which SQLite keeps it.
    pub fn flag(&self, column: usize) -> Result<bool, StoreError> {
        match self.value(column)? {
            Value::Bool(flag) => Ok(*flag),
            Value::Int(0) => Ok(false),
            Value::Int(1) => Ok(true),
            other => Err(wrong(column, "boolean", other)),
        }
    }

    /// Time.
    pub fn time(&self, column: usize) -> Result<Timestamp, StoreError> {
        self.opt_time(column)?.ok_or_else(|| null(column))
    }

    /// Time or NULL.
    pub fn opt_time(&self, column: usize) -> Result<Option<Timestamp>, StoreError> {
        self.opt_int(column)?
            .map(|micros| {
                Timestamp::from_microsecond(micros)
                    .map_err(|_| StoreError::Corrupt(format!("column {column} is not a time")))
            })
            .transpose()
    }

    /// Text that has a type of its own: identifiers, locales, clauses.
    pub fn parsed<T: FromStr>(&self, column: usize) -> Result<T, StoreError> {
        self.opt_parsed(column)?.ok_or_else(|| null(column))
    }

    /// Typed text or NULL.
    pub fn opt_parsed<T: FromStr>(&self, column: usize) -> Result<Option<T>, StoreError> {
        self.opt_text(column)?
            .map(|text| {
                text.parse().map_err(|_| {
                    StoreError::Corrupt(format!("column {column} is not a {}", std::any::type_name::<T>()))
                })
            })
            .transpose()
    }

    /// JSON text read into its type.
    pub fn json<T: DeserializeOwned>(&self, column: usize) -> Result<T, StoreError> {
        serde_json::from_str(&self.text(column)?)
            .map_err(|_| StoreError::Corrupt(format!("the JSON in column {column} is not of its type")))
    }
}

fn null(column: usize) -> StoreError {
    StoreError::Corrupt(format!("column {column} is null"))
}

fn wrong(column: usize, wanted: &str, found: &Value) -> StoreError {
    StoreError::Corrupt(format!("column {column} holds {} instead of {wanted}", found.kind()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> Row {
        Row::new(vec![Value::Null, Value::Int(-1), Value::Text("x".to_owned()), Value::Int(1)])
    }

    #[test]
    fn a_column_of_another_kind_is_damage_and_its_value_is_not_told() {
        let told = StoreError::Corrupt("column 2 holds text instead of integer".to_owned());
        assert_eq!(row().int(2), Err(told));
        assert!(matches!(row().text(0), Err(StoreError::Corrupt(_))));
        assert!(matches!(row().text(9), Err(StoreError::Corrupt(_))));
        assert!(matches!(row().count(1), Err(StoreError::Corrupt(_))));
        assert!(matches!(row().flag(1), Err(StoreError::Corrupt(_))));
        assert!(matches!(row().json::<i64>(2), Err(StoreError::Corrupt(_))));
        assert!(matches!(row().parsed::<u32>(2), Err(StoreError::Corrupt(_))));
    }

    #[test]
    fn null_is_none_where_none_may_be() {
        assert_eq!(row().opt_text(0), Ok(None));
        assert_eq!(row().opt_time(0), Ok(None));
        assert_eq!(row().opt_blob(0), Ok(None));
        assert_eq!(row().flag(3), Ok(true));
    }

    #[test]
    fn debug_shows_kinds_only() {
        assert_eq!(format!("{:?}", Value::from("900101300017")), "text");
    }
}
