//! Workbooks, Markdown and CSV, read back and held against the outcome that they show.
//!
//! Texts of small runs are in `tests/sheets`. Labels that mean something to a spreadsheet or to
//! Markdown must come through as what they are: texts.

use std::collections::BTreeSet;
use std::io::{self, Cursor, Read, Write};

use calamine::{Data, Range, Reader, Xlsx, open_workbook_from_rs};
use plumbrule::eval::{Options, Outcome, Row, evaluate};
use plumbrule::figures::{Limits, Submission};
use plumbrule::findings::{Finding, findings};
use plumbrule::message::{Label, Lang, Message};
use plumbrule::period::Period;
use plumbrule::program::Program;
use plumbrule::report::{Digests, Format, MOST_EXPLAINED, Report, write_check, write_explanation};
use plumbrule::verdict::Verdict;
use plumbrule::{Sources, compile_with};

use crate::{common, golden, repository};

/// A run that was evaluated, ready to be written.
struct Case {
    program: Program,
    submission: Submission,
    options: Options,
    outcomes: Vec<Outcome>,
    findings: Vec<Finding>,
    digests: Digests,
}

impl Case {
    fn new(program: Program, submission: Submission, years: &[i32]) -> Case {
        let options = Options::default();
        let at = |year: &i32| Options {
            period: Some(Period::Year(*year)),
            ..options.clone()
        };
        Case {
            outcomes: years
                .iter()
                .map(|year| evaluate(&program, &submission, &at(year)))
                .collect(),
            findings: findings(&program, &submission, &options),
            program,
            submission,
            options,
            digests: Digests {
                rules: "sha256:rules".to_owned(),
                figures: "sha256:figures".to_owned(),
            },
        }
    }

    fn of(pack: &str, table: &str, years: &[i32]) -> Case {
        let mut sources = Sources::with_std();
        sources.add("pack.plumb", pack);
        let limits = plumbrule::CompileLimits::default();
        let (program, _) = compile_with(&sources, &limits).unwrap();
        let mut submission = Submission::new(&program.model);
        let limits = Limits::default();
        submission.read_table(&program.model, "figures.csv", table.as_bytes(), &limits);
        assert!(submission.problems.is_empty(), "{:?}", submission.problems);
        Case::new(program, submission, years)
    }

    fn first_pack(years: &[i32]) -> Case {
        let read = |path| std::fs::read_to_string(common::root(path)).unwrap();
        let pack = read("examples/first-pack/pack.plumb");
        Case::of(&pack, &read("examples/first-pack/figures.csv"), years)
    }

    fn plan(years: &[i32]) -> Case {
        let program = repository::program("nip-2021");
        let submission = repository::fixtures(&program);
        Case::new(program, submission, years)
    }

    /// A pack whose texts try to be more than texts.
    fn nasty() -> Case {
        let table = format!(
            "indicator,period,value,source,section,line,quote\n\
             share,2023,60%,-2+3,+1,012,plain\n\
             share,2025,81%,\"=cmd|'/C calc'!A0\",\"<b>\n|bold|\",7,\"{}\"\n",
            "@".repeat(40_000)
        );
        Case::of(NASTY, &table, &[2023, 2025])
    }

