//! Coordinates: widths of columns and channels, heights of rows and gaps, and every symbol and line from them.

use super::paths::{Net, Path, Plan, X, Y};
use super::rows::Grid;
use super::tracks::{self, Line};
use super::{Layout, Message, Place, Point, Rect, Route};
use crate::draw::chart::{BRANCH_LINE, BRANCH_WIDTH, Chart, HEAD_WIDTH, Station, TASK_WIDTH};

/// Diameter of an event.
const EVENT: i32 = 32;
/// Width and height of a condition.
const GATE: i32 = 40;
/// Between the symbols of a station.
const STEP: i32 = 14;
/// A document below its box.
const DOCUMENT: (i32, i32) = (28, 36);
const BELOW_BOX: i32 = 10;
/// Between tracks, and what a channel and a gap are wide without any.
const TRACK: i32 = 10;
const CHANNEL: i32 = 26;
const GAP: i32 = 14;
/// From a channel's beginning to its first track.
const FIRST: i32 = 8;
/// The pool that takes messages, and the room above it.
const INBOX: i32 = 40;
const ABOVE_INBOX: i32 = 26;

/// Coordinates for everything.
pub(super) fn layout(chart: &Chart, grid: &Grid, plan: &Plan) -> Layout {
    let bands = Bands::of(chart, grid, plan);
    let places: Vec<Place> = (0..chart.stations.len()).map(|station| bands.place(station)).collect();
    let spot = Spot { bands: &bands, places: &places };
    let flows = plan.flows.iter().map(|path| spot.route(path)).collect();
    let message = |(station, by_end, path): &(usize, bool, Path)| Message {
        station: *station,
        by_end: *by_end,
        route: spot.route(path),
    };
    let inbox = Rect { x: 0, y: bands.foot + ABOVE_INBOX, w: bands.width, h: INBOX };
    let has_inbox = !plan.messages.is_empty();
    Layout {
        width: bands.width,
        height: if has_inbox { inbox.bottom() } else { bands.foot },
        lanes: bands.lanes.clone(),
        flows,
        messages: plan.messages.iter().map(message).collect(),
        inbox: has_inbox.then_some(inbox),
        places,
    }
}

/// Where channels, columns, gaps and rows begin, and which track is where.
struct Bands<'a> {
    chart: &'a Chart,
    grid: &'a Grid,
    channels: Vec<(i32, Vec<Net>)>,
    columns: Vec<i32>,
    /// Room before the boxes of a column.
    lead: Vec<i32>,
    /// Room behind the boxes of a column.
    tail: Vec<i32>,
    /// What each row needs above and below its middle.
    extents: Vec<(i32, i32)>,
    gaps: Vec<(i32, Vec<Net>)>,
    /// The middle of each row.
    rows: Vec<i32>,
    lanes: Vec<Rect>,
    width: i32,
    foot: i32,
}

impl<'a> Bands<'a> {
    fn of(chart: &'a Chart, grid: &'a Grid, plan: &Plan) -> Self {
        let order = Order { grid };
        let paths = || plan.flows.iter().chain(plan.messages.iter().map(|(_, _, path)| path));
        let mut vertical: Vec<Vec<Line<Net>>> = vec![Vec::new(); grid.columns + 1];
        let mut across: Vec<Vec<Line<Net>>> = vec![Vec::new(); grid.rows() + chart.lanes.len()];
        for path in paths() {
            order.collect(path, &mut vertical, &mut across);
        }
        let keys = |lines| tracks::order(lines).into_iter().map(|line: Line<Net>| line.key).collect();
        let channels: Vec<Vec<Net>> = vertical.into_iter().map(keys).collect();
        let gaps: Vec<Vec<Net>> = across.into_iter().map(keys).collect();
        let mut bands = Self {
            chart,
            grid,
            channels: Vec::new(),
            columns: Vec::new(),
            lead: vec![0; grid.columns],
            tail: vec![0; grid.columns],
            extents: vec![(EVENT, EVENT); grid.rows()],
            gaps: Vec::new(),
            rows: Vec::new(),
            lanes: Vec::new(),
            width: 0,
            foot: 0,
        };
        bands.measure();
        bands.spread_columns(channels);
        bands.spread_rows(gaps);
        bands
    }

