//! Registering an order: requests are read, keys judged, and the subject is taken from the facts of registers alone.

use std::num::NonZeroU16;

use jiff::Timestamp;
use qyzmet_domain::{AccountId, CaseId};
use qyzmet_pki::{
    authority::{
        self, Draft, Holder, Order, OrderedCertificate, OrderedKey, Organisation, Person, Profile, Profiles,
        SubjectFacts, Urls,
    },
    crl::shard_of,
    request::{Request, RequestError, SubjectKey, WeakKey},
};
use qyzmet_store::{
    Tx,
    repositories::{
        certificates,
        orders::{self, OrderRow, OrderState, RequestRow},
    },
};
use serde_json::json;

use super::{
    super::{Issuer, choice::choose, is_here},
    OrderProblem,
};
use crate::{Access, App, Cx, Draw, Error, UseCase, record::Record};

/// An order that is to be registered.
#[derive(Clone)]
pub struct NewOrder {
    /// Its unique number.
    pub number: String,
    /// Whose account, if any.
    pub account: Option<AccountId>,
    /// The case that asks for it.
    pub case: Option<CaseId>,
    /// Whose certificates, from registers.
    pub facts: SubjectFacts,
    /// What is asked for.
    pub wishes: Vec<Wish>,
}

/// One certificate that is asked for.
#[derive(Clone, PartialEq, Eq)]
pub struct Wish {
    /// The profile.
    pub profile: String,
    /// PKCS#10, exactly as it came.
    pub request: Vec<u8>,
}

/// Registers an order in the unit of the case; the answer is the canonical form, which the operator will sign. Asked again
/// for the same number, requests and facts it gives the form that is kept.
///
/// # Errors
/// Those of the store; a refusal is a value.
pub fn register(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    app: &App,
    new: &NewOrder,
) -> Result<Result<Vec<u8>, OrderProblem>, Error> {
    if let Some(kept) = orders::by_number(tx, &new.number)? {
        return same(tx, &kept, new);
    }
    if !is_here(app, draw.now()) {
        return Err(Error::fault("no authority of this deployment is in force"));
    }
    let requests = match read(draw, app, new) {
        Ok(requests) => requests,
        Err(problem) => return Ok(Err(problem)),
    };
    let ordered = requests.iter().map(|(_, ordered)| ordered.clone()).collect();
    let order = Order::new(&new.number, draw.now(), &new.facts, ordered);
    let Ok(text) = order.and_then(|order| order.to_bytes()) else {
        return Ok(Err(OrderProblem::Profile("not what one order holds".to_owned())));
    };
    // All keys are looked for before the first is written: a refused order would block the keys that it came with.
    for (row, _) in &requests {
        if orders::is_key_used(tx, &row.key_id)? || certificates::by_key(tx, &row.key_id)?.is_some() {
            return Ok(Err(OrderProblem::KeyUsed));
        }
    }
    for (row, _) in &requests {
        if !orders::add_request(tx, row)? {
            return Err(Error::fault("a key came twice into one order"));
        }
    }
    orders::insert(tx, &row(draw, new, &text))?;
    let keys: Vec<String> = requests.iter().map(|(row, _)| hex::encode(&row.key_id)).collect();
    let profiles: Vec<&str> = new.wishes.iter().map(|wish| wish.profile.as_str()).collect();
    let mut entry = Record::of("system".to_owned(), "certificates-ordered")
        .clause("839-2012:6.P4")
        .payload(json!({ "number": new.number, "by-case": new.case, "keys": keys, "profiles": profiles }));
    if let Some(account) = new.account {
        entry = entry.subject(account);
    }
    entry.write(tx, draw)?;
    Ok(Ok(text))
}

/// The authority that certifies this key by this profile now.
pub(super) fn issuer<'a>(
    app: &'a App,
    what: (&Profile, &SubjectKey),
    now: Timestamp,
) -> Result<&'a Issuer, OrderProblem> {
    let issuers = app.authority().map(|authority| authority.issuers.as_slice()).unwrap_or_default();
    choose(issuers, what, now).ok_or(OrderProblem::NoIssuer)
}

/// What an authority of this portal writes about itself.
pub(super) fn writer(app: &App, issuer: &Issuer) -> Result<authority::Issuer, OrderProblem> {
    Ok(authority::Issuer::new(&issuer.certificate, Urls::below(&app.settings.origin, &issuer.name))?)
}

/// The part of the revocation lists in which a serial number will stand.
pub(super) fn part_of(issuer: &Issuer, serial: &[u8]) -> u16 {
    let parts = u16::try_from(issuer.parts).ok().and_then(NonZeroU16::new).unwrap_or(NonZeroU16::MIN);
    shard_of(serial, parts)
}

