//! The application of a visitor with its unique number, printed to be signed by hand [R839-9.P7].

use jiff::Timestamp;
use qyzmet_domain::{Locale, calendar::KAZAKHSTAN};
use qyzmet_engine::Phrases;
use serde_json::{Value, json};

use super::load::{Loaded, Place, load};
use crate::{Access, Cx, Document, Error, UseCase, cases::claims};

/// Prints the application of a case that has its number.
pub struct PrintApplication {
    /// The work.
    pub place: Place,
    /// In which language.
    pub locale: Locale,
}

impl UseCase for PrintApplication {
    type Output = Document;
    const NAME: &'static str = "print-application";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<Document, Error> {
        let (officer, app, now) = (cx.officer()?, cx.app.clone(), cx.now);
        let Self { place, locale } = self;
        let read = cx.read(move |tx| {
            let loaded = load(tx, &app, &officer, (place, now))?;
            let number = loaded.case.number.as_ref().ok_or(Error::NotFound)?.to_string();
            Ok((data(&loaded, &number, locale, now), number))
        });
        let (data, number) = read.await?;
        let name = format!("application-{number}.pdf");
        Ok(Document { bytes: pdf(data, now).await?, name, media: "application/pdf" })
    }
}

/// What the template shows: whose application it is, what is asked, and by which keys.
fn data(loaded: &Loaded, number: &str, locale: Locale, now: Timestamp) -> Value {
    let Loaded { case, regulation, .. } = loaded;
    let phrases = Phrases::of(locale);
    let say = |key: &str| phrases.say(&format!("application.{key}"));
    let identifier = match &case.recipient.identifier {
        qyzmet_domain::Identifier::Iin(iin) => iin.as_str(),
        qyzmet_domain::Identifier::Bin(bin) => bin.as_str(),
    };
    let known = [
        (say("number"), number.to_owned()),
        (say("recipient"), case.recipient.name.clone()),
        (say("identifier"), identifier.to_owned()),
        (say("date"), KAZAKHSTAN.to_datetime(now).date().strftime("%d.%m.%Y").to_string()),
    ];
    let rows: Vec<[String; 2]> = known
        .into_iter()
        .chain(claims(regulation, case, locale))
        .map(|(label, value)| [label, value])
        .collect();
    json!({
        "locale": locale.as_str(),
        "title": say("title"),
        "number": number,
        "service": regulation.title(locale),
        "rows": rows,
        "consent": say("consent"),
        "lines": [say("recipient-signs"), say("officer-signs")],
    })
}

#[cfg(not(feature = "print"))]
async fn pdf(_data: Value, _at: Timestamp) -> Result<Vec<u8>, Error> {
    Err(Error::NotFound)
}

#[cfg(feature = "print")]
async fn pdf(data: Value, at: Timestamp) -> Result<Vec<u8>, Error> {
    const TEMPLATE: &str = include_str!("application.typ");
    let printing = tokio::task::spawn_blocking(move || qyzmet_print::render(TEMPLATE, &data, at));
    printing.await.map_err(Error::fault)?.map_err(crate::results::not_printed)
}
