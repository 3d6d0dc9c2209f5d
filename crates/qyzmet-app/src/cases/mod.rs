//! Requests of people and the cases that they open.

mod advance;
mod answer;
mod code;
mod confirm;
mod document;
mod draft;
mod fill;
mod keys;
mod letters;
mod list;
mod load;
mod members;
mod operations;
mod outbox;
mod progress;
mod running;
mod seen;
mod send_code;
mod show;
mod start;
mod tell;
pub(crate) mod terms;
pub(crate) mod waits;
mod withdraw;

pub use confirm::{ConfirmRequest, Confirmed};
pub use document::{Document, ShowDocument};
pub use draft::SaveDraft;
pub use fill::{FillPage, NextPage};
pub use list::{ListRequests, RequestCard};
pub use progress::{ActionState, ActionView};
pub use running::{ListRunning, RunningVersion};
pub use seen::Seen;
pub use send_code::SendCodeAgain;
pub use show::{
    CodeState, CodeView, ConfirmView, EvidenceView, FieldView, FormView, LatePaymentView, PayView,
    RefusalView, RequestView, ShowRequest, StepView,
};
pub use start::StartCase;
pub use terms::TermView;
pub use withdraw::WithdrawCase;

pub(crate) use advance::{Work, advance, status};
pub(crate) use answer::{AnswerQuery, RegisterWord};
pub(crate) use document::canonical;
pub(crate) use fill::{Answered, answer_page, beside};
pub(crate) use keys::name as key_name;
pub(crate) use list::cards;
pub(crate) use load::{live, owned, parse, regulation_of};
pub(crate) use members::rejoin;
pub(crate) use operations::{NUMBER_LINKED, NUMBER_UNLINKED, has_certified, links_numbers};
pub(crate) use outbox::{
    Attached, MailMessage, Outgoing, TextMessage, mail_message, open_body, text_message,
};
pub(crate) use progress::timeline;
pub(crate) use show::{certificates, claims, form_page, order_problem, refusal_view, term as service_term};
pub(crate) use start::start;
