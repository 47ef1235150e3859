//! Evidence in words: what an item is proved by, what was offered besides, and why that decides
//! nothing. Rows of evidence go in as they were read; nothing is judged here.

use std::collections::BTreeSet;

use super::show::{Shown, Unit};
use super::{Cx, Node, NodeKind};
use crate::eval::Trace;
use crate::eval::window;
use crate::explain::claims::{named, source_message};
use crate::figures::{ClaimId, ClaimState, Evidence, EvidenceKind, Standing, Submission};
use crate::message::{Arg, Message};
use crate::model::{EntityId, EvidenceItem, FigureRef, IndicatorId, Kind, Rule, RuleId, When};
use crate::number::Exact;
use crate::program::{InputId, Program};
use crate::set::Set;
use crate::verdict::Causes;

/// Rows of evidence that one explanation tells beside those that decide.
const MOST_TOLD: usize = 100;

impl Cx<'_> {
    /// An item of evidence: what proves it, or that nothing does.
    pub(super) fn item_node(
        &self,
        address: &str,
        figure: &FigureRef,
        claims: &[ClaimId],
        set: Option<&Set>,
        causes: Causes,
    ) -> Node {
        let evidence: Vec<&Evidence> = claims
            .iter()
            .filter_map(|id| self.submission.evidence_of(*id))
            .collect();
        let entity = figure.entity.unwrap_or(self.trace.row.entity);
        let name = self.item_name(figure, entity);
        let (Some(set), false) = (set, evidence.is_empty()) else {
            let message = Message::new("explain-no-evidence")
                .with("item", name)
                .with("causes", super::nodes::cause_words(causes));
            let mut node = Node::new(address.to_owned(), NodeKind::Missing, message);
            node.children = evidence
                .iter()
                .enumerate()
                .map(|(n, row)| self.offered_node(format!("{address}/evidence{n}"), row))
                .collect();
            return node;
        };
        let unit = Unit::of_figure(self.program, figure);
        let told = evidence.iter().map(|row| self.evidence_words(row));
        let message = Message::new("explain-evidence")
            .with("item", name)
            .with("said", self.said(figure.indicator, set))
            .with("evidence", Arg::List(told.collect()));
        let node = Node::new(address.to_owned(), NodeKind::Figure, message);
        let mut node = node.with_set(set.clone(), unit);
        node.claims = claims.to_vec();
        node.children = self.grounds(address, &evidence);
        node
    }

    /// What the tables note on rows of evidence: the ground on which each is offered.
    fn grounds(&self, address: &str, rows: &[&Evidence]) -> Vec<Node> {
        let notes = rows
            .iter()
            .filter_map(|row| self.submission.note(&row.claim));
        let node = |(n, note)| {
            let message = Message::new("explain-note").with("note", note);
            Node::new(format!("{address}/note{n}"), NodeKind::Note, message)
        };
        notes.enumerate().map(node).collect()
    }

    /// Whether a figure is an item of evidence.
    pub(super) fn is_evidence(&self, input: InputId) -> bool {
        let figure = &self.program.inputs[input].figure;
        let indicator = &self.program.model.indicators[figure.indicator];
        indicator.evidence.is_some()
    }

    /// Evidence that was offered for the items of a milestone and did not decide.
    pub(super) fn offered(&self, rule: &Rule, decided: &[Node]) -> Vec<Node> {
        let mut used: BTreeSet<ClaimId> = BTreeSet::new();
        let mut open: Vec<&Node> = decided.iter().collect();
        while let Some(node) = open.pop() {
            used.extend(node.claims.iter().copied());
            open.extend(&node.children);
        }
        let mut nodes = Vec::new();
        for (item, row) in offers(
            self.program,
            self.submission,
            self.rule,
            self.trace.row.entity,
        ) {
            if row.id.is_some_and(|id| used.contains(&id)) {
                continue;
            }
            if nodes.len() == MOST_TOLD {
                let address = format!("{}/offered/more", rule.id);
                let message = Message::new("explain-more");
                nodes.push(Node::new(address, NodeKind::Evidence, message));
                break;
            }
            let address = format!("{}/offered/{}/{}", rule.id, item.id, nodes.len());
            nodes.push(self.offered_node(address, row));
        }
        nodes
    }

    fn offered_node(&self, address: String, row: &Evidence) -> Node {
        let said = match row.claim.state {
            ClaimState::Unreadable => {
                Arg::from(format!("`{}`", self.submission.text(row.claim.printed)))
            }
            _ => self.said(row.indicator(), &row.claim.exact),
        };
        let message = Message::new("explain-offered")
            .with("item", self.item_name(&row.claim.figure, row.claim.entity))
            .with("said", said)
            .with("evidence", self.evidence_words(row))
            .with(
                "standing",
                Message::new(standing_key(self.program, self.submission, self.trace, row)),
            );
        let grounds = self.grounds(&address, &[row]);
        let mut node = Node::new(address, NodeKind::Evidence, message);
        node.claims = row.id.into_iter().collect();
        node.children = grounds;
        node
    }

    /// The name of an item, with whom it is of where that is not the body of the row.
    pub(super) fn item_name(&self, figure: &FigureRef, entity: EntityId) -> Message {
        let indicator = &self.program.model.indicators[figure.indicator];
        let message = Message::new(match entity == self.trace.row.entity {
            true => "item-name",
            false => "item-name-of",
        });
        message
            .with("item", named(&indicator.label, &indicator.id))
            .with("entity", &self.submission.entities[entity].label)
    }

    /// What a set says of an item: achieved, not achieved, or a level.
    fn said(&self, indicator: IndicatorId, set: &Set) -> Arg {
        let known = &self.program.model.indicators[indicator];
        if known.kind == Kind::YesNo {
            let key = match set.as_point() {
                Some(value) if *value == Exact::from(1) => "said-achieved",
                Some(_) => "said-not-achieved",
                None => "said-open",
            };
            return Arg::Message(Message::new(key));
        }
        let unit = Unit::of_indicator(self.program, known);
        let set = set.clone();
        Arg::from(&Shown { set, unit })
    }

    /// One row of evidence in words: its kind, reference, issuer, date, grade and place.
    fn evidence_words(&self, row: &Evidence) -> Arg {
        let text = |id| self.submission.text(id);
        let mut parts = vec![Arg::Message(Message::new(row.kind.key()))];
        let mut part = |key, text: &str| {
            if !text.is_empty() {
                parts.push(Arg::Message(Message::new(key).with("text", text)));
            }
        };
        part("evidence-reference", text(row.reference));
        part("evidence-issuer", text(row.issuer));
        if row.kind == EvidenceKind::Statement || row.standing == Standing::OwnStatement {
            part("evidence-said-by", text(row.said_by));
        }
        part("evidence-dated", &row.dated().to_string());
        parts.push(Arg::Message(Message::new(row.grade.key())));
        parts.push(source_message(self.program, self.submission, &row.claim));
        Arg::List(parts)
    }
}

