//! What an audit holds for hard to believe, and what not: words near their number, steps in time,
//! quoted words, the day of publication. None of it is ever a contradiction.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use plumbrule::Sources;
use plumbrule::audit::{Audit, Severity, audit};
use plumbrule::eval::Options;
use plumbrule::figures::{Limits, Submission};
use proptest::prelude::*;

const PACK: &str = r#"
pack city "City" { entity city }
entity city "The city" {}
indicator sales "Sales" { kind flow unit 亿元 bounds at least 0元 }
indicator calls "Calls" {
  kind flow
  unit 次
  plausible yearly factor 40
  plausible more than 5%
}
indicator goods "Goods" { kind flow unit 亿元 }
indicator total "Total" { kind flow unit 亿元 }
indicator speed "Speed" { unit Tbps }
indicator share "Share" { kind share unit % bounds between 0% and 100% }
"#;

/// Tables of `indicator measure period value [published] [quote] [note] [line]`, cells set apart by bars.
fn of_rows(pack: &str, rows: &[&str]) -> Audit {
    let mut sources = Sources::with_std();
    sources.add("pack.plumb", pack);
    let program = plumbrule::compile(&sources).unwrap();
    let mut table = "indicator\tmeasure\tperiod\tvalue\tpublished\tquote\tnote\tline\n".to_owned();
    for row in rows {
        let mut cells: Vec<&str> = row.split('|').map(str::trim).collect();
        cells.resize(8, "");
        table += &format!("{}\n", cells.join("\t"));
    }
    let mut submission = Submission::new(&program.model);
    let limits = Limits::default();
    submission.read_table(&program.model, "figures.tsv", table.as_bytes(), &limits);
    assert!(submission.problems.is_empty(), "{:?}", submission.problems);
    audit(&program, &submission, &Options::default())
}

