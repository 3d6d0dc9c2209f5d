//! The steps of the main job: a person without a linked number gets it linked, and a stranger verifies the result.

use std::{thread, time::Duration};

use serde_json::Value;

use super::{
    client::{Client, Page, Upload, percent},
    openssl::{self, Key},
    report::Report,
};
use crate::{
    Failure,
    demo::{people::Person, ports::Ports, world::World},
    progress::Progress,
};

/// The number that gets linked; nobody has it.
const NUMBER: &str = "+77010000123";
/// The service of order 58.
const SERVICE: &str = "/services/subscriber-number-link";
/// How often the status is looked at, and how many times.
const LOOKS: (Duration, u32) = (Duration::from_millis(100), 600);

/// Walks through the main job and fills the report.
///
/// # Errors
/// At the first step that does not hold.
pub fn walk(world: &mut World, progress: &mut Progress, report: &mut Report) -> Result<(), Failure> {
    let person = hero(&world.people()?)?;
    let mut browser = Client::new(&world.origin());
    progress.step("sign in by login and password", || sign_in(&mut browser, &person))?;
    let service = progress.step("service page: score, method, ten rows", || service(&mut browser))?;
    let case = progress.step("request: number and consent", || request(&mut browser, &service))?;
    let case = progress.step("code from the SMS", || code(&mut browser, &case, world.ports.messages))?;
    let case = progress.step("sign the exact bytes with OpenSSL, and confirm", || {
        confirm(&mut browser, &case, &person, world)
    })?;
    let result = progress.step("follow until done", || follow(&mut browser, &case))?;
    report.result_number = Some(result.marked("data-result-number")?);
    progress.step("number is in the profile", || profile(&mut browser))?;
    let (document, signature) =
        progress.step("download result, signature, PDF", || download(&mut browser, &result))?;
    let number = report.result_number.clone().unwrap_or_default();
    report.verification.outcome =
        progress.step("a stranger verifies by number", || stranger(world, &number))?;
    report.verification.signer = progress.step("OpenSSL verifies offline", || {
        openssl::verify(&document, &signature, &world.folder.join("root.pem"), &world.folder.join("offline"))
    })?;
    report.verification.offline = true;
    let said = progress.step("journal", || world.run(&["journal", "verify"]))?;
    report.journal = (true, said.trim().to_owned());
    progress.step("portal ends politely", || {
        if world.stop() {
            Ok(())
        } else {
            Err(Failure::unexpected("the portal did not end well when asked to"))
        }
    })
}

/// Who walks: somebody who has no number yet.
///
/// # Errors
/// When there is nobody.
pub fn hero(people: &[Person]) -> Result<Person, Failure> {
    people.first().cloned().ok_or_else(|| Failure::unexpected("the demo has no people"))
}

/// Signs in by login and password.
///
/// # Errors
/// When the portal does not let the person in.
pub fn sign_in(browser: &mut Client, person: &Person) -> Result<(), Failure> {
    let page = browser.get("/sign-in/password")?;
    let form = page.form("password")?.with("login", &person.login).with("password", &person.password);
    let inside = browser.submit(&page, &form, None)?;
    browser
        .get("/cabinet")
        .map_err(|_| Failure::unexpected(format!("not signed in: {}", inside.at)))
        .map(drop)
}

fn service(browser: &mut Client) -> Result<Page, Failure> {
    let page = browser.get(SERVICE)?;
    let (score, method) = (page.marked("data-score")?, page.marked("data-method")?);
    if (score.as_str(), method.as_str()) == ("3", "eds") {
        return Ok(page);
    }
    Err(Failure::unexpected(format!("score {score}, method {method}; order 10 says 3 and eds")))
}

fn request(browser: &mut Client, service: &Page) -> Result<Page, Failure> {
    let start = browser.get(&service.link("/start")?)?;
    let form = start.form("number")?.with("number", NUMBER).with("consent", "given");
    browser.submit(&start, &form, None)
}

