//! Batches of Arrow against tables of the same cells: every verdict, cause and outcome, whatever the types.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use plumbrule::bulk::Source;
use plumbrule::bulk::arrow::arrow_array::cast::AsArray;
use plumbrule::bulk::arrow::arrow_array::{
    Array, ArrayRef, DurationSecondArray, Float64Array, LargeBinaryArray, RecordBatch, StringArray,
};
use plumbrule::bulk::arrow::{Batches, Error, Evaluator, Options};
use plumbrule::eval;
use plumbrule::message::Lang;
use plumbrule::period::Period;
use plumbrule::program::Program;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::bulk::{by_columns, program};
use make::{DECIMALS, N_KINDS, array};

mod make;
mod values;

const PACK: &str = r#"
pack columns "Columns" { entity CN }
entity CN "China" { }
entity body "Bodies" { members open }
indicator a "A" { kind index bounds <= 100000 }
indicator b "B" { kind index }
indicator c "C" { kind index }
indicator yes "Yes" { kind yes-no }
indicator sort "Sort" { kind one of "X", "Y", "Z" }
indicator held "Held" { kind date }
target r.a "a" { for each body require a >= 2.5 }
target r.sum "sum" { for each body require a + b > c }
target r.part "part" { for each body require a / b between 0.3 and 2 when yes }
target r.sort "sort" { for each body require sort is "X" or yes }
target r.known "known" { for each body require c is present }
decision way "Way" { for each body
  outcome high "High"
  outcome low "Low"
  strongest first
  case sure: high when a > 100 and sort is "Y"
  otherwise low
}
"#;

/// What is said of a rule, a body and a period: verdict, causes, outcomes.
type Said = BTreeMap<[String; 3], [String; 3]>;

/// The texts of a column of words; empty where it is null.
pub(crate) fn words(batch: &RecordBatch, name: &str) -> Vec<String> {
    let Some(column) = batch.column_by_name(name) else {
        return vec![String::new(); batch.num_rows()];
    };
    if let Some(texts) = column.as_string_opt::<i32>() {
        return texts
            .iter()
            .map(|text| text.unwrap_or("").to_owned())
            .collect();
    }
    let column = column.as_any_dictionary();
    let known = column.values().as_string::<i32>();
    if known.is_empty() {
        return vec![String::new(); batch.num_rows()];
    }
    let keys = column.normalized_keys().into_iter().enumerate();
    keys.map(|(row, key)| match column.is_valid(row) {
        true => known.value(key).to_owned(),
        false => String::new(),
    })
    .collect()
}

fn said(evaluator: &Evaluator, batch: &RecordBatch) -> Result<Said, Error> {
    let verdicts = evaluator.evaluate(batch)?;
    assert_eq!(verdicts.num_rows(), batch.num_rows());
    Ok(read(evaluator, &verdicts))
}

/// What a batch of verdicts says.
fn read(evaluator: &Evaluator, verdicts: &RecordBatch) -> Said {
    assert_eq!(verdicts.schema(), evaluator.schema());
    let (entities, periods) = (words(verdicts, "entity"), words(verdicts, "period"));
    let mut said = Said::new();
    let schema = verdicts.schema();
    for field in schema.fields() {
        if field
            .metadata()
            .get("plumbrule.content")
            .map(String::as_str)
            != Some("verdict")
        {
            continue;
        }
        let rule = field.name();
        let own = words(verdicts, rule);
        let causes = words(verdicts, &format!("{rule}:cause"));
        let outcomes = words(verdicts, &format!("{rule}:outcome"));
        for row in 0..verdicts.num_rows() {
            if own[row].is_empty() {
                continue;
            }
            let about = [rule.clone(), entities[row].clone(), periods[row].clone()];
            let what = [own[row].clone(), causes[row].clone(), outcomes[row].clone()];
            assert!(said.insert(about, what).is_none(), "judged twice");
        }
    }
    said
}

fn of_csv(program: &Program, text: &str) -> Said {
    let options = eval::Options::default();
    let (said, _) = by_columns(program, "rows.csv", text.as_bytes(), &options, 1).unwrap();
    worded(program, &said)
}

