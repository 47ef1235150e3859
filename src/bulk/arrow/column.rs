//! One column of a batch: an array of values goes in, cells come out, as they are asked for. They say
//! what a Parquet file with the same values says; what no cell can show is told by its type.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, Float32Type,
    Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type,
    UInt64Type,
};
use arrow_array::{Array, ArrayRef, PrimitiveArray, StringArray};
use arrow_schema::{DataType, TimeUnit};

use super::whole::{Wholes, integer};
use crate::bulk::block::{Cells, Shown, Wanted};
use crate::bulk::source::columns::{Column, is_blank};
use crate::bulk::source::number::{Read, read, scaled};
use crate::bulk::source::parquet::values::{ODD, is_moderate, single};
use crate::bulk::wide::wide;
use crate::figures::grid::parquet::column::{Content, Form, decimal_form};

/// Bytes that are no text in UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotText;

/// A value of a dictionary that no row named so far.
pub(super) const UNSEEN_CODE: u32 = Cells::BLANK - 1;
const UNSEEN: f64 = f64::from_bits(0x7FF8_756E_7365_6E01);

/// What the values of a dictionary say, and whole numbers that are asked for as words, each found when a
/// row first names it.
#[derive(Debug, Default)]
pub(super) struct Known {
    values: Vec<f64>,
    codes: Vec<u32>,
    wholes: Wholes,
}

/// How the values of a type are shown; none where no cell can show them.
pub(super) fn form(kind: &DataType) -> Option<Form> {
    Some(match kind {
        DataType::Null => Form::Nothing,
        DataType::Boolean
        | DataType::Int8
        | DataType::Int16
        | DataType::Int32
        | DataType::Int64
        | DataType::Float32
        | DataType::Float64
        | DataType::Utf8
        | DataType::LargeUtf8
        | DataType::Utf8View
        | DataType::Binary
        | DataType::LargeBinary
        | DataType::BinaryView => Form::Plain,
        DataType::UInt8 | DataType::UInt16 | DataType::UInt32 | DataType::UInt64 => Form::Unsigned,
        DataType::Decimal32(_, scale)
        | DataType::Decimal64(_, scale)
        | DataType::Decimal128(_, scale)
        | DataType::Decimal256(_, scale) => decimal_form(i32::from(*scale))?,
        DataType::Date32 => Form::Date,
        DataType::Date64 => Form::Moment(1_000),
        DataType::Timestamp(unit, _) => Form::Moment(match unit {
            TimeUnit::Second => 1,
            TimeUnit::Millisecond => 1_000,
            TimeUnit::Microsecond => 1_000_000,
            TimeUnit::Nanosecond => 1_000_000_000,
        }),
        DataType::Dictionary(_, values) if !matches!(**values, DataType::Dictionary(..)) => {
            form(values)?
        }
        _ => return None,
    })
}

/// Adds the cells of an array, which are those of the rows of a block.
///
/// # Errors
/// The first row that is no text.
pub(super) fn add(
    array: &ArrayRef,
    form: Form,
    known: &mut Known,
    to: &mut Column,
) -> Result<(), u32> {
    let array: &dyn Array = array;
    if form == Form::Nothing || array.null_count() == array.len() {
        (0..array.len()).for_each(|_| to.blank());
        return Ok(());
    }
    match (to.wanted, array.as_any_dictionary_opt()) {
        (Wanted::Nothing, _) => Ok(()),
        (Wanted::Numbers, None) => {
            let from = to.values.len();
            numbers(array, form, &mut to.values);
            to.note_odd(from);
            Ok(())
        }
        (Wanted::Words | Wanted::Keys, None) => match array.data_type() {
            DataType::Utf8 => {
                let texts = array.as_string_opt::<i32>();
                match texts {
                    Some(texts) if to.wanted == Wanted::Words => words(texts, to),
                    Some(texts) if at_once(texts, to) => {}
                    texts => all(texts.into_iter().flatten(), to),
                }
                Ok(())
            }
            DataType::Utf8View => {
                let texts = array.as_string_view_opt();
                all(texts.into_iter().flatten(), to);
                Ok(())
            }
            _ => one_by_one(array, form, known, to),
        },
        (wanted, Some(dictionary)) => {
            // An empty dictionary has no row that is not null.
            let (values, keys) = (dictionary.values(), dictionary.normalized_keys());
            let from = to.values.len();
            for (at, (key, row)) in keys.into_iter().zip(0..).enumerate() {
                match (array.is_null(at) || values.is_null(key), wanted) {
                    (true, _) => to.blank(),
                    (false, Wanted::Numbers) => known.number(values, form, key, &mut to.values),
                    (false, Wanted::Words) => known.word(values, form, key, to).map_err(|_| row)?,
                    (false, _) => {
                        text(values, form, key, &mut |text| to.text(row, text)).map_err(|_| row)?
                    }
                }
            }
            if wanted == Wanted::Numbers {
                to.note_odd(from);
            }
            Ok(())
        }
    }
}

