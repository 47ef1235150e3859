//! What is proved of rules, held against trying values one by one: what is said never to happen happens
//! for no value that was tried, and every example is so. Then two packs on the command line.

use std::collections::BTreeMap;
use std::path::Path;

use eval_cases::{Amount, Condition, conditions};
use plumbrule::Sources;
use plumbrule::program::Program;
use plumbrule::prove::{
    Doubt, Example, FindingKind, Ground, PackComparison, Relation, State, compare_packs, together,
};
use plumbrule::verdict::Verdict;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{common, eval_cases, schema};

/// Values of the four figures that random rules use: a few of each, in all combinations.
fn grid() -> Vec<eval_cases::Values> {
    let some = [-7i64, -1, 0, 1, 2, 3, 5, 8, 30];
    let mut all: Vec<eval_cases::Values> = vec![Vec::new()];
    for key in 0..eval_cases::KEYS.len() {
        let own = some.iter().filter(|value| (**value + key as i64) % 3 != 1);
        let own: Vec<i64> = own.copied().collect();
        let more = |before: &eval_cases::Values| {
            let with = |value: &i64| {
                let mut next = before.clone();
                next.push(Some(eval_cases::Number::from_integer((*value).into())));
                next
            };
            own.iter().map(with).collect::<Vec<_>>()
        };
        all = all.iter().flat_map(more).collect();
    }
    all
}

/// The values of an example, in the order of the keys of random rules. A growth stands in it only
/// where no level does, and is told as levels that grow so.
fn values(example: &Example) -> eval_cases::Values {
    let year = example.setting.period.year();
    let mut values: eval_cases::Values = vec![None; eval_cases::KEYS.len()];
    for figure in &example.figures {
        let period: i32 = figure.cells[6].parse().unwrap();
        if figure.cells[2] == "growth" {
            assert!(values[0].is_none() && values[3].is_none() && figure.cells[8] == "%");
            let one = decimal("1");
            values[0] = Some(one.clone() + decimal(&figure.cells[7]) / decimal("100"));
            values[3] = Some(one);
            continue;
        }
        assert_eq!(figure.cells[2], "");
        let place = match (figure.cells[0].as_str(), period == year) {
            ("x", true) => 0,
            ("x", false) => 3,
            ("y", true) => 1,
            ("z", true) => 2,
            other => panic!("{other:?}"),
        };
        assert!(values[place].is_none(), "{example:?}");
        values[place] = Some(decimal(&figure.cells[7]));
    }
    values
}

fn decimal(text: &str) -> eval_cases::Number {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits: num_bigint::BigInt = format!("{whole}{part}").parse().unwrap();
    let power = num_bigint::BigInt::from(10).pow(u32::try_from(part.len()).unwrap());
    eval_cases::Number::new(digits, power)
}

fn state(truth: eval_cases::Truth) -> State {
    State::Verdict(match truth {
        Some(true) => Verdict::Pass,
        Some(false) => Verdict::Fail,
        None => Verdict::Undetermined,
    })
}

fn id(program: &Program, rule: plumbrule::model::RuleId) -> &str {
    &program.model.rules[rule].id
}

/// It is not known which of two amounts it is, and with neither is the rule met.
#[test]
fn an_amount_of_two_is_at_the_most_the_greater_one() {
    let figure = |key: usize| Box::new(Amount::Figure(key));
    let grows = Condition::Compare(">", Amount::Figure(3), Amount::Figure(3));
    let either = Amount::If(Box::new(grows), Box::new(Amount::Money(8)), figure(0));
    let least = Amount::Least(Box::new(either), figure(1));
    let rule = Condition::Compare(">", Amount::Figure(2), least);
    let zero = || Some(decimal("0"));
    let values = vec![zero(), zero(), zero(), None];
    assert_eq!(rule.holds(&values), Some(false), "{rule}");
    let met = Condition::Compare(">=", Amount::Figure(0), Amount::Figure(0));
    let programs = [&met, &rule].map(|rule| {
        let dated = eval_cases::condition(&format!("{rule} by 2025"));
        eval_cases::program(&[dated])
    });
    let found = compare_packs(&programs[0], &programs[1]);
    assert!(found.paired[0].doubts.is_empty(), "{rule}");
    assert!(!found.paired[0].differences.is_empty(), "{rule}");
}

