//! The order of lines that share a channel or a gap: the one in which the fewest cross.

/// A line in a channel, turned so that the channel runs along and `before` and `after` are its two sides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line<K> {
    pub(super) key: K,
    /// Where it begins and ends along the channel.
    pub(super) span: (usize, usize),
    /// Where other parts of it come from the side before the channel.
    pub(super) before: Vec<usize>,
    /// Where they go to the side after it.
    pub(super) after: Vec<usize>,
}

/// Above this number the order by beginnings is good enough: the search is cubic.
const SEARCHED: usize = 32;
/// Two lines on top of each other are worse than many crossings.
const OVERLAP: usize = 1_000;

/// Orders lines from before to after; lines with one key become one.
pub(super) fn order<K: Copy + Ord>(lines: impl IntoIterator<Item = Line<K>>) -> Vec<Line<K>> {
    let mut joined: Vec<Line<K>> = Vec::new();
    for line in lines {
        match joined.iter_mut().find(|other| other.key == line.key) {
            Some(other) => other.join(line),
            None => joined.push(line),
        }
    }
    joined.sort_by_key(|line| (line.span, line.key));
    if joined.len() > SEARCHED {
        return joined;
    }
    let mut ordered: Vec<Line<K>> = Vec::new();
    for line in joined {
        let place = (0..=ordered.len()).min_by_key(|&place| {
            let (before, after) = ordered.split_at(place);
            let first = before.iter().map(|other| cost(other, &line)).sum::<usize>();
            first + after.iter().map(|other| cost(&line, other)).sum::<usize>()
        });
        ordered.insert(place.unwrap_or_default(), line);
    }
    ordered
}

impl<K> Line<K> {
    fn join(&mut self, other: Self) {
        self.span = (self.span.0.min(other.span.0), self.span.1.max(other.span.1));
        self.before.extend(other.before);
        self.after.extend(other.after);
    }

    fn covers(&self, at: usize) -> bool {
        self.span.0 < at && at < self.span.1
    }
}

/// Crossings when the first stands before the second.
fn cost<K>(first: &Line<K>, second: &Line<K>) -> usize {
    let out = first.after.iter().filter(|at| second.covers(**at)).count();
    let into = second.before.iter().filter(|at| first.covers(**at)).count();
    let overlaps = first.after.iter().filter(|at| second.before.contains(at)).count();
    out + into + overlaps * OVERLAP
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_go_the_same_way_do_not_cross() {
        let down = |key, from, to| Line { key, span: (from, to), before: vec![from], after: vec![to] };
        let keys: Vec<u8> = order([down(1, 0, 6), down(2, 2, 8)]).iter().map(|line| line.key).collect();
        assert_eq!(keys, [2, 1]);
    }

    #[test]
    fn a_line_that_leaves_a_row_stands_before_one_that_enters_it() {
        let leaves = Line { key: 1, span: (3, 9), before: vec![3], after: vec![9] };
        let enters = Line { key: 2, span: (1, 3), before: vec![1], after: vec![3] };
        let keys: Vec<u8> = order([enters, leaves]).iter().map(|line| line.key).collect();
        assert_eq!(keys, [1, 2]);
    }
}