/// Adds texts that are asked for as they are, where none begins as a blank may.
fn at_once(texts: &StringArray, to: &mut Column) -> bool {
    let (ends, bytes) = (texts.value_offsets(), texts.value_data());
    let is_plain = |pair: &[i32]| match pair {
        [from, to] => {
            let first = usize::try_from(*from).ok().and_then(|from| bytes.get(from));
            from < to && matches!(first, Some(b'!'..=0x7F))
        }
        _ => false,
    };
    if to.wanted != Wanted::Keys || texts.null_count() > 0 || !ends.windows(2).all(is_plain) {
        return false;
    }
    let place = |end: &i32| usize::try_from(*end).unwrap_or(0);
    let (first, last) = (ends.first().map_or(0, place), ends.last().map_or(0, place));
    to.whole(
        bytes.get(first..last).unwrap_or(&[]),
        ends.iter().skip(1).map(|end| place(end) - first),
    );
    true
}

/// Adds texts that are asked for as words.
fn words(texts: &StringArray, to: &mut Column) {
    let (ends, bytes) = (texts.value_offsets(), texts.value_data());
    let place = |end: i32| usize::try_from(end).unwrap_or(0);
    let first = to.codes.len();
    to.codes.reserve(texts.len());
    let mut from = ends.first().map_or(0, |end| place(*end));
    for end in ends.iter().skip(1) {
        let text = bytes.get(from..place(*end)).unwrap_or(&[]);
        from = place(*end);
        to.word(text);
    }
    // What stands behind a null is no text.
    blank_out(
        texts,
        to.codes.get_mut(first..).unwrap_or(&mut []),
        Cells::BLANK,
    );
}

/// Puts what stands for a blank into the rows of an array that are null.
pub(super) fn blank_out<T: Copy>(array: &dyn Array, rows: &mut [T], blank: T) {
    let Some(known) = array.nulls() else { return };
    for row in (!known.inner()).set_indices() {
        if let Some(to) = rows.get_mut(row) {
            *to = blank;
        }
    }
}

/// Adds texts, none for a blank.
fn all<'t>(texts: impl Iterator<Item = Option<&'t str>>, to: &mut Column) {
    for (text, row) in texts.zip(0..) {
        match text {
            Some(text) => to.text(row, text.as_bytes()),
            None => to.blank(),
        }
    }
}

/// Adds values as the texts that their cells show.
///
/// # Errors
/// The first row that is no text.
fn one_by_one(
    array: &dyn Array,
    form: Form,
    known: &mut Known,
    to: &mut Column,
) -> Result<(), u32> {
    if to.wanted == Wanted::Words && known.wholes.take(array) {
        return known.wholes.add(array, form, to);
    }
    for (at, row) in (0..array.len()).zip(0..) {
        match array.is_null(at) {
            true => to.blank(),
            false => text(array, form, at, &mut |text| to.text(row, text)).map_err(|_| row)?,
        }
    }
    Ok(())
}

impl Known {
    fn number(&mut self, values: &ArrayRef, form: Form, key: usize, to: &mut Vec<f64>) {
        if self.values.is_empty() {
            self.values.resize(values.len(), UNSEEN);
        }
        let Some(known) = self.values.get_mut(key) else {
            return to.push(f64::NAN);
        };
        if known.to_bits() == UNSEEN.to_bits() {
            let mut one = Vec::with_capacity(1);
            numbers(&values.slice(key, 1), form, &mut one);
            *known = one.pop().unwrap_or(f64::NAN);
        }
        to.push(*known);
    }

    fn word(
        &mut self,
        values: &ArrayRef,
        form: Form,
        key: usize,
        to: &mut Column,
    ) -> Result<(), NotText> {
        if self.codes.is_empty() {
            self.codes.resize(values.len(), UNSEEN_CODE);
        }
        let Some(known) = self.codes.get_mut(key) else {
            to.blank();
            return Ok(());
        };
        if *known == UNSEEN_CODE {
            text(values, form, key, &mut |text| {
                *known = match is_blank(text) {
                    true => Cells::BLANK,
                    false => to.words.place(text),
                };
            })?;
        }
        to.codes.push(*known);
        Ok(())
    }
}

