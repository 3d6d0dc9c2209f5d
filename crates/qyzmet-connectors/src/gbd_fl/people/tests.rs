//! The invented people must pass for a register's.

use std::collections::HashSet;

use super::*;

#[test]
fn every_number_is_unique_and_passes_the_domain_s_check_digit() {
    let people = People::new(7, 20_000);
    let numbers: HashSet<_> = people.numbers.iter().collect();
    assert_eq!(numbers.len(), 20_000);
    assert!(people.numbers.iter().all(|iin| parsed(iin).is_some()));
}

#[test]
fn the_same_seed_gives_the_same_people_and_another_seed_others() {
    let (first, again, other) = (People::new(1, 500), People::new(1, 500), People::new(2, 500));
    assert_eq!(first.person(321), again.person(321));
    assert_ne!(first.person(321), other.person(321));
    assert_eq!(first.person(1), other.person(1));
}

#[test]
fn all_fates_occur() {
    let people = People::new(7, 5_000);
    let all: Vec<_> = (1..=people.count()).filter_map(|number| people.person(number)).collect();
    let count = |matches: fn(&Person) -> bool| all.iter().filter(|person| matches(person)).count();
    assert!((300..500).contains(&count(|person| matches!(person.life, Life::Dead(_)))));
    assert!(count(|person| person.life == Life::Missing) > 5);
    assert!(count(|person| person.absent) > 20);
    assert!(count(|person| person.documents.len() == 2) > 1_000);
    assert!(count(|person| person.patronymic.is_none()) > 100);
}

#[test]
fn the_people_of_the_demo_are_all_there_and_the_absent_one_is_not_found() {
    let demo = demo_people();
    assert_eq!(demo.len(), 8);
    let people = People::new(9, 100);
    assert_eq!(people.find(demo[0].iin.as_str()).unwrap().surname, "Серікбаева");
    assert!(people.find(demo[4].iin.as_str()).is_none());
    assert!(people.person(5).unwrap().absent);
}

#[test]
fn a_search_takes_the_start_of_a_number_or_of_a_surname() {
    let people = People::new(9, 1_000);
    assert!(people.search("серікб", 5).iter().all(|person| person.surname.starts_with("Серікбаев")));
    let first = people.person(1).unwrap();
    assert_eq!(people.search(&first.iin, 5), vec![first]);
    assert_eq!(people.person(0), None);
    assert_eq!(people.person(1_001), None);
}
