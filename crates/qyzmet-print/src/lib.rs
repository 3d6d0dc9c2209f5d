//! Turns a Typst template and data into an archival PDF: one function, no files, no network, no clock.
//!
//! # What a template sees
//! - `data`: the JSON value given to [`render`], as Typst dictionaries, arrays, strings, numbers and `none`.
//!   Text from `data` is always shown as text; markup inside it is never executed.
//! - `qr(text)`: the bytes of an SVG picture of a QR code, for `image`.
//! - `datetime.today()`: the day of `at` in Kazakhstan (UTC+5).
//! - the parts given to [`render_with`], each as `#include "part-1.typ"`: a part is a template with `data` of its own.
//! - nothing else: a template is one file and cannot import packages or read files.
//!
//! ```
//! let template = r#"
//! #set document(title: "Анықтама")
//! #set text(lang: "kk")
//! Құрметті #data.recipient.name!
//! #image(qr(data.verify_url), width: 3cm, alt: "Тексеру сілтемесі")
//! "#;
//! let data = serde_json::json!({
//!     "recipient": { "name": "Әлия Қуанышқызы" },
//!     "verify_url": "https://qyzmet.example/v/1",
//! });
//! let pdf = qyzmet_print::render(&template, &data, jiff::Timestamp::UNIX_EPOCH)?;
//! assert!(pdf.starts_with(b"%PDF-1.7"));
//! # Ok::<(), qyzmet_print::PrintError>(())
//! ```
//!
//! # What comes out
//! PDF/A-2a and PDF/UA-1: tagged, with every font embedded, so that an archive and a screen reader can both use it.
//! The standard makes demands on the template, and a template that fails them is refused with its line: the document
//! needs a title, every picture needs `alt`, headings must not skip a level. The same template, data and time give
//! the same bytes.
//!
//! # What stops a bad template
//! Typst stops a `while` after 10 000 rounds and limits the depth of calls and of layout. A template is at most 64 KiB
//! long, because a long chain of operators is a deep tree; `eval` and `plugin`, which bring in code that nobody
//! reviewed, are taken away. Against what is left (nested loops) the
//! work runs on a thread of its own: [`render`] gives up after [`TIME_LIMIT`], and because a running Typst cannot be
//! interrupted, threads given up still count towards [`MOST_AT_ONCE`], so that such a template costs a bounded number
//! of threads and then [`PrintError::Busy`]. Memory has no limit here. All this guards against mistakes, not against malice of the
//! author of a template: publish only templates that were reviewed. Data, which come from anybody, are only ever text.

mod fault;
mod fonts;
mod qr;
#[cfg(test)]
mod tests;
mod worker;
mod world;

use std::time::Duration;

pub use fault::PrintError;
pub use worker::MOST_AT_ONCE;
pub use world::Part;

/// How long [`render`] waits: a page takes milliseconds, so this is reached only by a template that never ends.
pub const TIME_LIMIT: Duration = Duration::from_secs(30);

/// Renders `template` with `data` as PDF/A-2a; `at` becomes the date of the document.
///
/// The work happens on a thread of its own and this call blocks until it ends: call it where blocking is allowed.
///
/// # Errors
/// [`PrintError::Template`] with line and column when the template is wrong or breaks the archival standard; see
/// [`PrintError`] for the rest.
pub fn render(template: &str, data: &serde_json::Value, at: jiff::Timestamp) -> Result<Vec<u8>, PrintError> {
    render_within(template, data, at, TIME_LIMIT)
}

/// As [`render`], with a time limit of the caller's choice.
///
/// # Errors
/// As [`render`].
pub fn render_within(
    template: &str,
    data: &serde_json::Value,
    at: jiff::Timestamp,
    limit: Duration,
) -> Result<Vec<u8>, PrintError> {
    let main = Part { template: template.to_owned(), data: data.clone() };
    worker::run(&worker::PLACES, limit, move || world::print(&main, &[], at))
}

/// As [`render`], with parts that the template includes: `part-1.typ` and so on, in their order.
///
/// # Errors
/// As [`render`]; a fault inside a part has the first line and column of the template, because it is not there.
pub fn render_with(main: Part, parts: Vec<Part>, at: jiff::Timestamp) -> Result<Vec<u8>, PrintError> {
    worker::run(&worker::PLACES, TIME_LIMIT, move || world::print(&main, &parts, at))
}
