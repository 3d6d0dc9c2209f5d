//! The world outside a story: the real connectors against their simulators, watched and held up where a story needs it.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use qyzmet_app::{
    Clock, Ports,
    ports::{
        Fault, MessageCentre, PaymentGateway, PaymentOrder, PaymentPlace, PaymentState, PersonAnswer,
        PersonQuestion, PersonRegister, Receipt, RefundWish, ShortMessage,
    },
};
use qyzmet_connectors::{breaker::BreakerConfig, gbd_fl, gbd_ul, kdp, mail, payment, shep, simulators, sms};
use secrecy::SecretString;
use tokio::sync::{mpsc, watch};
use xtask::walk::{client::Client, html::Form};

use super::{
    PEOPLE, SEED,
    authority::{GATEWAY_BIN, PORTAL_BIN, pki},
};

const ANY: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// Longer than the time that the portal waits for a register.
const SLOW: Duration = Duration::from_millis(900);
const PATIENCE: Duration = Duration::from_millis(500);

/// What a story sees of the outside.
pub(crate) struct Outside {
    /// The register of individuals.
    pub(crate) register: Arc<Register>,
    /// The handsets.
    pub(crate) inbox: Arc<Inbox>,
    /// The gateway's page, with its switch.
    pub(crate) gateway: SocketAddr,
    /// The message centre's page, with its switch.
    pub(crate) centre: SocketAddr,
    /// The payment gateway.
    pub(crate) fees: Arc<Fees>,
    /// The payment gateway's page, with its switch.
    pub(crate) payments: SocketAddr,
    /// The mail relay's page, with its letters.
    pub(crate) mail: SocketAddr,
    /// Whether the signing role of the authority is down.
    pub(crate) signer_down: Arc<AtomicBool>,
    /// What came of the messages.
    pub(super) receipts: Mutex<Option<mpsc::Receiver<Receipt>>>,
}

impl Outside {
    /// Presses the button on a page of the payment gateway.
    pub(crate) async fn pay(&self, url: &str) {
        let url = url.to_owned();
        let press = move || {
            let (host, path) = url.rsplit_once("/pay/").expect("a page of the gateway");
            let mut client = Client::new(host);
            let path = format!("/pay/{path}");
            let shown = client.get(&path).expect("the page");
            let form = Form { action: path, method: "post".to_owned(), ..Form::default() };
            // The way back leads to the portal, which no story serves over HTTP.
            drop(client.submit(&shown, &form, None));
        };
        tokio::task::spawn_blocking(press).await.expect("pressed");
    }

    /// How many orders the payment gateway has taken.
    pub(crate) async fn orders(&self) -> usize {
        self.listed("\"payment\"").await
    }

    /// How many payments the gateway gives back.
    pub(crate) async fn refunds(&self) -> usize {
        self.listed("\"refund\":\"").await
    }

    /// All letters that the relay has taken, as its page lists them.
    pub(crate) async fn letters(&self) -> String {
        let page = self.mail;
        let list = move || {
            let mut client = Client::new(&format!("http://{page}"));
            client.get("/api/messages").expect("a list").text()
        };
        tokio::task::spawn_blocking(list).await.expect("listed")
    }

    /// How often something stands in the gateway's list.
    async fn listed(&self, what: &'static str) -> usize {
        let page = self.payments;
        let count = move || {
            let mut client = Client::new(&format!("http://{page}"));
            client.get("/api/orders").expect("a list").text().matches(what).count()
        };
        tokio::task::spawn_blocking(count).await.expect("counted")
    }
}

/// The client of the register, counted and held up.
pub(crate) struct Register {
    client: gbd_fl::Client,
    asked: AtomicUsize,
    open: watch::Sender<bool>,
}

impl Register {
    /// How many questions have left.
    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// Holds up all questions until they are let go.
    pub(crate) fn hold(&self) {
        self.open.send_replace(false);
    }

    /// Lets all questions go.
    pub(crate) fn let_go(&self) {
        self.open.send_replace(true);
    }
}

#[async_trait]
impl PersonRegister for Register {
    async fn person(&self, question: PersonQuestion) -> Result<PersonAnswer, Fault> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let mut open = self.open.subscribe();
        open.wait_for(|open| *open).await.map_err(|_| Fault::Timeout)?;
        self.client.person(question).await
    }
}

