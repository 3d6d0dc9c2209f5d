//! Two-person approval: detached signatures of different persons over the exact bytes of the ceremony file.

use std::collections::BTreeSet;

use jiff::Timestamp;
use qyzmet_pki::{
    Certificate, Invalid, PathRules, Revocation, Trust, Verdict,
    cms::{self, Expect},
};

use super::plan::{Approver, Plan};

pub(super) use super::plan::APPROVALS;

/// Why the approvals do not suffice.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApprovalError {
    /// The bytes are no signature, or do not enclose their certificate.
    #[error("approval {0} is no signature with its certificate")]
    Unreadable(usize),
    /// The signer is none of the approvers that the ceremony file names.
    #[error("approval {0} is by somebody whom the ceremony file does not name")]
    NotNamed(usize),
    /// The signature is over other bytes: the file was changed after it was approved.
    #[error("approval {0} is for another file: its bytes were changed after it was approved")]
    OtherFile(usize),
    /// The certificate is not valid at this moment.
    #[error("the certificate of approval {0} is expired or not yet valid")]
    NotValidNow(usize),
    /// Any other reason not to accept the signature.
    #[error("approval {place} is not accepted: {why}")]
    Refused {
        /// Which, from 1.
        place: usize,
        /// What the verification said.
        why: String,
    },
    /// The certificate does not name a person by IIN.
    #[error("the certificate of approval {0} names no person")]
    NoPerson(usize),
    /// Too few different persons.
    #[error("{found} different persons have approved, {APPROVALS} are needed")]
    TooFew {
        /// How many.
        found: usize,
    },
}

/// A person who has approved.
#[derive(Clone, Debug)]
pub struct Approval {
    /// As the ceremony file calls the person.
    pub name: String,
    /// The certificate.
    pub certificate: Certificate,
    /// When the person says to have signed.
    pub signed_at: Option<Timestamp>,
    /// The signature itself.
    pub signature: Vec<u8>,
}

/// Verifies all approvals of a ceremony file at a moment. Each must be good: a bad one among good ones is a question to ask,
/// not to pass over.
///
/// # Errors
/// [`ApprovalError`].
pub fn approvals(
    plan: &Plan,
    signatures: &[Vec<u8>],
    now: Timestamp,
) -> Result<Vec<Approval>, ApprovalError> {
    let mut accepted: Vec<Approval> = Vec::new();
    let mut persons = BTreeSet::new();
    let mut keys = BTreeSet::new();
    for (index, signature) in signatures.iter().enumerate() {
        let approval = approval(index + 1, &plan.approvers, (&plan.bytes, signature), now)?;
        let person = approval.certificate.subject().iin.clone().ok_or(ApprovalError::NoPerson(index + 1))?;
        // One person with two certificates, and one key under two names, are one pair of eyes.
        let new_person = persons.insert(person);
        if keys.insert(approval.certificate.public_key_der().to_vec()) && new_person {
            accepted.push(approval);
        }
    }
    if accepted.len() < APPROVALS {
        return Err(ApprovalError::TooFew { found: accepted.len() });
    }
    Ok(accepted)
}

fn approval(
    place: usize,
    approvers: &[Approver],
    (bytes, signature): (&[u8], &[u8]),
    now: Timestamp,
) -> Result<Approval, ApprovalError> {
    let signer = cms::claimed_signer(signature).ok_or(ApprovalError::Unreadable(place))?;
    let fingerprint = signer.fingerprint();
    let approver = approvers.iter().find(|approver| approver.certificate_sha256 == fingerprint);
    let approver = approver.ok_or(ApprovalError::NotNamed(place))?;
    // The ceremony file pins this one certificate: at a first ceremony there is no authority yet that could vouch for it.
    let rules = PathRules { revocation: Revocation::NotChecked, ..PathRules::default() };
    let trust = Trust::new(vec![signer.clone()], Vec::new()).with_rules(rules);
    match cms::verify(bytes, signature, &trust, Expect::sign(), now) {
        Verdict::Valid(signed) => Ok(Approval {
            name: approver.name.clone(),
            certificate: signer,
            signed_at: signed.signed_at,
            signature: signature.to_vec(),
        }),
        Verdict::Invalid(Invalid::ContentChanged) => Err(ApprovalError::OtherFile(place)),
        Verdict::Invalid(Invalid::Expired(_) | Invalid::NotYetValid(_)) => {
            Err(ApprovalError::NotValidNow(place))
        }
        Verdict::Invalid(why) => Err(ApprovalError::Refused { place, why: why.to_string() }),
        Verdict::Undetermined(why) => Err(ApprovalError::Refused { place, why: why.to_string() }),
    }
}
