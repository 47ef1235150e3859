//! Where the boxes of a layered picture stand. Goes in: sizes, uses, levels and groups. Comes out:
//! whole coordinates, layers from left to right, few crossings. Never knows what a box means.

use std::collections::BTreeMap;

use crate::graph::{Diagram, NodeKind};

/// Boxes of bends, beyond which long uses are drawn straight.
const MOST_BENDS: usize = 20_000;
/// Passes over all layers.
const PASSES: usize = 8;
/// Room between two boxes of a layer.
const GAP: i64 = 14;
/// Room between two boxes of different groups, for the frame and the name of a group.
const GROUP_GAP: i64 = 52;
/// Room that a passing line takes.
const LINE: i64 = 4;

/// A box to be placed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    /// Its layer, from the left.
    pub layer: usize,
    /// Its height.
    pub height: i64,
    /// Boxes of a group stand together.
    pub group: Option<usize>,
}

/// Where everything stands.
pub(super) struct Placed {
    /// The middle of each item, from the top.
    pub middle: Vec<i64>,
    /// For each use the heights at which it passes the layers between its ends.
    pub bends: Vec<Vec<i64>>,
}

/// Places items; `uses` are pairs of indices, from a lower layer to a higher one.
pub(super) fn place(items: &[Item], uses: &[(usize, usize)]) -> Placed {
    let mut net = Net::new(items, uses);
    net.order();
    net.heights();
    let bends = net.ways.iter().map(|way| {
        let at = |node: &usize| net.middle.get(*node).copied().unwrap_or(0);
        way.iter().map(at).collect()
    });
    Placed {
        bends: bends.collect(),
        middle: net.middle.get(..items.len()).unwrap_or(&[]).to_vec(),
    }
}

/// Items and bends alike, by layer.
struct Net {
    items: Vec<Item>,
    layers: Vec<Vec<usize>>,
    before: Vec<Vec<usize>>,
    after: Vec<Vec<usize>>,
    /// The bends of each use.
    ways: Vec<Vec<usize>>,
    middle: Vec<i64>,
}

impl Net {
    fn new(items: &[Item], uses: &[(usize, usize)]) -> Net {
        let n_layers = items.iter().map(|item| item.layer + 1).max().unwrap_or(0);
        let mut net = Net {
            items: items.to_vec(),
            layers: vec![Vec::new(); n_layers],
            before: vec![Vec::new(); items.len()],
            after: vec![Vec::new(); items.len()],
            ways: Vec::with_capacity(uses.len()),
            middle: Vec::new(),
        };
        for (n, item) in items.iter().enumerate() {
            if let Some(layer) = net.layers.get_mut(item.layer) {
                layer.push(n);
            }
        }
        let layer = |n: &usize| items.get(*n).map_or(0, |item| item.layer);
        let n_bends: usize = uses
            .iter()
            .map(|(from, to)| layer(to).saturating_sub(layer(from)).saturating_sub(1))
            .fold(0, usize::saturating_add);
        for (from, to) in uses {
            let mut way = Vec::new();
            let mut last = *from;
            if n_bends <= MOST_BENDS {
                for layer in layer(from) + 1..layer(to) {
                    let bend = net.bend(layer);
                    net.link(last, bend);
                    way.push(bend);
                    last = bend;
                }
            }
            net.link(last, *to);
            net.ways.push(way);
        }
        net
    }

    fn bend(&mut self, layer: usize) -> usize {
        let n = self.items.len();
        self.items.push(Item {
            layer,
            height: LINE,
            group: None,
        });
        self.before.push(Vec::new());
        self.after.push(Vec::new());
        if let Some(layer) = self.layers.get_mut(layer) {
            layer.push(n);
        }
        n
    }

    fn link(&mut self, from: usize, to: usize) {
        if let Some(after) = self.after.get_mut(from) {
            after.push(to);
        }
        if let Some(before) = self.before.get_mut(to) {
            before.push(from);
        }
    }

