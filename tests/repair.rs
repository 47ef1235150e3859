//! Repairs: the fewest figures that must be wrong are found, no smaller set would do, and what is
//! proposed mends what it says; the smallest joint changes turn answers and nothing smaller does.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
#![expect(
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use crate::{common, schema};
use plumbrule::Sources;
use plumbrule::audit::{Audit, Repairs, Severity, audit, repairs};
use plumbrule::eval::{Options, evaluate};
use plumbrule::explain::{NodeKind, explain};
use plumbrule::figures::{Limits, Submission};
use plumbrule::message::Lang;
use plumbrule::program::Program;
use plumbrule::verdict::Verdict;
use proptest::prelude::*;

const PACK: &str = r#"
pack city "City" { entity city }
entity city "The city" {}
indicator a "A" { kind flow unit 个 identity = b + c }
indicator b "B" { kind flow unit 个 }
indicator c "C" { kind flow unit 个 }
indicator d "D" { kind flow unit 个 identity = b + e }
indicator e "E" { kind flow unit 个 }
indicator share "Share" { kind share unit % bounds between 0% and 100% share of small in large }
indicator small "Small" { kind stock unit 元 bounds at least 0元 }
indicator large "Large" { kind stock unit 亿元 bounds at least 0元 }
indicator sales "Sales" { kind flow unit 亿元 bounds at least 0元 }
indicator place "Place" { kind quantity unit 个 direction higher is better }
"#;

fn compiled(text: &str) -> Program {
    let mut sources = Sources::with_std();
    sources.add("pack.plumb", text);
    plumbrule::compile(&sources).unwrap()
}