    /// The greatest need of the stations of each column and row.
    fn measure(&mut self) {
        for (station, cell) in self.chart.stations.iter().zip(&self.grid.cells) {
            let (lead, tail) = (&mut self.lead[cell.column], &mut self.tail[cell.column]);
            (*lead, *tail) = ((*lead).max(station.lead()), (*tail).max(station.tail()));
            let (above, below) = &mut self.extents[cell.row];
            (*above, *below) = ((*above).max(station.above()), (*below).max(station.below()));
        }
    }

    fn spread_columns(&mut self, channels: Vec<Vec<Net>>) {
        let mut x = HEAD_WIDTH;
        for (index, nets) in channels.into_iter().enumerate() {
            let tracks = i32::try_from(nets.len()).unwrap_or_default();
            self.channels.push((x, nets));
            x += CHANNEL + TRACK * (tracks - 1).max(0);
            if index < self.grid.columns {
                self.columns.push(x);
                x += self.lead[index] + TASK_WIDTH + self.tail[index];
            }
        }
        self.width = x;
    }

    fn spread_rows(&mut self, gaps: Vec<Vec<Net>>) {
        let mut gaps = gaps.into_iter();
        let (mut y, mut row) = (0, 0);
        for lane in 0..self.chart.lanes.len() {
            let top = y;
            let needed = self.chart.lanes[lane].height();
            let spare = (needed - self.height_of_rows(lane, row)).max(0) / 2;
            for index in 0..=self.grid.rows_of_lane[lane] {
                let nets = gaps.next().unwrap_or_default();
                let tracks = i32::try_from(nets.len()).unwrap_or_default();
                let is_outer = index == 0 || index == self.grid.rows_of_lane[lane];
                self.gaps.push((y, nets));
                y += GAP + TRACK * tracks + if is_outer { spare } else { 0 };
                if index < self.grid.rows_of_lane[lane] {
                    let (above, below) = self.extents[row];
                    self.rows.push(y + above);
                    y += above + below;
                    row += 1;
                }
            }
            self.lanes.push(Rect { x: 0, y: top, w: self.width, h: y - top });
        }
        self.foot = y;
    }

    fn height_of_rows(&self, lane: usize, first: usize) -> i32 {
        let rows = first..first + self.grid.rows_of_lane[lane];
        rows.map(|row| self.extents[row]).map(|(above, below)| above + below + GAP).sum::<i32>() + GAP
    }

    fn place(&self, station: usize) -> Place {
        let cell = self.grid.cells[station];
        let (x, y) = (self.columns[cell.column] + self.lead[cell.column], self.rows[cell.row]);
        let station = &self.chart.stations[station];
        let height = station.height();
        let task = Rect { x, y: y - height / 2, w: TASK_WIDTH, h: height };
        let event = |x| Rect { x, y: y - EVENT / 2, w: EVENT, h: EVENT };
        let gate = Rect { x: task.right() + STEP, y: y - GATE / 2, w: GATE, h: GATE };
        let (w, h) = DOCUMENT;
        let document = Rect { x: task.right() - w - 24, y: task.bottom() + BELOW_BOX, w, h };
        Place {
            task,
            start: station.starts.then(|| event(x - STEP - EVENT)),
            gate: station.gate.map(|_| gate),
            end: station.end.map(|_| event(task.right() + STEP)),
            document: station.document.then_some(document),
        }
    }
}

/// Room that the symbols of a station take around the middle of its box.
impl Station {
    fn lead(&self) -> i32 {
        if self.starts { EVENT + STEP } else { 0 }
    }

    fn tail(&self) -> i32 {
        let gate = if self.gate.is_some() { STEP + GATE + BRANCH_WIDTH } else { 0 };
        gate.max(if self.end.is_some() { STEP + EVENT } else { 0 })
    }

    fn above(&self) -> i32 {
        (self.height() / 2).max(self.branches())
    }

    fn below(&self) -> i32 {
        let document = if self.document { BELOW_BOX + DOCUMENT.1 } else { 0 };
        (self.height() - self.height() / 2 + document).max(self.branches())
    }

    /// A condition with the words at its tips.
    fn branches(&self) -> i32 {
        let lines = i32::try_from(self.branch_lines).unwrap_or_default();
        if self.gate.is_some() { GATE / 2 + 14 + lines * BRANCH_LINE } else { 0 }
    }
}

/// Compares places of the grid without coordinates.
struct Order<'a> {
    grid: &'a Grid,
}

