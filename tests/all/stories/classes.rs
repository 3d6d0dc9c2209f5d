//! The class of a service decides how its requests are confirmed: services made from the one in the repository by editing
//! its answers, with no rule of its own.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use qyzmet_app::{Error, NextPage, SendCodeAgain, ShowService, SignatureProblem, StepView};
use qyzmet_domain::{Caller, CaseId, Locale, Means, OtpPurpose, classification::Method, otp::CodeRefused};

use super::world::{Person, SERVICE, WELL, World, on_both_engines, service_files};

const NUMBER: &str = "+77010000123";

/// Answers of the provider to the first two criteria.
struct Answers {
    risk: bool,
    changes: bool,
}

const PASSWORD: Answers = Answers { risk: false, changes: false };
const OTP: Answers = Answers { risk: true, changes: false };
const EDS: Answers = Answers { risk: true, changes: true };

pub(super) fn edit(files: &mut BTreeMap<String, Vec<u8>>, name: &str, from: &str, to: &str) {
    let text = String::from_utf8(files[name].clone()).expect("text");
    assert!(text.contains(from), "{name} has no {from:?}");
    files.insert(name.to_owned(), text.replacen(from, to, 1).into_bytes());
}

fn cut(files: &mut BTreeMap<String, Vec<u8>>, name: &str, from: &str, until: &str) {
    let text = String::from_utf8(files[name].clone()).expect("text");
    let (start, end) = (text.find(from).expect("a beginning"), text.find(until).expect("an end"));
    files.insert(name.to_owned(), format!("{}{}", &text[..start], &text[end..]).into_bytes());
}

/// The service under these answers, without the rule of order 58 and without examples, which are about that rule.
fn folder(answers: &Answers, with_code: bool) -> BTreeMap<String, Vec<u8>> {
    let mut files = service_files();
    files.retain(|name, _| !name.starts_with("examples/"));
    cut(&mut files, "service.toml", "[confirm]", "[[ground]]");
    let risk = format!("disclosure-risk  = {{ answer = {}", answers.risk);
    edit(&mut files, "service.toml", "disclosure-risk  = { answer = true", &risk);
    let changes = format!("changes-register = {{ answer = {}", answers.changes);
    edit(&mut files, "service.toml", "changes-register = { answer = true", &changes);
    if with_code {
        edit(&mut files, "process.toml", "purpose    = \"number\"", "purpose    = \"confirm\"");
        edit(&mut files, "process.toml", "to         = \"form.number\"\n", "");
    } else {
        cut(&mut files, "process.toml", "[[action]]\nnumber     = 2\n", "[[action]]\nnumber     = 3\n");
        edit(&mut files, "process.toml", "[[action]]\nnumber     = 3\n", WITHOUT_CODE);
    }
    if !(answers.risk && answers.changes) {
        // Without EDS nothing is transacted [R1116-5.10].
        edit(&mut files, "service.toml", "\"transactional\"", "\"interactive\"");
    }
    files
}

/// What stands in the place of the message with the code, so that the table keeps its numbers: the request gets its own.
const WITHOUT_CODE: &str = r#"[[action]]
number     = 2
unit       = "portal"
does       = "number"
completion = "message"
term       = "30 s"
next       = 3
clause     = "58-2016:5.2"

[[action]]
number     = 3
"#;

/// The person's number is linked; then the service is published under these answers and a case waits for confirmation.
async fn waiting(world: &World, answers: &Answers, with_code: bool) -> (Person, CaseId) {
    let person = world.person(WELL).await;
    if with_code {
        world.link(&person, NUMBER).await;
        world.pass(SignedDuration::from_mins(2));
    }
    publish(world, answers, with_code).await;
    let case = world.start(&person).await;
    assert_eq!(world.fill(&person, case, "+77020000456", "yes").await.expect("filled"), NextPage::Step);
    (person, case)
}

async fn publish(world: &World, answers: &Answers, with_code: bool) {
    if let Err(problem) = world.publish(folder(answers, with_code)).await {
        panic!("not published: {problem:?}");
    }
}

async fn asked(world: &World, person: &Person, case: CaseId) -> Vec<Means> {
    let StepView::Confirm(confirm) = world.view(person, case).await.step else { panic!("not asked") };
    confirm.means
}

async fn is_issued(world: &World, person: &Person, case: CaseId) {
    assert!(matches!(world.ended(person, case).await.step, StepView::Issued { .. }));
}

/// [R10-A1.1.1, R10-5.6]
#[test]
fn a_service_of_the_password_class_asks_for_nothing_more() {
    on_both_engines(async |world| {
        let (person, case) = waiting(world, &PASSWORD, false).await;
        assert_eq!(asked(world, &person, case).await, []);
        world.present(&person, case, None, None).await.expect("accepted");
        is_issued(world, &person, case).await;
    });
}

