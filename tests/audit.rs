//! Audits: what each kind of relation finds and what would explain it; that no finding comes of
//! rounding; that acknowledgements and declared breaks count.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
#![expect(
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use crate::{common, schema};
use chrono::NaiveDate;
use plumbrule::Sources;
use plumbrule::audit::{Audit, Lapse, Severity, acknowledgements, audit};
use plumbrule::eval::Options;
use plumbrule::figures::{Limits, Submission};
use plumbrule::findings::{FindingKind, findings};
use plumbrule::message::Lang;
use plumbrule::program::Program;
use proptest::prelude::*;

const PACK: &str = r#"
pack city "City" { entity city }
entity city "The city" {}
entity body "Body" { members listed }
entity a "A" { class body part of city }
entity b "B" { class body part of city }
entity c "C" { class body part of city }
breakdown area "Area" { code urban "Urban" code rural "Rural" }
breakdown span "Span" { open periods }

indicator sales "Sales" { kind flow unit 亿元 bounds at least 0元 break new since 2024 "New scope" }
indicator output "Output" { kind flow unit 亿元 comparable growth "at constant prices" }
indicator revenue "Revenue" { kind flow unit 亿元 definition all default "All" definition net "Net" }
indicator users "Users" { kind stock unit 万户 bounds at least 0户 adds up by area part of households }
indicator households "Households" { kind stock unit 万户 bounds at least 0户 }
indicator mix "Users by area" { kind share unit % bounds between 0% and 100% share of users adds up by area }
indicator coverage "Coverage" { kind share unit % bounds between 0% and 100% share of users in households }
indicator filed "Filed" { kind stock unit 个 never falls }
indicator staff "Staff" { kind stock unit 人 bounds >= 0人 identity = sum of staff over its body }
indicator score "Score" { kind quantity unit 个 direction higher is better }
"#;

fn program() -> Program {
    let mut sources = Sources::with_std();
    sources.add("pack.plumb", PACK);
    plumbrule::compile(&sources).unwrap()
}

fn read(program: &Program, table: &str) -> Submission {
    let mut submission = Submission::new(&program.model);
    submission.read_table(
        &program.model,
        "figures.csv",
        table.as_bytes(),
        &Limits::default(),
    );
    let problems: Vec<String> = submission
        .problems
        .iter()
        .map(|problem| problem.message.render(Lang::En))
        .collect();
    assert!(problems.is_empty(), "{problems:?}");
    submission
}

const HEAD: &str = "indicator,measure,definition,breakdown,entity,period,value,source,published\n";

/// An audit of rows of which each is `indicator measure breakdown entity period value`.
fn of_rows(program: &Program, rows: &[&str]) -> Audit {
    audit(program, &submission(program, rows), &Options::default())
}

fn submission(program: &Program, rows: &[&str]) -> Submission {
    let mut table = HEAD.to_owned();
    for row in rows {
        let cells: Vec<&str> = row.split_whitespace().collect();
        let cell = |at: usize| {
            cells
                .get(at)
                .copied()
                .filter(|cell| *cell != "-")
                .unwrap_or("")
        };
        table.push_str(&format!(
            "{},{},{},{},{},{},{},{},{}\n",
            cell(0),
            cell(1),
            cell(6),
            cell(2),
            cell(3),
            cell(4),
            cell(5),
            cell(7),
            cell(8),
        ));
    }
    read(program, &table)
}