proptest! {
    #![proptest_config(crate::common::random(6))]

    /// Examples differ by an evaluator that knows nothing of proofs, and what is proved of all
    /// figures holds for those that are tried.
    #[test]
    fn two_rules_stand_to_each_other_as_is_said(rules in conditions()) {
        let [one, other] = [&rules[0], &rules[1]];
        // Without a year it would be asked in 2000, whose growth is not over `x@2024`.
        let programs = [one, other].map(|rule| {
            let dated = eval_cases::condition(&format!("{rule} by 2025"));
            eval_cases::program(&[dated])
        });
        let found = compare_packs(&programs[0], &programs[1]);
        let pair = &found.paired[0];
        for difference in &pair.differences {
            let values = values(&difference.example);
            let told = [one, other].map(|rule| state(rule.holds(&values)));
            let said = [difference.was.clone(), difference.now.clone()];
            prop_assert_eq!(told, said, "{} {} {:?}", one, other, values);
        }
        prop_assert!(!pair.doubts.contains(&Doubt::Evaluation), "{} {}", one, other);
        for values in grid() {
            let [was, now] = [one, other].map(|rule| state(rule.holds(&values)));
            let is_so = match pair.relation {
                Relation::Equivalent => was == now,
                Relation::Stricter => !was.fails() || now.fails(),
                Relation::Looser => was.fails() || !now.fails(),
                Relation::SameFailures => was.fails() == now.fails(),
                Relation::Different | Relation::Unknown => true,
            };
            prop_assert!(is_so, "{:?} {} {} {:?}", pair.relation, one, other, values);
        }
        let same = compare_packs(&programs[0], &programs[0]);
        prop_assert_eq!(same.relation(), Relation::Equivalent);
    }

    /// What no figures meet is met by none that are tried; what is said to follow does.
    #[test]
    fn rules_of_one_pack_stand_to_each_other_as_is_said(rules in conditions()) {
        let program = eval_cases::program(&rules);
        let holds = |rule: plumbrule::model::RuleId, values: &eval_cases::Values| {
            match id(&program, rule).strip_prefix('r') {
                Some(n) => rules[n.parse::<usize>().unwrap()].holds(values),
                None => values[0].as_ref().map(|x| *x <= decimal("5")),
            }
        };
        let grid = grid();
        for finding in together(&program).findings {
            let grounds: Vec<_> = finding
                .grounds
                .iter()
                .filter_map(|ground| match ground {
                    Ground::Rule(rule) => Some(*rule),
                    _ => None,
                })
                .collect();
            for values in &grid {
                let own = holds(finding.rule, values);
                let are_met = grounds.iter().all(|rule| holds(*rule, values) == Some(true));
                let are_kept = grounds.iter().all(|rule| holds(*rule, values) != Some(false));
                let is_so = match finding.kind {
                    FindingKind::NeverMet => own != Some(true),
                    FindingKind::NeverApplies => false,
                    FindingKind::Clash => !are_met || own != Some(true),
                    FindingKind::Implied => !are_kept || own != Some(false),
                };
                prop_assert!(is_so, "{:?} {:?} {:?}", finding, rules, values);
            }
        }
    }
}

/// A condition over a yes-or-no, one of three words, and a number.
#[derive(Debug, Clone)]
enum Plain {
    Yes,
    Word(usize),
    AtLeast(i64),
    Not(Box<Plain>),
    And(Box<Plain>, Box<Plain>),
    Or(Box<Plain>, Box<Plain>),
    Two(Vec<Plain>),
}

const PLAIN_WORDS: [&str; 3] = ["red", "green", "blue"];

