//! The signing role in a process of its own, asked over its Unix socket.

use std::{io, path::PathBuf, time::Duration};

use async_trait::async_trait;
use qyzmet_app::ports::{CertificatesOrder, Fault, ListOrder, SignedList, Signing, Unsigned};
use tokio::{net::UnixStream, time::timeout};

use super::frame::{self, ANSWER, Answer, ListWish, Question};

/// Asks `qyzmet signer`. Each question has a connection of its own: on one machine that costs less than a signature.
pub struct OverSocket {
    socket: PathBuf,
    patience: Duration,
}

impl OverSocket {
    /// Asks at this socket and waits so long for an answer; ten times as long for a list.
    #[must_use]
    pub fn new(socket: PathBuf, patience: Duration) -> Self {
        Self { socket, patience }
    }

    async fn ask(&self, question: &Question, patience: Duration) -> Result<(Answer, Vec<u8>), Fault> {
        timeout(patience, self.exchange(question)).await.map_err(|_| Fault::Timeout)?
    }

    async fn exchange(&self, question: &Question) -> Result<(Answer, Vec<u8>), Fault> {
        let down = |error: io::Error| Fault::Unavailable(format!("the signer: {error}"));
        let closed = || Fault::Unavailable("the signer has closed without an answer".to_owned());
        let bytes = serde_json::to_vec(question).map_err(|error| Fault::Malformed(error.to_string()))?;
        let mut stream = UnixStream::connect(&self.socket).await.map_err(down)?;
        frame::write(&mut stream, &bytes).await.map_err(down)?;
        let answer = frame::read(&mut stream, ANSWER).await.map_err(down)?.ok_or_else(closed)?;
        let answer: Answer =
            serde_json::from_slice(&answer).map_err(|_| Fault::Malformed("from the signer".to_owned()))?;
        match answer {
            Answer::Rejected(why) => Err(Fault::Rejected(why)),
            Answer::Failed(why) => Err(Fault::Unavailable(why)),
            Answer::List { .. } => {
                let list = frame::read(&mut stream, ANSWER).await.map_err(down)?.ok_or_else(closed)?;
                Ok((answer, list))
            }
            Answer::Certificates(_) | Answer::Refused(_) | Answer::Ready(_) => Ok((answer, Vec::new())),
        }
    }
}

#[async_trait]
impl Signing for OverSocket {
    async fn certificates(&self, order: CertificatesOrder) -> Result<Vec<Vec<u8>>, Unsigned> {
        match self.ask(&Question::Certificates(order), self.patience).await? {
            (Answer::Certificates(certificates), _) => Ok(certificates),
            (Answer::Refused(refusal), _) => Err(Unsigned::Refused(refusal)),
            _ => Err(Fault::Malformed("another answer than to this question".to_owned()).into()),
        }
    }

    async fn ready(&self) -> Result<Vec<String>, Fault> {
        match self.ask(&Question::Ready, self.patience).await? {
            (Answer::Ready(issuers), _) => Ok(issuers),
            _ => Err(Fault::Malformed("another answer than to this question".to_owned())),
        }
    }

    async fn list(&self, order: ListOrder) -> Result<SignedList, Fault> {
        match self.ask(&Question::List(ListWish::of(&order)), self.patience * 10).await? {
            (Answer::List { entries, seen }, bytes) => Ok(SignedList { bytes, entries, seen }),
            _ => Err(Fault::Malformed("another answer than to this question".to_owned())),
        }
    }
}
