//! An audit for a machine, by `docs/schema/audit.json`.

use std::io::{self, Write};

use serde::Serialize;

use super::{AuditReport, Section, repair};
use crate::audit::{AuditFinding, Hypothesis, Joint, Lapse, RepairGroup, Repaired};
use crate::message::Lang;
use crate::number::{Exact, Rounding};
use crate::report::diff::SideJson;
use crate::report::json::{Text, text};
use crate::report::values::{FigureParts, SetParts, decimal, parts_in};

/// The schema that this writes.
const SCHEMA: &str = "plumbrule-audit-1";

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    tool: &'static str,
    version: &'static str,
    run: SideJson,
    figures: usize,
    relations: Vec<RelationJson>,
    joint: JointJson,
    findings: Vec<FindingJson>,
    unweighed: usize,
    repairs: Option<Vec<RepairJson>>,
}

#[derive(Serialize)]
struct RepairJson {
    findings: Vec<String>,
    figures: usize,
    relations: usize,
    whole: bool,
    fewest: Option<usize>,
    unanalysed: Option<Text>,
    more: bool,
    sets: Vec<Vec<RepairedJson>>,
}

#[derive(Serialize)]
struct RepairedJson {
    text: Text,
    claims: Vec<FigureParts>,
    baseline: Option<String>,
    unit: String,
    printed: SetParts,
    range: Option<SetParts>,
    value: SetParts,
    steps: String,
}

#[derive(Serialize)]
struct RelationJson {
    kind: &'static str,
    checked: usize,
    broken: usize,
}

#[derive(Serialize)]
struct JointJson {
    groups: usize,
    relations: usize,
    partly: usize,
    left_out: Vec<LeftOutJson>,
}

#[derive(Serialize)]
struct LeftOutJson {
    reason: &'static str,
    relations: usize,
}

#[derive(Serialize)]
struct RelationSaidJson {
    kind: &'static str,
    text: Text,
}

#[derive(Serialize)]
struct FindingJson {
    id: String,
    digest: String,
    kind: &'static str,
    severity: &'static str,
    standing: &'static str,
    rule: Option<String>,
    indicator: Option<String>,
    entity: String,
    period: String,
    text: Text,
    relations: Vec<RelationSaidJson>,
    gap: Option<String>,
    gap_unit: Option<String>,
    computed: Option<SetParts>,
    printed: Option<SetParts>,
    unit: Option<String>,
    figures: Vec<FigureJson>,
    explained: Option<Text>,
    acknowledged: Option<AcknowledgedJson>,
    hypotheses: Vec<HypothesisJson>,
}

#[derive(Serialize)]
struct AcknowledgedJson {
    author: String,
    reason: String,
    until: String,
    counts: bool,
    lapse: &'static str,
}

#[derive(Serialize)]
struct FigureJson {
    #[serde(flatten)]
    parts: FigureParts,
    as_printed: SetParts,
    others_satisfied: usize,
    others: usize,
    findings: Vec<String>,
    other_findings: usize,
}

#[derive(Serialize)]
struct HypothesisJson {
    kind: &'static str,
    figure: usize,
    text: Text,
    value: Option<SetParts>,
    unit: Option<String>,
    satisfied: usize,
    total: usize,
}

pub(super) fn write(w: &mut dyn Write, report: &AuditReport<'_>) -> io::Result<()> {
    let document = Document {
        schema: SCHEMA,
        tool: "plumbrule",
        version: env!("CARGO_PKG_VERSION"),
        run: SideJson::of(&report.side),
        figures: report.audit.n_figures,
        relations: report
            .audit
            .relations
            .iter()
            .map(|one| RelationJson {
                kind: one.kind.word(),
                checked: one.checked,
                broken: one.broken,
            })
            .collect(),
        joint: joint(&report.audit.joint),
        findings: report
            .audit
            .findings
            .iter()
            .map(|one| finding(report, one))
            .collect(),
        unweighed: report.audit.n_unweighed,
        repairs: report.repairs.map(|repairs| {
            let groups = repairs.groups.iter();
            groups.map(|group| mended(report, group)).collect()
        }),
    };
    serde_json::to_writer_pretty(&mut *w, &document)?;
    writeln!(w)
}

