//! What changed, for a machine, by `docs/schema/diff.json`. Words of enumerations are never
//! translated.

use std::io::{self, Write};

use serde::Serialize;

use super::{DiffReport, DiffSide, answers};
use crate::diff::{Changed, ClauseChange, Factor, FigureChange, FigureChangeKind, Said};
use crate::explain::outcome_ids;
use crate::figures::ClaimId;
use crate::findings::Finding;
use crate::message::Lang;
use crate::model::Rule;
use crate::period::Period;
use crate::report::json::{Text, both, text};
use crate::report::values::{ChoiceParts, FigureParts};
use crate::verdict::{Cause, OutlookClass};

/// The schema that this writes.
const SCHEMA: &str = "plumbrule-diff-1";

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    tool: &'static str,
    version: &'static str,
    was: SideJson,
    now: SideJson,
    periods: Vec<String>,
    factors: Vec<&'static str>,
    counts: Counts,
    changed: Vec<ChangedJson>,
    figures: Vec<FigureJson>,
    findings: FindingsJson,
}

/// What a run was made from.
#[derive(Serialize)]
pub(in crate::report) struct SideJson {
    pack: String,
    label: Text,
    paths: Vec<String>,
    in_force: Option<String>,
    known_on: Option<String>,
    #[serde(flatten)]
    choice: ChoiceParts,
    rules_digest: String,
    figures_digest: String,
    n_figures: usize,
    n_problems: usize,
}

#[derive(Serialize)]
struct Counts {
    same: usize,
    changed: usize,
    figures_changed: usize,
    figures_added: usize,
    figures_withdrawn: usize,
}

/// An answer; `answer` alone has the other fields.
#[derive(Serialize)]
pub(in crate::report) struct SaidJson {
    said: &'static str,
    verdict: Option<&'static str>,
    causes: Vec<&'static str>,
    outlook: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    outcomes: Vec<String>,
}

impl SaidJson {
    pub(in crate::report) fn of(said: &Said, rule: Option<&Rule>) -> SaidJson {
        let answer = match said {
            Said::Answer(answer) => Some(answer),
            Said::NoRow | Said::Unfit => None,
        };
        SaidJson {
            said: match said {
                Said::Answer(_) => "answer",
                Said::NoRow => "no-row",
                Said::Unfit => "unfit",
            },
            verdict: answer.map(|answer| answer.verdict.word()),
            causes: answer.map_or_else(Vec::new, |it| it.causes.iter().map(Cause::word).collect()),
            outlook: answer
                .and_then(|answer| answer.outlook)
                .map(OutlookClass::word),
            outcomes: match (answer, rule) {
                (Some(answer), Some(rule)) => outcome_ids(rule, answer.possible),
                _ => Vec::new(),
            },
        }
    }
}

#[derive(Serialize)]
struct ChangedJson {
    rule: String,
    label: Text,
    entity: String,
    period: String,
    was: SaidJson,
    now: SaidJson,
    did: Vec<Vec<&'static str>>,
    trials: Vec<TrialJson>,
    clauses: Vec<ClauseJson>,
    figures_was: Vec<FigureParts>,
    figures_now: Vec<FigureParts>,
}

#[derive(Serialize)]
struct TrialJson {
    factor: &'static str,
    alone: SaidJson,
    without: SaidJson,
}

#[derive(Serialize)]
struct ClauseJson {
    factor: &'static str,
    item: String,
    was: Option<String>,
    now: Option<String>,
}

#[derive(Serialize)]
struct FigureJson {
    kind: &'static str,
    is_read: bool,
    was: Option<FigureParts>,
    now: Option<FigureParts>,
}

#[derive(Serialize)]
struct FindingsJson {
    gone: Vec<Text>,
    arisen: Vec<Text>,
}

