//! An authority with an operator, the application over a store in a folder, and orders; the folder outlives the process.

use std::{collections::BTreeMap, fs, path::Path, sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use qyzmet::signer::{InProcess, IssuerKey, Role};
use qyzmet_app::{
    App, Clock, Entropy, Keys, Parts, Secrets, Settings, WorkerOptions,
    authority::{
        Authorities, Issuer, Issues, Periods, Watermark,
        orders::{ApproveOrder, IntendCertificates, NewOrder, OrderProblem, RegisterOrder, Wish},
    },
    conduct::SettleOperator,
    ports::{CertificateWish, CertificatesOrder, Signing},
    run,
};
use qyzmet_domain::{
    AccountId, Caller,
    conduct::{Carrier, Rules},
};
use qyzmet_pki::{
    Certificate, Identity, KeyKind, Signer, Trust,
    authority::{Authority, Holder, Organisation, Person, Profile, Profiles, SubjectFacts, Urls, Validity},
    cms, pkcs12,
    request::{self, KnownKeys},
};
use qyzmet_store::{
    Store, StoreConfig,
    documents::{DocumentKey, Documents, Keys as DocumentKeys, Place},
    repositories::{
        certificates::{self, CertificateRow, Standing},
        officers::{self, OfficerRow},
        orders::{self, OrderState},
    },
};
use tokio::sync::{Notify, Semaphore, watch};

pub(crate) const ORIGIN: &str = "http://portal.example";
pub(crate) const IIN: &str = "900101450007";
const WORDS: &str = "words";

pub(crate) fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

pub(crate) fn profile(id: &str) -> &'static Profile {
    Profiles::nca().unwrap().get(id).unwrap()
}

pub(crate) fn person() -> SubjectFacts {
    SubjectFacts::new(Holder::Person(named("Үлгібаева", IIN))).unwrap()
}

pub(crate) fn named(surname: &str, iin: &str) -> Person {
    Person::new(Some(surname), Some("Әсел"), iin).unwrap()
}

pub(crate) fn member() -> SubjectFacts {
    let organisation = Organisation::new("«ҮЛГІ» АҚ", "060340004567").unwrap();
    SubjectFacts::new(Holder::Member {
        person: named("Операторова", "850101300015"), organisation
    })
    .unwrap()
}

/// A request over a new key that names the person.
pub(crate) fn asked() -> Vec<u8> {
    request::write(&Signer::generate(KeyKind::EcP256).unwrap(), Some(IIN)).unwrap()
}

/// An order of a signing and a sign-in key.
pub(crate) fn new_order(number: &str, requests: [Vec<u8>; 2]) -> NewOrder {
    let wishes = ["person-sign", "person-auth"].into_iter().zip(requests);
    let wishes = wishes.map(|(profile, request)| Wish { profile: profile.to_owned(), request });
    NewOrder {
        number: number.to_owned(),
        account: None,
        case: None,
        facts: person(),
        wishes: wishes.collect(),
    }
}

/// The keys of the authority and its operator.
pub(crate) struct Pki {
    pub(crate) root: Identity,
    pub(crate) ca: Identity,
    pub(crate) operator: Identity,
    /// Another issuing authority, where a test has one.
    pub(crate) second: Option<Identity>,
    /// What the first one issues.
    pub(crate) issues: Issues,
    /// A list of keys that are never certified.
    pub(crate) known_keys: String,
}

impl Pki {
    /// Founds an authority and appoints an operator.
    pub(crate) fn found() -> Self {
        let key = || Signer::generate(KeyKind::EcP256).unwrap();
        let valid = |days: i32| {
            let day = SignedDuration::from_hours(24);
            Validity { not_before: now() - day, not_after: now() + day * days }
        };
        let facts = |name| SubjectFacts::new(Holder::service(name)).unwrap();
        let urls = |name| Urls::below(ORIGIN, name);
        let root = profile("root");
        let root =
            Authority::self_signed(key(), root, &facts("R"), [1; 20], valid(4000), urls("root")).unwrap();
        let ca = root.enrol(profile("issuing"), &facts("CA"), key(), [2; 20], valid(2000)).unwrap();
        let issuing = Authority::new(ca.clone()).with_urls(urls("ca"));
        let operator =
            issuing.enrol(profile("operator-sign"), &member(), key(), [3; 20], valid(300)).unwrap();
        Self {
            root: root.identity().clone(),
            ca,
            operator,
            second: None,
            issues: Issues::default(),
            known_keys: String::new(),
        }
    }