/// Rows, the ids of the findings, and the first hypothesis of the first of them.
const CASES: &[(&[&str], &[&str], &str)] = &[
    // 12 times in a year; 5 times is believed.
    (
        &["sales|level|2022|10.0亿元", "sales|level|2023|120.0亿元"],
        &["slip/sales/city/2023"],
        "unit",
    ),
    (
        &["sales|level|2022|10.0亿元", "sales|level|2023|50.0亿元"],
        &[],
        "",
    ),
    // Downwards alike, and 36 times over two years.
    (
        &["sales|level|2022|120.0亿元", "sales|level|2023|10.0亿元"],
        &["slip/sales/city/2023"],
        "unit",
    ),
    (
        &["sales|level|2021|10.0亿元", "sales|level|2023|300.0亿元"],
        &[],
        "",
    ),
    (
        &["sales|level|2021|10.0亿元", "sales|level|2023|400.0亿元"],
        &["slip/sales/city/2023"],
        "unit",
    ),
    // An indicator may say otherwise.
    (
        &["calls|level|2022|1000次", "calls|level|2023|30000次"],
        &[],
        "",
    ),
    // Nothing grows by a factor from nothing.
    (
        &["sales|level|2022|0亿元", "sales|level|2023|120.0亿元"],
        &[],
        "",
    ),
    // About 100 is hardly 120, and 108 it may be.
    (
        &["sales|level|2023|约100亿元", "sales|level|2023|120亿元"],
        &["conflict/sales/city/2023"],
        "",
    ),
    (
        &["sales|level|2023|约100亿元", "sales|level|2023|108亿元"],
        &[],
        "",
    ),
    // Over 100 is hardly 200, nearly 100 hardly 80; of calls over 100 hardly 110.
    (
        &["sales|level|2023|超100亿元", "sales|level|2023|200亿元"],
        &["conflict/sales/city/2023"],
        "",
    ),
    (
        &["sales|level|2023|近100亿元", "sales|level|2023|80亿元"],
        &["conflict/sales/city/2023"],
        "",
    ),
    (
        &["calls|level|2023|超1000次", "calls|level|2023|1100次"],
        &["conflict/calls/city/2023"],
        "",
    ),
    // A growth from about 50 to over 100 is hardly 10 %.
    (
        &[
            "sales|level|2022|约50亿元",
            "sales|level|2023|超100亿元",
            "sales|growth|2023|10.0%",
        ],
        &["growth/sales/city/2023"],
        "",
    ),
    // The words quoted say another number, with the unit or the scale.
    (
        &["sales|level|2023|12.5亿元||销售额达15.2亿元，增长3.1%"],
        &["quote/sales/city/2023"],
        "",
    ),
    (
        &["sales|level|2023|15.2万元||销售额达15.2亿元"],
        &["quote/sales/city/2023"],
        "",
    ),
    (&["sales|level|2023|15.2亿元||销售额达15.2亿元"], &[], ""),
    (&["sales|level|2023|1520亿元||销售额达1,520亿元"], &[], ""),
    // Full-width letters, another unit of the same amount, a table's head, a number spelled out.
    (
        &["sales|level|2023|15.2亿元||销售额达１５．２　亿元"],
        &[],
        "",
    ),
    (&["sales|level|2023|0.152万亿元||销售额达1520亿元"], &[], ""),
    (
        &["sales|level|2023|15.2亿元||销售额（亿元） 15.2 17"],
        &[],
        "",
    ),
    (
        &["sales|level|2023|2亿元||销售额近两亿元，增长3.1%"],
        &[],
        "",
    ),
    // A number that is spelled out is read, and another one is none of it.
    (
        &["calls|level|2023|1000余次||去年3647次，年均超千次"],
        &[],
        "",
    ),
    (
        &["calls|level|2023|1万余次||去年3647次，年均超千次"],
        &["quote/calls/city/2023"],
        "unit",
    ),
    (&["calls|level|2023|20多次||共二十多次，5次较大"], &[], ""),
    (&["calls|level|2023|25次||共二十五次，5次较大"], &[], ""),
    (&["calls|level|2023|2.5亿次||共两亿五千万次"], &[], ""),
    (
        &["calls|level|2023|52次||共二十五次，5次较大"],
        &["quote/calls/city/2023"],
        "digit-swap",
    ),
    (&["share|level|2023|75%||四分之三，25%未达"], &[], ""),
    (&["share|level|2023|近90%||近九成，一成未达，5%"], &[], ""),
    (&["share|level|2023|50%以上||占比过半，比5%多"], &[], ""),
    (&["share|level|2023|50%||half of them, not 5%"], &[], ""),
    // An article is no number, and a word within another is none.
    (
        &["calls|level|2023|3次||listed one by one, 一次、两次"],
        &[],
        "",
    ),
    // A scale without a unit is one of a figure without a unit; a unit may be cut short.
    (
        &["calls|level|2023|830万||共有380万次"],
        &["quote/calls/city/2023"],
        "digit-swap",
    ),
    (&["calls|level|2023|380万||共有380万次"], &[], ""),
    (
        &["speed|level|2023|78Tbps||带宽扩容至87T"],
        &["quote/speed/city/2023"],
        "digit-swap",
    ),
    (&["speed|level|2023|87Tbps||带宽扩容至87T，用5G"], &[], ""),
    // The words say which way it went.
    (
        &["sales|growth|2023|12.5%||销售额同比下降12.5%"],
        &["quote/sales/city/2023"],
        "sign",
    ),
    (
        &["sales|growth|2023|-12.5%||增速提升，销售额同比下降12.5%"],
        &[],
        "",
    ),
    (
        &["sales|growth|2023|-12.5%||Sales grew by 12.5%"],
        &["quote/sales/city/2023"],
        "sign",
    ),
    (
        &["sales|growth|2023|12.5%||Lower group sales; a share of 12.5%"],
        &[],
        "",
    ),
    (
        &["sales|growth|2023|12.5%||线上上升12.5%，线下下降12.5%"],
        &[],
        "",
    ),
    // They say against which year, and as of which.
    (&["sales|growth|2023|3.1%||比2022年增长3.1%"], &[], ""),
    (
        &["sales|growth|2023|3.1%||比 2021 年增长3.1%"],
        &["quote/sales/city/2023"],
        "year",
    ),
    (
        &["sales|growth|2023|3.1%||up 3.1% compared with 2021"],
        &["quote/sales/city/2023"],
        "year",
    ),
    (&["sales|growth|2023|3.1%||较2021年6月增长3.1%"], &[], ""),
    (
        &["sales|growth|2023|3.1%||比2021年和2022年都快，增长3.1%"],
        &[],
        "",
    ),
    (
        &["sales|level|2023|15.2亿元||截至2024年底，销售额15.2亿元"],
        &["quote/sales/city/2023"],
        "year",
    ),
    (
        &["sales|level|2023|15.2亿元||从2022年的10亿元增至15.2亿元"],
        &[],
        "",
    ),
    // What is quoted from the same words is of one year, where they name none and are not of one series.
    (
        &[
            "sales|level|2024|15.2亿元||销售额15.2亿元，增长3.1%||7",
            "sales|growth|2023|3.1%||增长3.1%||7",
        ],
        &["quote/sales/city/2023"],
        "year",
    ),
    (
        &[
            "sales|level|2023|15.2亿元||销售额15.2亿元，增长3.1%||7",
            "sales|growth|2023|3.1%||增长3.1%||7",
            "calls|level|2022|40次||增长3.1%，电话40次||7",
        ],
        &["quote/calls/city/2022"],
        "year",
    ),
    (
        &[
            "sales|level|2022|14.1亿元||从14.1亿元增至15.2亿元，电话40次||7",
            "sales|level|2023|15.2亿元||从14.1亿元增至15.2亿元，电话40次||7",
            "calls|level|2023|40次||从14.1亿元增至15.2亿元，电话40次||7",
        ],
        &[],
        "",
    ),
    (
        &[
            "sales|level|2023|15.2亿元||2023年销售额15.2亿元，电话40次||7",
            "calls|level|2022|40次||2023年销售额15.2亿元，电话40次||7",
        ],
        &[],
        "",
    ),
    // On other lines, or of other words, it is another matter.
    (
        &[
            "sales|level|2023|15.2亿元||销售额15.2亿元，电话40次||7",
            "calls|level|2022|40次||销售额15.2亿元，电话40次||70",
            "share|level|2021|5%||占比为5%||7",
        ],
        &[],
        "",
    ),
    // A number that stands once is that of one figure, where another one is nobody's.
    (
        &[
            "sales|level|2023|5.3亿元||分别达5.3亿元、5.4亿元||7",
            "goods|level|2023|5.3亿元||分别达5.3亿元、5.4亿元||7",
        ],
        &["quote/goods/city/2023"],
        "row",
    ),
    (
        &[
            "sales|level|2023|5.3亿元||分别达5.3亿元、5.4亿元||7",
            "goods|level|2023|5.4亿元||分别达5.3亿元、5.4亿元||7",
        ],
        &[],
        "",
    ),
    (
        &[
            "sales|level|2023|5.3亿元||均达5.3亿元，共10.6亿元||7",
            "goods|level|2023|5.3亿元||均达5.3亿元，共10.6亿元||7",
            "total|level|2023|10.6亿元||两项共10.6亿元||9",
        ],
        &[],
        "",
    ),
    (
        &[
            "sales|level|2023|5.3亿元||5.3亿元和5.3亿元，5.4亿元未列||7",
            "goods|level|2023|5.3亿元||5.3亿元和5.3亿元，5.4亿元未列||7",
        ],
        &[],
        "",
    ),
    // The words decide which of two claims is the wrong one.
    (
        &[
            "sales|level|2023|15.2亿元||销售额达15.2亿元",
            "sales|level|2023|12.5亿元||销售额达15.2亿元",
        ],
        &["conflict/sales/city/2023", "quote/sales/city/2023"],
        "digit-swap",
    ),
    // Published before the year was over, and after.
    (
        &["sales|level|2024|15.2亿元|2024-06"],
        &["early/sales/city/2024"],
        "year",
    ),
    (&["sales|level|2023|15.2亿元|2024-06"], &[], ""),
];

