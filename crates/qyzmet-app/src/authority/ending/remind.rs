//! Reminders 30, 14, 7 and 1 days before a certificate ends, by text message and letter, each once.
//!
//! For each reminder a walk goes over the certificates by their end, in the unit that leaves the messages: two processes
//! cannot walk over the same one, and a process that dies goes on where the last unit ended.

use jiff::Timestamp;
use qyzmet_domain::{
    AccountId,
    expiry::{Step, days_left, is_daytime},
};
use qyzmet_pki::Certificate;
use qyzmet_store::{
    Tx,
    repositories::{
        accounts::{self, Account},
        certificates::{self, CertificateRow, EndPlace, State},
        numbers, reminders,
    },
};
use serde_json::json;

use crate::{
    Access, App, Cx, Draw, Error, UseCase,
    cases::{MailMessage, TextMessage, mail_message, text_message},
    numbering::day,
    record::Record,
};
use qyzmet_engine::Phrases;

/// For what its messages are.
const PURPOSE: &str = "certificate-ending";
/// So many certificates are looked at in one unit: others get their turn between two.
const BATCH: u32 = 50;

/// Reminds the owners of all certificates that end soon.
pub struct RemindOfEnds;

impl UseCase for RemindOfEnds {
    /// How many certificates somebody was reminded of.
    type Output = usize;
    const NAME: &'static str = "remind-of-ends";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<usize, Error> {
        let mut reminded = 0;
        if !is_daytime(cx.now) {
            return Ok(reminded);
        }
        for step in Step::ALL {
            while let Some(more) = walk(&cx, step).await? {
                reminded += more;
            }
        }
        Ok(reminded)
    }
}

/// Walks over the next certificates; nothing when there are none.
async fn walk(cx: &Cx, step: Step) -> Result<Option<usize>, Error> {
    let now = cx.now;
    if cx.read(move |tx| Ok(page(tx, step, now, 1)?.is_empty())).await? {
        return Ok(None);
    }
    let app = cx.app.clone();
    let walked = cx.write(move |tx, draw| {
        let mut reminded = 0;
        let rows = page(tx, step, draw.now(), BATCH)?;
        for row in &rows {
            reminded += usize::from(look_at(tx, draw, &app, (step, row))?);
        }
        if let Some(last) = rows.last() {
            reminders::put_place(tx, step.days(), &EndPlace::after(last))?;
        }
        Ok(reminded)
    });
    walked.await.map(Some)
}

/// The certificates that come next; those that have ended meanwhile are passed over.
fn page(tx: &mut Tx<'_>, step: Step, now: Timestamp, most: u32) -> Result<Vec<CertificateRow>, Error> {
    let (present, kept) = (EndPlace::before(now), reminders::place(tx, step.days())?);
    let after = kept.map_or(present.clone(), |kept| kept.max(present));
    Ok(certificates::ending(tx, &after, step.covers_until(now), most)?)
}

/// Reminds of one certificate, unless another reminder is nearer, it cannot be used, or another one stands in for it.
fn look_at(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    app: &App,
    (step, row): (Step, &CertificateRow),
) -> Result<bool, Error> {
    let is_due = Step::reached(days_left(row.not_after, draw.now())) == Some(step);
    let Some(account) = row.account.filter(|_| is_due && row.standing.state == State::Good) else {
        return Ok(false);
    };
    if certificates::is_followed(tx, row)? {
        return Ok(false);
    }
    let told = if reminders::tell(tx, account, day(row.not_after), step.days())? {
        tell(tx, draw, app, account, row)?
    } else {
        // One message has said it for all that end on this day.
        Vec::new()
    };
    Record::of("system".to_owned(), PURPOSE)
        .subject(account)
        .payload(json!({
            "issuer": row.issuer,
            "serial": hex::encode(&row.serial),
            "profile": row.profile,
            "days": step.days(),
            "told": told,
        }))
        .write(tx, draw)?;
    Ok(true)
}

/// Leaves the messages; the answer is by which ways. Whoever has no number and no address sees it in the cabinet.
fn tell(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    app: &App,
    account: AccountId,
    row: &CertificateRow,
) -> Result<Vec<&'static str>, Error> {
    let Some(Account { locale, .. }) = accounts::by_id(tx, account)? else { return Ok(Vec::new()) };
    let link = format!("{}/cabinet/certificates", app.settings.origin);
    let last_day = day(row.not_after).strftime("%d.%m.%Y").to_string();
    let words = [("day", last_day.as_str()), ("link", &link)];
    let mut told = Vec::new();
    if let Some((to, _)) = numbers::of_account(tx, account)? {
        let text = Phrases::of(locale).filled("sms.ending", &words);
        text_message(tx, draw, app, &TextMessage { account, purpose: PURPOSE, to: &to, text: &text })?;
        told.push("sms");
    }
    if let Some(to) = address(row) {
        let text = Phrases::of(locale).filled("mail.ending", &words);
        mail_message(tx, draw, app, &MailMessage { account, purpose: PURPOSE, to: &to, text: &text })?;
        told.push("mail");
    }
    Ok(told)
}

/// The e-mail address in the certificate: the one that its owner gave for messages about it.
fn address(row: &CertificateRow) -> Option<String> {
    Certificate::from_der(&row.der).ok()?.email().map(str::to_owned)
}
