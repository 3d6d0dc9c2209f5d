//! The column of each station: one further than the furthest of those it follows; flows that lead back do not count.

use crate::draw::chart::Chart;

/// The column of each station.
pub(super) fn columns(chart: &Chart) -> Vec<usize> {
    let count = chart.stations.len();
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); count];
    for flow in &chart.flows {
        next[flow.from].push(flow.to);
    }
    let mut columns = vec![0; count];
    // In this order every flow that does not lead back goes from an earlier station to a later one.
    let order = forward_order(&next);
    let mut position = vec![0; count];
    for (index, station) in order.iter().enumerate() {
        position[*station] = index;
    }
    for &station in &order {
        for &to in &next[station] {
            if position[to] > position[station] {
                columns[to] = columns[to].max(columns[station] + 1);
            }
        }
    }
    columns
}

/// Stations in the reverse order in which a depth-first walk leaves them. The walk keeps its own stack: a table may
/// have thousands of actions.
fn forward_order(next: &[Vec<usize>]) -> Vec<usize> {
    let mut seen = vec![false; next.len()];
    let mut left = Vec::with_capacity(next.len());
    for root in 0..next.len() {
        if seen[root] {
            continue;
        }
        seen[root] = true;
        let mut stack = vec![(root, 0)];
        while let Some((station, tried)) = stack.last_mut() {
            if let Some(&to) = next[*station].get(*tried) {
                *tried += 1;
                if !seen[to] {
                    seen[to] = true;
                    stack.push((to, 0));
                }
            } else {
                left.push(*station);
                stack.pop();
            }
        }
    }
    left.reverse();
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::chart::{Flow, Station};

    fn chart(count: usize, flows: &[(usize, usize)]) -> Chart {
        let flows =
            flows.iter().map(|&(from, to)| Flow { from, to, branches: Vec::new(), lines: Vec::new() });
        Chart { stations: vec![Station::default(); count], flows: flows.collect(), ..Chart::default() }
    }

    #[test]
    fn a_station_stands_after_all_that_lead_to_it() {
        assert_eq!(columns(&chart(4, &[(0, 1), (0, 2), (1, 3), (2, 3), (1, 2)])), [0, 1, 2, 3]);
    }

    #[test]
    fn a_flow_back_does_not_move_anything() {
        assert_eq!(columns(&chart(3, &[(0, 1), (1, 0), (1, 2), (2, 1)])), [0, 1, 2]);
    }

    #[test]
    fn ten_thousand_in_a_row_need_no_deep_stack() {
        let flows: Vec<_> = (0..9_999).map(|from| (from, from + 1)).collect();
        assert_eq!(columns(&chart(10_000, &flows))[9_999], 9_999);
    }
}
