//! The invented people of a demonstration: an account, a key for signing and a key for signing in each.

use jiff::Timestamp;
use qyzmet_app::{App, OpenAccount, run};
use qyzmet_connectors::gbd_fl::people::demo_people;
use qyzmet_domain::{AccountId, Caller, Iin};
use qyzmet_pki::{
    KeyKind, Signer,
    authority::{Authority, Holder, Organisation, Person, SubjectFacts},
    pkcs12,
};
use secrecy::SecretString;
use serde_json::{Value, json};

use super::{super::Failure, Places, authority::enrol};

/// Password of all accounts of the demonstration.
const PASSWORD: &str = "Qyzmet-2026";
/// Password of all key files of the demonstration.
pub(crate) const KEY_PASSWORD: &str = "Qyzmet-2026";

/// The invented service centre whose employees are operators.
const CENTRE: &str = "«ҮЛГІ» ХАЛЫҚҚА ҚЫЗМЕТ КӨРСЕТУ ОРТАЛЫҒЫ";
/// Its BIN.
const CENTRE_BIN: &str = "190440005557";

/// Somebody who gets an account.
pub(super) struct Newcomer {
    pub(super) login: String,
    pub(super) iin: Iin,
    pub(super) surname: String,
    pub(super) name: String,
    pub(super) patronymic: Option<String>,
    pub(super) story: String,
    pub(super) rsa: bool,
    /// Whether the keys are those of an operator of the certification authority [R839-5.15].
    pub(super) operator: bool,
}

/// Gives everybody with a story an account and keys; the answer is the list of them.
pub(super) async fn settle(app: &App, places: &Places, authority: &Authority) -> Result<Vec<Value>, Failure> {
    let mut list = Vec::new();
    for newcomer in known() {
        list.push(settle_one(app, places, authority, &newcomer).await?.1);
    }
    Ok(list)
}

/// Gives one an account and keys; the answer is the account and the line in the list.
pub(super) async fn settle_one(
    app: &App,
    places: &Places,
    authority: &Authority,
    newcomer: &Newcomer,
) -> Result<(AccountId, Value), Failure> {
    let account = open_account(app, newcomer).await?;
    let key = keys(places, authority, newcomer, app.now())?;
    let line = json!({
        "login": newcomer.login,
        "password": PASSWORD,
        "iin": newcomer.iin.as_str(),
        "name": full_name(newcomer),
        "key": key,
        "key_password": KEY_PASSWORD,
        "story": newcomer.story,
    });
    Ok((account, line))
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
        operator: false,
    };
    demo_people().into_iter().map(newcomer).collect()
}

async fn open_account(app: &App, newcomer: &Newcomer) -> Result<AccountId, Failure> {
    let account = OpenAccount {
        login: newcomer.login.parse()?,
        password: Some(SecretString::from(PASSWORD)),
        iin: newcomer.iin.clone(),
        name: full_name(newcomer),
    };
    Ok(run(app, &Caller::System, account).await?)
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
    let person = Person::new(Some(&newcomer.surname), Some(&newcomer.name), newcomer.iin.as_str())?;
    let person = person.with_patronymic(newcomer.patronymic.as_deref())?;
    let (profile, holder) = if newcomer.operator {
        let organisation = Organisation::new(CENTRE, CENTRE_BIN)?;
        ("operator", Holder::Member { person, organisation })
    } else {
        ("person", Holder::Person(person))
    };
    let facts = SubjectFacts::new(holder)?;
    let kind = if newcomer.rsa { KeyKind::Rsa2048 } else { KeyKind::EcP256 };
    for purpose in ["sign", "auth"] {
        let signer = Signer::generate(kind)?;
        let identity = enrol(authority, &format!("{profile}-{purpose}"), &facts, signer, now)?;
        let file = format!("{}-{purpose}.p12", newcomer.login);
        std::fs::write(places.people(&file), pkcs12::write(&identity, KEY_PASSWORD, &newcomer.login)?)?;
    }
    Ok(format!("people/{}-sign.p12", newcomer.login))
}
