//! The register of protected carriers: the centre gives one to an operator before certificates are made, and takes it back
//! [R839-15.1a].

use jiff::Timestamp;
use qyzmet_domain::{AccountId, conduct::Carrier};
use qyzmet_store::repositories::carriers::{self, CarrierRow};
use serde_json::json;

use super::{PERSONNEL, charge::charge};
use crate::{Access, Cx, DeskProblem, Error, UseCase, record::Record};

/// A carrier as pages show it.
pub struct CarrierView {
    /// The word of its kind.
    pub kind: &'static str,
    /// Its serial number.
    pub serial: String,
    /// When it was given.
    pub given_at: Timestamp,
    /// When it came back.
    pub returned_at: Option<Timestamp>,
}

impl From<CarrierRow> for CarrierView {
    fn from(CarrierRow { kind, serial, given_at, returned_at, .. }: CarrierRow) -> Self {
        Self { kind: kind.word(), serial, given_at, returned_at }
    }
}

/// Gives a carrier to an operator.
pub struct GiveCarrier {
    /// To whom.
    pub operator: AccountId,
    /// Its kind.
    pub kind: String,
    /// The serial number on it.
    pub serial: String,
}

impl UseCase for GiveCarrier {
    type Output = ();
    const NAME: &'static str = "give-carrier";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let (who, actor) = (cx.officer()?, cx.caller.actor());
        let carrier = Carrier::parse(&self.kind, &self.serial);
        let carrier = carrier.map_err(|_| Error::Desk(DeskProblem::NotProtected))?;
        cx.write(move |tx, draw| {
            let charge = charge(tx, (&who, &[PERSONNEL]), self.operator, draw.now())?;
            if !carriers::give(tx, &carrier, (charge.account, who.person.account), draw.now())? {
                return Err(Error::Desk(DeskProblem::CarrierTaken));
            }
            let payload = json!({ "carrier": carrier.serial(), "storage": carrier.kind.storage() });
            Record::of(actor.clone(), "carrier-given")
                .clause("839-2012:15.1")
                .subject(charge.account)
                .payload(payload)
                .write(tx, draw)?;
            Ok(())
        })
        .await
    }
}

/// Takes a carrier back.
pub struct TakeBackCarrier {
    /// From whom.
    pub operator: AccountId,
    /// The serial number on it.
    pub serial: String,
}

impl UseCase for TakeBackCarrier {
    type Output = ();
    const NAME: &'static str = "take-back-carrier";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let (who, actor) = (cx.officer()?, cx.caller.actor());
        cx.write(move |tx, draw| {
            let charge = charge(tx, (&who, &[PERSONNEL]), self.operator, draw.now())?;
            let out = carriers::out(tx, &self.serial)?.filter(|carrier| carrier.account == charge.account);
            let carrier = out.ok_or(Error::NotFound)?;
            carriers::take_back(tx, &carrier.serial, who.person.account, draw.now())?;
            Record::of(actor.clone(), "carrier-returned")
                .clause("839-2012:15.1")
                .subject(charge.account)
                .payload(json!({ "carrier": carrier.serial }))
                .write(tx, draw)?;
            Ok(())
        })
        .await
    }
}