fn joint(of: &Joint) -> JointJson {
    let left_out = of.left_out.iter();
    JointJson {
        groups: of.groups,
        relations: of.relations,
        partly: of.partly,
        left_out: left_out
            .map(|(why, n)| LeftOutJson {
                reason: why.word(),
                relations: *n,
            })
            .collect(),
    }
}

fn mended(report: &AuditReport<'_>, group: &RepairGroup) -> RepairJson {
    let figures = |one: &Repaired| RepairedJson {
        text: text(&one.name),
        claims: {
            let side = report.side.report(Lang::En);
            let claims = one.claims.iter();
            claims.map(|claim| side.figure_parts(*claim)).collect()
        },
        baseline: one
            .baseline
            .map(|rule| report.side.run.program.model.rules[rule].id.clone()),
        unit: one.unit.name.clone(),
        printed: parts_in(&one.printed, &one.unit),
        range: one.range.as_ref().map(|range| parts_in(range, &one.unit)),
        value: parts_in(&repair::value(one).set, &one.unit),
        steps: decimal(&one.steps, &Exact::from(1), Rounding::Up),
    };
    RepairJson {
        findings: repair::ids(report, group)
            .into_iter()
            .map(str::to_owned)
            .collect(),
        figures: group.n_figures,
        relations: group.n_relations,
        whole: group.is_whole,
        fewest: group.fewest.as_ref().ok().copied(),
        unanalysed: group.fewest.as_ref().err().map(text),
        more: group.is_cut,
        sets: group
            .sets
            .iter()
            .map(|set| set.figures.iter().map(figures).collect())
            .collect(),
    }
}

fn finding(report: &AuditReport<'_>, one: &AuditFinding) -> FindingJson {
    let run = &report.side.run;
    let model = &run.program.model;
    let own = &one.finding;
    let side = report.side.report(Lang::En);
    let compared = one.compared.as_ref();
    FindingJson {
        id: one.id.clone(),
        digest: one.digest.clone(),
        kind: own.kind.word(),
        severity: one.severity.word(),
        standing: Section::of(one).word(),
        rule: own.rule.map(|rule| model.rules[rule].id.clone()),
        indicator: own.indicator.map(|id| model.indicators[id].id.clone()),
        entity: run.submission.entities[own.entity].id.clone(),
        period: own.period.to_string(),
        text: text(&own.message),
        relations: one
            .relations
            .iter()
            .map(|relation| RelationSaidJson {
                kind: relation.kind.word(),
                text: text(&relation.said),
            })
            .collect(),
        gap: one
            .gap()
            .map(|(gap, unit)| decimal(gap, &unit.factor, Rounding::Down)),
        gap_unit: one.gap().map(|(_, unit)| unit.name.clone()),
        computed: compared.map(|it| parts_in(&it.computed, &it.unit)),
        printed: compared.map(|it| parts_in(&it.printed, &it.unit)),
        unit: compared.map(|it| it.unit.name.clone()),
        figures: one
            .figures
            .iter()
            .map(|figure| FigureJson {
                parts: side.figure_parts(figure.claim),
                as_printed: parts_in(&figure.set, &figure.unit),
                others_satisfied: figure.others.0,
                others: figure.others.1,
                findings: figure.also.clone(),
                other_findings: figure.n_also,
            })
            .collect(),
        explained: one.explained.as_ref().map(text),
        acknowledged: one
            .acknowledged
            .as_ref()
            .map(|(noted, lapse)| AcknowledgedJson {
                author: noted.author.clone(),
                reason: noted.reason.clone(),
                until: noted.until.to_string(),
                counts: *lapse == Lapse::None,
                lapse: lapse.word(),
            }),
        hypotheses: one
            .hypotheses
            .iter()
            .map(|known| hypothesis(one, known))
            .collect(),
    }
}

fn hypothesis(of: &AuditFinding, one: &Hypothesis) -> HypothesisJson {
    let value = one.value.as_ref();
    let mut figures = of.figures.iter();
    HypothesisJson {
        kind: one.kind.word(),
        figure: figures
            .position(|figure| figure.claim == one.claim)
            .unwrap_or_default(),
        text: text(&one.message),
        value: value.map(|(set, unit)| parts_in(set, unit)),
        unit: value.map(|(_, unit)| unit.name.clone()),
        satisfied: one.satisfied,
        total: one.total,
    }
}
