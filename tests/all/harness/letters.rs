//! Letters that the portal has sent, as the relay's simulator shows them.

use std::{
    thread,
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;
use xtask::{
    demo::ports::Ports,
    walk::client::{Client, percent},
};

use super::Portal;

/// A letter in somebody's mailbox.
pub(crate) struct Letter {
    /// What stands above it.
    pub(crate) subject: String,
    /// Its words.
    pub(crate) text: String,
    /// Names and contents of the files that came with it.
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

impl Letter {
    fn read(letter: &Value) -> Self {
        let text = |member: &Value| member.as_str().expect("a text").to_owned();
        let file = |file: &Value| {
            let content = STANDARD.decode(text(&file["content"])).expect("base64");
            (text(&file["name"]), content)
        };
        let files = letter["files"].as_array().expect("files").iter().map(file).collect();
        Self { subject: text(&letter["subject"]), text: text(&letter["text"]), files }
    }

    /// Path of the link in it that leads to the portal.
    pub(crate) fn link(&self, portal: &Portal) -> String {
        let origin = portal.world.origin();
        let link = self.text.split_whitespace().find_map(|word| word.strip_prefix(&origin));
        link.unwrap_or_else(|| panic!("no link in: {}", self.text)).trim_end_matches('.').to_owned()
    }
}

impl Portal {
    /// The letter to a mailbox that says something, once it has come.
    pub(crate) fn letter(&self, mailbox: &str, says: &str) -> Letter {
        let mut relay = Client::new(&Ports::url(self.world.ports.letters));
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(60) {
            let list = relay.get(&format!("/api/messages?to={}", percent(mailbox))).expect("an inbox");
            let list: Value = serde_json::from_slice(&list.bytes).expect("a list");
            let mut letters = list.as_array().expect("a list").iter().map(Letter::read);
            if let Some(letter) = letters.find(|letter| letter.text.contains(says)) {
                return letter;
            }
            thread::sleep(Duration::from_millis(100));
        }
        panic!("no letter says {says}");
    }
}
