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

/// A moment of a question for certificates; questions and whole answers are counted from nought.
#[derive(Clone, Copy)]
pub(super) enum Moment {
    /// It has come to the gate, and not to the signer.
    Asked(usize),
    /// The signer has answered, and nobody has heard it.
    Answered(usize),
}

/// Looks at each moment before it passes; the signer dies in one of which this says no.
type Watch = Arc<dyn Fn(Moment) -> bool + Send + Sync>;

/// The gate. It goes on until the test ends.
#[derive(Clone)]
pub(super) struct Gate {
    behind: PathBuf,
    signer: Signer,
    watch: Watch,
    asked: Arc<AtomicUsize>,
    answered: Arc<AtomicUsize>,
    /// Answers that the signer gave and nobody heard.
    pub(super) unheard: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Gate {
    /// Stands at one socket and passes on to another.
    pub(super) fn open(at: &Path, behind: &Path, signer: Signer, watch: Watch) -> Self {
        let gate = Self {
            behind: behind.to_owned(),
            signer,
            watch,
            asked: Arc::default(),
            answered: Arc::default(),
            unheard: Arc::default(),
        };
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
        let is_order = question.get(4..).is_some_and(|text| text.starts_with(ORDER));
        if is_order && !(self.watch)(Moment::Asked(self.asked.fetch_add(1, Ordering::SeqCst))) {
            self.kill();
            return None;
        }
        let mut signer = UnixStream::connect(&self.behind).ok()?;
        signer.write_all(&question).ok()?;
        let mut answer = Vec::new();
        signer.read_to_end(&mut answer).ok()?;
        let signed = frame(&mut answer.as_slice()).is_some_and(|whole| whole[4..].starts_with(ORDER));
        if signed && !(self.watch)(Moment::Answered(self.answered.fetch_add(1, Ordering::SeqCst))) {
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

/// How a question for certificates begins, and its answer.
const ORDER: &[u8] = b"{\"certificates\"";

/// A whole frame: four octets of length and what they announce.
fn frame(from: &mut impl Read) -> Option<Vec<u8>> {
    let mut length = [0; 4];
    from.read_exact(&mut length).ok()?;
    let mut rest = vec![0; usize::try_from(u32::from_be_bytes(length)).ok()?];
    from.read_exact(&mut rest).ok()?;
    Some([&length[..], &rest].concat())
}
