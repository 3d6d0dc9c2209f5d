//! A portal whose signer is a process of its own, with orders that an operator has approved before both start.

use std::{
    collections::BTreeSet,
    fs,
    ops::Range,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use qyzmet::wire::{Wired, store_config, wire};
use qyzmet_app::{
    authority::orders::{ApproveOrder, IntendCertificates, NewOrder, RegisterOrder, Wish},
    run,
};
use qyzmet_domain::{Caller, Iin};
use qyzmet_pki::{
    Identity, KeyKind, Signer,
    authority::{Holder, Person as Subject, SubjectFacts},
    cms, pkcs12, request,
};
use qyzmet_store::{
    Store, StoreConfig, StoreError,
    repositories::{
        accounts, carriers,
        certificates::{self, CertificateRow},
        order_problems,
        orders::{self, OrderRow},
        signer,
    },
};
use serde_json::Value;
use xtask::{
    demo::world::{Engine, World},
    process::Part,
};

use crate::harness::Portal;

/// How long things may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(90);

/// A portal on SQLite with so many orders that wait for the signer; the signer is not started.
pub(super) fn portal(orders: usize, change: impl FnOnce(&mut World)) -> Portal {
    portal_on(Engine::Sqlite, orders, change)
}

/// The same on an engine.
pub(super) fn portal_on(engine: Engine, orders: usize, change: impl FnOnce(&mut World)) -> Portal {
    Portal::prepared(engine, |world| {
        world.seed().expect("seeded");
        order_more(world, 0..orders);
        world.set("QYZMET_SIGNER__SOCKET", &socket(world).display().to_string());
        world.set("QYZMET_SIGNER__RECORD", &record(world).display().to_string());
        change(world);
    })
}

pub(super) fn socket(world: &World) -> PathBuf {
    world.folder.join("signer.sock")
}

pub(super) fn record(world: &World) -> PathBuf {
    world.folder.join("signer.sqlite")
}

pub(super) fn number(n: usize) -> String {
    format!("N-{n}")
}

/// Starts the signer, at a socket of its own if one is named, and waits until it listens.
pub(super) fn start(world: &World, wrapper: &[&str], at: Option<&Path>) -> Part {
    let at = at.map_or_else(|| socket(world), Path::to_owned);
    let command = world.command(&["signer", "--config"]);
    let mut whole = match wrapper.split_first() {
        Some((program, words)) => {
            let mut outer = std::process::Command::new(program);
            outer.args(words).arg(command.get_program()).args(command.get_args());
            outer.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
            outer.current_dir(xtask::repository::root());
            outer
        }
        None => command,
    };
    whole.arg(world.config()).env("QYZMET_SIGNER__SOCKET", &at);
    let mut part = Part::start("signer", &whole, &world.logs()).expect("a signer");
    part.wait(PATIENCE, || std::os::unix::net::UnixStream::connect(&at).is_ok()).expect("it listens");
    part
}

/// Brings the orders of these numbers to the signer's door.
pub(super) fn order_more(world: &World, numbers: Range<usize>) {
    block_on(ordered(world, numbers));
}

/// Takes the carriers of everybody back: no operator may certify any more.
pub(super) fn take_carriers_back(world: &World) {
    block_on(async {
        let store = Store::open(store_of(world)).await.expect("a store");
        let (iin, now) = (operator_iin(world), qyzmet_app::Clock::default().now());
        let unit = move |tx: &mut qyzmet_store::Tx<'_>| {
            let account = accounts::by_iin(tx, &iin)?.expect("an account").id;
            for out in carriers::of_account(tx, account)? {
                carriers::take_back(tx, &out.serial, account, now)?;
            }
            Ok::<_, StoreError>(())
        };
        store.write(unit).await.expect("taken back");
        store.close().await;
    });
}

/// Orders for two certificates each, registered, approved by an operator of the demonstration, and intended.
async fn ordered(world: &World, numbers: Range<usize>) {
    let config = qyzmet::config::load(&world.config()).expect("a configuration");
    let Wired { app, founded, .. } = wire(&config).await.expect("an application");
    qyzmet::authority::take_in(&app, founded).await.expect("taken in");
    let operator = operator(world);
    for n in numbers {
        let new = new_order(&number(n));
        let text = run(&app, &Caller::System, RegisterOrder(new)).await.expect("a store").expect("an order");
        let signature = cms::sign(&text, &operator, app.now()).expect("signed");
        let approve = ApproveOrder { number: number(n), signature };
        run(&app, &Caller::System, approve).await.expect("a store").expect("approved");
        let intend = IntendCertificates { number: number(n), action: None };
        run(&app, &Caller::System, intend).await.expect("a store").expect("intended");
    }
    app.store.clone().close().await;
}

