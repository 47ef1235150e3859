//! Expressions: pest pairs to `ast::Expr`.

use pest::iterators::Pair;

use super::{Cx, Rule, keyword_of};
use crate::diagnostic::{Code, Diagnostic};
use crate::number::Exact;
use crate::period::Period;
use crate::source::Span;
use crate::syntax::ast::{
    Argument, CompareOp, Expr, ExprKind, Number, PeriodAt, PeriodRef, Quantity, Selector,
    SelectorKey, Word,
};

/// The children of a pair, comments left out.
pub(super) fn parts<'i>(pair: Pair<'i, Rule>) -> impl DoubleEndedIterator<Item = Pair<'i, Rule>> {
    pair.into_inner()
        .filter(|part| part.as_rule() != Rule::comment)
}

/// Whether a rule is a level of the expression grammar, which may have but one part.
fn is_level(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::expr
            | Rule::disjunction
            | Rule::conjunction
            | Rule::negation
            | Rule::comparison
            | Rule::sum
            | Rule::product
            | Rule::unary
            | Rule::power
            | Rule::postfix
            | Rule::primary
    )
}

impl Cx<'_> {
    /// An expression from the pair of any of its levels.
    ///
    /// Levels that say nothing, brackets among them, are walked in a loop; every other one adds
    /// a node and is counted, so that the depth of the tree has a bound.
    pub(super) fn expr(&mut self, pair: Pair<'_, Rule>) -> Option<Expr> {
        let mut pair = pair;
        while is_level(pair.as_rule()) {
            let mut inner = parts(pair.clone());
            let first = inner.next()?;
            pair = match inner.next() {
                None => first,
                Some(inside) if first.as_rule() == Rule::paren_open => inside,
                Some(_) => break,
            };
        }
        self.depth += 1;
        let span = self.span(&pair);
        self.depth_fits(span)?;
        let value = self.node(pair, span);
        self.depth -= 1;
        value
    }

    /// The expression of a pair that is more than its only part.
    fn node(&mut self, pair: Pair<'_, Rule>, span: Span) -> Option<Expr> {
        let kind = match pair.as_rule() {
            Rule::expr => return self.implication(pair),
            Rule::disjunction => ExprKind::Any(self.flat(pair, span)?),
            Rule::conjunction => ExprKind::All(self.flat(pair, span)?),
            Rule::negation => return self.negation(pair),
            Rule::comparison => self.comparison(pair, span)?,
            Rule::sum => ExprKind::Sum(self.signed_chain(pair, span, Rule::minus)?),
            Rule::product => ExprKind::Product(self.signed_chain(pair, span, Rule::divide)?),
            Rule::unary => return self.unary(pair, span),
            Rule::power => self.power(pair)?,
            Rule::postfix => return self.postfix(pair, span),
            Rule::if_expr => self.condition(pair)?,
            Rule::truth => ExprKind::Truth(parts(pair).next()?.as_rule() == Rule::kw_true),
            Rule::aggregate => self.aggregate(pair)?,
            Rule::of_list => self.of_list(pair)?,
            Rule::of_members => self.of_members(pair)?,
            Rule::primary => self.call(pair)?,
            Rule::quantity => ExprKind::Quantity(self.quantity(pair, false)?),
            Rule::text => ExprKind::Text(text_of(&pair)),
            Rule::kw_this_day => ExprKind::ThisDay,
            Rule::day => match self.period(&pair)?.period {
                Period::Day(day) => ExprKind::Day(day),
                _ => return None,
            },
            _ => ExprKind::Name {
                name: self.word(&pair),
                selectors: Vec::new(),
            },
        };
        Some(Expr { kind, span })
    }

    /// Refuses what later phases could not walk by recursion.
    fn depth_fits(&mut self, span: Span) -> Option<()> {
        if self.depth <= self.limits.nesting {
            return Some(());
        }
        self.too_deep((span.start as usize).saturating_sub(self.offset));
        None
    }

    /// `a implies b implies c` is `a implies (b implies c)`.
    fn implication(&mut self, pair: Pair<'_, Rule>) -> Option<Expr> {
        let span = self.span(&pair);
        let mut members: Vec<_> = parts(pair)
            .filter(|part| part.as_rule() == Rule::disjunction)
            .collect();
        // Every member but the first stands inside those before it.
        let depth = self.depth;
        self.depth += members.len();
        self.depth_fits(span)?;
        let mut value = self.expr(members.pop()?)?;
        while let Some(part) = members.pop() {
            let left = self.expr(part)?;
            let span = left.span.to(value.span);
            value = Expr {
                kind: ExprKind::Implies(Box::new(left), Box::new(value)),
                span,
            };
        }
        self.depth = depth;
        Some(value)
    }

    /// The members of a chain of `and` or `or`.
    pub(super) fn flat(&mut self, pair: Pair<'_, Rule>, span: Span) -> Option<Vec<Expr>> {
        let mut members = Vec::new();
        for part in parts(pair).filter(|part| is_level(part.as_rule())) {
            members.push(self.expr(part)?);
        }
        self.chain_fits(members.len(), span)?;
        Some(members)
    }

    pub(super) fn chain_fits(&mut self, len: usize, span: Span) -> Option<()> {
        if len <= self.limits.chain {
            return Some(());
        }
        let short = Span {
            end: span.start + 1,
            ..span
        };
        let diagnostic = Diagnostic::new(Code::TooManyTerms, short)
            .with("found", len)
            .with("limit", self.limits.chain);
        self.report(diagnostic);
        None
    }

    fn negation(&mut self, pair: Pair<'_, Rule>) -> Option<Expr> {
        let span = self.span(&pair);
        let mut inner: Vec<_> = parts(pair).collect();
        let inside = inner.pop()?;
        let depth = self.depth;
        self.depth += inner.len();
        self.depth_fits(span)?;
        let mut value = self.expr(inside)?;
        while let Some(word) = inner.pop() {
            let span = self.span(&word).to(value.span);
            let inside = Box::new(value);
            let kind = match word.as_rule() {
                Rule::kw_not => ExprKind::Not(inside),
                _ => ExprKind::Strict(inside),
            };
            value = Expr { kind, span };
        }
        self.depth = depth;
        Some(value)
    }

    fn comparison(&mut self, pair: Pair<'_, Rule>, span: Span) -> Option<ExprKind> {
        let mut inner = parts(pair);
        let left = Box::new(self.expr(inner.next()?)?);
        let next = inner.next()?;
        Some(match next.as_rule() {
            Rule::kw_is_present => ExprKind::Present(left),
            Rule::kw_is_missing => ExprKind::Missing(left),
            Rule::between_tail => {
                let mut ends = self.flat(next, span)?.into_iter();
                ExprKind::Between(left, Box::new(ends.next()?), Box::new(ends.next()?))
            }
            Rule::in_tail => ExprKind::Member(left, self.flat(next, span)?),
            _ => {
                let mut op = compare_op(&next)?;
                let mut rest = Vec::new();
                while let Some(operand) = inner.next() {
                    rest.push((op, self.expr(operand)?));
                    match inner.next() {
                        Some(next) => op = compare_op(&next)?,
                        None => break,
                    }
                }
                self.chain_fits(rest.len(), span)?;
                ExprKind::Compare(left, rest)
            }
        })
    }

    /// The members of a chain, each with whether the sign before it is the inverse one.
    fn signed_chain(
        &mut self,
        pair: Pair<'_, Rule>,
        span: Span,
        inverse: Rule,
    ) -> Option<Vec<(bool, Expr)>> {
        let mut terms = Vec::new();
        let mut is_inverse = false;
        for part in parts(pair) {
            if matches!(part.as_rule(), Rule::add_op | Rule::mul_op) {
                is_inverse = parts(part).any(|op| op.as_rule() == inverse);
            } else {
                terms.push((is_inverse, self.expr(part)?));
            }
        }
        self.chain_fits(terms.len(), span)?;
        Some(terms)
    }

    fn unary(&mut self, pair: Pair<'_, Rule>, span: Span) -> Option<Expr> {
        let mut inner: Vec<_> = parts(pair).collect();
        let value = self.expr(inner.pop()?)?;
        if inner.len() % 2 == 0 {
            return Some(value);
        }
        let kind = ExprKind::Negative(Box::new(value));
        Some(Expr { kind, span })
    }

    fn power(&mut self, pair: Pair<'_, Rule>) -> Option<ExprKind> {
        let mut inner = parts(pair);
        let base = Box::new(self.expr(inner.next()?)?);
        let number = self.number(&inner.find(|part| part.as_rule() == Rule::number)?)?;
        let exponent = number.text.parse::<u32>().ok().filter(|n| *n <= 64);
        let Some(exponent) = exponent else {
            self.report(Diagnostic::new(Code::BadExponent, number.span));
            return None;
        };
        Some(ExprKind::Power(base, exponent))
    }

    fn postfix(&mut self, pair: Pair<'_, Rule>, span: Span) -> Option<Expr> {
        let mut inner = parts(pair);
        let mut value = self.expr(inner.next()?)?;
        for part in inner {
            if part.as_rule() == Rule::selector {
                let ExprKind::Name { selectors, .. } = &mut value.kind else {
                    self.report(Diagnostic::new(Code::SelectorWithoutName, span));
                    return None;
                };
                *selectors = self.selectors(part)?;
                value.span = span;
            } else {
                let reference = parts(part).find(|p| p.as_rule() == Rule::period_ref)?;
                let at = self.period_ref(reference)?;
                value = Expr {
                    kind: ExprKind::At(Box::new(value), at),
                    span,
                };
            }
        }
        Some(value)
    }

    fn selectors(&mut self, pair: Pair<'_, Rule>) -> Option<Vec<Selector>> {
        let mut selectors = Vec::new();
        for pair in parts(pair).filter(|part| part.as_rule() == Rule::selector_pair) {
            let span = self.span(&pair);
            let mut inner = parts(pair).filter(|part| part.as_rule() != Rule::equals);
            let key = inner.next()?;
            let word = fold_width(key.as_str());
            let key = match parts(key).next()?.as_rule() {
                Rule::kw_definition => SelectorKey::Definition,
                Rule::kw_measure => SelectorKey::Measure,
                Rule::kw_entity => SelectorKey::Entity,
                Rule::kw_basis => SelectorKey::Basis,
                _ => SelectorKey::Breakdown(unquoted(&word).to_owned()),
            };
            let value = self.word(&inner.next()?);
            selectors.push(Selector { key, value, span });
        }
        Some(selectors)
    }

    fn condition(&mut self, pair: Pair<'_, Rule>) -> Option<ExprKind> {
        let mut arms = parts(pair).filter(|part| part.as_rule() == Rule::expr);
        Some(ExprKind::If(
            Box::new(self.expr(arms.next()?)?),
            Box::new(self.expr(arms.next()?)?),
            Box::new(self.expr(arms.next()?)?),
        ))
    }

    fn call(&mut self, pair: Pair<'_, Rule>) -> Option<ExprKind> {
        let mut inner = parts(pair);
        let function = self.word(&inner.next()?);
        let mut arguments = Vec::new();
        let written = parts(inner.next()?).filter(|part| part.as_rule() == Rule::argument);
        for part in written {
            let span = self.span(&part);
            let value = parts(part).next()?;
            arguments.push(if value.as_rule() == Rule::expr {
                Argument::Value(self.expr(value)?)
            } else {
                let mut ends = parts(value).filter(|part| part.as_rule() == Rule::range_end);
                let (first, last) = (ends.next()?, ends.next()?);
                Argument::Range(self.period_ref(first)?, self.period_ref(last)?, span)
            });
        }
        Some(ExprKind::Call {
            function,
            arguments,
        })
    }

    fn period_ref(&mut self, pair: Pair<'_, Rule>) -> Option<PeriodRef> {
        let inner = parts(pair).next()?;
        match inner.as_rule() {
            Rule::kw_previous_year => Some(PeriodRef::Relative(-1)),
            Rule::relative_period => {
                let text = fold_width(inner.as_str()).replace('\u{2212}', "-");
                text.parse().ok().map(PeriodRef::Relative)
            }
            _ => self.period(&inner).map(|at| PeriodRef::Fixed(at.period)),
        }
    }

    pub(super) fn period(&mut self, pair: &Pair<'_, Rule>) -> Option<PeriodAt> {
        let span = self.span(pair);
        match written_period(&fold_width(pair.as_str())) {
            Some(period) => Some(PeriodAt { period, span }),
            None => {
                self.report(Diagnostic::new(Code::BadPeriod, span));
                None
            }
        }
    }

    pub(super) fn quantity(&mut self, pair: Pair<'_, Rule>, negative: bool) -> Option<Quantity> {
        let span = self.span(&pair);
        let mut inner = parts(pair);
        let mut number = self.number(&inner.next()?)?;
        if negative {
            number.value = -number.value;
            number.text.insert(0, '-');
        }
        let unit = inner.next().map(|unit| self.word(&unit));
        Some(Quantity { number, unit, span })
    }

    /// A quantity with an optional sign.
    pub(super) fn signed(&mut self, pair: Pair<'_, Rule>) -> Option<Quantity> {
        let span = self.span(&pair);
        let mut negative = false;
        for part in parts(pair) {
            match part.as_rule() {
                Rule::minus => negative = true,
                _ => {
                    return Some(Quantity {
                        span,
                        ..self.quantity(part, negative)?
                    });
                }
            }
        }
        None
    }

    pub(super) fn number(&mut self, pair: &Pair<'_, Rule>) -> Option<Number> {
        let text = fold_width(pair.as_str());
        let span = self.span(pair);
        let is_short = text.len() <= self.limits.digits;
        if let Some(value) = is_short.then(|| Exact::parse_decimal(&text).ok()).flatten() {
            return Some(Number { value, text, span });
        }
        let diagnostic = Diagnostic::new(Code::NumberTooLong, span);
        self.report(diagnostic.with("limit", self.limits.digits));
        None
    }

    pub(super) fn word(&self, pair: &Pair<'_, Rule>) -> Word {
        let text = fold_width(pair.as_str());
        Word {
            text: unquoted(&text).to_owned(),
            span: self.span(pair),
        }
    }

    /// A quoted text, as a word.
    pub(super) fn text(&self, pair: &Pair<'_, Rule>) -> Word {
        Word {
            text: text_of(pair),
            span: self.span(pair),
        }
    }
}

