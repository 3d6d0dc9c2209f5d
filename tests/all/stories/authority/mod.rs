//! The services of order 839, from the first action to each end.

mod asking;
mod away;
mod captcha;
mod centre;
mod ending;
mod forget;
mod issue_card;
mod issue_entity;
mod issue_portal;
mod keys;
mod letters;
mod problems;
mod publish;
mod reissue_entity;
mod renewal;
mod revoke_centre;
mod revoke_portal;
mod signer;
mod status;
mod strict;
mod without;

use qyzmet_app::authority::{ChangeCertificate, Step};
use qyzmet_domain::AccountId;
use qyzmet_pki::Certificate;
use qyzmet_store::repositories::certificates::{self, CertificateRow, Standing};

use super::world::{ISSUER, Person, World};

/// A person's certificate as the authority knows it.
fn row(account: AccountId, person: &Person, certificate: &Certificate) -> CertificateRow {
    CertificateRow {
        issuer: ISSUER.to_owned(),
        serial: certificate.serial_number().as_bytes().to_vec(),
        part: 0,
        account: Some(account),
        holder: Some(person.iin.as_str().to_owned()),
        profile: "person-sign".to_owned(),
        order_number: None,
        key_id: certificate.fingerprint().into_bytes(),
        not_before: certificate.not_before(),
        not_after: certificate.not_after(),
        der: certificate.der().to_vec(),
        standing: Standing::GOOD,
    }
}

/// Says that the authority has issued the person's certificate for signing; its serial number.
async fn issued(world: &World, person: &Person) -> String {
    issued_as(world, person, "person-sign").await
}

/// The same under a profile.
pub(super) async fn issued_as(world: &World, person: &Person, profile: &str) -> String {
    let certificate = &person.sign.chain[0];
    let row = CertificateRow { profile: profile.to_owned(), ..row(person.account, person, certificate) };
    let serial = hex::encode(&row.serial);
    world.app.store.write(move |tx| certificates::insert(tx, &row)).await.expect("a certificate");
    serial
}

/// A certificate is put on hold.
async fn hold(world: &World, serial: &str) {
    let hold = ChangeCertificate {
        issuer: ISSUER.to_owned(),
        serial: hex::decode(serial).expect("hexadecimal"),
        step: Step::Hold,
        actor: "system".to_owned(),
        clause: "839-2012:15.1".to_owned(),
    };
    let _ = world.system(hold).await.expect("held");
}

/// How it stands.
pub(super) async fn standing(world: &World, serial: &str) -> Standing {
    let serial = hex::decode(serial).expect("a serial number");
    let found = world.app.store.read(move |tx| certificates::standing(tx, ISSUER, &serial)).await;
    found.expect("a store").expect("a certificate")
}
