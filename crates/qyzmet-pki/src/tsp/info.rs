//! What a token says (TSTInfo, RFC 3161 section 2.4.2).

use const_oid::ObjectIdentifier;
use jiff::{SignedDuration, Timestamp};

use super::Imprint;
use crate::{
    asn1::{self, Element, Malformed, Reader, integer_value, read_time, small_uint, tag},
    certificate::{Name, SerialNumber},
};

/// How far the stated time may be from the true one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accuracy {
    /// Whole seconds.
    pub seconds: u32,
    /// Milliseconds, below 1000.
    pub millis: u16,
    /// Microseconds, below 1000.
    pub micros: u16,
}

impl Accuracy {
    /// An accuracy of so many seconds.
    #[must_use]
    pub fn seconds(seconds: u32) -> Self {
        Self { seconds, millis: 0, micros: 0 }
    }

    fn to_der(self) -> Vec<u8> {
        let seconds = if self.seconds == 0 { vec![] } else { asn1::uint(self.seconds.into()) };
        let part = |n, value: u16| {
            let element = asn1::uint(value.into());
            let content = element.get(2..).unwrap_or_default();
            if value == 0 { vec![] } else { asn1::context_primitive(n, content) }
        };
        asn1::sequence(&[&seconds, &part(0, self.millis), &part(1, self.micros)])
    }

    fn read(mut fields: Reader<'_>) -> Result<Self, Malformed> {
        let seconds = fields.optional(tag::INTEGER)?.map_or(Ok(0), small_uint)?;
        let mut part = |n| match fields.optional(tag::implicit(n))?.map_or(Ok(0), small_uint)? {
            value @ 0..1000 => u16::try_from(value).map_err(|_| Malformed),
            _ => Err(Malformed),
        };
        let (millis, micros) = (part(0)?, part(1)?);
        fields.end()?;
        Ok(Self { seconds, millis, micros })
    }
}

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Info {
    pub(super) policy: ObjectIdentifier,
    /// What was stamped.
    pub imprint: Imprint,
    /// The number of the token, unique with its authority.
    pub serial: SerialNumber,
    /// The time.
    pub at: Timestamp,
    /// How exact the time is, where the token says so.
    pub accuracy: Option<Accuracy>,
    /// The nonce of the request: content of an INTEGER, which may be negative.
    pub nonce: Option<Vec<u8>>,
    /// The name of the authority as a GeneralName, where the token says so.
    pub(super) tsa: Option<Vec<u8>>,
}

impl Info {
    /// The policy in dotted form.
    #[must_use]
    pub fn policy(&self) -> String {
        self.policy.to_string()
    }

    /// A token that names its authority names it as the certificate does; one without a name agrees with any.
    pub(super) fn is_named(&self, subject: &Name) -> bool {
        let Some(stated) = &self.tsa else { return true };
        let inner = Reader::only(stated, tag::explicit(4)).map(|choice| choice.value);
        inner.and_then(Name::from_der).is_ok_and(|name| name.same(subject))
    }

    /// The token as it is signed: no order among stamps is promised, no extension is written.
    pub(super) fn to_der(&self) -> Vec<u8> {
        asn1::sequence(&[
            &asn1::uint(1),
            &asn1::oid(self.policy),
            self.imprint.raw(),
            &asn1::integer(self.serial.as_bytes()),
            &asn1::write_generalized_time(self.at),
            &self.accuracy.map(Accuracy::to_der).unwrap_or_default(),
            &self.nonce.as_ref().map(|nonce| asn1::raw_tlv(tag::INTEGER, nonce)).unwrap_or_default(),
            &self.tsa.as_ref().map(|name| asn1::explicit(0, name)).unwrap_or_default(),
        ])
    }

    pub(super) fn from_der(der: &[u8]) -> Result<Self, Malformed> {
        let mut fields = Reader::only(der, tag::SEQUENCE)?.reader();
        if small_uint(fields.expect(tag::INTEGER)?)? != 1 {
            return Err(Malformed);
        }
        let policy = fields.oid()?;
        let imprint = Imprint::read(&mut fields)?;
        let serial = integer_value(fields.expect(tag::INTEGER)?)?;
        let serial = SerialNumber::new(serial).ok_or(Malformed)?;
        let at = read_exact_time(fields.expect(tag::GENERALIZED_TIME)?)?;
        let accuracy = fields.optional(tag::SEQUENCE)?;
        let accuracy = accuracy.map(|element| Accuracy::read(element.reader())).transpose()?;
        // Whether stamps are ordered among each other decides nothing here.
        fields.default_false()?;
        let nonce = fields.optional(tag::INTEGER)?.map(integer_value).transpose()?.map(<[u8]>::to_vec);
        let tsa = fields.optional(tag::explicit(0))?.map(|name| name.value.to_vec());
        let extensions = fields.optional(tag::explicit(1))?;
        fields.end()?;
        if extensions.is_some_and(|list| has_critical(list).unwrap_or(true)) {
            return Err(Malformed);
        }
        Ok(Self { policy, imprint, serial, at, accuracy, nonce, tsa })
    }
}

/// The name of an authority as a GeneralName: directoryName, `[4] EXPLICIT`.
pub(super) fn directory_name(name: &Name) -> Vec<u8> {
    asn1::explicit(4, name.raw())
}

fn has_critical(list: Element<'_>) -> Result<bool, Malformed> {
    let mut list = list.reader();
    let mut critical = false;
    while !list.is_empty() {
        critical |= crate::certificate::extensions::read_extension(&mut list)?.1;
    }
    Ok(critical)
}

/// GeneralizedTime with or without fractions of a second; DER has no zero at the end of a fraction.
fn read_exact_time(element: Element<'_>) -> Result<Timestamp, Malformed> {
    let Some(point) = element.value.iter().position(|byte| *byte == b'.') else { return read_time(element) };
    let (whole, fraction) = element.value.split_at_checked(point).ok_or(Malformed)?;
    let digits = fraction.strip_prefix(b".").and_then(|rest| rest.strip_suffix(b"Z")).ok_or(Malformed)?;
    let fits = (1..=9).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit);
    if !fits || digits.last() == Some(&b'0') {
        return Err(Malformed);
    }
    let whole = [whole, b"Z"].concat();
    let second = read_time(Element { value: &whole, ..element })?;
    let padded = digits.iter().chain(std::iter::repeat(&b'0')).take(9);
    let nanoseconds = padded.fold(0i64, |sum, digit| sum * 10 + i64::from(*digit - b'0'));
    second.checked_add(SignedDuration::from_nanos(nanoseconds)).map_err(|_| Malformed)
}
