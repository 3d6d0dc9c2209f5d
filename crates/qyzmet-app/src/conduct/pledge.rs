//! An operator pledges with the own EDS to give certificates and keys to nobody [R839-19.5a].

use qyzmet_domain::{
    DocumentId, OfficerSession,
    conduct::{DutyKind, RetentionClass},
};
use qyzmet_store::repositories::duties::DutyRow;
use serde_json::json;

use super::{
    OPERATOR, accept_papers,
    charge::need,
    duties::{duty, enter},
    own::own,
};
use crate::{Access, Cx, Document, Error, UseCase, cases::canonical, desk::of_officer};

/// Shows the exact bytes of the pledge.
pub struct ShowPledge;

impl UseCase for ShowPledge {
    type Output = Document;
    const NAME: &'static str = "show-pledge";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<Document, Error> {
        let who = cx.officer()?;
        need(&who, &[OPERATOR])?;
        let name = format!("pledge-{}.json", who.person.account);
        Ok(Document { bytes: pledge(&who), name, media: "application/json" })
    }
}

/// What is pledged: it follows from the operator alone.
fn pledge(who: &OfficerSession) -> Vec<u8> {
    canonical(&json!({
        "body": who.body,
        "clause": "839-2012:19.5",
        "kind": "pledge",
        "operator": who.person.account,
        "pledges": [
            "never-give-certificates-or-keys-to-others",
            "never-use-those-of-other-operators",
            "never-keep-or-mail-those-of-recipients",
            "tell-at-once-when-a-key-is-lost",
            "take-the-carrier-away-after-work",
        ],
        "unit": who.unit,
    }))
}

/// Signs the pledge.
pub struct SignPledge {
    /// Detached CMS over its exact bytes.
    pub signature: Vec<u8>,
}

impl UseCase for SignPledge {
    type Output = ();
    const NAME: &'static str = "sign-pledge";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let (who, actor, app) = (cx.officer()?, cx.caller.actor(), cx.app.clone());
        need(&who, &[OPERATOR])?;
        let bytes = pledge(&who);
        of_officer(&cx, &who, &bytes, &self.signature)?;
        let documents = &cx.app.documents;
        let ready = [documents.prepare(&bytes).await?, documents.prepare(&self.signature).await?];
        cx.write(move |tx, draw| {
            let [document, signature]: [DocumentId; 2] = [ready[0].write(tx)?, ready[1].write(tx)?];
            let signed = duty(draw, &own(&who), DutyKind::Pledge, (who.person.account, ""));
            let signed = DutyRow { done_at: Some(draw.now()), ..signed };
            enter(tx, draw, &actor, &signed)?;
            let owner = signed.id.to_string();
            let kinds = [("pledge", Some(document)), ("signature", Some(signature))];
            accept_papers(tx, &app, (&owner, RetentionClass::Operator), &kinds, draw.now())
        })
        .await
    }
}
