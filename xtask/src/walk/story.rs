//! The steps of the main job: a person without a linked number gets it linked, and a stranger verifies the result.

use std::{path::Path, thread, time::Duration};

use serde_json::Value;

use super::{
    client::{Client, Page, Upload, percent},
    html,
    openssl::{self, Key},
    report::Report,
};
use crate::{
    Failure,
    demo::{config, people::Person, ports::Ports, world::World},
    progress::Progress,
};

/// The number that gets linked; nobody has it.
const NUMBER: &str = "+77010000123";
/// The service of order 58.
const SERVICE: &str = "/services/subscriber-number-link";
/// More pages than any form has.
const PAGES: usize = 10;
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
    let service = progress.step("service page: score 4, EDS, ten rows", || service(&mut browser))?;
    let case = progress
        .step("number and consent; the code is asked for", || request(&mut browser, &service, NUMBER))?;
    let code = progress.step("code from the SMS", || first_code(world.ports.messages, NUMBER))?;
    let folder = world.folder.join("hero");
    let signature =
        progress.step("sign the exact bytes with OpenSSL", || sign(&mut browser, &case, &person, &folder))?;
    let case = progress
        .step("confirm with code and signature", || confirm(&mut browser, &case, &code, &signature))?;
    let result = progress.step("follow the action table to its end", || follow(&mut browser, &case))?;
    let number = progress.step("result in the cabinet", || number_of(&mut browser, &result))?;
    report.result_number = Some(number.clone());
    progress.step("the number is linked, as the profile shows", || profile(&mut browser))?;
    let (document, p7s) =
        progress.step("download result, signature, PDF", || download(&mut browser, &result))?;
    report.verification.outcome =
        progress.step("a stranger verifies by number", || stranger(world, &number))?;
    report.verification.signer = progress
        .step("OpenSSL verifies offline, with nothing but the root", || {
            openssl::verify(&document, &p7s, &world.folder.join(config::ROOT), &world.folder.join("offline"))
        })?;
    report.verification.offline = true;
    let said = progress.step("the journal verifies", || world.run(&["journal", "verify"]))?;
    report.journal = (true, said.trim().to_owned());
    progress.step("the portal ends politely", || {
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
    let text = page.text();
    let (score, rows) = (page.of_class("qz-class__value")?, text.matches("qz-passport__row").count());
    // Risk 2, change 2, ten minutes 0, free 0: four points, and four points are EDS [R10-5.8].
    if score != "4" || rows != 10 {
        return Err(Failure::unexpected(format!("score {score} and {rows} rows; the acts give 4 and 10")));
    }
    Ok(page)
}

/// Starts the service and answers its pages, until it asks for the proofs.
///
/// # Errors
/// When a page does not take the answers.
pub fn request(browser: &mut Client, service: &Page, number: &str) -> Result<Page, Failure> {
    let start = html::forms(&service.text()).into_iter().find(|form| form.action.ends_with("/start"));
    let start = start.ok_or_else(|| Failure::unexpected("the service page has no button to start"))?;
    let mut page = browser.submit(service, &start, None)?;
    for _ in 0..PAGES {
        if page.form("code").is_ok() {
            return Ok(page);
        }
        let mut form = page.form("page")?.ticked();
        if form.offers("number") {
            form = form.with("number", number);
        }
        page = browser.submit(&page, &form, None)?;
    }
    Err(Failure::unexpected("the form has too many pages"))
}

/// The first code that a number gets, as its owner would read it.
///
/// # Errors
/// When no message with a code comes.
pub fn first_code(inbox: u16, number: &str) -> Result<String, Failure> {
    next_code(inbox, number, 0)
}

/// The code that comes after so many earlier ones.
///
/// # Errors
/// When it does not come.
pub fn next_code(inbox: u16, number: &str, earlier: usize) -> Result<String, Failure> {
    let (pause, looks) = LOOKS;
    for _ in 0..looks {
        if let Some(code) = codes(inbox, number)?.into_iter().nth(earlier) {
            return Ok(code);
        }
        thread::sleep(pause);
    }
    Err(Failure::unexpected("no message with a code came to the number"))
}

/// All codes that a number got, the newest last.
///
/// # Errors
/// When the inbox does not answer.
pub fn codes(inbox: u16, number: &str) -> Result<Vec<String>, Failure> {
    Ok(messages(inbox, number)?.iter().filter_map(|text| digits(text)).collect())
}

/// All messages to a number, the newest last.
///
/// # Errors
/// When the inbox does not answer.
pub fn messages(inbox: u16, number: &str) -> Result<Vec<String>, Failure> {
    let page = Client::new(&Ports::url(inbox)).get(&format!("/api/messages?to={}", percent(number)))?;
    let list: Value = serde_json::from_slice(&page.bytes)
        .map_err(|fault| Failure::unexpected(format!("inbox: {fault}")))?;
    // The inbox shows the newest first.
    let texts = list.as_array().into_iter().flatten().rev();
    Ok(texts.filter_map(|message| message["text"].as_str().map(str::to_owned)).collect())
}

/// The first run of six digits that is not part of a longer one.
#[must_use]
pub fn digits(text: &str) -> Option<String> {
    text.split(|letter: char| !letter.is_ascii_digit()).find(|run| run.len() == 6).map(str::to_owned)
}

/// Downloads exactly what is to be signed, and signs it with the person's key file.
///
/// # Errors
/// When the document is missing or OpenSSL does not sign.
pub fn sign(browser: &mut Client, case: &Page, person: &Person, folder: &Path) -> Result<Vec<u8>, Failure> {
    let document = browser.get(&case.link("document.json")?)?;
    Key::open(&person.key, &person.key_password, folder)?.sign(&document.bytes)
}

/// Sends code and signature; the answer says that the request is accepted.
///
/// # Errors
/// When they are not taken.
pub fn confirm(browser: &mut Client, case: &Page, code: &str, signature: &[u8]) -> Result<Page, Failure> {
    let upload = Upload { field: "signature", file: "request.p7s", bytes: signature };
    let form = case.form("code")?.with("code", code);
    browser.submit(case, &form, Some(upload))
}

/// Looks at the status until it names a result, and opens that.
///
/// # Errors
/// When it ends otherwise or not at all.
pub fn follow(browser: &mut Client, done: &Page) -> Result<Page, Failure> {
    let page = ended(browser, done)?;
    match page.link("/results/") {
        Ok(result) => browser.get(&result),
        Err(_) => Err(Failure::unexpected(format!("no result: {}", html::words(&page.text())))),
    }
}

/// Looks at the status until the request has ended, in whichever way.
///
/// # Errors
/// When it does not end.
pub fn ended(browser: &mut Client, done: &Page) -> Result<Page, Failure> {
    let status = done.link("/status")?;
    let (pause, looks) = LOOKS;
    for _ in 0..looks {
        let page = browser.get(&status)?;
        if !page.text().contains("<qz-live") {
            return Ok(page);
        }
        thread::sleep(pause);
    }
    Err(Failure::unexpected("the request did not end within a minute"))
}

/// The unique number of a result, which the cabinet must show too [R74-3.3].
fn number_of(browser: &mut Client, result: &Page) -> Result<String, Failure> {
    let number = result.of_class("qz-number__value")?;
    let list = browser.get("/requests")?;
    let shown = html::links(&list.text())
        .iter()
        .any(|(address, _)| result.at.ends_with(&number) && address.starts_with("/re"));
    if shown { Ok(number) } else { Err(Failure::unexpected("the cabinet does not show the result")) }
}

fn profile(browser: &mut Client) -> Result<(), Failure> {
    let page = browser.get("/cabinet/profile")?;
    let shown = html::words(&page.text());
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
    let page = stranger.get(&format!("/r/{}", percent(number)))?;
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
