//! What is trusted: roots, intermediate certificates and revocation lists, parsed and checked once.

mod answers;
mod cache;
mod names;
mod policies;
mod revocation;
mod rules;
mod search;
mod validate;

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, PoisonError, RwLock},
};

use jiff::Timestamp;

pub use self::rules::{PathRules, Revocation};
use crate::{
    certificate::{Certificate, Name},
    crl::RevocationList,
    ocsp::{Response, ResponseError},
    verdict::{Invalid, Signed, Undetermined, Verdict},
};

/// Lists kept for one issuer; the oldest leaves first.
const LISTS_PER_ISSUER: usize = 64;

/// A revocation list or an answer could not be taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TrustError {
    /// The bytes are not a revocation list.
    #[error("the revocation list is malformed")]
    MalformedList,
    /// The bytes are not an answer about a certificate, or say why there is none.
    #[error(transparent)]
    Answer(#[from] ResponseError),
}

/// Why no path is good: for good, or for now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refused {
    Invalid(Invalid),
    Undetermined(Undetermined),
}

impl From<Invalid> for Refused {
    fn from(invalid: Invalid) -> Self {
        Self::Invalid(invalid)
    }
}

impl From<Undetermined> for Refused {
    fn from(undetermined: Undetermined) -> Self {
        Self::Undetermined(undetermined)
    }
}

impl From<Refused> for Verdict {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Invalid(invalid) => Self::Invalid(invalid),
            Refused::Undetermined(undetermined) => Self::Undetermined(undetermined),
        }
    }
}

/// Anchors, intermediates and revocation lists, shared by all verifications (wrap it in an `Arc`).
///
/// Signatures of certificates and lists that were verified once are remembered; validity in time, revocation and all
/// rules of the path are judged anew at each call.
pub struct Trust {
    rules: PathRules,
    anchors: HashMap<Vec<u8>, Vec<Certificate>>,
    intermediates: HashMap<Vec<u8>, Vec<Certificate>>,
    lists: RwLock<HashMap<Vec<u8>, Vec<Arc<RevocationList>>>>,
    answers: answers::Answers,
    verified: cache::Verified,
}

impl fmt::Debug for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trust").field("anchors", &self.anchors.len()).finish_non_exhaustive()
    }
}

impl Trust {
    /// Trusts the anchors; intermediates only help to find paths. Revocation is required.
    #[must_use]
    pub fn new(anchors: Vec<Certificate>, intermediates: Vec<Certificate>) -> Self {
        Self {
            rules: PathRules::default(),
            anchors: by_subject(anchors),
            intermediates: by_subject(intermediates),
            lists: RwLock::default(),
            answers: answers::Answers::default(),
            verified: cache::Verified::default(),
        }
    }

    /// The same trust under other rules.
    #[must_use]
    pub fn with_rules(self, rules: PathRules) -> Self {
        Self { rules, ..self }
    }

    /// Takes in a revocation list. Its signature is verified when it is first needed; a list with a wrong signature
    /// counts as absent, and the newest fresh list of an issuer and scope is the one that counts.
    ///
    /// # Errors
    /// [`TrustError::MalformedList`] when the bytes are not a revocation list.
    pub fn add_crl(&self, der: &[u8]) -> Result<(), TrustError> {
        let list = RevocationList::from_der(der).ok_or(TrustError::MalformedList)?;
        let mut lists = self.lists.write().unwrap_or_else(PoisonError::into_inner);
        let known = lists.entry(list.issuer.key()).or_default();
        if !known.iter().any(|other| other.digest() == list.digest()) {
            known.push(Arc::new(list));
            known.sort_by_key(|list| list.age());
            known.truncate(LISTS_PER_ISSUER);
        }
        Ok(())
    }

    /// Takes in an answer about single certificates (OCSP). Like a list it is judged when it is needed; one that cannot be
    /// believed counts as absent. It is newer knowledge than any list from before it.
    ///
    /// # Errors
    /// [`TrustError::Answer`] when the bytes are none.
    pub fn add_ocsp(&self, der: &[u8]) -> Result<(), TrustError> {
        self.answers.add(Response::from_der(der)?);
        Ok(())
    }

    /// Checks a certificate on its own: path, validity at the given time, revocation. `extra` are certificates that
    /// came along and may help to find a path.
    #[must_use]
    pub fn check(&self, certificate: &Certificate, extra: &[Certificate], at: Timestamp) -> Verdict {
        match self.path(certificate, extra, at) {
            Ok(chain) => {
                Verdict::Valid(Box::new(Signed { certificate: certificate.clone(), signed_at: None, chain }))
            }
            Err(refused) => refused.into(),
        }
    }

    /// The verified path of a certificate, itself first and the anchor last.
    pub(crate) fn path(
        &self,
        certificate: &Certificate,
        extra: &[Certificate],
        at: Timestamp,
    ) -> Result<Vec<Certificate>, Refused> {
        search::Search::new(self, extra, at).path(certificate)
    }

    /// Lists of an issuer, newest first.
    fn lists_of(&self, issuer: &Name) -> Vec<Arc<RevocationList>> {
        let lists = self.lists.read().unwrap_or_else(PoisonError::into_inner);
        lists.get(&issuer.key()).cloned().unwrap_or_default()
    }

    /// Verifies the signature of a certificate, or remembers that it was verified.
    fn is_signed_by(&self, certificate: &Certificate, issuer: &Certificate) -> Result<(), Invalid> {
        if self.verified.knows(certificate.digest(), issuer.digest()) {
            return Ok(());
        }
        certificate.verify_signature(issuer.key())?;
        self.verified.learn(certificate.digest(), issuer.digest());
        Ok(())
    }

    /// Verifies the signature of a list, or remembers that it was verified.
    fn list_is_signed_by(&self, list: &RevocationList, issuer: &Certificate) -> bool {
        if self.verified.knows(list.digest(), issuer.digest()) {
            return true;
        }
        let good = list.verify_signature(issuer.key()).is_ok();
        if good {
            self.verified.learn(list.digest(), issuer.digest());
        }
        good
    }
}

fn by_subject(certificates: Vec<Certificate>) -> HashMap<Vec<u8>, Vec<Certificate>> {
    let mut map: HashMap<Vec<u8>, Vec<Certificate>> = HashMap::new();
    for certificate in certificates {
        map.entry(certificate.subject_name().key()).or_default().push(certificate);
    }
    map
}
