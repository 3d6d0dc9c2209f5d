//! The demonstration's own authorities, and the keys of the portal, its employee, its organisation and the gateway.

use jiff::{SignedDuration, Timestamp};
use qyzmet_pki::{
    Identity, KeyKind, Signer,
    authority::{
        Authority, Holder, Organisation, Person, Profile, Profiles, Serial, SubjectFacts, Urls, Validity,
    },
    cms, pkcs12,
};

use super::{
    super::{Failure, nca::random},
    KEY_PASSWORD, Places,
};
use crate::nca::{ceremony::Ceremony, plan::Plan};

/// BIN of the invented organisation that runs the demonstration's portal.
const PORTAL_BIN: &str = "160440007161";
/// BIN of the invented organisation that runs the demonstration's gateway.
const GATEWAY_BIN: &str = "190440005557";
/// Where the demonstration's authority is said to publish; nothing asks there, since the lists lie in files.
const ADDRESS: &str = "http://pki.demo.example";
/// IIN of the invented employee who signs results.
const EMPLOYEE_IIN: &str = "850101300015";
/// IIN of the invented person who approves the ceremony besides the employee.
const SECOND_IIN: &str = "900101450006";

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

/// Founds a root and an issuing authority in the way in which every authority is founded: by an approved ceremony file. Their
/// certificates and lists go where the demonstration looks for them.
pub(super) fn found(places: &Places, now: Timestamp) -> Result<Authority, Failure> {
    let approvers = [approver("БІРІНШІ", EMPLOYEE_IIN, now)?, approver("ЕКІНШІ", SECOND_IIN, now)?];
    let mut text = include_str!("../../../templates/demo-ceremony.toml").to_owned();
    for ((mark, name), approver) in [("{first}", "1"), ("{second}", "2")].into_iter().zip(&approvers) {
        text = text.replace(mark, &approver.certificate()?.fingerprint());
        let file = places.people(&format!("approver-{name}.p12"));
        std::fs::write(file, pkcs12::write(approver, KEY_PASSWORD, "approver")?)?;
    }
    std::fs::write(places.ceremony(), &text)?;
    let signatures = approvers.iter().map(|approver| cms::sign(text.as_bytes(), approver, now));
    let signatures = signatures.collect::<Result<Vec<_>, _>>()?;
    let plan = Plan::read(&places.ceremony())?;
    // Nobody files the report of a demonstration, and printing it would be most of the time that founding takes.
    let ceremony = Ceremony { plan: &plan, signatures: &signatures, now, printed: false };
    let folder = places.nca();
    let mut founded = ceremony.carry_out(&folder, &random, &mut |_| {})?;
    for name in ["root", "ca"] {
        std::fs::copy(folder.certificate(name), places.pki(&format!("{name}.pem")))?;
        std::fs::copy(folder.list(name), places.pki(&format!("{name}.crl")))?;
    }
    let identity = founded.identities.remove("ca").ok_or("the ceremony has made no authority")?;
    Ok(Authority::new(identity).with_urls(Urls::below(ADDRESS, "ca")))
}

/// A person with a key for approving; before there is an authority, the certificate is the person's own.
fn approver(name: &str, iin: &str, now: Timestamp) -> Result<Identity, Failure> {
    let facts = SubjectFacts::new(Holder::Person(Person::new(Some("БЕКІТУШІ"), Some(name), iin)?))?;
    let signer = Signer::generate(KeyKind::EcP256)?;
    let profile = Profiles::nca()?.get("person-sign")?;
    let urls = Urls::below(ADDRESS, "approvers");
    let own =
        Authority::self_signed(signer.clone(), profile, &facts, serial()?, validity(profile, now)?, urls)?;
    Ok(Identity { signer, chain: own.chain().to_vec() })
}

/// Makes the secrets, the password of all key files among them.
pub(super) fn draw(places: &Places) -> Result<(), Failure> {
    for name in ["password", "master.hex", "documents.hex"] {
        std::fs::write(places.keys(name), secret()?)?;
    }
    Ok(())
}

/// Makes the keys of the deployment and of the gateway.
pub(super) fn equip(places: &Places, authority: &Authority, now: Timestamp) -> Result<(), Failure> {
    let password = std::fs::read_to_string(places.keys("password"))?;
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
        assert!(EMPLOYEE_IIN.parse::<Iin>().is_ok() && SECOND_IIN.parse::<Iin>().is_ok());
    }
}
