//! One invented person: what the register would hold about them.

use jiff::{ToSpan, civil::Date};

use super::{
    FIRST_BIRTHDAY,
    draw::Draw,
    names::{MEN, PLACES, STREETS, SURNAMES, WOMEN},
};

/// Alive, dead, missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// Alive.
    Alive,
    /// Died on this day.
    Dead(Date),
    /// Declared missing by a court.
    Missing,
}

/// State of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentState {
    /// In force unless its last day has passed.
    InForce,
    /// Lost, replaced or withdrawn.
    Invalid,
}

/// An identity card of an invented person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Nine digits.
    pub number: String,
    /// State.
    pub state: DocumentState,
    /// First day.
    pub begins: Date,
    /// Last day.
    pub ends: Date,
}

/// An invented person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Which one, from 1.
    pub number: u32,
    /// Individual identification number.
    pub iin: String,
    /// Surname.
    pub surname: String,
    /// Given name.
    pub name: String,
    /// Patronymic.
    pub patronymic: Option<String>,
    /// Day of birth.
    pub born: Date,
    /// Whether the number says a woman.
    pub woman: bool,
    /// Alive, dead, missing.
    pub life: Life,
    /// The register does not have this person.
    pub absent: bool,
    /// Identity cards, newest last.
    pub documents: Vec<Document>,
    /// Index of the oblast among those of KATO; street, house and flat follow from the draw.
    pub(crate) address: Address,
}

/// A registered address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    pub(crate) kato: &'static str,
    pub(crate) district_kk: &'static str,
    pub(crate) district_ru: &'static str,
    pub(crate) city: &'static str,
    pub(crate) street: &'static str,
    pub(crate) building: u64,
    pub(crate) flat: u64,
}

pub(super) fn is_woman(draw: Draw) -> bool {
    draw.below("woman", 2) == 1
}

/// A day of birth from 1940 on; all are grown-up in 2026.
pub(super) fn birthday(draw: Draw) -> Date {
    let days = i64::try_from(draw.below("born", 24_800)).unwrap_or(0);
    FIRST_BIRTHDAY.saturating_add(days.days())
}

impl Person {
    /// Everything about person `number`, whose IIN is already settled.
    pub(super) fn draw(draw: Draw, number: u32, iin: &str) -> Self {
        let (born, woman) = (birthday(draw), is_woman(draw));
        let fate = draw.below("fate", 1_000);
        Self {
            number,
            iin: iin.to_owned(),
            surname: surname(draw, woman),
            name: given(draw, "name", woman),
            // A few people have none.
            patronymic: (draw.below("patronymic?", 20) > 0).then(|| patronymic(draw, woman)),
            born,
            woman,
            life: life(fate, draw),
            absent: (990..1_000).contains(&fate),
            documents: documents(fate, draw),
            address: Address::draw(draw),
        }
    }
}

impl Address {
    pub(super) fn draw(draw: Draw) -> Self {
        let place = draw.one("place", PLACES).unwrap_or(&PLACES[0]);
        Self {
            kato: place.kato,
            district_kk: place.name_kk,
            district_ru: place.name_ru,
            city: place.town,
            street: draw.one("street", STREETS).copied().unwrap_or_default(),
            building: 1 + draw.below("building", 180),
            flat: 1 + draw.below("flat", 120),
        }
    }
}

fn surname(draw: Draw, woman: bool) -> String {
    let stem = draw.one("surname", SURNAMES).copied().unwrap_or_default();
    if woman { format!("{stem}а") } else { stem.to_owned() }
}

fn given(draw: Draw, about: &str, woman: bool) -> String {
    let list = if woman { WOMEN } else { MEN };
    draw.one(about, list).copied().unwrap_or_default().to_owned()
}

fn patronymic(draw: Draw, woman: bool) -> String {
    format!("{}{}", given(draw, "father", false), if woman { "қызы" } else { "ұлы" })
}

/// Of a thousand: 80 dead, 5 missing.
fn life(fate: u64, draw: Draw) -> Life {
    match fate {
        0..80 => Life::Dead(day(draw, "died", 2008, 6_000)),
        80..85 => Life::Missing,
        _ => Life::Alive,
    }
}

/// Of a thousand: 50 with an expired card, 30 with one declared invalid; every fourth has an older one as well.
fn documents(fate: u64, draw: Draw) -> Vec<Document> {
    let old = draw.below("older?", 4) == 0;
    let older = old.then(|| card(draw, "older", day(draw, "older day", 2008, 1_500), DocumentState::Invalid));
    let present = match fate {
        100..150 => card(draw, "card", day(draw, "card day", 2012, 1_400), DocumentState::InForce),
        150..180 => card(draw, "card", day(draw, "card day", 2019, 2_200), DocumentState::Invalid),
        _ => card(draw, "card", day(draw, "card day", 2019, 2_200), DocumentState::InForce),
    };
    older.into_iter().chain([present]).collect()
}

/// A card issued for ten years.
fn card(draw: Draw, about: &str, begins: Date, state: DocumentState) -> Document {
    let number = format!("{:09}", 10_000_000 + draw.below(about, 80_000_000));
    Document { number, state, begins, ends: begins.saturating_add(10.years()) }
}

fn day(draw: Draw, about: &str, year: i16, span: u64) -> Date {
    let days = i64::try_from(draw.below(about, span)).unwrap_or(0);
    Date::constant(year, 1, 1).saturating_add(days.days())
}
