//! Names of findings that outlive the order of files and rows, and digests of their figures.

use std::collections::BTreeMap;

use crate::figures::Claim;
use crate::findings::{Cx, Finding, FindingKind};
use crate::receipt::sha256;

use super::AuditFinding;

/// Digits of a digest that are kept.
const DIGITS: usize = 16;

/// Kind, what it is about, whom, and when: `growth/sales/CN/2024`.
pub(super) fn id(cx: &Cx<'_>, finding: &Finding) -> String {
    let model = &cx.program.model;
    let about = match (finding.rule, finding.indicator) {
        (Some(rule), _) => model.rules[rule].id.clone(),
        (None, Some(indicator)) => {
            let indicator = &model.indicators[indicator];
            let own = finding.claims.iter().map(|id| &cx.submission.claims[*id]);
            let mut own = own.filter(|claim| {
                model.indicators[claim.figure.indicator].id == indicator.id
                    && claim.period == finding.period
            });
            // A whole comes before its parts; a growth, a share comes last.
            let figure = match finding.kind {
                FindingKind::Identity => None,
                FindingKind::Parts => own.next(),
                _ => own.next_back(),
            };
            let parts = figure.map_or_else(String::new, |claim| parts(cx, claim));
            format!("{}{parts}", indicator.id)
        }
        (None, None) => String::new(),
    };
    let entity = &cx.submission.entities[finding.entity].id;
    format!(
        "{}/{about}/{entity}/{}",
        finding.kind.word(),
        finding.period
    )
}

/// Definition, breakdown and basis of a figure, in square brackets where it has any.
fn parts(cx: &Cx<'_>, claim: &Claim) -> String {
    let indicator = &cx.program.model.indicators[claim.figure.indicator];
    let definition = indicator
        .definitions
        .get(usize::from(claim.figure.definition));
    let definition = definition.filter(|_| claim.figure.definition > 0);
    let basis = indicator.bases.get(usize::from(claim.basis));
    let basis = basis.filter(|_| claim.basis > 0);
    let parts = [
        definition.map_or("", |known| known.id.as_str()),
        claim.figure.breakdown.as_ref(),
        basis.map_or("", |known| known.id.as_str()),
    ];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    match parts.is_empty() {
        true => String::new(),
        false => format!("[{}]", parts.join(";")),
    }
}

/// A digest of what is printed, and where.
pub(super) fn digest(cx: &Cx<'_>, finding: &Finding) -> String {
    let text = |id| cx.submission.text(id);
    let mut lines: Vec<String> = finding
        .claims
        .iter()
        .map(|id| {
            let claim = &cx.submission.claims[*id];
            let parts = [
                claim.figure.measure.word().to_owned(),
                claim.period.to_string(),
                cx.submission.entities[claim.entity].id.clone(),
                text(claim.printed).to_owned(),
                text(claim.unit).to_owned(),
                text(claim.source).to_owned(),
                text(claim.source_line).to_owned(),
            ];
            parts.join("\t")
        })
        .collect();
    lines.sort();
    let mut digest = sha256(lines.join("\n").as_bytes());
    digest.truncate(DIGITS);
    digest
}

/// Adds a number to ids that several findings would have.
pub(super) fn tell_apart(findings: &mut [AuditFinding]) {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for finding in findings {
        let n = known.entry(finding.id.clone()).or_default();
        *n += 1;
        if *n > 1 {
            finding.id = format!("{}/{n}", finding.id);
        }
    }
}
