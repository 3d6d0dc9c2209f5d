//! One request as bytes on a connection of its own: nothing between the test and the portal makes an address harmless.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

use xtask::walk::client::encode;

/// A request.
#[derive(Clone, Debug)]
pub(super) struct Ask<'a> {
    pub(super) method: &'a str,
    /// Path and query, sent as they stand.
    pub(super) at: String,
    /// The `Cookie` header; empty for somebody without one.
    pub(super) cookies: String,
    /// From which site a browser would say that the form comes; the portal itself when nothing is given.
    pub(super) origin: Option<&'a str>,
    pub(super) fields: Vec<(String, String)>,
}

/// An answer.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    headers: Vec<(String, String)>,
    pub(super) body: String,
}

impl Reply {
    /// Value of a header; empty when there is none.
    pub(super) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(found, _)| found.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value)
    }

    /// Where it sends the browser.
    pub(super) fn to(&self) -> &str {
        self.header("location")
    }
}

impl Ask<'_> {
    /// Sends it to the portal at a port of this machine.
    pub(super) fn send(&self, port: u16) -> Reply {
        let host = format!("127.0.0.1:{port}");
        let mut connection = TcpStream::connect(&host).expect("the portal listens");
        connection.set_read_timeout(Some(Duration::from_secs(60))).expect("a time-out");
        let own = format!("http://{host}");
        let body = encode(&self.fields);
        let mut head = format!(
            "{} {} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\norigin: {}\r\ncontent-length: {}\r\n",
            self.method,
            self.at,
            self.origin.unwrap_or(&own),
            body.len()
        );
        if self.method == "POST" {
            head.push_str("content-type: application/x-www-form-urlencoded\r\n");
        }
        if !self.cookies.is_empty() {
            head.push_str(&format!("cookie: {}\r\n", self.cookies));
        }
        connection.write_all(format!("{head}\r\n{body}").as_bytes()).expect("the request is sent");
        let mut bytes = Vec::new();
        connection.read_to_end(&mut bytes).expect("an answer that ends");
        read(&String::from_utf8_lossy(&bytes))
    }
}

fn read(answer: &str) -> Reply {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((answer, ""));
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
    let headers = lines.filter_map(|line| line.split_once(": "));
    Reply {
        status: status.unwrap_or_else(|| panic!("no status in {head:?}")),
        headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        body: body.to_owned(),
    }
}
