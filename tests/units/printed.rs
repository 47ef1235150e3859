//! Printed cells and the sets that they allow.

use plumbrule::figures::printed::{
    Part, Parts, PlusPosition, Printed, PrintedError, PrintedErrorKind, Qualifier, Reading, Role,
    Vocabulary, VocabularyError, Width, Widths,
};
use plumbrule::number::Exact;
use plumbrule::unit::{Dimension, Nature, Prefixes, ScaleClass, Unit, Units};

fn vocabulary() -> Vocabulary {
    use Qualifier as Q;
    let mut vocabulary = Vocabulary::new();
    let mut add = |words: &str, role: Role| {
        for word in words.split('|') {
            vocabulary.add(word, role).unwrap();
        }
    };
    add("超|超过|突破|逾|高于|over|more than", Role::Before(Q::Over));
    add("不低于|不少于|至少|at least", Role::Before(Q::AtLeast));
    add("不足|不满|低于|below|less than", Role::Before(Q::Below));
    add("不高于|不超过|at most", Role::Before(Q::AtMost));
    add("近|接近|nearly", Role::Before(Q::Nearly));
    add("约|大约|about|~", Role::Before(Q::About));
    add("达|达到|为", Role::Before(Q::Exact));
    add("以上|及以上|or more", Role::After(Q::AtLeast));
    add("以下|以内", Role::After(Q::AtMost));
    add("左右", Role::After(Q::About));
    add("余|多|几|odd", Role::Odd);
    add("至|到|..|-|–|—|~|to", Role::Range);
    add("负", Role::Minus);
    for separator in [",", " ", "'"] {
        vocabulary.add(separator, Role::Separator).unwrap();
    }
    vocabulary
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
    for (name, power) in [("k", 3), ("G", 9), ("T", 12), ("P", 15), ("E", 18)] {
        units
            .add_scale(&[name], &Exact::pow10(power), ScaleClass::Metric)
            .unwrap();
    }
    let both = Prefixes::WORDS | Prefixes::METRIC;
    for name in [
        "人", "人次", "个", "家", "项", "件", "元", "户", "天", "年", "所", "部", "FLOPS", "bps",
        "m3",
    ] {
        let dimension = Dimension::of(units.add_kind(name).unwrap());
        let (factor, nature) = (Exact::from(1), Nature::Plain);
        let unit = Unit {
            name: name.to_owned(),
            factor,
            dimension,
            nature,
        };
        units.add_unit(&[name], unit, both).unwrap();
    }
    for (name, nature) in [
        ("%", Nature::Percent),
        ("个百分点", Nature::Points),
        ("倍", Nature::Multiple),
    ] {
        let (factor, dimension) = (Exact::pow10(-2), Dimension::one());
        let unit = Unit {
            name: name.to_owned(),
            factor,
            dimension,
            nature,
        };
        units.add_unit(&[name], unit, Prefixes::NONE).unwrap();
    }
    units
}

fn parse(text: &str) -> Result<Printed, PrintedError> {
    Printed::parse(text, &vocabulary(), &units())
}

fn shown(printed: &Printed, reading: Reading, widths: &Widths) -> String {
    let set = printed.set(reading, widths).to_string();
    format!("{set} {}", printed.unit_text)
        .replace('∞', "inf")
        .trim_end()
        .to_owned()
}

/// Forms printed in communiqués and plans, and what each allows, read as exact and as printed.
const PLAIN: [(&str, &str, &str); 28] = [
    ("18..70", "[18, 70]", "[17.5, 70.5]"),
    ("56.7", "{56.7}", "[56.65, 56.75]"),
    ("71", "{71}", "[70.5, 71.5]"),
    ("10.0", "{10}", "[9.95, 10.05]"),
    ("71%", "{71} %", "[70.5, 71.5] %"),
    ("77.5％", "{77.5} ％", "[77.45, 77.55] ％"),
    ("７７．５％", "{77.5} ％", "[77.45, 77.55] ％"),
    ("达68.1%", "{68.1} %", "[68.05, 68.15] %"),
    ("达到230EFLOPS", "{230} EFLOPS", "[229.5, 230.5] EFLOPS"),
    ("10.92亿人", "{10.92} 亿人", "[10.915, 10.925] 亿人"),
    (" 8.23 亿 ", "{8.23} 亿", "[8.225, 8.235] 亿"),
    ("1.2万亿元", "{1.2} 万亿元", "[1.15, 1.25] 万亿元"),
    ("159,722", "{159722}", "[159721.5, 159722.5]"),
    ("159，722元", "{159722} 元", "[159721.5, 159722.5] 元"),
    ("159 722元", "{159722} 元", "[159721.5, 159722.5] 元"),
    ("1,234,567.8", "{1234567.8}", "[1234567.75, 1234567.85]"),
    ("-1.3%", "{-1.3} %", "[-1.35, -1.25] %"),
    ("−1.3%", "{-1.3} %", "[-1.35, -1.25] %"),
    ("－1.3%", "{-1.3} %", "[-1.35, -1.25] %"),
    ("负1.3%", "{-1.3} %", "[-1.35, -1.25] %"),
    ("+0.5个百分点", "{0.5} 个百分点", "[0.45, 0.55] 个百分点"),
    (".5", "{0.5}", "[0.45, 0.55]"),
    ("5–10", "[5, 10]", "[4.5, 10.5]"),
    ("3~5天", "[3, 5] 天", "[2.5, 5.5] 天"),
    ("5%-10%", "[5, 10] %", "[4.5, 10.5] %"),
    (
        "1.5万亿元至2万亿元",
        "[1.5, 2] 万亿元",
        "[1.45, 2.5] 万亿元",
    ),
    ("9000万至1.2亿元", "[0.9, 1.2] 亿元", "[0.89995, 1.25] 亿元"),
    ("5 to 10 m3", "[5, 10] m3", "[4.5, 10.5] m3"),
];

