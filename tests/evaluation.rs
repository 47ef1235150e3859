//! The evaluation systems of the provinces: the rules against the tables of the reports, one edition
//! against the other, and the tables that come with them.

use std::collections::BTreeMap;
use std::fs;

use plumbrule::figures::{Limits, Submission};
use plumbrule::message::Lang;
use plumbrule::program::Program;

use crate::{common, repository};

/// A table of a pack: rows of cells, without the header.
fn table(path: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(common::root(path)).unwrap();
    let cells = |line: &str| line.split('\t').map(str::to_owned).collect();
    text.lines().skip(1).map(cells).collect()
}

/// Columns of `system.tsv`.
const ID: usize = 0;
const PRIMARY: usize = 1;
const SECONDARY: usize = 3;
const ELEMENT: usize = 5;
const SOURCE: usize = 7;
const SOURCE_EN: usize = 8;
const MARKER: usize = 9;
const LINE: usize = 10;

fn system(year: i32) -> Vec<Vec<String>> {
    table(&format!("rules/evaluation-{year}/system.tsv"))
}

/// The elements of a score as its pack writes them: id, and the year where it names one.
fn elements(year: i32, score: &str) -> Vec<(String, Option<String>)> {
    let path = format!("rules/evaluation-{year}/scores.plumb");
    let text = fs::read_to_string(common::root(&path)).unwrap();
    let head = format!("score {score} ");
    let own = text.lines().skip_while(|line| !line.starts_with(&head));
    own.take_while(|line| *line != "}")
        .filter_map(|line| line.trim().strip_prefix("element "))
        .map(|rest| {
            let id = rest.split(' ').next().unwrap().to_owned();
            let year = rest.split_once('@').map(|(_, rest)| rest[..4].to_owned());
            (id, year)
        })
        .collect()
}

#[test]
fn scores_have_the_elements_of_the_table_and_lagged_ones_the_year_before() {
    for year in [2023, 2024] {
        let rows = system(year);
        assert_eq!(rows.len(), 43);
        let wanted = |primary: Option<&str>| -> Vec<(String, Option<String>)> {
            let of = |row: &&Vec<String>| primary.is_none_or(|name| row[PRIMARY] == name);
            let lag = |row: &Vec<String>| (row[MARKER] == "lagged").then(|| (year - 1).to_string());
            let rows = rows.iter().filter(of);
            rows.map(|row| (row[ID].clone(), lag(row))).collect()
        };
        assert_eq!(elements(year, "composite"), wanted(None));
        let program = repository::program(&format!("evaluation-{year}"));
        for score in program.model.scores.values().skip(1) {
            let own = elements(year, &score.id);
            assert_eq!(own, wanted(Some(&score.label.zh)), "{year} {}", score.id);
            assert!(!own.is_empty());
        }
    }
}

#[test]
fn indicators_say_what_the_table_says_of_them() {
    for year in [2023, 2024] {
        let program = repository::program(&format!("evaluation-{year}"));
        for row in system(year) {
            let all = &mut program.model.indicators.values();
            let indicator = all.find(|one| one.id == row[ID]).unwrap();
            assert!(
                indicator
                    .label
                    .zh
                    .starts_with(row[ELEMENT].trim_end_matches('等'))
            );
            let notes = |lang: Lang| -> String {
                let texts = indicator.notes.iter();
                texts.map(|note| note.get(lang)).collect()
            };
            let (zh, en) = (notes(Lang::Zh), notes(Lang::En));
            for cell in [PRIMARY, SECONDARY, SOURCE, LINE] {
                assert!(zh.contains(&row[cell]), "{year} {}: {zh}", row[ID]);
            }
            assert!(en.contains(&row[SOURCE_EN]), "{year} {}: {en}", row[ID]);
            assert_eq!(zh.contains('※'), row[MARKER] == "lagged", "{}", row[ID]);
            assert_eq!(zh.contains('*'), row[MARKER] == "survey", "{}", row[ID]);
            assert_eq!(zh.contains('等'), row[ELEMENT].ends_with('等'));
        }
    }
}

#[test]
fn changes_are_those_between_the_two_tables() {
    let by_id = |year| -> BTreeMap<String, Vec<String>> {
        let rows = system(year).into_iter();
        rows.map(|row| (row[ID].clone(), row)).collect()
    };
    let (old, new) = (by_id(2023), by_id(2024));
    let mut found = Vec::new();
    for (id, row) in &old {
        let Some(now) = new.get(id) else {
            found.push([id, "gone", &row[ELEMENT], ""].map(str::to_owned));
            continue;
        };
        let fields = [
            ("words", ELEMENT),
            ("secondary", SECONDARY),
            ("source", SOURCE),
            ("marker", MARKER),
        ];
        for (what, cell) in fields {
            if row[cell] != now[cell] {
                found.push([id, what, &row[cell], &now[cell]].map(str::to_owned));
            }
        }
    }
    for (id, row) in &new {
        if !old.contains_key(id) {
            found.push([id, "new", "", &row[ELEMENT]].map(str::to_owned));
        }
    }
    let mut found: Vec<Vec<String>> = found.into_iter().map(Vec::from).collect();
    found.sort();
    let mut written = table("rules/evaluation-2024/changes.tsv");
    written.sort();
    assert_eq!(written, found);
}

/// Figures of a folder of a pack, read without a word of complaint.
fn figures(program: &Program, folder: &str) -> Submission {
    let mut submission = Submission::new(&program.model);
    for path in common::files(folder, &[".csv"]) {
        let bytes = fs::read(common::root(&path)).unwrap();
        submission.read_table(&program.model, &path, &bytes, &Limits::default());
    }
    assert!(submission.problems.is_empty(), "{:?}", submission.problems);
    submission
}

#[test]
fn the_made_sample_has_every_element_of_every_province_in_its_year() {
    for year in [2023, 2024] {
        let program = repository::program(&format!("evaluation-{year}"));
        let submission = figures(&program, &format!("rules/evaluation-{year}/made"));
        let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
        for claim in submission.claims.values() {
            assert_eq!(submission.text(claim.source), "made");
            let id = &program.model.indicators[claim.figure.indicator].id;
            *seen
                .entry((id.clone(), claim.period.to_string()))
                .or_default() += 1;
        }
        let rows = system(year);
        assert_eq!(seen.len(), rows.len());
        for row in rows {
            let lag = i32::from(row[MARKER] == "lagged");
            // One cell or two of a column are blank, so that scores show what that does.
            let n = seen[&(row[ID].clone(), (year - lag).to_string())];
            assert!((29..=31).contains(&n), "{year} {}: {n}", row[ID]);
        }
        assert!(submission.claims.len() < 43 * 31);
    }
}

#[test]
fn the_published_tables_name_ten_provinces_of_31_as_the_words_do() {
    for year in [2023, 2024] {
        let program = repository::program(&format!("evaluation-{year}"));
        let folder = format!("rules/evaluation-{year}/published");
        assert_eq!(figures(&program, &folder).claims.len(), 31);
        let all = program.model.rules.values();
        let check = { all }.find(|rule| rule.id == "first.count").unwrap();
        let words = check.citations[0].quote.split('等').next().unwrap();
        let mut named: Vec<&str> = words.split('、').collect();
        named.sort_unstable();
        let text = fs::read_to_string(common::root(&format!("{folder}/first-tier.csv"))).unwrap();
        let cells = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
        let mut yes: Vec<&str> = cells
            .filter(|row| row[3] == "是")
            .map(|row| row[1])
            .collect();
        yes.sort_unstable();
        assert_eq!(yes, named);
        assert_eq!(yes.len(), 10);
    }
}