    /// Founds a second issuing authority, with a key of this kind and so many days before it.
    pub(crate) fn with_second(self, kind: KeyKind, days: i32) -> Self {
        let root = Authority::new(self.root.clone()).with_urls(Urls::below(ORIGIN, "root"));
        let day = SignedDuration::from_hours(24);
        let valid = Validity { not_before: now() - day, not_after: now() + day * days };
        let facts = SubjectFacts::new(Holder::service("SECOND")).unwrap();
        let key = Signer::generate(kind).unwrap();
        let second = root.enrol(profile("issuing"), &facts, key, [4; 20], valid).unwrap();
        Self { second: Some(second), ..self }
    }

    /// The issuing authority as it would be with a certificate of only so many days.
    pub(crate) fn short_lived(&self, days: i32) -> Identity {
        let root = Authority::new(self.root.clone()).with_urls(Urls::below(ORIGIN, "root"));
        let day = SignedDuration::from_hours(24);
        let valid = Validity { not_before: now() - day, not_after: now() + day * days };
        let facts = SubjectFacts::new(Holder::service("CA")).unwrap();
        root.enrol(profile("issuing"), &facts, self.ca.signer.clone(), [5; 20], valid).unwrap()
    }

    pub(crate) fn issuing(&self) -> Authority {
        Authority::new(self.ca.clone()).with_urls(Urls::below(ORIGIN, "ca"))
    }

    /// Writes it into a folder.
    pub(crate) fn keep(&self, folder: &Path) {
        for (name, identity) in [("root", &self.root), ("ca", &self.ca), ("operator", &self.operator)] {
            fs::write(folder.join(name), pkcs12::write(identity, WORDS, name).unwrap()).unwrap();
        }
        if let Some(second) = &self.second {
            fs::write(folder.join("second"), pkcs12::write(second, WORDS, "second").unwrap()).unwrap();
        }
        fs::write(folder.join("known-keys"), &self.known_keys).unwrap();
        fs::write(folder.join("issues"), serde_json::to_vec(&self.issues).unwrap()).unwrap();
    }

    /// Reads it from a folder.
    pub(crate) fn kept(folder: &Path) -> Self {
        let read = |name| pkcs12::read(&fs::read(folder.join(name)).unwrap(), WORDS).unwrap();
        let second = folder.join("second").exists().then(|| read("second"));
        let issues = serde_json::from_slice(&fs::read(folder.join("issues")).unwrap()).unwrap();
        Self {
            root: read("root"),
            ca: read("ca"),
            operator: read("operator"),
            second,
            issues,
            known_keys: fs::read_to_string(folder.join("known-keys")).unwrap(),
        }
    }

    fn known_keys(&self) -> Arc<KnownKeys> {
        let mut known = KnownKeys::default();
        known.add(&self.known_keys).unwrap();
        Arc::new(known)
    }

    fn known(&self) -> Vec<(String, Certificate)> {
        let all = [("root", &self.root), ("ca", &self.ca)].into_iter();
        all.chain(self.second.iter().map(|second| ("second", second)))
            .map(|(name, key)| (name.to_owned(), key.chain[0].clone()))
            .collect()
    }

    /// The signing role with these stores.
    pub(crate) fn role(&self, (portal, record): (Store, Store), clock: &Clock) -> InProcess {
        InProcess::new(Role {
            portal,
            record,
            origin: ORIGIN.to_owned(),
            clock: clock.clone(),
            rules: Rules::default(),
            known: self.known(),
            known_keys: self.known_keys(),
            issuers: self.keys(),
        })
    }

    /// The keys that the signing role holds.
    fn keys(&self) -> BTreeMap<String, IssuerKey> {
        let key = |key: &Identity, issues: &Issues| IssuerKey { key: key.clone(), issues: issues.clone() };
        let mut keys = BTreeMap::from([("ca".to_owned(), key(&self.ca, &self.issues))]);
        keys.extend(self.second.iter().map(|second| ("second".to_owned(), key(second, &Issues::default()))));
        keys
    }

