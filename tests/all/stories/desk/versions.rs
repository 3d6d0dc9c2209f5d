//! A version that cannot be taken into use: the last good one serves on, after a restart too, and the administrator is told why.

use std::collections::BTreeMap;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::SignedDuration;
use qyzmet_app::{
    ADMINISTRATOR, PublishError, ServiceVersions, ShowRequest, ShowService, ShowVersions, StartCase,
};
use qyzmet_domain::{Locale, ServiceId};
use qyzmet_engine::Folder;
use qyzmet_store::{
    Statement,
    repositories::regulations::{self, Published},
};

use super::{
    super::world::{OWNER, SERVICE, WELL, World, on_both_engines, service_files, well},
    Officer, kind,
};

type Files = BTreeMap<String, Vec<u8>>;

static CUT: Statement = Statement::new(
    "CUT",
    module_path!(),
    "UPDATE regulations SET folder = substr(folder, 1, 500) WHERE version = $1",
);
static EXCHANGED: Statement = Statement::new(
    "EXCHANGED",
    module_path!(),
    "UPDATE regulations SET folder = (SELECT other.folder FROM regulations other WHERE other.version <> $1 \
     ORDER BY other.published_at LIMIT 1) WHERE version = $1",
);

/// The service in another wording.
fn reworded() -> Files {
    edited("text.ru.toml", "title", "title")
}

/// The service with one file changed; a line of its own at the end makes another version of it in any case.
fn edited(name: &str, from: &str, to: &str) -> Files {
    let mut files = service_files();
    let text = String::from_utf8(files[name].clone()).expect("text");
    assert!(text.contains(from), "{name} has no {from}");
    files.insert(name.to_owned(), format!("{}\n# reworded\n", text.replacen(from, to, 1)).into_bytes());
    files
}

fn service() -> ServiceId {
    SERVICE.parse().expect("a service")
}

impl World {
    pub(super) async fn administrator(&self, number: u32) -> Officer {
        self.officer_of(number, "operator", vec![ADMINISTRATOR]).await
    }

    /// A service on the administrator's page.
    async fn service(&self, officer: &Officer, id: &str) -> ServiceVersions {
        let shown =
            self.run(&officer.caller, ShowVersions { locale: Locale::Kk }).await.expect("the versions");
        shown.services.into_iter().find(|service| service.id == id).expect("the service")
    }

    /// The version that everybody sees.
    async fn serving(&self) -> String {
        self.system(ShowService { id: service(), locale: Locale::Kk }).await.expect("the service").version
    }

    /// Puts a folder among the published ones as an older program would have done, which took what this one refuses.
    async fn published_by_an_older_program(&self, files: Files) -> String {
        let folder = Folder(files);
        let packed: BTreeMap<_, _> =
            folder.0.iter().map(|(name, bytes)| (name, STANDARD.encode(bytes))).collect();
        let published = Published {
            service: service(),
            version: folder.version().to_string(),
            folder: serde_json::to_string(&packed).expect("a folder"),
            owner: OWNER.to_owned(),
            signature: vec![1],
            published_at: self.app.now(),
        };
        let version = published.version.clone();
        let written = self.app.store.write(move |tx| regulations::insert(tx, &published)).await;
        written.map_err(|error: qyzmet_store::StoreError| error.to_string()).expect("kept");
        version
    }
}

/// [R1116-O2]
#[test]
fn a_folder_that_does_not_pass_leaves_the_last_good_version_and_is_told_with_file_and_line() {
    on_both_engines(async |world| {
        let administrator = world.administrator(well(1)[0]).await;
        let good = world.serving().await;
        world.pass(SignedDuration::from_mins(1));
        let at = world.app.now();
        for _ in 0..2 {
            let refused = world.publish(edited("process.toml", "does", "doez")).await;
            assert!(matches!(refused, Err(PublishError::Findings(_))));
            world.pass(SignedDuration::from_mins(1));
        }
        let damaged = world.publish(edited("service.toml", "id", "= id")).await;
        assert!(matches!(damaged, Err(PublishError::Findings(_))));
        let told = async |world: &World| {
            assert_eq!(world.serving().await, good, "the last good version");
            let unnamed = world.service(&administrator, "a-folder").await;
            assert_eq!(unnamed.rejected.len(), 1, "named by its folder, as its passport cannot be read");
            let service = world.service(&administrator, SERVICE).await;
            assert_eq!(service.serving().map(|serving| serving.version.clone()), Some(good.clone()));
            let [rejected] = service.rejected.as_slice() else { panic!("told once") };
            assert!(!rejected.published);
            assert_eq!(rejected.found_at, at, "since the first attempt");
            let reason = &rejected.reasons.first[0];
            assert_eq!(reason.file, "process.toml");
            assert!(reason.line > 0 && reason.message.contains("does"), "{reason:?}");
        };
        told(world).await;
        let world = world.start_again().await;
        told(&world).await;
        world.publish(reworded()).await.expect("sound");
        assert_ne!(world.serving().await, good);
        let service = world.service(&administrator, SERVICE).await;
        assert!(service.rejected.is_empty(), "a sound version settles it");
        world.end().await;
    });
}

