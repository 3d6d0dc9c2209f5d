//! Writes the diagram as SVG: attributes only, so that a strict content policy lets it through; symbols that a keyboard
//! reaches and a screen reader names.

mod legend;
mod symbols;

use super::Drawing;
use super::chart::{BRANCH_LINE, End, Flow, LINE, Station};
use super::label::{self, SIZE};
use super::layout::{Exit, Point, Rect, Route};
use super::xml::Xml;
use crate::Phrases;

#[cfg(test)]
pub(crate) use legend::LEGEND;
pub(crate) use legend::notes_in_words;

/// Room around the picture.
const MARGIN: i32 = 16;
/// Room above and below the lines of the title.
const TITLE_SPACE: i32 = 14;
/// A line of the title.
const TITLE_LINE: i32 = 20;
/// Letters of the title, and the width of a bold one of them in letters of a box.
const TITLE_SIZE: &str = "16";
const TITLE_WIDTH: (i32, i32) = (3, 2);
/// Colours: each pair of ink and ground has a contrast of at least 7.
pub(super) const INK: &str = "#12303a";
pub(super) const LINE_INK: &str = "#27454f";
pub(super) const PAPER: &str = "#ffffff";
pub(super) const TINT: &str = "#e8f3f6";
pub(super) const TASK_FILL: &str = "#f4fafc";
pub(super) const GATE_FILL: &str = "#fff4cc";
pub(super) const START_FILL: &str = "#e2f5e6";
pub(super) const END_FILL: &str = "#fbe5e1";
const EDGE: &str = "#5a7a85";
const MESSAGE_INK: &str = "#00506b";
const FONT: &str = "Golos Text, Noto Sans, DejaVu Sans, Arial, sans-serif";

/// Width and height of the picture.
pub(crate) fn size(drawing: &Drawing<'_>) -> (i32, i32) {
    let width = drawing.layout.width.max(legend::WIDTH) + 2 * MARGIN;
    (width, title_height(drawing) + drawing.layout.height + legend::height(drawing, width) + 2 * MARGIN)
}

/// The title in lines that are no wider than the picture.
fn title_lines(drawing: &Drawing<'_>) -> Vec<String> {
    let widest = drawing.layout.width.max(legend::WIDTH) * TITLE_WIDTH.1 / TITLE_WIDTH.0;
    label::wrap(&title(drawing, Phrases::of(drawing.locale)), widest)
}

fn title_height(drawing: &Drawing<'_>) -> i32 {
    TITLE_SPACE + i32::try_from(title_lines(drawing).len()).unwrap_or_default() * TITLE_LINE
}

/// The whole picture.
pub(crate) fn write(drawing: &Drawing<'_>, links: Option<&str>) -> String {
    let phrases = Phrases::of(drawing.locale);
    let (width, height) = size(drawing);
    let (w, h) = (width.to_string(), height.to_string());
    let top = -MARGIN - title_height(drawing);
    let view = format!("{} {top} {width} {height}", -MARGIN);
    let id = drawing.regulation.id().to_string();
    let (title_id, about_id) = (format!("{id}-diagram-title"), format!("{id}-diagram-about"));
    let mut xml = Xml::new();
    xml.open(
        "svg",
        &[
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("width", &w),
            ("height", &h),
            ("viewBox", &view),
            ("lang", drawing.locale.as_str()),
            ("role", "graphics-document"),
            ("aria-labelledby", &title_id),
            ("aria-describedby", &about_id),
            ("font-family", FONT),
            ("font-size", &SIZE.to_string()),
            ("fill", INK),
        ],
    );
    xml.words("title", &[("id", &title_id)], &title(drawing, phrases));
    xml.words("desc", &[("id", &about_id)], &about(drawing, phrases));
    let mut pen = Pen { xml, drawing, phrases, links };
    pen.backdrop(Rect { x: -MARGIN, y: top, w: width, h: height });
    pen.lanes();
    pen.inbox();
    pen.lines();
    pen.stations();
    legend::draw(&mut pen, width);
    pen.xml.finish()
}

fn title(drawing: &Drawing<'_>, phrases: &Phrases) -> String {
    phrases.filled("diagram.named", &[("service", drawing.regulation.title(drawing.locale))])
}

/// What the picture shows, for those who do not see it.
fn about(drawing: &Drawing<'_>, phrases: &Phrases) -> String {
    let chart = &drawing.chart;
    let counts = [chart.lanes.len(), chart.stations.len(), chart.gates()].map(|count| count.to_string());
    let [units, actions, gates] = &counts;
    phrases.filled("diagram.about", &[("units", units), ("actions", actions), ("gates", gates)])
}

/// A picture under drawing.
pub(super) struct Pen<'a> {
    pub(super) xml: Xml,
    pub(super) drawing: &'a Drawing<'a>,
    pub(super) phrases: &'static Phrases,
    links: Option<&'a str>,
}

