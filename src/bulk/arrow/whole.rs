//! Arrays of whole numbers, of whatever meaning, as such: days and moments are numbers here. Shows nothing.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type,
};
use arrow_array::{Array, PrimitiveArray};
use arrow_schema::{DataType, TimeUnit};

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
