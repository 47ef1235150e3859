//! Scores and their weights: each element, the score, the place in it and its tier become derived
//! quantities, so that all that knows those knows scores.

use super::clauses::both;
use super::{Cx, label, notes, texts_label};
use crate::diagnostic::{Code, Diagnostic};
use crate::message::{Label, Lang, Message};
use crate::model::{
    Aggregate, Composite, DefineId, Expr, ExprKind, Fold, Gap, Members, Name, Norm, QuantityType,
    Score, ScoreElement, ScoreId, ScoreTier, Standing, Type, Weight,
};
use crate::number::Exact;
use crate::set::Comparison;
use crate::source::Span;
use crate::syntax::ast::{
    self, ClauseKind, Element, Item, ItemKind, NormWord, PeriodRef, Quantity, ScorePartKind,
    TierLimit, WeightWord, Word,
};

/// Elements of one score.
const MOST_ELEMENTS: usize = 500;

/// Words that stand for what every score has beside its elements.
const RANK: &str = "rank";
const TIER: &str = "tier";

impl Cx {
    /// Declares the derived quantities of a score.
    pub(super) fn declare_score(&mut self, score: &ast::Score) {
        let own = label(score.label.as_ref(), &score.clauses);
        self.declare_define(&score.name, own.clone());
        for (element, _) in elements(score) {
            let text = self.element_label(element);
            self.declare_define(&part(score, &element.name), joined(&own, &text));
        }
        let mut more = vec![(RANK, "score-rank")];
        if tiers(score).next().is_some() {
            more.push((TIER, "score-tier"));
        }
        for (id, key) in more {
            let word = Word {
                text: id.to_owned(),
                span: score.name.span,
            };
            let text = |lang| Message::new(key).render(lang);
            let named = Label {
                zh: text(Lang::Zh),
                en: text(Lang::En),
            };
            self.declare_define(&part(score, &word), joined(&own, &named));
        }
    }

    /// The label of an element: its own, or that of the quantity of its name.
    fn element_label(&self, element: &Element) -> Label {
        if !element.labels.is_empty() {
            return texts_label(&element.labels);
        }
        match self.model.names.lookup(&element.name.text) {
            Some(Name::Indicator(id)) => self.model.indicators[id].label.clone(),
            Some(Name::Define(id)) => self.model.defines[id].label.clone(),
            Some(Name::Decision(id)) => self.model.rules[id].label.clone(),
            None => Label::same(&element.name.text),
        }
    }

    /// Resolves all scores, and then all weights that are given to them.
    pub(super) fn scores(&mut self, items: &[&Item]) {
        for item in items {
            if let ItemKind::Score(score) = &item.kind {
                self.score(score);
            }
        }
        for item in items {
            if let ItemKind::Weights(weights) = &item.kind {
                self.weights(weights);
            }
        }
    }

    fn score(&mut self, score: &ast::Score) {
        let Some(value) = self.defined(&score.name) else {
            return;
        };
        let Some(members) = self.score_members(score) else {
            return;
        };
        let (mut is_geometric, mut gap, mut out_of) = (false, Gap::Unknown, Exact::from(1));
        for part in &score.parts {
            match &part.kind {
                ScorePartKind::Aggregate { geometric } => is_geometric = *geometric,
                ScorePartKind::Missing(word) => gap = *word,
                ScorePartKind::OutOf(number) if number.value.signum() > 0 => {
                    out_of = number.value.clone();
                }
                ScorePartKind::OutOf(number) => self.bad_score(number.span, "score-out-of-zero"),
                ScorePartKind::Element(_) | ScorePartKind::Tier(_) => {}
            }
        }
        let all: Vec<(&Element, Span)> = elements(score).collect();
        if all.is_empty() || all.len() > MOST_ELEMENTS {
            self.bad_score(score.name.span, "score-no-element");
            return;
        }
        let words: Vec<&WeightWord> = all.iter().map(|(element, _)| &element.weight).collect();
        let Some(weights) = self.weighed(&words, score.name.span) else {
            return;
        };
        let mut done = Vec::new();
        for ((element, span), weight) in all.iter().zip(weights) {
            if is_geometric && element.norm == NormWord::ZScore {
                self.bad_score(element.name.span, "score-geometric-z");
            }
            done.extend(self.element(score, (element, *span), weight, &members, gap));
        }
        if is_geometric {
            let fixed: Vec<&Weight> = done.iter().map(|element| &element.weight).collect();
            self.has_roots(&fixed, score.name.span);
        }
        let parts = done.iter().map(|element| element.value);
        let span = score.name.span;
        let define = |id| Expr::new(ExprKind::Define(id), span);
        let id: ScoreId = super::nth(self.model.scores.len());
        let composite = Composite {
            score: id,
            parts: parts.map(define).collect(),
        };
        self.model.defines[value].value = Expr::new(ExprKind::Composite(Box::new(composite)), span);
        self.model.defines[value].notes = notes(&score.clauses);
        let rank = self.derived(score, RANK).unwrap_or(value);
        let order = Aggregate {
            fold: Fold::Rank(true),
            operand: define(value),
            filter: None,
            complete: None,
            members: members.clone(),
        };
        self.model.defines[rank].value = Expr::new(ExprKind::Aggregate(Box::new(order)), span);
        let tiers = self.tiers(score, value, rank);
        let tier = self.derived(score, TIER).filter(|_| !tiers.is_empty());
        if let Some(tier) = tier {
            self.model.defines[tier].value = number_of_tier(&tiers, span);
        }
        self.model.scores.push(Score {
            id: score.name.text.clone(),
            label: self.model.defines[value].label.clone(),
            members,
            elements: done,
            is_geometric,
            gap,
            out_of,
            tiers,
            weighings: Vec::new(),
            value,
            rank,
            tier,
            notes: notes(&score.clauses),
            span,
        });
    }

