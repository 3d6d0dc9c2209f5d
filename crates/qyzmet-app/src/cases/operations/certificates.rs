//! Operations that bring certificates about: the order that an operator signs, the look at that signature, the issuing.

use qyzmet_engine::{Case, Channel, KeyRequest, Verb};
use qyzmet_pki::authority::{FactError, Holder, HolderKind, Organisation, Person, SubjectFacts};
use qyzmet_store::{
    Tx,
    repositories::{
        order_problems,
        orders::{self, OrderState},
    },
};
use serde_json::json;

use super::Outcome;
use crate::{
    Draw, Error,
    authority::{
        holder_of, issuing_action, kind_of, makes_keys_at_desk,
        orders::{NewOrder, Wish, intend_for_case, register},
        profile_of,
    },
    cases::Work,
    record::Record,
};

/// Where a key lies that the browser has made: in a file of the recipient.
const IN_A_FILE: &str = "pkcs12";
/// Where a key lies that is made before the eyes of an officer: on the chip of the recipient's own card [R839-9.P1].
const ON_THE_CARD: &str = "id-card";
/// Why there is no order when the register or the form lacks something that a certificate needs.
const MISSING_FACT: &str = "facts";
/// Characters of the longest common name (RFC 5280, appendix A.1: ub-common-name).
const LONGEST_COMMON_NAME: usize = 64;
/// How a recipient was identified whose papers an operator has taken in.
const AT_A_CENTRE: &str = "centre";

/// Registers the order as soon as a case waits for its operator, so that what the operator signs is there [R839-6.P9].
/// An order that cannot be made is journalled; its operator finds nothing to confirm, and the case ends in a refusal.
pub(in crate::cases) fn order(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    work: &Work<'_>,
    case: &Case,
) -> Result<(), Error> {
    let Some(number) = case.number.as_ref().map(ToString::to_string) else { return Ok(()) };
    if issuing_action(work.regulation).is_none() || orders::by_number(tx, &number)?.is_some() {
        return Ok(());
    }
    let why = match new_order(work, case, &number) {
        Ok(new) => match register(tx, draw, work.app, &new)? {
            Ok(_) => return Ok(()),
            Err(problem) => problem.key().to_owned(),
        },
        Err(_) => MISSING_FACT.to_owned(),
    };
    order_problems::put(tx, &number, &why, draw.now())?;
    Record::of("system".to_owned(), "certificates-refused")
        .clause("839-2012:6.P10")
        .subject(case.recipient.account)
        .payload(json!({ "number": number, "by-case": case.id, "why": why }))
        .write(tx, draw)?;
    Ok(())
}

/// The order of a case: the keys are those of the form, the subject is that of the register.
fn new_order(work: &Work<'_>, case: &Case, number: &str) -> Result<NewOrder, FactError> {
    let holder = holder_of(work.regulation, |fact| case.facts.get(fact));
    let wishes = case
        .facts
        .get("form.keys")
        .and_then(|text| KeyRequest::list(text).ok())
        .unwrap_or_default()
        .into_iter()
        .map(|key| Wish { profile: profile_of(holder, key.profile), request: key.der })
        .collect();
    Ok(NewOrder {
        number: number.to_owned(),
        account: Some(case.recipient.account),
        case: Some(case.id),
        facts: subject(work, case, holder)?,
        wishes,
    })
}

/// What the certificates say: facts of registers, but for the e-mail address [R839-6.P2].
fn subject(work: &Work<'_>, case: &Case, holder: &str) -> Result<SubjectFacts, FactError> {
    let storage = if makes_keys_at_desk(work.regulation) { ON_THE_CARD } else { IN_A_FILE };
    let facts = SubjectFacts::new(named(case, holder)?)?.stored_in(storage);
    let mut actions = work.regulation.process.actions.iter();
    let is_seen = case.channel == Channel::ServiceCentre
        || actions.any(|action| matches!(action.does, Verb::Receive(_)));
    let facts = if is_seen { facts.identified(AT_A_CENTRE) } else { facts };
    fact(case, "form.email").map_or(Ok(facts.clone()), |email| facts.clone().with_email(email))
}

/// Whose certificates they are: the recipient's own, those of the recipient in an organisation, or the organisation's.
fn named(case: &Case, holder: &str) -> Result<Holder, FactError> {
    match kind_of(holder) {
        Some(HolderKind::Person) => Ok(Holder::Person(person(case)?)),
        Some(HolderKind::Member) => {
            Ok(Holder::Member { organisation: organisation(case)?, person: person(case)? })
        }
        Some(HolderKind::Organisation) => {
            let organisation = organisation(case)?;
            Ok(Holder::Organisation { name: common_name(&organisation), organisation })
        }
        Some(HolderKind::Service | HolderKind::Server) | None => Err(FactError("holder")),
    }
}

/// The recipient as the register of individuals names them.
fn person(case: &Case) -> Result<Person, FactError> {
    let iin = case.recipient.identifier.iin().map(|iin| iin.as_str()).unwrap_or_default();
    Person::new(fact(case, "person.surname"), fact(case, "person.given-name"), iin)?
        .with_patronymic(fact(case, "person.patronymic"))
}

/// The organisation as the register of legal entities names it.
fn organisation(case: &Case) -> Result<Organisation, FactError> {
    let known = |name| fact(case, name).unwrap_or_default();
    Organisation::new(known("organisation.name-kk"), known("organisation.bin"))
}

/// The common name of an organisation: its name, or its number where the name is longer than such a name may be. Half a name
/// would name somebody else, and the whole one stands in O.
fn common_name(organisation: &Organisation) -> String {
    let is_short = organisation.name().chars().count() <= LONGEST_COMMON_NAME;
    if is_short { organisation.name().to_owned() } else { format!("BIN{}", organisation.bin()) }
}

/// A fact that says something.
fn fact<'a>(case: &'a Case, name: &str) -> Option<&'a str> {
    case.facts.get(name).filter(|value| !value.is_empty())
}

/// Whether the operator's signature over the order holds [R839-6.C3, R839-7.C2]; it was judged, and the outcome journalled,
/// when the operator gave it.
pub(super) fn check_approval(tx: &mut Tx<'_>, case: &Case) -> Result<Outcome, Error> {
    let Some(number) = &case.number else { return Ok(Outcome::Denied) };
    let order = orders::by_number(tx, &number.to_string())?;
    let holds = order.is_some_and(|order| order.state != OrderState::Registered);
    Ok(if holds { Outcome::done() } else { Outcome::Denied })
}

/// Writes down what is to be signed and leaves the rest to the signer; the case goes on when all certificates are there
/// [R839-6.P11]. An approved order that can never be carried out ends the case in a refusal [R839-6.P10].
pub(super) fn issue(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    work: &Work<'_>,
    (case, action): (&Case, u32),
) -> Result<Outcome, Error> {
    let number = case.number.as_ref().ok_or_else(|| Error::fault("certificates without an order"))?;
    let intended = intend_for_case(tx, draw, work.app, (&number.to_string(), action))?;
    Ok(if intended { Outcome::Later } else { Outcome::Denied })
}
