//! Files of figures: patterns, folders, the input stream, Parquet, and the clean table that is
//! read back as it was written. Also the stable twin of the fuzz target `read_parquet`.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use parquet::basic::{Compression, Encoding};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, FixedLenByteArrayType, Int32Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use plumbrule::figures::{Absence, ClaimId, ClaimState, Limits, ProblemCode, Submission};
use plumbrule::program::Program;
use plumbrule::report::{Figures, TableFormat, write_figures};
use plumbrule::{Sources, compile};
use proptest::prelude::*;

use crate::{common, repository, schema};

const RULES: &str = "\
pack p \"包\" { entity CN }
entity CN \"中国\" { }
indicator coverage \"覆盖率\" { unit % kind share }
indicator users \"用户\" { unit 万人 kind stock }
target t \"目标\" { require coverage >= 80% by 2025 }
";

fn program() -> Program {
    let mut sources = Sources::with_std();
    sources.add("p.plumb", RULES);
    compile(&sources).unwrap()
}

fn read(program: &Program, name: &str, bytes: &[u8]) -> Submission {
    let mut submission = Submission::new(&program.model);
    submission.read_table(&program.model, name, bytes, &Limits::default());
    submission
}

/// What claims say, places left out, in the order in which they were read.
fn said(submission: &Submission) -> Vec<String> {
    let readable = submission
        .claims
        .values()
        .filter(|claim| claim.state != ClaimState::Unreadable);
    let absent = absent(submission);
    let said = readable.map(|claim| {
        let texts = [
            claim.unit,
            claim.source,
            claim.section,
            claim.source_line,
            claim.quote,
            claim.note,
        ];
        format!(
            "{:?} {:?} {:?} {:?} {} {} {} {:?} {} {} {:?} {} {:?}",
            claim.figure,
            submission.entities[claim.entity].id,
            claim.period,
            claim.window,
            claim.exact,
            claim.as_printed,
            claim.basis,
            claim.published,
            claim.is_definition_inherited,
            claim.is_unit_inherited,
            submission.text(claim.printed),
            claim.statuses.words(),
            texts.map(|text| submission.text(text)),
        )
    });
    said.chain(absent).collect()
}

/// What is said not to be there, and why.
fn absent(submission: &Submission) -> Vec<String> {
    let all = submission.absences.iter().map(|absence| {
        let entity = submission.entities[absence.entity].id.as_str();
        let source = submission.text(absence.source);
        let (figure, period, why) = (&absence.figure, absence.period, absence.statuses.words());
        format!("{figure:?} {entity} {period} {why} {source}")
    });
    all.collect()
}

/// What claims say that an observation has room for: all but the words of the cell.
fn observed(submission: &Submission, left_out: &[ClaimId]) -> Vec<String> {
    let kept = submission
        .claims
        .iter()
        .filter(|(id, claim)| claim.state != ClaimState::Unreadable && !left_out.contains(id));
    let said = kept.map(|(_, claim)| {
        let texts = [
            claim.unit,
            claim.source,
            claim.section,
            claim.source_line,
            claim.quote,
            claim.note,
            claim.note_en,
        ];
        format!(
            "{:?} {:?} {:?} {} {} {} {:?} {} {:?}",
            claim.figure,
            submission.entities[claim.entity].id,
            claim.window,
            claim.exact,
            claim.as_printed,
            claim.basis,
            claim.published,
            claim.statuses.words(),
            texts.map(|text| submission.text(text)),
        )
    });
    said.collect()
}

/// Observations come back whole and without a word; those without room are counted.
/// The claims that a clean table is made of.
fn readable(submission: &Submission) -> Vec<ClaimId> {
    let claims = submission.claims.iter();
    let read = claims.filter(|(_, claim)| claim.state != ClaimState::Unreadable);
    read.map(|(id, _)| id).collect()
}

fn comes_back_observed(program: &Program, submission: &Submission) -> Vec<ClaimId> {
    let (bytes, left_out) = written(program, submission, TableFormat::SdmxCsv);
    let again = read(program, "clean.sdmx.csv", &bytes);
    assert!(again.problems.is_empty(), "{:#?}", again.problems);
    let (before, after) = (observed(submission, &left_out), observed(&again, &[]));
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before, after);
    }
    assert_eq!(before.len(), after.len());
    assert_eq!(absent(submission), absent(&again));
    left_out
}

