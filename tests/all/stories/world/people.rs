//! People of the stories: invented by the register's simulator, with an account, keys and a session each.

use qyzmet_app::{FindCaller, OpenAccount, OpenChallenge, SignInWithEds, SignedIn};
use qyzmet_connectors::gbd_fl::people::{DocumentState, Life, People};
use qyzmet_domain::{AccountId, Caller, Iin};
use qyzmet_pki::{
    Identity,
    authority::{Holder, Person as Subject, Validity},
    cms,
};
use secrecy::SecretString;

use super::{PEOPLE, SEED, World, hours, now, pki};

/// Password of everybody.
pub(crate) const PASSWORD: &str = "Құпия-сөз-2026";

/// Somebody with an account.
pub(crate) struct Person {
    /// Login.
    pub(crate) login: String,
    /// Number.
    pub(crate) iin: Iin,
    /// Key for signing.
    pub(crate) sign: Identity,
    /// Key for signing in.
    pub(crate) auth: Identity,
    /// The session as the portal knows it.
    pub(crate) caller: Caller,
    /// Account.
    pub(crate) account: AccountId,
}

/// With whom everything is in order.
pub(crate) const WELL: u32 = 1;
/// Dead in the register.
pub(crate) const DEAD: u32 = 2;
/// Somebody else with whom everything is in order.
pub(crate) const OTHER: u32 = 3;
/// Whose identity card has expired.
pub(crate) const EXPIRED: u32 = 4;
/// Whom the register does not know.
pub(crate) const ABSENT: u32 = 5;
/// Whose identity card was declared invalid.
pub(crate) const INVALID: u32 = 6;
/// Declared missing by a court.
pub(crate) const MISSING: u32 = 8;

/// What stands in a certificate of the person with this number.
pub(crate) fn subject(iin: &Iin) -> Holder {
    Holder::Person(Subject::new(Some("ҮЛГІ"), Some("АДАМ"), iin.as_str()).expect("a person"))
}

/// A key of the person with this number.
pub(crate) fn key(profile: &str, iin: &Iin, valid: Validity) -> Identity {
    pki().enrol(profile, subject(iin), valid)
}

/// Numbers of people with whom everything is in order.
pub(crate) fn well(count: usize) -> Vec<u32> {
    let people = People::new(SEED, PEOPLE);
    let today = now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let is_well = |number: &u32| {
        let person = people.person(*number).filter(|person| !person.absent && person.life == Life::Alive);
        let last = person.and_then(|person| person.documents.last().cloned());
        last.is_some_and(|last| last.state == DocumentState::InForce && last.ends > today)
    };
    (1..=PEOPLE).filter(is_well).take(count).collect()
}

impl World {
    /// The person with this number in the register, with an account, signed in by EDS.
    pub(crate) async fn person(&self, number: u32) -> Person {
        self.newcomer(number, None).await
    }

    /// The same with a password, whose hash takes its time.
    pub(crate) async fn person_with_password(&self, number: u32) -> Person {
        self.newcomer(number, Some(SecretString::from(PASSWORD))).await
    }

    async fn newcomer(&self, number: u32, password: Option<SecretString>) -> Person {
        let person = People::new(SEED, PEOPLE).person(number).expect("a person of the register");
        let iin: Iin = person.iin.parse().expect("an IIN");
        let login = format!("person-{number}");
        let account = OpenAccount {
            login: login.parse().expect("a login"),
            password,
            iin: iin.clone(),
            name: format!("{} {}", person.surname, person.name),
        };
        let account = self.system(account).await.expect("an account");
        let sign = key("person-sign", &iin, hours(24, 24 * 364));
        let auth = key("person-auth", &iin, hours(24, 24 * 364));
        let signed_in = self.sign_in(&auth).await.expect("signed in");
        let caller = self.caller(&signed_in.token).await.expect("a session");
        Person { login, iin, sign, auth, caller, account }
    }

    /// Signs in by EDS.
    pub(crate) async fn sign_in(&self, key: &Identity) -> Result<SignedIn, qyzmet_app::Error> {
        let challenge = self.run(&Caller::Anonymous, OpenChallenge).await.expect("a challenge");
        let signature = cms::sign(&challenge.content, key, self.app.now()).expect("signed");
        let sign_in =
            SignInWithEds { challenge: challenge.id, signature, from: "192.0.2.1".to_owned(), again: false };
        self.run(&Caller::Anonymous, sign_in).await
    }

    /// Whose session a token is.
    pub(crate) async fn caller(&self, token: &str) -> Option<Caller> {
        self.run(&Caller::Anonymous, FindCaller { token: token.to_owned() }).await.expect("an answer")
    }
}
