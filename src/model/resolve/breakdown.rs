//! `breakdown` items: dimensions with their codes; and where rules name them.

use super::{Cx, label, notes, texts_label};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Breakdown, BreakdownCode, BreakdownFault, BreakdownId, BreakdownPart, FurtherCodes, IndicatorId,
};
use crate::source::Span;
use crate::syntax::ast::{Block, BlockKind, Clause, ClauseKind, Item, Selector, SelectorKey, Word};

impl Cx {
    pub(super) fn declare_breakdown(&mut self, item: &Item, block: &Block) {
        self.check_clauses(BlockKind::Breakdown, &block.clauses);
        if self.declared_before("breakdown", &block.id) {
            return;
        }
        let further = block.clauses.iter().find_map(|clause| match clause.kind {
            ClauseKind::Open { periods: true } => Some(FurtherCodes::Periods),
            ClauseKind::Open { periods: false } => Some(FurtherCodes::Any),
            _ => None,
        });
        let label = label(block.label.as_ref(), &block.clauses);
        let mut breakdown = Breakdown::new(&block.id.text, label, block.id.span);
        breakdown.aliases = aliases(&block.clauses);
        breakdown.codes = self.codes(&block.clauses);
        breakdown.further = further.unwrap_or_default();
        breakdown.notes = notes(&block.clauses);
        breakdown.doc.clone_from(&item.doc);
        self.model.breakdowns.push(breakdown);
    }

    fn codes(&mut self, clauses: &[Clause]) -> Vec<BreakdownCode> {
        let mut codes: Vec<BreakdownCode> = Vec::new();
        for clause in clauses {
            let ClauseKind::Code {
                id,
                labels,
                aliases,
            } = &clause.kind
            else {
                continue;
            };
            let before = codes.iter().find(|known| known.id == id.text);
            if let Some(before) = before.map(|known| known.span) {
                self.push_twice(&id.text, id.span, Some(before));
                continue;
            }
            codes.push(BreakdownCode {
                id: id.text.clone(),
                label: texts_label(labels),
                aliases: aliases.iter().map(|text| text.text.clone()).collect(),
                span: id.span,
            });
        }
        codes
    }

    /// A dimension that an indicator says it has.
    pub(super) fn breakdown_named(&mut self, word: &Word) -> Option<BreakdownId> {
        match self.model.breakdowns.named(&word.text) {
            Ok(id) => Some(id),
            Err(fault) => {
                self.push(told(fault, word.span));
                None
            }
        }
    }

    /// The canonical text of the breakdown that selectors name.
    pub(super) fn breakdown(
        &mut self,
        indicator: IndicatorId,
        selectors: &[Selector],
    ) -> Option<String> {
        let named = selectors.iter().filter_map(|selector| match &selector.key {
            SelectorKey::Breakdown(dimension) => Some((selector, dimension)),
            _ => None,
        });
        let named: Vec<(&Selector, &String)> = named.collect();
        let parts = named.iter().map(|(selector, dimension)| BreakdownPart {
            dimension: Some((*dimension).clone()),
            code: selector.value.text.clone(),
        });
        let parts: Vec<BreakdownPart> = parts.collect();
        let indicator = &self.model.indicators[indicator];
        match self.model.breakdown(indicator, &parts) {
            Ok(text) => Some(text),
            Err(fault) => {
                let (selector, _) = named.get(fault.part)?;
                let span = match fault.is_code {
                    true => selector.value.span,
                    false => selector.span,
                };
                self.push(told(fault, span));
                None
            }
        }
    }
}

fn aliases(clauses: &[Clause]) -> Vec<String> {
    let texts = clauses.iter().filter_map(|clause| match &clause.kind {
        ClauseKind::Alias(texts) => Some(texts),
        _ => None,
    });
    texts.flatten().map(|text| text.text.clone()).collect()
}

fn told(fault: BreakdownFault, span: Span) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(Code::BadBreakdown, span).with("why", fault.message);
    diagnostic.help = fault.help;
    // What stands at the place is the code alone, or the whole pair.
    diagnostic.mend = fault.near.filter(|_| fault.is_code);
    diagnostic
}
