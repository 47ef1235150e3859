//! Contradictions that only several relations make together: found where no values are possible,
//! told with what is needed and nothing else, never told of figures that come from true values.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
#![expect(
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use std::sync::LazyLock;

use crate::{common, schema};
use plumbrule::Sources;
use plumbrule::audit::{Audit, AuditFinding, LeftOut, audit, repairs};
use plumbrule::eval::Options;
use plumbrule::figures::{Limits, Submission};
use plumbrule::findings::FindingKind;
use plumbrule::message::Lang;
use plumbrule::program::Program;
use proptest::prelude::*;

/// Two sums with a figure in common, a part and its whole, a share, and a growth.
const PACK: &str = r#"
pack city "City" { entity city }
entity city "The city" {}
breakdown area "Area" { code urban "Urban" code rural "Rural" }
indicator a "A" { kind flow unit 个 identity = b + c }
indicator b "B" { kind flow unit 个 }
indicator c "C" { kind flow unit 个 }
indicator d "D" { kind flow unit 个 identity = b + e }
indicator e "E" { kind flow unit 个 part of c }
indicator sales "Sales" { kind flow unit 亿元 bounds at least 0亿元 adds up by area }
indicator share "Share" { kind share unit % share of small in large }
indicator small "Small" { kind stock unit 人 bounds at least 0人 }
indicator large "Large" { kind stock unit 亿人 bounds at least 0亿人 }
"#;

fn compiled(text: &str) -> Program {
    let mut sources = Sources::with_std();
    sources.add("pack.plumb", text);
    plumbrule::compile(&sources).unwrap()
}

/// Figures of rows of which each is `indicator measure period value` and may end in a breakdown.
fn read(program: &Program, rows: &[String]) -> Submission {
    let mut table = "indicator,measure,period,value,breakdown\n".to_owned();
    for row in rows {
        let mut cells: Vec<&str> = row.split_whitespace().collect();
        cells.resize(5, "");
        table.push_str(&cells.join(","));
        table.push('\n');
    }
    let mut submission = Submission::new(&program.model);
    let limits = Limits::default();
    submission.read_table(&program.model, "figures.csv", table.as_bytes(), &limits);
    let problems = submission.problems.iter();
    let problems: Vec<String> = problems.map(|it| it.message.render(Lang::En)).collect();
    assert!(problems.is_empty(), "{problems:?}");
    submission
}

static PROGRAM: LazyLock<Program> = LazyLock::new(|| compiled(PACK));

fn of(rows: &[&str]) -> Audit {
    let program = &*PROGRAM;
    let rows: Vec<String> = rows.iter().map(|row| (*row).to_owned()).collect();
    audited(program, &rows)
}

fn audited(program: &Program, rows: &[String]) -> Audit {
    audit(program, &read(program, rows), &Options::default())
}

fn together(audit: &Audit) -> Vec<&AuditFinding> {
    let all = audit.findings.iter();
    all.filter(|one| one.finding.kind == FindingKind::Together)
        .collect()
}

fn relations(finding: &AuditFinding) -> Vec<String> {
    let all = finding.relations.iter();
    all.map(|one| one.said.render(Lang::En)).collect()
}

#[test]
fn two_sums_with_a_figure_in_common_that_hold_one_by_one() {
    let rows = [
        "a level 2023 100个",
        "b level 2023 约50个",
        "c level 2023 超40个",
        "d level 2023 90个",
        "e level 2023 20个",
    ];
    let found = of(&rows);
    let told = together(&found);
    assert_eq!(told.len(), 1);
    assert_eq!(relations(told[0]), ["A = b + c (2023)", "D = b + e (2023)"]);
    // What is printed of B says nothing.
    let names: Vec<String> = told[0]
        .figures
        .iter()
        .map(|one| one.name.render(Lang::En))
        .collect();
    assert_eq!(names, ["A (2023)", "C (2023)", "D (2023)", "E (2023)"]);
    // A is below 100.5 and C above 40, so that B is below 60.5 and E above 89.5 - 60.5.
    let compared = told[0].compared.as_ref().unwrap();
    assert_eq!(compared.computed.to_string(), "[29, +\u{221e})");
    let gap = told[0].gap().map(|(gap, _)| gap.to_string());
    assert_eq!(gap.as_deref(), Some("8.5"));
    assert_eq!(found.joint.groups, 1);
    assert_eq!(found.joint.relations, 3);
}

