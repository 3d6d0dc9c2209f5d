//! What the people do: go through the whole main job, and look at pages.

use std::{
    collections::HashSet,
    future::Future,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use serde_json::Value;
use tokio::task::JoinSet;
use xtask::{Failure, walk::story::digits};

use crate::{
    crowd::{Person, inbox},
    http::{Answer, Connection},
    tally::Tally,
};

const SERVICE: &str = "/services/subscriber-number-link";
/// How often somebody looks whether the code has come.
const CODE: Duration = Duration::from_millis(20);
/// How often somebody looks how far the request is.
const STATUS: Duration = Duration::from_millis(80);
/// Looks before a request is given up.
const MOST_LOOKS: u32 = 3_000;

/// Everybody, each to be taken once.
#[derive(Clone)]
pub(crate) struct Queue(Arc<Mutex<Vec<Person>>>);

impl Queue {
    /// All these people.
    pub(crate) fn new(people: Vec<Person>) -> Self {
        Self(Arc::new(Mutex::new(people)))
    }

    fn next(&self) -> Option<Person> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    fn put(&self, person: Person) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(person);
    }
}

/// Everybody signs in, over so many connections.
pub(crate) async fn sign_in(
    people: Vec<Person>,
    clients: usize,
    portal: u16,
) -> Result<Vec<Person>, Failure> {
    let (waiting, inside) = (Queue::new(people), Queue::new(Vec::new()));
    let done = together(clients, |_| {
        let (waiting, inside) = (waiting.clone(), inside.clone());
        async move {
            let mut connection = Connection::open(portal).await?;
            while let Some(mut person) = waiting.next() {
                person.sign_in(&mut connection).await?;
                inside.put(person);
            }
            Ok(Tally::start())
        }
    });
    done.await?;
    let mut people = inside.0.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(std::mem::take(&mut *people))
}

/// Looks at a page as many times as fit into the span, with one session for each client.
pub(crate) async fn pages(
    people: &[Person],
    clients: usize,
    portal: u16,
    (path, span): (&'static str, Duration),
) -> Result<Tally, Failure> {
    let done = together(clients, |client| {
        let person = people.get(client).cloned();
        async move {
            let mut person = person.ok_or_else(|| Failure::unexpected("more clients than people"))?;
            let mut connection = Connection::open(portal).await?;
            let mut tally = Tally::start();
            let begun = Instant::now();
            while begun.elapsed() < span {
                let started = Instant::now();
                let answer = person.get(&mut connection, path).await?;
                check_page(path, &answer)?;
                tally.note(started.elapsed());
            }
            Ok(tally)
        }
    });
    done.await
}

/// A whole page, of somebody who is signed in: nobody else gets 200 here.
fn check_page(path: &str, answer: &Answer) -> Result<(), Failure> {
    if answer.status == 200 && answer.body.trim_ascii_end().ends_with(b"</html>") {
        return Ok(());
    }
    Err(Failure::unexpected(format!("{path} answered {} with {} bytes", answer.status, answer.body.len())))
}

/// Everybody links a number; the answer has the number of every result too.
pub(crate) async fn requests(
    people: Queue,
    clients: usize,
    [portal, messages]: [u16; 2],
    span: Duration,
) -> Result<(Tally, HashSet<String>), Failure> {
    let results = Arc::new(Mutex::new(HashSet::new()));
    let done = together(clients, |_| {
        let (people, results) = (people.clone(), Arc::clone(&results));
        async move {
            let mut tally = Tally::start();
            let begun = Instant::now();
            let (mut portal, mut handset) =
                (Connection::open(portal).await?, Connection::open(messages).await?);
            while begun.elapsed() < span
                && let Some(mut person) = people.next()
            {
                let started = Instant::now();
                let result = request(&mut person, &mut portal, &mut handset).await?;
                tally.note(started.elapsed());
                if !results.lock().unwrap_or_else(PoisonError::into_inner).insert(result) {
                    return Err(Failure::unexpected("two requests have the same result"));
                }
            }
            Ok(tally)
        }
    });
    let tally = done.await?;
    let results = std::mem::take(&mut *results.lock().unwrap_or_else(PoisonError::into_inner));
    Ok((tally, results))
}

async fn together<F>(clients: usize, work: impl Fn(usize) -> F) -> Result<Tally, Failure>
where
    F: Future<Output = Result<Tally, Failure>> + Send + 'static,
{
    let mut running: JoinSet<_> = (0..clients).map(work).collect();
    let mut tallies = Vec::new();
    while let Some(done) = running.join_next().await {
        tallies.push(done.map_err(|fault| Failure::unexpected(fault.to_string()))??);
    }
    Ok(Tally::together(tallies))
}

/// The main job of one person, from the button to the number of the signed result.
async fn request(
    person: &mut Person,
    portal: &mut Connection,
    handset: &mut Connection,
) -> Result<String, Failure> {
    let number = person.number.clone();
    let case = person.send(portal, &format!("{SERVICE}/start"), &[]).await?;
    let mut next =
        person.send(portal, &case, &[("seen", "1.0"), ("page", "number"), ("number", &number)]).await?;
    if next.contains("page=consent") {
        let answers = [("seen", "1.0"), ("page", "consent"), ("identity-documents", "given")];
        next = person.send(portal, &case, &answers).await?;
    }
    if next != case {
        return Err(Failure::unexpected(format!("the form leads to {next}")));
    }
    let document = person.get(portal, &format!("{case}/document.json")).await?;
    let signature = person.sign(&document.body)?;
    let code = code(handset, &number).await?;
    person.confirm(portal, &format!("{case}/confirm"), code, &signature).await?;
    follow(person, portal, &case).await
}

async fn code(handset: &mut Connection, number: &str) -> Result<String, Failure> {
    for _ in 0..MOST_LOOKS {
        let answer = handset.get(&inbox(number), "").await?;
        let list: Value = serde_json::from_slice(&answer.body)
            .map_err(|fault| Failure::unexpected(format!("inbox: {fault}")))?;
        if let Some(code) = list.as_array().and_then(|list| digits(list.first()?["text"].as_str()?)) {
            return Ok(code);
        }
        tokio::time::sleep(CODE).await;
    }
    Err(Failure::unexpected("no code came"))
}

async fn follow(person: &mut Person, portal: &mut Connection, case: &str) -> Result<String, Failure> {
    const LINK: &str = "href=\"/results/";
    let path = format!("{case}/status");
    for _ in 0..MOST_LOOKS {
        tokio::time::sleep(STATUS).await;
        let page = person.get(portal, &path).await?;
        check_page(&path, &page)?;
        let text = String::from_utf8_lossy(&page.body);
        if let Some((_, rest)) = text.split_once(LINK) {
            return Ok(rest.split('"').next().unwrap_or_default().to_owned());
        }
        if !text.contains("<qz-live") {
            return Err(Failure::unexpected("a request ended without a result"));
        }
    }
    Err(Failure::unexpected("a request did not end"))
}

/// A stranger verifies some results by their numbers; every one must be good.
pub(crate) async fn verify<'a>(
    results: impl Iterator<Item = &'a String>,
    portal: u16,
) -> Result<usize, Failure> {
    let (mut stranger, mut good) = (Connection::open(portal).await?, 0);
    for number in results {
        let page = stranger.get(&format!("/r/{number}"), "").await?;
        if !String::from_utf8_lossy(&page.body).contains("data-outcome=\"valid\"") {
            return Err(Failure::unexpected(format!("a result does not verify: {number}")));
        }
        good += 1;
    }
    Ok(good)
}
