//! Pages about orders of certificates.

use jiff::Timestamp;
use qyzmet_app::{
    Captcha,
    authority::{InstallView, Installable, OrderStatus},
};
use qyzmet_domain::Locale;

use super::{draw, frame, wrong};
use crate::{
    errors::Errors,
    screens::authority::{
        install::Install,
        orders::{Orders, Told},
    },
    words,
};

/// Every status that can be told.
const STATUSES: [OrderStatus; 9] = [
    OrderStatus::Registered,
    OrderStatus::WaitsForPapers,
    OrderStatus::Confirmed,
    OrderStatus::Issued,
    OrderStatus::ForCard,
    OrderStatus::OnCard,
    OrderStatus::Refused,
    OrderStatus::Withdrawn,
    OrderStatus::Closed,
];

fn orders(locale: Locale, errors: Errors, answer: Option<Told>) -> String {
    let f = frame(locale, "order-status-title").with_form("order-status").with_error(!errors.is_empty());
    let captcha = Captcha { token: "order-status.1.00.00".into(), difficulty: 17 };
    draw(Orders { f, number: "2026-\"<b>".into(), captcha, errors, answer })
}

fn install(locale: Locale, certificates: Vec<Installable>) -> String {
    let f = frame(locale, "install-title").signed_in(Some(1500), Timestamp::UNIX_EPOCH);
    let title = "Тіркеу куәлігін алу".into();
    draw(Install {
        f,
        view: InstallView { number: "2026-1".into(), title, certificates, chain: vec!["AA==".into()] },
    })
}

pub(super) fn pages(locale: Locale) -> Vec<(&'static str, String)> {
    let told =
        |word, look, install: Option<&str>| Some(Told { word, look, install: install.map(str::to_owned) });
    let one = Installable {
        profile: "sign",
        name: "Қол қою кілті".into(),
        certificate: "MAA=".into(),
        serial: "0a1b".into(),
        valid_until: Timestamp::UNIX_EPOCH,
    };
    vec![
        ("orders", orders(locale, Errors::default(), None)),
        ("orders-wrong", orders(locale, wrong(&["number", "captcha"]), None)),
        ("orders-issued", orders(locale, Errors::default(), told("issued", "valid", Some("2026-1")))),
        ("orders-unknown", orders(locale, Errors::default(), told("unknown", "unknown", None))),
        ("install", install(locale, vec![one])),
        ("install-not-yet", install(locale, vec![])),
    ]
}

/// [R839-A2.3, R839-A2.4, R839-A2.16, R839-A2.17, R839-A2.18, R839-A2.19]
#[test]
fn the_second_screen_of_annex_2_has_exactly_its_kazakh_words() {
    let all = pages(Locale::Kk);
    let page = |name: &str| all.iter().find(|(other, _)| *other == name).unwrap().1.clone();
    for words in [
        "<h1 class=\"govuk-heading-l\">ТАПСЫРЫСТЫҢ МӘРТЕБЕСІН ТЕКСЕРУ</h1>",
        ">Сіздің тапсырысыңызға белгіленген нөмір: *</label>",
        ">Суреттегі код:</label>",
        ">Өтінімді тексеру</button>",
        "Бұлай *, белгіленген алаңдар міндетті түрде толтырылуы тиіс.",
    ] {
        assert!(page("orders").contains(words), "{words}");
    }
    assert!(page("orders-issued").contains(">Сертификат сәтті орнатылды.</h2>"));
}

#[test]
fn each_status_and_each_refusal_of_an_answer_has_words() {
    let refused = [
        qyzmet_app::CaptchaRefused::Missing,
        qyzmet_app::CaptchaRefused::Wrong,
        qyzmet_app::CaptchaRefused::Over,
    ];
    let statuses = STATUSES.iter().map(|status| status.key()).chain(["unknown"]);
    let keys =
        statuses.flat_map(|word| [format!("order-status-{word}"), format!("order-status-text-{word}")]);
    for key in keys.chain(refused.iter().map(|refused| format!("captcha-{}", refused.key()))) {
        assert!(words::known(Locale::Kk, &key).is_some(), "{key}");
    }
}
