//! Appointing an officer: an account that may act for a unit of a state body from a moment until another.

use jiff::Timestamp;
use qyzmet_domain::AccountId;
use qyzmet_store::repositories::{
    accounts,
    officers::{self, OfficerRow},
};
use serde_json::json;

use crate::{Access, Cx, Error, UseCase, record::Record};

/// Appoints somebody, in place of what they were before.
pub struct AppointOfficer {
    /// Whose account.
    pub account: AccountId,
    /// Id of the state body.
    pub body: String,
    /// Id of the unit, as action tables name it.
    pub unit: String,
    /// In which roles.
    pub roles: Vec<&'static str>,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Option<Timestamp>,
}

impl UseCase for AppointOfficer {
    type Output = ();
    const NAME: &'static str = "appoint-officer";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let actor = cx.caller.actor();
        cx.write(move |tx, draw| {
            accounts::by_id(tx, self.account)?.ok_or(Error::NotFound)?;
            let roles: Vec<String> = self.roles.iter().map(|role| (*role).to_owned()).collect();
            let (body, unit) = (self.body.clone(), self.unit.clone());
            let (begins_at, ends_at) = (self.from, self.until);
            let payload =
                json!({ "body": body, "unit": unit, "roles": roles, "from": begins_at, "until": ends_at });
            officers::put(tx, &OfficerRow { account: self.account, body, unit, roles, begins_at, ends_at })?;
            Record::of(actor.clone(), "officer-appointed")
                .subject(self.account)
                .payload(payload)
                .write(tx, draw)?;
            Ok(())
        })
        .await
    }
}
