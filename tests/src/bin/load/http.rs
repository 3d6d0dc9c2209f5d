//! HTTP/1.1 over one kept connection, as lean as it goes: the generator must not eat the processor that it measures.

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};
use xtask::Failure;

/// The largest answer that is read.
const LARGEST: usize = 4 * 1024 * 1024;

/// A connection to one port of this machine.
pub(crate) struct Connection {
    stream: TcpStream,
    port: u16,
    buffer: Vec<u8>,
}

/// An answer.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    /// Status.
    pub(crate) status: u16,
    /// Where a redirect leads.
    pub(crate) location: Option<String>,
    /// `name=value` of a cookie that is set.
    pub(crate) cookies: Vec<String>,
    /// The body.
    pub(crate) body: Vec<u8>,
}

impl Connection {
    /// Connects.
    pub(crate) async fn open(port: u16) -> Result<Self, Failure> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await.map_err(broken)?;
        stream.set_nodelay(true).map_err(broken)?;
        Ok(Self { stream, port, buffer: Vec::with_capacity(64 * 1024) })
    }

    /// Fetches a page.
    pub(crate) async fn get(&mut self, path: &str, cookie: &str) -> Result<Answer, Failure> {
        let head =
            format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\ncookie: {cookie}\r\n\r\n", self.port);
        self.exchange(head.as_bytes()).await
    }

    /// Sends a form.
    pub(crate) async fn post(
        &mut self,
        path: &str,
        cookie: &str,
        kind: &str,
        body: &[u8],
    ) -> Result<Answer, Failure> {
        let port = self.port;
        let mut message = format!(
            "POST {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\norigin: http://127.0.0.1:{port}\r\ncookie: {cookie}\r\n\
             content-type: {kind}\r\ncontent-length: {}\r\n\r\n",
            body.len()
        )
        .into_bytes();
        message.extend_from_slice(body);
        self.exchange(&message).await
    }

    async fn exchange(&mut self, message: &[u8]) -> Result<Answer, Failure> {
        self.stream.write_all(message).await.map_err(broken)?;
        self.buffer.clear();
        let head = loop {
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                break end;
            }
            self.more().await?;
        };
        let text = String::from_utf8_lossy(self.buffer.get(..head).unwrap_or_default()).into_owned();
        let (mut answer, length) = read_head(&text)?;
        let begin = head + 4;
        answer.body = match length {
            Some(length) => self.plain(begin, length).await?,
            None => self.chunked(begin).await?,
        };
        Ok(answer)
    }

    async fn plain(&mut self, begin: usize, length: usize) -> Result<Vec<u8>, Failure> {
        while self.buffer.len() < begin + length {
            self.more().await?;
        }
        Ok(self.buffer.get(begin..begin + length).unwrap_or_default().to_vec())
    }

    async fn chunked(&mut self, mut at: usize) -> Result<Vec<u8>, Failure> {
        let mut body = Vec::new();
        loop {
            let Some(line) = self.buffer.get(at..).and_then(|rest| find(rest, b"\r\n")) else {
                self.more().await?;
                continue;
            };
            let size =
                self.buffer.get(at..at + line).map(String::from_utf8_lossy).unwrap_or_default().into_owned();
            let size = usize::from_str_radix(size.trim(), 16)
                .map_err(|_| Failure::unexpected("a chunk without a size"))?;
            let begin = at + line + 2;
            body.extend(self.plain(begin, size).await?);
            self.plain(begin + size, 2).await?;
            at = begin + size + 2;
            if size == 0 {
                return Ok(body);
            }
        }
    }

    async fn more(&mut self) -> Result<(), Failure> {
        let read = self.stream.read_buf(&mut self.buffer).await.map_err(broken)?;
        if read == 0 || self.buffer.len() > LARGEST {
            return Err(Failure::unexpected("the connection ended in the middle of an answer"));
        }
        Ok(())
    }
}

fn read_head(text: &str) -> Result<(Answer, Option<usize>), Failure> {
    let mut lines = text.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|status| status.parse().ok());
    let mut answer =
        Answer { status: status.ok_or_else(|| Failure::unexpected("no status"))?, ..Answer::default() };
    let mut length = if [204, 304].contains(&answer.status) { Some(0) } else { None };
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().ok(),
            "location" => answer.location = Some(value.to_owned()),
            "set-cookie" => answer.cookies.extend(value.split(';').next().map(str::to_owned)),
            _ => {}
        }
    }
    Ok((answer, length))
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

fn broken(fault: std::io::Error) -> Failure {
    Failure::unexpected(format!("connection: {fault}"))
}
