//! The pages about operators from sample views.

use jiff::civil::date;
use qyzmet_app::conduct::{
    AppealsView, CarrierView, ContactView, DutyView, OperatorCard, OperatorView, OperatorsView, OwnView,
    PaperCard, Powers, SAMPLE_ITEMS,
};
use qyzmet_domain::{
    AccountId, DutyId, Locale,
    conduct::{Bar, CarrierKind, DutyKind},
};

use super::{draw, frame, samples, wrong};
use crate::{
    errors::Errors,
    screens::desk::operators::{
        Typed, appeals::Appeals, list::List, new::New, one::One, own::Own, pledge::Pledge,
    },
};

const NAME: &str = "Ұзынаттықызы Айгерім Сериковна";

fn account() -> AccountId {
    AccountId::from_parts(samples::at(0), [1; 10])
}

fn duty(kind: DutyKind, number: u8) -> DutyView {
    let open = kind != DutyKind::Sample;
    let paper = |kind: &str| PaperCard { kind: kind.into(), kept_until: samples::at(90) };
    DutyView {
        id: DutyId::from_parts(samples::at(0), [number; 10]),
        account: account(),
        kind,
        begins_at: samples::at(0),
        ends_at: open.then(|| samples::at(90)),
        due_at: open.then(|| samples::at(60)),
        late: kind == DutyKind::Departure,
        done_at: (!open).then(|| samples::at(30)),
        words: "Хат № 12, 2026 жылғы 20 қараша".into(),
        outcome: (!open).then(|| "faults".into()),
        answer: (!open).then(|| "papers terms".into()),
        papers: if kind == DutyKind::Onboarding {
            ["letter", "application", "order"].map(paper).into()
        } else {
            Vec::new()
        },
    }
}

const KINDS: [DutyKind; 7] = [
    DutyKind::Onboarding,
    DutyKind::Departure,
    DutyKind::KeyLost,
    DutyKind::TwoPlaces,
    DutyKind::Violation,
    DutyKind::Absence,
    DutyKind::Sample,
];

fn duties() -> Vec<DutyView> {
    KINDS.into_iter().zip(1..).map(|(kind, number)| duty(kind, number)).collect()
}

const ALL: Powers = Powers { personnel: true, responsible: true, support: true, suspend: true };

fn operators(empty: bool) -> OperatorsView {
    let card = |bar, check_is_due| OperatorCard {
        account: account(),
        name: NAME.into(),
        body: "mdai".into(),
        unit: "operator".into(),
        bar,
        check_is_due,
    };
    let people = vec![card(Some(Bar::KeyLost), false), card(None, true), card(None, false)];
    OperatorsView {
        may: ALL,
        people: if empty { Vec::new() } else { people },
        tasks: if empty {
            Vec::new()
        } else {
            duties().into_iter().map(|duty| (NAME.into(), duty)).collect()
        },
    }
}

fn operator(empty: bool) -> OperatorView {
    let carrier = |serial: &str, returned_at| CarrierView {
        kind: CarrierKind::KazToken.word(),
        serial: serial.into(),
        given_at: samples::at(0),
        returned_at,
    };
    let carriers = vec![carrier("KZ-0002", None), carrier("KZ-0001", Some(samples::at(5)))];
    OperatorView {
        may: ALL,
        account: account(),
        name: NAME.into(),
        body: "mdai".into(),
        unit: "operator".into(),
        is_operator: true,
        bar: (!empty).then(|| (Bar::Away.word(), Bar::Away.clause().to_string())),
        carriers: if empty { Vec::new() } else { carriers },
        duties: if empty { Vec::new() } else { duties() },
    }
}

fn own(barred: bool) -> OwnView {
    OwnView {
        bar: barred.then(|| (Bar::NoPledge.word(), Bar::NoPledge.clause().to_string())),
        pledged_at: (!barred).then(|| samples::at(0)),
        acknowledged_at: (!barred).then(|| samples::at(0)),
        acknowledged_until: (!barred).then(|| samples::at(90)),
        checked_at: (!barred).then(|| samples::at(0)),
        checked_until: (!barred).then(|| samples::at(90)),
        check_is_due: !barred,
        copies: vec![duty(DutyKind::Copies, 8), duty(DutyKind::Copies, 9)],
    }
}

fn appeals(empty: bool) -> AppealsView {
    let contact = ContactView {
        body: "mdai".into(),
        name: NAME.into(),
        mail: "otinish@centre.example".into(),
        order_number: "12-ө".into(),
        order_day: date(2026, 11, 2),
    };
    AppealsView {
        may_name: true,
        may_forward: true,
        contacts: if empty { Vec::new() } else { vec![contact] },
        appeals: if empty {
            Vec::new()
        } else {
            vec![(samples::at(0), "№ 77: ұзақ күттірді".into())]
        },
    }
}

/// All pages about operators.
pub(super) fn pages(locale: Locale) -> Vec<(&'static str, String)> {
    let f = |key: &str| frame(locale, key).signed_in(Some(1500), samples::at(0)).with_desk(true);
    let (none, typed) = (Errors::default, Typed::default);
    let one = |view, errors| {
        let (kinds, items) = (CarrierKind::ALL, SAMPLE_ITEMS);
        draw(One { f: f("operators-title"), view, kinds, items, typed: typed(), errors })
    };
    let new = |errors| draw(New { f: f("operators-new-title"), typed: typed(), errors });
    let own = |view, errors| draw(Own { f: f("own-title"), view, typed: typed(), errors });
    let pledge = |errors| {
        let (iin, agent) = ("900101300017".into(), "wss://127.0.0.1:13579".into());
        draw(Pledge { f: f("pledge-title"), iin, agent, errors })
    };
    let answer = format!("answer-{}", duty(DutyKind::TwoPlaces, 4).id);
    let one_wrong =
        wrong(&["departure-day", "absence-day", "carrier-serial", "sample-words", answer.as_str()]);
    let own_wrong = wrong(&["instruction-words", "workstation-day", "workstation-words", "copies-letter"]);
    let appeals_page = |view, errors| draw(Appeals { f: f("appeals-title"), view, typed: typed(), errors });
    vec![
        ("operators", draw(List { f: f("operators-title"), view: operators(false) })),
        ("operators-empty", draw(List { f: f("operators-title"), view: operators(true) })),
        ("operators-new", new(none())),
        ("operators-new-wrong", new(wrong(&["new-iin", "new-words", "new-letter"]))),
        ("operator", one(operator(false), none())),
        ("operator-empty", one(operator(true), none())),
        ("operator-wrong", one(operator(false), one_wrong)),
        ("own", own(self::own(false), none())),
        ("own-barred", own(self::own(true), none())),
        ("own-wrong", own(self::own(false), own_wrong)),
        ("pledge", pledge(none())),
        ("pledge-wrong", pledge(wrong(&["signature"]))),
        ("appeals", appeals_page(appeals(false), none())),
        ("appeals-empty", appeals_page(appeals(true), none())),
        (
            "appeals-wrong",
            appeals_page(appeals(false), wrong(&["contact-mail", "contact-letter", "forward-words"])),
        ),
    ]
}
