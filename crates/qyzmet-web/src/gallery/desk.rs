//! The pages of the desk and of a fee from sample views.

use jiff::civil::date;
use qyzmet_app::{
    PayView, Reason, Reasons, RejectedView, ServiceVersions, TermView, VersionView, VersionsView,
    desk::{
        CalendarView, DayView, DeskStep, EventView, FactView, GivenView, GroundView, NextWork, PaperView,
        QueueItem, QueueView, SaidView, Urgency, VisitorService, WorkView, Writable,
    },
    payments::RejectedFee,
};
use qyzmet_domain::{AccountId, DocumentId, Locale};

use super::{draw, frame, samples, wrong};
use crate::{errors::Errors, screens};

fn account(number: u8) -> AccountId {
    AccountId::from_parts(samples::at(0), [number; 10])
}

fn item(urgency: Urgency, officer: Option<&str>) -> QueueItem {
    QueueItem {
        case: samples::case(),
        action: 6,
        title: samples::TITLE.into(),
        what: "Өтінішті және құжаттарды тексеріп, шешім қабылдау".into(),
        number: Some("000123-456789".into()),
        came_at: samples::at(0),
        due_at: (urgency != Urgency::Calm).then(|| samples::at(90)),
        urgency,
        raised: urgency == Urgency::Late,
        officer: officer.map(str::to_owned),
        mine: officer == Some("Айгерім Сериковна Ұзынаттықызы"),
    }
}

fn queue(empty: bool) -> QueueView {
    let items = vec![
        item(Urgency::Late, Some("Айгерім Сериковна Ұзынаттықызы")),
        item(Urgency::Soon, Some("Бөтен")),
        item(Urgency::Calm, None),
    ];
    QueueView {
        body: "nca".into(),
        unit: "ҚР ҰКО операторы".into(),
        is_head: true,
        is_administrator: true,
        has_charge: true,
        is_support: true,
        is_operator: true,
        check_is_due: true,
        takes_visitors: true,
        total: if empty { 0 } else { 3 },
        items: if empty { Vec::new() } else { items },
    }
}

fn term(kept: Option<bool>) -> TermView {
    TermView {
        began_at: samples::at(0),
        due_at: Some(samples::at(60)),
        rule: "working-hours",
        term: "2 h".into(),
        working: Some("дс–сб, 09:00–13:00, 14:00–20:00".into()),
        clause: "839-2012:6.C2".into(),
        kept,
        skipped: vec![(date(2026, 12, 16), Some("Тәуелсіздік күні".into())), (date(2026, 12, 19), None)],
        rests: vec![(samples::at(10), Some(samples::at(20))), (samples::at(30), None)],
        estimated: true,
    }
}

fn steps() -> Vec<DeskStep> {
    let step = |(number, action)| DeskStep {
        action,
        by: (number == 1).then(|| "Айгерім".to_owned()),
        term: [Some(term(Some(true))), Some(term(Some(false))), Some(term(None)), None]
            .into_iter()
            .nth(number % 4)
            .flatten(),
    };
    samples::timeline().into_iter().enumerate().map(step).collect()
}

fn work(task: &str) -> WorkView {
    let fact = |label: &str, value: &str, answer: Option<&str>| FactView {
        label: label.into(),
        value: value.into(),
        source: "«Жеке тұлғалар» МДҚ".into(),
        answer_id: answer.map(str::to_owned),
    };
    WorkView {
        has_receipt: true,
        order_problem: Some("weak-key".into()),
        case: samples::case(),
        action: 6,
        visit: 0,
        task: task.into(),
        what: "Өтінішті және құжаттарды тексеріп, шешім қабылдау".into(),
        clause: "839-2012:6.C2".into(),
        title: samples::TITLE.into(),
        service: samples::service(),
        version: "00".into(),
        number: Some("000123-456789".into()),
        recipient: "Үлгі <b>Адам</b>".into(),
        identifier: "900101300017".into(),
        accepted_at: Some(samples::at(2)),
        came_at: samples::at(2),
        due_at: Some(samples::at(90)),
        urgency: Urgency::Soon,
        raised: true,
        claims: vec![("Мекенжайы".into(), "Астана қаласы".into())],
        facts: vec![fact("Тірі ме", "Тірі", Some("A-1")), fact("Төлем", "1966", None)],
        request: Some(DocumentId::of(b"request")),
        signed: true,
        steps: steps(),
        term: Some(term(None)),
        papers: vec![PaperView { id: "identity-card".into(), name: "Жеке куәлік".into() }],
        grounds: vec![GroundView {
            id: "g".into(),
            text: "Мәліметтер сәйкес емес".into(),
            clause: "839-2012:16".into(),
        }],
        event: None,
        may_ask: true,
        open: true,
        goes_on: true,
        next: (task == "receive").then(|| NextWork { action: 7, what: "Шешім <b>".into() }),
        may_act: true,
        barred: task == "approve",
        officer: Some("Бөтен Біреу".into()),
        mine: false,
        given: Some(GivenView {
            by: Some("Бөлімше Басшысы".into()),
            reason: "Демалысқа шықты".into(),
            at: samples::at(30),
        }),
        colleagues: vec![(account(1), "Бөтен Біреу".into())],
        refusal: None,
    }
}

