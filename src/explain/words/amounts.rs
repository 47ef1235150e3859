//! Amounts within the words of a rule. Goes in: words with numbers and units of either language.
//! Comes out: the same with units as one language writes them. Never changes a name or a text.

use crate::explain::show::{Unit, number_text};
use crate::message::Lang;
use crate::number::{Exact, Rounding};
use crate::program::Program;
use crate::unit::{Nature, ParsedUnit};

/// Digits of a year, which is no amount of years.
const YEAR: usize = 4;

/// Words with each amount in a unit of the other language turned into one of this.
pub(super) fn turned(program: &Program, words: &str, lang: Lang) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    let mut is_quoted = false;
    let mut is_in_name = false;
    while let Some(c) = rest.chars().next() {
        let amount = match c.is_ascii_digit() && !is_in_name && !is_quoted {
            true => read(program, rest, lang),
            false => None,
        };
        let taken = match amount {
            Some((shown, length)) => {
                out.push_str(&shown);
                length
            }
            None => {
                out.push(c);
                c.len_utf8()
            }
        };
        is_quoted ^= c == '"';
        is_in_name = c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '@');
        rest = rest.get(taken..).unwrap_or_default();
    }
    out
}

/// An amount at the start of words, as the language writes it, and how long it was.
fn read(program: &Program, words: &str, lang: Lang) -> Option<(String, usize)> {
    let is_digit = |c: char| c.is_ascii_digit() || c == '.';
    let number = words.split(|c| !is_digit(c)).next()?;
    let behind = words.get(number.len()..)?;
    let name = behind.trim_start();
    let gap = behind.len() - name.len();
    let is_name = |c: char| match lang {
        Lang::Zh => c.is_ascii_alphabetic(),
        Lang::En => c.is_alphabetic() && !c.is_ascii(),
    };
    let is_year = name.starts_with('\u{5e74}') && number.len() == YEAR;
    if is_year {
        return None;
    }
    let word = |from: usize| -> Option<usize> {
        let text = name.get(from..)?;
        let end = text.find(|c| !is_name(c)).unwrap_or(text.len());
        let next = text.get(end..)?.chars().next();
        let is_whole = next.is_none_or(|c| !(c.is_alphanumeric() || c == '_'));
        (end > 0 && is_whole).then_some(from + end)
    };
    let first = word(0)?;
    // A unit may be of two words, such as working days.
    let second = match name.get(first..)?.starts_with(' ') {
        true => word(first + 1),
        false => None,
    };
    let ends = second.into_iter().chain([first]);
    let found = ends
        .filter_map(|end| Some((name.get(..end)?, end)))
        .find_map(|(name, end)| match program.model.units.find(name)? {
            ParsedUnit::Unit(unit) if unit.nature != Nature::Points => Some((unit, end)),
            _ => None,
        });
    let (unit, end) = found?;
    let value = &Exact::parse_decimal(number).ok()? * &unit.factor;
    let shown = match lang {
        Lang::Zh => {
            let (name, factor) = program.model.units.chinese(&unit)?;
            format!("{}{name}", number_text(&value, &factor, Rounding::HalfEven))
        }
        Lang::En => {
            let unit = Unit::declared(program, &unit);
            let factor = unit.factor_in(Lang::En);
            let name = &unit.english.0;
            format!("{}{name}", number_text(&value, factor, Rounding::HalfEven))
        }
    };
    Some((shown, number.len() + gap + end))
}
