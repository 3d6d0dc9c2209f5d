//! Where a PIN is typed: at the agent's own terminal, unseen; or a pipe, for tests and for programs that ask in a window.

use std::{
    fs::File,
    io::{self, Read, Write as _},
    os::fd::AsFd,
    path::Path,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use qyzmet_pki::Pin;
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr},
};
use zeroize::Zeroizing;

use super::Gone;

/// More than any card takes (PKCS#11 counts up to 255 for SoftHSM, real cards up to 16).
const LONGEST: usize = 256;
/// How often it is seen that the page has gone away.
const LOOK: Timespec = Timespec { tv_sec: 0, tv_nsec: 200_000_000 };

/// Why there is no PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PinError {
    /// The agent was started without a terminal.
    #[error("the agent has no terminal to ask for a PIN")]
    NoTerminal,
    /// Nobody typed one in time, or the person stopped.
    #[error("no PIN was entered")]
    NotEntered,
}

/// Where a PIN comes from; never the page.
#[derive(Debug)]
pub enum PinSource {
    /// The terminal at which the agent was started.
    Terminal,
    /// Lines of a pipe, one for each time that a PIN is needed.
    Pipe(Mutex<File>),
}

impl PinSource {
    /// Lines of this file or pipe (`/dev/fd/3` for a descriptor).
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn pipe(path: &Path) -> io::Result<Self> {
        Ok(Self::Pipe(Mutex::new(File::open(path)?)))
    }

    /// Shows the words and reads one line. An empty one means that the person does not want to go on.
    ///
    /// # Errors
    /// [`PinError`].
    pub fn ask(&self, words: &str, within: Duration, gone: &Gone) -> Result<Pin, PinError> {
        let until = Instant::now() + within;
        match self {
            Self::Terminal => {
                let tty = File::options().read(true).write(true).open("/dev/tty");
                let tty = tty.map_err(|_| PinError::NoTerminal)?;
                let _hidden = Hidden::from(&tty, words).map_err(|_| PinError::NoTerminal)?;
                line(&tty, until, gone)
            }
            Self::Pipe(file) => line(&file.lock().unwrap_or_else(PoisonError::into_inner), until, gone),
        }
    }
}

/// A terminal that does not show what is typed. It shows it again when this is dropped.
struct Hidden<'a> {
    tty: &'a File,
    before: Termios,
}

impl<'a> Hidden<'a> {
    /// What was typed before the question does not count as its answer.
    fn from(mut tty: &'a File, words: &str) -> io::Result<Self> {
        let before = tcgetattr(tty)?;
        let mut hidden = before.clone();
        hidden.local_modes.remove(LocalModes::ECHO | LocalModes::ECHONL);
        hidden.local_modes.insert(LocalModes::ICANON);
        tcsetattr(tty, OptionalActions::Flush, &hidden)?;
        let asking = Self { tty, before };
        write!(tty, "{words}")?;
        tty.flush()?;
        Ok(asking)
    }
}

impl Drop for Hidden<'_> {
    fn drop(&mut self) {
        // A terminal that was closed meanwhile shows nothing to anybody.
        let _closed = tcsetattr(self.tty, OptionalActions::Flush, &self.before);
        let _closed = writeln!(self.tty);
    }
}

/// Reads one line, byte by byte, so that no copy of it stays in a buffer.
fn line(mut from: &File, until: Instant, gone: &Gone) -> Result<Pin, PinError> {
    let mut typed = Zeroizing::new(Vec::with_capacity(LONGEST));
    let mut byte = Zeroizing::new([0; 1]);
    loop {
        let readable = is_readable(from)?;
        // What is typed after the question has ended belongs to the next one.
        if gone.is_set() || Instant::now() >= until {
            return Err(PinError::NotEntered);
        }
        if !readable {
            continue;
        }
        match from.read(&mut *byte).map_err(|_| PinError::NotEntered)? {
            0 => return Err(PinError::NotEntered),
            _ if byte[0] == b'\n' => break,
            // A longer one is refused by its length, without a copy growing in memory.
            _ if typed.len() < LONGEST => typed.push(byte[0]),
            _ => {}
        }
    }
    let typed = std::str::from_utf8(&typed).map_err(|_| PinError::NotEntered)?;
    let typed = typed.trim_end_matches('\r');
    if typed.is_empty() {
        return Err(PinError::NotEntered);
    }
    // Of exactly this size, so that the PIN is not copied when it becomes a secret.
    let mut pin = String::with_capacity(typed.len());
    pin.push_str(typed);
    Ok(Pin::new(pin))
}

fn is_readable(file: &File) -> Result<bool, PinError> {
    let mut asked = [PollFd::from_borrowed_fd(file.as_fd(), PollFlags::IN)];
    match poll(&mut asked, Some(&LOOK)) {
        Ok(ready) => Ok(ready > 0),
        Err(rustix::io::Errno::INTR) => Ok(false),
        Err(_) => Err(PinError::NotEntered),
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, thread};

    use super::*;

    const SOON: Duration = Duration::from_secs(20);

    fn pipe(content: &[u8]) -> PinSource {
        let (read, mut write) =
            rustix::pipe::pipe().map(|(read, write)| (File::from(read), File::from(write))).unwrap();
        write.write_all(content).unwrap();
        PinSource::Pipe(Mutex::new(read))
    }

    /// [R839-9.P6]
    #[test]
    fn each_question_takes_one_line_and_shows_nothing_of_it() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("pins"), "271828\r\n314159\n\nно\n").unwrap();
        let source = PinSource::pipe(&folder.path().join("pins")).unwrap();
        let ask = || source.ask("", SOON, &Gone::default());
        assert_eq!(format!("{:?} {:?}", ask().unwrap(), ask().unwrap()), "Pin(…) Pin(…)");
        assert_eq!(ask().unwrap_err(), PinError::NotEntered, "an empty line");
        assert!(ask().is_ok());
        assert_eq!(ask().unwrap_err(), PinError::NotEntered, "the end");
    }

    #[test]
    fn nobody_waits_for_a_pin_longer_than_the_person_or_the_page() {
        let none = Duration::ZERO;
        assert_eq!(pipe(b"1234\n").ask("", none, &Gone::default()).unwrap_err(), PinError::NotEntered);
        assert_eq!(pipe(b"\xff\xfe\n").ask("", SOON, &Gone::default()).unwrap_err(), PinError::NotEntered);
        let gone = Gone::default();
        let page = super::super::Waiting(gone.clone());
        let (read, _open) = rustix::pipe::pipe().unwrap();
        let source = PinSource::Pipe(Mutex::new(File::from(read)));
        let asking = thread::spawn(move || source.ask("", SOON, &gone).unwrap_err());
        drop(page);
        assert_eq!(asking.join().unwrap(), PinError::NotEntered);
    }
}
