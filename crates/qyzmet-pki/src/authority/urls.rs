//! Where relying parties find lists, answers and the issuer's certificate.

/// The word in an address that gives place to the number of the shard.
const SHARD: &str = "{shard}";

/// Addresses that an authority writes into certificates. Where `{shard}` stands in an address of lists, the number of the
/// certificate's shard is written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Urls {
    /// Revocation lists (CRL distribution point), mirrors included.
    pub crl: Vec<String>,
    /// Delta lists (freshest CRL), mirrors included.
    pub delta: Vec<String>,
    /// OCSP responder (AIA).
    pub ocsp: Option<String>,
    /// The issuer's certificate (AIA).
    pub issuer: Option<String>,
    /// The certification practice statement, a policy qualifier.
    pub practice: Option<String>,
}

impl Urls {
    /// The addresses at which the portal itself publishes for an authority, below its own address such as
    /// `http://portal.example.kz`: lists by shard,
    /// responder and certificate. A delta says what is new since the list of everything, not since that
    /// of a shard, so certificates do not name it; the list of everything does.
    ///
    /// They are addresses of plain HTTP also when the portal itself is not: what is fetched there is signed, and whoever
    /// needs it to judge a certificate cannot be asked to judge that of a server first (RFC 5280, 4.2.1.13 and 8).
    #[must_use]
    pub fn below(base: &str, authority: &str) -> Self {
        let base = Self::plain(base);
        Self {
            crl: vec![format!("{base}/pki/crl/{authority}/{SHARD}.crl")],
            delta: Vec::new(),
            ocsp: Some(format!("{base}/pki/ocsp")),
            issuer: Some(format!("{base}/pki/ca/{authority}.crt")),
            practice: None,
        }
    }

    /// The same address over plain HTTP, without a slash at its end.
    #[must_use]
    pub fn plain(base: &str) -> String {
        let base = base.trim_end_matches('/');
        base.strip_prefix("https://").map_or_else(|| base.to_owned(), |rest| format!("http://{rest}"))
    }

    /// Addresses of the full lists of a shard.
    #[must_use]
    pub fn full_lists(&self, shard: u16) -> Vec<String> {
        of_shard(&self.crl, shard)
    }

    /// Addresses of the delta lists of a shard.
    #[must_use]
    pub fn delta_lists(&self, shard: u16) -> Vec<String> {
        of_shard(&self.delta, shard)
    }
}

fn of_shard(addresses: &[String], shard: u16) -> Vec<String> {
    addresses.iter().map(|address| address.replace(SHARD, &shard.to_string())).collect()
}
