//! Names of indicators and derived quantities, in rules and in figures.

use std::collections::BTreeMap;

use super::{DefineId, IndicatorId, RuleId};
use crate::fold::{fold_name, nearest};

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    /// An indicator.
    Indicator(IndicatorId),
    /// A derived quantity.
    Define(DefineId),
    /// A decision, which may be held against its outcomes.
    Decision(RuleId),
}

/// All names, by their folded text.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// `None` where labels of two things are the same, so that neither is meant.
    by_text: BTreeMap<String, Option<Name>>,
}

impl Names {
    /// Adds an id; the first use of it where it is taken.
    pub fn declare(&mut self, id: &str, name: Name) -> Option<Name> {
        match self.by_text.insert(fold_name(id), Some(name)) {
            Some(Some(before)) => Some(before),
            _ => None,
        }
    }

    /// Adds a label or alias; two things may share one, and then it names neither.
    pub fn also(&mut self, text: &str, name: Name) {
        if text.is_empty() {
            return;
        }
        self.by_text
            .entry(fold_name(text))
            .and_modify(|known| {
                if *known != Some(name) {
                    *known = None;
                }
            })
            .or_insert(Some(name));
    }

    /// All names, folded.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.by_text.keys().map(String::as_str)
    }

    /// What a text names.
    #[must_use]
    pub fn lookup(&self, text: &str) -> Option<Name> {
        self.by_text.get(&fold_name(text)).copied().flatten()
    }

    /// Whether a text is a label of several things.
    #[must_use]
    pub fn is_ambiguous(&self, text: &str) -> bool {
        self.by_text.get(&fold_name(text)) == Some(&None)
    }

    /// The known name that is closest to a text.
    #[must_use]
    pub fn nearest(&self, text: &str) -> Option<&str> {
        nearest(&fold_name(text), self.by_text.keys().map(String::as_str)).map(|(name, _)| name)
    }
}