pub(super) fn write(w: &mut dyn Write, report: &DiffReport<'_>) -> io::Result<()> {
    let diff = report.diff;
    let n = |kind| diff.figures.iter().filter(|it| it.kind == kind).count();
    let texts = |findings: &[Finding]| findings.iter().map(|one| text(&one.message)).collect();
    let document = Document {
        schema: SCHEMA,
        tool: "plumbrule",
        version: env!("CARGO_PKG_VERSION"),
        was: SideJson::of(&report.was),
        now: SideJson::of(&report.now),
        periods: report.periods.iter().map(Period::to_string).collect(),
        factors: words(&diff.factors),
        counts: Counts {
            same: diff.n_same,
            changed: diff.changed.len(),
            figures_changed: n(FigureChangeKind::Changed),
            figures_added: n(FigureChangeKind::Added),
            figures_withdrawn: n(FigureChangeKind::Withdrawn),
        },
        changed: diff
            .changed
            .iter()
            .map(|one| changed(report, one))
            .collect(),
        figures: diff.figures.iter().map(|one| figure(report, one)).collect(),
        findings: FindingsJson {
            gone: texts(&diff.gone),
            arisen: texts(&diff.arisen),
        },
    };
    serde_json::to_writer_pretty(&mut *w, &document)?;
    writeln!(w)
}

fn words(factors: &[Factor]) -> Vec<&'static str> {
    factors.iter().map(|factor| factor.word()).collect()
}

impl SideJson {
    pub(in crate::report) fn of(side: &DiffSide<'_>) -> SideJson {
        let (program, options) = (side.run.program, side.run.options);
        SideJson {
            pack: program.model.pack.id.clone(),
            label: both(&program.model.pack.label),
            paths: side.paths.to_vec(),
            in_force: options.in_force.map(|day| day.to_string()),
            known_on: options.known_on.map(|day| day.to_string()),
            choice: ChoiceParts::of(&options.choice),
            rules_digest: side.digests.rules.clone(),
            figures_digest: side.digests.figures.clone(),
            n_figures: side.run.submission.claims.len(),
            n_problems: side.run.submission.problems.len(),
        }
    }
}

fn changed(report: &DiffReport<'_>, changed: &Changed) -> ChangedJson {
    let change = &changed.change;
    let [was, now] = answers(change);
    let label = match (&change.now, &change.was) {
        (Some(row), _) => &report.now.run.program.model.rules[row.rule].label,
        (None, Some(row)) => &report.was.run.program.model.rules[row.rule].label,
        (None, None) => &report.now.run.program.model.pack.label,
    };
    let [old, new] = report.reasons(changed);
    let figures = |side: &DiffSide<'_>, nodes: Vec<&crate::explain::Node>| {
        let mut claims: Vec<ClaimId> = nodes.iter().flat_map(|it| it.claims.clone()).collect();
        claims.sort_unstable();
        claims.dedup();
        let shown = side.report(Lang::En);
        claims
            .into_iter()
            .map(|id| shown.figure_parts(id))
            .collect()
    };
    let clause = |one: &ClauseChange| ClauseJson {
        factor: one.factor.word(),
        item: one.item.clone(),
        was: one.was.clone(),
        now: one.now.clone(),
    };
    let rule = report.rule(change);
    ChangedJson {
        rule: change.rule.clone(),
        label: both(label),
        entity: change.entity.clone(),
        period: change.period.to_string(),
        was: SaidJson::of(&was, rule),
        now: SaidJson::of(&now, rule),
        did: changed.did.iter().map(|set| words(set)).collect(),
        trials: changed
            .trials
            .iter()
            .map(|trial| TrialJson {
                factor: trial.factor.word(),
                alone: SaidJson::of(&trial.alone, rule),
                without: SaidJson::of(&trial.without, rule),
            })
            .collect(),
        clauses: changed.clauses.iter().map(clause).collect(),
        figures_was: figures(&report.was, old),
        figures_now: figures(&report.now, new),
    }
}

fn figure(report: &DiffReport<'_>, change: &FigureChange) -> FigureJson {
    let parts = |side: &DiffSide<'_>, id: Option<ClaimId>| {
        let shown = side.report(Lang::En);
        id.map(|id| shown.figure_parts(id))
    };
    FigureJson {
        kind: change.kind.word(),
        is_read: change.is_read,
        was: parts(&report.was, change.was),
        now: parts(&report.now, change.now),
    }
}
