//! All rules, in the order of the fields that they look at; a new rule is a file here and a line in the list.

mod algorithm;
mod alt_name;
mod authority_info_access;
mod authority_key_id;
mod basic_constraints;
mod criticality;
mod distribution_points;
mod extended_key_usage;
mod extensions;
mod freshest_crl;
mod issuer;
mod key;
mod key_storage;
mod key_usage;
mod ocsp_no_check;
mod organisation_length;
mod points;
mod policies;
mod serial;
mod subject;
mod subject_key_id;
mod subject_length;
mod subject_text;
mod time_encoding;
mod unique_extensions;
mod unique_ids;
mod validity;
mod version;

use super::{Body, Finding, Rule, Severity, Wanted};

/// Every rule.
pub(super) const ALL: [Rule; 27] = [
    version::RULE,
    serial::RULE,
    algorithm::RULE,
    issuer::RULE,
    time_encoding::RULE,
    validity::RULE,
    subject::RULE,
    subject_text::RULE,
    subject_length::RULE,
    organisation_length::RULE,
    key::RULE,
    unique_ids::RULE,
    extensions::RULE,
    unique_extensions::RULE,
    criticality::RULE,
    basic_constraints::RULE,
    key_usage::RULE,
    extended_key_usage::RULE,
    authority_key_id::RULE,
    subject_key_id::RULE,
    alt_name::RULE,
    policies::RULE,
    distribution_points::RULE,
    freshest_crl::RULE,
    authority_info_access::RULE,
    key_storage::RULE,
    ocsp_no_check::RULE,
];

/// The finding about bytes that are not even a body, before any rule can look at them.
pub(super) fn encoding() -> Finding {
    Finding {
        rule: "encoding",
        citation: "RFC 5280, 4.1; X.690, 10",
        severity: Severity::Error,
        what: "the bytes are not a to-be-signed body in DER",
    }
}
