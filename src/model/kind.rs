//! Kinds of quantities, as an indicator declares one. Says what a quantity is, and holds no value.

/// What kind of quantity an indicator is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Measured at a moment; a year-end figure answers its year.
    Stock,
    /// Summed over a window; only the whole window answers.
    Flow,
    /// A part of a whole.
    Share,
    /// A change relative to a base.
    Growth,
    /// An index.
    Index,
    /// A place in an order.
    Rank,
    /// Any other quantity.
    Quantity,
    /// Yes or no.
    YesNo,
    /// A text.
    Text,
    /// A day.
    Date,
    /// One of listed texts.
    OneOf,
    /// A level of a scale.
    Level,
}