/// [R10-A1.1.2, R10-5.8]
#[test]
fn a_service_of_the_eds_class_accepts_no_request_without_a_signature() {
    on_both_engines(async |world| {
        let (person, case) = waiting(world, &EDS, false).await;
        assert_eq!(asked(world, &person, case).await, [Means::Eds]);
        for code in [None, Some("123456")] {
            let outcome = world.present(&person, case, code, None).await;
            assert!(matches!(outcome, Err(Error::Signature(SignatureProblem::Malformed))));
        }
        let signature = world.signature(&person, case, &person.sign).await;
        world.present(&person, case, None, Some(signature)).await.expect("accepted");
        is_issued(world, &person, case).await;
    });
}

/// [R10-A1.1.3, R10-5.7, R74-4.3b]
#[test]
fn a_service_of_the_otp_class_takes_the_code_sent_to_the_linked_number() {
    on_both_engines(async |world| {
        let (person, case) = waiting(world, &OTP, true).await;
        assert_eq!(asked(world, &person, case).await, [Means::Otp(OtpPurpose::Confirm)]);
        let code = world.code(NUMBER).await;
        assert!(world.outside.inbox.to("+77020000456").is_empty(), "only the linked number gets a code");
        let without = world.present(&person, case, None, None).await;
        assert!(matches!(without, Err(Error::Code(CodeRefused::Wrong { left: 2 }))));
        world.present(&person, case, Some(&code), None).await.expect("accepted");
        is_issued(world, &person, case).await;
    });
}

/// [R10-A1.1.3]
#[test]
fn a_new_code_of_the_otp_class_goes_to_the_linked_number_too() {
    on_both_engines(async |world| {
        let (person, case) = waiting(world, &OTP, true).await;
        let former = world.code(NUMBER).await;
        world.pass(SignedDuration::from_mins(1));
        world.run(&person.caller, SendCodeAgain { case, locale: Locale::Kk }).await.expect("a new code");
        let code = world.code(NUMBER).await;
        let outcome = world.present(&person, case, Some(&former), None).await;
        assert!(matches!(outcome, Err(Error::Code(CodeRefused::Wrong { .. }))));
        world.present(&person, case, Some(&code), None).await.expect("accepted");
        is_issued(world, &person, case).await;
    });
}

/// [R10-A1.1.4]
#[test]
fn for_the_otp_class_a_signature_may_stand_for_the_code() {
    on_both_engines(async |world| {
        let (person, case) = waiting(world, &OTP, true).await;
        let foreign = world.signature(&person, case, &person.auth).await;
        let refused = world.present(&person, case, None, Some(foreign)).await;
        assert!(matches!(refused, Err(Error::Signature(SignatureProblem::WrongPurpose))));
        let signature = world.signature(&person, case, &person.sign).await;
        world.present(&person, case, None, Some(signature)).await.expect("accepted");
        is_issued(world, &person, case).await;
    });
}

/// [R10-A1.1.4, R74-4.3b]
#[test]
fn somebody_without_a_linked_number_confirms_the_otp_class_by_signature() {
    on_both_engines(async |world| {
        publish(world, &OTP, true).await;
        let person = world.person(WELL).await;
        let case = world.start(&person).await;
        world.fill(&person, case, "+77020000456", "yes").await.expect("filled without any code");
        let nothing = world.present(&person, case, Some("123456"), None).await;
        assert!(nothing.is_err(), "there is no code to be right");
        let signature = world.signature(&person, case, &person.sign).await;
        world.present(&person, case, None, Some(signature)).await.expect("accepted");
        is_issued(world, &person, case).await;
        assert!(world.outside.inbox.to(NUMBER).is_empty());
    });
}

/// [R58-5.2b, R58-8]
#[test]
fn a_signature_never_stands_for_the_code_that_proves_a_number() {
    on_both_engines(async |world| {
        let person = world.person(WELL).await;
        let case = world.filled(&person, NUMBER).await;
        let signature = world.signature(&person, case, &person.sign).await;
        let outcome = world.present(&person, case, None, Some(signature)).await;
        assert!(matches!(outcome, Err(Error::Code(CodeRefused::Wrong { left: 2 }))));
        assert_eq!(world.linked(&person).await, None);
    });
}

/// [R10-5.6, R10-5.7, R10-5.8]
#[test]
fn the_page_of_a_service_shows_the_class_that_its_answers_make() {
    on_both_engines(async |world| {
        for (answers, with_code, score, method) in [
            (&PASSWORD, false, 1, Method::Password),
            (&OTP, true, 2, Method::Otp),
            (&EDS, false, 4, Method::Eds),
        ] {
            publish(world, answers, with_code).await;
            let show = ShowService { id: SERVICE.parse().expect("a service"), locale: Locale::Kk };
            let page = world.run(&Caller::Anonymous, show).await.expect("a page");
            assert_eq!((page.class.score, page.class.method), (score, method));
            assert_eq!(page.confirm, method.means());
            assert_eq!(page.confirm_clause, None);
        }
    });
}
