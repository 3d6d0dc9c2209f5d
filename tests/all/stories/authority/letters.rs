//! Letters and papers of an order: the application that is handed in, the receipt for what was handed in, and the link under
//! which the certificates are installed. `QYZMET_SHOTS=folder` keeps the papers, for a person to look at.

use std::{io::Write, process::Command};

use base64::{Engine, engine::general_purpose::STANDARD};
use qyzmet_app::{
    Error,
    authority::RenewCertificate,
    desk::{DownloadDeskPaper, Place},
    printed::{DownloadPaper, Paper},
};
use qyzmet_domain::{CaseId, Locale};
use qyzmet_store::repositories::certificates;
use serde_json::Value;
use tempfile::NamedTempFile;

use super::{
    super::world::{OTHER, Person, WELL, World, eventually, files_of, with_authority},
    issue_portal::{self, Operator, fill, keys, ordered, waiting},
};

const MAILBOX: &str = "aliya@example.kz";
const NUMBER: &str = "+77010000401";

/// The words of a PDF as a reader's program finds them.
fn words(pdf: &[u8]) -> String {
    assert!(pdf.starts_with(b"%PDF"), "a PDF");
    let mut file = NamedTempFile::new().expect("a file");
    file.write_all(pdf).expect("written");
    if let Some(folder) = std::env::var_os("QYZMET_SHOTS") {
        let kept = std::path::Path::new(&folder).join(format!("paper-{}.pdf", pdf.len()));
        std::fs::write(kept, pdf).expect("kept");
    }
    let read =
        Command::new("pdftotext").arg("-layout").arg(file.path()).arg("-").output().expect("pdftotext");
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    String::from_utf8_lossy(&read.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The letter in the mailbox that says something, once it has come.
async fn letter(world: &World, says: &str) -> Value {
    eventually("the letter", async || {
        let all: Vec<Value> = serde_json::from_str(&world.outside.letters().await).expect("a list");
        all.into_iter().find(|letter| letter["to"] == MAILBOX && text(letter).contains(says))
    })
    .await
}

fn text(letter: &Value) -> &str {
    letter["text"].as_str().expect("a text")
}

/// The files of a letter by name.
fn files(letter: &Value) -> Vec<(String, Vec<u8>)> {
    let file = |file: &Value| {
        let content = STANDARD.decode(file["content"].as_str().expect("content")).expect("base64");
        (file["name"].as_str().expect("a name").to_owned(), content)
    };
    letter["files"].as_array().expect("files").iter().map(file).collect()
}

async fn paper(world: &World, person: &Person, case: CaseId, paper: Paper) -> Result<Vec<u8>, Error> {
    let download = DownloadPaper { case, paper, locale: Locale::Kk };
    Ok(world.run(&person.caller, download).await?.bytes)
}

/// [R839-6.P5, R839-A2.5, R839-A2.9, R839-A2.10, R839-A2.11, R839-A2.12, R839-A2.13, R839-19.5e]
#[test]
fn the_application_with_its_unique_number_comes_by_letter_and_can_be_printed() {
    with_authority(async |world| {
        world.publish(files_of(issue_portal::SERVICE)).await.expect("sound");
        let (person, other) = (world.person(WELL).await, world.person(OTHER).await);
        let case = ordered(world, &person, &keys("/CN=x")).await;
        let number = waiting(world, &person, case).await.to_string();
        let letter = letter(world, "https://portal.example/orders").await;
        assert!(letter["subject"].as_str().expect("a subject").contains(&number));
        let (name, pdf) = files(&letter).remove(0);
        assert_eq!(name, format!("application-{number}.pdf"));
        let text = words(&pdf);
        for word in [
            "Тіркеу куәлігін алуға өтініш",
            "Сіздің тапсырысыңызға белгіленген нөмір",
            number.as_str(),
            "ЖСН:",
            person.iin.as_str(),
            "Тегі:",
            "Аты:",
            "Электрондық пошта: aliya@example.kz",
            "Облыс: Ақмола облысы",
            "Елді мекен: Көкшетау",
            "Тіркеу орталығы: № 1 ХҚКО",
            "Сақтау орны:",
            "Қол қою кілті:",
            "Кіру кілті:",
            "Жеке басты куәландыратын құжат",
        ] {
            assert!(text.contains(word), "{word} is missing in: {text}");
        }
        let again = paper(world, &person, case, Paper::Application).await.expect("the same in the cabinet");
        assert_eq!(words(&again), text);
        let stranger = paper(world, &other, case, Paper::Application).await;
        assert!(matches!(stranger, Err(Error::NotFound)), "it is nobody else's");
    });
}

/// [R839-6.P8]
#[test]
fn the_receipt_names_the_papers_the_day_and_the_operator_at_the_desk_and_in_the_cabinet() {
    with_authority(async |world| {
        world.publish(files_of(issue_portal::SERVICE)).await.expect("sound");
        let (person, operator) = (world.person(WELL).await, Operator::new(world).await);
        let case = ordered(world, &person, &keys("/CN=x")).await;
        let number = waiting(world, &person, case).await.to_string();
        let early = paper(world, &person, case, Paper::Receipt).await;
        assert!(matches!(early, Err(Error::NotFound)), "nothing was taken in yet");
        operator.receives(world, case).await;
        assert!(world.work(&operator.officer, case, 8).await.has_receipt);
        let at_desk = DownloadDeskPaper { place: Place { case, action: 8 }, paper: Paper::Receipt };
        let at_desk = world.run(&operator.officer.caller, at_desk).await.expect("a receipt").bytes;
        let own = paper(world, &person, case, Paper::Receipt).await.expect("a receipt");
        let text = words(&own);
        assert_eq!(words(&at_desk), text);
        let name = &world.work(&operator.officer, case, 8).await.steps[5].by;
        for word in [
            "Құжаттарды қабылдау туралы қолхат",
            number.as_str(),
            person.iin.as_str(),
            "1. Бірегей нөмірі бар өтініш",
            "2. Жеке басты куәландыратын құжат",
            "Қабылданған уақыты (UTC+5): 21.11.2026 14:00",
            name.as_deref().expect("the operator"),
        ] {
            assert!(text.contains(word), "{word} is missing in: {text}");
        }
    });
}

/// [R839-6.P11, R839-7.P5, R839-7.P8, R839-19.5e]
#[test]
fn whoever_gets_certificates_is_sent_the_link_under_which_they_are_installed() {
    with_authority(async |world| {
        for service in [issue_portal::SERVICE, "nca-reissue-portal"] {
            world.publish(files_of(service)).await.expect("sound");
        }
        let (person, operator) = (world.person(WELL).await, Operator::new(world).await);
        world.link(&person, NUMBER).await;
        let case = ordered(world, &person, &keys("/CN=x")).await;
        operator.receives(world, case).await;
        operator.approves(world, case, &operator.key).await;
        let number = world.ended(&person, case).await.request_number.expect("a number");
        let link = format!("https://portal.example/orders/{number}/install");
        let issued = letter(world, &link).await;
        assert_eq!(files(&issued), [], "a link, and neither a certificate nor a key");
        let message = eventually("a message", async || {
            world.outside.inbox.to(NUMBER).into_iter().find(|text| text.contains(&number))
        });
        assert!(
            message.await.contains("куәлігіңіз дайын"),
            "a handset shows seventy letters: the link is in the letter"
        );

        let account = person.account;
        let row = world.app.store.read(move |tx| {
            Ok::<_, qyzmet_store::StoreError>(certificates::of_account(tx, account, 1)?.remove(0))
        });
        let renew = RenewCertificate { serial: hex::encode(row.await.expect("a certificate").serial) };
        let case = world.run(&person.caller, renew).await.expect("a case");
        fill(world, (&person, case), "keys", &[("keys", &keys("/CN=x"))]).await.expect("taken");
        let signature = world.signature(&person, case, &person.sign).await;
        world.present(&person, case, None, Some(signature)).await.expect("accepted");
        let number = waiting(world, &person, case).await.to_string();
        let registered = letter(world, &number).await;
        assert!(text(&registered).contains("келудің қажеті жоқ"), "{registered}");
        assert_eq!(files(&registered), [], "nothing is handed in");
        operator.confirms(world, case, 5).await;
        world.ended(&person, case).await;
        letter(world, &format!("/orders/{number}/install")).await;
    });
}