/// Rows, the id of the only finding, and the kind of the first hypothesis.
const CASES: &[(&[&str], &str, &str)] = &[
    // A level ten times too large.
    (
        &[
            "sales level - - 2021 100亿元",
            "sales level - - 2022 1100亿元",
            "sales growth - - 2022 10%",
            "sales level - - 2023 121亿元",
        ],
        "growth/sales/city/2022",
        "unit",
    ),
    // Two digits of the growth are swapped.
    (
        &[
            "sales level - - 2021 100.0亿元",
            "sales level - - 2022 112.0亿元",
            "sales growth - - 2022 21.0%",
        ],
        "growth/sales/city/2022",
        "digit-swap",
    ),
    (
        &[
            "sales level - - 2021 100.0亿元",
            "sales level - - 2022 92.0亿元",
            "sales growth - - 2022 8.0%",
        ],
        "growth/sales/city/2022",
        "sign",
    ),
    // Nine of ten thousand more are none of a hundred million.
    (
        &[
            "users level - - 2022 100.0万户",
            "users level - - 2023 109.0万户",
            "users change - - 2023 9.0亿户",
        ],
        "change/users/city/2023",
        "unit",
    ),
    (
        &[
            "coverage level - - 2022 40.0%",
            "coverage level - - 2023 45.0%",
            "coverage growth - - 2023 5.0%",
        ],
        "growth/coverage/city/2023",
        "points",
    ),
    (
        &[
            "users level - - 2023 100.0万户",
            "households level - - 2023 200.0万户",
            "coverage level - - 2023 5.0%",
        ],
        "share/coverage/city/2023",
        "unit",
    ),
    (
        &[
            "users level - - 2023 100.0万户",
            "users level area=urban - 2023 70.0万户",
            "users level area=rural - 2023 3.0万户",
        ],
        "parts/users/city/2023",
        "unit",
    ),
    (
        &[
            "users level - - 2023 900.0万户",
            "households level - - 2023 200.0万户",
        ],
        "within/users/city/2023",
        "unit",
    ),
    (
        &["filed level - - 2022 560个", "filed level - - 2023 56个"],
        "fall/filed/city/2023",
        "unit",
    ),
    // What one table has under another year.
    (
        &[
            "users level - - 2022 81.0万户 - first",
            "users level - - 2023 92.0万户 - first",
            "users level - - 2023 81.0万户 - second",
        ],
        "conflict/users/city/2023",
        "year",
    ),
    (
        &[
            "revenue level - - 2023 50.0亿元 all first",
            "revenue level - - 2023 44.0亿元 all second",
            "revenue level - - 2023 44.0亿元 net first",
        ],
        "conflict/revenue/city/2023",
        "definition",
    ),
    (
        &[
            "score level - a 2023 90个",
            "score level - b 2023 80个",
            "score level - c 2023 70个",
            "score rank - c 2023 1",
        ],
        "rank/score/c/2023",
        "",
    ),
    // Growth over several years, as a whole or a year.
    (
        &[
            "sales level - - 2019 100.0亿元",
            "sales level - - 2023 180.0亿元",
            "sales growth span=2019-2023 - 2023 50.0%",
        ],
        "growth/sales[span=2019-2023]/city/2023",
        "",
    ),
];

#[test]
fn each_relation_finds_its_contradiction_and_what_would_explain_it() {
    let program = program();
    for (rows, id, hypothesis) in CASES {
        let audit = of_rows(&program, rows);
        let ids: Vec<&str> = audit.findings.iter().map(|one| one.id.as_str()).collect();
        let open: Vec<&str> = audit
            .findings
            .iter()
            .filter(|one| one.is_open())
            .map(|one| one.id.as_str())
            .collect();
        assert_eq!(open, [*id], "{rows:?}: {ids:?}");
        assert_eq!(audit.exit_status(), 1);
        let found = audit.findings.iter().find(|one| one.id == *id).unwrap();
        let kinds: Vec<&str> = found.hypotheses.iter().map(|one| one.kind.word()).collect();
        if !hypothesis.is_empty() {
            assert_eq!(kinds.first(), Some(hypothesis), "{id}: {kinds:?}");
        }
    }
}

