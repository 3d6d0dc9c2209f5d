//! The way of each flow over the grid, in names of channels, gaps and rows; coordinates come later.

use std::collections::BTreeSet;

use super::Exit;
use super::rows::{Cell, Grid};
use crate::draw::chart::{Chart, End};

/// Who owns a track: flows to one station share theirs, so that they visibly join.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Net {
    /// Everything that leads to this station.
    To(usize),
    /// The beginning of this flow.
    Flow(usize),
    /// This message.
    Message(usize),
}

/// A vertical line of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum X {
    /// The right side of what belongs to a station.
    Right(usize),
    /// The left side.
    Left(usize),
    /// The tips of its condition.
    Tip(usize),
    /// The place of its box from which it sends messages.
    Tell(usize),
    /// A track in the channel before this column.
    Track(usize, Net),
}

/// A horizontal line of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Y {
    /// The middle of a row.
    Row(usize),
    /// A track in the gap above this row; every lane has one more gap than rows.
    Gap(usize, Net),
    /// The upper tip of a condition.
    Above(usize),
    /// The lower tip.
    Below(usize),
    /// The lower side of the box.
    Foot(usize),
    /// The pool that takes messages.
    Inbox,
}

/// The way of one flow.
#[derive(Clone, Debug, Default)]
pub(super) struct Path {
    pub(super) points: Vec<(X, Y)>,
    pub(super) exit: Exit,
}

/// The ways of all flows and messages.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub(super) flows: Vec<Path>,
    /// Station, whether its end sends, way.
    pub(super) messages: Vec<(usize, bool, Path)>,
}

/// Finds a way for everything.
pub(super) fn plan(chart: &Chart, grid: &Grid) -> Plan {
    let mut router = Router { chart, grid, along: BTreeSet::new(), across: BTreeSet::new() };
    let exits = exits(chart, grid);
    let mut order: Vec<usize> = (0..chart.flows.len()).collect();
    order.sort_by_key(|&flow| {
        let (from, to) = router.ends(flow);
        (from.row != to.row, from.column.abs_diff(to.column), flow)
    });
    let mut flows = vec![Path::default(); chart.flows.len()];
    for flow in order {
        flows[flow] = router.path(flow, exits[flow]);
    }
    Plan { flows, messages: messages(chart, grid) }
}

/// The gap above a row, or below it. Gaps are counted from above, one more in each lane than it has rows.
pub(super) fn gap(grid: &Grid, row: usize, below: bool) -> usize {
    row + grid.lane_of(row) + usize::from(below)
}

/// The side by which each flow leaves: straight on if it can, else by the tip that looks where it goes.
fn exits(chart: &Chart, grid: &Grid) -> Vec<Exit> {
    let mut exits = vec![Exit::Right; chart.flows.len()];
    for station in 0..chart.stations.len() {
        if chart.stations[station].gate.is_none() {
            continue;
        }
        let row = grid.cells[station].row;
        let mut flows: Vec<usize> =
            (0..chart.flows.len()).filter(|&flow| chart.flows[flow].from == station).collect();
        flows.sort_by_key(|&flow| (grid.cells[chart.flows[flow].to].row != row, flow));
        let mut free = vec![Exit::Down, Exit::Up];
        for &flow in flows.iter().skip(1) {
            let up = grid.cells[chart.flows[flow].to].row < row;
            let wish = if up { Exit::Up } else { Exit::Down };
            let side = if free.contains(&wish) { Some(wish) } else { free.first().copied() };
            exits[flow] = side.unwrap_or(wish);
            free.retain(|exit| Some(*exit) != side);
        }
    }
    exits
}

struct Router<'a> {
    chart: &'a Chart,
    grid: &'a Grid,
    /// Empty cells that a flow runs along.
    along: BTreeSet<Cell>,
    /// Empty cells that a flow runs down or up through.
    across: BTreeSet<Cell>,
}

