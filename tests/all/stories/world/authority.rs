//! A test authority, founded once per process: everybody's keys, and the lists by which they are judged.

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use jiff::{SignedDuration, Timestamp};
use qyzmet_pki::{
    Certificate, Identity, KeyKind, Reason, SerialNumber, Signer, Trust,
    authority::{
        Authority, Holder, Organisation, Person, Profile, Profiles, Revoked, Serial, SubjectFacts, Urls,
        Validity,
    },
};

use async_trait::async_trait;
use qyzmet::signer::{InProcess, IssuerKey, Role};
use qyzmet_app::Clock;
use qyzmet_app::authority::{Authorities, Issuer, Issues, Periods, Watermark};
use qyzmet_app::ports::{CertificatesOrder, Fault, ListOrder, SignedList, Signing, Unsigned};
use qyzmet_domain::conduct::Rules;
use qyzmet_store::Store;

use super::now;

/// Name of the authority that issues to people.
pub(crate) const ISSUER: &str = "issuing";
/// BIN of the invented organisation that runs the portal.
pub(super) const PORTAL_BIN: &str = "160440007161";
/// BIN of the invented organisation that runs the gateway.
pub(super) const GATEWAY_BIN: &str = "190440005557";

/// A root and the authority below it that issues to people.
pub(crate) struct Pki {
    root: Authority,
    issuing: Authority,
    issued: AtomicU64,
}

/// The authority of this process.
pub(crate) fn pki() -> &'static Pki {
    static PKI: OnceLock<Pki> = OnceLock::new();
    PKI.get_or_init(|| Pki::found("ТЕСТ"))
}

/// From so many hours before the stories' present until so many after it.
pub(crate) fn hours(before: i64, after: i64) -> Validity {
    Validity { not_before: moment(-before), not_after: moment(after) }
}

/// So many hours from the stories' present.
pub(crate) fn moment(hours: i64) -> Timestamp {
    now() + SignedDuration::from_hours(hours)
}

const YEAR: i64 = 24 * 365;

impl Pki {
    /// Founds an authority; nobody trusts it yet.
    pub(crate) fn found(name: &str) -> Self {
        let facts = |name: String| SubjectFacts::new(Holder::service(&name)).expect("facts");
        let key = || Signer::generate(KeyKind::EcP256).expect("a key");
        let urls = |of| Urls::below("http://pki.test", of);
        let (of_root, valid) = (facts(format!("{name} НЕГІЗ")), hours(3 * YEAR, 10 * YEAR));
        let root = Authority::self_signed(key(), profile("root"), &of_root, [1; 20], valid, urls("root"))
            .expect("a root");
        let facts = facts(format!("{name} КУӘЛАНДЫРУШЫ"));
        let issuing = root
            .enrol(profile("issuing"), &facts, key(), [2; 20], hours(3 * YEAR, 6 * YEAR))
            .expect("an authority");
        let issuing = Authority::new(issuing).with_urls(urls("ca"));
        Self { root, issuing, issued: AtomicU64::new(3) }
    }

    /// A key with a certificate.
    pub(crate) fn enrol(&self, id: &str, holder: Holder, valid: Validity) -> Identity {
        self.enrol_with(id, &SubjectFacts::new(holder).expect("facts"), valid)
    }

