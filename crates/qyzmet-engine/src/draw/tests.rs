//! The files of the diagram: whole, true to the table, for every reader.

use std::collections::BTreeSet;

use qyzmet_domain::Locale;
use roxmltree::{Document, Node};

use super::chart::Chart;
use super::svg::{END_FILL, GATE_FILL, INK, LINE_INK, PAPER, START_FILL, TASK_FILL, TINT};
use crate::Phrases;
use crate::samples::{edited, regulation};

fn named<'a>(document: &'a Document<'a>, name: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    document.descendants().filter(move |node| node.has_tag_name(name) || node.tag_name().name() == name)
}

fn ids(document: &Document<'_>) -> Vec<String> {
    document.descendants().filter_map(|node| node.attribute("id")).map(str::to_owned).collect()
}

/// [R1116-13, R1116-A1.N2]
#[test]
fn the_diagram_has_a_symbol_for_each_column_and_nothing_besides() {
    let regulation = regulation();
    let bpmn = regulation.bpmn(Locale::Kk);
    let document = Document::parse(&bpmn).unwrap();
    assert_eq!(named(&document, "task").count(), regulation.process.actions.len());
    assert_eq!(named(&document, "lane").count(), regulation.process.units.len());
    let gates = regulation
        .process
        .actions
        .iter()
        .filter(|action| action.next.all().map(|(_, number)| number).collect::<BTreeSet<_>>().len() > 1);
    assert_eq!(named(&document, "exclusiveGateway").count(), gates.count());
    let ends = regulation.process.actions.iter().filter(|action| action.next.all().next().is_none());
    assert_eq!(named(&document, "endEvent").count(), ends.count());
    let chart = Chart::of(&regulation, Locale::Kk);
    let inner = 1 + chart.gates() + named(&document, "endEvent").count();
    assert_eq!(named(&document, "sequenceFlow").count(), chart.flows.len() + inner);
}

/// [R1116-13]
#[test]
fn flows_of_the_file_are_the_next_numbers_of_the_table() {
    let regulation = regulation();
    let bpmn = regulation.bpmn(Locale::Kk);
    let document = Document::parse(&bpmn).unwrap();
    let number = |id: &str| {
        id.split_once('-').filter(|(kind, _)| *kind != "end").and_then(|(_, n)| n.parse::<u32>().ok())
    };
    let drawn: BTreeSet<(u32, u32)> = named(&document, "sequenceFlow")
        .filter_map(|flow| {
            Some((number(flow.attribute("sourceRef")?)?, number(flow.attribute("targetRef")?)?))
        })
        .filter(|(from, to)| from != to)
        .collect();
    let table: BTreeSet<(u32, u32)> = regulation
        .process
        .actions
        .iter()
        .flat_map(|action| action.next.all().map(|(_, to)| (action.number, to)))
        .collect();
    assert_eq!(drawn, table);
}

/// The symbols are for people; attributes of our own carry the rest of the model.
/// [R1116-12, R1116-13]
#[test]
fn the_exported_file_read_back_is_the_whole_model() {
    for (name, regulation) in crate::written::every_regulation() {
        let bpmn = regulation.bpmn(Locale::Kk);
        let document = Document::parse(&bpmn).unwrap();
        let own = |element: &str, attribute: &str| {
            let values = named(&document, element)
                .filter_map(|node| node.attribute(("urn:qyzmet:regulation:1", attribute)));
            values.map(str::to_owned).collect::<Vec<_>>()
        };
        let (units, actions) = (own("lane", "unit"), own("task", "action"));
        let text = format!("unit = [{}]\naction = [{}]", units.join(", "), actions.join(", "));
        let again = crate::read::process_of(&text).unwrap_or_else(|| panic!("{name}: {text}"));
        assert_eq!(again, regulation.process, "{name}");
    }
}

/// [R1116-A2.1, R1116-A2.2, R1116-A2.3, R1116-A2.4, R1116-A2.5]
#[test]
fn the_file_holds_only_what_the_older_notation_can_draw() {
    let allowed = [
        "definitions",
        "collaboration",
        "participant",
        "messageFlow",
        "textAnnotation",
        "text",
        "process",
        "laneSet",
        "lane",
        "documentation",
        "flowNodeRef",
        "startEvent",
        "endEvent",
        "task",
        "exclusiveGateway",
        "incoming",
        "outgoing",
        "messageEventDefinition",
        "sequenceFlow",
        "association",
        "dataObject",
        "dataObjectReference",
    ];
    let bpmn = regulation().bpmn(Locale::Ru);
    let document = Document::parse(&bpmn).unwrap();
    let model = document.root_element().tag_name().namespace();
    for node in
        document.descendants().filter(|node| node.is_element() && node.tag_name().namespace() == model)
    {
        assert!(allowed.contains(&node.tag_name().name()), "{}", node.tag_name().name());
    }
}

#[test]
fn every_symbol_has_one_place_and_every_place_a_symbol() {
    let bpmn = regulation().bpmn(Locale::En);
    let document = Document::parse(&bpmn).unwrap();
    let all = ids(&document);
    let unique: BTreeSet<&String> = all.iter().collect();
    assert_eq!(unique.len(), all.len(), "an id stands twice");
    let placed: Vec<&str> = document.descendants().filter_map(|node| node.attribute("bpmnElement")).collect();
    for element in &placed {
        assert!(all.iter().any(|id| id == element), "{element} is placed and not there");
    }
    for kind in [
        "task",
        "startEvent",
        "endEvent",
        "exclusiveGateway",
        "lane",
        "participant",
        "sequenceFlow",
        "messageFlow",
        "association",
        "dataObjectReference",
        "textAnnotation",
    ] {
        for node in named(&document, kind) {
            let id = node.attribute("id").unwrap();
            assert_eq!(placed.iter().filter(|placed| **placed == id).count(), 1, "{id}");
        }
    }
}

