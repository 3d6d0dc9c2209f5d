//! The whole house in a throw-away folder, with checks when it is left.

use std::{collections::BTreeSet, thread};

use tempfile::TempDir;
use xtask::{
    demo::{
        people::Person,
        ports::Ports,
        world::{Engine, World},
    },
    walk::{client::Client, html::Form, story},
};

use super::{jobs, logs, seed};

/// What a linked number shows of itself in the profile, whichever it is.
pub(crate) const A_NUMBER: &str = "••• ••";
/// Numbers that tests link; none of them may appear in a log.
pub(crate) const NUMBERS: [&str; 3] = ["+77010000123", "+77020000456", "+77050000789"];

/// Somebody with whom everything is in order.
pub(crate) const WELL: &str = "demo-1";
/// Somebody whom the register holds dead.
pub(crate) const DEAD: &str = "demo-2";
/// Somebody with an RSA key.
pub(crate) const RSA: &str = "demo-3";
/// Somebody whose identity card has expired.
pub(crate) const EXPIRED: &str = "demo-4";
/// Somebody whom the register does not know.
pub(crate) const ABSENT: &str = "demo-5";
/// Somebody else with whom everything is in order.
pub(crate) const OTHER: &str = "demo-7";

/// A running portal. Leaving it fails the test when something is left undone, unproved or told to a log.
pub(crate) struct Portal {
    /// Processes, ports, folder.
    pub(crate) world: World,
    engine: Engine,
    secrets: Vec<String>,
    read: Vec<String>,
    checked: bool,
    _folder: TempDir,
}

impl Portal {
    /// A portal on SQLite with the demo's people.
    pub(crate) fn start() -> Self {
        Self::prepared(Engine::Sqlite, |_| {})
    }

    /// A portal on the given engine, changed before it starts.
    pub(crate) fn prepared(engine: Engine, change: impl FnOnce(&mut World)) -> Self {
        let folder = tempfile::Builder::new().prefix("qyzmet-test-").tempdir().expect("a folder");
        let binary = seed::product();
        if engine == Engine::Sqlite {
            seed::copy(&seed::template(&binary), folder.path());
        } else {
            open_to_others(folder.path());
        }
        let ports = Ports::free().expect("free ports");
        let mut world = World::new(engine, ports, folder.path(), &binary).expect("a world");
        change(&mut world);
        world.seed().expect("seeded");
        world.start().expect("started");
        Self { world, engine, secrets: Vec::new(), read: Vec::new(), checked: true, _folder: folder }
    }

    /// The demo person with this login.
    pub(crate) fn person(&self, login: &str) -> Person {
        let people = self.world.people().expect("a list of people");
        people
            .into_iter()
            .find(|person| person.login == login)
            .unwrap_or_else(|| panic!("nobody is called {login}"))
    }

    /// The officers that the demo appoints to a unit, its head first.
    pub(crate) fn officers(&self, unit: &str) -> [Person; 3] {
        let mut people = self.world.people().expect("a list of people");
        people.retain(|person| person.story.ends_with(&format!(", {unit})")));
        people.try_into().unwrap_or_else(|found: Vec<_>| panic!("{} officers in {unit}", found.len()))
    }

    /// A client without scripts, not signed in.
    pub(crate) fn client(&self) -> Client {
        Client::new(&self.world.origin())
    }

    /// A client without scripts, signed in.
    pub(crate) fn signed_in(&self, person: &Person) -> Client {
        let mut client = self.client();
        story::sign_in(&mut client, person).expect("signed in");
        client
    }

    /// The next code that comes to the number; it must not be in a log either.
    pub(crate) fn code(&mut self, number: &str) -> String {
        let earlier = self.read.iter().filter(|read| *read == number).count();
        let code =
            story::next_code(self.world.ports.messages, number, earlier).expect("a message with a code");
        self.read.push(number.to_owned());
        self.secrets.push(code.clone());
        code
    }

    /// Turns the switch of a simulator.
    pub(crate) fn switch(&self, port: u16, mode: &str) {
        let mut switch = Client::new(&Ports::url(port));
        let form = Form { action: "/switch/form".to_owned(), method: "post".to_owned(), ..Form::default() };
        let page = switch.get("/").expect("the simulator's page");
        switch.submit(&page, &form.with("mode", mode), None).expect("the switch turns");
    }

    /// Tells the simulator of NCALayer whose keys to use.
    pub(crate) fn choose_key(&self, iin: &str) {
        let mut agent = Client::new(&Ports::url(self.world.ports.agent_page));
        let form = Form { action: "/person/form".to_owned(), method: "post".to_owned(), ..Form::default() };
        let page = agent.get("/").expect("the simulator's page");
        agent.submit(&page, &form.with("iin", iin), None).expect("a person is chosen");
    }

    /// A word that no log may hold either.
    pub(crate) fn keep_secret(&mut self, word: &str) {
        self.secrets.push(word.to_owned());
    }

    /// How many different codes a number has got; waits for none. The same message may come again after a power cut, as
    /// the protocol has no question whether it arrived; a second code never.
    pub(crate) fn codes_sent(&self, number: &str) -> usize {
        let codes = story::codes(self.world.ports.messages, number).expect("an inbox");
        codes.into_iter().collect::<BTreeSet<_>>().len()
    }

    /// How many messages a number has got; waits for none.
    pub(crate) fn messages(&self, number: &str) -> usize {
        story::messages(self.world.ports.messages, number).expect("an inbox").len()
    }

    /// For a test that breaks on purpose what is otherwise checked at the end.
    pub(crate) fn leave_unchecked(&mut self) {
        self.checked = false;
    }

    fn forbidden(&self) -> Vec<String> {
        let people = self.world.people().unwrap_or_default();
        let of_people = people.into_iter().flat_map(|person| {
            let names: Vec<String> = person.name.split(' ').map(str::to_owned).collect();
            names.into_iter().chain([person.iin, person.password, person.key_password])
        });
        let numbers = NUMBERS.iter().map(|number| number.trim_start_matches('+').to_owned());
        of_people
            .chain(numbers)
            .chain(self.secrets.clone())
            .filter(|word| word.chars().count() >= 4)
            .collect()
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        if thread::panicking() {
            self.show_logs();
            return;
        }
        if self.checked {
            jobs::wait_until_none_is_open(&self.world, self.engine);
            self.world.run(&["journal", "verify"]).expect("the journal verifies");
        }
        assert!(self.world.stop(), "the portal did not end well");
        logs::hold_nothing_personal(&self.world.logs(), &self.forbidden());
    }
}

impl Portal {
    fn show_logs(&self) {
        let kept = std::env::temp_dir().join(format!("qyzmet-failed-{}", std::process::id()));
        seed::copy_if_possible(&self.world.folder, &kept);
        eprintln!("logs and data of the failed test: {}", kept.display());
    }
}

/// PostgreSQL's own user must be able to reach its folder below ours.
fn open_to_others(folder: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o711)).expect("permissions");
}
