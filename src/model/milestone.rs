//! Milestones and what proves them, and scales of ordered levels. What a milestone asks for is an
//! expression over its items like any other; here is only what an item takes as evidence.

use crate::figures::EvidenceKind;
use crate::index::define_id;
use crate::message::Label;
use crate::model::IndicatorId;
use crate::number::Exact;
use crate::source::Span;

define_id! {
    /// A scale of ordered levels.
    LadderId;
}

/// What a milestone is proved by.
#[derive(Debug, Clone, Default)]
pub struct Milestone {
    /// Its items of evidence, as declared.
    pub items: Vec<EvidenceItem>,
}

/// An item of evidence.
#[derive(Debug, Clone)]
pub struct EvidenceItem {
    /// Its id within the milestone.
    pub id: String,
    /// The quantity that stands for it: yes or no, or a level.
    pub indicator: IndicatorId,
    /// The kinds that count; empty: all but a body's own statement.
    pub accepts: Vec<EvidenceKind>,
    /// Whose evidence alone counts; empty: anybody's.
    pub issuers: Vec<String>,
    /// Where it is declared.
    pub span: Span,
}

/// A scale of ordered levels.
#[derive(Debug, Clone)]
pub struct Ladder {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: Label,
    /// The levels, the lowest first; a level is worth its place, counted from 1.
    pub levels: Vec<LadderLevel>,
    /// Where it is declared.
    pub span: Span,
}

/// A level of a scale.
#[derive(Debug, Clone)]
pub struct LadderLevel {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: Label,
}

impl Ladder {
    /// The number that stands for the level of an id or name.
    #[must_use]
    pub fn level(&self, text: &str) -> Option<Exact> {
        let text = crate::fold::fold_width(text.trim());
        let is_it = |level: &LadderLevel| {
            let names = [&level.id, &level.label.zh, &level.label.en];
            let mut names = names.into_iter().filter(|name| !name.is_empty());
            names.any(|name| crate::fold::fold_width(name).eq_ignore_ascii_case(&text))
        };
        let at = self.levels.iter().position(is_it)?;
        Some(Exact::from(i64::try_from(at).ok()? + 1))
    }

    /// The names of its levels, the lowest first.
    #[must_use]
    pub fn names(&self) -> Vec<Label> {
        let named = |level: &LadderLevel| level.label.or_id(&level.id);
        self.levels.iter().map(named).collect()
    }
}
