//! `confirm`: the recipient confirms exactly the request, with what the class of the service asks [R10-A1].

use qyzmet_domain::{Means, confirmation};

use super::{Act, Use};
use crate::event::Event;
use crate::process::Branch;
use crate::read::Fields;
use crate::run::{At, Waiting};
use crate::written::Keys;
use crate::{Command, Proof, Rejection};

/// Confirms the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirm {
    /// The ground of refusal when the confirmation fails for good and the table leads to a refusal [R1116-6.8].
    pub ground: Option<String>,
}

impl Confirm {
    /// A confirmation inside another action: who fails it tries again.
    pub(super) const PLAIN: Self = Self { ground: None };
}

impl Act for Confirm {
    const NEEDS: &'static [Branch] = &[Branch::Ok, Branch::Violation];

    fn read(fields: &Fields<'_>) -> Option<Self> {
        Some(Self { ground: fields.text("ground") })
    }

    fn keys(&self) -> Keys {
        Keys::default().with_some("ground", self.ground.clone())
    }

    fn uses(&self) -> Vec<Use> {
        let words = |_: &String| ["fact.confirmation", "value.given"].map(|key| Use::Text(key.to_owned()));
        let words = self.ground.iter().flat_map(words);
        self.ground.iter().cloned().map(Use::Ground).chain(words).collect()
    }

    fn grounded(&self) -> &'static [Branch] {
        if self.ground.is_some() { &[Branch::Violation] } else { &[] }
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
                let failure = |ground: &String| at.failure("confirmation", "given", reason.as_str(), ground);
                let comparison = self.ground.as_ref().map(failure);
                Ok(Event::Denied { head: at.head(Branch::Violation), reason: *reason, comparison })
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