impl Plain {
    fn text(&self) -> String {
        match self {
            Plain::Yes => "c".to_owned(),
            Plain::Word(n) => format!("k is \"{}\"", PLAIN_WORDS[*n]),
            Plain::AtLeast(n) => format!("a >= {n}"),
            Plain::Not(one) => format!("not ({})", one.text()),
            Plain::And(a, b) => format!("({} and {})", a.text(), b.text()),
            Plain::Or(a, b) => format!("({} or {})", a.text(), b.text()),
            Plain::Two(all) => {
                let all: Vec<String> = all.iter().map(Plain::text).collect();
                format!("at least 2 of ({})", all.join(", "))
            }
        }
    }

    fn holds(&self, at: (bool, usize, i64)) -> bool {
        match self {
            Plain::Yes => at.0,
            Plain::Word(n) => at.1 == *n,
            Plain::AtLeast(n) => at.2 >= *n,
            Plain::Not(one) => !one.holds(at),
            Plain::And(a, b) => a.holds(at) && b.holds(at),
            Plain::Or(a, b) => a.holds(at) || b.holds(at),
            Plain::Two(all) => all.iter().filter(|one| one.holds(at)).count() >= 2,
        }
    }
}

fn plain() -> impl Strategy<Value = Plain> {
    let leaf = prop_oneof![
        Just(Plain::Yes),
        (0..3usize).prop_map(Plain::Word),
        (0..5i64).prop_map(Plain::AtLeast),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        let both = (
            inner.clone().prop_map(Box::new),
            inner.clone().prop_map(Box::new),
        );
        prop_oneof![
            inner.clone().prop_map(|one| Plain::Not(Box::new(one))),
            both.clone().prop_map(|(a, b)| Plain::And(a, b)),
            both.prop_map(|(a, b)| Plain::Or(a, b)),
            proptest::collection::vec(inner, 3).prop_map(Plain::Two),
        ]
    })
}

fn compiled(text: &str) -> Program {
    let mut sources = Sources::with_std();
    sources.add("pack.plumb", text);
    plumbrule::compile(&sources).unwrap_or_else(|problems| panic!("{text}\n{problems:#?}"))
}

const PLAIN: &str = r#"
pack p "P" { entity e }
entity e "E" { }
indicator c "C" { kind yes-no }
indicator k "K" { kind one of "red", "green", "blue" }
indicator a "A" { kind index bounds between 0 and 6 }
"#;

proptest! {
    #![proptest_config(crate::common::random(10))]

    /// Facts have few values, so that all of them can be tried: what is known is known both ways.
    #[test]
    fn facts_are_looked_through_whole(one in plain(), other in plain()) {
        let programs = [&one, &other].map(|rule| {
            compiled(&format!("{PLAIN}target t \"T\" {{ require {} by 2025 }}", rule.text()))
        });
        let found = compare_packs(&programs[0], &programs[1]);
        let (mut stricter, mut looser) = (false, false);
        for yes in [false, true] {
            for word in 0..3 {
                // Every limit is whole, so that whole numbers show all there is.
                for number in 0..=6 {
                    let at = (yes, word, number);
                    stricter |= one.holds(at) && !other.holds(at);
                    looser |= !one.holds(at) && other.holds(at);
                }
            }
        }
        let wanted = match (stricter, looser) {
            (false, false) => Relation::Equivalent,
            (true, false) => Relation::Stricter,
            (false, true) => Relation::Looser,
            (true, true) => Relation::Different,
        };
        prop_assert_eq!(found.relation(), wanted, "{} {}", one.text(), other.text());
    }
}

