//! What is believable of figures: by `plausible` as an item for all figures, as a clause for those of
//! an indicator, or of a pack.

use super::Cx;
use crate::diagnostic::{Code, Diagnostic};
use crate::figures::printed::Width;
use crate::message::Message;
use crate::model::{IndicatorId, Type};
use crate::number::Exact;
use crate::syntax::ast::{ClauseKind, Item, ItemKind, PlausibleWord, Quantity};

impl Cx {
    /// Items hold for all figures; of two the later counts, so that a pack may say otherwise than std.
    pub(super) fn plausible_items(&mut self, items: &[&Item]) {
        for item in items {
            if let ItemKind::Plausible(word, quantity) = &item.kind {
                self.plausible_of_all(*word, quantity);
            }
        }
    }

    pub(super) fn plausible_of_all(&mut self, word: PlausibleWord, quantity: &Quantity) {
        let value = self.plausible(word, quantity);
        if value.is_some() {
            *self.model.plausible.of(word) = value;
        }
    }

    pub(super) fn plausible_of(&mut self, id: IndicatorId, clause: &ClauseKind) {
        if let ClauseKind::Plausible(word, quantity) = clause {
            let value = self.plausible(*word, quantity);
            *self.model.indicators[id].plausible.of(*word) = value;
        }
    }

    /// A part of a number in percent, or a plain factor above one.
    fn plausible(&mut self, word: PlausibleWord, quantity: &Quantity) -> Option<Exact> {
        if word != PlausibleWord::Yearly {
            let (Width::Relative(part) | Width::Absolute(part)) =
                self.width(true, quantity, None)?;
            return Some(part.abs());
        }
        let (value, ty) = self.literal(quantity)?;
        let is_factor =
            matches!(ty, Type::Quantity(found) if found.is_bare) && value > Exact::from(1);
        if !is_factor {
            let diagnostic = Diagnostic::new(Code::NeedsUnit, quantity.span)
                .with("expected", Message::new("unit-of-factor"))
                .help(Message::new("help-yearly-factor"));
            self.push(diagnostic);
        }
        is_factor.then_some(value)
    }
}
