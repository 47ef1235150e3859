//! Targets on their way: paces, projections and years against numbers worked out by hand, what a
//! supposed figure changes.

use plumbrule::compare::{Side, compare};
use plumbrule::eval::{Options, Outlook, Pooled, ReachYear, evaluate};
use plumbrule::figures::{Limits, Submission};
use plumbrule::findings::findings;
use plumbrule::model::{EntityId, RuleId};
use plumbrule::period::Period;
use plumbrule::program::Program;
use plumbrule::progress::{MethodName, Methods, Progress, board, progress};
use plumbrule::set::Set;
use plumbrule::verdict::{OutlookClass, Verdict};

const PACK: &str = r#"
pack p "P" { entity CN }
entity CN "中国" { }
indicator x "X" { kind share unit % definition a "甲" definition b "乙" }
indicator f "F" { unit 元 }
target lin "直线 Linear" { require x >= 56% by 2025 from 15% in 2020 path linear }
target strict "越过 Beyond" { require x > 56% by 2025 from 15% in 2020 path linear }
target geo "等比 Rate" { require x >= 56% by 2025 from 15% in 2020 path geometric }
target way "节点 Way" { require x >= 56% by 2025 from 15% in 2020 path waypoints 2022 26%, 2024 50% }
target down "下降 Down" { require f <= 50元 by 2025 from 100元 in 2020 path linear }
target downgeo "等比下降" { require f <= 50元 by 2025 from 100元 in 2020 path geometric }
target yearly "逐年 Yearly" { require f <= 90元 each year since 2021 }
target both "两者 Both" { require x >= 10% and f <= 90元 by 2025 }
"#;

