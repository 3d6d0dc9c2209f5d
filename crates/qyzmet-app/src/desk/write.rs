//! Certificates are written onto the visitor's card at the desk; what was read back from it is compared with those of the
//! order, byte for byte, before the case goes on [R839-9.P10].

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use qyzmet_domain::Locale;
use qyzmet_engine::{Command, KeyProfile, Task};
use qyzmet_store::{
    Tx,
    repositories::certificates::{self, CertificateRow},
};
use serde::Deserialize;

use super::{
    WorkView,
    load::{Loaded, Place, at, command, load},
    show::view_of,
};
use crate::{Access, Cx, DeskProblem, Error, UseCase, authority::key_of, cases::key_name};

/// More certificates than one order can bring.
const MOST: u32 = 8;
/// Characters of the whole list that came back from a card: several times what certificates of one order take.
const LONGEST: usize = 64 * 1024;

/// Shows what is to be written onto the card.
pub struct ShowWriting {
    /// The work.
    pub place: Place,
    /// In which language.
    pub locale: Locale,
}

/// What is to be written onto the card.
pub struct WritingView {
    /// The work.
    pub work: WorkView,
    /// The certificates of the order.
    pub certificates: Vec<Writable>,
}

/// One certificate that is to be written.
#[derive(Clone, Debug)]
pub struct Writable {
    /// For which key of the form.
    pub profile: &'static str,
    /// What people call the key.
    pub name: String,
    /// Base64 DER.
    pub certificate: String,
}

impl UseCase for ShowWriting {
    type Output = WritingView;
    const NAME: &'static str = "show-writing";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<WritingView, Error> {
        let (officer, app, now) = (cx.officer()?, cx.app.clone(), cx.now);
        let Self { place, locale } = self;
        cx.read(move |tx| {
            let loaded = load(tx, &app, &officer, (place, now))?;
            let ordered = ordered(tx, &loaded)?;
            let writable = |(profile, row): (&KeyProfile, &CertificateRow)| Writable {
                profile: profile.as_str(),
                name: key_name(&loaded.regulation, *profile, locale),
                certificate: STANDARD.encode(&row.der),
            };
            let certificates = ordered.iter().map(writable).collect();
            Ok(WritingView { work: view_of(tx, &loaded, &officer, (locale, now))?, certificates })
        })
        .await
    }
}

/// The certificates of the order by the key of the form for which each was asked; only while they are to be written.
fn ordered(tx: &mut Tx<'_>, loaded: &Loaded) -> Result<BTreeMap<KeyProfile, CertificateRow>, Error> {
    let Loaded { wait, case, .. } = loaded;
    if wait.left_at.is_some() {
        return Err(Error::Late);
    }
    if wait.task != Task::Write.as_str() {
        return Err(Error::NotFound);
    }
    let number = case.number.as_ref().ok_or(Error::NotFound)?.to_string();
    let rows = certificates::of_order(tx, &number, MOST)?.into_iter();
    Ok(rows.filter_map(|row| Some((key_of(&row.profile)?, row))).collect())
}

/// One certificate as it came back from the card.
#[derive(Clone, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
struct Written {
    profile: KeyProfile,
    certificate: String,
}

/// Says that the certificates are on the card, and proves it by what was read back.
pub struct WriteCertificates {
    /// The work.
    pub place: Place,
    /// The visit that the page showed.
    pub visit: u32,
    /// What the card gave back: `[{"profile":"sign","certificate":"<base64 DER>"}]`.
    pub read_back: String,
}

impl UseCase for WriteCertificates {
    type Output = ();
    const NAME: &'static str = "write-certificates";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let Self { place, visit, read_back } = self;
        let found = read(&read_back).ok_or(Error::Desk(DeskProblem::CardDiffers))?;
        command(&cx, place, move |officer, loaded, tx, _| {
            let ordered = ordered(tx, loaded)?.into_iter();
            let ordered: BTreeMap<KeyProfile, Vec<u8>> =
                ordered.map(|(profile, row)| (profile, row.der)).collect();
            if found != ordered {
                return Err(Error::Desk(DeskProblem::CardDiffers));
            }
            Ok(Command::Write { action: place.action, at: at(officer, visit) })
        })
        .await
    }
}

/// What the card gave back, by profile; nothing when it is no such list or names a profile twice.
fn read(text: &str) -> Option<BTreeMap<KeyProfile, Vec<u8>>> {
    if text.len() > LONGEST {
        return None;
    }
    let list: Vec<Written> = serde_json::from_str(text).ok()?;
    let count = list.len();
    let decoded = list.into_iter().map(|one| Some((one.profile, STANDARD.decode(one.certificate).ok()?)));
    decoded.collect::<Option<BTreeMap<_, _>>>().filter(|found| found.len() == count)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// [R839-9.P10]
    #[test]
    fn what_is_no_list_of_certificates_is_nothing_that_a_card_gave_back() {
        let whole = r#"[{"profile":"sign","certificate":"MAE="},{"profile":"auth","certificate":"MAA="}]"#;
        assert_eq!(read(whole).unwrap()[&KeyProfile::Sign], [0x30, 1]);
        let twice = r#"[{"profile":"sign","certificate":"MAE="},{"profile":"sign","certificate":"MAE="}]"#;
        let more = r#"[{"profile":"sign","certificate":"MAE=","pin":"1"}]"#;
        let long = format!("[{}]", " ".repeat(LONGEST));
        for text in ["", "x", "{}", "[1]", r#"[{"profile":"sign","certificate":"?"}]"#, twice, more, &long] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
