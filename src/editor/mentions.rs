//! A tree to every name in it, with what the name is for. Resolves nothing: that a word stands
//! where an indicator is wanted is all that is said here.

use crate::source::Span;
use crate::syntax::ast::{
    Block, BlockKind, Clause, ClauseKind, Evidence, Item, ItemKind, KindWord, RowsClauseKind,
    Score, ScorePartKind, TableClauseKind, TestClause, TestClauseKind, Weights, Word,
};

mod expr;
mod tables;

/// What a name is for. Names of different spaces do not meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Space {
    /// An indicator, a derived quantity or a score.
    Quantity,
    /// A target, check, decision or milestone.
    Rule,
    /// A document.
    Document,
    /// An entity or a class of entities.
    Body,
    /// A dimension by which figures are broken down.
    Breakdown,
    /// A code of such a dimension; its owner is the dimension.
    Code,
    /// A calendar of working days.
    Calendar,
    /// Weights of a score under a name.
    Weights,
    /// A scale of ordered levels.
    Ladder,
    /// A pack.
    Pack,
    /// A unit of measure.
    Unit,
    /// A base kind of quantity.
    Dimension,
    /// A function.
    Function,
    /// A definition of an indicator, its owner.
    Definition,
    /// An outcome of a decision, its owner.
    Outcome,
    /// A case of a decision, its owner.
    Case,
    /// An item of evidence of a milestone, its owner.
    Evidence,
    /// An element of a score, its owner.
    Element,
}

/// A name where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mention {
    /// The spaces that it may be of, the likeliest first.
    pub(crate) spaces: Vec<Space>,
    /// As written, without quotes.
    pub(crate) text: String,
    /// The item that it belongs to, for names that count only inside one.
    pub(crate) owner: Option<String>,
    /// Where.
    pub(crate) span: Span,
    /// Where what it declares stands as a whole; none where it only refers.
    pub(crate) declares: Option<Span>,
    /// Other texts that name what it declares: labels and aliases.
    pub(crate) also: Vec<String>,
}

/// All names of an item, in the order in which they are met.
pub(crate) fn mentions(item: &Item) -> Vec<Mention> {
    let mut walk = Walk {
        found: Vec::new(),
        owner: None,
    };
    walk.item(item);
    walk.found
}

struct Walk {
    found: Vec<Mention>,
    /// The item that is walked through, where names count only inside it.
    owner: Option<String>,
}

impl Walk {
    fn refer(&mut self, spaces: &[Space], word: &Word) {
        let owner = self.owner.clone();
        self.refer_of(spaces, word, owner);
    }

    /// A name that counts only inside `owner`.
    fn refer_of(&mut self, spaces: &[Space], word: &Word, owner: Option<String>) {
        self.found.push(Mention {
            spaces: spaces.to_vec(),
            text: word.text.clone(),
            owner,
            span: word.span,
            declares: None,
            also: Vec::new(),
        });
    }

    fn refer_all(&mut self, space: Space, words: &[Word]) {
        for word in words {
            self.refer(&[space], word);
        }
    }

    fn declare(&mut self, space: Space, word: &Word, whole: Span, also: Vec<String>) {
        self.found.push(Mention {
            spaces: vec![space],
            text: word.text.clone(),
            owner: self.owner.clone(),
            span: word.span,
            declares: Some(whole),
            also,
        });
    }

    fn item(&mut self, item: &Item) {
        let span = item.span;
        match &item.kind {
            ItemKind::Block(block) => self.block(block, span),
            ItemKind::Dimension { name, labels } => {
                self.declare(Space::Dimension, name, span, texts(labels));
            }
            ItemKind::Unit { names, base, .. } => {
                let Some((first, rest)) = names.split_first() else {
                    return;
                };
                self.declare(Space::Unit, first, span, texts(rest));
                self.refer(&[Space::Unit, Space::Dimension], base);
            }
            ItemKind::Ladder(ladder) => {
                self.declare(Space::Ladder, &ladder.name, span, texts(&ladder.labels));
            }
            ItemKind::Define {
                name,
                label,
                value,
                clauses,
            } => {
                let also = labels(label.as_ref(), clauses);
                self.declare(Space::Quantity, name, span, also);
                self.expr(value);
                self.clauses(clauses);
            }
            ItemKind::Score(score) => self.score(score, span),
            ItemKind::Weights(weights) => self.weights(weights, span),
            ItemKind::Table { clauses, .. } => {
                for clause in clauses {
                    self.table_clause(&clause.kind);
                }
            }
            ItemKind::Rows(rows) => {
                for clause in &rows.clauses {
                    match &clause.kind {
                        RowsClauseKind::Source(word) => self.refer(&[Space::Document], word),
                        RowsClauseKind::Evidence(evidence) => self.clauses(&evidence.clauses),
                        RowsClauseKind::File(_)
                        | RowsClauseKind::Column(..)
                        | RowsClauseKind::Ignore(_)
                        | RowsClauseKind::Kind(..)
                        | RowsClauseKind::Category(_) => {}
                    }
                }
            }
            ItemKind::Feed(rule, feed) => {
                self.refer(&[Space::Rule], rule);
                self.refer(&[Space::Quantity], &feed.indicator);
            }
            ItemKind::Test {
                entity, clauses, ..
            } => {
                if let Some(entity) = entity {
                    self.refer(&[Space::Body], entity);
                }
                for clause in clauses {
                    self.test_clause(clause);
                }
            }
            ItemKind::Scale { .. } | ItemKind::Plausible(..) | ItemKind::Words { .. } => {}
        }
    }

