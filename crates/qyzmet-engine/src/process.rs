//! The action table: units are its lanes, actions its columns, and it is the program (annex 1 of decree 1116).

use std::borrow::Cow;

use qyzmet_domain::calendar::{Clock, WorkingTime};
use qyzmet_domain::{Clause, Term};

use crate::finding::Place;
use crate::read::Gap;
use crate::verbs::{Awaited, Verb};
use crate::words::words;

/// The id of the unit that stands before all others: the portal [R1116-A1.2].
pub(crate) const PORTAL: &str = "portal";

/// The action table of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Process {
    /// Structural-functional units, the portal first [R1116-11, R1116-A1.2].
    pub units: Vec<Unit>,
    /// Actions, ordered by number.
    pub actions: Vec<Action>,
}

/// One structural-functional unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its id.
    pub id: String,
    /// Who acts there.
    pub kind: UnitKind,
    /// On which days of the week and in which hours its people work; nothing for the usual time.
    pub working: Option<WorkingTime>,
}

words! {
    /// Who acts in a unit.
    UnitKind {
        /// The recipient.
        Person = "person",
        /// Employees.
        People = "people",
        /// An information system.
        System = "system",
    }
}

words! {
    /// What an action leaves behind: the row "form of completion" of the table.
    Completion {
        /// Nothing that the act names.
        Unsaid = "-",
        /// Data.
        Data = "data",
        /// A message.
        Message = "message",
        /// A confirmed request.
        Request = "request",
        /// A receipt for papers.
        Receipt = "receipt",
        /// A decision.
        Decision = "decision",
        /// A document.
        Document = "document",
        /// A reasoned refusal.
        ReasonedRefusal = "reasoned-refusal",
    }
}

words! {
    /// How an action ends.
    Branch {
        /// As it should.
        Ok = "ok",
        /// A condition does not hold.
        Violation = "violation",
        /// A register has nobody.
        Absent = "absent",
        /// The recipient is asked for more before it can be decided.
        More = "more",
        /// What was awaited did not come in its term.
        Late = "late",
    }
}

/// One column of the action table.
#[derive(Clone, Debug)]
pub struct Action {
    /// Its number.
    pub number: u32,
    /// The unit that does it.
    pub unit: String,
    /// What is done.
    pub does: Verb,
    /// What it leaves behind.
    pub completion: Completion,
    /// The shorter end of its term, where the act prints a range.
    pub least: Option<Term>,
    /// Its statutory term.
    pub term: Option<Term>,
    /// The clock of its term, when the act or the author says another than that of its unit.
    pub clock: Option<Clock>,
    /// Key of the text that says why its term is not that of the same action in another table of the act.
    pub term_because: Option<String>,
    /// Where the case goes from here.
    pub next: Next,
    /// The clause that prescribes it.
    pub clause: Clause,
    pub(crate) gaps: Gaps,
    pub(crate) place: Place,
}

/// Cells of a column in which the act says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Gaps {
    /// What stands in place of the term.
    pub(crate) term: Option<Gap>,
    /// What stands in place of the next number.
    pub(crate) next: Option<Gap>,
}

/// The number of the next action for each way an action can end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Next {
    /// As it should.
    pub ok: Option<u32>,
    /// A condition does not hold.
    pub violation: Option<u32>,
    /// A register has nobody.
    pub absent: Option<u32>,
    /// The recipient is asked for more.
    pub more: Option<u32>,
    /// What was awaited did not come.
    pub late: Option<u32>,
}

impl Next {
    /// Where this branch leads.
    #[must_use]
    pub fn get(&self, branch: Branch) -> Option<u32> {
        match branch {
            Branch::Ok => self.ok,
            Branch::Violation => self.violation,
            Branch::Absent => self.absent,
            Branch::More => self.more,
            Branch::Late => self.late,
        }
    }

    /// Leads this branch on.
    pub(crate) fn set(&mut self, branch: Branch, number: u32) {
        match branch {
            Branch::Ok => self.ok = Some(number),
            Branch::Violation => self.violation = Some(number),
            Branch::Absent => self.absent = Some(number),
            Branch::More => self.more = Some(number),
            Branch::Late => self.late = Some(number),
        }
    }

    /// All numbers, with their branches.
    pub fn all(&self) -> impl Iterator<Item = (Branch, u32)> {
        let next = *self;
        Branch::ALL.iter().filter_map(move |branch| next.get(*branch).map(|number| (*branch, number)))
    }
}

/// Two actions are the same when they say the same, wherever they are written.
impl PartialEq for Action {
    fn eq(&self, other: &Self) -> bool {
        let Self {
            number,
            unit,
            does,
            completion,
            least,
            term,
            clock,
            term_because,
            next,
            clause,
            gaps,
            place: _,
        } = self;
        (number, unit, does, completion, least, term)
            == (&other.number, &other.unit, &other.does, &other.completion, &other.least, &other.term)
            && (clock, term_because, next, clause, gaps)
                == (&other.clock, &other.term_because, &other.next, &other.clause, &other.gaps)
    }
}

impl Eq for Action {}

impl Process {
    /// The action with this number.
    #[must_use]
    pub fn action(&self, number: u32) -> Option<&Action> {
        self.actions.binary_search_by_key(&number, |action| action.number).ok().map(|i| &self.actions[i])
    }

    /// Where a case begins: the action with the lowest number.
    #[must_use]
    pub fn first(&self) -> Option<&Action> {
        self.actions.first()
    }

    /// The unit of people at whose desk an action is done or seen; nothing when it is for nobody at a desk.
    #[must_use]
    pub fn desk<'a>(&'a self, action: &'a Action) -> Option<&'a str> {
        let named = match &action.does {
            Verb::Receive(_) | Verb::Decide(_) | Verb::Approve(_) => return Some(&action.unit),
            Verb::Issue(issue) => return issue.desk.unit.as_deref(),
            Verb::Fill(fill) => fill.desk.unit.as_deref(),
            Verb::Await(verb) if matches!(verb.what, Awaited::Event(_)) => verb.desk.as_deref(),
            _ => return None,
        };
        let is_of_people = self.unit(&action.unit).is_some_and(|unit| unit.kind == UnitKind::People);
        named.or_else(|| is_of_people.then_some(action.unit.as_str()))
    }

    /// The clock by which the term of an action is measured: its own, or that of its unit's kind.
    #[must_use]
    pub fn clock(&self, action: &Action) -> Clock {
        let of_unit = match self.unit(&action.unit).map(|unit| unit.kind) {
            Some(UnitKind::People) => Clock::Working,
            Some(UnitKind::Person | UnitKind::System) | None => Clock::Running,
        };
        action.clock.unwrap_or(of_unit)
    }

    /// The working time of the unit that does an action.
    #[must_use]
    pub fn working_time(&self, action: &Action) -> Cow<'_, WorkingTime> {
        let own = self.unit(&action.unit).and_then(|unit| unit.working.as_ref());
        own.map_or_else(|| Cow::Owned(WorkingTime::default()), Cow::Borrowed)
    }

    /// The unit with this id.
    #[must_use]
    pub fn unit(&self, id: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.id == id)
    }
}
