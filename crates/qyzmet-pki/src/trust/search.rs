//! The search for a path from a certificate to an anchor.

use std::cell::{Cell, RefCell};

use jiff::Timestamp;

use super::{Refused, Revocation, Trust, revocation, validate::validate};
use crate::{
    certificate::Certificate,
    verdict::{Invalid, Undetermined},
};

/// Certificates in a path, the anchor included.
const MAX_LENGTH: usize = 12;
/// Signatures tried in one search, so that crafted chains cannot burn the processor.
const MAX_SIGNATURES: usize = 128;

/// One search; signers of revocation lists are searched within the same limits.
pub(super) struct Search<'a> {
    pub(super) trust: &'a Trust,
    pub(super) extra: &'a [Certificate],
    pub(super) at: Timestamp,
    signatures: Cell<usize>,
    /// Signers of lists that are being judged: they cannot vouch for themselves.
    pub(super) judging: RefCell<Vec<[u8; 32]>>,
}

impl<'a> Search<'a> {
    pub(super) fn new(trust: &'a Trust, extra: &'a [Certificate], at: Timestamp) -> Self {
        Self { trust, extra, at, signatures: Cell::new(0), judging: RefCell::default() }
    }

    /// The first good path, the certificate first and the anchor last; else the most telling refusal.
    pub(super) fn path(&self, certificate: &Certificate) -> Result<Vec<Certificate>, Refused> {
        self.extend(vec![certificate.clone()])
    }

    fn extend(&self, chain: Vec<Certificate>) -> Result<Vec<Certificate>, Refused> {
        let Some(last) = chain.last() else { return Err(Invalid::UntrustedIssuer.into()) };
        if self.is_anchor(last) {
            return self.judge(chain);
        }
        if chain.len() >= MAX_LENGTH {
            return Err(Undetermined::TooManyPaths.into());
        }
        let mut best = Refused::from(Invalid::UntrustedIssuer);
        for issuer in self.candidates(last) {
            if chain.contains(&issuer) {
                continue;
            }
            let attempt = self.signed(last, &issuer).and_then(|()| {
                let mut longer = chain.clone();
                longer.push(issuer);
                self.extend(longer)
            });
            match attempt {
                Ok(path) => return Ok(path),
                Err(refused) if weight(&refused) > weight(&best) => best = refused,
                Err(_) => {}
            }
        }
        Err(best)
    }

    fn is_anchor(&self, certificate: &Certificate) -> bool {
        let key = certificate.subject_name().key();
        self.trust.anchors.get(&key).is_some_and(|anchors| anchors.contains(certificate))
    }

    /// Possible issuers: anchors first, then known intermediates, then what came along; right key identifier first.
    fn candidates(&self, certificate: &Certificate) -> Vec<Certificate> {
        let key = certificate.issuer_name().key();
        let known = |map: &'a std::collections::HashMap<Vec<u8>, Vec<Certificate>>| {
            map.get(&key).into_iter().flatten()
        };
        let fitting = |other: &&Certificate| other.subject_name().same(certificate.issuer_name());
        let extra = self.extra.iter().filter(fitting);
        let mut found: Vec<Certificate> = Vec::new();
        for issuer in known(&self.trust.anchors).chain(known(&self.trust.intermediates)).chain(extra) {
            if !found.contains(issuer) {
                found.push(issuer.clone());
            }
        }
        if let Some(wanted) = &certificate.extensions().authority_key_id {
            found.sort_by_key(|issuer| issuer.extensions().subject_key_id.as_ref() != Some(wanted));
        }
        found
    }

    /// All certificates of the same name that could have signed a list.
    pub(super) fn namesakes(&self, issuer: &Certificate) -> Vec<Certificate> {
        let key = issuer.subject_name().key();
        let known = [&self.trust.anchors, &self.trust.intermediates]
            .into_iter()
            .filter_map(|map| map.get(&key))
            .flatten();
        let extra = self.extra.iter().filter(|other| other.subject_name().same(issuer.subject_name()));
        known.chain(extra).cloned().collect()
    }

    fn signed(&self, certificate: &Certificate, issuer: &Certificate) -> Result<(), Refused> {
        self.signatures.set(self.signatures.get() + 1);
        if self.signatures.get() > MAX_SIGNATURES {
            return Err(Undetermined::TooManyPaths.into());
        }
        self.trust.is_signed_by(certificate, issuer).map_err(|invalid| match invalid {
            Invalid::WrongSignature | Invalid::AlgorithmMismatch => Invalid::UntrustedIssuer.into(),
            other => other.into(),
        })
    }

    /// Judges a complete path: the rules, then revocation from the top down.
    fn judge(&self, chain: Vec<Certificate>) -> Result<Vec<Certificate>, Refused> {
        let mut path = chain;
        path.reverse();
        validate(&path, &self.trust.rules, self.at)?;
        if self.trust.rules.revocation == Revocation::Required {
            revocation::check_path(self, &path)?;
        }
        path.reverse();
        Ok(path)
    }
}

/// How much a refusal tells: a revocation most, a missing issuer least.
fn weight(refused: &Refused) -> u8 {
    match refused {
        Refused::Invalid(Invalid::Revoked { .. }) => 4,
        Refused::Undetermined(_) => 3,
        Refused::Invalid(Invalid::UntrustedIssuer) => 0,
        Refused::Invalid(Invalid::UnsupportedAlgorithm(_) | Invalid::WeakAlgorithm(_)) => 1,
        Refused::Invalid(_) => 2,
    }
}
