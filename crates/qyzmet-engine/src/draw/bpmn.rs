//! Writes the diagram as BPMN 2.0 XML: the process, who takes part in it, and where each symbol stands.
//!
//! Only elements that BPMN 1.2 has symbols for: tasks, exclusive gateways, start and end events with or without a
//! message, sequence flow, message flow, association, pools, lanes, data objects, text annotations.

mod interchange;
mod names;

use super::Drawing;
use super::chart::{End, Flow};
use super::xml::Xml;
use crate::Phrases;

use names::Names;

const MODEL: &str = "http://www.omg.org/spec/BPMN/20100524/MODEL";
const DIAGRAM: &str = "http://www.omg.org/spec/BPMN/20100524/DI";
const COMMON: &str = "http://www.omg.org/spec/DD/20100524/DC";
/// Attributes of our own: what the symbols and their words do not say, so that the file holds the whole model.
const OWN: &str = "urn:qyzmet:regulation:1";
const INTERCHANGE: &str = "http://www.omg.org/spec/DD/20100524/DI";

/// The whole file.
pub(crate) fn write(drawing: &Drawing<'_>) -> String {
    let mut writer = Writer { xml: Xml::new(), drawing, phrases: Phrases::of(drawing.locale) };
    let space = format!("urn:qyzmet:service:{}", drawing.regulation.id());
    writer.xml.open(
        "bpmn:definitions",
        &[
            ("xmlns:bpmn", MODEL),
            ("xmlns:bpmndi", DIAGRAM),
            ("xmlns:dc", COMMON),
            ("xmlns:di", INTERCHANGE),
            ("xmlns:qyzmet", OWN),
            ("id", "definitions"),
            ("targetNamespace", &space),
            ("exporter", "Qyzmet"),
        ],
    );
    writer.collaboration();
    writer.process();
    interchange::write(&mut writer);
    writer.xml.finish()
}

/// A file under writing.
struct Writer<'a> {
    xml: Xml,
    drawing: &'a Drawing<'a>,
    phrases: &'static Phrases,
}

