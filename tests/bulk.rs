//! Columns of many rows against the evaluator of one submission: every verdict, cause and outcome.

use std::collections::BTreeMap;
use std::io;

use plumbrule::bulk::{
    Block, Bytes, InMemory, Job, NumberedPart, Part, Ran, Scratch, Shown, Sink, Source,
    SourceOptions, SourceProblem, SourceProblemKind, Stop, Verdicts, Wanted, judged_rules, open,
    open_folder, run, run_by_body,
};
use plumbrule::eval::{Options, Outcomes, evaluate};
use plumbrule::figures::{Limits, Submission};
use plumbrule::period::Period;
use plumbrule::program::Program;
use plumbrule::verdict::{Cause, Causes, Verdict};

/// What a rule says of a body and a period.
pub(crate) type Said = BTreeMap<(String, String, Period), (Verdict, Causes, Outcomes)>;

#[derive(Default)]
pub(crate) struct Kept(pub(crate) Said);

impl Sink for Kept {
    fn take(&mut self, verdicts: &Verdicts<'_>) -> io::Result<()> {
        let names: Vec<&str> = verdicts.entities().collect();
        for at in 0..verdicts.rules().len() {
            for (row, name) in names.iter().enumerate() {
                let (Some(verdict), Some(period)) =
                    (verdicts.verdict(at, row), verdicts.period(row))
                else {
                    continue;
                };
                let said = (
                    verdict,
                    verdicts.causes(at, row),
                    verdicts.outcomes(at, row),
                );
                let about = (
                    verdicts.rule_name(at).to_owned(),
                    (*name).to_owned(),
                    period,
                );
                assert!(self.0.insert(about, said).is_none(), "judged twice");
            }
        }
        Ok(())
    }
}

/// What columns say.
pub(crate) fn by_columns(
    program: &Program,
    name: &str,
    bytes: &[u8],
    options: &Options,
    threads: usize,
) -> Result<(Said, Ran), Stop> {
    let job = Job {
        program,
        options,
        rules: &[],
        threads,
        fail_fast: false,
        progress: &|_, _, _| {},
    };
    let mut kept = Kept::default();
    let is_known = |word: &str| program.model.is_word(word);
    let again = || {
        let options = SourceOptions {
            is_known: &is_known,
            ..SourceOptions::default()
        };
        open(name, Box::new(bytes.to_vec()), &options)
    };
    let ran = run(&job, &again, &mut kept)?;
    Ok((kept.0, ran))
}

/// What the evaluator says of the same bodies and periods.
pub(crate) fn by_rows(program: &Program, bytes: &[u8], asked: &Said, options: &Options) -> Said {
    by_rows_of(program, "rows.csv", bytes, asked, options)
}

/// The same of a file of any form.
pub(crate) fn by_rows_of(
    program: &Program,
    name: &str,
    bytes: &[u8],
    asked: &Said,
    options: &Options,
) -> Said {
    let mut submission = Submission::new(&program.model);
    submission.read_table(&program.model, name, bytes, &Limits::default());
    let mut periods: Vec<Period> = asked.keys().map(|(_, _, period)| *period).collect();
    periods.sort_by_key(|period| (period.first_day(), period.last_day()));
    periods.dedup();
    let mut said = Said::new();
    for period in periods {
        let options = Options {
            period: Some(period),
            ..options.clone()
        };
        for row in evaluate(program, &submission, &options).rows {
            let rule = program.model.rules[row.rule].id.clone();
            let about = (rule, submission.entities[row.entity].id.clone(), period);
            if asked.contains_key(&about) {
                said.insert(about, (row.verdict, row.causes, row.possible));
            }
        }
    }
    said
}

pub(crate) fn program(text: &str) -> Program {
    let mut sources = plumbrule::Sources::with_std();
    sources.add("pack.plumb", text);
    match plumbrule::compile(&sources) {
        Ok(program) => program,
        Err(problems) => panic!("{problems:#?}"),
    }
}

#[test]
fn the_workload_is_judged_as_one_submission_is() {
    let program = program(include_str!("../examples/million/pack.plumb"));
    let bytes = include_bytes!("../examples/million/figures.csv");
    for threads in [1, 2] {
        let options = Options::default();
        let (said, ran) = by_columns(&program, "figures.csv", bytes, &options, threads).unwrap();
        assert_eq!(ran.tally.n_rows, 31);
        assert_eq!(said.len(), 31 * 24);
        assert_eq!(said, by_rows(&program, bytes, &said, &options));
        let n: u64 = Verdict::ALL
            .iter()
            .map(|verdict| ran.tally.count(*verdict))
            .sum();
        assert_eq!(n, 31 * 24);
    }
}

