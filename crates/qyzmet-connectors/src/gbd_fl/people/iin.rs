//! Making individual identification numbers for invented people, with the check digit of kz-ecosystem 7.1.

use jiff::civil::Date;

/// The number of a person born on `born`, or `None` for the few series that have no check digit and are never issued.
pub(super) fn make(born: Date, woman: bool, serial: u32) -> Option<String> {
    let century = if born.year() < 2000 { 3 } else { 5 } + u8::from(woman);
    let year = born.year().rem_euclid(100);
    let head = format!("{year:02}{:02}{:02}{century}{:04}", born.month(), born.day(), serial % 10_000);
    let check = check_digit(&head)?;
    Some(format!("{head}{check}"))
}

fn check_digit(head: &str) -> Option<u32> {
    let sum = |weights: [u32; 11]| -> u32 {
        let digits = head.bytes().map(|byte| u32::from(byte - b'0'));
        digits.zip(weights).map(|(digit, weight)| digit * weight).sum::<u32>() % 11
    };
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]]
        .into_iter()
        .map(sum)
        .find(|check| *check < 10)
}
