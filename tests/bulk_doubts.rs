//! Tables that columns once read otherwise than the reader of one submission does, each with what was wrong.

use std::sync::Arc;

use plumbrule::bulk::arrow::arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray};
use plumbrule::bulk::arrow::{Evaluator, Options};
use plumbrule::bulk::{Stop, WhyWhole};
use plumbrule::eval;
use plumbrule::figures::{FigureProblem, Limits, Submission};
use plumbrule::period::Period;
use plumbrule::program::Program;
use plumbrule::verdict::{Cause, Causes, Verdict};

use crate::bulk::{Said, by_columns, by_rows, program};

fn pack(indicators: &str) -> String {
    format!(
        "pack n \"N\" {{ entity CN }}\nentity CN \"China\" {{ }}\nentity firm \"Firms\" {{ members open }}\n\
         {indicators}"
    )
}

/// What columns say, which is what one submission says, on one thread and on two.
fn held(program: &Program, table: &str) -> Said {
    let options = eval::Options::default();
    let (said, _) = by_columns(program, "rows.csv", table.as_bytes(), &options, 1).unwrap();
    let (again, _) = by_columns(program, "rows.csv", table.as_bytes(), &options, 2).unwrap();
    assert_eq!(said, again, "{table}");
    assert_eq!(
        said,
        by_rows(program, table.as_bytes(), &said, &options),
        "{table}"
    );
    said
}

const SALES: &str = "indicator sales \"Sales\" { kind index }\n\
     target a \"A\" { for each firm require sales >= 5 }\n";

/// The column had looked as if it said when, in the one row that others are made from, and no row was judged.
#[test]
fn a_column_that_nobody_knows_may_begin_with_a_date() {
    let program = program(&pack(SALES));
    for cell in ["2021-03-01", "-1", "2024", "e7"] {
        let table = format!(
            "firm,year,other,sales\ne0,2020,{cell},7\ne1,2020,pending,3\ne2,2020,{cell},x7\n"
        );
        assert_eq!(held(&program, &table).len(), 3, "{cell}");
    }
    let dates = program_of_dates();
    let said = held(
        &dates,
        "firm,year,foo,dt\ne0,2020,x1,2026-06\ne1,2020,2021-03-01,2024-06\n",
    );
    let verdicts: Vec<Verdict> = said.values().map(|(verdict, ..)| *verdict).collect();
    assert_eq!(verdicts, [Verdict::Fail, Verdict::Pass]);
}

fn program_of_dates() -> Program {
    program(&pack(
        "indicator dt \"Signed\" { kind date }\n\
         target a \"A\" { for each firm require dt < 2025-01-01 }\n",
    ))
}

/// What is told of a header was told by nobody.
#[test]
fn what_is_to_be_told_of_a_header_is_told() {
    let two = program(&pack(&format!(
        "{SALES}indicator area \"Area\" {{ kind index }}\n"
    )));
    let table = "firm,year,sales,area\ne0,2025,5,3\ne1,2025,7,3\n";
    let options = eval::Options::default();
    let told = |program: &Program, table: &str| -> Vec<(&'static str, usize, bool)> {
        let ran = by_columns(program, "rows.csv", table.as_bytes(), &options, 1);
        let problems = ran.unwrap().1.problems.into_iter();
        problems
            .map(|it| (it.code.as_str(), it.line, it.is_warning))
            .collect()
    };
    assert_eq!(told(&two, table), [("F020", 1, false)]);
    let one = program(&pack(SALES));
    let table = "firm,year,other,sales\ne0,2020,pending,7\n";
    assert_eq!(told(&one, table), [("F005", 1, true)]);
}

/// What was said of rows of one plan stood behind what was said of those of another, and was not found.
#[test]
fn causes_are_found_where_periods_take_turns() {
    let program = program(&pack(
        "indicator x \"X\" { kind index }\nindicator y \"Y\" { kind index }\n\
         target a \"A\" { for each firm require x >= 50 by 2025 }\n\
         target b \"B\" { for each firm require y >= 11 }\n\
         target c \"C\" { for each firm require y at least 11 waived until 2024-12-31 \"w\" }\n",
    ));
    let mut table = "firm,year,x,y\n".to_owned();
    for at in 0..40 {
        table += &format!("e{at},2024,60,10左右\ne{at},2025,60,12左右\n");
        table += &format!("f{at},2024,60,\nf{at},2025,60,12左右\n");
    }
    let said = held(&program, &table);
    let of_b = said.iter().filter(|((rule, ..), _)| rule == "b");
    let mut n = 0;
    for (about, (verdict, causes, _)) in of_b {
        assert_eq!(*verdict, Verdict::Undetermined, "{about:?}");
        let is_missing = about.1.starts_with('f') && about.2 == Period::Year(2024);
        let cause = if is_missing {
            Cause::Missing
        } else {
            Cause::Imprecise
        };
        assert_eq!(*causes, cause.into(), "{about:?}");
        n += 1;
    }
    assert_eq!(n, 160);
    // What is waived says why it would be open, as in one submission.
    let waived = said
        .values()
        .filter(|(verdict, ..)| *verdict == Verdict::Waived);
    let causes: Vec<Causes> = waived.map(|(_, causes, _)| *causes).collect();
    assert_eq!(causes.len(), 80);
    assert!(causes.contains(&Cause::Missing.into()));
}