/// Figures of rows of which each is `indicator measure period value`.
fn read(program: &Program, rows: &[String]) -> Submission {
    let mut table = "indicator,measure,period,value\n".to_owned();
    for row in rows {
        let cells: Vec<&str> = row.split_whitespace().collect();
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

fn mended(program: &Program, submission: &Submission) -> (Audit, Repairs) {
    let options = Options::default();
    let found = audit(program, submission, &options);
    let mended = repairs(program, submission, &options, &found);
    (found, mended)
}

fn of(rows: &[&str]) -> (Audit, Repairs) {
    let program = compiled(PACK);
    let rows: Vec<String> = rows.iter().map(|row| (*row).to_owned()).collect();
    mended(&program, &read(&program, &rows))
}

/// Every set as the names of its figures with their values in their unit.
fn told(repairs: &Repairs) -> Vec<Vec<String>> {
    let sets = repairs.groups.iter().flat_map(|group| &group.sets);
    let one = |figure: &plumbrule::audit::Repaired| {
        let value = figure.value.checked_div(&figure.unit.factor).unwrap();
        format!("{} {value}", figure.name.render(Lang::En))
    };
    let mut all: Vec<Vec<String>> = sets
        .map(|set| set.figures.iter().map(one).collect())
        .collect();
    all.sort();
    all
}

#[test]
fn one_figure_explains_what_two_identities_contradict() {
    // b is in both; 40 for 30.
    let rows = [
        "a level 2024 50个",
        "b level 2024 40个",
        "c level 2024 20个",
    ];
    let more = ["d level 2024 70个", "e level 2024 40个"];
    let (found, mended) = of(&[&rows[..], &more[..]].concat());
    assert_eq!(found.findings.len(), 2);
    assert_eq!(mended.groups.len(), 1);
    let group = &mended.groups[0];
    assert_eq!(
        (group.fewest.clone(), group.findings.as_slice()),
        (Ok(1), &[0, 1][..])
    );
    assert_eq!((group.n_figures, group.n_relations), (5, 2));
    assert_eq!(told(&mended), [["B (2024) 31"]]);
    // a - c and d - e, each within a half and a half.
    let range = group.sets[0].figures[0].range.as_ref().unwrap();
    assert_eq!(range.to_string(), "[29, 31]");
}

#[test]
fn one_figure_may_be_below_zero_where_no_bounds_are_declared() {
    let ac = ["a level 2024 47个", "c level 2024 93个"];
    let with = |b, d| of(&[&ac[..], &[b, d, "e level 2024 77个"]].concat());
    // a - c lies in [-47, -45] and d - e in [-45, -43]: they touch in one value.
    let (_, mended) = with("b level 2024 10个", "d level 2024 33个");
    assert_eq!(mended.groups[0].fewest, Ok(1));
    assert_eq!(told(&mended), [["B (2024) -45"]]);
    let (after, _) = with("b level 2024 -45个", "d level 2024 33个");
    assert!(after.findings.is_empty(), "{:?}", after.findings);
    // One further apart, and no single figure does.
    let (_, mended) = with("b level 2024 10个", "d level 2024 34个");
    assert_eq!(mended.groups[0].fewest, Ok(2));
}

#[test]
fn a_growth_that_is_free_follows_from_its_levels() {
    let rows = ["sales level 2023 100亿元", "sales level 2024 130亿元"];
    let (_, mended) = of(&[&rows[..], &["sales growth 2024 10.0%"]].concat());
    let expected = [
        ["Sales (2023) 118"],
        ["Sales (2024) 110"],
        ["Sales [growth] (2024) 28.9"],
    ];
    let told = told(&mended);
    assert_eq!(told, expected, "{told:?}");
}

#[test]
fn what_several_claims_say_is_one_figure_where_they_agree() {
    let rows = [
        "a level 2024 50个",
        "a level 2024 70个",
        "b level 2024 30个",
    ];
    let (_, mended) = of(&[&rows[..], &["c level 2024 20个"]].concat());
    // 50 is what the identity says, so that 70 alone is wrong.
    assert_eq!(told(&mended), [["A (2024) 50"]]);
    assert_eq!(mended.groups[0].fewest, Ok(1));
}

#[test]
fn figures_of_every_size_stand_in_one_relation() {
    // A share of 0.0002 % of 10^12 yuan, where its part is printed a thousand times too large.
    let rows = [
        "share level 2024 0.0002%",
        "small level 2024 2000000000元",
        "large level 2024 10000.0亿元",
    ];
    let (found, mended) = of(&rows);
    assert_eq!(found.findings.len(), 1, "{:?}", found.findings);
    let sets = told(&mended);
    assert_eq!(mended.groups[0].fewest, Ok(1), "{mended:#?}");
    let names: Vec<&str> = sets.iter().map(|set| &set[0][..5]).collect();
    assert_eq!(names, ["Large", "Share", "Small"], "{sets:?}");
}

#[test]
fn nothing_is_said_of_figures_that_agree() {
    let (found, mended) = of(&[
        "a level 2024 50个",
        "b level 2024 30个",
        "c level 2024 20个",
    ]);
    assert!(found.findings.is_empty());
    assert!(mended.groups.is_empty());
}

#[test]
fn the_published_figures() {
    let ran = common::run_in(
        &common::root("."),
        &[
            "audit",
            "rules/statistics",
            "--figures",
            "fixtures/published",
            "--repair",
        ],
        &[("COLUMNS", "110")],
    );
    let at = ran.out.find("figures that must be wrong").unwrap();
    insta::assert_snapshot!(&ran.out[at..]);
}

#[test]
fn the_published_figures_in_chinese() {
    let arguments = [
        "audit",
        "rules/nip-2021",
        "--figures",
        "fixtures/published",
        "--repair",
    ];
    let ran = common::run_in(
        &common::root("."),
        &[&arguments[..], &["--lang", "zh"]].concat(),
        &[("COLUMNS", "110")],
    );
    let at = ran.out.find("至少有误的数据").unwrap();
    insta::assert_snapshot!(&ran.out[at..]);
}

#[test]
fn every_form_says_every_group() {
    let of = |form: &str, lang: &str| {
        let place = common::root("examples/audit");
        let arguments = ["audit", "pack.plumb", "--figures", "table.csv", "--repair"];
        let more = ["--format", form, "--lang", lang];
        common::run_in(&place, &[&arguments[..], &more[..]].concat(), &[]).out
    };
    let text = std::fs::read_to_string(common::root("docs/schema/audit.json")).unwrap();
    let known: serde_json::Value = serde_json::from_str(&text).unwrap();
    let document: serde_json::Value = serde_json::from_str(&of("json", "en")).unwrap();
    let problems = schema::problems(&known, &document);
    assert!(problems.is_empty(), "{problems:#?}");
    let groups = document["repairs"].as_array().unwrap();
    assert!(!groups.is_empty());
    for form in ["human", "html", "markdown"] {
        let fewest = [
            ("zh", "至少有误：", "未能查明"),
            ("en", "wrong at the fewest:", "was not found out"),
        ];
        for (lang, word, refused) in fewest {
            let said = of(form, lang);
            let n = said.matches(word).count() + said.matches(refused).count();
            assert!(n >= groups.len(), "{form} {lang}: {n}");
        }
    }
}

/// The values of a, b, c, d, e that hold, one of which is printed otherwise.
fn seeded() -> impl Strategy<Value = ([i64; 5], usize, i64)> {
    (10i64..90, 10i64..90, 10i64..90, 0usize..5, 3i64..40)
        .prop_map(|(b, c, e, wrong, off)| ([b + c, b, c, b + e, e], wrong, off))
}

const NAMES: [&str; 5] = ["a", "b", "c", "d", "e"];

fn rows_of(values: &[String; 5]) -> Vec<String> {
    let rows = NAMES.iter().zip(values);
    rows.map(|(name, value)| format!("{name} level 2024 {value}个"))
        .collect()
}

/// Whether values within a half of what is printed hold, those in `free` being anything, below zero
/// too, as no bounds are declared: b has to be what is printed of it, a - c, and d - e, as far as
/// these are believed. In halves.
fn can_hold(printed: &[i64; 5], free: &[usize]) -> bool {
    let [a, b, c, d, e] = [0, 1, 2, 3, 4].map(|n: usize| {
        let at = 2 * printed[n];
        (!free.contains(&n)).then_some((at - 1, at + 1))
    });
    let minus = |whole: Option<(i64, i64)>, part: Option<(i64, i64)>| {
        let (whole, part) = (whole?, part?);
        Some((whole.0 - part.1, whole.1 - part.0))
    };
    let all = [b, minus(a, c), minus(d, e)];
    let least = all.iter().flatten().map(|(least, _)| *least).max();
    let most = all.iter().flatten().map(|(_, most)| *most).min();
    least.zip(most).is_none_or(|(least, most)| least <= most)
}

proptest! {
    #![proptest_config(crate::common::random(48))]

    #[test]
    fn a_seeded_mistake_is_among_the_smallest_sets((mut values, wrong, off) in seeded()) {
        values[wrong] += off;
        let program = compiled(PACK);
        let texts = values.map(|value| value.to_string());
        let submission = read(&program, &rows_of(&texts));
        let (found, mended) = mended(&program, &submission);
        prop_assert!(!found.findings.is_empty());
        prop_assert_eq!(mended.groups.len(), 1);
        let group = &mended.groups[0];
        prop_assert_eq!(&group.fewest, &Ok(1));
        let name = NAMES[wrong].to_uppercase();
        prop_assert!(told(&mended).iter().any(|set| set[0].starts_with(&name)), "{mended:#?}");
    }

    #[test]
    fn a_proposal_put_in_place_mends_and_nothing_smaller_does(
        values in prop::array::uniform5(10i64..100),
    ) {
        put_in_place(values)?;
    }

    #[test]
    fn a_joint_change_turns_the_answer_and_nothing_smaller_does(
        a in 10i64..90, b in 10i64..90, limit in 20i64..180, is_least in any::<bool>(),
    ) {
        turns_together((a, b), limit, is_least)?;
    }
}

/// What random cases found once.
#[test]
fn proposals_and_joint_changes_that_were_wrong_once() {
    for values in [[10; 5], [47, 10, 93, 33, 77]] {
        put_in_place(values).unwrap();
    }
    turns_together((10, 10), 20, false).unwrap();
    turns_together((50, 35), 52, false).unwrap();
}

/// Whether the smallest sets that are told for these figures mend them, and no smaller one would.
fn put_in_place(values: [i64; 5]) -> Result<(), TestCaseError> {
    let program = compiled(PACK);
    let texts = values.map(|value| value.to_string());
    let submission = read(&program, &rows_of(&texts));
    let (found, mended) = mended(&program, &submission);
    let contradicts = |found: &Audit| {
        found
            .findings
            .iter()
            .any(|one| one.severity == Severity::Contradiction)
    };
    prop_assert_eq!(contradicts(&found), !can_hold_each(&values));
    let fewest: usize = mended
        .groups
        .iter()
        .map(|group| *group.fewest.as_ref().unwrap())
        .sum();
    // By hand: the size of the smallest set under which values hold.
    let by_hand = (0u32..32)
        .filter(|set| {
            let free: Vec<usize> = (0..5).filter(|n| set >> n & 1 == 1).collect();
            can_hold(&values, &free)
        })
        .map(u32::count_ones)
        .min()
        .unwrap();
    if contradicts(&found) {
        prop_assert_eq!(fewest, by_hand as usize);
    }
    for group in &mended.groups {
        prop_assert!(!group.sets.is_empty());
        for set in &group.sets {
            prop_assert_eq!(Ok(set.figures.len()), group.fewest.clone());
            let mut texts = texts.clone();
            for figure in &set.figures {
                let claim = &submission.claims[figure.claims[0]];
                let id = &program.model.indicators[claim.figure.indicator].id;
                let n = NAMES.iter().position(|name| name == id).unwrap();
                texts[n] = figure.value.to_string();
                prop_assert!(figure.range.as_ref().unwrap().contains(&figure.value));
            }
            let (after, _) = mended_of(&program, &texts);
            prop_assert!(!contradicts(&after), "{texts:?}");
        }
    }
    Ok(())
}

/// Whether the joint change that is told of a sum turns the answer, and half a step less does not.
fn turns_together((a, b): (i64, i64), limit: i64, is_least: bool) -> Result<(), TestCaseError> {
    let op = if is_least { "at least" } else { "<" };
    let pack = format!(
        "pack p \"P\" {{ entity city }}\nentity city \"City\" {{}}\n\
         indicator a \"A\" {{ kind flow unit 个 }}\nindicator b \"B\" {{ kind flow unit 个 }}\n\
         target p.1 \"Both\" {{ require a + b {op} {limit}个 by 2024 }}\n"
    );
    let program = compiled(&pack);
    let holds = |sum: i64| if is_least { sum >= limit } else { sum < limit };
    let rows = [format!("a level 2024 {a}个"), format!("b level 2024 {b}个")];
    let said = joint(&program, &rows);
    prop_assert_eq!(verdict(&program, &rows), verdict_of(holds(a + b)));
    // Where nothing is missing a touch of one figure is enough.
    // How far the sum is from where it turns: half of that, in whole steps, is what each moves by.
    let missing = match holds(a + b) {
        true if is_least => a + b - limit + 1,
        true => limit - a - b,
        false if is_least => limit - a - b,
        false => a + b - limit + 1,
    };
    let Some(said) = said else {
        prop_assert_eq!(missing, 1);
        return Ok(());
    };
    let less = (missing + 1) / 2 - 1;
    let half = match less {
        0 => "no change is smaller".to_owned(),
        _ => format!("moves by more than {less} in its last printed digit"),
    };
    prop_assert!(said.contains(&half), "{said} {half}");
    let outcome = if holds(a + b) {
        "would not be met"
    } else {
        "would be met"
    };
    prop_assert!(said.contains(outcome), "{}", said);
    // What is told turns it.
    let value = |name: &str, printed: i64| {
        let told = said.split_once(&format!("{name} (2024): "));
        told.map_or(printed.to_string(), |(_, rest)| {
            rest.split(' ').next().unwrap().to_owned()
        })
    };
    let rows = [
        format!("a level 2024 {}个", value("A", a)),
        format!("b level 2024 {}个", value("B", b)),
    ];
    prop_assert_eq!(
        verdict(&program, &rows),
        verdict_of(!holds(a + b)),
        "{}",
        said
    );
    Ok(())
}

/// Whether each identity can hold on its own.
fn can_hold_each(values: &[i64; 5]) -> bool {
    let near = |whole: i64, one: i64, two: i64| (2 * (whole - one - two)).abs() <= 3;
    near(values[0], values[1], values[2]) && near(values[3], values[1], values[4])
}

fn mended_of(program: &Program, texts: &[String; 5]) -> (Audit, Repairs) {
    mended(program, &read(program, &rows_of(texts)))
}

fn verdict_of(holds: bool) -> Verdict {
    if holds { Verdict::Pass } else { Verdict::Fail }
}

fn verdict(program: &Program, rows: &[String]) -> Verdict {
    let submission = read(program, rows);
    evaluate(program, &submission, &Options::default()).rows[0].verdict
}

/// What is said of the smallest joint change of the first rule.
fn joint(program: &Program, rows: &[String]) -> Option<String> {
    let submission = read(program, rows);
    let options = Options::default();
    let row = evaluate(program, &submission, &options).rows[0];
    let explanation = explain(program, &submission, &options, row.rule, row.entity);
    let mut nodes = explanation.nodes.iter();
    let node =
        nodes.find(|node| node.kind == NodeKind::Flip && node.address.ends_with("/joint"))?;
    let said = std::iter::once(node).chain(&node.children);
    let said: Vec<String> = said.map(|node| node.message.render(Lang::En)).collect();
    Some(said.join("\n"))
}

/// A goal, figures, and the end of what is said of changes together.
const JOINT: &[(&str, &[&str], &str)] = &[
    // Ten steps of A are one, one step of B is one: the same count of each. 40.0 + 5k/10 ...
    (
        "a + b at least 110个",
        &["a level 2024 40.0个", "b level 2024 48个"],
        "moves by more than 19 in",
    ),
    // A ratio, multiplied out: 60 + k against half of 130 - k.
    (
        "a / b at least 50%",
        &["a level 2024 60个", "b level 2024 132个"],
        "moves by more than 3 in",
    ),
    // Both have to be met.
    (
        "a at least 50个 and b at least 50个",
        &["a level 2024 40个", "b level 2024 47个"],
        "moves by more than 9 in",
    ),
    // Both are met by one, and both have to fail.
    (
        "a at least 50个 or b at least 50个",
        &["a level 2024 60个", "b level 2024 54个"],
        "moves by more than 10 in",
    ),
    // The larger is to fall below: both do.
    (
        "max(a, b) at least 50个",
        &["a level 2024 60个", "b level 2024 54个"],
        "moves by more than 10 in",
    ),
    (
        "a * b at least 5000个",
        &["a level 2024 40个", "b level 2024 44个"],
        "was not analysed: a condition is not made of sums, ratios or roots of them",
    ),
];

#[test]
fn joint_changes_of_goals_of_every_form() {
    let units = "kind quantity unit 个";
    for (goal, rows, end) in JOINT {
        let pack = format!(
            "pack p \"P\" {{ entity city }}\nentity city \"City\" {{}}\n\
             indicator a \"A\" {{ {units} }}\nindicator b \"B\" {{ {units} }}\n\
             target p.1 \"Goal\" {{ require {goal} by 2024 }}\n"
        );
        let pack = match goal.contains('*') {
            true => pack.replace("a * b", "a * (b / 1个)"),
            false => pack,
        };
        let program = compiled(&pack);
        let rows: Vec<String> = rows.iter().map(|row| (*row).to_owned()).collect();
        let said = joint(&program, &rows).unwrap();
        assert!(said.contains(end), "{goal}: {said}");
    }
    // What one figure does alone is told of that figure.
    let pack = "pack p \"P\" { entity city }\nentity city \"City\" {}\n\
         indicator a \"A\" { kind flow unit 个 }\nindicator b \"B\" { kind flow unit 个 }\n\
         target p.1 \"Goal\" { require a at least 50个 or b at least 50个 by 2024 }\n";
    let rows = [
        "a level 2024 40个".to_owned(),
        "b level 2024 47个".to_owned(),
    ];
    assert_eq!(joint(&compiled(pack), &rows), None);
}

#[test]
fn a_figure_that_bends_a_goal_turns_it_where_it_does() {
    let pack = "pack p \"P\" { entity city }\nentity city \"City\" {}\n\
         indicator a \"A\" { kind flow unit 个 }\nindicator b \"B\" { kind flow unit 个 }\n\
         target p.1 \"Goal\" { require a + max(a, b) at least 100个 by 2024 }\n";
    let program = compiled(pack);
    let rows = [
        "a level 2024 30个".to_owned(),
        "b level 2024 40个".to_owned(),
    ];
    let submission = read(&program, &rows);
    let options = Options::default();
    let row = evaluate(&program, &submission, &options).rows[0];
    let explanation = explain(&program, &submission, &options, row.rule, row.entity);
    let flips = explanation
        .nodes
        .iter()
        .filter(|it| it.kind == NodeKind::Flip);
    let said: Vec<String> = flips.map(|it| it.message.render(Lang::En)).collect();
    // Beyond 40 the larger is A itself, and 50 is enough.
    assert!(said[0].contains("at least 50"), "{said:#?}");
    assert!(said[1].contains("at least 70"), "{said:#?}");
}