    fn report(&self, lang: Lang) -> Report<'_> {
        Report {
            program: &self.program,
            submission: &self.submission,
            options: &self.options,
            outcomes: &self.outcomes,
            warnings: &[],
            findings: &self.findings,
            digests: &self.digests,
            lang,
            columns: 80,
            colour: false,
            by_entity: false,
            n_left_out: 0,
            filter_args: "",
            hint_args: "",
        }
    }

    fn bytes(&self, format: Format, lang: Lang) -> Vec<u8> {
        let mut bytes = Vec::new();
        write_check(&mut bytes, format, &self.report(lang)).unwrap();
        bytes
    }

    fn text(&self, format: Format, lang: Lang) -> String {
        String::from_utf8(self.bytes(format, lang)).unwrap()
    }

    fn rows(&self) -> Vec<&Row> {
        let rows = self.outcomes.iter().flat_map(|outcome| &outcome.rows);
        rows.collect()
    }

    /// The lines of the CSV without its head, by the names of the columns.
    fn csv(&self, lang: Lang) -> Vec<Vec<(String, String)>> {
        let bytes = self.bytes(Format::CSV, lang);
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap();
        let mut reader = csv::Reader::from_reader(text);
        let heads = reader.headers().unwrap().clone();
        let line = |record: csv::StringRecord| {
            let pairs = heads.iter().zip(record.iter());
            pairs.map(|(a, b)| (a.to_owned(), b.to_owned())).collect()
        };
        reader
            .records()
            .map(|record| line(record.unwrap()))
            .collect()
    }

    fn book(&self, lang: Lang) -> Book {
        Book::new(&self.bytes(Format::XLSX, lang))
    }
}

const NASTY: &str = r##"
pack nasty "=一+1 | `code` <script>alert(1)</script> @someone #12" {
  en "+cmd & [link](javascript:1) *bold* _it_ \\ $x$"
  entity e
}
entity e "-2+三" { en "@SUM(A1)" }
indicator share "=HYPERLINK(一)" { en "=HYPERLINK(2)" unit % kind share }
target nasty.1 "=1+1|二" {
  en "-2+3|4"
  require share >= 80% by 2025
  category "# 类别" "- Category"
  from 50% in 2020
  path linear
  note "=1+1"
}
"##;

fn say(key: &'static str, lang: Lang) -> String {
    Message::new(key).render(lang)
}

fn value<'l>(line: &'l [(String, String)], name: &str) -> &'l str {
    let found = line.iter().find(|(head, _)| head == name);
    &found.unwrap().1
}

/// A workbook that was read back.
struct Book {
    bytes: Vec<u8>,
    sheets: Vec<(String, Range<Data>)>,
}

impl Book {
    fn new(bytes: &[u8]) -> Book {
        let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes.to_vec())).unwrap();
        for name in book.sheet_names() {
            let formulas = book.worksheet_formula(&name).unwrap();
            let mut found = formulas
                .used_cells()
                .filter(|(_, _, text)| !text.is_empty());
            assert!(found.next().is_none(), "a formula in {name}");
        }
        Book {
            bytes: bytes.to_vec(),
            sheets: book.worksheets(),
        }
    }

    fn sheet(&self, key: &'static str, lang: Lang) -> &Range<Data> {
        let name = say(key, lang);
        let found = self.sheets.iter().find(|(sheet, _)| *sheet == name);
        &found.unwrap().1
    }

    /// The cells of a column below its head, by the key of the head.
    fn column(&self, sheet: &'static str, head: &'static str, lang: Lang) -> Vec<Data> {
        let sheet = self.sheet(sheet, lang);
        let head = say(head, lang);
        let mut heads = sheet.rows().next().unwrap().iter();
        let at = heads.position(|cell| *cell == Data::String(head.clone()));
        let rows = sheet.rows().skip(1);
        rows.map(|row| row[at.unwrap()].clone()).collect()
    }

    fn texts(&self, sheet: &'static str, head: &'static str, lang: Lang) -> Vec<String> {
        let cells = self.column(sheet, head, lang);
        cells.into_iter().map(|cell| cell.to_string()).collect()
    }

    /// A part of the file, as it is.
    fn part(&self, name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(&self.bytes)).unwrap();
        let mut text = String::new();
        let mut part = archive.by_name(name).unwrap();
        part.read_to_string(&mut text).unwrap();
        text
    }
}

#[test]
fn a_small_run_reads_well_in_both_languages() {
    for lang in Lang::ALL {
        let code = lang.code();
        for (name, case) in [
            ("first-pack", Case::first_pack(&[2025])),
            ("first-pack-periods", Case::first_pack(&[2023, 2025])),
            ("nasty", Case::nasty()),
        ] {
            let text = case.text(Format::MARKDOWN, lang);
            // A text of forty thousand signs says nothing more than its first ones.
            let text = text.replace(&"@".repeat(39_990), "");
            golden::snapshot("sheets", &format!("{name}-md-{code}"), &text);
            let text = case
                .text(Format::CSV, lang)
                .replace(&"@".repeat(39_990), "");
            golden::snapshot("sheets", &format!("{name}-csv-{code}"), &text);
        }
    }
}