/// Rules over figures, as they were and as they are, and how they stand to each other.
const PAIRS: [(&str, &str, Relation); 18] = [
    ("a >= 5", "5 <= a", Relation::Equivalent),
    ("a >= 5", "a > 5", Relation::Stricter),
    ("a >= 0", "a >= -1", Relation::Equivalent),
    (
        "a + b >= 5 and b <= 1",
        "a >= 4 and b <= 1",
        Relation::Looser,
    ),
    ("a / b >= 2", "a >= 2 * b and b > 0", Relation::Stricter),
    (
        "a / b >= 2",
        "a / b > 2 or a is 2 * b and b > 0",
        Relation::Equivalent,
    ),
    ("max(a, b) <= 7", "a <= 7 and b <= 7", Relation::Equivalent),
    ("min(a, b) <= 7", "a <= 7", Relation::Stricter),
    (
        "abs(a - b) <= 1",
        "a - b <= 1 and b - a <= 1",
        Relation::Equivalent,
    ),
    (
        "(if a >= 5 then b else 2 * b) >= 4",
        "b >= 4 or a < 5 and b >= 2",
        Relation::Equivalent,
    ),
    (
        "a * (b / c) >= 4点",
        "a * (b / c) >= 4点",
        Relation::Equivalent,
    ),
    (
        "a * (b / c) >= 4点",
        "a * (b / c) >= 5点",
        Relation::Unknown,
    ),
    (
        "a * (b / c) >= 4点 and a >= 3",
        "a * (b / c) >= 4点 and a + a >= 6",
        Relation::Equivalent,
    ),
    ("a >= 5", "a >= 5 and b <= 3 or a >= 6", Relation::Stricter),
    // What is taken times nothing has to be there all the same.
    ("a >= 5", "a + 0 * b >= 6", Relation::Stricter),
    ("a + b >= 5", "a + b - b >= 5", Relation::Stricter),
    ("a >= 5 and c - c <= 0", "a >= 4", Relation::Looser),
    // A growth and its levels cannot say different things in one example.
    (
        "growth(a) >= 30%",
        "a / a@2024 >= 1.3",
        Relation::Equivalent,
    ),
];

#[test]
fn pairs_of_rules_stand_to_each_other_as_arithmetic_says() {
    let head = r#"
pack p "P" { entity e }
entity e "E" { }
indicator a "A" { kind index bounds >= 0 }
indicator b "B" { kind index bounds >= 0 }
indicator c "C" { kind index bounds >= 0 }
"#;
    for (was, now, wanted) in PAIRS {
        let [old, new] = [was, now].map(|goal| {
            compiled(&format!(
                "{head}target t \"T\" {{ require {goal} by 2025 }}"
            ))
        });
        let found = compare_packs(&old, &new);
        let pair = &found.paired[0];
        assert_eq!(pair.relation, wanted, "{was} / {now}: {pair:#?}");
        assert_eq!(
            pair.doubts.is_empty(),
            wanted != Relation::Unknown,
            "{was} / {now}"
        );
        assert_eq!(
            pair.differences.is_empty(),
            wanted == Relation::Equivalent || wanted == Relation::Unknown
        );
    }
}

/// Packs that differ beside the goal: what is told of the rule `t`.
fn told(old: &str, new: &str) -> (PackComparison, Vec<&'static str>) {
    let found = compare_packs(&compiled(old), &compiled(new));
    let doubts = found.paired.iter().flat_map(|pair| &pair.doubts);
    let doubts = doubts.map(|doubt| doubt.word()).collect();
    (found, doubts)
}

#[test]
fn what_packs_declare_otherwise_is_no_silent_assumption() {
    let pack = |indicator: &str, rule: &str| {
        format!(
            "pack p \"P\" {{ entity e }}\nentity e \"E\" {{ }}\nentity shop \"S\" {{ members open }}\nindicator a \"A\" {{ {indicator} }}\ntarget t \"T\" {{ {rule} }}"
        )
    };
    let goal = "require a >= 5户 by 2025";
    let homes = "kind stock unit 户";
    let word = |found: &PackComparison| found.changed[0].part.word();
    let plain = pack(homes, goal);
    let (found, doubts) = told(&plain, &pack("kind flow unit 户", goal));
    assert_eq!((word(&found), doubts), ("kind", vec!["other-indicator"]));
    let (found, doubts) = told(
        &plain,
        &pack("kind stock unit 人", "require a >= 5人 by 2025"),
    );
    assert_eq!((word(&found), doubts), ("unit", vec!["other-indicator"]));
    // Ten thousand of the same is the same.
    let (found, doubts) = told(&plain, &pack("kind stock unit 万户", goal));
    assert_eq!((found.relation(), doubts), (Relation::Equivalent, vec![]));
    let one = pack(
        "kind stock unit 户 definition d default \"Counted once\"",
        goal,
    );
    let (found, doubts) = told(&one, &one.replace("once", "twice"));
    assert_eq!(
        (word(&found), doubts),
        ("definition", vec!["other-indicator"])
    );
    // Bounds only narrow what is asked.
    let (found, doubts) = told(&plain, &pack("kind stock unit 户 bounds >= 0户", goal));
    assert_eq!((word(&found), doubts), ("bounds", vec![]));
    assert_eq!(found.relation(), Relation::Equivalent);
    let (_, doubts) = told(&plain, &pack(homes, &format!("for each shop {goal}")));
    assert_eq!(doubts, ["other-scope"]);
    let (found, _) = told(&plain, &plain.replace("target t", "target u"));
    assert_eq!(
        (found.paired.len(), found.gone.len(), found.arisen.len()),
        (0, 1, 1)
    );
    // A year later is another question, and what is only wished cannot fail.
    let (found, _) = told(&plain, &plain.replace("by 2025", "by 2026"));
    assert_eq!(found.relation(), Relation::Different);
    let (found, _) = told(&plain, &plain.replace("by 2025", "by 2025 modality should"));
    assert_eq!(found.relation(), Relation::Looser);
}

