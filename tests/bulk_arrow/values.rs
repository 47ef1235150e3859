//! Values of every type as the texts of cells.

use std::sync::Arc;

use plumbrule::bulk::arrow::Batches;
use plumbrule::bulk::arrow::arrow_array::{
    Array, ArrayRef, Date32Array, Date64Array, Decimal32Array, Decimal64Array, Decimal128Array,
    Decimal256Array, Float32Array, Float64Array, Int64Array, TimestampMicrosecondArray,
    TimestampMillisecondArray, TimestampNanosecondArray, TimestampSecondArray, UInt64Array,
};
use plumbrule::bulk::{Block, Cells, Source, Wanted};

use super::of;

/// The texts of a table of one column.
fn shown(array: ArrayRef) -> Vec<String> {
    let n = array.len();
    let table = Batches::new(&[of(&[("a", array)])]).unwrap();
    let mut all = Vec::new();
    for wanted in [Wanted::Words, Wanted::Keys] {
        let mut block = Block::default();
        let (_, mut part) = table.again().next_part(&[wanted]).unwrap().unwrap();
        assert!(part.next(&mut block).unwrap());
        let rows: Vec<u32> = (0..u32::try_from(n).unwrap()).collect();
        let texts: Vec<String> = part.texts(&rows).unwrap().concat();
        let read: Vec<String> = match &block.columns[0] {
            Cells::Words { codes, words } => {
                let word = |code: &u32| words.get(*code as usize).cloned().unwrap_or_default();
                codes.iter().map(word).collect()
            }
            Cells::Keys { ends, bytes } => {
                let starts = std::iter::once(&0).chain(ends);
                let text = |(from, to): (&u32, &u32)| &bytes[*from as usize..*to as usize];
                let texts = starts.zip(ends).map(text);
                texts
                    .map(|text| String::from_utf8(text.to_vec()).unwrap())
                    .collect()
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(read, texts);
        all = texts;
    }
    all
}

#[test]
fn values_are_the_texts_that_a_file_of_columns_has() {
    let day = ["1970-01-02", "", "2024-02-29"];
    assert_eq!(
        shown(Arc::new(Date32Array::from(vec![
            Some(1),
            None,
            Some(19_782)
        ]))),
        day
    );
    let of_day = |parts: i64| vec![Some(86_400 * parts), None, Some(86_400 * 19_782 * parts)];
    assert_eq!(shown(Arc::new(Date64Array::from(of_day(1_000)))), day);
    assert_eq!(shown(Arc::new(TimestampSecondArray::from(of_day(1)))), day);
    assert_eq!(
        shown(Arc::new(TimestampMillisecondArray::from(of_day(1_000)))),
        day
    );
    assert_eq!(
        shown(Arc::new(TimestampMicrosecondArray::from(of_day(1_000_000)))),
        day
    );
    let moment =
        TimestampNanosecondArray::from(vec![1_500_000_000, -1]).with_timezone("Asia/Shanghai");
    let moments = ["1970-01-01 00:00:01.500", "1969-12-31 23:59:59.999999999"];
    assert_eq!(shown(Arc::new(moment)), moments);

    let floats = vec![0.1, 2.50, f64::NAN, f64::INFINITY, 1e21, -0.0];
    let expected = ["0.1", "2.5", "", "inf", "1000000000000000000000", "-0"];
    assert_eq!(shown(Arc::new(Float64Array::from(floats))), expected);
    assert_eq!(
        shown(Arc::new(Float32Array::from(vec![0.1, 16_777_217.0]))),
        ["0.1", "16777216"]
    );
    assert_eq!(
        shown(Arc::new(UInt64Array::from(vec![u64::MAX]))),
        ["18446744073709551615"]
    );
    assert_eq!(
        shown(Arc::new(Int64Array::from(vec![i64::MIN]))),
        ["-9223372036854775808"]
    );
    let d32 = Decimal32Array::from(vec![-1250])
        .with_precision_and_scale(9, 2)
        .unwrap();
    assert_eq!(shown(Arc::new(d32)), ["-12.50"]);
    let d64 = Decimal64Array::from(vec![5])
        .with_precision_and_scale(18, 3)
        .unwrap();
    assert_eq!(shown(Arc::new(d64)), ["0.005"]);
    let d256 = Decimal256Array::from(vec![Some(7.into())])
        .with_precision_and_scale(50, 0)
        .unwrap();
    assert_eq!(shown(Arc::new(d256)), ["7"]);
    let negative = Decimal128Array::from(vec![7])
        .with_precision_and_scale(5, -2)
        .unwrap();
    let negative = Batches::new(&[of(&[("a", Arc::new(negative))])]).unwrap();
    assert!(negative.next_part(&[Wanted::Numbers]).is_err());
    assert!(negative.next_part(&[Wanted::Nothing]).unwrap().is_some());
    assert_eq!(negative.header(), ["a"]);
}

#[test]
fn long_batches_are_cut_into_parts_that_follow_each_other() {
    let n = 140_000i64;
    let batch = of(&[("a", Arc::new(Int64Array::from_iter_values(0..n)))]);
    let empty = batch.slice(7, 0);
    let table = Batches::new(&[empty.clone(), batch.clone(), empty, batch.slice(5, 3)]).unwrap();
    assert_eq!(table.n_rows(), Some(140_003));
    let mut block = Block::default();
    let (mut numbers, mut found) = (Vec::new(), Vec::new());
    while let Some((at, mut part)) = table.next_part(&[Wanted::Numbers]).unwrap() {
        numbers.push(at);
        while part.next(&mut block).unwrap() {
            assert_eq!(block.first, found.len() as u64);
            let Cells::Numbers { values, odd } = &block.columns[0] else {
                panic!("{block:?}");
            };
            assert_eq!((values.len(), odd.len()), (block.n_rows, 0));
            found.extend(values.iter().map(|value| value.to_string()));
            let last = u32::try_from(block.n_rows - 1).unwrap();
            let texts = part.texts(&[last, 0]).unwrap();
            assert_eq!(texts[0], [found[found.len() - 1].as_str()]);
            assert_eq!(texts[1], [found[found.len() - block.n_rows].as_str()]);
        }
    }
    assert!(
        numbers.len() > 2 && (0..).zip(&numbers).all(|(at, number)| at == *number),
        "{numbers:?}"
    );
    let expected = (0..n).chain(5..8).map(|n| n.to_string());
    assert!(found.into_iter().eq(expected));
    let (size, read) = table.progress();
    assert!(size > 0 && read == size);
}
