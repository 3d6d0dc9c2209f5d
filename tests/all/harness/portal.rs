//! The whole house in a throw-away folder, with checks when it is left.

use std::thread;

use tempfile::TempDir;
use xtask::{
    demo::{
        people::Person,
        ports::Ports,
        world::{Engine, World},
    },
    walk::{client::Client, story},
};

use super::{jobs, logs, seed};

/// Numbers that tests link; none of them may appear in a log.
pub(crate) const NUMBERS: [&str; 3] = ["+77010000123", "+77020000456", "+77050000789"];

/// A running portal. Leaving it fails the test when something is left undone, unproved or told to a log.
pub(crate) struct Portal {
    /// Processes, ports, folder.
    pub(crate) world: World,
    engine: Engine,
    secrets: Vec<String>,
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
        Self { world, engine, secrets: Vec::new(), checked: true, _folder: folder }
    }

    /// The demo person with this story.
    pub(crate) fn person(&self, story: &str) -> Person {
        let people = self.world.people().expect("a list of people");
        people
            .into_iter()
            .find(|person| person.story == story)
            .unwrap_or_else(|| panic!("nobody is there for `{story}`"))
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

    /// The code in the last text message to the number; it must not be in a log either.
    pub(crate) fn code(&mut self, number: &str) -> String {
        let code = story::last_code(self.world.ports.messages, number).expect("a message with a code");
        self.secrets.push(code.clone());
        code
    }

    /// The address of a page.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.world.origin())
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