fn code(browser: &mut Client, case: &Page, messages: u16) -> Result<Page, Failure> {
    let code = last_code(messages, NUMBER)?;
    let form = case.form("code")?.with("code", &code);
    browser.submit(case, &form, None)
}

/// The code in the last message to a number, as its owner would read it.
///
/// # Errors
/// When no message with a code comes.
pub fn last_code(messages: u16, number: &str) -> Result<String, Failure> {
    let mut inbox = Client::new(&Ports::url(messages));
    let (pause, looks) = LOOKS;
    for _ in 0..looks {
        let page = inbox.get(&format!("/api/messages?to={}", percent(number)))?;
        let list: Value = serde_json::from_slice(&page.bytes).unwrap_or_default();
        if let Some(code) =
            list.as_array().and_then(|list| list.last()).and_then(|last| digits(last["text"].as_str()?))
        {
            return Ok(code);
        }
        thread::sleep(pause);
    }
    Err(Failure::unexpected(format!("no message with a code came to {number}")))
}

/// The first run of six digits that is not part of a longer one.
fn digits(text: &str) -> Option<String> {
    text.split(|letter: char| !letter.is_ascii_digit()).find(|run| run.len() == 6).map(str::to_owned)
}

fn confirm(browser: &mut Client, case: &Page, person: &Person, world: &World) -> Result<Page, Failure> {
    let document = browser.get(&case.link("document")?)?;
    let key = Key::open(&person.key, &person.key_password, &world.folder.join("hero"))?;
    let signature = key.sign(&document.bytes)?;
    let upload = Upload { field: "signature", file: "request.p7s", bytes: &signature };
    let form = case.form("signature")?;
    browser.submit(case, &form, Some(upload))
}

fn follow(browser: &mut Client, case: &Page) -> Result<Page, Failure> {
    let (pause, looks) = LOOKS;
    for _ in 0..looks {
        let page = browser.get(&case.at)?;
        match page.marked("data-case-state").as_deref() {
            Ok("running") | Err(_) => thread::sleep(pause),
            Ok("done") => return Ok(page),
            Ok(other) => return Err(Failure::unexpected(format!("the case ended as {other}"))),
        }
    }
    Err(Failure::unexpected("the case did not end within a minute"))
}

fn profile(browser: &mut Client) -> Result<(), Failure> {
    let page = browser.get("/cabinet/profile")?;
    let shown = super::html::words(&page.text());
    let tail = NUMBER.get(NUMBER.len() - 2..).unwrap_or(NUMBER);
    if shown.contains(tail) {
        Ok(())
    } else {
        Err(Failure::unexpected("the profile does not show the number"))
    }
}

fn download(browser: &mut Client, result: &Page) -> Result<(Vec<u8>, Vec<u8>), Failure> {
    let document = browser.get(&result.link(".json")?)?;
    let signature = browser.get(&result.link(".p7s")?)?;
    let pdf = browser.get(&result.link(".pdf")?)?;
    if !pdf.bytes.starts_with(b"%PDF-") {
        return Err(Failure::unexpected("the PDF is not a PDF"));
    }
    Ok((document.bytes, signature.bytes))
}

/// A new client without cookies asks by number alone.
fn stranger(world: &World, number: &str) -> Result<String, Failure> {
    let mut stranger = Client::new(&world.origin());
    let page = stranger.get(&format!("/verify/{}", percent(number)))?;
    let outcome = page.marked("data-outcome")?;
    if outcome == "valid" {
        Ok(outcome)
    } else {
        Err(Failure::unexpected(format!("the stranger was told: {outcome}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_six_digits_and_no_part_of_a_number() {
        assert_eq!(digits("Код 123456. @portal.kz #123456").as_deref(), Some("123456"));
        assert_eq!(digits("+77010000123"), None);
    }
}
