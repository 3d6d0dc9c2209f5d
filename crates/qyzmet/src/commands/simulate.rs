//! `qyzmet simulate`: an outside system over its real protocol, in a process of its own.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use qyzmet_app::Clock;
use qyzmet_connectors::{
    gbd_fl::people::USUAL_COUNT,
    simulators::{Running, gateway, mail, ncalayer, payment, smsc},
};
use secrecy::SecretString;

use super::{
    Failure,
    demo::{KEY_PASSWORD, Places},
    say,
    serve::asked_to_stop,
};
use crate::files;

/// Which systems can be played.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum System {
    /// The gateway with the state databases of individuals and of legal entities and the consent service.
    Gateway,
    /// The message centre.
    Smsc,
    /// The mail relay.
    Mail,
    /// A person's NCALayer.
    Ncalayer,
    /// The payment gateway.
    Payment,
}

/// Plays an outside system.
#[derive(Debug, clap::Args)]
pub struct Simulate {
    /// Which.
    pub system: System,
    /// Folder that `demo-seed` has filled: keys, certificates, people.
    #[arg(long)]
    pub keys: PathBuf,
    /// Where the protocol is spoken.
    #[arg(long)]
    pub listen: SocketAddr,
    /// Where the page with the inbox and the switch is; the gateways have both on one port.
    #[arg(long)]
    pub page: SocketAddr,
    /// How many invented people the register holds.
    #[arg(long, default_value_t = USUAL_COUNT)]
    pub people: u32,
}

/// How long an answer takes in the mode `slow`: longer than the portal waits.
const SLOW: Duration = Duration::from_secs(8);

/// Seed of the invented people, the same everywhere.
const SEED: u64 = 2026;

impl Simulate {
    /// Serves until told to stop.
    pub(super) async fn run(self) -> Result<(), Failure> {
        let running = self.start().await?;
        say(&format!("listening on {}, page on http://{}/", running.addr, running.page));
        running.stopped().await;
        Ok(())
    }

    async fn start(self) -> Result<Running, Failure> {
        let (addr, page, slow, clock) = (self.listen, self.page, SLOW, Clock::default());
        let stop = asked_to_stop();
        Ok(match self.system {
            System::Gateway => gateway::serve(gateway_options(&self.keys, addr, self.people)?, stop).await?,
            System::Smsc => {
                let (system_id, password) = ("qyzmet".to_owned(), SecretString::from("qyzmet"));
                smsc::serve(smsc::Options { addr, page, system_id, password, slow, clock }, stop).await?
            }
            System::Mail => mail::serve(mail::Options { addr, page, slow, clock }, stop).await?,
            System::Payment => payment::serve(payment_options(&self.keys, addr)?, stop).await?,
            System::Ncalayer => {
                let (keys, password) = (self.keys.join("people"), SecretString::from(KEY_PASSWORD));
                ncalayer::serve(ncalayer::Options { addr, page, keys, password, clock }, stop).await?
            }
        })
    }
}

/// The demonstration's gateways are run by one invented organisation.
fn payment_options(folder: &Path, addr: SocketAddr) -> Result<payment::Options, Failure> {
    let places = Places::new(folder);
    Ok(payment::Options {
        addr,
        identity: Arc::new(files::identity(&places.key_file("gateway"))?),
        trust: Arc::new(files::trust(&places.trust())?),
        slow: SLOW,
        clock: Clock::default(),
    })
}

fn gateway_options(folder: &Path, addr: SocketAddr, people: u32) -> Result<gateway::Options, Failure> {
    let places = Places::new(folder);
    Ok(gateway::Options {
        addr,
        identity: Arc::new(files::identity(&places.key_file("gateway"))?),
        trust: Arc::new(files::trust(&places.trust())?),
        seed: SEED,
        people,
        slow: SLOW,
        clock: Clock::default(),
    })
}
