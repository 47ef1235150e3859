//! Tables as they come: each table of `tests/tables` is read against the pack beside it, and the
//! snapshot holds how it was understood, its figures with their cells, and its problems in both
//! languages. The same figures laid out in several ways are the same claims.

use std::fmt::Write as _;
use std::fs;
use std::sync::LazyLock;

use plumbrule::explain::{Unit, set_text};
use plumbrule::figures::table::{ColumnMeaning, TableReading};
use plumbrule::figures::{ClaimState, RawFile, ReadOptions, Submission, cell_address};
use plumbrule::message::Lang;
use plumbrule::number::Exact;
use plumbrule::program::Program;
use plumbrule::{Sources, compile};
use proptest::prelude::*;

use crate::{common, golden};

use common::read;

fn pack() -> &'static Program {
    static PACK: LazyLock<Program> = LazyLock::new(|| common::pack("tests/tables/pack.plumb"));
    &PACK
}

fn understood(reading: &TableReading) -> String {
    let mut out = String::new();
    let across: Vec<String> = reading.across.iter().map(|it| format!("{it:?}")).collect();
    let layout = match reading.is_long() {
        true => "long".to_owned(),
        false => format!("across {}", across.join(" ")),
    };
    write!(out, "{layout}; header {:?}", reading.header).unwrap();
    if let Some(row) = reading.unit_row {
        write!(out, ", units {row}").unwrap();
    }
    if let Some(mapping) = &reading.mapping {
        write!(out, ", mapping {mapping}").unwrap();
    }
    let (rows, figures, absent) = (reading.n_rows, reading.n_figures, reading.n_absent);
    let problems = reading.n_problems;
    writeln!(
        out,
        "; {rows} rows, {figures} figures, {absent} absent, {problems} problems"
    )
    .unwrap();
    for column in &reading.columns {
        let meaning = match &column.meaning {
            ColumnMeaning::Holds(column) => format!("{column:?}"),
            ColumnMeaning::Parts(dimension) => format!("parts by {dimension}"),
            ColumnMeaning::Figures(named) => {
                let named: Vec<String> = named.iter().map(|(c, t)| format!("{c:?}={t}")).collect();
                format!("figures {}", named.join(" "))
            }
            ColumnMeaning::Ignored => "ignored".to_owned(),
            ColumnMeaning::Unknown => "unknown".to_owned(),
        };
        writeln!(out, "  {} `{}`: {meaning}", column.number, column.header).unwrap();
    }
    for shared in &reading.shared {
        writeln!(
            out,
            "  all: {:?}={} {:?}",
            shared.column, shared.text, shared.origin
        )
        .unwrap();
    }
    for line in &reading.skipped {
        writeln!(out, "  line {} {:?}: {}", line.line, line.why, line.text).unwrap();
    }
    out
}

/// What a figure says, without its place.
fn figure(program: &Program, submission: &Submission, at: usize) -> (String, String) {
    let claim = submission.claims.values().nth(at).unwrap();
    let figure = &claim.figure;
    let indicator = &program.model.indicators[figure.indicator];
    let unit = Unit::of_figure(program, figure);
    let entity = &submission.entities[claim.entity].id;
    let mut out = format!("{entity} {}", indicator.id);
    if figure.definition > 0 {
        let definition = &indicator.definitions[usize::from(figure.definition)].id;
        write!(out, "/{definition}").unwrap();
    }
    if figure.measure.word() != "level" {
        write!(out, "/{}", figure.measure.word()).unwrap();
    }
    if !figure.breakdown.is_empty() {
        write!(out, "[{}]", figure.breakdown).unwrap();
    }
    let printed = submission.text(claim.printed);
    write!(out, " {} \"{printed}\" ", claim.period).unwrap();
    match claim.state {
        ClaimState::Unreadable => out.push_str("unreadable"),
        _ => out.push_str(&set_text(&claim.as_printed, &unit.factor, &unit.name)),
    }
    let source = submission.text(claim.source);
    if !source.is_empty() {
        write!(out, " from {source}").unwrap();
    }
    let place = cell_address(claim.place.line as usize, claim.place.column as usize);
    (out, place)
}

