//! The regulation of a service: the action table of annex 1, the diagram whose symbols lead into it, and the files.

use askama::Template;
use axum::extract::{Path, Query};
use qyzmet_app::{DownloadRegulation, RegulationPage, RegulationPart, ShowRegulation};
use qyzmet_domain::Locale;
use serde::Deserialize;

use super::service::parsed;
use crate::{
    files,
    frame::Frame,
    problem::{Answer, not_found},
    visit::{Visit, page},
};

/// A regulation [R1116-12, R1116-13].
#[derive(Template)]
#[template(path = "screens/services/regulation.html")]
pub(crate) struct Regulation {
    pub(crate) f: Frame,
    pub(crate) view: RegulationPage,
}

/// Which version is asked for: an officer comes from a case to the version that it began with.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    version: Option<String>,
}

impl Regulation {
    /// Rows 2 to 6 of the table: head, and a cell for each action [R1116-A1.2, R1116-A1.6].
    fn rows(&self) -> Vec<(&str, Vec<String>)> {
        let table = &self.view.table;
        let cells = |row: usize| table.columns.iter().map(|column| column.cells()[row].clone()).collect();
        (1..table.heads.len()).map(|row| (table.heads[row].as_str(), cells(row))).collect()
    }

    /// The diagram as an element of the page: without the declaration of a document of its own.
    fn picture(&self) -> &str {
        self.view.diagram.split_once("?>").map_or(&self.view.diagram, |(_, picture)| picture)
    }

    /// Address of a file, of this very version.
    fn file(&self, name: &str) -> String {
        format!("/services/{}/regulation/{name}?version={}", self.view.id, self.view.version)
    }

    /// Name of a file of the diagram in the language of the page.
    fn in_language(&self, ending: &str) -> String {
        format!("diagram.{}.{ending}", self.f.locale)
    }

    /// The beginning of the version's hash, as people compare it.
    fn short(&self) -> &str {
        self.view.version.get(..12).unwrap_or(&self.view.version)
    }
}

/// `GET /services/{id}/regulation`
pub(crate) async fn show(visit: Visit, Path(id): Path<String>, Query(wanted): Query<Wanted>) -> Answer {
    let id = parsed(&id)?;
    let view = visit.run(ShowRegulation { id, version: wanted.version, locale: visit.locale }).await?;
    let title = format!("{}: {}", crate::words::text(visit.locale, "regulation-title"), view.title);
    page(&Regulation { f: visit.frame_titled(title), view })
}

/// `GET /services/{id}/regulation/{file}`
pub(crate) async fn download(
    visit: Visit,
    Path((id, file)): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let id = parsed(&id)?;
    let (part, locale) = named(&file).ok_or_else(not_found)?;
    let document = visit.run(DownloadRegulation { id, version: wanted.version, part, locale }).await?;
    Ok(files::download(document))
}

/// A file by its name in the address: what it is, and in which language.
fn named(file: &str) -> Option<(RegulationPart, Locale)> {
    let (start, ending) = file.rsplit_once('.')?;
    let (name, locale) = start.split_once('.')?;
    let part = match (name, ending) {
        ("regulation", "pdf") => RegulationPart::Pdf,
        ("diagram", "bpmn") => RegulationPart::Bpmn,
        ("diagram", "svg") => RegulationPart::Svg,
        _ => return None,
    };
    Some((part, locale.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_name_and_language_and_nothing_else_is_a_file() {
        assert_eq!(named("regulation.ru.pdf"), Some((RegulationPart::Pdf, Locale::Ru)));
        assert_eq!(named("diagram.kk.bpmn"), Some((RegulationPart::Bpmn, Locale::Kk)));
        for none in
            ["regulation.pdf", "regulation.de.pdf", "diagram.kk.pdf", "regulation.kk.svg", ".kk.pdf", ""]
        {
            assert_eq!(named(none), None, "{none}");
        }
    }
}
