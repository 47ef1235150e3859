//! Laws of printed cells, units, periods and tables that hold whatever is written.

use plumbrule::figures::Limits;
use plumbrule::figures::grid::ProblemKind;
use plumbrule::figures::printed::{
    Parts, Printed, Qualifier, Reading, Role, Vocabulary, Width, Widths,
};
use plumbrule::figures::table::{Column, Known, read_tables};
use plumbrule::model::Model;
use plumbrule::number::Exact;
use plumbrule::period::{Period, PeriodWords};
use plumbrule::set::Set;
use plumbrule::unit::{Dimension, Nature, ParsedUnit, Prefixes, ScaleClass, Unit, Units, convert};
use proptest::prelude::*;

fn vocabulary() -> Vocabulary {
    use Qualifier as Q;
    let mut words = Vocabulary::new();
    for (word, role) in [
        ("超", Role::Before(Q::Over)),
        ("over", Role::Before(Q::Over)),
        ("不低于", Role::Before(Q::AtLeast)),
        ("不足", Role::Before(Q::Below)),
        ("不超过", Role::Before(Q::AtMost)),
        ("近", Role::Before(Q::Nearly)),
        ("约", Role::Before(Q::About)),
        ("以上", Role::After(Q::AtLeast)),
        ("左右", Role::After(Q::About)),
        ("余", Role::Odd),
        ("多", Role::Odd),
        ("-", Role::Range),
        ("至", Role::Range),
        (",", Role::Separator),
        (" ", Role::Separator),
    ] {
        words.add(word, role).unwrap();
    }
    words
}

fn units() -> Units {
    let mut units = Units::new();
    for (name, power) in [("百", 2), ("千", 3), ("万", 4), ("百万", 6), ("亿", 8)] {
        units
            .add_scale(&[name], &Exact::pow10(power), ScaleClass::Word)
            .unwrap();
    }
    for (name, power) in [("k", 3), ("m", -3), ("G", 9)] {
        units
            .add_scale(&[name], &Exact::pow10(power), ScaleClass::Metric)
            .unwrap();
    }
    for (name, factor) in [
        ("人", "1"),
        ("h", "3600"),
        ("亩", "666.67"),
        ("m", "1"),
        ("件", "1"),
    ] {
        let dimension = Dimension::of(units.add_kind(name).unwrap());
        let factor = Exact::parse_decimal(factor).unwrap();
        let unit = Unit {
            name: name.to_owned(),
            factor,
            dimension,
            nature: Nature::Plain,
        };
        units
            .add_unit(&[name], unit, Prefixes::WORDS | Prefixes::METRIC)
            .unwrap();
    }
    let factor = Exact::pow10(-2);
    let (dimension, nature) = (Dimension::one(), Nature::Percent);
    let unit = Unit {
        name: "%".to_owned(),
        factor,
        dimension,
        nature,
    };
    units.add_unit(&["%"], unit, Prefixes::NONE).unwrap();
    units
}

/// Text made of pieces that mean something, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "超", "over", "不足", "约", "余", "多", "以上", "左右", "-", "−", "至", ",", ".", " ",
        "　", "5", "40", "１２", "000", "万", "亿", "人", "件", "%", "％", "/", "·", "m", "k", "x",
        "（", ")", "年", "2023", "Q", "12", "字",
    ]);
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn decimal() -> impl Strategy<Value = String> {
    "-?(0|[1-9][0-9]{0,8})(\\.[0-9]{1,4})?"
}

/// Whether every value of one set is in the other.
fn is_within(inner: &Set, outer: &Set) -> bool {
    inner.intersect(outer).as_ref() == Some(inner)
}

