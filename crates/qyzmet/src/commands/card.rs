//! `qyzmet card`: the agent of an operator's workstation, between the portal's page and the card in the reader.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use qyzmet_pki::card::CardReader;

use super::{Failure, say, serve::asked_to_stop};
use crate::{
    card::{Agent, Bench, Origin, PinSource},
    config::Log,
    observe,
};

/// Lets pages of the portal make keys on a card and write certificates onto it; the PIN is typed here.
#[derive(Debug, clap::Args)]
pub struct Card {
    /// The PKCS#11 library of the card or its reader.
    #[arg(long, env = "QYZMET_CARD_MODULE")]
    module: PathBuf,
    /// Only a card of this label, where several are put in.
    #[arg(long)]
    label: Option<String>,
    /// Only the card in this slot.
    #[arg(long)]
    slot: Option<u64>,
    /// Address to listen on; a loopback address.
    #[arg(long, default_value = "127.0.0.1:24681")]
    listen: SocketAddr,
    /// The portal whose pages may ask, as browsers write it: `https://host`.
    #[arg(long, env = "QYZMET_CARD_ORIGIN")]
    origin: Origin,
    /// Where PINs come from instead of the terminal, one a line: a pipe of a program that asks in a window.
    #[arg(long)]
    pin_from: Option<PathBuf>,
    /// Seconds for typing a PIN.
    #[arg(long, default_value_t = 120)]
    patience: u64,
}

impl Card {
    /// Answers until told to stop.
    pub(super) async fn run(self) -> Result<(), Failure> {
        observe::log(&Log::default());
        let pin = match &self.pin_from {
            Some(path) => PinSource::pipe(path).map_err(|why| format!("{}: {why}", path.display()))?,
            None => PinSource::Terminal,
        };
        let reader = CardReader { library: self.module, label: self.label, slot: self.slot };
        let draw = |bytes: &mut [u8]| aws_lc_rs::rand::fill(bytes).is_ok();
        let bench = Bench::new(reader, pin, Duration::from_secs(self.patience), draw);
        let agent = Agent::listen(self.listen).await?;
        say(&format!("the card agent answers at http://{}", agent.address()));
        tokio::select! {
            ended = agent.serve(&self.origin, bench) => Ok(ended?),
            () = asked_to_stop() => Ok(()),
        }
    }
}