#[test]
fn growths_of_parts_cannot_all_be_above_that_of_the_whole() {
    let rows = [
        "sales level 2022 100亿元",
        "sales level 2023 110亿元",
        "sales growth 2023 10%",
        "sales level 2022 60亿元 area=urban",
        "sales level 2022 40亿元 area=rural",
        "sales level 2023 66亿元 area=urban",
        "sales level 2023 44亿元 area=rural",
        "sales growth 2023 10.9% area=urban",
        "sales growth 2023 10.9% area=rural",
    ];
    let found = of(&rows);
    let told = together(&found);
    assert_eq!(told.len(), 1, "{:?}", found.findings);
    assert_eq!(told[0].relations.len(), 5);
    let without: Vec<&str> = rows
        .into_iter()
        .filter(|row| !row.contains("growth 2023 10.9% area=rural"))
        .collect();
    assert!(together(&of(&without)).is_empty());
}

#[test]
fn figures_of_every_size_stand_in_one_system() {
    // Two shares of one whole that nobody printed exactly: 20 of it is a millionth, or a tenth.
    let pack = r#"
pack city "City" { entity city }
entity city "The city" {}
indicator small "Small" { kind stock unit 人 bounds at least 0人 }
indicator other "Other" { kind stock unit 亿人 bounds at least 0亿人 }
indicator large "Large" { kind stock unit 人 bounds at least 0人 }
indicator one "One" { kind share unit % share of small in large }
indicator two "Two" { kind share unit % share of other in large }
"#;
    let rows = |two: &str| {
        let rows = [
            "small level 2023 12345人",
            "one level 2023 0.000088178%",
            "other level 2023 7.0亿人",
            "large level 2023 超1亿人",
        ];
        let mut rows: Vec<String> = rows.iter().map(|row| (*row).to_owned()).collect();
        rows.push(format!("two level 2023 {two}"));
        rows
    };
    let program = compiled(pack);
    assert!(together(&audited(&program, &rows("5%"))).is_empty());
    let found = audited(&program, &rows("6%"));
    assert_eq!(together(&found).len(), 1);
    assert_eq!(relations(together(&found)[0]).len(), 2);
}

#[test]
fn what_is_not_looked_at_together_says_so() {
    let pack = r#"
pack city "City" { entity city }
entity city "The city" {}
indicator sales "Sales" { kind flow unit 亿元 comparable growth "at constant prices" }
check c.1 "Sales grow" { require sales >= 1亿元 when sales >= 1亿元 }
"#;
    let rows = [
        "sales level 2022 100亿元",
        "sales level 2023 110亿元",
        "sales growth 2023 10%",
    ];
    let rows: Vec<String> = rows.iter().map(|row| (*row).to_owned()).collect();
    let found = audited(&compiled(pack), &rows);
    assert_eq!(found.joint.left_out.get(&LeftOut::Comparable), Some(&1));
    assert_eq!(found.joint.left_out.get(&LeftOut::Condition), Some(&2));
    assert_eq!(found.joint.groups, 0);
}

/// A finding in both languages and every relation of it, for a reader.
#[test]
fn a_finding_reads_in_both_languages() {
    let found = of(&[
        "a level 2023 100个",
        "b level 2023 约50个",
        "c level 2023 超40个",
        "d level 2023 90个",
        "e level 2023 20个",
    ]);
    let told = together(&found);
    let text = [Lang::En, Lang::Zh].map(|lang| told[0].finding.message.render(lang));
    insta::assert_snapshot!(text.join("\n"));
}

/// Printed numbers of the figures a to e, each with the digits that are dropped.
fn printed() -> impl Strategy<Value = [(i64, i64); 5]> {
    let one = (0i64..8, 0i64..3);
    [one.clone(), one.clone(), one.clone(), one.clone(), one]
}

/// What a number with so many steps of ten allows, in halves.
fn allowed((value, wide): (i64, i64)) -> (i64, i64) {
    match wide {
        0 => (2 * value - 1, 2 * value + 1),
        1 => (2 * value, 60),
        2 => (-60, 2 * value),
        _ => (-60, 60),
    }
}

fn rows_of(values: &[(i64, i64); 5]) -> Vec<String> {
    let names = ["a", "b", "c", "d", "e"];
    let one = |(name, (value, wide)): (&str, &(i64, i64))| match wide {
        0 => format!("{name} level 2023 {value}个"),
        1 => format!("{name} level 2023 {value}个以上"),
        _ => format!("{name} level 2023 {value}个以下"),
    };
    names.into_iter().zip(values).map(one).collect()
}

