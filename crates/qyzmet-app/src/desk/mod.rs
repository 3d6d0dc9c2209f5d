//! The officer's desk: the queue of a unit, one case at a time, and the commands that the action table allows there.

mod alarms;
mod appoint;
mod approve;
mod assign;
mod calendar;
mod decide;
mod document;
mod fill;
mod given;
mod heads;
mod load;
mod look;
mod queue;
mod report;
mod show;
mod start;
mod steps;
mod views;
mod write;

pub use alarms::RingAlarms;
pub use appoint::AppointOfficer;
pub(crate) use approve::of_officer;
pub use approve::{ApproveWork, ShowDecision};
pub use assign::{AssignWork, TakeWork};
pub use calendar::{AmendCalendar, CalendarView, DayView, ShowCalendar};
pub use decide::{AskForMore, DecideWork, ReceivePapers, Verdict};
pub use document::{DeskPart, DownloadDeskDocument, DownloadDeskPaper};
pub use fill::{DeskFormView, FillAtDesk, ShowDeskForm};
pub use heads::TellHeads;
pub(crate) use heads::heads_of;
pub use load::Place;
pub use queue::{ListQueue, QueueItem, QueueView, Urgency};
pub use report::ReportEvent;
pub use show::ShowWork;
pub use start::{ListForVisitors, StartForVisitor, VisitorService};
pub use views::{
    DeskStep, EventView, FactView, GivenView, GroundView, NextWork, PaperView, SaidView, WorkView,
};
pub use write::{ShowWriting, Writable, WriteCertificates, WritingView};

/// The role of somebody who works at the desk of a unit.
pub const OFFICER: &str = "officer";
/// The role of the head of a unit: cases are raised to them, and they give work to others.
pub const HEAD: &str = "head";
/// The role of somebody who amends the calendar.
pub const ADMINISTRATOR: &str = "administrator";
