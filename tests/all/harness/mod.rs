//! A portal of one's own for each test, a browser, and the checks that every test passes at its end.

mod axe;
mod browser;
mod card;
mod driver;
mod jobs;
mod letters;
mod logs;
mod markup;
mod pkilint;
mod portal;
mod seed;
mod shots;

pub(crate) use browser::{Browser, Width};
pub(crate) use card::Workstation;
pub(crate) use markup::validate;
pub(crate) use pkilint::pkilint;
pub(crate) use portal::{A_NUMBER, ABSENT, DEAD, EXPIRED, NUMBERS, OTHER, Portal, RSA, WELL};
pub(crate) use seed::product;
