//! Whatever the table, the drawing stays readable: boxes apart, inside their lanes, and never crossed by a line.

use proptest::prelude::*;

use super::chart::{Chart, End, Flow, Lane, Station};
use super::layout::{Layout, Point, Rect};

/// Any table: also with flows back, to itself, to nowhere, with stations that nothing leads to.
fn charts() -> impl Strategy<Value = Chart> {
    (1usize..12, 1usize..24).prop_flat_map(|(lanes, stations)| {
        let station = (0..lanes, 0usize..6, any::<bool>(), any::<bool>());
        let flow = (0..stations, 0..stations);
        (
            prop::collection::vec(station, stations),
            prop::collection::vec(flow, 0..stations * 2),
            prop::collection::vec(1usize..4, lanes),
        )
            .prop_map(chart)
    })
}

type Drawn = (Vec<(usize, usize, bool, bool)>, Vec<(usize, usize)>, Vec<usize>);

fn chart((stations, mut flows, lanes): Drawn) -> Chart {
    // A chain keeps most of it connected, as tables are.
    flows.extend((1..stations.len()).filter(|to| to % 4 != 0).map(|to| (to - 1, to)));
    flows.sort_unstable();
    flows.dedup();
    let lane = |lines: usize| Lane { lines: vec!["a".to_owned(); lines], ..Lane::default() };
    let leaving = |index: usize| flows.iter().filter(|(from, _)| *from == index).count();
    let station = |(index, (lane, lines, document, tells)): (usize, &(usize, usize, bool, bool))| Station {
        action: u32::try_from(index + 1).unwrap(),
        lane: *lane,
        lines: vec!["a".to_owned(); *lines],
        starts: index == 0,
        gate: (leaving(index) > 1).then_some(1),
        branch_lines: *lines % 4,
        end: (leaving(index) == 0).then_some(if *tells { End::Plain } else { End::Message }),
        document: *document,
        tells: *tells,
    };
    Chart {
        lanes: lanes.into_iter().map(lane).collect(),
        stations: stations.iter().enumerate().map(station).collect(),
        flows: flows
            .into_iter()
            .map(|(from, to)| Flow { from, to, branches: Vec::new(), lines: Vec::new() })
            .collect(),
    }
}

fn apart(a: Rect, b: Rect) -> bool {
    a.right() <= b.x || b.right() <= a.x || a.bottom() <= b.y || b.bottom() <= a.y
}

fn inside(inner: Rect, outer: Rect) -> bool {
    inner.x >= outer.x
        && inner.y >= outer.y
        && inner.right() <= outer.right()
        && inner.bottom() <= outer.bottom()
}

/// Whether a straight piece runs through a box; touching its side is how a line begins and ends.
fn crosses(a: Point, b: Point, of: Rect) -> bool {
    let (left, right) = (a.x.min(b.x), a.x.max(b.x));
    let (top, bottom) = (a.y.min(b.y), a.y.max(b.y));
    left < of.right() && right > of.x && top < of.bottom() && bottom > of.y
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn boxes_stand_apart_and_inside_their_lanes(chart in charts()) {
        let layout = Layout::of(&chart);
        let boxes: Vec<Rect> = layout.places.iter().flat_map(super::layout::Place::boxes).collect();
        for (index, a) in boxes.iter().enumerate() {
            for b in &boxes[index + 1..] {
                prop_assert!(apart(*a, *b), "{a:?} {b:?}");
            }
        }
        for (place, station) in layout.places.iter().zip(&chart.stations) {
            for one in place.boxes() {
                let lane = layout.lanes[station.lane];
                prop_assert!(inside(one, lane) && one.x > super::chart::HEAD_WIDTH, "{one:?} {lane:?}");
            }
        }
        for pair in layout.lanes.windows(2) {
            prop_assert_eq!(pair[0].bottom(), pair[1].y);
        }
    }

    /// [R1116-13]
    #[test]
    fn no_flow_and_no_message_crosses_a_box(chart in charts()) {
        let layout = Layout::of(&chart);
        let boxes: Vec<Rect> = layout.places.iter().flat_map(super::layout::Place::boxes).collect();
        let routes = layout.flows.iter().chain(layout.messages.iter().map(|message| &message.route));
        for route in routes {
            prop_assert!(route.points.len() >= 2);
            for pair in route.points.windows(2) {
                prop_assert!(pair[0].x == pair[1].x || pair[0].y == pair[1].y, "slanted: {pair:?}");
                prop_assert!(pair.iter().all(|p| p.x >= 0 && p.x <= layout.width && p.y >= 0 && p.y <= layout.height));
                for one in &boxes {
                    prop_assert!(!crosses(pair[0], pair[1], *one), "{pair:?} crosses {one:?}");
                }
            }
        }
    }

    #[test]
    fn every_flow_joins_the_stations_that_it_names(chart in charts()) {
        let layout = Layout::of(&chart);
        for (flow, route) in chart.flows.iter().zip(&layout.flows) {
            let (from, to) = (&layout.places[flow.from], &layout.places[flow.to]);
            let (begin, end) = (route.points[0], route.points[route.points.len() - 1]);
            let source = from.gate.unwrap_or(from.task);
            prop_assert!(begin.x >= source.x && begin.x <= source.right());
            prop_assert!(begin.y >= source.y && begin.y <= source.bottom());
            let target = to.start.unwrap_or(to.task);
            prop_assert_eq!((end.x, end.y), (target.x, target.center().y));
        }
    }

    #[test]
    fn the_same_chart_gives_the_same_drawing(chart in charts()) {
        prop_assert_eq!(Layout::of(&chart), Layout::of(&chart));
    }
}

#[test]
fn ten_thousand_actions_are_drawn_and_not_waited_for() {
    let stations = (0..10_000).map(|index| (index % 3, 2, false, false)).collect();
    let flows = (0..9_998).step_by(3).map(|from| (from, from + 2)).collect();
    let chart = chart((stations, flows, vec![1, 1, 1]));
    assert_eq!(Layout::of(&chart).places.len(), 10_000);
}
