//! As much of MIME as an inbox needs: header fields, encoded words (RFC 2047), base64 and quoted-printable bodies.

use base64::{Engine, engine::general_purpose::STANDARD};

/// A header field by its lower-case name, unfolded.
pub(super) fn header(head: &str, name: &str) -> Option<String> {
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let mut fields = unfolded.lines().filter_map(|line| line.split_once(':'));
    let (_, value) = fields.find(|(field, _)| field.trim().eq_ignore_ascii_case(name))?;
    Some(value.trim().to_owned())
}

/// A header's text with its encoded words decoded; spaces between two of them fall away.
pub(super) fn words(text: &str) -> String {
    let mut shown = String::new();
    let mut after_encoded = false;
    for (index, part) in text.split(' ').enumerate() {
        let decoded = encoded_word(part);
        if index > 0 && !(after_encoded && decoded.is_some()) {
            shown.push(' ');
        }
        after_encoded = decoded.is_some();
        shown.push_str(decoded.as_deref().unwrap_or(part));
    }
    shown
}

/// One part of a letter.
pub(super) struct Part {
    /// Name of the file; nothing for the text.
    pub(super) name: Option<String>,
    /// Its media type.
    pub(super) media: String,
    /// Its content, with the transfer encoding undone.
    pub(super) bytes: Vec<u8>,
}

/// The parts of a letter in their order (RFC 2046, 5.1); one that is not divided has one.
pub(super) fn parts(head: &str, body: &str) -> Vec<Part> {
    let media = header(head, "content-type").unwrap_or_default();
    let Some(boundary) = parameter(&media, "boundary") else { return vec![part(head, body)] };
    let (framed, line) = (format!("\r\n{body}"), format!("\r\n--{boundary}"));
    let inner = framed.split(&line).skip(1).take_while(|rest| !rest.starts_with("--"));
    let divided = inner.filter_map(|rest| rest.strip_prefix("\r\n")?.split_once("\r\n\r\n"));
    divided.flat_map(|(head, body)| parts(head, body)).collect()
}

fn part(head: &str, body: &str) -> Part {
    let media = header(head, "content-type").unwrap_or_default();
    let media = media.split(';').next().unwrap_or_default().trim().to_owned();
    let name = header(head, "content-disposition").and_then(|value| parameter(&value, "filename"));
    Part { name, media, bytes: decoded(&header(head, "content-transfer-encoding").unwrap_or_default(), body) }
}

/// A parameter of a structured header field, without its quotes; a long one comes in pieces, `name*0`, `name*1` (RFC 2231, 3).
fn parameter(value: &str, name: &str) -> Option<String> {
    let is_it = |known: &str| {
        let (known, piece) = known.trim().split_once('*').unwrap_or((known.trim(), "0"));
        known.eq_ignore_ascii_case(name) && piece.parse::<u8>().is_ok()
    };
    let parameters = value.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let pieces =
        parameters.filter(|(known, _)| is_it(known)).map(|(_, piece)| piece.trim().trim_matches('"'));
    let whole: String = pieces.collect();
    (!whole.is_empty()).then_some(whole)
}

/// A body with its transfer encoding undone.
fn decoded(encoding: &str, body: &str) -> Vec<u8> {
    match encoding.to_ascii_lowercase().as_str() {
        "base64" => base64(body),
        "quoted-printable" => quoted_printable(&body.replace("=\r\n", ""), false),
        _ => body.as_bytes().to_vec(),
    }
}

fn encoded_word(part: &str) -> Option<String> {
    let inner = part.strip_prefix("=?")?.strip_suffix("?=")?;
    let mut fields = inner.splitn(3, '?');
    let (_, kind, text) = (fields.next()?, fields.next()?, fields.next()?);
    let bytes = if kind.eq_ignore_ascii_case("b") { base64(text) } else { quoted_printable(text, true) };
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

fn base64(text: &str) -> Vec<u8> {
    let packed: String = text.split_whitespace().collect();
    STANDARD.decode(packed).unwrap_or_default()
}

fn quoted_printable(text: &str, underscore_is_space: bool) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        rest = tail;
        let escaped =
            (*first == b'=').then(|| tail.get(..2).and_then(|pair| hex::decode(pair).ok())).flatten();
        match escaped {
            Some(byte) => {
                bytes.extend(byte);
                rest = &tail[2..];
            }
            None if *first == b'_' && underscore_is_space => bytes.push(b' '),
            None => bytes.push(*first),
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_what_mail_programs_write() {
        assert_eq!(header("To: a\r\nSubject: x\r\n y", "subject").unwrap(), "x y");
        assert_eq!(words("=?utf-8?B?0prRi9C3?= =?utf-8?b?0LzQtdGC?= ok"), "Қызмет ok");
        assert_eq!(words("=?utf-8?Q?=D2=9A_a?="), "Қ a");
        assert_eq!(decoded("quoted-printable", "=D2=9A=\r\nb=3D"), "Қb=".as_bytes());
        assert_eq!(decoded("base64", "0prRi9C3\r\n0LzQtdGC"), "Қызмет".as_bytes());
        assert_eq!(decoded("7bit", "plain=2"), b"plain=2");
        let long = "attachment; filename*0=\"appli\"; filename*1=\"cation.pdf\"; size=5";
        assert_eq!(parameter(long, "filename").as_deref(), Some("application.pdf"));
        assert_eq!(parameter(long, "boundary"), None);
    }
}