#[test]
fn what_is_not_there_comes_back_with_its_reason() {
    let program = program();
    let table = "indicator,period,value,status,source\n\
        coverage,2021,,confidential,a\n\
        coverage,2022,\u{2026},,b\n\
        coverage,2023,,missing;provisional,\n\
        users,2024,n/a,suppressed,c\n\
        users,2023,5\u{4e07}\u{4eba},revised,c\n";
    let submission = read(&program, "t.csv", table.as_bytes());
    assert_eq!(submission.problems.len(), 0, "{:#?}", submission.problems);
    assert_eq!((submission.absences.len(), submission.claims.len()), (4, 1));
    comes_back(&program, &submission);
    assert!(comes_back_observed(&program, &submission).is_empty());
    let null = "[{\"indicator\": \"users\", \"period\": \"2024\", \"value\": null}]";
    let submission = read(&program, "t.json", null.as_bytes());
    assert_eq!(submission.absences.len(), 1);
    comes_back(&program, &submission);
    assert!(comes_back_observed(&program, &submission).is_empty());
}

#[test]
fn every_unit_and_every_scale_comes_back() {
    let program = program();
    let scales = [
        "",
        "\u{767e}",
        "\u{5343}",
        "\u{4e07}",
        "\u{767e}\u{4e07}",
        "\u{4ebf}",
        "thousand ",
        "10 000 ",
    ];
    let mut table = "indicator\tperiod\tvalue\tunit\tunit_mult\n".to_owned();
    let mut n_rows = 0;
    for of_unit in scales {
        for unit in ["\u{4eba}", "person", "persons"] {
            for of_cell in ["", "\u{4e07}", "\u{4ebf}"] {
                for power in ["", "0", "3", "4", "-2"] {
                    table += &format!("users\t2024\t1.50{of_cell}\t{of_unit}{unit}\t{power}\n");
                    n_rows += 1;
                }
            }
        }
    }
    let submission = read(&program, "t.tsv", table.as_bytes());
    // Two scales, one in the cell and one in the column, say nothing for sure.
    let two_scales = |key: &str| matches!(key, "printed-two-scales" | "printed-unit-disagrees");
    for problem in &submission.problems {
        assert!(two_scales(problem.message.key), "{problem:#?}");
    }
    let n_read = submission
        .claims
        .values()
        .filter(|it| it.state == ClaimState::Good);
    assert!(n_read.count() * 3 > n_rows);
    comes_back(&program, &submission);
    comes_back_observed(&program, &submission);
}

#[test]
fn periods_of_observations_come_back() {
    let program = program();
    let mut table = "indicator,period,value\n".to_owned();
    let periods = [
        "2023",
        "2023H2",
        "2023Q3",
        "2023-04",
        "2023-01..2023-09",
        "2023-05-06",
        "2021..2025",
        "2023-02..2023-03",
    ];
    for period in periods {
        table += &format!("coverage,{period},71%\n");
    }
    let submission = read(&program, "t.csv", table.as_bytes());
    assert_eq!(submission.problems.len(), 0, "{:#?}", submission.problems);
    assert!(comes_back_observed(&program, &submission).is_empty());
    let foreign = "STRUCTURE,STRUCTURE_ID,ACTION,INDICATOR,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT\n\
        dataflow,A:B(1.0),I,users,2023-01-01/P9M,7,人,4\n\
        dataflow,A:B(1.0),I,users,2023-01-01/P1Y,8,人,4\n\
        dataflow,A:B(1.0),I,users,2023-07-01/P6M,9,人,4\n\
        dataflow,A:B(1.0),I,users,2023-04-01/P3M,9,人,4\n\
        dataflow,A:B(1.0),I,users,2023-04-05/P3M,9,人,4\n";
    let foreign = read(&program, "f.csv", foreign.as_bytes());
    let windows: Vec<String> = foreign
        .claims
        .values()
        .map(|it| it.window.to_string())
        .collect();
    assert_eq!(windows, ["2023-01..2023-09", "2023", "2023H2", "2023Q2"]);
    let codes: Vec<(usize, ProblemCode)> = foreign
        .problems
        .iter()
        .map(|it| (it.line, it.code))
        .collect();
    assert_eq!(codes, [(6, ProblemCode::Period)]);
}

