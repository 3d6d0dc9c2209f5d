//! What a check writes besides: the diagram of the action table, and the regulation as a document.

use std::path::PathBuf;

use qyzmet_domain::Locale;
use qyzmet_engine::Regulation;

use crate::commands::Failure;

/// Files to write from one folder.
#[derive(Debug, clap::Args)]
pub struct Outputs {
    /// Writes the diagram as BPMN 2.0 XML.
    #[arg(long, value_name = "FILE")]
    pub bpmn: Option<PathBuf>,
    /// Writes the diagram as SVG.
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// Language of the diagram: kk, ru or en.
    #[arg(long, default_value = "kk")]
    pub lang: Locale,
    /// Writes the regulation as PDF in one language: `--print kk regulation.pdf`. Can be given several times.
    #[arg(long, num_args = 2, value_names = ["LANG", "FILE"])]
    pub print: Vec<String>,
}

impl Outputs {
    /// Whether anything is to be written.
    pub(super) fn any(&self) -> bool {
        self.bpmn.is_some() || self.svg.is_some() || !self.print.is_empty()
    }

    /// Writes what was asked for.
    pub(super) fn write(&self, regulation: &Regulation) -> Result<(), Failure> {
        if let Some(file) = &self.bpmn {
            std::fs::write(file, regulation.bpmn(self.lang))?;
        }
        if let Some(file) = &self.svg {
            std::fs::write(file, regulation.svg(self.lang, None))?;
        }
        for pair in self.print.chunks_exact(2) {
            std::fs::write(&pair[1], pdf(regulation, pair[0].parse()?)?)?;
        }
        Ok(())
    }
}

/// The day of the document is the first day of the wording, so that the same folder gives the same bytes.
#[cfg(feature = "print")]
fn pdf(regulation: &Regulation, locale: Locale) -> Result<Vec<u8>, Failure> {
    let day = regulation.service.valid_from.to_zoned(jiff::tz::TimeZone::UTC)?;
    Ok(qyzmet_app::print_regulation(regulation, locale, day.timestamp())?)
}

#[cfg(not(feature = "print"))]
fn pdf(_: &Regulation, _: Locale) -> Result<Vec<u8>, Failure> {
    Err("this build prints nothing: it was made without the feature `print`".into())
}
