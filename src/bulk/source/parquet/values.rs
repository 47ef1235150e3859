//! Plain values of a Parquet column, in a page or as its dictionary: bytes go in; doubles, places of
//! words or texts come out. What a double cannot say keeps a mark, and is told as odd later.

#![expect(
    clippy::float_arithmetic,
    reason = "single floats are held against decimals of few digits, and doubles looked at"
)]

use bytes::Bytes;
use parquet::basic::Type;

use super::super::columns::{end, is_blank};
use super::super::number::{self, Read, scaled};
use super::super::words::Words;
use crate::bulk::block::{Cells, Wanted};
use crate::figures::grid::parquet::column::{Content, Form, LONGEST_DECIMAL};

/// What stands for a cell that is no number until its row is noted; of the values that are none.
pub(in crate::bulk) const ODD: f64 = f64::from_bits(0x7FF8_6F64_6400_0001);
/// What stands for a cell that takes its row with it: it is too long, or no text.
pub(in crate::bulk) const FAULT: f64 = f64::from_bits(0x7FF8_6F64_6400_0000);
/// The same among places of words.
pub(super) const FAULTY: u32 = Cells::BLANK - 1;

/// Seconds around 1970 within which every moment has a day: some hundred thousand years.
const MOMENTS: i64 = 4_000_000_000_000;

/// The first bytes of a value; zeros where it has fewer.
fn first<const N: usize>(value: &[u8]) -> [u8; N] {
    value.first_chunk().copied().unwrap_or([0; N])
}

/// Whether a value stands for a cell that is no number.
#[inline(always)]
pub(in crate::bulk) fn is_mark(value: f64) -> bool {
    value.to_bits() | 1 == ODD.to_bits()
}

/// What is read, and how.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kind {
    pub(super) physical: Type,
    pub(super) form: Form,
    /// Bytes of a value of fixed length.
    pub(super) length: usize,
    /// Bytes that a cell may have.
    pub(super) most: usize,
}

impl Kind {
    /// Whether a cell of the column may take its row with it.
    pub(super) fn may_fault(self) -> bool {
        match self.physical {
            Type::BYTE_ARRAY => self.form != Form::Nothing,
            Type::FIXED_LEN_BYTE_ARRAY => match self.form {
                Form::Decimal(_) => self.length > LONGEST_DECIMAL,
                form => form != Form::Nothing,
            },
            Type::INT32 | Type::INT64 => matches!(self.form, Form::Date | Form::Moment(_)),
            Type::BOOLEAN | Type::INT96 | Type::FLOAT | Type::DOUBLE => false,
        }
    }

    /// Whether a value takes its row with it: it is too long, no text, or no moment.
    fn is_fault(self, value: &[u8]) -> bool {
        let moment = match (self.physical, self.form) {
            (Type::BYTE_ARRAY | Type::FIXED_LEN_BYTE_ARRAY, Form::Plain) => {
                return value.len() > self.most || std::str::from_utf8(value).is_err();
            }
            (Type::INT32, _) => i64::from(i32::from_le_bytes(first(value))),
            (Type::INT64, _) => i64::from_le_bytes(first(value)),
            _ => i64::MAX,
        };
        let seconds = match self.form {
            Form::Date => moment.checked_mul(86_400),
            Form::Moment(per_second) => moment.checked_div(per_second),
            _ => None,
        };
        // Moments far away may be beyond all calendars.
        let is_far = seconds.is_none_or(|seconds| !(-MOMENTS..MOMENTS).contains(&seconds));
        is_far && matches!(self.content(value), Content::NotText)
    }

    /// A text as a cell of a column of numbers.
    fn number(self, text: &[u8]) -> f64 {
        if text.len() > self.most {
            return FAULT;
        }
        match number::read(text) {
            Read::Number(value) => value,
            Read::Blank => f64::NAN,
            Read::Odd if is_blank(text) => f64::NAN,
            Read::Odd if std::str::from_utf8(text).is_err() => FAULT,
            Read::Odd => ODD,
        }
    }

    /// Whether plain values are read here.
    pub(super) fn is_known(self) -> bool {
        match self.physical {
            Type::DOUBLE | Type::FLOAT | Type::INT32 | Type::INT64 | Type::BYTE_ARRAY => true,
            Type::FIXED_LEN_BYTE_ARRAY => self.length > 0,
            Type::BOOLEAN | Type::INT96 => false,
        }
    }

    /// The bytes of a value, where all have as many.
    fn size(self) -> Option<usize> {
        match self.physical {
            Type::DOUBLE | Type::INT64 => Some(8),
            Type::FLOAT | Type::INT32 => Some(4),
            Type::FIXED_LEN_BYTE_ARRAY => Some(self.length),
            _ => None,
        }
    }

