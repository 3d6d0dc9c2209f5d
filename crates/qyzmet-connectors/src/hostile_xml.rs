//! What is refused before any XML parser builds a tree from a stranger's bytes: too big, too deep, with a DTD, not UTF-8.

use quick_xml::{Reader, events::Event};

/// Biggest message taken from the network.
pub(crate) const MAX_BYTES: usize = 1024 * 1024;
/// Deepest nesting taken; real messages stay below 20.
const MAX_DEPTH: usize = 64;

/// Why bytes are not taken as XML. The words are ours, never those of the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Hostile {
    #[error("larger than 1 MiB")]
    TooBig,
    #[error("not UTF-8")]
    NotUtf8,
    #[error("nested too deeply")]
    TooDeep,
    #[error("has a document type definition")]
    Dtd,
    #[error("not well-formed XML")]
    NotWellFormed,
}

/// The bytes as text that is safe to hand to a tree-building parser.
pub(crate) fn screen(bytes: &[u8]) -> Result<&str, Hostile> {
    if bytes.len() > MAX_BYTES {
        return Err(Hostile::TooBig);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Hostile::NotUtf8)?;
    let mut reader = Reader::from_str(text);
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|_| Hostile::NotWellFormed)? {
            Event::Start(_) if depth == MAX_DEPTH => return Err(Hostile::TooDeep),
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::DocType(_) => return Err(Hostile::Dtd),
            Event::Eof if depth == 0 => return Ok(text),
            Event::Eof => return Err(Hostile::NotWellFormed),
            _ => {}
        }
    }
}

/// Screens and parses in one step; the tree borrows from `bytes`.
pub(crate) fn parse(bytes: &[u8]) -> Result<roxmltree::Document<'_>, Hostile> {
    roxmltree::Document::parse(screen(bytes)?).map_err(|_| Hostile::NotWellFormed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_an_ordinary_message() {
        assert!(parse("<a b='1'><c>Қазақ</c></a>".as_bytes()).is_ok());
    }

    #[test]
    fn refuses_a_document_type_whatever_it_declares() {
        let bomb = b"<!DOCTYPE a [<!ENTITY x \"xxxxxxxxxx\"><!ENTITY y \"&x;&x;\">]><a>&y;</a>";
        assert_eq!(parse(bomb).unwrap_err(), Hostile::Dtd);
    }

    #[test]
    fn refuses_a_truncated_message() {
        assert_eq!(parse(b"<a><b>text</b>").unwrap_err(), Hostile::NotWellFormed);
        assert_eq!(parse(b"<a><b>te").unwrap_err(), Hostile::NotWellFormed);
    }

    #[test]
    fn refuses_what_would_exhaust_the_stack_or_the_memory() {
        assert_eq!(parse("<a>".repeat(100_000).as_bytes()).unwrap_err(), Hostile::TooDeep);
        assert_eq!(parse(&vec![b' '; MAX_BYTES + 1]).unwrap_err(), Hostile::TooBig);
    }

    #[test]
    fn refuses_bytes_that_are_no_text() {
        assert_eq!(parse(&[b'<', 0xff, b'>']).unwrap_err(), Hostile::NotUtf8);
        assert_eq!(parse(b"").unwrap_err(), Hostile::NotWellFormed);
    }
}
