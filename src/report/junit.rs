//! A check as JUnit XML, for systems that run tests and show what failed.
//!
//! A suite for each period and category, a case for each rule and entity; findings and problems
//! have suites of their own. What a case counts as follows the exit status. No clock, no host.

use std::io::{self, Write};

use super::facts::Facts;
use super::formats::{FormatDef, ProblemsDef};
use super::problems::{Problems, Told};
use super::{Report, explanation};
use crate::diagnostic::Severity;
use crate::eval::Outcome;
use crate::message::{Arg, Lang, Message};
use crate::model::Burden;
use crate::verdict::Verdict;
use xml::{Case, Kind, Suite};

pub(super) mod xml;

pub(super) const FORMAT: FormatDef = FormatDef {
    name: "junit",
    ending: "xml",
    is_binary: false,
    check: write,
    explanation: None,
    problems: Some(ProblemsDef {
        write: write_problems,
        is_plain_in_check: true,
    }),
};

/// Columns of the explanations, which no terminal wraps.
const COLUMNS: usize = 100;

fn write(w: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    // Bodies are plain text, wherever the report goes.
    let plain = Report {
        columns: COLUMNS,
        colour: false,
        ..*report
    };
    let mut suites: Vec<Suite> = Vec::new();
    let mut outcomes = report.outcomes.iter();
    let mut left = 0;
    let mut outcome: Option<&Outcome> = None;
    let mut category: Option<&str> = None;
    for facts in plain.facts() {
        while left == 0 {
            let Some(next) = outcomes.next() else { break };
            (outcome, left, category) = (Some(next), next.rows.len(), None);
        }
        left -= 1;
        let label = facts.rule.category.as_ref();
        let own = label.map_or("", |label| label.get(report.lang));
        if category != Some(own) {
            category = Some(own);
            suites.extend(outcome.map(|outcome| suite(report, outcome, own)));
        }
        if let Some(suite) = suites.last_mut() {
            suite.cases.push(case(&facts)?);
        }
    }
    suites.extend(findings(report));
    suites.extend(problems(&report.problems()));
    xml::write(w, &report.program.model.pack.id, &suites)
}

fn write_problems(w: &mut dyn Write, told: &Problems<'_>) -> io::Result<()> {
    let suites: Vec<Suite> = problems(told).into_iter().collect();
    xml::write(w, "plumbrule", &suites)
}

/// An empty suite of a period and category, with the clocks and what the run was made from.
fn suite(report: &Report<'_>, outcome: &Outcome, category: &str) -> Suite {
    let clocks = &outcome.clocks;
    let period = clocks.period.to_string();
    let known_on = clocks
        .known_on
        .map_or_else(|| "all".to_owned(), |day| day.to_string());
    Suite {
        name: if category.is_empty() {
            period.clone()
        } else {
            format!("{period} \u{b7} {category}")
        },
        properties: vec![
            ("plumbrule", env!("CARGO_PKG_VERSION").to_owned()),
            ("pack", report.program.model.pack.id.clone()),
            ("period", period),
            ("in-force", clocks.in_force.to_string()),
            ("known-on", known_on),
            ("sources", clocks.choice.sources.join(",")),
            ("prefer", clocks.choice.prefer.join(",")),
            ("vintage", clocks.choice.vintage.word().to_owned()),
            ("weights", clocks.choice.weights.clone().unwrap_or_default()),
            ("rules-digest", report.digests.rules.clone()),
            ("figures-digest", report.digests.figures.clone()),
        ],
        cases: Vec::new(),
    }
}

fn case(facts: &Facts<'_>) -> io::Result<Case> {
    let (report, row, rule) = (facts.report, facts.row, facts.rule);
    let lang = report.lang;
    let entity = match rule.scope {
        Some(_) => format!(" \u{b7} {}", facts.entity().get(lang)),
        None => String::new(),
    };
    let kind = kind(facts);
    let mut body = Vec::new();
    if let (Some(explanation), true) = (&facts.explanation, kind != Kind::Passed) {
        explanation::write(&mut body, report, explanation)?;
    }
    let mut out = String::new();
    for finding in facts.findings() {
        out.push_str(&finding.message.render(lang));
        out.push('\n');
    }
    let kind_of = if row.verdict == Verdict::Undetermined {
        let words: Vec<&str> = row.causes.iter().map(crate::verdict::Cause::word).collect();
        format!("{} {}", row.verdict.word(), words.join(" "))
    } else {
        row.verdict.word().to_owned()
    };
    Ok(Case {
        class: format!("{}.{}", report.program.model.pack.id, row.period),
        name: format!("{} {}{entity}", rule.id, rule.label.get(lang)),
        kind,
        word: kind_of,
        message: message(facts),
        body: String::from_utf8_lossy(&body).into_owned(),
        out,
    })
}

