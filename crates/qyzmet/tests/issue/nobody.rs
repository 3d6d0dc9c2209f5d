//! The outside world of these stories: nobody answers, since nobody is asked.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;
use qyzmet_app::{
    Ports,
    ports::{
        ConsentQuestion, ConsentService, ConsentToken, Fault, Letter, MailRelay, MessageCentre,
        OrganisationAnswer, OrganisationQuestion, OrganisationRegister, PaymentGateway, PaymentOrder,
        PaymentPlace, PaymentState, PersonAnswer, PersonQuestion, PersonRegister, RefundWish, ShortMessage,
    },
};

struct Nobody;

fn silent<T>() -> Result<T, Fault> {
    Err(Fault::Timeout)
}

#[async_trait]
impl PersonRegister for Nobody {
    async fn person(&self, _: PersonQuestion) -> Result<PersonAnswer, Fault> {
        silent()
    }
}

#[async_trait]
impl OrganisationRegister for Nobody {
    async fn organisation(&self, _: OrganisationQuestion) -> Result<OrganisationAnswer, Fault> {
        silent()
    }
}

#[async_trait]
impl ConsentService for Nobody {
    async fn token(&self, _: ConsentQuestion) -> Result<ConsentToken, Fault> {
        silent()
    }
}

#[async_trait]
impl MessageCentre for Nobody {
    async fn send(&self, _: ShortMessage) -> Result<String, Fault> {
        silent()
    }
}

#[async_trait]
impl MailRelay for Nobody {
    async fn send(&self, _: Letter) -> Result<(), Fault> {
        silent()
    }
}

#[async_trait]
impl PaymentGateway for Nobody {
    async fn order(&self, _: PaymentOrder) -> Result<PaymentPlace, Fault> {
        silent()
    }

    async fn state(&self, _: &str, _: Timestamp) -> Result<PaymentState, Fault> {
        silent()
    }

    async fn refund(&self, _: RefundWish) -> Result<String, Fault> {
        silent()
    }
}

pub(crate) fn ports() -> Ports {
    let nobody = Arc::new(Nobody);
    Ports {
        persons: nobody.clone(),
        organisations: nobody.clone(),
        consents: nobody.clone(),
        messages: nobody.clone(),
        mail: nobody.clone(),
        payments: nobody,
    }
}
