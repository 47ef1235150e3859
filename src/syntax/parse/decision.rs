//! What a decision is made of: pest pairs to the tree. A table of cases becomes the cases that its
//! rows say, so that nothing after this knows in which form they were written.

use pest::iterators::Pair;

use super::expr::{compare_op, parts};
use super::{Cx, Rule};
use crate::diagnostic::{Code, Diagnostic};
use crate::message::Message;
use crate::source::Span;
use crate::syntax::ast::{
    Case, Clause, ClauseKind, CompareOp, Expr, ExprKind, Presumption, Version, Word,
};

impl Cx<'_> {
    /// A clause of a decision; nothing where the rule is of another item.
    pub(super) fn decision_clause(&mut self, pair: Pair<'_, Rule>) -> Option<ClauseKind> {
        Some(match pair.as_rule() {
            Rule::presume_clause => self.presumption(pair)?,
            Rule::version_clause => self.version(pair)?,
            Rule::cases_clause => ClauseKind::Cases(self.cases(pair)?),
            _ => ClauseKind::Cases(vec![self.case(pair)?]),
        })
    }

    /// A case, an exception or `otherwise`.
    fn case(&mut self, pair: Pair<'_, Rule>) -> Option<Case> {
        let span = self.span(&pair);
        let is_otherwise = pair.as_rule() == Rule::otherwise_clause;
        let (mut ids, mut outcome, mut condition) = (Vec::new(), None, None);
        let mut clauses = Vec::new();
        for part in parts(pair) {
            match part.as_rule() {
                Rule::rule_id => ids.push(self.word(&part)),
                Rule::name => outcome = Some(self.word(&part)),
                Rule::expr => condition = Some(self.expr(part)?),
                Rule::case_part => clauses.push(self.clause(part)?),
                _ => {}
            }
        }
        let mut ids = ids.into_iter();
        Some(Case {
            id: if is_otherwise { None } else { ids.next() },
            beats: ids.collect(),
            outcome: outcome?,
            condition,
            parts: clauses,
            span,
        })
    }

    fn presumption(&mut self, pair: Pair<'_, Rule>) -> Option<ClauseKind> {
        let mut exprs = Vec::new();
        let mut clauses: Vec<Clause> = Vec::new();
        for part in parts(pair) {
            match part.as_rule() {
                Rule::expr => exprs.push(self.expr(part)?),
                Rule::case_part => clauses.push(self.clause(part)?),
                _ => {}
            }
        }
        let mut exprs = exprs.into_iter();
        Some(ClauseKind::Presume(Box::new(Presumption {
            fact: exprs.next()?,
            unless: exprs.next(),
            parts: clauses,
        })))
    }

    fn version(&mut self, pair: Pair<'_, Rule>) -> Option<ClauseKind> {
        let (mut id, mut label) = (None, None);
        let mut clauses = Vec::new();
        for part in parts(pair) {
            match part.as_rule() {
                Rule::rule_id => id = Some(self.word(&part)),
                Rule::text => label = Some(self.text(&part)),
                Rule::clause => clauses.push(self.clause(part)?),
                _ => {}
            }
        }
        Some(ClauseKind::Version(Version {
            id: id?,
            label,
            clauses,
        }))
    }

    /// The rows of a table as cases: each cell is held against the quantity at the head of its
    /// column.
    fn cases(&mut self, pair: Pair<'_, Rule>) -> Option<Vec<Case>> {
        let mut heads = Vec::new();
        let mut cases = Vec::new();
        for part in parts(pair) {
            match part.as_rule() {
                Rule::table_head => {
                    for head in parts(part).filter(|part| part.as_rule() == Rule::sum) {
                        heads.push(self.expr(head)?);
                    }
                }
                Rule::table_row => cases.push(self.row(&heads, part)?),
                _ => {}
            }
        }
        Some(cases)
    }

    fn row(&mut self, heads: &[Expr], pair: Pair<'_, Rule>) -> Option<Case> {
        let span = self.span(&pair);
        let mut cells = Vec::new();
        let mut clauses = Vec::new();
        for part in parts(pair) {
            match part.as_rule() {
                Rule::table_cell => cells.push(part),
                Rule::case_part => clauses.push(self.clause(part)?),
                _ => {}
            }
        }
        let last = cells.pop()?;
        let outcome = self.outcome_cell(last)?;
        if cells.len() != heads.len() {
            let found = cells.len() + 1;
            self.wrong_row(span, found, heads.len() + 1);
            return None;
        }
        let mut conditions = Vec::new();
        for (head, cell) in heads.iter().zip(cells) {
            conditions.extend(self.cell(head, cell)?);
        }
        let condition = match (conditions.len(), conditions.pop()) {
            (_, None) => None,
            (1, only) => only,
            (_, Some(last)) => {
                conditions.push(last);
                Some(Expr {
                    kind: ExprKind::All(conditions),
                    span,
                })
            }
        };
        Some(Case {
            id: None,
            beats: Vec::new(),
            outcome,
            condition,
            parts: clauses,
            span,
        })
    }

    /// The outcome at the end of a row.
    fn outcome_cell(&mut self, cell: Pair<'_, Rule>) -> Option<Word> {
        let span = self.span(&cell);
        let inner = parts(cell).next()?;
        if inner.as_rule() == Rule::sum
            && let Expr {
                kind: ExprKind::Name { name, selectors },
                ..
            } = self.expr(inner)?
            && selectors.is_empty()
        {
            return Some(name);
        }
        self.no_outcome(span);
        None
    }

    /// A cell as a condition; `None` inside where any value will do.
    fn cell(&mut self, head: &Expr, cell: Pair<'_, Rule>) -> Option<Option<Expr>> {
        let span = self.span(&cell);
        let mut inner = parts(cell);
        let first = inner.next()?;
        let subject = || Box::new(head.clone());
        let kind = match first.as_rule() {
            Rule::any_value => return Some(None),
            Rule::kw_true => return Some(Some(at(head, span))),
            Rule::kw_false => ExprKind::Not(Box::new(at(head, span))),
            Rule::between_tail | Rule::in_tail => {
                let is_between = first.as_rule() == Rule::between_tail;
                let mut limits = Vec::new();
                for part in parts(first).filter(|part| part.as_rule() == Rule::sum) {
                    limits.push(self.expr(part)?);
                }
                if is_between {
                    let mut limits = limits.into_iter();
                    let (low, high) = (limits.next()?, limits.next()?);
                    ExprKind::Between(subject(), Box::new(low), Box::new(high))
                } else {
                    ExprKind::Member(subject(), limits)
                }
            }
            Rule::comparison_op => {
                let op = compare_op(&first)?;
                let limit = self.expr(inner.next()?)?;
                ExprKind::Compare(subject(), vec![(op, limit)])
            }
            _ => ExprKind::Compare(subject(), vec![(CompareOp::Eq, self.expr(first)?)]),
        };
        Some(Some(Expr { kind, span }))
    }
}

/// The quantity of a column where a cell says no more than yes.
fn at(head: &Expr, span: Span) -> Expr {
    Expr {
        kind: head.kind.clone(),
        span,
    }
}

impl Cx<'_> {
    /// A row with too few or too many cells.
    fn wrong_row(&mut self, span: Span, found: usize, expected: usize) {
        self.report(
            Diagnostic::new(Code::WrongRow, span)
                .with("found", found)
                .with("expected", expected)
                .help(Message::new("help-row-cells")),
        );
    }

    /// A row that does not end in an outcome.
    fn no_outcome(&mut self, span: Span) {
        self.report(
            Diagnostic::new(Code::UnknownOutcome, span)
                .with("name", "\u{2026}")
                .help(Message::new("help-row-outcome")),
        );
    }
}
