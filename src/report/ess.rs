//! A check as the validation report structure of the European Statistical System, version 1.0.1.
//!
//! A validation for each row and finding, an aggregation for each count; `docs/schema/ess.json`
//! says what is in them. The time is the day of the law applied, never that of a clock.

use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use super::facts::Facts;
use super::formats::FormatDef;
use super::values::ChoiceParts;
use crate::eval::{Clocks, Outcome};
use crate::figures::{ClaimId, ClaimState};
use crate::findings::Finding;
use crate::message::Message;
use crate::model::{EntityId, FigureRef, Measure, Rule};
use crate::period::Period;
use crate::program::at;
use crate::source::Span;
use crate::verdict::Verdict;

pub(super) const FORMAT: FormatDef = FormatDef {
    name: "ess",
    ending: "json",
    is_binary: false,
    check: write,
    explanation: None,
    problems: None,
};

/// The version of the rule language, in which expressions are written.
const LANGUAGE: &str = "plumbrule 1";

/// Population, measurement, unit, variable.
type Key = [String; 4];

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Item {
    Validation {
        id: String,
        event: Event,
        rule: RuleEss,
        data: Data,
        value: &'static str,
    },
    Aggregation {
        id: String,
        event: Event,
        aggregate: Aggregate,
        data: Sources,
        value: String,
    },
}

#[derive(Serialize)]
struct Event {
    time: String,
    actor: String,
    period: String,
    known_on: Option<String>,
    #[serde(flatten)]
    choice: ChoiceParts,
    rules_digest: String,
    figures_digest: String,
}

#[derive(Serialize)]
struct RuleEss {
    language: &'static str,
    expression: String,
    severity: &'static str,
    description: String,
}

#[derive(Serialize)]
struct Data {
    source: Vec<Key>,
    target: Vec<Key>,
    description: String,
}

#[derive(Serialize)]
struct Aggregate {
    language: &'static str,
    expression: String,
    description: String,
}

/// The validations that a count was made from.
#[derive(Serialize)]
struct Sources {
    source: Vec<[String; 1]>,
    target: [Key; 0],
}

fn write(w: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    let cx = Cx { report };
    let mut items: Vec<Item> = Vec::new();
    let mut facts = report.facts();
    for outcome in report.outcomes {
        let rows = facts.by_ref().take(outcome.rows.len());
        items.extend(rows.map(|facts| cx.row(&facts, &outcome.clocks)));
        items.extend(cx.counts(outcome));
    }
    let clocks = report.options.clocks(report.submission);
    let findings = report.findings.iter();
    items.extend(findings.map(|finding| cx.finding(finding, &clocks)));
    serde_json::to_writer_pretty(&mut *w, &items)?;
    writeln!(w)
}

/// What a verdict is as a result: only a proof is one.
fn value(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "1",
        Verdict::Fail => "0",
        Verdict::Undetermined
        | Verdict::Pending
        | Verdict::Waived
        | Verdict::Decided
        | Verdict::NotApplicable => "NA",
    }
}

struct Cx<'a> {
    report: &'a Report<'a>,
}