#[test]
fn figures_that_fit_are_no_finding() {
    let program = program();
    let audit = of_rows(
        &program,
        &[
            "sales level - - 2021 100亿元",
            "sales level - - 2022 112亿元",
            "sales growth - - 2022 11.5%",
            // Four years of nine per cent each are 41 % together: either is meant.
            "revenue level - - 2019 100.0亿元",
            "revenue level - - 2023 141.2亿元",
            "revenue growth span=2019-2023 - 2023 9.0%",
            "users level - - 2023 120万户",
            "users level area=urban - 2023 70万户",
            "users level area=rural - 2023 51万户",
            "mix level area=urban - 2023 58%",
            "mix level area=rural - 2023 42%",
            "filed level - - 2022 超500个",
            "filed level - - 2023 500个",
            "score level - a 2023 90个",
            "score level - b 2023 90个",
            "score level - c 2023 70个",
            "score rank - a 2023 1",
            "score rank - b 2023 1",
            "score rank - c 2023 3",
        ],
    );
    let ids: Vec<&str> = audit.findings.iter().map(|one| one.id.as_str()).collect();
    assert!(ids.is_empty(), "{ids:?}");
    assert_eq!(audit.exit_status(), 0);
    let checked = |kind| {
        let mut all = audit.relations.iter();
        all.find(|one| one.kind == kind)
            .map_or(0, |one| one.checked)
    };
    assert_eq!(checked(FindingKind::Growth), 2);
    assert_eq!(checked(FindingKind::Share), 2);
    assert_eq!(checked(FindingKind::Parts), 2);
    assert_eq!(checked(FindingKind::Rank), 3);
}

#[test]
fn declared_breaks_explain_and_do_not_reach_a_check() {
    let program = program();
    let rows = [
        "sales level - - 2023 100.0亿元",
        "sales level - - 2024 90.0亿元",
        "sales growth - - 2024 8.0%",
        "output level - - 2023 100.0亿元",
        "output level - - 2024 115.0亿元",
        "output growth - - 2024 5.0%",
    ];
    let audit = of_rows(&program, &rows);
    let ids: Vec<&str> = audit.findings.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(
        ids,
        ["growth/sales[new]/city/2024", "growth/output/city/2024"]
    );
    assert!(audit.findings.iter().all(|one| one.explained.is_some()));
    assert_eq!(audit.exit_status(), 0);
    let submission = submission(&program, &rows);
    assert!(findings(&program, &submission, &Options::default()).is_empty());
}

#[test]
fn a_later_edition_explains_a_revision_and_no_slip() {
    let program = program();
    let of = |later: &str| {
        let rows = [
            "users level - - 2023 81.0万户 - bulletin 2024-02".to_owned(),
            format!("users level - - 2023 {later}万户 - bulletin 2025-02"),
        ];
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        of_rows(&program, &rows).findings[0].explained.is_some()
    };
    assert!(of("81.4"));
    assert!(!of("814.0"));
}

#[test]
fn an_acknowledgement_counts_for_its_figures_and_up_to_its_day() {
    let program = program();
    let rows = [
        "users level - - 2023 81.0万户 - first",
        "users level - - 2023 92.0万户 - second",
    ];
    let digest = of_rows(&program, &rows).findings[0].digest.clone();
    let file = |digest: &str| {
        format!(
            r#"{{"schema": "plumbrule-acknowledged-1", "acknowledged": [
                {{"id": "conflict/users/city/2023", "digest": "{digest}", "reason": "asked",
                  "author": "Li", "until": "2026"}},
                {{"id": "conflict/users/city/1999", "digest": "{digest}", "reason": "asked",
                  "author": "Li", "until": "2026"}}
            ]}}"#
        )
    };
    let day = |year| NaiveDate::from_ymd_opt(year, 12, 31).unwrap();
    let lapse = |rows: &[&str], year| {
        let known = acknowledgements(file(&digest).as_bytes()).unwrap();
        let mut audit = of_rows(&program, rows);
        assert_eq!(audit.acknowledge(&known, day(year)).len(), 1);
        let status = audit.exit_status();
        (audit.findings[0].acknowledged.as_ref().unwrap().1, status)
    };
    assert_eq!(lapse(&rows, 2026), (Lapse::None, 0));
    assert_eq!(lapse(&rows, 2027), (Lapse::Ended, 1));
    let changed = [rows[0], "users level - - 2023 93.0万户 - second"];
    assert_eq!(lapse(&changed, 2026), (Lapse::Changed, 1));
    for bad in [
        "",
        "[]",
        "{",
        "\u{0}",
        r#"{"schema": "x", "acknowledged": []}"#,
        r#"{"schema": "plumbrule-acknowledged-1", "acknowledged": [{"id": "a"}]}"#,
    ] {
        assert!(acknowledgements(bad.as_bytes()).is_err(), "{bad}");
    }
    let late = file(&digest).replace("2026", "some day");
    assert!(acknowledgements(late.as_bytes()).is_err());
}

