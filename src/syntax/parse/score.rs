//! Scores and weights: pest pairs to `ast::Score` and `ast::Weights`.

use pest::iterators::Pair;

use super::expr::{compare_op, parts};
use super::{Cx, Rule};
use crate::syntax::ast::{
    Element, MissingWord, NormWord, Quantity, Score, ScorePart, ScorePartKind, Tier, TierLimit,
    WeightWord, Weights,
};

impl Cx<'_> {
    pub(super) fn score(&mut self, pair: Pair<'_, Rule>) -> Option<Score> {
        let (mut name, mut label) = (None, None);
        let (mut own, mut clauses) = (Vec::new(), Vec::new());
        for part in parts(pair) {
            match part.as_rule() {
                Rule::name => name = Some(self.word(&part)),
                Rule::text => label = Some(self.text(&part)),
                Rule::score_clause => {
                    let span = self.span(&part);
                    let inner = parts(part).next()?;
                    if inner.as_rule() == Rule::clause {
                        clauses.push(self.clause(inner)?);
                        continue;
                    }
                    let kind = self.score_part(inner)?;
                    own.push(ScorePart { kind, span });
                }
                _ => {}
            }
        }
        Some(Score {
            name: name?,
            label,
            parts: own,
            clauses,
        })
    }

    fn score_part(&mut self, pair: Pair<'_, Rule>) -> Option<ScorePartKind> {
        let rule = pair.as_rule();
        if rule == Rule::element_clause {
            return Some(ScorePartKind::Element(Box::new(self.element(pair)?)));
        }
        if rule == Rule::tier_clause {
            return Some(ScorePartKind::Tier(Box::new(self.tier(pair)?)));
        }
        let last = parts(pair).next_back()?;
        Some(match (rule, last.as_rule()) {
            (Rule::out_of_clause, _) => ScorePartKind::OutOf(self.number(&last)?),
            (Rule::combine_clause, word) => ScorePartKind::Aggregate {
                geometric: word == Rule::kw_geometric,
            },
            (_, Rule::kw_unknown) => ScorePartKind::Missing(MissingWord::Unknown),
            (_, Rule::kw_left_out) => ScorePartKind::Missing(MissingWord::LeftOut),
            (_, Rule::kw_as_worst) => ScorePartKind::Missing(MissingWord::Worst),
            _ => ScorePartKind::Missing(MissingWord::Mean),
        })
    }

    fn element(&mut self, pair: Pair<'_, Rule>) -> Option<Element> {
        let (mut name, mut value, mut weight, mut norm) = (None, None, None, None);
        let (mut labels, mut higher_is_better) = (Vec::new(), None);
        for part in parts(pair) {
            match part.as_rule() {
                Rule::name => name = Some(self.word(&part)),
                Rule::text => labels.push(self.text(&part)),
                Rule::sum => value = Some(self.expr(part)?),
                Rule::weight_part => weight = Some(self.weight(part)?),
                Rule::kw_up => higher_is_better = Some(true),
                Rule::kw_down => higher_is_better = Some(false),
                Rule::norm => norm = Some(self.norm(part)?),
                _ => {}
            }
        }
        Some(Element {
            name: name?,
            labels,
            value,
            weight: weight?,
            higher_is_better,
            norm: norm?,
        })
    }

    fn weight(&mut self, pair: Pair<'_, Rule>) -> Option<WeightWord> {
        let span = self.span(&pair);
        let mut found: Vec<Quantity> = Vec::new();
        for part in parts(pair) {
            if part.as_rule() == Rule::quantity {
                found.push(self.quantity(part, false)?);
            }
        }
        let mut found = found.into_iter();
        Some(match (found.next(), found.next()) {
            (Some(from), Some(to)) => WeightWord::Between(from, to),
            (Some(only), None) => WeightWord::Fixed(only),
            (None, _) => WeightWord::Open(span),
        })
    }

    fn norm(&mut self, pair: Pair<'_, Rule>) -> Option<NormWord> {
        let mut word = None;
        let mut found: Vec<Quantity> = Vec::new();
        let mut period = None;
        for part in parts(pair) {
            match part.as_rule() {
                Rule::signed => found.push(self.signed(part)?),
                Rule::period => period = Some(self.period(&part)?),
                rule => word = word.or(Some(rule)),
            }
        }
        let mut found = found.into_iter();
        Some(match word? {
            Rule::kw_min_max => NormWord::MinMax,
            Rule::kw_z_score => NormWord::ZScore,
            Rule::kw_distance => NormWord::Distance(found.next()?),
            Rule::kw_against => NormWord::Against(period?),
            _ => NormWord::Between(found.next()?, found.next()?),
        })
    }

    fn tier(&mut self, pair: Pair<'_, Rule>) -> Option<Tier> {
        let (mut id, mut labels, mut op, mut limit) = (None, Vec::new(), None, None);
        for part in parts(pair) {
            match part.as_rule() {
                Rule::rule_id => id = Some(self.word(&part)),
                Rule::text => labels.push(self.text(&part)),
                Rule::comparison_op => op = Some(compare_op(&part)?),
                Rule::number => limit = Some(TierLimit::Top(self.number(&part)?)),
                Rule::signed => limit = Some(TierLimit::Score(op?, self.signed(part)?)),
                _ => {}
            }
        }
        Some(Tier {
            id: id?,
            labels,
            limit: limit?,
        })
    }

    pub(super) fn weights(&mut self, pair: Pair<'_, Rule>) -> Option<Weights> {
        let (mut id, mut score, mut label) = (None, None, None);
        let (mut elements, mut clauses) = (Vec::new(), Vec::new());
        for part in parts(pair) {
            match part.as_rule() {
                Rule::rule_id => id = Some(self.word(&part)),
                Rule::name => score = Some(self.word(&part)),
                Rule::text => label = Some(self.text(&part)),
                Rule::weights_clause => {
                    let inner = parts(part).next()?;
                    if inner.as_rule() == Rule::clause {
                        clauses.push(self.clause(inner)?);
                        continue;
                    }
                    let (mut name, mut weight) = (None, None);
                    for piece in parts(inner) {
                        match piece.as_rule() {
                            Rule::name => name = Some(self.word(&piece)),
                            Rule::weight_part => weight = Some(self.weight(piece)?),
                            _ => {}
                        }
                    }
                    elements.push((name?, weight?));
                }
                _ => {}
            }
        }
        Some(Weights {
            id: id?,
            score: score?,
            label,
            elements,
            clauses,
        })
    }
}
