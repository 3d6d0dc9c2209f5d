//! One SMTP session at the relay: EHLO, MAIL, RCPT, DATA, RSET, NOOP, QUIT.

use std::sync::Arc;

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

use super::{Mode, Relay};

/// Longest line and biggest letter taken.
const MAX_LINE: u64 = 2_000;
const MAX_LETTER: usize = 1024 * 1024;

struct Session {
    relay: Arc<Relay>,
    line: BufReader<TcpStream>,
    recipients: Vec<String>,
}

/// The session ends: goodbye, a broken line, or a broken rule.
struct Over;

/// Serves one connection until it ends.
pub(super) async fn serve(stream: TcpStream, relay: Arc<Relay>) {
    if relay.switch.mode() == Mode::Down {
        return;
    }
    let mut session = Session { relay, line: BufReader::new(stream), recipients: Vec::new() };
    if session.say("220 simulator").await.is_err() {
        return;
    }
    while session.step().await.is_ok() {}
}

impl Session {
    async fn step(&mut self) -> Result<(), Over> {
        let line = self.read().await?;
        let mode = self.relay.switch.mode();
        if mode == Mode::Down {
            return Err(Over);
        }
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        match (verb.as_str(), mode) {
            ("EHLO" | "HELO", _) => self.say("250-simulator\r\n250-8BITMIME\r\n250 SMTPUTF8").await,
            ("RCPT", Mode::Throttle) => self.say("450 4.7.1 later").await,
            ("RCPT", Mode::Reject) => self.say("550 5.1.1 no such mailbox").await,
            ("RCPT", _) => {
                self.recipients.extend(address(&line));
                self.say("250 ok").await
            }
            ("DATA", Mode::Disconnect) => Err(Over),
            ("DATA", _) => self.letter(mode).await,
            ("QUIT", _) => {
                self.say("221 bye").await?;
                Err(Over)
            }
            ("MAIL" | "RSET", _) => {
                self.recipients.clear();
                self.say("250 ok").await
            }
            ("NOOP", _) => self.say("250 ok").await,
            _ => self.say("502 not here").await,
        }
    }

    async fn letter(&mut self, mode: Mode) -> Result<(), Over> {
        self.say("354 go on").await?;
        let mut data = String::new();
        loop {
            let line = self.read().await?;
            if line == "." {
                break;
            }
            // A dot doubled by the sender (RFC 5321, 4.5.2).
            data.push_str(line.strip_prefix('.').unwrap_or(&line));
            data.push_str("\r\n");
            if data.len() > MAX_LETTER {
                return Err(Over);
            }
        }
        if mode == Mode::Slow {
            tokio::time::sleep(self.relay.options.slow).await;
        }
        self.relay.inbox.take(&self.recipients, &data, self.relay.options.clock.now());
        self.recipients.clear();
        self.say("250 taken").await
    }

    /// One line without its end.
    async fn read(&mut self) -> Result<String, Over> {
        let mut bytes = Vec::new();
        let mut limited = (&mut self.line).take(MAX_LINE);
        limited.read_until(b'\n', &mut bytes).await.map_err(|_| Over)?;
        let line = bytes.strip_suffix(b"\n").ok_or(Over)?;
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        Ok(String::from_utf8_lossy(line).into_owned())
    }

    async fn say(&mut self, answer: &str) -> Result<(), Over> {
        self.line.write_all(format!("{answer}\r\n").as_bytes()).await.map_err(|_| Over)
    }
}

/// What stands between the angle brackets.
fn address(line: &str) -> Option<String> {
    let (_, after) = line.split_once('<')?;
    let (address, _) = after.split_once('>')?;
    Some(address.to_owned())
}