/// A name without the quotes that allow any character in it.
fn unquoted(text: &str) -> &str {
    let strip = |open, close| {
        text.strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close))
    };
    strip('\u{300C}', '\u{300D}')
        .or_else(|| strip('`', '`'))
        .or_else(|| strip('"', '"'))
        .unwrap_or(text)
}

/// The text between the quotes, escapes undone.
fn text_of(pair: &Pair<'_, Rule>) -> String {
    let body = pair.clone().into_inner().next();
    let raw = body.as_ref().map_or("", |body| body.as_str());
    let mut text = String::with_capacity(raw.len());
    let is_escaped = body
        .as_ref()
        .is_some_and(|body| body.as_rule() == Rule::text_body);
    let mut chars = raw.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' if is_escaped => match chars.next() {
                Some('n') => text.push('\n'),
                Some(other) => text.push(other),
                None => {}
            },
            _ => text.push(c),
        }
    }
    text
}

/// Full-width forms of ASCII as their half-width forms.
pub(super) fn fold_width(text: &str) -> String {
    crate::fold::fold_width(text)
}

pub(super) fn compare_op(pair: &Pair<'_, Rule>) -> Option<CompareOp> {
    let inner = parts(pair.clone()).next()?;
    Some(match inner.as_rule() {
        Rule::ge_op => CompareOp::Ge,
        Rule::le_op => CompareOp::Le,
        Rule::ne_op => CompareOp::Ne,
        Rule::eq_op => CompareOp::Eq,
        Rule::gt_op => CompareOp::Gt,
        Rule::lt_op => CompareOp::Lt,
        rule => {
            let keyword = keyword_of(rule)?;
            match keyword.group.strip_prefix("comparison ")? {
                ">=" => CompareOp::Ge,
                "<=" => CompareOp::Le,
                ">" => CompareOp::Gt,
                "<" => CompareOp::Lt,
                "==" => CompareOp::Eq,
                _ => CompareOp::Ne,
            }
        }
    })
}

/// A period as the grammar reads it: digits with `-` or the words for year, month, day.
pub(super) fn written_period(text: &str) -> Option<Period> {
    let mut numbers = Vec::new();
    let mut letter = None;
    for part in text.split(|c: char| !c.is_ascii_digit()) {
        if !part.is_empty() {
            numbers.push(part.parse::<u32>().ok()?);
        }
    }
    for c in text.chars().filter(char::is_ascii_alphabetic) {
        letter = Some(c);
    }
    let year = i32::try_from(*numbers.first()?).ok()?;
    let second = numbers.get(1).copied();
    match (letter, second, numbers.get(2).copied()) {
        (None, None, None) => Some(Period::Year(year)),
        (Some('Q'), Some(q @ 1..=4), None) => Some(Period::Quarter(year, u8::try_from(q).ok()?)),
        (Some('H'), Some(h @ 1..=2), None) => Some(Period::Half(year, u8::try_from(h).ok()?)),
        (None, Some(m @ 1..=12), None) => Some(Period::Month(year, u8::try_from(m).ok()?)),
        (None, Some(m), Some(d)) => chrono::NaiveDate::from_ymd_opt(year, m, d).map(Period::Day),
        _ => None,
    }
}
