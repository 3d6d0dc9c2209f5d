//! An operator acknowledges the instruction about keys, carriers and the workstation, once a year [R839-19.5f].

use qyzmet_domain::conduct::DutyKind;
use qyzmet_store::repositories::duties::DutyRow;

use super::{
    OPERATOR,
    duties::{duty, enter},
    own::own,
};
use crate::{Access, Cx, Error, UseCase, conduct::charge::need};

/// Acknowledges the instruction.
pub struct AcknowledgeInstruction;

impl UseCase for AcknowledgeInstruction {
    type Output = ();
    const NAME: &'static str = "acknowledge-instruction";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let (who, actor, rules) = (cx.officer()?, cx.caller.actor(), cx.app.settings.conduct.clone());
        need(&who, &[OPERATOR])?;
        cx.write(move |tx, draw| {
            let now = draw.now();
            let told = duty(draw, &own(&who), DutyKind::Instruction, (who.person.account, ""));
            let until = now.checked_add(rules.acknowledge_every).map_err(Error::fault)?;
            let remind_at = until.checked_sub(rules.remind_before).map_err(Error::fault)?;
            let dates = DutyRow { done_at: Some(now), ends_at: Some(until), due_at: Some(until), ..told };
            enter(tx, draw, &actor, &DutyRow { alarm_at: Some(remind_at), ..dates })
        })
        .await
    }
}