    /// A value as what its cell shows; none for a blank.
    fn content(self, value: &[u8]) -> Content {
        let eight = || first(value);
        let four = || first(value);
        let shown = match self.physical {
            Type::DOUBLE => f64::from_le_bytes(eight()).to_string(),
            Type::FLOAT => f32::from_le_bytes(four()).to_string(),
            Type::INT32 => {
                let value = i32::from_le_bytes(four());
                let unsigned = u64::from(value.cast_unsigned());
                return self.form.whole(value.into(), unsigned);
            }
            Type::INT64 => {
                let value = i64::from_le_bytes(eight());
                return self.form.whole(value, value.cast_unsigned());
            }
            _ => return self.form.bytes(value),
        };
        match shown.as_str() {
            "NaN" => Content::Absent,
            _ => Content::Text(shown),
        }
    }
}

/// Whether a double is a number whose shortest decimal has surely no more digits than the reader of figures takes;
/// what others say is left to that reader.
#[inline(always)]
pub(in crate::bulk) fn is_moderate(value: f64) -> bool {
    let size = value.abs();
    (size < 1e40) & (size > 1e-40) | (size == 0.0)
}

/// Values one after another.
#[derive(Debug, Default, Clone)]
pub(super) struct Plain {
    bytes: Bytes,
    at: usize,
}

impl Plain {
    pub(super) fn new(bytes: Bytes) -> Plain {
        Plain { bytes, at: 0 }
    }

    /// The bytes of the next values, all of one size; none where there are fewer.
    fn fixed(&mut self, n: usize, size: usize) -> Option<Bytes> {
        let end = self.at.checked_add(n.checked_mul(size)?)?;
        let bytes = (end <= self.bytes.len()).then(|| self.bytes.slice(self.at..end))?;
        self.at = end;
        Some(bytes)
    }

    /// The next value of a kind.
    fn value(&mut self, kind: Kind) -> Option<&[u8]> {
        let size = match kind.size() {
            Some(size) => size,
            None => {
                let head = self.bytes.get(self.at..)?.first_chunk::<4>()?;
                self.at += 4;
                u32::from_le_bytes(*head) as usize
            }
        };
        let value = self.bytes.get(self.at..self.at.checked_add(size)?)?;
        self.at += size;
        Some(value)
    }

    /// Adds the next values as numbers, and says whether one may be odd.
    pub(super) fn numbers(&mut self, kind: Kind, n: usize, to: &mut Vec<f64>) -> Option<bool> {
        let from = to.len();
        match (kind.physical, kind.form) {
            (Type::DOUBLE, Form::Plain) => {
                let bytes = self.fixed(n, 8)?;
                let (values, _) = bytes.as_chunks::<8>();
                to.extend(values.iter().map(|value| f64::from_le_bytes(*value)));
                let added = to.get_mut(from..).unwrap_or_default();
                let is_odd = |value: &f64| !(is_moderate(*value) | value.is_nan());
                let has_odd = added.iter().fold(false, |odd, value| odd | is_odd(value));
                if has_odd {
                    for value in added.iter_mut().filter(|value| is_odd(value)) {
                        *value = ODD;
                    }
                }
                Some(has_odd)
            }
            (Type::FLOAT, Form::Plain) => {
                let bytes = self.fixed(n, 4)?;
                let (values, _) = bytes.as_chunks::<4>();
                to.extend(
                    values
                        .iter()
                        .map(|value| single(f32::from_le_bytes(*value))),
                );
                Some(true)
            }
            (Type::INT32, Form::Plain | Form::Unsigned | Form::Decimal(_)) => {
                let is_unsigned = kind.form == Form::Unsigned;
                let places = places(kind.form);
                let bytes = self.fixed(n, 4)?;
                let (values, _) = bytes.as_chunks::<4>();
                to.extend(values.iter().map(|value| {
                    let value = i32::from_le_bytes(*value);
                    let value = match is_unsigned {
                        true => i64::from(value.cast_unsigned()),
                        false => i64::from(value),
                    };
                    scaled(value, places).unwrap_or(ODD)
                }));
                Some(places > 22)
            }
            (Type::INT64, Form::Plain | Form::Unsigned | Form::Decimal(_)) => {
                let is_unsigned = kind.form == Form::Unsigned;
                let places = places(kind.form);
                let bytes = self.fixed(n, 8)?;
                let (values, _) = bytes.as_chunks::<8>();
                to.extend(values.iter().map(|value| {
                    let value = i64::from_le_bytes(*value);
                    match is_unsigned && value < 0 {
                        true => ODD,
                        false => scaled(value, places).unwrap_or(ODD),
                    }
                }));
                Some(true)
            }
            (Type::BYTE_ARRAY, Form::Plain) => {
                for _ in 0..n {
                    let value = kind.number(self.value(kind)?);
                    to.push(value);
                }
                Some(true)
            }
            _ => {
                for _ in 0..n {
                    to.push(match kind.content(self.value(kind)?) {
                        Content::Absent => f64::NAN,
                        Content::Text(text) | Content::Number(text, _) => {
                            kind.number(text.as_bytes())
                        }
                        Content::NotText => FAULT,
                    });
                }
                Some(true)
            }
        }
    }

