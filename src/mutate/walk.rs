//! A rule file to the places where it can be changed, always in the same order. Changes nothing itself.

use crate::source::Span;
use crate::syntax::ast::{
    Aggregate, Argument, Block, BlockKind, Case, Clause, ClauseKind, CompareOp, Expr, ExprKind,
    Goal, Item, ItemKind, Limit, Modality, Module, Number, PathMethod, PeriodAt, PeriodRef,
    ScorePart, ScorePartKind, Tier, TierLimit, Timing, WeightWord,
};

/// A place of a rule file that can be changed.
pub(super) enum Site<'m> {
    /// A number, and the quantity or name that it stands in.
    Number(&'m mut Number),
    /// A comparison, and the words that it is written in.
    Comparison(&'m mut CompareOp, Span),
    /// What can be changed of an expression itself.
    Expr(&'m mut Expr),
    /// A condition as a whole.
    Condition(&'m mut Expr),
    Period(&'m mut PeriodAt),
    /// Another period of a figure, and the words that it is written in.
    Ago(&'m mut PeriodRef, Span),
    Modality(&'m mut Modality, Span),
    /// The clauses of an item, and whether it is one that is to be met.
    Clauses(&'m mut Vec<Clause>, bool),
    Cases(&'m mut Vec<Case>),
    Tiers(&'m mut Vec<ScorePart>),
}

/// What is told each place, with the item that it belongs to.
pub(super) type Visit<'f> = dyn FnMut(&str, Site<'_>) + 'f;

/// Goes through one file.
pub(super) struct Walk<'f, 'v> {
    owner: String,
    visit: &'f mut Visit<'v>,
}

impl<'f, 'v> Walk<'f, 'v> {
    pub(super) fn new(visit: &'f mut Visit<'v>) -> Self {
        Walk {
            owner: String::new(),
            visit,
        }
    }

    /// All places of a file.
    pub(super) fn module(&mut self, module: &mut Module) {
        for item in &mut module.items {
            self.item(item);
        }
    }

    fn see(&mut self, site: Site<'_>) {
        (self.visit)(&self.owner, site);
    }

    fn item(&mut self, item: &mut Item) {
        match &mut item.kind {
            ItemKind::Block(block) => self.block(block),
            ItemKind::Define { name, value, .. } => {
                self.owner.clone_from(&name.text);
                self.expr(value);
            }
            ItemKind::Score(score) => {
                self.owner.clone_from(&score.name.text);
                self.see(Site::Tiers(&mut score.parts));
                for part in &mut score.parts {
                    self.part(part);
                }
            }
            ItemKind::Weights(weights) => {
                self.owner.clone_from(&weights.id.text);
                for (_, weight) in &mut weights.elements {
                    self.weight(weight);
                }
            }
            // What is not judged by, and what judges: units, words, tables, tests.
            _ => {}
        }
    }

    fn block(&mut self, block: &mut Block) {
        self.owner.clone_from(&block.id.text);
        let is_met = matches!(block.kind, BlockKind::Target | BlockKind::Milestone);
        match block.kind {
            BlockKind::Target | BlockKind::Milestone | BlockKind::Check | BlockKind::Decision => {
                self.clauses(&mut block.clauses, is_met);
            }
            BlockKind::Indicator | BlockKind::Instrument => self.inside(&mut block.clauses),
            BlockKind::Pack | BlockKind::Entity | BlockKind::Breakdown | BlockKind::Calendar => {}
        }
    }

    /// Clauses that may be left out, and what stands in them.
    fn clauses(&mut self, clauses: &mut Vec<Clause>, is_met: bool) {
        self.see(Site::Clauses(clauses, is_met));
        self.inside(clauses);
    }

    fn inside(&mut self, clauses: &mut [Clause]) {
        for clause in clauses {
            self.clause(clause);
        }
    }

    fn clause(&mut self, clause: &mut Clause) {
        let span = clause.span;
        match &mut clause.kind {
            ClauseKind::Require { goal, timing } => {
                self.goal(goal, span);
                if let Some(timing) = timing {
                    self.timing(timing);
                }
            }
            ClauseKind::When(condition) => {
                self.see(Site::Condition(condition));
                self.expr(condition);
            }
            ClauseKind::Identity { value, .. } | ClauseKind::Derive { value, .. } => {
                self.expr(value);
            }
            ClauseKind::From { quantity, period } => {
                self.see(Site::Number(&mut quantity.number));
                self.see(Site::Period(period));
            }
            ClauseKind::Path(PathMethod::Waypoints(points)) => {
                for (period, quantity) in points {
                    self.see(Site::Period(period));
                    self.see(Site::Number(&mut quantity.number));
                }
            }
            ClauseKind::InForce { since, until } => self.window(since, until),
            ClauseKind::Break { since, .. } => self.see(Site::Period(since)),
            ClauseKind::Waiver { until, .. } => self.see(Site::Period(until)),
            ClauseKind::Modality { modality, .. } => self.see(Site::Modality(modality, span)),
            ClauseKind::Cases(cases) => {
                self.see(Site::Cases(cases));
                for condition in cases.iter_mut().filter_map(|case| case.condition.as_mut()) {
                    self.see(Site::Condition(condition));
                    self.expr(condition);
                }
            }
            ClauseKind::Presume(presumption) => {
                if let Some(unless) = &mut presumption.unless {
                    self.see(Site::Condition(unless));
                    self.expr(unless);
                }
            }
            ClauseKind::Version(version) => self.clauses(&mut version.clauses, false),
            ClauseKind::Evidence(evidence) => self.clauses(&mut evidence.clauses, false),
            _ => {}
        }
    }

    fn goal(&mut self, goal: &mut Goal, span: Span) {
        match goal {
            Goal::Condition(condition) => {
                self.see(Site::Condition(condition));
                self.expr(condition);
            }
            Goal::Special { subject, limit, .. } => {
                self.expr(subject);
                match limit {
                    Limit::Between(from, to) => {
                        self.expr(from);
                        self.expr(to);
                    }
                    Limit::Compare(op, limit) => {
                        self.see(Site::Comparison(op, span));
                        self.expr(limit);
                    }
                }
            }
        }
    }

    fn timing(&mut self, timing: &mut Timing) {
        match timing {
            Timing::By(period) | Timing::ReachedBy(period) => self.see(Site::Period(period)),
            Timing::ByDay(day) => self.expr(day),
            Timing::Every { step, since, until } => {
                if let Some(number) = &mut step.number {
                    self.see(Site::Number(number));
                }
                self.window(since, until);
            }
            Timing::Regularly { since, until } | Timing::EachYear { since, until } => {
                self.window(since, until);
            }
            Timing::Undated(_) => {}
        }
    }

    fn window(&mut self, since: &mut Option<PeriodAt>, until: &mut Option<PeriodAt>) {
        for period in since.iter_mut().chain(until) {
            self.see(Site::Period(period));
        }
    }

    fn expr(&mut self, expr: &mut Expr) {
        self.see(Site::Expr(expr));
        let span = expr.span;
        match &mut expr.kind {
            ExprKind::Quantity(quantity) => self.see(Site::Number(&mut quantity.number)),
            ExprKind::At(of, period) => {
                self.see(Site::Ago(period, span));
                self.expr(of);
            }
            ExprKind::Call { arguments, .. } => {
                for argument in arguments {
                    match argument {
                        Argument::Value(value) => self.expr(value),
                        Argument::Range(from, to, span) => {
                            self.see(Site::Ago(from, *span));
                            self.see(Site::Ago(to, *span));
                        }
                    }
                }
            }
            ExprKind::Negative(of)
            | ExprKind::Power(of, _)
            | ExprKind::Present(of)
            | ExprKind::Missing(of)
            | ExprKind::Not(of)
            | ExprKind::Strict(of)
            | ExprKind::Member(of, _) => self.expr(of),
            ExprKind::Sum(terms) | ExprKind::Product(terms) => {
                for (_, term) in terms {
                    self.expr(term);
                }
            }
            ExprKind::Compare(first, rest) => {
                self.expr(first);
                for (op, next) in rest {
                    self.see(Site::Comparison(op, span));
                    self.expr(next);
                }
            }
            ExprKind::Between(a, b, c) | ExprKind::If(a, b, c) => {
                self.expr(a);
                self.expr(b);
                self.expr(c);
            }
            ExprKind::All(parts) | ExprKind::Any(parts) => {
                for part in parts {
                    self.expr(part);
                }
            }
            ExprKind::AtLeast(number, parts) => {
                self.see(Site::Number(number));
                for part in parts {
                    self.expr(part);
                }
            }
            ExprKind::Implies(a, b) => {
                self.expr(a);
                self.expr(b);
            }
            ExprKind::Aggregate(aggregate) => self.aggregate(aggregate),
            ExprKind::Day(_)
            | ExprKind::ThisDay
            | ExprKind::Text(_)
            | ExprKind::Truth(_)
            | ExprKind::Name { .. } => {}
        }
    }

    fn aggregate(&mut self, aggregate: &mut Aggregate) {
        self.expr(&mut aggregate.operand);
        if let Some(filter) = &mut aggregate.filter {
            self.see(Site::Condition(filter));
            self.expr(filter);
        }
    }

    fn part(&mut self, part: &mut ScorePart) {
        let span = part.span;
        match &mut part.kind {
            ScorePartKind::Element(element) => {
                if let Some(value) = &mut element.value {
                    self.expr(value);
                }
                self.weight(&mut element.weight);
            }
            ScorePartKind::Tier(tier) => self.tier(tier, span),
            ScorePartKind::OutOf(_)
            | ScorePartKind::Aggregate { .. }
            | ScorePartKind::Missing(_) => {}
        }
    }

    fn tier(&mut self, tier: &mut Tier, span: Span) {
        match &mut tier.limit {
            TierLimit::Top(number) => self.see(Site::Number(number)),
            TierLimit::Score(op, quantity) => {
                self.see(Site::Comparison(op, span));
                self.see(Site::Number(&mut quantity.number));
            }
        }
    }

    fn weight(&mut self, weight: &mut WeightWord) {
        match weight {
            WeightWord::Open(_) => {}
            WeightWord::Fixed(quantity) => self.see(Site::Number(&mut quantity.number)),
            WeightWord::Between(from, to) => {
                self.see(Site::Number(&mut from.number));
                self.see(Site::Number(&mut to.number));
            }
        }
    }
}
