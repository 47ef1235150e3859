//! An audit as a table: one line a finding. Heads and words of enumerations are never translated.

use std::collections::BTreeSet;
use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};

use super::{BYTE_ORDER_MARK, join};
use crate::audit::AuditFinding;
use crate::formula::neutral;
use crate::number::Rounding;
use crate::report::audit::{AuditReport, Section, sentence, tested};
use crate::report::values::{FigureParts, decimal};

pub(in crate::report) const HEADS: [&str; 18] = [
    "id",
    "digest",
    "kind",
    "severity",
    "standing",
    "rule",
    "indicator",
    "entity",
    "period",
    "gap",
    "gap_unit",
    "printed",
    "sources",
    "sentence",
    "also_in",
    "explained",
    "acknowledged",
    "hypotheses",
];

pub(in crate::report) fn write_audit(
    w: &mut dyn Write,
    report: &AuditReport<'_>,
) -> io::Result<()> {
    w.write_all(BYTE_ORDER_MARK)?;
    let mut lines = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(w);
    lines.write_record(HEADS)?;
    for finding in &report.audit.findings {
        for cell in cells(report, finding) {
            lines.write_field(neutral(&cell).as_ref())?;
        }
        lines.write_record(None::<&[u8]>)?;
    }
    lines.flush()
}

fn cells(report: &AuditReport<'_>, one: &AuditFinding) -> [String; HEADS.len()] {
    let run = &report.side.run;
    let model = &run.program.model;
    let own = &one.finding;
    let side = report.side.report(report.lang);
    let figures = one.figures.iter();
    let figures: Vec<FigureParts> = figures.map(|one| side.figure_parts(one.claim)).collect();
    let gap = one.gap();
    let noted = crate::report::audit::acknowledged(one);
    let hypotheses = one.hypotheses.iter();
    [
        one.id.clone(),
        one.digest.clone(),
        own.kind.word().to_owned(),
        one.severity.word().to_owned(),
        Section::of(one).word().to_owned(),
        own.rule
            .map_or_else(String::new, |rule| model.rules[rule].id.clone()),
        own.indicator
            .map_or_else(String::new, |id| model.indicators[id].id.clone()),
        run.submission.entities[own.entity].id.clone(),
        own.period.to_string(),
        gap.map_or_else(String::new, |(gap, unit)| {
            decimal(gap, &unit.factor, Rounding::Down)
        }),
        gap.map_or_else(String::new, |(_, unit)| unit.name.clone()),
        join(figures.iter().map(|figure| &figure.printed)),
        join(figures.iter().map(FigureParts::place)),
        sentence(one).render(report.lang),
        {
            let all: BTreeSet<&String> = one.figures.iter().flat_map(|one| &one.also).collect();
            join(all.into_iter())
        },
        one.explained
            .as_ref()
            .map_or_else(String::new, |why| why.render(report.lang)),
        noted.map_or_else(String::new, |noted| noted.render(report.lang)),
        join(hypotheses.map(|one| tested(one).render(report.lang))),
    ]
}
