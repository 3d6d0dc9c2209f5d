//! A world for one story: a throw-away store of either engine, a clock that stands still, seeded randomness, real
//! connectors against simulators, and a worker. When the story ends, nothing may be left to do and the journal must verify.

mod authority;
mod folders;
mod outside;
mod people;
mod steps;
mod watch;

use std::{
    cell::Cell,
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use qyzmet_app::{
    App, Catalogue, Clock, Employee, Entropy, Error, Keys, Parts, Ports, PublishError, PublishService,
    RecordReceipts, SealJournal, Secrets, Settings, UseCase, VerifyJournal, WorkerOptions, run,
};
use qyzmet_domain::{Caller, ServiceId};
use qyzmet_pki::{KeyKind, Signer};
use qyzmet_store::{
    Store, StoreConfig,
    documents::{DocumentKey, Documents, Keys as DocumentKeys, Place},
    testing::{Database, Engine},
};
use tempfile::TempDir;
use tokio::{
    sync::{Notify, Semaphore, watch as flag},
    task::JoinHandle,
};

pub(crate) use authority::{ISSUER, KEPT, Pki, hours, moment, pki};
pub(crate) use folders::invented;
pub(crate) use outside::Outside;
pub(crate) use people::{
    ABSENT, DEAD, EXPIRED, INVALID, MISSING, OTHER, PASSWORD, Person, WELL, key, subject, well,
};
pub(crate) use watch::{eventually, turn};

/// Seed of the register's people.
const SEED: u64 = 2026;
/// How many people the register holds.
const PEOPLE: u32 = 80;
/// The service that these stories are about.
pub(crate) const SERVICE: &str = "subscriber-number-link";
/// The body that owns it.
pub(crate) const OWNER: &str = "mdai";

/// The present in which all stories begin.
pub(crate) fn now() -> Timestamp {
    "2026-11-21T09:00:00Z".parse().expect("a moment")
}

/// Everything that one story happens in.
pub(crate) struct World {
    /// The application.
    pub(crate) app: App,
    /// Its clock.
    pub(crate) clock: Clock,
    /// The outside.
    pub(crate) outside: Arc<Outside>,
    /// Where its documents lie.
    pub(crate) documents: Arc<TempDir>,
    store: StoreConfig,
    journal: Signer,
    read: Mutex<BTreeMap<String, usize>>,
    receipts: Arc<AtomicUsize>,
    unchecked: Cell<bool>,
    stop: flag::Sender<bool>,
    workers: Mutex<Vec<JoinHandle<()>>>,
}

/// Tells a story on SQLite and again on PostgreSQL.
pub(crate) fn on_both_engines(story: impl AsyncFn(&World)) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        eprintln!("on {engine:?}");
        on(engine, Settings::default(), &story);
    }
}

/// Tells a story on one engine, with settings of its own.
pub(crate) fn on(engine: Engine, settings: Settings, story: impl AsyncFn(&World)) {
    tell(engine, settings, false, story);
}

/// Tells a story of a portal that is a certification authority too, on SQLite and again on PostgreSQL.
pub(crate) fn with_authority(story: impl AsyncFn(&World)) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        eprintln!("on {engine:?}");
        tell(engine, Settings::default(), true, &story);
    }
}

/// The same on one engine, with settings of its own.
pub(crate) fn on_with_authority(engine: Engine, settings: Settings, story: impl AsyncFn(&World)) {
    tell(engine, settings, true, story);
}

fn tell(engine: Engine, settings: Settings, authority: bool, story: impl AsyncFn(&World)) {
    let database = Database::new(engine).expect("a database");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let world = World::open(database.config(), settings, authority).await;
        story(&world).await;
        world.end().await;
    });
}