#[test]
fn what_columns_hold_is_learnt_from_a_row_that_can_be_read() {
    let program = program(
        "pack p \"P\" { entity CN }\nentity CN \"China\" { }\nentity firm \"Firms\" { members open }\n\
         indicator sales \"Sales\" { kind index }\n\
         target much \"Much\" { for each firm require sales >= 10 }\n",
    );
    let bytes = "entity,year,sales\nF1,unknown,20\nF1,2024,20\nF2,2024,5\n".as_bytes();
    let options = Options::default();
    let (said, ran) = by_columns(&program, "rows.csv", bytes, &options, 1).unwrap();
    assert_eq!(ran.tally.count(Verdict::Pass), 1);
    assert_eq!(ran.tally.n_passed_over, 1);
    assert_eq!(said, by_rows(&program, bytes, &said, &options));
}

#[test]
fn beside_a_divisor_of_nothing_what_is_missing_is_not_the_only_cause() {
    let program = program(
        "pack p \"P\" { entity CN }\nentity CN \"China\" { }\nentity firm \"Firms\" { members open }\n\
         indicator a \"A\" { kind index }\nindicator b \"B\" { kind index }\nindicator d \"D\" { kind index }\n\
         target r \"R\" { for each firm require b + a / d * d >= (a + 100) / (a - d) * a }\n",
    );
    let bytes = "entity,year,a,b,d\nF1,2024,100,,0\nF2,2024,,1,0\nF3,2024,1,1,1\n".as_bytes();
    let options = Options::default();
    let (said, _) = by_columns(&program, "rows.csv", bytes, &options, 1).unwrap();
    assert_eq!(said, by_rows(&program, bytes, &said, &options));
}

#[test]
fn a_branch_that_is_not_taken_is_no_cause() {
    let ends = ["a >= b", "a == a * a / (if b < 1 then a else 0)"];
    let rule = |id: &str, [yes, no]: [&str; 2]| {
        format!("target {id} \"R\" {{ for each firm require if a > 0 then {yes} else {no} }}\n")
    };
    let program = program(&format!(
        "pack p \"P\" {{ entity CN }}\nentity CN \"China\" {{ }}\nentity firm \"Firms\" {{ members open }}\n\
         indicator a \"A\" {{ kind index }}\nindicator b \"B\" {{ kind index }}\n{}{}",
        rule("yes", ends),
        rule("no", [ends[1], ends[0]]),
    ));
    let rows = b"entity,year,a,b\nABOVE,2024,5,\nBELOW,2024,-5,\n";
    let options = Options::default();
    let (said, _) = by_columns(&program, "rows.csv", rows, &options, 1).unwrap();
    assert_eq!(said, by_rows(&program, rows, &said, &options));
    for (rule, entity, is_only) in [
        ("yes", "ABOVE", true),
        ("yes", "BELOW", false),
        ("no", "ABOVE", false),
        ("no", "BELOW", true),
    ] {
        let about = (rule.to_owned(), entity.to_owned(), Period::Year(2024));
        let causes = said[&about].1;
        assert!(causes.contains(Cause::Missing), "{about:?}");
        assert_eq!(causes == Cause::Missing.into(), is_only, "{about:?}");
    }
}

#[test]
fn a_note_below_a_table_is_passed_over() {
    let program = program(
        "pack p \"P\" { entity CN }\nentity CN \"China\" { }\nentity firm \"Firms\" { members open }\n\
         indicator sales \"Sales\" { kind index }\n\
         target much \"Much\" { for each firm require sales >= 10 }\n",
    );
    let mut table = String::from("entity,year,sales\n");
    for n in 0..60 {
        table += &format!("F{n},2024,{n}\n");
    }
    table += "注：本表为初步数。\n";
    let options = Options::default();
    let (said, ran) = by_columns(&program, "rows.csv", table.as_bytes(), &options, 1).unwrap();
    assert_eq!((ran.tally.n_rows, ran.tally.n_passed_over), (60, 1));
    assert!(ran.problems.is_empty(), "{:?}", ran.problems);
    assert_eq!(said, by_rows(&program, table.as_bytes(), &said, &options));
}

/// The later file had been understood from its first part alone.
#[test]
fn a_file_of_a_folder_is_understood_from_as_many_rows_as_the_first() {
    let program = program(
        "pack p \"P\" { }\nentity firm \"Firms\" { members open }\nindicator out \"Output\" { kind index }\n\
         target t \"T\" { for each firm require out at least 1 }\n\
         target g \"G\" { for each firm require growth(out) at least 0% }\n",
    );
    let header = "entity,year,out,seen,remark\n";
    let row = |name: &str, seen: &str| format!("{name},2024,2,{seen},{}\n", "x".repeat(80));
    let first = format!("{header}{}", row("a", "zz"));
    // Nothing tells in its first row what the column says.
    let rest = [("b", ""), ("c", "2023\u{5e74}"), ("d", "2023\u{5e74}")]
        .map(|(name, seen)| row(name, seen));
    let other = format!("{header}{}", rest.concat());
    let asked = Options::default();
    // The second rule looks at other rows than its own.
    let rules = judged_rules(&program);
    let job = |rules, threads| Job {
        program: &program,
        options: &asked,
        rules,
        threads,
        fail_fast: false,
        progress: &|_, _, _| {},
    };
    let open = || {
        let file = |name: &str, text: &str| {
            (
                name.to_owned(),
                Box::new(text.as_bytes().to_vec()) as Box<dyn Bytes>,
            )
        };
        let options = SourceOptions {
            part_bytes: 64,
            ..SourceOptions::default()
        };
        open_folder(vec![file("a.csv", &first), file("b.csv", &other)], options)
    };
    let room = || Ok(Box::new(InMemory::default()) as Box<dyn Scratch>);
    for threads in [1, 3] {
        let by_row = run(&job(&rules[..1], threads), &open, &mut Kept::default());
        assert!(matches!(by_row, Err(Stop::Whole(_))), "{by_row:?}");
        let by_body = run_by_body(&job(&rules, threads), &open, &room, &mut Kept::default());
        assert!(matches!(by_body, Err(Stop::Whole(_))), "{by_body:?}");
    }
}

