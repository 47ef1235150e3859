//! Cells as arrays of many types.

use std::sync::Arc;

use plumbrule::bulk::arrow::arrow_array::builder::{
    PrimitiveDictionaryBuilder, StringDictionaryBuilder,
};
use plumbrule::bulk::arrow::arrow_array::types::{
    ArrowDictionaryKeyType, Float64Type, Int16Type, Int32Type, UInt8Type,
};
use plumbrule::bulk::arrow::arrow_array::{
    ArrayRef, BinaryArray, BooleanArray, Decimal128Array, Float32Array, Float64Array, Int8Array,
    Int16Array, Int32Array, Int64Array, LargeStringArray, NullArray, StringArray, StringViewArray,
    UInt8Array, UInt16Array, UInt32Array, UInt64Array,
};

fn dictionary<K: ArrowDictionaryKeyType>(cells: &[Option<&str>]) -> ArrayRef {
    let mut all = StringDictionaryBuilder::<K>::new();
    // A word that no row names, and a blank that some may.
    all.append_values("perhaps", 0);
    cells.iter().for_each(|cell| match cell {
        Some(cell) => drop(all.append(cell).unwrap()),
        None => all.append_null(),
    });
    Arc::new(all.finish())
}

/// The whole number of a decimal with so many places; none where it has more.
fn scaled(text: &str, places: usize) -> Option<i128> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{rest:0<places$}");
    (rest.len() <= places)
        .then(|| digits.parse().ok())
        .flatten()
}

/// The text without zeros that say nothing.
fn short(text: &str) -> String {
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text.to_owned(),
    }
}

type Texts<'c> = &'c [Option<&'c str>];

/// The cells by a function; none where one does not fit.
fn each<T>(cells: Texts<'_>, f: impl Fn(&str) -> Option<T>) -> Option<Vec<Option<T>>> {
    let cells = cells.iter().map(|cell| match cell {
        None => Some(None),
        Some(text) => f(text).map(Some),
    });
    cells.collect()
}

/// What parses to a number that shows the same.
fn same<T: std::str::FromStr + ToString>(text: &str) -> Option<T> {
    let value: T = text.parse().ok()?;
    // What is no number is a blank, and the word for it is not.
    (text != "NaN" && value.to_string() == short(text)).then_some(value)
}

/// The first kind that shows more digits than were written.
pub(super) const DECIMALS: usize = 18;
pub(super) const N_KINDS: usize = 20;

/// An array of one of many types; of texts where the cells do not fit into it.
pub(super) fn array(kind: usize, cells: Texts<'_>) -> ArrayRef {
    let made: Option<ArrayRef> = (|| {
        let decimal = |places| each(cells, move |text| scaled(text, places));
        Some(match kind {
            0 => Arc::new(Float64Array::from(each(cells, same::<f64>)?)) as ArrayRef,
            1 => Arc::new(Float32Array::from(each(cells, same::<f32>)?)),
            2 => Arc::new(Int8Array::from(each(cells, same::<i8>)?)),
            3 => Arc::new(Int16Array::from(each(cells, same::<i16>)?)),
            4 => Arc::new(Int32Array::from(each(cells, same::<i32>)?)),
            5 => Arc::new(Int64Array::from(each(cells, same::<i64>)?)),
            6 => Arc::new(UInt8Array::from(each(cells, same::<u8>)?)),
            7 => Arc::new(UInt16Array::from(each(cells, same::<u16>)?)),
            8 => Arc::new(UInt32Array::from(each(cells, same::<u32>)?)),
            9 => Arc::new(UInt64Array::from(each(cells, same::<u64>)?)),
            10 => Arc::new(LargeStringArray::from(cells.to_vec())),
            11 => Arc::new(StringViewArray::from(cells.to_vec())),
            12 => dictionary::<Int32Type>(cells),
            13 => dictionary::<UInt8Type>(cells),
            14 => {
                let mut all = PrimitiveDictionaryBuilder::<Int16Type, Float64Type>::new();
                for cell in each(cells, same::<f64>)? {
                    all.append_option(cell);
                }
                Arc::new(all.finish())
            }
            15 => Arc::new(BooleanArray::from(each(cells, |text| match text {
                "true" => Some(true),
                "false" => Some(false),
                _ => None,
            })?)),
            16 => Arc::new(BinaryArray::from_iter(cells.iter().copied())),
            17 if cells.iter().all(Option::is_none) => Arc::new(NullArray::new(cells.len())),
            18 => {
                let values = Decimal128Array::from(decimal(20)?);
                Arc::new(values.with_precision_and_scale(38, 20).ok()?)
            }
            19 => {
                let values = Decimal128Array::from(decimal(3)?);
                Arc::new(values.with_precision_and_scale(38, 3).ok()?)
            }
            _ => return None,
        })
    })();
    made.unwrap_or_else(|| Arc::new(StringArray::from(cells.to_vec())))
}