/// What a verdict counts as: where the exit status speaks of a failure, so does the case.
fn kind(facts: &Facts<'_>) -> Kind {
    let burden = facts.rule.burden;
    match facts.row.verdict {
        Verdict::Pass | Verdict::Decided => Kind::Passed,
        Verdict::Fail => Kind::Failure,
        Verdict::Undetermined => match burden.or(facts.report.program.model.pack.burden) {
            Some(Burden::Submitter) => Kind::Failure,
            Some(Burden::Authority) => Kind::Skipped,
            None => Kind::Error,
        },
        Verdict::Pending | Verdict::Waived | Verdict::NotApplicable => Kind::Skipped,
    }
}

/// One sentence: the margin, what is missing, or the reason; at least the verdict.
fn message(facts: &Facts<'_>) -> String {
    let lang = facts.report.lang;
    let word = Message::new(facts.row.verdict.key()).render(lang);
    let said = match facts.row.verdict {
        Verdict::Pass | Verdict::Fail => facts.margin().map(|node| node.message.render(lang)),
        Verdict::Decided => facts.outcomes().map(|outcomes| outcomes.render(lang)),
        Verdict::Undetermined => {
            let missing: Vec<Arg> = facts
                .missing()
                .into_iter()
                .map(|node| Arg::Message(node.message.clone()))
                .collect();
            let causes = facts
                .row
                .causes
                .iter()
                .map(|cause| Message::new(cause.key()));
            let list = if missing.is_empty() {
                causes.map(Arg::Message).collect()
            } else {
                missing
            };
            Some(joined(list, lang))
        }
        Verdict::Pending | Verdict::Waived | Verdict::NotApplicable => {
            return match facts.reason() {
                // It starts with the rule and names the verdict itself.
                Some(node) => node.message.render(lang),
                None => word,
            };
        }
    };
    match said {
        Some(said) => Message::new("junit-verdict")
            .with("verdict", word)
            .with("why", said)
            .render(lang),
        None => word,
    }
}

fn joined(items: Vec<Arg>, lang: Lang) -> String {
    Message::new("list")
        .with("items", Arg::List(items))
        .render(lang)
}

/// Findings change no verdict, so that none is a failure; as skipped cases they are seen.
fn findings(report: &Report<'_>) -> Option<Suite> {
    let lang = report.lang;
    let pack = &report.program.model.pack.id;
    let cases: Vec<Case> = report
        .findings
        .iter()
        .map(|finding| Case {
            class: format!("{pack}.findings.{}", finding.kind.word()),
            name: finding.id(report.program, report.submission),
            kind: Kind::Skipped,
            word: finding.kind.word().to_owned(),
            message: finding.message.render(lang),
            body: String::new(),
            out: String::new(),
        })
        .collect();
    let title = Message::new("report-findings").with("count", cases.len());
    (!cases.is_empty()).then(|| Suite {
        name: title.render(lang),
        properties: Vec::new(),
        cases,
    })
}

fn problems(problems: &Problems<'_>) -> Option<Suite> {
    let lang = problems.lang;
    let cases: Vec<Case> = problems.told().map(|told| problem(&told, lang)).collect();
    let title = Message::new("junit-problems").with("count", cases.len());
    (!cases.is_empty()).then(|| Suite {
        name: title.render(lang),
        properties: vec![("plumbrule", env!("CARGO_PKG_VERSION").to_owned())],
        cases,
    })
}

fn problem(told: &Told<'_>, lang: Lang) -> Case {
    let mut body = Vec::new();
    let mut name = told.code.to_owned();
    for (n, spot) in told.places.iter().enumerate() {
        let at = spot.text();
        if n == 0 {
            name = format!("{name} {at}");
        }
        body.push(match spot.message {
            Some(message) => format!("{at}: {}", message.render(lang)),
            None => at,
        });
    }
    if let Some(help) = told.help {
        let word = Message::new("severity-help").render(lang);
        body.push(format!("{word}: {}", help.render(lang)));
    }
    Case {
        class: "plumbrule.problems".to_owned(),
        name,
        kind: match told.severity {
            Severity::Error => Kind::Error,
            Severity::Warning | Severity::Note => Kind::Skipped,
        },
        word: told.code.to_owned(),
        message: told.message.render(lang),
        body: body.join("\n"),
        out: String::new(),
    }
}