fn run(arguments: &[&str]) -> common::Ran {
    common::run_in(Path::new(&common::root("")), arguments, &[])
}

/// A pack of the house with one text replaced, in a folder of its own.
fn edited(pack: &str, name: &str, from: &str, to: &str) -> std::path::PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("prove")
        .join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let mut n_changed = 0;
    for path in common::files(pack, &[".plumb"]) {
        let text = std::fs::read_to_string(common::root(&path)).unwrap();
        let new = text.replacen(from, to, 1);
        n_changed += usize::from(new != text);
        let file = Path::new(&path).file_name().unwrap();
        std::fs::write(folder.join(file), new).unwrap();
    }
    assert_eq!(n_changed, 1);
    folder
}

/// What `check` says of a rule for the figures of a table.
fn checked(pack: &str, table: &Path, rule: &str, clocks: &Value) -> String {
    let [period, in_force] = ["period", "in_force"].map(|word| clocks[word].as_str().unwrap());
    let table = table.to_str().unwrap();
    let ran = run(&[
        "check",
        pack,
        "--figures",
        table,
        "--period",
        period,
        "--in-force",
        in_force,
        "--format",
        "json",
    ]);
    let document: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err));
    let rows = document["rows"].as_array().unwrap();
    let row = rows.iter().find(|row| row["rule"] == rule);
    let row = row.unwrap_or_else(|| panic!("no row of {rule}"));
    match row["verdict"].as_str().unwrap() {
        "decided" => row["outcomes"][0].as_str().unwrap_or("?").to_owned(),
        verdict => verdict.to_owned(),
    }
}