/// Forms with words, which allow the same in both readings.
const QUALIFIED: [(&str, &str); 51] = [
    ("超71%", "(71, +inf) %"),
    ("超过6200家", "(6200, +inf) 家"),
    ("突破42亿次", "(42, +inf) 亿次"),
    ("逾 1,000 项", "(1000, +inf) 项"),
    ("超12万亿元", "(12, +inf) 万亿元"),
    ("over 71%", "(71, +inf) %"),
    ("More than 5000 EFLOPS", "(5000, +inf) EFLOPS"),
    ("超过65Tbps", "(65, +inf) Tbps"),
    ("70%以上", "[70, +inf) %"),
    ("达50%以上", "[50, +inf) %"),
    ("达到99.4%以上", "[99.4, +inf) %"),
    ("4000万人以上", "[4000, +inf) 万人"),
    ("4000万以上", "[4000, +inf) 万"),
    ("100以上", "[100, +inf)"),
    ("100 以上 家", "[100, +inf) 家"),
    ("不低于15%", "[15, +inf) %"),
    ("at least 15%", "[15, +inf) %"),
    ("15% or more", "[15, +inf) %"),
    ("超过70%以上", "(70, +inf) %"),
    ("不足10%", "(-inf, 10) %"),
    ("低于1.3", "(-inf, 1.3)"),
    ("less than 5", "(-inf, 5)"),
    ("10%以下", "(-inf, 10] %"),
    ("不超过1.3", "(-inf, 1.3]"),
    ("不高于 1.25", "(-inf, 1.25]"),
    ("近7000篇", "(-inf, 7000) 篇"),
    ("近20个百分点", "(-inf, 20) 个百分点"),
    ("接近70%", "(-inf, 70) %"),
    ("nearly 70%", "(-inf, 70) %"),
    ("近-5%", "(-5, +inf) %"),
    ("约2.3亿人", "(-inf, +inf) 亿人"),
    ("70%左右", "(-inf, +inf) %"),
    ("10个百分点左右", "(-inf, +inf) 个百分点"),
    ("约200多个", "(-inf, +inf) 个"),
    ("~5%", "(-inf, +inf) %"),
    ("40余万家", "(40, 50) 万家"),
    ("40余家", "(40, 50) 家"),
    ("330多个", "(330, 340) 个"),
    ("5300余亿次", "(5300, 5400) 亿次"),
    ("6000多所", "(6000, 7000) 所"),
    ("98余个", "(98, 99) 个"),
    ("22000多公里", "(22000, 23000) 公里"),
    ("2.4余万家", "(2.4, 2.5) 万家"),
    ("150余", "(150, 160)"),
    ("100万余个", "(100, 101) 万个"),
    ("66万余家", "(66, 67) 万家"),
    ("11.9万余项", "(11.9, 12) 万项"),
    ("6亿多", "(6, 7) 亿"),
    ("5年多", "(5, 6) 年"),
    ("超40余万家", "(40, 50) 万家"),
    ("-40余万元", "(-50, -40) 万元"),
];

#[test]
fn plain_forms_allow_what_their_digits_say() {
    for (text, exact, read) in PLAIN {
        let printed = parse(text).unwrap();
        let widths = Widths::default();
        assert_eq!(shown(&printed, Reading::Exact, &widths), exact, "{text}");
        assert_eq!(shown(&printed, Reading::Printed, &widths), read, "{text}");
        assert_eq!(printed.text, text.trim());
        assert!(printed.qualifiers.is_empty());
    }
}

