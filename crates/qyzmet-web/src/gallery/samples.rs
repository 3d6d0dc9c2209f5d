//! Views as the app gives them, filled with invented people, for every page of the gallery.

use jiff::Timestamp;
use qyzmet_app::printed::Paper;
use qyzmet_app::{
    ActionState, ActionView, CabinetView, ClassView, CodeState, CodeView, ConfirmView, DataUse, EvidenceView,
    FieldView, FormView, PointView, ProfileView, ProofView, RefusalView, RegulationPage, RequestCard,
    RequestView, ResultCard, ResultView, Seen, ServiceCard, ServicePage, SessionCard, SignerView, StepView,
    Verification, VerificationOutcome,
    authority::{CertificateView, EndingCertificate, EndingView, Phase},
};
use qyzmet_domain::{CaseId, Locale, Means, OtpPurpose, ServiceId, classification::Method};
use qyzmet_engine::{ActionTable, FieldKind, Script, TableColumn, TableUnit};

pub(super) const TITLE: &str =
    "Абоненттік нөмірді \"электрондық үкіметтің\" веб-порталының есептік жазбасына қосу";

pub(super) fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_795_240_000 + minute * 60).unwrap()
}

pub(super) fn case() -> CaseId {
    "01941f29-7c00-7000-8000-000000000001".parse().unwrap()
}

pub(super) fn service() -> ServiceId {
    "sample-service".parse().unwrap()
}

pub(super) fn cards() -> Vec<ServiceCard> {
    let card = ServiceCard {
        id: service(),
        title: TITLE.into(),
        term: "10 минут".into(),
        fee: "Тегін".into(),
        free: true,
        startable: true,
        at_centre: false,
    };
    let to_read = ServiceCard { free: false, startable: false, ..card.clone() };
    let at_centre = ServiceCard { at_centre: true, ..to_read.clone() };
    vec![card, to_read, at_centre]
}

fn action(number: u32, text: &str, unit: &str, state: ActionState) -> ActionView {
    let (text, unit, clause) = (text.to_owned(), unit.to_owned(), "58-2016:5.2".to_owned());
    ActionView { number, text, unit, clause, term: "1 min".into(), state, outcome: None }
}

pub(super) fn timeline() -> Vec<ActionView> {
    let done = |minute| ActionState::Done { at: at(minute) };
    vec![
        action(1, "Абоненттік нөмірді енгізу", "Көрсетілетін қызметті алушы", done(0)),
        action(2, "Бір реттік парольді жіберу", "Портал", done(1)),
        ActionView {
            outcome: Some("violation".into()),
            ..action(3, "Мәліметтерді тексеру", "Портал", done(2))
        },
        action(4, "ЖТ МДҚ-дан мәліметтерді сұрату", "ЖТ МДҚ", ActionState::Now),
        action(5, "Нөмірді есептік жазбаға қосу", "Портал", ActionState::Next),
        action(6, "Нөмір қосылмағаны туралы хабарлау", "Портал", ActionState::Passed),
    ]
}

pub(super) fn service_page() -> ServicePage {
    let row = |number| (number, format!("{number}-жолдың атауы"), "Бірінші жол\nЕкінші жол".to_owned());
    let point = |criterion, choice, points| PointView {
        criterion,
        choice,
        points,
        clause: format!("10-2016:5.{criterion}"),
        because: (criterion == 1).then(|| "Бөтен адамның қол жеткізу қаупі бар".to_owned()),
    };
    ServicePage {
        lacks_authority: false,
        id: service(),
        title: TITLE.into(),
        passport: (1..=10).map(row).collect(),
        class: ClassView {
            score: 4,
            points: vec![point(1, 1, 2), point(2, 1, 2), point(3, 2, 0), point(4, 2, 0)],
            method: Method::Eds,
            clauses: vec!["10-2016:5.8".into()],
            override_clause: Some("10-2016:A1.2".into()),
            warning: Some("rules-outdated".into()),
        },
        confirm: vec![Means::Otp(OtpPurpose::Number), Means::Eds],
        confirm_clause: Some("58-2016:5-7".into()),
        free: true,
        startable: true,
        at_centre: false,
        actions: timeline(),
        act: "58-2016".into(),
        version: "00".into(),
        changes_on: None,
    }
}