impl Writer<'_> {
    fn collaboration(&mut self) {
        self.xml.open("bpmn:collaboration", &[("id", "collaboration")]);
        let title = self.drawing.regulation.title(self.drawing.locale).to_owned();
        let pool = [("id", "pool"), ("name", title.as_str()), ("processRef", "process")];
        self.xml.empty("bpmn:participant", &pool);
        if self.drawing.layout.inbox.is_some() {
            let words = self.phrases.say("diagram.inbox");
            self.xml.empty("bpmn:participant", &[("id", "inbox"), ("name", &words)]);
        }
        for message in &self.drawing.layout.messages {
            let action = self.drawing.chart.stations[message.station].action;
            let (id, source) =
                (Names::message(action, message.by_end), Names::sender(action, message.by_end));
            let ends = [("id", id.as_str()), ("sourceRef", &source), ("targetRef", "inbox")];
            self.xml.empty("bpmn:messageFlow", &ends);
        }
        self.xml.open("bpmn:textAnnotation", &[("id", "notes")]);
        let notes = super::svg::notes_in_words(self.drawing).join(" ");
        self.xml.words("bpmn:text", &[], &notes);
        self.xml.close();
        self.xml.close();
    }

    fn process(&mut self) {
        let title = self.drawing.regulation.title(self.drawing.locale).to_owned();
        let process = [("id", "process"), ("name", title.as_str()), ("isExecutable", "false")];
        self.xml.open("bpmn:process", &process);
        self.lanes();
        for index in 0..self.drawing.chart.stations.len() {
            self.station(index);
        }
        for index in 0..self.drawing.chart.flows.len() {
            self.flow(index);
        }
        for station in self.drawing.chart.stations.iter().filter(|station| station.document) {
            let (id, task) = (Names::association(station.action), Names::task(station.action));
            let document = Names::document(station.action);
            let ends = [("id", id.as_str()), ("sourceRef", &task), ("targetRef", &document)];
            self.xml.empty("bpmn:association", &ends);
        }
        self.xml.close();
    }

    fn lanes(&mut self) {
        self.xml.open("bpmn:laneSet", &[("id", "lanes")]);
        for (index, lane) in self.drawing.chart.lanes.iter().enumerate() {
            let name = self.drawing.regulation.unit_name(self.drawing.locale, &lane.id);
            let unit = self.drawing.regulation.process.unit(&lane.id).map(|unit| unit.keys().inline());
            let unit = unit.unwrap_or_default();
            let attributes = [("id", Names::lane(index)), ("name", name), ("qyzmet:unit", unit)];
            self.xml.open("bpmn:lane", &attributes.each_ref().map(|(key, value)| (*key, value.as_str())));
            if lane.system {
                self.xml.words("bpmn:documentation", &[], &self.phrases.say("unit-kind.system"));
            }
            for station in self.drawing.chart.stations.iter().filter(|station| station.lane == index) {
                for node in Names::nodes(station) {
                    self.xml.words("bpmn:flowNodeRef", &[], &node);
                }
            }
            self.xml.close();
        }
        self.xml.close();
    }

    /// A station: each symbol with the flows that come and go.
    fn station(&mut self, index: usize) {
        let drawing = self.drawing;
        let station = &drawing.chart.stations[index];
        let column = drawing.regulation.action_table_column(drawing.locale, station.action);
        let into: Vec<String> =
            drawing.chart.flows.iter().filter(|flow| flow.to == index).map(|f| self.id(f)).collect();
        let out: Vec<String> =
            drawing.chart.flows.iter().filter(|flow| flow.from == index).map(|f| self.id(f)).collect();
        let (start, inner) = (Names::from_start(station.action), Names::inner(station.action));
        if station.starts {
            let words = self.phrases.say("diagram.start");
            self.node(
                "bpmn:startEvent",
                (&Names::start(station.action), &words),
                &into,
                std::slice::from_ref(&start),
            );
            self.message(&Names::start(station.action));
            self.xml.close();
            self.sequence(&start, (&Names::start(station.action), &Names::task(station.action)), None);
        }
        let into = if station.starts { vec![start] } else { into };
        let follows = station.gate.is_some() || station.end.is_some();
        let after = if follows { vec![inner.clone()] } else { out.clone() };
        let name = format!("{}. {}", station.action, column.action);
        let documentation = [("table.completion", &column.completion), ("table.term", &column.term)];
        let documentation = documentation.map(|(key, words)| format!("{}: {words}", self.phrases.say(key)));
        self.task((station.action, &name), &documentation, &into, &after);
        if let Some(number) = station.gate {
            let words = self.phrases.filled("diagram.condition", &[("number", &number.to_string())]);
            let gate = Names::gate(station.action);
            self.node("bpmn:exclusiveGateway", (&gate, &words), std::slice::from_ref(&inner), &out);
            self.xml.close();
            self.sequence(&inner, (&Names::task(station.action), &gate), None);
        }
        if let Some(kind) = station.end {
            self.end(station.action, kind, &inner);
        }
        if station.document {
            let (id, data) = (Names::document(station.action), Names::data(station.action));
            self.xml.empty("bpmn:dataObject", &[("id", &data)]);
            let reference = [("id", id.as_str()), ("name", &column.completion), ("dataObjectRef", &data)];
            self.xml.empty("bpmn:dataObjectReference", &reference);
        }
    }

    fn task(
        &mut self,
        (number, name): (u32, &str),
        documentation: &[String],
        into: &[String],
        out: &[String],
    ) {
        let action = self.drawing.regulation.process.action(number).map(|action| action.keys().inline());
        let (id, action) = (Names::task(number), action.unwrap_or_default());
        self.xml.open("bpmn:task", &[("id", &id), ("name", name), ("qyzmet:action", &action)]);
        for words in documentation {
            self.xml.words("bpmn:documentation", &[], words);
        }
        self.ends(into, out);
        self.xml.close();
    }

    fn end(&mut self, action: u32, kind: End, inner: &str) {
        let key = if kind == End::Message { "diagram.end-message" } else { "diagram.end-plain" };
        let (id, words) = (Names::end(action), self.phrases.say(key));
        self.node("bpmn:endEvent", (&id, &words), &[inner.to_owned()], &[]);
        if kind == End::Message {
            self.message(&id);
        }
        self.xml.close();
        self.sequence(inner, (&Names::task(action), &id), None);
    }

    /// Opens a node; the caller closes it.
    fn node(&mut self, element: &'static str, (id, name): (&str, &str), into: &[String], out: &[String]) {
        self.xml.open(element, &[("id", id), ("name", name)]);
        self.ends(into, out);
    }

    fn ends(&mut self, into: &[String], out: &[String]) {
        for id in into {
            self.xml.words("bpmn:incoming", &[], id);
        }
        for id in out {
            self.xml.words("bpmn:outgoing", &[], id);
        }
    }

    fn message(&mut self, event: &str) {
        self.xml.empty("bpmn:messageEventDefinition", &[("id", &format!("{event}-message"))]);
    }

    fn flow(&mut self, index: usize) {
        let chart = &self.drawing.chart;
        let flow = &chart.flows[index];
        let (from, to) = (&chart.stations[flow.from], &chart.stations[flow.to]);
        let source = if from.gate.is_some() { Names::gate(from.action) } else { Names::task(from.action) };
        let target = if to.starts { Names::start(to.action) } else { Names::task(to.action) };
        let words = from.gate.map(|_| flow.words(self.phrases));
        let id = self.id(flow);
        self.sequence(&id, (&source, &target), words.as_deref());
    }

    fn id(&self, flow: &Flow) -> String {
        let action = |station: usize| self.drawing.chart.stations[station].action;
        Names::flow(action(flow.from), action(flow.to))
    }

    fn sequence(&mut self, id: &str, (source, target): (&str, &str), name: Option<&str>) {
        let mut attributes = vec![("id", id), ("sourceRef", source), ("targetRef", target)];
        attributes.extend(name.map(|name| ("name", name)));
        self.xml.empty("bpmn:sequenceFlow", &attributes);
    }
}
