//! The symbols of BPMN 1.2 that are used, each as a few shapes.

use super::{END_FILL, GATE_FILL, INK, LINE_INK, MESSAGE_INK, PAPER, Pen, START_FILL};
use crate::draw::chart::End;
use crate::draw::layout::{Point, Rect};

/// Radius of an event.
const RADIUS: &str = "16";
/// How far a corner of a line is rounded.
const BEND: i32 = 6;

/// Start event with a message.
pub(super) fn start_message(pen: &mut Pen<'_>, at: Point) {
    circle(pen, at, RADIUS, &[("fill", START_FILL), ("stroke", INK), ("stroke-width", "1.5")]);
    envelope(pen, at, PAPER);
}

/// Intermediate event with a message.
pub(super) fn mid_message(pen: &mut Pen<'_>, at: Point) {
    circle(pen, at, RADIUS, &[("fill", PAPER), ("stroke", INK), ("stroke-width", "1.5")]);
    circle(pen, at, "12.5", &[("fill", "none"), ("stroke", INK)]);
    envelope(pen, at, PAPER);
}

/// End event.
pub(super) fn end(pen: &mut Pen<'_>, at: Point, kind: End) {
    circle(pen, at, "15", &[("fill", END_FILL), ("stroke", INK), ("stroke-width", "3")]);
    if kind == End::Message {
        envelope(pen, at, INK);
    }
}

/// Error event.
pub(super) fn error(pen: &mut Pen<'_>, at: Point) {
    circle(pen, at, "15", &[("fill", END_FILL), ("stroke", INK), ("stroke-width", "3")]);
    let Point { x, y } = at;
    let bolt = format!(
        "M{} {} L{} {} L{} {} L{} {} L{} {} L{} {} Z",
        x - 8,
        y + 7,
        x - 3,
        y - 7,
        x + 2,
        y + 1,
        x + 8,
        y - 7,
        x + 3,
        y + 7,
        x - 2,
        y - 1
    );
    pen.xml.empty("path", &[("d", &bolt), ("fill", INK)]);
}

/// Condition: exclusive gateway.
pub(super) fn gate(pen: &mut Pen<'_>, place: Rect) {
    let Point { x, y } = place.center();
    let d = format!("M{} {y} L{x} {} L{} {y} L{x} {} Z", place.x, place.y, place.right(), place.bottom());
    pen.xml.empty("path", &[("d", &d), ("fill", GATE_FILL), ("stroke", INK), ("stroke-width", "1.5")]);
}

/// Data object: a sheet with a turned corner.
pub(super) fn document(pen: &mut Pen<'_>, place: Rect) {
    let Rect { x, y, w, .. } = place;
    let (right, bottom) = (place.right(), place.bottom());
    let d = format!("M{x} {y} H{} L{right} {} V{bottom} H{x} Z M{} {y} v9 h9", right - 9, y + 9, right - 9);
    pen.xml.empty("path", &[("d", &d), ("fill", PAPER), ("stroke", INK), ("stroke-linejoin", "round")]);
    let lines = format!("M{} {} h{} M{} {} h{}", x + 5, y + 18, w - 10, x + 5, y + 25, w - 10);
    pen.xml.empty("path", &[("d", &lines), ("fill", "none"), ("stroke", LINE_INK)]);
}

/// The sign of an information system: a screen on its foot; an artefact of our own, told in the notes [R1116-A2.6].
pub(super) fn system(pen: &mut Pen<'_>, at: Point) {
    let Point { x, y } = at;
    pen.rect(
        Rect { x: x - 11, y: y - 8, w: 22, h: 15 },
        2,
        &[("fill", PAPER), ("stroke", INK), ("stroke-width", "1.5")],
    );
    let foot = format!("M{x} {} v4 M{} {} h14", y + 7, x - 7, y + 11);
    pen.xml.empty("path", &[("d", &foot), ("fill", "none"), ("stroke", INK), ("stroke-width", "1.5")]);
}

