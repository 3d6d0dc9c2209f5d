//! One HTTP exchange with the gateway: pooled connections, a time limit, a size limit, and nothing sent twice.

use std::time::Duration;

use qyzmet_app::ports::Fault;
use reqwest::{Client, StatusCode, Url, header::CONTENT_TYPE, redirect::Policy};

use crate::{hostile_xml::MAX_BYTES, tls};

/// Pauses between attempts to connect. Only a refused connection is tried again: then surely nothing was sent.
const PAUSES: [Duration; 2] = [Duration::from_millis(50), Duration::from_millis(150)];

/// The connection pool to one address.
#[derive(Clone)]
pub(super) struct Transport {
    client: Client,
    url: Url,
    timeout: Duration,
}

impl Transport {
    pub(super) fn new(url: &str, timeout: Duration) -> Result<Self, String> {
        let url = Url::parse(url).map_err(|error| error.to_string())?;
        tls::install_provider();
        let builder = Client::builder().redirect(Policy::none()).no_proxy().tcp_nodelay(true);
        let builder = match url.scheme() {
            "https" => builder.https_only(true),
            "http" => {
                builder.tls_backend_preconfigured(tls::trusting_nobody().map_err(|error| error.to_string())?)
            }
            other => return Err(format!("{other} is not http or https")),
        };
        let client = builder.build().map_err(|error| error.to_string())?;
        Ok(Self { client, url, timeout })
    }

    /// Sends the envelope and takes the whole answer, all within the time limit.
    pub(super) async fn post(&self, envelope: String) -> Result<Vec<u8>, Fault> {
        tokio::time::timeout(self.timeout, self.attempts(envelope)).await.unwrap_or(Err(Fault::Timeout))
    }

    async fn attempts(&self, envelope: String) -> Result<Vec<u8>, Fault> {
        for pause in PAUSES {
            match self.attempt(envelope.clone()).await {
                Err(error) if error.is_connect() => tokio::time::sleep(pause).await,
                Err(error) => return Err(fault(&error)),
                Ok(taken) => return taken,
            }
        }
        self.attempt(envelope).await.unwrap_or_else(|error| Err(fault(&error)))
    }

    async fn attempt(&self, envelope: String) -> Result<Result<Vec<u8>, Fault>, reqwest::Error> {
        let request = self
            .client
            .post(self.url.clone())
            .header(CONTENT_TYPE, "text/xml; charset=utf-8")
            .header("SOAPAction", "\"\"")
            .body(envelope);
        let mut response = request.send().await?;
        match response.status() {
            // SOAP 1.1 sends its faults with 500.
            StatusCode::OK | StatusCode::INTERNAL_SERVER_ERROR => {}
            StatusCode::TOO_MANY_REQUESTS => return Ok(Err(Fault::Throttled)),
            other => return Ok(Err(Fault::Unavailable(format!("HTTP {}", other.as_u16())))),
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            if bytes.len() + chunk.len() > MAX_BYTES {
                return Ok(Err(Fault::Malformed("larger than 1 MiB".to_owned())));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(Ok(bytes))
    }
}

/// The library's own texts name the address, which the log of a stranger need not hold.
fn fault(error: &reqwest::Error) -> Fault {
    if error.is_timeout() {
        Fault::Timeout
    } else if error.is_connect() {
        Fault::Unavailable("connection refused".to_owned())
    } else {
        Fault::Unavailable("connection broken".to_owned())
    }
}
