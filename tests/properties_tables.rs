//! Any bytes, read as a table of figures, on a stable toolchain: the twin of the fuzz
//! target `read_table`.

use std::sync::LazyLock;

use plumbrule::Sources;
use plumbrule::eval::{Options, evaluate};
use plumbrule::figures::{Limits, Submission};
use plumbrule::findings::findings;
use plumbrule::program::Program;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

const RULES: &str = include_str!("eval_cases/small.plumb");

static PROGRAM: LazyLock<Option<Program>> = LazyLock::new(|| {
    let mut sources = Sources::new();
    sources.add("small.plumb", RULES);
    plumbrule::compile(&sources).ok()
});

/// Cells that mean something somewhere, so that some rows are read to their end.
const CELLS: [&str; 40] = [
    "x",
    "y",
    "s",
    "f",
    "t",
    "甲数",
    "甲",
    "乙",
    "2025",
    "2024年",
    "2022",
    "2025年12月",
    "2025-13",
    "2021-2025",
    "5元",
    "超5万元",
    "5–3元",
    "40余万元",
    "5",
    "5%",
    "108%",
    "约7亿元",
    "近5元",
    "1,000元",
    "1,00元",
    "负3元",
    "yes",
    "no",
    "完",
    "over",
    "元",
    "%",
    "3",
    "new",
    "two",
    "growth",
    "\"",
    "\"a,b\"",
    "",
    "甲\u{0}乙",
];

/// Cells that fit the first header, so that most of such a table is evaluated.
fn fitting() -> impl Strategy<Value = Vec<&'static str>> {
    let of = |from: std::ops::Range<usize>| select(CELLS[from].to_vec());
    (of(0..6), of(6..8), of(8..14), of(14..29)).prop_map(|(a, b, c, d)| vec![a, b, c, d])
}

fn near_table() -> impl Strategy<Value = Vec<u8>> {
    let header = select(vec![
        "indicator,entity,period,value",
        "indicator,entity,period,value",
        "indicator,entity,period,value",
        "指标\t主体\t年份\t数值\tqualifier\tunit\tdecimals",
        "indicator,definition,measure,entity,breakdown,basis,period,value,published,source,line",
        "value,period",
        "indicator,indicator,value",
        "",
    ]);
    let row = prop_oneof![vec(select(CELLS.to_vec()), 0..12), fitting(), fitting()];
    let ending = select(vec!["\n", "\r\n", "\r", "\n\n"]);
    (header, vec((row, ending), 0..12), any::<bool>()).prop_map(|(header, rows, has_mark)| {
        let mark = if has_mark { "\u{feff}" } else { "" };
        let separator = if header.contains('\t') { "\t" } else { "," };
        let mut text = format!("{mark}{header}\n");
        for (cells, ending) in rows {
            text.push_str(&cells.join(separator));
            text.push_str(ending);
        }
        text.into_bytes()
    })
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        1 => vec(any::<u8>(), 0..400),
        6 => near_table(),
        // A table with a few bytes of it changed, and cut.
        3 => (near_table(), vec((any::<usize>(), any::<u8>()), 0..6), any::<usize>()).prop_map(
            |(mut bytes, changes, cut)| {
                for (at, byte) in changes {
                    let at = at % bytes.len();
                    bytes[at] = byte;
                }
                bytes.truncate(1 + cut % bytes.len());
                bytes
            }
        ),
    ]
}

proptest! {
    #![proptest_config(crate::common::random(192))]

    #[test]
    fn any_bytes_are_a_table_or_problems_with_places(bytes in bytes()) {
        let Some(program) = PROGRAM.as_ref() else {
            return Err(TestCaseError::fail("the small pack does not compile"));
        };
        let mut submission = Submission::new(&program.model);
        submission.read_table(&program.model, "fuzz.csv", &bytes, &Limits::default());
        // A file with a stray byte keeps it: only what is text has cells that are text.
        let is_text = std::str::from_utf8(&bytes).is_ok();
        let n_lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() + 1;
        for problem in &submission.problems {
            prop_assert!(problem.line <= n_lines, "{problem:?}");
            if let Some((start, end)) = &problem.extent {
                prop_assert!(start.line >= problem.line && end.line <= n_lines, "{problem:?}");
                prop_assert!(start <= end, "{problem:?}");
                if let (Some(from), Some(to)) = (start.byte, end.byte) {
                    let cell = bytes.get(from..to);
                    let holds = |cell: &[u8]| !is_text || std::str::from_utf8(cell).is_ok();
                    prop_assert!(cell.is_some_and(holds), "{problem:?}");
                }
            }
        }
        let outcome = evaluate(program, &submission, &Options::default());
        prop_assert_eq!(outcome.rows.is_empty(), submission.entities.len() < 2);
        let _ = findings(program, &submission, &Options::default());
    }
}
