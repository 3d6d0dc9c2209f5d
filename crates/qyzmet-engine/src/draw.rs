//! The diagram of functional interaction of an action table: what is drawn, where it stands, and the files it becomes
//! [R1116-13].
//!
//! [`chart`] says which symbols there are, [`layout`] gives each its place on a grid of lanes and columns and leads the
//! flows through channels between them, [`svg`] and [`bpmn`] write the two files. All of it is whole numbers, so the
//! same table gives the same bytes.

pub(crate) mod bpmn;
pub(crate) mod chart;
mod label;
pub(crate) mod layout;
#[cfg(test)]
mod properties;
pub(crate) mod svg;
#[cfg(test)]
mod tests;
mod xml;

use qyzmet_domain::Locale;

use crate::Regulation;
use chart::Chart;
use layout::Layout;

#[cfg(test)]
pub(crate) use svg::LEGEND;

/// A diagram with every symbol in its place.
pub(crate) struct Drawing<'a> {
    pub(crate) regulation: &'a Regulation,
    pub(crate) locale: Locale,
    pub(crate) chart: Chart,
    pub(crate) layout: Layout,
}

impl<'a> Drawing<'a> {
    fn of(regulation: &'a Regulation, locale: Locale) -> Self {
        let chart = Chart::of(regulation, locale);
        let layout = Layout::of(&chart);
        Self { regulation, locale, chart, layout }
    }
}

impl Regulation {
    /// The diagram as SVG: readable without style sheets or scripts, each symbol with words for a screen reader.
    /// `links` is the beginning of the address of a column of the table, to which the symbol of its action leads
    /// (`#action-` in a page that has the table); without it the symbols lead nowhere.
    #[must_use]
    pub fn svg(&self, locale: Locale, links: Option<&str>) -> String {
        svg::write(&Drawing::of(self, locale), links)
    }

    /// Width and height of the picture that [`Regulation::svg`] makes, in points of the screen.
    #[must_use]
    pub fn svg_size(&self, locale: Locale) -> (i32, i32) {
        svg::size(&Drawing::of(self, locale))
    }

    /// The diagram as BPMN 2.0 XML with diagram interchange, with elements of BPMN 1.2 only (Q-19) [R1116-A2.1].
    #[must_use]
    pub fn bpmn(&self, locale: Locale) -> String {
        bpmn::write(&Drawing::of(self, locale))
    }
}
