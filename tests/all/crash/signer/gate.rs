//! A gate between portal and signer that the signer dies in: before it gets a question, or before its answer comes through.

use std::{
    io::{Read, Write},
    os::unix::net::{UnixListener, UnixStream},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use xtask::process::Part;

/// The signer while it lives.
pub(super) type Signer = Arc<Mutex<Option<Part>>>;

/// When the signer dies, of questions for certificates.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// It lives.
    Never,
    /// Before the question reaches it.
    BeforeQuestion,
    /// When it has answered, and before anybody hears that.
    BeforeAnswer,
}

/// The gate. It goes on until the test ends.
#[derive(Clone)]
pub(super) struct Gate {
    behind: PathBuf,
    signer: Signer,
    plan: fn(usize) -> Cut,
    asked: Arc<AtomicUsize>,
    /// Answers that the signer gave and nobody heard.
    pub(super) unheard: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Gate {
    /// Stands at one socket and passes on to another; `plan` says what happens to the question of a number.
    pub(super) fn open(at: &Path, behind: &Path, signer: Signer, plan: fn(usize) -> Cut) -> Self {
        let gate =
            Self { behind: behind.to_owned(), signer, plan, asked: Arc::default(), unheard: Arc::default() };
        let (listener, own) = (UnixListener::bind(at).expect("a socket"), gate.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let gate = own.clone();
                thread::spawn(move || gate.pass(stream));
            }
        });
        gate
    }

    /// How many questions for certificates came.
    pub(super) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// One question and its answer; whatever fails on the way ends the connection, as it would without a gate.
    fn pass(&self, mut portal: UnixStream) -> Option<()> {
        let question = frame(&mut portal)?;
        let is_order = question.get(4..).is_some_and(|text| text.starts_with(b"{\"certificates\""));
        let cut = if is_order { (self.plan)(self.asked.fetch_add(1, Ordering::SeqCst)) } else { Cut::Never };
        if cut == Cut::BeforeQuestion {
            self.kill();
            return None;
        }
        let mut signer = UnixStream::connect(&self.behind).ok()?;
        signer.write_all(&question).ok()?;
        let mut answer = Vec::new();
        signer.read_to_end(&mut answer).ok()?;
        if cut == Cut::BeforeAnswer {
            self.kill();
            self.unheard.lock().ok()?.push(answer);
            return None;
        }
        portal.write_all(&answer).ok()
    }

    fn kill(&self) {
        if let Some(mut part) = self.signer.lock().expect("a signer").take() {
            part.kill();
        }
    }
}

/// A whole frame: four octets of length and what they announce.
fn frame(from: &mut UnixStream) -> Option<Vec<u8>> {
    let mut length = [0; 4];
    from.read_exact(&mut length).ok()?;
    let mut rest = vec![0; usize::try_from(u32::from_be_bytes(length)).ok()?];
    from.read_exact(&mut rest).ok()?;
    Some([&length[..], &rest].concat())
}
