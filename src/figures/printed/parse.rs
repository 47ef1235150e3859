//! The grammar of a printed cell: words, a number or a range, words, a unit, words. Written
//! characters go in, a claim or the place of the first fault comes out. Never looks beyond the
//! cell.

use std::ops::Range;

use super::glyphs::Glyphs;
use super::{
    MOST_DIGITS, Number, PlusPosition, Printed, PrintedErrorKind as Kind, Qualifier, Vocabulary,
};
use crate::number::Exact;
use crate::unit::{ParsedUnit, Units, convert};

type Fault = (usize, Kind);

struct Cx<'a> {
    glyphs: &'a Glyphs,
    words: &'a Vocabulary,
    units: &'a Units,
}

/// A word's meaning, and the written character at which it stands.
type Said = (Qualifier, usize);

/// What follows a number.
#[derive(Default)]
struct Tail {
    said: Vec<Said>,
    plus_position: Option<PlusPosition>,
    unit: String,
}

pub(super) fn parse_cell(
    glyphs: &Glyphs,
    text: &str,
    words: &Vocabulary,
    units: &Units,
) -> Result<Printed, Fault> {
    let cx = Cx {
        glyphs,
        words,
        units,
    };
    if !(0..glyphs.len()).any(|i| glyphs.is_digit(i)) {
        return Err((glyphs.place(0), Kind::NoNumber));
    }
    let (mut said, start) = cx.read_before()?;
    let (mut number, end) = cx.read_number(start)?;
    let whole = end..glyphs.len();
    let range = if cx.is_unit(whole.clone()) {
        None
    } else {
        cx.find_range(end)
    };
    let (tail, upper) = match range {
        None => (cx.read_tail(whole)?, None),
        Some((dash, second)) => {
            let lower_tail = cx.read_tail(end..dash)?;
            let (upper, after) = cx.read_number(second)?;
            let tail = cx.read_tail(after..glyphs.len())?;
            let mut words = said.iter().chain(&lower_tail.said).chain(&tail.said);
            let is_about = |q| matches!(q, Qualifier::About | Qualifier::Exact);
            if let Some((word, at)) = words.find(|(q, _)| !is_about(*q)) {
                return Err((glyphs.place(*at), Kind::RangeQualifier(*word)));
            }
            cx.match_units(&mut number, &lower_tail.unit, &tail.unit)
                .ok_or((glyphs.place(after), Kind::RangeUnits))?;
            if number.value > upper.value {
                return Err((glyphs.place(second), Kind::RangeBackwards));
            }
            said.extend(lower_tail.said);
            (tail, Some(upper))
        }
    };
    said.extend(tail.said);
    let printed = Printed {
        number,
        upper,
        qualifiers: cx.settle(&said)?,
        plus_position: tail.plus_position,
        unit_text: tail.unit,
        text: text.to_owned(),
    };
    if printed.is_empty() {
        let word = |found: Option<&Qualifier>| found.copied().unwrap_or(Qualifier::Exact);
        let (first, second) = (
            word(printed.qualifiers.first()),
            word(printed.qualifiers.last()),
        );
        return Err((glyphs.place(start), Kind::Contradiction { first, second }));
    }
    Ok(printed)
}