impl World {
    async fn open(store: StoreConfig, settings: Settings, authority: bool) -> Self {
        let clock = Clock::fixed(now());
        let (ports, outside) = outside::connect(&clock).await;
        // A story that serves pages says where.
        let origin = Some(settings.origin.clone()).filter(|origin| *origin != Settings::default().origin);
        let origin = origin.unwrap_or_else(|| "https://portal.example".to_owned());
        let settings = Settings { origin, ..settings };
        let journal = Signer::generate(KeyKind::Ed25519).expect("a key");
        let documents = Arc::new(TempDir::new().expect("a folder"));
        let entropy = Entropy::Seeded(1.into());
        let authority = authority.then(|| outside.signer_down.clone());
        let parts = Parts {
            entropy,
            ..parts(&store, &documents, &clock, &journal, (ports, settings, authority)).await
        };
        let app = App::new(parts);
        let world = Self::of(app, clock, Arc::new(outside), (documents, store, journal));
        world.take_receipts();
        world.publish(service_files()).await.expect("the service is published");
        world.start_worker("first");
        world
    }

    fn of(
        app: App,
        clock: Clock,
        outside: Arc<Outside>,
        (documents, store, journal): (Arc<TempDir>, StoreConfig, Signer),
    ) -> Self {
        let (read, workers) = (Mutex::default(), Mutex::default());
        let (stop, unchecked, receipts) = (flag::Sender::new(false), Cell::new(false), Arc::default());
        Self { app, clock, outside, documents, store, journal, read, receipts, unchecked, stop, workers }
    }

    /// The portal ends and another process takes up the same store; the story goes on there and ends it.
    pub(crate) async fn start_again(&self) -> Self {
        self.start_again_as(self.app.authority().is_ok()).await
    }

    /// The same with or without the part of the configuration that makes the portal a certification authority.
    pub(crate) async fn start_again_as(&self, authority: bool) -> Self {
        self.leave_unchecked();
        self.stop_working().await;
        self.another_as("again", authority).await
    }

    /// Another process over the same store beside this one, with a worker of this name.
    pub(crate) async fn another(&self, worker: &str) -> Self {
        self.another_as(worker, self.app.authority().is_ok()).await
    }

    async fn another_as(&self, worker: &str, authority: bool) -> Self {
        // Other seeds than before, as another process would have.
        let drawn = self.app.entropy.seed().expect("a seed");
        let drawn = u64::from_le_bytes(drawn[..8].try_into().expect("eight bytes"));
        let authority = authority.then(|| self.outside.signer_down.clone());
        let (entropy, outside) = (
            Entropy::Seeded((drawn + 1_000_000).into()),
            (self.app.ports.clone(), self.app.settings.clone(), authority),
        );
        let parts = parts(&self.store, &self.documents, &self.clock, &self.journal, outside).await;
        let app = App::new(Parts { entropy, ..parts });
        let kept = (self.documents.clone(), self.store.clone(), self.journal.clone());
        let world = Self::of(app, self.clock.clone(), self.outside.clone(), kept);
        world.system(qyzmet_app::RefreshCatalogue).await.expect("the services are known again");
        world.system(qyzmet_app::TryForms).await.expect("and can be printed, or are left out");
        world.start_worker(worker);
        world
    }

    async fn stop_working(&self) {
        self.stop.send_replace(true);
        let workers: Vec<_> = self.workers.lock().expect("workers").drain(..).collect();
        for worker in workers {
            worker.await.expect("the worker ends");
        }
        self.app.store.clone().close().await;
    }

    /// One more worker, as another process would be.
    pub(crate) fn start_worker(&self, name: &str) {
        let options = WorkerOptions {
            name: name.to_owned(),
            slots: 4,
            idle: Duration::from_millis(5),
            seal_every: Duration::from_millis(100),
        };
        let worker = tokio::spawn(qyzmet_app::work(self.app.clone(), options, self.stop.subscribe()));
        self.workers.lock().expect("workers").push(worker);
    }

    /// Publishes a service.
    pub(crate) async fn publish(
        &self,
        folder: BTreeMap<String, Vec<u8>>,
    ) -> Result<(ServiceId, String), PublishError> {
        self.system(PublishService { name: "a-folder".to_owned(), folder }).await.expect("an answer")
    }

    /// Runs a use case as somebody.
    pub(crate) async fn run<U: UseCase>(&self, caller: &Caller, use_case: U) -> Result<U::Output, Error> {
        run(&self.app, caller, use_case).await
    }

