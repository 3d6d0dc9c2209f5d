//! Certificates of an order: everything is verified here again, since whoever asks may be a portal in strange hands.

use std::{collections::BTreeMap, sync::Arc};

use aws_lc_rs::digest;
use jiff::{SignedDuration, Timestamp};
use qyzmet_app::{
    authority::orders::{JudgeError, OrderGround, OrderProblem},
    ports::{CertificateWish, CertificatesOrder, Fault, OrderRefusal, Unsigned},
};
use qyzmet_pki::{
    authority::{
        Draft, HolderKind, Issuer, Order, OrderRefused, OrderedCertificate, OrderedKey, Profile, Profiles,
        SignedOrder, Urls, Validity, written_serial,
    },
    request::{Request, WeakKey},
};
use qyzmet_store::{
    StoreError, Tx,
    repositories::signer::{self, SignedRow},
};

use super::{InProcess, IssuerKey};

/// A certificate begins at most so long before its order was registered, or after the present moment.
const SLACK: SignedDuration = SignedDuration::from_mins(10);

/// What is asked for, with its requests read: each proves the possession of a strong key.
struct Asked {
    order: CertificatesOrder,
    requests: Vec<Request>,
    order_sha256: Vec<u8>,
}

/// The certificates of an order as DER, or why there are none.
type Signed = Result<Vec<Vec<u8>>, Unsigned>;

impl InProcess {
    /// Signs the certificates of an order, or gives those that it has signed for it before.
    pub(super) async fn certify(&self, order: CertificatesOrder) -> Signed {
        let asked = Arc::new(Asked::read(order)?);
        let now = self.clock.now();
        let again = Arc::clone(&asked);
        let recorded = self.record.read(move |tx| again.recorded(tx)).await.map_err(not_now)?;
        if let Some(recorded) = recorded {
            return recorded;
        }
        if asked.requests.iter().any(|request| self.known_keys.holds(request.key())) {
            return Err(refused(OrderGround::WeakKey, WeakKey::Known));
        }
        let order = self.judge(&asked, now).await?;
        let (issuers, origin) = (Arc::clone(&self.issuers), self.origin.clone());
        let signing = Arc::clone(&asked);
        // A key in a token blocks while the token works.
        let rows = tokio::task::spawn_blocking(move || {
            Pen { issuers: &issuers, origin: &origin, now }.sign(&order, &signing)
        });
        let rows = rows.await.map_err(|_| not_now("the signer has given up"))??;
        let rows = Arc::new(rows);
        // Only what is recorded leaves: a signature that a crash takes along has never been seen by anybody.
        let kept = self.record.write(move |tx| {
            for row in rows.iter() {
                if !signer::record(tx, row)? {
                    return asked.recorded(tx).map(|found| found.unwrap_or_else(|| Err(taken())));
                }
            }
            Ok::<_, StoreError>(Ok(rows.iter().map(|row| row.der.clone()).collect()))
        });
        kept.await.map_err(not_now)?
    }

    /// Whether an operator who may act now has signed exactly this order. The portal has asked all of this before; whoever
    /// holds the portal in strange hands has not.
    async fn judge(&self, asked: &Arc<Asked>, now: Timestamp) -> Result<Order, Unsigned> {
        let (judge, asked, rules) = (Arc::clone(&self.judge), Arc::clone(asked), self.rules.clone());
        let judged = self.portal.read(move |tx| {
            let signed = SignedOrder { order: &asked.order.order, signature: &asked.order.signature };
            let confirmed = match judge.judge(tx, &signed, now)? {
                Ok(confirmed) => confirmed,
                Err(refused @ OrderRefused::Undetermined(_)) => {
                    return Ok(Err(not_now(refused)));
                }
                Err(refused) => return Ok(Err(found(&OrderProblem::from(refused)))),
            };
            let may_act = judge.may_act(tx, &confirmed.operator, (&rules, now))?;
            let barred = |why| refused(OrderGround::OperatorBarred, why);
            Ok::<_, JudgeError>(may_act.map(|()| confirmed.order).map_err(barred))
        });
        judged.await.map_err(not_now)?
    }
}

impl Asked {
    fn read(order: CertificatesOrder) -> Result<Self, Unsigned> {
        let requests = order.wishes.iter().map(|wish| Request::from_der(&wish.request));
        let requests = requests.collect::<Result<Vec<_>, _>>();
        let requests = requests.map_err(|error| found(&OrderProblem::from(error)))?;
        let order_sha256 = digest::digest(&digest::SHA256, &order.order).as_ref().to_vec();
        if requests.is_empty() {
            return Err(strange("nothing is asked for"));
        }
        Ok(Self { order, requests, order_sha256 })
    }

    /// What was signed for exactly this before; a key that has a certificate gets no other.
    fn recorded(&self, tx: &mut Tx<'_>) -> Result<Option<Signed>, StoreError> {
        let mut found = Vec::new();
        for (wish, request) in self.order.wishes.iter().zip(&self.requests) {
            let Some(row) = signer::by_key(tx, request.key().id().as_bytes())? else { continue };
            if row.order_sha256 != self.order_sha256 || row.body_sha256 != wish.body_sha256 {
                return Ok(Some(Err(taken())));
            }
            found.push(row.der);
        }
        if found.is_empty() {
            return Ok(None);
        }
        let whole = found.len() == self.requests.len();
        Ok(Some(if whole { Ok(found) } else { Err(taken()) }))
    }
}

