//! tests
use crate::samples::regulation;
use qyzmet_domain::Locale;
#[test]
fn look() {
    for l in [Locale::Kk, Locale::Ru] {
        std::fs::write(format!("/tmp/look.{l}.json"), regulation().printed(l).data.to_string()).unwrap();
    }
}
