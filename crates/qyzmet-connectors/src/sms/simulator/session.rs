//! One SMPP session at the centre: bind, messages, receipts, goodbye.

use std::sync::Arc;

use futures::{SinkExt, StreamExt};
use rusmpp::{
    Command, CommandStatus, Pdu,
    pdus::{BindReceiverResp, BindTransceiverResp, BindTransmitterResp, DeliverSm, SubmitSm, SubmitSmResp},
    tlvs::MessageDeliveryRequestTlvValue,
    tokio_codec::CommandCodec,
    types::{COctetString, OctetString},
    values::{EsmClass, MCDeliveryReceipt, MessageState},
};
use secrecy::ExposeSecret;
use tokio::net::TcpStream;
use tokio_util::codec::Framed;

use super::{Centre, Mode};
use crate::sms::text;

struct Session {
    centre: Arc<Centre>,
    line: Framed<TcpStream, CommandCodec>,
    bound: bool,
    receipts: u32,
}

/// The session is over: the other side left, or it shall be broken off.
struct Over;

/// Serves one connection until it ends.
pub(super) async fn serve(stream: TcpStream, centre: Arc<Centre>) {
    let line = Framed::new(stream, CommandCodec::new());
    let mut session = Session { centre, line, bound: false, receipts: 0 };
    while let Some(Ok(command)) = session.line.next().await {
        if session.answer(&command).await.is_err() {
            break;
        }
    }
}

impl Session {
    async fn answer(&mut self, command: &Command) -> Result<(), Over> {
        let number = command.sequence_number();
        if self.centre.switch.mode() == Mode::Down {
            return Err(Over);
        }
        match command.pdu() {
            Some(Pdu::BindTransceiver(bind)) => {
                let status = self.bind(bind.system_id.as_str(), bind.password.as_str());
                self.send(status, number, BindTransceiverResp::default()).await
            }
            Some(Pdu::BindTransmitter(bind)) => {
                let status = self.bind(bind.system_id.as_str(), bind.password.as_str());
                self.send(status, number, BindTransmitterResp::default()).await
            }
            Some(Pdu::BindReceiver(bind)) => {
                let status = self.bind(bind.system_id.as_str(), bind.password.as_str());
                self.send(status, number, BindReceiverResp::default()).await
            }
            Some(Pdu::SubmitSm(message)) => self.take(number, message).await,
            Some(Pdu::EnquireLink) => self.send(CommandStatus::EsmeRok, number, Pdu::EnquireLinkResp).await,
            Some(Pdu::Unbind) => {
                self.send(CommandStatus::EsmeRok, number, Pdu::UnbindResp).await?;
                Err(Over)
            }
            Some(Pdu::DeliverSmResp(_) | Pdu::EnquireLinkResp | Pdu::GenericNack) => Ok(()),
            _ => self.send(CommandStatus::EsmeRinvcmdid, number, Pdu::GenericNack).await,
        }
    }

    fn bind(&mut self, system_id: &str, password: &str) -> CommandStatus {
        let options = &self.centre.options;
        self.bound = system_id == options.system_id && password == options.password.expose_secret();
        if self.bound { CommandStatus::EsmeRok } else { CommandStatus::EsmeRbindfail }
    }

    async fn take(&mut self, number: u32, message: &SubmitSm) -> Result<(), Over> {
        let refused = |status| (status, SubmitSmResp::default());
        let (status, answer) = match self.centre.switch.mode() {
            Mode::Disconnect => return Err(Over),
            Mode::Throttle => refused(CommandStatus::EsmeRthrottled),
            _ if !self.bound => refused(CommandStatus::EsmeRinvbndsts),
            mode => {
                if mode == Mode::Slow {
                    tokio::time::sleep(self.centre.options.slow).await;
                }
                (CommandStatus::EsmeRok, SubmitSmResp::builder().message_id(self.keep(message)).build())
            }
        };
        let id = answer.message_id().clone();
        self.send(status, number, answer).await?;
        let wanted = message.registered_delivery.mc_delivery_receipt()
            != MCDeliveryReceipt::NoMcDeliveryReceiptRequested;
        let silent = self.centre.switch.mode() == Mode::NoReceipt;
        if status == CommandStatus::EsmeRok && wanted && !silent {
            self.receipt(message, id).await
        } else {
            Ok(())
        }
    }

    /// Puts the message on its handset.
    fn keep(&self, message: &SubmitSm) -> COctetString<1, 65> {
        let text = text::decode(message.short_message().as_ref());
        let (to, from) = (message.destination_addr.as_str(), message.source_addr.as_str());
        let id = self.centre.inbox.take(to, from, text, self.centre.options.clock.now());
        COctetString::from_vec([id.as_bytes(), b"\0"].concat()).unwrap_or_default()
    }

    async fn receipt(&mut self, message: &SubmitSm, id: COctetString<1, 65>) -> Result<(), Over> {
        let day = self.centre.options.clock.now().strftime("%y%m%d%H%M").to_string();
        let text = format!(
            "id:{} sub:001 dlvrd:001 submit date:{day} done date:{day} stat:DELIVRD err:000 text:",
            id.as_str()
        );
        let mut pdu = DeliverSm::builder()
            .source_addr(message.destination_addr.clone())
            .destination_addr(message.source_addr.clone())
            .esm_class(EsmClass::from(0x04))
            .short_message(OctetString::from_vec(text.into_bytes()).map_err(|_| Over)?)
            .build();
        pdu.push_tlv(MessageDeliveryRequestTlvValue::ReceiptedMessageId(id));
        pdu.push_tlv(MessageDeliveryRequestTlvValue::MessageState(MessageState::Delivered));
        self.receipts += 1;
        self.send(CommandStatus::EsmeRok, self.receipts, pdu).await
    }

    async fn send(&mut self, status: CommandStatus, number: u32, pdu: impl Into<Pdu>) -> Result<(), Over> {
        let command = Command::builder().status(status).sequence_number(number).pdu(pdu);
        self.line.send(command).await.map_err(|_| Over)
    }
}
