//! One column of a Parquet file: encoded values go in, what its cells show comes out. Text stays
//! text, decimals keep their digits, a floating number is its shortest decimal.

use std::sync::Arc;

use chrono::{DateTime, NaiveTime};
use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl, get_column_reader};
use parquet::data_type::DataType;
use parquet::errors::Result;
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::reader::ChunkReader;
use parquet::file::serialized_reader::SerializedPageReader;
use parquet::schema::types::ColumnDescriptor;

use super::pages::{Budget, Pages, Window};
use crate::figures::grid::Held;
use crate::number::{Exact, scaled_text};

/// A column that can be read.
pub(crate) struct Column {
    pub(crate) index: usize,
    pub(crate) name: String,
    pub(crate) form: Form,
}

/// What a cell shows.
pub(crate) enum Content {
    /// There is none.
    Absent,
    /// A text, or a number of known digits.
    Text(String),
    /// A number of which nobody says how many digits are meant.
    Number(String, Held),
    /// Bytes that are no text.
    NotText,
}

/// How the values of a column are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Text, numbers and truths as they are.
    Plain,
    /// Whole numbers without a sign.
    Unsigned,
    /// Whole numbers that stand for so many digits after the point.
    Decimal(u32),
    /// Days since 1970.
    Date,
    /// Parts of a second since 1970, so many in a second.
    Moment(i64),
    /// Nothing at all.
    Nothing,
}

impl Form {
    /// How a column is shown.
    ///
    /// # Errors
    /// The name of its type, where no cell can show it.
    pub(crate) fn of(column: &ColumnDescriptor) -> std::result::Result<Form, String> {
        let refused = || Err(format!("{:?}", column.physical_type()));
        if let Some(logical) = column.logical_type_ref() {
            return match logical {
                LogicalType::String | LogicalType::Enum | LogicalType::Json => Ok(Form::Plain),
                LogicalType::Decimal(decimal) => {
                    decimal_form(decimal.scale).ok_or_else(|| "Decimal".to_owned())
                }
                LogicalType::Date => Ok(Form::Date),
                LogicalType::Timestamp(moment) => Ok(Form::Moment(per_second(&moment.unit))),
                LogicalType::Integer(whole) if whole.is_signed => Ok(Form::Plain),
                LogicalType::Integer(_) => Ok(Form::Unsigned),
                LogicalType::Unknown => Ok(Form::Nothing),
                other => Err(format!("{other:?}")
                    .chars()
                    .take_while(|c| c.is_alphanumeric())
                    .collect()),
            };
        }
        match column.converted_type() {
            ConvertedType::DECIMAL => {
                decimal_form(column.type_scale()).ok_or_else(|| "Decimal".to_owned())
            }
            ConvertedType::DATE => Ok(Form::Date),
            ConvertedType::TIMESTAMP_MILLIS => Ok(Form::Moment(1_000)),
            ConvertedType::TIMESTAMP_MICROS => Ok(Form::Moment(1_000_000)),
            ConvertedType::UINT_8
            | ConvertedType::UINT_16
            | ConvertedType::UINT_32
            | ConvertedType::UINT_64 => Ok(Form::Unsigned),
            ConvertedType::NONE
            | ConvertedType::UTF8
            | ConvertedType::ENUM
            | ConvertedType::JSON
            | ConvertedType::INT_8
            | ConvertedType::INT_16
            | ConvertedType::INT_32
            | ConvertedType::INT_64 => match column.physical_type() {
                Type::FIXED_LEN_BYTE_ARRAY => refused(),
                Type::INT96 => Ok(Form::Moment(1_000)),
                _ => Ok(Form::Plain),
            },
            other => Err(other.to_string()),
        }
    }

    pub(crate) fn whole(self, value: i64, unsigned: u64) -> Content {
        Content::Text(match self {
            Form::Plain => value.to_string(),
            Form::Unsigned => unsigned.to_string(),
            Form::Decimal(scale) => scaled_text(&value.to_be_bytes(), scale),
            Form::Date => return moment(value.checked_mul(86_400), 1),
            Form::Moment(per_second) => return moment(Some(value), per_second),
            Form::Nothing => return Content::Absent,
        })
    }

    pub(crate) fn bytes(self, bytes: &[u8]) -> Content {
        match self {
            Form::Decimal(scale) if bytes.len() <= LONGEST_DECIMAL => {
                Content::Text(scaled_text(bytes, scale))
            }
            Form::Plain => std::str::from_utf8(bytes)
                .map_or(Content::NotText, |text| Content::Text(text.to_owned())),
            Form::Nothing => Content::Absent,
            _ => Content::NotText,
        }
    }
}

/// Bytes of the largest number that is read as a decimal: 256 bits.
pub(crate) const LONGEST_DECIMAL: usize = 32;
/// Most digits of such a number.
const MOST_SCALE: i32 = 76;

pub(crate) fn decimal_form(scale: i32) -> Option<Form> {
    let scale = u32::try_from(scale).ok().filter(|_| scale <= MOST_SCALE)?;
    Some(Form::Decimal(scale))
}

