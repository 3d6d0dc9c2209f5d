//! The regulation of a service for everybody: action table, diagram, and the files made of them.

use std::sync::Arc;

use jiff::civil::Date;
use qyzmet_domain::{Locale, ServiceId};
use qyzmet_engine::{ActionTable, Regulation};

use super::{
    is_offered,
    list::only_at_centre,
    renderings::{Rendering, rendering},
};
use crate::{Access, Cx, Document, Error, UseCase, numbering::day};

/// Shows a regulation to everybody: whatever is published can be read, also what is not offered. The act asks that
/// regulations be published; whether the portal takes requests is another question [R1116-12, R1116-13].
pub struct ShowRegulation {
    /// Of which service.
    pub id: ServiceId,
    /// Which version; without it the one that new requests take.
    pub version: Option<String>,
    /// In which language.
    pub locale: Locale,
}

/// A regulation on a page.
pub struct RegulationPage {
    /// The service.
    pub id: ServiceId,
    /// Its name.
    pub title: String,
    /// The act.
    pub act: String,
    /// The version.
    pub version: String,
    /// Whether new requests take this version.
    pub current: bool,
    /// First day of the wording.
    pub valid_from: Date,
    /// Whether a request can be started here.
    pub startable: bool,
    /// Whether it is asked for at a service centre and not here.
    pub at_centre: bool,
    /// The action table of annex 1.
    pub table: ActionTable,
    /// The diagram as an SVG document; its symbols lead to `#action-<number>`.
    pub diagram: String,
}

impl UseCase for ShowRegulation {
    type Output = RegulationPage;
    const NAME: &'static str = "show-regulation";
    const ACCESS: Access = Access::Public;

    async fn run(self, cx: Cx) -> Result<RegulationPage, Error> {
        let current = cx.app.catalogue.current(&self.id, day(cx.now)).map(|current| current.version.clone());
        let regulation = find(&cx, &self.id, self.version.as_deref())?;
        let diagram = rendering(&cx.app, &regulation, self.locale, Rendering::Diagram).await?;
        Ok(RegulationPage {
            id: self.id,
            title: regulation.title(self.locale).to_owned(),
            act: regulation.service.act.clone(),
            version: regulation.version.to_string(),
            current: current.as_ref() == Some(&regulation.version),
            valid_from: regulation.service.valid_from,
            startable: is_offered(&cx.app, &regulation),
            at_centre: only_at_centre(&regulation),
            table: regulation.action_table(self.locale),
            diagram: String::from_utf8_lossy(&diagram).into_owned(),
        })
    }
}

/// Gives one file of a regulation to everybody.
pub struct DownloadRegulation {
    /// Of which service.
    pub id: ServiceId,
    /// Which version; without it the one that new requests take.
    pub version: Option<String>,
    /// Which file.
    pub part: RegulationPart,
    /// In which language.
    pub locale: Locale,
}

/// The files of a regulation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegulationPart {
    /// The whole, printed [R1116-17].
    Pdf,
    /// The diagram for other programs [R1116-A2.1].
    Bpmn,
    /// The diagram as a picture [R1116-13].
    Svg,
}

impl UseCase for DownloadRegulation {
    type Output = Document;
    const NAME: &'static str = "download-regulation";
    const ACCESS: Access = Access::Public;

    async fn run(self, cx: Cx) -> Result<Document, Error> {
        let regulation = find(&cx, &self.id, self.version.as_deref())?;
        let (what, ending, media) = match self.part {
            RegulationPart::Pdf => (Rendering::Pdf, "pdf", "application/pdf"),
            RegulationPart::Bpmn => (Rendering::Bpmn, "bpmn", "application/xml"),
            RegulationPart::Svg => (Rendering::Svg, "svg", "image/svg+xml"),
        };
        let bytes = rendering(&cx.app, &regulation, self.locale, what).await?;
        let version: String = regulation.version.as_str().chars().take(12).collect();
        let name = format!("{}-{version}.{}.{ending}", self.id, self.locale);
        Ok(Document { bytes: bytes.to_vec(), name, media })
    }
}

fn find(cx: &Cx, id: &ServiceId, version: Option<&str>) -> Result<Arc<Regulation>, Error> {
    let catalogue = &cx.app.catalogue;
    let found = match version {
        Some(version) => catalogue.version(id, version),
        None => catalogue.current(id, day(cx.now)),
    };
    found.ok_or(Error::NotFound)
}