    /// Puts each layer in the order of the middle of its neighbours, and keeps the best of all
    /// passes.
    fn order(&mut self) {
        let mut place: Vec<i64> = vec![0; self.items.len()];
        let note = |place: &mut Vec<i64>, layer: &[usize]| {
            for (at, node) in layer.iter().enumerate() {
                if let Some(place) = place.get_mut(*node) {
                    *place = i64::try_from(at).unwrap_or(i64::MAX);
                }
            }
        };
        let mut layers = std::mem::take(&mut self.layers);
        for layer in &mut layers {
            self.together(layer, &BTreeMap::new());
            note(&mut place, layer);
        }
        let mut best = (self.crossings(&layers, &place), layers.clone());
        for pass in 0..PASSES {
            // Upwards first: the ends are in the order of the plan, and that is worth keeping.
            let is_down = pass % 2 == 1;
            let sides = if is_down { &self.before } else { &self.after };
            let mut indices: Vec<usize> = (0..layers.len()).collect();
            if !is_down {
                indices.reverse();
            }
            for index in indices {
                let Some(layer) = layers.get_mut(index) else {
                    continue;
                };
                let mut wish: BTreeMap<usize, i64> = BTreeMap::new();
                for node in layer.iter() {
                    let near = sides.get(*node).map_or(&[][..], Vec::as_slice);
                    let own = place.get(*node).copied().unwrap_or(0);
                    // In finer steps, so that a mean falls between two places.
                    wish.insert(*node, mean(near, &place, 1024).unwrap_or(own * 1024));
                }
                layer.sort_by_key(|node| wish.get(node).copied());
                self.together(layer, &wish);
                note(&mut place, layer);
            }
            let crossings = self.crossings(&layers, &place);
            if crossings < best.0 {
                best = (crossings, layers.clone());
            }
        }
        self.layers = best.1;
    }

    /// Puts the members of a group next to each other, groups in the order of their middle.
    fn together(&self, layer: &mut [usize], wish: &BTreeMap<usize, i64>) {
        let group = |node: &usize| self.items.get(*node).and_then(|item| item.group);
        let mut sums: BTreeMap<usize, (i64, i64)> = BTreeMap::new();
        for (at, node) in layer.iter().enumerate() {
            if let Some(group) = group(node) {
                let at = i64::try_from(at).unwrap_or(i64::MAX) * 1024;
                let (sum, n) = sums.entry(group).or_default();
                *sum = sum.saturating_add(wish.get(node).copied().unwrap_or(at));
                *n += 1;
            }
        }
        if sums.is_empty() {
            return;
        }
        let key = |at: usize, node: &usize| match group(node) {
            Some(group) => {
                let (sum, n) = sums.get(&group).copied().unwrap_or((0, 1));
                (sum / n.max(1), group)
            }
            None => {
                let at = i64::try_from(at).unwrap_or(i64::MAX) * 1024;
                (wish.get(node).copied().unwrap_or(at), usize::MAX)
            }
        };
        let mut keyed: Vec<((i64, usize), usize)> = layer
            .iter()
            .enumerate()
            .map(|(at, node)| (key(at, node), *node))
            .collect();
        keyed.sort_by_key(|(key, _)| *key);
        for (slot, (_, node)) in layer.iter_mut().zip(keyed) {
            *slot = node;
        }
    }

    /// How often two uses between neighbouring layers cross.
    fn crossings(&self, layers: &[Vec<usize>], place: &[i64]) -> u64 {
        let mut total: u64 = 0;
        for layer in layers {
            // The ends of all uses in the order of their beginnings; each later, lower end crosses.
            let mut counts: Vec<u64> = vec![0; layer.len() + 2];
            let mut ends: Vec<(usize, usize)> = Vec::new();
            for (at, node) in layer.iter().enumerate() {
                for from in self.before.get(*node).into_iter().flatten() {
                    let from = place.get(*from).copied().unwrap_or(0);
                    ends.push((usize::try_from(from).unwrap_or(0), at));
                }
            }
            ends.sort_unstable();
            for (seen, (_, at)) in (0u64..).zip(&ends) {
                // A binary indexed tree: how many earlier ends stand at most as high.
                let mut below = 0;
                let mut index = at + 1;
                while index > 0 {
                    below += counts.get(index).copied().unwrap_or(0);
                    index &= index - 1;
                }
                total = total.saturating_add(seen - below);
                let mut index = at + 1;
                while let Some(count) = counts.get_mut(index) {
                    *count += 1;
                    index += index & index.wrapping_neg();
                }
            }
        }
        total
    }

    /// Heights near those of the neighbours, in the order found and without overlap.
    fn heights(&mut self) {
        self.middle = vec![0; self.items.len()];
        let layers = std::mem::take(&mut self.layers);
        for layer in &layers {
            self.stack(layer, |_| None);
        }
        for pass in 0..PASSES {
            let is_down = pass % 2 == 0;
            let mut order: Vec<&Vec<usize>> = layers.iter().collect();
            if !is_down {
                order.reverse();
            }
            for layer in order {
                let sides = if is_down { &self.before } else { &self.after };
                let wishes: BTreeMap<usize, i64> = layer
                    .iter()
                    .filter_map(|node| {
                        let near = sides.get(*node)?;
                        Some((*node, mean(near, &self.middle, 1)?))
                    })
                    .collect();
                self.stack(layer, |node| wishes.get(&node).copied());
            }
        }
        let top = self
            .items
            .iter()
            .zip(&self.middle)
            .map(|(item, middle)| middle - item.height / 2)
            .min()
            .unwrap_or(0);
        for middle in &mut self.middle {
            *middle -= top;
        }
        self.layers = layers;
        self.compact();
    }