#[test]
fn ids_and_hypotheses_do_not_hang_on_the_order_of_rows() {
    let program = program();
    for (rows, _, _) in CASES {
        let told = |rows: &[&str]| {
            let audit = of_rows(&program, rows);
            let told = audit.findings.iter().map(|one| {
                let said = one.said.render(Lang::En);
                (one.id.clone(), one.digest.clone(), said)
            });
            told.collect::<Vec<_>>()
        };
        let mut turned = rows.to_vec();
        turned.reverse();
        assert_eq!(told(rows), told(&turned));
    }
}

#[test]
fn bodies_that_make_up_a_whole_add_up_and_all_of_them_are_named() {
    let program = program();
    let rows = |last: &'static str| {
        vec![
            "staff level - city 2023 100人",
            "staff level - a 2023 70人",
            "staff level - b 2023 20人",
            last,
        ]
    };
    let found = |rows: &[&str]| of_rows(&program, rows).findings;
    assert!(found(&rows("staff level - c 2023 10人")).is_empty());
    let findings = found(&rows("staff level - c 2023 10000人"));
    assert_eq!(findings[0].id, "identity/staff/city/2023");
    let named = findings[0].figures.iter();
    let named: Vec<String> = named.map(|one| one.name.render(Lang::En)).collect();
    let bodies = ["a", "b", "c"].map(|body| format!("Staff [{}] (2023)", body.to_uppercase()));
    assert_eq!(named[0], "Staff (2023)");
    assert_eq!(named[1..], bodies);
    let told = findings[0].hypotheses.iter();
    let told: Vec<String> = told.map(|one| one.message.render(Lang::En)).collect();
    assert!(
        told.iter()
            .any(|one| one.contains("[C]") && one.contains("10^-3")),
        "{told:?}"
    );
    // Who has no figure may have any that its bounds allow, and no less.
    assert!(found(&["staff level - city 2023 100人", "staff level - a 2023 70人"]).is_empty());
    let findings = found(&[
        "staff level - city 2023 100人",
        "staff level - a 2023 170人",
    ]);
    assert_eq!(findings[0].id, "identity/staff/city/2023");
}

#[test]
fn a_finding_names_the_others_in_which_its_figures_stand() {
    let program = program();
    let audit = of_rows(
        &program,
        &[
            "sales level - - 2021 100亿元",
            "sales level - - 2022 150亿元",
            "sales level - - 2023 121亿元",
            "sales growth - - 2022 10%",
            "sales growth - - 2023 10%",
            "filed level - - 2022 9个",
            "filed level - - 2023 5个",
        ],
    );
    let also = |id: &str| -> Vec<(String, Vec<String>, usize)> {
        let finding = audit.findings.iter().find(|one| one.id == id).unwrap();
        let figures = finding.figures.iter().filter(|one| one.n_also > 0);
        let of = figures.map(|one| (one.name.render(Lang::En), one.also.clone(), one.n_also));
        of.collect()
    };
    let (first, second) = ("growth/sales/city/2022", "growth/sales/city/2023");
    let shared = |other: &str| vec![("Sales (2022)".to_owned(), vec![other.to_owned()], 1)];
    assert_eq!(also(first), shared(second));
    assert_eq!(also(second), shared(first));
    assert_eq!(also("fall/filed/city/2023"), []);
    // Each names the others and never itself.
    let mut rows = Vec::new();
    for n in 0..30 {
        rows.push(format!("users level - - {} {}万户", 1990 + n, 100 + n));
        rows.push(format!("users growth - - {} 77%", 1990 + n));
    }
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let many = of_rows(&program, &rows);
    for finding in &many.findings {
        let mut figures = finding.figures.iter();
        assert!(figures.any(|figure| !figure.also.is_empty()));
        for figure in &finding.figures {
            assert!(figure.also.len() <= figure.n_also && !figure.also.contains(&finding.id));
        }
    }
    assert!(many.findings.len() > 20);
}

