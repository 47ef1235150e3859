//! The dashboard for a machine, by `docs/schema/outlook.json`. Numbers are decimal strings in the
//! unit beside them; enumeration words are never translated.

use std::io::{self, Write};

use serde::Serialize;

use super::{BoardReport, WhatIf};
use crate::eval::{Grade, Outlook, Reach, ReachYear};
use crate::explain::Unit;
use crate::figures::Supposed;
use crate::findings::Finding;
use crate::model::Method;
use crate::number::{Exact, Rounding};
use crate::progress::{Break, BreakKind, ByMethod, Progress, Published, Standing};
use crate::report::json::{Text, both, text};
use crate::report::values::{ChoiceParts, SetParts, decimal, set_parts};
use crate::set::Set;
use crate::verdict::{Cause, Causes};

/// The schema that this writes.
const SCHEMA: &str = "plumbrule-outlook-1";

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    run: Run,
    rows: Vec<Row>,
    what_if: Option<WhatIfJson>,
}

#[derive(Serialize)]
struct Run {
    tool: &'static str,
    version: &'static str,
    pack: String,
    label: Text,
    period: String,
    in_force: String,
    known_on: Option<String>,
    #[serde(flatten)]
    choice: ChoiceParts,
    rules_digest: String,
    figures_digest: String,
}

#[derive(Serialize)]
struct Row {
    rule: String,
    label: Text,
    category: Option<Text>,
    entity: String,
    period: String,
    judged: String,
    verdict: &'static str,
    causes: Vec<&'static str>,
    marks: Vec<&'static str>,
    outlook: Option<&'static str>,
    level: Option<Level>,
    by_method: Vec<By>,
}

/// The numbers of a level target.
#[derive(Serialize)]
struct Level {
    unit: String,
    baseline: Option<Dated>,
    due: Option<String>,
    relation: &'static str,
    limit: String,
    method: Option<&'static str>,
    path: Vec<DatedSet>,
    figures: Vec<Figure>,
    breaks: Vec<BreakJson>,
}

#[derive(Serialize)]
struct Dated {
    period: String,
    value: String,
}

#[derive(Serialize)]
struct DatedSet {
    period: String,
    set: SetParts,
}

#[derive(Serialize)]
struct Figure {
    period: String,
    set: Option<SetParts>,
    causes: Vec<&'static str>,
    disputed: bool,
    derived: bool,
    other_basis: bool,
    readings: Vec<Reading>,
}

#[derive(Serialize)]
struct Reading {
    printed: Vec<String>,
    set: SetParts,
}

#[derive(Serialize)]
struct BreakJson {
    period: String,
    kind: &'static str,
    label: Text,
}

#[derive(Serialize)]
struct By {
    method: Option<&'static str>,
    own: bool,
    applicable: bool,
    class: Option<&'static str>,
    causes: Vec<&'static str>,
    grade: Option<&'static str>,
    score: Option<SetParts>,
    threshold: Option<String>,
    score_unit: String,
    achieved: Option<SetParts>,
    required: Option<SetParts>,
    pace_unit: String,
    projection: Option<SetParts>,
    reached: Option<Reached>,
}

#[derive(Serialize)]
struct Reached {
    earliest: When,
    latest: When,
}

#[derive(Serialize)]
struct When {
    when: &'static str,
    year: Option<i32>,
}

#[derive(Serialize)]
struct WhatIfJson {
    supposed: Vec<SupposedJson>,
    rows: Vec<Pair>,
    findings_arisen: Vec<FindingJson>,
    findings_gone: Vec<FindingJson>,
}

#[derive(Serialize)]
struct SupposedJson {
    text: String,
    indicator: String,
    definition: String,
    entity: String,
    period: String,
    printed: String,
    replaced: Vec<String>,
}

/// A row as it is and as it would be.
#[derive(Serialize)]
struct Pair {
    rule: String,
    entity: String,
    changes: &'static str,
    was: Row,
    now: Row,
    turning: Vec<Text>,
}

#[derive(Serialize)]
struct FindingJson {
    kind: &'static str,
    period: String,
    text: Text,
}