/// [R1116-A2.6]
#[test]
fn a_symbol_of_our_own_is_told_in_the_notes() {
    for locale in Locale::ALL {
        let note = Phrases::of(locale).say("diagram.note-system");
        assert!(regulation().bpmn(locale).contains(&note), "{locale}");
        let svg = regulation().svg(locale, None);
        let document = Document::parse(&svg).unwrap();
        let words: String =
            named(&document, "text").filter_map(|node| node.text()).collect::<Vec<_>>().join(" ");
        assert!(words.contains(&note) && words.contains(&Phrases::of(locale).say("diagram.notes")));
    }
}

/// [R839-A1.1, R839-A1.2, R839-A1.3, R839-A1.4, R839-A1.5, R839-A1.6, R839-A1.7, R839-A1.8, R839-A1.9, R839-A1.10, R839-A1.11]
#[test]
fn the_legend_names_every_symbol_of_the_act() {
    let svg = regulation().svg(Locale::Ru, None);
    let document = Document::parse(&svg).unwrap();
    let words = named(&document, "text").filter_map(|node| node.text()).collect::<Vec<_>>().join(" ");
    for key in super::LEGEND {
        let name = Phrases::of(Locale::Ru).say(&format!("legend.{key}"));
        assert!(words.contains(&name), "{name}");
    }
}

#[test]
fn the_picture_needs_nothing_that_a_strict_content_policy_forbids() {
    let svg = regulation().svg(Locale::Kk, Some("#action-"));
    let document = Document::parse(&svg).unwrap();
    for node in document.descendants().filter(Node::is_element) {
        assert!(!["script", "style", "foreignObject", "image", "use"].contains(&node.tag_name().name()));
        for attribute in node.attributes() {
            assert!(
                attribute.name() != "style" && !attribute.name().starts_with("on"),
                "{}",
                attribute.name()
            );
        }
    }
}

#[test]
fn each_action_is_reached_by_keyboard_and_named_in_full() {
    let regulation = regulation();
    let svg = regulation.svg(Locale::Kk, None);
    let document = Document::parse(&svg).unwrap();
    let reached: Vec<&str> = document
        .descendants()
        .filter(|node| node.attribute("tabindex") == Some("0"))
        .filter_map(|node| node.attribute("aria-label"))
        .collect();
    for column in regulation.action_table(Locale::Kk).columns {
        let label = reached.iter().find(|label| label.starts_with(&format!("{}-әрекет: ", column.number)));
        let label = label.unwrap_or_else(|| panic!("action {} in {reached:#?}", column.number));
        for words in [&column.action, &column.unit, &column.term, &column.next] {
            assert!(label.contains(words.as_str()), "{words} in {label}");
        }
    }
    let root = document.root_element();
    let title = named(&document, "title").next().unwrap();
    assert_eq!(root.attribute("aria-labelledby"), title.attribute("id"));
    assert!(named(&document, "desc").next().unwrap().text().unwrap().contains("BPMN 1.2"));
}

#[test]
fn with_a_table_beside_it_each_action_leads_to_its_column() {
    let svg = regulation().svg(Locale::Kk, Some("#action-"));
    let document = Document::parse(&svg).unwrap();
    let leads: BTreeSet<&str> = named(&document, "a").filter_map(|node| node.attribute("href")).collect();
    let columns: BTreeSet<String> = (1..=9).map(|number| format!("#action-{number}")).collect();
    assert_eq!(leads, columns.iter().map(String::as_str).collect());
    for column in regulation().action_table(Locale::Kk).columns {
        let start = format!("{}-әрекет: {}", column.number, column.action);
        let titles = named(&document, "a").filter_map(|link| link.first_element_child()?.text());
        assert_eq!(titles.filter(|title| title.starts_with(&start)).count(), 1, "{start}: named in full");
    }
}

#[test]
fn hostile_words_stay_words_in_both_files() {
    let folder =
        edited("text.kk.toml", "Нөмірдің қосылмағаны", "</text><script>alert(1)</script> & \\\"Нөмір");
    let regulation = crate::read_draft(&folder).unwrap();
    for file in [regulation.svg(Locale::Kk, None), regulation.bpmn(Locale::Kk)] {
        let document = Document::parse(&file).unwrap();
        assert_eq!(named(&document, "script").count(), 0);
    }
}

#[test]
fn no_word_is_missing_in_any_language() {
    for locale in Locale::ALL {
        let regulation = regulation();
        for file in [regulation.svg(locale, None), regulation.bpmn(locale)] {
            assert!(!file.contains('⟦'), "{locale}: {file}");
        }
    }
}

#[test]
fn every_ink_stands_out_from_every_ground() {
    for ink in [INK, LINE_INK] {
        for ground in [PAPER, TINT, TASK_FILL, GATE_FILL, START_FILL, END_FILL] {
            let (light, dark) = (luminance(ground), luminance(ink));
            assert!((light + 0.05) / (dark + 0.05) > 7.0, "{ink} on {ground}");
        }
    }
}

/// Relative luminance as WCAG defines it.
fn luminance(colour: &str) -> f64 {
    let part = |at: usize| f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
    let linear = |c: f64| if c <= 0.03928 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) };
    0.2126 * linear(part(1)) + 0.7152 * linear(part(3)) + 0.0722 * linear(part(5))
}
