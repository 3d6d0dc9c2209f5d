//! The legend of order 839 and the notes of decree 1116 below the diagram.

use super::{INK, PAPER, Pen, TASK_FILL, symbols};
use crate::Phrases;
use crate::draw::Drawing;
use crate::draw::chart::{End, LINE};
use crate::draw::label::{self, SIZE};
use crate::draw::layout::{Point, Rect};

/// The symbols in the order of the act [R839-A1.1, R839-A1.11].
pub(crate) const LEGEND: [&str; 11] = [
    "start-message",
    "end-message",
    "mid-message",
    "end-plain",
    "error",
    "system",
    "process",
    "condition",
    "flow",
    "message-flow",
    "document",
];

/// The narrowest picture that has room for it.
pub(super) const WIDTH: i32 = 760;
/// One entry, sign and words.
const ENTRY: (i32, i32) = (250, 46);
/// Where the words of an entry begin, and how wide they are.
const WORDS: (i32, i32) = (58, 186);
const HEAD: i32 = 30;
const SPACE: i32 = 22;
/// Between the legend and the notes.
const APART: i32 = 10;

/// The notes, in their order.
pub(crate) fn notes_in_words(drawing: &Drawing<'_>) -> Vec<String> {
    let phrases = Phrases::of(drawing.locale);
    let has = |holds: bool, key: &str| holds.then(|| phrases.say(key));
    let chart = &drawing.chart;
    [
        has(true, "diagram.note-term"),
        has(chart.gates() > 0, "diagram.note-gate"),
        has(chart.lanes.iter().any(|lane| lane.system), "diagram.note-system"),
        has(drawing.layout.inbox.is_some(), "diagram.note-inbox"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn per_row(width: i32) -> i32 {
    ((width - 32) / ENTRY.0).max(1)
}

fn rows(width: i32) -> i32 {
    let entries = i32::try_from(LEGEND.len()).unwrap_or_default();
    (entries + per_row(width) - 1) / per_row(width)
}

fn lines_of_notes(drawing: &Drawing<'_>, width: i32) -> Vec<String> {
    let notes = notes_in_words(drawing);
    let numbered = (1..).zip(notes).map(|(number, note)| format!("{number}. {note}"));
    numbered.flat_map(|note| label::wrap(&note, width - 40)).collect()
}

/// Height of legend and notes.
pub(super) fn height(drawing: &Drawing<'_>, width: i32) -> i32 {
    let notes = i32::try_from(lines_of_notes(drawing, width).len()).unwrap_or_default();
    SPACE + HEAD + rows(width) * ENTRY.1 + APART + HEAD + notes * (LINE + 2)
}

/// Draws both.
pub(super) fn draw(pen: &mut Pen<'_>, width: i32) {
    let top = pen.drawing.layout.height + SPACE;
    head(pen, top, "legend.title");
    for (index, key) in (0..).zip(LEGEND) {
        let (column, row) = (index % per_row(width), index / per_row(width));
        let at = Point { x: column * ENTRY.0, y: top + HEAD + row * ENTRY.1 };
        entry(pen, key, at);
    }
    let top = top + HEAD + rows(width) * ENTRY.1 + APART;
    head(pen, top, "diagram.notes");
    for (index, line) in (0..).zip(lines_of_notes(pen.drawing, width)) {
        let y = (top + HEAD + index * (LINE + 2)).to_string();
        pen.xml.words("text", &[("x", "0"), ("y", &y), ("font-size", &SIZE.to_string())], &line);
    }
}

fn head(pen: &mut Pen<'_>, top: i32, key: &str) {
    let words = pen.phrases.say(key);
    let y = (top + 14).to_string();
    pen.xml.words("text", &[("x", "0"), ("y", &y), ("font-size", "14"), ("font-weight", "bold")], &words);
}

fn entry(pen: &mut Pen<'_>, key: &str, at: Point) {
    let words = pen.phrases.say(&format!("legend.{key}"));
    pen.xml.open("g", &[]);
    let center = Point { x: at.x + 26, y: at.y + ENTRY.1 / 2 - 4 };
    sign(pen, key, center);
    let lines = label::wrap(&words, WORDS.1);
    let first = center.y + 4 - (i32::try_from(lines.len()).unwrap_or_default() - 1) * LINE / 2;
    for (index, line) in (0..).zip(&lines) {
        let (x, y) = ((at.x + WORDS.0).to_string(), (first + index * LINE).to_string());
        pen.xml.words("text", &[("x", &x), ("y", &y)], line);
    }
    pen.xml.close();
}

fn sign(pen: &mut Pen<'_>, key: &str, center: Point) {
    let Point { x, y } = center;
    let across = [Point { x: x - 24, y }, Point { x: x + 24, y }];
    match key {
        "start-message" => symbols::start_message(pen, center),
        "end-message" => symbols::end(pen, center, End::Message),
        "mid-message" => symbols::mid_message(pen, center),
        "end-plain" => symbols::end(pen, center, End::Plain),
        "error" => symbols::error(pen, center),
        "system" => symbols::system(pen, center),
        "process" => pen.rect(
            Rect { x: x - 24, y: y - 14, w: 48, h: 28 },
            6,
            &[("fill", TASK_FILL), ("stroke", INK), ("stroke-width", "1.5")],
        ),
        "condition" => symbols::gate(pen, Rect { x: x - 18, y: y - 18, w: 36, h: 36 }),
        "flow" => symbols::flow(pen, &across, true),
        "message-flow" => symbols::message_flow(pen, &across),
        "document" => symbols::document(pen, Rect { x: x - 14, y: y - 18, w: 28, h: 36 }),
        _ => pen.rect(Rect { x: x - 24, y: y - 14, w: 48, h: 28 }, 0, &[("fill", PAPER), ("stroke", INK)]),
    }
}
