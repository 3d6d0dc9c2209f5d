//! Lists follow a change within a minute: full, part and delta.

use super::{Checker, pkilint};

/// `-use_deltas` makes OpenSSL look for them among the lists that it is given.
const CHECK: &str = "openssl verify -x509_strict -crl_check_all -CAfile root.pem -untrusted ca.pem \
                     -CRLfile root-list.pem";

/// [R839-8.P3] [R839-10.P7]
#[test]
fn a_hold_comes_into_the_lists_within_a_minute_and_a_release_takes_it_out() {
    let checker = Checker::start();
    checker.list("/pki/crl/root.crl", "root-list");
    checker.until("/pki/crl/ca.crl", "before", |_| true);
    checker.must(&format!("{CHECK} -CRLfile before.pem own.pem"));

    checker.change("hold", &[]);
    let serial = checker.printed_serial();
    let held = checker.until("/pki/crl/ca.crl", "held", |text| text.contains(&serial));
    assert!(held.contains("Certificate Hold"), "{held}");
    assert!(held.contains("X509v3 Freshest CRL"), "{held}");
    let delta = checker.until("/pki/crl/ca/delta.crl", "held-delta", |text| text.contains(&serial));
    assert!(delta.contains("X509v3 Delta CRL Indicator: critical"), "{delta}");
    let part = part_of(&checker.serial);
    let path = format!("/pki/crl/ca/{part}.crl");
    let text = checker.until(&path, "held-part", |text| text.contains(&serial));
    assert!(text.contains("Issuing Distribution Point: critical") && text.contains(&path), "{text}");
    for lists in ["-CRLfile held.pem", "-use_deltas -CRLfile before.pem -CRLfile held-delta.pem"] {
        let (good, said) = checker.run(&format!("{CHECK} {lists} own.pem"));
        assert!(!good && said.contains("certificate revoked"), "{lists}: {said}");
    }

    checker.change("release", &[]);
    let delta =
        checker.until("/pki/crl/ca/delta.crl", "released-delta", |text| text.contains("Remove From CRL"));
    assert!(delta.contains(&serial), "{delta}");
    let full = checker.until("/pki/crl/ca.crl", "released", |text| !text.contains(&serial));
    assert!(number(&full) > number(&held), "numbers grow: {full}");
    // Whoever still holds the list with the hold learns from the delta that it is over.
    checker.must(&format!("{CHECK} -use_deltas -CRLfile held.pem -CRLfile released-delta.pem own.pem"));
    checker.must(&format!("{CHECK} -CRLfile released.pem own.pem"));
    lint(&checker, &["before", "held", "held-delta", "held-part", "released-delta", "released", "root-list"]);
}

/// [R839-10.P7] [R839-T5.9]
#[test]
fn what_is_revoked_stays_revoked_with_its_date_and_reason() {
    let checker = Checker::start();
    let moment = checker.must("date -u '+%b %e %H:'").trim().to_owned();
    checker.change("revoke", &["--reason", "key-compromise"]);
    let serial = checker.printed_serial();
    let text = checker.until("/pki/crl/ca.crl", "revoked", |text| text.contains(&serial));
    assert!(
        text.contains("Key Compromise") && text.contains(&format!("Revocation Date: {moment}")),
        "{text}"
    );
    for step in ["hold", "release"] {
        let refused = checker.portal.world.run(&checker.changing(step, &[]));
        assert!(refused.is_err(), "{step} of a revoked certificate");
    }
    // A second revocation changes nothing, not even the reason.
    checker.change("revoke", &["--reason", "superseded"]);
    let again = checker.list("/pki/crl/ca.crl", "again");
    assert!(again.contains("Key Compromise") && !again.contains("Superseded"), "{again}");
}

/// The part that the demonstration's sixteen parts give to a serial number.
fn part_of(serial: &str) -> u32 {
    let tail = serial.get(serial.len().saturating_sub(6)..).expect("digits");
    u32::from_str_radix(tail, 16).expect("digits") % 16
}

fn number(text: &str) -> u64 {
    let (_, rest) = text.split_once("X509v3 CRL Number:").expect("a number");
    let number = rest.trim_start().lines().next().expect("a number").trim();
    number
        .trim_start_matches("0x")
        .parse()
        .or_else(|_| u64::from_str_radix(number.trim_start_matches("0x"), 16))
        .expect("digits")
}

/// pkilint finds no error in any of the lists.
fn lint(checker: &Checker, names: &[&str]) {
    let Some(lint) = pkilint("lint_crl") else { return };
    for name in names {
        let said =
            checker.must(&format!("{lint} lint -t CRL -p PKIX -s ERROR --document-format DER {name}.crl"));
        assert_eq!(said.trim(), "", "{name}");
    }
}