/// The clean table, and the claims that its format cannot carry.
fn written(
    program: &Program,
    submission: &Submission,
    format: TableFormat,
) -> (Vec<u8>, Vec<ClaimId>) {
    let claims = readable(submission);
    let absences: Vec<&Absence> = submission.absences.iter().collect();
    let figures = Figures {
        program,
        submission,
        claims: &claims,
        absences: &absences,
    };
    let mut bytes = Vec::new();
    let left_out = write_figures(&mut bytes, format, &figures).unwrap();
    (bytes, left_out)
}

const WHOLE: [TableFormat; 4] = [
    TableFormat::Csv,
    TableFormat::Tsv,
    TableFormat::Json,
    TableFormat::Parquet,
];

fn comes_back(program: &Program, submission: &Submission) {
    for format in WHOLE {
        let (bytes, left_out) = written(program, submission, format);
        assert!(left_out.is_empty());
        if format == TableFormat::Json {
            // What is written fits its own schema, and that of what is read.
            let document = serde_json::from_slice(&bytes).unwrap();
            for path in ["docs/schema/clean.json", "docs/schema/figures.json"] {
                let known = fs::read(common::root(path)).unwrap();
                let known = serde_json::from_slice(&known).unwrap();
                assert_eq!(schema::problems(&known, &document), [""; 0], "{path}");
            }
        }
        let name = format!("clean.{}", format.ending());
        let again = read(program, &name, &bytes);
        assert!(again.problems.is_empty(), "{:#?}", again.problems);
        assert_eq!(said(submission), said(&again), "{format:?}");
    }
}

#[test]
fn the_clean_table_of_the_fixtures_comes_back() {
    let program = repository::program("statistics");
    let submission = repository::fixtures(&program);
    assert!(submission.claims.len() > 2_000);
    comes_back(&program, &submission);
    // Ranges, and words behind a scale, are more than an observation can say.
    let left_out = comes_back_observed(&program, &submission);
    let printed: Vec<&str> = left_out
        .iter()
        .map(|id| submission.text(submission.claims[*id].printed))
        .collect();
    let words = [
        "\u{591a}", "\u{4f59}", "-", "\u{7ea6}", "\u{8fd1}", "\u{8d85}",
    ];
    let is_more = |text: &&str| words.iter().any(|word| text.contains(word));
    assert!(
        printed.len() < 60 && printed.iter().all(is_more),
        "{printed:?}"
    );
}

fn cells() -> impl Strategy<Value = String> {
    let number = "-?[0-9]{1,4}(\\.[0-9]{1,3})?";
    let word = prop_oneof![Just("超"), Just("不足"), Just("约"), Just("近"), Just("")];
    (word, number, prop_oneof![Just("%"), Just("")]).prop_map(|(word, n, unit)| {
        let n = n.trim_start_matches(if word.is_empty() { '\0' } else { '-' });
        format!("{word}{n}{unit}")
    })
}

proptest! {
    #![proptest_config(crate::common::random(64))]

    #[test]
    fn a_made_table_comes_back(
        rows in prop::collection::vec((cells(), 1990..2030i32, "[=+@'a-z\\-]{0,6}", 0..6u32), 1..12)
    ) {
        let program = program();
        let mut text = "indicator\tperiod\tvalue\tunit\tdecimals\tnote\n".to_owned();
        for (value, year, note, decimals) in rows {
            let shown = value.split_once('.').map_or(0, |(_, rest)| {
                rest.chars().filter(char::is_ascii_digit).count()
            });
            let decimals = match u32::try_from(shown).unwrap() {
                shown if shown <= decimals => decimals.to_string(),
                _ => String::new(),
            };
            text.push_str(&format!("coverage\t{year}\t{value}\t%\t{decimals}\t{note}\n"));
        }
        let submission = read(&program, "made.tsv", text.as_bytes());
        comes_back(&program, &submission);
    }

    #[test]
    fn any_change_of_a_parquet_file_is_read_or_refused(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<Option<prop::sample::Index>>(),
    ) {
        let program = program();
        let mut bytes = sample(Compression::SNAPPY);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let submission = read(&program, "made.parquet", &bytes);
        prop_assert!(submission.claims.len() <= 3);
    }
}