impl Router<'_> {
    fn ends(&self, flow: usize) -> (Cell, Cell) {
        let flow = &self.chart.flows[flow];
        (self.grid.cells[flow.from], self.grid.cells[flow.to])
    }

    fn path(&mut self, flow: usize, exit: Exit) -> Path {
        let points = self.drop(flow, exit).or_else(|| self.run(flow, exit));
        Path { points: points.unwrap_or_else(|| self.around(flow, exit)), exit }
    }

    /// Straight down or up from the tip of the condition into the row of the target, then along it.
    fn drop(&mut self, flow: usize, exit: Exit) -> Option<Vec<(X, Y)>> {
        let (from, to) = self.ends(flow);
        let towards = if exit == Exit::Down { to.row > from.row } else { to.row < from.row };
        if exit == Exit::Right || !towards || to.column <= from.column {
            return None;
        }
        let rows = if to.row > from.row { from.row + 1..to.row + 1 } else { to.row..from.row };
        let cells: Vec<Cell> = rows.map(|row| Cell { column: from.column, row }).collect();
        let blocked = |cell: &Cell| self.grid.is_taken(cell.column, cell.row) || self.across.contains(cell);
        if cells.iter().any(blocked) || !self.can_run(from.column, to.column, to.row) {
            return None;
        }
        self.across.extend(cells);
        self.mark(from.column, to.column, to.row);
        let Flowing { from: station, to: target, .. } = self.flowing(flow);
        Some(vec![
            self.tip(station, exit),
            (X::Tip(station), Y::Row(to.row)),
            (X::Left(target), Y::Row(to.row)),
        ])
    }

    /// Into the channel, to the row of the target and along it; or along the own row and then to the other.
    fn run(&mut self, flow: usize, exit: Exit) -> Option<Vec<(X, Y)>> {
        let (from, to) = self.ends(flow);
        let Flowing { to: target, net, .. } = self.flowing(flow);
        if to.column <= from.column {
            return None;
        }
        if self.can_run(from.column + 1, to.column, to.row) {
            self.mark(from.column + 1, to.column, to.row);
            if exit == Exit::Right && from.row == to.row {
                let row = Y::Row(to.row);
                return Some(vec![(X::Right(self.flowing(flow).from), row), (X::Left(target), row)]);
            }
            let channel = X::Track(from.column + 1, net);
            let mut points = self.leave(flow, exit, channel);
            points.extend([(channel, Y::Row(to.row)), (X::Left(target), Y::Row(to.row))]);
            return Some(points);
        }
        if exit == Exit::Right && self.can_run(from.column + 1, to.column, from.row) {
            self.mark(from.column + 1, to.column, from.row);
            let channel = X::Track(to.column, net);
            let mut points = self.leave(flow, exit, channel);
            points.extend([(channel, Y::Row(to.row)), (X::Left(target), Y::Row(to.row))]);
            return Some(points);
        }
        None
    }

    /// Through the gap beside the row of the target: always possible, also backwards.
    fn around(&self, flow: usize, exit: Exit) -> Vec<(X, Y)> {
        let (from, to) = self.ends(flow);
        let Flowing { from: station, to: target, net } = self.flowing(flow);
        let into = gap(self.grid, to.row, to.row <= from.row);
        let entry = X::Track(to.column, net);
        let last = [(entry, Y::Gap(into, net)), (entry, Y::Row(to.row)), (X::Left(target), Y::Row(to.row))];
        let own = match exit {
            Exit::Right => None,
            Exit::Up => Some(gap(self.grid, from.row, false)),
            Exit::Down => Some(gap(self.grid, from.row, true)),
        };
        let mut points = if own == Some(into) {
            vec![self.tip(station, exit), (X::Tip(station), Y::Gap(into, net))]
        } else {
            let channel = X::Track(from.column + 1, Net::Flow(flow));
            let mut points = self.leave(flow, exit, channel);
            points.push((channel, Y::Gap(into, net)));
            points
        };
        points.extend(last);
        points
    }

    /// From the station to the first vertical line, and the point on it.
    fn leave(&self, flow: usize, exit: Exit, channel: X) -> Vec<(X, Y)> {
        let station = self.flowing(flow).from;
        let row = self.grid.cells[station].row;
        if exit == Exit::Right {
            return vec![(X::Right(station), Y::Row(row)), (channel, Y::Row(row))];
        }
        let track = Y::Gap(gap(self.grid, row, exit == Exit::Down), Net::Flow(flow));
        vec![self.tip(station, exit), (X::Tip(station), track), (channel, track)]
    }

    fn tip(&self, station: usize, exit: Exit) -> (X, Y) {
        (X::Tip(station), if exit == Exit::Up { Y::Above(station) } else { Y::Below(station) })
    }

    fn flowing(&self, flow: usize) -> Flowing {
        let flow = &self.chart.flows[flow];
        Flowing { from: flow.from, to: flow.to, net: Net::To(flow.to) }
    }

    /// Whether the cells of a row from this column up to, and without, the other are empty.
    fn can_run(&self, from: usize, to: usize, row: usize) -> bool {
        (from..to)
            .all(|column| !self.grid.is_taken(column, row) && !self.along.contains(&Cell { column, row }))
    }

    fn mark(&mut self, from: usize, to: usize, row: usize) {
        self.along.extend((from..to).map(|column| Cell { column, row }));
    }
}

struct Flowing {
    from: usize,
    to: usize,
    net: Net,
}

/// Messages go down their channel into the pool below all lanes.
fn messages(chart: &Chart, grid: &Grid) -> Vec<(usize, bool, Path)> {
    let mut messages = Vec::new();
    for (index, station) in chart.stations.iter().enumerate() {
        let cell = grid.cells[index];
        if station.tells {
            let net = Net::Message(messages.len());
            let (channel, below) = (X::Track(cell.column + 1, net), Y::Gap(gap(grid, cell.row, true), net));
            let points = vec![
                (X::Tell(index), Y::Foot(index)),
                (X::Tell(index), below),
                (channel, below),
                (channel, Y::Inbox),
            ];
            messages.push((index, false, Path { points, exit: Exit::Down }));
        }
        if station.end == Some(End::Message) {
            let channel = X::Track(cell.column + 1, Net::Message(messages.len()));
            let row = Y::Row(cell.row);
            let points = vec![(X::Right(index), row), (channel, row), (channel, Y::Inbox)];
            messages.push((index, true, Path { points, exit: Exit::Right }));
        }
    }
    messages
}
