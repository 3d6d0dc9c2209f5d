//! Composites of composites: a ring is not published, and a case opens no member deeper than the limit.

use std::collections::BTreeMap;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use qyzmet_app::{Error, PublishError, RefreshCatalogue};
use qyzmet_engine::{FindingKind, Folder};
use qyzmet_store::repositories::regulations::{self, Published};

use super::{
    super::desk::kind,
    super::world::{OWNER, WELL, World, invented, on_both_engines},
    PACKAGE, REFERENCE,
};

/// The composite under another name, starting another service beside the reference.
fn composite(name: &str, starts: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = invented("members/services/package");
    let mut edit = |file: &str, from: &str, to: &str| {
        let text = String::from_utf8(files[file].clone()).expect("text");
        assert!(text.contains(from), "{file} has no {from}");
        files.insert(file.to_owned(), text.replace(from, to).into_bytes());
    };
    edit("service.toml", PACKAGE, name);
    edit("process.toml", "sample-inspection", starts);
    for locale in ["kk", "ru", "en"] {
        edit(&format!("text.{locale}.toml"), "service.sample-inspection", &format!("service.{starts}"));
    }
    files
}

/// What stands in the way of publishing.
async fn refused(world: &World, folder: BTreeMap<String, Vec<u8>>) -> Vec<FindingKind> {
    match world.publish(folder).await {
        Err(PublishError::Findings(findings)) => findings.into_iter().map(|finding| finding.kind).collect(),
        other => panic!("published: {other:?}"),
    }
}

/// [R10-2.5]
#[test]
fn a_composite_that_starts_itself_is_not_published_directly_or_around_a_corner() {
    on_both_engines(async |world| {
        let unknown = refused(world, composite("first", "second")).await;
        assert!(unknown.contains(&FindingKind::UnknownName), "a member that nobody has published");
        world.with_package().await;
        assert_eq!(refused(world, composite("first", "first")).await, [FindingKind::Loop]);
        world.publish(composite("first", "sample-inspection")).await.expect("an honest composite");
        world.publish(composite("second", "first")).await.expect("a composite of composites");
        assert_eq!(refused(world, composite("first", "second")).await, [FindingKind::Loop]);
        let current = world
            .app
            .catalogue
            .current(&"first".parse().expect("a service"), world.app.today())
            .expect("a version");
        let starts = current.process.action(2).expect("an action").does.clone();
        let qyzmet_engine::Verb::StartServices(start) = starts else { panic!("no composite") };
        let members: Vec<_> = start.services.iter().map(ToString::to_string).collect();
        assert_eq!(members, [REFERENCE, "sample-inspection"], "the last good version is served");
    });
}

/// A table whose first action starts its own service and waits for nobody.
const RING: &str = r#"
unit   = [{ id = "portal", kind = "system" }]
action = [
  { number = 1, unit = "portal", does = "start-services", services = ["first"], ground = "member", completion = "data", term = "1 day", next = { ok = 2, violation = 3 }, clause = "1116-2010:7.10" },
  { number = 2, unit = "portal", does = "issue", completion = "document", term = "1 min", clause = "1116-2010:7.13" },
  { number = 3, unit = "portal", does = "refuse", completion = "reasoned-refusal", term = "15 s", clause = "1116-2010:7.8" },
]
"#;

/// Puts a version among the published ones past the check, as a fault or an older portal might have done.
async fn smuggle(world: &World, service: &str, files: BTreeMap<String, Vec<u8>>) {
    let packed: BTreeMap<&String, String> =
        files.iter().map(|(name, bytes)| (name, STANDARD.encode(bytes))).collect();
    let folder = Folder(files.clone());
    qyzmet_engine::read(&folder).unwrap_or_else(|findings| panic!("it can be read: {findings:?}"));
    let published = Published {
        service: service.parse().expect("a service"),
        version: folder.version().to_string(),
        folder: serde_json::to_string(&packed).expect("JSON"),
        owner: OWNER.to_owned(),
        signature: Vec::new(),
        published_at: world.app.now(),
    };
    let write = move |tx: &mut qyzmet_store::Tx<'_>| Ok::<_, Error>(regulations::insert(tx, &published)?);
    world.app.store.write(write).await.expect("inserted");
    world.system(RefreshCatalogue).await.expect("taken in");
}

/// [R10-2.5]
#[test]
fn a_ring_that_got_past_the_check_stops_at_the_limit_and_opens_nothing() {
    on_both_engines(async |world| {
        world.with_package().await;
        world.publish(composite("first", "sample-inspection")).await.expect("an honest composite");
        let mut ring = composite("first", "first");
        ring.insert("process.toml".to_owned(), RING.into());
        let passport = String::from_utf8(ring["service.toml"].clone()).expect("text");
        ring.insert(
            "service.toml".to_owned(),
            passport.replace("transactional", "informational").into_bytes(),
        );
        world.pass(jiff::SignedDuration::from_secs(1));
        smuggle(world, "first", ring).await;
        let person = world.person(WELL).await;
        let start = qyzmet_app::StartCase { service: "first".parse().expect("a service") };
        assert_eq!(kind(world.run(&person.caller, start).await), "nested");
        assert_eq!(world.journalled(&person, "case.opened").await, 0, "nothing of it is kept");
        let case = world.start_service(&person, PACKAGE).await;
        assert_eq!(world.view(&person, case).await.case, case, "others are served");
    });
}
