//! Appeals about the work of a centre's people reach the person whom the centre has named, by a letter with a link.

use jiff::civil::date;
use qyzmet_app::{
    DeskProblem, Error, OFFICER,
    conduct::{ForwardAppeal, NameAppealContact, SUPPORT, ShowAppeals},
};

use super::{
    super::{
        super::world::{OWNER, eventually, on_both_engines, well},
        kind,
    },
    ground, refusal, scan,
};

const MAIL: &str = "otinish@centre.example";

/// [R839-15.3a, R839-15.3b, R839-15.3c, R839-15.3d, R839-15.3e, R839-19.5e]
#[test]
fn an_appeal_goes_to_the_person_whom_the_centre_has_named_and_the_letter_holds_a_link_alone() {
    on_both_engines(async |world| {
        let people = well(5);
        let around = world.around(&people[..3]).await;
        let support = world.officer_of(people[3], "support", vec![OFFICER, SUPPORT]).await;
        let forward = |words: &str| ForwardAppeal { body: OWNER.to_owned(), words: words.to_owned() };
        let nobody = refusal(world.run(&support.caller, forward("№ 77: дөрекілік")).await);
        assert_eq!(nobody, ground("no-appeal-contact", "15.3"), "nobody is named");
        let name = |mail: &str| NameAppealContact {
            name: "Үлгібай Үлгі".to_owned(),
            mail: mail.to_owned(),
            order_number: "12-ө".to_owned(),
            order_day: date(2026, 11, 2),
            letter: scan("хат"),
        };
        assert_eq!(kind(world.run(&support.caller, name(MAIL)).await), "not-found");
        for bad in ["", "otinish", "a b@centre.example", "a@b@c.kz", "a@centre"] {
            let named = world.run(&around.personnel.caller, name(bad)).await;
            assert!(matches!(named, Err(Error::Desk(DeskProblem::BadMail))), "{bad}");
        }
        world.run(&around.personnel.caller, name(MAIL)).await.expect("named");
        assert_eq!(kind(world.run(&around.personnel.caller, forward("Өзім")).await), "not-found");
        world.run(&support.caller, forward("№ 77: дөрекілік")).await.expect("forwarded");
        let letters = eventually("a letter", async || {
            let letters = world.outside.letters().await;
            letters.contains(MAIL).then_some(letters)
        })
        .await;
        assert!(letters.contains("https://portal.example/desk/operators/appeals"));
        assert!(!letters.contains("дөрекілік"), "what the appeal says is read on the portal");
        let seen = world.run(&around.personnel.caller, ShowAppeals).await.expect("a view");
        assert_eq!((seen.appeals.len(), seen.contacts.len()), (1, 1));
        assert!(seen.appeals[0].1.contains("дөрекілік"));
        assert_eq!(kind(world.run(&around.head.caller, ShowAppeals).await), "not-found");
    });
}
