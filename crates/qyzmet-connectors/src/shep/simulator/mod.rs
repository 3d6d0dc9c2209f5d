//! The gateway's side, with GBD FL, GBD UL and the consent service behind it: a real HTTP server that checks and signs.

mod exchange;
mod page;
mod state;

use std::{future::Future, net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use qyzmet_pki::{Identity, Trust};

use super::Clock;
use crate::{
    gbd_fl::people::People,
    hostile_xml::MAX_BYTES,
    simulation::{self, Running, SimulatorError, Stop},
};
pub use state::Mode;
use state::Simulation;
pub(crate) use state::{Reply, answer_number};

/// Path of the synchronous channel on the simulator's address.
pub const SYNC_PATH: &str = "/bip-sync/";

/// How to start the gateway.
pub struct Options {
    /// Where to listen; port 0 takes a free one.
    pub addr: SocketAddr,
    /// The gateway's own key and certificate.
    pub identity: Arc<Identity>,
    /// Anchors of the callers' certificates.
    pub trust: Arc<Trust>,
    /// Seed of the people and of the consent tokens.
    pub seed: u64,
    /// How many people, usually [`crate::gbd_fl::people::USUAL_COUNT`].
    pub people: u32,
    /// How long the answer takes in the mode `slow`.
    pub slow: Duration,
    /// Where the time comes from.
    pub clock: Clock,
}

/// Starts the gateway; it stops when `shutdown` completes.
///
/// # Errors
/// When the address cannot be listened on.
pub async fn serve(
    options: Options,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<Running, SimulatorError> {
    let (listener, addr) = simulation::listen(options.addr).await?;
    let people = People::new(options.seed, options.people);
    let simulation = Arc::new(Simulation::new(options, people));
    let router = routes(simulation);
    let stop = Stop::when(shutdown);
    Ok(simulation::running(addr, addr, simulation::serve_http(listener, router, stop)))
}

fn routes(simulation: Arc<Simulation>) -> Router {
    let switch = simulation.switch.clone();
    Router::new()
        .route("/", get(page::show))
        .route(SYNC_PATH, post(ask))
        .layer(DefaultBodyLimit::max(MAX_BYTES))
        .with_state(simulation)
        .merge(simulation::switch_routes(switch))
}

/// One SOAP exchange, as the switch says.
async fn ask(State(simulation): State<Arc<Simulation>>, body: Bytes) -> Response {
    let mode = simulation.switch.mode();
    match mode {
        Mode::Down => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Mode::Slow => tokio::time::sleep(simulation.slow).await,
        _ => {}
    }
    let answered = match mode {
        Mode::Fault => Err("FAULT015"),
        _ => exchange::answer(&simulation, &body),
    };
    let content_type = [(CONTENT_TYPE, "text/xml; charset=utf-8")];
    match answered {
        Ok(signed) => (content_type, exchange::spoil(signed, mode)).into_response(),
        Err(code) => {
            simulation.note("-", "-", code);
            (StatusCode::INTERNAL_SERVER_ERROR, content_type, exchange::fault(code)).into_response()
        }
    }
}