    /// Whom a score is of; also reports clauses that no score has, or has once.
    fn score_members(&mut self, score: &ast::Score) -> Option<Members> {
        self.check_allowed("score", &["en", "zh", "for each", "note+"], &score.clauses);
        let kinds = [
            |kind: &ScorePartKind| matches!(kind, ScorePartKind::Aggregate { .. }),
            |kind: &ScorePartKind| matches!(kind, ScorePartKind::Missing(_)),
            |kind: &ScorePartKind| matches!(kind, ScorePartKind::OutOf(_)),
        ];
        for (is_it, name) in kinds.iter().zip(["aggregate", "missing", "out of"]) {
            let mut spans = score.parts.iter().filter(|part| is_it(&part.kind));
            if let (Some(first), Some(second)) = (spans.next(), spans.next()) {
                let diagnostic = Diagnostic::new(Code::ClauseRepeated, second.span)
                    .with("clause", both(name))
                    .here(Message::new("place-second"))
                    .place(first.span, Message::new("place-first"));
                self.push(diagnostic);
            }
        }
        let scope = score.clauses.iter().find_map(|clause| match &clause.kind {
            ClauseKind::Scope(members) => Some(members),
            _ => None,
        });
        let Some(scope) = scope else {
            let diagnostic = Diagnostic::new(Code::ClauseMissing, score.name.span)
                .with("clause", both("for each"))
                .with("item", both("score"));
            self.push(diagnostic);
            return None;
        };
        self.members(scope)
    }

    fn element(
        &mut self,
        score: &ast::Score,
        (element, whole): (&Element, Span),
        weight: Weight,
        members: &Members,
        gap: Gap,
    ) -> Option<ScoreElement> {
        let id = self.defined(&part(score, &element.name))?;
        let name = ast::Expr {
            kind: ast::ExprKind::Name {
                name: element.name.clone(),
                selectors: Vec::new(),
            },
            span: element.name.span,
        };
        let operand = self.expr(element.value.as_ref().unwrap_or(&name));
        let is_up = element
            .higher_is_better
            .unwrap_or_else(|| self.is_higher_first(&operand));
        let span = element.name.span;
        let mut literals = Vec::new();
        let mut number = |cx: &mut Cx, quantity: &Quantity| {
            let mut found = cx.quantity(quantity, quantity.span);
            cx.inherit_unit(&mut found, &operand);
            let ExprKind::Number(value) = found.kind else {
                return None;
            };
            literals.push((found.ty, found.span));
            Some(value)
        };
        let norm = match &element.norm {
            NormWord::MinMax => Norm::MinMax,
            NormWord::ZScore => Norm::ZScore,
            NormWord::Against(_) => Norm::Multiple,
            NormWord::Distance(to) => match number(self, to)? {
                value if value.signum() > 0 => Norm::Target(value),
                _ => {
                    self.bad_score(to.span, "score-target-zero");
                    return None;
                }
            },
            NormWord::Between(low, high) => match (number(self, low)?, number(self, high)?) {
                (a, b) if a < b => Norm::Between(a, b),
                _ => {
                    self.bad_score(low.span.to(high.span), "score-ends");
                    return None;
                }
            },
        };
        let (operand, is_up) = match &element.norm {
            NormWord::Against(period) => {
                let at = PeriodRef::Fixed(period.period);
                let then = Expr::new(ExprKind::Shift(Box::new(operand.clone()), at), span);
                let (above, below) = if is_up {
                    (operand, then)
                } else {
                    (then, operand)
                };
                let quotient = ExprKind::Product(vec![(false, above), (true, below)]);
                (Expr::new(quotient, span), true)
            }
            _ => (operand, is_up),
        };
        let fold = Fold::Standing(Standing {
            norm: norm.clone(),
            is_up,
            gap,
        });
        let value = ExprKind::Aggregate(Box::new(Aggregate {
            fold,
            operand,
            filter: None,
            complete: None,
            members: members.clone(),
        }));
        self.model.defines[id].value = Expr::new(value, whole);
        Some(ScoreElement {
            id: element.name.text.clone(),
            label: self.element_label(element),
            value: id,
            weight,
            norm,
            literals,
        })
    }

