//! Forms: what they ask for, what stands in them, and that what comes back is what was typed.
//!
//! Expected texts are in `tests/template`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{Cursor, Read, Write as _};

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use plumbrule::figures::{ClaimId, ReadOptions, Submission};
use plumbrule::form::{FormOptions, FormRow, Whom, rows};
use plumbrule::message::Lang;
use plumbrule::period::Period;
use plumbrule::program::Program;
use plumbrule::report::{Figures, FormFormat, FormReport, TableFormat, write_figures, write_form};
use plumbrule::{Sources, compile};

use crate::{golden, repository};

const TOWNS: &str = include_str!("template/towns.plumb");

fn pack(text: &str) -> Program {
    let mut sources = Sources::with_std();
    sources.add("pack.plumb", text);
    compile(&sources).unwrap()
}

fn asked(entities: Vec<Whom>, is_all: bool) -> FormOptions {
    FormOptions {
        period: Period::Year(2025),
        entities,
        is_all,
    }
}

fn written(
    program: &Program,
    known: &Submission,
    rows: &[FormRow],
    format: FormFormat,
    lang: Lang,
) -> Vec<u8> {
    let report = FormReport {
        program,
        known,
        rows,
        period: Period::Year(2025),
        lang,
    };
    let mut bytes = Vec::new();
    write_form(&mut bytes, format, &report).unwrap();
    bytes
}

/// The form of the towns, with a firm of a name.
fn towns(program: &Program, format: FormFormat, lang: Lang) -> Vec<u8> {
    let known = Submission::new(&program.model);
    let firm = Whom::Named("Delta".to_owned());
    let all = program.model.entities.ids().map(Whom::Known);
    let asked = asked(all.chain([firm]).collect(), false);
    written(
        program,
        &known,
        &rows(program, &known, &asked),
        format,
        lang,
    )
}

fn read(program: &Program, name: &str, bytes: &[u8]) -> Submission {
    let mut submission = Submission::new(&program.model);
    submission.read_file(&program.model, name, bytes, &ReadOptions::default());
    submission
}

fn name(format: FormFormat) -> String {
    format!("form.{}", format.ending())
}

/// The table of a form, heads first, as another reader finds it.
fn table(format: FormFormat, bytes: &[u8]) -> Vec<Vec<String>> {
    if format == FormFormat::Csv {
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap();
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(text);
        let records = reader.records().map(|record| record.unwrap());
        return records
            .map(|record| record.iter().map(str::to_owned).collect())
            .collect();
    }
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes.to_vec())).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let text = |cell: &Data| cell.to_string();
    range
        .rows()
        .map(|row| row.iter().map(text).collect())
        .collect()
}