#[test]
fn what_is_hard_to_believe_is_told_and_never_contradicts() {
    for (rows, ids, hypothesis) in CASES {
        let audit = of_rows(PACK, rows);
        let found: Vec<&str> = audit.findings.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(found, *ids, "{rows:?}");
        let first = audit.findings.first();
        let first = first.and_then(|one| one.hypotheses.first());
        let first = first.map_or("", |one| one.kind.word());
        if !hypothesis.is_empty() {
            assert_eq!(first, *hypothesis, "{rows:?}");
        }
        let is_exact = |rows: &[&str]| rows.iter().all(|row| !row.contains(['约', '超', '近']));
        let is_soft = |id: &str| !id.starts_with("conflict") || !is_exact(rows);
        for one in audit.findings.iter().filter(|one| is_soft(&one.id)) {
            assert_eq!(one.severity, Severity::Implausible, "{}", one.id);
        }
    }
}

#[test]
fn only_a_note_that_repeats_the_words_explains_them() {
    let explained = |value: &str, note: &str| {
        let quote = "到达100%，超过3/4的学校，几乎所有的教师";
        let row = format!("share|level|2023|{value}||{quote}|{note}");
        let found = of_rows(PACK, &[&row]).findings;
        found
            .iter()
            .map(|it| it.explained.is_some())
            .collect::<Vec<_>>()
    };
    assert_eq!(explained("98%", "原文印作“几乎所有”"), [true]);
    assert_eq!(explained("98%", "printed as “几乎所有”"), [true]);
    assert_eq!(explained("98%", "未注时期"), [false]);
    assert_eq!(explained("98%", "原文印作“一半”"), [false]);
    assert_eq!(explained("98%", ""), [false]);
    // A number in the words explains that number and no other.
    assert!(explained("75%", "原文印作“超过3/4”").is_empty());
    assert_eq!(explained("57%", "原文印作“超过3/4”"), [false]);
    assert_eq!(explained("10%", "原文印作“到达100%”"), [false]);
}