/// Whether values in halves satisfy a = b + c, d = b + e, and e at most c, each of which counts only
/// where it is asked for. All ends are halves and no factor is other than one, so that where any
/// values do some in halves do.
fn can_hold(values: &[(i64, i64); 5], asked: [bool; 3]) -> bool {
    let [a, b, c, d, e] = values.map(allowed);
    let within = |(lo, hi): (i64, i64), value: i64| (lo..=hi).contains(&value);
    (b.0..=b.1).any(|b| {
        (c.0..=c.1).any(|c| {
            let is_sum = !asked[0] || within(a, b + c);
            is_sum && (e.0..=e.1).any(|e| (!asked[1] || within(d, b + e)) && (!asked[2] || e <= c))
        })
    })
}

proptest! {
    #![proptest_config(crate::common::random(200))]

    /// A contradiction of several is told exactly where each holds by itself and no values satisfy
    /// all; the relations that it names cannot hold, and with any of them left out they can.
    #[test]
    fn what_is_found_is_what_trying_all_values_finds(values in printed()) {
        let program = &*PROGRAM;
        let found = audited(program, &rows_of(&values));
        let alone = [[true, false, false], [false, true, false], [false, false, true]];
        let holding = alone.map(|one| can_hold(&values, one));
        let broken = found.findings.iter().filter(|one| {
            matches!(one.finding.kind, FindingKind::Identity | FindingKind::Within)
                && one.severity == plumbrule::audit::Severity::Contradiction
        });
        let n_broken = holding.iter().filter(|holds| !**holds).count();
        prop_assert_eq!(broken.count(), n_broken);
        let told = together(&found);
        prop_assert_eq!(told.is_empty(), can_hold(&values, holding), "{:?}", values);
        for finding in told {
            let named = relations(finding);
            let is_in = ["A =", "D =", "is not above"].map(|one| named.iter().any(|it| it.contains(one)));
            prop_assert!(named.len() > 1);
            prop_assert!(!can_hold(&values, is_in));
            for left in 0..3 {
                let mut fewer = is_in;
                fewer[left] = false;
                prop_assert!(fewer == is_in || can_hold(&values, fewer));
            }
        }
    }

    /// Figures that are cut from true values never contradict each other, whatever the digits.
    #[test]
    fn true_values_printed_to_any_digit_are_no_contradiction(
        hundredths in [100i64..100_000, 100i64..100_000, 100i64..100_000, 100i64..100_000],
        places in proptest::collection::vec(0u32..3, 9),
    ) {
        let [urban_before, rural_before, urban_now, rural_now] = hundredths;
        let mut places = places.into_iter();
        let mut rows = Vec::new();
        let areas = [
            ("", urban_before + rural_before, urban_now + rural_now),
            ("area=urban", urban_before, urban_now),
            ("area=rural", rural_before, rural_now),
        ];
        for (area, before, now) in areas {
            for (year, value) in [(2022, before), (2023, now)] {
                let text = decimal(value, 1, places.next().unwrap());
                rows.push(format!("sales level {year} {text}亿元 {area}"));
            }
            let text = decimal(10_000 * (now - before), before, places.next().unwrap());
            rows.push(format!("sales growth 2023 {text}% {area}"));
        }
        let found = audited(&PROGRAM, &rows);
        let told: Vec<String> = found.findings.iter()
            .filter(|one| one.severity == plumbrule::audit::Severity::Contradiction)
            .map(|one| one.finding.message.render(Lang::En))
            .collect();
        prop_assert!(told.is_empty(), "{:?} of {:?}", told, rows);
    }
}

/// Hundredths of a quotient with so many digits after the point, at most two, rounded half up.
fn decimal(hundredths: i64, by: i64, places: u32) -> String {
    let step = by * 10i64.pow(2 - places);
    let rounded = (2 * hundredths + step).div_euclid(2 * step);
    let sign = if rounded < 0 { "-" } else { "" };
    let unit = 10i64.pow(places);
    let (whole, part) = (rounded.abs() / unit, rounded.abs() % unit);
    match places {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{part:0width$}", width = places as usize),
    }
}