/// Fills cells of a form in, each by its row and column from 0; the rest stays byte for byte.
fn fill(format: FormFormat, bytes: &[u8], cells: &[(usize, usize, &str)]) -> Vec<u8> {
    if format == FormFormat::Csv {
        let mut table = table(format, bytes);
        for (row, column, text) in cells {
            table[*row][*column] = (*text).to_owned();
        }
        let mut out = csv::Writer::from_writer(Vec::new());
        for row in table {
            out.write_record(row).unwrap();
        }
        return out.into_inner().unwrap();
    }
    let mut parts = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..parts.len() {
        let mut part = parts.by_index(n).unwrap();
        let mut text = Vec::new();
        part.read_to_end(&mut text).unwrap();
        let name = part.name().unwrap().into_owned();
        if name == "xl/worksheets/sheet1.xml" {
            let mut xml = String::from_utf8(text).unwrap();
            for (row, column, text) in cells {
                xml = with_cell(&xml, *row, *column, text);
            }
            text = xml.into_bytes();
        }
        let options = zip::write::SimpleFileOptions::default();
        out.start_file(name, options).unwrap();
        out.write_all(&text).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// A sheet with a text in a cell that has a style.
fn with_cell(xml: &str, row: usize, column: usize, text: &str) -> String {
    let address = plumbrule::figures::cell_address(row + 1, column + 1);
    let start = xml.find(&format!("<c r=\"{address}\"")).unwrap();
    let rest = &xml[start..];
    let end = start
        + rest
            .find("/>")
            .unwrap()
            .min(rest.find("</c>").unwrap_or(usize::MAX));
    let end = end + if xml[end..].starts_with("/>") { 2 } else { 4 };
    let style = xml[start..end].split_once(" s=\"").unwrap().1;
    let style = style.split_once('"').unwrap().0;
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "{}<c r=\"{address}\" s=\"{style}\" t=\"inlineStr\"><is><t>{text}</t></is></c>{}",
        &xml[..start],
        &xml[end..]
    )
}

/// What was read, in the words of a clean table, without the place of each figure.
fn said(program: &Program, submission: &Submission) -> Vec<String> {
    let claims: Vec<ClaimId> = submission.claims.ids().collect();
    let figures = Figures {
        program,
        submission,
        claims: &claims,
        absences: &[],
    };
    let mut bytes = Vec::new();
    write_figures(&mut bytes, TableFormat::Csv, &figures).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let cut = |line: &str| line.rsplitn(4, ',').last().unwrap_or_default().to_owned();
    let mut lines: Vec<String> = text.lines().skip(1).map(cut).collect();
    lines.sort();
    lines
}

fn told(submission: &Submission, lang: Lang) -> Vec<String> {
    let problems = submission.problems.iter();
    problems
        .map(|problem| format!("{}: {}", problem.place(), problem.message.render(lang)))
        .collect()
}

/// The number of a column, by the head that the words of tables have for it.
fn column(table: &[Vec<String>], heads: [&str; 2]) -> usize {
    let head = table[0].iter();
    let mut found = head
        .enumerate()
        .filter(|(_, it)| heads.contains(&it.as_str()));
    found.next().unwrap().0
}

#[test]
fn forms_are_these() {
    let program = pack(TOWNS);
    for lang in Lang::ALL {
        let bytes = towns(&program, FormFormat::Csv, lang);
        let text = String::from_utf8(bytes).unwrap().replace('\u{feff}', "");
        let mark = program.model.pack.digest[7..23].to_owned();
        let text = text.replace(&mark, "DIGEST");
        golden::snapshot("template", &format!("towns-{}", lang.code()), &text);
    }
    let plan = repository::program("nip-2021");
    let known = repository::fixtures(&plan);
    let rows = rows(&plan, &known, &asked(Vec::new(), false));
    let bytes = written(&plan, &known, &rows, FormFormat::Csv, Lang::Zh);
    let text = String::from_utf8(bytes).unwrap().replace('\u{feff}', "");
    let text = text.replace(&plan.model.pack.digest[7..23], "DIGEST");
    golden::snapshot("template", "plan-zh", &text);
}

#[test]
fn a_form_asks_for_what_rules_need_and_nobody_gave() {
    let program = pack(TOWNS);
    let given = "indicator,period,value,unit\nhomes,2024,90,户\n";
    let known = read(&program, "given.csv", given.as_bytes());
    let ids = |rows: &[FormRow]| -> BTreeSet<String> {
        let id = |row: &FormRow| program.model.indicators[row.figure.indicator].id.clone();
        rows.iter().map(id).collect()
    };
    let needed = rows(&program, &known, &asked(Vec::new(), false));
    assert!(!ids(&needed).contains("unused"));
    let all = rows(&program, &known, &asked(Vec::new(), true));
    assert!(ids(&all).contains("unused"));
    assert!(
        needed
            .iter()
            .all(|row| !row.rules.is_empty() && row.period == Period::Year(2025))
    );
    // Each town has a row of its own, and a firm says who it is.
    let of = |id: &str| {
        let is_it = |row: &&FormRow| program.model.indicators[row.figure.indicator].id == id;
        needed
            .iter()
            .filter(is_it)
            .map(|row| row.whom.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(of("rate").len(), 2);
    assert_eq!(of("lines"), [Whom::Open]);
    // What is known is shown, and only what is not later than the form.
    let last = |rows: &[FormRow]| {
        let found = rows.iter().find_map(|row| row.last);
        found.map(|id| known.claims[id].period)
    };
    assert_eq!(last(&needed), Some(Period::Year(2024)));
    let early = FormOptions {
        period: Period::Year(2023),
        ..asked(Vec::new(), false)
    };
    assert_eq!(last(&rows(&program, &known, &early)), None);
}

#[test]
fn an_empty_form_gives_no_figure_and_no_word() {
    let program = pack(TOWNS);
    let plan = repository::program("nip-2021");
    let known = repository::fixtures(&plan);
    for lang in Lang::ALL {
        for format in FormFormat::ALL {
            let of_plan = rows(&plan, &known, &asked(Vec::new(), true));
            let open = rows(
                &program,
                &Submission::new(&program.model),
                &asked(vec![], true),
            );
            let own = Submission::new(&program.model);
            let forms = [
                (&program, towns(&program, format, lang)),
                (&program, written(&program, &own, &open, format, lang)),
                (&plan, written(&plan, &known, &of_plan, format, lang)),
            ];
            for (program, bytes) in forms {
                let back = read(program, &name(format), &bytes);
                assert_eq!(told(&back, lang), Vec::<String>::new(), "{format:?}");
                assert_eq!((back.claims.len(), back.absences.len()), (0, 0));
                let n_absent: usize = back.readings.iter().map(|it| it.n_absent).sum();
                assert_eq!(n_absent, table(format, &bytes).len() - 1);
            }
        }
    }
}

#[test]
fn what_comes_back_is_what_was_typed() {
    let program = pack(TOWNS);
    for lang in Lang::ALL {
        let (yes, over, estimated) = match lang {
            Lang::Zh => ("\u{662f}", "\u{8d85}\u{8fc7}", "\u{4f30}\u{8ba1}\u{6570}"),
            Lang::En => ("yes", "over", "estimated"),
        };
        let typed = format!(
            "indicator,definition,breakdown,measure,entity,period,value,qualifier,unit,status,source,published,note\n\
             homes,wired,,,shire,2025,12.0,{over},万户,estimated,bulletin,2026-02-28,=1+1\n\
             homes,wired,area=rural,,shire,2025,40000,,户,,,,\n\
             homes,wired,,growth,shire,2025,约6%,,%,,,,\n\
             plan_made,,,,shire,2025,yes,,,,,,\n\
             rate,,,,ashby,2025,61.50,,%,provisional;revised,,2026,\n\
             grade,,,,burton,2025,B,,,,,,\n\
             lines,,,,Delta,2025,-5,,条,,-2+3,,\n"
        );
        let expected = read(&program, "typed.csv", typed.as_bytes());
        assert_eq!(told(&expected, lang), Vec::<String>::new());
        for format in FormFormat::ALL {
            let bytes = towns(&program, format, lang);
            let table = table(format, &bytes);
            let at = |heads| column(&table, heads);
            let (id, part) = (at(["Indicator", "指标"]), at(["Breakdown", "分组"]));
            let (measure, entity) = (at(["Measure", "度量"]), at(["Entity", "主体"]));
            let (value, unit) = (at(["Value", "数值"]), at(["Unit", "计量单位"]));
            let (word, status) = (at(["Qualifier", "限定词"]), at(["Status", "状态"]));
            let (source, day) = (at(["Source", "来源"]), at(["Published", "发布日期"]));
            let note = at(["Note", "备注"]);
            let row = |indicator: &str, breakdown: &str, is_plain: bool, who: &[&str]| {
                let fits = |row: &&Vec<String>| {
                    row[id] == indicator
                        && row[part] == breakdown
                        && row[measure].is_empty() == is_plain
                        && (who.is_empty() || who.contains(&row[entity].as_str()))
                };
                let found = table.iter().filter(fits).count();
                assert_eq!(found, 1, "{indicator} {breakdown}");
                table.iter().position(|row| fits(&row)).unwrap()
            };
            let homes = row("homes", "", true, &[]);
            let rate = row("rate", "", true, &["Ashby", "甲镇"]);
            let lines = row("lines", "", true, &["Delta"]);
            let cells = [
                (homes, value, "12.0"),
                (homes, unit, "万户"),
                (homes, word, over),
                (homes, status, estimated),
                (homes, source, "bulletin"),
                (homes, day, "2026-02-28"),
                (homes, note, "=1+1"),
                (row("homes", "area=rural", true, &[]), value, "40000"),
                (row("homes", "area=rural", true, &[]), unit, "户"),
                (row("homes", "", false, &[]), value, "约6%"),
                (row("plan_made", "", true, &[]), value, yes),
                (rate, value, "61.50"),
                (rate, status, "provisional;revised"),
                (rate, day, "2026"),
                (row("grade", "", true, &["Burton", "乙镇"]), value, "B"),
                (lines, value, "-5"),
                (lines, unit, "条"),
                (lines, source, "-2+3"),
            ];
            let back = read(&program, &name(format), &fill(format, &bytes, &cells));
            assert_eq!(told(&back, lang), Vec::<String>::new());
            let tidy = |lines: Vec<String>| -> Vec<String> {
                let word = |line: &String| line.replace(over, "over").replace(yes, "yes");
                lines.iter().map(word).collect()
            };
            let (back, wanted) = (said(&program, &back), said(&program, &expected));
            assert_eq!(tidy(back), tidy(wanted), "{format:?}");
        }
    }
}

#[test]
fn every_word_that_is_offered_is_read() {
    let program = pack(TOWNS);
    for lang in Lang::ALL {
        let book = towns(&program, FormFormat::Xlsx, lang);
        let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(book)).unwrap();
        let format = FormFormat::Csv;
        let bytes = towns(&program, format, lang);
        let table = table(format, &bytes);
        let lists = book.worksheet_range_at(2).unwrap().unwrap();
        let at = |heads| column(&table, heads);
        let (id, value) = (at(["Indicator", "指标"]), at(["Value", "数值"]));
        let rows_of = |indicator: &str| {
            let found = table.iter().enumerate();
            let is_it = |(_, row): &(usize, &Vec<String>)| row[id] == indicator;
            found.filter(is_it).map(|(n, _)| n).collect::<Vec<_>>()
        };
        let mut n_words = 0;
        for list in 0..lists.width() as u32 {
            let cell = |row| lists.get_value((row, list)).map(ToString::to_string);
            let head = cell(2).unwrap();
            let target = column(&table, [head.as_str(), ""]);
            let words = (3..).map_while(cell).filter(|word| !word.is_empty());
            for word in words {
                n_words += 1;
                // A word of a list is read in some row that could offer it.
                let is_read = ["homes", "rate", "lines", "plan_made", "grade"]
                    .iter()
                    .any(|id| {
                        rows_of(id).iter().any(|row| {
                            let mut cells = vec![(*row, target, word.as_str())];
                            if target != value {
                                cells.push((*row, value, "5"));
                            }
                            let filled = fill(format, &bytes, &cells);
                            let back = read(&program, "form.csv", &filled);
                            back.problems.is_empty() && back.claims.len() + back.absences.len() == 1
                        })
                    });
                assert!(is_read, "{head}: {word}");
            }
        }
        assert!(n_words > 35, "{n_words}");
    }
}

#[test]
fn a_form_of_other_rules_is_told_once() {
    let program = pack(TOWNS);
    let later = pack(&TOWNS.replace("at least 60%", "at least 61%"));
    let other = pack(&TOWNS.replace("pack homes", "pack houses"));
    let mut out = String::new();
    for format in FormFormat::ALL {
        let bytes = towns(&program, format, Lang::En);
        for reader in [&later, &other] {
            let back = read(reader, &name(format), &bytes);
            assert_eq!(back.problems.len(), 1);
            assert!(back.problems.iter().all(|problem| problem.is_warning));
            for lang in Lang::ALL {
                writeln!(out, "{}", told(&back, lang).join("\n")).unwrap();
            }
        }
    }
    golden::snapshot("template", "other-rules", &out);
}

#[test]
fn a_remark_without_a_value_is_an_absence() {
    let program = pack(TOWNS);
    for format in FormFormat::ALL {
        let bytes = towns(&program, format, Lang::En);
        let table = table(format, &bytes);
        let (note, word) = (
            column(&table, ["Note", ""]),
            column(&table, ["Qualifier", ""]),
        );
        let back = fill(format, &bytes, &[(1, note, "not counted this year")]);
        let back = read(&program, &name(format), &back);
        assert_eq!((back.claims.len(), back.absences.len()), (0, 1));
        assert_eq!(told(&back, Lang::En), Vec::<String>::new());
        // A word without its number was meant to be more.
        let back = fill(format, &bytes, &[(1, word, "over")]);
        assert_eq!(read(&program, &name(format), &back).problems.len(), 1);
    }
}

/// The text of a part of a workbook.
fn part(bytes: &[u8], name: &str) -> String {
    let mut parts = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    parts
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[test]
fn the_workbook_guides_whoever_fills_it_in() {
    let program = pack(TOWNS);
    for lang in Lang::ALL {
        let bytes = towns(&program, FormFormat::Xlsx, lang);
        assert_eq!(
            bytes,
            towns(&program, FormFormat::Xlsx, lang),
            "the same each time"
        );
        let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
        for wanted in [
            "<sheetProtection sheet=\"1\"",
            "state=\"frozen\"",
            "orientation=\"landscape\"",
            "fitToHeight=\"0\"",
            "hidden=\"1\"",
            "errorStyle=\"warning\"",
        ] {
            assert!(sheet.contains(wanted), "{wanted}");
        }
        assert!(!sheet.contains("password"));
        assert!(part(&bytes, "xl/workbook.xml").contains("_xlnm.Print_Titles"));
        let comments = part(&bytes, "xl/comments1.xml");
        let comments = roxmltree::Document::parse(&comments).unwrap();
        let texts = comments
            .descendants()
            .filter(|node| node.has_tag_name("text"));
        let mut out: Vec<String> = texts
            .map(|text| {
                text.descendants()
                    .filter(|node| node.is_text())
                    .filter_map(|node| node.text())
                    .collect()
            })
            .collect();
        out.dedup();
        golden::snapshot(
            "template",
            &format!("comments-{}", lang.code()),
            &out.join("\n---\n"),
        );
        // Both ways of writing say the same.
        let text = |format| table(format, &towns(&program, format, lang));
        assert_eq!(text(FormFormat::Xlsx), text(FormFormat::Csv));
    }
}

#[test]
fn hostile_texts_stay_texts() {
    let text = TOWNS
        .replace("\"Homes online\"", "\"=cmd|'/C calc'!A0\"")
        .replace("\"homes with a wire\"", "\"@SUM(1+1)\"")
        .replace("\"Ashby\"", "\"+1 <b>&amp;]]>\"")
        .replace("one of \"A\", \"B\"", "one of \"A\", \"=B1\", \"a,b\"")
        .replace("\"Most homes are online\"", "\"-2+3 \u{1F4CF} \\\\\"");
    let program = pack(&text);
    for format in FormFormat::ALL {
        let bytes = towns(&program, format, Lang::En);
        let back = read(&program, &name(format), &bytes);
        assert_eq!(told(&back, Lang::En), Vec::<String>::new());
        let table = table(format, &bytes);
        if format == FormFormat::Csv {
            let is_run = |cell: &String| cell.starts_with(['=', '+', '@']);
            assert!(!table.iter().flatten().any(is_run));
        } else {
            assert!(!part(&bytes, "xl/worksheets/sheet1.xml").contains("<f>"));
            assert!(table.iter().flatten().any(|cell| cell.starts_with("=cmd")));
        }
        let (id, value) = (
            column(&table, ["Indicator", ""]),
            column(&table, ["Value", ""]),
        );
        let grade = table.iter().position(|row| row[id] == "grade").unwrap();
        let homes = table.iter().position(|row| row[id] == "homes").unwrap();
        let cells = [(grade, value, "a,b"), (homes, value, "7")];
        let back = read(&program, &name(format), &fill(format, &bytes, &cells));
        assert_eq!(told(&back, Lang::En), Vec::<String>::new());
        assert_eq!(back.claims.len(), 2);
    }
}
