//! Settling an operator whose papers were done before this portal: the carrier is in their hands, pledge and instruction are
//! signed on paper, the workstation was checked. Onboarding at the desk is the way for everybody else.

use qyzmet_domain::{
    AccountId,
    conduct::{Carrier, DutyKind},
};
use qyzmet_store::repositories::{
    carriers,
    duties::DutyRow,
    officers::{self, OfficerRow},
};
use serde_json::json;

use super::{
    OPERATOR,
    charge::Charge,
    duties::{duty, enter},
};
use crate::{Access, Cx, DeskProblem, Error, UseCase, record::Record};

/// Makes an operator of somebody who is an officer, with everything that order 839 asks recorded as done today.
pub struct SettleOperator {
    /// Who.
    pub account: AccountId,
    /// The carrier in their hands.
    pub carrier: Carrier,
    /// Where that was done, in words.
    pub words: String,
}

impl UseCase for SettleOperator {
    type Output = ();
    const NAME: &'static str = "settle-operator";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let (actor, rules) = (cx.caller.actor(), cx.app.settings.conduct.clone());
        cx.write(move |tx, draw| {
            let now = draw.now();
            let officer = officers::in_force(tx, self.account, now)?.ok_or(Error::NotFound)?;
            if !carriers::give(tx, &self.carrier, (self.account, self.account), now)? {
                return Err(Error::Desk(DeskProblem::CarrierTaken));
            }
            let of = Charge {
                account: self.account,
                body: officer.body.clone(),
                unit: officer.unit.clone(),
                officer: None,
            };
            let holds = [
                (DutyKind::Pledge, None),
                (DutyKind::Instruction, Some(rules.acknowledge_every)),
                (DutyKind::Workstation, Some(rules.check_every)),
            ];
            for (kind, holds) in holds {
                let done = duty(draw, &of, kind, (self.account, &self.words));
                let until = holds.map(|holds| now.checked_add(holds)).transpose().map_err(Error::fault)?;
                let row = DutyRow { done_at: Some(now), ends_at: until, due_at: until, ..done };
                enter(tx, draw, &actor, &DutyRow { alarm_at: until, ..row })?;
            }
            let mut roles = officer.roles.clone();
            if roles.iter().all(|role| role != OPERATOR) {
                roles.push(OPERATOR.to_owned());
            }
            let payload = json!({ "carrier": self.carrier.serial(), "roles": roles, "words": self.words });
            officers::put(tx, &OfficerRow { roles, ..officer })?;
            Record::of(actor.clone(), "operator-settled")
                .clause("839-2012:15.1")
                .subject(self.account)
                .payload(payload)
                .write(tx, draw)?;
            Ok(())
        })
        .await
    }
}