#[test]
fn forms_with_words_allow_what_the_words_say() {
    for (text, allowed) in QUALIFIED {
        let printed = parse(text).unwrap();
        for reading in [Reading::Exact, Reading::Printed] {
            assert_eq!(
                shown(&printed, reading, &Widths::default()),
                allowed,
                "{text}"
            );
        }
    }
}

#[test]
fn declared_widths_bound_what_is_about_and_nearly() {
    let relative = Some(Width::Relative(Exact::pow10(-1)));
    let absolute = Some(Width::Absolute(Exact::from(2)));
    for (text, widths, allowed) in [
        ("近70%", (&relative, &None), "[63, 70) %"),
        ("近70%", (&absolute, &None), "[68, 70) %"),
        ("近-70%", (&absolute, &None), "(-70, -68] %"),
        ("约70%", (&None, &absolute), "[68, 72] %"),
        ("约5–10", (&None, &relative), "[4.5, 11]"),
        ("约200多个", (&None, &absolute), "(198, 302) 个"),
        ("近70%左右", (&absolute, &absolute), "[66, 72) %"),
    ] {
        let widths = Widths {
            nearly: widths.0.clone(),
            about: widths.1.clone(),
        };
        assert_eq!(
            shown(&parse(text).unwrap(), Reading::Exact, &widths),
            allowed,
            "{text}"
        );
    }
    // "About" with a narrow width never allows less than the plain digits do.
    let widths = Widths {
        nearly: None,
        about: Some(Width::Absolute(Exact::pow10(-1))),
    };
    let printed = parse("约57").unwrap();
    assert_eq!(shown(&printed, Reading::Exact, &widths), "[56.9, 57.1]");
    assert_eq!(shown(&printed, Reading::Printed, &widths), "[56.5, 57.5]");
}

#[test]
fn faults_carry_their_place() {
    use PrintedErrorKind as K;
    use Qualifier as Q;
    let contradiction = |first, second| K::Contradiction { first, second };
    for (text, at, kind) in [
        ("", 0, K::NoNumber),
        ("  ", 2, K::NoNumber),
        ("数据缺失", 0, K::NoNumber),
        ("超", 0, K::NoNumber),
        ("共计71%", 0, K::ExpectedNumber),
        ("超 共71%", 2, K::ExpectedNumber),
        ("¥5", 0, K::ExpectedNumber),
        ("overt 5", 0, K::ExpectedNumber),
        ("5.", 2, K::ExpectedDigits),
        ("5.%", 2, K::ExpectedDigits),
        ("1,5", 2, K::BadGrouping),
        ("12,34,567", 3, K::BadGrouping),
        ("1234,567", 0, K::BadGrouping),
        ("1 23", 2, K::BadGrouping),
        ("5万3千", 2, K::SecondNumber),
        ("12、13", 3, K::SecondNumber),
        ("1.2.3", 4, K::SecondNumber),
        ("5-10-15", 5, K::SecondNumber),
        ("1e400", 1, K::PowerOfTen),
        ("1.5E+05", 3, K::PowerOfTen),
        ("超7.1e-01%", 4, K::PowerOfTen),
        ("5-1e3", 3, K::PowerOfTen),
        ("1 e5x3", 3, K::SecondNumber),
        ("超71%以下", 4, contradiction(Q::Over, Q::AtMost)),
        ("不足 40 余家", 6, contradiction(Q::Below, Q::Plus)),
        ("10-5", 3, K::RangeBackwards),
        ("超5-10", 0, K::RangeQualifier(Q::Over)),
        ("5%-10人", 5, K::RangeUnits),
        ("5%-10", 5, K::RangeUnits),
    ] {
        let error = parse(text).unwrap_err();
        let found: String = text.chars().skip(at).collect();
        assert_eq!((error.at, error.kind), (at, kind), "{text}");
        assert_eq!((error.part, error.found), (Part::Value, found));
    }
    let long = "1".repeat(61);
    assert_eq!(parse(&long).unwrap_err().kind, K::TooManyDigits);
    let long = "超".repeat(201);
    assert_eq!(parse(&long).unwrap_err().kind, K::TooLong);
}

#[test]
fn unknown_units_are_left_for_the_reader_of_units() {
    let printed = parse("超 1万 标准机架").unwrap();
    assert_eq!(printed.unit_text, "万 标准机架");
    let printed = parse("4.5万余项文旅资源").unwrap();
    assert_eq!(printed.unit_text, "万项文旅资源");
    assert_eq!(printed.plus_position, Some(PlusPosition::AfterScale));
}

