//! What the people do: look at pages, or go through the whole main job.

use std::{
    future::Future,
    time::{Duration, Instant},
};

use serde_json::Value;
use tokio::task::JoinSet;
use xtask::{
    Failure,
    walk::{html::Form, story::digits},
};

use crate::{
    http::Connection,
    person::{Person, inbox},
    tally::Tally,
};

const SERVICE: &str = "/services/subscriber-number-link";

/// Everybody looks at the profile again and again.
pub(crate) async fn pages(people: Vec<Person>, span: Duration) -> Result<(Vec<Person>, Tally), Failure> {
    all(people, move |mut person| async move {
        let mut tally = Tally::start();
        let begun = Instant::now();
        while begun.elapsed() < span {
            let started = Instant::now();
            let answer = person.get("/cabinet/profile").await?;
            if answer.status != 200 {
                return Err(Failure::unexpected(format!("the profile answered {}", answer.status)));
            }
            tally.note(started.elapsed());
        }
        Ok((person, tally))
    })
    .await
}

/// Everybody links one number after the other.
pub(crate) async fn requests(people: Vec<Person>, messages: u16, span: Duration) -> Result<Tally, Failure> {
    let done = all(people, move |mut person| async move {
        let mut tally = Tally::start();
        let begun = Instant::now();
        let mut handset = Connection::open(messages).await?;
        while begun.elapsed() < span {
            let started = Instant::now();
            request(&mut person, &mut handset).await?;
            tally.note(started.elapsed());
        }
        Ok((person, tally))
    });
    done.await.map(|(_, tally)| tally)
}

async fn all<F>(people: Vec<Person>, work: impl Fn(Person) -> F) -> Result<(Vec<Person>, Tally), Failure>
where
    F: Future<Output = Result<(Person, Tally), Failure>> + Send + 'static,
{
    let mut workers = JoinSet::new();
    for person in people {
        workers.spawn(work(person));
    }
    let (mut people, mut tallies) = (Vec::new(), Vec::new());
    while let Some(done) = workers.join_next().await {
        let (person, tally) = done.map_err(|fault| Failure::unexpected(fault.to_string()))??;
        people.push(person);
        tallies.push(tally);
    }
    Ok((people, Tally::together(tallies)))
}

/// The main job of one person, from the button to the signed result.
async fn request(person: &mut Person, handset: &mut Connection) -> Result<(), Failure> {
    let number = person.next_number();
    let case = person.send(&format!("{SERVICE}/start"), &[]).await?;
    let next = person.send(&case, &[("page", "number"), ("number", &number)]).await?;
    if next.contains("page=") {
        person.send(&case, &[("page", "consent"), ("identity-documents", "given")]).await?;
    }
    let code = code(handset, &number).await?;
    let document = person.get(&format!("{case}/document.json")).await?;
    let signature = person.sign(&document.body)?;
    let fields = vec![("csrf".to_owned(), person.csrf.clone()), ("code".to_owned(), code)];
    let form = Form { fields, ..Form::default() };
    person.send_signed(&form, &format!("{case}/confirm"), &signature).await?;
    follow(person, &case).await
}

async fn code(handset: &mut Connection, number: &str) -> Result<String, Failure> {
    for _ in 0..2_000 {
        let answer = handset.get(&inbox(number), "").await?;
        let list: Value = serde_json::from_slice(&answer.body)
            .map_err(|fault| Failure::unexpected(format!("inbox: {fault}")))?;
        if let Some(code) = list.as_array().and_then(|list| digits(list.last()?["text"].as_str()?)) {
            return Ok(code);
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Err(Failure::unexpected("no code came"))
}

async fn follow(person: &mut Person, case: &str) -> Result<(), Failure> {
    for _ in 0..2_000 {
        let page = person.get(&format!("{case}/status")).await?;
        let text = String::from_utf8_lossy(&page.body);
        if text.contains("href=\"/results/") {
            return Ok(());
        }
        if !text.contains("<qz-live") {
            return Err(Failure::unexpected("a request ended without a result"));
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Err(Failure::unexpected("a request did not end"))
}
