//! The body names the algorithm with which the issuer's key signs. The same identifier is written beside the signature
//! when the certificate is finished, so that both places agree.

use super::{Body, Rule, Severity, Wanted};

pub(super) const RULE: Rule =
    Rule { name: "algorithm", citation: "RFC 5280, 4.1.1.2 and 4.1.2.3", severity: Severity::Error, check };

fn check(body: &Body<'_>, wanted: &Wanted<'_>) -> Result<(), &'static str> {
    let same = body.algorithm.raw == wanted.issuer.algorithm.to_der();
    if same { Ok(()) } else { Err("the signature algorithm is not that of the issuer's key") }
}
