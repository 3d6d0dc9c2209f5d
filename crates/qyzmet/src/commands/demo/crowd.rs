//! A crowd for benchmarks: thousands of accounts in seconds, as nobody has a password to hash and all share one key.

use std::fmt::Write as _;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use qyzmet_app::{App, OpenAccount, run};
use qyzmet_connectors::gbd_fl::people::{DocumentState, Life, People, Person, USUAL_COUNT};
use qyzmet_domain::Caller;
use qyzmet_pki::{
    Identity, KeyKind, Signer,
    authority::{Authority, Holder, SubjectFacts},
    pkcs12,
};
use tokio::task::JoinSet;

use super::{super::Failure, Places, authority, people::KEY_PASSWORD};

/// Seed of the register's invented people.
const SEED: u64 = 2026;
/// The first people of the register have stories of their own.
const FIRST: u32 = 100;
/// Accounts opened at the same time, so that they are committed together.
const AT_ONCE: usize = 512;

/// Opens so many accounts; `crowd.p12` gets the key, `crowd.pem` the certificate of each person over it.
pub(super) async fn gather(
    app: &App,
    places: &Places,
    authority: &Authority,
    count: u32,
) -> Result<(), Failure> {
    let now = app.now();
    let key = Signer::generate(KeyKind::EcP256)?;
    let mut certificates = String::new();
    let mut openings = JoinSet::new();
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    for person in well(FIRST, now.to_zoned(TimeZone::UTC).date()).take(count) {
        let identity = enrol(authority, &person, &key, now)?;
        if certificates.is_empty() {
            std::fs::write(places.people("crowd.p12"), pkcs12::write(&identity, KEY_PASSWORD, "crowd")?)?;
        }
        writeln!(certificates, "{}", identity.certificate()?.pem().trim())?;
        if openings.len() >= AT_ONCE {
            openings.join_next().await.transpose()?.transpose()?;
        }
        let (app, account) = (app.clone(), account(person)?);
        openings.spawn(async move { run(&app, &Caller::System, account).await });
    }
    while let Some(opened) = openings.join_next().await {
        opened??;
    }
    std::fs::write(places.people("crowd.pem"), certificates)?;
    Ok(())
}

/// Living people of the register with a valid document, from a number on.
pub(super) fn well(first: u32, today: Date) -> impl Iterator<Item = Person> {
    let people = People::new(SEED, USUAL_COUNT);
    let is_well = move |person: &Person| {
        let last = person.documents.last();
        !person.absent
            && person.life == Life::Alive
            && last.is_some_and(|document| document.state == DocumentState::InForce && document.ends > today)
    };
    (first..USUAL_COUNT).filter_map(move |number| people.person(number)).filter(is_well)
}

fn account(person: Person) -> Result<OpenAccount, Failure> {
    let parts = [Some(person.surname), Some(person.name), person.patronymic];
    Ok(OpenAccount {
        login: format!("bench-{}", person.iin).parse()?,
        password: None,
        iin: person.iin.parse()?,
        name: parts.into_iter().flatten().collect::<Vec<_>>().join(" "),
    })
}

fn enrol(authority: &Authority, person: &Person, key: &Signer, now: Timestamp) -> Result<Identity, Failure> {
    let named = qyzmet_pki::authority::Person::new(Some(&person.surname), Some(&person.name), &person.iin)?;
    let holder = Holder::Person(named.with_patronymic(person.patronymic.as_deref())?);
    authority::enrol(authority, "person-sign", &SubjectFacts::new(holder)?, key.clone(), now)
}
