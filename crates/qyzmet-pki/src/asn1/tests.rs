//! Tests of the DER and BER readers and of the writer.

use super::*;

#[test]
fn indefinite_lengths_become_definite_and_pieces_are_joined() {
    // SEQUENCE { [0] { OCTET STRING in the pieces "ab" and "c" } }, all of indefinite length.
    let ber =
        [0x30, 0x80, 0xa0, 0x80, 0x24, 0x80, 0x04, 0x02, b'a', b'b', 0x04, 0x01, b'c', 0, 0, 0, 0, 0, 0];
    let expected = sequence(&[&explicit(0, &octet_string(b"abc"))]);
    assert_eq!(to_definite(&ber).unwrap(), expected);
    assert_eq!(to_definite(&expected).unwrap(), expected, "what is definite stays");
}

#[test]
fn unfinished_or_trailing_bytes_are_malformed() {
    for bytes in [&[0x30, 0x80][..], &[0x30, 0x03, 0x02, 0x01], &[0x04, 0x80, 0, 0], &[0x30, 0x00, 0x00], &[]]
    {
        assert_eq!(to_definite(bytes), Err(Malformed), "{bytes:x?}");
        assert!(Reader::only(bytes, tag::SEQUENCE).is_err(), "{bytes:x?}");
    }
}

#[test]
fn lengths_and_integers_must_be_minimal() {
    assert!(Reader::only(&[0x04, 0x81, 0x01, 0xff], tag::OCTET_STRING).is_err());
    assert!(Reader::only(&[0x04, 0x82, 0x00, 0x80], tag::OCTET_STRING).is_err());
    for value in [&[0x02, 0x02, 0x00, 0x7f][..], &[0x02, 0x02, 0xff, 0x80], &[0x02, 0x00]] {
        assert!(Reader::only(value, tag::INTEGER).and_then(integer_value).is_err(), "{value:x?}");
    }
    for number in [0, 1, 127, 128, 255, 256, 65_536, u32::MAX] {
        let encoded = uint(number.into());
        assert_eq!(Reader::only(&encoded, tag::INTEGER).and_then(small_uint), Ok(number));
    }
}

#[test]
fn long_elements_are_read_back() {
    for length in [0usize, 127, 128, 255, 256, 70_000] {
        let encoded = octet_string(&vec![7; length]);
        assert_eq!(Reader::only(&encoded, tag::OCTET_STRING).unwrap().value.len(), length);
    }
}

#[test]
fn times_change_their_type_in_2050() {
    for (text, tag) in [
        ("2026-11-21T12:00:00Z", tag::UTC_TIME),
        ("1999-12-31T23:59:59Z", tag::UTC_TIME),
        ("2049-12-31T23:59:59Z", tag::UTC_TIME),
        ("2050-01-01T00:00:00Z", tag::GENERALIZED_TIME),
    ] {
        let at: jiff::Timestamp = text.parse().unwrap();
        let encoded = write_time(at);
        assert_eq!(encoded.first(), Some(&tag));
        assert_eq!(read_time(Reader::only(&encoded, tag).unwrap()), Ok(at));
    }
    for wrong in ["261121120000+0500", "2611211200Z", "261321120000Z", "26112112000 Z"] {
        let encoded = raw_tlv(tag::UTC_TIME, wrong.as_bytes());
        assert!(read_time(Reader::only(&encoded, tag::UTC_TIME).unwrap()).is_err(), "{wrong}");
    }
}
