//! The outside world as the use cases see it; connectors implement these over the real protocols.
//!
//! An answer is what the other side said. A [`Fault`] is that it did not answer properly: it is retried and shown as a
//! delay, and never becomes a refusal (requirements, Q-16).

use async_trait::async_trait;
use jiff::{Timestamp, civil::Date};
use qyzmet_domain::{Bin, Identifier, Iin, MessageId, Phone, Register};
use qyzmet_store::repositories::lists::Series;
use serde::{Deserialize, Serialize};

use crate::authority::orders::OrderGround;

/// Why an outside system gave no usable answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// No answer within the time allowed.
    #[error("no answer in time")]
    Timeout,
    /// The system cannot be reached, or the circuit breaker is open.
    #[error("not reachable: {0}")]
    Unavailable(String),
    /// The answer is not what the protocol says it must be.
    #[error("malformed answer: {0}")]
    Malformed(String),
    /// The signature of the answer is missing, wrong, or of a stranger.
    #[error("the answer is not signed by the system that should have sent it")]
    BadSignature,
    /// The other side asks for fewer messages.
    #[error("throttled")]
    Throttled,
    /// The other side refuses this very message: sending it again is useless.
    #[error("rejected for good: {0}")]
    Rejected(String),
}

impl Fault {
    /// Whether a later attempt with the same message may succeed.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        !matches!(self, Self::Rejected(_))
    }
}

/// What a person has agreed to, as the consent service answers: goes with each question to a register.
#[derive(Clone, PartialEq, Eq)]
pub struct ConsentToken {
    /// The token itself (`kdpToken`).
    pub token: String,
    /// The key that goes with it (`publicKey`).
    pub public_key: String,
}

/// A wish for a consent token; the person has already agreed in the signed request.
#[derive(Clone, PartialEq, Eq)]
pub struct ConsentQuestion {
    /// Number of this message, also used to recognise a repetition.
    pub message: MessageId,
    /// When it is asked.
    pub at: Timestamp,
    /// Whose data, or who asks about an organisation.
    pub iin: Iin,
    /// Which register the token is to open.
    pub register: Register,
    /// What the data are for, in words for the person's own list of uses.
    pub purpose: String,
}

/// A question to the state database of individuals (GBD FL).
#[derive(Clone, PartialEq, Eq)]
pub struct PersonQuestion {
    /// Number of this message, also used to recognise a repetition.
    pub message: MessageId,
    /// When it is asked.
    pub at: Timestamp,
    /// About whom.
    pub iin: Iin,
    /// The person's consent [R58-A.9.2].
    pub consent: ConsentToken,
}

/// What the register answered: absence is an answer, a failure is a [`Fault`].
#[derive(Clone, PartialEq, Eq)]
pub struct PersonAnswer {
    /// The register's own number of the answer: the evidence that a refusal names.
    pub answer_id: String,
    /// The person, or `None` when the register definitely has nobody under this number.
    pub person: Option<PersonRecord>,
}

/// Whether the register holds the person to be alive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LifeStatus {
    /// Alive.
    Alive,
    /// Dead: the register still answers, with the date of death.
    Dead,
    /// Declared missing by a court.
    Missing,
}

/// Whether an identity document can still be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentStatus {
    /// In force.
    Valid,
    /// Declared invalid: lost, replaced, withdrawn.
    Invalid,
}

/// An identity document in the register.
#[derive(Clone, PartialEq, Eq)]
pub struct IdentityDocument {
    /// Dictionary code of its kind (identity card, passport).
    pub kind: String,
    /// Its number.
    pub number: String,
    /// Its status.
    pub status: DocumentStatus,
    /// First day.
    pub begins: Date,
    /// Last day.
    pub ends: Date,
    /// Who issued it.
    pub issuer: String,
}

/// A person as the register knows them. Deliberately without `Debug`: nothing of it may reach a log.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonRecord {
    /// Individual identification number.
    pub iin: Iin,
    /// Surname.
    pub surname: String,
    /// Given name.
    pub name: String,
    /// Patronymic, if any.
    pub patronymic: Option<String>,
    /// Date of birth as registered (never derived from the IIN).
    pub born: Date,
    /// Alive, dead, missing.
    pub life_status: LifeStatus,
    /// Date of death, if dead.
    pub died: Option<Date>,
    /// Registered address in one line, if any.
    pub address: Option<String>,
    /// Identity documents, old and new.
    pub documents: Vec<IdentityDocument>,
}

