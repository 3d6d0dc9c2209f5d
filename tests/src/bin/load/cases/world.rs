//! The application as the binary puts it together, over a throw-away store.

use std::{path::Path, time::Duration};

use arc_swap::ArcSwap;
use jiff::{SignedDuration, Timestamp};
use qyzmet_app::{
    App, Catalogue, Changes, Clock, Employee, Entropy, Keys, OpenAccount, Parts, PublishService, Renderings,
    Secrets, Settings, WorkerOptions, run,
};
use qyzmet_domain::{Caller, Iin, PersonSession, SessionId, SignInMethod};
use qyzmet_pki::{
    Identity, KeyKind, Signer, Trust,
    authority::{Authority, Profile, ProfileKind, SubjectFields, Validity},
};
use qyzmet_store::{
    Store, StoreConfig,
    documents::{DocumentKey, Documents, Keys as DocumentKeys, Place},
};
use qyzmet_tests::words;
use tokio::sync::{Notify, Semaphore};
use xtask::{Failure, repository};

use super::{outside, wrong};

/// The invented service that is run.
pub(super) const SERVICE: &str = "bench-record";
/// Documents of at most so many bytes are rows, as in a portal whose configuration does not say otherwise.
const ROWS: usize = 64 * 1024;

/// Puts an application together in this folder, with the service published.
pub(super) async fn open(folder: &Path) -> Result<App, Failure> {
    let path = folder.join("cases.sqlite");
    let config = StoreConfig::Sqlite { path, queue: 1024 };
    Store::migrate(config.clone()).await.map_err(wrong)?;
    let key = DocumentKey { name: "bench".to_owned(), secret: [5; 32] };
    let keys = DocumentKeys::new(key, Vec::new()).map_err(wrong)?;
    let documents = Documents::open(&Place::Folder(folder.join("documents")), keys).map_err(wrong)?;
    let store = Store::open(config).await.map_err(wrong)?;
    let app = App::new(Parts {
        documents: documents.with_rows(store.clone(), ROWS),
        store,
        clock: Clock::default(),
        entropy: Entropy::System,
        secrets: Secrets::new(&[9; 32]).map_err(wrong)?,
        keys: portal_keys()?,
        trust: ArcSwap::from_pointee(Trust::new(Vec::new(), Vec::new())),
        ports: outside::ports(),
        settings: Settings::default(),
        catalogue: Catalogue::default(),
        renderings: Renderings::default(),
        authorities: None,
        changes: Changes::default(),
        work: Notify::new(),
        password_slots: Semaphore::new(1),
    });
    let root = repository::root();
    let (real, invented) =
        (root.join("services/subscriber-number-link"), root.join("tests/src/bin/load/cases/service"));
    let files = words::over(&real, &invented).map_err(wrong)?;
    let published = run(&app, &Caller::System, PublishService { name: SERVICE.to_owned(), folder: files })
        .await
        .map_err(wrong)?;
    published.map_err(|refused| Failure::unexpected(format!("{refused:?}")))?;
    Ok(app)
}

/// How the worker works: as many jobs at once as there are clients.
pub(super) fn worker(clients: usize) -> WorkerOptions {
    WorkerOptions {
        name: "bench".to_owned(),
        slots: clients,
        idle: Duration::from_millis(20),
        seal_every: Duration::from_secs(1),
    }
}

/// Somebody with an account who has signed in by EDS.
pub(super) async fn person(app: &App, number: usize) -> Result<Caller, Failure> {
    let iin = Iin::complete(&format!("9001013{number:04}")).map_err(wrong)?;
    let login = format!("bench-{number}").parse().map_err(wrong)?;
    let account =
        OpenAccount { login, password: None, iin: iin.clone(), name: "СЫНАҚ АДАМ".to_owned() };
    let account = run(app, &Caller::System, account).await.map_err(wrong)?;
    let signed_in_at = app.now();
    let session = SessionId::from_parts(signed_in_at, [1; 10]);
    let method = SignInMethod::Eds;
    Ok(Caller::Person(PersonSession { session, account, iin, method, signed_in_at }))
}

fn portal_keys() -> Result<Keys, Failure> {
    // Certificates know whole seconds.
    let from = Timestamp::from_second(Clock::default().now().as_second()).map_err(wrong)?;
    let until = from + SignedDuration::from_hours(24);
    let root = root(Validity { not_before: from, not_after: until })?;
    let identity = enrol(&root, ProfileKind::EmployeeSign, 2)?;
    Ok(Keys {
        employees: [(
            "mdai".to_owned(),
            Employee { identity, position: "бас маман".to_owned(), from, until },
        )]
        .into(),
        seal: enrol(&root, ProfileKind::PortalSeal, 3)?,
        journal: Signer::generate(KeyKind::Ed25519).map_err(wrong)?,
    })
}

fn root(valid: Validity) -> Result<(Authority, Validity), Failure> {
    let key = Signer::generate(KeyKind::EcP256).map_err(wrong)?;
    let subject = SubjectFields { common_name: "BENCH".to_owned(), ..SubjectFields::default() };
    let root = Authority::self_signed(key, &Profile::new(ProfileKind::Root), &subject, [1; 20], valid);
    Ok((root.map_err(wrong)?, valid))
}

/// A key of the invented organisation or of somebody in it.
fn enrol(root: &(Authority, Validity), kind: ProfileKind, serial: u8) -> Result<Identity, Failure> {
    let subject = SubjectFields {
        common_name: "BENCH".to_owned(),
        surname: Some("BENCH".to_owned()),
        iin: Some("850101300015".to_owned()),
        organisation: Some("BENCH".to_owned()),
        bin: Some("160440007161".to_owned()),
        ..SubjectFields::default()
    };
    let key = Signer::generate(KeyKind::EcP256).map_err(wrong)?;
    root.0.enrol(&Profile::new(kind), &subject, key, [serial; 20], root.1).map_err(wrong)
}