impl Pen<'_> {
    fn backdrop(&mut self, whole: Rect) {
        self.rect(whole, 0, &[("fill", PAPER)]);
        for (line, words) in (0..).zip(title_lines(self.drawing).iter().rev()) {
            let y = (-MARGIN - line * TITLE_LINE).to_string();
            let attributes = [("x", "0"), ("y", &y), ("font-size", TITLE_SIZE), ("font-weight", "bold")];
            // The title of the document says the same to a screen reader.
            self.xml.words("text", &[&attributes[..], &[("aria-hidden", "true")]].concat(), words);
        }
    }

    fn lanes(&mut self) {
        for (lane, place) in self.drawing.chart.lanes.iter().zip(&self.drawing.layout.lanes) {
            self.rect(*place, 0, &[("fill", PAPER), ("stroke", EDGE)]);
            let head = Rect { w: super::chart::HEAD_WIDTH, ..*place };
            self.rect(head, 0, &[("fill", TINT), ("stroke", EDGE)]);
            let sign = if lane.system { 26 } else { 0 };
            let center = head.center();
            if lane.system {
                let top = center.y - (lane_lines(&lane.lines) + sign) / 2;
                symbols::system(self, Point { x: center.x, y: top + 8 });
            }
            let middle = Point { x: center.x, y: center.y + sign / 2 };
            self.lines_of_text(&lane.lines, middle, &[("font-weight", "bold")]);
        }
    }

    fn inbox(&mut self) {
        let Some(inbox) = self.drawing.layout.inbox else { return };
        self.rect(inbox, 0, &[("fill", TINT), ("stroke", MESSAGE_INK), ("stroke-width", "1.5")]);
        let words = self.phrases.say("diagram.inbox");
        self.lines_of_text(&[words], inbox.center(), &[("font-weight", "bold")]);
    }

    fn lines(&mut self) {
        for message in &self.drawing.layout.messages {
            symbols::message_flow(self, &message.route.points);
        }
        for (place, station) in self.drawing.layout.places.iter().zip(&self.drawing.chart.stations) {
            for (left, right) in
                [(place.start, Some(place.task)), (Some(place.task), place.gate.or(place.end))]
            {
                if let (Some(left), Some(right)) = (left, right) {
                    let y = place.task.center().y;
                    let points = [Point { x: left.right(), y }, Point { x: right.x, y }];
                    symbols::flow(self, &points, station.gate.is_none() || right == place.task);
                }
            }
            if let Some(document) = place.document {
                let x = document.center().x;
                symbols::association(self, Point { x, y: place.task.bottom() }, Point { x, y: document.y });
            }
        }
        for (flow, route) in self.drawing.chart.flows.iter().zip(&self.drawing.layout.flows) {
            symbols::flow(self, &route.points, true);
            self.branch(flow, route);
        }
    }

    /// The words at a branch, beside the tip that it leaves by.
    fn branch(&mut self, flow: &Flow, route: &Route) {
        let Some(&Point { x, y }) = route.points.first() else { return };
        let rest = (i32::try_from(flow.lines.len()).unwrap_or_default() - 1) * BRANCH_LINE;
        let (x, y) = match route.exit {
            // Words stand on the side of the line to which no other branch leaves.
            Exit::Right if self.leaves_only_up(flow.from) => (x + 2, y + 14),
            Exit::Right => (x + 2, y - 6 - rest),
            Exit::Down => (x + 5, y + 13),
            Exit::Up => (x + 5, y - 11 - rest),
        };
        for (index, line) in (0..).zip(&flow.lines) {
            let (x, y) = (x.to_string(), (y + index * BRANCH_LINE).to_string());
            let halo = [("stroke", PAPER), ("stroke-width", "3"), ("paint-order", "stroke")];
            let place = [("x", x.as_str()), ("y", y.as_str()), ("font-size", "11"), ("font-style", "italic")];
            self.xml.words("text", &[&place[..], &halo[..], &[("aria-hidden", "true")]].concat(), line);
        }
    }

    /// Whether a branch of the condition leaves by its upper tip, and none by its lower one.
    fn leaves_only_up(&self, station: usize) -> bool {
        let (chart, layout) = (&self.drawing.chart, &self.drawing.layout);
        let leaves = |exit: Exit| {
            let mut routes = chart.flows.iter().zip(&layout.flows);
            routes.any(|(flow, route)| flow.from == station && route.exit == exit)
        };
        leaves(Exit::Up) && !leaves(Exit::Down)
    }

    fn stations(&mut self) {
        for index in 0..self.drawing.chart.stations.len() {
            self.station(index);
        }
    }

    fn station(&mut self, index: usize) {
        let drawing = self.drawing;
        let (station, place) = (&drawing.chart.stations[index], &drawing.layout.places[index]);
        let table = drawing.regulation.action_table_column(drawing.locale, station.action);
        if let Some(start) = place.start {
            self.symbol(None, &self.phrases.say("diagram.start"), |pen| {
                symbols::start_message(pen, start.center())
            });
        }
        let number = station.action.to_string();
        let label = self.phrases.filled(
            "diagram.node",
            &[
                ("number", number.as_str()),
                ("name", table.action.as_str()),
                ("unit", table.unit.as_str()),
                ("term", table.term.as_str()),
                ("next", table.next.as_str()),
            ],
        );
        self.symbol(Some(station.action), &label, |pen| pen.task(station, place.task, &table.term));
        if let Some((gate, number)) = place.gate.zip(station.gate) {
            let words = self.gate_in_words(index, number);
            self.symbol(Some(station.action), &words, |pen| {
                symbols::gate(pen, gate);
                let at = Point { x: gate.center().x, y: gate.center().y };
                pen.lines_of_text(&[number.to_string()], at, &[("font-size", "11"), ("font-weight", "bold")]);
            });
        }
        if let Some((end, kind)) = place.end.zip(station.end) {
            let key = if kind == End::Message { "diagram.end-message" } else { "diagram.end-plain" };
            self.symbol(None, &self.phrases.say(key), |pen| symbols::end(pen, end.center(), kind));
        }
        if let Some(document) = place.document {
            let words = self.phrases.filled("diagram.document", &[("name", &table.completion)]);
            self.symbol(None, &words, |pen| symbols::document(pen, document));
        }
    }

    fn gate_in_words(&self, station: usize, number: u32) -> String {
        let chart = &self.drawing.chart;
        let branch =
            |flow: &Flow| format!("{} → {}", flow.words(self.phrases), chart.stations[flow.to].action);
        let branches: Vec<String> =
            chart.flows.iter().filter(|flow| flow.from == station).map(branch).collect();
        let (number, action) = (number.to_string(), chart.stations[station].action.to_string());
        let values = [("number", number.as_str()), ("action", &action), ("branches", &branches.join("; "))];
        self.phrases.filled("diagram.gate", &values)
    }

    fn task(&mut self, station: &Station, place: Rect, term: &str) {
        self.rect(place, 7, &[("fill", TASK_FILL), ("stroke", INK), ("stroke-width", "1.5")]);
        let (x, y) = ((place.x + 8).to_string(), (place.y + 16).to_string());
        self.xml.words("text", &[("x", &x), ("y", &y), ("font-weight", "bold")], &station.action.to_string());
        let right = (place.right() - 8).to_string();
        let attributes = [("x", right.as_str()), ("y", &y), ("font-size", "11"), ("text-anchor", "end")];
        self.xml.words("text", &attributes, term);
        let middle = Point { x: place.center().x, y: place.y + 20 + (place.h - 24) / 2 };
        self.lines_of_text(&station.lines, middle, &[]);
    }

    /// A symbol that is reached by keyboard and named; with `links` it leads to its column of the table.
    fn symbol(&mut self, action: Option<u32>, label: &str, draw: impl FnOnce(&mut Self)) {
        let target = self.links.zip(action).map(|(links, action)| format!("{links}{action}"));
        match &target {
            // A link is named by its title, which holds more than what is drawn and does not replace it: whoever
            // speaks to the browser says the words that they see.
            Some(target) => self.xml.open("a", &[("href", target.as_str())]),
            None if action.is_some() => {
                self.xml.open("g", &[("role", "img"), ("aria-label", label), ("tabindex", "0")]);
            }
            None => self.xml.open("g", &[("role", "img"), ("aria-label", label)]),
        }
        self.xml.words("title", &[], label);
        draw(self);
        self.xml.close();
    }

    pub(super) fn rect(&mut self, place: Rect, radius: i32, attributes: &[(&str, &str)]) {
        let [x, y, w, h, r] = [place.x, place.y, place.w, place.h, radius].map(|number| number.to_string());
        let size = [("x", x.as_str()), ("y", &y), ("width", &w), ("height", &h), ("rx", &r)];
        self.xml.empty("rect", &[&size[..], attributes].concat());
    }

    /// Lines of words around a middle.
    pub(super) fn lines_of_text(&mut self, lines: &[String], middle: Point, attributes: &[(&str, &str)]) {
        let first = middle.y - (lane_lines(lines) - LINE) / 2 + 4;
        for (index, line) in (0..).zip(lines) {
            let (x, y) = (middle.x.to_string(), (first + index * LINE).to_string());
            let place = [("x", x.as_str()), ("y", y.as_str()), ("text-anchor", "middle")];
            self.xml.words("text", &[&place[..], attributes].concat(), line);
        }
    }
}

fn lane_lines(lines: &[String]) -> i32 {
    i32::try_from(lines.len()).unwrap_or_default() * LINE
}
