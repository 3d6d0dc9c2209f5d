//! A portal with something in it that is one person's: a request at its form, one that waits for its proofs, a result.

use xtask::{
    demo::{people::Person, world::Engine},
    walk::{
        client::{Client, Page},
        html::{self, Form},
        story,
    },
};

use super::{
    ask::{Ask, Reply},
    expectations::Expected,
};
use crate::{
    harness::{NUMBERS, OTHER, Portal, WELL},
    journeys::{SERVICE, link_without_scripts},
};

/// Somebody with a session in a browser.
pub(super) struct Visitor {
    pub(super) cookies: String,
    /// What a form of this session carries.
    pub(super) token: String,
}

/// The portal and the names of what is in it.
pub(super) struct Site {
    pub(super) portal: Portal,
    pub(super) owner: Person,
    pub(super) other: Person,
    names: Vec<(&'static str, String)>,
}

impl Site {
    /// Every session by password is too old at once for what asks for a fresh proof.
    pub(super) fn open() -> Self {
        let mut portal = Portal::prepared(Engine::Sqlite, |world| {
            world.set("QYZMET_LIMITS__SESSION_FRESH_MIN", "0");
            world.set("QYZMET_LIMITS__REQUESTS_PER_SECOND", "0");
        });
        let (owner, other) = (portal.person(WELL), portal.person(OTHER));
        let mut client = portal.signed_in(&owner);
        let service = client.get(SERVICE).expect("the service page");
        let waiting = story::request(&mut client, &service, NUMBERS[1]).expect("a request");
        portal.code(NUMBERS[1]);
        let result = link_without_scripts(&mut portal, &owner, NUMBERS[0]);
        let ended = client.get(&format!("/results/{result}")).expect("the result");
        let ended = case_in(&ended.link("/requests/").expect("its request"));
        let service = client.get(SERVICE).expect("the service page");
        let form = client.submit(&service, &start_of(&service), None).expect("a new request");
        let asset = client.get("/").expect("the home page").text();
        let asset = asset.split('"').find(|part| part.starts_with("/static/")).expect("a file").to_owned();
        let names = vec![
            ("{service}", "subscriber-number-link".to_owned()),
            ("{form}", case_in(&form.at)),
            ("{waiting}", case_in(&waiting.at)),
            ("{ended}", ended),
            ("{result}", result),
            ("{asset}", asset),
        ];
        Self { portal, owner, other, names }
    }

    /// A new session by password.
    pub(super) fn sign_in(&self, person: &Person) -> Visitor {
        let mut client: Client = self.portal.signed_in(person);
        let page = client.get("/cabinet").expect("the cabinet");
        let form = page.form("csrf").expect("a form");
        let token = form.fields.iter().find(|(name, _)| name == "csrf").expect("a token").1.clone();
        Visitor { cookies: client.cookies(), token }
    }

    /// An address with the names of what is in this portal.
    pub(super) fn name(&self, at: &str) -> String {
        self.names.iter().fold(at.to_owned(), |at, (place, name)| at.replace(place, name))
    }

    /// The request that a line expects, by somebody with a session or nobody.
    pub(super) fn ask(&self, expected: &Expected, visitor: Option<&Visitor>) -> Ask<'static> {
        let method = expected.route.split(' ').next().expect("a method");
        let mut fields: Vec<(String, String)> =
            expected.fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        if method == "POST" {
            let token = visitor.map(|visitor| visitor.token.clone()).unwrap_or_default();
            fields.push(("csrf".to_owned(), token));
        }
        let cookies = visitor.map(|visitor| visitor.cookies.clone()).unwrap_or_default();
        Ask { method, at: self.name(expected.at), cookies, origin: None, fields }
    }

    pub(super) fn send(&self, ask: &Ask<'_>) -> Reply {
        ask.send(self.portal.world.ports.portal)
    }

    /// What nobody but the owner may read anywhere.
    pub(super) fn secrets(&self) -> Vec<String> {
        let name = self.owner.name.clone();
        let names = self.names.iter().filter(|(place, _)| ["{form}", "{waiting}", "{ended}"].contains(place));
        names.map(|(_, name)| name.clone()).chain([self.owner.iin.clone(), name]).collect()
    }
}

fn case_in(at: &str) -> String {
    at.trim_start_matches("/requests/").split(['/', '?']).next().unwrap_or_default().to_owned()
}

fn start_of(page: &Page) -> Form {
    let forms = html::forms(&page.text());
    forms.into_iter().find(|form| form.action.ends_with("/start")).expect("a button to start")
}