fn program() -> Program {
    let mut sources = plumbrule::Sources::with_std();
    sources.add("pack.plumb", PACK);
    plumbrule::compile(&sources).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn figures(program: &Program, rows: &str) -> Submission {
    let mut submission = Submission::new(&program.model);
    let table = format!("indicator,period,value,source\n{rows}");
    let limits = Limits::default();
    submission.read_table(&program.model, "t.csv", table.as_bytes(), &limits);
    assert!(submission.problems.is_empty(), "{:#?}", submission.problems);
    submission
}

fn at(year: i32) -> Options {
    Options {
        period: Some(Period::Year(year)),
        ..Options::default()
    }
}

fn rule(program: &Program, id: &str) -> RuleId {
    let mut rules = program.model.rules.iter();
    rules.find(|(_, rule)| rule.id == id).unwrap().0
}

fn china(submission: &Submission) -> EntityId {
    submission.entity_named("CN").unwrap()
}

fn seen(id: &str, year: i32, rows: &str) -> Progress {
    let program = program();
    let submission = figures(&program, rows);
    let entity = china(&submission);
    progress(&program, &submission, &at(year), rule(&program, id), entity).unwrap()
}

fn outlook(id: &str, rows: &str) -> Outlook {
    seen(id, 2022, rows).outlook.unwrap()
}

fn text(set: &Option<Set>) -> String {
    set.as_ref().map_or_else(String::new, Set::to_string)
}

/// The years of an outlook: `2028`, `2028..2037`, `2022..never`.
fn years(id: &str, rows: &str) -> String {
    let reach = outlook(id, rows).reach.unwrap();
    let one = |year| match year {
        ReachYear::Year(year) => year.to_string(),
        ReachYear::After(year) => format!("after {year}"),
        ReachYear::Never => "never".to_owned(),
    };
    let (first, last) = (one(reach.earliest), one(reach.latest));
    if first == last {
        first
    } else {
        format!("{first}..{last}")
    }
}

#[test]
fn paces_are_those_worked_out_by_hand() {
    let found = outlook("lin", "x,2022,26%,a\n");
    assert_eq!(found.class, OutlookClass::OffTrack);
    // 11 points in 2 years; 30 points in the 3 to come; 15 + 5 times 5.5.
    assert_eq!(text(&found.achieved), "{0.055}");
    assert_eq!(text(&found.required), "{0.1}");
    assert_eq!(text(&found.projection), "{0.425}");
    assert_eq!(found.pooled, Pooled::One);
    let found = outlook("down", "f,2022,70元,a\n");
    assert_eq!(text(&found.achieved), "{-15}");
    assert_eq!(text(&found.projection), "{25}");
}

#[test]
fn the_year_in_which_a_target_is_reached() {
    // 41 points at 5.5 a year are 7.45 years, so the eighth.
    assert_eq!(years("lin", "x,2022,26%,a\n"), "2028");
    // 26 / 15 each two years is 3.7333 after 4.79 years.
    assert_eq!(years("geo", "x,2022,26%,a\n"), "2025");
    // Exactly on the path, it comes to the limit in the last year, and not beyond it.
    assert_eq!(years("lin", "x,2022,31.4%,a\n"), "2025");
    assert_eq!(years("strict", "x,2022,31.4%,a\n"), "2026");
    // 50 at 5 a year; 0.9 each two years is 0.5 after 13.2 years.
    assert_eq!(years("down", "f,2022,90元,a\n"), "2030");
    assert_eq!(years("downgeo", "f,2022,90元,a\n"), "2034");
    // Waypoints are walked straight on.
    assert_eq!(years("way", "x,2022,26%,a\n"), "2028");
}

#[test]
fn ranges_lead_to_ranges_of_years() {
    assert_eq!(years("lin", "x,2022,20%–26%,a\n"), "2028..2037");
    assert_eq!(years("lin", "x,2022,超31.4%,a\n"), "2022..2025");
    assert_eq!(years("strict", "x,2022,超31.4%,a\n"), "2022..2025");
    assert_eq!(years("lin", "x,2022,不足31.4%,a\n"), "2026..never");
    assert_eq!(years("down", "f,2022,不足90元,a\n"), "2022..2030");
    assert_eq!(years("downgeo", "f,2022,85元–90元,a\n"), "2029..2034");
}

#[test]
fn what_does_not_move_towards_the_target_never_comes() {
    assert_eq!(years("lin", "x,2022,15%,a\n"), "never");
    assert_eq!(years("lin", "x,2022,14%,a\n"), "never");
    assert_eq!(years("geo", "x,2022,14%,a\n"), "never");
    assert_eq!(years("downgeo", "f,2022,110元,a\n"), "never");
    // However slowly, more than 15 moves on; 15 itself does not.
    assert_eq!(years("lin", "x,2022,超15%,a\n"), "2022..after 2122");
    assert_eq!(years("geo", "x,2022,超15%,a\n"), "2022..after 2122");
    assert_eq!(years("lin", "x,2022,15%以上,a\n"), "2022..never");
    assert_eq!(years("lin", "x,2022,15.01%,a\n"), "after 2122");
}

#[test]
fn several_claims_are_all_in_the_numbers() {
    let found = outlook("lin", "x,2022,20%,a\nx,2022,26%,b\n");
    assert_eq!(found.class, OutlookClass::OffTrack);
    assert_eq!(text(&found.projection), "[0.275, 0.425]");
    assert_eq!(found.pooled, Pooled::Each(2));
    assert_eq!(years("lin", "x,2022,20%,a\nx,2022,26%,b\n"), "2028..2037");
    // One is off the path and one on it.
    let found = outlook("lin", "x,2022,26%,a\nx,2022,35%,b\n");
    assert_eq!(found.class, OutlookClass::Undetermined);
    assert_eq!(text(&found.projection), "[0.425, 0.65]");
    // A definite one stands beside one that says nothing, and its numbers are told.
    let found = outlook("lin", "x,2022,约30%,a\nx,2022,35%,b\n");
    assert_eq!(found.class, OutlookClass::OnTrack);
    assert_eq!(text(&found.projection), "{0.65}");
    assert_eq!((found.pooled, found.claims.len()), (Pooled::One, 1));
    // None is definite alone; together they are.
    let found = outlook("lin", "x,2022,31.4%–33%,a\nx,2022,30%–31%,b\n");
    assert_eq!(found.class, OutlookClass::Undetermined);
    let found = outlook(
        "lin",
        "x,2022,超30%,a\nx,2022,31.4%以上,b\nx,2022,不足33%,c\n",
    );
    assert_eq!(found.class, OutlookClass::OnTrack);
}

#[test]
fn marks_of_the_figures_stand_at_pending_rows() {
    let progress = seen("lin", 2022, "x,2022,26%,a\n");
    let words: Vec<&str> = progress.row.marks.words().collect();
    assert_eq!(words, ["definition-assumed"]);
}

#[test]
fn progress_holds_the_path_and_what_is_published() {
    let rows = "x,2021,约20%,a\nx,2022,26%,a\nx,2022,28%,b\n";
    let progress = seen("way", 2022, rows);
    let path: Vec<String> = progress
        .path
        .iter()
        .map(|(_, set)| set.to_string())
        .collect();
    // Straight from 15 to 26 in 2022, to 50 in 2024, to 56 in 2025.
    assert_eq!(
        path,
        ["{0.15}", "{0.205}", "{0.26}", "{0.38}", "{0.5}", "{0.56}"]
    );
    let told: Vec<(String, bool)> = progress
        .figures
        .iter()
        .map(|figure| (text(&figure.set), figure.is_disputed))
        .collect();
    assert_eq!(
        told,
        [
            ("(-∞, +∞)".to_owned(), false),
            ("[0.26, 0.28]".to_owned(), true)
        ]
    );
    assert!(seen("yearly", 2022, "f,2022,80元,a\n").path.is_empty());
    let geometric = seen("geo", 2022, "x,2022,26%,a\n");
    assert_eq!(geometric.path.len(), 6);
    let last = geometric.path.last().unwrap();
    assert_eq!(last.1.to_string(), "{0.56}");
}

#[test]
fn a_target_without_a_level_has_no_progress_and_no_pace() {
    let program = program();
    let submission = figures(&program, "x,2022,26%,a\nf,2022,80元,a\n");
    let of = rule(&program, "both");
    assert!(progress(&program, &submission, &at(2022), of, china(&submission)).is_none());
    let board = board(&program, &submission, &at(2022), Methods::All, |row| {
        row.rule == of
    });
    let standing = &board.standings[0];
    assert_eq!(standing.row.outlook, Some(OutlookClass::MetEarly));
    assert!(standing.by_method.iter().all(|by| by.outlook.is_none()));
}

#[test]
fn waypoints_apply_only_where_a_rule_declares_them() {
    let program = program();
    let submission = figures(&program, "x,2022,26%,a\n");
    let seen = board(&program, &submission, &at(2022), Methods::All, |_| true);
    let by = |id: &str, name: MethodName| {
        let of = rule(&program, id);
        let mut standings = seen.standings.iter();
        let standing = standings.find(|standing| standing.row.rule == of).unwrap();
        let mut all = standing.by_method.iter();
        let by = all.find(|by| by.name == Some(name)).unwrap();
        (by.is_own, by.outlook.as_ref().map(|outlook| outlook.class))
    };
    assert_eq!(by("lin", MethodName::Waypoints), (false, None));
    assert_eq!(
        by("way", MethodName::Waypoints),
        (true, Some(OutlookClass::OnTrack))
    );
    assert_eq!(
        by("way", MethodName::Linear),
        (false, Some(OutlookClass::OffTrack))
    );
    assert_eq!(
        by("lin", MethodName::Geometric),
        (false, Some(OutlookClass::OnTrack))
    );
}

#[test]
fn a_supposed_figure_replaces_what_is_published() {
    let program = program();
    let before = figures(&program, "x,2025,50%,a\nx,2025,52%,b\nf,2025,45元,a\n");
    let mut after = before.clone();
    let supposed = after
        .suppose(&program.model, "x@2025=超58%", "", 1)
        .unwrap();
    assert_eq!(supposed.replaced.len(), 2);
    let options = at(2025);
    let outcomes = [&before, &after].map(|it| [evaluate(&program, it, &options)]);
    let found = [&before, &after].map(|it| findings(&program, it, &options));
    let side = |n: usize, submission| Side {
        program: &program,
        submission,
        outcomes: &outcomes[n],
        findings: &found[n],
    };
    let comparison = compare(&side(0, &before), &side(1, &after));
    let changed: Vec<(&str, Option<Verdict>, Option<Verdict>)> = comparison
        .rows
        .iter()
        .filter(|change| !change.is_same())
        .map(|change| {
            let verdict = |row: Option<plumbrule::eval::Row>| row.map(|row| row.verdict);
            (
                change.rule.as_str(),
                verdict(change.was),
                verdict(change.now),
            )
        })
        .collect();
    let turned = |id| (id, Some(Verdict::Fail), Some(Verdict::Pass));
    assert_eq!(changed, ["lin", "strict", "geo", "way"].map(turned));
    // The two claims contradicted each other; the one that is supposed does not.
    assert_eq!((comparison.gone.len(), comparison.arisen.len()), (1, 0));
}

#[test]
fn a_supposed_figure_is_known_on_any_day_and_never_told_as_published() {
    let program = program();
    let mut submission = Submission::new(&program.model);
    let supposed = submission
        .suppose(&program.model, "x@2025=58%", "", 1)
        .unwrap();
    let options = Options {
        known_on: Some(Period::Year(1999).last_day()),
        ..at(2025)
    };
    let outcome = evaluate(&program, &submission, &options);
    assert_eq!(outcome.rows[0].verdict, Verdict::Pass);
    let claim = &submission.claims[supposed.claim];
    let source = plumbrule::explain::source_message(&program, &submission, claim);
    assert!(format!("{source:?}").contains("source-supposed"));
}