#[test]
fn one_explanation_reads_well_in_both_languages() {
    let case = Case::plan(&[2024]);
    let row = case.outcomes[0].rows[2];
    let options = Options {
        period: Some(row.period),
        ..Options::default()
    };
    let (program, submission) = (&case.program, &case.submission);
    let explained =
        plumbrule::explain::explain(program, submission, &options, row.rule, row.entity);
    for lang in Lang::ALL {
        let mut bytes = Vec::new();
        write_explanation(&mut bytes, Format::MARKDOWN, &case.report(lang), &explained).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        golden::snapshot("sheets", &format!("explained-md-{}", lang.code()), &text);
    }
}

#[test]
fn every_table_of_markdown_has_as_many_cells_as_heads() {
    for case in [
        Case::plan(&[2023, 2024, 2025]),
        Case::plan(&[2025]),
        Case::nasty(),
    ] {
        for lang in Lang::ALL {
            let text = case.text(Format::MARKDOWN, lang);
            let n_cells = |line: &str| line.replace("\\|", "").matches('|').count();
            let mut heads = 0;
            let mut n_tables = 0;
            for line in text.lines() {
                match (line.starts_with('|'), heads) {
                    (true, 0) => {
                        heads = n_cells(line);
                        n_tables += 1;
                    }
                    (true, n) => assert_eq!(n_cells(line), n, "{line}"),
                    (false, _) => heads = 0,
                }
            }
            assert!(n_tables >= 1, "{text}");
            assert!(!text.contains("<script") && !text.contains("<b>"), "{text}");
            for rule in case.rows().iter().map(|row| row.rule) {
                assert!(text.contains(&case.program.model.rules[rule].id));
            }
        }
    }
}

#[test]
fn every_row_is_a_line_of_csv_and_only_sentences_change_with_the_language() {
    let case = Case::plan(&[2023, 2024, 2025]);
    let (zh, en) = (case.csv(Lang::Zh), case.csv(Lang::En));
    let text = case.text(Format::CSV, Lang::En);
    assert_eq!(text.matches("\r\n").count(), text.matches('\n').count());
    let rows = case.rows();
    assert_eq!((zh.len(), en.len()), (rows.len(), rows.len()));
    let machine = |line: &[(String, String)]| -> Vec<(String, String)> {
        let is_machine = |(head, _): &&(String, String)| head != "sentence" && head != "details";
        line.iter().filter(is_machine).cloned().collect()
    };
    for ((row, zh), en) in rows.iter().zip(&zh).zip(&en) {
        assert_eq!(machine(zh), machine(en));
        assert_eq!(value(en, "rule"), case.program.model.rules[row.rule].id);
        assert_eq!(value(en, "verdict"), row.verdict.word());
        assert_eq!(value(en, "period"), row.period.to_string());
        let causes: Vec<&str> = row.causes.iter().map(|cause| cause.word()).collect();
        assert_eq!(value(en, "causes"), causes.join(" | "));
        let outlook = row.outlook.map_or("", |class| class.word());
        assert_eq!(value(en, "outlook"), outlook);
        assert_ne!(value(zh, "sentence"), value(en, "sentence"));
    }
    let users = en
        .iter()
        .find(|line| value(line, "rule") == "nip.1" && value(line, "period") == "2025");
    let users = users.unwrap();
    assert_eq!(value(users, "margin_lo"), "-0.75");
    assert_eq!(value(users, "printed"), "11.25亿人");
    assert_eq!(value(users, "sources"), "dcr-2025:40");
}