#[test]
fn examples_are_read_back_by_check_and_show_the_difference() {
    let text = std::fs::read_to_string(common::root("docs/schema/compare.json")).unwrap();
    let known: Value = serde_json::from_str(&text).unwrap();
    let limit = edited("rules/nip-2021", "nip", "不低于 56%", "不低于 57%");
    let law = edited(
        "rules/data-export",
        "export",
        "sensitive_exported >= 1万人",
        "sensitive_exported >= 2万人",
    );
    // What a decision presumes of figures that are missing is not looked into, and said.
    for (pack, new, relation, least, doubts) in [
        ("rules/nip-2021", &limit, "stricter", 1, json!([])),
        (
            "rules/data-export",
            &law,
            "different",
            4,
            json!(["presence"]),
        ),
    ] {
        let new = new.to_str().unwrap();
        let folder = Path::new(new).join("examples");
        let ran = run(&[
            "compare",
            pack,
            new,
            "--format",
            "json",
            "--examples",
            folder.to_str().unwrap(),
        ]);
        assert_eq!(ran.status, 1, "{}", ran.err);
        let document: Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(schema::problems(&known, &document), [""; 0]);
        assert_eq!(document["comparison"]["relation"], relation);
        let mut tables: Vec<_> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|file| file.unwrap().path())
            .collect();
        tables.sort();
        let mut n_told = 0;
        for rule in document["comparison"]["rules"].as_array().unwrap() {
            if rule["relation"] != "equivalent" {
                assert_eq!(rule["doubts"], doubts, "{rule}");
            }
            for difference in rule["differences"].as_array().unwrap() {
                let id = rule["rule"].as_str().unwrap();
                let word = |state: &Value| {
                    let state: BTreeMap<String, String> =
                        serde_json::from_value(state.clone()).unwrap();
                    state.into_values().next().unwrap()
                };
                let table = &tables[n_told];
                assert_eq!(
                    std::fs::read_to_string(table).unwrap(),
                    difference["new_table"].as_str().unwrap()
                );
                for (pack, state) in [(pack, "was"), (new, "now")] {
                    let said = checked(pack, table, id, &difference["clocks"]);
                    assert_eq!(
                        said,
                        word(&difference[state]),
                        "{} {state}",
                        table.display()
                    );
                }
                n_told += 1;
            }
        }
        assert_eq!(n_told, tables.len());
        assert!(n_told >= least, "{n_told}");
    }
    assert!(!schema::problems(&known, &json!({ "schema": "x" })).is_empty());
}

#[test]
fn a_pack_is_equivalent_to_itself_and_its_laws_join() {
    let same = run(&[
        "compare",
        "rules/data-export",
        "rules/data-export",
        "--lang",
        "en",
    ]);
    assert_eq!(same.status, 0, "{}", same.err);
    assert!(
        same.out.contains("all together: equivalent\n"),
        "{}",
        same.out
    );
    // What rests on scores of all provinces is not looked into, and said.
    let years = run(&[
        "compare",
        "rules/evaluation-2023",
        "rules/evaluation-2024",
        "--lang",
        "en",
    ]);
    assert!(
        years
            .out
            .contains("it rests on what is said of many bodies at once"),
        "{}",
        years.out
    );
    let text = std::fs::read_to_string(common::root("docs/schema/compare.json")).unwrap();
    let known: Value = serde_json::from_str(&text).unwrap();
    let ran = run(&["compare", "rules/data-export", "--format", "json"]);
    let document: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(schema::problems(&known, &document), [""; 0]);
    let joins = document["joins"].as_array().unwrap();
    let day = joins
        .iter()
        .find(|join| join["day"] == "2024-03-22" && join["rule"] == "export_route");
    let ways = day.unwrap()["differences"].as_array().unwrap();
    let is_eased = |way: &&Value| {
        way["was"]["outcome"] == "security_assessment" && way["now"]["outcome"] == "exempt"
    };
    let eased = ways.iter().find(is_eased).unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("prove");
    std::fs::create_dir_all(&folder).unwrap();
    let table = folder.join("eased.csv");
    std::fs::write(&table, eased["new_table"].as_str().unwrap()).unwrap();
    for (in_force, wanted) in [
        ("2024-03-21", "security_assessment"),
        ("2024-03-22", "exempt"),
    ] {
        let clocks = json!({ "period": "2024", "in_force": in_force });
        assert_eq!(
            checked("rules/data-export", &table, "export_route", &clocks),
            wanted
        );
    }
}

/// A pack of a few lines, written for the command line.
fn written(name: &str, text: &str) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("prove");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(format!("{name}.plumb"));
    std::fs::write(&file, text).unwrap();
    file.to_str().unwrap().to_owned()
}

const LAWS: &str = r#"
pack p "P" { entity e }
entity e "E" { }
instrument one "One" { in force since 2020-01-01 until 2023-12-31 }
instrument two "Two" { in force since 2022-07-01 }
indicator a "A" { kind index bounds >= 0 }
indicator b "B" { kind index }
indicator signed "Signed" { kind date }
indicator filed "Filed" { kind date }
"#;

