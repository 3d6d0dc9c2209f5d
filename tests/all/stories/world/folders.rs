//! Invented services: folders of the stories, with the words of the service of the repository below their own.

use std::collections::BTreeMap;

use qyzmet_tests::words;

use super::SERVICE;

/// A folder below `tests/all/stories` with table, form, passport and words, laid over the service of the repository.
pub(crate) fn invented(place: &str) -> BTreeMap<String, Vec<u8>> {
    let root = xtask::repository::root();
    let (real, own) = (root.join("services").join(SERVICE), root.join("tests/all/stories").join(place));
    words::over(&real, &own).expect("the files of the service")
}
