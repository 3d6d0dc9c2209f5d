//! Where each symbol stands: lanes of rows, columns of stations, and flows in the channels between them.
//!
//! Layered drawing in five steps: [`rank`] gives each station its column, [`rows`] its row inside its lane, [`paths`]
//! leads each flow over the grid, [`tracks`] orders the flows that share a channel, [`place`] turns all of it into
//! coordinates. Flows run only in channels between columns, in gaps between rows, and through cells that are empty:
//! that is why none can cross a box.

mod paths;
mod place;
mod rank;
mod rows;
mod tracks;

use crate::draw::chart::Chart;

/// A point of the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Point {
    pub(crate) x: i32,
    pub(crate) y: i32,
}

/// A box of the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rect {
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) w: i32,
    pub(crate) h: i32,
}

impl Rect {
    pub(crate) fn right(self) -> i32 {
        self.x + self.w
    }

    pub(crate) fn bottom(self) -> i32 {
        self.y + self.h
    }

    pub(crate) fn center(self) -> Point {
        Point { x: self.x + self.w / 2, y: self.y + self.h / 2 }
    }
}

/// Where the symbols of a station stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) task: Rect,
    pub(crate) start: Option<Rect>,
    pub(crate) gate: Option<Rect>,
    pub(crate) end: Option<Rect>,
    pub(crate) document: Option<Rect>,
}

impl Place {
    /// All boxes of the station.
    #[cfg(test)]
    pub(crate) fn boxes(&self) -> impl Iterator<Item = Rect> {
        std::iter::once(self.task)
            .chain([self.start, self.gate, self.end, self.document].into_iter().flatten())
    }
}

/// The line of a flow, from its beginning to its end, with the corners between.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Route {
    pub(crate) points: Vec<Point>,
    /// Which way it leaves the condition.
    pub(crate) exit: Exit,
}

/// The side by which a flow leaves its station.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Exit {
    /// To the right, as time goes.
    #[default]
    Right,
    /// Upwards, from the tip of a condition.
    Up,
    /// Downwards, from the tip of a condition.
    Down,
}

/// A message that a station sends to the recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    pub(crate) station: usize,
    /// Whether the end of the case sends it, and not the action.
    pub(crate) by_end: bool,
    pub(crate) route: Route,
}

/// The whole picture without its legend.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) width: i32,
    pub(crate) height: i32,
    /// One for each lane, its head included.
    pub(crate) lanes: Vec<Rect>,
    /// One for each station.
    pub(crate) places: Vec<Place>,
    /// One for each flow.
    pub(crate) flows: Vec<Route>,
    pub(crate) messages: Vec<Message>,
    /// The pool that takes messages, when there are any.
    pub(crate) inbox: Option<Rect>,
}

impl Layout {
    /// Gives everything on the chart its place.
    pub(crate) fn of(chart: &Chart) -> Self {
        let columns = rank::columns(chart);
        let grid = rows::grid(chart, &columns);
        let plan = paths::plan(chart, &grid);
        place::layout(chart, &grid, &plan)
    }
}