    fn tiers(&mut self, score: &ast::Score, value: DefineId, rank: DefineId) -> Vec<ScoreTier> {
        let mut done: Vec<ScoreTier> = Vec::new();
        let mut above: Vec<(DefineId, Comparison, Exact)> = Vec::new();
        for tier in tiers(score) {
            if done.iter().any(|known| known.id == tier.id.text) {
                self.push(
                    Diagnostic::new(Code::DuplicateName, tier.id.span).with("name", &tier.id.text),
                );
                continue;
            }
            let span = tier.id.span;
            let (of, op, limit) = match &tier.limit {
                TierLimit::Top(n) => (rank, Comparison::Le, bare(n.value.clone(), n.span)),
                TierLimit::Score(op, limit) => (value, *op, self.quantity(limit, limit.span)),
            };
            if let ExprKind::Number(number) = &limit.kind {
                let first = above.iter().position(|(known, before, at)| {
                    *known == of && takes_all((*before, at), (op, number))
                });
                if let Some(before) = first.and_then(|n| done.get(n)) {
                    let why = Message::new("score-tier-never")
                        .with("tier", &tier.id.text)
                        .with("before", &before.id);
                    self.push(Diagnostic::new(Code::BadScore, span).with("why", why));
                }
                above.push((of, op, number.clone()));
            }
            let subject = Expr::new(ExprKind::Define(of), span);
            let condition = ExprKind::Compare(op, Box::new(subject), Box::new(limit));
            let mut named = texts_label(&tier.labels);
            let empty = |text: &String| text.is_empty();
            if empty(&named.zh) && empty(&named.en) {
                named = Label::same(&tier.id.text);
            }
            done.push(ScoreTier {
                id: tier.id.text.clone(),
                label: named,
                condition: Expr::new(condition, span),
            });
        }
        done
    }

    pub(super) fn bad_score(&mut self, span: Span, key: &'static str) {
        self.push(Diagnostic::new(Code::BadScore, span).with("why", Message::new(key)));
    }

    pub(super) fn bad_weight(&mut self, span: Span, key: &'static str, element: &str) {
        let why = Message::new(key).with("element", element);
        self.push(Diagnostic::new(Code::BadScore, span).with("why", why));
    }

    /// The derived quantity that a word declared; a second one of its name has none.
    fn defined(&self, word: &Word) -> Option<DefineId> {
        let mut all = self.model.defines.iter();
        all.find(|(_, known)| known.span == word.span && known.id == word.text)
            .map(|(id, _)| id)
    }

    fn derived(&self, score: &ast::Score, id: &str) -> Option<DefineId> {
        let word = Word {
            text: id.to_owned(),
            span: score.name.span,
        };
        self.defined(&part(score, &word))
    }
}

/// The elements of a score, each with its whole clause.
fn elements(score: &ast::Score) -> impl Iterator<Item = (&Element, Span)> {
    score.parts.iter().filter_map(|part| match &part.kind {
        ScorePartKind::Element(element) => Some((element.as_ref(), part.span)),
        _ => None,
    })
}

fn tiers(score: &ast::Score) -> impl Iterator<Item = &ast::Tier> {
    score.parts.iter().filter_map(|part| match &part.kind {
        ScorePartKind::Tier(tier) => Some(tier.as_ref()),
        _ => None,
    })
}

/// Whether whoever meets the second limit meets the first one too.
fn takes_all(first: (Comparison, &Exact), second: (Comparison, &Exact)) -> bool {
    use Comparison::{Ge, Gt, Le, Lt};
    let is_further = match (first.0, second.0) {
        (Ge | Gt, Ge | Gt) => second.1 > first.1,
        (Le | Lt, Le | Lt) => second.1 < first.1,
        _ => return false,
    };
    let is_as_far = second.1 == first.1 && (matches!(first.0, Ge | Le) || first.0 == second.0);
    is_further || is_as_far
}

/// The id of a part of a score, where that part is written.
fn part(score: &ast::Score, name: &Word) -> Word {
    Word {
        text: format!("{}.{}", score.name.text, name.text),
        span: name.span,
    }
}

/// The label of a part of a score; nothing where the score has none in that language.
fn joined(score: &Label, part: &Label) -> Label {
    let both = |lang| match (score.get(lang), part.get(lang)) {
        ("", _) | (_, "") => String::new(),
        (of, own) => format!("{of} \u{b7} {own}"),
    };
    Label {
        zh: both(Lang::Zh),
        en: both(Lang::En),
    }
}

/// 1 for the first tier whose condition holds, and so on; one more than there are for none.
fn number_of_tier(tiers: &[ScoreTier], span: Span) -> Expr {
    let count = |n: usize| bare(Exact::from(i64::try_from(n).unwrap_or(i64::MAX)), span);
    let mut rest = count(tiers.len() + 1);
    for (n, tier) in tiers.iter().enumerate().rev() {
        let condition = Box::new(tier.condition.clone());
        let kind = ExprKind::If(condition, Box::new(count(n + 1)), Box::new(rest));
        rest = Expr::new(kind, span);
    }
    rest
}

fn bare(value: Exact, span: Span) -> Expr {
    Expr {
        kind: ExprKind::Number(value),
        span,
        ty: Type::Quantity(QuantityType::bare()),
    }
}
