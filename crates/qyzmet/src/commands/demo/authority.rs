//! The demonstration's own authorities, and the keys of the portal, its employee, its organisation and the gateway.

use jiff::{SignedDuration, Timestamp};
use qyzmet_pki::{
    Identity, KeyKind, Signer,
    authority::{
        Authority, Holder, Organisation, Person, Profile, Profiles, Serial, SubjectFacts, Urls, Validity,
    },
};

use super::{super::Failure, Places};

/// BIN of the invented organisation that runs the demonstration's portal.
const PORTAL_BIN: &str = "160440007161";
/// BIN of the invented organisation that runs the demonstration's gateway.
const GATEWAY_BIN: &str = "190440005557";
/// Where the demonstration's authority is said to publish; nothing asks there, since the lists lie in files.
const ADDRESS: &str = "http://pki.demo.example";
/// IIN of the invented employee who signs results.
const EMPLOYEE_IIN: &str = "850101300015";

/// A fresh random serial number.
pub(super) fn serial() -> Result<Serial, Failure> {
    let mut serial = [0; 20];
    aws_lc_rs::rand::fill(&mut serial).map_err(|_| "no randomness")?;
    Ok(serial)
}

/// As long as the profile says; from a little before now, so that clocks may differ.
pub(super) fn validity(profile: &Profile, now: Timestamp) -> Result<Validity, Failure> {
    Ok(profile.validity(now.checked_sub(SignedDuration::from_mins(5))?)?)
}

/// A key with a certificate by the profile with this id.
pub(super) fn enrol(
    authority: &Authority,
    profile: &str,
    facts: &SubjectFacts,
    signer: Signer,
    now: Timestamp,
) -> Result<Identity, Failure> {
    let profile = Profiles::nca()?.get(profile)?;
    Ok(authority.enrol(profile, facts, signer, serial()?, validity(profile, now)?)?)
}

/// Founds a root and an issuing authority, and writes their certificates and empty revocation lists.
pub(super) fn found(places: &Places, now: Timestamp) -> Result<Authority, Failure> {
    let name = |name: &str| SubjectFacts::new(Holder::service(name));
    let profile = Profiles::nca()?.get("root")?;
    let root = Authority::self_signed(
        Signer::generate(KeyKind::EcP256)?,
        profile,
        &name("QYZMET ДЕМО НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ")?,
        serial()?,
        validity(profile, now)?,
        Urls::below(ADDRESS, "root"),
    )?;
    let facts = name("QYZMET ДЕМО КУӘЛАНДЫРУШЫ ОРТАЛЫҚ")?;
    let issuing = enrol(&root, "issuing", &facts, Signer::generate(KeyKind::EcP256)?, now)?;
    let issuing = Authority::new(issuing).with_urls(Urls::below(ADDRESS, "ca"));
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
    for (name, profile, holder) in deployment_keys()? {
        let signer = Signer::generate(KeyKind::EcP256)?;
        let identity = enrol(authority, profile, &SubjectFacts::new(holder)?, signer, now)?;
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

fn deployment_keys() -> Result<[(&'static str, &'static str, Holder); 4], Failure> {
    let ministry = Organisation::new("«QYZMET» ДЕМО МИНИСТРЛІГІ", PORTAL_BIN)?;
    let gateway = Organisation::new("«ДЕМО ШЛЮЗ» АҚ", GATEWAY_BIN)?;
    let person = Person::new(Some("ҮЛГІБАЕВА"), Some("ҮЛГІ"), EMPLOYEE_IIN)?;
    let person = person.with_patronymic(Some("ҮЛГІҚЫЗЫ"))?;
    let named = |name: &str, organisation: &Organisation| Holder::Organisation {
        name: name.to_owned(),
        organisation: organisation.clone(),
    };
    Ok([
        ("seal", "organisation-sign", named("QYZMET ПОРТАЛЫ", &ministry)),
        ("organisation", "system-sign", named("QYZMET", &ministry)),
        ("gateway", "system-sign", named("ЭҮШ ДЕМО", &gateway)),
        ("employee", "employee-sign", Holder::Member { organisation: ministry, person }),
    ])
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