/// What becomes of a part of a table.
#[derive(Clone, Copy)]
enum Fate {
    Read,
    Broken,
    Panics,
}

/// A table whose parts each take a time of their own, in thousandths of a second.
struct Slow(Box<dyn Source>, &'static [(u64, Fate)]);

struct SlowPart(Box<dyn Part>, u64, Fate);

impl Source for Slow {
    fn header(&self) -> &[String] {
        self.0.header()
    }

    fn n_rows(&self) -> Option<u64> {
        None
    }

    fn progress(&self) -> (u64, u64) {
        self.0.progress()
    }

    fn next_part(&self, wanted: &[Wanted]) -> Result<Option<NumberedPart>, SourceProblem> {
        let part = self.0.next_part(wanted)?;
        Ok(part.map(|(at, part)| {
            let place = usize::try_from(at).unwrap();
            let (time, fate) = self.1.get(place).copied().unwrap_or((0, Fate::Read));
            (at, Box::new(SlowPart(part, time, fate)) as Box<dyn Part>)
        }))
    }
}

impl Part for SlowPart {
    fn next(&mut self, block: &mut Block) -> Result<bool, SourceProblem> {
        std::thread::sleep(std::time::Duration::from_millis(self.1));
        match self.2 {
            Fate::Read => self.0.next(block),
            Fate::Broken => {
                let kind = SourceProblemKind::Io("broken".to_owned());
                Err(SourceProblem::new(1, kind))
            }
            Fate::Panics => panic!("a part that panics"),
        }
    }

    fn cells(&mut self, rows: &[u32]) -> Result<Vec<Vec<Shown>>, SourceProblem> {
        self.0.cells(rows)
    }
}

/// How a run over such parts ends; none where it does not.
fn ended(parts: &'static [(u64, Fate)]) -> Option<&'static str> {
    let (done, all) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let program = program(
            "pack p \"P\" { }\nentity firm \"Firms\" { members open }\nindicator out \"Output\" { kind index }\n\
             target t \"T\" { for each firm require out at least 1 }\n",
        );
        let options = Options::default();
        let job = Job {
            program: &program,
            options: &options,
            rules: &[],
            threads: 3,
            fail_fast: false,
            progress: &|_, _, _| {},
        };
        let n_opened = std::sync::atomic::AtomicUsize::new(0);
        let again = || {
            let rows: Vec<String> = (0..12).map(|n| format!("firm{n},2024,1\n")).collect();
            let text = format!("firm,year,out\n{}", rows.concat());
            let options = SourceOptions {
                part_bytes: 64,
                ..SourceOptions::default()
            };
            let source = open("a.csv", Box::new(text.into_bytes()), &options)?;
            // The first look at the table goes well.
            Ok(
                match n_opened.fetch_add(1, std::sync::atomic::Ordering::Relaxed) {
                    0 => source,
                    _ => Box::new(Slow(source, parts)) as Box<dyn Source>,
                },
            )
        };
        let ran = || run(&job, &again, &mut Kept::default());
        let ran = std::panic::catch_unwind(std::panic::AssertUnwindSafe(ran));
        let told = match ran {
            Ok(Ok(_)) => "judged",
            Ok(Err(_)) => "broken",
            Err(_) => "panicked",
        };
        done.send(told).unwrap();
    });
    all.recv_timeout(std::time::Duration::from_secs(60)).ok()
}

/// Threads had waited forever for their turn: behind a part that panics, and before a part that gave up waiting as another
/// one was broken.
#[test]
fn a_run_ends_whatever_becomes_of_its_parts_and_in_any_order() {
    use Fate::{Broken, Panics, Read};
    assert_eq!(ended(&[(0, Read)]), Some("judged"));
    assert_eq!(ended(&[(200, Panics)]), Some("panicked"));
    assert_eq!(
        ended(&[(400, Read), (200, Broken), (0, Read)]),
        Some("broken")
    );
    assert_eq!(
        ended(&[(200, Broken), (0, Read), (0, Read)]),
        Some("broken")
    );
    assert_eq!(
        ended(&[(0, Read), (200, Read), (100, Broken)]),
        Some("broken")
    );
}
