//! The diagram interchange: the same places as in the picture.

use super::Writer;
use super::names::Names;
use crate::draw::layout::{Place, Point, Rect};

/// Where the picture begins on the canvas of a modeller, and the head of a pool that modellers draw themselves.
const AT: Point = Point { x: 160, y: 80 };
const POOL_HEAD: i32 = 30;
/// The notes, below everything.
const NOTES: (i32, i32) = (640, 110);
const SPACE: i32 = 30;

pub(super) fn write(writer: &mut Writer<'_>) {
    writer.xml.open("bpmndi:BPMNDiagram", &[("id", "diagram")]);
    writer.xml.open("bpmndi:BPMNPlane", &[("id", "plane"), ("bpmnElement", "collaboration")]);
    pools(writer);
    let drawing = writer.drawing;
    for (station, place) in drawing.chart.stations.iter().zip(&drawing.layout.places) {
        symbols(writer, station.action, place);
    }
    for (flow, route) in drawing.chart.flows.iter().zip(&drawing.layout.flows) {
        let id = writer.id(flow);
        edge(writer, &id, &route.points);
    }
    for message in &drawing.layout.messages {
        let id = Names::message(drawing.chart.stations[message.station].action, message.by_end);
        edge(writer, &id, &message.route.points);
    }
    writer.xml.close();
    writer.xml.close();
}

fn pools(writer: &mut Writer<'_>) {
    let layout = &writer.drawing.layout;
    let foot = layout.lanes.last().map_or(0, |lane| lane.bottom());
    let pool = Rect { x: -POOL_HEAD, y: 0, w: layout.width + POOL_HEAD, h: foot };
    shape(writer, "pool", pool, &[("isHorizontal", "true")]);
    for (index, lane) in layout.lanes.iter().enumerate() {
        shape(writer, &Names::lane(index), *lane, &[("isHorizontal", "true")]);
    }
    if let Some(inbox) = layout.inbox {
        let wide = Rect { x: -POOL_HEAD, w: inbox.w + POOL_HEAD, ..inbox };
        shape(writer, "inbox", wide, &[("isHorizontal", "true")]);
    }
    let (w, h) = NOTES;
    shape(writer, "notes", Rect { x: -POOL_HEAD, y: layout.height + SPACE, w, h }, &[]);
}

/// The symbols of a station and the short flows between them.
fn symbols(writer: &mut Writer<'_>, action: u32, place: &Place) {
    let middle = place.task.center().y;
    let join =
        |left: Rect, right: Rect| [Point { x: left.right(), y: middle }, Point { x: right.x, y: middle }];
    shape(writer, &Names::task(action), place.task, &[]);
    if let Some(start) = place.start {
        shape(writer, &Names::start(action), start, &[]);
        edge(writer, &Names::from_start(action), &join(start, place.task));
    }
    if let Some(gate) = place.gate {
        shape(writer, &Names::gate(action), gate, &[("isMarkerVisible", "true")]);
    }
    if let Some(end) = place.end {
        shape(writer, &Names::end(action), end, &[]);
    }
    if let Some(next) = place.gate.or(place.end) {
        edge(writer, &Names::inner(action), &join(place.task, next));
    }
    if let Some(document) = place.document {
        shape(writer, &Names::document(action), document, &[]);
        let x = document.center().x;
        let points = [Point { x, y: place.task.bottom() }, Point { x, y: document.y }];
        edge(writer, &Names::association(action), &points);
    }
}

fn shape(writer: &mut Writer<'_>, element: &str, place: Rect, more: &[(&str, &str)]) {
    let id = format!("{element}-shape");
    let attributes = [&[("id", id.as_str()), ("bpmnElement", element)], more].concat();
    writer.xml.open("bpmndi:BPMNShape", &attributes);
    let [x, y, w, h] = [place.x + AT.x, place.y + AT.y, place.w, place.h].map(|number| number.to_string());
    writer.xml.empty("dc:Bounds", &[("x", &x), ("y", &y), ("width", &w), ("height", &h)]);
    writer.xml.close();
}

fn edge(writer: &mut Writer<'_>, element: &str, points: &[Point]) {
    let id = format!("{element}-edge");
    writer.xml.open("bpmndi:BPMNEdge", &[("id", &id), ("bpmnElement", element)]);
    for point in points {
        let [x, y] = [point.x + AT.x, point.y + AT.y].map(|number| number.to_string());
        writer.xml.empty("di:waypoint", &[("x", &x), ("y", &y)]);
    }
    writer.xml.close();
}
