//! What a word of a spelled number says. Names go in, meanings come out; no word of any language
//! stands here.

/// A word of a number that is spelled out, beside the scales.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Numeral {
    /// Zero to nine.
    Digit(u8),
    /// Ten, or so many tens.
    Ten,
    /// So many tenths.
    Tenth,
    /// A half.
    Half,
    /// Stands between the number of equal parts and how many of them.
    Parts,
}

impl Numeral {
    /// All of them, each with its name in a `words numeral` item.
    pub const ALL: [(&'static str, Numeral); 14] = [
        ("zero", Numeral::Digit(0)),
        ("one", Numeral::Digit(1)),
        ("two", Numeral::Digit(2)),
        ("three", Numeral::Digit(3)),
        ("four", Numeral::Digit(4)),
        ("five", Numeral::Digit(5)),
        ("six", Numeral::Digit(6)),
        ("seven", Numeral::Digit(7)),
        ("eight", Numeral::Digit(8)),
        ("nine", Numeral::Digit(9)),
        ("ten", Numeral::Ten),
        ("tenth", Numeral::Tenth),
        ("half", Numeral::Half),
        ("parts", Numeral::Parts),
    ];

    /// The meaning of a name.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Numeral> {
        let mut all = Numeral::ALL.into_iter();
        all.find(|(name, _)| *name == word)
            .map(|(_, numeral)| numeral)
    }
}
