//! Codes of number formats to sections: `0.0%;-0.0%` goes in, places of digits, texts and scales
//! come out. A code that makes no sense shows numbers as they are.

use super::super::date::DateParts;
use super::{Condition, Kind, Section};
use crate::figures::grid::workbook::number::stored;

/// Characters of a code that are looked at.
const MOST_CHARACTERS: usize = 1024;
/// Sections of a code.
const MOST_SECTIONS: usize = 4;
/// Digits that a code may ask for.
const MOST_DIGITS: usize = 30;

/// A piece of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Literal(char),
    /// What is between brackets.
    Bracket(String),
    Code(char),
    End,
}

fn pieces(code: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut chars = code.chars().take(MOST_CHARACTERS);
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                let quoted = chars.by_ref().take_while(|c| *c != '"');
                out.extend(quoted.map(Piece::Literal));
            }
            '\\' | '!' => out.extend(chars.next().map(Piece::Literal)),
            // A blank as wide as a character, and a character that fills the cell.
            '_' | '*' => {
                chars.next();
            }
            '[' => out.push(Piece::Bracket(
                chars.by_ref().take_while(|c| *c != ']').collect(),
            )),
            ';' => out.push(Piece::End),
            _ => out.push(Piece::Code(c)),
        }
    }
    out
}

pub(super) fn sections(code: &str) -> Vec<Section> {
    let pieces = pieces(code);
    let parts = pieces.split(|piece| *piece == Piece::End);
    parts.take(MOST_SECTIONS).map(section).collect()
}

fn section(pieces: &[Piece]) -> Section {
    let code: String = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Code(c) => c.to_ascii_lowercase(),
            _ => '\u{0}',
        })
        .collect();
    let mut section = Section {
        kind: Kind::Words,
        condition: None,
        before: String::new(),
        after: String::new(),
        decimals: 0,
        optional: 0,
        whole: 0,
        is_grouped: false,
        hundreds: 0,
        thousands: 0,
    };
    let is_general = code.contains("general") || code.contains("g/");
    if is_general {
        section.kind = Kind::General;
    } else if let Some(parts) = date_parts(pieces) {
        section.kind = Kind::Date(parts);
        return section;
    }
    let mut digits = Digits::default();
    for piece in pieces {
        match piece {
            Piece::Bracket(text) => bracket(&mut section, text, digits.n_whole > 0),
            Piece::Literal(c) => digits.literal(&mut section, *c),
            Piece::Code('0' | '#' | '?' | '.' | ',' | 'E' | 'e' | '/' | '%') if is_general => {}
            Piece::Code(c) => match c {
                '0' | '#' | '?' => digits.digit(*c),
                '.' => digits.point(),
                ',' => digits.comma(),
                '%' => {
                    section.hundreds += 1;
                    digits.literal(&mut section, '%');
                }
                'E' | 'e' => digits.is_scientific = true,
                '/' => digits.is_fraction = true,
                '@' => section.kind = Kind::General,
                '+' | '-' if digits.is_scientific => {}
                c if is_general && c.is_ascii_alphabetic() => digits.n_whole = 1,
                c => digits.literal(&mut section, *c),
            },
            Piece::End => {}
        }
    }
    digits.settle(&mut section);
    section
}

/// A condition, or the sign of a currency; colours and languages show nothing.
fn bracket(section: &mut Section, text: &str, is_after: bool) {
    if let Some(currency) = text.strip_prefix('$') {
        let sign = currency.split('-').next().unwrap_or_default();
        let side = if is_after {
            &mut section.after
        } else {
            &mut section.before
        };
        side.push_str(sign);
        return;
    }
    let limit = text.trim_start_matches(['<', '>', '=']);
    let word = text.get(..text.len() - limit.len()).unwrap_or_default();
    if let (false, Some(limit)) = (word.is_empty(), stored(limit)) {
        section.condition = Some(Condition {
            word: word.to_owned(),
            limit,
        });
    }
}

