//! Reminders before a certificate ends: on the right days, once, to whoever can still do something about it.

use jiff::SignedDuration;
use qyzmet_app::{
    ChangeLocale,
    authority::{EndingView, RemindOfEnds, ShowEnding},
};
use qyzmet_domain::{AccountId, Locale};
use qyzmet_pki::{
    Certificate,
    authority::{SubjectFacts, Validity},
};
use qyzmet_store::{
    StoreError, Tx, journal,
    repositories::certificates::{self, CertificateRow, Standing, State},
};

use super::{
    super::world::{
        ISSUER, OTHER, Person, WELL, World, eventually, hours, now, on_both_engines, pki, subject,
    },
    row,
};

const NUMBER: &str = "+77010000301";

fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

/// A certificate of a person that ends so many days from the stories' present, with an address in it or not.
fn ending(person: &Person, profile: &str, in_days: i64, mail: Option<&str>) -> Certificate {
    let facts = SubjectFacts::new(subject(&person.iin)).expect("facts");
    let facts = match mail {
        Some(mail) => facts.with_email(mail).expect("an address"),
        None => facts,
    };
    let valid: Validity = hours(24, 24 * in_days);
    pki().enrol_with(profile, &facts, valid).chain[0].clone()
}

fn kept(person: &Person, profile: &str, certificate: &Certificate) -> CertificateRow {
    CertificateRow { profile: profile.to_owned(), ..row(person.account, person, certificate) }
}

async fn keep(world: &World, rows: Vec<CertificateRow>) {
    let keep = move |tx: &mut Tx<'_>| {
        rows.iter().try_for_each(|row| {
            assert!(certificates::insert(tx, row)?, "kept");
            Ok::<_, StoreError>(())
        })
    };
    world.app.store.write(keep).await.expect("certificates");
}

/// The clock of reminders rings; a second time nothing is left. The answer is how often the person has been reminded so far:
/// the worker keeps time too and may have come first.
async fn remind(world: &World, person: &Person) -> usize {
    let mut rung = Vec::new();
    for _ in 0..2 {
        world.system(RemindOfEnds).await.expect("reminded");
        rung.push(world.journalled(person, "certificate-ending").await);
    }
    assert_eq!(rung[0], rung[1], "each of them once");
    rung[0]
}

/// Text messages to the number after the code with which it was linked, once none is on its way.
async fn texts(world: &World) -> Vec<String> {
    eventually("the last message", async || (world.open_jobs().await == 0).then_some(())).await;
    world.outside.inbox.to(NUMBER).split_off(1)
}

async fn letters(world: &World) -> usize {
    eventually("the last message", async || (world.open_jobs().await == 0).then_some(())).await;
    world.outside.letters().await.matches("aliya@example.kz").count()
}

#[test]
fn the_owner_is_reminded_30_14_7_and_1_days_ahead_once_whatever_happens_to_the_portal() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        world.link(&person, NUMBER).await;
        let mail = Some("aliya@example.kz");
        let pair = ["person-sign", "person-auth"]
            .map(|profile| kept(&person, profile, &ending(&person, profile, 31, mail)));
        keep(world, pair.into()).await;
        assert_eq!(remind(world, &person).await, 0, "31 days are left");
        let mut world = world.start_again().await;
        for (at, messages) in [(1, 1), (2, 1), (17, 2), (23, 2), (24, 3), (29, 3), (30, 4), (31, 4), (40, 4)]
        {
            let passed = world.app.now().duration_since(now());
            world.pass(days(at) - passed);
            remind(&world, &person).await;
            let texts = texts(&world).await;
            assert_eq!(texts.len(), messages, "after {at} days");
            let said = "ЭЦҚ куәлігіңіздің мерзімі 22.12.2026 аяқталады. Порталды ашыңыз.";
            assert!(texts.iter().all(|text| text == said), "{texts:?}");
            assert_eq!(letters(&world).await, messages, "after {at} days");
            world = world.start_again().await;
        }
        assert_eq!(world.journalled(&person, "certificate-ending").await, 8, "four times about each of two");
        world.end().await;
    });
}

#[test]
fn after_a_long_absence_only_the_nearest_reminder_is_sent_and_in_the_language_of_the_person() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        world.link(&person, NUMBER).await;
        world.run(&person.caller, ChangeLocale { locale: Locale::Ru }).await.expect("changed");
        keep(world, vec![kept(&person, "person-sign", &ending(&person, "person-sign", 40, None))]).await;
        assert_eq!(remind(world, &person).await, 0);
        world.pass(days(35));
        assert_eq!(remind(world, &person).await, 1);
        assert_eq!(texts(world).await, ["Ваше свидетельство ЭЦП действует до 31.12.2026. Откройте портал."]);
        assert_eq!(letters(world).await, 0, "no address stands in it");
        world.pass(days(4));
        assert_eq!(remind(world, &person).await, 2, "the last day but one");
        assert_eq!(texts(world).await.len(), 2);
    });
}

