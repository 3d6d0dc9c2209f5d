//! The printed regulation with the result and the refusal as the portal really prints them.

use qyzmet_domain::Locale;
use qyzmet_engine::Regulation;
use qyzmet_print::{Part, PrintError};
use serde_json::json;

use super::sample::{self, Ending};

/// The regulation as a document; its last pages but one are made by the service's own template [R1116-14].
///
/// # Errors
/// When a template of the service cannot be printed.
pub fn print_regulation(
    regulation: &Regulation,
    locale: Locale,
    at: jiff::Timestamp,
) -> Result<Vec<u8>, PrintError> {
    let printed = regulation.printed(locale);
    let grounds = regulation.service.grounds.is_empty();
    let endings = Ending::ALL.into_iter().filter(|ending| !grounds || *ending == Ending::Issued);
    let parts: Vec<Part> = endings
        .map(|ending| Part {
            template: regulation.result_template.clone(),
            data: sample::data(regulation, locale, ending),
        })
        .collect();
    let mut data = printed.data;
    data["samples"]["parts"] = json!(parts.len());
    qyzmet_print::render_with(Part { template: printed.template.to_owned(), data }, parts, at)
}
