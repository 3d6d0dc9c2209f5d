//! The closed world of one document: the template, its data, the fonts, and nothing else.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::{LazyHash, hash128};
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::fault::{self, PrintError};
use crate::fonts::{fonts, missing};
use crate::qr;

/// The line that gives the template its `data`; faults are counted without it.
const BEFORE: &str = "#let data = json(\"/data.json\")\n";
/// Lines of `BEFORE`.
pub(crate) const LINES_BEFORE: usize = 1;
/// Results of earlier pages are kept for this many pages, so that a common template stays warm and memory is bounded.
const KEEP_FOR_PAGES: usize = 10;
/// Kazakhstan has had one zone since 01.03.2024.
const LOCAL: Offset = Offset::constant(5);

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    let mut library = <Library as LibraryExt>::default();
    library.global.scope_mut().define("qr", qr::function());
    LazyHash::new(library)
});

/// One document to print.
pub(crate) struct Page {
    template: Source,
    data_id: FileId,
    data: Bytes,
    at: Timestamp,
}

impl Page {
    pub(crate) fn new(template: &str, data: &serde_json::Value, at: Timestamp) -> Result<Self, PrintError> {
        let data = data.to_string();
        if let Some(character) = missing(&data) {
            return Err(PrintError::NoGlyph { character });
        }
        let template = Source::new(file("/template.typ")?, format!("{BEFORE}{template}"));
        Ok(Self { template, data_id: file("/data.json")?, data: Bytes::from_string(data), at })
    }

    pub(crate) fn print(self) -> Result<Vec<u8>, PrintError> {
        let options = self.options()?;
        let result = typst::compile::<PagedDocument>(&self)
            .output
            .and_then(|document| typst_pdf::pdf(&document, &options))
            .map_err(|faults| fault::first(&self, &self.data, &faults));
        typst::comemo::evict(KEEP_FOR_PAGES);
        result
    }

    fn options(&self) -> Result<PdfOptions, PrintError> {
        let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
            .map_err(|_| PrintError::Engine("the PDF standards contradict each other"))?;
        let identity = hash128(&(self.template.text(), &self.data, self.at.as_microsecond()));
        Ok(PdfOptions {
            ident: Smart::Custom(format!("{identity:032x}")),
            creator: Smart::Custom(Some("Qyzmet".to_owned())),
            timestamp: self.moment().map(typst_pdf::Timestamp::new_utc),
            standards,
            ..PdfOptions::default()
        })
    }

    fn moment(&self) -> Option<Datetime> {
        let at = TimeZone::UTC.to_datetime(self.at);
        Datetime::from_ymd_hms(
            at.year().into(),
            at.month().try_into().ok()?,
            at.day().try_into().ok()?,
            at.hour().try_into().ok()?,
            at.minute().try_into().ok()?,
            at.second().try_into().ok()?,
        )
    }
}

impl World for Page {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &fonts().book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_id { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts().all.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        let today = LOCAL.to_datetime(self.at);
        Datetime::from_ymd(today.year().into(), today.month().try_into().ok()?, today.day().try_into().ok()?)
    }
}

fn file(path: &str) -> Result<FileId, PrintError> {
    let path = VirtualPath::new(path).map_err(|_| PrintError::Engine("a virtual path is wrong"))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}
