//! One printed cell: its text goes in, with the words of its language and the declared units; a
//! claim comes out, and from the claim the set of values that it allows. Never guesses: a text
//! that can be read in no way or in two is an error with its place.

use super::grid::Held;
use crate::number::Exact;
use crate::unit::{ParsedUnit, Units};
use glyphs::Glyphs;

mod glyphs;
mod parse;
mod sets;
mod vocabulary;

pub use sets::{Reading, Width, Widths};
pub use vocabulary::{Role, Vocabulary, VocabularyError};

/// Longest cell, in characters, that is read.
pub const LONGEST_CELL: usize = 200;
/// Most digits that a printed number may have.
pub const MOST_DIGITS: u32 = 60;

/// What a word beside a number says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Qualifier {
    /// The number itself.
    Exact,
    /// More than the number.
    Over,
    /// The number or more.
    AtLeast,
    /// Less than the number.
    Below,
    /// The number or less.
    AtMost,
    /// Not quite the number.
    Nearly,
    /// The number, give or take.
    About,
    /// The number and something below the next step of its digits.
    Plus,
}

impl Qualifier {
    /// Every qualifier with the word that stands for it in machine-made tables.
    pub const ALL: [(Self, &'static str); 8] = [
        (Self::Exact, "exact"),
        (Self::Over, "over"),
        (Self::AtLeast, "atleast"),
        (Self::Below, "below"),
        (Self::AtMost, "atmost"),
        (Self::Nearly, "nearly"),
        (Self::About, "about"),
        (Self::Plus, "plus"),
    ];

    fn bounds_below(self) -> bool {
        matches!(self, Self::Over | Self::AtLeast | Self::Plus)
    }

    fn bounds_above(self) -> bool {
        matches!(self, Self::Below | Self::AtMost | Self::Nearly)
    }

    /// Whether one claim cannot hold both; "about" blurs any other.
    fn contradicts(self, other: Self) -> bool {
        self.bounds_below() && other.bounds_above() || self.bounds_above() && other.bounds_below()
    }
}

/// Where a word such as "odd" stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlusPosition {
    /// After the number, before any scale word or unit.
    BeforeScale,
    /// After the scale word or the unit.
    AfterScale,
    /// In a cell of its own: either could be meant, and the wider set is taken.
    Apart,
}

/// A number as printed, in the unit of its claim.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Number {
    /// The number.
    pub value: Exact,
    /// Digits printed after the point; none if the number came without printed digits.
    pub decimals: Option<u32>,
    /// One in the last printed digit.
    pub step: Option<Exact>,
    /// One in the last printed digit that is not zero.
    pub last_nonzero_step: Option<Exact>,
}

/// A claim as printed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Printed {
    /// The number, or the lower end of a range.
    pub number: Number,
    /// The upper end of a range.
    pub upper: Option<Number>,
    /// What the words say, in order and each once; empty for a plain number.
    pub qualifiers: Vec<Qualifier>,
    /// Where the word for [`Qualifier::Plus`] stands, if there is one.
    pub plus_position: Option<PlusPosition>,
    /// The unit as written, of both ends; may be empty.
    pub unit_text: String,
    /// The cell as printed.
    pub text: String,
}

/// The cell of a claim in which an error lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The value.
    Value,
    /// The qualifier in a cell of its own.
    Qualifier,
    /// The unit in a cell of its own.
    Unit,
    /// The number of decimals in a cell of its own.
    Decimals,
}

/// What is wrong with a printed cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrintedErrorKind {
    /// Nothing in the cell looks like a number.
    NoNumber,
    /// The cell is longer than [`LONGEST_CELL`].
    TooLong,
    /// The number has more digits than [`MOST_DIGITS`].
    TooManyDigits,
    /// A number or a known word before it was expected.
    ExpectedNumber,
    /// Digits were expected after the point.
    ExpectedDigits,
    /// Three digits were expected in every group but the first.
    BadGrouping,
    /// A unit or the end was expected, and a second number that makes no range was found.
    SecondNumber,
    /// A power of ten behind the digits, such as in `1e400`, that the cell does not hold as a number.
    PowerOfTen,
    /// Two words that no one claim can hold both.
    Contradiction {
        /// The earlier word's meaning.
        first: Qualifier,
        /// The later word's meaning.
        second: Qualifier,
    },
    /// The lower end of the range is above the upper.
    RangeBackwards,
    /// The ends of the range have no unit in common.
    RangeUnits,
    /// A range takes no such word.
    RangeQualifier(Qualifier),
    /// The qualifier's cell holds no known qualifier.
    UnknownQualifier,
    /// The qualifier's cell and the value's own words differ.
    QualifierDisagrees,
    /// The unit's cell and the value's own unit differ.
    UnitDisagrees,
    /// The value has a scale, and so has the unit in its own cell.
    TwoScales,
    /// The value has more decimals than its cell says, or that is beyond [`MOST_DIGITS`].
    DecimalsDisagree,
}

