//! The configuration of a world, and how its simulators are started.

use std::path::Path;

use super::ports::Ports;

/// Answers 200 when the portal can serve.
pub const READY_PATH: &str = "/readyz";
/// The demo's root certificate, inside the folder: what a stranger trusts.
pub const ROOT: &str = "pki/root.pem";

/// A configuration for this folder and these ports.
#[must_use]
pub fn text(folder: &Path, ports: &Ports, postgres: Option<&str>) -> String {
    let folder = folder.display();
    let Ports { portal, gateway, smpp, smtp, agent, .. } = ports;
    let store = match postgres {
        Some(url) => format!("engine = \"postgres\"\nurl = \"{url}\""),
        None => format!("engine = \"sqlite\"\npath = \"{folder}/qyzmet.sqlite\""),
    };
    format!(
        r#"# Written by `cargo xtask demo`; changed by hand, it is overwritten at the next start.
[portal]
listen = "127.0.0.1:{portal}"
origin = "http://127.0.0.1:{portal}"
ncalayer = "wss://127.0.0.1:{agent}"

[store]
{store}

[documents]
path = "{folder}/documents"
key-file = "{folder}/keys/documents.hex"

[secrets]
master-file = "{folder}/keys/master.hex"

[gateway]
url = "http://127.0.0.1:{gateway}/bip-sync/"

[sms]
address = "127.0.0.1:{smpp}"

[mail]
address = "127.0.0.1:{smtp}"
"#
    )
}

/// Simulators: name, arguments, and the port on which each is ready.
#[must_use]
pub fn simulators(folder: &Path, ports: &Ports) -> Vec<(&'static str, Vec<String>, u16)> {
    let folder = folder.to_string_lossy();
    let Ports { gateway, smpp, messages, smtp, letters, agent, agent_page, .. } = *ports;
    let start = |name: &str, listen: u16, page: u16| {
        let words = ["simulate", name, "--keys", &folder, "--listen"].map(str::to_owned);
        let ends = [format!("127.0.0.1:{listen}"), "--page".to_owned(), format!("127.0.0.1:{page}")];
        words.into_iter().chain(ends).collect::<Vec<_>>()
    };
    vec![
        ("gateway", start("gateway", gateway, gateway), gateway),
        ("smsc", start("smsc", smpp, messages), messages),
        ("mail", start("mail", smtp, letters), letters),
        ("ncalayer", start("ncalayer", agent, agent_page), agent),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_world_keeps_everything_in_its_own_folder() {
        let text = text(Path::new("/tmp/world"), &Ports::usual(), None);
        assert!(text.contains("path = \"/tmp/world/qyzmet.sqlite\"") && !text.contains("\"var/"));
    }
}
