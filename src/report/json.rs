//! Results for a machine. Numbers are decimal strings; enumeration words are never translated.
//!
//! The schemas are `docs/schema/check.json` and `problems.json`; the version is in `schema`.

use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use super::facts::Facts;
use super::formats::{FormatDef, ProblemsDef};
use super::values::{ChoiceParts, FigureParts, SetParts, decimal, parts_in, set_parts};
use crate::eval::Outlook;
use crate::explain::{Explanation, Node, Unit};
use crate::findings::Finding;
use crate::message::{Label, Lang, Message};
use crate::number::{Exact, Rounding};
use crate::set::Set;

mod duty;
mod evidence;
mod problems;

pub(super) const FORMAT: FormatDef = FormatDef {
    name: "json",
    ending: "json",
    is_binary: false,
    check: write,
    explanation: Some(write_explanation),
    problems: Some(ProblemsDef {
        write: problems::write,
        // They stand below the rows, where a reader of rows may not look.
        is_plain_in_check: false,
    }),
};

/// The schema that this writes.
pub(super) const SCHEMA: &str = "plumbrule-check-1";

#[derive(Serialize)]
pub(super) struct Text {
    zh: String,
    en: String,
}

#[derive(Serialize)]
struct Run {
    tool: &'static str,
    version: &'static str,
    pack: String,
    label: Text,
    periods: Vec<String>,
    in_force: Vec<String>,
    known_on: Option<String>,
    #[serde(flatten)]
    choice: ChoiceParts,
    rules_digest: String,
    figures_digest: String,
    n_figures: usize,
    n_problems: usize,
}

#[derive(Serialize)]
struct RowJson {
    rule: String,
    label: Text,
    category: Option<Text>,
    entity: String,
    period: String,
    judged: String,
    verdict: &'static str,
    causes: Vec<&'static str>,
    cause_details: Vec<Detail>,
    marks: Vec<&'static str>,
    reason: Option<Text>,
    reading: &'static str,
    modality: &'static str,
    deadline: Option<duty::DeadlineJson>,
    waiver: Option<duty::WaiverJson>,
    figures: Vec<FigureParts>,
    margin: Option<Amount>,
    outlook: Option<OutlookJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    outcomes: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<evidence::EvidenceJson>,
    findings: Vec<String>,
}

#[derive(Serialize)]
struct Detail {
    address: String,
    text: Text,
}

#[derive(Serialize)]
struct Amount {
    set: SetParts,
    unit: String,
}

#[derive(Serialize)]
struct OutlookJson {
    class: &'static str,
    method: Option<&'static str>,
    grade: Option<&'static str>,
    score: Option<SetParts>,
    threshold: Option<String>,
    achieved: Option<SetParts>,
    required: Option<SetParts>,
    pace_unit: String,
    projection: Option<SetParts>,
    unit: String,
    causes: Vec<&'static str>,
}

#[derive(Serialize)]
struct FindingJson {
    id: String,
    kind: &'static str,
    rule: Option<String>,
    indicator: Option<String>,
    entity: String,
    period: String,
    text: Text,
    gap: Option<String>,
    unit: Option<String>,
    figures: Vec<FigureParts>,
}

#[derive(Serialize)]
struct NodeJson {
    address: String,
    kind: &'static str,
    text: Text,
    set: Option<SetParts>,
    unit: Option<String>,
    figures: Vec<FigureParts>,
    children: Vec<NodeJson>,
}

#[derive(Serialize)]
struct CheckJson {
    schema: &'static str,
    run: Run,
    rows: Vec<RowJson>,
    findings: Vec<FindingJson>,
    problems: Vec<problems::ProblemJson>,
}

#[derive(Serialize)]
struct ExplanationJson {
    schema: &'static str,
    run: Run,
    row: RowJson,
    nodes: Vec<NodeJson>,
}

fn write(w: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    let cx = Cx { report };
    let document = CheckJson {
        schema: SCHEMA,
        run: cx.run(),
        rows: report.facts().map(|facts| cx.row(&facts)).collect(),
        findings: report
            .findings
            .iter()
            .map(|finding| cx.finding(finding))
            .collect(),
        problems: problems::list(&report.problems()),
    };
    serde_json::to_writer_pretty(&mut *w, &document)?;
    writeln!(w)
}

fn write_explanation(
    w: &mut dyn Write,
    report: &Report<'_>,
    explanation: &Explanation,
) -> io::Result<()> {
    let cx = Cx { report };
    let row = explanation.trace.row;
    let document = ExplanationJson {
        schema: "plumbrule-explanation-1",
        run: cx.run(),
        row: cx.row(&Facts::of(report, &row, explanation.clone())),
        nodes: explanation.nodes.iter().map(|node| cx.node(node)).collect(),
    };
    serde_json::to_writer_pretty(&mut *w, &document)?;
    writeln!(w)
}

struct Cx<'a> {
    report: &'a Report<'a>,
}

