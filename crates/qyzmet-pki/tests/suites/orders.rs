//! An operator's signature over an order: what the signer takes, and everything that a stolen portal could try.

use qyzmet_pki::{
    Certificate, Identity, Invalid, KeyKind, PathRules, Reason, Revocation, Signer, Trust,
    authority::{
        CertificateState, Holder, Order, OrderRefused, OrderedCertificate, OrderedKey, Organisation,
        SignedOrder, SubjectFacts,
    },
    cms,
    request::SubjectKey,
};

use crate::support::{World, at, named_person, now, person, profile};

/// Stands in for a request; the order binds its bytes, whatever they are.
const REQUEST: &[u8] = b"a request";

fn ordered(der: &[u8]) -> OrderedKey<'_> {
    let signer = Signer::generate(KeyKind::EcP256).unwrap();
    OrderedKey { der, key: SubjectKey::from_der(signer.public_key_der()).unwrap().id() }
}

fn order() -> Vec<u8> {
    let person = person().identified("centre").stored_in("kaztoken");
    let certificates = [("person-sign", REQUEST), ("person-auth", b"another request".as_slice())]
        .map(|(id, request)| OrderedCertificate::new(profile(id), &ordered(request)));
    let order = Order::new("2026-000123", now(), &person, certificates.to_vec()).unwrap();
    order.to_bytes().unwrap()
}

fn member() -> SubjectFacts {
    let organisation = Organisation::new("«ҮЛГІ» АҚ", "060340004567").unwrap();
    SubjectFacts::new(Holder::Member { person: named_person(), organisation }).unwrap()
}

/// The signer's trust: the root alone, and no lists, since the table of states is asked.
fn trust(world: &World) -> Trust {
    let rules = PathRules { revocation: Revocation::NotChecked, ..PathRules::default() };
    world.trust_without_lists().with_rules(rules)
}

fn judge(
    world: &World,
    order: &[u8],
    signature: &[u8],
    state: impl Fn(&Certificate) -> CertificateState,
) -> Result<String, OrderRefused> {
    let signed = SignedOrder { order, signature };
    let confirmed = signed.verify(&trust(world), profile("operator-sign"), state, now())?;
    Ok(confirmed.order.number().to_owned())
}

fn good(_: &Certificate) -> CertificateState {
    CertificateState::Good
}

fn operator(world: &World) -> Identity {
    world.enrol("operator-sign", KeyKind::EcP256, &member())
}

/// [R839-6.P9] [R839-6.C3]
#[test]
fn an_order_counts_with_the_signature_of_an_operator_over_exactly_it() {
    let world = World::new(KeyKind::EcP256);
    let order = order();
    let signature = cms::sign(&order, &operator(&world), now()).unwrap();
    assert_eq!(judge(&world, &order, &signature, good).as_deref(), Ok("2026-000123"));

    let other = String::from_utf8(order.clone()).unwrap().replace("000123", "000124");
    let changed = judge(&world, other.as_bytes(), &signature, good);
    assert_eq!(changed, Err(OrderRefused::Signature(Invalid::ContentChanged)), "one digit");
}

/// [R839-5.15]
#[test]
fn whoever_is_no_operator_confirms_nothing() {
    let world = World::new(KeyKind::EcP256);
    let order = order();
    for id in ["employee-sign", "head-sign", "signatory-sign"] {
        let signature = cms::sign(&order, &world.enrol(id, KeyKind::EcP256, &member()), now()).unwrap();
        assert_eq!(judge(&world, &order, &signature, good), Err(OrderRefused::NotOperator), "{id}");
    }
    let signature =
        cms::sign(&order, &world.enrol("operator-auth", KeyKind::EcP256, &member()), now()).unwrap();
    let refused = judge(&world, &order, &signature, good);
    assert!(matches!(refused, Err(OrderRefused::Signature(Invalid::WrongPurpose { .. }))), "{refused:?}");
    let stranger = World::new(KeyKind::EcP256);
    let signature = cms::sign(&order, &operator(&stranger), now()).unwrap();
    assert_eq!(
        judge(&world, &order, &signature, good),
        Err(OrderRefused::Signature(Invalid::UntrustedIssuer))
    );
}

/// [R839-6.C3]
#[test]
fn a_suspended_revoked_or_unknown_operator_confirms_nothing_and_neither_does_a_revoked_authority() {
    let world = World::new(KeyKind::EcP256);
    let (order, operator) = (order(), operator(&world));
    let signature = cms::sign(&order, &operator, now()).unwrap();
    for (state, refused) in [
        (CertificateState::Revoked(Reason::CertificateHold), OrderRefused::Revoked(Reason::CertificateHold)),
        (CertificateState::Revoked(Reason::KeyCompromise), OrderRefused::Revoked(Reason::KeyCompromise)),
        (CertificateState::Unknown, OrderRefused::Unknown),
    ] {
        for concerned in &operator.chain[..2] {
            let found = judge(&world, &order, &signature, |certificate| {
                if certificate == concerned { state } else { CertificateState::Good }
            });
            assert_eq!(found, Err(refused.clone()));
        }
    }
}

/// [R839-6.C3]
#[test]
fn an_operators_certificate_counts_only_within_its_time() {
    let world = World::new(KeyKind::EcP256);
    let order = order();
    let signature = cms::sign(&order, &operator(&world), now()).unwrap();
    let signed = SignedOrder { order: &order, signature: &signature };
    let verify = |time| signed.verify(&trust(&world), profile("operator-sign"), good, at(time)).err();
    assert_eq!(verify("2026-12-01T00:00:00Z"), None);
    assert!(matches!(verify("2028-01-01T00:00:00Z"), Some(OrderRefused::Signature(Invalid::Expired(_)))));
    assert!(matches!(verify("2026-01-01T00:00:00Z"), Some(OrderRefused::Signature(Invalid::NotYetValid(_)))));
}

#[test]
fn an_order_has_one_form_and_names_each_request_once() {
    let bytes = order();
    let read = Order::from_bytes(&bytes).unwrap();
    assert_eq!(read.to_bytes().unwrap(), bytes);
    let text = String::from_utf8(bytes).unwrap();
    let spaced = text.replace("{\"certificates\"", "{ \"certificates\"");
    let doubled = text.replacen('{', "{\"number\":\"2026-000999\",", 1);
    let unknown = text.replacen('{', "{\"admin\":true,", 1);
    let wrong_iin = text.replace("900101450007", "90010145000");
    for bad in
        [spaced, doubled, unknown, wrong_iin, text.replace("\"registered\":\"2026", "\"registered\":\"x")]
    {
        assert_ne!(bad, text);
        assert!(Order::from_bytes(bad.as_bytes()).is_err(), "{bad}");
    }
    let key = ordered(REQUEST);
    let wished = OrderedCertificate::new(profile("person-sign"), &key);
    let order = Order::new("1", now(), &person(), vec![wished.clone()]).unwrap();
    assert_eq!(order.ordered(&key), Some(&wished));
    assert_eq!(order.ordered(&ordered(REQUEST)), None, "another key");
    assert_eq!(order.ordered(&OrderedKey { der: b"another request", ..key }), None);
    for certificates in [vec![], vec![wished.clone(), wished]] {
        assert!(Order::new("1", now(), &person(), certificates).is_err(), "nothing, or one key twice");
    }
    assert!(!format!("{order:?}").contains("900101450007"), "nothing personal is shown");
}