/// Adds values as doubles, NaN for a blank and [`ODD`] for what is no number of few digits.
fn numbers(array: &dyn Array, form: Form, to: &mut Vec<f64>) {
    let places = match form {
        Form::Decimal(scale) => scale,
        _ => 0,
    };
    let whole = |value: Option<i64>| value.and_then(|value| scaled(value, places)).unwrap_or(ODD);
    match array.data_type() {
        DataType::Float64 => each::<Float64Type>(array, to, |value| match value {
            value if is_moderate(value) => value,
            value if value.is_nan() => f64::NAN,
            _ => ODD,
        }),
        DataType::Float32 => each::<Float32Type>(array, to, |value| match value.is_infinite() {
            true => ODD,
            false => single(value),
        }),
        DataType::Int8 => each::<Int8Type>(array, to, |value| whole(Some(value.into()))),
        DataType::Int16 => each::<Int16Type>(array, to, |value| whole(Some(value.into()))),
        DataType::Int32 => each::<Int32Type>(array, to, |value| whole(Some(value.into()))),
        DataType::Int64 => each::<Int64Type>(array, to, |value| whole(Some(value))),
        DataType::UInt8 => each::<UInt8Type>(array, to, |value| whole(Some(value.into()))),
        DataType::UInt16 => each::<UInt16Type>(array, to, |value| whole(Some(value.into()))),
        DataType::UInt32 => each::<UInt32Type>(array, to, |value| whole(Some(value.into()))),
        DataType::UInt64 => each::<UInt64Type>(array, to, |value| whole(value.try_into().ok())),
        DataType::Decimal32(..) => {
            each::<Decimal32Type>(array, to, |value| whole(Some(value.into())));
        }
        DataType::Decimal64(..) => each::<Decimal64Type>(array, to, |value| whole(Some(value))),
        DataType::Decimal128(..) => {
            each::<Decimal128Type>(array, to, |value| whole(value.try_into().ok()));
        }
        DataType::Decimal256(..) => each::<Decimal256Type>(array, to, |value| {
            whole(value.to_i128().and_then(|value| value.try_into().ok()))
        }),
        _ => {
            for row in 0..array.len() {
                let mut value = f64::NAN;
                if !array.is_null(row) {
                    let shown = text(array, form, row, &mut |text| {
                        value = match read(text) {
                            Read::Number(value) => value,
                            Read::Blank => f64::NAN,
                            Read::Odd if is_blank(text) => f64::NAN,
                            Read::Odd => ODD,
                        };
                    });
                    if shown == Err(NotText) {
                        value = ODD;
                    }
                }
                to.push(value);
            }
        }
    }
}

/// Adds each value of an array of one type, NaN for a blank.
fn each<T: ArrowPrimitiveType>(
    array: &dyn Array,
    to: &mut Vec<f64>,
    number: impl Fn(T::Native) -> f64,
) {
    let first = to.len();
    let Some(array) = array.as_primitive_opt::<T>() else {
        return to.resize(first + array.len(), ODD);
    };
    wide(
        #[inline(always)]
        || to.extend(array.values().iter().map(|value| number(*value))),
    );
    // What stands behind a null is no value.
    blank_out(array, to.get_mut(first..).unwrap_or(&mut []), f64::NAN);
}

/// Calls with the text of a value that is not null; of a blank with none.
pub(super) fn text(
    array: &dyn Array,
    form: Form,
    row: usize,
    take: &mut dyn FnMut(&[u8]),
) -> Result<(), NotText> {
    if let Some(bytes) = written(array, row) {
        // What is declared as text is UTF-8 already.
        let is_text = match array.data_type() {
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
            _ => std::str::from_utf8(bytes).is_ok(),
        };
        take(if is_text { bytes } else { return Err(NotText) });
        return Ok(());
    }
    match shown(array, form, row) {
        Content::Absent => take(b""),
        Content::Text(text) | Content::Number(text, _) => take(text.as_bytes()),
        Content::NotText => return Err(NotText),
    }
    Ok(())
}

/// A cell, as the reader of figures would be given it.
pub(super) fn cell(array: &ArrayRef, form: Form, row: usize) -> Result<Shown, NotText> {
    let dictionary = array.as_any_dictionary_opt();
    if array.is_null(row) || form == Form::Nothing {
        return Ok(Shown::default());
    }
    match dictionary {
        None => plain_cell(array, form, row),
        Some(dictionary) => {
            let one = array.slice(row, 1);
            let keys = one.as_any_dictionary_opt();
            let key = keys.and_then(|one| one.normalized_keys().first().copied());
            let key = key.filter(|key| !dictionary.values().is_null(*key));
            key.map_or(Ok(Shown::default()), |key| {
                plain_cell(dictionary.values(), form, key)
            })
        }
    }
}

