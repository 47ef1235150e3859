//! Conditions of conditions: when each kind holds and when it does not, as strong Kleene logic has it.

use super::Truths;
use crate::prove::formula::Node;
use crate::prove::world::World;

pub(in crate::prove) fn constant(world: &mut World, truth: bool) -> Truths {
    Truths {
        yes: world.forms.truth(truth),
        no: world.forms.truth(!truth),
        is_total: true,
    }
}

pub(in crate::prove) fn joined(world: &mut World, parts: &[Truths], is_all: bool) -> Truths {
    let yes = parts.iter().map(|part| part.yes).collect();
    let no = parts.iter().map(|part| part.no).collect();
    Truths {
        yes: match is_all {
            true => world.forms.all(yes),
            false => world.forms.any(yes),
        },
        no: match is_all {
            true => world.forms.any(no),
            false => world.forms.all(no),
        },
        is_total: parts.iter().all(|part| part.is_total),
    }
}

pub(super) fn same(world: &mut World, left: Truths, right: Truths) -> Truths {
    let mut pairs = |a: [Node; 2], b: [Node; 2]| {
        let (a, b) = (world.forms.all(a.to_vec()), world.forms.all(b.to_vec()));
        world.forms.any(vec![a, b])
    };
    Truths {
        yes: pairs([left.yes, right.yes], [left.no, right.no]),
        no: pairs([left.yes, right.no], [left.no, right.yes]),
        is_total: left.is_total && right.is_total,
    }
}

pub(super) fn either(world: &mut World, condition: Truths, yes: Truths, no: Truths) -> Truths {
    let mut way = |yes: Node, no: Node| {
        let mut ways = vec![
            world.forms.all(vec![condition.yes, yes]),
            world.forms.all(vec![condition.no, no]),
        ];
        if !condition.is_total {
            ways.push(world.forms.all(vec![yes, no]));
        }
        world.forms.any(ways)
    };
    Truths {
        yes: way(yes.yes, no.yes),
        no: way(yes.no, no.no),
        is_total: condition.is_total && yes.is_total && no.is_total,
    }
}

/// So many of them, or more.
pub(super) fn at_least(world: &mut World, n: usize, parts: &[Truths]) -> Truths {
    let yes: Vec<Node> = parts.iter().map(|part| part.yes).collect();
    let no: Vec<Node> = parts.iter().map(|part| part.no).collect();
    let yes = so_many(world, n, &yes);
    let no = match (parts.len() + 1).checked_sub(n) {
        Some(n) => so_many(world, n, &no),
        None => world.forms.truth(true),
    };
    Truths {
        yes,
        no,
        is_total: parts.iter().all(|part| part.is_total),
    }
}

fn so_many(world: &mut World, n: usize, parts: &[Node]) -> Node {
    // What is left to be met by the parts from a place on.
    let mut after: Vec<Node> = (0..=n).map(|left| world.forms.truth(left == 0)).collect();
    for part in parts.iter().rev() {
        let mut here = after.clone();
        for left in 1..=n {
            let (Some(with), Some(without)) = (after.get(left - 1), after.get(left)) else {
                continue;
            };
            let with = world.forms.all(vec![*part, *with]);
            let found = world.forms.any(vec![with, *without]);
            if let Some(place) = here.get_mut(left) {
                *place = found;
            }
        }
        after = here;
    }
    after.get(n).copied().unwrap_or_default()
}

/// For each of some conditions when it holds and no other does.
pub(super) fn only(world: &mut World, each: &[Truths]) -> Vec<Node> {
    let mut found = Vec::with_capacity(each.len());
    for (n, own) in each.iter().enumerate() {
        let others = each.iter().enumerate().filter(|(other, _)| *other != n);
        let mut parts: Vec<Node> = others.map(|(_, other)| other.no).collect();
        parts.push(own.yes);
        found.push(world.forms.all(parts));
    }
    found
}
