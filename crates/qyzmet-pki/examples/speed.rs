//! Prints how many operations of each kind one core does per second of its time: `cargo run --release -p qyzmet-pki --example speed`.

use std::{
    error::Error,
    io::Write,
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};
use qyzmet_pki::{
    Certificate, Identity, KeyKind, Reason, SerialNumber, Signer, Trust,
    authority::{
        Authority, Holder, Organisation, Person, Profile, Profiles, Revoked, SubjectFacts, Urls, Validity,
    },
    cms::{self, Expect},
    pdf, verify_signature, xml,
};

type Outcome<T> = Result<T, Box<dyn Error>>;

const CONTENT: &[u8] = br#"{"service":"subscriber-number-link","number":"+77010000001","consent":"given"}"#;
const SOAP: &str = r#"<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><m:SendMessage xmlns:m="http://bip.bee.kz/SyncChannel/v10/Types"><request><data>x</data></request></m:SendMessage></s:Body></s:Envelope>"#;

struct World {
    authority: Authority,
    trust: Trust,
    root: Certificate,
    list: Vec<u8>,
    now: Timestamp,
    validity: Validity,
}

fn world(kind: KeyKind) -> Outcome<World> {
    let now: Timestamp = "2026-11-21T12:00:00Z".parse()?;
    let validity = Validity {
        not_before: now - SignedDuration::from_hours(1),
        not_after: now + SignedDuration::from_hours(240),
    };
    let name = |name: &str| SubjectFacts::new(Holder::service(name));
    let urls = |name| Urls::below("http://pki.example.kz", name);
    let root = Authority::self_signed(
        Signer::generate(kind)?,
        profile("root")?,
        &name("R")?,
        [1; 20],
        validity,
        urls("root"),
    )?;
    let key = Signer::generate(kind)?;
    let issuing = root.enrol(profile("issuing")?, &name("I")?, key, [2; 20], validity)?;
    let authority = Authority::new(issuing).with_urls(urls("ca"));
    let trust = Trust::new(vec![root.certificate()?.clone()], vec![authority.certificate()?.clone()]);
    trust.add_crl(&root.crl(&[], now, validity.not_after, 1)?).map_err(Box::new)?;
    let entries: Vec<Revoked> = (0u32..100_000)
        .filter_map(|n| SerialNumber::new(&[&[0x20], &n.to_be_bytes()[..], &[7; 11]].concat()))
        .map(|serial| Revoked::new(serial, now, Reason::Superseded))
        .collect();
    let list = authority.crl(&entries, now, validity.not_after, 1)?;
    trust.add_crl(&list)?;
    Ok(World { root: root.certificate()?.clone(), authority, trust, list, now, validity })
}

fn profile(id: &str) -> Outcome<&'static Profile> {
    Ok(Profiles::nca()?.get(id)?)
}

fn enrol(world: &World, kind: KeyKind, id: &str, holder: Holder) -> Outcome<Identity> {
    let (facts, signer) = (SubjectFacts::new(holder)?, Signer::generate(kind)?);
    Ok(world.authority.enrol(profile(id)?, &facts, signer, [3; 20], world.validity)?)
}

fn person() -> Outcome<Holder> {
    Ok(Holder::Person(Person::new(Some("ҮЛГІБАЕВА"), Some("ӘСЕЛ"), "900101450007")?))
}

fn system() -> Outcome<Holder> {
    let organisation = Organisation::new("«ҮЛГІ» АҚ", "060340004567")?;
    Ok(Holder::Organisation { name: "ПОРТАЛ".to_owned(), organisation })
}

/// Time that this thread has had a processor, so that a busy machine does not distort the figures; the clock elsewhere.
fn spent(start: Instant) -> Duration {
    let measured = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = measured.and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

/// Runs `work` for a second of processor time and prints its rate; the result of the work must be true.
fn rate(name: &str, mut work: impl FnMut() -> bool) -> Outcome<()> {
    let start = Instant::now();
    let (before, mut count) = (spent(start), 0u32);
    while spent(start) - before < Duration::from_secs(1) {
        for _ in 0..8 {
            if !work() {
                return Err(format!("{name} failed").into());
            }
            count += 1;
        }
    }
    let seconds = (spent(start) - before).as_secs_f64();
    writeln!(std::io::stdout(), "{name:<44}{:>10.0}/s", f64::from(count) / seconds)?;
    Ok(())
}

fn main() -> Outcome<()> {
    for kind in [KeyKind::EcP256, KeyKind::Rsa2048] {
        let world = world(kind)?;
        let identity = enrol(&world, kind, "person-sign", person()?)?;
        let signature = cms::sign(CONTENT, &identity, world.now)?;
        let raw = identity.signer.sign(CONTENT)?;
        let key = identity.signer.public_key_der();
        writeln!(std::io::stdout(), "{kind:?}")?;
        rate("  bare signature", || identity.signer.sign(CONTENT).is_ok())?;
        rate("  bare verification", || verify_signature(key, CONTENT, &raw).is_ok())?;
        rate("  certificate read", || Certificate::from_der(identity.chain[0].der()).is_ok())?;
        rate("  CAdES signed", || cms::sign(CONTENT, &identity, world.now).is_ok())?;
        let verify = |trust: &Trust| {
            cms::verify(CONTENT, &signature, trust, Expect::sign(), world.now).valid().is_some()
        };
        rate("  CAdES verified, certificate met before", || verify(&world.trust))?;
        rate("  CAdES verified, certificate new", || {
            let trust = Trust::new(vec![world.root.clone()], vec![]).with_rules(qyzmet_pki::PathRules {
                revocation: qyzmet_pki::Revocation::NotChecked,
                ..Default::default()
            });
            verify(&trust)
        })?;
        rate("  list of 100,000 entries taken in", || {
            Trust::new(vec![], vec![]).add_crl(&world.list).is_ok()
        })?;
        let system = enrol(&world, kind, "system-sign", system()?)?;
        let signed = xml::sign_body(SOAP, &system)?;
        rate("  SOAP body signed", || xml::sign_body(SOAP, &system).is_ok())?;
        rate("  SOAP body verified", || xml::verify_body(&signed, &world.trust, world.now).is_ok())?;
        if let Some(path) = std::env::args().nth(1) {
            let document = std::fs::read(path)?;
            rate("  PDF sealed", || pdf::seal(&document, &system, world.now).is_ok())?;
        }
    }
    Ok(())
}
