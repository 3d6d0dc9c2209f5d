//! Measures issuing in memory, part by part: `cargo run --release -p qyzmet-pki --example issue`.

use std::{
    error::Error,
    fs,
    io::Write,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use qyzmet_pki::{
    Certificate, KeyKind, Signer,
    authority::{Authority, Draft, Holder, Issuer, Person, Profile, Profiles, Serial, SubjectFacts, Urls},
    lint::{self, Wanted},
    request::SubjectKey,
};

type Outcome<T> = Result<T, Box<dyn Error>>;

struct World {
    signer: Signer,
    issuer: Issuer,
    profile: &'static Profile,
    facts: SubjectFacts,
    key_der: Vec<u8>,
    now: Timestamp,
}

/// A root that issues to people, and a person.
fn world(kind: KeyKind) -> Outcome<World> {
    let now: Timestamp = "2026-11-21T12:00:00Z".parse()?;
    let (root, profile) = (Profiles::nca()?.get("root")?, Profiles::nca()?.get("person-single")?);
    let name = SubjectFacts::new(Holder::service("ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ"))?;
    let (signer, urls) = (Signer::generate(kind)?, Urls::below("http://pki.example.kz", "ca"));
    let valid = root.validity(now)?;
    let authority = Authority::self_signed(signer.clone(), root, &name, [1; 20], valid, urls.clone())?;
    let person = Person::new(Some("Үлгібаева"), Some("Әсел"), "900101450007")?;
    let holder = Holder::Person(person.with_patronymic(Some("Қайратқызы"))?);
    Ok(World {
        issuer: Issuer::new(authority.certificate()?, urls)?,
        signer,
        profile,
        facts: SubjectFacts::new(holder)?.with_email("asel@example.kz")?,
        key_der: Signer::generate(KeyKind::EcP256)?.public_key_der().to_vec(),
        now,
    })
}

impl World {
    fn draft<'a>(&'a self, key: &'a SubjectKey, number: u64) -> Outcome<Draft<'a>> {
        let mut serial: Serial = [0x5a; 20];
        serial[12..].copy_from_slice(&number.to_be_bytes());
        let validity = self.profile.validity(self.now)?;
        Ok(Draft { profile: self.profile, facts: &self.facts, key, serial, validity, shard: 3 })
    }

    /// Builds, lints, signs and finishes one certificate, as the signer does.
    fn issue(&self, key: &SubjectKey, number: u64) -> Outcome<Certificate> {
        let body = self.issuer.prepare(&self.draft(key, number)?)?;
        let signature = self.signer.sign(body.der())?;
        Ok(body.finish(&signature)?)
    }
}

/// Time that this thread has had a processor, so that a busy machine does not distort the figures.
fn spent() -> Outcome<Duration> {
    let measured = fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(Duration::from_nanos(measured.split(' ').next().ok_or("schedstat is empty")?.parse()?))
}

/// Runs `work` for two seconds of processor time and prints its rate.
fn rate(name: &str, mut work: impl FnMut(u64) -> Outcome<bool>) -> Outcome<()> {
    let (before, start, mut count) = (spent()?, Instant::now(), 0u64);
    while spent()? - before < Duration::from_secs(2) && start.elapsed() < Duration::from_secs(20) {
        for _ in 0..16 {
            if !work(count)? {
                return Err(format!("{name} failed").into());
            }
            count += 1;
        }
    }
    let seconds = (spent()? - before).as_secs_f64();
    let each = u32::try_from(count).map(f64::from)? / seconds;
    Ok(writeln!(std::io::stdout(), "{name:<52}{each:>12.0} per core and second")?)
}

fn main() -> Outcome<()> {
    for kind in [KeyKind::EcP256, KeyKind::EcP384, KeyKind::Rsa2048] {
        let world = world(kind)?;
        let key = SubjectKey::from_der(&world.key_der)?;
        rate(&format!("{kind:?}: certificate built, linted, signed"), |n| {
            Ok(world.issue(&key, n)?.serial().len() == 40)
        })?;
        rate("  the signature alone", |n| Ok(!world.signer.sign(&n.to_be_bytes())?.is_empty()))?;
        rate("  built and linted alone", |n| {
            Ok(!world.issuer.prepare(&world.draft(&key, n)?)?.der().is_empty())
        })?;
        let body = world.issuer.prepare(&world.draft(&key, 0)?)?;
        let wanted = Wanted { issuer: &world.issuer, profile: world.profile, shard: 3 };
        rate("  linted alone", |_| Ok(lint::lint(body.der(), &wanted).is_empty()))?;
    }
    let key_der = world(KeyKind::EcP256)?.key_der;
    rate("key of a request judged, P-256", |_| Ok(SubjectKey::from_der(&key_der).is_ok()))?;
    let rsa = Signer::generate(KeyKind::Rsa2048)?;
    rate("key of a request judged, RSA-2048", |_| Ok(SubjectKey::from_der(rsa.public_key_der()).is_ok()))
}
