//! The page of a service: its ten rows, its class with the reckoning, its action table.

use jiff::civil::Date;
use qyzmet_domain::{
    Clause, Locale, Means, ServiceId,
    classification::{Method, Point, RuleSet},
};
use qyzmet_engine::{Channel, Fee, Regulation};

use super::{is_offered, list::only_at_centre};
use crate::{Access, ActionView, Cx, Error, UseCase, authority::lacks_authority, cases::timeline, numbering};

/// Shows a service to everybody.
pub struct ShowService {
    /// Which.
    pub id: ServiceId,
    /// In which language.
    pub locale: Locale,
}

/// A service.
pub struct ServicePage {
    /// Its id.
    pub id: ServiceId,
    /// Its name.
    pub title: String,
    /// The ten rows of its standard: number, head, content.
    pub passport: Vec<(u8, String, String)>,
    /// Its class.
    pub class: ClassView,
    /// What confirms a request on the portal.
    pub confirm: Vec<Means>,
    /// The clause of a special rule for it: a listed exception.
    pub confirm_clause: Option<String>,
    /// Whether it costs nothing.
    pub free: bool,
    /// Whether a request can be started here; a service can also be published only to be read.
    pub startable: bool,
    /// Whether it is asked for at a service centre and not here.
    pub at_centre: bool,
    /// It makes certificates, and no authority issues any here.
    pub lacks_authority: bool,
    /// Its action table.
    pub actions: Vec<ActionView>,
    /// The act.
    pub act: String,
    /// The version.
    pub version: String,
    /// The first day of the next wording, when it is published already: requests of that day take it.
    pub changes_on: Option<Date>,
}

/// The class of a service with its reckoning [R10-5].
pub struct ClassView {
    /// The sum.
    pub score: u8,
    /// The four criteria.
    pub points: Vec<PointView>,
    /// What the class asks.
    pub method: Method,
    /// By which clauses.
    pub clauses: Vec<String>,
    /// The clause that overrides the score: a permit, a composite service [R10-A1.2].
    pub override_clause: Option<String>,
    /// A word of the locales when the rules were due to lose force.
    pub warning: Option<String>,
}

/// One criterion.
pub struct PointView {
    /// Its number.
    pub criterion: u8,
    /// Which option was chosen, 1 or 2.
    pub choice: u8,
    /// Its points.
    pub points: u8,
    /// Its clause.
    pub clause: String,
    /// The provider's reasons.
    pub because: Option<String>,
}

impl UseCase for ShowService {
    type Output = ServicePage;
    const NAME: &'static str = "show-service";
    const ACCESS: Access = Access::Public;

    async fn run(self, cx: Cx) -> Result<ServicePage, Error> {
        let today = numbering::day(cx.now);
        let regulation = cx.app.catalogue.current(&self.id, today).ok_or(Error::NotFound)?;
        let coming = cx.app.catalogue.coming(&self.id, today);
        let passport = regulation.passport(self.locale);
        Ok(ServicePage {
            id: regulation.id().clone(),
            title: regulation.title(self.locale).to_owned(),
            passport: passport
                .iter()
                .map(|row| (row.number, row.head.to_owned(), row.content.to_owned()))
                .collect(),
            class: class(&regulation, self.locale, RuleSet::on(today).1.is_some()),
            confirm: regulation.confirmation(Channel::Portal).to_vec(),
            confirm_clause: regulation.service.confirm.as_ref().map(|special| clauses(&special.clauses)),
            free: regulation.service.fee == Fee::Free,
            startable: is_offered(&cx.app, &regulation),
            lacks_authority: lacks_authority(&cx.app, &regulation),
            at_centre: only_at_centre(&regulation),
            actions: timeline(&regulation, None, self.locale),
            act: regulation.service.act.clone(),
            version: regulation.version.to_string(),
            changes_on: coming.map(|version| version.service.valid_from),
        })
    }
}

fn class(regulation: &Regulation, locale: Locale, outdated: bool) -> ClassView {
    let class = regulation.classification();
    ClassView {
        score: class.score,
        points: class.points.iter().map(|point| point_view(regulation, locale, point)).collect(),
        method: class.method,
        clauses: class.because.iter().map(Clause::to_string).collect(),
        override_clause: class.override_by.as_ref().map(Clause::to_string),
        warning: outdated.then(|| "rules-outdated".to_owned()),
    }
}

fn point_view(regulation: &Regulation, locale: Locale, point: &Point) -> PointView {
    PointView {
        criterion: point.criterion,
        choice: point.choice,
        points: point.points,
        clause: point.clause.to_string(),
        because: (point.criterion == 1).then(|| reasons(regulation, locale)).flatten(),
    }
}

/// The provider's reasons for its answer to the first criterion [R10-3.1b].
fn reasons(regulation: &Regulation, locale: Locale) -> Option<String> {
    regulation
        .text(locale, &format!("because.{}", regulation.service.disclosure_risk.because))
        .map(str::to_owned)
}

fn clauses(clauses: &[Clause]) -> String {
    clauses.iter().map(Clause::to_string).collect::<Vec<_>>().join(", ")
}