/// The hand that signs.
struct Pen<'a> {
    issuers: &'a BTreeMap<String, IssuerKey>,
    origin: &'a str,
    now: Timestamp,
}

impl Pen<'_> {
    fn sign(&self, order: &Order, asked: &Asked) -> Result<Vec<SignedRow>, Unsigned> {
        let wishes = &asked.order.wishes;
        if order.certificates().len() != wishes.len() {
            return Err(strange("not the certificates that were ordered"));
        }
        let each = order.certificates().iter().zip(wishes).zip(&asked.requests);
        each.map(|((ordered, wish), request)| self.sign_one(order, ordered, (wish, request), asked)).collect()
    }

    fn sign_one(
        &self,
        order: &Order,
        ordered: &OrderedCertificate,
        (wish, request): (&CertificateWish, &Request),
        asked: &Asked,
    ) -> Result<SignedRow, Unsigned> {
        let key = request.key();
        if !ordered.is_for(&OrderedKey { der: &wish.request, key: key.id() }) {
            return Err(strange("not the request that was ordered"));
        }
        let profile = profile(ordered)?;
        // Which keys it holds and what they issue is how it is set up: that may be mended without anybody asking anew.
        let issuer = self.issuers.get(&wish.issuer);
        let issuer = issuer.ok_or_else(|| not_now("the signer has no key of this issuer"))?;
        let own = issuer.key.certificate().map_err(not_now)?;
        if !issuer.issues.allows(profile, key) {
            return Err(not_now("this issuer does not certify such a key by this profile"));
        }
        let validity = self.validity(order, wish, profile)?;
        if validity.not_after.min(own.not_after()) != wish.not_after {
            return Err(strange("not the time for which the profile is issued"));
        }
        let writer = Issuer::new(own, Urls::below(self.origin, &wish.issuer)).map_err(not_now)?;
        let draft = Draft {
            profile,
            facts: order.facts(),
            key,
            serial: wish.serial,
            validity: Validity { not_after: wish.not_after, ..validity },
            shard: wish.part,
        };
        let body = writer.prepare(&draft).map_err(|error| refused(OrderGround::Profile, error))?;
        let body_sha256 = hex::decode(body.fingerprint()).map_err(not_now)?;
        if body_sha256 != wish.body_sha256 || written_serial(wish.serial) != wish.serial {
            return Err(strange("not the body that was intended"));
        }
        let signature = issuer.key.signer.sign(body.der());
        let signature = signature.map_err(not_now)?;
        let certificate = body.finish_verified(&signature, own).map_err(not_now)?;
        Ok(SignedRow {
            key_id: key.id().as_bytes().to_vec(),
            order_number: order.number().to_owned(),
            order_sha256: asked.order_sha256.clone(),
            issuer: wish.issuer.clone(),
            serial: wish.serial.to_vec(),
            body_sha256,
            der: certificate.der().to_vec(),
            signed_at: self.now,
        })
    }

    /// The whole time of the profile from when the wish begins: neither before the order nor in the future. A clock that has
    /// jumped is a fault, since it comes back.
    fn validity(
        &self,
        order: &Order,
        wish: &CertificateWish,
        profile: &Profile,
    ) -> Result<Validity, Unsigned> {
        let earliest = order.registered().checked_sub(SLACK).map_err(strange)?;
        let latest = self.now.checked_add(SLACK).map_err(not_now)?;
        if wish.not_before < earliest {
            return Err(strange("it would begin before it was ordered"));
        }
        if wish.not_before > latest {
            return Err(not_now("it would begin in the future: a clock is wrong"));
        }
        profile.validity(wish.not_before).map_err(|error| refused(OrderGround::Profile, error))
    }
}

/// The profile, when operators may order by it: authorities and their services come from ceremonies alone.
fn profile(ordered: &OrderedCertificate) -> Result<&'static Profile, Unsigned> {
    let unknown = |error| refused(OrderGround::Profile, error);
    let profile = Profiles::nca().and_then(|all| all.get(ordered.profile())).map_err(unknown)?;
    let of_people = !matches!(profile.holder(), HolderKind::Service | HolderKind::Server);
    if of_people && !profile.is_authority() {
        Ok(profile)
    } else {
        Err(refused(OrderGround::Profile, "nobody orders by this profile"))
    }
}

fn taken() -> Unsigned {
    refused(OrderGround::KeyUsed, "another certificate was signed for this key")
}

/// The portal asks for something else than the operator has signed.
fn strange(why: impl std::fmt::Display) -> Unsigned {
    refused(OrderGround::NotAsOrdered, why)
}

/// What the portal too would have found.
fn found(problem: &OrderProblem) -> Unsigned {
    Unsigned::Refused(OrderRefusal::from(problem))
}

fn refused(ground: OrderGround, why: impl std::fmt::Display) -> Unsigned {
    Unsigned::Refused(OrderRefusal { ground, why: why.to_string() })
}

/// Nothing about the order: it is tried again.
fn not_now(why: impl std::fmt::Display) -> Unsigned {
    Unsigned::Fault(Fault::Unavailable(why.to_string()))
}