    /// Calls for each of the next values with its text; none where it is too long, or no text.
    fn texts(&mut self, kind: Kind, n: usize, mut take: impl FnMut(Option<&[u8]>)) -> Option<()> {
        let is_text = kind.physical == Type::BYTE_ARRAY && kind.form == Form::Plain;
        for _ in 0..n {
            let value = self.value(kind)?;
            if is_text {
                let is_text = value.len() <= kind.most && std::str::from_utf8(value).is_ok();
                take(is_text.then_some(value));
                continue;
            }
            match kind.content(value) {
                Content::Absent => take(Some(b"")),
                Content::Text(text) | Content::Number(text, _) => {
                    take(Some(text.as_bytes()).filter(|text| text.len() <= kind.most));
                }
                Content::NotText => take(None),
            }
        }
        Some(())
    }

    /// Adds the next values as places of words.
    pub(super) fn words(
        &mut self,
        kind: Kind,
        n: usize,
        words: &mut Words,
        to: &mut Vec<u32>,
    ) -> Option<()> {
        self.texts(kind, n, |text| {
            to.push(match text {
                Some(text) if is_blank(text) => Cells::BLANK,
                Some(text) => words.place(text),
                None => FAULTY,
            });
        })
    }

    /// Notes which of the next values take their rows with them.
    pub(super) fn faults(&mut self, kind: Kind, n: usize, faults: &mut Vec<u32>) -> Option<()> {
        for at in 0..n {
            if kind.is_fault(self.value(kind)?) {
                faults.push(end(at));
            }
        }
        Some(())
    }

    /// Adds the next values as texts one after another, with the end of each, and notes which of them take their
    /// rows with them.
    pub(super) fn keys(
        &mut self,
        kind: Kind,
        n: usize,
        ends: &mut Vec<u32>,
        bytes: &mut Vec<u8>,
        faults: &mut Vec<u32>,
    ) -> Option<()> {
        self.texts(kind, n, |text| {
            if text.is_none() {
                faults.push(end(ends.len()));
            }
            let text = text.filter(|text| !is_blank(text)).unwrap_or_default();
            bytes.extend_from_slice(text);
            ends.push(end(bytes.len()));
        })?;
        // Beyond what ends can tell, nothing is told.
        (bytes.len() < u32::MAX as usize).then_some(())
    }
}

fn places(form: Form) -> u32 {
    match form {
        Form::Decimal(scale) => scale,
        _ => 0,
    }
}

/// The double of the shortest decimal of a single float.
pub(in crate::bulk) fn single(value: f32) -> f64 {
    let wide = f64::from(value);
    let mut power = 1.0;
    for _ in 0..7 {
        let digits = (wide * power).round();
        if digits.abs() >= 1e7 {
            break;
        }
        let decimal = digits / power;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "it is held against the float"
        )]
        if decimal as f32 == value {
            return decimal;
        }
        power *= 10.0;
    }
    match value.is_nan() {
        true => f64::NAN,
        false if value.is_infinite() => ODD,
        false => value.to_string().parse().unwrap_or(ODD),
    }
}

/// The different values of a column, as it is asked for.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    pub(super) values: Vec<f64>,
    pub(super) codes: Vec<u32>,
    pub(super) ends: Vec<u32>,
    pub(super) bytes: Vec<u8>,
    /// The texts, in order, that take their rows with them.
    pub(super) faults: Vec<u32>,
    pub(super) has_odd: bool,
    pub(super) n: usize,
}

impl Dictionary {
    /// Which of some values take their rows with them.
    pub(super) fn faulty(&self, places: &[u32]) -> Vec<u32> {
        if self.faults.is_empty() {
            return Vec::new();
        }
        let is_fault = |place: &u32| self.faults.binary_search(place).is_ok();
        let faulty = (0..).zip(places).filter(|(_, place)| is_fault(place));
        faulty.map(|(at, _)| at).collect()
    }

    /// Reads the page of a dictionary; none where it ends before its values do.
    pub(super) fn read(
        kind: Kind,
        wanted: Wanted,
        page: Bytes,
        n: usize,
        words: &mut Words,
    ) -> Option<Dictionary> {
        let mut plain = Plain::new(page);
        let mut known = Dictionary {
            n,
            ..Dictionary::default()
        };
        match wanted {
            Wanted::Nothing => plain.faults(kind, n, &mut known.faults)?,
            Wanted::Numbers => {
                plain.numbers(kind, n, &mut known.values)?;
                // What is no number in the file is a blank, whatever its bits.
                for value in &mut known.values {
                    let is_odd = is_mark(*value);
                    known.has_odd |= is_odd;
                    if value.is_nan() && !is_odd {
                        *value = f64::NAN;
                    }
                }
            }
            Wanted::Words => plain.words(kind, n, words, &mut known.codes)?,
            Wanted::Keys => {
                let (ends, bytes) = (&mut known.ends, &mut known.bytes);
                plain.keys(kind, n, ends, bytes, &mut known.faults)?;
            }
        }
        Some(known)
    }
}