/// The same in words.
fn worded(program: &Program, said: &crate::bulk::Said) -> Said {
    let rule = |id: &str| {
        let mut rules = program.model.rules.values();
        rules.find(|rule| rule.id == id).unwrap()
    };
    let all = said.iter();
    all.map(|((id, entity, period), (verdict, causes, outcomes))| {
        let causes: Vec<&str> = causes.iter().map(|cause| cause.word()).collect();
        let decision = rule(id).decision.as_ref();
        let outcomes: Vec<&str> = outcomes
            .iter()
            .map(|at| decision.unwrap().outcomes[usize::from(at)].id.as_str())
            .collect();
        let what = [
            verdict.word().to_owned(),
            causes.join(";"),
            outcomes.join(";"),
        ];
        ([id.clone(), entity.clone(), period.to_string()], what)
    })
    .collect()
}

/// Holds what is said of a table against what is said of the same cells as texts in a batch, and in several
/// batches that are taken together.
pub(crate) fn hold(
    program: &Program,
    table: &str,
    options: &eval::Options,
    expected: &crate::bulk::Said,
) {
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.flexible(true).from_reader(table.as_bytes());
    let header = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let column = |at: usize| -> ArrayRef {
        let cells = rows.iter().map(|row| row.get(at).unwrap_or_default());
        Arc::new(StringArray::from_iter_values(cells))
    };
    let columns = header.iter().enumerate();
    let columns: Vec<(&str, ArrayRef)> = columns.map(|(at, name)| (name, column(at))).collect();
    let all = of(&columns);
    let asked = Options::default().clocks(options.clone());
    let evaluator = Evaluator::new(Arc::new(program.clone()), asked.causes().outcomes()).unwrap();
    let found = read(&evaluator, &evaluator.evaluate(&all).unwrap());
    assert_eq!(found, worded(program, expected), "{table}");
    let half = rows.len() / 2;
    let parts = [all.slice(0, half), all.slice(half, rows.len() - half)];
    let together = evaluator.evaluate_together(&parts).unwrap().verdicts;
    assert_eq!(read(&evaluator, &together), found, "{table}");
}

/// The pack, compiled once.
static PROGRAM: LazyLock<Arc<Program>> = LazyLock::new(|| Arc::new(program(PACK)));

fn evaluator(options: Options) -> Evaluator {
    Evaluator::new(Arc::clone(&PROGRAM), options.causes().outcomes()).unwrap()
}

const HEADER: [&str; 7] = ["entity", "year", "a", "b", "c", "yes", "sort"];

fn cell() -> impl Strategy<Value = String> {
    let odd = [
        "123456789012345678",
        "0.00000000000000000001",
        "9007199254740993",
        "4503599627370497",
        "0.30000000000000004",
        "超2.5",
        "约1",
        "abc",
        "1,000",
        "２.5",
        "inf",
        "NaN",
    ];
    prop_oneof![
        6 => prop::sample::select(vec!["0", "1", "2.5", "0.3", "100", "-4", "33.33", "2.499999"])
            .prop_map(str::to_owned),
        4 => (0i32..5000).prop_map(|n| format!("{}.{}", n / 10, n % 10)),
        4 => (-5i32..120).prop_map(|n| n.to_string()),
        1 => prop::sample::select(odd.to_vec()).prop_map(str::to_owned),
        2 => Just(String::new()),
    ]
}

/// Columns of figures, as they come or all of one kind, so that types fit.
fn figures(n: usize) -> impl Strategy<Value = Vec<String>> {
    prop_oneof![
        2 => vec(cell(), n),
        2 => vec((-5i32..120).prop_map(|n| n.to_string()), n),
        2 => vec((0i32..5000).prop_map(|n| format!("{}.{}", n / 10, n % 10)), n),
        1 => vec(prop::sample::select(vec!["", "7", "9007199254740993"]).prop_map(str::to_owned), n),
        1 => Just(vec![String::new(); n]),
    ]
}

type Columns = Vec<Vec<String>>;

fn columns() -> impl Strategy<Value = (Columns, Vec<usize>, usize)> {
    (1usize..30).prop_flat_map(|n| {
        let text =
            |words: Vec<&'static str>| vec(prop::sample::select(words).prop_map(str::to_owned), n);
        let years = text(vec!["2022", "2023", "2024"]);
        let yes = prop_oneof![
            text(vec!["true", "false", ""]),
            text(vec!["是", "no", "1", ""])
        ];
        let sort = text(vec!["X", "Y", "z", "", "U", " "]);
        let columns = (0..6, years, figures(n), figures(n), figures(n), yes, sort).prop_map(
            move |(style, years, a, b, c, yes, sort)| {
                let names = (0..n).map(|at| match style {
                    0 => format!("body {at}"),
                    1 => format!("E{at:07}"),
                    2 => format!("E{:09}", n - at),
                    3 => format!("b{at}"),
                    4 => format!("the-name-of-a-body-{at}"),
                    _ => format!("企业{at}"),
                });
                let names = names.collect();
                vec![names, years, a, b, c, yes, sort]
            },
        );
        (columns, vec(0..N_KINDS, 7), 0usize..4)
    })
}

