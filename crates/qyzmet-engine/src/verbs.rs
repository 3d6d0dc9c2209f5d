//! The closed list of verbs: what an action can do. One file each; a new verb is a new file and one line here.

mod approve;
mod call;
mod check;
mod confirm;
mod decide;
mod desk;
mod fill;
mod finish;
mod issue;
mod notify;
mod number;
mod pay;
mod query;
mod receive;
mod refuse;
mod services;
mod test;
mod wait;

use crate::event::Event;
use crate::process::Branch;
use crate::read::Fields;
use crate::run::{At, Waiting};
use crate::written::Keys;
use crate::{Command, Rejection};

pub use approve::Approve;
pub use call::Call;
pub use check::{Check, Condition};
pub use confirm::Confirm;
pub use decide::Decide;
pub use desk::{Apart, DeskRules};
pub(crate) use desk::{of_unit, said};
pub use fill::Fill;
pub use finish::Finish;
pub use issue::Issue;
pub(crate) use issue::{WRITTEN, mark};
pub use notify::Notify;
pub use number::Number;
pub use pay::Pay;
pub use query::Query;
pub(crate) use query::subject;
pub use receive::{Receive, Spared};
pub use refuse::Refuse;
pub use services::StartServices;
pub use test::{Premise, Test};
pub use wait::{Await, Awaited, Said};

/// How one verb is read, checked and done.
pub(crate) trait Act: Sized {
    /// Branches that must lead on.
    const NEEDS: &'static [Branch];
    /// Branches that may lead on besides.
    const MAY: &'static [Branch] = &[];
    /// Reads the keys that belong to the verb; faults go to the reader's findings. Every key is asked for before any `?`, so
    /// that all faults are told at once and the schema has all keys.
    fn read(fields: &Fields<'_>) -> Option<Self>;

    /// The keys that belong to the verb, as an author writes them: read again they are the same verb.
    fn keys(&self) -> Keys;

    /// What names it uses, for the checker.
    fn uses(&self) -> Vec<Use> {
        Vec::new()
    }

    /// Branches on which a ground of refusal is met.
    fn grounded(&self) -> &'static [Branch] {
        &[]
    }

    /// What must happen outside before it is done.
    fn waits(&self, _at: &At<'_>) -> Option<Waiting> {
        None
    }

    /// What follows from a command while it waits.
    fn take(&self, at: &At<'_>, _command: &Command) -> Result<Event, Rejection> {
        Err(at.not_waiting())
    }

    /// What follows at once, for a verb that waits for nobody.
    fn run(&self, _at: &At<'_>) -> Option<Event> {
        None
    }
}

/// A name that a verb uses and that something else must define.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// A page of the form.
    Page(String),
    /// A consent field of the form.
    Consent(String),
    /// A fact.
    Fact(String),
    /// A ground of refusal.
    Ground(String),
    /// A text under this key.
    Text(String),
    /// The officer who did the action with this number.
    Officer(u32),
    /// A unit of people, at their desk.
    Desk(String),
}

/// Makes the closed list and its one dispatch.
macro_rules! verbs {
    ($($verb:ident = $word:literal,)+) => {
        /// What an action does.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Verb {
            $(
                #[doc = concat!("`", $word, "`")]
                $verb($verb),
            )+
        }

        impl Verb {
            /// All words of the list.
            pub const WORDS: &'static [&'static str] = &[$($word,)+];

            /// The word after `does`.
            #[must_use]
            pub fn as_str(&self) -> &'static str {
                match self {
                    $(Self::$verb(_) => $word,)+
                }
            }

            /// Reads the verb with this word; nothing when there is no such verb.
            pub(crate) fn read(word: &str, fields: &Fields<'_>) -> Option<Option<Self>> {
                match word {
                    $($word => Some($verb::read(fields).map(Self::$verb)),)+
                    _ => None,
                }
            }

            pub(crate) fn needs(&self) -> &'static [Branch] {
                match self {
                    $(Self::$verb(_) => $verb::NEEDS,)+
                }
            }

            pub(crate) fn may(&self) -> &'static [Branch] {
                match self {
                    $(Self::$verb(_) => $verb::MAY,)+
                }
            }

            /// Branches on which the verb meets a ground of refusal.
            pub(crate) fn grounded(&self) -> &'static [Branch] {
                match self {
                    $(Self::$verb(verb) => verb.grounded(),)+
                }
            }

            /// The operation that is called here, when one is.
            #[must_use]
            pub fn call(&self) -> Option<&Call> {
                match self {
                    Self::Call(call) | Self::Issue(Issue { call: Some(call), .. }) => Some(call),
                    _ => None,
                }
            }

            /// Whether the recipient confirms the request here.
            pub(crate) fn confirms(&self) -> bool {
                matches!(self, Self::Confirm(_) | Self::Fill(Fill { confirm: true, .. }))
            }

            /// The keys that belong to the verb.
            pub(crate) fn keys(&self) -> Keys {
                match self {
                    $(Self::$verb(verb) => verb.keys(),)+
                }
            }

            pub(crate) fn uses(&self) -> Vec<Use> {
                match self {
                    $(Self::$verb(verb) => verb.uses(),)+
                }
            }

            pub(crate) fn waits(&self, at: &At<'_>) -> Option<Waiting> {
                match self {
                    $(Self::$verb(verb) => verb.waits(at),)+
                }
            }

            pub(crate) fn take(&self, at: &At<'_>, command: &Command) -> Result<Event, Rejection> {
                match self {
                    $(Self::$verb(verb) => verb.take(at, command),)+
                }
            }

            pub(crate) fn run(&self, at: &At<'_>) -> Option<Event> {
                match self {
                    $(Self::$verb(verb) => verb.run(at),)+
                }
            }
        }
    };
}

verbs! {
    Fill = "fill",
    Confirm = "confirm",
    Number = "number",
    Receive = "receive",
    Query = "query",
    Check = "check",
    Decide = "decide",
    Approve = "approve",
    Pay = "pay",
    Await = "await",
    Call = "call",
    Issue = "issue",
    Notify = "notify",
    Refuse = "refuse",
    StartServices = "start-services",
    Finish = "finish",
}
