//! The invented entities of the demo and of the tests: one for each relation that a recipient can have to an entity.

use jiff::civil::{Date, date};
use qyzmet_domain::{Bin, Iin};

use crate::gbd_fl::people::demo_people;

/// A legal entity as the register holds it.
#[derive(Clone, Debug)]
pub struct Organisation {
    /// Business identification number.
    pub bin: Bin,
    /// Name in Kazakh.
    pub name_kk: &'static str,
    /// Name in Russian.
    pub name_ru: &'static str,
    /// Day of registration.
    pub registered: Date,
    /// Legal address in Kazakh and in Russian.
    pub address: [&'static str; 2],
    /// Who leads it; nobody while the post is vacant.
    pub leader: Option<Head>,
    /// The register does not have it.
    pub absent: bool,
    /// What it is for, in English.
    pub story: &'static str,
}

/// The first head of an invented entity.
#[derive(Clone, Debug)]
pub struct Head {
    /// Individual identification number.
    pub iin: Iin,
    /// Surname, name and patronymic.
    pub name: String,
    /// Position in Kazakh and in Russian.
    pub position: [&'static str; 2],
}

/// Who leads an entity.
#[derive(Clone, Copy)]
enum Leads {
    /// The demo person with this number.
    Demo(u32),
    /// Somebody who is nobody of the demo and has no account.
    Somebody,
    Nobody,
}

struct Fixed {
    eleven: &'static str,
    names: [&'static str; 2],
    registered: Date,
    leads: Leads,
    absent: bool,
    story: &'static str,
}

const FIXED: &[Fixed] = &[
    Fixed {
        eleven: "15014000123",
        names: ["«Үлгі Құрылыс» ЖШС", "ТОО «Улги Курылыс»"],
        registered: date(2015, 1, 20),
        leads: Leads::Demo(1),
        absent: false,
        story: "led by the first demo person",
    },
    Fixed {
        eleven: "18074000456",
        names: ["«Сынақ Сауда» АҚ", "АО «Сынак Сауда»"],
        registered: date(2018, 7, 3),
        leads: Leads::Somebody,
        absent: false,
        story: "led by somebody who is nobody of the demo",
    },
    Fixed {
        eleven: "09034000778",
        names: ["«Мысал Көлік» ЖШС", "ТОО «Мысал Колик»"],
        registered: date(2009, 3, 16),
        leads: Leads::Demo(2),
        absent: false,
        story: "led by the second demo person, who is dead",
    },
    Fixed {
        eleven: "21114000231",
        names: ["«Жаңа Бастау» ЖШС", "ТОО «Жана Бастау»"],
        registered: date(2021, 11, 29),
        leads: Leads::Nobody,
        absent: false,
        story: "without a leader at present",
    },
    Fixed {
        eleven: "12054000994",
        names: ["«Елес» ЖШС", "ТОО «Елес»"],
        registered: date(2012, 5, 8),
        leads: Leads::Demo(1),
        absent: true,
        story: "not in the register",
    },
];

/// All invented entities, also the one that the register lacks.
#[must_use]
pub fn organisations() -> Vec<Organisation> {
    FIXED.iter().filter_map(make).collect()
}

/// The entity under this number, as the register holds it.
pub(super) fn find(bin: &str) -> Option<Organisation> {
    organisations().into_iter().find(|entity| entity.bin.as_str() == bin && !entity.absent)
}

fn make(fixed: &Fixed) -> Option<Organisation> {
    Some(Organisation {
        bin: Bin::complete(fixed.eleven).ok()?,
        name_kk: fixed.names[0],
        name_ru: fixed.names[1],
        registered: fixed.registered,
        address: ["Астана қаласы, Есіл ауданы, Үлгі көшесі, 12", "город Астана, район Есиль, улица Улги, 12"],
        leader: head(fixed.leads),
        absent: fixed.absent,
        story: fixed.story,
    })
}

fn head(leads: Leads) -> Option<Head> {
    let position = ["директор", "директор"];
    match leads {
        Leads::Nobody => None,
        Leads::Somebody => Some(Head {
            iin: Iin::complete("75062430218").ok()?,
            name: "Әбдіғалиев Марат Сейітұлы".to_owned(),
            position: ["басқарма төрағасы", "председатель правления"],
        }),
        Leads::Demo(number) => {
            let person = demo_people().into_iter().find(|person| person.number == number)?;
            let parts = [Some(person.surname), Some(person.name), person.patronymic];
            let name = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
            Some(Head { iin: person.iin, name, position })
        }
    }
}
