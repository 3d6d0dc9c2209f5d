//! The signer's socket: for its owner and the users that it names, bounded in length, time and number of those who ask at once.

use std::{
    fs, io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use qyzmet_app::ports::{Fault, Signing, Unsigned};
use tokio::{
    net::{UnixListener, UnixStream},
    sync::{Semaphore, watch},
    time::timeout,
};

use super::{
    frame::{self, Answer, QUESTION, Question},
    users,
};

/// What one side may ask of the signer.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Connections at once; others wait.
    pub connections: usize,
    /// From a connection until its question is there, and for writing an answer.
    pub patience: Duration,
    /// Numbers of users who may ask besides the signer's own.
    pub others: Vec<u32>,
}

/// The socket cannot be opened.
#[derive(Debug, thiserror::Error)]
#[error("{}: {why}", path.display())]
pub struct SocketError {
    /// Where.
    pub path: PathBuf,
    /// Why.
    pub why: io::Error,
}

/// Opens the socket for its owner alone; when others may ask too, for everybody, and then the kernel says of each connection
/// whose it is. One that a dead signer has left is replaced; that of a living one is not.
///
/// # Errors
/// [`SocketError`], also when something else lies in its place.
pub async fn listen(path: &Path, others: &[u32]) -> Result<UnixListener, SocketError> {
    let failed = |why| SocketError { path: path.to_owned(), why };
    if UnixStream::connect(path).await.is_ok() {
        return Err(failed(io::Error::new(io::ErrorKind::AddrInUse, "another signer answers here")));
    }
    // It is bound under another name and moved when only its owner may open it.
    let new = path.with_extension("new");
    for old in [&new, path] {
        match fs::remove_file(old) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
            _ => {}
        }
    }
    let listener = UnixListener::bind(&new).map_err(failed)?;
    let mode = if others.is_empty() { 0o600 } else { 0o666 };
    fs::set_permissions(&new, fs::Permissions::from_mode(mode)).map_err(failed)?;
    fs::rename(&new, path).map_err(failed)?;
    Ok(listener)
}

/// Answers until told to stop.
pub async fn serve(
    listener: UnixListener,
    role: Arc<dyn Signing>,
    limits: Limits,
    mut stop: watch::Receiver<bool>,
) {
    let places = Arc::new(Semaphore::new(limits.connections));
    while !*stop.borrow() {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let stream = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.changed() => return,
        };
        let Ok((stream, _)) = stream else { continue };
        if !users::may_ask(&stream, &limits.others) {
            tracing::warn!("somebody asked the signer who may not");
            continue;
        }
        let (role, patience) = (Arc::clone(&role), limits.patience);
        tokio::spawn(async move {
            if let Err(error) = answer(stream, role, patience).await {
                tracing::warn!(%error, "a question to the signer was left without an answer");
            }
            drop(place);
        });
    }
}

/// Answers the one question of a connection.
async fn answer(mut stream: UnixStream, role: Arc<dyn Signing>, patience: Duration) -> io::Result<()> {
    let Some(question) = timeout(patience, frame::read(&mut stream, QUESTION)).await?? else { return Ok(()) };
    let (answer, list) = match serde_json::from_slice(&question) {
        Ok(question) => act(question, role).await,
        Err(_) => (Answer::Rejected("not a question".to_owned()), None),
    };
    let bytes = serde_json::to_vec(&answer)?;
    timeout(patience, frame::write(&mut stream, &bytes)).await??;
    if let Some(list) = list {
        timeout(patience * 10, frame::write(&mut stream, &list)).await??;
    }
    Ok(())
}

async fn act(question: Question, role: Arc<dyn Signing>) -> (Answer, Option<Vec<u8>>) {
    let outcome = match question {
        Question::Certificates(order) => match role.certificates(order).await {
            Ok(certificates) => Ok((Answer::Certificates(certificates), None)),
            Err(Unsigned::Refused(refusal)) => {
                tracing::warn!(why = refusal.why, "the signer refuses an order");
                Ok((Answer::Refused(refusal), None))
            }
            Err(Unsigned::Fault(fault)) => Err(fault),
        },
        Question::Ready => role.ready().await.map(|issuers| (Answer::Ready(issuers), None)),
        Question::List(wish) => match wish.order() {
            Some(order) => role
                .list(order)
                .await
                .map(|list| (Answer::List { entries: list.entries, seen: list.seen }, Some(list.bytes))),
            None => Err(Fault::Rejected("no such series of lists".to_owned())),
        },
    };
    outcome.unwrap_or_else(|fault| {
        let word = fault.to_string();
        tracing::warn!(why = word, "the signer says no");
        (if fault.is_passing() { Answer::Failed(word) } else { Answer::Rejected(word) }, None)
    })
}