    fn block(&mut self, block: &Block, span: Span) {
        let space = match block.kind {
            BlockKind::Pack => Space::Pack,
            BlockKind::Entity => Space::Body,
            BlockKind::Instrument => Space::Document,
            BlockKind::Indicator => Space::Quantity,
            BlockKind::Breakdown => Space::Breakdown,
            BlockKind::Target | BlockKind::Check | BlockKind::Decision | BlockKind::Milestone => {
                Space::Rule
            }
            BlockKind::Calendar => Space::Calendar,
        };
        let also = labels(block.label.as_ref(), &block.clauses);
        self.declare(space, &block.id, span, also);
        self.owner = Some(block.id.text.clone());
        self.clauses(&block.clauses);
        self.owner = None;
    }

    fn clauses(&mut self, clauses: &[Clause]) {
        for clause in clauses {
            self.clause(clause);
        }
    }

    fn clause(&mut self, clause: &Clause) {
        let span = clause.span;
        match &clause.kind {
            ClauseKind::Unit(word) => self.refer(&[Space::Unit], word),
            ClauseKind::Kind(KindWord::LevelOf(word)) => self.refer(&[Space::Ladder], word),
            ClauseKind::BoundsBetween(low, high) => {
                self.quantity(low);
                self.quantity(high);
            }
            ClauseKind::BoundsSide(_, quantity)
            | ClauseKind::Value { quantity, .. }
            | ClauseKind::Plausible(_, quantity)
            | ClauseKind::Width { quantity, .. }
            | ClauseKind::From { quantity, .. } => self.quantity(quantity),
            ClauseKind::Definition { name, labels, .. } => {
                self.declare(Space::Definition, name, span, texts(labels));
            }
            ClauseKind::Identity { value, under } | ClauseKind::Derive { value, under } => {
                self.expr(value);
                self.maybe(Space::Definition, under.as_ref());
            }
            ClauseKind::Replaces(word) => self.refer(&[Space::Document], word),
            ClauseKind::CompleteBy(word) => self.refer(&[Space::Quantity], word),
            ClauseKind::Class(words) => self.refer_all(Space::Body, words),
            ClauseKind::PartOf { wholes, under } => {
                for word in wholes {
                    self.refer(&[Space::Body, Space::Quantity, Space::Rule], word);
                }
                self.maybe(Space::Definition, under.as_ref());
            }
            ClauseKind::ShareOf { part, whole, under } => {
                self.refer(&[Space::Quantity], part);
                self.maybe(Space::Quantity, whole.as_ref());
                self.maybe(Space::Definition, under.as_ref());
            }
            ClauseKind::Uses(words) => self.refer_all(Space::Pack, words),
            ClauseKind::Entity(word) => self.refer(&[Space::Body], word),
            ClauseKind::Alike(a, b) => {
                self.refer(&[Space::Unit], a);
                self.refer(&[Space::Unit], b);
            }
            ClauseKind::Prefer(words)
            | ClauseKind::Under(words)
            | ClauseKind::PrevailsOver(words) => {
                self.refer_all(Space::Document, words);
            }
            ClauseKind::Require { goal, timing } => {
                self.goal(goal);
                if let Some(timing) = timing {
                    self.timing(timing);
                }
            }
            ClauseKind::Path(method) => self.path(method),
            ClauseKind::Cite { document, .. } => self.refer(&[Space::Document], document),
            ClauseKind::When(condition) => self.expr(condition),
            ClauseKind::Scope(members) => self.members(members),
            ClauseKind::Waiver { entity, .. } => self.maybe(Space::Body, entity.as_ref()),
            ClauseKind::Code {
                id,
                labels,
                aliases,
            } => {
                let also = texts(labels).into_iter().chain(texts(aliases));
                self.declare(Space::Code, id, span, also.collect());
            }
            ClauseKind::Breakdown(words) | ClauseKind::AddsUp(words) => {
                self.refer_all(Space::Breakdown, words);
            }
            ClauseKind::Feeds(feed) => self.refer(&[Space::Quantity], &feed.indicator),
            ClauseKind::Calendar(word) => self.refer(&[Space::Calendar], word),
            ClauseKind::Evidence(evidence) => self.evidence(evidence, span),
            _ => self.decision_clause(clause),
        }
    }