impl Cx<'_> {
    /// The words before the number, and where the number starts, sign included.
    fn read_before(&self) -> Result<(Vec<Said>, usize), Fault> {
        let mut said = Vec::new();
        let mut at = 0;
        while let Some((length, qualifier)) = self.words.before(self.glyphs, at) {
            // A sign right before the digits belongs to the number, whatever else it may mean.
            if self.is_signed_number(at) {
                break;
            }
            said.push((qualifier, at));
            at += length;
        }
        if self.is_signed_number(at) || self.glyphs.is_number(at) {
            Ok((said, at))
        } else {
            Err((self.glyphs.place(at), Kind::ExpectedNumber))
        }
    }

    fn is_signed_number(&self, at: usize) -> bool {
        self.sign(at)
            .is_some_and(|(length, _)| self.glyphs.is_number(at + length))
    }

    /// The length of a sign, and whether it makes the number negative.
    fn sign(&self, at: usize) -> Option<(usize, bool)> {
        match self.glyphs.char(at) {
            Some('+') => Some((1, false)),
            _ => self
                .words
                .minus(self.glyphs, at)
                .map(|length| (length, true)),
        }
    }

    fn read_number(&self, start: usize) -> Result<(Number, usize), Fault> {
        let (length, is_negative) = self.sign(start).unwrap_or((0, false));
        let mut digits = String::new();
        let mut at = self.read_whole(start + length, &mut digits)?;
        let mut decimals = 0;
        // Two points between numbers may be a range word.
        let is_range = !self.glyphs.is_digit(at + 1) && self.words.range(self.glyphs, at).is_some();
        if self.glyphs.char(at) == Some('.') && !is_range {
            at += 1;
            if !self.glyphs.is_digit(at) {
                return Err((self.glyphs.place(at), Kind::ExpectedDigits));
            }
            digits.push('.');
            while let Some(glyph) = self.glyphs.get(at).filter(|g| g.c.is_ascii_digit()) {
                if glyph.is_spaced && decimals > 0 {
                    break;
                }
                digits.push(glyph.c);
                decimals += 1;
                at += 1;
            }
        }
        if self.is_power_of_ten(at) {
            return Err((self.glyphs.place(at), Kind::PowerOfTen));
        }
        let count = digits.chars().filter(char::is_ascii_digit).count();
        let too_many = (self.glyphs.place(start), Kind::TooManyDigits);
        if u32::try_from(count).map_or(true, |count| count > MOST_DIGITS) {
            return Err(too_many);
        }
        if digits.starts_with('.') {
            digits.insert(0, '0');
        }
        let value = Exact::parse_decimal(&digits).map_err(|_| too_many)?;
        let value = if is_negative {
            &Exact::from(0) - &value
        } else {
            value
        };
        let last_nonzero_step = last_nonzero_step(&digits);
        let mut number = Number {
            value,
            decimals: None,
            step: None,
            last_nonzero_step,
        };
        number.set_decimals(decimals);
        Ok((number, at))
    }

    /// Whether a power of ten as programs write it, such as e+05, stands behind digits.
    fn is_power_of_ten(&self, at: usize) -> bool {
        let is_sign = |at: usize| matches!(self.glyphs.char(at), Some('+' | '-'));
        let mut end = at + 1 + usize::from(is_sign(at + 1));
        let start = end;
        while self.glyphs.is_digit(end) {
            end += 1;
        }
        let is_whole = end > start && !self.glyphs.char(end).is_some_and(char::is_alphanumeric);
        let is_power = matches!(self.glyphs.char(at), Some('e' | 'E')) && is_whole;
        is_power && self.units.lookup(&self.glyphs.written(at..end)).is_none()
    }

    /// The digits before the point, in groups of three where separators stand between them.
    fn read_whole(&self, mut at: usize, digits: &mut String) -> Result<usize, Fault> {
        let (mut in_group, mut groups, mut group_start) = (0_usize, 0_usize, at);
        while let Some(glyph) = self.glyphs.get(at) {
            let is_first = in_group == 0 && groups == 0;
            let blank = glyph.is_spaced && !is_first && in_group > 0;
            let separator = if glyph.c.is_ascii_digit() {
                (blank && self.words.separates(' ')).then_some(0)
            } else {
                let separates = self.words.separates(glyph.c) && self.glyphs.is_digit(at + 1);
                (separates && !is_first).then_some(1)
            };
            match separator {
                Some(length) => {
                    if groups == 0 && in_group > 3 || groups > 0 && in_group != 3 {
                        return Err((self.glyphs.place(group_start), Kind::BadGrouping));
                    }
                    groups += 1;
                    in_group = 0;
                    at += length;
                    group_start = at;
                }
                None if !glyph.c.is_ascii_digit() || blank => break,
                None => {}
            }
            digits.extend(self.glyphs.char(at));
            in_group += 1;
            at += 1;
        }
        if groups > 0 && in_group != 3 {
            return Err((self.glyphs.place(group_start), Kind::BadGrouping));
        }
        Ok(at)
    }

    /// Where a range word stands that a number follows, and where that number starts.
    fn find_range(&self, from: usize) -> Option<(usize, usize)> {
        (from..self.glyphs.len()).find_map(|at| {
            let second = at + self.words.range(self.glyphs, at)?;
            let follows = self.glyphs.is_number(second) || self.is_signed_number(second);
            follows.then_some((at, second))
        })
    }

    /// Takes the words off both ends of what follows a number; the unit is left.
    fn read_tail(&self, stretch: Range<usize>) -> Result<Tail, Fault> {
        let Range { mut start, mut end } = stretch;
        let mut tail = Tail::default();
        let mut is_unit = self.is_unit(start..end);
        while start < end && !is_unit {
            let is_inside = |length: usize| start + length <= end;
            let odd = self
                .words
                .odd(self.glyphs, start)
                .filter(|length| is_inside(*length));
            let after = self
                .words
                .after(self.glyphs, start)
                .filter(|(length, _)| is_inside(*length));
            if let Some(length) = odd {
                tail.said.push((Qualifier::Plus, start));
                tail.plus_position.get_or_insert(PlusPosition::BeforeScale);
                start += length;
            } else if let Some((length, word)) = after {
                tail.said.push((word, start));
                start += length;
            } else {
                break;
            }
            is_unit = self.is_unit(start..end);
        }
        let mut last = Vec::new();
        while start < end && !is_unit {
            let Some((at, word)) = self.word_at_end(start..end) else {
                break;
            };
            last.push((word, at));
            if word == Qualifier::Plus {
                tail.plus_position.get_or_insert(PlusPosition::AfterScale);
            }
            end = at;
            is_unit = self.is_unit(start..end);
        }
        tail.unit = self.glyphs.written(start..end);
        if start < end && !is_unit {
            if let Some((at, length)) = self.odd_after_scale(start..end) {
                tail.said.push((Qualifier::Plus, at));
                tail.plus_position.get_or_insert(PlusPosition::AfterScale);
                let unit = self.glyphs.written(at + length..end);
                tail.unit = self.glyphs.written(start..at) + &unit;
            }
            if let Some(digit) = (start..end).find(|i| self.glyphs.is_digit(*i))
                && self.units.lookup(&tail.unit).is_none()
            {
                return Err((self.glyphs.place(digit), Kind::SecondNumber));
            }
        }
        tail.said.extend(last.into_iter().rev());
        Ok(tail)
    }

    /// The longest word that ends a stretch.
    fn word_at_end(&self, stretch: Range<usize>) -> Option<(usize, Qualifier)> {
        let end = stretch.end;
        stretch.into_iter().find_map(|at| {
            let odd = || {
                self.words
                    .odd(self.glyphs, at)
                    .map(|length| (length, Qualifier::Plus))
            };
            let after = self
                .words
                .after(self.glyphs, at)
                .filter(|(length, _)| at + length == end);
            let (_, word) = after.or_else(|| odd().filter(|(length, _)| at + length == end))?;
            Some((at, word))
        })
    }

    /// A word such as "odd" between a scale and a unit.
    fn odd_after_scale(&self, stretch: Range<usize>) -> Option<(usize, usize)> {
        let Range { start, end } = stretch;
        (start + 1..end).find_map(|at| {
            let length = self
                .words
                .odd(self.glyphs, at)
                .filter(|length| at + length < end)?;
            let before = self.units.lookup(&self.glyphs.tight(start..at));
            matches!(before, Some(ParsedUnit::Scale(_))).then_some((at, length))
        })
    }

    fn is_unit(&self, stretch: Range<usize>) -> bool {
        self.units.lookup(&self.glyphs.tight(stretch)).is_some()
    }

    /// Puts the lower end of a range into the upper end's unit.
    fn match_units(&self, number: &mut Number, lower: &str, upper: &str) -> Option<()> {
        let tight = crate::fold::fold_tight;
        if lower.is_empty() || tight(lower) == tight(upper) {
            return Some(());
        }
        let ratio = match (self.units.lookup(lower)?, self.units.lookup(upper)?) {
            (ParsedUnit::Unit(lower), ParsedUnit::Unit(upper)) => {
                convert(&Exact::from(1), &lower, &upper).ok()?
            }
            (ParsedUnit::Scale(lower), ParsedUnit::Scale(upper)) => lower.checked_div(&upper)?,
            // A bare scale before the range word shares the unit behind it.
            (ParsedUnit::Scale(lower), ParsedUnit::Unit(_)) => {
                lower.checked_div(&self.units.split_scale(upper).0)?
            }
            _ => return None,
        };
        let scale = |step: &Option<Exact>| step.as_ref().map(|step| step * &ratio);
        number.value = &number.value * &ratio;
        number.step = scale(&number.step);
        number.last_nonzero_step = scale(&number.last_nonzero_step);
        Some(())
    }

    /// The meanings in order, each once; two that exclude each other are a fault.
    fn settle(&self, said: &[Said]) -> Result<Vec<Qualifier>, Fault> {
        let mut qualifiers: Vec<Qualifier> = Vec::new();
        for (word, at) in said.iter().filter(|(word, _)| *word != Qualifier::Exact) {
            if let Some(first) = qualifiers.iter().find(|known| known.contradicts(*word)) {
                let kind = Kind::Contradiction {
                    first: *first,
                    second: *word,
                };
                return Err((self.glyphs.place(*at), kind));
            }
            if !qualifiers.contains(word) {
                qualifiers.push(*word);
            }
        }
        Ok(qualifiers)
    }
}