/// The state database of individuals behind the gateway [R58-A.8b].
#[async_trait]
pub trait PersonRegister: Send + Sync {
    /// Asks about one person.
    async fn person(&self, question: PersonQuestion) -> Result<PersonAnswer, Fault>;
}

/// A question to the state database of legal entities (GBD UL).
#[derive(Clone, PartialEq, Eq)]
pub struct OrganisationQuestion {
    /// Number of this message, also used to recognise a repetition.
    pub message: MessageId,
    /// When it is asked.
    pub at: Timestamp,
    /// About which entity.
    pub bin: Bin,
    /// For whom it is asked: the recipient of the service.
    pub requestor: Iin,
    /// The requestor's consent.
    pub consent: ConsentToken,
}

/// What the register of legal entities answered.
#[derive(Clone, PartialEq, Eq)]
pub struct OrganisationAnswer {
    /// The register's own number of the answer: the evidence that a refusal names.
    pub answer_id: String,
    /// The entity, or `None` when the register definitely has none under this number.
    pub organisation: Option<OrganisationRecord>,
}

/// A legal entity as the register knows it. Without `Debug`: it names its leader.
#[derive(Clone, PartialEq, Eq)]
pub struct OrganisationRecord {
    /// Business identification number.
    pub bin: Bin,
    /// Name in Kazakh.
    pub name_kk: String,
    /// Name in Russian.
    pub name_ru: String,
    /// Day of registration.
    pub registered: Date,
    /// Legal address in one line, in Kazakh, if any.
    pub address: Option<String>,
    /// The first head; nobody while the post is vacant.
    pub leader: Option<Leader>,
}

/// The first head of a legal entity. Without `Debug`: it is a person.
#[derive(Clone, PartialEq, Eq)]
pub struct Leader {
    /// Individual identification number.
    pub iin: Iin,
    /// Surname, name and patronymic in one line.
    pub name: String,
    /// Position in Kazakh.
    pub position_kk: String,
    /// Position in Russian.
    pub position_ru: String,
}

/// The state database of legal entities behind the gateway [R839-5.12].
#[async_trait]
pub trait OrganisationRegister: Send + Sync {
    /// Asks about one legal entity.
    async fn organisation(&self, question: OrganisationQuestion) -> Result<OrganisationAnswer, Fault>;
}

/// The service of consents to access personal data (KDP).
#[async_trait]
pub trait ConsentService: Send + Sync {
    /// Obtains a token for one person, one register and one purpose.
    async fn token(&self, question: ConsentQuestion) -> Result<ConsentToken, Fault>;
}

/// A text message to a handset.
#[derive(Clone, PartialEq, Eq)]
pub struct ShortMessage {
    /// Number of the message: the same number is sent once.
    pub id: MessageId,
    /// To whom.
    pub to: Phone,
    /// At most 70 characters for a single UCS-2 part.
    pub text: String,
}

/// The message centre (SMPP).
#[async_trait]
pub trait MessageCentre: Send + Sync {
    /// Hands the message over; the answer is the centre's own id, under which the receipt will come.
    async fn send(&self, message: ShortMessage) -> Result<String, Fault>;
}

/// What became of a message that the centre took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The centre's id of the message.
    pub centre_id: String,
    /// Whether it reached the handset.
    pub delivered: bool,
    /// The centre's own word for the state, for example `DELIVRD`.
    pub state: String,
}

/// A letter.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// Number of the letter, also its Message-ID.
    pub id: MessageId,
    /// Address.
    pub to: String,
    /// Subject line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// What goes with it.
    pub attachments: Vec<Attachment>,
}

/// A file that goes with a letter. Without `Debug`: it names a person.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name, in ASCII.
    pub name: String,
    /// Its media type.
    pub media: &'static str,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The mail relay (SMTP).
#[async_trait]
pub trait MailRelay: Send + Sync {
    /// Hands the letter over.
    async fn send(&self, letter: Letter) -> Result<(), Fault>;
}

/// An order of a fee at the payment gateway.
#[derive(Clone, PartialEq, Eq)]
pub struct PaymentOrder {
    /// Our number: the same number is ordered once.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// Who pays: IIN or BIN.
    pub payer: Identifier,
    /// How much, in tenge.
    pub amount: u32,
    /// What for, in words for the payer.
    pub purpose: String,
    /// Where the payer comes back to.
    pub back: String,
}

