//! A run of tests as JUnit XML: a suite for each test item, a case for each row of its tables.

use std::io::{self, Write};

use super::TestReport;
use crate::report::junit::xml::{self, Case, Kind, Suite};

pub(super) fn write(w: &mut dyn Write, report: &TestReport<'_>) -> io::Result<()> {
    let pack = &report.program.model.pack.id;
    let mut suites: Vec<Suite> = Vec::new();
    for result in report.results {
        let is_same = |suite: &&mut Suite| suite.name == result.label;
        if suites.last_mut().filter(is_same).is_none() {
            suites.push(Suite {
                name: result.label.clone(),
                properties: vec![
                    ("plumbrule", env!("CARGO_PKG_VERSION").to_owned()),
                    ("pack", pack.clone()),
                    ("rules-digest", report.digests.rules.clone()),
                ],
                cases: Vec::new(),
            });
        }
        let lines = result.failures.iter().map(|(span, message)| {
            let message = message.render(report.lang);
            format!("{}: {message}\n", report.place(*span))
        });
        let first = result.failures.first();
        let case = Case {
            class: pack.clone(),
            name: result.title.render(report.lang),
            kind: match first {
                Some(_) => Kind::Failure,
                None => Kind::Passed,
            },
            word: "expected".to_owned(),
            message: first.map_or_else(String::new, |(_, first)| first.render(report.lang)),
            body: lines.collect(),
            out: String::new(),
        };
        if let Some(suite) = suites.last_mut() {
            suite.cases.push(case);
        }
    }
    xml::write(w, pack, &suites)
}