    /// The same, with everything that a register and a form may say.
    pub(crate) fn enrol_with(&self, id: &str, facts: &SubjectFacts, valid: Validity) -> Identity {
        let mut serial: Serial = [7; 20];
        serial[12..].copy_from_slice(&self.issued.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        let signer = Signer::generate(KeyKind::EcP256).expect("a key");
        self.issuing.enrol(profile(id), facts, signer, serial, valid).expect("a certificate")
    }

    /// A key of an organisation.
    pub(super) fn organisation(&self, id: &str, name: &str, bin: &str) -> Identity {
        let organisation = Organisation::new(name, bin).expect("an organisation");
        self.enrol(id, Holder::Organisation { name: name.to_owned(), organisation }, hours(24, YEAR - 24))
    }

    /// A key of the employee who signs results.
    pub(super) fn employee(&self) -> Identity {
        let person = Person::new(Some("ҮЛГІБАЕВА"), Some("ҮЛГІ"), "850101300015").expect("a person");
        let person = person.with_patronymic(Some("ҮЛГІҚЫЗЫ")).expect("a patronymic");
        let organisation =
            Organisation::new("«QYZMET» ТЕСТ МИНИСТРЛІГІ", PORTAL_BIN).expect("an organisation");
        self.enrol("employee-sign", Holder::Member { organisation, person }, hours(24, YEAR - 24))
    }

    /// Trust in this authority, with lists that revoke nobody and stay fresh for a year.
    pub(crate) fn trust(&self) -> Trust {
        self.trust_with(&self.list(&[], moment(-2), moment(YEAR)))
    }

    /// Trust in this authority with this list of the people's certificates.
    pub(crate) fn trust_with(&self, list: &[u8]) -> Trust {
        let trust = Trust::new(self.root.chain().to_vec(), self.issuing.chain()[..1].to_vec());
        let of_root = self.root.crl(&[], moment(-2), moment(YEAR), 1).expect("a list");
        trust.add_crl(&of_root).expect("a list");
        trust.add_crl(list).expect("a list");
        trust
    }

    /// The authority as a deployment of its own: what it revokes is in its rows, and its lists are published from there.
    pub(super) fn authorities(
        &self,
        store: &Store,
        (origin, clock): (&str, &Clock),
        down: Arc<AtomicBool>,
    ) -> Authorities {
        let identity = self.issuing.identity().clone();
        let of = |name: &str, certificate: &Certificate, publishes| Issuer {
            name: name.to_owned(),
            certificate: certificate.clone(),
            responder: None,
            responder_certificate: None,
            publishes,
            parts: 1,
            issues: Issues::default(),
            founded_list: 1,
        };
        let issuers =
            vec![of("root", &self.root.chain()[0], false), of(ISSUER, &self.issuing.chain()[0], true)];
        let role = InProcess::new(Role {
            portal: store.clone(),
            record: store.clone(),
            origin: origin.to_owned(),
            clock: clock.clone(),
            rules: Rules::default(),
            known_keys: Arc::default(),
            known: issuers.iter().map(|known| (known.name.clone(), known.certificate.clone())).collect(),
            issuers: [(ISSUER.to_owned(), IssuerKey { key: identity, issues: Issues::default() })].into(),
        });
        Authorities {
            issuers,
            signing: Arc::new(Switched { role, down }),
            stamper: None,
            watermark: Watermark::default(),
            known_keys: Arc::default(),
            periods: Periods {
                list: SignedDuration::from_hours(24 * 365),
                answer: SignedDuration::from_mins(5),
            },
        }
    }

    /// A list of the root that revokes a certificate of an authority with this serial number.
    pub(crate) fn list_of_root(&self, serial: SerialNumber, reason: Reason) -> Vec<u8> {
        let entry = Revoked::new(serial, moment(-1), reason);
        self.root.crl(&[entry], moment(-1), moment(YEAR), 7).expect("a list")
    }

    /// A list of revoked certificates.
    pub(crate) fn list(&self, revoked: &[&Certificate], from: Timestamp, until: Timestamp) -> Vec<u8> {
        let entry =
            |certificate: &&Certificate| Revoked::certificate(certificate, moment(-1), Reason::KeyCompromise);
        let entries: Vec<Revoked> = revoked.iter().map(entry).collect();
        let number = u64::try_from(from.as_second()).expect("after 1970");
        self.issuing.crl(&entries, from, until, number).expect("a list")
    }
}

/// The signing role, which a story can take down.
struct Switched {
    role: InProcess,
    down: Arc<AtomicBool>,
}

impl Switched {
    fn up(&self) -> Result<&InProcess, Fault> {
        let down = self.down.load(Ordering::SeqCst);
        if down { Err(Fault::Unavailable("the signer is down".to_owned())) } else { Ok(&self.role) }
    }
}

#[async_trait]
impl Signing for Switched {
    async fn certificates(&self, order: CertificatesOrder) -> Result<Vec<Vec<u8>>, Unsigned> {
        self.up()?.certificates(order).await
    }

    async fn ready(&self) -> Result<Vec<String>, Fault> {
        self.up()?.ready().await
    }

    async fn list(&self, order: ListOrder) -> Result<SignedList, Fault> {
        self.up()?.list(order).await
    }
}

fn profile(id: &str) -> &'static Profile {
    Profiles::nca().and_then(|profiles| profiles.get(id)).expect("a profile")
}