impl Cx<'_> {
    fn run(&self) -> Run {
        let report = self.report;
        let pack = &report.program.model.pack;
        Run {
            tool: "plumbrule",
            version: env!("CARGO_PKG_VERSION"),
            pack: pack.id.clone(),
            label: both(&pack.label),
            periods: report
                .outcomes
                .iter()
                .map(|outcome| outcome.clocks.period.to_string())
                .collect(),
            in_force: report
                .outcomes
                .iter()
                .map(|outcome| outcome.clocks.in_force.to_string())
                .collect(),
            known_on: report.options.known_on.map(|day| day.to_string()),
            choice: ChoiceParts::of(&report.options.choice),
            rules_digest: report.digests.rules.clone(),
            figures_digest: report.digests.figures.clone(),
            n_figures: report.submission.claims.len(),
            n_problems: report.submission.problems.len(),
        }
    }

    fn row(&self, facts: &Facts<'_>) -> RowJson {
        let report = self.report;
        let (row, rule) = (facts.row, facts.rule);
        let outlook = match (facts.outlook(), row.outlook) {
            (Some(outlook), _) => Some(OutlookJson::new(outlook, facts)),
            (None, Some(class)) => Some(OutlookJson::bare(class.word())),
            (None, None) => None,
        };
        let detail = |node: &Node| Detail {
            address: node.address.clone(),
            text: text(&node.message),
        };
        RowJson {
            rule: rule.id.clone(),
            label: both(&rule.label),
            category: rule.category.as_ref().map(both),
            entity: report.submission.entities[row.entity].id.clone(),
            period: row.period.to_string(),
            judged: row.judged.to_string(),
            verdict: row.verdict.word(),
            causes: row.causes.iter().map(crate::verdict::Cause::word).collect(),
            cause_details: facts.missing().into_iter().map(detail).collect(),
            marks: row.marks.words().collect(),
            reason: facts.reason().map(|node| text(&node.message)),
            reading: match rule.reading {
                crate::figures::printed::Reading::Exact => "exact",
                crate::figures::printed::Reading::Printed => "printed",
            },
            modality: rule.modality.word(),
            deadline: facts.due().map(duty::deadline),
            waiver: facts.waiver().map(duty::waiver),
            figures: facts
                .claims()
                .iter()
                .map(|id| report.figure_parts(*id))
                .collect(),
            margin: facts
                .margin()
                .and_then(|node| Some(amount(node.set.as_ref()?, node.unit.as_ref()?))),
            outlook,
            outcomes: crate::explain::outcome_ids(rule, row.possible),
            evidence: facts
                .explanation
                .as_ref()
                .map_or_else(Vec::new, |known| evidence::evidence(report, known)),
            findings: facts
                .findings()
                .into_iter()
                .map(|finding| finding.id(report.program, report.submission))
                .collect(),
        }
    }

    fn finding(&self, finding: &Finding) -> FindingJson {
        let report = self.report;
        let model = &report.program.model;
        FindingJson {
            id: finding.id(report.program, report.submission),
            kind: finding.kind.word(),
            rule: finding.rule.map(|rule| model.rules[rule].id.clone()),
            indicator: finding.indicator.map(|id| model.indicators[id].id.clone()),
            entity: report.submission.entities[finding.entity].id.clone(),
            period: finding.period.to_string(),
            text: text(&finding.message),
            gap: finding
                .gap
                .as_ref()
                .map(|(gap, unit)| decimal(gap, &unit.factor, Rounding::Down)),
            unit: finding.gap.as_ref().map(|(_, unit)| unit.name.clone()),
            figures: finding
                .claims
                .iter()
                .map(|id| report.figure_parts(*id))
                .collect(),
        }
    }

    fn node(&self, node: &Node) -> NodeJson {
        let report = self.report;
        NodeJson {
            address: node.address.clone(),
            kind: node.kind.word(),
            text: text(&node.message),
            set: match (&node.set, &node.unit) {
                (Some(set), Some(unit)) => Some(parts_in(set, unit)),
                _ => None,
            },
            unit: node.unit.as_ref().map(|unit| unit.name.clone()),
            figures: node
                .claims
                .iter()
                .map(|id| report.figure_parts(*id))
                .collect(),
            children: node.children.iter().map(|child| self.node(child)).collect(),
        }
    }
}

impl OutlookJson {
    fn new(outlook: &Outlook, facts: &Facts<'_>) -> OutlookJson {
        let shown = |part: &str| {
            let node = facts.outlook_part(part)?;
            Some((
                set_parts(node.set.as_ref()?, &node.unit.as_ref()?.factor),
                node.unit.clone()?,
            ))
        };
        let unit = |found: &Option<(SetParts, Unit)>| {
            found
                .as_ref()
                .map_or_else(String::new, |(_, unit)| unit.name.clone())
        };
        let (score, achieved) = (shown("score"), shown("achieved"));
        let (required, projection) = (shown("required"), shown("projection"));
        let score_factor = score
            .as_ref()
            .map_or_else(|| Exact::from(1), |(_, unit)| unit.factor.clone());
        OutlookJson {
            class: outlook.class.word(),
            method: outlook.method.as_ref().map(crate::model::Method::word),
            grade: outlook.grade.map(crate::eval::Grade::word),
            threshold: outlook
                .threshold
                .as_ref()
                .map(|threshold| decimal(threshold, &score_factor, Rounding::HalfEven)),
            pace_unit: unit(&achieved),
            unit: unit(&projection),
            score: score.map(|(set, _)| set),
            achieved: achieved.map(|(set, _)| set),
            required: required.map(|(set, _)| set),
            projection: projection.map(|(set, _)| set),
            causes: outlook
                .causes
                .iter()
                .map(crate::verdict::Cause::word)
                .collect(),
        }
    }

    fn bare(class: &'static str) -> OutlookJson {
        OutlookJson {
            class,
            method: None,
            grade: None,
            score: None,
            threshold: None,
            achieved: None,
            required: None,
            pace_unit: String::new(),
            projection: None,
            unit: String::new(),
            causes: Vec::new(),
        }
    }
}

pub(super) fn both(label: &Label) -> Text {
    Text {
        zh: label.get(Lang::Zh).to_owned(),
        en: label.get(Lang::En).to_owned(),
    }
}

pub(super) fn text(message: &Message) -> Text {
    Text {
        zh: message.render(Lang::Zh),
        en: message.render(Lang::En),
    }
}

fn amount(set: &Set, unit: &Unit) -> Amount {
    Amount {
        set: parts_in(set, unit),
        unit: unit.name.clone(),
    }
}
