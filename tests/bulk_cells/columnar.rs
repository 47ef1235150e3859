//! Random Parquet files of every type and encoding.

use std::sync::Arc;

use parquet::basic::{Compression, Encoding};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::{ByteArray, FixedLenByteArray};
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::{TAME, check, read_all};

const TYPES: [&str; 16] = [
    "double",
    "float",
    "int32",
    "int64",
    "int32 C (INTEGER(32,false))",
    "int64 C (INTEGER(64,false))",
    "int32 C (DECIMAL(9,2))",
    "int64 C (DECIMAL(18,3))",
    "boolean",
    "binary C (STRING)",
    "int32 C (DATE)",
    "int64 C (TIMESTAMP(MILLIS,true))",
    "fixed_len_byte_array(5) C (DECIMAL(11,2))",
    "binary C (DECIMAL(9,1))",
    "binary C (ENUM)",
    "int64 C (DECIMAL(18,18))",
];

/// How a file is written.
#[derive(Debug, Clone)]
pub(super) struct Way {
    types: Vec<usize>,
    is_optional: Vec<bool>,
    encoding: Option<Encoding>,
    has_dictionary: bool,
    compression: usize,
    is_second: bool,
    page_rows: usize,
    group_rows: usize,
}

fn way() -> impl Strategy<Value = Way> {
    let encodings = vec![
        None,
        Some(Encoding::PLAIN),
        Some(Encoding::DELTA_BINARY_PACKED),
        Some(Encoding::BYTE_STREAM_SPLIT),
    ];
    (
        (vec(0..TYPES.len(), 1..5), vec(any::<bool>(), 5)),
        (select(encodings), any::<bool>(), 0_usize..3, any::<bool>()),
        (1_usize..50, 1_usize..70),
    )
        .prop_map(
            |(
                (types, is_optional),
                (encoding, has_dictionary, compression, is_second),
                (page_rows, group_rows),
            )| Way {
                types,
                is_optional,
                encoding,
                has_dictionary,
                compression,
                is_second,
                page_rows,
                group_rows,
            },
        )
}

fn write(way: &Way, seeds: &[Option<i64>]) -> Vec<u8> {
    let fields = way.types.iter().enumerate().map(|(n, kind)| {
        let (physical, logical) = TYPES[*kind].split_once(" C ").unwrap_or((TYPES[*kind], ""));
        let repeated = if way.is_optional[n] {
            "optional"
        } else {
            "required"
        };
        format!("{repeated} {physical} c{n} {logical};")
    });
    let tame = TAME.map(|(name, ..)| format!("required binary {name} (STRING);"));
    let schema = format!(
        "message m {{ {}{} }}",
        tame.concat(),
        fields.collect::<String>()
    );
    let schema = Arc::new(parse_message_type(&schema).unwrap());
    let mut properties = WriterProperties::builder()
        .set_dictionary_enabled(way.has_dictionary)
        .set_data_page_row_count_limit(way.page_rows)
        .set_write_batch_size(way.page_rows)
        .set_writer_version(if way.is_second {
            WriterVersion::PARQUET_2_0
        } else {
            WriterVersion::PARQUET_1_0
        })
        .set_compression(
            [
                Compression::UNCOMPRESSED,
                Compression::SNAPPY,
                Compression::LZ4_RAW,
            ][way.compression],
        );
    for (n, kind) in way.types.iter().enumerate() {
        let kind = TYPES[*kind];
        let is_whole = kind.starts_with("int");
        let encoding = way.encoding.filter(|encoding| match encoding {
            Encoding::DELTA_BINARY_PACKED => is_whole,
            Encoding::BYTE_STREAM_SPLIT => matches!(kind, "double" | "float"),
            _ => true,
        });
        if let Some(encoding) = encoding {
            properties = properties.set_column_encoding(format!("c{n}").into(), encoding);
        }
    }
    let mut writer =
        SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties.build())).unwrap();
    for seeds in seeds.chunks(way.group_rows) {
        let mut group = writer.next_row_group().unwrap();
        for (_, text, _) in TAME {
            let mut column = group.next_column().unwrap().unwrap();
            if let ColumnWriter::ByteArrayColumnWriter(it) = column.untyped() {
                let texts = vec![ByteArray::from(text); seeds.len()];
                it.write_batch(&texts, None, None).unwrap();
            }
            column.close().unwrap();
        }
        let mut n = 0;
        while let Some(mut column) = group.next_column().unwrap() {
            let own: Vec<Option<i64>> = seeds
                .iter()
                .map(|seed| match way.is_optional[n] {
                    true => seed.map(|seed| seed.wrapping_mul(n as i64 + 1)),
                    false => Some(seed.unwrap_or(0)),
                })
                .collect();
            write_column(
                column.untyped(),
                TYPES[way.types[n]],
                &own,
                way.is_optional[n],
            );
            column.close().unwrap();
            n += 1;
        }
        group.close().unwrap();
    }
    writer.into_inner().unwrap()
}

