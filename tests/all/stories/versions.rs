//! Versions of a regulation: validity dates decide which one a new request takes, and running requests keep theirs.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use qyzmet_app::{Error, ListRunning, ShowService};
use qyzmet_domain::{CaseId, Locale};
use xtask::walk::client::Client;

use super::{
    desk::pages::served,
    world::{OTHER, Person, SERVICE, WELL, World, on_both_engines, service_files},
};

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// The service under another id or day of validity, with a title by which its wording is known.
fn wording(title: &str, from: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = service_files();
    let mut edit = |name: &str, edit: &dyn Fn(&str) -> String| {
        let text = String::from_utf8(files[name].clone()).expect("text");
        files.insert(name.to_owned(), edit(&text).into_bytes());
    };
    edit("service.toml", &|text| text.replace("from = 2024-03-30", &format!("from = {from}")));
    edit("text.en.toml", &|text| {
        text.lines()
            .map(
                |line| if line.starts_with("title") { format!("title = {title:?}") } else { line.to_owned() },
            )
            .collect::<Vec<_>>()
            .join("\n")
    });
    files
}

async fn version_of(world: &World, case: CaseId) -> String {
    let running =
        world.system(ListRunning { service: SERVICE.parse().expect("an id") }).await.expect("a list");
    let of = running.into_iter().find(|of| of.cases.contains(&case)).expect("it runs");
    assert_eq!(of.count, u64::try_from(of.cases.len()).expect("few"));
    of.version
}

async fn start(world: &World, person: &Person) -> CaseId {
    world.start_service(person, SERVICE).await
}

/// What the page of the service says: its title, and when it changes.
async fn page(world: &World) -> (String, Option<String>) {
    let id = SERVICE.parse().expect("an id");
    let view = world.system(ShowService { id, locale: Locale::En }).await.expect("a page");
    (view.title, view.changes_on.map(|day| day.to_string()))
}

/// A wording valid from tomorrow is published today.
#[test]
fn todays_request_takes_the_old_wording_and_tomorrows_the_new_and_each_keeps_its_own() {
    on_both_engines(async |world| {
        let (today, tomorrow) = (world.app.today(), world.app.today().tomorrow().expect("a day"));
        let (_, old) = world.publish(wording("The old wording", "2024-03-30")).await.expect("published");
        let (_, new) =
            world.publish(wording("The new wording", &tomorrow.to_string())).await.expect("published");
        assert_ne!(old, new);
        assert_eq!(page(world).await, ("The old wording".to_owned(), Some(tomorrow.to_string())));
        let first = world.person(WELL).await;
        let before = start(world, &first).await;
        assert_eq!(version_of(world, before).await, old);

        world.pass(DAY);
        assert_eq!(world.app.today(), today.tomorrow().expect("a day"));
        assert_eq!(page(world).await, ("The new wording".to_owned(), None));
        let second = world.person(OTHER).await;
        let after = start(world, &second).await;
        assert_eq!(version_of(world, after).await, new);
        assert_eq!(version_of(world, before).await, old, "a running request keeps its wording");
    });
}

#[test]
fn of_two_wordings_of_one_day_the_one_published_last_is_taken() {
    on_both_engines(async |world| {
        world.publish(wording("The first", "2024-03-30")).await.expect("published");
        world.pass(SignedDuration::from_secs(1));
        world.publish(wording("The second", "2024-03-30")).await.expect("published");
        assert_eq!(page(world).await.0, "The second");
        world.pass(SignedDuration::from_secs(1));
        world.publish(wording("An earlier one, mended", "2024-03-20")).await.expect("published");
        assert_eq!(page(world).await.0, "The second", "what is valid from a later day stands over it");
    });
}

/// A service that is not valid yet can be published, and nobody can ask for it before its day.
#[test]
fn a_service_begins_on_its_first_day() {
    on_both_engines(async |world| {
        let mut files =
            wording("Tomorrow's service", &world.app.today().tomorrow().expect("a day").to_string());
        let text = String::from_utf8(files["service.toml"].clone()).expect("text");
        let text = text.replace("\"subscriber-number-link\"", "\"another-link\"");
        files.insert("service.toml".to_owned(), text.into_bytes());
        world.publish(files).await.expect("published");
        let id: qyzmet_domain::ServiceId = "another-link".parse().expect("an id");
        let page = ShowService { id: id.clone(), locale: Locale::En };
        assert!(matches!(world.system(page).await, Err(Error::NotFound)));
        world.pass(DAY);
        assert!(world.system(ShowService { id, locale: Locale::En }).await.is_ok());
    });
}

/// The paragraph that announces a change, in one language; nothing when the page announces none.
async fn announcement(world: &World, locale: Locale) -> Option<String> {
    let mut client = Client::new(world.app.origin()).with_cookie("qz-lang", locale.as_str());
    let page = tokio::task::spawn_blocking(move || client.fetch(&format!("/services/{SERVICE}")));
    let text = page.await.expect("an answer").expect("the page").text();
    let (_, rest) = text.split_once(r#"<p class="govuk-inset-text">"#)?;
    Some(rest.split_once("</p>").expect("a paragraph").0.to_owned())
}

/// The page tells in each language from which day another wording holds, and no longer once it does.
#[test]
fn the_page_of_a_service_announces_the_day_from_which_it_changes() {
    served(async |world| {
        let tomorrow = world.app.today().tomorrow().expect("a day");
        for locale in Locale::ALL {
            assert_eq!(announcement(world, locale).await, None);
        }
        let coming = wording("The new wording", &tomorrow.to_string());
        world.publish(coming).await.expect("published");
        for (locale, day, words) in [
            (Locale::Kk, "2026 жылғы 22 қараша", "қазіргі редакция бойынша қаралады"),
            (Locale::Ru, "22 ноября 2026", "рассматриваются по нынешней редакции"),
            (Locale::En, "22 November 2026", "handled under the present one"),
        ] {
            let said = announcement(world, locale).await.expect("announced");
            assert!(said.contains(day) && said.contains(words), "{said}");
        }
        world.pass(DAY);
        assert_eq!(announcement(world, Locale::En).await, None, "it holds now");
    });
}