fn per_second(unit: &TimeUnit) -> i64 {
    match unit {
        TimeUnit::MICROS => 1_000_000,
        TimeUnit::NANOS => 1_000_000_000,
        _ => 1_000,
    }
}

/// A moment as its day, and its time of day where that is not midnight.
fn moment(value: Option<i64>, per_second: i64) -> Content {
    let shown = value.and_then(|value| {
        let nanos = value.rem_euclid(per_second) * (1_000_000_000 / per_second);
        let moment =
            DateTime::from_timestamp(value.div_euclid(per_second), u32::try_from(nanos).ok()?)?;
        let moment = moment.naive_utc();
        Some(if moment.time() == NaiveTime::MIN {
            moment.date().to_string()
        } else {
            moment.to_string()
        })
    });
    shown.map_or(Content::NotText, Content::Text)
}

/// A floating number by its shortest decimal: nobody says how many of its digits were printed.
fn floating(shortest: String) -> Content {
    match Exact::parse_decimal(&shortest) {
        Ok(value) => {
            let held = Held {
                value,
                decimals: None,
            };
            Content::Number(shortest, held)
        }
        // Programs write what is missing as no number.
        Err(_) if shortest == "NaN" => Content::Absent,
        Err(_) => Content::Text(shortest),
    }
}

/// A column of the group of rows that is read.
pub(crate) struct Open {
    reader: ColumnReader,
    form: Form,
    /// The level at which a value is there; 0 where it always is.
    level: i16,
}

impl Open {
    pub(crate) fn new(
        column: &Column,
        chunk: &ColumnChunkMetaData,
        rows: usize,
        file: &[u8],
        budget: &Arc<Budget>,
    ) -> Result<Open> {
        let window = Window::new(file, chunk.byte_range(), budget)?;
        Open::over(column.form, chunk, rows, window)
    }

    /// Reads the pages of a column wherever they lie.
    pub(crate) fn over<R: ChunkReader + 'static>(
        form: Form,
        chunk: &ColumnChunkMetaData,
        rows: usize,
        window: R,
    ) -> Result<Open> {
        let pages = SerializedPageReader::new(Arc::new(window), chunk, rows, None)?;
        let descriptor = chunk.column_descr_ptr();
        let level = descriptor.max_def_level();
        Ok(Open {
            reader: get_column_reader(descriptor, Box::new(Pages { pages, rows })),
            form,
            level,
        })
    }

    /// Passes over cells.
    pub(crate) fn skip(&mut self, n: usize) -> Result<usize> {
        match &mut self.reader {
            ColumnReader::BoolColumnReader(reader) => reader.skip_records(n),
            ColumnReader::Int32ColumnReader(reader) => reader.skip_records(n),
            ColumnReader::Int64ColumnReader(reader) => reader.skip_records(n),
            ColumnReader::Int96ColumnReader(reader) => reader.skip_records(n),
            ColumnReader::FloatColumnReader(reader) => reader.skip_records(n),
            ColumnReader::DoubleColumnReader(reader) => reader.skip_records(n),
            ColumnReader::ByteArrayColumnReader(reader) => reader.skip_records(n),
            ColumnReader::FixedLenByteArrayColumnReader(reader) => reader.skip_records(n),
        }
    }

    /// The next cells, at most so many.
    pub(crate) fn read(&mut self, wanted: usize) -> Result<Vec<Content>> {
        let (form, level) = (self.form, self.level);
        match &mut self.reader {
            ColumnReader::BoolColumnReader(reader) => cells(reader, wanted, level, |truth| {
                Content::Text(truth.to_string())
            }),
            ColumnReader::Int32ColumnReader(reader) => cells(reader, wanted, level, |value| {
                form.whole(value.into(), u64::from(value.cast_unsigned()))
            }),
            ColumnReader::Int64ColumnReader(reader) => cells(reader, wanted, level, |value| {
                form.whole(value, value.cast_unsigned())
            }),
            ColumnReader::Int96ColumnReader(reader) => cells(reader, wanted, level, |value| {
                form.whole(value.to_millis(), 0)
            }),
            ColumnReader::FloatColumnReader(reader) => {
                cells(reader, wanted, level, |value| floating(value.to_string()))
            }
            ColumnReader::DoubleColumnReader(reader) => {
                cells(reader, wanted, level, |value| floating(value.to_string()))
            }
            ColumnReader::ByteArrayColumnReader(reader) => {
                cells(reader, wanted, level, |value| form.bytes(value.data()))
            }
            ColumnReader::FixedLenByteArrayColumnReader(reader) => {
                cells(reader, wanted, level, |value| form.bytes(value.data()))
            }
        }
    }
}

fn cells<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    wanted: usize,
    level: i16,
    show: impl Fn(T::T) -> Content,
) -> Result<Vec<Content>> {
    let (mut levels, mut values) = (Vec::new(), Vec::new());
    reader.read_records(wanted, Some(&mut levels), None, &mut values)?;
    let mut values = values.into_iter();
    if level == 0 {
        return Ok(values.map(show).collect());
    }
    let cell = |found: i16| match found == level {
        true => values.next().map_or(Content::Absent, &show),
        false => Content::Absent,
    };
    Ok(levels.into_iter().map(cell).collect())
}
