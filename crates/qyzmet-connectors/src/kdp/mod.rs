//! The service of consents to access personal data (KDP): a token for one person, one register and one purpose, over the
//! same gateway.

pub(crate) mod simulator;

use async_trait::async_trait;
use qyzmet_app::ports::{ConsentQuestion, ConsentService, ConsentToken, Fault};
use qyzmet_domain::Register;

use crate::{
    breaker::{BreakerConfig, BreakerState},
    gbd_fl, gbd_ul,
    shep::{
        Gateway, Said, Service,
        answer::{child, code_word, malformed, text},
        namespace::XSI,
        status,
        xml::Xml,
    },
};

/// Name of the service at the gateway.
pub const SERVICE_ID: &str = "KDP_SERVICE";

/// Longest life that the service gives a token, in milliseconds.
pub(crate) const LONGEST_LIFE_MS: i64 = 600_000;

/// Who asks for the consents: stands in the list of uses that the person sees.
#[derive(Clone, Debug)]
pub struct Asker {
    /// Name of the organisation.
    pub company: String,
    /// Its BIN.
    pub company_bin: qyzmet_domain::Bin,
}

/// Client of the service.
pub struct Client {
    service: Service,
    asker: Asker,
}

impl Client {
    /// A client that asks in the name of `asker`.
    #[must_use]
    pub fn new(gateway: Gateway, asker: Asker, breaker: BreakerConfig) -> Self {
        Self { service: Service::new(gateway, SERVICE_ID, breaker), asker }
    }

    /// State of the circuit breaker, for health and metrics.
    #[must_use]
    pub fn breaker(&self) -> BreakerState {
        self.service.breaker()
    }

    fn data(&self, question: &ConsentQuestion) -> String {
        let mut xml = Xml::new();
        xml.element("data", &[("xmlns:xsi", XSI), ("xsi:type", "getUserDataRequest")], |xml| {
            xml.leaf("uin", question.iin.as_str())
                .leaf("company", &self.asker.company)
                .leaf("company_bin", self.asker.company_bin.as_str())
                .leaf("access_name", access_name(question.register))
                .leaf("personal_data_name", &question.purpose)
                .leaf("expiresIn", &LONGEST_LIFE_MS.to_string())
                // The person has agreed in the signed request; a second question by SMS would only annoy.
                .leaf("omit-sms", "true");
        });
        xml.finish()
    }
}

#[async_trait]
impl ConsentService for Client {
    async fn token(&self, question: ConsentQuestion) -> Result<ConsentToken, Fault> {
        self.service.ask(&question.message, self.data(&question), read).await
    }
}

/// The service at the gateway that a token opens.
fn access_name(register: Register) -> &'static str {
    match register {
        Register::Individuals => gbd_fl::SERVICE_ID,
        Register::LegalEntities => gbd_ul::SERVICE_ID,
    }
}

fn read(said: &Said<'_, '_>) -> Result<ConsentToken, Fault> {
    let data = said.data.ok_or_else(|| malformed("no data"))?;
    match said.status {
        status::DONE => {
            let token = text(data, "token").ok_or_else(|| malformed("no token"))?;
            let public_key = text(data, "publicKey").ok_or_else(|| malformed("no publicKey"))?;
            Ok(ConsentToken { token: token.to_owned(), public_key: public_key.to_owned() })
        }
        status::BUSINESS_NO => {
            let code = child(data, "messageResult").and_then(|result| text(result, "code"));
            Err(Fault::Rejected(format!("consent refused {}", code_word(code.unwrap_or_default()))))
        }
        other => Err(malformed(&format!("status {}", code_word(other)))),
    }
}