#[test]
fn parts_in_cells_of_their_own_say_the_same() {
    let (words, units) = (vocabulary(), units());
    let read = |value, qualifier, unit| {
        Printed::from_parts(
            Parts {
                value,
                qualifier,
                unit,
                decimals: None,
            },
            &words,
            &units,
        )
    };
    for (value, qualifier, unit, whole) in [
        ("71", "over", "%", "超71%"),
        ("71", "超过", "%", "超71%"),
        ("超71%", "over", "", "超71%"),
        ("71", "", "%", "71%"),
        ("71", "exact", "%", "71%"),
        ("15", "At-Least", "%", "不低于15%"),
        ("40", "plus", "万家", "40余万家"),
        ("40", "余", "万家", "40余万家"),
        ("2.3", "约", "亿人", "约2.3亿人"),
        ("超40余", "over", "万家", "超40余万家"),
        ("5万", "", "元", "5万元"),
    ] {
        let (parts, whole) = (read(value, qualifier, unit).unwrap(), parse(whole).unwrap());
        assert_eq!((&parts.number, &parts.upper), (&whole.number, &whole.upper));
        assert_eq!(
            (&parts.qualifiers, &parts.unit_text),
            (&whole.qualifiers, &whole.unit_text)
        );
        let widths = Widths::default();
        assert_eq!(
            parts.set(Reading::Printed, &widths),
            whole.set(Reading::Printed, &widths)
        );
    }
    use PrintedErrorKind as K;
    for (value, qualifier, unit, part, kind) in [
        ("71", "sort of", "%", Part::Qualifier, K::UnknownQualifier),
        ("超71", "about", "%", Part::Qualifier, K::QualifierDisagrees),
        ("超71", "exact", "%", Part::Qualifier, K::QualifierDisagrees),
        (
            "5-7",
            "over",
            "%",
            Part::Qualifier,
            K::RangeQualifier(Qualifier::Over),
        ),
        ("5元", "", "户", Part::Unit, K::UnitDisagrees),
        ("5万", "", "万元", Part::Unit, K::TwoScales),
        ("x", "over", "", Part::Value, K::NoNumber),
    ] {
        let error = read(value, qualifier, unit).unwrap_err();
        assert_eq!(
            (error.part, error.kind),
            (part, kind),
            "{value} {qualifier} {unit}"
        );
    }
}

#[test]
fn decimals_come_from_their_own_cell_or_are_unknown() {
    let (words, units) = (vocabulary(), units());
    let widths = Widths::default();
    let parts = |decimals| Parts {
        value: "10",
        decimals,
        ..Parts::default()
    };
    let printed = Printed::from_parts(parts(Some(1)), &words, &units).unwrap();
    assert_eq!(shown(&printed, Reading::Printed, &widths), "[9.95, 10.05]");
    let few = Parts {
        value: "10.25",
        decimals: Some(1),
        ..Parts::default()
    };
    let error = Printed::from_parts(few, &words, &units).unwrap_err();
    assert_eq!(
        (error.part, error.kind),
        (Part::Decimals, PrintedErrorKind::DecimalsDisagree)
    );
    assert!(Printed::from_parts(parts(Some(u32::MAX)), &words, &units).is_err());

    let bare = Printed::from_number(Exact::from(10), None, "%");
    assert_eq!(shown(&bare, Reading::Exact, &widths), "{10} %");
    assert_eq!(
        bare.set(Reading::Printed, &widths),
        plumbrule::set::Set::all()
    );
    let printed = Printed::from_number(Exact::from(10), Some(1), "%");
    assert_eq!(
        shown(&printed, Reading::Printed, &widths),
        "[9.95, 10.05] %"
    );
}

#[test]
fn a_word_has_one_meaning_in_one_place() {
    let mut words = vocabulary();
    assert_eq!(words.add("超", Role::Before(Qualifier::Over)), Ok(()));
    let error = words.add("超", Role::Before(Qualifier::Below));
    assert_eq!(error, Err(VocabularyError::Contradicts("超".into())));
    assert!(words.add(" ", Role::Odd).is_err());
    assert!(words.add(".", Role::Separator).is_err());
}

proptest::proptest! {
    #![proptest_config(crate::common::random(256))]

    /// A blank before a cell says nothing, and keeps plain numbers from being read the short way.
    #[test]
    fn the_short_way_reads_what_words_read(text in "[-+ .,0-9\\x{FF10}-\\x{FF12}超余%]{0,8}|-?[0-9]{1,70}(\\.[0-9]{0,70})?") {
        let by_words = parse(&format!(" {text}"));
        let kind = |error: PrintedError| (error.part, error.kind);
        proptest::prop_assert_eq!(parse(&text).map_err(kind), by_words.map_err(kind));
    }
}
