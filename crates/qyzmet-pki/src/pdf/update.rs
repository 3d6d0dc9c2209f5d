//! The incremental update: signature dictionary, invisible field, catalog and first page.

use jiff::{Timestamp, tz::TimeZone};
use lopdf::{Dictionary, Document, IncrementalDocument, Object, ObjectId, StringFormat, dictionary};

use super::SealError;

/// Numbers as wide as any file that can be sealed; replaced when the file is laid out.
pub(super) const RANGE_PLACEHOLDER: &str = "[0 9999999999 9999999998 9999999997]";

/// Bits of the signature flags: signatures exist, and the file must only be appended to.
const SIGNATURE_FLAGS: i64 = 3;
/// Annotation flags: print and locked.
const FIELD_FLAGS: i64 = 132;

/// The document with an empty seal appended; `room` bytes are kept for the signature.
pub(super) fn append(pdf: &[u8], room: usize, at: Timestamp) -> Result<Vec<u8>, SealError> {
    let unreadable = |_| SealError::Document("it cannot be read");
    let before = Document::load_mem(pdf).map_err(unreadable)?;
    if before.is_encrypted() || before.was_encrypted() {
        return Err(SealError::Document("it is encrypted"));
    }
    let root = before.trailer.get(b"Root").and_then(Object::as_reference).map_err(unreadable)?;
    let page = before.page_iter().next().ok_or(SealError::Document("it has no page"))?;
    let mut update = IncrementalDocument::create_from(pdf.to_vec(), before);
    let signature = update.new_document.add_object(signature(room, at));
    let form = form_of(update.get_prev_documents(), root);
    let number = form.get(b"Fields").and_then(Object::as_array).map_or(0, Vec::len) + 1;
    let field = update.new_document.add_object(dictionary! {
        "Type" => "Annot",
        "Subtype" => "Widget",
        "FT" => "Sig",
        "T" => Object::string_literal(format!("Seal{number}")),
        "V" => signature,
        "F" => FIELD_FLAGS,
        "Rect" => vec![0.into(), 0.into(), 0.into(), 0.into()],
        "P" => page,
    });
    add_to_catalog(&mut update, root, form, field).map_err(unreadable)?;
    add_to_page(&mut update, page, field).map_err(unreadable)?;
    let mut out = Vec::with_capacity(pdf.len() + room * 2 + 4096);
    update.save_to(&mut out).map_err(|_| SealError::Document("it cannot be written"))?;
    Ok(out)
}

fn signature(room: usize, at: Timestamp) -> Dictionary {
    let time = at.to_zoned(TimeZone::UTC).strftime("D:%Y%m%d%H%M%S+00'00'").to_string();
    dictionary! {
        "Type" => "Sig",
        "Filter" => "Adobe.PPKLite",
        "SubFilter" => "ETSI.CAdES.detached",
        "ByteRange" => vec![0.into(), 9_999_999_999_i64.into(), 9_999_999_998_i64.into(), 9_999_999_997_i64.into()],
        "Contents" => Object::String(vec![0; room], StringFormat::Hexadecimal),
        "M" => Object::string_literal(time),
    }
}

/// The interactive form that the document has already, wherever it stands.
fn form_of(before: &Document, root: ObjectId) -> Dictionary {
    let form = before.get_dictionary(root).and_then(|catalog| catalog.get(b"AcroForm"));
    let form = form.and_then(|form| before.dereference(form)).and_then(|(_, form)| form.as_dict());
    let mut form = form.cloned().unwrap_or_default();
    let fields =
        form.get(b"Fields").and_then(|fields| before.dereference(fields)).map(|(_, fields)| fields.clone());
    form.set("Fields", fields.unwrap_or_else(|_| Object::Array(vec![])));
    form
}

fn add_to_catalog(
    update: &mut IncrementalDocument,
    root: ObjectId,
    mut form: Dictionary,
    field: ObjectId,
) -> lopdf::Result<()> {
    form.get_mut(b"Fields").and_then(Object::as_array_mut)?.push(field.into());
    form.set("SigFlags", SIGNATURE_FLAGS);
    update.opt_clone_object_to_new_document(root)?;
    update.new_document.get_dictionary_mut(root)?.set("AcroForm", form);
    Ok(())
}

fn add_to_page(update: &mut IncrementalDocument, page: ObjectId, field: ObjectId) -> lopdf::Result<()> {
    let before = update.get_prev_documents();
    let annotations = before.get_dictionary(page)?.get(b"Annots").and_then(|list| before.dereference(list));
    let mut annotations = annotations.and_then(|(_, list)| list.as_array().cloned()).unwrap_or_default();
    annotations.push(field.into());
    update.opt_clone_object_to_new_document(page)?;
    update.new_document.get_dictionary_mut(page)?.set("Annots", annotations);
    Ok(())
}
