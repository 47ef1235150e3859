//! What an indicator declares about how its figures hang together with others.

use crate::message::Label;
use crate::model::{BreakdownId, IndicatorId};
use crate::source::Span;

/// How figures of an indicator hang together with others; nothing where nothing is declared.
#[derive(Debug, Clone, Default)]
pub struct Ties {
    /// It counts up from a beginning and cannot fall.
    pub never_falls: bool,
    /// Quantities that it is a part of, and so is never above.
    pub within: Vec<PartOf>,
    /// What it is the share of.
    pub shares: Vec<ShareOf>,
    /// Dimensions whose codes are all its parts, without overlap.
    pub adds_up: Vec<BreakdownId>,
    /// Why its growth need not be that of its levels, where it is on another footing.
    pub comparable: Option<Label>,
}

/// Another quantity, by one of its definitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Partner {
    /// The indicator.
    pub indicator: IndicatorId,
    /// Index of the definition.
    pub definition: u16,
    /// Where it is named.
    pub span: Span,
}

/// What an indicator is a part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartOf {
    /// Index of the definition that it holds for.
    pub definition: u16,
    /// The whole.
    pub whole: Partner,
}

/// What a share is the share of: a part in a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShareOf {
    /// Index of the definition that it holds for.
    pub definition: u16,
    /// The part; where absent, the same part of the whole that the share is broken down to.
    pub part: Option<Partner>,
    /// The whole.
    pub whole: Partner,
}
