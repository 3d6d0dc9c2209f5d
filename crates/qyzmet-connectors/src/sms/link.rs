//! The bind to the message centre: made, kept alive, made again after a pause when it breaks.

use std::{future::poll_fn, pin::pin, task::Poll, time::Duration};

use futures::{Stream, StreamExt};
use qyzmet_app::ports::{Fault, Receipt};
use rusmpp::{
    CommandId, Pdu,
    pdus::{BindTransceiver, DeliverSmResp},
    types::COctetString,
    values::InterfaceVersion,
};
use rusmppc::{Client, ConnectionBuilder, Event, error::Error};
use secrecy::ExposeSecret;
use tokio::{
    net::TcpStream,
    sync::{mpsc, watch},
    task::JoinHandle,
};
use tracing::{instrument::WithSubscriber, subscriber::NoSubscriber};

use super::{SmsConfig, unavailable};

/// Longest pause between attempts.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Commands that the library writes in one turn.
const COMMANDS_A_TURN: usize = 2;

/// The present bind, if any.
pub(super) struct Link {
    bound: watch::Receiver<Option<Client>>,
    task: JoinHandle<()>,
}

impl Link {
    pub(super) fn start(config: SmsConfig, receipts: mpsc::Sender<Receipt>) -> Self {
        let (publish, bound) = watch::channel(None);
        Self { bound, task: tokio::spawn(keep(config, receipts, publish)) }
    }

    pub(super) fn is_bound(&self) -> bool {
        self.bound.borrow().as_ref().is_some_and(|client| !client.is_closed())
    }

    /// The bind, waited for if it is being made; the caller's own time limit ends the waiting.
    pub(super) async fn bound(&self) -> Result<Client, Fault> {
        let mut bound = self.bound.clone();
        let ready = bound.wait_for(|client| client.as_ref().is_some_and(|client| !client.is_closed())).await;
        ready.ok().and_then(|client| client.clone()).ok_or_else(|| unavailable("link closed"))
    }

    pub(super) async fn close(&self) {
        self.task.abort();
        let client = self.bound.borrow().clone();
        if let Some(client) = client {
            // The centre may already be gone; then there is nobody to say goodbye to.
            let _ = client.unbind().await;
            let _ = client.close().await;
        }
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Binds for ever. A bind that held for a while makes the next pause short again.
async fn keep(config: SmsConfig, receipts: mpsc::Sender<Receipt>, publish: watch::Sender<Option<Client>>) {
    let mut pause = config.reconnect;
    loop {
        match bind(&config).await {
            Ok((client, events)) => {
                pause = config.reconnect;
                publish.send_replace(Some(client.clone()));
                serve(&client, events, &receipts).await;
                publish.send_replace(None);
                tracing::warn!("the message centre closed the link");
            }
            Err(why) => tracing::warn!(why, "no bind to the message centre"),
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// Connects and binds as transceiver. The error is our own word: the library's would print the password.
async fn bind(
    config: &SmsConfig,
) -> Result<(Client, impl Stream<Item = Event> + Unpin + 'static), &'static str> {
    let connect = tokio::time::timeout(config.timeout, TcpStream::connect(&config.addr));
    let stream = connect.await.map_err(|_| "no answer in time")?.map_err(|_| "connection refused")?;
    stream.set_nodelay(true).map_err(|_| "connection broken")?;
    let (client, events, connection) = ConnectionBuilder::new()
        .enquire_link_interval(config.enquire_link)
        .enquire_link_response_timeout(config.timeout)
        .response_timeout(config.timeout)
        // The check of the library knows only version 5.0; real centres speak 3.4.
        .disable_interface_version_check()
        .no_spawn()
        .connected(stream);
    // The library writes whole messages, codes and numbers included, into its log: it gets none, at any level.
    tokio::spawn(drained(connection, config.window).with_subscriber(NoSubscriber::default()));
    client.bind_transceiver(request(config)?).await.map_err(|error| match error {
        Error::UnexpectedResponse { .. } => "the centre refuses our name or password",
        Error::ResponseTimeout { .. } => "no answer in time",
        _ => "connection broken",
    })?;
    Ok((client, events))
}

/// Drives the connection. The library takes only two commands in one turn, and may then wait for the centre with others
/// still in its queue and nobody to wake it; so each turn is repeated until a whole window has gone out.
async fn drained(connection: impl Future<Output = ()>, window: usize) {
    let mut connection = pin!(connection);
    let turns = window / COMMANDS_A_TURN + 1;
    poll_fn(|cx| {
        let over = (0..turns).any(|_| connection.as_mut().poll(cx).is_ready());
        if over { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

fn request(config: &SmsConfig) -> Result<BindTransceiver, &'static str> {
    let terminated = |text: &str| [text.as_bytes(), b"\0"].concat();
    let name = COctetString::from_vec(terminated(&config.system_id)).map_err(|_| "our name is too long")?;
    let password = config.password.expose_secret();
    let password = COctetString::from_vec(terminated(password)).map_err(|_| "our password is too long")?;
    Ok(BindTransceiver::builder()
        .system_id(name)
        .password(password)
        .interface_version(InterfaceVersion::Smpp3_4)
        .build())
}

/// Takes receipts until the connection ends.
async fn serve(
    client: &Client,
    mut events: impl Stream<Item = Event> + Unpin,
    receipts: &mpsc::Sender<Receipt>,
) {
    while let Some(event) = events.next().await {
        let Event::Incoming(command) = event else {
            tracing::debug!("the link to the message centre reports an error");
            continue;
        };
        match (command.id(), command.pdu()) {
            (CommandId::DeliverSm, Some(Pdu::DeliverSm(pdu))) => {
                if let Some(receipt) = super::receipt::read(pdu) {
                    // Nobody is left to take it only when the client is being dropped.
                    let _ = receipts.send(receipt).await;
                }
                // Acknowledged only after it has been handed over, so that an untaken receipt comes again.
                let _ = client.deliver_sm_resp(command.sequence_number(), DeliverSmResp::default()).await;
            }
            (CommandId::Unbind, _) => {
                let _ = client.unbind_resp(command.sequence_number()).await;
                let _ = client.close().await;
            }
            _ => {}
        }
    }
}