#[test]
fn status_zero_says_that_nothing_is_known_to_differ() {
    let goal = "target t \"T\" { require a >= 5 by 2025 }";
    let plain = format!("{LAWS}{goal}");
    let present = "target t \"T\" { require a >= 5 and b is present by 2025 absence may pass }";
    let swapped = "target t \"T\" { require b is present and a >= 5 by 2025 absence may pass }";
    let is_summed = "kind index identity = b + b";
    for (name, old, new, status, words) in [
        ("same", plain.clone(), plain.clone(), 0, "equivalent"),
        (
            "turned",
            plain.clone(),
            plain.replace("a >= 5", "5 <= a"),
            0,
            "known exactly",
        ),
        // Only its bounds: a figure of -1 is a finding of the one pack and none of the other.
        (
            "bounds",
            plain.clone(),
            plain.replace("bounds >= 0", "bounds >= -5"),
            1,
            "declared otherwise: `a`, bounds",
        ),
        (
            "identity",
            plain.clone(),
            plain.replacen("kind index", is_summed, 1),
            1,
            "declared otherwise: `a`, identities",
        ),
        (
            "presence",
            format!("{LAWS}{present}"),
            plain.clone(),
            3,
            "whether a figure is there",
        ),
        (
            "same-presence",
            format!("{LAWS}{present}"),
            format!("{LAWS}{present}"),
            0,
            "equivalent",
        ),
        // Turned round it may be the same; that is not looked into.
        (
            "turned-presence",
            format!("{LAWS}{present}"),
            format!("{LAWS}{swapped}"),
            3,
            "whether a figure is there",
        ),
        (
            "gone",
            plain.clone(),
            LAWS.to_owned() + "target u \"U\" { require a >= 5 by 2025 }",
            1,
            "only in the old pack: t",
        ),
    ] {
        let files = [("old", old), ("new", new)]
            .map(|(side, text)| written(&format!("{name}-{side}"), &text));
        let ran = run(&["compare", &files[0], &files[1], "--lang", "en"]);
        assert_eq!(ran.status, status, "{name}: {} {}", ran.out, ran.err);
        let said = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(words), "{name}: {said}");
    }
}

#[test]
fn other_due_days_and_other_laws_are_looked_into() {
    for (old, new, wanted) in [
        (
            "require filed by signed + 10 days",
            "require filed by signed + 15 days",
            Relation::Looser,
        ),
        (
            "require a >= 5 by signed + 10 days",
            "require a >= 5 by signed + 5 days",
            Relation::Stricter,
        ),
        (
            "under one require a >= 5 by 2025",
            "under two require a >= 5 by 2025",
            Relation::Stricter,
        ),
        (
            "under two require a >= 5",
            "under one require a >= 5",
            Relation::Different,
        ),
    ] {
        let rule = |text: &str| format!("{LAWS}target t \"T\" {{ {text} }}");
        let (found, doubts) = told(&rule(old), &rule(new));
        assert_eq!(
            (found.relation(), doubts),
            (wanted, vec![]),
            "{old} / {new}"
        );
    }
}

#[test]
fn days_on_which_a_rule_begins_or_ends_are_told() {
    let rules = r#"
target t "T" { under one require a >= 5 }
target u "U" { under two require a >= 5 }
target always "Always" { require a >= 5 }
"#;
    let file = written("begins", &format!("{LAWS}{rules}"));
    let ran = run(&["compare", &file, "--lang", "en"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let wanted = "`t` T: applies from 2020-01-01 on, and did not before\n\n\
        `t` T: applies no more from 2024-01-01 on\n\n\
        `u` U: applies from 2022-07-01 on, and did not before\n\n\
        days on which answers change: 3; ways in which they do: 0\n";
    assert_eq!(ran.out, wanted);
    let text = std::fs::read_to_string(common::root("docs/schema/compare.json")).unwrap();
    let known: Value = serde_json::from_str(&text).unwrap();
    let ran = run(&["compare", &file, "--format", "json"]);
    let document: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(schema::problems(&known, &document), [""; 0]);
    let turns = document["joins"].as_array().unwrap().iter();
    let turns: Vec<&str> = turns.map(|join| join["turn"].as_str().unwrap()).collect();
    assert_eq!(turns, ["begins", "ends", "begins"]);
}