fn csv(columns: &Columns) -> String {
    let mut text = HEADER.join(",") + "\n";
    for row in 0..columns[0].len() {
        let cells: Vec<String> = columns
            .iter()
            .map(|column| format!("\"{}\"", column[row]))
            .collect();
        text += &(cells.join(",") + "\n");
    }
    text
}

/// The columns as a batch that begins and ends within others.
fn batch(columns: &Columns, kinds: &[usize], around: usize) -> RecordBatch {
    let arrays = columns
        .iter()
        .zip(kinds)
        .zip(HEADER)
        .map(|((column, kind), name)| {
            let outer = column.iter().cycle().take(around);
            let cells: Vec<Option<&str>> = outer
                .clone()
                .chain(column)
                .chain(outer)
                .map(|text| (!text.is_empty()).then_some(text.as_str()))
                .collect();
            // `2022.000` is no year.
            let is_figure = matches!(name, "a" | "b" | "c");
            let kind = if is_figure { *kind } else { *kind % DECIMALS };
            (name, array(kind, &cells))
        });
    let batch =
        RecordBatch::try_from_iter_with_nullable(arrays.map(|(name, array)| (name, array, true)));
    batch.unwrap().slice(around, columns[0].len())
}

proptest! {
    #![proptest_config(crate::common::random(48))]

    // One evaluator for all of them: what a batch leaves to the next changes nothing that is said.
    #[test]
    fn a_batch_says_what_a_table_of_the_same_cells_says((columns, kinds, around) in columns()) {
        static EVALUATOR: LazyLock<Evaluator> = LazyLock::new(|| evaluator(Options::default()));
        let evaluator = &*EVALUATOR;
        let text = csv(&columns);
        let batch = batch(&columns, &kinds, around);
        let found = said(evaluator, &batch).unwrap();
        let types: Vec<String> = batch.columns().iter().map(|it| it.data_type().to_string()).collect();
        prop_assert_eq!(found, of_csv(evaluator.program(), &text), "{}\n{:?}", text, types);
    }
}

/// A large table, so that it has several blocks and parts.
fn large(n: usize) -> (Columns, RecordBatch) {
    let column = |f: &dyn Fn(usize) -> String| -> Vec<String> { (0..n).map(f).collect() };
    let number = |n: usize, by: usize| match n * by % 11 {
        0 => String::new(),
        _ => format!("{}.{}", n * by % 97, n % 10),
    };
    let columns = vec![
        column(&|n| format!("body {n:07}")),
        column(&|_| "2024".to_owned()),
        column(&|n| number(n, 7)),
        column(&|n| number(n, 13)),
        column(&|n| number(n, 29)),
        column(&|n| ["true", "false", ""][n % 3].to_owned()),
        column(&|n| ["X", "Y", "Z", ""][n % 4].to_owned()),
    ];
    let batch = batch(&columns, &[12, 4, 0, 19, 11, 15, 13], 1);
    (columns, batch)
}

#[test]
fn many_threads_share_one_evaluator() {
    let (columns, batch) = large(9_000);
    let alone = evaluator(Options::default());
    let expected = of_csv(alone.program(), &csv(&columns));
    let shared = evaluator(Options::default().threads(2));
    std::thread::scope(|scope| {
        for evaluator in [&alone, &shared, &shared] {
            let (batch, expected) = (&batch, &expected);
            scope.spawn(move || assert!(said(evaluator, batch).unwrap() == *expected));
        }
    });
    // Slices side by side are the whole.
    let mut parts = said(&alone, &batch.slice(0, 4_321)).unwrap();
    parts.extend(said(&alone, &batch.slice(4_321, 9_000 - 4_321)).unwrap());
    assert!(parts == expected);
}

#[test]
fn the_verdicts_of_a_batch_are_counted() {
    let (_, batch) = large(100);
    let evaluation = evaluator(Options::default())
        .evaluate_in_full(&batch)
        .unwrap();
    assert_eq!(evaluation.tally.n_rows, 100);
    assert_eq!(evaluation.n_problems, 0);
    let words = words(&evaluation.verdicts, "r.a");
    let n_fails = words.iter().filter(|word| *word == "fail").count() as u64;
    assert!(n_fails > 0);
    assert_eq!(evaluation.tally.rules[0].verdicts[0], n_fails);
}