#[test]
fn each_byte_of_a_parquet_file_may_be_another() {
    let program = program();
    let sound = sample(Compression::SNAPPY);
    for at in 0..sound.len() {
        let mut bytes = sound.clone();
        bytes[at] = 147;
        assert!(read(&program, "made.parquet", &bytes).claims.len() <= 3);
    }
}

/// A file of all kinds of columns that tables have.
fn sample(compression: Compression) -> Vec<u8> {
    let schema = "message figures {
        REQUIRED BYTE_ARRAY indicator (UTF8);
        REQUIRED INT32 period (DATE);
        OPTIONAL DOUBLE value;
        REQUIRED FIXED_LEN_BYTE_ARRAY(9) line (DECIMAL(20, 2));
        REQUIRED GROUP parts { REQUIRED INT32 a; }
    }";
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let properties = WriterProperties::builder()
        .set_compression(compression)
        .set_column_encoding("value".into(), Encoding::PLAIN)
        .build();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    let names = ["coverage", "users", "coverage"].map(ByteArray::from);
    column
        .typed::<ByteArrayType>()
        .write_batch(&names, None, None)
        .unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    // 2024-12-31, 2023-12-31, 2024-12-31.
    column
        .typed::<Int32Type>()
        .write_batch(&[20088, 19722, 20088], None, None)
        .unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column
        .typed::<DoubleType>()
        .write_batch(&[71.1, 0.3], Some(&[1, 1, 0]), None)
        .unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    let wide = |n: u8| vec![0, 0, 0, 0, 0, 0, 0, 1, n].into();
    column
        .typed::<FixedLenByteArrayType>()
        .write_batch(&[wide(0), wide(1), wide(2)], None, None)
        .unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column
        .typed::<Int32Type>()
        .write_batch(&[1, 2, 3], None, None)
        .unwrap();
    column.close().unwrap();
    group.close().unwrap();
    writer.into_inner().unwrap()
}

#[test]
fn columns_of_parquet_keep_what_they_hold() {
    let program = program();
    for compression in [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(Default::default()),
        Compression::ZSTD(Default::default()),
        Compression::LZ4_RAW,
    ] {
        let submission = read(&program, "made.parquet", &sample(compression));
        let problems: Vec<&str> = submission
            .problems
            .iter()
            .map(|p| p.code.as_str())
            .collect();
        // The column of structures is left out and said; neither number has a unit.
        assert!(problems.contains(&"F005"), "{problems:?}");
        assert_eq!(
            problems.iter().filter(|code| **code == "F015").count(),
            2,
            "{problems:?}"
        );
        let lines: Vec<&str> = submission
            .claims
            .values()
            .map(|claim| submission.text(claim.source_line))
            .collect();
        assert_eq!(&lines[..2], ["2.56", "2.57"], "{compression:?}");
    }
}

fn codes(bytes: &[u8], limits: &Limits) -> Vec<String> {
    let program = program();
    let mut submission = Submission::new(&program.model);
    submission.read_table(&program.model, "made.parquet", bytes, limits);
    let problems = submission.problems.iter();
    problems
        .filter(|problem| !problem.is_warning)
        .map(|problem| problem.message.render(plumbrule::message::Lang::En))
        .collect()
}

#[test]
fn what_cannot_be_read_says_why() {
    let whole = sample(Compression::SNAPPY);
    let mut encrypted = whole.clone();
    let end = encrypted.len();
    encrypted[end - 4..].copy_from_slice(b"PARE");
    let small = Limits {
        unpacked_bytes: 20,
        ..Limits::default()
    };
    let few = Limits {
        rows: 2,
        ..Limits::default()
    };
    for (bytes, limits, part) in [
        (&encrypted[..], Limits::default(), "is encrypted"),
        (&whole[..40], Limits::default(), "no sound Parquet file"),
        (&b"PAR1"[..], Limits::default(), "no sound Parquet file"),
        (&whole[..], small, "unpacks to more than 20 bytes"),
        (&whole[..], few, "declares 3 rows, at most 2"),
    ] {
        let said = codes(bytes, &limits);
        assert!(
            said.iter().any(|said| said.contains(part)),
            "{part}: {said:?}"
        );
    }
}

