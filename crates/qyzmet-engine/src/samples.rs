//! The showcase service as a folder in memory, whole or damaged, for the tests of this crate.

use std::path::Path;

use crate::{Folder, Regulation, read};

/// `services/subscriber-number-link`.
pub(crate) fn number_link() -> Folder {
    folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../services/subscriber-number-link"))
}

/// A folder of a service on disk.
pub(crate) fn folder(root: &Path) -> Folder {
    let mut folder = Folder::default();
    for (place, prefix) in [(root.to_owned(), ""), (root.join("examples"), "examples/")] {
        for entry in std::fs::read_dir(place).into_iter().flatten() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_file() {
                let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
                folder.0.insert(name, std::fs::read(entry.path()).unwrap());
            }
        }
    }
    folder
}

/// The service, read.
pub(crate) fn regulation() -> Regulation {
    read(&number_link()).unwrap()
}

/// The folder with one passage of one file replaced; the passage must be there.
pub(crate) fn edited(file: &str, from: &str, to: &str) -> Folder {
    let mut folder = number_link();
    let text = String::from_utf8(folder.0[file].clone()).unwrap();
    assert!(text.contains(from), "{file} has no {from:?}");
    folder.0.insert(file.to_owned(), text.replacen(from, to, 1).into_bytes());
    folder
}

/// A moment that many seconds after the beginning of the tests.
pub(crate) fn at(second: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_second(1_790_000_000 + second).unwrap()
}

/// Opening a case for an invented individual.
pub(crate) fn open(channel: crate::Channel) -> crate::Command {
    let identifier = qyzmet_domain::Iin::complete("90010130012").unwrap().into();
    let account = qyzmet_domain::AccountId::from_parts(at(0), [1; 10]);
    let recipient = crate::Recipient { account, identifier, name: "Сынақ Адам".to_owned() };
    crate::Command::Open { case: qyzmet_domain::CaseId::from_parts(at(0), [2; 10]), recipient, channel }
}

/// Values of a form.
pub(crate) fn map(values: &[(&str, &str)]) -> std::collections::BTreeMap<String, String> {
    values.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

/// Filling both pages.
pub(crate) fn fill(consent: &str) -> crate::Command {
    crate::Command::Fill {
        action: 1,
        visit: 0,
        values: map(&[("number", "87011234567"), ("identity-documents", consent)]),
    }
}

/// A confirmation with these means.
pub(crate) fn confirm(means: &[qyzmet_domain::Means]) -> crate::Command {
    let request = qyzmet_domain::DocumentId::of(b"request");
    let signer = means.contains(&qyzmet_domain::Means::Eds).then(|| "fingerprint".to_owned());
    crate::Command::Confirm {
        action: 3,
        visit: 0,
        proof: crate::Proof { request, means: means.to_vec(), signer, at: at(0) },
    }
}

/// What the portal asks for.
pub(crate) const OTP_AND_EDS: [qyzmet_domain::Means; 2] =
    [qyzmet_domain::Means::Otp(qyzmet_domain::OtpPurpose::Number), qyzmet_domain::Means::Eds];

/// The register's answer about somebody with a valid document.
pub(crate) fn answer(life: &str, status: &str, end: &str) -> crate::Command {
    let facts =
        [("person.life-status", life), ("person.document.status", status), ("person.document.end-date", end)];
    crate::Command::Answer { action: 4, facts: map(&facts), answer_id: "answer-1".to_owned() }
}

/// The portal has done what the action asks.
pub(crate) fn done(action: u32) -> crate::Command {
    crate::Command::Done { action, facts: map(&[]) }
}

/// One of the sample tables of this crate, with a placeholder for each text that it asks for.
pub(crate) fn sample(name: &str) -> Regulation {
    let folder = sample_folder(name);
    read(&folder).unwrap_or_else(|findings| {
        panic!("{name}:\n{}", findings.iter().map(|finding| format!("{finding}\n")).collect::<String>())
    })
}

/// Its folder.
pub(crate) fn sample_folder(name: &str) -> Folder {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut folder = Folder::default();
    for file in ["service.toml", "form.toml"] {
        folder.0.insert(file.to_owned(), std::fs::read(root.join(file)).unwrap());
    }
    folder.0.insert("process.toml".to_owned(), std::fs::read(root.join(name).join("process.toml")).unwrap());
    for entry in std::fs::read_dir(root.join(name).join("examples")).unwrap() {
        let entry = entry.unwrap();
        let file = format!("examples/{}", entry.file_name().to_string_lossy());
        folder.0.insert(file, std::fs::read(entry.path()).unwrap());
    }
    folder.0.insert("result.typ".to_owned(), b"Result".to_vec());
    with_texts(folder)
}

/// The folder with its own key for each text that the checker misses.
pub(crate) fn with_texts(mut folder: Folder) -> Folder {
    for locale in ["kk", "ru", "en"] {
        folder.0.insert(format!("text.{locale}.toml"), b"title = \"-\"\n".to_vec());
    }
    let missing: Vec<_> = read(&folder).err().into_iter().flatten().collect();
    for finding in missing.iter().filter(|finding| finding.kind == crate::FindingKind::MissingText) {
        let key = finding.message.split('`').nth(1).unwrap();
        let (_, file) = finding.message.rsplit_once(' ').unwrap();
        folder.0.get_mut(file).unwrap().extend(format!("\"{key}\" = \"{key}\"\n").bytes());
    }
    folder
}