/// A true value as somebody may print it: its number times `scale`, in words of one kind.
fn printed(value: i128, scale: i128, unit: &str, how: u8, decimals: u32) -> String {
    let step = 10i128.pow(decimals);
    let scaled = value * step;
    let (below, above) = (scaled.div_euclid(scale), -(-scaled).div_euclid(scale));
    let near = (2 * scaled + scale).div_euclid(2 * scale);
    let text = |number: i128| {
        let sign = if number < 0 { "-" } else { "" };
        let (whole, part) = (number.abs() / step, number.abs() % step);
        match decimals {
            0 => format!("{sign}{whole}"),
            _ => format!("{sign}{whole}.{part:0width$}", width = decimals as usize),
        }
    };
    match how {
        0 => format!("{}{unit}以上", text(below)),
        1 => format!("超{}{unit}", text(below - 1)),
        2 if above >= 0 => format!("近{}{unit}", text(above + 1)),
        3 => format!("约{}{unit}", text(near)),
        4 => format!("不超过{}{unit}", text(above)),
        _ => format!("{}{unit}", text(near)),
    }
}

/// How a figure is printed.
fn form() -> impl Strategy<Value = (u8, u32)> {
    (0u8..12, 0u32..4)
}

proptest! {
    #![proptest_config(crate::common::random(64))]

    /// Whatever is true can be printed in any words and to any digit: nothing contradicts.
    #[test]
    fn rounding_makes_no_contradiction(
        levels in proptest::collection::vec(1i128..3_000_000_000, 3),
        parts in (1i128..1_000_000_000, 1i128..1_000_000_000, 0i128..1_000_000_000),
        filed in proptest::collection::vec(0i128..50_000, 3),
        scores in proptest::collection::vec(0i128..1_000, 3),
        bodies in (0i128..5_000_000, 0i128..5_000_000, 0i128..5_000_000, 0usize..4),
        forms in proptest::collection::vec(form(), 60),
    ) {
        let program = program();
        let mut forms = forms.into_iter();
        let mut rows: Vec<String> = Vec::new();
        let mut row = |name: &str, period: i32, value: i128, scale: i128, unit: &str| {
            let (how, decimals) = forms.next().unwrap_or((9, 1));
            let value = printed(value, scale, unit, how, decimals);
            rows.push(format!("{name} {period} {value} - s{}", rows.len()));
        };
        for (n, pair) in levels.windows(2).enumerate() {
            let year = 2021 + n as i32;
            row("sales level - -", year, pair[0] * 10_000, 100_000_000, "亿元");
            row("sales level - -", year, pair[0] * 10_000, 10_000, "万元");
            row("sales change - -", year + 1, (pair[1] - pair[0]) * 10_000, 100_000_000, "亿元");
        }
        row("sales level - -", 2023, levels[2] * 10_000, 100_000_000, "亿元");
        let before = levels[0];
        let grown = before * 137;
        row("revenue level - -", 2021, before * 100, 10_000, "万元");
        row("revenue level - -", 2022, grown, 10_000, "万元");
        row("revenue growth - -", 2022, 37, 1, "%");
        row("revenue level - -", 2023, levels[1], 10_000, "万元");
        row("revenue growth - -", 2023, (levels[1] - grown) * 100, grown, "%");
        let (urban, rural, more) = parts;
        row("users level - -", 2023, urban + rural, 10_000, "万户");
        row("users level area=urban -", 2023, urban, 10_000, "万户");
        row("users level area=rural -", 2023, rural, 100_000_000, "亿户");
        row("households level - -", 2023, urban + rural + more, 10_000, "万户");
        row("mix level area=urban -", 2023, urban * 100, urban + rural, "%");
        row("mix level area=rural -", 2023, rural * 100, urban + rural, "%");
        let all = urban + rural + more;
        row("coverage level - -", 2023, (urban + rural) * 100, all, "%");
        // The year before: one part of two has a figure, and the share has moved by so many points.
        let (before_all, known) = (all + rural, urban - more % urban);
        row("users level - -", 2022, urban, 10_000, "万户");
        row("users level area=urban -", 2022, known, 10_000, "万户");
        row("households level - -", 2022, before_all, 10_000, "万户");
        row("coverage level - -", 2022, urban * 100, before_all, "%");
        let moved = (urban + rural) * before_all - urban * all;
        row("coverage change - -", 2023, moved * 100, all * before_all, "个百分点");
        // Growth over two years as a whole.
        let over = (levels[2] - levels[0]) * 100;
        row("sales growth span=2021-2023 -", 2023, over, levels[0], "%");
        row("sales growth span=2y -", 2023, over, levels[0], "%");
        // A whole and its bodies, of which one may have no figure.
        let (a, b, c, without) = bodies;
        row("staff level - city", 2023, a + b + c, 1, "人");
        for (n, value) in [a, b, c].into_iter().enumerate().filter(|(n, _)| *n != without) {
            let name = ["a", "b", "c"][n];
            row(&format!("staff level - {name}"), 2023, value, 10_000, "万人");
        }
        let mut filed = filed;
        filed.sort_unstable();
        for (n, value) in filed.iter().enumerate() {
            row("filed level - -", 2021 + n as i32, *value, 1, "个");
        }
        let mut ranks: Vec<String> = Vec::new();
        for (n, value) in scores.iter().enumerate() {
            let name = ["a", "b", "c"][n];
            row(&format!("score level - {name}"), 2023, *value, 1, "个");
            let rank = 1 + scores.iter().filter(|other| *other > value).count();
            ranks.push(format!("score rank - {name} 2023 {rank}"));
        }
        rows.extend(ranks);
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let audit = of_rows(&program, &rows);
        let wrong = audit.findings.iter().filter(|one| one.severity == Severity::Contradiction);
        let wrong: Vec<String> = wrong.map(|one| one.finding.message.render(Lang::En)).collect();
        prop_assert!(wrong.is_empty(), "{wrong:#?}\n{rows:#?}");
    }
}

