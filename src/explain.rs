//! Phase 7: why a verdict is what it is, from the values that it came from.
//!
//! Every sentence is made of evaluated nodes: the columns that the verdict was
//! read off. Nothing is computed again, but for what was not asked before: the
//! margin, and the change of a figure that would turn the answer.

use crate::eval::{Memory, Options, Trace, trace_in};
use crate::figures::{ClaimId, Submission};
use crate::message::Message;
use crate::model::{EntityId, RuleId};
use crate::program::Program;
use crate::set::Set;

mod claims;
mod deadline;
mod decision;
mod every;
mod evidence;
mod flips;
mod joint;
mod lists;
mod many;
mod margin;
mod nodes;
mod outlook;
mod parts;
mod presumed;
mod relations;
mod score;
mod settling;
mod show;
mod turns;
mod words;

pub use claims::{figure_message, source_message};
pub(crate) use claims::{figure_parts, named, status_message, status_names};
pub use deadline::{Due, DueKind, deadline_message, waived_message};
pub use decision::{outcome_ids, outcomes_message};
pub(crate) use every::every;
pub(crate) use evidence::{offers, standing_key};
pub(crate) use flips::rel_key;
pub(crate) use many::many_message;
pub use many::members_message;
pub use outlook::{no_pace_message, reach_message};
pub(crate) use parts::{citation_message, stated};
pub(crate) use score::{gap_message, mean_message};
pub(crate) use settling::settling;
pub use show::{Shown, Unit, as_number, number_text, set_text};
pub(crate) use words::words_in_both;

/// What a node of an explanation is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NodeKind {
    /// The verdict.
    Verdict,
    /// The rule and its source.
    Rule,
    /// A citation.
    Citation,
    /// When and how the rule is judged.
    Timing,
    /// A condition.
    Condition,
    /// A computed number.
    Quantity,
    /// A published figure.
    Figure,
    /// Another claim to the same figure.
    Claim,
    /// Evidence that was offered and did not decide.
    Evidence,
    /// How far the figure is from the limit.
    Margin,
    /// What would turn the answer.
    Flip,
    /// What is missing to decide.
    Missing,
    /// How a pending target stands.
    Outlook,
    /// What the answer rests on.
    Mark,
    /// A note of the pack or of a figure.
    Note,
    /// Which version of a decision applies.
    Version,
    /// A case of a decision.
    Case,
    /// What counts because a fact is not stated.
    Presumption,
}

impl NodeKind {
    /// The word of the machine output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            NodeKind::Verdict => "verdict",
            NodeKind::Rule => "rule",
            NodeKind::Citation => "citation",
            NodeKind::Timing => "timing",
            NodeKind::Condition => "condition",
            NodeKind::Quantity => "quantity",
            NodeKind::Figure => "figure",
            NodeKind::Claim => "claim",
            NodeKind::Evidence => "evidence",
            NodeKind::Margin => "margin",
            NodeKind::Flip => "flip",
            NodeKind::Missing => "missing",
            NodeKind::Outlook => "outlook",
            NodeKind::Mark => "mark",
            NodeKind::Note => "note",
            NodeKind::Version => "version",
            NodeKind::Case => "case",
            NodeKind::Presumption => "presumption",
        }
    }
}

/// One sentence of an explanation, with what it is made of.
#[derive(Debug, Clone)]
pub struct Node {
    /// A stable address: rule, clause, place.
    pub address: String,
    /// What it is about.
    pub kind: NodeKind,
    /// The sentence.
    pub message: Message,
    /// The possible values that it speaks of, in its unit.
    pub set: Option<Set>,
    /// The unit of the set.
    pub unit: Option<Unit>,
    /// The claims that it speaks of.
    pub claims: Vec<ClaimId>,
    /// What it rests on.
    pub children: Vec<Node>,
}

impl Node {
    fn new(address: String, kind: NodeKind, message: Message) -> Node {
        Node {
            address,
            kind,
            message,
            set: None,
            unit: None,
            claims: Vec::new(),
            children: Vec::new(),
        }
    }

    fn with_set(mut self, set: Set, unit: Unit) -> Node {
        self.set = Some(set);
        self.unit = Some(unit);
        self
    }

    fn with_children(mut self, children: Vec<Node>) -> Node {
        self.children = children;
        self
    }
}

/// Why a verdict is what it is.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// What it was evaluated from.
    pub trace: Trace,
    /// The sentences, in the order of reading.
    pub nodes: Vec<Node>,
    /// By when it was to be met.
    pub due: Option<Due>,
}

impl Explanation {
    /// The first node of a kind, at any depth.
    #[must_use]
    pub fn find(&self, kind: NodeKind) -> Option<&Node> {
        fn within(nodes: &[Node], kind: NodeKind) -> Option<&Node> {
            nodes.iter().find_map(|node| {
                if node.kind == kind {
                    Some(node)
                } else {
                    within(&node.children, kind)
                }
            })
        }
        within(&self.nodes, kind)
    }
}

/// Explains the verdict of one rule for one entity.
#[must_use]
pub fn explain(
    program: &Program,
    submission: &Submission,
    options: &Options,
    rule: RuleId,
    entity: EntityId,
) -> Explanation {
    let memory = Memory::default();
    explain_in(program, submission, options, rule, entity, &memory)
}

/// The same with what was computed of many bodies in a run with these figures and options.
#[must_use]
pub fn explain_in(
    program: &Program,
    submission: &Submission,
    options: &Options,
    rule: RuleId,
    entity: EntityId,
    memory: &Memory,
) -> Explanation {
    explain_row(program, submission, options, (rule, entity), memory, true)
}

/// The same of a row; without the words of the rule itself and without what would turn its answer, which
/// take longer than all else, where nobody reads them.
pub(crate) fn explain_row(
    program: &Program,
    submission: &Submission,
    options: &Options,
    (rule, entity): (RuleId, EntityId),
    memory: &Memory,
    is_whole: bool,
) -> Explanation {
    let trace = trace_in(program, submission, options, rule, entity, memory);
    let cx = Cx {
        program,
        submission,
        options,
        trace: &trace,
        rule,
        memory,
        is_whole,
    };
    let nodes = parts::nodes(&cx);
    let due = cx.due(&program.model.rules[rule]);
    Explanation { trace, nodes, due }
}

/// What would turn the verdict of one rule for one entity, a sentence each.
#[must_use]
pub fn turning(
    program: &Program,
    submission: &Submission,
    options: &Options,
    rule: RuleId,
    entity: EntityId,
) -> Vec<Message> {
    let explanation = explain(program, submission, options, rule, entity);
    let nodes = explanation.nodes.into_iter();
    nodes
        .filter(|node| node.kind == NodeKind::Flip)
        .flat_map(|node| {
            let below = node.children.into_iter().map(|child| child.message);
            std::iter::once(node.message).chain(below)
        })
        .collect()
}

/// What the parts of an explanation are made from.
struct Cx<'a> {
    program: &'a Program,
    submission: &'a Submission,
    options: &'a Options,
    trace: &'a Trace,
    rule: RuleId,
    memory: &'a Memory,
    /// Whether the rule is told in its own words, and what would turn its answer.
    is_whole: bool,
}