fn texts(cells: &[&str]) -> ArrayRef {
    Arc::new(StringArray::from(cells.to_vec()))
}

fn of(columns: &[(&str, ArrayRef)]) -> RecordBatch {
    let columns = columns
        .iter()
        .map(|(name, array)| (*name, Arc::clone(array), true));
    RecordBatch::try_from_iter_with_nullable(columns).unwrap()
}

#[test]
fn the_columns_are_known_before_and_stay_in_order() {
    let evaluator = evaluator(Options::default().rules(["r.sort", "way", "r.a", "r.a"]));
    let schema = evaluator.schema();
    let names: Vec<String> = schema
        .fields()
        .iter()
        .map(|field| format!("{} {}", field.name(), field.data_type()))
        .collect();
    let word = |key: &str| format!("Dictionary({key}, Utf8)");
    assert_eq!(
        names,
        [
            "entity Utf8".to_owned(),
            format!("period {}", word("Int32")),
            format!("r.sort {}", word("Int8")),
            format!("r.sort:cause {}", word("Int32")),
            format!("way {}", word("Int8")),
            format!("way:cause {}", word("Int32")),
            format!("way:outcome {}", word("Int32")),
            format!("r.a {}", word("Int8")),
            format!("r.a:cause {}", word("Int32")),
        ]
    );
    let (_, batch) = large(5);
    let none = evaluator.evaluate(&batch.slice(2, 0)).unwrap();
    assert_eq!((none.num_rows(), none.schema()), (0, schema));
    let verdicts = evaluator.evaluate(&batch).unwrap();
    let known = verdicts.column(2).as_any_dictionary().values();
    let known: Vec<&str> = known.as_string::<i32>().iter().flatten().collect();
    assert_eq!(
        known,
        plumbrule::verdict::Verdict::ALL.map(|verdict| verdict.word())
    );
}

#[test]
fn rows_that_cannot_be_judged_stay_in_their_place() {
    let batch = of(&[
        ("entity", texts(&["X", "Y", "Z"])),
        ("year", texts(&["2024", "some day", "2023"])),
        ("a", Arc::new(Float64Array::from(vec![3.0, 3.0, 3.0]))),
    ]);
    let evaluation = evaluator(Options::default())
        .evaluate_in_full(&batch)
        .unwrap();
    assert_eq!(words(&evaluation.verdicts, "entity"), ["X", "Y", "Z"]);
    assert_eq!(words(&evaluation.verdicts, "period"), ["2024", "", "2023"]);
    assert_eq!(words(&evaluation.verdicts, "r.a"), ["pass", "", "pass"]);
    let lines: Vec<usize> = evaluation
        .problems
        .iter()
        .map(|problem| problem.line)
        .collect();
    assert_eq!((lines, evaluation.n_problems), (vec![3], 1));
    // A first row without figures is about somebody as well.
    let blank = of(&[
        ("entity", texts(&["X", "Y"])),
        ("year", texts(&["2024", "2024"])),
        ("a", Arc::new(Float64Array::from(vec![None, Some(3.0)]))),
    ]);
    for (batch, expected) in [
        (blank.slice(0, 2), &["undetermined", "pass"][..]),
        (blank.slice(0, 1), &["undetermined"]),
    ] {
        let verdicts = evaluator(Options::default()).evaluate(&batch).unwrap();
        assert_eq!(words(&verdicts, "r.a"), expected);
    }
    // Only rows of the period that is asked for.
    let asked = eval::Options {
        period: Some(Period::Year(2023)),
        ..eval::Options::default()
    };
    let one = evaluator(Options::default().clocks(asked))
        .evaluate(&batch)
        .unwrap();
    assert_eq!(words(&one, "r.a"), ["", "", "pass"]);
}

#[test]
fn rows_are_judged_with_other_rows_of_the_batch() {
    let whole = PACK.replace("require a >= 2.5", "require a >= a@2023");
    let whole = Evaluator::new(Arc::new(program(&whole)), Options::default()).unwrap();
    let rows = |names: &[&str], years: &[&str], a: Vec<f64>| {
        let a: ArrayRef = Arc::new(Float64Array::from(a));
        of(&[("entity", texts(names)), ("year", texts(years)), ("a", a)])
    };
    let years = ["2024", "2024", "2023", "2023"];
    let all = rows(&["X", "Y", "Y", "X"], &years, vec![3.0, 2.0, 2.1, 3.0]);
    let verdicts = whole.evaluate(&all).unwrap();
    let own = ["pass", "fail", "pass", "pass"];
    assert_eq!(words(&verdicts, "r.a"), own);
    // Alone a part does not see the other.
    let parts = [all.slice(0, 2), all.slice(2, 2)];
    let alone = whole.evaluate(&parts[0]).unwrap();
    assert_eq!(words(&alone, "r.a"), ["undetermined"; 2]);
    let together = whole.evaluate_together(&parts).unwrap();
    assert_eq!(words(&together.verdicts, "r.a"), own);
    // Of several rows about one body and period the first has the verdict.
    let twice = rows(&["X", "X", "Z"], &["2024"; 3], vec![3.0, 3.0, 1.0]);
    let evaluation = evaluator(Options::default())
        .evaluate_in_full(&twice)
        .unwrap();
    assert_eq!(words(&evaluation.verdicts, "r.a"), ["pass", "", "fail"]);
    assert_eq!((evaluation.tally.n_rows, evaluation.tally.n_joined), (2, 1));
}