pub(super) fn write(w: &mut dyn Write, report: &BoardReport<'_>) -> io::Result<()> {
    let pack = &report.program.model.pack;
    let clocks = &report.board.clocks;
    let document = Document {
        schema: SCHEMA,
        run: Run {
            tool: "plumbrule",
            version: env!("CARGO_PKG_VERSION"),
            pack: pack.id.clone(),
            label: both(&pack.label),
            period: clocks.period.to_string(),
            in_force: clocks.in_force.to_string(),
            known_on: clocks.known_on.map(|day| day.to_string()),
            choice: ChoiceParts::of(&clocks.choice),
            rules_digest: report.digests.rules.clone(),
            figures_digest: report.digests.figures.clone(),
        },
        rows: report
            .board
            .standings
            .iter()
            .map(|standing| row(report, standing))
            .collect(),
        what_if: report.what_if.map(|what_if| otherwise(report, what_if)),
    };
    serde_json::to_writer_pretty(&mut *w, &document)?;
    writeln!(w)
}

fn row(report: &BoardReport<'_>, standing: &Standing) -> Row {
    let own = &standing.row;
    let rule = &report.program.model.rules[own.rule];
    Row {
        rule: rule.id.clone(),
        label: both(&rule.label),
        category: rule.category.as_ref().map(both),
        entity: report.submission.entities[own.entity].id.clone(),
        period: own.period.to_string(),
        judged: own.judged.to_string(),
        verdict: own.verdict.word(),
        causes: words(own.causes),
        marks: own.marks.words().collect(),
        outlook: own.outlook.map(crate::verdict::OutlookClass::word),
        level: standing.progress.as_ref().map(level),
        by_method: standing
            .by_method
            .iter()
            .map(|by| by_method(standing.progress.as_ref(), by))
            .collect(),
    }
}

fn words(causes: Causes) -> Vec<&'static str> {
    causes.iter().map(Cause::word).collect()
}

fn level(progress: &Progress) -> Level {
    let factor = &progress.unit.factor;
    Level {
        unit: progress.unit.name.clone(),
        baseline: progress.baseline.as_ref().map(|(period, value)| Dated {
            period: period.to_string(),
            value: decimal(value, factor, Rounding::HalfEven),
        }),
        due: progress.due.map(|due| due.to_string()),
        relation: progress.op.sign(),
        limit: decimal(&progress.limit, factor, Rounding::HalfEven),
        method: progress.method.as_ref().map(Method::word),
        path: progress
            .path
            .iter()
            .map(|(year, set)| DatedSet {
                period: year.to_string(),
                set: set_parts(set, factor),
            })
            .collect(),
        figures: progress
            .figures
            .iter()
            .map(|figure| published(figure, factor))
            .collect(),
        breaks: progress.breaks.iter().map(broken).collect(),
    }
}

fn published(figure: &Published, factor: &Exact) -> Figure {
    Figure {
        period: figure.period.to_string(),
        set: figure.set.as_ref().map(|set| set_parts(set, factor)),
        causes: words(figure.causes),
        disputed: figure.is_disputed,
        derived: figure.is_derived,
        other_basis: figure.is_other_basis,
        readings: figure
            .readings
            .iter()
            .map(|reading| Reading {
                printed: reading.printed.clone(),
                set: set_parts(&reading.set, factor),
            })
            .collect(),
    }
}

fn broken(found: &Break) -> BreakJson {
    BreakJson {
        period: found.period.to_string(),
        kind: match found.kind {
            BreakKind::Basis => "basis",
            BreakKind::Definition => "definition",
        },
        label: both(&found.label),
    }
}

