//! A clean table as Parquet: text columns, and truths for open ends. Absent where a cell is empty.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType};
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::{Figures, HEADS, NOT_THERE};

/// Rows of a group: what a reader holds at a time.
const GROUP: usize = 65_536;

pub(super) fn write(w: &mut dyn Write, figures: &Figures<'_>) -> io::Result<()> {
    let bytes = packed(figures).map_err(|error| io::Error::other(error.to_string()))?;
    w.write_all(&bytes)
}

fn is_truth(head: &str) -> bool {
    matches!(head, "lo_open" | "hi_open")
}

fn packed(figures: &Figures<'_>) -> Result<Vec<u8>> {
    let fields = HEADS.iter().map(|head| {
        let field = match is_truth(head) {
            true => Type::primitive_type_builder(head, Physical::BOOLEAN),
            false => Type::primitive_type_builder(head, Physical::BYTE_ARRAY)
                .with_logical_type(Some(LogicalType::String)),
        };
        field
            .with_repetition(Repetition::OPTIONAL)
            .build()
            .map(Arc::new)
    });
    let schema = Type::group_type_builder("figures")
        .with_fields(fields.collect::<Result<Vec<_>>>()?)
        .build()?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(format!("plumbrule {}", env!("CARGO_PKG_VERSION")))
        .build();
    let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
    let mut lines = figures
        .lines()
        .map(|line| line.marked(NOT_THERE))
        .peekable();
    while lines.peek().is_some() {
        let rows: Vec<_> = lines.by_ref().take(GROUP).collect();
        let mut group = writer.next_row_group()?;
        for (n, head) in HEADS.iter().enumerate() {
            let Some(mut column) = group.next_column()? else {
                return Err(ParquetError::General("a column is missing".to_owned()));
            };
            let cells = rows
                .iter()
                .map(|row| row.cells.get(n).map_or("", String::as_str));
            let levels: Vec<i16> = cells
                .clone()
                .map(|cell| i16::from(!cell.is_empty()))
                .collect();
            let there = cells.filter(|cell| !cell.is_empty());
            if is_truth(head) {
                let values: Vec<bool> = there.map(|cell| cell == "true").collect();
                column
                    .typed::<BoolType>()
                    .write_batch(&values, Some(&levels), None)?;
            } else {
                let values: Vec<ByteArray> = there.map(ByteArray::from).collect();
                column
                    .typed::<ByteArrayType>()
                    .write_batch(&values, Some(&levels), None)?;
            }
            column.close()?;
        }
        group.close()?;
    }
    writer.into_inner()
}
