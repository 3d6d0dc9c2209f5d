//! Kazakh letters are not in the GSM alphabet, so every text travels as UCS-2: big-endian, at most 70 units in one part.

use qyzmet_app::ports::Fault;

/// Most units in a message of one part.
const MAX_UNITS: usize = 70;

/// The text as the centre takes it.
///
/// # Errors
/// [`Fault::Rejected`] when it would need several parts, or has letters outside the basic plane.
pub(super) fn encode(text: &str) -> Result<Vec<u8>, Fault> {
    if text.chars().any(|letter| letter.len_utf16() > 1) {
        return Err(Fault::Rejected("text has letters that UCS-2 lacks".to_owned()));
    }
    let units: Vec<u16> = text.encode_utf16().collect();
    if units.len() > MAX_UNITS {
        return Err(Fault::Rejected(format!("text has {} units, {MAX_UNITS} fit", units.len())));
    }
    Ok(units.into_iter().flat_map(u16::to_be_bytes).collect())
}

/// The text out of UCS-2 bytes; an odd byte at the end is dropped, unpaired surrogates are replaced.
pub(super) fn decode(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kazakh_letters_come_back_as_they_went() {
        let text = "Әлия, растау коды: 483920. Ешкімге айтпаңыз! ҚҒҢӨҰҮҺІ";
        assert_eq!(decode(&encode(text).unwrap()), text);
    }

    #[test]
    fn seventy_letters_fit_and_one_more_is_refused_for_good() {
        assert_eq!(encode(&"қ".repeat(70)).unwrap().len(), 140);
        assert!(matches!(encode(&"қ".repeat(71)), Err(Fault::Rejected(_))));
        assert!(matches!(encode("🙂"), Err(Fault::Rejected(_))));
    }
}