    /// What only decisions have; everything else has no name in it.
    fn decision_clause(&mut self, clause: &Clause) {
        match &clause.kind {
            ClauseKind::Outcome { name, labels } => {
                self.declare(Space::Outcome, name, clause.span, texts(labels));
            }
            ClauseKind::Cases(cases) => {
                for case in cases {
                    if let Some(id) = &case.id {
                        self.declare(Space::Case, id, case.span, Vec::new());
                    }
                    self.refer_all(Space::Case, &case.beats);
                    self.refer(&[Space::Outcome], &case.outcome);
                    if let Some(condition) = &case.condition {
                        self.expr(condition);
                    }
                    self.clauses(&case.parts);
                }
            }
            ClauseKind::Presume(presumption) => {
                self.expr(&presumption.fact);
                if let Some(unless) = &presumption.unless {
                    self.expr(unless);
                }
                self.clauses(&presumption.parts);
            }
            ClauseKind::Version(version) => self.clauses(&version.clauses),
            _ => {}
        }
    }

    fn evidence(&mut self, evidence: &Evidence, span: Span) {
        let also = texts(&evidence.labels);
        self.declare(Space::Evidence, &evidence.id, span, also);
        self.clauses(&evidence.clauses);
    }

    fn score(&mut self, score: &Score, span: Span) {
        let also = labels(score.label.as_ref(), &score.clauses);
        self.declare(Space::Quantity, &score.name, span, also);
        self.owner = Some(score.name.text.clone());
        for part in &score.parts {
            match &part.kind {
                ScorePartKind::Element(element) => {
                    let also = texts(&element.labels);
                    self.declare(Space::Element, &element.name, part.span, also);
                    match &element.value {
                        Some(value) => self.expr(value),
                        // Its name is that of the quantity itself.
                        None => self.refer(&[Space::Quantity], &element.name),
                    }
                    self.weight(&element.weight);
                }
                ScorePartKind::Aggregate { .. }
                | ScorePartKind::Missing(_)
                | ScorePartKind::OutOf(_)
                | ScorePartKind::Tier(_) => {}
            }
        }
        self.clauses(&score.clauses);
        self.owner = None;
    }

    fn weights(&mut self, weights: &Weights, span: Span) {
        self.declare(Space::Weights, &weights.id, span, Vec::new());
        self.refer(&[Space::Quantity], &weights.score);
        let owner = Some(weights.score.text.clone());
        for (element, weight) in &weights.elements {
            self.refer_of(&[Space::Element], element, owner.clone());
            self.weight(weight);
        }
        self.clauses(&weights.clauses);
    }

    fn table_clause(&mut self, kind: &TableClauseKind) {
        match kind {
            TableClauseKind::Figures(_, fixed) | TableClauseKind::All(fixed) => {
                for part in fixed {
                    self.fixed(part);
                }
            }
            TableClauseKind::File(_)
            | TableClauseKind::Sheet(_)
            | TableClauseKind::Header(..)
            | TableClauseKind::Rows(..)
            | TableClauseKind::Holds(..)
            | TableClauseKind::Ignore(_)
            | TableClauseKind::Missing(_) => {}
        }
    }

    fn test_clause(&mut self, clause: &TestClause) {
        match &clause.kind {
            TestClauseKind::Given {
                figure,
                value,
                source,
                entity,
                ..
            } => {
                self.expr(figure);
                self.given_value(value);
                self.maybe(Space::Document, source.as_ref());
                self.maybe(Space::Body, entity.as_ref());
            }
            TestClauseKind::GivenEvidence(given) => self.given_evidence(given),
            TestClauseKind::Sources(words) | TestClauseKind::Prefer(words) => {
                self.refer_all(Space::Document, words);
            }
            TestClauseKind::Weights(word) => self.refer(&[Space::Weights], word),
            TestClauseKind::Expect { rule, entity, what } => {
                self.refer(&[Space::Rule, Space::Quantity], rule);
                self.maybe(Space::Body, entity.as_ref());
                self.expectation(rule, what);
            }
            TestClauseKind::Cases(rows) => {
                for row in rows {
                    self.maybe(Space::Body, row.entity.as_ref());
                    for clause in &row.clauses {
                        self.test_clause(clause);
                    }
                }
            }
            TestClauseKind::Period(_)
            | TestClauseKind::InForce(_)
            | TestClauseKind::KnownOn(_)
            | TestClauseKind::Vintage(_) => {}
        }
    }

    fn maybe(&mut self, space: Space, word: Option<&Word>) {
        if let Some(word) = word {
            self.refer(&[space], word);
        }
    }
}

fn texts(words: &[Word]) -> Vec<String> {
    words.iter().map(|word| word.text.clone()).collect()
}

/// The labels of an item and the other names that it gives itself.
fn labels(label: Option<&Word>, clauses: &[Clause]) -> Vec<String> {
    let mut found: Vec<String> = label.iter().map(|word| word.text.clone()).collect();
    for clause in clauses {
        match &clause.kind {
            ClauseKind::En(word) | ClauseKind::Zh(word) => found.push(word.text.clone()),
            ClauseKind::Alias(words) => found.extend(texts(words)),
            _ => {}
        }
    }
    found
}
