//! Poppler's pdfsig as a stranger: it accepts our seals.

use std::fs;

use lopdf::{Document, Object, dictionary};
use qyzmet_pki::{
    KeyKind,
    pdf::{self, SealError},
};
use tempfile::TempDir;

use crate::support::{World, must, now, organisation, run, tool};

/// A one-page document; with a cross-reference table, or with a cross-reference stream as Typst may write.
fn page(table: bool) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let pages = document.new_object_id();
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "MediaBox" => vec![0.into(), 0.into(), 200.into(), 200.into()],
    });
    let list = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    document.objects.insert(pages, Object::Dictionary(list));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    if table {
        document.reference_table.cross_reference_type = lopdf::xref::XrefType::CrossReferenceTable;
    }
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn pdfsig_finds_our_seals_valid_and_the_whole_document_signed() {
    if !tool("pdfsig") {
        return;
    }
    for (table, kind) in [(true, KeyKind::EcP256), (false, KeyKind::EcP256), (true, KeyKind::Rsa2048)] {
        let world = World::new(KeyKind::EcP256);
        let identity = world.enrol("organisation-sign", kind, &organisation());
        let plain = page(table);
        let sealed = pdf::seal(&plain, &identity, now()).unwrap();
        assert!(sealed.starts_with(&plain), "the document's own bytes stay");
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("sealed.pdf"), &sealed).unwrap();
        let said = must(folder.path(), "pdfsig sealed.pdf");
        for expected in
            ["Signature is Valid", "Total document signed", "ETSI.CAdES.detached", "ПОРТАЛ", "SHA-256"]
        {
            assert!(said.contains(expected), "{expected} is missing in {said}");
        }
        let twice = pdf::seal(&sealed, &identity, now()).unwrap();
        fs::write(folder.path().join("twice.pdf"), &twice).unwrap();
        let said = must(folder.path(), "pdfsig twice.pdf");
        assert_eq!(said.matches("Signature is Valid").count(), 2, "{said}");

        let mut changed = sealed;
        let place = changed.windows(8).position(|window| window == b"MediaBox").unwrap();
        changed[place + 9] = b' ';
        fs::write(folder.path().join("changed.pdf"), &changed).unwrap();
        let (_, said) = run(folder.path(), "pdfsig changed.pdf");
        assert!(!said.contains("Signature is Valid"), "{said}");
    }
}

#[test]
fn what_is_no_document_is_refused() {
    let world = World::new(KeyKind::EcP256);
    let identity = world.enrol("organisation-sign", KeyKind::EcP256, &organisation());
    let plain = page(true);
    for bytes in [b"".as_slice(), b"%PDF-1.7", &plain[..plain.len() / 2], b"not a document"] {
        assert!(matches!(pdf::seal(bytes, &identity, now()), Err(SealError::Document(_))));
    }
}