    fn issuer(&self, name: &str, key: &Identity, publishes: bool) -> Issuer {
        Issuer {
            name: name.to_owned(),
            certificate: key.chain[0].clone(),
            responder: None,
            responder_certificate: None,
            publishes,
            parts: 16,
            issues: if name == "ca" { self.issues.clone() } else { Issues::default() },
            founded_list: 1,
        }
    }

    fn authorities(&self, signing: Arc<dyn Signing>) -> Authorities {
        let mut issuers = vec![self.issuer("root", &self.root, false), self.issuer("ca", &self.ca, true)];
        issuers.extend(self.second.iter().map(|second| self.issuer("second", second, true)));
        let periods = Periods { list: SignedDuration::from_hours(24), answer: SignedDuration::from_secs(60) };
        Authorities {
            issuers,
            signing,
            stamper: None,
            watermark: Watermark::default(),
            known_keys: self.known_keys(),
            periods,
        }
    }

    /// Takes the certificates of the authority and of its operator into the rows, and appoints the operator.
    async fn take_in(&self, store: &Store) {
        let operator = row("ca", "operator-sign", &self.operator);
        let rows =
            [row("root", "issuing", &self.ca), CertificateRow { account: Some(account()), ..operator }];
        let appointed = store.write(move |tx| {
            rows.iter().try_for_each(|row| certificates::insert(tx, row).map(drop))?;
            officers::put(tx, &officer())
        });
        appointed.await.unwrap();
    }
}

/// Records everything that an operator owes as done; a store that is opened again has it.
async fn settle(app: &App) {
    let carrier = Carrier::parse("AKKaztokenStore", "KZ-1").unwrap();
    let done =
        run(app, &Caller::System, SettleOperator { account: account(), carrier, words: String::new() });
    assert!(matches!(done.await, Ok(()) | Err(qyzmet_app::Error::Desk(_))));
}

/// The operator's account.
pub(crate) fn account() -> AccountId {
    AccountId::from_parts(now(), [7; 10])
}

/// The operator as an officer of the authority.
pub(crate) fn officer() -> OfficerRow {
    let (body, unit) = ("nca".to_owned(), "operator".to_owned());
    let roles = vec!["officer".to_owned()];
    OfficerRow {
        account: account(),
        body,
        unit,
        roles,
        begins_at: now() - SignedDuration::from_hours(1),
        ends_at: None,
    }
}

fn row(issuer: &str, profile: &str, identity: &Identity) -> CertificateRow {
    let certificate = &identity.chain[0];
    CertificateRow {
        issuer: issuer.to_owned(),
        serial: certificate.serial_number().as_bytes().to_vec(),
        part: 0,
        account: None,
        holder: None,
        profile: profile.to_owned(),
        order_number: None,
        key_id: hex::decode(certificate.fingerprint()).unwrap(),
        not_before: certificate.not_before(),
        not_after: certificate.not_after(),
        der: certificate.der().to_vec(),
        standing: Standing::GOOD,
    }
}

/// The store of the portal, or of the signer's record, in a folder.
pub(crate) async fn store(folder: &Path, name: &str) -> Store {
    let config = StoreConfig::Sqlite { path: folder.join(name), queue: 1024 };
    Store::migrate(config.clone()).await.unwrap();
    Store::open(config).await.unwrap()
}

/// The application.
pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) pki: Pki,
    pub(crate) clock: Clock,
    stop: watch::Sender<bool>,
}

impl World {
    /// Opens the application in a folder, with the keys that lie there; `signing` makes the signing role over the store.
    pub(crate) async fn open(
        folder: &Path,
        signing: impl FnOnce(&Pki, &Store, &Clock) -> Arc<dyn Signing>,
    ) -> Self {
        let (pki, clock) = (Pki::kept(folder), Clock::fixed(now()));
        let store = store(folder, "portal.sqlite").await;
        pki.take_in(&store).await;
        let signing = signing(&pki, &store, &clock);
        let app = App::new(parts(folder, store, &clock, pki.authorities(signing)));
        settle(&app).await;
        Self { app, pki, clock, stop: watch::Sender::new(false) }
    }

    /// With the signing role inside.
    pub(crate) async fn whole(folder: &Path) -> Self {
        Pki::found().keep(folder);
        Self::over(folder).await
    }

    /// With the signing role inside, and the keys that lie in the folder.
    pub(crate) async fn over(folder: &Path) -> Self {
        Self::open(folder, |pki, store, clock| Arc::new(pki.role((store.clone(), store.clone()), clock)))
            .await
    }

