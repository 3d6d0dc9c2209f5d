//! An officer starts a service for a visitor: the case is the visitor's, every step is the officer's [R839-9.P1, R839-10.P1].

use std::sync::Arc;

use qyzmet_domain::{Iin, Locale, OfficerSession, ServiceId};
use qyzmet_engine::{Channel, Regulation};
use qyzmet_store::{
    Tx,
    repositories::accounts::{self, Account},
};

use super::load::Place;
use crate::{
    Access, App, Cx, DeskProblem, Draw, Error, UseCase,
    authority::lacks_authority,
    cases::{Work, start},
    conduct::standing,
    numbering, people,
};

/// The longest name of a person, in characters.
const LONGEST_NAME: usize = 200;

/// Lists what the officer can start for a visitor.
pub struct ListForVisitors {
    /// In which language.
    pub locale: Locale,
}

/// A service that an officer can start for a visitor.
#[derive(Clone, Debug)]
pub struct VisitorService {
    /// Its id.
    pub id: ServiceId,
    /// Its name.
    pub title: String,
}

impl UseCase for ListForVisitors {
    type Output = Vec<VisitorService>;
    const NAME: &'static str = "list-for-visitors";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<Self::Output, Error> {
        let (officer, app, now) = (cx.officer()?, cx.app.clone(), cx.now);
        let who = officer.clone();
        cx.read(move |tx| standing::check(tx, &app, &who, now)).await?;
        let all = cx.app.catalogue.all(numbering::day(cx.now)).into_iter();
        let view = |regulation: Arc<Regulation>| VisitorService {
            id: regulation.id().clone(),
            title: regulation.title(self.locale).to_owned(),
        };
        let startable = all.filter(|regulation| begins_at(&cx.app, &officer, regulation).is_some());
        let startable: Vec<_> = startable.map(view).collect();
        // A desk that takes no visitors has no such page.
        if startable.is_empty() { Err(Error::NotFound) } else { Ok(startable) }
    }
}

/// Whether the officer can start anything for a visitor.
pub(super) fn takes_visitors(cx: &Cx, officer: &OfficerSession) -> bool {
    let all = cx.app.catalogue.all(numbering::day(cx.now));
    all.iter().any(|regulation| begins_at(&cx.app, officer, regulation).is_some())
}

/// The first action of a service when it is asked for at a desk, that desk is the officer's, and what it makes can be made here.
fn begins_at(app: &App, officer: &OfficerSession, regulation: &Regulation) -> Option<u32> {
    let first = regulation.process.first()?;
    let is_own = regulation.service.owner == officer.body
        && regulation.process.desk(first).is_some_and(|unit| unit == officer.unit);
    let is_asked_for = regulation.starts_on(Channel::ServiceCentre) && !lacks_authority(app, regulation);
    (is_own && is_asked_for).then_some(first.number)
}

/// Starts a service for a visitor. A second click finds the same case.
pub struct StartForVisitor {
    /// Which service.
    pub service: ServiceId,
    /// Whose number the visitor's document shows.
    pub iin: Iin,
    /// The name in the document: needed only for somebody without an account.
    pub name: String,
}

impl UseCase for StartForVisitor {
    /// Where the officer goes on.
    type Output = Place;
    const NAME: &'static str = "start-for-visitor";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<Place, Error> {
        let (officer, app, actor) = (cx.officer()?, cx.app.clone(), cx.caller.actor());
        let current = app.catalogue.current(&self.service, numbering::day(cx.now));
        let regulation = current.ok_or(Error::NotFound)?;
        let action = begins_at(&app, &officer, &regulation).ok_or(Error::NotFound)?;
        let started = cx.write(move |tx, draw| {
            standing::check(tx, &app, &officer, draw.now())?;
            if self.iin == officer.person.iin {
                return Err(Error::Desk(DeskProblem::OwnRequest));
            }
            let visitor = self.visitor(tx, draw, &actor)?;
            let locale = visitor.locale;
            let work = Work { app: &app, regulation: &regulation, actor: &actor, locale, above: 0 };
            let case = start(tx, draw, &work, (visitor, Channel::ServiceCentre))?;
            Ok(Place { case, action })
        });
        match started.await {
            Ok(place) => Ok(place),
            Err(error) => Err(standing::journal_refusal(&cx, error).await),
        }
    }
}

impl StartForVisitor {
    /// The visitor's account; somebody who has none gets one.
    fn visitor(&self, tx: &mut Tx<'_>, draw: &mut Draw, actor: &str) -> Result<Account, Error> {
        if let Some(account) = accounts::by_iin(tx, &self.iin)? {
            return Ok(account);
        }
        let name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        let belongs = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’' | '.');
        if name.is_empty() || name.chars().count() > LONGEST_NAME || !name.chars().all(belongs) {
            return Err(Error::Desk(DeskProblem::NameMissing));
        }
        people::open_for_visitor(tx, draw, actor, (&self.iin, &name))
    }
}
