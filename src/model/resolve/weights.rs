//! Weights of scores: what is written becomes ends between 0 and 1 that can add up to 1. Never fills
//! in a weight that nobody wrote.

use super::{Cx, label};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Name, Type, Weighing, Weight};
use crate::number::Exact;
use crate::source::Span;
use crate::syntax::ast::{self, Quantity, WeightWord, Word};

impl Cx {
    pub(super) fn weights(&mut self, weights: &ast::Weights) {
        self.check_allowed("weights", &["en", "zh", "note+"], &weights.clauses);
        let known = self.model.names.lookup(&weights.score.text);
        let all = || self.model.scores.iter();
        let found = all().find(|(_, score)| known == Some(Name::Define(score.value)));
        let Some((id, score)) = found else {
            let ids = all().map(|(_, score)| score.id.as_str());
            let near = crate::fold::nearest(&weights.score.text, ids);
            let near = near.map(|(name, _)| name.to_owned());
            let diagnostic = Diagnostic::new(Code::UnknownName, weights.score.span)
                .with("name", &weights.score.text);
            self.push(diagnostic.meant(near));
            return;
        };
        let (is_geometric, n_before) = (score.is_geometric, self.diagnostics.len());
        let ids: Vec<String> = score.elements.iter().map(|one| one.id.clone()).collect();
        if score.weighings.iter().any(|one| one.id == weights.id.text) {
            let diagnostic = Diagnostic::new(Code::DuplicateName, weights.id.span);
            self.push(diagnostic.with("name", &weights.id.text));
            return;
        }
        for (name, _) in &weights.elements {
            if !ids.contains(&name.text) {
                let near = crate::fold::nearest(&name.text, ids.iter().map(String::as_str));
                let near = near.map(|(name, _)| name.to_owned());
                let diagnostic =
                    Diagnostic::new(Code::UnknownName, name.span).with("name", &name.text);
                self.push(diagnostic.meant(near));
            }
        }
        let mut words = Vec::new();
        for id in &ids {
            let mut own = weights.elements.iter().filter(|(name, _)| name.text == *id);
            match (own.next(), own.next()) {
                (Some((_, word)), None) => words.push(word),
                (_, Some((name, _))) => self
                    .push(Diagnostic::new(Code::DuplicateName, name.span).with("name", &name.text)),
                (None, None) => self.bad_weight(weights.id.span, "score-weight-missing", id),
            }
        }
        if self.diagnostics.len() > n_before {
            return;
        }
        let Some(done) = self.weighed(&words, weights.id.span) else {
            return;
        };
        if is_geometric {
            self.has_roots(&done.iter().collect::<Vec<_>>(), weights.id.span);
        }
        let weighing = Weighing {
            id: weights.id.text.clone(),
            label: label(weights.label.as_ref(), &weights.clauses),
            weights: done,
            span: weights.id.span,
        };
        self.model.scores[id].weighings.push(weighing);
    }

    /// The name of weights that a score has.
    pub(super) fn weights_named(&mut self, word: &Word) -> Option<String> {
        let all = || {
            self.model
                .scores
                .values()
                .flat_map(|score| &score.weighings)
        };
        if all().any(|one| one.id == word.text) {
            return Some(word.text.clone());
        }
        let near = crate::fold::nearest(&word.text, all().map(|one| one.id.as_str()));
        let near = near.map(|(name, _)| name.to_owned());
        let diagnostic = Diagnostic::new(Code::UnknownName, word.span).with("name", &word.text);
        self.push(diagnostic.meant(near));
        None
    }

    /// Weights that add up to 1. Numbers alone count as parts of their sum.
    pub(super) fn weighed(&mut self, words: &[&WeightWord], span: Span) -> Option<Vec<Weight>> {
        let one = Exact::from(1);
        let mut found = Vec::new();
        let mut is_open = false;
        for word in words {
            let (lo, hi) = match word {
                WeightWord::Open(_) => (Exact::from(0), one.clone()),
                WeightWord::Fixed(quantity) => {
                    let value = self.weight(quantity)?;
                    (value.clone(), value)
                }
                WeightWord::Between(low, high) => (self.weight(low)?, self.weight(high)?),
            };
            is_open |= !matches!(word, WeightWord::Fixed(_));
            if lo > hi {
                self.bad_score(span, "score-ends");
                return None;
            }
            found.push(Weight { lo, hi });
        }
        let total = |end: fn(&Weight) -> &Exact| {
            let zero = Exact::from(0);
            found.iter().fold(zero, |sum, weight| &sum + end(weight))
        };
        let (least, most) = (total(|weight| &weight.lo), total(|weight| &weight.hi));
        if is_open {
            if least > one || most < one {
                self.bad_score(span, "score-weights-sum");
                return None;
            }
            // No weight can be more than what the others leave.
            let most_of = |weight: &Weight| &(&one - &least) + &weight.lo;
            let least_of = |weight: &Weight| &weight.hi - &(&most - &one);
            let cut = found.iter().map(|weight| Weight {
                lo: weight.lo.clone().max(least_of(weight)),
                hi: weight.hi.clone().min(most_of(weight)),
            });
            return Some(cut.collect());
        }
        let Some(part) = most.recip() else {
            self.bad_score(span, "score-weights-sum");
            return None;
        };
        let scaled = found.iter().map(|weight| Weight {
            lo: &weight.lo * &part,
            hi: &weight.hi * &part,
        });
        Some(scaled.collect())
    }

    pub(super) fn weight(&mut self, quantity: &Quantity) -> Option<Exact> {
        let (value, ty) = self.literal(quantity)?;
        let is_pure = match &ty {
            Type::Quantity(ty) => ty.is_pure() && ty.role != crate::model::Role::Scaled,
            _ => false,
        };
        if is_pure && !value.is_negative() {
            return Some(value);
        }
        self.bad_score(quantity.span, "score-weight-unit");
        None
    }

    /// A geometric mean takes roots whose degree is what the weights are parts of.
    pub(super) fn has_roots(&mut self, weights: &[&Weight], span: Span) {
        let ends = weights.iter().flat_map(|weight| [&weight.lo, &weight.hi]);
        if crate::number::degrees(ends).is_none() {
            self.bad_score(span, "score-roots");
        }
    }
}
