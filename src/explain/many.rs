//! What is said of many bodies, in words: the values that it was computed from go in, a few lines
//! come out, however many bodies there are. Those without a value are always named first.

use super::claims::{figure_message, named};
use super::every::{condition_words, turned};
use super::flips::rel_key;
use super::nodes::cause_words;
use super::show::{Shown, Unit};
use super::{Cx, Node, NodeKind};
use crate::eval::{Column, Frame, Many};
use crate::figures::{ClaimId, Submission};
use crate::message::{Arg, Message};
use crate::model::{EntityId, Fold, Members, Model};
use crate::number::{Exact, Rounding};
use crate::period::Period;
use crate::program::{AggregateId, AggregateProgram, Program, Root, TermId, TermKind, at};
use crate::set::{Comparison, Set, Truth};
use crate::verdict::{Cause, Causes};

/// Two sides of a condition: the truth, the word of the address, the sentences.
pub(super) type Sides = [(Truth, &'static str, [&'static str; 2]); 2];

/// Bodies that one line names.
const MOST_NAMED: usize = 5;

/// The name of what is said of many, as seen from a period.
#[must_use]
pub(crate) fn many_message(
    program: &Program,
    submission: &Submission,
    id: AggregateId,
    period: Period,
) -> Message {
    let aggregate = &program.aggregates[id];
    let term = &program.terms[aggregate.root.term];
    let what = match (&term.kind, term.define) {
        (TermKind::Input(input) | TermKind::Derived(input, _), _) => {
            let input = &program.inputs[*input];
            let at = at(input.at, period);
            Arg::Message(figure_message(program, submission, &input.figure, None, at))
        }
        (_, Some(define)) => {
            let define = &program.model.defines[define];
            named(&define.label, &define.id)
        }
        _ => condition_words(program, aggregate.root.term),
    };
    let key = match is_of_all(program, aggregate) {
        true => "aggregate-count-not",
        false => aggregate.fold.key(),
    };
    let message = Message::new(key).with("what", what).with(
        "members",
        members_message(&program.model, &aggregate.members),
    );
    if let Some(filter) = &aggregate.filter {
        let condition = condition_words(program, filter.term);
        return Message::new("aggregate-where")
            .with("what", message)
            .with("condition", condition);
    }
    match &aggregate.fold {
        Fold::Sum(Some(part)) | Fold::Mean(Some(part)) => message.with("n", part.n.to_string()),
        Fold::Quantile(p) => message.with(
            "p",
            super::number_text(p, &Exact::from(1), Rounding::HalfEven),
        ),
        _ => message,
    }
}

/// Whether those are counted that do not meet what is written, as where all are to meet it.
fn is_of_all(program: &Program, aggregate: &AggregateProgram) -> bool {
    aggregate.fold == Fold::Count && turned(program, aggregate.root.term).is_some()
}

/// Who is meant, in words.
#[must_use]
pub fn members_message(model: &Model, members: &Members) -> Message {
    let class = &model.classes[members.class];
    let name = |id: EntityId| {
        let entity = &model.entities[id];
        named(&entity.label, &entity.id)
    };
    let key = match (members.is_own, members.within.is_some()) {
        (false, false) => "members-class",
        (true, false) => "members-own",
        (false, true) => "members-within",
        (true, true) => "members-own-within",
    };
    let mut message = Message::new(key).with("class", named(&class.label, &class.id));
    if let Some(whole) = members.within {
        message = message.with("whole", name(whole));
    }
    if members.except.is_empty() {
        return message;
    }
    let except: Vec<Arg> = members.except.iter().map(|id| name(*id)).collect();
    Message::new("members-except")
        .with("members", message)
        .with("except", Arg::List(except))
}

/// Whether what is written is met, where those that do not meet it may be counted.
fn meets(counted: Truth, is_of_all: bool) -> Truth {
    match (is_of_all, counted) {
        (true, Truth::True) => Truth::False,
        (true, Truth::False) => Truth::True,
        _ => counted,
    }
}

