//! `pay`: the recipient pays the fee through the payment gateway, in the term of the action [R1116-7.9].

use super::{Act, Use};
use crate::event::Event;
use crate::process::Branch;
use crate::read::Fields;
use crate::run::{At, Waiting};
use crate::written::Keys;
use crate::{Command, Rejection};

/// Waits for the fee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pay {
    /// How much, in tenge.
    pub amount: u32,
    /// The ground of refusal when it is not paid in the term.
    pub ground: String,
}

impl Act for Pay {
    const NEEDS: &'static [Branch] = &[Branch::Ok, Branch::Violation];

    fn read(fields: &Fields<'_>) -> Option<Self> {
        let (amount, ground) = (fields.need_number("amount"), fields.need_text("ground"));
        Some(Self { amount: amount?, ground: ground? })
    }

    fn keys(&self) -> Keys {
        Keys::default().with("amount", self.amount).with("ground", self.ground.as_str())
    }

    fn uses(&self) -> Vec<Use> {
        let words = ["fact.payment", "value.paid", "value.unpaid"].map(|key| Use::Text(key.to_owned()));
        std::iter::once(Use::Ground(self.ground.clone())).chain(words).collect()
    }

    fn grounded(&self) -> &'static [Branch] {
        &[Branch::Violation]
    }

    fn waits(&self, at: &At<'_>) -> Option<Waiting> {
        Some(Waiting::Payment { action: at.action.number, amount: self.amount })
    }

    fn take(&self, at: &At<'_>, command: &Command) -> Result<Event, Rejection> {
        match command {
            Command::Pay { payment, .. } => {
                let known = at.case.facts.fact("payment.amount").and_then(|fact| fact.answer_id.as_ref());
                if known == Some(&payment.id) {
                    return Err(Rejection::Repeated(at.action.number));
                }
                if payment.amount != self.amount {
                    return Err(Rejection::WrongAmount { fee: self.amount, paid: payment.amount });
                }
                Ok(Event::Paid { head: at.head(Branch::Ok), payment: payment.clone() })
            }
            Command::Expire { due_at, .. } => {
                let due_at = at.expired(*due_at)?;
                let comparison = Some(at.failure("payment", "paid", "unpaid", &self.ground));
                Ok(Event::Expired { head: at.head(Branch::Violation), due_at, comparison })
            }
            _ => Err(at.not_waiting()),
        }
    }
}
