//! The operators in somebody's charge: who may act and who not, what is to be done, and all about one of them.

use qyzmet_domain::{
    AccountId, OfficerSession,
    conduct::{Bar, check_is_due, may_act},
};
use qyzmet_store::{
    Tx,
    repositories::{accounts, carriers, duties, officers, papers},
};
use serde_json::json;

use super::{
    CarrierView, DutyView, OPERATOR, PERSONNEL, RESPONSIBLE, SUPPORT,
    charge::{SEEING, SUSPENDING, charge, is_seen, need},
    standing,
};
use crate::{Access, App, Cx, Error, UseCase, access::has, record::Record};

/// Lists the operators.
pub struct ListOperators;

/// What somebody may do about operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Powers {
    /// Answers for the operators of the own body.
    pub personnel: bool,
    /// Is the provider's responsible employee.
    pub responsible: bool,
    /// Forwards appeals.
    pub support: bool,
    /// Suspends an operator of theirs whose key is lost.
    pub suspend: bool,
}

impl Powers {
    fn of(who: &OfficerSession) -> Self {
        let [personnel, responsible, support] = [PERSONNEL, RESPONSIBLE, SUPPORT].map(|role| has(who, role));
        Self { personnel, responsible, support, suspend: SUSPENDING.iter().any(|role| has(who, role)) }
    }
}

/// Whether somebody has operators to look after: a head or an administrator only while there are any of theirs.
pub(crate) fn has_charge(tx: &mut Tx<'_>, who: &OfficerSession, now: jiff::Timestamp) -> Result<bool, Error> {
    if has(who, PERSONNEL) || has(who, RESPONSIBLE) {
        return Ok(true);
    }
    if need(who, &SEEING).is_err() {
        return Ok(false);
    }
    let operators = officers::with_role(tx, OPERATOR, now)?;
    Ok(operators.iter().any(|one| is_seen(who, (&one.officer.body, &one.officer.unit))))
}

/// The operators in somebody's charge.
pub struct OperatorsView {
    /// What the officer may do.
    pub may: Powers,
    /// By name.
    pub people: Vec<OperatorCard>,
    /// What is to be done, that with the least time left first, with the name of the operator.
    pub tasks: Vec<(String, DutyView)>,
}

/// One operator in the list.
pub struct OperatorCard {
    /// The account.
    pub account: AccountId,
    /// The name.
    pub name: String,
    /// The body.
    pub body: String,
    /// The unit.
    pub unit: String,
    /// Why they may not act now.
    pub bar: Option<Bar>,
    /// Whether the workstation has to be checked again.
    pub check_is_due: bool,
}

impl UseCase for ListOperators {
    type Output = OperatorsView;
    const NAME: &'static str = "list-operators";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<OperatorsView, Error> {
        let (who, app, now) = (cx.officer()?, cx.app.clone(), cx.now);
        need(&who, &SEEING)?;
        cx.read(move |tx| {
            let mut people = Vec::new();
            for operator in officers::with_role(tx, OPERATOR, now)? {
                let row = operator.officer;
                if is_seen(&who, (&row.body, &row.unit)) {
                    let standing = standing::of(tx, row.account, true)?;
                    let rules = &app.settings.conduct;
                    people.push(OperatorCard {
                        bar: may_act(&standing, rules, now).err(),
                        check_is_due: check_is_due(&standing, rules, now),
                        account: row.account,
                        name: operator.name,
                        body: row.body,
                        unit: row.unit,
                    });
                }
            }
            let body = Some(who.body.as_str()).filter(|_| !has(&who, RESPONSIBLE));
            let mut tasks = Vec::new();
            for duty in duties::open(tx, body)? {
                if !is_seen(&who, (&duty.body, &duty.unit)) {
                    continue;
                }
                let name = accounts::by_id(tx, duty.account)?.map(|account| account.name);
                tasks.push((name.unwrap_or_default(), DutyView::of(duty, Vec::new(), now)));
            }
            Ok(OperatorsView { may: Powers::of(&who), people, tasks })
        })
        .await
    }
}

/// Shows one operator; that somebody looked is journalled.
pub struct ShowOperator {
    /// Whom.
    pub operator: AccountId,
}

/// All about one operator.
pub struct OperatorView {
    /// What the officer may do.
    pub may: Powers,
    /// The account.
    pub account: AccountId,
    /// The name.
    pub name: String,
    /// The body.
    pub body: String,
    /// The unit.
    pub unit: String,
    /// Whether they are an operator now.
    pub is_operator: bool,
    /// Why they may not act now: the word of the bar, and its clause.
    pub bar: Option<(&'static str, String)>,
    /// Carriers, the last first.
    pub carriers: Vec<CarrierView>,
    /// Duties, the last first.
    pub duties: Vec<DutyView>,
}

impl UseCase for ShowOperator {
    type Output = OperatorView;
    const NAME: &'static str = "show-operator";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<OperatorView, Error> {
        let (who, app, actor) = (cx.officer()?, cx.app.clone(), cx.caller.actor());
        cx.write(move |tx, draw| {
            let view = view(tx, &app, &who, (self.operator, draw.now()))?;
            Record::of(actor.clone(), "operator-viewed")
                .clause("839-2012:15.1")
                .subject(self.operator)
                .payload(json!({}))
                .write(tx, draw)?;
            Ok(view)
        })
        .await
    }
}

fn view(
    tx: &mut Tx<'_>,
    app: &App,
    who: &OfficerSession,
    (operator, now): (AccountId, jiff::Timestamp),
) -> Result<OperatorView, Error> {
    let charge = charge(tx, (who, &SEEING), operator, now)?;
    let roles = charge.officer.map(|officer| officer.roles).unwrap_or_default();
    let is_operator = roles.iter().any(|role| role == OPERATOR);
    let standing = standing::of(tx, operator, is_operator)?;
    let bar = may_act(&standing, &app.settings.conduct, now).err();
    let mut all = Vec::new();
    for duty in duties::of_account(tx, operator)? {
        let papers = papers::of_owner(tx, &duty.id.to_string())?;
        all.push(DutyView::of(duty, papers, now));
    }
    Ok(OperatorView {
        may: Powers::of(who),
        account: operator,
        name: accounts::by_id(tx, operator)?.map(|account| account.name).unwrap_or_default(),
        body: charge.body,
        unit: charge.unit,
        is_operator,
        bar: bar.map(|bar| (bar.word(), bar.clause().to_string())),
        carriers: carriers::of_account(tx, operator)?.into_iter().map(CarrierView::from).collect(),
        duties: all,
    })
}
