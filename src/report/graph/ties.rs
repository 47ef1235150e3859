//! What is said of relations between figures: a relation goes in, a sentence or the mark beside a
//! line of a picture comes out. Decides nothing about what is related.

use super::label_or;
use crate::findings::FindingKind;
use crate::graph::{Diagram, DiagramTie, Relation};
use crate::message::{Arg, Message};
use crate::model::{IndicatorId, Model};

/// A relation in one sentence, with the definition that it holds for.
pub(super) fn sentence(model: &Model, relation: &Relation) -> Message {
    let plain = plain(model, relation);
    match relation.under(model) {
        Some(definition) => Message::new("graph-tie-under")
            .with("relation", plain)
            .with("definition", definition),
        None => plain,
    }
}

fn plain(model: &Model, relation: &Relation) -> Message {
    let name = |id: IndicatorId| {
        let known = &model.indicators[id];
        match known.label.zh.is_empty() && known.label.en.is_empty() {
            true => Arg::from(&known.id),
            false => Message::new("graph-tie-name")
                .with("id", &known.id)
                .with("label", &known.label)
                .into(),
        }
    };
    let whole = relation.whole.map_or_else(|| Arg::from(""), name);
    let about = name(relation.about);
    match (relation.kind, relation.part, relation.by) {
        (FindingKind::Within, ..) => Message::new("graph-tie-within")
            .with("part", about)
            .with("whole", whole),
        (FindingKind::Share, Some(part), _) => Message::new("graph-tie-share")
            .with("share", about)
            .with("part", name(part))
            .with("whole", whole),
        (FindingKind::Share, None, _) => Message::new("graph-tie-share-own")
            .with("share", about)
            .with("whole", whole),
        (FindingKind::Parts, _, Some(by)) => {
            let dimension = &model.breakdowns.list[by];
            Message::new("graph-tie-parts")
                .with("about", about)
                .with("dimension", label_or(&dimension.label, &dimension.id))
        }
        (FindingKind::Growth, ..) => {
            let comparable = &model.indicators[relation.about].ties.comparable;
            match comparable {
                Some(reason) => Message::new("graph-tie-growth-comparable")
                    .with("about", about)
                    .with("reason", reason),
                None => Message::new("graph-tie-growth").with("about", about),
            }
        }
        (FindingKind::Change, ..) => Message::new("graph-tie-change").with("about", about),
        (FindingKind::Slip, ..) => Message::new("graph-tie-slip").with("about", about),
        (FindingKind::Rank, ..) => Message::new("graph-tie-rank").with("about", about),
        _ => Message::new("graph-tie-fall").with("about", about),
    }
}

/// A line of a picture for a relation: between which two nodes, by index, and the mark beside it.
pub(super) struct Mark {
    pub from: usize,
    pub to: usize,
    pub words: Message,
}

/// The lines of a picture for relations between two or three nodes.
pub(super) fn lines(diagram: &Diagram) -> Vec<Mark> {
    let mut found = Vec::new();
    for tie in &diagram.ties {
        let Some(whole) = tie.whole else { continue };
        let mark = |to, key: &'static str| Mark {
            from: tie.about,
            to,
            words: Message::new(key),
        };
        match (tie.relation.kind, tie.part) {
            (FindingKind::Share, Some(part)) => {
                found.push(mark(part, "graph-mark-share"));
                found.push(mark(whole, "graph-mark-share-in"));
            }
            (FindingKind::Share, None) => found.push(mark(whole, "graph-mark-share-own")),
            _ => found.push(mark(whole, "graph-mark-within")),
        }
    }
    found
}

/// What is declared of one node alone, as lines below its name.
pub(super) fn own(diagram: &Diagram, node: usize) -> Vec<Message> {
    let of = |tie: &&DiagramTie| tie.about == node && tie.whole.is_none();
    let all = diagram.ties.iter().filter(of);
    all.filter_map(|tie| match (tie.relation.kind, &tie.by) {
        (FindingKind::Parts, Some((id, label))) => {
            Some(Message::new("graph-mark-parts").with("dimension", label_or(label, id)))
        }
        (FindingKind::Fall, _) => Some(Message::new("graph-mark-fall")),
        _ => None,
    })
    .collect()
}