#[expect(clippy::float_arithmetic, reason = "hundredths as writers have them")]
fn doubles(n: &i64) -> f64 {
    match n.rem_euclid(23) {
        0 => f64::NAN,
        1 => f64::INFINITY,
        2 => f64::from_bits(n.cast_unsigned()),
        3 => -0.0,
        4 => (*n as f64).sqrt(),
        _ => (n % 100_000) as f64 / 100.0,
    }
}

#[expect(clippy::too_many_lines, reason = "one arm for each type")]
fn write_column(
    writer: &mut ColumnWriter<'_>,
    kind: &str,
    seeds: &[Option<i64>],
    is_optional: bool,
) {
    let levels: Vec<i16> = seeds.iter().map(|seed| i16::from(seed.is_some())).collect();
    let levels = is_optional.then_some(levels.as_slice());
    let there: Vec<i64> = seeds.iter().flatten().copied().collect();
    let text = |n: &i64| {
        let texts = [
            "A",
            "\u{7532}\u{4e59}",
            "",
            " ",
            "5%",
            "inf",
            "12.50",
            "1,000",
        ];
        let text = texts[n.rem_euclid(8) as usize];
        if kind.contains("ENUM") {
            format!("{n}")
        } else {
            text.to_owned()
        }
    };
    match writer {
        ColumnWriter::BoolColumnWriter(it) => {
            let values: Vec<bool> = there.iter().map(|n| n % 2 == 0).collect();
            it.write_batch(&values, levels, None).unwrap();
        }
        ColumnWriter::Int32ColumnWriter(it) => {
            let values: Vec<i32> = there
                .iter()
                .map(|n| {
                    *n as i32
                        % if kind.contains("DEC") {
                            999_999_999
                        } else {
                            i32::MAX
                        }
                })
                .collect();
            it.write_batch(&values, levels, None).unwrap();
        }
        ColumnWriter::Int64ColumnWriter(it) => {
            let values: Vec<i64> = there
                .iter()
                .map(|n| {
                    if kind.contains("TIME") && n.rem_euclid(61) > 0 {
                        n % 4_000_000_000_000
                    } else {
                        *n
                    }
                })
                .collect();
            it.write_batch(&values, levels, None).unwrap();
        }
        ColumnWriter::FloatColumnWriter(it) => {
            let values: Vec<f32> = there
                .iter()
                .map(|n| {
                    if n % 5 == 0 {
                        f32::from_bits(*n as u32)
                    } else {
                        doubles(n) as f32
                    }
                })
                .collect();
            it.write_batch(&values, levels, None).unwrap();
        }
        ColumnWriter::DoubleColumnWriter(it) => {
            let values: Vec<f64> = there.iter().map(doubles).collect();
            it.write_batch(&values, levels, None).unwrap();
        }
        ColumnWriter::ByteArrayColumnWriter(it) => {
            let values: Vec<ByteArray> = there
                .iter()
                .map(|n| match kind.contains("DEC") {
                    true => ByteArray::from((*n as i32 % 999_999_999).to_be_bytes().to_vec()),
                    // Some cells take their rows with them: they are too long, or no text.
                    false => match n.rem_euclid(61) {
                        0 => ByteArray::from(vec![b'7'; 65_537]),
                        1 => ByteArray::from(vec![b' '; 65_537]),
                        2 => ByteArray::from(vec![b'5', 0xFF]),
                        _ => ByteArray::from(text(n).as_str()),
                    },
                })
                .collect();
            it.write_batch(&values, levels, None).unwrap();
        }
        ColumnWriter::FixedLenByteArrayColumnWriter(it) => {
            let values: Vec<FixedLenByteArray> = there
                .iter()
                .map(|n| FixedLenByteArray::from((n % 90_000_000_000).to_be_bytes()[3..].to_vec()))
                .collect();
            it.write_batch(&values, levels, None).unwrap();
        }
        ColumnWriter::Int96ColumnWriter(_) => {}
    }
}

/// Rows of seeds, small and large, in runs and alone.
fn seeds() -> impl Strategy<Value = Vec<Option<i64>>> {
    let seed = prop_oneof![
        2 => Just(None),
        5 => (0_i64..12).prop_map(Some),
        3 => (-1_000_000_i64..1_000_000).prop_map(Some),
        1 => any::<i64>().prop_map(Some),
    ];
    let runs = vec(
        (seed, prop_oneof![3 => Just(1_usize), 1 => 1_usize..40]),
        1..60,
    );
    runs.prop_map(|runs| {
        let all = runs
            .into_iter()
            .flat_map(|(seed, n)| std::iter::repeat_n(seed, n));
        all.collect()
    })
}

proptest! {
    #![proptest_config(crate::common::random(192))]

    #[test]
    fn columns_are_what_the_reader_of_figures_reads(way in way(), seeds in seeds()) {
        check("t.parquet", &write(&way, &seeds), way.types.len(), 1 << 20);
    }

    #[test]
    fn any_broken_byte_gives_rows_or_a_problem(
        way in way(),
        seeds in seeds(),
        broken in vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        is_cut in any::<bool>(),
    ) {
        let mut bytes = write(&way, &seeds);
        for (at, byte) in broken {
            let at = at.index(bytes.len());
            bytes[at] = byte;
            if is_cut {
                bytes.remove(at / 2);
            }
        }
        read_all("t.parquet", &bytes, 1 << 20);
    }
}