fn verdicts(program: Program, columns: &[(&str, &[f64])]) -> Vec<Vec<String>> {
    let n = columns[0].1.len();
    let names: ArrayRef = Arc::new(StringArray::from_iter_values(
        (0..n).map(|at| format!("e{at}")),
    ));
    let years: ArrayRef = Arc::new(StringArray::from_iter_values((0..n).map(|_| "2024")));
    let mut all = vec![("firm", names), ("year", years)];
    for (name, values) in columns {
        all.push((name, Arc::new(Float64Array::from(values.to_vec()))));
    }
    let batch = RecordBatch::try_from_iter(all).unwrap();
    let evaluator = Evaluator::new(Arc::new(program), Options::default().causes()).unwrap();
    let found = evaluator.evaluate(&batch).unwrap();
    let names = ["a", "a:cause"];
    names
        .map(|name| crate::bulk_arrow::words(&found, name))
        .to_vec()
}

/// Bounds of errors had become 0 together with what they are bounds of.
#[test]
fn what_is_too_small_for_a_double_is_decided_exactly() {
    let one = pack(
        "indicator x \"X\" { kind index }\nindicator y \"Y\" { kind index }\nindicator z \"Z\" { kind index }\n\
         target a \"A\" { for each firm require x * y * x * y * x * y * x * y * x * y >= z * z * z * z * z * z * z * z * z * z }\n",
    );
    let found = verdicts(
        program(&one),
        &[
            ("x", &[0.0, 1e-39, 3e-39]),
            ("y", &[1.0, 1e-39, 3e-39]),
            ("z", &[1e-39, 2e-39, 2e-39]),
        ],
    );
    assert_eq!(found[0], ["fail", "fail", "pass"]);
    let power = pack(
        "indicator x \"X\" { kind index }\nindicator y \"Y\" { kind index }\n\
         target a \"A\" { for each firm require (x / y)^6 > 0 }\n",
    );
    let found = verdicts(
        program(&power),
        &[("x", &[1e-39, 0.0]), ("y", &[1e39, 1e39])],
    );
    assert_eq!(found[0], ["pass", "fail"]);
}

/// The reader of figures takes sixty digits.
#[test]
fn doubles_of_more_digits_than_are_read_are_unreadable() {
    let found = verdicts(
        program(&pack(
            "indicator x \"X\" { kind index }\ntarget a \"A\" { for each firm require x >= 0.5 }\n",
        )),
        &[(
            "x",
            &[1.797e308, 1.234_567_890_123_456_7e-44, 1e59, 1e-59, 7.0],
        )],
    );
    assert_eq!(
        found[0],
        ["undetermined", "undetermined", "pass", "fail", "pass"]
    );
    assert_eq!(found[1], ["unreadable", "unreadable", "", "", ""]);
}

/// A title of blank cells beside it was taken for the header, and what stands above one was not read.
#[test]
fn what_stands_above_a_header_is_for_the_reader_of_the_whole() {
    let program = program(&pack(SALES));
    let options = eval::Options::default();
    for above in ["表1,,\n", "表1\n", "\"单位：1\"\n\n", ",a title,\n"] {
        let table = format!("{above}firm,year,sales\ne0,2024,7\n");
        let found = by_columns(&program, "rows.csv", table.as_bytes(), &options, 1);
        assert!(
            matches!(found, Err(Stop::Whole(WhyWhole::Layout))),
            "{found:?}"
        );
    }
    let table = "\n# a remark\n,,\nfirm,year,sales\ne0,2024,7\n";
    assert_eq!(held(&program, table).len(), 1);
}

/// A word that is also the name of a quantity had made a header of its row, and no word below it was read.
#[test]
fn a_word_may_be_the_name_of_something() {
    let program = program(&pack(
        "indicator x \"X\" { kind index }\nindicator y \"Y\" { kind index }\n\
         indicator z \"Z\" { kind index }\nindicator dt \"Signed\" { kind date }\n\
         target a \"A\" { for each firm require dt < 2024-07-01 }\n",
    ));
    let table =
        "firm,year,y,z,dt\ne1,2025,abc,10左右,x\ne5,2023,,55,2024-06-01\ne6,2023,,55,2024-08\n";
    let said = held(&program, table);
    let verdicts: Vec<Verdict> = said.values().map(|(verdict, ..)| *verdict).collect();
    assert_eq!(
        verdicts,
        [Verdict::Undetermined, Verdict::Pass, Verdict::Fail]
    );
}

/// That a text was read in an encoding that its bytes prove was told by one submission alone.
#[test]
fn the_encoding_of_a_text_is_told() {
    let program = program(&pack(SALES));
    let text = "firm,year,sales,备注\n企业一,2024,7,初步核算的数据\n企业二,2024,3,最终核实的数据\n";
    let (bytes, _, _) = encoding_rs::GB18030.encode(text);
    let options = eval::Options::default();
    let mut one = Submission::new(&program.model);
    one.read_table(&program.model, "rows.csv", &bytes, &Limits::default());
    let (_, ran) = by_columns(&program, "rows.csv", &bytes, &options, 2).unwrap();
    let told = |problems: &[FigureProblem]| -> Vec<String> {
        let all = problems.iter();
        all.map(|it| {
            format!(
                "{} {}:{} {:?}",
                it.code.as_str(),
                it.file,
                it.line,
                it.message
            )
        })
        .collect()
    };
    assert_eq!(told(&ran.problems), told(&one.problems));
    assert_eq!(ran.problems[0].code.as_str(), "F001");
    assert!(ran.problems[0].is_warning);
}
