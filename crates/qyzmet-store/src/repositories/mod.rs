//! Rows of the portal, one file for each kind; every function works inside a unit of work.

pub mod accounts;
pub mod appeal_contacts;
pub mod calendar;
pub mod carriers;
pub mod cases;
pub mod certificates;
pub mod challenges;
pub mod codes;
pub mod desk_sessions;
pub mod duties;
pub mod head_notices;
mod keys;
pub mod lists;
pub mod members;
pub mod messages;
pub mod numbers;
pub mod officers;
pub mod order_problems;
pub mod orders;
pub mod papers;
pub mod payments;
pub mod regulations;
pub mod rejected;
pub mod reminders;
pub mod results;
pub mod sessions;
pub mod signer;
pub mod waits;

use crate::Statement;

/// Every statement of the repositories.
pub(crate) static STATEMENTS: &[&[&Statement]] = &[
    accounts::STATEMENTS,
    appeal_contacts::STATEMENTS,
    calendar::STATEMENTS,
    carriers::STATEMENTS,
    cases::STATEMENTS,
    challenges::STATEMENTS,
    codes::STATEMENTS,
    desk_sessions::STATEMENTS,
    duties::STATEMENTS,
    head_notices::STATEMENTS,
    lists::STATEMENTS,
    members::STATEMENTS,
    messages::STATEMENTS,
    numbers::STATEMENTS,
    officers::STATEMENTS,
    order_problems::STATEMENTS,
    orders::STATEMENTS,
    papers::STATEMENTS,
    payments::STATEMENTS,
    regulations::STATEMENTS,
    rejected::STATEMENTS,
    reminders::STATEMENTS,
    results::STATEMENTS,
    sessions::STATEMENTS,
    signer::STATEMENTS,
    waits::STATEMENTS,
];