/// Digits as they come.
#[derive(Debug, Default)]
struct Digits {
    n_whole: usize,
    n_zero: usize,
    n_decimals: usize,
    n_optional: usize,
    has_point: bool,
    is_scientific: bool,
    is_fraction: bool,
    /// Commas since the last digit; those with a digit behind them part groups.
    commas: u32,
    is_grouped: bool,
    /// A text stands between digits.
    is_broken: bool,
    is_closed: bool,
}

impl Digits {
    fn digit(&mut self, c: char) {
        if self.is_scientific {
            return;
        }
        self.is_broken |= self.is_closed;
        if self.has_point {
            self.n_decimals += 1;
            self.n_optional = if c == '0' { 0 } else { self.n_optional + 1 };
        } else {
            self.is_grouped |= self.commas > 0;
            self.commas = 0;
            self.n_whole += 1;
            self.n_zero += usize::from(c == '0');
        }
    }

    fn point(&mut self) {
        self.is_broken |= self.has_point;
        self.has_point = true;
        self.n_whole = self.n_whole.max(1);
    }

    fn comma(&mut self) {
        if self.n_whole > 0 {
            self.commas += 1;
        }
    }

    fn literal(&mut self, section: &mut Section, c: char) {
        if self.n_whole == 0 {
            section.before.push(c);
        } else {
            self.is_closed = true;
            section.after.push(c);
        }
    }

    fn settle(self, section: &mut Section) {
        if self.n_whole == 0 || section.kind == Kind::General {
            return;
        }
        let many = self.n_whole > MOST_DIGITS || self.n_decimals > MOST_DIGITS;
        if self.is_broken || self.is_fraction || many {
            section.kind = Kind::General;
            return;
        }
        section.kind = if self.is_scientific {
            Kind::Scientific
        } else {
            Kind::Fixed
        };
        section.decimals = u32::try_from(self.n_decimals).unwrap_or(0);
        section.optional = u32::try_from(self.n_optional).unwrap_or(0);
        section.whole = self.n_zero;
        section.is_grouped = self.is_grouped;
        section.thousands = self.commas;
    }
}

/// What of a date a code shows; nothing where it shows none.
fn date_parts(pieces: &[Piece]) -> Option<DateParts> {
    let mut parts = DateParts::default();
    let mut letters = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Code(c) => letters.push(c.to_ascii_lowercase()),
            Piece::Bracket(text) => {
                let is_elapsed = !text.is_empty()
                    && text
                        .chars()
                        .all(|c| matches!(c.to_ascii_lowercase(), 'h' | 'm' | 's'));
                parts.is_elapsed |= is_elapsed;
            }
            _ => {}
        }
    }
    let has_digits = letters.iter().any(|c| matches!(c, '#' | '?'));
    // A month is told from a minute by what stands beside it.
    let times: Vec<char> = letters
        .iter()
        .copied()
        .filter(|c| matches!(c, 'y' | 'm' | 'd' | 'h' | 's'))
        .collect();
    for (at, c) in times.iter().enumerate() {
        let before = times.get(..at).unwrap_or_default();
        let after = times.get(at..).unwrap_or_default();
        match c {
            'y' => parts.year = true,
            'd' => parts.day = true,
            'h' | 's' => parts.time = true,
            _ => {
                let last = before.iter().rev().find(|c| **c != 'm');
                let next = after.iter().find(|c| **c != 'm');
                let is_minute = last == Some(&'h') || next == Some(&'s');
                parts.month |= !is_minute;
                parts.time |= is_minute;
            }
        }
    }
    let is_era = letters.contains(&'e') && !letters.contains(&'0') && !has_digits;
    parts.year |= is_era && !letters.contains(&'@');
    let is_some = parts.year || parts.month || parts.day || parts.time || parts.is_elapsed;
    (is_some && !has_digits).then_some(parts)
}
