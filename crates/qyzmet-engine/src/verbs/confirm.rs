//! `confirm`: the recipient confirms exactly the request, with what the class of the service asks [R10-A1].

use qyzmet_domain::{Means, confirmation};

use super::Act;
use crate::event::Event;
use crate::process::Branch;
use crate::read::Fields;
use crate::run::{At, Waiting};
use crate::{Command, Proof, Rejection};

/// Confirms the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirm;

impl Act for Confirm {
    const NEEDS: &'static [Branch] = &[Branch::Ok, Branch::Violation];

    fn read(_fields: &Fields<'_>) -> Option<Self> {
        Some(Self)
    }

    fn waits(&self, at: &At<'_>) -> Option<Waiting> {
        let means = at.regulation.confirmation(at.case.channel).to_vec();
        Some(Waiting::Confirm { action: at.action.number, means })
    }

    fn take(&self, at: &At<'_>, command: &Command) -> Result<Event, Rejection> {
        match command {
            Command::Confirm { proof, .. } => {
                enough(at, proof)?;
                Ok(Event::Confirmed { head: at.head(Branch::Ok), proof: proof.clone() })
            }
            Command::Deny { reason, .. } => {
                Ok(Event::Denied { head: at.head(Branch::Violation), reason: *reason })
            }
            _ => Err(at.not_waiting()),
        }
    }
}

/// Whether a proof covers what is asked on this channel [R10-A1.1.2, R58-5.2c].
fn enough(at: &At<'_>, proof: &Proof) -> Result<(), Rejection> {
    let missing = confirmation::missing(at.regulation.confirmation(at.case.channel), &proof.means);
    if !missing.is_empty() {
        return Err(Rejection::Unproven(missing));
    }
    if proof.means.contains(&Means::Eds) && proof.signer.is_none() {
        return Err(Rejection::UnknownSigner);
    }
    Ok(())
}