/// The client of the payment gateway, counted and held up.
pub(crate) struct Fees {
    client: payment::Client,
    asked: AtomicUsize,
    open: watch::Sender<bool>,
    keeps: AtomicBool,
}

impl Fees {
    /// How many questions about a payment have left.
    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// From now on no question about a payment is answered, not even by a fault.
    pub(crate) fn hang(&self) {
        self.open.send_replace(false);
    }

    /// Lets all questions go.
    pub(crate) fn let_go(&self) {
        self.open.send_replace(true);
    }

    /// Whether the gateway is out of order for refunds alone.
    pub(crate) fn keep_money(&self, keeps: bool) {
        self.keeps.store(keeps, Ordering::SeqCst);
    }
}

#[async_trait]
impl PaymentGateway for Fees {
    async fn order(&self, order: PaymentOrder) -> Result<PaymentPlace, Fault> {
        self.client.order(order).await
    }

    async fn state(&self, id: &str, at: Timestamp) -> Result<PaymentState, Fault> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let mut open = self.open.subscribe();
        open.wait_for(|open| *open).await.map_err(|_| Fault::Timeout)?;
        self.client.state(id, at).await
    }

    async fn refund(&self, wish: RefundWish) -> Result<String, Fault> {
        if self.keeps.load(Ordering::SeqCst) {
            return Err(Fault::Unavailable("no refunds now".to_owned()));
        }
        self.client.refund(wish).await
    }
}

/// The client of the message centre, with a copy of everything that the centre has taken.
pub(crate) struct Inbox {
    client: sms::Client,
    taken: Mutex<Vec<ShortMessage>>,
    open: watch::Sender<bool>,
}

impl Inbox {
    /// Holds up what the centre answers, as a busy portal would.
    pub(crate) fn hold_answers(&self) {
        self.open.send_replace(false);
    }

    /// Lets the answers through.
    pub(crate) fn let_answers_go(&self) {
        self.open.send_replace(true);
    }

    /// A job whose lease ran out while a story let time pass asks again and is told the same: one text arrived.
    fn keep(&self, message: ShortMessage) {
        let mut taken = self.taken.lock().expect("a whole list");
        if taken.iter().all(|other| other.id != message.id) {
            taken.push(message);
        }
    }

    /// Texts to a number, oldest first.
    pub(crate) fn to(&self, number: &str) -> Vec<String> {
        let taken = self.taken.lock().expect("a whole list");
        taken.iter().filter(|sms| sms.to.as_str() == number).map(|sms| sms.text.clone()).collect()
    }
}

#[async_trait]
impl MessageCentre for Inbox {
    async fn send(&self, message: ShortMessage) -> Result<String, Fault> {
        let id = self.client.send(message.clone()).await?;
        self.keep(message);
        let mut open = self.open.subscribe();
        open.wait_for(|open| *open).await.map_err(|_| Fault::Timeout)?;
        Ok(id)
    }
}

/// Starts the simulators on free ports and connects to them.
pub(super) async fn connect(clock: &Clock) -> (Ports, Outside) {
    let gateway = start_gateway(clock).await;
    let centre = start_centre(clock).await;
    let payments = start_payments(clock).await;
    let relay = start_relay(clock).await;
    let breaker = BreakerConfig { failures: 3, rest: SignedDuration::from_secs(10) };
    let way = way(gateway, clock);
    let client = gbd_fl::Client::new(way.clone(), breaker);
    let register = Arc::new(Register { client, asked: AtomicUsize::new(0), open: watch::Sender::new(true) });
    let (client, receipts) = sms::Client::connect(sms_config(centre.addr));
    let inbox = Arc::new(Inbox { client, taken: Mutex::default(), open: watch::Sender::new(true) });
    let client = payment::Client::new(payment_config(payments, clock), breaker).expect("a way to pay");
    let (asked, open, keeps) = (AtomicUsize::new(0), watch::Sender::new(true), AtomicBool::new(false));
    let fees = Arc::new(Fees { client, asked, open, keeps });
    let asker = kdp::Asker { company: "QYZMET".to_owned(), company_bin: PORTAL_BIN.parse().expect("a BIN") };
    let ports = Ports {
        persons: register.clone(),
        organisations: Arc::new(gbd_ul::Client::new(way.clone(), breaker)),
        consents: Arc::new(kdp::Client::new(way, asker, breaker)),
        messages: inbox.clone(),
        mail: Arc::new(mail::Client::new(mail_config(relay.addr, clock)).expect("a sender")),
        payments: fees.clone(),
    };
    let receipts = Mutex::new(Some(receipts));
    (
        ports,
        Outside {
            register,
            inbox,
            gateway,
            centre: centre.page,
            fees,
            payments,
            mail: relay.page,
            signer_down: Arc::default(),
            receipts,
        },
    )
}