fn figures(program: &Program, submission: &Submission) -> String {
    let mut out = String::new();
    for at in 0..submission.claims.len() {
        let (figure, place) = figure(program, submission, at);
        writeln!(out, "{place:>4} {figure}").unwrap();
    }
    out
}

fn problems(submission: &Submission, lang: Lang) -> String {
    let mut out = String::new();
    for problem in &submission.problems {
        let severity = if problem.is_warning {
            "warning"
        } else {
            "error"
        };
        let (code, place) = (
            problem.code.as_str(),
            cell_address(problem.line, problem.column),
        );
        let message = problem.message.render(lang);
        writeln!(out, "{severity}[{code}] {place} {message}").unwrap();
        if let Some(help) = &problem.help {
            writeln!(out, "    = {}", help.render(lang)).unwrap();
        }
    }
    out
}

#[test]
fn tables_become_what_stands_beside_them() {
    let program = pack();
    for path in common::files("tests/tables", &[".csv"]) {
        let bytes = fs::read(common::root(&path)).unwrap();
        let name = path.trim_start_matches("tests/tables/");
        let submission = read(program, name, &bytes);
        let mut text: String = submission.readings.iter().map(understood).collect();
        text.push_str(&figures(program, &submission));
        for lang in [Lang::En, Lang::Zh] {
            let problems = problems(&submission, lang);
            if !problems.is_empty() {
                write!(text, "--------\n{problems}").unwrap();
            }
        }
        let stem = name.trim_end_matches(".csv");
        golden::snapshot("tables", stem, text.trim_end());
    }
}

/// One figure of a made table: province, indicator, year, number.
type Made = (usize, usize, usize, u32);

const PROVINCES: [&str; 3] = ["北京", "天津", "河北"];
const INDICATORS: [(&str, &str); 2] = [("5G用户数", "万户"), ("光缆线路长度", "万千米")];
const YEARS: [&str; 3] = ["2021", "2022年", "2023"];

fn made() -> impl Strategy<Value = Vec<Made>> {
    let keys = prop::collection::btree_map((0..3usize, 0..2usize, 0..3usize), 1..99_999u32, 1..18);
    keys.prop_map(|keys| {
        keys.into_iter()
            .map(|((p, i, y), n)| (p, i, y, n))
            .collect()
    })
}

/// A table whose rows and columns are told apart by two of the three.
fn laid_out(
    made: &[Made],
    heads: (&str, &str),
    row: impl Fn(&Made) -> (String, String),
    column: impl Fn(&Made) -> String,
) -> String {
    let mut rows: Vec<(String, String)> = made.iter().map(&row).collect();
    let mut columns: Vec<String> = made.iter().map(&column).collect();
    columns.sort();
    columns.dedup();
    rows.sort();
    rows.dedup();
    let mut out = format!("一个标题\n{},{},{}\n", heads.0, heads.1, columns.join(","));
    for key in rows {
        let cells = columns.iter().map(|head| {
            let mut all = made.iter();
            let found = all.find(|one| row(one) == key && column(one) == *head);
            found.map_or(String::new(), |one| {
                format!("{}{}", one.3, INDICATORS[one.1].1)
            })
        });
        let cells: Vec<String> = cells.collect();
        writeln!(out, "{},{},{}", key.0, key.1, cells.join(",")).unwrap();
    }
    out
}

fn said(program: &Program, table: &str) -> Vec<String> {
    let submission = read(program, "made.csv", table.as_bytes());
    assert!(
        submission.problems.is_empty(),
        "{table}\n{}",
        problems(&submission, Lang::En)
    );
    let n = submission.claims.len();
    let mut said: Vec<String> = (0..n)
        .map(|at| figure(program, &submission, at).0)
        .collect();
    said.sort();
    said
}