/// A cell that is not null, of an array that is no dictionary.
fn plain_cell(array: &dyn Array, form: Form, row: usize) -> Result<Shown, NotText> {
    let mut found = String::new();
    text(array, form, row, &mut |text| {
        found = String::from_utf8_lossy(text).into_owned();
    })?;
    let is_number =
        written(array, row).is_none() && matches!(shown(array, form, row), Content::Number(..));
    Ok(match is_number {
        true => Shown::number(found),
        false => Shown::text(found),
    })
}

/// The bytes of a value of a column of texts.
fn written(array: &dyn Array, row: usize) -> Option<&[u8]> {
    Some(match array.data_type() {
        DataType::Utf8 => array.as_string_opt::<i32>()?.value(row).as_bytes(),
        DataType::LargeUtf8 => array.as_string_opt::<i64>()?.value(row).as_bytes(),
        DataType::Utf8View => array.as_string_view_opt()?.value(row).as_bytes(),
        DataType::Binary => array.as_binary_opt::<i32>()?.value(row),
        DataType::LargeBinary => array.as_binary_opt::<i64>()?.value(row),
        DataType::BinaryView => array.as_binary_view_opt()?.value(row),
        _ => return None,
    })
}

/// Whether a column of texts, or the dictionary of one, holds one of more bytes than a cell may have.
pub(super) fn has_long(array: &ArrayRef, most: usize) -> bool {
    let dictionary = array.as_any_dictionary_opt();
    let values = dictionary.map_or(array, |dictionary| dictionary.values());
    if let Some(texts) = values.as_string_opt::<i32>() {
        let ends = texts.value_offsets();
        let lengths = ends
            .iter()
            .zip(ends.iter().skip(1))
            .map(|(from, to)| to - from);
        let longest = lengths.fold(0, i32::max);
        return usize::try_from(longest).is_ok_and(|longest| longest > most);
    }
    (0..values.len()).any(|row| written(values, row).is_some_and(|text| text.len() > most))
}

/// The first row of an array whose text has more bytes than a cell may have, and how many.
pub(super) fn first_long(array: &ArrayRef, most: usize) -> Option<(u32, usize)> {
    let dictionary = array.as_any_dictionary_opt();
    let keys = dictionary.map(|dictionary| (dictionary.values(), dictionary.normalized_keys()));
    let mut rows = (0..array.len()).filter(|row| !array.is_null(*row));
    rows.find_map(|row| {
        let text = match &keys {
            None => written(array, row),
            Some((values, keys)) => {
                let key = keys.get(row).copied().filter(|key| !values.is_null(*key));
                written(*values, key?)
            }
        };
        let length = text?.len();
        (length > most).then_some((u32::try_from(row).unwrap_or(u32::MAX), length))
    })
}

/// A value of any other type as what its cell shows.
fn shown(array: &dyn Array, form: Form, row: usize) -> Content {
    let whole = |value: Option<i64>| {
        value.map_or(Content::NotText, |value| {
            form.whole(value, value.cast_unsigned())
        })
    };
    let floating = |text: String| match text.as_str() {
        // Programs write what is missing as no number.
        "NaN" => Content::Absent,
        _ => Content::Text(text),
    };
    let found = match array.data_type() {
        DataType::Boolean => array
            .as_boolean_opt()
            .map(|array| Content::Text(array.value(row).to_string())),
        DataType::Float64 => {
            value::<Float64Type>(array, row).map(|value| floating(value.to_string()))
        }
        DataType::Float32 => {
            value::<Float32Type>(array, row).map(|value| floating(value.to_string()))
        }
        DataType::Decimal32(..) => {
            value::<Decimal32Type>(array, row).map(|value| form.bytes(&value.to_be_bytes()))
        }
        DataType::Decimal64(..) => {
            value::<Decimal64Type>(array, row).map(|value| form.bytes(&value.to_be_bytes()))
        }
        DataType::Decimal128(..) => {
            value::<Decimal128Type>(array, row).map(|value| form.bytes(&value.to_be_bytes()))
        }
        DataType::Decimal256(..) => {
            value::<Decimal256Type>(array, row).map(|value| form.bytes(&value.to_be_bytes()))
        }
        DataType::UInt64 => {
            value::<UInt64Type>(array, row).map(|value| form.whole(value.cast_signed(), value))
        }
        _ => integer(array, row).map(|value| whole(Some(value))),
    };
    found.unwrap_or(Content::NotText)
}

fn value<T: ArrowPrimitiveType>(array: &dyn Array, row: usize) -> Option<T::Native> {
    let array: &PrimitiveArray<T> = array.as_primitive_opt()?;
    array.values().get(row).copied()
}