async fn start_gateway(clock: &Clock) -> SocketAddr {
    let options = simulators::gateway::Options {
        addr: ANY,
        identity: Arc::new(pki().organisation("system-sign", "ЭҮШ ТЕСТ", GATEWAY_BIN)),
        trust: Arc::new(pki().trust()),
        seed: SEED,
        people: PEOPLE,
        slow: SLOW,
        clock: clock.clone(),
    };
    simulators::gateway::serve(options, std::future::pending()).await.expect("a gateway").addr
}

async fn start_payments(clock: &Clock) -> SocketAddr {
    let options = simulators::payment::Options {
        addr: ANY,
        identity: Arc::new(pki().organisation("system-sign", "ЭҮТШ ТЕСТ", GATEWAY_BIN)),
        trust: Arc::new(pki().trust()),
        slow: SLOW,
        clock: clock.clone(),
    };
    simulators::payment::serve(options, std::future::pending()).await.expect("a payment gateway").addr
}

fn payment_config(gateway: SocketAddr, clock: &Clock) -> payment::PaymentConfig {
    payment::PaymentConfig {
        url: format!("http://{gateway}/"),
        identity: Arc::new(pki().organisation("system-sign", "QYZMET", PORTAL_BIN)),
        trust: Arc::new(pki().trust()),
        gateway_bin: GATEWAY_BIN.parse().expect("a BIN"),
        kbk: "108126".to_owned(),
        knp: "911".to_owned(),
        payee: PORTAL_BIN.parse().expect("a BIN"),
        timeout: PATIENCE,
        clock: clock.clone(),
    }
}

async fn start_centre(clock: &Clock) -> simulators::Running {
    let options = simulators::smsc::Options {
        addr: ANY,
        page: ANY,
        system_id: "qyzmet".to_owned(),
        password: SecretString::from("secret"),
        slow: SLOW,
        clock: clock.clone(),
    };
    simulators::smsc::serve(options, std::future::pending()).await.expect("a message centre")
}

fn way(gateway: SocketAddr, clock: &Clock) -> shep::Gateway {
    let config = shep::GatewayConfig {
        url: format!("http://{gateway}{}", simulators::gateway::SYNC_PATH),
        sender_id: "QYZMET".to_owned(),
        password: None,
        identity: Arc::new(pki().organisation("system-sign", "QYZMET", PORTAL_BIN)),
        trust: Arc::new(pki().trust()),
        gateway_bin: GATEWAY_BIN.parse().expect("a BIN"),
        timeout: PATIENCE,
        clock: clock.clone(),
    };
    shep::Gateway::new(config).expect("a way to the gateway")
}

fn sms_config(addr: SocketAddr) -> sms::SmsConfig {
    sms::SmsConfig {
        addr: addr.to_string(),
        system_id: "qyzmet".to_owned(),
        password: SecretString::from("secret"),
        sender: "1414".to_owned(),
        timeout: Duration::from_secs(5),
        enquire_link: Duration::from_secs(15),
        window: 16,
        per_second: 1_000,
        reconnect: Duration::from_millis(20),
    }
}

async fn start_relay(clock: &Clock) -> simulators::Running {
    let options = mail::simulator::Options { addr: ANY, page: ANY, slow: SLOW, clock: clock.clone() };
    mail::simulator::serve(options, std::future::pending()).await.expect("a mail relay")
}

fn mail_config(relay: SocketAddr, clock: &Clock) -> mail::MailConfig {
    mail::MailConfig {
        host: "127.0.0.1".to_owned(),
        port: relay.port(),
        login: None,
        from: "Портал <no-reply@portal.example>".to_owned(),
        domain: "portal.example".to_owned(),
        timeout: Duration::from_secs(5),
        connections: 1,
        clock: clock.clone(),
    }
}