impl Order<'_> {
    fn x(&self, x: X) -> usize {
        let column = |station: usize| 2 * self.grid.cells[station].column + 1;
        match x {
            X::Track(channel, _) => 2 * channel,
            X::Right(station) | X::Left(station) | X::Tip(station) | X::Tell(station) => column(station),
        }
    }

    fn y(&self, y: Y) -> usize {
        let row = |row: usize| 2 * (row + self.grid.lane_of(row)) + 1;
        match y {
            Y::Row(at) => row(at),
            Y::Gap(gap, _) => 2 * gap,
            Y::Above(station) | Y::Below(station) | Y::Foot(station) => row(self.grid.cells[station].row),
            Y::Inbox => usize::MAX,
        }
    }

    /// Enters every part of a path that runs in a channel or a gap.
    fn collect(&self, path: &Path, vertical: &mut [Vec<Line<Net>>], across: &mut [Vec<Line<Net>>]) {
        for (index, pair) in path.points.windows(2).enumerate() {
            let &[(ax, ay), (bx, by)] = pair else { continue };
            let before = index.checked_sub(1).and_then(|index| path.points.get(index));
            let neighbours = [(before, ax, ay), (path.points.get(index + 2), bx, by)];
            match (ax, ay) {
                (X::Track(channel, key), _) if ax == bx => {
                    let ends = neighbours.map(|(next, x, y)| Some((self.x(next?.0), self.x(x), self.y(y))));
                    vertical[channel].push(line(key, (self.y(ay), self.y(by)), ends));
                }
                (_, Y::Gap(gap, key)) if ay == by => {
                    let ends = neighbours.map(|(next, x, y)| Some((self.y(next?.1), self.y(y), self.x(x))));
                    across[gap].push(line(key, (self.x(ax), self.x(bx)), ends));
                }
                _ => {}
            }
        }
    }
}

/// `ends`: where the neighbour of each end lies, where the line lies, and at which point along it they meet.
fn line(key: Net, span: (usize, usize), ends: [Option<(usize, usize, usize)>; 2]) -> Line<Net> {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for (neighbour, own, at) in ends.into_iter().flatten() {
        if neighbour < own { before.push(at) } else { after.push(at) }
    }
    Line { key, span: (span.0.min(span.1), span.0.max(span.1)), before, after }
}

/// Coordinates of the names of the grid.
struct Spot<'a> {
    bands: &'a Bands<'a>,
    places: &'a [Place],
}

impl Spot<'_> {
    fn route(&self, path: &Path) -> Route {
        let mut points: Vec<Point> = Vec::new();
        for &(x, y) in &path.points {
            let point = Point { x: self.x(x), y: self.y(y) };
            let straight =
                |a: &Point, b: &Point| (a.x == b.x && b.x == point.x) || (a.y == b.y && b.y == point.y);
            if points.last() == Some(&point) {
                continue;
            }
            if let [.., a, b] = points.as_slice()
                && straight(a, b)
            {
                points.pop();
            }
            points.push(point);
        }
        Route { points, exit: path.exit }
    }

    fn x(&self, x: X) -> i32 {
        match x {
            X::Right(station) => {
                let place = &self.places[station];
                place.gate.or(place.end).unwrap_or(place.task).right()
            }
            X::Left(station) => self.places[station].start.unwrap_or(self.places[station].task).x,
            X::Tip(station) => self.places[station].gate.unwrap_or(self.places[station].task).center().x,
            X::Tell(station) => self.places[station].task.x + 24,
            X::Track(channel, net) => track(&self.bands.channels[channel], net),
        }
    }

    fn y(&self, y: Y) -> i32 {
        match y {
            Y::Row(row) => self.bands.rows[row],
            Y::Gap(gap, net) => track(&self.bands.gaps[gap], net),
            Y::Above(station) => self.places[station].gate.unwrap_or(self.places[station].task).y,
            Y::Below(station) => self.places[station].gate.unwrap_or(self.places[station].task).bottom(),
            Y::Foot(station) => self.places[station].task.bottom(),
            Y::Inbox => self.bands.foot + ABOVE_INBOX,
        }
    }
}

fn track((begin, nets): &(i32, Vec<Net>), net: Net) -> i32 {
    let index = nets.iter().position(|other| *other == net).unwrap_or_default();
    begin + FIRST + TRACK * i32::try_from(index).unwrap_or_default()
}