    /// Takes out strips across the whole picture in which nothing stands.
    fn compact(&mut self) {
        let mut order: Vec<usize> = (0..self.items.len()).collect();
        let extent = |node: &usize| {
            let middle = self.middle.get(*node).copied().unwrap_or(0);
            let height = self.items.get(*node).map_or(0, |item| item.height);
            (middle - height / 2, middle + height / 2)
        };
        order.sort_by_key(extent);
        let (mut end, mut shift) = (0, 0);
        let mut shifts: Vec<(usize, i64)> = Vec::with_capacity(order.len());
        for node in order {
            let (top, bottom) = extent(&node);
            shift += (top - end - GROUP_GAP).max(0);
            end = end.max(bottom);
            shifts.push((node, shift));
        }
        for (node, shift) in shifts {
            if let Some(middle) = self.middle.get_mut(node) {
                *middle -= shift;
            }
        }
    }

    /// The heights nearest to what is wished that keep order and room: neighbours that would
    /// overlap are pooled and share their mean.
    fn stack(&mut self, layer: &[usize], wish: impl Fn(usize) -> Option<i64>) {
        let mut offset = 0;
        let mut offsets = Vec::with_capacity(layer.len());
        let mut last: Option<Item> = None;
        for node in layer {
            let Some(item) = self.items.get(*node).copied() else {
                continue;
            };
            if let Some(last) = last {
                let gap = match (last.group, item.group) {
                    (None, None) => GAP,
                    (a, b) if a == b => GAP,
                    _ => GROUP_GAP,
                };
                offset += last.height / 2 + gap + (item.height + 1) / 2;
            }
            offsets.push(offset);
            last = Some(item);
        }
        // Pools of (sum, count).
        let mut pools: Vec<(i64, i64)> = Vec::new();
        for (node, offset) in layer.iter().zip(&offsets) {
            let own = self.middle.get(*node).copied().unwrap_or(0);
            let mut pool = (wish(*node).unwrap_or(own) - offset, 1);
            while let Some(before) = pools.pop_if(|before| before.0 / before.1 > pool.0 / pool.1) {
                pool = (before.0 + pool.0, before.1 + pool.1);
            }
            pools.push(pool);
        }
        let mut nodes = layer.iter().zip(&offsets);
        for (sum, count) in pools {
            for _ in 0..count {
                if let Some((node, offset)) = nodes.next()
                    && let Some(middle) = self.middle.get_mut(*node)
                {
                    *middle = sum / count + offset;
                }
            }
        }
    }
}

/// The mean of some values, times a factor.
fn mean(of: &[usize], values: &[i64], factor: i64) -> Option<i64> {
    let n = i64::try_from(of.len()).ok().filter(|n| *n > 0)?;
    let sum: i64 = of.iter().filter_map(|node| values.get(*node)).sum();
    Some(sum * factor / n)
}

/// The layer of each node that a use joins to another, and how many layers there are.
///
/// Ends stand on the right; everything else as near to its users as it can.
pub(super) fn layers(diagram: &Diagram) -> (Vec<Option<usize>>, usize) {
    let n = diagram.nodes.len();
    let mut is_joined = vec![false; n];
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); n];
    for edge in &diagram.edges {
        for end in [edge.used, edge.user] {
            if let Some(joined) = is_joined.get_mut(end) {
                *joined = true;
            }
        }
        if let Some(users) = users.get_mut(edge.used) {
            users.push(edge.user);
        }
    }
    // What is held against each other stands together, not in rows below.
    for tie in &diagram.ties {
        for end in [Some(tie.about), tie.whole, tie.part].into_iter().flatten() {
            if let (Some(joined), true) = (is_joined.get_mut(end), tie.whole.is_some()) {
                *joined = true;
            }
        }
    }
    let last = diagram
        .nodes
        .iter()
        .map(|node| node.level)
        .max()
        .unwrap_or(0);
    let mut layers: Vec<Option<usize>> = vec![None; n];
    // Users stand behind what they use, so that each is placed before it is asked for.
    for (index, node) in diagram.nodes.iter().enumerate().rev() {
        if !is_joined.get(index).copied().unwrap_or(false) {
            continue;
        }
        let of_users = users.get(index).map_or(&[][..], Vec::as_slice).iter();
        let first = of_users
            .filter_map(|user| layers.get(*user).copied().flatten())
            .min();
        let layer = match first {
            Some(first) => first.saturating_sub(1),
            None if node.kind.is_end() || node.kind == NodeKind::Decision => last,
            None => node.level,
        };
        if let Some(slot) = layers.get_mut(index) {
            *slot = Some(layer);
        }
    }
    let n_layers = layers.iter().flatten().max().map_or(0, |last| last + 1);
    (layers, n_layers)
}
