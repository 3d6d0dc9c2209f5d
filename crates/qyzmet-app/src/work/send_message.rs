//! A message waits: hand it over and forget its text.

use qyzmet_domain::{Caller, MessageId};
use qyzmet_store::{
    jobs::{self, Job},
    repositories::messages,
};
use serde::Deserialize;

use super::Failure;
use crate::{
    Access, App, Cx, Document, Error, UseCase,
    cases::{Attached, Outgoing, open_body},
    ports::{Attachment, Letter, ShortMessage},
    printed::PrintPaper,
    run,
};

#[derive(Deserialize)]
struct Payload {
    message: MessageId,
}

/// Carries the job out. A crash between handing over and writing it down may send a message twice, never lose it.
pub(super) async fn send(app: &App, job: &Job) -> Result<(), Failure> {
    let payload = serde_json::from_value(job.payload.clone());
    let Payload { message } = payload.map_err(|_| Failure::for_good("a job without its message"))?;
    let found = run(app, &Caller::System, FindMessage { message }).await?;
    let centre_id = match found {
        Some((channel, outgoing)) => hand_over(app, message, &channel, outgoing).await,
        None => Ok(String::new()),
    };
    let fate = match centre_id {
        Ok(centre_id) => Fate::Sent(centre_id),
        Err(failure) if failure.passing => return Err(failure),
        Err(_) => Fate::Failed,
    };
    run(app, &Caller::System, EndMessage { job: job.clone(), message, fate }).await?;
    Ok(())
}

async fn hand_over(app: &App, id: MessageId, channel: &str, outgoing: Outgoing) -> Result<String, Failure> {
    let Outgoing { to, text, attached } = outgoing;
    if channel == "mail" {
        let subject = text.lines().next().unwrap_or_default().to_owned();
        let attachments = match attached {
            Some(attached) => vec![print(app, attached).await?],
            None => Vec::new(),
        };
        app.ports.mail.send(Letter { id, to, subject, text, attachments }).await?;
        return Ok(String::new());
    }
    let to = to.parse().map_err(|_| Failure::for_good("a message to no number"))?;
    Ok(app.ports.messages.send(ShortMessage { id, to, text }).await?)
}

/// Prints the paper that goes with a letter; no letter of ours carries a key [R839-19.5e].
async fn print(app: &App, attached: Attached) -> Result<Attachment, Failure> {
    let Attached { paper, account, case } = attached;
    let Document { bytes, name, media } =
        run(app, &Caller::System, PrintPaper { account, case, paper }).await?;
    if qyzmet_pki::holds_private_key(&bytes) {
        return Err(Failure::for_good("a letter would carry key material"));
    }
    Ok(Attachment { name, media, bytes })
}

/// Opens a waiting message; nothing when it was handed over before.
struct FindMessage {
    message: MessageId,
}

impl UseCase for FindMessage {
    type Output = Option<(String, Outgoing)>;
    const NAME: &'static str = "find-message";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<Self::Output, Error> {
        let row = cx.read(move |tx| Ok(messages::find(tx, self.message)?)).await?.ok_or(Error::NotFound)?;
        row.body.map(|body| Ok((row.channel, open_body(&cx.app, &body)?))).transpose()
    }
}

enum Fate {
    Sent(String),
    Failed,
}

/// Writes down what became of a message, and ends the job.
struct EndMessage {
    job: Job,
    message: MessageId,
    fate: Fate,
}

impl UseCase for EndMessage {
    type Output = ();
    const NAME: &'static str = "end-message";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<(), Error> {
        cx.write(move |tx, draw| {
            match &self.fate {
                Fate::Sent(centre_id) => messages::sent(tx, self.message, centre_id, draw.now())?,
                Fate::Failed => messages::failed(tx, self.message, draw.now())?,
            }
            if jobs::complete(tx, &self.job, draw.now())? { Ok(()) } else { Err(Error::Late) }
        })
        .await
    }
}
