//! The invented officers of a demonstration: a head and two officers for each unit at whose desk a published service has
//! work, as some decisions need two, and the head gives work from one to the other. The head also answers for operators, and
//! the second plays the provider and Support.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use qyzmet_app::{
    ADMINISTRATOR, App, HEAD, OFFICER,
    conduct::{PERSONNEL, RESPONSIBLE, SUPPORT, SettleOperator},
    desk::AppointOfficer,
    run,
};
use qyzmet_connectors::gbd_fl::people::Person;
use qyzmet_domain::{Caller, Locale, conduct::Carrier};
use qyzmet_engine::Verb;
use qyzmet_pki::authority::Authority;
use serde_json::Value;

use super::{super::Failure, Places, crowd, people};

/// Numbers in the register from which officers are taken: after the people with stories, before the crowd.
const FROM: u32 = 40;

/// The unit whose people are operators of the certification authority, in the services of order 839.
const OPERATOR: &str = "operator";

/// The kind of carrier on which invented operators have their keys.
const CARRIER: &str = "AKKaztokenStore";

/// A unit of a body, with a name that people know.
type Desk = (String, String, String);

/// Appoints them; the answer is their lines in the list of people.
pub(super) async fn appoint(
    app: &App,
    places: &Places,
    authority: &Authority,
) -> Result<Vec<Value>, Failure> {
    let today = app.now().to_zoned(TimeZone::UTC).date();
    let mut people = crowd::well(FROM, today);
    let mut list = Vec::new();
    for (place, desk) in desks(app).into_iter().enumerate() {
        let head: &[&str] = match place {
            0 => &[OFFICER, HEAD, PERSONNEL, ADMINISTRATOR],
            _ => &[OFFICER, HEAD, PERSONNEL],
        };
        for roles in [head, &[OFFICER, RESPONSIBLE, SUPPORT], &[OFFICER]] {
            let person = people.next().ok_or("the register has too few people")?;
            let login = format!("officer-{}", list.len() + 1);
            list.push(appoint_one(app, (places, authority), &desk, (login, person), roles).await?);
        }
    }
    Ok(list)
}

/// Every unit that has a desk in a published service.
fn desks(app: &App) -> BTreeSet<Desk> {
    let mut desks = BTreeSet::new();
    for regulation in app.catalogue.all(app.today()) {
        for action in &regulation.process.actions {
            if matches!(action.does, Verb::Receive(_) | Verb::Decide(_) | Verb::Approve(_)) {
                let name = regulation.text(Locale::Kk, &format!("unit.{}", action.unit));
                let name = name.unwrap_or(&action.unit).to_owned();
                desks.insert((regulation.service.owner.clone(), action.unit.clone(), name));
            }
        }
    }
    // One unit of one body has one desk, whatever each service calls it.
    let mut seen = BTreeSet::new();
    desks.retain(|(body, unit, _)| seen.insert((body.clone(), unit.clone())));
    desks
}

async fn appoint_one(
    app: &App,
    (places, authority): (&Places, &Authority),
    (body, unit, name): &Desk,
    (login, person): (String, Person),
    roles: &[&'static str],
) -> Result<Value, Failure> {
    let story = format!("{}: {name} ({body}, {unit})", roles.join(", "));
    let newcomer = people::Newcomer {
        login,
        iin: person.iin.parse()?,
        surname: person.surname,
        name: person.name,
        patronymic: person.patronymic,
        story,
        rsa: false,
        operator: unit == OPERATOR,
    };
    let (account, line) = people::settle_one(app, places, authority, &newcomer).await?;
    let (body, unit) = (body.clone(), unit.clone());
    let appointment =
        AppointOfficer { account, body, unit, roles: roles.to_vec(), from: app.now(), until: None };
    run(app, &Caller::System, appointment).await?;
    if newcomer.operator {
        let carrier = Carrier::parse(CARRIER, &format!("DEMO-{}", newcomer.login))?;
        let words = "cargo xtask demo".to_owned();
        run(app, &Caller::System, SettleOperator { account, carrier, words }).await?;
    }
    Ok(line)
}
