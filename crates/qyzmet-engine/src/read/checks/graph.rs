//! Walks over graphs of any size without recursion: an order, and the nodes that lie on rounds.

/// For each node the nodes that come after it.
pub(super) type Edges = Vec<Vec<usize>>;

/// All nodes, each after everything that can be reached from it, but for edges that lead back on the way.
pub(super) fn post_order(edges: &Edges) -> Vec<usize> {
    let mut order = Vec::with_capacity(edges.len());
    let mut seen = vec![false; edges.len()];
    for start in 0..edges.len() {
        visit(edges, start, &mut seen, &mut order);
    }
    order
}

/// Depth first from one node; nodes are told when everything behind them has been told.
fn visit(edges: &Edges, start: usize, seen: &mut [bool], order: &mut Vec<usize>) {
    if std::mem::replace(&mut seen[start], true) {
        return;
    }
    let mut open = vec![(start, 0)];
    while let Some((node, tried)) = open.pop() {
        match edges[node].get(tried) {
            Some(next) => {
                open.push((node, tried + 1));
                if !std::mem::replace(&mut seen[*next], true) {
                    open.push((*next, 0));
                }
            }
            None => order.push(node),
        }
    }
}

/// The edges the other way round.
pub(super) fn reversed(edges: &Edges) -> Edges {
    let mut reversed = vec![Vec::new(); edges.len()];
    for (from, tos) in edges.iter().enumerate() {
        for to in tos {
            reversed[*to].push(from);
        }
    }
    reversed
}

/// All nodes that can be reached from these, themselves included.
pub(super) fn reached(edges: &Edges, from: impl IntoIterator<Item = usize>) -> Vec<bool> {
    let mut seen = vec![false; edges.len()];
    for start in from {
        visit(edges, start, &mut seen, &mut Vec::new());
    }
    seen
}

/// The first node of each group of nodes that lead round to each other (Kosaraju's two walks).
pub(super) fn rounds(edges: &Edges) -> Vec<usize> {
    let back = reversed(edges);
    let mut seen = vec![false; edges.len()];
    let mut firsts = Vec::new();
    for start in post_order(edges).into_iter().rev() {
        let mut group = Vec::new();
        visit(&back, start, &mut seen, &mut group);
        if group.len() > 1 {
            firsts.extend(group.into_iter().min());
        }
    }
    firsts.sort_unstable();
    firsts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_are_found_and_ways_are_not_taken_for_rounds() {
        let edges = vec![vec![1, 2], vec![3], vec![3], vec![4], vec![5], vec![3, 6], vec![]];
        assert_eq!(rounds(&edges), [3]);
        assert_eq!(rounds(&vec![vec![1], vec![2], vec![]]), Vec::<usize>::new());
    }

    #[test]
    fn a_way_of_a_hundred_thousand_steps_needs_no_stack() {
        let last = 99_999;
        let line: Edges = (0..=last).map(|node| if node < last { vec![node + 1] } else { vec![0] }).collect();
        assert_eq!(rounds(&line), [0]);
        assert!(reached(&line, [5]).into_iter().all(|seen| seen));
        assert_eq!(post_order(&line).first(), Some(&last));
    }
}