impl Cx<'_> {
    fn event(&self, clocks: &Clocks) -> Event {
        Event {
            time: format!("{}T00:00:00Z", clocks.in_force),
            actor: concat!("plumbrule ", env!("CARGO_PKG_VERSION")).to_owned(),
            period: clocks.period.to_string(),
            known_on: clocks.known_on.map(|day| day.to_string()),
            choice: ChoiceParts::of(&clocks.choice),
            rules_digest: self.report.digests.rules.clone(),
            figures_digest: self.report.digests.figures.clone(),
        }
    }

    fn row_id(&self, rule: &Rule, entity: EntityId, period: Period) -> String {
        let entity = &self.report.submission.entities[entity].id;
        format!("{}/{entity}/{period}", rule.id)
    }

    fn row(&self, facts: &Facts<'_>, clocks: &Clocks) -> Item {
        let (row, rule, lang) = (facts.row, facts.rule, self.report.lang);
        let program = self.report.program;
        let (mut source, mut target) = (Vec::new(), Vec::new());
        let own = &program.rules[row.rule];
        let condition = own
            .condition
            .iter()
            .chain(&own.reached)
            .flat_map(|root| &root.inputs);
        for (id, is_goal) in
            (own.goal.inputs.iter().map(|id| (id, true))).chain(condition.map(|id| (id, false)))
        {
            let input = &program.inputs[*id];
            if input.baseline.is_some() {
                continue;
            }
            let entity = input.figure.entity.unwrap_or(row.entity);
            let period = at(input.at, row.judged);
            let key = self.key(&input.figure, entity, &period.to_string());
            let claims = self.claims(&input.figure, period, entity, clocks);
            if claims.is_empty() {
                // A figure that nobody printed was looked for all the same.
                source.push(key.clone());
            }
            source.extend(claims);
            if is_goal && period == row.judged {
                target.push(key);
            }
        }
        for (input, entity) in facts.members_read() {
            let input = &program.inputs[input];
            let claims = self.claims(&input.figure, at(input.at, row.judged), entity, clocks);
            source.extend(claims);
        }
        source.sort();
        source.dedup();
        target.sort();
        target.dedup();
        Item::Validation {
            id: self.row_id(rule, row.entity, row.period),
            event: self.event(clocks),
            rule: RuleEss {
                language: LANGUAGE,
                expression: self.written(rule.goal.span),
                severity: if rule.binding == Some(false) {
                    "warning"
                } else {
                    "error"
                },
                description: format!("{} {}", rule.id, rule.label.get(lang)),
            },
            data: Data {
                source,
                target,
                description: self.told(facts),
            },
            value: value(row.verdict),
        }
    }

    /// The verdict with its reason, then the figures and what is missing.
    fn told(&self, facts: &Facts<'_>) -> String {
        let lang = self.report.lang;
        let verdict = Message::new(facts.row.verdict.key());
        let mut said: Vec<String> = match facts.nodes().first() {
            Some(node) => vec![node.message.render(lang)],
            None => {
                let causes = facts.row.causes.iter();
                let causes = causes.map(|cause| Message::new(cause.key()).render(lang));
                std::iter::once(verdict.render(lang))
                    .chain(causes)
                    .collect()
            }
        };
        let figures = facts.all(crate::explain::NodeKind::Figure);
        for node in figures
            .into_iter()
            .chain(facts.missing())
            .chain(facts.margin())
        {
            let text = node.message.render(lang);
            if !said.contains(&text) {
                said.push(text);
            }
        }
        said.join("\n")
    }

    fn counts(&self, outcome: &Outcome) -> Vec<Item> {
        let model = &self.report.program.model;
        let ids = |verdict: Verdict| -> Vec<[String; 1]> {
            let own = outcome.rows.iter().filter(|row| row.verdict == verdict);
            own.map(|row| [self.row_id(&model.rules[row.rule], row.entity, row.period)])
                .collect()
        };
        let all = Verdict::ALL.map(|verdict| (verdict, ids(verdict)));
        let own = all.into_iter().filter(|(_, ids)| !ids.is_empty());
        own.map(|(verdict, source)| {
            let count = source.len();
            let description = Message::new("report-count")
                .with("verdict", Message::new(verdict.key()))
                .with("count", count);
            Item::Aggregation {
                id: format!("count/{}/{}", outcome.clocks.period, verdict.word()),
                event: self.event(&outcome.clocks),
                aggregate: Aggregate {
                    language: LANGUAGE,
                    expression: format!("count(verdict = {})", verdict.word()),
                    description: description.render(self.report.lang),
                },
                data: Sources { source, target: [] },
                value: count.to_string(),
            }
        })
        .collect()
    }

    /// A finding is a result too: figures that cannot all be true. It moves no verdict.
    fn finding(&self, finding: &Finding, clocks: &Clocks) -> Item {
        let report = self.report;
        let model = &report.program.model;
        let rule = finding.rule.map(|rule| &model.rules[rule]);
        let about = match (rule, finding.indicator) {
            (Some(rule), _) => rule.label.get(report.lang),
            (None, Some(id)) => model.indicators[id].label.get(report.lang),
            (None, None) => "",
        };
        Item::Validation {
            id: finding.id(report.program, report.submission),
            event: self.event(clocks),
            rule: RuleEss {
                language: LANGUAGE,
                expression: match rule {
                    Some(rule) => self.written(rule.goal.span),
                    None => finding.kind.word().to_owned(),
                },
                severity: "warning",
                description: about.to_owned(),
            },
            data: Data {
                source: finding.claims.iter().map(|id| self.claim(*id)).collect(),
                target: Vec::new(),
                description: finding.message.render(report.lang),
            },
            value: "0",
        }
    }

    /// What stands in a rule file, on one line.
    fn written(&self, span: Span) -> String {
        let text = self.report.program.sources.slice(span);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The claims to a figure that can decide something.
    fn claims(
        &self,
        figure: &FigureRef,
        period: Period,
        entity: EntityId,
        clocks: &Clocks,
    ) -> Vec<Key> {
        let submission = self.report.submission;
        let all = submission.claims_at(figure, period, entity).iter();
        let counts = |id: &ClaimId| {
            let claim = &submission.claims[*id];
            claim.state == ClaimState::Good && clocks.counts(submission, claim)
        };
        all.map(|(_, id)| *id)
            .filter(counts)
            .map(|id| self.claim(id))
            .collect()
    }

    /// A claim: its figure as one document prints it.
    fn claim(&self, id: ClaimId) -> Key {
        let claim = &self.report.submission.claims[id];
        let source = self.report.submission.text(claim.source);
        let measured = if source.is_empty() {
            claim.period.to_string()
        } else {
            format!("{}/{source}", claim.period)
        };
        self.key(&claim.figure, claim.entity, &measured)
    }

    fn key(&self, figure: &FigureRef, entity: EntityId, measured: &str) -> Key {
        let report = self.report;
        let model = &report.program.model;
        let unit = &report.submission.entities[entity];
        let population = match unit.class {
            Some(class) => &model.classes[class].id,
            None => &model.pack.id,
        };
        [
            population.clone(),
            measured.to_owned(),
            unit.id.clone(),
            self.variable(figure),
        ]
    }

    /// The indicator, with what selects one of its figures in the notation of rules.
    fn variable(&self, figure: &FigureRef) -> String {
        let indicator = &self.report.program.model.indicators[figure.indicator];
        let mut parts: Vec<String> = Vec::new();
        if !figure.breakdown.is_empty() {
            parts.extend(figure.breakdown.split(';').map(str::to_owned));
        }
        if figure.measure != Measure::Level {
            parts.push(format!("measure={}", figure.measure.word()));
        }
        let definition = indicator.definitions.get(usize::from(figure.definition));
        if let (Some(definition), true) = (definition, figure.definition > 0) {
            parts.push(format!("definition={}", definition.id));
        }
        if parts.is_empty() {
            indicator.id.clone()
        } else {
            format!("{}[{}]", indicator.id, parts.join(", "))
        }
    }
}
