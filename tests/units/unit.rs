//! Units as written, their dimensions and scales.

use plumbrule::number::Exact;
use plumbrule::unit::{
    DeclareError, Dimension, Nature, ParsedUnit, Prefixes, ScaleClass, Unit, UnitError, Units,
    convert,
};

use proptest::prelude::*;

use crate::common;

fn exact(text: &str) -> Exact {
    Exact::parse_decimal(text).unwrap()
}

fn units() -> Units {
    let mut units = Units::new();
    for (name, power) in [
        ("百", 2),
        ("千", 3),
        ("万", 4),
        ("百万", 6),
        ("亿", 8),
        ("万亿", 12),
    ] {
        units
            .add_scale(&[name], &Exact::pow10(power), ScaleClass::Word)
            .unwrap();
    }
    for (name, power) in [
        ("m", -3),
        ("k", 3),
        ("M", 6),
        ("G", 9),
        ("T", 12),
        ("P", 15),
        ("E", 18),
    ] {
        units
            .add_scale(&[name], &Exact::pow10(power), ScaleClass::Metric)
            .unwrap();
    }
    let words = Prefixes::WORDS;
    let both = Prefixes::WORDS | Prefixes::METRIC;
    for (kind, names, prefixes) in [
        ("person", "人", words),
        ("visit", "人次", words),
        ("item", "个 件", words),
        ("rack", "标准机架 架", words),
        ("yuan", "元", words),
        ("household", "户", words),
        ("flops", "FLOPS", both),
        ("byte", "B 字节", both),
        ("watt", "W", both),
        ("hour", "h 小时", Prefixes::NONE),
        ("month", "月", Prefixes::NONE),
    ] {
        let kind = units.add_kind(kind).unwrap();
        let names: Vec<&str> = names.split(' ').collect();
        let unit = Unit {
            name: names[0].to_owned(),
            factor: Exact::from(1),
            dimension: Dimension::of(kind),
            nature: Nature::Plain,
        };
        units.add_unit(&names, unit, prefixes).unwrap();
    }
    for (names, factor, nature) in [
        ("% 百分之", "0.01", Nature::Percent),
        ("‰", "0.001", Nature::Percent),
        ("百分点 个百分点 pp", "0.01", Nature::Points),
        ("倍", "1", Nature::Multiple),
    ] {
        let names: Vec<&str> = names.split(' ').collect();
        let name = names[0].to_owned();
        let unit = Unit {
            name,
            factor: exact(factor),
            dimension: Dimension::one(),
            nature,
        };
        units.add_unit(&names, unit, Prefixes::NONE).unwrap();
    }
    units
}

fn read(text: &str) -> Unit {
    match units().parse(text) {
        Ok(ParsedUnit::Unit(unit)) => unit,
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn printed_units_have_their_factor() {
    for (text, factor) in [
        ("件/万人", "0.0001"),
        ("件／万人", "0.0001"),
        ("元/人", "1"),
        ("EFLOPS", "1000000000000000000"),
        ("万PFLOPS", "10000000000000000000"),
        ("万标准机架", "10000"),
        ("万亿元", "1000000000000"),
        ("百万亿元", "100000000000000"),
        ("亿户", "100000000"),
        ("亿 人次", "100000000"),
        ("个百分点", "0.01"),
        ("％", "0.01"),
        ("kW·h", "1000"),
        ("GB/户·月", "1000000000"),
        ("亿GB", "100000000000000000"),
        ("字节（B）", "1"),
        ("万架（标准机架）", "10000"),
    ] {
        assert_eq!(read(text).factor, exact(factor), "{text}");
    }
    assert_eq!(read("百分点").nature, Nature::Points);
    assert_eq!(read("个百分点").nature, Nature::Points);
    assert_eq!(read("百分之").nature, Nature::Percent);
    assert_eq!(read("%/月").nature, Nature::Percent);
    let (per, units) = (read("GB/户·月"), units());
    let of = |kind| Dimension::of(units.kind(kind).unwrap());
    assert_eq!(
        per.dimension,
        of("byte").div(&of("household").mul(&of("month")))
    );
    assert_eq!(per.name, "GB/户·月");
    assert_ne!(read("亿人").dimension, read("亿人次").dimension);
}

proptest! {
    #![proptest_config(common::random(512))]

    /// Texts without a stroke are read another way than those with one.
    #[test]
    fn a_unit_is_the_same_before_a_stroke(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "百", "千", "万", "百万", "亿", "m", "k", "M", "P", "人", "人次", "个", "百分点", "元", "B",
                "FLOPS", "h", "%", "倍", "字",
            ]),
            1..4,
        ),
    ) {
        let (text, units) = (parts.concat(), units());
        let alone = units.parse(&text);
        let over = units.parse(&format!("{text}/月"));
        match (alone, over) {
            (Ok(ParsedUnit::Unit(alone)), Ok(ParsedUnit::Unit(over))) => {
                let month = read("月");
                prop_assert_eq!(alone.factor, over.factor);
                prop_assert_eq!(alone.dimension.div(&month.dimension), over.dimension);
            }
            (Ok(ParsedUnit::Scale(_)), Err(UnitError::Unknown { .. })) => {}
            (Err(UnitError::Unknown { .. }), Err(UnitError::Unknown { .. })) => {}
            (Err(UnitError::Ambiguous { .. }), Err(UnitError::Ambiguous { .. })) => {}
            (alone, over) => prop_assert!(false, "{text}: {alone:?}, {over:?}"),
        }
    }
}

