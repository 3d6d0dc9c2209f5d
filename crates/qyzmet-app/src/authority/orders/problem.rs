//! Why an order is refused: a value with its clause and evidence, never an error.

use qyzmet_domain::{Evidence, Refusal};
use qyzmet_pki::{
    authority::{IssueError, OrderRefused},
    request::RequestError,
};

use super::OrderGround;
use crate::ports::OrderRefusal;

/// The clause under which a request is refused for what was found in it.
const CLAUSE: &str = "839-2012:6.P10";

/// Why an order is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrderProblem {
    /// A request cannot be read, its key is weak, or it does not prove that its sender has the private key.
    #[error(transparent)]
    Request(#[from] RequestError),
    /// A request names somebody else than the registers do.
    #[error("the request names somebody else")]
    OtherPerson,
    /// A key was certified or ordered before; a key is used once.
    #[error("the key was used before")]
    KeyUsed,
    /// The profile is unknown, or not for this holder, these facts or this key.
    #[error("the profile does not allow it: {0}")]
    Profile(String),
    /// No authority of this deployment certifies such a key by this profile.
    #[error("no authority here certifies such a key by this profile")]
    NoIssuer,
    /// There is an order of this number that says something else.
    #[error("the number is taken")]
    NumberTaken,
    /// There is no order of this number, or it is not where it would have to be.
    #[error("no order of this number waits for that")]
    NotWaiting,
    /// The operator's signature does not make the order binding.
    #[error(transparent)]
    Operator(#[from] OrderRefused),
}

impl From<IssueError> for OrderProblem {
    fn from(error: IssueError) -> Self {
        Self::Profile(error.to_string())
    }
}

impl From<&OrderProblem> for OrderRefusal {
    fn from(problem: &OrderProblem) -> Self {
        Self { ground: problem.ground(), why: problem.to_string() }
    }
}

impl OrderProblem {
    /// The ground.
    #[must_use]
    pub fn ground(&self) -> OrderGround {
        match self {
            Self::Request(RequestError::Key(_)) => OrderGround::WeakKey,
            Self::Request(RequestError::NoPossession) => OrderGround::NoPossession,
            Self::Request(_) => OrderGround::MalformedRequest,
            Self::OtherPerson => OrderGround::OtherPerson,
            Self::KeyUsed => OrderGround::KeyUsed,
            Self::Profile(_) => OrderGround::Profile,
            Self::NoIssuer => OrderGround::NoIssuer,
            Self::NumberTaken => OrderGround::NumberTaken,
            Self::NotWaiting => OrderGround::NotWaiting,
            Self::Operator(OrderRefused::Revoked(_)) => OrderGround::OperatorSuspended,
            Self::Operator(_) => OrderGround::Operator,
        }
    }

    /// The ground in one word, for refusals and locales.
    #[must_use]
    pub fn key(&self) -> &'static str {
        self.ground().as_str()
    }

    /// Whether it may be otherwise later without anybody asking anew: it lies in what this deployment is set up to issue.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::NoIssuer)
    }

    /// The lawful refusal, with what was found; nothing of it is personal.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        let evidence = Evidence {
            fact: "form.keys".to_owned(),
            expected: "accepted".to_owned(),
            found: self.key().to_owned(),
            source: "request".to_owned(),
            answer_id: None,
        };
        let clause = CLAUSE.parse().ok()?;
        Some(Refusal { ground: self.key().to_owned(), clause, evidence: vec![evidence] })
    }
}
