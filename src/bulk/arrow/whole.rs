//! Arrays of whole numbers, of whatever meaning, as such: days and moments are numbers here; and the words
//! that columns of them are asked for.

use std::collections::BTreeMap;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type,
};
use arrow_array::{Array, PrimitiveArray};
use arrow_schema::{DataType, TimeUnit};

use super::column::{NotText, UNSEEN_CODE, blank_out, text};
use crate::bulk::block::Cells;
use crate::bulk::source::columns::{Column, is_blank};
use crate::figures::grid::parquet::column::Form;

/// Whole numbers of which it is kept how they are written; columns of words have few.
const MOST_WRITTEN: usize = 4096;

/// Whole numbers that are asked for as words.
#[derive(Debug, Default)]
pub(super) struct Wholes {
    /// The places of their words.
    written: BTreeMap<i64, u32>,
    /// The same for numbers from 0, such as years, yes and no; [`UNSEEN_CODE`] for those not met yet.
    small: Vec<u32>,
    /// The numbers of a block.
    wholes: Vec<i64>,
}

impl Wholes {
    /// Takes the values of an array of whole numbers or truths; `false` where it is of another type.
    pub(super) fn take(&mut self, array: &dyn Array) -> bool {
        self.wholes.clear();
        if let Some(truths) = array.as_boolean_opt() {
            let truths = truths.values().iter().map(i64::from);
            self.wholes.extend(truths);
            return true;
        }
        integers(array, &mut self.wholes).is_some()
    }

    /// Adds the numbers that were taken as the words that their cells show.
    ///
    /// # Errors
    /// The first row that is no text.
    pub(super) fn add(
        &mut self,
        array: &dyn Array,
        form: Form,
        to: &mut Column,
    ) -> Result<(), u32> {
        let Wholes {
            written,
            small,
            wholes,
        } = self;
        // Behind them stands what is said of all others.
        small.resize(MOST_WRITTEN + 1, UNSEEN_CODE);
        let first = to.codes.len();
        let known = |whole: &i64| {
            let at = whole.cast_unsigned().min(MOST_WRITTEN as u64);
            small.get(at as usize).copied().unwrap_or(UNSEEN_CODE)
        };
        to.codes.extend(wholes.iter().map(known));
        let codes = to.codes.get_mut(first..).unwrap_or(&mut []);
        blank_out(array, codes, Cells::BLANK);
        // After a few rows of the first block there are none.
        if !codes
            .iter()
            .fold(false, |any, code| any | (*code == UNSEEN_CODE))
        {
            return Ok(());
        }
        for ((code, whole), (at, row)) in codes.iter_mut().zip(wholes).zip((0..).zip(0u32..)) {
            if *code != UNSEEN_CODE {
                continue;
            }
            let to_small = usize::try_from(*whole).ok();
            let to_small = to_small.filter(|at| *at < MOST_WRITTEN);
            let to_small = to_small.and_then(|at| small.get_mut(at));
            let seen = to_small.as_deref().copied();
            let seen = seen.filter(|code| *code != UNSEEN_CODE);
            *code = match seen.or_else(|| written.get(whole).copied()) {
                Some(code) => code,
                None => {
                    let mut code = Cells::BLANK;
                    text(array, form, at, &mut |text| {
                        if !is_blank(text) {
                            code = to.words.place(text);
                        }
                    })
                    .map_err(|NotText| row)?;
                    match to_small {
                        Some(to) => *to = code,
                        None if written.len() < MOST_WRITTEN => {
                            written.insert(*whole, code);
                        }
                        None => {}
                    }
                    code
                }
            };
        }
        Ok(())
    }
}

/// A whole number, of whatever meaning.
pub(super) fn integer(array: &dyn Array, row: usize) -> Option<i64> {
    let mut one = Vec::with_capacity(1);
    integers(array.slice(row, 1).as_ref(), &mut one)?;
    one.pop()
}

/// Adds whole numbers, of whatever meaning; none where an array is of another type.
pub(super) fn integers(array: &dyn Array, to: &mut Vec<i64>) -> Option<()> {
    match array.data_type() {
        DataType::Int8 => whole::<Int8Type>(array, to),
        DataType::Int16 => whole::<Int16Type>(array, to),
        DataType::Int32 => whole::<Int32Type>(array, to),
        DataType::Int64 => whole::<Int64Type>(array, to),
        DataType::UInt8 => whole::<UInt8Type>(array, to),
        DataType::UInt16 => whole::<UInt16Type>(array, to),
        DataType::UInt32 => whole::<UInt32Type>(array, to),
        DataType::Date32 => whole::<Date32Type>(array, to),
        DataType::Date64 => whole::<Date64Type>(array, to),
        DataType::Timestamp(unit, _) => match unit {
            TimeUnit::Second => whole::<TimestampSecondType>(array, to),
            TimeUnit::Millisecond => whole::<TimestampMillisecondType>(array, to),
            TimeUnit::Microsecond => whole::<TimestampMicrosecondType>(array, to),
            TimeUnit::Nanosecond => whole::<TimestampNanosecondType>(array, to),
        },
        _ => None,
    }
}

fn whole<T: ArrowPrimitiveType<Native: Into<i64>>>(
    array: &dyn Array,
    to: &mut Vec<i64>,
) -> Option<()> {
    let array: &PrimitiveArray<T> = array.as_primitive_opt()?;
    to.extend(array.values().iter().map(|value| (*value).into()));
    Some(())
}
