//! DER and BER as this crate needs them: zero-copy reading with exact spans, writing, and BER normalisation.
//!
//! A reader of our own, because signatures cover bytes *as encoded*: every element keeps its raw span, and nothing
//! is ever decoded and encoded again before it is hashed.

mod ber;
mod reader;
mod time;
mod writer;

#[cfg(test)]
mod tests;

pub(crate) use ber::to_definite;
pub(crate) use reader::{Element, Malformed, Reader, integer_value, range, small_uint};
pub(crate) use time::{push_time, read_time, time_length, write_generalized_time, write_time};
pub(crate) use writer::{
    bit_string, boolean_true, context_primitive, explicit, extension, header, ia5, integer, minimal, null,
    octet_string, oid, raw_tlv, sequence, set, set_of, uint, utf8,
};

/// Tags of the universal class that occur in certificates, lists and messages.
pub(crate) mod tag {
    pub(crate) const BOOLEAN: u8 = 0x01;
    pub(crate) const INTEGER: u8 = 0x02;
    pub(crate) const BIT_STRING: u8 = 0x03;
    pub(crate) const OCTET_STRING: u8 = 0x04;
    pub(crate) const NULL: u8 = 0x05;
    pub(crate) const OID: u8 = 0x06;
    pub(crate) const ENUMERATED: u8 = 0x0a;
    pub(crate) const UTF8: u8 = 0x0c;
    pub(crate) const PRINTABLE: u8 = 0x13;
    pub(crate) const TELETEX: u8 = 0x14;
    pub(crate) const IA5: u8 = 0x16;
    pub(crate) const UTC_TIME: u8 = 0x17;
    pub(crate) const GENERALIZED_TIME: u8 = 0x18;
    pub(crate) const BMP: u8 = 0x1e;
    pub(crate) const SEQUENCE: u8 = 0x30;
    pub(crate) const SET: u8 = 0x31;

    /// The tag `[n]` of the context class, constructed.
    pub(crate) const fn explicit(n: u8) -> u8 {
        0xa0 | n
    }

    /// The tag `[n]` of the context class, primitive.
    pub(crate) const fn implicit(n: u8) -> u8 {
        0x80 | n
    }
}