/// One figure may explain what only several relations make together, and the whole system has to hold.
#[test]
fn the_fewest_figures_of_a_whole_system() {
    let program = &*PROGRAM;
    let rows = [
        "a level 2023 100个",
        "b level 2023 约50个",
        "c level 2023 超40个",
        "d level 2023 90个",
        "e level 2023 20个",
    ];
    let rows: Vec<String> = rows.iter().map(|row| (*row).to_owned()).collect();
    let submission = read(program, &rows);
    let options = Options::default();
    let found = audit(program, &submission, &options);
    let mended = repairs(program, &submission, &options, &found);
    assert_eq!(mended.groups.len(), 1);
    let group = &mended.groups[0];
    assert!(group.is_whole);
    assert_eq!(group.fewest, Ok(1));
    let names = |set: &plumbrule::audit::RepairSet| {
        let figures = set.figures.iter();
        let names: Vec<String> = figures.map(|one| one.name.render(Lang::En)).collect();
        names.join(" ")
    };
    let mut sets: Vec<String> = group.sets.iter().map(names).collect();
    sets.sort();
    assert_eq!(sets, ["A (2023)", "C (2023)", "D (2023)", "E (2023)"]);
    // Put in place, each leaves nothing.
    for set in &group.sets {
        let one = &set.figures[0];
        let name = one.name.render(Lang::En).to_lowercase();
        let name = name.split(' ').next().unwrap().to_owned();
        let changed = rows
            .iter()
            .map(|row| match row.starts_with(&format!("{name} ")) {
                true => format!("{name} level 2023 {}个", one.value),
                false => row.clone(),
            });
        let found = audited(program, &changed.collect::<Vec<String>>());
        let open = found.findings.iter().filter(|one| one.is_open());
        assert_eq!(open.count(), 0, "{name} {}", one.value);
    }
}

proptest! {
    #![proptest_config(crate::common::random(60))]

    /// No figures fewer than are told mend all relations together, and so many do.
    #[test]
    fn the_fewest_are_what_freeing_every_set_of_figures_finds(values in printed()) {
        let program = &*PROGRAM;
        let submission = read(program, &rows_of(&values));
        let options = Options::default();
        let found = audit(program, &submission, &options);
        let mended = repairs(program, &submission, &options, &found);
        let all = [true; 3];
        prop_assert_eq!(mended.groups.is_empty(), can_hold(&values, all));
        let Some(group) = mended.groups.first() else {
            return Ok(());
        };
        prop_assert_eq!(mended.groups.len(), 1);
        let fewest = (0u32..32)
            .filter(|freed| {
                let mut sets = values;
                let free = |n: &usize| freed & (1 << n) != 0;
                (0..5).filter(free).for_each(|n| sets[n] = (0, 3));
                can_hold(&sets, all)
            })
            .map(u32::count_ones)
            .min()
            .unwrap();
        prop_assert_eq!(group.fewest.clone(), Ok(fewest as usize));
        for set in &group.sets {
            prop_assert_eq!(set.figures.len(), fewest as usize);
        }
    }
}

/// Every form tells the relations, and the JSON follows its schema.
#[test]
fn every_form_tells_the_relations() {
    let of = |form: &str, lang: &str| {
        let place = common::root("examples/audit");
        let arguments = [
            "audit",
            "pack.plumb",
            "--figures",
            "table-4.csv",
            "--repair",
        ];
        let more = ["--format", form, "--lang", lang];
        common::run_in(&place, &[&arguments[..], &more[..]].concat(), &[]).out
    };
    let text = std::fs::read_to_string(common::root("docs/schema/audit.json")).unwrap();
    let known: serde_json::Value = serde_json::from_str(&text).unwrap();
    let document: serde_json::Value = serde_json::from_str(&of("json", "en")).unwrap();
    let problems = schema::problems(&known, &document);
    assert!(problems.is_empty(), "{problems:#?}");
    let finding = &document["findings"][0];
    assert_eq!(finding["kind"], "together");
    let kinds: Vec<&str> = finding["relations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["identity", "identity", "growth", "growth"]);
    assert_eq!(document["repairs"][0]["whole"], true);
    for form in ["human", "html", "markdown", "csv"] {
        let said = of(form, "en");
        let said = said.split_whitespace().collect::<Vec<&str>>().join(" ");
        assert!(said.contains("(2023) to Internet users"), "{form}: {said}");
        assert!(of(form, "zh").contains("由网民规模"), "{form}");
    }
    insta::assert_snapshot!(of("human", "zh"));
}
