//! UTCTime and GeneralizedTime as RFC 5280 section 4.1.2.5 wants them: seconds present, zone Z, no fractions.

use jiff::{Timestamp, civil, tz::TimeZone};

use super::{Element, Malformed, tag};

/// Reads either time type.
pub(crate) fn read_time(element: Element<'_>) -> Result<Timestamp, Malformed> {
    let text = element.value.strip_suffix(b"Z").ok_or(Malformed)?;
    if !text.iter().all(u8::is_ascii_digit) {
        return Err(Malformed);
    }
    let (year, rest) = match (element.tag, text.len()) {
        (tag::UTC_TIME, 12) => {
            let short = number(text, 0, 2)?;
            (if short < 50 { 2000 + short } else { 1900 + short }, text.get(2..).ok_or(Malformed)?)
        }
        (tag::GENERALIZED_TIME, 14) => (number(text, 0, 4)?, text.get(4..).ok_or(Malformed)?),
        _ => return Err(Malformed),
    };
    let part = |at| number(rest, at, 2).and_then(|n| i8::try_from(n).map_err(|_| Malformed));
    let date = civil::DateTime::new(year, part(0)?, part(2)?, part(4)?, part(6)?, part(8)?, 0);
    let zoned = date.and_then(|date| date.to_zoned(TimeZone::UTC)).map_err(|_| Malformed)?;
    Ok(zoned.timestamp())
}

fn number(text: &[u8], at: usize, digits: usize) -> Result<i16, Malformed> {
    let slice = text.get(at..at + digits).ok_or(Malformed)?;
    Ok(slice.iter().fold(0, |sum, digit| sum * 10 + i16::from(digit - b'0')))
}

/// Writes UTCTime until 2049 and GeneralizedTime from 2050, cut to whole seconds.
pub(crate) fn write_time(at: Timestamp) -> Vec<u8> {
    let date = at.to_zoned(TimeZone::UTC);
    if (1950..2050).contains(&date.year()) {
        super::raw_tlv(tag::UTC_TIME, date.strftime("%y%m%d%H%M%SZ").to_string().as_bytes())
    } else {
        super::raw_tlv(tag::GENERALIZED_TIME, date.strftime("%Y%m%d%H%M%SZ").to_string().as_bytes())
    }
}
