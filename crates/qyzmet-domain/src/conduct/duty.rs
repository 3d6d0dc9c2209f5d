//! The kinds of dated duties around an operator, each with the clause that asks for it.

use std::{fmt, str::FromStr};

use crate::Clause;

/// What has to be done, or holds, from one date to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DutyKind {
    /// The centre asks for an operator's certificates [R839-15.1b, R839-15.1c].
    Onboarding,
    /// The operator pledges to give certificates and keys to nobody [R839-19.5a].
    Pledge,
    /// The operator leaves: certificates are revoked before [R839-15.1f].
    Departure,
    /// The operator is away [R839-15.1g].
    Absence,
    /// The operator's key is lost or in other hands [R839-19.5c].
    KeyLost,
    /// The operator acknowledges the instruction, yearly [R839-19.5f].
    Instruction,
    /// The operator has the workstation checked [R839-19.5h, R839-19.5i, R839-19.5j].
    Workstation,
    /// The operator worked at two places at once: somebody looks into it [R839-19.5a].
    TwoPlaces,
    /// A desk was left with its key in it [R839-19.5g].
    Idle,
    /// The provider looks through a sample of the operator's work [R839-15.2a].
    Sample,
    /// The provider asks for copies of documents [R839-15.2b].
    Copies,
    /// A violation that the centre answers with what it has done [R839-15.2c].
    Violation,
    /// An appeal about the work of the centre's people [R839-15.3e].
    Appeal,
}

/// No kind of duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no kind of duty")]
pub struct UnknownDuty;

impl DutyKind {
    /// Every kind.
    pub const ALL: [Self; 13] = [
        Self::Onboarding,
        Self::Pledge,
        Self::Departure,
        Self::Absence,
        Self::KeyLost,
        Self::Instruction,
        Self::Workstation,
        Self::TwoPlaces,
        Self::Idle,
        Self::Sample,
        Self::Copies,
        Self::Violation,
        Self::Appeal,
    ];

    /// The word under which rows, journal and locales know it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Onboarding => "onboarding",
            Self::Pledge => "pledge",
            Self::Departure => "departure",
            Self::Absence => "absence",
            Self::KeyLost => "key-lost",
            Self::Instruction => "instruction",
            Self::Workstation => "workstation",
            Self::TwoPlaces => "two-places",
            Self::Idle => "idle",
            Self::Sample => "sample",
            Self::Copies => "copies",
            Self::Violation => "violation",
            Self::Appeal => "appeal",
        }
    }

    /// The clause behind it.
    #[must_use]
    pub fn clause(self) -> Clause {
        let place = match self {
            Self::Onboarding | Self::Departure | Self::Absence => "15.1",
            Self::Sample | Self::Copies | Self::Violation => "15.2",
            Self::Appeal => "15.3",
            Self::Pledge
            | Self::KeyLost
            | Self::Instruction
            | Self::Workstation
            | Self::TwoPlaces
            | Self::Idle => "19.5",
        };
        Clause::fixed("839-2012", place)
    }
}

impl fmt::Display for DutyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for DutyKind {
    type Err = UnknownDuty;

    fn from_str(text: &str) -> Result<Self, UnknownDuty> {
        Self::ALL.into_iter().find(|kind| kind.word() == text).ok_or(UnknownDuty)
    }
}