    /// Runs a use case as the system.
    pub(crate) async fn system<U: UseCase>(&self, use_case: U) -> Result<U::Output, Error> {
        self.run(&Caller::System, use_case).await
    }

    /// Lets time pass.
    pub(crate) fn pass(&self, time: SignedDuration) {
        self.clock.advance(time);
    }

    /// For a story that breaks on purpose what is otherwise looked at when it ends.
    pub(crate) fn leave_unchecked(&self) {
        self.unchecked.set(true);
    }

    /// How many receipts of the message centre have been taken.
    pub(crate) fn receipts(&self) -> usize {
        self.receipts.load(Ordering::SeqCst)
    }

    fn take_receipts(&self) {
        let receipts = self.outside.receipts.lock().expect("receipts").take();
        let (app, mut receipts) = (self.app.clone(), receipts.expect("receipts once"));
        let count = self.receipts.clone();
        tokio::spawn(async move {
            while let Some(receipt) = receipts.recv().await {
                run(&app, &Caller::System, RecordReceipts { receipts: vec![receipt] })
                    .await
                    .expect("a receipt is taken");
                count.fetch_add(1, Ordering::SeqCst);
            }
        });
    }

    /// Looks over what the story leaves, and ends.
    pub(crate) async fn end(self) {
        if !self.unchecked.get() {
            self.until_no_job_is_left().await;
            self.system(SealJournal).await.expect("sealed");
            let report = self.system(VerifyJournal).await.expect("a report");
            assert!(report.verified, "the journal does not verify: {:?}", report.faults);
        }
        self.stop_working().await;
    }
}

/// The parts of an application over a store.
async fn parts(
    store: &StoreConfig,
    folder: &TempDir,
    clock: &Clock,
    journal: &Signer,
    (ports, settings, authority): (Ports, Settings, Option<Arc<AtomicBool>>),
) -> Parts {
    let store = Store::open(store.clone()).await.expect("a store");
    Parts {
        authorities: authority.map(|down| pki().authorities(&store, (&settings.origin, clock), down)),
        store,
        documents: documents(folder),
        clock: clock.clone(),
        entropy: Entropy::Seeded(1.into()),
        secrets: Secrets::new(&[9; 32]).expect("secrets"),
        keys: keys(journal),
        trust: arc_swap::ArcSwap::from_pointee(pki().trust()),
        ports,
        settings,
        catalogue: Catalogue::default(),
        renderings: qyzmet_app::Renderings::default(),
        changes: qyzmet_app::Changes::default(),
        work: Notify::new(),
        password_slots: Semaphore::new(2),
    }
}

fn documents(folder: &TempDir) -> Documents {
    let key = DocumentKey { name: "test".to_owned(), secret: [5; 32] };
    let keys = DocumentKeys::new(key, Vec::new()).expect("a key");
    Documents::open(&Place::Folder(folder.path().to_owned()), keys).expect("a place for documents")
}

fn keys(journal: &Signer) -> Keys {
    let employee = Employee {
        identity: pki().employee(),
        position: "бас маман".to_owned(),
        from: moment(-24),
        until: moment(24 * 360),
    };
    Keys {
        employees: [(OWNER.to_owned(), employee)].into(),
        seal: pki().organisation("organisation-sign", "QYZMET ПОРТАЛЫ", authority::PORTAL_BIN),
        journal: journal.clone(),
    }
}

/// The files of the service as they lie in the repository.
pub(crate) fn service_files() -> BTreeMap<String, Vec<u8>> {
    files_of(SERVICE)
}

/// The folder of a service of the repository.
pub(crate) fn files_of(service: &str) -> BTreeMap<String, Vec<u8>> {
    let root = xtask::repository::root().join("services").join(service);
    let mut files = BTreeMap::new();
    for folder in [root.clone(), root.join("examples")] {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten().filter(|e| e.path().is_file()) {
            let path = entry.path();
            let name = path.strip_prefix(&root).expect("below the folder").display().to_string();
            files.insert(name, std::fs::read(&path).expect("a file"));
        }
    }
    files
}
