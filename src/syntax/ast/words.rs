//! Words of a printed figure, as the tree has them: where they stand, and of what they say how far it is
//! believable.

/// Where a word stands in a printed figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordPlace {
    /// In front of the number.
    Before,
    /// Behind the number or its unit.
    After,
    /// Another name.
    Alias,
}

/// Of what something is believable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlausibleWord {
    /// A number that is only about so much.
    About,
    /// A number that is nearly so much.
    Nearly,
    /// More than a number.
    Over,
    /// Less than a number.
    Below,
    /// A figure beside that of the year before.
    Yearly,
}