/// Reads the requests; what cannot become a certificate is found here, before anybody acts on it.
fn read(
    draw: &Draw,
    app: &App,
    new: &NewOrder,
) -> Result<Vec<(RequestRow, OrderedCertificate)>, OrderProblem> {
    let profiles = Profiles::nca().map_err(|error| OrderProblem::Profile(error.to_string()))?;
    let known = app.authority().map(|authority| authority.known_keys.clone()).unwrap_or_default();
    let mut rows = Vec::new();
    for (place, wish) in (0..).zip(&new.wishes) {
        let profile =
            profiles.get(&wish.profile).map_err(|error| OrderProblem::Profile(error.to_string()))?;
        let request = Request::from_der(&wish.request)?;
        if names_another(&request, &new.facts) {
            return Err(OrderProblem::OtherPerson);
        }
        let validity = profile.validity(draw.now())?;
        let (facts, key) = (&new.facts, request.key());
        if known.holds(key) {
            return Err(RequestError::Key(WeakKey::Known).into());
        }
        let issuer = issuer(app, (profile, key), draw.now())?;
        // A trial with a serial number that nobody gets: the profile and the lint say now what they would say later.
        writer(app, issuer)?.prepare(&Draft {
            profile,
            facts,
            key,
            serial: [0x11; 20],
            validity,
            shard: 0,
        })?;
        let ordered = OrderedCertificate::new(profile, &OrderedKey { der: &wish.request, key: key.id() });
        let row = RequestRow {
            key_id: key.id().as_bytes().to_vec(),
            order_number: new.number.clone(),
            place,
            profile: wish.profile.clone(),
            request: wish.request.clone(),
            intent: None,
        };
        rows.push((row, ordered));
    }
    Ok(rows)
}

/// A request need not name anybody, but whom it names is the one whom the registers know.
fn names_another(request: &Request, facts: &SubjectFacts) -> bool {
    let claims = request.claims();
    let (person, organisation) = numbers(facts.holder());
    let differs = |claim: &Option<String>, known: Option<&str>| {
        claim.as_deref().is_some_and(|claim| known.is_some_and(|known| known != claim))
    };
    differs(&claims.iin, person.map(Person::iin).or(Some("")))
        || differs(&claims.bin, organisation.map(Organisation::bin).or(Some("")))
}

fn numbers(holder: &Holder) -> (Option<&Person>, Option<&Organisation>) {
    match holder {
        Holder::Person(person) => (Some(person), None),
        Holder::Member { person, organisation } => (Some(person), Some(organisation)),
        Holder::Organisation { organisation, .. } => (None, Some(organisation)),
        Holder::Service { .. } | Holder::Server { .. } => (None, None),
    }
}

/// IIN of the person, else BIN of the organisation.
pub(super) fn holder(facts: &SubjectFacts) -> String {
    let (person, organisation) = numbers(facts.holder());
    person.map(Person::iin).or(organisation.map(Organisation::bin)).unwrap_or_default().to_owned()
}

fn row(draw: &Draw, new: &NewOrder, text: &[u8]) -> OrderRow {
    OrderRow {
        number: new.number.clone(),
        account: new.account,
        case: new.case.map(|case| (case, 0)),
        holder: holder(&new.facts),
        text: text.to_vec(),
        state: OrderState::Registered,
        signature: None,
        operator: None,
        registered_at: draw.now(),
        changed_at: draw.now(),
    }
}

/// The form that is kept, when it says what is asked for now.
fn same(tx: &mut Tx<'_>, kept: &OrderRow, new: &NewOrder) -> Result<Result<Vec<u8>, OrderProblem>, Error> {
    let requests = orders::requests(tx, &kept.number)?;
    let wishes: Vec<Wish> =
        requests.into_iter().map(|row| Wish { profile: row.profile, request: row.request }).collect();
    let facts = Order::from_bytes(&kept.text).map_err(Error::fault)?.facts().clone();
    let same = wishes == new.wishes && facts == new.facts && kept.account == new.account;
    Ok(if same { Ok(kept.text.clone()) } else { Err(OrderProblem::NumberTaken) })
}

/// Registers an order that no case asks for.
pub struct RegisterOrder(pub NewOrder);

impl UseCase for RegisterOrder {
    type Output = Result<Vec<u8>, OrderProblem>;
    const NAME: &'static str = "register-order";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<Self::Output, Error> {
        let app = cx.app.clone();
        cx.write(move |tx, draw| register(tx, draw, &app, &self.0)).await
    }
}