/// Sequence flow.
pub(super) fn flow(pen: &mut Pen<'_>, points: &[Point], arrow: bool) {
    let d = rounded(points);
    pen.xml.empty("path", &[("d", &d), ("fill", "none"), ("stroke", LINE_INK), ("stroke-width", "1.5")]);
    if let (true, [.., before, end]) = (arrow, points) {
        let d = head(*before, *end);
        pen.xml.empty("path", &[("d", &d), ("fill", LINE_INK)]);
    }
}

/// Message flow: dashed, from a small circle to an open head.
pub(super) fn message_flow(pen: &mut Pen<'_>, points: &[Point]) {
    let d = rounded(points);
    let dashes = [("fill", "none"), ("stroke", MESSAGE_INK), ("stroke-dasharray", "7 4")];
    pen.xml.empty("path", &[&[("d", d.as_str())][..], &dashes[..]].concat());
    if let [first, .., before, end] | [first @ before, end] = points {
        circle(pen, *first, "3.5", &[("fill", PAPER), ("stroke", MESSAGE_INK)]);
        let d = head(*before, *end);
        pen.xml.empty("path", &[("d", &d), ("fill", PAPER), ("stroke", MESSAGE_INK)]);
    }
}

/// Association: dotted, without direction.
pub(super) fn association(pen: &mut Pen<'_>, from: Point, to: Point) {
    let d = format!("M{} {} L{} {}", from.x, from.y, to.x, to.y);
    pen.xml.empty("path", &[("d", &d), ("fill", "none"), ("stroke", LINE_INK), ("stroke-dasharray", "2 3")]);
}

fn circle(pen: &mut Pen<'_>, at: Point, radius: &str, attributes: &[(&str, &str)]) {
    let (x, y) = (at.x.to_string(), at.y.to_string());
    pen.xml.empty("circle", &[&[("cx", x.as_str()), ("cy", &y), ("r", radius)][..], attributes].concat());
}

/// A message: drawn when it comes, filled when it goes.
fn envelope(pen: &mut Pen<'_>, at: Point, fill: &str) {
    let place = Rect { x: at.x - 8, y: at.y - 6, w: 16, h: 12 };
    let fold = if fill == INK { PAPER } else { INK };
    pen.rect(place, 0, &[("fill", fill), ("stroke", INK)]);
    let d = format!("M{} {} L{} {} L{} {}", place.x, place.y, at.x, at.y + 1, place.right(), place.y);
    pen.xml.empty("path", &[("d", &d), ("fill", "none"), ("stroke", fold)]);
}

/// The head of an arrow.
fn head(before: Point, end: Point) -> String {
    let (dx, dy) = ((end.x - before.x).signum(), (end.y - before.y).signum());
    let side = |turn: i32| (end.x - 9 * dx - 4 * turn * dy, end.y - 9 * dy + 4 * turn * dx);
    let ((ax, ay), (bx, by)) = (side(1), side(-1));
    format!("M{} {} L{ax} {ay} L{bx} {by} Z", end.x, end.y)
}

/// The line with its corners rounded.
fn rounded(points: &[Point]) -> String {
    let mut d = String::new();
    for (index, point) in points.iter().enumerate() {
        let (before, after) = (index.checked_sub(1).and_then(|i| points.get(i)), points.get(index + 1));
        match (before, after) {
            (None, _) => d.push_str(&format!("M{} {}", point.x, point.y)),
            (Some(_), None) => d.push_str(&format!(" L{} {}", point.x, point.y)),
            (Some(before), Some(after)) => {
                let (a, b) = (towards(*point, *before), towards(*point, *after));
                d.push_str(&format!(" L{} {} Q{} {} {} {}", a.x, a.y, point.x, point.y, b.x, b.y));
            }
        }
    }
    d
}

/// A little way from one point to another, at most half of it.
fn towards(from: Point, to: Point) -> Point {
    let step = |from: i32, to: i32| from + (to - from).signum() * BEND.min((to - from).abs() / 2);
    Point { x: step(from.x, to.x), y: step(from.y, to.y) }
}