/// A cell of nothing but digits, with a minus before them or a point between them at most.
///
/// Words hold no digit and none stands in it, so that any vocabulary reads it alike; what it does not
/// take is for [`parse_cell`].
pub(super) fn plain_number(text: &str) -> Option<Number> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let decimals = u32::try_from(fraction.map_or(0, str::len)).ok()?;
    let n_digits = u32::try_from(whole.len()).ok()?.checked_add(decimals)?;
    if !is_digits(whole) || !fraction.is_none_or(is_digits) || n_digits > MOST_DIGITS {
        return None;
    }
    let mut number = Number {
        value: Exact::parse_decimal(text).ok()?,
        decimals: None,
        step: None,
        last_nonzero_step: last_nonzero_step(digits),
    };
    number.set_decimals(decimals);
    Some(number)
}

/// One in the last digit that is not zero, or in the last digit of a zero.
pub(super) fn last_nonzero_step(digits: &str) -> Option<Exact> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = whole.trim_start_matches('-');
    if whole.len() + fraction.len() == 0 {
        return None;
    }
    let last = |text: &str| text.bytes().rposition(|digit| digit != b'0');
    let places = match (last(fraction), last(whole)) {
        (Some(at), _) => -1 - i64::try_from(at).ok()?,
        (None, Some(at)) => i64::try_from(whole.len() - 1 - at).ok()?,
        (None, None) => -i64::try_from(fraction.len()).ok()?,
    };
    Some(Exact::pow10(i16::try_from(places).ok()?))
}
