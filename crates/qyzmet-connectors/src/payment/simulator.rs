//! The payment gateway's side: takes signed orders, shows a page on which to pay, and says what became of a payment.

use std::{
    collections::BTreeMap,
    future::Future,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State},
    http::{HeaderMap, StatusCode},
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use qyzmet_app::clock::Clock;
use qyzmet_pki::{Identity, Trust};
use serde_json::{Value, json};

use super::wire::{self, Order, Ordered, Paid, Question, Refund, Refunded, SIGNATURE, Said};
use crate::simulation::{self, Running, SimulatorError, Stop, Switch, html};

/// How the gateway shall behave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// As it should.
    Ok,
    /// Answers late.
    Slow,
    /// Answers 503.
    Down,
    /// Answers what is not the protocol.
    Malformed,
    /// Signs something else than it sends.
    WrongSignature,
    /// Says that less was paid.
    WrongAmount,
    /// Refuses every order for good.
    Reject,
}

const MODES: &[(&str, Mode)] = &[
    ("ok", Mode::Ok),
    ("slow", Mode::Slow),
    ("down", Mode::Down),
    ("malformed", Mode::Malformed),
    ("wrong-signature", Mode::WrongSignature),
    ("wrong-amount", Mode::WrongAmount),
    ("reject", Mode::Reject),
];

/// How to start the gateway.
pub struct Options {
    /// Where to listen; port 0 takes a free one. The pages are on the same port.
    pub addr: SocketAddr,
    /// The gateway's own key and certificate.
    pub identity: Arc<Identity>,
    /// Anchors of the callers' certificates.
    pub trust: Arc<Trust>,
    /// How long an answer takes in the mode `slow`.
    pub slow: Duration,
    /// Where the time comes from.
    pub clock: Clock,
}

struct Simulation {
    options: Options,
    page: SocketAddr,
    switch: Switch<Mode>,
    payments: Mutex<BTreeMap<String, Payment>>,
}

/// What the gateway knows of one payment.
#[derive(Clone)]
struct Payment {
    order: Order,
    paid: Option<Paid>,
    /// Number of the refund.
    refund: Option<String>,
}

impl Payment {
    fn ordered(order: Order) -> Self {
        Self { order, paid: None, refund: None }
    }
}

