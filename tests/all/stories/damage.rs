//! What is kept and then changed behind the portal's back: found, and named.

use std::{
    fs,
    path::{Path, PathBuf},
};

use qyzmet_app::{
    Error, JournalReport, SealJournal, ShowResult, Verification, VerificationOutcome, VerifyJournal,
};
use qyzmet_domain::Locale;
use qyzmet_store::{Statement, StoreError};

use super::world::{Person, WELL, World, on_both_engines};

const NUMBER: &str = "+77010000123";

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
    let below = |path: PathBuf| if path.is_dir() { files_below(&path) } else { vec![path] };
    entries.flat_map(below).collect()
}

/// What a stranger is told after every document on the disk was changed.
async fn after(world: &World, number: &str, change: impl Fn(&Path)) -> Verification {
    files_below(world.documents.path()).iter().for_each(|path| change(path));
    world.verify(number).await
}

/// [R74-3.1]
#[test]
fn a_document_damaged_on_the_disk_is_called_damaged_and_never_valid() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let number = world.link(&person, NUMBER).await;
        let kept: Vec<(PathBuf, Vec<u8>)> = files_below(world.documents.path())
            .into_iter()
            .map(|path| (path.clone(), fs::read(&path).expect("a file")))
            .collect();
        assert!(kept.len() >= 5, "request, its signature, result, its signature, seal");
        let flip = |place: fn(usize) -> usize| {
            move |path: &Path| {
                let mut bytes = fs::read(path).expect("a file");
                let place = place(bytes.len());
                bytes[place] ^= 1;
                fs::write(path, bytes).expect("written");
            }
        };
        let restore = || kept.iter().for_each(|(path, bytes)| fs::write(path, bytes).expect("written"));
        let changes: [&dyn Fn(&Path); 5] = [
            &flip(|_| 0),
            &flip(|length| length / 2),
            &flip(|length| length - 1),
            &|path| fs::write(path, b"").expect("written"),
            &|path| fs::remove_file(path).expect("removed"),
        ];
        for (index, change) in changes.into_iter().enumerate() {
            let told = after(world, &number, change).await;
            assert_eq!(told.outcome, VerificationOutcome::Invalid, "change {index}");
            assert_eq!(told.reason.as_deref(), Some("damaged"), "change {index}");
            assert!(!told.sealed, "change {index}");
            restore();
            assert_eq!(world.verify(&number).await.outcome, VerificationOutcome::Valid);
        }
    });
}

/// [R74-3.1]
#[test]
fn documents_that_were_exchanged_for_one_another_are_found() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let number = world.link(&person, NUMBER).await;
        let paths = files_below(world.documents.path());
        let contents: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(path).expect("a file")).collect();
        for (path, content) in paths.iter().zip(contents.iter().cycle().skip(1)) {
            fs::write(path, content).expect("written");
        }
        let told = world.verify(&number).await;
        assert_eq!(told.outcome, VerificationOutcome::Invalid);
        assert_eq!(told.reason.as_deref(), Some("damaged"));
    });
}

static JOURNAL_PAYLOAD: Statement = Statement::new(
    "JOURNAL_PAYLOAD",
    module_path!(),
    "UPDATE journal SET payload = replace(payload, '7701', '7702') WHERE what = 'number-linked'",
);
static JOURNAL_ACTOR: Statement = Statement::new(
    "JOURNAL_ACTOR",
    module_path!(),
    "UPDATE journal SET actor = 'person:nobody' WHERE what = 'number-linked'",
);
static JOURNAL_TIME: Statement = Statement::new(
    "JOURNAL_TIME",
    module_path!(),
    "UPDATE journal SET at = at + 1 WHERE what = 'number-linked'",
);
static JOURNAL_ROW: Statement =
    Statement::new("JOURNAL_ROW", module_path!(), "DELETE FROM journal WHERE what = 'number-linked'");
static CASE_STATE: Statement =
    Statement::new("CASE_STATE", module_path!(), "UPDATE cases SET state = replace(state, '7701', '7702')");
static CASE_STATUS: Statement =
    Statement::new("CASE_STATUS", module_path!(), "UPDATE cases SET status = 'refused'");
static CASE_RESULT: Statement =
    Statement::new("CASE_RESULT", module_path!(), "UPDATE cases SET result_number = 'KZ-2026-00000000000'");
static RESULT_DOCUMENT: Statement =
    Statement::new("RESULT_DOCUMENT", module_path!(), "UPDATE results SET document = signature");

static JOURNAL_ERASED: Statement = Statement::new(
    "JOURNAL_ERASED",
    module_path!(),
    "UPDATE journal SET payload = NULL, salt = NULL WHERE what = 'number-linked'",
);
static NUMBER_OTHER: Statement =
    Statement::new("NUMBER_OTHER", module_path!(), "UPDATE numbers SET number = '+77020000456'");