pub(super) fn regulation_page(locale: Locale, current: bool) -> RegulationPage {
    let column = |number: u32| TableColumn {
        program: String::new(),
        number,
        unit: "Портал".into(),
        action: "Мәліметтерді <b>тексеру".into(),
        completion: "мәлімет".into(),
        term: "1 минут".into(),
        next: "2".into(),
        clause: "58-2016:5.2".into(),
    };
    let heads = ["№", "Бірлік", "Атауы", "Нысаны", "Мерзімі", "Келесі"].map(str::to_owned);
    let units =
        vec![TableUnit { name: "Портал".into(), kind: "жүйе".into(), program: String::new() }];
    let columns = (1..=3).map(column).collect();
    RegulationPage {
        id: service(),
        title: TITLE.into(),
        act: "58-2016".into(),
        version: "ab".repeat(32),
        current,
        valid_from: jiff::civil::date(2024, 3, 30),
        startable: false,
        at_centre: true,
        table: ActionTable { locale, title: "Кесте".into(), heads, units, columns },
        diagram: "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"><a href=\"#action-1\"></a></svg>".into(),
    }
}

pub(super) fn request(step: StepView) -> RequestView {
    RequestView {
        case: case(),
        request_number: Some("SN-2026-000123-4".into()),
        service: service(),
        title: TITLE.into(),
        step,
        timeline: timeline(),
        opened_at: at(0),
        accepted_at: Some(at(2)),
        due_at: Some(at(12)),
        term: None,
        late_payment: None,
        fee_rejected: false,
        members: Vec::new(),
        act: "58-2016".into(),
        brings_certificates: true,
        papers: vec![Paper::Application, Paper::Receipt],
    }
}

/// Certificates that end soon, with what can be done about it or not.
pub(super) fn ending(renewable: bool) -> EndingView {
    let one =
        |profile: &str, days_left| EndingCertificate { profile: profile.into(), not_after: at(2), days_left };
    EndingView {
        certificates: vec![one("person-sign", 30), one("person-auth", 1), one("operator-sign", 0)],
        renewable: renewable.then(|| "0a1b".into()),
    }
}

pub(super) fn form() -> FormView {
    let field = |id: &str, kind, label: &str, value: &str| FieldView {
        id: id.into(),
        kind,
        label: label.into(),
        hint: Some("+7 және он цифр".into()),
        value: value.into(),
        required: true,
        choices: vec![("key-compromise".into(), "Кілт құпиялығын жоғалтты".into())],
        profiles: vec![("sign", "Қол қою кілті".into()), ("auth", "Кіру кілті".into())],
    };
    let consent = FieldKind::Consent { register: "gbd-fl".into() };
    FormView {
        seen: Seen { action: 1, visit: 0 },
        page: "number".into(),
        page_number: 1,
        page_count: 2,
        previous: Some("before".into()),
        title: "Абоненттік нөмір".into(),
        question: None,
        fields: vec![
            field("number", FieldKind::MobileNumber, "Абоненттік нөмір", "8 701 <b>"),
            field("consent", consent, "Мәліметтерге қол жеткізуге келісемін", "given"),
            field("day", FieldKind::Date, "Күні", ""),
            field("iin", FieldKind::Iin, "ЖСН", ""),
            field("reason", FieldKind::Choice { one_of: Vec::new() }, "Кері қайтарып алудың себебі", ""),
            field(
                "serial",
                FieldKind::Certificate { holders: Vec::new() },
                "Тіркеу куәлігі",
                &"5d".repeat(20),
            ),
            field("keys", FieldKind::Keys { profiles: Vec::new(), holder: None }, "Кілттер", ""),
            field("more", FieldKind::Text { longest: 500, script: Script::Any }, "Қосымша ақпарат", "а <i>"),
        ],
        button: Some("Тексеру кодын алу".into()),
        prefill: vec![("ЖСН".into(), "900101300017".into()), ("Аты-жөні".into(), "Сериков Нұрлан".into())],
        certificates: certificates(),
    }
}

pub(super) fn certificates() -> Vec<CertificateView> {
    let certificate = |serial: &str, phase| CertificateView {
        serial: serial.repeat(20),
        profile: "person-single".into(),
        not_before: at(0),
        not_after: at(20),
        phase,
        order_number: Some("2026-00000017".into()),
    };
    [("5d", Phase::Valid), ("1f", Phase::Held), ("0a", Phase::Revoked), ("7c", Phase::Ended)]
        .map(|(serial, phase)| certificate(serial, phase))
        .into()
}

pub(super) fn confirm() -> ConfirmView {
    ConfirmView {
        seen: Seen { action: 3, visit: 0 },
        means: vec![Means::Otp(OtpPurpose::Number), Means::Eds],
        summary: vec![("Абоненттік нөмір".into(), "+77011234567".into()), ("Келісім".into(), "Иә".into())],
        document_name: "request.json".into(),
        document_sha256: "0f".repeat(32),
        code: Some(CodeView {
            to_masked: "+7701***4567".into(),
            sent_at: at(1),
            expires_at: at(4),
            resend_at: at(2),
            attempts_left: 3,
            state: CodeState::Delivered,
        }),
        iin: "900101300017".into(),
    }
}