#[test]
fn machine_output_fits_its_schema() {
    let text = std::fs::read_to_string(common::root("docs/schema/audit.json")).unwrap();
    let schema: serde_json::Value = serde_json::from_str(&text).unwrap();
    for arguments in [
        [
            "audit",
            "rules/nip-2021",
            "--figures",
            "fixtures/published",
            "--format",
            "json",
        ],
        [
            "audit",
            "examples/audit/pack.plumb",
            "--figures",
            "examples/audit/table.csv",
            "--format",
            "json",
        ],
    ] {
        let ran = common::run_in(&common::root("."), &arguments, &[]);
        let document: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        let problems = schema::problems(&schema, &document);
        assert!(problems.is_empty(), "{problems:#?}");
        assert!(!document["findings"].as_array().unwrap().is_empty());
    }
    let wrong = serde_json::json!({"schema": "plumbrule-audit-1", "findings": 1});
    assert!(!schema::problems(&schema, &wrong).is_empty());
}

#[test]
fn every_form_says_every_finding() {
    let place = common::root(".");
    let of = |form: &str, lang: &str| {
        let arguments = [
            "audit",
            "rules/nip-2021",
            "--figures",
            "fixtures/published",
            "--format",
            form,
            "--lang",
            lang,
        ];
        let ran = common::run_in(&place, &arguments, &[("COLUMNS", "400")]);
        assert_eq!(ran.status, 1, "{}", ran.err);
        ran.out
    };
    let json: serde_json::Value = serde_json::from_str(&of("json", "en")).unwrap();
    let findings = json["findings"].as_array().unwrap().clone();
    for form in ["human", "html", "csv", "markdown"] {
        for lang in ["zh", "en"] {
            let told = of(form, lang).replace('\\', "");
            for finding in &findings {
                let id = finding["id"].as_str().unwrap();
                assert!(told.contains(id), "{form} {lang}: {id}");
            }
        }
    }
}
