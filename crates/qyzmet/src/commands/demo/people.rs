//! The invented people of a demonstration: an account, a key for signing and a key for signing in each.

use jiff::{Timestamp, civil::Date};
use qyzmet_app::{App, OpenAccount, run};
use qyzmet_connectors::gbd_fl::people::{DocumentState, Life, People, Person, USUAL_COUNT, demo_people};
use qyzmet_domain::{Caller, Iin};
use qyzmet_pki::{
    KeyKind, Signer,
    authority::{Authority, Profile, ProfileKind, SubjectFields},
    pkcs12,
};
use secrecy::SecretString;
use serde_json::json;

use super::{
    super::Failure,
    Places,
    authority::{serial, validity},
};

/// Password of all accounts of the demonstration.
const PASSWORD: &str = "Qyzmet-2026";
/// Password of all key files of the demonstration.
pub(crate) const KEY_PASSWORD: &str = "Qyzmet-2026";
/// Seed of the register's invented people.
const SEED: u64 = 2026;

/// Somebody who gets an account.
struct Newcomer {
    login: String,
    iin: Iin,
    surname: String,
    name: String,
    patronymic: Option<String>,
    story: String,
    rsa: bool,
}

/// Gives everybody an account and keys, and writes the list.
pub(super) async fn settle(
    app: &App,
    places: &Places,
    authority: &Authority,
    more: u32,
) -> Result<(), Failure> {
    let now = app.now();
    let mut list = Vec::new();
    for newcomer in known().into_iter().chain(others(more, now.to_zoned(jiff::tz::TimeZone::UTC).date())) {
        open_account(app, &newcomer).await?;
        let key = keys(places, authority, &newcomer, now)?;
        list.push(json!({
            "login": newcomer.login,
            "password": PASSWORD,
            "iin": newcomer.iin.as_str(),
            "name": full_name(&newcomer),
            "key": key,
            "key_password": KEY_PASSWORD,
            "story": newcomer.story,
        }));
    }
    std::fs::write(places.list(), serde_json::to_vec_pretty(&list)?)?;
    Ok(())
}

/// The people with a story; the third has an RSA key, so that both kinds are tried.
fn known() -> Vec<Newcomer> {
    let newcomer = |person: qyzmet_connectors::gbd_fl::people::DemoPerson| Newcomer {
        login: format!("demo-{}", person.number),
        iin: person.iin,
        surname: person.surname,
        name: person.name,
        patronymic: person.patronymic,
        story: person.story.to_owned(),
        rsa: person.number == 3,
    };
    demo_people().into_iter().map(newcomer).collect()
}

/// So many living people of the register with a valid document, for benchmarks.
fn others(count: u32, today: Date) -> impl Iterator<Item = Newcomer> {
    let people = People::new(SEED, USUAL_COUNT);
    let newcomer = move |number| {
        let person = people.person(number).filter(|person| is_well(person, today))?;
        Some(Newcomer {
            login: format!("bench-{number}"),
            iin: person.iin.parse().ok()?,
            surname: person.surname,
            name: person.name,
            patronymic: person.patronymic,
            story: "bench".to_owned(),
            rsa: false,
        })
    };
    (100..USUAL_COUNT).filter_map(newcomer).take(count as usize)
}

/// Alive, in the register, with a valid document that has some time to go.
fn is_well(person: &Person, today: Date) -> bool {
    let last = person.documents.last();
    !person.absent
        && person.life == Life::Alive
        && last.is_some_and(|document| document.state == DocumentState::InForce && document.ends > today)
}

async fn open_account(app: &App, newcomer: &Newcomer) -> Result<(), Failure> {
    let account = OpenAccount {
        login: newcomer.login.parse()?,
        password: SecretString::from(PASSWORD),
        iin: newcomer.iin.clone(),
        name: full_name(newcomer),
    };
    run(app, &Caller::System, account).await?;
    Ok(())
}

fn full_name(newcomer: &Newcomer) -> String {
    let parts = [Some(&newcomer.surname), Some(&newcomer.name), newcomer.patronymic.as_ref()];
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// Issues both certificates and writes both key files; the answer is the path of the one for signing.
fn keys(
    places: &Places,
    authority: &Authority,
    newcomer: &Newcomer,
    now: Timestamp,
) -> Result<String, Failure> {
    let subject = SubjectFields {
        common_name: format!("{} {}", newcomer.surname.to_uppercase(), newcomer.name.to_uppercase()),
        surname: Some(newcomer.surname.to_uppercase()),
        patronymic: newcomer.patronymic.as_ref().map(|patronymic| patronymic.to_uppercase()),
        iin: Some(newcomer.iin.as_str().to_owned()),
        ..SubjectFields::default()
    };
    let kind = if newcomer.rsa { KeyKind::Rsa2048 } else { KeyKind::EcP256 };
    for (profile, purpose) in [(ProfileKind::PersonSign, "sign"), (ProfileKind::PersonAuth, "auth")] {
        let signer = Signer::generate(kind)?;
        let identity =
            authority.enrol(&Profile::new(profile), &subject, signer, serial()?, validity(now, 365)?)?;
        let file = format!("{}-{purpose}.p12", newcomer.login);
        std::fs::write(places.people(&file), pkcs12::write(&identity, KEY_PASSWORD, &newcomer.login)?)?;
    }
    Ok(format!("people/{}-sign.p12", newcomer.login))
}
