//! tests
use crate::samples::regulation;
use qyzmet_domain::Locale;
#[test]
fn look() {
    let r = regulation();
    std::fs::write("/tmp/look.svg", r.svg(Locale::Kk, None)).unwrap();
    std::fs::write("/tmp/look.bpmn", r.bpmn(Locale::Kk)).unwrap();
}