/// The rows of evidence for the items of a milestone, each with its item: of the body, or of all
/// bodies where the milestone asks many.
pub(crate) fn offers<'a>(
    program: &'a Program,
    submission: &'a Submission,
    rule: RuleId,
    own: EntityId,
) -> Vec<(&'a EvidenceItem, &'a Evidence)> {
    let is_of_many = !program.rules[rule].goal.over.is_empty();
    let milestone = program.model.rules[rule].milestone.iter();
    let mut found = Vec::new();
    for item in milestone.flat_map(|milestone| &milestone.items) {
        let rows = submission.evidence.iter();
        let of_item = rows.filter(|row| row.indicator() == item.indicator);
        let entities: BTreeSet<EntityId> = of_item
            .map(|row| row.claim.entity)
            .filter(|entity| is_of_many || *entity == own)
            .collect();
        for entity in entities {
            let rows = submission.evidence_for(item.indicator, entity);
            found.extend(rows.into_iter().map(|row| (item, row)));
        }
    }
    found
}

/// The key of what a row of evidence is to a verdict: it counts, or why it decides nothing.
pub(crate) fn standing_key(
    program: &Program,
    submission: &Submission,
    trace: &Trace,
    row: &Evidence,
) -> &'static str {
    let clocks = &trace.clocks;
    let judged = trace.row.judged.last_day();
    let due = match program.model.rules[trace.row.rule].when {
        When::By(due) => Some(due.last_day()),
        _ => None,
    };
    let day = row.dated().last_day();
    let opens = window(&program.model.rules[trace.row.rule], trace.row.judged);
    let is_overtaken = || {
        let all = submission.evidence_for(row.indicator(), row.claim.entity);
        all.into_iter().any(|other| {
            let later = other.dated().last_day();
            other.standing == Standing::Counts && later > day && later <= judged
        })
    };
    match row.standing {
        Standing::Counts if !row.claim.is_known_on(clocks.known_on) => "standing-later-known",
        Standing::Counts if !clocks.choice.has_source(submission, &row.claim) => "standing-source",
        Standing::Counts if due.is_some_and(|due| day > due) => "standing-late",
        Standing::Counts if day > judged => "standing-after",
        Standing::Counts if opens.is_some_and(|opens| day < opens) => "standing-other-time",
        Standing::Counts if is_overtaken() => "standing-overtaken",
        other => other.key(),
    }
}