/// A folder of its own, gone when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path =
            std::env::temp_dir().join(format!("plumbrule-intake-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join("data/inner")).unwrap();
        fs::write(path.join("p.plumb"), RULES).unwrap();
        for (file, year) in [
            ("data/a.csv", 2023),
            ("data/b.csv", 2024),
            ("data/inner/c.csv", 2025),
        ] {
            let text = format!("indicator,period,value\ncoverage,{year},72%\n");
            fs::write(path.join(file), text).unwrap();
        }
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn run(folder: &Path, arguments: &[&str]) -> common::Ran {
    common::run_in(folder, arguments, &[("PLUMBRULE_LANG", "en")])
}

#[test]
fn each_file_counts_once_however_it_is_named() {
    let folder = Folder::new("once");
    #[cfg(unix)]
    std::os::unix::fs::symlink("..", folder.0.join("data/inner/loop")).unwrap();
    for paths in [
        &["data"][..],
        &["data/b.csv", "data", "data/*.csv", "./data/a.csv"],
        &["data/**/*.csv"],
        &["data/[ab].csv", "data/inner"],
    ] {
        let arguments: Vec<&str> = ["figures"]
            .iter()
            .chain(paths)
            .chain(&["--rules", "p.plumb"])
            .copied()
            .collect();
        let ran = run(&folder.0, &arguments);
        assert_eq!(ran.status, 0, "{}", ran.err);
        assert!(
            ran.out.contains("figures shown: 3 of 3"),
            "{paths:?}\n{}",
            ran.out
        );
    }
}

#[test]
fn a_pattern_that_fits_nothing_names_what_is_there() {
    let folder = Folder::new("none");
    let ran = run(&folder.0, &["figures", "data/*.tsv", "--rules", "p.plumb"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.err.contains("no table fits `data/*.tsv`"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("holds a.csv, b.csv, inner"), "{}", ran.err);
}

#[test]
fn all_tables_together_are_bounded() {
    let folder = Folder::new("bound");
    let ran = run(
        &folder.0,
        &[
            "figures",
            "data",
            "--rules",
            "p.plumb",
            "--max-table-bytes",
            "80",
            "--out",
            "c.csv",
        ],
    );
    assert_eq!(ran.status, 2);
    assert!(
        ran.err.contains("at most 80 are allowed together"),
        "{}",
        ran.err
    );
}

/// Runs with a table in the input stream.
fn fed(folder: &Path, arguments: &[&str], table: &str) -> (i32, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_plumbrule"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("PLUMBRULE_LANG", "en")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let _ = child.stdin.take().unwrap().write_all(table.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (
        output.status.code().unwrap(),
        String::from_utf8(text).unwrap(),
    )
}

#[test]
fn the_input_stream_is_a_table_and_a_receipt_needs_it_again() {
    let folder = Folder::new("stdin");
    let table = "indicator,period,value\ncoverage,2025,85%\n";
    let check = ["check", "p.plumb", "--figures", "-", "--receipt", "r.json"];
    let (status, said) = fed(&folder.0, &check, table);
    assert_eq!(status, 0, "{said}");
    let (status, said) = fed(&folder.0, &["replay", "r.json"], table);
    assert_eq!(status, 0, "{said}");
    let (status, said) = fed(&folder.0, &["replay", "r.json"], &table.replace("85", "86"));
    assert_eq!(status, 1, "{said}");
    let (status, said) = fed(
        &folder.0,
        &[
            "figures",
            "-",
            "--stdin-name",
            "x.tsv",
            "--rules",
            "p.plumb",
        ],
        "",
    );
    assert_eq!(status, 2);
    assert!(said.contains("-:x.tsv"), "{said}");
}
