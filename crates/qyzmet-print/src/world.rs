//! The closed world of one document: the template, its data, the fonts, and nothing else.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Binding, Bytes, Datetime, Duration, Smart, Value};
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
/// A long chain of operators is a deep tree, so the length of a template bounds the stack it takes.
pub(crate) const MOST_BYTES: usize = 64 * 1024;
/// Kazakhstan has had one zone since 01.03.2024.
const LOCAL: Offset = Offset::constant(5);

/// Functions that would bring in code that nobody reviewed: from text, or from WebAssembly.
const FORBIDDEN: [&str; 2] = ["eval", "plugin"];

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    let mut library = <Library as LibraryExt>::default();
    let scope = library.global.scope_mut();
    for name in FORBIDDEN {
        scope.bind(name.into(), Binding::detached(Value::None));
    }
    scope.bind("qr".into(), Binding::detached(Value::Func(qr::function())));
    library.std = Binding::detached(library.global.clone());
    LazyHash::new(library)
});

/// A template with the data that it sees.
#[derive(Clone, Debug)]
pub struct Part {
    /// Typst.
    pub template: String,
    /// What stands in it as `data`.
    pub data: serde_json::Value,
}

/// A part in the closed world: two files.
struct Files {
    template: Source,
    data_id: FileId,
    data: Bytes,
}

/// One document to print.
struct Page {
    main: Files,
    parts: Vec<Files>,
    at: Timestamp,
}

/// Reads, sets and writes one document. Reading a template recurses too, so all of it belongs on the thread with the
/// big stack.
pub(crate) fn print(main: &Part, parts: &[Part], at: Timestamp) -> Result<Vec<u8>, PrintError> {
    let main = Files::of("template", main)?;
    let named = (1..).zip(parts).map(|(number, part): (usize, _)| Files::of(&format!("part-{number}"), part));
    let page = Page { main, parts: named.collect::<Result<_, _>>()?, at };
    let result = page.print();
    typst::comemo::evict(KEEP_FOR_PAGES);
    result
}

impl Files {
    fn of(name: &str, part: &Part) -> Result<Self, PrintError> {
        if part.template.len() > MOST_BYTES {
            let message = format!("longer than {MOST_BYTES} bytes");
            return Err(PrintError::Template { line: 1, column: 1, message });
        }
        let data = part.data.to_string();
        if let Some(character) = missing(&data) {
            return Err(PrintError::NoGlyph { character });
        }
        let before = BEFORE.replace("data.json", &format!("{name}.json"));
        let template = Source::new(file(&format!("/{name}.typ"))?, format!("{before}{}", part.template));
        Ok(Self { template, data_id: file(&format!("/{name}.json"))?, data: Bytes::from_string(data) })
    }
}

impl Page {
    fn print(&self) -> Result<Vec<u8>, PrintError> {
        let options = self.options()?;
        typst::compile::<PagedDocument>(self)
            .output
            .and_then(|document| typst_pdf::pdf(&document, &options))
            .map_err(|faults| fault::first(self, self.files().map(|files| files.data.as_slice()), &faults))
    }

    /// Everything that there is in this world.
    fn files(&self) -> impl Iterator<Item = &Files> {
        std::iter::once(&self.main).chain(&self.parts)
    }

    fn options(&self) -> Result<PdfOptions, PrintError> {
        let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
            .map_err(|_| PrintError::Engine("the PDF standards contradict each other"))?;
        let texts: Vec<_> = self.files().map(|files| (files.template.text(), &files.data)).collect();
        let identity = hash128(&(texts, self.at.as_microsecond()));
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
        self.main.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let found = self.files().find(|files| files.template.id() == id);
        found.map(|files| files.template.clone()).ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let found = self.files().find(|files| files.data_id == id);
        found.map(|files| files.data.clone()).ok_or(FileError::AccessDenied)
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