proptest! {
    #![proptest_config(crate::common::random(256))]

    #[test]
    fn any_text_is_read_or_refused_within_it(text in prop_oneof![any::<String>(), pieces()]) {
        let (words, units) = (vocabulary(), units());
        let length = text.chars().count();
        match Printed::parse(&text, &words, &units) {
            Err(error) => prop_assert!(error.at <= length, "{error:?}"),
            Ok(printed) => {
                let exact = printed.set(Reading::Exact, &Widths::default());
                let read = printed.set(Reading::Printed, &Widths::default());
                prop_assert!(is_within(&exact, &read), "{exact} {read}");
            }
        }
        let parts = Parts { value: "5", qualifier: &text, unit: &text, decimals: None };
        let _ = Printed::from_parts(parts, &words, &units);
        let _ = units.parse(&text);
        if let Err(error) = Period::parse(&text, &PeriodWords::default()) {
            prop_assert!(error.at <= length);
        }
    }

    #[test]
    fn plain_numbers_hold_themselves(text in decimal(), widen in 0_u32..3) {
        let printed = Printed::parse(&text, &vocabulary(), &units()).unwrap();
        let value = Exact::parse_decimal(&text).unwrap();
        let exact = printed.set(Reading::Exact, &Widths::default());
        prop_assert_eq!(exact.as_point(), Some(&value));
        let read = printed.set(Reading::Printed, &Widths::default());
        prop_assert!(read.contains(&value));
        // Fewer printed digits never allow less.
        let about = format!("约{text}");
        let about = Printed::parse(&about, &vocabulary(), &units()).unwrap();
        let width = Some(Width::Absolute(Exact::from(i64::from(widen))));
        let widths = Widths { nearly: None, about: width };
        for reading in [Reading::Exact, Reading::Printed] {
            let plain = printed.set(reading, &widths);
            prop_assert!(is_within(&plain, &about.set(reading, &widths)));
            prop_assert!(is_within(&plain, &about.set(reading, &Widths::default())));
        }
    }

    #[test]
    fn closed_words_hold_the_number_and_open_words_do_not(text in decimal()) {
        let (words, units) = (vocabulary(), units());
        let value = Exact::parse_decimal(&text).unwrap();
        for (word, holds) in
            [("超", false), ("不足", false), ("近", false), ("不低于", true), ("不超过", true)]
        {
            let printed = Printed::parse(&format!("{word}{text}"), &words, &units).unwrap();
            for reading in [Reading::Exact, Reading::Printed] {
                let set = printed.set(reading, &Widths::default());
                prop_assert_eq!(set.contains(&value), holds);
                prop_assert!(set.closure().contains(&value));
            }
        }
    }

    #[test]
    fn a_place_of_its_own_for_odd_is_never_narrower(whole in 1_u32..100_000) {
        let (words, units) = (vocabulary(), units());
        let set = |printed: &Printed| printed.set(Reading::Exact, &Widths::default());
        let value = whole.to_string();
        let parts = Parts { value: &value, qualifier: "plus", unit: "万人", decimals: None };
        let apart = set(&Printed::from_parts(parts, &words, &units).unwrap());
        for text in [format!("{whole}余万人"), format!("{whole}万余人")] {
            let printed = Printed::parse(&text, &words, &units).unwrap();
            prop_assert_eq!(&printed.unit_text, "万人");
            prop_assert!(is_within(&set(&printed), &apart));
        }
    }

    #[test]
    fn conversion_there_and_back_is_exact(
        text in decimal(),
        names in prop::sample::select(vec![
            ("人", "万人"), ("h", "mh"), ("亩", "百万亩"), ("件/万人", "千件/亿人"), ("km", "mm"),
            ("亩·h", "k亩·h"),
        ]),
    ) {
        let units = units();
        let unit = |name: &str| match units.parse(name).unwrap() {
            ParsedUnit::Unit(unit) => unit,
            other => unreachable!("{name}: {other:?}"),
        };
        let (from, to) = (unit(names.0), unit(names.1));
        let value = Exact::parse_decimal(&text).unwrap();
        let there = convert(&value, &from, &to).unwrap();
        prop_assert_eq!(convert(&there, &to, &from).unwrap(), value);
    }

    #[test]
    fn periods_print_as_they_read(year in 1900_i32..2100, part in 1_u8..=12, kind in 0..5) {
        let period = match kind {
            0 => Period::Year(year),
            1 => Period::Half(year, part % 2 + 1),
            2 => Period::Quarter(year, part % 4 + 1),
            3 => Period::Month(year, part),
            _ => Period::Span { from: year, to: year + i32::from(part) },
        };
        let read = Period::parse(&period.to_string(), &PeriodWords::default());
        prop_assert_eq!(read, Ok(period));
        prop_assert!(period.first_day() < period.last_day());
        let day = Period::Day(period.last_day());
        prop_assert_eq!(Period::parse(&day.to_string(), &PeriodWords::default()), Ok(day));
        prop_assert!(period <= day);
    }
}