static NUMBER_TIME: Statement =
    Statement::new("NUMBER_TIME", module_path!(), "UPDATE numbers SET linked_at = linked_at + 1");
static NUMBER_GONE: Statement = Statement::new("NUMBER_GONE", module_path!(), "DELETE FROM numbers");
static NUMBER_MOVED: Statement = Statement::new(
    "NUMBER_MOVED",
    module_path!(),
    "UPDATE numbers SET account = '01890000-0000-7000-8000-000000000001'",
);

/// A sealed world in which a number is linked, and what its journal says after the change.
async fn report(world: &World, change: &'static Statement) -> (Person, String, JournalReport) {
    let person = world.person(WELL).await;
    let number = world.link(&person, NUMBER).await;
    let show = ShowResult { number, locale: Locale::Kk };
    let case = world.run(&person.caller, show).await.expect("a result").case.to_string();
    let entry = world.journal(&person).await.into_iter().find(|entry| entry.what == "number-linked");
    let entry = entry.expect("a linking").id;
    world.system(SealJournal).await.expect("sealed");
    let before = world.system(VerifyJournal).await.expect("a report");
    assert!(before.verified, "{:?}", before.faults);
    assert!(before.sealed > 0 && before.checkpoints > 0 && before.cases == 1);
    let changed = world.app.store.write(move |tx| tx.execute(change, &[])).await;
    assert_eq!(changed.map_err(|error: StoreError| Error::fault(error)).expect("changed"), 1);
    world.leave_unchecked();
    let report = world.system(VerifyJournal).await.expect("a report");
    let name = match change.text() {
        text if text.contains("journal") => entry,
        text if text.contains("numbers") => person.account.to_string(),
        _ => case,
    };
    (person, name, report)
}

fn is_found_and_named(change: &'static Statement) {
    on_both_engines(async |world| {
        let (_, name, report) = report(world, change).await;
        assert!(!report.verified, "{} is not found", change.name());
        assert!(report.faults.iter().any(|fault| fault.contains(&name)), "{name} not in {:?}", report.faults);
    });
}

/// [R74-3.1]
#[test]
fn a_changed_payload_of_the_journal_is_found_and_its_entry_named() {
    is_found_and_named(&JOURNAL_PAYLOAD);
}

/// [R74-3.1]
#[test]
fn a_changed_doer_in_the_journal_is_found_and_its_entry_named() {
    is_found_and_named(&JOURNAL_ACTOR);
}

/// [R74-3.1]
#[test]
fn a_moment_moved_by_a_microsecond_in_the_journal_is_found_and_its_entry_named() {
    is_found_and_named(&JOURNAL_TIME);
}

/// [R74-3.1]
#[test]
fn an_entry_taken_out_of_the_journal_is_missed() {
    on_both_engines(async |world| {
        let (_, _, report) = report(world, &JOURNAL_ROW).await;
        assert!(!report.verified);
    });
}

/// [R74-3.1]
#[test]
fn a_changed_answer_in_a_case_is_found_and_the_case_named() {
    is_found_and_named(&CASE_STATE);
}

/// [R74-3.1]
#[test]
fn a_changed_status_of_a_case_is_found_and_the_case_named() {
    is_found_and_named(&CASE_STATUS);
}

/// [R74-3.1]
#[test]
fn a_case_that_names_another_result_is_found() {
    is_found_and_named(&CASE_RESULT);
}

/// [R74-3.1]
#[test]
fn a_result_that_names_another_document_is_found_and_its_case_named() {
    is_found_and_named(&RESULT_DOCUMENT);
}

/// [R74-3.1]
#[test]
fn a_payload_that_nobody_asked_to_erase_is_missed_and_its_entry_named() {
    is_found_and_named(&JOURNAL_ERASED);
}

/// [R74-3.1, R58-5.3b]
#[test]
fn a_linked_number_changed_moved_or_taken_away_behind_the_back_of_the_journal_is_found_and_its_account_named()
{
    for change in [&NUMBER_OTHER, &NUMBER_TIME, &NUMBER_GONE, &NUMBER_MOVED] {
        is_found_and_named(change);
    }
}

/// [R74-3.1, R58-8]
#[test]
fn a_number_that_was_lawfully_changed_or_taken_over_leaves_the_journal_whole() {
    on_both_engines(async |world| {
        let (person, other) = (world.person(WELL).await, world.person(super::world::OTHER).await);
        world.link(&person, NUMBER).await;
        world.link(&person, "+77020000456").await;
        world.pass(jiff::SignedDuration::from_mins(2));
        world.link(&other, "+77020000456").await;
        let report = world.system(VerifyJournal).await.expect("a report");
        assert!(report.verified, "{:?}", report.faults);
        assert_eq!(report.numbers, 1, "of the two accounts one has a number");
    });
}
