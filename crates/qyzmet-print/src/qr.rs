//! The function `qr(text)` of templates: a QR code as an SVG picture.

use std::sync::LazyLock;

use fast_qr::convert::svg::SvgBuilder;
use fast_qr::{ECL, QRBuilder};
use typst::diag::{SourceResult, bail};
use typst::foundations::{Args, Bytes, CastInfo, Func, NativeFuncData, NativeFuncPtr, Scope, Value};

/// Error correction M: a printed page may be folded or stained, and a link still fits a small code.
fn draw(args: &mut Args) -> SourceResult<Value> {
    let span = args.span;
    let text: typst::foundations::Str = args.expect("text")?;
    let Ok(code) = QRBuilder::new(text.as_str()).ecl(ECL::M).build() else {
        bail!(span, "the text is too long for a QR code: {} bytes", text.as_str().len());
    };
    Ok(Value::Bytes(Bytes::from_string(SvgBuilder::default().to_str(&code))))
}

static QR: NativeFuncData = NativeFuncData {
    function: NativeFuncPtr(&|_, _, args| draw(args)),
    name: "qr",
    title: "QR code",
    docs: "An SVG picture of a QR code that holds the text.",
    def_site: None,
    keywords: &[],
    contextual: false,
    scope: LazyLock::new(&|| Scope::new()),
    params: LazyLock::new(&|| Vec::new()),
    returns: LazyLock::new(&|| CastInfo::Any),
};

pub(crate) fn function() -> Func {
    Func::from(&QR)
}
