//! Every object identifier that this crate knows, under one roof.

use const_oid::ObjectIdentifier;

/// Declares identifiers that are checked when the crate is compiled.
macro_rules! oids {
    ($($name:ident = $text:literal;)*) => {
        $(pub(crate) const $name: ObjectIdentifier = ObjectIdentifier::new_unwrap($text);)*
    };
}

// Keys and signatures.
oids! {
    EC_PUBLIC_KEY = "1.2.840.10045.2.1";
    P256 = "1.2.840.10045.3.1.7";
    P384 = "1.3.132.0.34";
    P521 = "1.3.132.0.35";
    RSA = "1.2.840.113549.1.1.1";
    ED25519 = "1.3.101.112";
    ECDSA_SHA1 = "1.2.840.10045.4.1";
    ECDSA_SHA256 = "1.2.840.10045.4.3.2";
    ECDSA_SHA384 = "1.2.840.10045.4.3.3";
    ECDSA_SHA512 = "1.2.840.10045.4.3.4";
    RSA_MD5 = "1.2.840.113549.1.1.4";
    RSA_SHA1 = "1.2.840.113549.1.1.5";
    RSA_PSS = "1.2.840.113549.1.1.10";
    RSA_SHA256 = "1.2.840.113549.1.1.11";
    RSA_SHA384 = "1.2.840.113549.1.1.12";
    RSA_SHA512 = "1.2.840.113549.1.1.13";
    DSA_SHA1 = "1.2.840.10040.4.3";
    MGF1 = "1.2.840.113549.1.1.8";
    MD5 = "1.2.840.113549.2.5";
    SHA1 = "1.3.14.3.2.26";
    SHA256 = "2.16.840.1.101.3.4.2.1";
    SHA384 = "2.16.840.1.101.3.4.2.2";
    SHA512 = "2.16.840.1.101.3.4.2.3";
}

// Encrypted keys.
oids! {
    PBES2 = "1.2.840.113549.1.5.13";
    PBKDF2 = "1.2.840.113549.1.5.12";
    HMAC_SHA256 = "1.2.840.113549.2.9";
    AES_256_CBC = "2.16.840.1.101.3.4.1.42";
}

// Names.
oids! {
    COMMON_NAME = "2.5.4.3";
    SURNAME = "2.5.4.4";
    SERIAL_NUMBER = "2.5.4.5";
    COUNTRY = "2.5.4.6";
    ORGANISATION = "2.5.4.10";
    ORGANISATIONAL_UNIT = "2.5.4.11";
    GIVEN_NAME = "2.5.4.42";
    EMAIL = "1.2.840.113549.1.9.1";
}

// Extensions of certificates and revocation lists.
oids! {
    SUBJECT_KEY_ID = "2.5.29.14";
    KEY_USAGE = "2.5.29.15";
    SUBJECT_ALT_NAME = "2.5.29.17";
    ISSUER_ALT_NAME = "2.5.29.18";
    BASIC_CONSTRAINTS = "2.5.29.19";
    CRL_NUMBER = "2.5.29.20";
    REASON_CODE = "2.5.29.21";
    INVALIDITY_DATE = "2.5.29.24";
    DELTA_CRL = "2.5.29.27";
    ISSUING_DISTRIBUTION_POINT = "2.5.29.28";
    NAME_CONSTRAINTS = "2.5.29.30";
    CRL_DISTRIBUTION_POINTS = "2.5.29.31";
    CERTIFICATE_POLICIES = "2.5.29.32";
    ANY_POLICY = "2.5.29.32.0";
    POLICY_MAPPINGS = "2.5.29.33";
    AUTHORITY_KEY_ID = "2.5.29.35";
    POLICY_CONSTRAINTS = "2.5.29.36";
    EXTENDED_KEY_USAGE = "2.5.29.37";
    FRESHEST_CRL = "2.5.29.46";
    INHIBIT_ANY_POLICY = "2.5.29.54";
    AUTHORITY_INFO_ACCESS = "1.3.6.1.5.5.7.1.1";
    OCSP = "1.3.6.1.5.5.7.48.1";
    CA_ISSUERS = "1.3.6.1.5.5.7.48.2";
    OCSP_NO_CHECK = "1.3.6.1.5.5.7.48.1.5";
    CPS = "1.3.6.1.5.5.7.2.1";
}

// Extended key usages, and the conventions of the National Certification Authority of Kazakhstan.
oids! {
    SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4";
    TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
    OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
    NCA_PERSON = "1.2.398.3.3.4.1.1";
    NCA_ORGANISATION = "1.2.398.3.3.4.1.2";
    NCA_HEAD = "1.2.398.3.3.4.1.2.1";
    NCA_CAN_SIGN = "1.2.398.3.3.4.1.2.2";
    NCA_FINANCE = "1.2.398.3.3.4.1.2.3";
    NCA_HR = "1.2.398.3.3.4.1.2.4";
    NCA_EMPLOYEE = "1.2.398.3.3.4.1.2.5";
    NCA_SYSTEM = "1.2.398.3.3.4.1.2.6";
    NCA_OPERATOR = "1.2.398.3.3.4.2.3";
    NCA_KEY_STORAGE = "1.2.398.3.3.5";
    NCA_ID_CARD = "1.2.398.3.3.5.2.1";
}

// Requests for certificates.
oids! {
    EXTENSION_REQUEST = "1.2.840.113549.1.9.14";
}

// Answers about single certificates (RFC 6960).
oids! {
    OCSP_BASIC = "1.3.6.1.5.5.7.48.1.1";
    OCSP_NONCE = "1.3.6.1.5.5.7.48.1.2";
    OCSP_ACCEPTABLE = "1.3.6.1.5.5.7.48.1.4";
    OCSP_ARCHIVE_CUTOFF = "1.3.6.1.5.5.7.48.1.6";
    OCSP_PREFERRED_ALGORITHMS = "1.3.6.1.5.5.7.48.1.8";
}

// Time-stamps (RFC 3161), and the digests of Kazakhstan that are stamped without being computed here.
oids! {
    TIME_STAMP_INFO = "1.2.840.113549.1.9.16.1.4";
    STREEBOG_256 = "1.2.398.3.10.1.3.2";
    STREEBOG_512 = "1.2.398.3.10.1.3.3";
}

// Cryptographic messages.
oids! {
    DATA = "1.2.840.113549.1.7.1";
    SIGNED_DATA = "1.2.840.113549.1.7.2";
    CONTENT_TYPE = "1.2.840.113549.1.9.3";
    MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
    SIGNING_TIME = "1.2.840.113549.1.9.5";
    SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";
    SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";
}
