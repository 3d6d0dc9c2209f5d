//! An outside world that answers at once: what is measured is the portal's own work.

use async_trait::async_trait;
use jiff::{Timestamp, civil::date};
use qyzmet_app::{
    Ports,
    ports::{
        ConsentQuestion, ConsentService, ConsentToken, DocumentStatus, Fault, IdentityDocument, Letter,
        LifeStatus, MailRelay, MessageCentre, OrganisationAnswer, OrganisationQuestion, OrganisationRegister,
        PaymentGateway, PaymentOrder, PaymentPlace, PaymentState, PersonAnswer, PersonQuestion, PersonRecord,
        PersonRegister, RefundWish, ShortMessage,
    },
};
use std::sync::Arc;

/// Registers, consents and message centre in one.
struct AtOnce;

/// The ports of such a world.
pub(super) fn ports() -> Ports {
    let all = Arc::new(AtOnce);
    Ports {
        persons: all.clone(),
        organisations: all.clone(),
        consents: all.clone(),
        messages: all.clone(),
        mail: all.clone(),
        payments: all,
    }
}

#[async_trait]
impl PersonRegister for AtOnce {
    async fn person(&self, question: PersonQuestion) -> Result<PersonAnswer, Fault> {
        let document = IdentityDocument {
            kind: "002".to_owned(),
            number: "012345678".to_owned(),
            status: DocumentStatus::Valid,
            begins: date(2021, 5, 8),
            ends: date(2099, 5, 8),
            issuer: "ІІМ".to_owned(),
        };
        let person = PersonRecord {
            iin: question.iin,
            surname: "СЫНАҚ".to_owned(),
            name: "АДАМ".to_owned(),
            patronymic: None,
            born: date(1990, 1, 1),
            life_status: LifeStatus::Alive,
            died: None,
            address: None,
            documents: vec![document],
        };
        Ok(PersonAnswer { answer_id: question.message.to_string(), person: Some(person) })
    }
}

#[async_trait]
impl OrganisationRegister for AtOnce {
    async fn organisation(&self, question: OrganisationQuestion) -> Result<OrganisationAnswer, Fault> {
        Ok(OrganisationAnswer { answer_id: question.message.to_string(), organisation: None })
    }
}

#[async_trait]
impl ConsentService for AtOnce {
    async fn token(&self, _: ConsentQuestion) -> Result<ConsentToken, Fault> {
        Ok(ConsentToken { token: "token".to_owned(), public_key: "key".to_owned() })
    }
}

#[async_trait]
impl MessageCentre for AtOnce {
    async fn send(&self, message: ShortMessage) -> Result<String, Fault> {
        Ok(message.id.to_string())
    }
}

#[async_trait]
impl MailRelay for AtOnce {
    async fn send(&self, _: Letter) -> Result<(), Fault> {
        Ok(())
    }
}

#[async_trait]
impl PaymentGateway for AtOnce {
    async fn order(&self, _: PaymentOrder) -> Result<PaymentPlace, Fault> {
        Err(Fault::Rejected("nothing is paid here".to_owned()))
    }

    async fn state(&self, _: &str, _: Timestamp) -> Result<PaymentState, Fault> {
        Err(Fault::Rejected("nothing is paid here".to_owned()))
    }

    async fn refund(&self, _: RefundWish) -> Result<String, Fault> {
        Err(Fault::Rejected("nothing is paid here".to_owned()))
    }
}
