//! What is believable of figures: how far from its number a figure with a word is, and how fast one
//! grows. Only an audit asks; no verdict rests on it.

use crate::number::Exact;
use crate::syntax::ast::PlausibleWord;

/// What is believable of figures; nothing is said where nothing is declared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plausible {
    /// How far to both sides of its number a figure that is about so much is, as a part of it.
    pub about: Option<Exact>,
    /// How far short of its number a figure that is nearly so much is, as a part of it.
    pub nearly: Option<Exact>,
    /// How far beyond its number a figure that is more than so much is, as a part of it.
    pub over: Option<Exact>,
    /// How far short of its number a figure that is less than so much is, as a part of it.
    pub below: Option<Exact>,
    /// How many times the year before, or the year after, a figure is.
    pub yearly: Option<Exact>,
}

impl Plausible {
    /// The place of a word.
    pub(crate) fn of(&mut self, word: PlausibleWord) -> &mut Option<Exact> {
        match word {
            PlausibleWord::About => &mut self.about,
            PlausibleWord::Nearly => &mut self.nearly,
            PlausibleWord::Over => &mut self.over,
            PlausibleWord::Below => &mut self.below,
            PlausibleWord::Yearly => &mut self.yearly,
        }
    }

    /// What an indicator says, and the rest from what is said of all.
    pub(crate) fn or(&self, all: &Plausible) -> Plausible {
        let first = |own: &Option<Exact>, all: &Option<Exact>| own.clone().or_else(|| all.clone());
        Plausible {
            about: first(&self.about, &all.about),
            nearly: first(&self.nearly, &all.nearly),
            over: first(&self.over, &all.over),
            below: first(&self.below, &all.below),
            yearly: first(&self.yearly, &all.yearly),
        }
    }
}
