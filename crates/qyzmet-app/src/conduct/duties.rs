//! Entering and ending a duty: the row, and its entry in the journal, in one place.

use jiff::Timestamp;
use qyzmet_domain::{AccountId, DutyId, conduct::DutyKind};
use qyzmet_store::{
    Tx,
    repositories::{
        duties::{self, DutyRow},
        papers::PaperRow,
    },
};
use serde_json::json;

use super::{
    PERSONNEL, RESPONSIBLE,
    charge::{Charge, duty_in_charge},
};
use crate::{Access, Cx, DeskProblem, Draw, Error, UseCase, record::Record};

/// The longest words that are kept, in characters.
const LONGEST: usize = 2_000;

/// A duty as pages show it.
pub struct DutyView {
    /// Its number.
    pub id: DutyId,
    /// Whom it concerns.
    pub account: AccountId,
    /// What it is.
    pub kind: DutyKind,
    /// From when on it counts.
    pub begins_at: Timestamp,
    /// Until when it holds.
    pub ends_at: Option<Timestamp>,
    /// By when it has to be done.
    pub due_at: Option<Timestamp>,
    /// Whether that moment has passed and it is not done.
    pub late: bool,
    /// When it was done.
    pub done_at: Option<Timestamp>,
    /// In words: why, or what is asked.
    pub words: String,
    /// What came of it, as a word.
    pub outcome: Option<String>,
    /// What came of it, in words.
    pub answer: Option<String>,
    /// Its documents.
    pub papers: Vec<PaperCard>,
}

/// A document of a duty as pages show it.
pub struct PaperCard {
    /// What it is there.
    pub kind: String,
    /// Until when it has to be kept.
    pub kept_until: Timestamp,
}

impl From<PaperRow> for PaperCard {
    fn from(PaperRow { kind, kept_until, .. }: PaperRow) -> Self {
        Self { kind, kept_until }
    }
}

impl DutyView {
    pub(super) fn of(duty: DutyRow, papers: Vec<PaperRow>, now: Timestamp) -> Self {
        Self {
            id: duty.id,
            account: duty.account,
            kind: duty.kind,
            begins_at: duty.begins_at,
            ends_at: duty.ends_at,
            late: duty.done_at.is_none() && duty.due_at.is_some_and(|due| due < now),
            due_at: duty.due_at,
            done_at: duty.done_at,
            words: duty.words,
            outcome: duty.outcome,
            answer: duty.answer,
            papers: papers.into_iter().map(PaperCard::from).collect(),
        }
    }
}

/// A duty of an operator that begins now and has no dates of its own yet.
pub(super) fn duty(
    draw: &mut Draw,
    charge: &Charge,
    kind: DutyKind,
    (entered_by, words): (AccountId, &str),
) -> DutyRow {
    DutyRow {
        id: draw.duty(),
        account: charge.account,
        body: charge.body.clone(),
        unit: charge.unit.clone(),
        kind,
        begins_at: draw.now(),
        ends_at: None,
        due_at: None,
        alarm_at: None,
        done_at: None,
        entered_by,
        words: words.trim().to_owned(),
        outcome: None,
        answer: None,
    }
}

/// Enters a duty.
pub(super) fn enter(tx: &mut Tx<'_>, draw: &mut Draw, actor: &str, duty: &DutyRow) -> Result<(), Error> {
    duties::insert(tx, duty)?;
    let payload = json!({
        "duty": duty.id,
        "kind": duty.kind.word(),
        "from": duty.begins_at,
        "until": duty.ends_at,
        "due": duty.due_at,
        "words": duty.words,
    });
    Record::of(actor.to_owned(), "duty-entered")
        .clause(&duty.kind.clause().to_string())
        .subject(duty.account)
        .payload(payload)
        .write(tx, draw)?;
    Ok(())
}

/// Ends a duty, once.
///
/// # Errors
/// [`Error::Late`] when it was ended before.
pub(super) fn close(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    actor: &str,
    duty: &DutyRow,
    (outcome, answer): (&str, Option<&str>),
) -> Result<(), Error> {
    if !duties::close(tx, duty.id, draw.now(), (outcome, answer))? {
        return Err(Error::Late);
    }
    let payload = json!({ "duty": duty.id, "kind": duty.kind.word(), "outcome": outcome, "answer": answer });
    Record::of(actor.to_owned(), "duty-closed")
        .clause(&duty.kind.clause().to_string())
        .subject(duty.account)
        .payload(payload)
        .write(tx, draw)?;
    Ok(())
}

/// Words that somebody has to write.
///
/// # Errors
/// [`DeskProblem::NoReason`] for none, or too many.
pub(super) fn some_words(text: &str) -> Result<String, Error> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST {
        return Err(Error::Desk(DeskProblem::NoReason));
    }
    Ok(text.to_owned())
}

/// Ends a duty that is answered in words: a violation by the body whose operator it was [R839-15.2c], an alarm by the
/// provider.
pub struct CloseDuty {
    /// Which.
    pub duty: DutyId,
    /// What was done.
    pub words: String,
}

impl UseCase for CloseDuty {
    type Output = ();
    const NAME: &'static str = "close-duty";
    const ACCESS: Access = Access::Officer;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        let (who, actor, words) = (cx.officer()?, cx.caller.actor(), some_words(&self.words)?);
        cx.write(move |tx, draw| {
            let duty = duty_in_charge(tx, (&who, &[PERSONNEL, RESPONSIBLE]), self.duty)?;
            let role = match duty.kind {
                DutyKind::Violation => PERSONNEL,
                DutyKind::TwoPlaces | DutyKind::Idle => RESPONSIBLE,
                _ => return Err(Error::NotFound),
            };
            super::charge::need(&who, &[role])?;
            close(tx, draw, &actor, &duty, ("answered", Some(&words)))
        })
        .await
    }
}
