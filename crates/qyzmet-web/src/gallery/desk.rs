//! The pages of the desk and of a fee from sample views.

use jiff::civil::date;
use qyzmet_app::{
    PayView, TermView,
    desk::{
        CalendarView, DayView, DeskStep, EventView, FactView, GroundView, PaperView, QueueItem, QueueView,
        SaidView, Urgency, WorkView,
    },
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
        total: if empty { 0 } else { 3 },
        items: if empty { Vec::new() } else { items },
    }
}

fn steps() -> Vec<DeskStep> {
    let term = |kept| TermView {
        began_at: samples::at(0),
        due_at: Some(samples::at(60)),
        rule: "working-hours",
        term: "2 h".into(),
        clause: "839-2012:6.C2".into(),
        kept,
        skipped: vec![(date(2026, 12, 16), Some("Тәуелсіздік күні".into())), (date(2026, 12, 19), None)],
        rests: vec![(samples::at(10), Some(samples::at(20))), (samples::at(30), None)],
        estimated: true,
    };
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
        case: samples::case(),
        action: 6,
        visit: 0,
        task: task.into(),
        what: "Өтінішті және құжаттарды тексеріп, шешім қабылдау".into(),
        clause: "839-2012:6.C2".into(),
        title: samples::TITLE.into(),
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
        papers: vec![PaperView { id: "identity-card".into(), name: "Жеке куәлік".into() }],
        grounds: vec![GroundView {
            id: "g".into(),
            text: "Мәліметтер сәйкес емес".into(),
            clause: "839-2012:16".into(),
        }],
        event: None,
        may_ask: true,
        open: true,
        may_act: true,
        barred: task == "approve",
        officer: None,
        mine: false,
        colleagues: vec![(account(1), "Бөтен Біреу".into())],
        refusal: None,
    }
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

fn forms(locale: Locale) -> Vec<(&'static str, String)> {
    use screens::desk::{
        approve::Approve, ask::Ask, assign::Assign, decide::Decide, receive::Receive, report::Report,
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
    vec![
        ("desk-report", report(none())),
        ("desk-report-wrong", report(wrong(&["says-verdict", "says-note"]))),
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
        desk::{calendar::Calendar, queue::Queue, work::Work},
        requests::pay::Pay,
    };
    let f = |key: &str| frame(locale, key).signed_in(Some(1500), samples::at(0)).with_desk(true);
    let calendar = |errors| {
        let reason = "ҚР ҚК".to_owned();
        let day = DayView {
            day: date(2026, 12, 15), working: false, reason: "ҚР Үкіметінің қаулысы".into()
        };
        let view = CalendarView { days: vec![day] };
        draw(Calendar { f: f("desk-calendar-title"), view, day: "2026-12-15".into(), reason, errors })
    };
    let pay = |pay_url: Option<&str>| {
        let pay_url = pay_url.map(str::to_owned);
        let view = PayView { action: 3, amount: 1_966, pay_url, due_at: Some(samples::at(600)) };
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
        ("desk-work-event", draw(Work { f: f("desk-title"), view: awaiting })),
        ("desk-work-over", draw(Work { f: f("desk-title"), view: closed })),
        ("desk-calendar", calendar(Errors::default())),
        ("desk-calendar-wrong", calendar(wrong(&["day", "reason"]))),
        ("pay", pay(None)),
        ("pay-ordered", pay(Some("http://127.0.0.1:8085/pay/1"))),
    ]);
    pages
}