#[test]
fn a_figure_with_a_word_fits_the_words_that_it_stands_in() {
    let rows = [
        "calls|level|2023|96亿次||累计96亿次",
        "calls|level|2023|97亿余次||累计97亿余次",
    ];
    let audit = of_rows(PACK, &rows);
    let figures = audit.findings.iter().flat_map(|one| &one.figures);
    let others: Vec<_> = figures.map(|figure| figure.others).collect();
    assert_eq!(others, [(1, 1), (1, 1)]);
}

#[test]
fn a_pack_says_what_is_plausible_and_bad_limits_are_refused() {
    let rows = ["sales|level|2023|约100亿元", "sales|level|2023|120亿元"];
    let wide = PACK.replace("entity city }", "entity city plausible about 25% }");
    assert!(of_rows(&wide, &rows).findings.is_empty());
    let item = format!("{PACK}\nplausible about 25%\n");
    assert!(of_rows(&item, &rows).findings.is_empty());
    for bad in [
        "plausible yearly factor 1",
        "plausible yearly factor 5%",
        "plausible about 3",
    ] {
        let mut sources = Sources::with_std();
        sources.add("pack.plumb", &format!("{PACK}\n{bad}\n"));
        assert!(plumbrule::compile(&sources).is_err(), "{bad}");
    }
}

/// Whether words make nothing of figures that move by so many percent, year by year.
fn are_believed(start: i64, steps: &[i64]) -> bool {
    let mut rows = Vec::new();
    let mut value = start * 100;
    for (year, step) in (2015..).zip(steps) {
        rows.push(format!("sales|level|{year}|{value}元"));
        value = (value * step / 100).max(1);
    }
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    of_rows(PACK, &rows).findings.is_empty()
}

#[test]
fn one_plain_figure_is_believed() {
    assert!(are_believed(1000, &[20]));
}

proptest! {
    #![proptest_config(crate::common::random(256))]

    /// What is told of words is never told of the same figures without any.
    #[test]
    fn plain_figures_within_a_step_are_believed(start in 1_000_i64..9_999, steps in prop::collection::vec(20_i64..500, 1..5)) {
        prop_assert!(are_believed(start, &steps));
    }
}