pub(super) fn refusal() -> RefusalView {
    RefusalView {
        order_problem: Some("key-used".into()),
        ground: "Мәліметтер заңдарға сәйкес келмейді".into(),
        clause: "58-2016:A.9.1".into(),
        evidence: vec![EvidenceView {
            fact: "Өмір мәртебесі".into(),
            expected: "тірі".into(),
            found: "қайтыс болған".into(),
            source: "ЖТ МДҚ".into(),
            answer_id: Some("A-1".into()),
        }],
        number: "SN-2026-000123-4".into(),
        decided_at: at(3),
        advice: Some("Құжатыңызды ауыстырып, қайта жүгініңіз.".into()),
    }
}

pub(super) fn signer() -> SignerView {
    SignerView {
        name: "АХМЕТОВА АЙГҮЛ".into(),
        position: Some("Бас сарапшы".into()),
        organisation: "Министрлік".into(),
        serial: "0a1b2c".into(),
    }
}

pub(super) fn proof() -> ProofView {
    ProofView {
        leaf: 41,
        size: 64,
        root: "ab".repeat(32),
        checkpoint: "qyzmet.example/journal\n64\nq6ur\n\n— qyzmet AAAA\n".into(),
        entry: String::new(),
        path: vec![],
    }
}

pub(super) fn result(refusal: Option<RefusalView>) -> ResultView {
    ResultView {
        number: "SN-2026-000123-4".into(),
        title: TITLE.into(),
        lines: vec![("Абоненттік нөмір".into(), "+77011234567".into())],
        issued_at: at(3),
        signer: signer(),
        refusal,
        verify_url: "http://127.0.0.1:8080/r/SN-2026-000123-4".into(),
        case: case(),
        proof: Some(proof()),
    }
}

pub(super) fn verification(outcome: VerificationOutcome, reason: Option<&str>) -> Verification {
    let known = outcome != VerificationOutcome::Unknown;
    Verification {
        outcome,
        reason: reason.map(str::to_owned),
        number: known.then(|| "SN-2026-000123-4".to_owned()),
        title: known.then(|| TITLE.to_owned()),
        kind: known.then(|| "issued".to_owned()),
        issued_at: known.then(|| at(3)),
        signer: known.then(signer),
        sealed: known,
        journal: known.then(proof),
    }
}

pub(super) fn request_cards() -> Vec<RequestCard> {
    let card = |state: &str| RequestCard {
        case: case(),
        title: TITLE.into(),
        state: state.into(),
        at: at(0),
        number: Some("SN-2026-000123-4".into()),
        result: None,
    };
    ["open", "running", "issued", "refused", "finished"].map(card).into()
}

pub(super) fn cabinet(empty: bool) -> CabinetView {
    let result = |refused| ResultCard {
        number: "SN-2026-000123-4".into(),
        title: TITLE.into(),
        issued_at: at(3),
        refused,
    };
    CabinetView {
        name: "СЕРИКОВ НҰРЛАН АЙДАРҰЛЫ".into(),
        number_masked: (!empty).then(|| "+7701***4567".into()),
        requests: if empty { vec![] } else { request_cards() },
        results: if empty { vec![] } else { vec![result(false), result(true)] },
        services: cards(),
    }
}

pub(super) fn profile() -> ProfileView {
    let session = |method: &str, current| SessionCard { started_at: at(0), method: method.into(), current };
    ProfileView {
        name: "СЕРИКОВ НҰРЛАН АЙДАРҰЛЫ".into(),
        iin_masked: "9001******17".into(),
        number_masked: Some("+7701***4567".into()),
        linked_at: Some(at(3)),
        sessions: vec![session("password", true), session("eds", false), session("number-otp", false)],
        link_service: Some(service()),
    }
}

pub(super) fn uses() -> Vec<DataUse> {
    let entry = |what: &str, who: &str, register: Option<&str>| DataUse {
        id: "1".into(),
        at: at(0),
        who: who.into(),
        what: what.into(),
        case: Some(case()),
        clause: Some("58-2016:A.8".into()),
        register: register.map(str::to_owned),
        answer_id: register.map(|_| "A-1".to_owned()),
    };
    vec![entry("sign-in", "person", None), entry("case.answered", "system", Some("gbd-fl"))]
}
