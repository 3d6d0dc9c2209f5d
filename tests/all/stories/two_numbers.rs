//! A form with two numbers: the action table says which of them is proven.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use qyzmet_app::{NextPage, SendCodeAgain, StepView};
use qyzmet_domain::Locale;

use super::{
    classes::edit,
    world::{WELL, on_both_engines, service_files},
};

const NUMBER: &str = "+77010000123";
/// Asked in a field whose name comes before the other in every order.
const AT_HOME: &str = "+77020000456";

const PAGE: &str = "[[page]]\nid = \"at-home\"\n\n  [[page.field]]\n  id       = \"at-home\"\n  \
     type     = \"mobile-number\"\n  required = true\n\n[prefill]";

fn folder() -> BTreeMap<String, Vec<u8>> {
    let mut files = service_files();
    files.retain(|name, _| !name.starts_with("examples/"));
    edit(&mut files, "form.toml", "[prefill]", PAGE);
    edit(&mut files, "process.toml", "[\"number\", \"consent\"]", "[\"number\", \"consent\", \"at-home\"]");
    for language in ["kk", "ru", "en"] {
        let texts = format!("text.{language}.toml");
        edit(&mut files, &texts, "[page]\n", "[page]\nat-home = \"Үй\"\n");
        edit(&mut files, &texts, "[form]\n", "[form]\nat-home = \"Үй\"\n");
    }
    files
}

/// [R58-5.2b]
#[test]
fn the_code_goes_to_the_number_that_the_table_names_and_only_this_one_is_linked() {
    on_both_engines(async |world| {
        if let Err(problem) = world.publish(folder()).await {
            panic!("not published: {problem:?}");
        }
        let person = world.person(WELL).await;
        let case = world.start(&person).await;
        world.answer(&person, case, "at-home", ("at-home", AT_HOME)).await.expect("answered");
        assert_ne!(world.fill(&person, case, NUMBER, "yes").await.expect("filled"), NextPage::Step);
        let last = world.answer(&person, case, "at-home", ("at-home", AT_HOME)).await;
        assert_eq!(last.expect("filled"), NextPage::Step);
        world.code(NUMBER).await;
        world.pass(SignedDuration::from_mins(1));
        world.run(&person.caller, SendCodeAgain { case, locale: Locale::Kk }).await.expect("again");
        let code = world.code(NUMBER).await;
        let StepView::Confirm(asked) = world.view(&person, case).await.step else { panic!("not asked") };
        assert!(asked.code.expect("a code").to_masked.ends_with("23"), "the page says where the code went");
        world.confirm(&person, case, &code).await.expect("accepted");
        assert!(matches!(world.ended(&person, case).await.step, StepView::Issued { .. }));
        assert!(world.linked(&person).await.is_some_and(|shown| shown.ends_with("23")));
        assert!(world.outside.inbox.to(AT_HOME).is_empty(), "the other number hears nothing");
    });
}