/// A pack that knows three headers and nothing else.
fn model() -> Model {
    let mut model = Model::default();
    for (text, column) in [
        ("indicator", Column::Indicator),
        ("period", Column::Period),
        ("value", Column::Value),
    ] {
        model.words.headers.add(text, column).unwrap();
    }
    model
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

/// Bytes that look like the rows of a table.
fn noise() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop::sample::select(vec![
        &b"a"[..],
        b",",
        b"\n",
        b"\r\n",
        b"\r",
        b"\"",
        b"\"\"",
        b"\xFF",
        b"\xE4\xBA\xBA",
        b" ",
        b"\t",
        b";",
        b"\0",
        b"a,b,c\n",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(crate::common::random(256))]

    #[test]
    fn any_bytes_are_a_table_or_its_problems(
        tail in prop_oneof![any::<Vec<u8>>(), noise()],
        has_header in any::<bool>(),
    ) {
        let mut bytes = if has_header { b"indicator,period,value\n".to_vec() } else { Vec::new() };
        bytes.extend(tail);
        let lines = 1 + bytes.iter().filter(|b| matches!(b, b'\n' | b'\r')).count();
        let mut last = 0;
        let model = model();
        let known = Known::of(&model);
        for item in read_tables("t", &bytes, &known, &Limits::default(), &[]).into_iter().flatten() {
            let line = item.map_or_else(|problem| problem.place.line, |row| row.line);
            prop_assert!(last <= line && line <= lines);
            last = line;
        }
    }

    #[test]
    fn every_row_of_a_table_comes_back(
        rows in prop::collection::vec(
            ("[a-z\",\n;\t 人]{0,8}", "20[0-9][0-9]", "[0-9\",\r\n]{1,6}"), 0..30),
        delimiter in prop::sample::select(vec![',', '\t', ';']),
        end in prop::sample::select(vec!["\n", "\r\n"]),
        has_mark in any::<bool>(),
        bad in any::<prop::sample::Index>(),
    ) {
        let mut text = if has_mark { "\u{FEFF}".to_owned() } else { String::new() };
        text += &["indicator", "period", "value"].join(&delimiter.to_string());
        text += end;
        let bad = bad.index(rows.len() + 1);
        for (number, (a, b, c)) in rows.iter().enumerate() {
            if number == bad {
                text += &format!("one cell{end}");
            }
            text += &[quoted(a), b.clone(), quoted(c)].join(&delimiter.to_string());
            text += end;
        }
        let model = model();
        let known = Known::of(&model);
        let table = read_tables("t", text.as_bytes(), &known, &Limits::default(), &[]).into_iter().flatten();
        let mut read = Vec::new();
        let mut faults = 0;
        for item in table {
            match item {
                Ok(row) => {
                    let cell = |column| row.cells.get(column).unwrap().text.clone();
                    let cells = (cell(Column::Indicator), cell(Column::Period), cell(Column::Value));
                    read.push(cells);
                }
                Err(problem) => {
                    let is_expected = matches!(problem.kind, ProblemKind::WrongFieldCount { .. });
                    prop_assert!(is_expected, "{problem:?}");
                    faults += 1;
                }
            }
        }
        prop_assert_eq!(read, rows.clone());
        prop_assert_eq!(faults, usize::from(bad < rows.len()));
    }
}
