//! Every folder of `services/` is without a finding and its examples run; the skeletons ask for nothing but what only an
//! author can know, and run when that is filled in.

use std::path::{Path, PathBuf};

use qyzmet_engine::{Finding, FindingKind, Folder, check, inspect, read, run_example};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn folder(path: &Path) -> Folder {
    let mut folder = Folder::default();
    for (place, prefix) in [(path.to_owned(), ""), (path.join("examples"), "examples/")] {
        let entries = std::fs::read_dir(place).into_iter().flatten().flatten();
        for path in entries.map(|entry| entry.path()).filter(|path| path.is_file()) {
            let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
            folder.0.insert(name, std::fs::read(path).unwrap_or_default());
        }
    }
    folder
}

fn services() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join("services")).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}

/// A skeleton as `qyzmet new-service` copies it.
fn skeleton(template: &str) -> Folder {
    let mut folder = folder(&root().join("crates/qyzmet/templates").join(template));
    edit(&mut folder, "service.toml", |text| text.replace("@ID@", "my-service"));
    folder
}

fn edit(folder: &mut Folder, file: &str, change: impl Fn(String) -> String) {
    if let Some(bytes) = folder.0.get_mut(file) {
        *bytes = change(String::from_utf8_lossy(bytes).into_owned()).into_bytes();
    }
}

#[test]
fn every_service_is_without_a_finding_and_its_examples_run() {
    let services = services();
    assert!(services.len() >= 8, "{services:?}");
    for path in services {
        let regulation =
            read(&folder(&path)).unwrap_or_else(|findings| panic!("{}: {findings:#?}", path.display()));
        let findings: Vec<_> =
            check(&regulation).into_iter().filter(|finding| !is_of_the_model_decree(finding)).collect();
        assert_eq!(findings, [], "{}", path.display());
        assert!(!regulation.examples.is_empty());
        for example in &regulation.examples {
            run_example(&regulation, example)
                .unwrap_or_else(|why| panic!("{}: {}: {why}", path.display(), example.name));
        }
    }
}

/// Decree 1116, after which services are modelled, lost force in 2013: who rests a service on it is told so, once.
fn is_of_the_model_decree(finding: &Finding) -> bool {
    finding.kind == FindingKind::OutdatedClause && finding.message.starts_with("the act 1116-2010 lost force")
}

/// An empty text, or an empty value of the passport.
fn is_for_the_author(finding: &Finding) -> bool {
    let empty =
        finding.message.ends_with("must not be empty") || finding.message.ends_with("must name at least one");
    finding.kind == FindingKind::MissingText || (finding.kind == FindingKind::BadValue && empty)
}

/// [R1116-6.2] [R1116-7.13]
#[test]
fn a_skeleton_asks_for_nothing_but_what_only_its_author_knows() {
    for template in ["full", "partial"] {
        let findings = inspect(&skeleton(template)).findings;
        let others: Vec<_> = findings
            .iter()
            .filter(|finding| !is_for_the_author(finding) && !is_of_the_model_decree(finding))
            .collect();
        assert!(others.is_empty() && !findings.is_empty(), "{template}: {others:#?}");
    }
}

/// [R1116-6.3] [R1116-6.4] [R1116-6.5] [R1116-6.10] [R1116-6.11] [R1116-6.12] [R1116-6.13]
/// [R1116-7.2] [R1116-7.3] [R1116-7.4] [R1116-7.9] [R1116-7.11] [R1116-7.12]
#[test]
fn a_skeleton_that_is_filled_in_runs_to_each_of_its_ends() {
    for template in ["full", "partial"] {
        let mut folder = skeleton(template);
        for locale in ["kk", "ru", "en"] {
            edit(&mut folder, &format!("text.{locale}.toml"), |text| text.replace("= \"\"", "= \"-\""));
        }
        edit(&mut folder, "service.toml", |text| {
            text.replace("act        = \"\"", "act = \"58-2016\"")
                .replace("= \"\"", "= \"mdai\"")
                .replace("contacts   = []", "contacts = [\"1414\"]")
        });
        let regulation = read(&folder).unwrap_or_else(|findings| panic!("{template}: {findings:#?}"));
        let findings: Vec<_> = check(&regulation);
        assert!(findings.iter().all(is_of_the_model_decree), "{template}: {findings:#?}");
        let ends: std::collections::BTreeSet<u32> = regulation
            .examples
            .iter()
            .filter_map(|example| run_example(&regulation, example).ok()?.actions.last().copied())
            .collect();
        let all = regulation.process.actions.iter().filter(|action| action.next.all().count() == 0);
        assert_eq!(ends, all.map(|action| action.number).collect(), "{template}");
    }
}
