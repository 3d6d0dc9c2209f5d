//! Ids of the elements: made of action numbers, so that they stay the same while the table does.

use crate::draw::chart::Station;

/// Makes ids.
pub(super) struct Names;

macro_rules! names {
    ($($name:ident = $pattern:literal,)+) => {
        impl Names {
            $(
                pub(super) fn $name(action: u32) -> String {
                    format!($pattern, action)
                }
            )+
        }
    };
}

names! {
    task = "action-{}",
    start = "start-{}",
    gate = "condition-{}",
    end = "end-{}",
    document = "document-{}",
    data = "data-{}",
    association = "association-{}",
    from_start = "flow-start-{}",
    inner = "flow-{}-on",
}

impl Names {
    pub(super) fn lane(index: usize) -> String {
        format!("lane-{}", index + 1)
    }

    pub(super) fn flow(from: u32, to: u32) -> String {
        format!("flow-{from}-{to}")
    }

    pub(super) fn message(action: u32, by_end: bool) -> String {
        format!("message-{}", Self::sender(action, by_end))
    }

    /// What sends a message: the action, or the end after it.
    pub(super) fn sender(action: u32, by_end: bool) -> String {
        if by_end { Self::end(action) } else { Self::task(action) }
    }

    /// The nodes of a station that belong to its lane.
    pub(super) fn nodes(station: &Station) -> Vec<String> {
        let action = station.action;
        let start = station.starts.then(|| Self::start(action));
        let gate = station.gate.map(|_| Self::gate(action));
        let end = station.end.map(|_| Self::end(action));
        [start, Some(Self::task(action)), gate, end].into_iter().flatten().collect()
    }
}