    pub(crate) async fn register(&self, order: NewOrder) -> Result<Vec<u8>, OrderProblem> {
        run(&self.app, &Caller::System, RegisterOrder(order)).await.unwrap()
    }

    pub(crate) async fn approve(&self, number: &str, text: &[u8]) -> Result<(), OrderProblem> {
        let signature = cms::sign(text, &self.pki.operator, self.clock.now()).unwrap();
        let approve = ApproveOrder { number: number.to_owned(), signature };
        run(&self.app, &Caller::System, approve).await.unwrap()
    }

    pub(crate) async fn intend(&self, number: &str) -> Result<(), OrderProblem> {
        run(&self.app, &Caller::System, IntendCertificates { number: number.to_owned(), action: None })
            .await
            .unwrap()
    }

    /// All the way until a job waits for the signer.
    pub(crate) async fn intended(&self, order: NewOrder) {
        let number = order.number.clone();
        let text = self.register(order).await.unwrap();
        self.approve(&number, &text).await.unwrap();
        self.intend(&number).await.unwrap();
    }

    /// What the worker asks the signer for an order.
    pub(crate) async fn question(&self, number: &str) -> CertificatesOrder {
        let number = number.to_owned();
        let found = self.app.store.read(move |tx| {
            let order = orders::by_number(tx, &number)?.unwrap();
            Ok::<_, qyzmet_store::StoreError>((order, orders::requests(tx, &number)?))
        });
        let (order, requests) = found.await.unwrap();
        let wishes = requests.into_iter().map(|row| {
            let intent = row.intent.unwrap();
            CertificateWish {
                issuer: intent.issuer,
                request: row.request,
                serial: intent.serial.try_into().unwrap(),
                part: intent.part,
                not_before: intent.not_before,
                not_after: intent.not_after,
                body_sha256: intent.body_sha256,
            }
        });
        CertificatesOrder { order: order.text, signature: order.signature.unwrap(), wishes: wishes.collect() }
    }

    /// Lets the worker work.
    pub(crate) fn work(&self, slots: usize) {
        let options = WorkerOptions {
            name: "worker".to_owned(),
            slots,
            idle: Duration::from_millis(5),
            seal_every: Duration::from_millis(200),
        };
        tokio::spawn(qyzmet_app::work(self.app.clone(), options, self.stop.subscribe()));
    }

    /// Waits until all certificates of an order are there.
    pub(crate) async fn issued(&self, number: &str) -> Vec<CertificateRow> {
        for _ in 0..2000 {
            let wanted = number.to_owned();
            let found = self.app.store.read(move |tx| {
                let done = orders::by_number(tx, &wanted)?.is_some_and(|row| row.state == OrderState::Issued);
                let rows = certificates::of_order(tx, &wanted, 9)?;
                Ok::<_, qyzmet_store::StoreError>(done.then_some(rows))
            });
            if let Some(rows) = found.await.unwrap() {
                return rows;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("the certificates of {number} do not come");
    }
}

fn parts(folder: &Path, store: Store, clock: &Clock, authorities: Authorities) -> Parts {
    let key = DocumentKey { name: "test".to_owned(), secret: [5; 32] };
    let keys = DocumentKeys::new(key, Vec::new()).unwrap();
    let signer = || Signer::generate(KeyKind::Ed25519).unwrap();
    Parts {
        documents: Documents::open(&Place::Folder(folder.join("documents")), keys).unwrap(),
        store,
        clock: clock.clone(),
        entropy: Entropy::System,
        secrets: Secrets::new(&[9; 32]).unwrap(),
        keys: Keys {
            employees: BTreeMap::new(),
            seal: Identity { signer: signer(), chain: Vec::new() },
            journal: signer(),
        },
        trust: Arc::new(Trust::new(Vec::new(), Vec::new())).into(),
        ports: super::nobody::ports(),
        settings: Settings { origin: ORIGIN.to_owned(), ..Settings::default() },
        catalogue: qyzmet_app::Catalogue::default(),
        renderings: qyzmet_app::Renderings::default(),
        authorities: Some(authorities),
        changes: qyzmet_app::Changes::default(),
        work: Notify::new(),
        password_slots: Semaphore::new(1),
    }
}
