//! The configuration of a world, and how its simulators are started.

use std::{collections::BTreeSet, path::Path};

use super::ports::Ports;
use crate::repository;

/// Answers 200 when the portal can serve.
pub const READY_PATH: &str = "/readyz";
/// The demo's root certificate, inside the folder: what a stranger trusts.
pub const ROOT: &str = "pki/root.pem";
/// The body that owns the service of the main job.
const OWNER: &str = "mdai";

/// The bodies that own the services of the repository: each has an employee who may sign.
fn owners() -> BTreeSet<String> {
    let folders = std::fs::read_dir(repository::root().join("services")).into_iter().flatten().flatten();
    let passports =
        folders.filter_map(|folder| std::fs::read_to_string(folder.path().join("service.toml")).ok());
    let owner = |passport: String| {
        let line = passport.lines().find(|line| line.trim_start().starts_with("owner"))?;
        line.split('"').nth(1).map(str::to_owned)
    };
    passports.filter_map(owner).chain([OWNER.to_owned()]).collect()
}

/// A configuration for this folder and these ports.
#[must_use]
pub fn text(folder: &Path, ports: &Ports, postgres: Option<&str>) -> String {
    let head = "# Written by `cargo xtask demo`; changed by hand, it is overwritten at the next start.\n";
    [head, &serving(ports), &storing(folder, postgres), &trusting(folder), &outside(ports)].concat()
}

fn serving(ports: &Ports) -> String {
    let Ports { portal, agent, card, .. } = ports;
    format!(
        r#"
[portal]
listen = "127.0.0.1:{portal}"
origin = "http://127.0.0.1:{portal}"
# The simulator speaks wss as well; plain, nobody has to tell a browser to trust its certificate.
ncalayer = "ws://127.0.0.1:{agent}"
card-agent = "http://127.0.0.1:{card}"
demo = true
"#
    )
}

fn storing(folder: &Path, postgres: Option<&str>) -> String {
    let folder = folder.display();
    let store = match postgres {
        Some(url) => format!("engine = \"postgres\"\nurl = \"{url}\""),
        None => format!("engine = \"sqlite\"\npath = \"{folder}/qyzmet.sqlite\""),
    };
    format!(
        r#"
[store]
{store}

[documents]
path = "{folder}/documents"
key-file = "{folder}/keys/documents.hex"

[secrets]
master-file = "{folder}/keys/master.hex"
"#
    )
}

fn trusting(folder: &Path) -> String {
    let folder = folder.display();
    let key = |name: &str| {
        let chain = if name == "journal" {
            String::new()
        } else {
            format!(r#""{folder}/pki/{name}.pem", "{folder}/pki/ca.pem""#)
        };
        format!(
            r#"{{ key = "{folder}/keys/{name}.pem", password-file = "{folder}/keys/password", certificates = [{chain}] }}"#
        )
    };
    let [seal, journal, gateway, employee] = ["seal", "journal", "organisation", "employee"].map(key);
    let employees: String = owners().iter().map(|owner| signs_for(owner, &employee)).collect();
    format!(
        r#"
[authority]
folder = "{folder}/nca"
secrets = "{folder}"

[trust]
anchors = ["{folder}/{ROOT}"]
intermediates = ["{folder}/pki/ca.pem"]
crls = ["{folder}/pki/root.crl", "{folder}/pki/ca.crl"]

[keys]
seal = {seal}
journal = {journal}
gateway = {gateway}

{employees}"#
    )
}

fn signs_for(owner: &str, employee: &str) -> String {
    format!(
        r#"
[keys.employees.{owner}]
file = {employee}
position = "бас маман"
from = "2020-01-01T00:00:00Z"
until = "2100-01-01T00:00:00Z"
"#
    )
}

fn outside(ports: &Ports) -> String {
    let Ports { gateway, smpp, smtp, payments, .. } = ports;
    format!(
        r#"
[gateway]
url = "http://127.0.0.1:{gateway}/bip-sync/"

[sms]
address = "127.0.0.1:{smpp}"

[mail]
address = "127.0.0.1:{smtp}"

[payments]
url = "http://127.0.0.1:{payments}/"
"#
    )
}

/// Simulators: name, arguments, and the port on which each is ready.
#[must_use]
pub fn simulators(folder: &Path, ports: &Ports) -> Vec<(&'static str, Vec<String>, u16)> {
    let folder = folder.to_string_lossy();
    let Ports { gateway, smpp, messages, smtp, letters, agent, agent_page, payments, .. } = *ports;
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
        ("payment", start("payment", payments, payments), payments),
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
