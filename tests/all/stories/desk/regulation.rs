//! The regulation of a service by pages alone: action table, the diagram that leads into it, the files, and the way from a
//! case at the desk to its columns.

use qyzmet_app::ADMINISTRATOR;
use qyzmet_domain::Locale;
use qyzmet_engine::{Folder, Regulation, read};

use super::{
    super::world::{SERVICE, World, files_of, well},
    pages::{Visitor, at_desk, served},
};

/// One that a person asks for, one with an officer and a fee, one that is published to be read only.
const SERVICES: [&str; 3] = [SERVICE, "archive-reference", "nca-issue-card"];

fn regulation(service: &str) -> Regulation {
    read(&Folder(files_of(service))).expect("a sound folder")
}

fn address(service: &str) -> String {
    format!("/services/{service}/regulation")
}

/// The values of an attribute, in the order of the page.
fn values<'a>(page: &'a str, opening: &str) -> Vec<&'a str> {
    page.split(opening).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// The words of the page between its tags.
fn words(page: &str) -> String {
    let between = page.split('<').filter_map(|part| part.split_once('>')).map(|(_, words)| words);
    between.collect::<String>().replace("&#38;", "&").replace("&#34;", "\"").replace("&#39;", "'")
}

async fn page(visitor: &Visitor, path: &str) -> String {
    let page = visitor.fetch(path).await;
    assert_eq!(page.status, 200, "{path}");
    page.text()
}

async fn publish_all(world: &World) {
    for service in &SERVICES[1..] {
        world.publish(files_of(service)).await.expect("sound");
    }
}

/// [R1116-11, R1116-12, R1116-A1.1, R1116-A1.2, R1116-A1.3, R1116-A1.4, R1116-A1.5, R1116-A1.6, R1116-A1.N1]
#[test]
fn everybody_reads_the_whole_action_table_of_a_service_whether_it_is_offered_or_not() {
    served(async |world| {
        publish_all(world).await;
        let stranger = Visitor::of(world, None);
        for service in SERVICES {
            let html = page(&stranger, &address(service)).await;
            let (words, table) = (words(&html), regulation(service).action_table(Locale::Kk));
            for head in table.heads.iter().chain(table.units.iter().map(|unit| &unit.name)) {
                assert!(words.contains(head.as_str()), "{service}: {head}");
            }
            let numbers: Vec<_> =
                table.columns.iter().map(|column| format!("action-{}", column.number)).collect();
            let ids: Vec<_> =
                values(&html, " id=\"").into_iter().filter(|id| id.starts_with("action-")).collect();
            assert_eq!(ids, numbers, "{service}: a column for each action, in order");
            for cell in table.columns.iter().flat_map(|column| column.cells()) {
                assert!(words.contains(&cell), "{service}: {cell}");
            }
            let read_from = page(&stranger, &format!("/services/{service}")).await;
            assert!(read_from.contains(&format!("href=\"{}\"", address(service))), "{service} leads there");
        }
    });
}

/// [R1116-13, R1116-A1.N2]
#[test]
fn every_action_of_the_diagram_leads_to_its_column_and_nothing_of_it_needs_a_style_of_its_own() {
    served(async |world| {
        publish_all(world).await;
        let stranger = Visitor::of(world, None);
        for service in SERVICES {
            let html = page(&stranger, &address(service)).await;
            let begin = html.find("<svg").expect("a diagram");
            let svg = &html[begin..html.find("</svg>").expect("its end")];
            let mut led: Vec<&str> = values(svg, " href=\"#");
            led.sort_unstable();
            led.dedup();
            let mut ids: Vec<_> =
                values(&html, " id=\"").into_iter().filter(|id| id.starts_with("action-")).collect();
            ids.sort_unstable();
            assert_eq!(led, ids, "{service}");
            assert_eq!(values(svg, "<a href=\"").len(), values(svg, "<a href=\"#action-").len());
            assert!(!html.contains("<?xml") && !html.contains(" style=") && !html.contains("<style"));
        }
    });
}

