//! Expressions over many bodies: pest pairs to `ast::Aggregate` and `ast::Members`.

use pest::iterators::Pair;

use super::expr::{compare_op, parts};
use super::{Cx, Rule};
use crate::source::Span;
use crate::syntax::ast::{Aggregate, Expr, ExprKind, Fold, Members, Part};

impl Cx<'_> {
    pub(super) fn aggregate(&mut self, pair: Pair<'_, Rule>) -> Option<ExprKind> {
        let inner = parts(pair).next()?;
        let rule = inner.as_rule();
        let (mut fold, mut part, mut number) = (None, None, None);
        let (mut operand, mut members, mut filter) = (None, None, None);
        for piece in parts(inner) {
            let span = self.span(&piece);
            match piece.as_rule() {
                Rule::fold_word => fold = Some(parts(piece).next()?.as_rule()),
                Rule::kw_count_of => fold = Some(Rule::kw_count_of),
                Rule::kw_share_of => fold = Some(Rule::kw_share_of),
                Rule::top_part => part = Some(self.top_part(piece)?),
                Rule::number => number = Some(self.number(&piece)?),
                Rule::sum => operand = Some(self.expr(piece)?),
                Rule::bracketed | Rule::single => operand = Some(self.counted(piece, span)?),
                Rule::where_part => {
                    let inside = parts(piece)
                        .find(|part| matches!(part.as_rule(), Rule::bracketed | Rule::single))?;
                    let span = self.span(&inside);
                    filter = Some(self.counted(inside, span)?);
                }
                Rule::own_members => {
                    let is_own = parts(piece.clone()).any(|part| part.as_rule() == Rule::kw_its);
                    let inside = parts(piece).find(|part| part.as_rule() == Rule::members)?;
                    members = Some(self.members(inside, is_own)?);
                }
                Rule::members => members = Some(self.members(piece, false)?),
                _ => {}
            }
        }
        let fold = match (rule, fold) {
            (Rule::rank_of, _) => Fold::Rank,
            (Rule::quantile_of, _) => Fold::Quantile(number?),
            (_, Some(Rule::kw_sum_of)) => Fold::Sum(part),
            (_, Some(Rule::kw_mean_of)) => Fold::Mean(part),
            (_, Some(Rule::kw_median_of)) => Fold::Median,
            (_, Some(Rule::kw_highest_of)) => Fold::Highest,
            (_, Some(Rule::kw_lowest_of)) => Fold::Lowest,
            (_, Some(Rule::kw_count_of)) => Fold::Count,
            _ => Fold::Share,
        };
        Some(ExprKind::Aggregate(Box::new(Aggregate {
            fold,
            operand: operand?,
            filter,
            members: members?,
        })))
    }

    /// The condition behind `where`.
    fn counted(&mut self, pair: Pair<'_, Rule>, span: Span) -> Option<Expr> {
        match pair.as_rule() {
            Rule::bracketed => {
                let inside = parts(pair).find(|part| part.as_rule() == Rule::expr)?;
                self.expr(inside)
            }
            _ => self.single(pair, span),
        }
    }

    fn top_part(&mut self, pair: Pair<'_, Rule>) -> Option<Part> {
        let is_top = parts(pair.clone()).any(|part| part.as_rule() == Rule::kw_top);
        let number = parts(pair).find(|part| part.as_rule() == Rule::number)?;
        let n = self.number(&number)?;
        Some(Part { is_top, n })
    }

    /// One comparison, without a chain, so that what follows it is about the count.
    pub(super) fn single(&mut self, pair: Pair<'_, Rule>, span: Span) -> Option<Expr> {
        let mut inner: Vec<_> = parts(pair).collect();
        let at = inner.iter().position(|part| part.as_rule() == Rule::sum)?;
        let words: Vec<_> = inner.drain(..at).collect();
        let mut rest = inner.into_iter();
        let left = self.expr(rest.next()?)?;
        let start = left.span;
        let mut value = match rest.next() {
            None => left,
            Some(next) => {
                let left = Box::new(left);
                let kind = match next.as_rule() {
                    Rule::kw_is_present => ExprKind::Present(left),
                    Rule::kw_is_missing => ExprKind::Missing(left),
                    Rule::between_tail => {
                        let mut ends = self.flat(next, span)?.into_iter();
                        ExprKind::Between(left, Box::new(ends.next()?), Box::new(ends.next()?))
                    }
                    Rule::in_tail => ExprKind::Member(left, self.flat(next, span)?),
                    _ => {
                        let right = self.expr(rest.next()?)?;
                        ExprKind::Compare(left, vec![(compare_op(&next)?, right)])
                    }
                };
                Expr {
                    kind,
                    span: start.to(span),
                }
            }
        };
        for word in words.into_iter().rev() {
            let span = self.span(&word).to(value.span);
            let inside = Box::new(value);
            let kind = match word.as_rule() {
                Rule::kw_not => ExprKind::Not(inside),
                _ => ExprKind::Strict(inside),
            };
            value = Expr { kind, span };
        }
        Some(value)
    }

    /// A class of bodies with what narrows it.
    pub(super) fn members(&mut self, pair: Pair<'_, Rule>, is_own: bool) -> Option<Members> {
        let span = self.span(&pair);
        let (mut class, mut within, mut except) = (None, None, Vec::new());
        for part in parts(pair) {
            match part.as_rule() {
                Rule::rule_id => class = Some(self.word(&part)),
                Rule::within_part => {
                    let id = parts(part).find(|part| part.as_rule() == Rule::rule_id)?;
                    within = Some(self.word(&id));
                }
                Rule::except_part => {
                    let ids = parts(part).filter(|part| part.as_rule() == Rule::rule_id);
                    except = ids.map(|id| self.word(&id)).collect();
                }
                _ => {}
            }
        }
        Some(Members {
            is_own,
            class: class?,
            within,
            except,
            span,
        })
    }
}
