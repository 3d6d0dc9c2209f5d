//! The demonstration's own authorities, and the keys of the portal, its employee, its organisation and the gateway.

use jiff::{SignedDuration, Timestamp};
use qyzmet_pki::{
    KeyKind, Signer,
    authority::{Authority, Profile, ProfileKind, Serial, SubjectFields, Validity},
};

use super::{super::Failure, Places};

/// BIN of the invented organisation that runs the demonstration's portal.
const PORTAL_BIN: &str = "160440007161";
/// BIN of the invented organisation that runs the demonstration's gateway.
const GATEWAY_BIN: &str = "190440005557";
/// IIN of the invented employee who signs results.
const EMPLOYEE_IIN: &str = "850101300015";

/// A fresh random serial number.
pub(super) fn serial() -> Result<Serial, Failure> {
    let mut serial = [0; 20];
    aws_lc_rs::rand::fill(&mut serial).map_err(|_| "no randomness")?;
    Ok(serial)
}

/// From now for so many days; a little before now, so that clocks may differ.
pub(super) fn validity(now: Timestamp, days: i64) -> Result<Validity, Failure> {
    Ok(Validity {
        not_before: now.checked_sub(SignedDuration::from_mins(5))?,
        not_after: now.checked_add(SignedDuration::from_hours(24 * days))?,
    })
}

/// Founds a root and an issuing authority, and writes their certificates and empty revocation lists.
pub(super) fn found(places: &Places, now: Timestamp) -> Result<Authority, Failure> {
    let name =
        |common_name: &str| SubjectFields { common_name: common_name.to_owned(), ..SubjectFields::default() };
    let root = Authority::self_signed(
        Signer::generate(KeyKind::EcP256)?,
        &Profile::new(ProfileKind::Root),
        &name("QYZMET ДЕМО НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ"),
        serial()?,
        validity(now, 3650)?,
    )?;
    let issuing = root.enrol(
        &Profile::new(ProfileKind::Issuing),
        &name("QYZMET ДЕМО КУӘЛАНДЫРУШЫ ОРТАЛЫҚ"),
        Signer::generate(KeyKind::EcP256)?,
        serial()?,
        validity(now, 1825)?,
    )?;
    let issuing = Authority::new(issuing);
    for (authority, file) in [(&root, "root"), (&issuing, "ca")] {
        std::fs::write(places.pki(&format!("{file}.pem")), authority.certificate()?.pem())?;
        let next = now.checked_add(SignedDuration::from_hours(24 * 365))?;
        std::fs::write(places.pki(&format!("{file}.crl")), authority.crl(&[], now, next, 1)?)?;
    }
    Ok(issuing)
}

/// Makes the keys of the deployment and of the gateway, and the secrets.
pub(super) fn equip(places: &Places, authority: &Authority, now: Timestamp) -> Result<(), Failure> {
    let password = secret()?;
    std::fs::write(places.keys("password"), &password)?;
    for name in ["master.hex", "documents.hex"] {
        std::fs::write(places.keys(name), secret()?)?;
    }
    let journal = Signer::generate(KeyKind::Ed25519)?;
    std::fs::write(places.keys("journal.pem"), journal.to_encrypted_pem(&password)?)?;
    for (name, kind, subject) in deployment_keys() {
        let signer = Signer::generate(KeyKind::EcP256)?;
        let identity =
            authority.enrol(&Profile::new(kind), &subject, signer, serial()?, validity(now, 365)?)?;
        std::fs::write(places.keys(&format!("{name}.pem")), identity.signer.to_encrypted_pem(&password)?)?;
        std::fs::write(places.pki(&format!("{name}.pem")), identity.certificate()?.pem())?;
    }
    Ok(())
}

fn secret() -> Result<String, Failure> {
    let mut bytes = [0; 32];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| "no randomness")?;
    Ok(hex::encode(bytes))
}

fn deployment_keys() -> [(&'static str, ProfileKind, SubjectFields); 4] {
    let organisation = |common_name: &str, name: &str, bin: &str| SubjectFields {
        common_name: common_name.to_owned(),
        organisation: Some(name.to_owned()),
        bin: Some(bin.to_owned()),
        ..SubjectFields::default()
    };
    let employee = SubjectFields {
        surname: Some("ҮЛГІБАЕВА".to_owned()),
        patronymic: Some("ҮЛГІҚЫЗЫ".to_owned()),
        iin: Some(EMPLOYEE_IIN.to_owned()),
        ..organisation("ҮЛГІБАЕВА ҮЛГІ", "«QYZMET» ДЕМО МИНИСТРЛІГІ", PORTAL_BIN)
    };
    [
        ("employee", ProfileKind::EmployeeSign, employee),
        (
            "seal",
            ProfileKind::PortalSeal,
            organisation("QYZMET ПОРТАЛЫ", "«QYZMET» ДЕМО МИНИСТРЛІГІ", PORTAL_BIN),
        ),
        (
            "organisation",
            ProfileKind::Organisation,
            organisation("QYZMET", "«QYZMET» ДЕМО МИНИСТРЛІГІ", PORTAL_BIN),
        ),
        ("gateway", ProfileKind::Organisation, organisation("ЭҮШ ДЕМО", "«ДЕМО ШЛЮЗ» АҚ", GATEWAY_BIN)),
    ]
}

#[cfg(test)]
mod tests {
    use qyzmet_domain::{Bin, Iin};

    use super::*;

    #[test]
    fn the_invented_numbers_have_valid_check_digits() {
        assert!(PORTAL_BIN.parse::<Bin>().is_ok());
        assert!(GATEWAY_BIN.parse::<Bin>().is_ok());
        assert!(EMPLOYEE_IIN.parse::<Iin>().is_ok());
    }
}
