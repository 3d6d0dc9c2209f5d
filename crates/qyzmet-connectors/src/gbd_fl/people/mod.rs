//! Invented people, drawn from a seed: 100,000 of them cost one table of numbers, everything else is drawn when asked.

mod demo;
mod draw;
mod iin;
mod names;
mod person;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use jiff::civil::{Date, date};
use qyzmet_domain::Iin;

pub use demo::{DemoPerson, demo_people};
pub use person::{Document, DocumentState, Life, Person};

use draw::Draw;

/// How many people the simulator of the register usually holds.
pub const USUAL_COUNT: u32 = 100_000;

/// All invented people of one seed. Numbers start at 1; the first are the fixed people of the demo.
pub struct People {
    seed: u64,
    numbers: Vec<Box<str>>,
    by_iin: HashMap<Box<str>, u32>,
}

impl People {
    /// Draws the numbers of `count` people, the demo people included.
    #[must_use]
    pub fn new(seed: u64, count: u32) -> Self {
        let capacity = usize::try_from(count).unwrap_or(0);
        let mut people =
            Self { seed, numbers: Vec::with_capacity(capacity), by_iin: HashMap::with_capacity(capacity) };
        for person in demo::all() {
            people.add(&person.iin);
        }
        while people.count() < count {
            let number = people.count() + 1;
            let iin = people.draw_iin(number);
            people.add(&iin);
        }
        people
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u32 {
        u32::try_from(self.numbers.len()).unwrap_or(u32::MAX)
    }

    /// The person under this number, as the register holds them; those that the register lacks are `None`.
    #[must_use]
    pub fn find(&self, iin: &str) -> Option<Person> {
        self.by_iin.get(iin).and_then(|number| self.person(*number)).filter(|person| !person.absent)
    }

    /// The n-th invented person, also one that the register lacks.
    #[must_use]
    pub fn person(&self, number: u32) -> Option<Person> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        let iin = self.numbers.get(index)?;
        Some(demo::person(number).unwrap_or_else(|| Person::draw(Draw::new(self.seed, number), number, iin)))
    }

    /// People whose number or surname begins like this, at most `limit`.
    #[must_use]
    pub fn search(&self, start: &str, limit: usize) -> Vec<Person> {
        let start = start.trim().to_lowercase();
        let matches = |person: &Person| {
            person.iin.starts_with(&start) || person.surname.to_lowercase().starts_with(&start)
        };
        let all = (1..=self.count()).filter_map(|number| self.person(number));
        all.filter(matches).take(limit).collect()
    }

    fn add(&mut self, iin: &str) {
        self.numbers.push(iin.into());
        self.by_iin.insert(iin.into(), self.count());
    }

    /// A number that nobody has yet; series without check digit are skipped.
    fn draw_iin(&self, number: u32) -> String {
        let draw = Draw::new(self.seed, number);
        let (born, woman) = (person::birthday(draw), person::is_woman(draw));
        let serial = u32::try_from(draw.below("serial", 10_000)).unwrap_or(0);
        let made = (serial..).filter_map(|serial| iin::make(born, woman, serial));
        let mut free = made.filter(|iin| !self.by_iin.contains_key(iin.as_str()));
        free.next().unwrap_or_default()
    }
}

/// The earliest birthday drawn.
const FIRST_BIRTHDAY: Date = date(1940, 1, 1);

/// The number of an invented person as the domain's type; the demo's own numbers always are valid.
fn parsed(iin: &str) -> Option<Iin> {
    iin.parse().ok()
}
