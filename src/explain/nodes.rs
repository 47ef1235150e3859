//! Conditions and numbers of a row, cut to what decided.

use super::claims::named;
use super::every::every;
use super::many::many_message;
use super::settling::settling;
use super::show::{Shown, Unit};
use super::words::term_words;
use super::{Cx, Node, NodeKind};
use crate::eval::{Frame, Marks};
use crate::message::{Arg, Message};
use crate::model::{OnDay, Role, Type};
use crate::program::{TermId, TermKind};
use crate::set::{Comparison, Truth};
use crate::verdict::Causes;

/// Terms of one explanation; what is left out beyond it is said.
const MOST_NODES: usize = 2_000;

impl Cx<'_> {
    /// Explains a condition in a row of a frame.
    pub(super) fn condition(&self, frame: &Frame, row: usize, term: TermId, address: &str) -> Node {
        let mut budget = MOST_NODES;
        self.truth_node(frame, row, term, address, &mut budget)
    }

    pub(super) fn truth_node(
        &self,
        frame: &Frame,
        row: usize,
        term: TermId,
        address: &str,
        budget: &mut usize,
    ) -> Node {
        *budget = budget.saturating_sub(1);
        let truth = frame.truth(term, row).unwrap_or(Truth::Unknown);
        let kind = &self.program.terms[term].kind;
        let node = |message| Node::new(address.to_owned(), NodeKind::Condition, message);
        if let Some(every) = every(self.program, term) {
            return self.every_node(frame, every, term, truth_word(truth), address);
        }
        match kind {
            TermKind::Compare(op, left, right, _) => {
                let mut node = node(self.compare_message(frame, row, *op, *left, *right, truth));
                for (side, term) in [("left", *left), ("right", *right)] {
                    node.children.extend(self.number_node(
                        frame,
                        row,
                        term,
                        &format!("{address}/{side}"),
                        budget,
                    ));
                }
                node
            }
            TermKind::IsYes(answer) => self.answer_node(
                frame,
                row,
                ("explain-yes-no", *answer),
                truth,
                address,
                budget,
            ),
            TermKind::Not(inner) if self.is_yes(*inner).is_some() => {
                let answer = self.is_yes(*inner).unwrap_or(*inner);
                self.answer_node(frame, row, ("explain-no", answer), truth, address, budget)
            }
            TermKind::Present(input) => node(self.present_message(frame, *input, truth)),
            TermKind::Outcome(id, place, _) => {
                self.outcome_node(frame, row, (*id, *place), truth, address)
            }
            TermKind::Either(aside, fact, _) if self.is_presumed(frame, row, *aside).is_some() => {
                self.presumed_node(frame, row, (*aside, *fact), truth, address, budget)
            }
            TermKind::Truth(_) => {
                node(Message::new("explain-constant").with("truth", truth_word(truth)))
            }
            _ => self.joined_node(frame, row, (kind, truth), address, budget),
        }
    }

    /// Conditions joined to one, with those that settle it.
    fn joined_node(
        &self,
        frame: &Frame,
        row: usize,
        (kind, truth): (&TermKind, Truth),
        address: &str,
        budget: &mut usize,
    ) -> Node {
        let node = |message| Node::new(address.to_owned(), NodeKind::Condition, message);
        let key = match kind {
            TermKind::All(_) => "explain-all",
            TermKind::Any(_) => "explain-any",
            TermKind::AtLeast(..) => "explain-at-least",
            TermKind::Not(_) => "explain-not",
            TermKind::Implies(..) => "explain-implies",
            TermKind::Strict(..) => "explain-strict",
            TermKind::Same(..) => "explain-same",
            _ => "explain-either",
        };
        let least = match kind {
            TermKind::AtLeast(n, _) => usize::try_from(*n).unwrap_or(usize::MAX),
            _ => 0,
        };
        let message = Message::new(key).with("truth", truth_word(truth));
        let mut node = node(message.with("count", least));
        for (n, part) in self
            .deciding(frame, row, kind, truth)
            .into_iter()
            .enumerate()
        {
            if *budget == 0 {
                let message = Message::new("explain-more");
                let address = format!("{address}/{n}");
                node.children
                    .push(Node::new(address, NodeKind::Condition, message));
                break;
            }
            let address = format!("{address}/{n}");
            node.children
                .push(self.truth_node(frame, row, part, &address, budget));
        }
        if let TermKind::Strict(_, named, _) = kind {
            for (n, input) in named.iter().enumerate() {
                node.children.extend(self.strict_gap(
                    frame,
                    row,
                    *input,
                    &format!("{address}/named{n}"),
                ));
            }
        }
        node
    }

    /// A fact that has to be yes, or no.
    fn answer_node(
        &self,
        frame: &Frame,
        row: usize,
        (key, answer): (&'static str, TermId),
        truth: Truth,
        address: &str,
        budget: &mut usize,
    ) -> Node {
        let figure = self.number_node(frame, row, answer, address, budget);
        let message = Message::new(key)
            .with("figure", self.answer_name(frame, answer))
            .with("truth", truth_word(truth));
        Node::new(address.to_owned(), NodeKind::Condition, message).with_children(figure)
    }

    /// The fact that has to be yes, where a condition is that.
    fn is_yes(&self, term: TermId) -> Option<TermId> {
        match self.program.terms[term].kind {
            TermKind::IsYes(answer) => Some(answer),
            _ => None,
        }
    }

    /// The name of a fact that is yes or no.
    fn answer_name(&self, frame: &Frame, term: TermId) -> Arg {
        match self.program.terms[term].kind {
            TermKind::Input(input) if self.is_evidence(input) => {
                let figure = &self.program.inputs[input].figure;
                let entity = figure.entity.unwrap_or(self.trace.row.entity);
                Arg::Message(self.item_name(figure, entity))
            }
            _ => self.term_name(frame, term),
        }
    }

    fn present_message(
        &self,
        frame: &Frame,
        input: crate::program::InputId,
        truth: Truth,
    ) -> Message {
        let input = &self.program.inputs[input];
        let period = crate::program::at(input.at, frame.period);
        let key = match truth {
            Truth::True => "explain-present",
            _ => "explain-absent",
        };
        Message::new(key).with("figure", self.figure_name(&input.figure, period))
    }

    fn strict_gap(
        &self,
        frame: &Frame,
        row: usize,
        input: crate::program::InputId,
        address: &str,
    ) -> Option<Node> {
        if !frame.claims(row, input).is_empty() || self.program.inputs[input].baseline.is_some() {
            return None;
        }
        if frame.is_derived(self.program, input, row) {
            return None;
        }
        let index = frame.inputs.iter().position(|known| *known == input)?;
        let entity = frame.rows.get(row)?.entity;
        let causes = frame.slots.get(index)?.get(entity)?.causes;
        Some(self.figure_node(address, (frame, row), input, None, causes))
    }

    /// The parts that settle a condition; all of them where it takes all.
    pub(super) fn deciding(
        &self,
        frame: &Frame,
        row: usize,
        kind: &TermKind,
        truth: Truth,
    ) -> Vec<TermId> {
        settling(frame, row, kind, truth)
    }

    fn compare_message(
        &self,
        frame: &Frame,
        row: usize,
        op: Comparison,
        left: TermId,
        right: TermId,
        truth: Truth,
    ) -> Message {
        let key = match truth {
            Truth::True => "explain-compare-true",
            Truth::False => "explain-compare-false",
            Truth::Unknown => "explain-compare-unknown",
        };
        let is_text = |term: TermId| self.program.terms[term].ty == Type::Text;
        let side = |term: TermId| match frame.number(term, row) {
            Some(set) if is_text(term) => self.text_arg(set),
            Some(set) => {
                let unit = self.compared_unit(term, left, right);
                Arg::from(&Shown {
                    set: set.clone(),
                    unit,
                })
            }
            None => Arg::Message(Message::new("explain-no-value")),
        };
        Message::new(key)
            .with("left", self.term_name(frame, left))
            .with("leftSet", side(left))
            .with(
                "op",
                Message::new(op_key(op, is_day(&self.program.terms[left].ty))),
            )
            .with("rightSet", side(right))
    }

    /// The text that a number stands for.
    pub(super) fn text_arg(&self, set: &crate::set::Set) -> Arg {
        let symbol = set
            .as_point()
            .and_then(|symbol| self.submission.text_of(symbol));
        symbol.map_or_else(
            || Arg::Message(Message::new("range-other")),
            |text| Arg::from(format!("“{text}”")),
        )
    }

    /// The unit of a side: a bare constant is shown in the unit of the other side.
    fn compared_unit(&self, term: TermId, left: TermId, right: TermId) -> Unit {
        let other = if term == left { right } else { left };
        match self.program.terms[term].kind {
            TermKind::Number(_) => Unit::of_term(self.program, other),
            _ => Unit::of_term(self.program, term),
        }
    }

    /// What a term is called: the name of its figure or definition, or the words of the rule.
    pub(super) fn term_name(&self, frame: &Frame, term: TermId) -> Arg {
        let found = &self.program.terms[term];
        if let Some(define) = found.define {
            let define = &self.program.model.defines[define];
            return named(&define.label, &define.id);
        }
        match &found.kind {
            TermKind::Input(input) | TermKind::Derived(input, _) => {
                let input = &self.program.inputs[*input];
                let period = crate::program::at(input.at, frame.period);
                Arg::Message(self.figure_name(&input.figure, period))
            }
            TermKind::OnDay(on) => Arg::Message(Message::new(match on {
                OnDay::This => "day-this",
                OnDay::First(_) => "day-first",
                OnDay::Last(_) => "day-last",
            })),
            TermKind::Aggregate(id) => Arg::Message(many_message(
                self.program,
                self.submission,
                *id,
                frame.period,
            )),
            _ => Arg::Label(term_words(self.program, term).clone()),
        }
    }

    /// Explains a number and what it is computed from; nothing for a constant.
    fn number_node(
        &self,
        frame: &Frame,
        row: usize,
        term: TermId,
        address: &str,
        budget: &mut usize,
    ) -> Vec<Node> {
        if *budget == 0 {
            return Vec::new();
        }
        *budget -= 1;
        let found = &self.program.terms[term];
        let set = frame.number(term, row);
        let causes = frame.causes(term, row);
        match &found.kind {
            TermKind::Number(_) | TermKind::OnDay(_) => Vec::new(),
            TermKind::Input(input) => {
                vec![self.figure_node(address, (frame, row), *input, set, causes)]
            }
            TermKind::Derived(input, parts) => {
                let is_derived = frame.claims(row, *input).is_empty() && set.is_some();
                if !is_derived {
                    return vec![self.figure_node(address, (frame, row), *input, set, causes)];
                }
                let mut node = self.computed("explain-derived", frame, row, term, address);
                node.children =
                    self.number_node(frame, row, *parts, &format!("{address}/parts"), budget);
                vec![node]
            }
            TermKind::Aggregate(id) => {
                let mut node = self.computed("explain-quantity", frame, row, term, address);
                // In a list of what a row rests on it stands for all the figures below it.
                node.kind = NodeKind::Figure;
                node.children = self.many_children(frame, term, *id, address);
                vec![node]
            }
            TermKind::Choose(condition, yes, no) => {
                let mut node = self.computed("explain-quantity", frame, row, term, address);
                let path = format!("{address}/if");
                node.children
                    .push(self.truth_node(frame, row, *condition, &path, budget));
                let taken = match frame.truth(*condition, row) {
                    Some(Truth::True) => vec![*yes],
                    Some(Truth::False) => vec![*no],
                    _ => vec![*yes, *no],
                };
                for (n, part) in taken.into_iter().enumerate() {
                    let path = format!("{address}/{n}");
                    node.children
                        .extend(self.number_node(frame, row, part, &path, budget));
                }
                vec![node]
            }
            _ => vec![self.quantity_node(frame, row, term, address, budget)],
        }
    }

    /// Explains a number that is computed, and its parts.
    fn quantity_node(
        &self,
        frame: &Frame,
        row: usize,
        term: TermId,
        address: &str,
        budget: &mut usize,
    ) -> Node {
        let kind = &self.program.terms[term].kind;
        let set = frame.number(term, row);
        let mut node = self.computed("explain-quantity", frame, row, term, address);
        let marks = frame.columns.get(&term).and_then(|column| column.numbers());
        let is_linked = marks.is_some_and(|column| column.marks(row).contains(Marks::LINKED));
        if is_linked {
            let message = Message::new("explain-linked");
            node.children.push(Node::new(
                format!("{address}/linked"),
                NodeKind::Mark,
                message,
            ));
        }
        if set.is_none()
            && kind
                .operands()
                .iter()
                .all(|part| frame.number(*part, row).is_some())
        {
            node.children.extend(self.calendar_end(kind, address));
        }
        if let TermKind::Composite(score, _) = kind {
            node.children
                .extend(self.score_nodes(frame, *score, address));
        }
        for (n, part) in kind.operands().into_iter().enumerate() {
            let path = format!("{address}/{n}");
            node.children
                .extend(self.number_node(frame, row, part, &path, budget));
        }
        node
    }

    /// What a day is computed from.
    pub(super) fn day_nodes(
        &self,
        frame: &Frame,
        row: usize,
        term: TermId,
        address: &str,
    ) -> Vec<Node> {
        let mut budget = MOST_NODES;
        self.number_node(frame, row, term, address, &mut budget)
    }

    fn computed(
        &self,
        key: &'static str,
        frame: &Frame,
        row: usize,
        term: TermId,
        address: &str,
    ) -> Node {
        let name = self.term_name(frame, term);
        match frame.number(term, row) {
            Some(set) => {
                let unit = Unit::of_term(self.program, term);
                let shown = Shown {
                    set: set.clone(),
                    unit: unit.clone(),
                };
                let message = Message::new(key).with("name", name).with("set", &shown);
                Node::new(address.to_owned(), NodeKind::Quantity, message).with_set(shown.set, unit)
            }
            None => {
                let causes = cause_words(frame.causes(term, row));
                let message = Message::new("explain-no-quantity")
                    .with("name", name)
                    .with("causes", causes);
                Node::new(address.to_owned(), NodeKind::Quantity, message)
            }
        }
    }
}

