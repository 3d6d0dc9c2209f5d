//! Delivery receipts: the centre's own optional parameters where it sends them, else the customary text of SMPP 3.4.

use qyzmet_app::ports::Receipt;
use rusmpp::{
    pdus::DeliverSm,
    tlvs::TlvValue,
    values::{MessageState, MessageType},
};

/// The receipt in a `deliver_sm`, or `None` when it is an ordinary message from a handset.
pub(super) fn read(pdu: &DeliverSm) -> Option<Receipt> {
    let is_receipt = pdu.esm_class.message_type == MessageType::ShortMessageContainsMCDeliveryReceipt;
    if !is_receipt {
        return None;
    }
    let text = String::from_utf8_lossy(pdu.short_message().as_ref()).into_owned();
    let values = || pdu.tlvs().iter().filter_map(|tlv| tlv.value());
    let id = values().find_map(|value| match value {
        TlvValue::ReceiptedMessageId(id) => Some(id.as_str().to_owned()),
        _ => None,
    });
    let state = values().find_map(|value| match value {
        TlvValue::MessageState(state) => Some(word(*state).to_owned()),
        _ => None,
    });
    let state = field(&text, "stat:").or(state)?;
    let centre_id = id.or_else(|| field(&text, "id:"))?;
    Some(Receipt { centre_id, delivered: state == "DELIVRD", state })
}

/// The word after a label. Only letters and digits: the state goes into our own records.
fn field(text: &str, label: &str) -> Option<String> {
    let start = text.find(label)? + label.len();
    let word = text.get(start..)?.split_whitespace().next()?;
    let clean: String =
        word.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect();
    (!clean.is_empty()).then_some(clean)
}

/// The customary word for a state.
fn word(state: MessageState) -> &'static str {
    match state {
        MessageState::Delivered => "DELIVRD",
        MessageState::Expired => "EXPIRED",
        MessageState::Deleted => "DELETED",
        MessageState::Undeliverable => "UNDELIV",
        MessageState::Accepted => "ACCEPTD",
        MessageState::Rejected => "REJECTD",
        MessageState::Enroute | MessageState::Scheduled => "ENROUTE",
        _ => "UNKNOWN",
    }
}

#[cfg(test)]
mod tests {
    use rusmpp::{
        tlvs::MessageDeliveryRequestTlvValue,
        types::{COctetString, OctetString},
        values::EsmClass,
    };

    use super::*;

    fn receipt(text: &str) -> DeliverSm {
        DeliverSm::builder()
            .esm_class(EsmClass::from(0x04))
            .short_message(OctetString::from_slice(text.as_bytes()).unwrap())
            .build()
    }

    #[test]
    fn reads_the_customary_text() {
        let text = "id:7f-1 sub:001 dlvrd:001 submit date:2611212200 done date:2611212200 stat:DELIVRD err:000 text:";
        let read = read(&receipt(text)).unwrap();
        assert_eq!(read, Receipt { centre_id: "7f-1".into(), delivered: true, state: "DELIVRD".into() });
    }

    #[test]
    fn reads_optional_parameters_when_there_is_no_text() {
        let mut pdu = receipt("");
        pdu.push_tlv(MessageDeliveryRequestTlvValue::ReceiptedMessageId(
            COctetString::from_slice(b"9\0").unwrap(),
        ));
        pdu.push_tlv(MessageDeliveryRequestTlvValue::MessageState(MessageState::Undeliverable));
        let read = read(&pdu).unwrap();
        assert_eq!((read.centre_id.as_str(), read.delivered, read.state.as_str()), ("9", false, "UNDELIV"));
    }

    #[test]
    fn an_ordinary_message_or_a_garbled_receipt_is_no_receipt() {
        let ordinary = DeliverSm::builder().esm_class(EsmClass::from(0)).build();
        assert_eq!(read(&ordinary), None);
        assert_eq!(read(&receipt("stat: id:")), None);
    }
}