/// Starts the gateway; it stops when `shutdown` completes.
///
/// # Errors
/// When the address cannot be listened on.
pub async fn serve(
    options: Options,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<Running, SimulatorError> {
    let (listener, page) = simulation::listen(options.addr).await?;
    let switch = Switch::new(MODES, Mode::Ok);
    let simulation = Simulation { options, page, switch: switch.clone(), payments: Mutex::default() };
    let router = Router::new()
        .route("/", get(show))
        .route("/orders", post(order))
        .route("/state", post(state))
        .route("/refunds", post(refund))
        .route("/pay/{id}", get(show_order).post(pay))
        .route("/api/orders", get(list))
        .layer(DefaultBodyLimit::max(super::MOST_BYTES))
        .with_state(Arc::new(simulation))
        .merge(simulation::switch_routes(switch));
    let stop = Stop::when(shutdown);
    Ok(simulation::running(page, page, simulation::serve_http(listener, router, stop)))
}

impl Simulation {
    fn payments(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Payment>> {
        self.payments.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits or fails as the switch says, and reads a message that somebody trusted has signed.
    async fn read<T: serde::de::DeserializeOwned>(
        &self,
        headers: &HeaderMap,
        body: &Bytes,
    ) -> Result<T, StatusCode> {
        match self.switch.mode() {
            Mode::Down => return Err(StatusCode::SERVICE_UNAVAILABLE),
            Mode::Slow => tokio::time::sleep(self.options.slow).await,
            _ => {}
        }
        let signature = headers.get(SIGNATURE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let (trust, now) = (&self.options.trust, self.options.clock.now());
        wire::signer(body, signature, trust, now).ok_or(StatusCode::FORBIDDEN)?;
        serde_json::from_slice(body).map_err(|_| StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// Signs an answer, or spoils it as the switch says.
    fn answer(&self, message: &impl serde::Serialize) -> Response {
        let failed = || StatusCode::INTERNAL_SERVER_ERROR.into_response();
        let Ok(mut body) = serde_json::to_vec(message) else { return failed() };
        if self.switch.mode() == Mode::Malformed {
            body = b"{}".to_vec();
        }
        let signed = wire::sign(&body, &self.options.identity, self.options.clock.now());
        let Ok(signature) = signed else { return failed() };
        if self.switch.mode() == Mode::WrongSignature {
            body.push(b' ');
        }
        ([(SIGNATURE, signature)], body).into_response()
    }
}

type Shared = State<Arc<Simulation>>;

async fn order(State(simulation): Shared, headers: HeaderMap, body: Bytes) -> Response {
    let order: Order = match simulation.read(&headers, &body).await {
        Ok(order) => order,
        Err(status) => return status.into_response(),
    };
    if simulation.switch.mode() == Mode::Reject {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    }
    let payment_id = order.payment_id.clone();
    simulation.payments().entry(payment_id.clone()).or_insert_with(|| Payment::ordered(order));
    let pay_url = format!("http://{}/pay/{payment_id}", simulation.page);
    simulation.answer(&Ordered { gateway_id: format!("PG-{payment_id}"), payment_id, pay_url })
}

async fn state(State(simulation): Shared, headers: HeaderMap, body: Bytes) -> Response {
    let question: Question = match simulation.read(&headers, &body).await {
        Ok(question) => question,
        Err(status) => return status.into_response(),
    };
    let found = simulation.payments().get(&question.payment_id).cloned();
    let Some(found) = found else { return StatusCode::UNPROCESSABLE_ENTITY.into_response() };
    let less = u32::from(simulation.switch.mode() == Mode::WrongAmount);
    let paid = found.paid.map(|paid| Paid { amount: paid.amount.saturating_sub(less), ..paid });
    simulation.answer(&Said { payment_id: question.payment_id, paid })
}

/// Gives back what was paid under exactly this receipt; a wish that is repeated is answered as the first was.
async fn refund(State(simulation): Shared, headers: HeaderMap, body: Bytes) -> Response {
    let Refund { payment_id, receipt, amount, .. } = match simulation.read(&headers, &body).await {
        Ok(refund) => refund,
        Err(status) => return status.into_response(),
    };
    let refund_id = {
        let mut payments = simulation.payments();
        let fits = |payment: &&mut Payment| {
            payment.paid.as_ref().is_some_and(|paid| paid.receipt == receipt && paid.amount == amount)
        };
        let payment = payments.get_mut(&payment_id).filter(fits);
        let Some(payment) = payment else { return StatusCode::UNPROCESSABLE_ENTITY.into_response() };
        payment.refund.get_or_insert_with(|| format!("RF-{receipt}")).clone()
    };
    simulation.answer(&Refunded { payment_id, refund_id })
}

/// The page on which a person pays.
async fn show_order(State(simulation): Shared, Path(id): Path<String>) -> Response {
    let found = simulation.payments().get(&id).cloned();
    let Some(Payment { order, paid, .. }) = found else { return StatusCode::NOT_FOUND.into_response() };
    let line = |label: &str, value: &str| vec![label.to_owned(), value.to_owned()];
    let amount = format!("{} ₸", order.amount);
    let rows = [
        line("Қызмет / Услуга", &order.purpose),
        line("Төлеуші / Плательщик", &order.payer),
        line("Алушы / Получатель", &order.payee),
        line("БСК / КБК", &order.kbk),
        line("ТТК / КНП", &order.knp),
        line("Сома / Сумма", &amount),
    ];
    let back = html::escape(&order.back);
    let button = if paid.is_some() {
        "<p>Төленді / Оплачено</p>".to_owned()
    } else {
        format!(
            "<form method=\"post\" action=\"/pay/{id}\"><button>{amount}: төлеу / оплатить</button></form>"
        )
    };
    let body = format!(
        "{}{button}<p><a href=\"{back}\">Порталға қайту / Вернуться на портал</a></p>",
        html::table(&["", ""], &rows)
    );
    Html(html::page("ЭҮТШ / ПШЭП (simulator)", &simulation.switch, &body)).into_response()
}

async fn pay(State(simulation): Shared, Path(id): Path<String>) -> Response {
    let at = simulation.options.clock.now();
    let mut payments = simulation.payments();
    let number = payments.values().filter(|payment| payment.paid.is_some()).count() + 1;
    let Some(payment) = payments.get_mut(&id) else { return StatusCode::NOT_FOUND.into_response() };
    let amount = payment.order.amount;
    payment.paid.get_or_insert_with(|| Paid { receipt: format!("R-{number:08}-{id}"), amount, at });
    Redirect::to(&payment.order.back).into_response()
}

fn rows(simulation: &Simulation) -> Vec<Payment> {
    simulation.payments().values().cloned().collect()
}

async fn show(State(simulation): Shared) -> Html<String> {
    let row = |Payment { order, paid, refund }: Payment| {
        let receipt = paid.map_or_else(|| "open".to_owned(), |paid| paid.receipt);
        let refund = refund.unwrap_or_default();
        vec![order.at.to_string(), order.payment_id, order.payer, order.amount.to_string(), receipt, refund]
    };
    let rows: Vec<Vec<String>> = rows(&simulation).into_iter().map(row).collect();
    let table = html::table(&["at", "payment", "payer", "amount", "receipt", "refund"], &rows);
    Html(html::page("Payment gateway (simulator)", &simulation.switch, &table))
}

async fn list(State(simulation): Shared) -> Json<Value> {
    let row = |Payment { order, paid, refund }: Payment| {
        json!({
            "payment": order.payment_id,
            "amount": order.amount,
            "paid": paid.is_some(),
            "pay": format!("/pay/{}", order.payment_id),
            "refund": refund,
        })
    };
    Json(rows(&simulation).into_iter().map(row).collect())
}
