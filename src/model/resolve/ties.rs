//! Clauses that say how figures of an indicator hang together with others.

use super::{Cx, texts_label};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{IndicatorId, Name, PartOf, Partner, ShareOf};
use crate::syntax::ast::{Block, ClauseKind, Word};
use crate::unit::Dimension;

impl Cx {
    /// Runs after all indicators are known, as each may name any other.
    pub(super) fn ties(&mut self, block: &Block) {
        let Some(id) = self.indicator_of(block) else {
            return;
        };
        for clause in &block.clauses {
            match &clause.kind {
                ClauseKind::PartOf { wholes, under } => {
                    let Some(definition) = self.under(id, under.as_ref()) else {
                        continue;
                    };
                    for word in wholes {
                        if let Some(whole) = self.whole(id, definition, word) {
                            let within = PartOf { definition, whole };
                            self.model.indicators[id].ties.within.push(within);
                        }
                    }
                }
                ClauseKind::ShareOf { part, whole, under } => {
                    let Some(definition) = self.under(id, under.as_ref()) else {
                        continue;
                    };
                    if let Some(share) = self.share(id, definition, part, whole.as_ref()) {
                        self.model.indicators[id].ties.shares.push(share);
                    }
                }
                ClauseKind::AddsUp(words) => {
                    let named = words.iter().filter_map(|word| self.breakdown_named(word));
                    let named = named.collect();
                    self.model.indicators[id].ties.adds_up = named;
                }
                ClauseKind::NeverFalls => self.model.indicators[id].ties.never_falls = true,
                ClauseKind::ComparableGrowth(texts) => {
                    self.model.indicators[id].ties.comparable = Some(texts_label(texts));
                }
                _ => {}
            }
        }
    }

    /// The definition of an indicator that a clause holds for.
    fn under(&mut self, id: IndicatorId, word: Option<&Word>) -> Option<u16> {
        match word {
            Some(word) => self.definition_of(id, word),
            None => Some(0),
        }
    }

    /// The quantity that an indicator is a part of.
    fn whole(&mut self, id: IndicatorId, definition: u16, word: &Word) -> Option<Partner> {
        let whole = self.partner((id, definition), word)?;
        if whole.indicator == id {
            let diagnostic =
                Diagnostic::new(Code::PartOfItself, word.span).with("name", &word.text);
            self.push(diagnostic);
            return None;
        }
        self.compares(id, whole.indicator, word).then_some(whole)
    }

    /// What an indicator is the share of.
    fn share(
        &mut self,
        id: IndicatorId,
        definition: u16,
        part: &Word,
        whole: Option<&Word>,
    ) -> Option<ShareOf> {
        let first = self.partner((id, definition), part)?;
        let is_pure = self.dimension(id).is_none_or(|own| own.is_one());
        if !is_pure {
            self.unlike(id, first.indicator, part);
            return None;
        }
        let Some(word) = whole else {
            return Some(ShareOf {
                definition,
                part: None,
                whole: first,
            });
        };
        let whole = self.partner((id, definition), word)?;
        self.compares(first.indicator, whole.indicator, word)
            .then_some(ShareOf {
                definition,
                part: Some(first),
                whole,
            })
    }

    /// The quantity of a name: by the definition of the same id where it has one, else by its default.
    fn partner(&mut self, (id, definition): (IndicatorId, u16), word: &Word) -> Option<Partner> {
        match self.model.names.lookup(&word.text) {
            Some(Name::Indicator(indicator)) => {
                let own = &self.model.indicators[id].definitions;
                let own = own.get(usize::from(definition)).filter(|_| definition > 0);
                let known = &self.model.indicators[indicator].definitions;
                let same = own.and_then(|own| known.iter().position(|one| one.id == own.id));
                Some(Partner {
                    indicator,
                    definition: same.and_then(|at| u16::try_from(at).ok()).unwrap_or(0),
                    span: word.span,
                })
            }
            Some(Name::Define(_) | Name::Decision(_)) => {
                self.push(Diagnostic::new(Code::NeedsIndicator, word.span));
                None
            }
            None => {
                self.unknown_name(word);
                None
            }
        }
    }

    fn dimension(&self, id: IndicatorId) -> Option<Dimension> {
        let unit = self.model.indicators[id].unit.as_ref()?;
        Some(self.model.units.canonical(&unit.dimension))
    }

    /// Whether figures of two indicators compare; told where they do not.
    fn compares(&mut self, a: IndicatorId, b: IndicatorId, word: &Word) -> bool {
        let is_alike = self.dimension(a) == self.dimension(b);
        if !is_alike {
            self.unlike(a, b, word);
        }
        is_alike
    }

    fn unlike(&mut self, a: IndicatorId, b: IndicatorId, word: &Word) {
        let unit = |id: IndicatorId| {
            let unit = self.model.indicators[id].unit.as_ref();
            unit.map_or_else(String::new, |unit| unit.name.clone())
        };
        let diagnostic = Diagnostic::new(Code::UnlikeUnits, word.span)
            .with("left", unit(a))
            .with("right", unit(b));
        self.push(diagnostic);
    }
}
