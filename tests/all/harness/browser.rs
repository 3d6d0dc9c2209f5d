//! A person at a real browser: goes to pages, presses, types; each page is looked at by axe and for its width.

use std::{
    fs,
    path::PathBuf,
    time::{Duration, Instant},
};

use fantoccini::{Client, Locator, elements::Element, key::Key};
use xtask::demo::people::Person;

use super::{Portal, axe, driver::Driver, shots::Shots};

/// Width of the window in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Width {
    /// A desk.
    Wide,
    /// The smallest handset.
    Narrow,
}

impl Width {
    fn pixels(self) -> u32 {
        if self == Self::Wide { 1280 } else { 320 }
    }
}

/// A browser at a portal.
pub(crate) struct Browser {
    driver: Driver,
    origin: String,
    width: Width,
    shots: Shots,
}

impl Browser {
    /// Opens a browser with a new profile.
    pub(crate) async fn open(portal: &Portal, width: Width) -> Self {
        let driver = Driver::start(&portal.world.folder).await;
        let shots = Shots::wished(width.pixels());
        let browser = Self { driver, origin: portal.world.origin(), width, shots };
        // The window has frames of its own in some modes: ask for the width of the page, not of the window.
        browser.client().set_window_size(width.pixels(), 900).await.expect("a size");
        browser
    }

    /// The driver's client, for what has no word here.
    pub(crate) fn client(&self) -> &Client {
        &self.driver.client
    }

    /// Goes to a page and looks at it.
    pub(crate) async fn visit(&self, path: &str) {
        self.client().goto(&format!("{}{path}", self.origin)).await.expect("the page opens");
        self.look().await;
    }

    /// Looks at the page: axe finds nothing, and nothing sticks out at the side. Keeps a picture when pictures are wished.
    pub(crate) async fn look(&self) {
        let place = self.place().await;
        self.shots.take(self.client(), &place).await;
        axe::check(self.client(), &place).await;
        let script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        let over = self.client().execute(script, Vec::new()).await.expect("a width");
        assert_eq!(over.as_i64(), Some(0), "{place} is wider than {} px", self.width.pixels());
    }

    /// Path of the page.
    pub(crate) async fn place(&self) -> String {
        self.client().current_url().await.expect("an address").path().to_owned()
    }

    /// The first element that fits, waited for.
    pub(crate) async fn find(&self, css: &str) -> Element {
        let found =
            self.client().wait().at_most(Duration::from_secs(20)).for_element(Locator::Css(css)).await;
        match found {
            Ok(element) => element,
            Err(fault) => panic!("{} has no `{css}`: {fault}", self.place().await),
        }
    }

    /// Types into a field.
    pub(crate) async fn fill(&self, name: &str, text: &str) {
        let field = self.find(&format!("[name='{name}']")).await;
        field.clear().await.expect("an empty field");
        field.send_keys(text).await.expect("typed");
    }

    /// Presses what fits and waits for the next page to stand.
    pub(crate) async fn press(&self, css: &str) {
        self.find(css).await.click().await.expect("pressed");
    }

    /// What a person reads on the page.
    pub(crate) async fn words(&self) -> String {
        self.find("main").await.text().await.expect("text")
    }

    /// Signs in with login and password.
    pub(crate) async fn sign_in(&self, person: &Person) {
        self.visit("/sign-in/password").await;
        self.fill("login", &person.login).await;
        self.fill("password", &person.password).await;
        self.press("#sign-in button.govuk-button:not([type=button])").await;
        self.find("a[href='/sign-out'], form[action='/sign-out']").await;
    }

    /// Whether the page has an element that fits, now.
    pub(crate) async fn has(&self, css: &str) -> bool {
        !self.client().find_all(Locator::Css(css)).await.expect("a page").is_empty()
    }

    /// Ticks every box of the page's form.
    pub(crate) async fn tick_all(&self) {
        for field in self
            .client()
            .find_all(Locator::Css("#form input[type=checkbox]:not(:checked)"))
            .await
            .expect("a page")
        {
            field.click().await.expect("ticked");
        }
    }

    /// The language that the page says it is in.
    pub(crate) async fn language(&self) -> String {
        self.find("html").await.attr("lang").await.expect("a page").unwrap_or_default()
    }

    /// What stands in a field.
    pub(crate) async fn value(&self, name: &str) -> String {
        let field = self.find(&format!("[name='{name}']")).await;
        field.prop("value").await.expect("a field").unwrap_or_default()
    }

    /// Presses keys, wherever the focus is.
    pub(crate) async fn keys(&self, keys: &[Key]) {
        let text: String = keys.iter().copied().map(char::from).collect();
        self.type_text(&text).await;
    }

    /// Types text, wherever the focus is.
    pub(crate) async fn type_text(&self, text: &str) {
        let focus = self.client().active_element().await.expect("something has the focus");
        focus.send_keys(text).await.expect("typed");
    }

    /// An attribute of what has the focus; empty when it has none. Asked in one step: between two the page may go.
    pub(crate) async fn focus(&self, attribute: &str) -> String {
        let script = "return document.activeElement?.getAttribute(arguments[0]) ?? ''";
        let found = self.client().execute(script, vec![attribute.into()]).await.expect("a page");
        found.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until something with this in the attribute has the focus.
    pub(crate) async fn wait_for_focus(&self, attribute: &str, part: &str) {
        let begun = Instant::now();
        while !self.focus(attribute).await.contains(part) {
            assert!(begun.elapsed() < Duration::from_secs(10), "the focus never came to {part}");
        }
    }

    /// A file that the person has saved, once it is there whole; its name has this end.
    pub(crate) async fn saved(&self, end: &str) -> PathBuf {
        let begun = Instant::now();
        loop {
            let files = fs::read_dir(&self.driver.downloads).into_iter().flatten().flatten();
            let found = files.map(|file| file.path()).find(|path| path.to_string_lossy().ends_with(end));
            if let Some(file) = found {
                return file;
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "no file *{end} was saved");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Closes the browser.
    pub(crate) async fn close(self) {
        self.driver.client.clone().close().await.expect("closed");
    }
}