/// [R1116-O2]
#[test]
fn a_folder_that_nobody_here_may_sign_is_not_published_and_the_administrator_reads_why() {
    on_both_engines(async |world| {
        let administrator = world.administrator(well(1)[0]).await;
        let good = world.serving().await;
        world.pass(SignedDuration::from_hours(24 * 361));
        let refused = world.publish(reworded()).await;
        assert!(matches!(refused, Err(PublishError::NoKey { .. })), "the right of the employee has ended");
        assert_eq!(world.serving().await, good);
        let service = world.service(&administrator, SERVICE).await;
        let [rejected] = service.rejected.as_slice() else { panic!("told once") };
        assert!(rejected.reasons.first[0].message.contains("no key of an authorised employee"));
    });
}

static DAMAGED_NAME: Statement = Statement::new(
    "DAMAGED_NAME",
    module_path!(),
    "INSERT INTO regulations (service, version, folder, owner, signature, published_at) \
     SELECT 'no name', version, folder, owner, signature, published_at + 1 FROM regulations WHERE service = $1",
);

#[test]
fn a_row_that_names_no_service_keeps_no_portal_from_starting() {
    on_both_engines(async |world| {
        let good = world.serving().await;
        let written = world.app.store.write(|tx| tx.execute(&DAMAGED_NAME, &[SERVICE.into()])).await;
        let written: Result<u64, qyzmet_store::StoreError> = written;
        assert!(written.expect("damaged") > 0);
        let world = world.start_again().await;
        assert_eq!(world.serving().await, good);
        world.end().await;
    });
}

/// Damages the second version in the store, or puts there what this program refuses; the first serves on.
fn the_first_serves_on_after(damage: impl AsyncFn(&World) -> String) {
    on_both_engines(async |world| {
        let people = well(2);
        let (administrator, person) = (world.administrator(people[0]).await, world.person(people[1]).await);
        let good = world.serving().await;
        world.pass(SignedDuration::from_mins(1));
        let bad = damage(world).await;
        let known = world.service(&administrator, SERVICE).await.rejected.len();
        let world = world.start_again().await;
        let found = world.app.now();
        assert_eq!((known, world.serving().await), (0, good.clone()));
        world.run(&person.caller, StartCase { service: service() }).await.expect("new requests are taken");
        world.pass(SignedDuration::from_mins(1));
        let world = world.start_again().await;
        let service = world.service(&administrator, SERVICE).await;
        let [rejected] = service.rejected.as_slice() else { panic!("told once") };
        assert_eq!((rejected.version.clone(), rejected.published), (bad.clone(), true));
        assert_eq!(rejected.found_at, found, "since it was found first");
        assert!(!rejected.reasons.first[0].message.is_empty());
        let [newest, first] = service.versions.as_slice() else { panic!("two versions") };
        assert_eq!((newest.version.clone(), newest.valid_from, newest.current), (bad, None, false));
        assert_eq!((first.version.clone(), first.current, first.running), (good, true, 1));
        world.end().await;
    });
}

/// Changes a version behind the portal's back.
async fn change(world: &World, change: &'static Statement, version: &str) {
    let version = version.to_owned();
    let changed = world.app.store.write(move |tx| tx.execute(change, &[version.as_str().into()])).await;
    assert_eq!(changed.map_err(|error: qyzmet_store::StoreError| error.to_string()), Ok(1));
}

async fn second(world: &World, damage: &'static Statement) -> String {
    let (_, version) = world.publish(reworded()).await.expect("sound");
    change(world, damage, &version).await;
    version
}

#[test]
fn a_version_cut_off_in_the_store_is_left_out_and_told() {
    the_first_serves_on_after(async |world| second(world, &CUT).await);
}

#[test]
fn a_version_whose_files_are_not_those_that_were_published_is_left_out_and_told() {
    the_first_serves_on_after(async |world| second(world, &EXCHANGED).await);
}