#[test]
fn a_body_of_the_pack_without_a_row_stands_behind_the_rows() {
    let pack =
        crate::bulk_bodies::pack_of_many(&[("", "sum of alpha over region >= 10".to_owned())]);
    let evaluator = Evaluator::new(Arc::new(program(&pack)), Options::default()).unwrap();
    let alpha: ArrayRef = Arc::new(Float64Array::from(vec![6.0, 4.5]));
    let years = texts(&["2024", "2024"]);
    let names = texts(&["coast", "plain"]);
    let batch = of(&[("entity", names), ("year", years), ("alpha", alpha)]);
    let verdicts = evaluator.evaluate(&batch).unwrap();
    assert_eq!(words(&verdicts, "entity"), ["coast", "plain", "CN"]);
    assert_eq!(words(&verdicts, "many.0"), ["", "", "pass"]);
}

#[test]
fn what_cannot_be_judged_as_columns_says_why() {
    let names = || texts(&["X", "X"]);
    let years = || texts(&["2024", "2024"]);
    let numbers = || Arc::new(Float64Array::from(vec![3.0, 3.0])) as ArrayRef;
    let all = evaluator(Options::default());
    let fails = |batch: &RecordBatch| {
        let error = all.evaluate(batch).unwrap_err();
        assert_eq!(error.to_string(), error.message().render(Lang::En));
        assert_ne!(error.to_string(), error.message().render(Lang::Zh));
        error
    };
    assert!(matches!(
        fails(&of(&[("entity", names()), ("a", numbers())])),
        Error::Whole(_)
    ));

    let spans: ArrayRef = Arc::new(DurationSecondArray::from(vec![1, 2]));
    let batch = |name| {
        let columns = [
            ("entity", texts(&["X", "Y"])),
            ("year", years()),
            (name, Arc::clone(&spans)),
        ];
        of(&[&columns[..], &[("b", numbers())]].concat())
    };
    let said = fails(&batch("a")).to_string();
    assert!(
        said.contains("`a`") && said.contains("Duration(s)"),
        "{said}"
    );
    // Nobody asks for what has no name that is known.
    assert_eq!(
        all.evaluate(&batch("remark that nobody knows"))
            .unwrap()
            .num_rows(),
        2
    );

    let bytes: ArrayRef = Arc::new(LargeBinaryArray::from(vec![&b"X"[..], &[0xFF]]));
    let bytes = of(&[
        ("entity", texts(&["X", "Y"])),
        ("year", years()),
        ("sort", bytes),
    ]);
    let said = fails(&bytes).to_string();
    assert!(
        said.starts_with("row 2:") && said.contains("`sort`"),
        "{said}"
    );

    let long = "7".repeat(65_537);
    let long = |name| {
        of(&[
            ("entity", texts(&["X", "Y"])),
            ("year", years()),
            ("a", numbers()),
            (name, texts(&["7", &long])),
        ])
    };
    let said = fails(&long("sort")).to_string();
    assert!(said.starts_with("row 2: cell of 65537 bytes"), "{said}");
    assert!(all.evaluate(&long("remark that nobody knows")).is_ok());

    let one = of(&[("entity", names()), ("year", years()), ("a", numbers())]).slice(0, 1);
    let unknown = Evaluator::new(Arc::clone(&PROGRAM), Options::default().rules(["nope"]));
    assert_eq!(unknown.unwrap_err(), Error::UnknownRule("nope".to_owned()));
    assert_eq!(
        Batches::new(&[one.clone(), one.project(&[0]).unwrap()]).unwrap_err(),
        Error::Schemas(1)
    );
    assert_eq!(Batches::new(&[one.clone(), one]).unwrap().n_rows(), Some(2));
}
