//! UTCTime and GeneralizedTime as RFC 5280 section 4.1.2.5 wants them: seconds present, zone Z, no fractions.

use jiff::{
    Timestamp, civil,
    tz::{Offset, TimeZone},
};

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
    let mut out = Vec::with_capacity(17);
    push_time(&mut out, at);
    out
}

/// Appends what [`write_time`] returns: a list of ten million entries makes no allocation for each of its times.
pub(crate) fn push_time(out: &mut Vec<u8>, at: Timestamp) {
    let date = Offset::UTC.to_datetime(at);
    if (1950..2050).contains(&date.year()) {
        out.extend_from_slice(&[tag::UTC_TIME, 13]);
        push_digits(out, date.year().unsigned_abs() % 100);
    } else {
        out.extend_from_slice(&[tag::GENERALIZED_TIME, 15]);
        push_century_and_year(out, date);
    }
    push_rest(out, date);
}

/// Octets of what [`write_time`] returns, without writing it.
pub(crate) fn time_length(at: Timestamp) -> usize {
    // 1950-01-01 and 2050-01-01.
    if (-631_152_000..2_524_608_000).contains(&at.as_second()) { 15 } else { 17 }
}

/// GeneralizedTime whatever the year, as answers and time-stamps want it (RFC 6960 section 4.2.2.1).
pub(crate) fn write_generalized_time(at: Timestamp) -> Vec<u8> {
    let date = Offset::UTC.to_datetime(at);
    let mut out = vec![tag::GENERALIZED_TIME, 15];
    push_century_and_year(&mut out, date);
    push_rest(&mut out, date);
    out
}

fn push_century_and_year(out: &mut Vec<u8>, date: civil::DateTime) {
    let year = u16::try_from(date.year()).unwrap_or_default();
    push_digits(out, year / 100);
    push_digits(out, year % 100);
}

fn push_rest(out: &mut Vec<u8>, date: civil::DateTime) {
    for part in [date.month(), date.day(), date.hour(), date.minute(), date.second()] {
        push_digits(out, part.unsigned_abs().into());
    }
    out.push(b'Z');
}

/// Two decimal digits of a number below one hundred.
fn push_digits(out: &mut Vec<u8>, number: u16) {
    let [tens, ones] = [number / 10 % 10, number % 10].map(|digit| b'0' + digit.to_le_bytes()[0]);
    out.extend_from_slice(&[tens, ones]);
}
