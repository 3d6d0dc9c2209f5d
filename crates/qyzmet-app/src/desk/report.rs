//! What a case waits for has come: an officer of the unit says so, or a system whose event it is [R1116-7.10].

use std::collections::BTreeMap;

use qyzmet_domain::{Caller, Locale};
use qyzmet_engine::{Action, Awaited, Command, Officer, Regulation, UnitKind, Verb};
use qyzmet_store::{
    Tx,
    repositories::{accounts, cases, waits},
};

use super::{
    EventView, SaidView,
    load::{Place, command, of_unit},
};
use crate::{
    Access, App, Cx, Draw, Error, UseCase,
    cases::{Work, advance, regulation_of, waits::EVENT},
};

/// Reports an event.
pub struct ReportEvent {
    /// Where it is awaited.
    pub place: Place,
    /// The visit that the page showed; for a system, the visit that it was told of.
    pub visit: u32,
    /// What is said with it, by the names that the action asks for.
    pub says: BTreeMap<String, String>,
}

impl UseCase for ReportEvent {
    type Output = ();
    const NAME: &'static str = "report-event";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let place = self.place;
        if let Caller::System = cx.caller {
            let app = cx.app.clone();
            cx.write(move |tx, draw| self.of_system(tx, draw, &app)).await?;
            cx.app.tell(place.case);
            return Ok(());
        }
        command(&cx, place, move |officer, loaded, _, _| {
            self.arrive(&loaded.regulation, Some(of_unit(officer)))
        })
        .await
    }
}

impl ReportEvent {
    /// A system speaks for units that are none of people: what an officer has to see, an officer reports.
    fn of_system(&self, tx: &mut Tx<'_>, draw: &mut Draw, app: &App) -> Result<(), Error> {
        let wait = waits::latest(tx, self.place.case, self.place.action)?;
        let wait = wait.filter(|wait| wait.task == EVENT).ok_or(Error::NotFound)?;
        let row = cases::find(tx, wait.account, wait.case)?.ok_or(Error::NotFound)?;
        let regulation = regulation_of(app, &row)?;
        let unit = regulation.process.units.iter().find(|unit| unit.id == wait.unit);
        if unit.is_none_or(|unit| unit.kind == UnitKind::People) {
            return Err(Error::NotFound);
        }
        let locale = accounts::by_id(tx, wait.account)?.map_or(Locale::Kk, |account| account.locale);
        let work = Work { app, regulation: &regulation, actor: "system", locale, above: 0 };
        let command = self.arrive(&regulation, None)?;
        advance(tx, draw, &work, row, command)?;
        Ok(())
    }

    fn arrive(&self, regulation: &Regulation, by: Option<Officer>) -> Result<Command, Error> {
        let Place { action, .. } = self.place;
        let (event, _) = awaited(regulation.process.action(action)).ok_or(Error::Late)?;
        let fact = |(name, value): (&String, &String)| (format!("{event}.{name}"), value.trim().to_owned());
        let facts = self.says.iter().map(fact).collect();
        Ok(Command::Arrive { action, visit: self.visit, event: event.to_owned(), facts, by })
    }
}

/// The event that an action waits for, and the verb that asks what is said with it.
fn awaited(action: Option<&Action>) -> Option<(&str, &qyzmet_engine::Await)> {
    let Verb::Await(verb) = &action?.does else { return None };
    let Awaited::Event(event) = &verb.what else { return None };
    Some((event, verb))
}

/// The event in words, with what is asked about it.
pub(super) fn event(regulation: &Regulation, action: u32, locale: Locale) -> Option<EventView> {
    let (event, verb) = awaited(regulation.process.action(action))?;
    let words = |key: String| regulation.text(locale, &key).unwrap_or(&key).to_owned();
    let said = |said: &qyzmet_engine::Said| SaidView {
        fact: said.fact.clone(),
        label: words(format!("fact.{}", said.name(event))),
        choices: said.one_of.iter().map(|word| (word.clone(), words(format!("value.{word}")))).collect(),
    };
    Some(EventView { text: words(format!("event.{event}")), says: verb.says.iter().map(said).collect() })
}