/// A cell that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedError {
    /// The cell.
    pub part: Part,
    /// The place in the cell, in characters from 0.
    pub at: usize,
    /// The text from that place on, cut short.
    pub found: String,
    /// What is wrong there, and so what was expected.
    pub kind: PrintedErrorKind,
}

impl PrintedError {
    fn new(part: Part, text: &str, at: usize, kind: PrintedErrorKind) -> Self {
        Self {
            part,
            at,
            found: text.chars().skip(at).take(24).collect(),
            kind,
        }
    }
}

/// A claim whose parts stand in cells of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Parts<'a> {
    /// The value, which may carry words and a unit all the same.
    pub value: &'a str,
    /// The qualifier: a word of [`Qualifier::ALL`], or of the vocabulary; may be empty.
    pub qualifier: &'a str,
    /// The unit; may be empty.
    pub unit: &'a str,
    /// The digits printed after the point, where a column says so.
    pub decimals: Option<u32>,
}

impl Printed {
    /// Reads a claim from one cell.
    ///
    /// # Errors
    /// The first thing in the cell that cannot be read.
    pub fn parse(text: &str, words: &Vocabulary, units: &Units) -> Result<Self, PrintedError> {
        // Most cells are plain numbers, whose characters need not be looked at one by one.
        if let Some(number) = parse::plain_number(text) {
            return Ok(Self {
                number,
                upper: None,
                qualifiers: Vec::new(),
                plus_position: None,
                unit_text: String::new(),
                text: text.to_owned(),
            });
        }
        Self::parse_by_words(text, words, units)
    }

    /// As [`Printed::parse`], whatever the cell holds.
    fn parse_by_words(text: &str, words: &Vocabulary, units: &Units) -> Result<Self, PrintedError> {
        if text.chars().nth(LONGEST_CELL).is_some() {
            let kind = PrintedErrorKind::TooLong;
            return Err(PrintedError::new(Part::Value, text, LONGEST_CELL, kind));
        }
        parse::parse_cell(&Glyphs::new(text), text.trim(), words, units)
            .map_err(|(at, kind)| PrintedError::new(Part::Value, text, at, kind))
    }

    /// Reads a claim whose qualifier, unit and decimals stand in cells of their own.
    ///
    /// # Errors
    /// As [`Printed::parse`]; and where a cell contradicts what the value's own cell says.
    pub fn from_parts(
        parts: Parts<'_>,
        words: &Vocabulary,
        units: &Units,
    ) -> Result<Self, PrintedError> {
        let mut printed = Self::parse(parts.value, words, units)?;
        let refuse = |part, text, kind| Err(PrintedError::new(part, text, 0, kind));
        if let Err(kind) = printed.qualify(parts.qualifier, words) {
            return refuse(Part::Qualifier, parts.qualifier, kind);
        }
        if let Err(kind) = printed.give_unit(parts.unit, units) {
            return refuse(Part::Unit, parts.unit, kind);
        }
        if let Some(decimals) = parts.decimals {
            let ends = std::iter::once(&mut printed.number).chain(&mut printed.upper);
            for number in ends {
                if decimals > MOST_DIGITS || number.decimals.is_some_and(|d| d > decimals) {
                    let found = decimals.to_string();
                    return refuse(Part::Decimals, &found, PrintedErrorKind::DecimalsDisagree);
                }
                number.set_decimals(decimals);
            }
        }
        Ok(printed)
    }

    /// Takes a number that was never text, such as one from a cell of a workbook.
    ///
    /// Without decimals, as from a binary number, it is of unknown precision.
    #[must_use]
    pub fn from_number(value: Exact, decimals: Option<u32>, unit_text: &str) -> Self {
        let text = value.decimal_string().unwrap_or_default();
        let mut number = Number {
            value,
            decimals: None,
            step: None,
            last_nonzero_step: None,
        };
        number.last_nonzero_step = parse::last_nonzero_step(&text);
        if let Some(decimals) = decimals.filter(|d| *d <= MOST_DIGITS) {
            number.set_decimals(decimals);
        }
        let unit_text = unit_text.trim().to_owned();
        Self {
            number,
            upper: None,
            qualifiers: Vec::new(),
            plus_position: None,
            unit_text,
            text,
        }
    }

