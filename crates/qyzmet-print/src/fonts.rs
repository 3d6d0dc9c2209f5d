//! The embedded fonts: Noto Sans, which has every Kazakh letter and whose licence (OFL 1.1) permits embedding.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// Fonts and their index, parsed once for the life of the process.
pub(crate) struct Fonts {
    pub(crate) all: Vec<Font>,
    pub(crate) book: LazyHash<FontBook>,
}

/// Symbols of the interface fonts that Noto Sans 1.04 lacks (₸, ✓) come from DejaVu Sans, by Typst's own fallback.
static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let files: [&'static [u8]; 5] = [
        notosans::REGULAR_TTF,
        notosans::BOLD_TTF,
        notosans::ITALIC_TTF,
        notosans::BOLD_ITALIC_TTF,
        dejavu::sans::regular(),
    ];
    let all: Vec<Font> = files.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect();
    Fonts { book: LazyHash::new(FontBook::from_fonts(&all)), all }
});

pub(crate) fn fonts() -> &'static Fonts {
    &FONTS
}

/// The first character of `text` that no font can draw. Control characters are layout, not glyphs.
pub(crate) fn missing(text: &str) -> Option<char> {
    text.chars().find(|&character| !character.is_control() && !drawable(character))
}

fn drawable(character: char) -> bool {
    FONTS.all.iter().any(|font| font.info().coverage.contains(u32::from(character)))
}