/// Those that count for certain, where a condition says who does.
fn counting(many: &Many, group: Vec<usize>) -> Vec<usize> {
    let Some(filter) = &many.filter else {
        return group;
    };
    let counts = |n: &usize| filter.value(*n) == Truth::True;
    group.into_iter().filter(counts).collect()
}

impl Cx<'_> {
    /// What is said of many, and of whom.
    pub(super) fn many_children(
        &self,
        frame: &Frame,
        term: TermId,
        id: AggregateId,
        address: &str,
    ) -> Vec<Node> {
        let aggregate = &self.program.aggregates[id];
        let Some(many) = frame.many.get(&term) else {
            return Vec::new();
        };
        let asked = self.trace.row.entity;
        let group = many.counted(asked);
        let mut nodes = vec![self.counts(aggregate, many, &group, address)];
        nodes.extend(self.list_node(aggregate, many.rest(asked), group.len(), address));
        nodes.extend(self.filter_sides(aggregate, many, &group, address));
        // Who does not count for certain, is no part of what was added up.
        let group = counting(many, group);
        nodes.extend(self.missing_members(aggregate, many, &group, address));
        match &many.column {
            Column::Numbers(_) => {
                nodes.extend(self.extremes(frame, aggregate, many, &group, address));
            }
            Column::Truths(_) => nodes.extend(self.sides(aggregate, many, &group, address)),
        }
        nodes
    }

    fn counts(
        &self,
        aggregate: &AggregateProgram,
        many: &Many,
        group: &[usize],
        address: &str,
    ) -> Node {
        let is_list = self.is_list(aggregate);
        let key = |plain, of_list| if is_list { of_list } else { plain };
        let n_missing = group.iter().filter(|n| self.is_missing(many, **n)).count();
        let message = match &many.column {
            _ if many.filter.is_some() || group.is_empty() && is_list => {
                Message::new(key("explain-many-count", "explain-list-count"))
                    .with("count", group.len())
            }
            Column::Truths(truths) => {
                let is_of_all = is_of_all(self.program, aggregate);
                let with = |wanted| {
                    let is_it = |n: &&usize| meets(truths.value(**n), is_of_all) == wanted;
                    group.iter().filter(is_it).count()
                };
                Message::new(key("explain-many-conditions", "explain-list-conditions"))
                    .with("count", group.len())
                    .with("met", with(Truth::True))
                    .with("unmet", with(Truth::False))
                    .with("open", with(Truth::Unknown))
            }
            Column::Numbers(_) if n_missing == 0 => {
                Message::new(key("explain-many-all", "explain-list-all")).with("count", group.len())
            }
            Column::Numbers(_) => Message::new(key("explain-many-some", "explain-list-some"))
                .with("count", group.len())
                .with("known", group.len() - n_missing)
                .with("missing", n_missing),
        };
        Node::new(format!("{address}/members"), NodeKind::Quantity, message)
    }

    /// Whether a member has no value of its own, for another reason than that it is not exact.
    pub(super) fn is_missing(&self, many: &Many, member: usize) -> bool {
        !many.gap(member).without(Cause::Imprecise).is_empty()
    }

    /// Those without a value, by why they have none.
    fn missing_members(
        &self,
        aggregate: &AggregateProgram,
        many: &Many,
        group: &[usize],
        address: &str,
    ) -> Vec<Node> {
        let mut by_cause: Vec<(Causes, Vec<usize>)> = Vec::new();
        for n in group.iter().filter(|n| self.is_missing(many, **n)) {
            let causes = many.gap(*n);
            match by_cause.iter_mut().find(|(known, _)| *known == causes) {
                Some((_, alike)) => alike.push(*n),
                None => by_cause.push((causes, vec![*n])),
            }
        }
        let lines = by_cause
            .into_iter()
            .enumerate()
            .map(|(n, (causes, alike))| {
                let keys = ["explain-many-missing", "explain-many-missing-more"];
                let message = self
                    .names((aggregate, many), &alike, keys)
                    .with("causes", cause_words(causes));
                Node::new(format!("{address}/missing{n}"), NodeKind::Missing, message)
            });
        lines.collect()
    }

    /// Some bodies by name; of many only the first.
    pub(super) fn names(
        &self,
        (aggregate, many): (&AggregateProgram, &Many),
        group: &[usize],
        keys: [&'static str; 2],
    ) -> Message {
        let [all, first] = keys;
        let shown = group.iter().take(MOST_NAMED);
        let name = |n: &usize| self.member_name(aggregate, many, *n);
        let names: Vec<Arg> = shown.filter_map(name).collect();
        match group.len().saturating_sub(MOST_NAMED) {
            0 => Message::new(all).with("names", Arg::List(names)),
            more => Message::new(first)
                .with("names", Arg::List(names))
                .with("more", more),
        }
    }

    fn member_name(&self, aggregate: &AggregateProgram, many: &Many, member: usize) -> Option<Arg> {
        let id = *many.members.get(member)?;
        if self.is_list(aggregate) {
            return Some(self.record_name(aggregate, id));
        }
        let entity = &self.submission.entities[id];
        Some(named(&entity.label, &entity.id))
    }

    /// Who meets a condition and who does not.
    fn sides(
        &self,
        aggregate: &AggregateProgram,
        many: &Many,
        group: &[usize],
        address: &str,
    ) -> Vec<Node> {
        let Column::Truths(truths) = &many.column else {
            return Vec::new();
        };
        let sides = [
            (
                Truth::True,
                "met",
                ["explain-many-met", "explain-many-met-more"],
            ),
            (
                Truth::False,
                "unmet",
                ["explain-many-unmet", "explain-many-unmet-more"],
            ),
        ];
        let is_of_all = is_of_all(self.program, aggregate);
        let truth = |n| meets(truths.value(n), is_of_all);
        self.named_sides((aggregate, many), group, truth, (sides, address))
    }

    /// The members of each side by name, where it has any.
    pub(super) fn named_sides(
        &self,
        many: (&AggregateProgram, &Many),
        group: &[usize],
        truth: impl Fn(usize) -> Truth,
        (sides, address): (Sides, &str),
    ) -> Vec<Node> {
        let mut nodes = Vec::new();
        for (wanted, word, keys) in sides {
            let alike = group.iter().filter(|n| truth(**n) == wanted);
            let alike: Vec<usize> = alike.copied().collect();
            if !alike.is_empty() {
                let message = self.names(many, &alike, keys);
                let path = format!("{address}/{word}");
                nodes.push(Node::new(path, NodeKind::Condition, message));
            }
        }
        nodes
    }

    /// The highest and the lowest values, each with the claims that it stands on.
    fn extremes(
        &self,
        frame: &Frame,
        aggregate: &AggregateProgram,
        many: &Many,
        group: &[usize],
        address: &str,
    ) -> Vec<Node> {
        let Column::Numbers(numbers) = &many.column else {
            return Vec::new();
        };
        let mut known: Vec<(usize, &Set)> = group
            .iter()
            .filter(|n| !self.is_missing(many, **n))
            .filter_map(|n| Some((*n, numbers.set(*n)?)))
            .collect();
        // By the least that each is known to be; those of which nothing is known come last.
        known.sort_by(|(_, a), (_, b)| match (a.lo().value(), b.lo().value()) {
            (Some(a), Some(b)) => b.cmp(a),
            (a, b) => b.is_some().cmp(&a.is_some()),
        });
        let is_few = known.len() <= MOST_NAMED;
        let highest: Vec<&(usize, &Set)> = known.iter().take(MOST_NAMED).collect();
        let lowest: Vec<&(usize, &Set)> = match &aggregate.fold {
            _ if is_few => Vec::new(),
            Fold::Sum(part) | Fold::Mean(part) if part.is_none_or(|part| part.is_top) => Vec::new(),
            _ => known.iter().rev().take(MOST_NAMED).collect(),
        };
        let unit = Unit::of_term(self.program, aggregate.root.term);
        let mut nodes = Vec::new();
        let own = many
            .members
            .iter()
            .position(|id| *id == self.trace.row.entity);
        let own = own.filter(|_| matches!(aggregate.fold, Fold::Rank(_) | Fold::Standing(_)));
        if let Some(set) = own.and_then(|n| numbers.set(n)) {
            let shown = Shown {
                set: set.clone(),
                unit: unit.clone(),
            };
            let message = Message::new("explain-many-own").with("set", &shown);
            let node = Node::new(format!("{address}/own"), NodeKind::Quantity, message);
            nodes.push(node.with_set(shown.set, shown.unit));
        }
        let lines = [
            ("explain-many-highest", "highest", highest),
            ("explain-many-lowest", "lowest", lowest),
        ];
        for (key, word, line) in lines {
            if line.is_empty() {
                continue;
            }
            let member = |(n, set): &&(usize, &Set)| {
                let shown = Shown {
                    set: (*set).clone(),
                    unit: unit.clone(),
                };
                let message = Message::new("explain-member")
                    .with("name", self.member_name(aggregate, many, *n)?)
                    .with("set", &shown);
                Some(Arg::Message(message))
            };
            let names: Vec<Arg> = line.iter().filter_map(member).collect();
            let message = Message::new(key).with("names", Arg::List(names));
            let mut node = Node::new(format!("{address}/{word}"), NodeKind::Quantity, message);
            let members = line.iter().filter_map(|(n, _)| many.members.get(*n));
            node.claims = members
                .flat_map(|entity| self.member_claims(frame, aggregate, *entity))
                .collect();
            nodes.push(node);
        }
        nodes
    }

    /// The claims that a member's value stands on, where it is one figure.
    fn member_claims(
        &self,
        frame: &Frame,
        aggregate: &AggregateProgram,
        entity: EntityId,
    ) -> Vec<ClaimId> {
        let kind = &self.program.terms[aggregate.root.term].kind;
        let (TermKind::Input(input) | TermKind::Derived(input, _)) = kind else {
            return Vec::new();
        };
        let input = &self.program.inputs[*input];
        let indicator = &self.program.model.indicators[input.figure.indicator];
        let asked = at(input.at, frame.period);
        let period = crate::figures::normal_period(indicator, input.figure.measure, asked);
        let entries = self.submission.claims_at(&input.figure, period, entity);
        let known = entries.iter().map(|(_, id)| *id).filter(|id| {
            let claim = &self.submission.claims[*id];
            claim.is_known_on(self.trace.clocks.known_on)
        });
        known.collect()
    }

    /// What those without a value would have to come to, where a sum is held against a limit.
    pub(super) fn many_flip(
        &self,
        frame: &Frame,
        row: usize,
        root: &Root,
        address: &str,
    ) -> Option<Node> {
        let TermKind::Compare(op, left, right, _) = self.program.terms[root.term].kind else {
            return None;
        };
        let TermKind::Aggregate(id) = self.program.terms[left].kind else {
            return None;
        };
        let aggregate = &self.program.aggregates[id];
        let is_open = frame.truth(root.term, row) == Some(Truth::Unknown);
        let is_order = !matches!(op, Comparison::Eq | Comparison::Ne);
        if aggregate.fold != Fold::Sum(None) || !is_open || !is_order {
            return None;
        }
        let limit = frame.number(right, row)?.as_point()?;
        let many = frame.many.get(&left)?;
        let Column::Numbers(numbers) = &many.column else {
            return None;
        };
        let asked = self.trace.row.entity;
        let group = counting(many, many.counted(asked));
        if !many.rest(asked).is_none() || many.filter.is_some() {
            return None;
        }
        let (missing, known): (Vec<usize>, Vec<usize>) =
            group.into_iter().partition(|n| self.is_missing(many, *n));
        let mut sum = Exact::from(0);
        for n in &known {
            sum = &sum + numbers.set(*n)?.as_point()?;
        }
        if missing.is_empty() {
            return None;
        }
        let rest = limit - &sum;
        let unit = Unit::of_term(self.program, left);
        let rounding = match op {
            Comparison::Ge | Comparison::Gt => Rounding::Up,
            _ => Rounding::Down,
        };
        let message = Message::new("explain-many-flip")
            .with("count", missing.len())
            .with("op", Message::new(rel_key(op, unit.is_day)))
            .with("limit", unit.amount(&rest, rounding))
            .with("outcome", Message::new("flip-met"));
        Some(Node::new(
            format!("{address}/flip"),
            NodeKind::Flip,
            message,
        ))
    }
}