    /// Takes the number that a cell holds behind the one that it shows.
    ///
    /// The digits shown say how precise it is; a format that fixes none leaves that unknown.
    pub(super) fn hold(&mut self, held: &Held) {
        let text = held.value.decimal_string().unwrap_or_default();
        self.number = Number {
            value: held.value.clone(),
            decimals: None,
            step: None,
            last_nonzero_step: parse::last_nonzero_step(&text),
        };
        if let Some(decimals) = held.decimals.filter(|d| *d <= MOST_DIGITS) {
            self.number.set_decimals(decimals);
        }
    }

    /// Says whether the claim is a plain number.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.qualifiers.is_empty() && self.upper.is_none()
    }

    /// The same claim with other digits in its number; nothing of a range, or where the digits of the
    /// number are not these alone.
    ///
    /// `own` are the digits that it has, `other` those that it would have, with a point at most.
    pub(crate) fn with_digits(&self, own: &str, other: &str) -> Option<Self> {
        let is_own = |known: &Number| {
            known.value == self.number.value.abs()
                && known.decimals == self.number.decimals
                && known.step == self.number.step
        };
        parse::plain_number(own).filter(|known| self.upper.is_none() && is_own(known))?;
        let mut number = parse::plain_number(other)?;
        if self.number.value.is_negative() {
            number.value = -number.value;
        }
        let found = Self {
            number,
            ..self.clone()
        };
        (!found.is_empty()).then_some(found)
    }

    fn qualify(&mut self, text: &str, words: &Vocabulary) -> Result<(), PrintedErrorKind> {
        if text.trim().is_empty() {
            return Ok(());
        }
        let said = words
            .qualifier(text)
            .ok_or(PrintedErrorKind::UnknownQualifier)?;
        if said == Qualifier::Exact {
            let agrees = self.qualifiers.is_empty();
            return if agrees {
                Ok(())
            } else {
                Err(PrintedErrorKind::QualifierDisagrees)
            };
        }
        if self.upper.is_some() && said != Qualifier::About {
            return Err(PrintedErrorKind::RangeQualifier(said));
        }
        if self.qualifiers.is_empty() {
            self.qualifiers.push(said);
            self.plus_position = (said == Qualifier::Plus).then_some(PlusPosition::Apart);
        }
        let agrees = self.qualifiers.contains(&said);
        if agrees {
            Ok(())
        } else {
            Err(PrintedErrorKind::QualifierDisagrees)
        }
    }

    fn give_unit(&mut self, text: &str, units: &Units) -> Result<(), PrintedErrorKind> {
        let text = text.trim();
        if self.unit_text.is_empty() {
            self.unit_text = text.to_owned();
        }
        let same = text.is_empty()
            || text == self.unit_text
            || crate::fold::fold_tight(text) == crate::fold::fold_tight(&self.unit_text);
        if same {
            return Ok(());
        }
        // A scale in the cell counts units of the column.
        if let (Some(ParsedUnit::Scale(scale)), Some(ParsedUnit::Unit(unit))) =
            (units.lookup(&self.unit_text), units.lookup(text))
        {
            let joined = scaled_text(&self.unit_text, text);
            let is_bare = units.without_scale(&unit) == unit.factor;
            let is_joined = matches!(units.lookup(&joined),
                Some(ParsedUnit::Unit(whole)) if whole.factor == &scale * &unit.factor);
            if is_bare && is_joined {
                self.unit_text = joined;
                return Ok(());
            }
            if !is_bare {
                return Err(PrintedErrorKind::TwoScales);
            }
        }
        Err(PrintedErrorKind::UnitDisagrees)
    }
}

impl Number {
    fn set_decimals(&mut self, decimals: u32) {
        let places = i16::try_from(decimals).unwrap_or(i16::MAX);
        self.decimals = Some(decimals);
        self.step = Some(Exact::pow10(-places));
    }
}

/// A scale and the unit that it counts, as one text.
fn scaled_text(scale: &str, unit: &str) -> String {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    match is_word(scale.chars().last()) && is_word(unit.chars().next()) {
        true => format!("{scale} {unit}"),
        false => format!("{scale}{unit}"),
    }
}

/// The unit that stood in a cell of its own beside a value with a scale word: of the value `1.5万`
/// and the unit `万户` it is `户`. Nothing where the value has another unit, or none.
pub(crate) fn unit_apart(scale: &str, unit: &str) -> Option<String> {
    let rest = unit.strip_prefix(scale)?.trim_start();
    (!scale.is_empty() && !rest.is_empty()).then(|| rest.to_owned())
}
