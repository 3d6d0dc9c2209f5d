//! One connection with its prepared statements, driven by a runtime of its own so that a unit of work can be an
//! ordinary blocking closure.

use std::collections::HashMap;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio_postgres::config::TargetSessionAttrs;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Config, Error, NoTls};

use super::failure::translate;
use crate::{Row, Statement, StoreError, Value, tx::Session};

/// Settings of every session. Sequential scans would lock whole tables against serializable neighbours, so that units
/// collide though they touch different rows; a session that hangs in a transaction must not hold its locks for ever.
const SESSION: &str = "SET enable_seqscan = off; SET jit = off; \
    SET idle_in_transaction_session_timeout = '30s'; SET lock_timeout = '30s'";
const CONNECT: Duration = Duration::from_secs(5);

/// A connection. It holds a runtime, so it must not be dropped on a thread of another one.
pub(super) struct Connection {
    client: Client,
    /// By the address of the static statement.
    prepared: HashMap<usize, tokio_postgres::Statement>,
    /// Text that begins the transaction: sent together with the first statement, which saves a round trip.
    promised: Option<&'static str>,
    open: bool,
    wrote: bool,
    runtime: Runtime,
}

impl Connection {
    pub(super) fn open(config: &Config) -> Result<Self, StoreError> {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| StoreError::Database(format!("no runtime for a connection: {error}")))?;
        let mut config = config.clone();
        // Of several hosts, the one that takes changes: after a failover, the new primary.
        config.target_session_attrs(TargetSessionAttrs::ReadWrite);
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT);
        }
        let client = runtime.block_on(async {
            let (client, connection) = config.connect(NoTls).await?;
            tokio::spawn(connection);
            client.batch_execute(SESSION).await?;
            Ok(client)
        });
        let client = client.map_err(|error: Error| translate(&error))?;
        Ok(Self { client, prepared: HashMap::new(), promised: None, open: false, wrote: false, runtime })
    }

    /// Whether the connection is known to be lost.
    pub(super) fn is_lost(&self) -> bool {
        self.client.is_closed()
    }

    /// Promises a transaction; it begins with the first statement.
    pub(super) fn begin(&mut self, text: &'static str) {
        self.promised = Some(text);
        self.open = false;
        self.wrote = false;
    }

    /// Whether a statement ran in the present transaction that may have changed something.
    pub(super) fn wrote(&self) -> bool {
        self.wrote
    }

    /// Ends the transaction; one that never began needs no end.
    pub(super) fn end(&mut self, text: &str) -> Result<(), StoreError> {
        self.promised = None;
        if !std::mem::take(&mut self.open) {
            return Ok(());
        }
        self.batch(text)
    }

    /// Runs a last statement and commits, in one round trip.
    pub(super) fn commit_after(
        &mut self,
        statement: &'static Statement,
        values: &[Value],
    ) -> Result<(), StoreError> {
        let prepared = self.prepare(statement)?;
        self.open = false;
        let params = borrowed(values);
        let client = &self.client;
        let (last, commit) = self.runtime.block_on(async {
            tokio::join!(biased; client.execute(&prepared, &params), client.batch_execute("COMMIT"))
        });
        // The server answers COMMIT of a failed transaction with a silent rollback: the statement decides first.
        last.and(commit).map_err(|error| translate(&error))
    }

    /// Runs texts without parameters: transaction control, migrations.
    pub(super) fn batch(&mut self, text: &str) -> Result<(), StoreError> {
        self.runtime.block_on(self.client.batch_execute(text)).map_err(|error| translate(&error))
    }

    /// The prepared form of a statement, from the server the first time.
    fn prepare(&mut self, statement: &'static Statement) -> Result<tokio_postgres::Statement, StoreError> {
        let key = std::ptr::from_ref(statement).addr();
        if let Some(prepared) = self.prepared.get(&key) {
            return Ok(prepared.clone());
        }
        let answer = self.runtime.block_on(self.client.prepare(statement.for_postgres()));
        let prepared = answer.map_err(|error| translate(&error))?;
        self.prepared.insert(key, prepared.clone());
        Ok(prepared)
    }

    /// Runs a statement, behind the promised beginning of the transaction if it is the first.
    fn first_or_next<T>(
        &mut self,
        statement: &Statement,
        send: impl AsyncFnOnce(&Client) -> Result<T, Error>,
    ) -> Result<T, StoreError> {
        self.wrote |= statement.writes();
        let client = &self.client;
        let answer = match self.promised.take() {
            None => self.runtime.block_on(send(client)),
            Some(begin) => {
                self.open = true;
                let both = async { tokio::join!(biased; client.batch_execute(begin), send(client)) };
                let (begun, answer) = self.runtime.block_on(both);
                begun.and(answer)
            }
        };
        answer.map_err(|error| translate(&error))
    }
}

impl Session for Connection {
    fn execute(&mut self, statement: &'static Statement, values: &[Value]) -> Result<u64, StoreError> {
        let prepared = self.prepare(statement)?;
        let params = borrowed(values);
        self.first_or_next(statement, async |client| client.execute(&prepared, &params).await)
    }

    fn rows(&mut self, statement: &'static Statement, values: &[Value]) -> Result<Vec<Row>, StoreError> {
        let prepared = self.prepare(statement)?;
        let params = borrowed(values);
        let rows = self.first_or_next(statement, async |client| client.query(&prepared, &params).await)?;
        rows.iter().map(owned).collect()
    }

    fn check(&mut self, statement: &'static Statement) -> Result<(), StoreError> {
        self.prepare(statement).map(drop)
    }
}

fn borrowed(values: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

fn owned(row: &tokio_postgres::Row) -> Result<Row, StoreError> {
    let values: Result<Vec<Value>, _> = (0..row.len()).map(|column| row.try_get(column)).collect();
    values.map(Row::new).map_err(|error| translate(&error))
}
