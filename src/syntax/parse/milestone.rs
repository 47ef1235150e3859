//! Milestones, what proves them, and scales: pest pairs to the tree.

use pest::iterators::Pair;

use super::expr::parts;
use super::{Cx, Rule};
use crate::number::Exact;
use crate::syntax::ast::{
    Aggregate, ClauseKind, CompareOp, Evidence, Expr, ExprKind, Fold, GivenEvidence, Ladder,
    Number, Quantity, TestClauseKind, Word,
};

impl Cx<'_> {
    /// An item of evidence.
    pub(super) fn evidence(&mut self, pair: Pair<'_, Rule>) -> Option<ClauseKind> {
        let (mut id, mut labels, mut clauses) = (None, Vec::new(), Vec::new());
        for part in parts(pair) {
            match part.as_rule() {
                Rule::name => id = Some(self.word(&part)),
                Rule::text => labels.push(self.text(&part)),
                Rule::clause => clauses.push(self.clause(part)?),
                _ => {}
            }
        }
        Some(ClauseKind::Evidence(Evidence {
            id: id?,
            labels,
            clauses,
        }))
    }

    /// A scale.
    pub(super) fn ladder(&mut self, pair: Pair<'_, Rule>) -> Option<Ladder> {
        let (mut name, mut labels, mut steps) = (None, Vec::new(), Vec::new());
        for part in parts(pair) {
            match part.as_rule() {
                Rule::name => name = Some(self.word(&part)),
                Rule::text => labels.push(self.text(&part)),
                Rule::ladder_step => {
                    let mut inner = parts(part);
                    let id = inner.next()?;
                    let texts = inner.map(|text| self.text(&text)).collect();
                    steps.push((self.word(&id), texts));
                }
                _ => {}
            }
        }
        Some(Ladder {
            name: name?,
            labels,
            steps,
        })
    }

    /// Evidence that a test offers.
    pub(super) fn given_evidence(&mut self, pair: Pair<'_, Rule>) -> Option<TestClauseKind> {
        let span = self.span(&pair);
        let none = Word {
            text: String::new(),
            span,
        };
        let mut given = GivenEvidence {
            item: none.clone(),
            value: none,
            dated: None,
            kind: None,
            grade: None,
            issuer: None,
            said_by: None,
            reference: None,
            source: None,
            published: None,
            entity: None,
            span,
        };
        for part in parts(pair) {
            match part.as_rule() {
                Rule::rule_id => given.item = self.word(&part),
                Rule::text => given.value = self.text(&part),
                Rule::evidence_extra | Rule::given_extra => {
                    let mut inner = parts(part);
                    let keyword = inner.next()?.as_rule();
                    let what = inner.next()?;
                    match keyword {
                        Rule::kw_dated => given.dated = Some(self.period(&what)?),
                        Rule::kw_published => given.published = Some(self.period(&what)?),
                        Rule::kw_kind => given.kind = Some(self.word(&what)),
                        Rule::kw_grade => given.grade = Some(self.word(&what)),
                        Rule::kw_issuer => given.issuer = Some(self.text(&what)),
                        Rule::kw_said_by => given.said_by = Some(self.text(&what)),
                        Rule::kw_reference => given.reference = Some(self.text(&what)),
                        Rule::kw_source => given.source = Some(self.word(&what)),
                        _ => given.entity = Some(self.word(&what)),
                    }
                }
                _ => {}
            }
        }
        Some(TestClauseKind::GivenEvidence(Box::new(given)))
    }

    /// Several conditions together.
    pub(super) fn of_list(&mut self, pair: Pair<'_, Rule>) -> Option<ExprKind> {
        let span = self.span(&pair);
        let (mut is_all, mut number, mut items) = (true, None, Vec::new());
        for part in parts(pair) {
            match part.as_rule() {
                Rule::kw_any_of => is_all = false,
                Rule::number => number = Some(self.number(&part)?),
                Rule::expr => items.push(self.expr(part)?),
                _ => {}
            }
        }
        self.chain_fits(items.len(), span)?;
        Some(match number {
            Some(n) => ExprKind::AtLeast(n, items),
            None if is_all => ExprKind::All(items),
            None => ExprKind::Any(items),
        })
    }

    /// One condition of every member of a class, or of any of them.
    pub(super) fn of_members(&mut self, pair: Pair<'_, Rule>) -> Option<ExprKind> {
        let span = self.span(&pair);
        let is_all = parts(pair.clone()).any(|part| part.as_rule() == Rule::kw_all_of);
        let (mut operand, mut members) = (None, None);
        for piece in parts(pair) {
            let span = self.span(&piece);
            match piece.as_rule() {
                Rule::bracketed => {
                    let inside = parts(piece).find(|part| part.as_rule() == Rule::expr)?;
                    operand = Some(self.expr(inside)?);
                }
                Rule::single => operand = Some(self.single(piece, span)?),
                Rule::own_members => {
                    let is_own = parts(piece.clone()).any(|part| part.as_rule() == Rule::kw_its);
                    let inside = parts(piece).find(|part| part.as_rule() == Rule::members)?;
                    members = Some(self.members(inside, is_own)?);
                }
                _ => {}
            }
        }
        let operand = operand?;
        let at = operand.span;
        // All of them: none is otherwise.
        let (operand, op, n) = match is_all {
            true => {
                let kind = ExprKind::Not(Box::new(operand));
                (Expr { kind, span: at }, CompareOp::Le, 0)
            }
            false => (operand, CompareOp::Ge, 1),
        };
        let aggregate = Aggregate {
            fold: Fold::Count,
            operand,
            filter: None,
            members: members?,
        };
        let kind = ExprKind::Aggregate(Box::new(aggregate));
        let number = Number {
            value: Exact::from(n),
            text: n.to_string(),
            span,
        };
        let quantity = Quantity {
            number,
            unit: None,
            span,
        };
        let kind_of_limit = ExprKind::Quantity(quantity);
        let limit = Expr {
            kind: kind_of_limit,
            span,
        };
        let count = Expr { kind, span };
        Some(ExprKind::Compare(Box::new(count), vec![(op, limit)]))
    }
}