fn operator(world: &World) -> Identity {
    let operator = operator_person(world);
    pkcs12::read(&fs::read(&operator.key).expect("a key"), &operator.key_password).expect("a key")
}

fn operator_person(world: &World) -> xtask::demo::people::Person {
    let mut people = world.people().expect("people").into_iter();
    people.find(|person| person.story.ends_with(", operator)")).expect("an operator")
}

fn operator_iin(world: &World) -> Iin {
    operator_person(world).iin.parse().expect("an IIN")
}

fn new_order(number: &str) -> NewOrder {
    let person = Subject::new(Some("Үлгібаева"), Some("Әсел"), "900101450007").expect("a person");
    let wish = |profile: &str| Wish {
        profile: profile.to_owned(),
        request: request::write(&Signer::generate(KeyKind::EcP256).expect("a key"), None).expect("a request"),
    };
    NewOrder {
        number: number.to_owned(),
        account: None,
        case: None,
        facts: SubjectFacts::new(Holder::Person(person)).expect("facts"),
        wishes: ["person-sign", "person-auth"].map(wish).into(),
    }
}

/// Waits until something is so.
pub(super) fn until(what: &str, mut so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !so() {
        assert!(begun.elapsed() < PATIENCE, "{what} does not come");
        thread::sleep(Duration::from_millis(50));
    }
}

/// What `/pki/health.json` says, and with which status.
pub(super) fn health(portal: &Portal) -> (u16, Value) {
    let page = portal.client().fetch("/pki/health.json").expect("an answer");
    (page.status, serde_json::from_str(&page.text()).expect("JSON"))
}

/// The certificates of an order in the portal's rows.
pub(super) fn certificates(world: &World, number: &str) -> Vec<CertificateRow> {
    let number = number.to_owned();
    read(store_of(world), move |tx| certificates::of_order(tx, &number, 9))
}

/// An order in the portal's rows.
pub(super) fn order(world: &World, number: &str) -> OrderRow {
    let number = number.to_owned();
    let found = read(store_of(world), move |tx| orders::by_number(tx, &number));
    found.expect("an order")
}

/// The keys of an order.
pub(super) fn keys(world: &World, number: &str) -> Vec<Vec<u8>> {
    let number = number.to_owned();
    let requests = read(store_of(world), move |tx| orders::requests(tx, &number));
    requests.into_iter().map(|request| request.key_id).collect()
}

/// Why an order became no certificates, as people are told.
pub(super) fn problem(world: &World, number: &str) -> Option<String> {
    let number = number.to_owned();
    read(store_of(world), move |tx| order_problems::find(tx, &number))
}

/// Every order has exactly its two certificates, each the very one that the signer has recorded, and nothing else was signed.
pub(super) fn whole(world: &World, orders: usize) {
    let (mut keys, mut serials) = (BTreeSet::new(), BTreeSet::new());
    for n in 0..orders {
        let rows = certificates(world, &number(n));
        assert_eq!(rows.len(), 2, "{}", number(n));
        for row in rows {
            let key = row.key_id.clone();
            let recorded = read(sqlite(record(world)), move |tx| signer::by_key(tx, &key)).expect("a record");
            assert!(recorded.der == row.der && recorded.serial == row.serial, "another one is recorded");
            assert!(keys.insert(row.key_id) && serials.insert(row.serial), "something was issued twice");
        }
    }
    let signed = count(&record(world), "SELECT count(*) FROM signer_records");
    assert_eq!(signed, keys.len(), "a certificate was signed that nobody has");
}

/// What a statement counts in a store that others write.
pub(super) fn count(path: &Path, sql: &str) -> usize {
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
    let file = rusqlite::Connection::open_with_flags(path, flags).expect("a store");
    let count: i64 = file.query_row(sql, [], |row| row.get(0)).expect("a count");
    usize::try_from(count).expect("no fewer than none")
}

/// The portal's store.
fn store_of(world: &World) -> StoreConfig {
    let config = qyzmet::config::load(&world.config()).expect("a configuration");
    store_config(&config.store).expect("a store")
}

fn sqlite(path: PathBuf) -> StoreConfig {
    StoreConfig::Sqlite { path, queue: 1 }
}

fn read<T: Send + 'static>(
    config: StoreConfig,
    unit: impl Fn(&mut qyzmet_store::Tx<'_>) -> Result<T, StoreError> + Send + Sync + 'static,
) -> T {
    block_on(async { Store::open_reading(config).await.expect("a store").read(unit).await.expect("rows") })
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime").block_on(work)
}