#[test]
fn without_a_pack_a_table_is_shown_as_it_is() {
    let mut sources = Sources::with_std();
    sources.add("raw.plumb", "pack raw \"raw\" { }\n");
    let program = compile(&sources).unwrap();
    let mut text = String::new();
    let stems = fs::read_to_string(common::root("tests/tables/raw.txt")).unwrap();
    for stem in stems.lines() {
        let name = format!("{stem}.csv");
        let bytes = fs::read(common::root(&format!("tests/tables/{name}"))).unwrap();
        let file = RawFile::read(&program.model, &name, &bytes, &ReadOptions::default());
        let encoding = file.encoding.unwrap().name();
        for sheet in &file.sheets {
            let (sign, header) = (sheet.delimiter.unwrap(), &sheet.header);
            let (rows, absent) = (sheet.n_rows, sheet.n_absent);
            writeln!(
                text,
                "{name} {encoding} `{sign}` header {header:?}, {rows} rows, {absent} absent"
            )
            .unwrap();
            for column in &sheet.columns {
                let (number, header) = (column.number, &column.header);
                let (holds, fixed, names) = (column.holds, &column.fixed, &column.names);
                let kind = if column.is_figures {
                    "figures"
                } else {
                    "texts"
                };
                writeln!(
                    text,
                    "  {number} `{header}`: {kind} {holds:?} {fixed:?} {names:?}"
                )
                .unwrap();
            }
            for value in &sheet.values {
                let set = |set| set_text(set, &Exact::from(1), &value.unit);
                let (exact, printed) = (set(&value.exact), set(&value.as_printed));
                let place = cell_address(value.line, value.column);
                let (names, text_of) = (value.names.join(" "), &value.printed);
                writeln!(
                    text,
                    "  {place} {names} \"{text_of}\" exact {exact} printed {printed}"
                )
                .unwrap();
            }
        }
        for problem in &file.problems {
            let (line, column) = (problem.line, problem.column);
            let message = problem.message.render(Lang::En);
            writeln!(text, "  problem {line}:{column} {message}").unwrap();
        }
    }
    golden::snapshot("tables", "raw", text.trim_end());
}

proptest! {
    #![proptest_config(crate::common::random(48))]

    #[test]
    fn one_set_of_figures_says_the_same_in_every_layout(made in made()) {
        let program = pack();
        let province = |one: &Made| PROVINCES[one.0].to_owned();
        let indicator = |one: &Made| INDICATORS[one.1].0.to_owned();
        let year = |one: &Made| YEARS[one.2].to_owned();
        let mut long = String::from("地区,指标,年份,数值\n");
        for one in &made {
            let (number, unit) = (one.3, INDICATORS[one.1].1);
            writeln!(long, "{},{},{},{number}{unit}", province(one), indicator(one), year(one)).unwrap();
        }
        let expected = said(program, &long);
        prop_assert_eq!(expected.len(), made.len());
        let tables = [
            laid_out(&made, ("地区", "年份"), |it| (province(it), year(it)), indicator),
            laid_out(&made, ("地区", "指标"), |it| (province(it), indicator(it)), year),
            laid_out(&made, ("指标", "年份"), |it| (indicator(it), year(it)), province),
        ];
        for table in tables {
            prop_assert_eq!(&said(program, &table), &expected, "{}", table);
        }
    }

    #[test]
    fn any_grid_is_a_table_or_problems(cells in prop::collection::vec(prop::collection::vec(
        prop::sample::select(vec!["", "地区", "指标", "年份", "数值", "单位", "5G用户数", "5G用户数（万户）", "北京",
            "2023年", "2022", "增速", "限定词", "序号", "合计", "注：甲", "单位：万户", "5G用户普及率（%）",
            "万户", "%", "71.5", "1,5", "x", "超71%", "\"", "数据来源：甲", "备注", "规模", "城市"]), 1..7), 0..14))
    {
        let program = pack();
        let text: Vec<String> = cells.iter().map(|row| row.join(";")).collect();
        let submission = read(program, "any.csv", text.join("\n").as_bytes());
        for problem in &submission.problems {
            prop_assert!(problem.line <= cells.len() + 1, "{problem:?}");
            prop_assert!(!problem.message.render(Lang::En).contains("figure-"));
        }
        let n_figures: usize = submission.readings.iter().map(|reading| reading.n_figures).sum();
        prop_assert_eq!(n_figures, submission.claims.len());
    }
}
