//! Turns the folder of a service into a running service: reads it, checks it, and executes its action table.
//!
//! Nothing here reads a file, looks at a clock or knows a service by name. [`read()`] makes a [`Regulation`] of a
//! [`Folder`]; [`decide`] answers a command with events, [`apply`] folds events into a [`Case`], [`waiting`] says what
//! must happen outside before the case can go on.

mod across;
mod acts;
mod calendar;
mod case;
mod command;
mod diff;
mod draw;
mod event;
mod evidence;
mod example;
mod finding;
mod folder;
mod form;
#[cfg(test)]
mod golden;
mod nesting;
mod passport;
mod phrases;
mod printed;
mod process;
mod read;
mod regulation;
mod run;
#[cfg(test)]
mod samples;
mod service;
mod table;
mod terms;
mod texts;
mod verbs;
mod words;
mod working;
mod written;

pub use across::compare;
pub use acts::{Act, Acts, NoAct, Provision, Validity};
pub use calendar::standard_calendar;
pub use case::{
    Approval, Case, Channel, Ending, Fact, Facts, Failed, Member, Officer, Outcome, Recipient, Step,
};
pub use command::{Command, Decision, Denial, Desk, Payment, Proof, Rejection};
pub use diff::{
    Change, ClassChange, DiagramChange, Difference, PartChange, PassportChange, TableChange, TextChange,
};
pub use event::{Comparison, Event, Head};
pub use evidence::EvidenceInWords;
pub use example::{Called, Deed, Example, Given, Mismatch, Path, RegisterSays, Then, When, run_example};
pub use finding::{Finding, FindingKind, Severity};
pub use folder::{Folder, Version};
pub use form::{
    Field, FieldError, FieldErrors, FieldKind, Form, KeyProfile, KeyRequest, Page, Script, WhenAnswered,
};
pub use nesting::{DEEPEST, nesting, unpublished};
pub use passport::{PASSPORT_ROWS, PassportRow};
pub use phrases::Phrases;
pub use printed::Printed;
pub use process::{Action, Branch, Completion, Next, Process, Unit, UnitKind};
pub use read::{Inspection, LARGEST as LARGEST_FILE, check, inspect, inspect_by, read, read_draft, schemas};
pub use regulation::Regulation;
pub use run::{Moment, Task, Waiting, Work, apply, decide, papers_wanted, waiting};
pub use service::{
    Automation, Because, Fee, GroundOfRefusal, RecipientKind, ResultKind, ResultRules, Schedule, Service,
    ServiceTerm, ServiceType, SpecialConfirmation, TermStart,
};
pub use table::{ActionTable, Outline, OutlineAction, OutlineUnit, TableColumn, TableUnit, UnreadableTable};
pub use terms::{DueMoment, Recomputed, Scope, due_moments, pauses, recomputed};
pub use texts::Texts;
pub use verbs::{
    Apart, Approve, Await, Awaited, Call, Check, Condition, Confirm, Decide, DeskRules, Fill, Finish, Issue,
    Notify, Number, Pay, Premise, Query, Receive, Refuse, Said, Spared, StartServices, Test, Verb,
};
pub use words::UnknownWord;