#[test]
fn no_cell_of_csv_is_a_formula_and_none_is_changed_for_good() {
    let case = Case::nasty();
    let line = case.csv(Lang::En).pop().unwrap();
    assert_eq!(value(&line, "label_zh"), "'=1+1|二");
    assert_eq!(value(&line, "label_en"), "'-2+3|4");
    assert_eq!(value(&line, "entity_zh"), "'-2+三");
    assert_eq!(value(&line, "entity_en"), "'@SUM(A1)");
    assert_eq!(value(&line, "sources"), "'=cmd|'/C calc'!A0:7");
    // A number stays one.
    assert_eq!(value(&line, "margin_lo"), "1");
    for (head, text) in line {
        let is_formula = text.starts_with(['=', '+', '-', '@']);
        assert!(!is_formula, "{head}: {text}");
    }
}

/// Remembers how much came, and the longest piece.
#[derive(Default)]
struct Sink {
    n_lines: usize,
    longest: usize,
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.n_lines += bytes.iter().filter(|byte| **byte == b'\n').count();
        self.longest = self.longest.max(bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// As many rows as no run explains one by one.
fn many() -> Case {
    let mut case = Case::first_pack(&[2025]);
    let outcome = &mut case.outcomes[0];
    outcome.rows = vec![outcome.rows[0]; MOST_EXPLAINED + 1];
    case
}

#[test]
fn a_big_run_goes_out_in_pieces() {
    let case = many();
    for format in [Format::CSV, Format::MARKDOWN] {
        let mut sink = Sink::default();
        write_check(&mut sink, format, &case.report(Lang::En)).unwrap();
        let n_rows = MOST_EXPLAINED + 1;
        assert!(sink.n_lines >= n_rows, "{} {}", format.name(), sink.n_lines);
        assert!(
            sink.longest <= 64 << 10,
            "{} {}",
            format.name(),
            sink.longest
        );
    }
    let lines = case.csv(Lang::En);
    assert_eq!(lines.len(), MOST_EXPLAINED + 1);
    assert_eq!(value(&lines[0], "verdict"), "undetermined");
    for empty in ["margin_lo", "figures", "printed", "sources", "sentence"] {
        assert_eq!(value(&lines[0], empty), "", "{empty}");
    }
    let note = Message::new("sheet-unexplained").with("most", MOST_EXPLAINED);
    let note = note.render(Lang::En);
    assert!(case.text(Format::MARKDOWN, Lang::En).contains(&note));
    let book = case.book(Lang::En);
    let verdicts = book.texts("sheet-verdicts", "sheet-verdict", Lang::En);
    assert_eq!(verdicts.len(), MOST_EXPLAINED + 1);
    let summary = book.sheet("sheet-summary", Lang::En);
    assert!(
        summary
            .used_cells()
            .any(|(_, _, cell)| *cell == Data::String(note.clone()))
    );
}

#[test]
fn a_workbook_holds_every_row_verdict_and_finding() {
    let case = Case::plan(&[2023, 2024, 2025]);
    let rows = case.rows();
    for lang in Lang::ALL {
        let book = case.book(lang);
        let names: Vec<&str> = book.sheets.iter().map(|(name, _)| name.as_str()).collect();
        let expected = [
            "sheet-summary",
            "sheet-verdicts",
            "sheet-periods",
            "sheet-explanations",
            "sheet-figures",
            "sheet-findings",
        ];
        assert_eq!(names, expected.map(|key| say(key, lang)));
        let rules = book.texts("sheet-verdicts", "sheet-rule", lang);
        let verdicts = book.texts("sheet-verdicts", "sheet-verdict", lang);
        let periods = book.column("sheet-verdicts", "sheet-period", lang);
        assert_eq!(rules.len(), rows.len());
        for (n, row) in rows.iter().enumerate() {
            assert_eq!(rules[n], case.program.model.rules[row.rule].id);
            assert_eq!(verdicts[n], say(row.verdict.key(), lang));
            assert_eq!(periods[n], Data::Float(f64::from(row.period.year())));
        }
        let sentences = book.texts("sheet-findings", "sheet-sentence", lang);
        let found = case.findings.iter();
        let found: Vec<String> = found.map(|one| one.message.render(lang)).collect();
        assert!(!found.is_empty());
        assert_eq!(sentences, found);
        // Each row has its verdict among the explanations, told as the terminal tells it.
        let kinds = book.texts("sheet-explanations", "sheet-kind", lang);
        let verdict = say("page-kind-verdict", lang);
        assert_eq!(
            kinds.iter().filter(|kind| **kind == verdict).count(),
            rows.len()
        );
    }
}

#[test]
fn a_workbook_counts_as_the_outcome_does() {
    let case = Case::plan(&[2025]);
    let book = case.book(Lang::En);
    let summary = book.sheet("sheet-summary", Lang::En);
    for verdict in Verdict::ALL {
        let word = Data::String(say(verdict.key(), Lang::En));
        let line = summary.rows().find(|row| row[1] == word).unwrap();
        let count = case.outcomes[0].count(verdict);
        assert_eq!(line[2].to_string(), count.to_string(), "{}", verdict.word());
    }
    let texts: BTreeSet<String> = summary
        .used_cells()
        .map(|(_, _, cell)| cell.to_string())
        .collect();
    for text in [
        "sha256:rules",
        "sha256:figures",
        env!("CARGO_PKG_VERSION"),
        "nip-2021",
    ] {
        assert!(texts.contains(text), "{text}");
    }
    let names: Vec<&str> = book.sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert!(
        !names.contains(&"By period"),
        "one period needs no sheet of periods"
    );
}

#[test]
fn figures_of_a_workbook_are_numbers_where_that_is_exact() {
    let case = Case::plan(&[2025]);
    let book = case.book(Lang::Zh);
    let printed = book.texts("sheet-figures", "sheet-printed", Lang::Zh);
    let from = book.column("sheet-figures", "sheet-from", Lang::Zh);
    let to = book.column("sheet-figures", "sheet-to", Lang::Zh);
    let units = book.texts("sheet-figures", "sheet-unit", Lang::Zh);
    let at = |text: &str| printed.iter().position(|one| one == text).unwrap();
    let users = at("11.25亿人");
    assert_eq!(from[users], Data::Float(11.25));
    assert_eq!(to[users], Data::Float(11.25));
    assert_eq!(units[users], "亿人");
    let share = at("10.5%以上");
    assert_eq!(
        (&from[share], &to[share]),
        (&Data::Float(10.5), &Data::Empty)
    );
    // As printed it stays a text, whatever it looks like.
    let cells = book.column("sheet-figures", "sheet-printed", Lang::Zh);
    assert!(cells.iter().all(|cell| matches!(cell, Data::String(_))));

    let table = "indicator,period,value\nshare,2025,81.1234567890123456%\n";
    let long = Case::of(NASTY, table, &[2025]);
    let book = long.book(Lang::Zh);
    let from = book.column("sheet-figures", "sheet-from", Lang::Zh);
    assert_eq!(from, [Data::String("81.1234567890123456".to_owned())]);
}

#[test]
fn labels_of_a_workbook_are_texts_and_fit() {
    let case = Case::nasty();
    for lang in Lang::ALL {
        let book = case.book(lang);
        let names = book.column("sheet-verdicts", "sheet-name", lang);
        let rule = case.program.model.rules.values().next().unwrap();
        assert_eq!(names[0], Data::String(rule.label.get(lang).to_owned()));
        let quotes = book.texts("sheet-figures", "sheet-quote", lang);
        let longest = quotes.iter().max_by_key(|quote| quote.len()).unwrap();
        assert_eq!(longest.encode_utf16().count(), 32_767);
        assert!(longest.starts_with("@@@") && longest.ends_with('\u{2026}'));
        let cut = Message::new("sheet-texts-cut").with("count", 0_usize);
        let cut = cut.render(lang).split_once('0').unwrap().1.to_owned();
        let summary = book.sheet("sheet-summary", lang);
        let mut texts = summary.used_cells().map(|(_, _, cell)| cell.to_string());
        assert!(texts.any(|text| text.ends_with(&cut)), "{cut}");
        let lines = book.column("sheet-figures", "sheet-line", lang);
        assert!(lines.contains(&Data::Float(7.0)));
    }
}

#[test]
fn a_workbook_can_be_filtered_frozen_and_printed() {
    let book = Case::plan(&[2025]).book(Lang::En);
    for n in 2..=5 {
        let sheet = book.part(&format!("xl/worksheets/sheet{n}.xml"));
        for must in [
            "<autoFilter ref=\"A1:",
            "state=\"frozen\"",
            "orientation=\"landscape\"",
            "fitToHeight=\"0\"",
            "<oddHeader>&amp;Lnip-2021 14th Five-Year",
            "period 2025",
        ] {
            assert!(sheet.contains(must), "sheet {n} lacks {must}");
        }
        assert!(!sheet.contains("<f>"), "sheet {n} has a formula");
    }
    let names = book.part("xl/workbook.xml");
    for sheet in ["Verdicts", "Explanations", "Figures", "Findings"] {
        assert!(
            names.contains(&format!("{sheet}!$1:$1")),
            "{sheet}: {names}"
        );
    }
    let verdicts = book.part("xl/worksheets/sheet2.xml");
    // The colours of all verdicts, and a way from each rule to its explanation.
    let n_colours = verdicts.matches("<cfRule").count();
    assert_eq!(n_colours, Verdict::ALL.len());
    assert_eq!(verdicts.matches("<hyperlink ").count(), 18);
    assert!(
        verdicts.contains("location=\"Explanations!A2\"") || verdicts.contains("'Explanations'!A2")
    );
    assert!(
        book.part("docProps/core.xml")
            .contains("2000-01-01T00:00:00Z")
    );
}

#[test]
fn a_line_of_the_page_holds_no_command_and_is_short() {
    for (label, part) in [
        ("R&D &P\n", "R&amp;&amp;D &amp;&amp;P".to_owned()),
        // As many as fit beside the id of the pack, each of them twice.
        (&"&".repeat(500), format!("{}\u{2026}", "&amp;".repeat(94))),
    ] {
        let mut case = Case::nasty();
        case.program.model.pack.label = Label::same(label);
        let sheet = case.book(Lang::En).part("xl/worksheets/sheet1.xml");
        let header = sheet.split_once("<oddHeader>").unwrap().1;
        let left = header.split_once("&amp;R").unwrap().0;
        assert_eq!(left, format!("&amp;Lnasty {part}"));
    }
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    for format in [Format::XLSX, Format::MARKDOWN, Format::CSV] {
        let (one, other) = (Case::plan(&[2024, 2025]), Case::plan(&[2024, 2025]));
        let (one, other) = (one.bytes(format, Lang::Zh), other.bytes(format, Lang::Zh));
        assert!(one == other, "{}", format.name());
    }
}

#[test]
fn nothing_to_say_is_said() {
    let mut case = Case::first_pack(&[2025]);
    case.outcomes[0].rows.clear();
    for lang in Lang::ALL {
        let none = say("report-no-rows", lang);
        assert!(case.text(Format::MARKDOWN, lang).contains(&none));
        let book = case.book(lang);
        let summary = book.sheet("sheet-summary", lang);
        let mut cells = summary.used_cells();
        assert!(cells.any(|(_, _, cell)| *cell == Data::String(none.clone())));
        assert!(case.csv(lang).is_empty());
    }
}

#[test]
fn the_manual_names_every_column_and_sheet() {
    let manual = std::fs::read_to_string(common::root("docs/output.md")).unwrap();
    let case = Case::plan(&[2024, 2025]);
    for (head, _) in &case.csv(Lang::En)[0] {
        assert!(manual.contains(&format!("`{head}`")), "{head}");
    }
    for lang in Lang::ALL {
        for (sheet, _) in case.book(lang).sheets {
            assert!(manual.contains(&format!("| {sheet} |")), "{sheet}");
        }
    }
}
