//! What stands in the place of a fact that is not stated. Terms of a decision go in, the sentence
//! of what is presumed comes out; what makes it stand aside is told below it.

use super::nodes::truth_word;
use super::{Cx, Node, NodeKind};
use crate::eval::Frame;
use crate::message::{Arg, Message};
use crate::program::{TermId, TermKind};
use crate::set::Truth;

impl Cx<'_> {
    /// Whether what is presumed stands in the place of a fact, where a term asks that: the fact is
    /// stated, or it is not and nothing makes the presumption stand aside.
    pub(super) fn is_presumed(&self, frame: &Frame, row: usize, aside: TermId) -> Option<bool> {
        let span = self.program.terms[aside].span;
        let mut asides = self.program.decisions.values().flat_map(|decision| {
            let versions = decision.versions.iter();
            versions.flat_map(|version| &version.aside)
        });
        asides.find(|term| self.program.terms[**term].span == span)?;
        let present = *self.program.terms[aside].kind.operands().first()?;
        match (frame.truth(present, row), frame.truth(aside, row)) {
            (Some(Truth::True), _) => Some(false),
            (_, Some(Truth::False)) => Some(true),
            _ => None,
        }
    }

    /// A fact where it is stated; else that it is not, and what is presumed.
    pub(super) fn presumed_node(
        &self,
        frame: &Frame,
        row: usize,
        (aside, fact): (TermId, TermId),
        truth: Truth,
        address: &str,
        budget: &mut usize,
    ) -> Node {
        if self.is_presumed(frame, row, aside) == Some(false) {
            return self.truth_node(frame, row, fact, address, budget);
        }
        let operands = self.program.terms[aside].kind.operands();
        let present = operands.first().map(|term| &self.program.terms[*term].kind);
        let name = match present {
            Some(TermKind::Present(input)) => {
                let input = &self.program.inputs[*input];
                let period = crate::program::at(input.at, frame.period);
                Arg::Message(self.figure_name(&input.figure, period))
            }
            _ => self.term_name(frame, fact),
        };
        let message = Message::new("explain-presumed-here")
            .with("fact", name)
            .with("truth", truth_word(truth));
        let unless = operands.iter().skip(1).enumerate();
        let unless = unless.map(|(n, term)| {
            let address = format!("{address}/{n}");
            self.truth_node(frame, row, *term, &address, budget)
        });
        let children: Vec<Node> = unless.collect();
        Node::new(address.to_owned(), NodeKind::Condition, message).with_children(children)
    }
}
