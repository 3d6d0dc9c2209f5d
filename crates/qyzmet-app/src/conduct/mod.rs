//! The conduct of operators of the authority: what each owes, who answers for them, and what happens when a duty is broken.
//!
//! Whether somebody may act is one pure rule, `qyzmet_domain::conduct::may_act`; `standing` loads what it asks about.

mod absence;
mod acknowledge;
mod appeals;
mod carriers;
mod charge;
mod checks;
mod departure;
mod duties;
mod enter;
mod key_lost;
mod onboarding;
mod own;
mod papers;
mod pledge;
mod ring;
mod settle;
mod show;
pub(crate) mod standing;
mod tell;
mod upload;
mod workstation;

pub use absence::ReportAbsence;
pub use acknowledge::AcknowledgeInstruction;
pub use appeals::{AppealsView, ContactView, ForwardAppeal, NameAppealContact, ShowAppeals};
pub use carriers::{CarrierView, GiveCarrier, TakeBackCarrier};
pub use checks::{AskCopies, CheckSample, GiveCopies, ReportViolation, SAMPLE_ITEMS};
pub use departure::{ReportDeparture, RevokeOperator};
pub use duties::{CloseDuty, DutyView, PaperCard};
pub use enter::{EnterDesk, LockDesk};
pub use key_lost::{ReportKeyLost, ReportKeyLostOf, RestoreOperator};
pub use onboarding::{AnswerOnboarding, FileOnboarding, OnboardingVerdict};
pub use own::{OwnView, ShowOwnDuties};
pub(crate) use papers::accept_papers;
pub use papers::{DestroyPaper, PaperFile, ReadPaper};
pub use pledge::{ShowPledge, SignPledge};
pub use ring::RingDuties;
pub use settle::SettleOperator;
pub(crate) use show::has_charge;
pub use show::{ListOperators, OperatorCard, OperatorView, OperatorsView, Powers, ShowOperator};
pub use upload::{Upload, refuse_private_key};
pub use workstation::AttestWorkstation;

/// The role of an operator of the authority: the duties of order 839 bind.
pub const OPERATOR: &str = "operator";
/// The role of whoever answers for the operators of a body: onboarding, carriers, absences, departures.
pub const PERSONNEL: &str = "personnel";
/// The role of the provider's responsible employee: accepts operators, revokes, checks and is told of every alarm.
pub const RESPONSIBLE: &str = "responsible";
/// The role of Support, which forwards appeals.
pub const SUPPORT: &str = "support";
