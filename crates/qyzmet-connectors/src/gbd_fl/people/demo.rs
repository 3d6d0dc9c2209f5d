//! The fixed people of the demo and of the tests: one for each fate that the main job can meet.

use jiff::{
    ToSpan,
    civil::{Date, date},
};
use qyzmet_domain::Iin;

use super::{
    draw::Draw,
    iin, parsed,
    person::{Address, Document, DocumentState, Life, Person},
};

/// A fixed invented person, with what the demo needs to make an account and a key for them.
#[derive(Clone, Debug)]
pub struct DemoPerson {
    /// Which one, from 1.
    pub number: u32,
    /// Individual identification number.
    pub iin: Iin,
    /// Surname.
    pub surname: String,
    /// Given name.
    pub name: String,
    /// Patronymic.
    pub patronymic: Option<String>,
    /// Day of birth.
    pub born: Date,
    /// What the person is for, in English.
    pub story: &'static str,
}

struct Fixed {
    surname: &'static str,
    name: &'static str,
    patronymic: &'static str,
    born: Date,
    serial: u32,
    fate: Fate,
    story: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Well,
    Dead,
    Missing,
    Expired,
    Absent,
    Invalid,
}

const fn fixed(name: [&'static str; 3], born: Date, serial: u32, fate: Fate, story: &'static str) -> Fixed {
    Fixed { surname: name[0], name: name[1], patronymic: name[2], born, serial, fate, story }
}

/// In the order of their numbers. A woman's patronymic ends in "қызы".
const FIXED: &[Fixed] = &[
    fixed(
        ["Серікбаева", "Айгерім", "Нұрланқызы"],
        date(1991, 4, 12),
        4417,
        Fate::Well,
        "everything in order",
    ),
    fixed(["Оспанов", "Тілеген", "Қайратұлы"], date(1948, 9, 3), 3120, Fate::Dead, "dead in the register"),
    fixed(["Жұмабеков", "Ерасыл", "Ғалымұлы"], date(1987, 11, 25), 3055, Fate::Well, "everything in order"),
    fixed(
        ["Қасымова", "Әлия", "Бауыржанқызы"],
        date(1979, 2, 8),
        4802,
        Fate::Expired,
        "identity card expired",
    ),
    fixed(["Мұқанов", "Дәурен", "Асқарұлы"], date(1996, 6, 30), 3377, Fate::Absent, "not in the register"),
    fixed(
        ["Төлегенова", "Іңкәр", "Мұратқызы"],
        date(1984, 1, 19),
        4261,
        Fate::Invalid,
        "identity card declared invalid",
    ),
    fixed(
        ["Әлімбетов", "Санжар", "Өмірбекұлы"],
        date(2001, 8, 14),
        5108,
        Fate::Well,
        "second account for one number",
    ),
    fixed(["Үсенова", "Қарлығаш", "Жәнібекқызы"], date(1972, 12, 5), 4639, Fate::Missing, "declared missing"),
];

/// The fixed people as the demo needs them.
#[must_use]
pub fn demo_people() -> Vec<DemoPerson> {
    let public = |(person, fixed): (Person, &Fixed)| {
        Some(DemoPerson {
            number: person.number,
            iin: parsed(&person.iin)?,
            surname: person.surname,
            name: person.name,
            patronymic: person.patronymic,
            born: person.born,
            story: fixed.story,
        })
    };
    all().zip(FIXED).filter_map(public).collect()
}

/// The fixed people as the register holds them.
pub(super) fn all() -> impl Iterator<Item = Person> {
    (1..).zip(FIXED).filter_map(|(number, fixed)| make(number, fixed))
}

/// The fixed person with this number.
pub(super) fn person(number: u32) -> Option<Person> {
    let index = usize::try_from(number).ok()?.checked_sub(1)?;
    make(number, FIXED.get(index)?)
}

fn make(number: u32, fixed: &Fixed) -> Option<Person> {
    let woman = fixed.patronymic.ends_with("қызы");
    let life = match fixed.fate {
        Fate::Dead => Life::Dead(date(2019, 3, 17)),
        Fate::Missing => Life::Missing,
        _ => Life::Alive,
    };
    Some(Person {
        number,
        iin: iin::make(fixed.born, woman, fixed.serial)?,
        surname: fixed.surname.to_owned(),
        name: fixed.name.to_owned(),
        patronymic: Some(fixed.patronymic.to_owned()),
        born: fixed.born,
        woman,
        life,
        absent: fixed.fate == Fate::Absent,
        documents: vec![card(number, fixed.fate)],
        address: Address::draw(Draw::new(0, number)),
    })
}

fn card(number: u32, fate: Fate) -> Document {
    let begins = if fate == Fate::Expired { date(2013, 5, 20) } else { date(2021, 5, 20) };
    let state = if fate == Fate::Invalid { DocumentState::Invalid } else { DocumentState::InForce };
    Document {
        number: format!("{:09}", 40_000_000 + number),
        state,
        begins,
        ends: begins.saturating_add(10.years()),
    }
}
