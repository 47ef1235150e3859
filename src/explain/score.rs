//! How a score came about, in words: its mean, its weights, and what became of missing figures.

use super::claims::named;
use super::show::Unit;
use super::{Cx, Node, NodeKind};
use crate::eval::Frame;
use crate::message::{Arg, Message};
use crate::model::{Gap, Score, ScoreId};
use crate::number::{Exact, Rounding};

impl Cx<'_> {
    /// What a score says beside its elements.
    pub(super) fn score_nodes(&self, frame: &Frame, id: ScoreId, address: &str) -> Vec<Node> {
        let score = &self.program.model.scores[id];
        let messages = [
            ("mean", mean_message(score, frame.weights.as_deref())),
            ("gap", gap_message(score)),
        ];
        let node =
            |(part, message)| Node::new(format!("{address}/{part}"), NodeKind::Mark, message);
        messages.into_iter().map(node).collect()
    }
}

/// Which mean a score is, with which weights, and out of how much.
pub(crate) fn mean_message(score: &Score, weights: Option<&str>) -> Message {
    let unit = Unit::percent();
    let amount = |value: &Exact| unit.amount(value, Rounding::HalfEven);
    let pairs = score.elements.iter().zip(score.weights(weights));
    let items = pairs.map(|(element, weight)| {
        let name = named(&element.label, &element.id);
        Arg::Message(match weight.is_fixed() {
            true => Message::new("explain-score-weight")
                .with("element", name)
                .with("weight", amount(&weight.lo)),
            false => Message::new("explain-score-weight-open")
                .with("element", name)
                .with("from", amount(&weight.lo))
                .with("to", amount(&weight.hi)),
        })
    });
    let items = Arg::List(items.collect());
    let weighing = score
        .weighings
        .iter()
        .find(|one| Some(one.id.as_str()) == weights);
    let weights = match weighing {
        Some(weighing) => Message::new("explain-score-named-weights")
            .with("name", named(&weighing.label, &weighing.id))
            .with("items", items),
        None => Message::new("explain-score-own-weights").with("items", items),
    };
    let key = match score.is_geometric {
        true => "explain-score-geometric",
        false => "explain-score-arithmetic",
    };
    let message = Message::new(key).with("weights", weights);
    if score.out_of == Exact::from(1) {
        return message;
    }
    Message::new("explain-score-out-of")
        .with("score", message)
        .with(
            "points",
            Unit::plain().amount(&score.out_of, Rounding::HalfEven),
        )
}

/// What becomes of missing figures in a score.
pub(crate) fn gap_message(score: &Score) -> Message {
    Message::new(match score.gap {
        Gap::Unknown => "explain-gap-unknown",
        Gap::LeftOut => "explain-gap-left-out",
        Gap::Worst => "explain-gap-worst",
        Gap::Mean => "explain-gap-mean",
    })
}
