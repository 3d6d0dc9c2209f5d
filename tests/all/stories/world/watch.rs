//! Looking at what has come about: messages, journal, jobs; and waiting for it, never for a time.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use qyzmet_app::{DataUse, ShowDataUse, Verification, VerificationOutcome, VerifyNumber};
use qyzmet_domain::{Caller, Locale};
use qyzmet_store::jobs::{self, State};
use xtask::walk::{client::Client, html::Form};

use super::{Person, World};

/// Waits until something is there.
pub(crate) async fn eventually<T>(what: &str, look: impl AsyncFn() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{what}: it never came");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Turns the switch of a simulator.
pub(crate) async fn turn(page: SocketAddr, mode: &'static str) {
    let turn = move || {
        let mut client = Client::new(&format!("http://{page}"));
        let shown = client.get("/").expect("the simulator's page");
        let form = Form { action: "/switch/form".to_owned(), method: "post".to_owned(), ..Form::default() };
        client.submit(&shown, &form.with("mode", mode), None).expect("the switch turns");
    };
    tokio::task::spawn_blocking(turn).await.expect("turned");
}

impl World {
    /// The next unread message to a number.
    pub(crate) async fn message(&self, number: &str) -> String {
        eventually("a message", async || {
            let texts = self.outside.inbox.to(number);
            let mut read = self.read.lock().expect("what was read");
            let place = read.entry(number.to_owned()).or_default();
            let text = texts.get(*place).cloned()?;
            *place += 1;
            Some(text)
        })
        .await
    }

    /// The code in the next unread message to a number.
    pub(crate) async fn code(&self, number: &str) -> String {
        let text = self.message(number).await;
        let digits = text.split(|letter: char| !letter.is_ascii_digit()).find(|part| part.len() == 6);
        digits
            .unwrap_or_else(|| panic!("no code in a message of {} letters", text.chars().count()))
            .to_owned()
    }

    /// What the journal has about a person, newest first, as the person sees it.
    pub(crate) async fn journal(&self, person: &Person) -> Vec<DataUse> {
        let show = ShowDataUse { locale: Locale::Kk, before: None };
        self.run(&person.caller, show).await.expect("a ledger")
    }

    /// How often the journal has this about a person.
    pub(crate) async fn journalled(&self, person: &Person, what: &str) -> usize {
        self.journal(person).await.iter().filter(|entry| entry.what == what).count()
    }

    /// A stranger's check of a result.
    pub(crate) async fn verify(&self, number: &str) -> Verification {
        let check = VerifyNumber { number: number.to_owned(), locale: Locale::Kk };
        self.run(&Caller::Anonymous, check).await.expect("an answer")
    }

    /// Whether a result has its signature.
    pub(crate) async fn is_signed(&self, number: &str) -> bool {
        !number.is_empty() && self.verify(number).await.outcome != VerificationOutcome::Unknown
    }

    /// How many jobs are still to be done.
    pub(crate) async fn open_jobs(&self) -> u64 {
        let counts = self.app.store.read(jobs::counts).await.expect("a count");
        let open = |state: State| matches!(state, State::Ready | State::Leased);
        counts.iter().filter(|count| open(count.state)).map(|count| count.jobs).sum()
    }

    pub(super) async fn until_no_job_is_left(&self) {
        eventually("the last job", async || (self.open_jobs().await == 0).then_some(())).await;
        let dead = self.app.store.read(|tx| jobs::dead(tx, None, 10)).await.expect("dead letters");
        let why: Vec<&str> = dead.iter().map(|letter| letter.error.as_str()).collect();
        assert!(why.is_empty(), "dead letters: {why:?}");
    }
}