#[test]
fn blanks_and_bare_scales_are_told_apart() {
    assert_eq!(units().parse(" 　"), Ok(ParsedUnit::Blank));
    assert_eq!(
        units().parse("亿"),
        Ok(ParsedUnit::Scale(exact("100000000")))
    );
    assert_eq!(
        units().parse("百万"),
        Ok(ParsedUnit::Scale(exact("1000000")))
    );
    assert_eq!(
        units().parse("千万"),
        Ok(ParsedUnit::Scale(exact("10000000")))
    );
    assert_eq!(units().parse("T"), Ok(ParsedUnit::Scale(Exact::pow10(12))));
    assert!(units().parse("亿万").is_err());
    assert_eq!(
        units().split_scale("万亿元"),
        (Exact::pow10(12), "元".to_owned())
    );
    assert_eq!(
        units().split_scale("百分点"),
        (Exact::from(1), "百分点".to_owned())
    );
}

#[test]
fn unknown_text_names_the_closest_unit() {
    let unknown = |text: &str, nearest: Option<&str>| {
        let nearest = nearest.map(str::to_owned);
        Err(UnitError::Unknown {
            text: text.to_owned(),
            nearest,
        })
    };
    assert_eq!(
        units().parse("万标准机驾"),
        unknown("万标准机驾", Some("万标准机架"))
    );
    assert_eq!(units().parse("万人吃"), unknown("万人吃", Some("万人次")));
    assert_eq!(units().parse("EFLOP"), unknown("EFLOP", Some("EFLOPS")));
    assert_eq!(units().parse("件/万仁"), unknown("万仁", None));
    assert_eq!(units().parse("万%"), unknown("万%", Some("%")));
    assert_eq!(units().parse("万/人"), unknown("万", None));
    let malformed = |text: &str, at| {
        Err(UnitError::Malformed {
            text: text.to_owned(),
            at,
        })
    };
    assert_eq!(units().parse("/人"), malformed("/人", 0));
    assert_eq!(units().parse("件//人"), malformed("件//人", 2));
    assert_eq!(
        units().parse(&"人".repeat(65)),
        malformed(&"人".repeat(64), 64)
    );
}

#[test]
fn cuts_that_differ_in_meaning_are_refused() {
    let mut units = units();
    let unit = |name: &str, power| Unit {
        name: name.to_owned(),
        factor: Exact::pow10(power),
        dimension: Dimension::one(),
        nature: Nature::Plain,
    };
    units
        .add_scale(&["da"], &Exact::from(10), ScaleClass::Metric)
        .unwrap();
    units
        .add_scale(&["d"], &Exact::pow10(-1), ScaleClass::Metric)
        .unwrap();
    units
        .add_unit(&["y"], unit("y", 0), Prefixes::METRIC)
        .unwrap();
    units
        .add_unit(&["ay"], unit("ay", 1), Prefixes::METRIC)
        .unwrap();
    let readings = vec!["d ay".to_owned(), "da y".to_owned()];
    let found = units.parse("day").map_err(|error| match error {
        UnitError::Ambiguous { mut readings, .. } => {
            readings.sort();
            readings
        }
        _ => Vec::new(),
    });
    assert_eq!(found, Err(readings));
    units
        .add_unit(&["day"], unit("day", 3), Prefixes::NONE)
        .unwrap();
    assert!(units.parse("day").is_ok());
}

#[test]
fn declarations_are_taken_once() {
    let mut units = units();
    let unit = read("元");
    assert_eq!(
        units.add_kind("person"),
        Err(DeclareError::DuplicateKind("person".into()))
    );
    assert_eq!(
        units.add_unit(&["块", "％"], unit.clone(), Prefixes::NONE),
        Err(DeclareError::DuplicateUnit("%".into()))
    );
    assert!(units.parse("块").is_err());
    assert_eq!(
        units.add_scale(&["万"], &Exact::from(1), ScaleClass::Metric),
        Err(DeclareError::DuplicateScale("万".into()))
    );
    let zero = Unit {
        factor: Exact::from(0),
        ..unit
    };
    let error = units.add_unit(&["x"], zero, Prefixes::NONE);
    assert_eq!(error, Err(DeclareError::BadFactor("元".into())));
    let error = units.add_kind(" ");
    assert_eq!(error, Err(DeclareError::BadName(String::new())));
}

#[test]
fn united_kinds_count_alike_and_others_do_not_convert() {
    let mut units = units();
    let pair = |units: &Units| match (units.parse("人"), units.parse("万户")) {
        (Ok(ParsedUnit::Unit(a)), Ok(ParsedUnit::Unit(b))) => (a, b),
        other => panic!("{other:?}"),
    };
    let (a, b) = pair(&units);
    assert!(!convert(&exact("5"), &a, &b).unwrap_err().is_same_dimension);
    units.unite(
        units.kind("household").unwrap(),
        units.kind("person").unwrap(),
    );
    let (a, b) = pair(&units);
    assert_eq!(convert(&exact("5"), &a, &b), Ok(exact("0.0005")));
    assert_eq!(units.neighbours(&b.dimension), ["人", "户"]);
    assert_eq!(units.kind("household"), units.kind("person"));
    let error = convert(&exact("5"), &read("%"), &read("百分点")).unwrap_err();
    assert!(error.is_same_dimension);
    assert_eq!(
        convert(&exact("5"), &read("%"), &read("‰")),
        Ok(exact("50"))
    );
}