#[test]
fn nobody_is_reminded_at_night_and_the_reminder_comes_in_the_morning() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        keep(world, vec![kept(&person, "person-sign", &ending(&person, "person-sign", 30, None))]).await;
        world.pass(SignedDuration::from_hours(8)); // ten in the evening
        assert_eq!(remind(world, &person).await, 0);
        world.pass(SignedDuration::from_hours(10)); // eight in the morning
        assert_eq!(remind(world, &person).await, 0);
        world.pass(SignedDuration::from_hours(1));
        assert_eq!(remind(world, &person).await, 1);
        assert_eq!(
            world.outside.inbox.to(NUMBER),
            Vec::<String>::new(),
            "whoever has no number reads the banner"
        );
        assert_eq!(shown(world, &person).await, ["person-sign"]);
    });
}

/// What the banner of the cabinet names.
async fn shown(world: &World, person: &Person) -> Vec<String> {
    let EndingView { certificates, .. } = world.run(&person.caller, ShowEnding).await.expect("a view");
    certificates.into_iter().map(|one| one.profile).collect()
}

#[test]
fn what_is_revoked_on_hold_or_followed_by_another_calls_for_nothing() {
    on_both_engines(async |world| {
        let (person, other) = (world.person(WELL).await, world.person(OTHER).await);
        let of = |profile: &str, in_days| kept(&person, profile, &ending(&person, profile, in_days, None));
        let (revoked, held) = (of("person-single", 20), of("person-auth", 20));
        let (old, new) = (of("person-sign", 20), of("person-sign", 360));
        let stranger = kept(&other, "person-sign", &ending(&other, "person-sign", 20, None));
        let nobody = CertificateRow {
            account: None,
            key_id: vec![7; 32],
            serial: vec![7; 20],
            profile: "server".to_owned(),
            ..of("person-sign", 21)
        };
        let states = [(revoked.serial.clone(), State::Revoked), (held.serial.clone(), State::Hold)];
        keep(world, vec![revoked, held, old, new, stranger, nobody]).await;
        let mark = move |tx: &mut Tx<'_>| {
            states.iter().try_for_each(|(serial, state)| {
                let to =
                    Standing { state: *state, reason: Some(6), revoked_at: Some(now()), invalid_since: None };
                certificates::change(tx, (ISSUER, serial), State::Good, to, now()).map(drop)
            })
        };
        world.app.store.write(mark).await.expect("changed");
        assert_eq!(remind(world, &other).await, 1, "the other person has one certificate, and it ends");
        assert_eq!(world.journalled(&person, "certificate-ending").await, 0);
        assert_eq!(shown(world, &person).await, Vec::<String>::new());
        assert_eq!(shown(world, &other).await, ["person-sign"]);
    });
}

/// Certificates as rows alone: nobody reads what stands in them.
fn many(account: AccountId, count: u16) -> Vec<CertificateRow> {
    let one = |number: u16| CertificateRow {
        issuer: ISSUER.to_owned(),
        serial: [vec![1; 18], number.to_be_bytes().to_vec()].concat(),
        part: 0,
        account: Some(account),
        holder: Some(format!("{number:012}")),
        profile: "employee-sign".to_owned(),
        order_number: None,
        key_id: [vec![1; 30], number.to_be_bytes().to_vec()].concat(),
        not_before: now(),
        not_after: now() + SignedDuration::from_hours(i64::from(number) * 4),
        der: Vec::new(),
        standing: Standing::GOOD,
    };
    (1..=count).map(one).collect()
}

#[test]
fn two_processes_that_remind_at_the_same_time_remind_of_everything_once() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        world.link(&person, NUMBER).await;
        keep(world, many(person.account, 170)).await;
        let both = tokio::join!(world.system(RemindOfEnds), world.system(RemindOfEnds));
        assert!(both.0.is_ok() && both.1.is_ok());
        let reminded = world.app.store.read(|tx| journal::of_kind(tx, "certificate-ending", None, 200)).await;
        assert_eq!(reminded.expect("read").len(), 170, "each certificate once, whoever came first");
        let texts = texts(world).await;
        let days: std::collections::BTreeSet<&String> = texts.iter().collect();
        assert_eq!((texts.len(), days.len()), (29, 29), "one for each last day");
    });
}