/// The names of causes, as a list.
pub(super) fn cause_words(causes: Causes) -> Arg {
    Arg::List(
        causes
            .iter()
            .map(|cause| Arg::Message(Message::new(cause.key())))
            .collect(),
    )
}

pub(super) fn truth_word(truth: Truth) -> Message {
    Message::new(match truth {
        Truth::True => "truth-true",
        Truth::False => "truth-false",
        Truth::Unknown => "truth-unknown",
    })
}

/// Whether something is a day.
pub(super) fn is_day(ty: &Type) -> bool {
    matches!(ty, Type::Quantity(ty) if ty.role == Role::Date)
}

/// The key of a comparison in words; of days where `true`.
pub(super) fn op_key(op: Comparison, is_day: bool) -> &'static str {
    match (op, is_day) {
        (Comparison::Lt, false) => "op-lt",
        (Comparison::Le, false) => "op-le",
        (Comparison::Gt, false) => "op-gt",
        (Comparison::Ge, false) => "op-ge",
        (Comparison::Eq, false) => "op-eq",
        (Comparison::Ne, false) => "op-ne",
        (Comparison::Lt, true) => "op-lt-day",
        (Comparison::Le, true) => "op-le-day",
        (Comparison::Gt, true) => "op-gt-day",
        (Comparison::Ge, true) => "op-ge-day",
        (Comparison::Eq, true) => "op-eq-day",
        (Comparison::Ne, true) => "op-ne-day",
    }
}