fn versions(sound: bool) -> VersionsView {
    let version = |version: &str, valid_from, current| VersionView {
        version: version.repeat(32),
        valid_from,
        published_at: samples::at(0),
        current,
        running: 3,
    };
    let reason =
        |file: &str, line, message: &str| Reason { file: file.into(), line, message: message.into() };
    let first = vec![
        reason("process.toml", 12, "no such action: 99 <b>"),
        reason("", 0, "the files in the store are others than were published"),
    ];
    let rejected = |published| RejectedView {
        version: "ef".repeat(32),
        published,
        found_at: samples::at(3),
        reasons: Reasons { total: 7, first: first.clone() },
    };
    let whole = ServiceVersions {
        lacks_authority: true,
        id: "sample-service".into(),
        title: Some(samples::TITLE.into()),
        versions: vec![version("ab", None, false), version("cd", Some(date(2024, 3, 30)), !sound)],
        rejected: vec![rejected(true), rejected(false)],
    };
    let unknown = ServiceVersions {
        lacks_authority: false,
        id: "a folder".into(),
        rejected: vec![rejected(false)],
        ..ServiceVersions::default()
    };
    let fee = |waiting: bool| RejectedFee {
        case: samples::case(),
        request_number: waiting.then(|| "000123-456789".into()),
        title: samples::TITLE.into(),
        amount: 1_966,
        why: "HTTP 422".into(),
        at: samples::at(5),
        waiting,
    };
    let fees = if sound { Vec::new() } else { vec![fee(true), fee(false)] };
    VersionsView { fees, services: if sound { Vec::new() } else { vec![whole, unknown] } }
}

fn event() -> EventView {
    let choices = vec![("good".into(), "Жақсы".into()), ("bad".into(), "Нашар".into())];
    let said =
        |fact: &str, label: &str, choices| SaidView { fact: fact.into(), label: label.into(), choices };
    EventView {
        text: "Тексеру өтті".into(),
        says: vec![said("verdict", "Тексеру не көрсетті?", choices), said("note", "Ескертпе", Vec::new())],
    }
}

fn visitor() -> VisitorService {
    VisitorService { id: samples::service(), title: samples::TITLE.into() }
}

fn forms(locale: Locale) -> Vec<(&'static str, String)> {
    use screens::desk::{
        approve::Approve,
        ask::Ask,
        assign::Assign,
        decide::Decide,
        fill::Fill,
        receive::Receive,
        report::Report,
        start::{Start, Typed},
        write::Write,
    };
    let f = |key: &str| frame(locale, key).signed_in(Some(1500), samples::at(0)).with_desk(true);
    let none = Errors::default;
    let receive = |errors| draw(Receive { f: f("desk-receive-title"), view: work("receive"), errors });
    let decide = |errors| {
        let (chosen, finding) = ("g".to_owned(), "Мекенжайы <i>".to_owned());
        draw(Decide { f: f("desk-decide-title"), view: work("decide"), chosen, finding, errors })
    };
    let ask =
        |errors| draw(Ask { f: f("desk-ask-title"), view: work("decide"), question: "Не?".into(), errors });
    let approve = |errors| {
        let (iin, agent) = ("900101300017".to_owned(), "wss://127.0.0.1:13579".to_owned());
        draw(Approve { f: f("desk-approve-title"), view: work("approve"), iin, agent, errors })
    };
    let assign = |errors| {
        let (chosen, reason) = (String::new(), String::new());
        draw(Assign { f: f("desk-assign-title"), view: work("decide"), chosen, reason, errors })
    };
    let report = |errors| {
        let typed = [("verdict".to_owned(), "bad".to_owned())].into();
        draw(Report { f: f("desk-report-title"), view: work("event"), event: event(), typed, errors })
    };
    let fill = |errors: Errors| {
        let f = f("requests-title").with_form("form").with_error(!errors.is_empty());
        draw(Fill { f, view: work("fill"), form: samples::form(), errors, agent: String::new() })
    };
    let start = |services, errors| {
        let (service, iin, name) = ("sample".to_owned(), "9001\"<b>".to_owned(), "Үлгі".to_owned());
        draw(Start { f: f("desk-start-title"), services, typed: Typed { service, iin, name }, errors })
    };
    let write = |errors: Errors| {
        let one = |profile, name: &str| Writable { profile, name: name.into(), certificate: "MAA=".into() };
        let certificates = vec![one("sign", "Қол қою кілті"), one("auth", "Кіру кілті")];
        draw(Write {
            f: f("desk-write-title"),
            view: work("write"),
            certificates,
            errors,
            agent: String::new(),
        })
    };
    vec![
        ("desk-write", write(none())),
        ("desk-write-wrong", write(wrong(&["certificates"]))),
        ("desk-report", report(none())),
        ("desk-report-wrong", report(wrong(&["says-verdict", "says-note"]))),
        ("desk-start", start(vec![visitor()], none())),
        ("desk-start-wrong", start(vec![visitor()], wrong(&["service", "iin", "name"]))),
        ("desk-fill", fill(none())),
        ("desk-fill-wrong", fill(wrong(&["number", "consent", "keys", "more"]))),
        ("desk-receive", receive(none())),
        ("desk-receive-wrong", receive(wrong(&["papers"]))),
        ("desk-decide", decide(none())),
        ("desk-decide-wrong", decide(wrong(&["verdict", "finding"]))),
        ("desk-ask", ask(none())),
        ("desk-ask-wrong", ask(wrong(&["question"]))),
        ("desk-approve", approve(none())),
        ("desk-approve-wrong", approve(wrong(&["signature"]))),
        ("desk-assign", assign(none())),
        ("desk-assign-wrong", assign(wrong(&["to", "reason"]))),
    ]
}

