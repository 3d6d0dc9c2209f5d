//! The row of each station inside its lane: the main way straight along the first row, the others where there is room.

use std::collections::BTreeSet;

use crate::draw::chart::Chart;

/// A place on the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cell {
    pub(super) column: usize,
    pub(super) row: usize,
}

/// Where each station stands on the grid, and which lane has which rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    /// One for each station.
    pub(super) cells: Vec<Cell>,
    /// Rows of each lane, at least one.
    pub(super) rows_of_lane: Vec<usize>,
    pub(super) columns: usize,
    taken: BTreeSet<Cell>,
}

impl Grid {
    /// Whether a station stands here.
    pub(super) fn is_taken(&self, column: usize, row: usize) -> bool {
        self.taken.contains(&Cell { column, row })
    }

    /// Number of all rows.
    pub(super) fn rows(&self) -> usize {
        self.rows_of_lane.iter().sum()
    }

    /// The lane of a row.
    pub(super) fn lane_of(&self, row: usize) -> usize {
        let mut first = 0;
        for (lane, rows) in self.rows_of_lane.iter().enumerate() {
            first += rows;
            if row < first {
                return lane;
            }
        }
        self.rows_of_lane.len().saturating_sub(1)
    }
}

/// Stands every station in a row of its lane.
pub(super) fn grid(chart: &Chart, columns: &[usize]) -> Grid {
    let main = main_way(chart);
    let mut order: Vec<usize> = (0..chart.stations.len()).collect();
    order.sort_by_key(|station| (!main.contains(station), columns[*station], *station));
    let mut lanes = vec![Lane::default(); chart.lanes.len()];
    let mut local = vec![0; chart.stations.len()];
    reserve(chart, columns, &main, &mut lanes);
    for station in order {
        let lane = &mut lanes[chart.stations[station].lane];
        local[station] = lane.stand(columns[station], main.contains(&station));
    }
    assemble(chart, columns, &local, &lanes)
}

/// The stations on the way that a case goes when nothing fails.
fn main_way(chart: &Chart) -> BTreeSet<usize> {
    let mut next = vec![None; chart.stations.len()];
    for flow in &chart.flows {
        next[flow.from].get_or_insert(flow.to);
    }
    let mut way = BTreeSet::new();
    let mut at = (!chart.stations.is_empty()).then_some(0);
    while let Some(station) = at.filter(|station| way.insert(*station)) {
        at = next[station];
    }
    way
}

/// Rows under assignment, by the columns that are taken or kept free for the main way.
#[derive(Clone, Default)]
struct Lane {
    taken: Vec<BTreeSet<usize>>,
    kept: BTreeSet<usize>,
}

impl Lane {
    fn stand(&mut self, column: usize, main: bool) -> usize {
        let free = |(row, taken): (usize, &BTreeSet<usize>)| {
            !taken.contains(&column) && (main || row > 0 || !self.kept.contains(&column))
        };
        let first = usize::from(self.taken.is_empty() && !main && self.kept.contains(&column));
        let found = (0..self.taken.len()).find(|&row| free((row, &self.taken[row])));
        let row = found.unwrap_or(self.taken.len().max(first));
        while self.taken.len() <= row {
            self.taken.push(BTreeSet::new());
        }
        self.taken[row].insert(column);
        row
    }
}

/// Keeps the cells between two neighbours of the main way in one lane, so that the flow between them runs straight.
fn reserve(chart: &Chart, columns: &[usize], main: &BTreeSet<usize>, lanes: &mut [Lane]) {
    for flow in chart.flows.iter().filter(|flow| main.contains(&flow.from) && main.contains(&flow.to)) {
        let (from, to) = (&chart.stations[flow.from], &chart.stations[flow.to]);
        if from.lane == to.lane {
            lanes[from.lane]
                .kept
                .extend(columns[flow.from] + 1..columns[flow.to].max(columns[flow.from] + 1));
        }
    }
}

fn assemble(chart: &Chart, columns: &[usize], local: &[usize], lanes: &[Lane]) -> Grid {
    let rows_of_lane: Vec<usize> = lanes.iter().map(|lane| lane.taken.len().max(1)).collect();
    let first = |lane: usize| rows_of_lane.iter().take(lane).sum::<usize>();
    let firsts: Vec<usize> = (0..rows_of_lane.len()).map(first).collect();
    let cell = |(index, station): (usize, &crate::draw::chart::Station)| Cell {
        column: columns[index],
        row: firsts[station.lane] + local[index],
    };
    let cells: Vec<Cell> = chart.stations.iter().enumerate().map(cell).collect();
    let taken = cells.iter().copied().collect();
    let columns = columns.iter().max().map_or(0, |last| last + 1);
    Grid { cells, rows_of_lane, columns, taken }
}