fn by_method(progress: Option<&Progress>, by: &ByMethod) -> By {
    let (percent, plain) = (Unit::percent(), Unit::plain());
    let own = progress.map_or(&plain, |progress| &progress.unit);
    let outlook = by.outlook.as_ref();
    let method = outlook.and_then(|outlook| outlook.method.as_ref());
    let score_unit = match method {
        Some(Method::Waypoints(_)) => own,
        Some(Method::Linear) => &percent,
        _ => &plain,
    };
    let pace = match outlook.is_some_and(|outlook| outlook.is_rate) {
        true => &percent,
        false => progress.map_or(&plain, |progress| &progress.step_unit),
    };
    let set = |of: fn(&Outlook) -> Option<&Set>, unit: &Unit| {
        let found = outlook.and_then(of)?;
        Some(set_parts(found, &unit.factor))
    };
    By {
        method: by.name.map(|name| machine(name.word())),
        own: by.is_own,
        applicable: outlook.is_some(),
        class: outlook.map(|outlook| outlook.class.word()),
        causes: outlook.map_or_else(Vec::new, |outlook| words(outlook.causes)),
        grade: outlook.and_then(|outlook| outlook.grade).map(Grade::word),
        score: set(|outlook| outlook.score.as_ref(), score_unit),
        threshold: outlook
            .and_then(|outlook| outlook.threshold.as_ref())
            .map(|threshold| decimal(threshold, &score_unit.factor, Rounding::HalfEven)),
        score_unit: score_unit.name.clone(),
        achieved: set(|outlook| outlook.achieved.as_ref(), pace),
        required: set(|outlook| outlook.required.as_ref(), pace),
        pace_unit: pace.name.clone(),
        projection: set(|outlook| outlook.projection.as_ref(), own),
        reached: outlook.and_then(|outlook| outlook.reach).map(reached),
    }
}

/// The word of a method as the results of a check have it.
fn machine(word: &'static str) -> &'static str {
    match word {
        "growth-ratio" => "growth_ratio",
        "projection-ratio" => "projection_ratio",
        other => other,
    }
}

fn reached(reach: Reach) -> Reached {
    let when = |year| match year {
        ReachYear::Year(year) => When {
            when: "in",
            year: Some(year),
        },
        ReachYear::After(year) => When {
            when: "after",
            year: Some(year),
        },
        ReachYear::Never => When {
            when: "never",
            year: None,
        },
    };
    Reached {
        earliest: when(reach.earliest),
        latest: when(reach.latest),
    }
}

fn otherwise(report: &BoardReport<'_>, what_if: &WhatIf<'_>) -> WhatIfJson {
    let after = BoardReport {
        submission: what_if.submission,
        ..*report
    };
    let pairs = report.board.standings.iter().zip(&what_if.board.standings);
    WhatIfJson {
        supposed: what_if
            .supposed
            .iter()
            .map(|one| supposed(report, what_if, one))
            .collect(),
        rows: pairs
            .map(|(was, now)| Pair {
                rule: report.program.model.rules[was.row.rule].id.clone(),
                entity: report.submission.entities[was.row.entity].id.clone(),
                changes: match (was.is_turned(now), was.is_same(now)) {
                    (true, _) => "answer",
                    (false, false) => "numbers",
                    (false, true) => "nothing",
                },
                was: row(report, was),
                now: row(&after, now),
                turning: super::turning(report, what_if, was, now)
                    .iter()
                    .map(text)
                    .collect(),
            })
            .collect(),
        findings_arisen: findings(&what_if.comparison.arisen),
        findings_gone: findings(&what_if.comparison.gone),
    }
}

fn supposed(report: &BoardReport<'_>, what_if: &WhatIf<'_>, one: &Supposed) -> SupposedJson {
    let indicator = &report.program.model.indicators[one.figure.indicator];
    let definition = indicator
        .definitions
        .get(usize::from(one.figure.definition));
    let printed = |id| {
        let claim = &what_if.submission.claims[id];
        what_if.submission.text(claim.printed).to_owned()
    };
    SupposedJson {
        text: one.text.clone(),
        indicator: indicator.id.clone(),
        definition: definition.map(|known| known.id.clone()).unwrap_or_default(),
        entity: what_if.submission.entities[one.entity].id.clone(),
        period: one.period.to_string(),
        printed: printed(one.claim),
        replaced: one.replaced.iter().map(|id| printed(*id)).collect(),
    }
}

fn findings(found: &[&Finding]) -> Vec<FindingJson> {
    let one = |finding: &&Finding| FindingJson {
        kind: finding.kind.word(),
        period: finding.period.to_string(),
        text: text(&finding.message),
    };
    found.iter().map(one).collect()
}