#[test]
fn a_version_that_a_newer_program_refuses_is_left_out_and_told() {
    the_first_serves_on_after(async |world| {
        world.published_by_an_older_program(edited("process.toml", "does", "doez")).await
    });
}

/// The service with a printed form that an older printer understood.
fn printed_otherwise() -> (Files, u32) {
    let mut files = service_files();
    let mut text = String::from_utf8(files["result.typ"].clone()).expect("text");
    text.push_str("\n#of-an-older-printer()\n");
    let line = u32::try_from(text.lines().count()).expect("a line");
    files.insert("result.typ".to_owned(), text.into_bytes());
    (files, line)
}

/// [R1116-14]
#[test]
fn a_version_whose_form_a_newer_program_cannot_print_is_left_out_and_told() {
    the_first_serves_on_after(async |world| world.published_by_an_older_program(printed_otherwise().0).await);
}

/// [R1116-14]
#[test]
fn a_form_that_cannot_be_printed_is_told_with_file_and_line_and_stays_out_when_another_is_published() {
    on_both_engines(async |world| {
        let administrator = world.administrator(well(1)[0]).await;
        let good = world.serving().await;
        world.pass(SignedDuration::from_mins(1));
        let (files, line) = printed_otherwise();
        let bad = world.published_by_an_older_program(files).await;
        let world = world.start_again().await;
        let told = async |good: &str| {
            assert_eq!(world.serving().await, good);
            let service = world.service(&administrator, SERVICE).await;
            let [rejected] = service.rejected.as_slice() else { panic!("told once") };
            assert_eq!((rejected.version.as_str(), rejected.published), (bad.as_str(), true));
            let reason = &rejected.reasons.first[0];
            assert_eq!((reason.file.as_str(), reason.line), ("result.typ", line));
            assert!(reason.message.contains("of-an-older-printer"), "{}", reason.message);
        };
        told(&good).await;
        world.pass(SignedDuration::from_mins(1));
        let (_, better) = world.publish(reworded()).await.expect("sound");
        told(&better).await;
        world.end().await;
    });
}

/// What a version cannot say is not guessed: its requests wait, and go on when the same files are published again.
#[test]
fn requests_of_a_damaged_version_wait_are_counted_and_go_on_when_it_is_mended() {
    on_both_engines(async |world| {
        let people = well(3);
        let (administrator, other) = (world.administrator(people[0]).await, world.person(people[1]).await);
        let person = world.person(people[2]).await;
        world.pass(SignedDuration::from_mins(1));
        let (_, damaged) = world.publish(reworded()).await.expect("sound");
        let case = world.start(&person).await;
        change(world, &CUT, &damaged).await;
        let world = world.start_again().await;
        let show = || ShowRequest { case, page: None, locale: Locale::Kk };
        assert_eq!(kind(world.run(&person.caller, show()).await), "fault");
        world.start(&other).await;
        let service = world.service(&administrator, SERVICE).await;
        let told: Vec<_> =
            service.versions.iter().map(|version| (version.current, version.running)).collect();
        assert_eq!(told, [(false, 1), (true, 1)]);
        world.pass(SignedDuration::from_mins(1));
        world.publish(reworded()).await.expect("sound");
        world.run(&person.caller, show()).await.expect("it goes on");
        assert!(world.service(&administrator, SERVICE).await.rejected.is_empty());
        world.end().await;
    });
}

/// [R74-3.1]
#[test]
fn only_an_administrator_sees_the_versions_and_how_many_requests_hang_on_each() {
    on_both_engines(async |world| {
        let people = well(3);
        let (officer, administrator) =
            (world.operator(people[0]).await, world.administrator(people[1]).await);
        let person = world.person(WELL).await;
        let show = || ShowVersions { locale: Locale::Kk };
        assert_eq!(kind(world.run(&officer.caller, show()).await), "not-found");
        assert_eq!(kind(world.run(&person.caller, show()).await), "not-found");
        world.start(&person).await;
        world.pass(SignedDuration::from_mins(1));
        world.publish(reworded()).await.expect("sound");
        let service = world.service(&administrator, SERVICE).await;
        let told: Vec<_> =
            service.versions.iter().map(|version| (version.current, version.running)).collect();
        assert_eq!(told, [(true, 0), (false, 1)], "the request keeps the version that it began with");
        assert!(service.versions.iter().all(|version| version.valid_from.is_some()));
    });
}