/// That the printed one can be had is told where the built product is asked, `journeys/regulation.rs`.
///
/// [R1116-13, R1116-A2.1]
#[test]
fn the_diagram_is_a_file_for_everybody_and_only_what_there_is_can_be_asked_for() {
    served(async |world| {
        let stranger = Visitor::of(world, None);
        let html = page(&stranger, &address(SERVICE)).await;
        let files: Vec<String> = values(&html, " href=\"")
            .into_iter()
            .filter(|to| to.contains("/regulation/"))
            .map(str::to_owned)
            .collect();
        assert_eq!(files.len(), 4, "{files:?}");
        let bpmn = stranger.fetch(&*files[2]).await;
        assert_eq!(bpmn.text(), regulation(SERVICE).bpmn(Locale::Kk));
        let svg = stranger.fetch(&*files[3]).await;
        assert_eq!(svg.text(), regulation(SERVICE).svg(Locale::Kk, None));
        for none in ["regulation.xx.pdf", "regulation.kk.exe", "diagram.kk.bpmn?version=00", "..%2F.kk.svg"] {
            assert_eq!(stranger.fetch(format!("{}/{none}", address(SERVICE))).await.status, 404, "{none}");
        }
        assert_eq!(stranger.fetch(address("no-such-service")).await.status, 404);
    });
}

/// [R1116-12]
#[test]
fn an_officer_comes_from_each_step_of_a_case_to_its_column_in_the_version_that_the_case_began_with() {
    served(async |world| {
        world.with_permit().await;
        let people = well(3);
        let (person, officer) = (world.person(people[0]).await, world.operator(people[1]).await);
        let (case, _) = at_desk(world, &person, &officer).await;
        let began = regulation_version(world).await;
        world.pass(jiff::SignedDuration::from_mins(1));
        let mut files = super::permit();
        let form = files.get_mut("form.toml").expect("a form");
        form.extend_from_slice(b"\n# reworded\n");
        world.publish(files).await.expect("sound");
        assert_ne!(regulation_version(world).await, began);
        let desk = Visitor::of(world, Some(&officer.token));
        let work = page(&desk, &format!("/desk/{case}/6")).await;
        let links: Vec<String> = values(&work, " href=\"")
            .into_iter()
            .filter(|to| to.contains("#action-"))
            .map(str::to_owned)
            .collect();
        assert!(links.len() > 5, "{links:?}");
        for link in links {
            let (path, column) = link.split_once('#').expect("a column");
            assert!(path.ends_with(&format!("?version={began}")), "{link}");
            let html = page(&desk, path).await;
            assert!(html.contains(&format!(" id=\"{column}\"")), "{link}");
            assert!(
                html.contains(&format!("href=\"{}\"", address(super::PERMIT))),
                "leads to the version in force"
            );
        }
        world.leave_unchecked();
    });
}

async fn regulation_version(world: &World) -> String {
    let id = super::PERMIT.parse().expect("a service");
    world.system(qyzmet_app::ShowService { id, locale: Locale::Kk }).await.expect("the service").version
}

#[test]
fn the_administrators_page_tells_where_the_fault_is_and_that_the_portal_serves_on() {
    served(async |world| {
        let administrator = world.officer_of(well(1)[0], "operator", vec![ADMINISTRATOR]).await;
        let mut files = files_of(SERVICE);
        let text = String::from_utf8(files["process.toml"].clone()).expect("text");
        let line = 1 + text.lines().position(|line| line.ends_with("\"fill\"")).expect("a verb");
        files.insert("process.toml".to_owned(), text.replacen("\"fill\"", "\"fil\"", 1).into_bytes());
        world.publish(files).await.expect_err("refused");
        let visitor = Visitor::of(world, Some(&administrator.token));
        let html = page(&visitor, "/desk/services").await;
        assert!(html.contains(&format!("<code>process.toml:{line}</code>")), "file and line");
        assert!(words(&html).contains("Портал соңғы жарамды редакция бойынша жұмысын жалғастыруда"));
        assert!(page(&visitor, "/desk").await.contains("href=\"/desk/services\""), "the queue leads there");
        assert_eq!(Visitor::of(world, None).fetch(address(SERVICE)).await.status, 200);
    });
}