/// All pages of the desk, and those of a fee.
pub(super) fn pages(locale: Locale) -> Vec<(&'static str, String)> {
    use screens::{
        desk::{
            calendar::{Calendar, Typed},
            queue::Queue,
            versions::Versions,
            work::Work,
        },
        requests::pay::Pay,
    };
    let f = |key: &str| frame(locale, key).signed_in(Some(1500), samples::at(0)).with_desk(true);
    let calendar = |errors| {
        let (day, reason) = ("2026-12-15".to_owned(), "ҚР ҚК".to_owned());
        let typed = Typed { day, reason, working: true, instead_of: "2026-12-19".to_owned() };
        let day = DayView {
            day: date(2026, 12, 15), working: false, reason: "ҚР Үкіметінің қаулысы".into()
        };
        let view = CalendarView { days: vec![day] };
        draw(Calendar { f: f("desk-calendar-title"), view, typed, errors })
    };
    let pay = |pay_url: Option<&str>, rejected| {
        let pay_url = pay_url.map(str::to_owned);
        let view = PayView { action: 3, amount: 1_966, pay_url, due_at: Some(samples::at(600)), rejected };
        let (service, number) = (samples::TITLE.to_owned(), Some("000123-456789".to_owned()));
        draw(Pay { f: f("pay-title"), case: samples::case(), service, number, view })
    };
    let mut closed = work("decide");
    (closed.open, closed.may_act, closed.refusal) = (false, false, Some(samples::refusal()));
    let awaiting = WorkView { event: Some(event()), grounds: Vec::new(), may_ask: false, ..work("event") };
    let mut pages = forms(locale);
    pages.extend([
        ("desk", draw(Queue { f: f("desk-title"), view: queue(false) })),
        ("desk-empty", draw(Queue { f: f("desk-title"), view: queue(true) })),
        ("desk-work", draw(Work { f: f("desk-title"), view: work("decide") })),
        ("desk-work-approve", draw(Work { f: f("desk-title"), view: work("approve") })),
        ("desk-work-receive", draw(Work { f: f("desk-title"), view: work("receive") })),
        ("desk-work-write", draw(Work { f: f("desk-title"), view: work("write") })),
        ("desk-work-fill", draw(Work { f: f("desk-title"), view: work("fill") })),
        ("desk-work-event", draw(Work { f: f("desk-title"), view: awaiting })),
        ("desk-work-over", draw(Work { f: f("desk-title"), view: closed })),
        ("desk-versions", draw(Versions { f: f("desk-versions-title"), view: versions(false) })),
        ("desk-versions-none", draw(Versions { f: f("desk-versions-title"), view: versions(true) })),
        ("desk-calendar", calendar(Errors::default())),
        ("desk-calendar-wrong", calendar(wrong(&["day", "reason"]))),
        ("pay", pay(None, false)),
        ("pay-rejected", pay(None, true)),
        ("pay-ordered", pay(Some("http://127.0.0.1:8085/pay/1"), false)),
    ]);
    pages
}
