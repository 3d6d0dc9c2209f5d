//! A case as the officer sees it: what is claimed beside what is known, the way so far, and what can be done.

use jiff::Timestamp;
use qyzmet_domain::{AccountId, Identifier, Locale, OfficerSession};
use qyzmet_engine::{Case, Ending, Regulation, Waiting, Work, waiting};
use qyzmet_store::{
    Tx,
    repositories::waits::{self, WaitRow},
};

use super::{
    GroundView, NextWork, PaperView, Urgency, WorkView,
    given::given,
    load::{Loaded, Place},
    look::{look, waits_for_authority},
    queue::{name_of, names},
    steps::{facts, steps},
};
use crate::{
    Access, Cx, Error, RefusalView, UseCase,
    cases::{claims, order_problem, refusal_view, service_term},
    printed::{Paper, papers_of},
};

/// Shows a piece of work to an officer of its unit.
pub struct ShowWork {
    /// Which.
    pub place: Place,
    /// In which language.
    pub locale: Locale,
}

impl UseCase for ShowWork {
    type Output = WorkView;
    const NAME: &'static str = "show-work";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<WorkView, Error> {
        let (officer, app, now, locale) = (cx.officer()?, cx.app.clone(), cx.now, self.locale);
        look(&cx, self.place, move |tx, loaded| {
            let term = service_term(tx, (&loaded.row, &loaded.regulation, &loaded.case), locale)?;
            let order_problem = order_problem(tx, &loaded.row, &loaded.regulation)?;
            let authority_away = waits_for_authority(&app, loaded, now);
            let view = view_of(tx, loaded, &officer, (locale, now))?;
            Ok(WorkView { term, order_problem, authority_away, ..view })
        })
        .await
    }
}

/// The work as its pages show it.
pub(super) fn view_of(
    tx: &mut Tx<'_>,
    loaded: &Loaded,
    officer: &OfficerSession,
    (locale, now): (Locale, Timestamp),
) -> Result<WorkView, Error> {
    let names = names(tx, officer, now)?;
    let steps = steps(tx, loaded, &names, locale, now)?;
    let given = given(tx, loaded, &names)?;
    let next = next(tx, loaded, locale)?;
    Ok(WorkView { steps, given, next, ..view(loaded, officer, &names, locale, now) })
}

fn view(
    loaded: &Loaded,
    officer: &OfficerSession,
    names: &[(AccountId, String)],
    locale: Locale,
    now: Timestamp,
) -> WorkView {
    let Loaded { wait, row, case, regulation, .. } = loaded;
    let me = officer.person.account;
    let work = work(regulation, case, wait.action);
    let barred = work.as_ref().is_some_and(|work| work.apart_from.contains(&me));
    let words = |key: String| regulation.text(locale, &key).unwrap_or_default().to_owned();
    let open = wait.left_at.is_none();
    let colleague = |(account, _): &&(AccountId, String)| {
        *account != me && work.as_ref().is_some_and(|work| !work.apart_from.contains(account))
    };
    WorkView {
        case: case.id,
        action: wait.action,
        visit: wait.visit,
        task: wait.task.clone(),
        what: words(format!("action.{}", wait.action)),
        clause: regulation
            .process
            .action(wait.action)
            .map(|action| action.clause.to_string())
            .unwrap_or_default(),
        title: regulation.title(locale).to_owned(),
        service: row.service.clone(),
        version: row.version.clone(),
        number: row.request_number.clone(),
        recipient: case.recipient.name.clone(),
        identifier: identifier(case),
        accepted_at: case.accepted_at,
        came_at: wait.came_at,
        due_at: wait.due_at,
        urgency: if open { Urgency::of(wait, now) } else { Urgency::Calm },
        raised: wait.level > 0,
        claims: claims(regulation, case, locale),
        facts: facts(regulation, case, locale),
        request: row.request_document,
        signed: row.request_signature.is_some(),
        steps: Vec::new(),
        term: None,
        order_problem: None,
        authority_away: false,
        has_receipt: papers_of(regulation, case).contains(&Paper::Receipt),
        papers: papers(work.as_ref(), regulation, locale),
        grounds: grounds(work.as_ref(), regulation, locale),
        event: super::report::event(regulation, wait.action, locale).filter(|_| open),
        may_ask: work.as_ref().is_some_and(|work| work.may_ask),
        open,
        goes_on: case.outcome.is_none(),
        next: None,
        may_act: open && !barred && wait.officer.is_none_or(|whose| whose == me),
        barred,
        officer: wait.officer.and_then(|account| name_of(names, account)),
        mine: wait.officer == Some(me),
        given: None,
        colleagues: names.iter().filter(colleague).cloned().collect(),
        refusal: refusal(regulation, case, row.result_number.clone(), locale),
    }
}

/// Where the case has gone on to at this desk: a visitor waits, and the officer goes straight on.
fn next(tx: &mut Tx<'_>, loaded: &Loaded, locale: Locale) -> Result<Option<NextWork>, Error> {
    let Loaded { wait, regulation, .. } = loaded;
    if wait.left_at.is_none() {
        return Ok(None);
    }
    let here = |other: &WaitRow| {
        (&other.body, &other.unit) == (&wait.body, &wait.unit)
            && regulation
                .process
                .action(other.action)
                .is_some_and(|action| regulation.process.desk(action).is_some())
    };
    let found = waits::open_of_case(tx, wait.account, wait.case)?.into_iter().find(here);
    Ok(found.map(|other| NextWork {
        action: other.action,
        what: regulation.text(locale, &format!("action.{}", other.action)).unwrap_or_default().to_owned(),
    }))
}

/// What the desk is asked to do now; nothing when the case has gone on.
fn work(regulation: &Regulation, case: &Case, action: u32) -> Option<Work> {
    waiting(regulation, case).into_iter().find_map(|wait| match wait {
        Waiting::Desk(work) if work.action == action => Some(work),
        _ => None,
    })
}

fn identifier(case: &Case) -> String {
    match &case.recipient.identifier {
        Identifier::Iin(iin) => iin.as_str().to_owned(),
        Identifier::Bin(bin) => bin.as_str().to_owned(),
    }
}

fn papers(work: Option<&Work>, regulation: &Regulation, locale: Locale) -> Vec<PaperView> {
    let paper = |id: &String| {
        let name = regulation.text(locale, &format!("paper.{id}")).unwrap_or(id).to_owned();
        PaperView { id: id.clone(), name }
    };
    work.map(|work| work.papers.iter().map(paper).collect()).unwrap_or_default()
}

fn grounds(work: Option<&Work>, regulation: &Regulation, locale: Locale) -> Vec<GroundView> {
    let ground = |id: &String| {
        let known = regulation.service.grounds.iter().find(|ground| ground.id == *id);
        GroundView {
            id: id.clone(),
            text: regulation.text(locale, &format!("ground.{id}")).unwrap_or(id).to_owned(),
            clause: known.map(|ground| ground.clause.to_string()).unwrap_or_default(),
        }
    };
    work.map(|work| work.grounds.iter().map(ground).collect()).unwrap_or_default()
}

fn refusal(
    regulation: &Regulation,
    case: &Case,
    number: Option<String>,
    locale: Locale,
) -> Option<RefusalView> {
    let outcome = case.outcome.as_ref()?;
    let Ending::Refused(refusal) = &outcome.ending else { return None };
    Some(refusal_view(regulation, refusal, locale, number, outcome.at))
}