/// What the gateway answers to an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentPlace {
    /// The gateway's number.
    pub gateway_id: String,
    /// The page on which the payer pays.
    pub pay_url: String,
}

/// Where a payment is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaymentState {
    /// Not paid yet.
    Open,
    /// Paid.
    Paid {
        /// The bank's number of its receipt.
        receipt: String,
        /// How much, in tenge.
        amount: u32,
        /// When.
        at: Timestamp,
    },
}

/// A payment that is to be given back.
#[derive(Clone, PartialEq, Eq)]
pub struct RefundWish {
    /// Our number of the payment: it is given back once.
    pub id: String,
    /// When it is asked.
    pub at: Timestamp,
    /// The bank's number of its receipt.
    pub receipt: String,
    /// How much, in tenge.
    pub amount: u32,
}

/// The payment gateway of the "electronic government": services are paid only through it [R1116-7.9].
#[async_trait]
pub trait PaymentGateway: Send + Sync {
    /// Orders a fee; an order with a number that is known is answered as the first was.
    async fn order(&self, order: PaymentOrder) -> Result<PaymentPlace, Fault>;
    /// Asks where the payment with our number is.
    async fn state(&self, id: &str, at: Timestamp) -> Result<PaymentState, Fault>;
    /// Asks for a payment to be given back; the answer is the gateway's number of the refund, the same however often it is
    /// asked.
    async fn refund(&self, wish: RefundWish) -> Result<String, Fault>;
}

/// A revocation list that is to be signed. What stands in it the signer reads itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListOrder {
    /// Name of the issuer.
    pub issuer: String,
    /// Which list.
    pub series: Series,
    /// Its number, which no other list of the series has.
    pub number: u64,
    /// With which full list a delta begins; nothing for other lists.
    pub base: Option<ListBase>,
    /// From when it holds.
    pub this_update: Timestamp,
    /// When the next one is there at the latest.
    pub next_update: Timestamp,
}

/// The full list with which a delta begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListBase {
    /// Its number.
    pub number: u64,
    /// All changes up to this number are in it.
    pub seen: u64,
}

/// A signed revocation list.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedList {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its entries.
    pub entries: u64,
    /// All changes up to this number are in it.
    pub seen: u64,
}

/// Certificates that are to be signed over one order of an operator. Without `Debug`: it names a person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificatesOrder {
    /// The canonical form of the order.
    pub order: Vec<u8>,
    /// The operator's CMS over exactly it.
    pub signature: Vec<u8>,
    /// What is intended, one for each certificate.
    pub wishes: Vec<CertificateWish>,
}

/// One certificate that is intended: enough to build the same body at any time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateWish {
    /// Name of the issuer.
    pub issuer: String,
    /// PKCS#10, exactly as it came.
    pub request: Vec<u8>,
    /// The serial number, as it will stand in the certificate.
    pub serial: [u8; 20],
    /// The part of the revocation lists that it will name.
    pub part: u16,
    /// Valid from this moment.
    pub not_before: Timestamp,
    /// Valid until this moment, included.
    pub not_after: Timestamp,
    /// SHA-256 of the body, as it stands in the journal.
    pub body_sha256: Vec<u8>,
}

/// Why the signing role gives no certificates.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsigned {
    /// It will never sign this: asking again is useless.
    #[error("refused for good: {}", .0.why)]
    Refused(OrderRefusal),
    /// It cannot say now; asked again, it may sign.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// The signing role's "no" to an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRefusal {
    /// The ground, for people.
    pub ground: OrderGround,
    /// What was found, in English, for the journal.
    pub why: String,
}

/// The signing role: it alone holds the keys of issuing authorities, in this process or in one of its own.
#[async_trait]
pub trait Signing: Send + Sync {
    /// Signs the certificates of an order, in the order of the wishes. It verifies everything itself: the operator's
    /// signature and standing, that each request is the ordered one, the proof of possession, and the lint of the exact
    /// body. Asked again for the same, it gives the same certificates.
    async fn certificates(&self, order: CertificatesOrder) -> Result<Vec<Vec<u8>>, Unsigned>;
    /// Whether it could sign now: the names of the issuers whose keys it holds.
    async fn ready(&self) -> Result<Vec<String>, Fault>;
    /// Signs a revocation list over what the rows say at this moment.
    async fn list(&self, order: ListOrder) -> Result<SignedList, Fault>;
}
