//! One line a row, for spreadsheets, databases and scripts: RFC 4180 in UTF-8.
//!
//! Heads and words of enumerations are never translated; only `sentence` is in the language asked
//! for. Columns are described in `docs/output.md`.

use std::borrow::Cow;
use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};

use super::Report;
use super::facts::Facts;
use super::formats::FormatDef;
use super::human::told;
use super::values::{FigureParts, parts_in, set_parts};
use crate::explain::{Node, NodeKind, Unit, outcome_ids};
use crate::figures::ClaimId;
use crate::figures::printed::Reading;
use crate::formula::neutral;
use crate::message::Lang;
use crate::model::EntityId;
use crate::set::Set;
use crate::verdict::Cause;

mod audit;
pub(super) use audit::{HEADS as AUDIT_HEADS, write_audit};

pub(super) const FORMAT: FormatDef = FormatDef {
    name: "csv",
    ending: "csv",
    is_binary: false,
    check: write,
    explanation: None,
    problems: None,
};

/// Without it a spreadsheet reads Chinese as Latin letters.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Between several values of one cell.
pub(super) const BETWEEN: &str = " | ";

pub(super) const HEADS: [&str; 35] = [
    "rule",
    "label_zh",
    "label_en",
    "category_zh",
    "category_en",
    "entity",
    "entity_zh",
    "entity_en",
    "period",
    "judged",
    "verdict",
    "causes",
    "marks",
    "reading",
    "outlook",
    "outlook_causes",
    "margin_lo",
    "margin_hi",
    "margin_lo_open",
    "margin_hi_open",
    "margin_unit",
    "figures",
    "printed",
    "sources",
    "statuses",
    "findings",
    "sentence",
    "details",
    "outcomes",
    "modality",
    "deadline",
    "due_from",
    "due",
    "waived_until",
    "waived_by",
];

fn write(w: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    w.write_all(BYTE_ORDER_MARK)?;
    let mut lines = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(w);
    lines.write_record(HEADS)?;
    for facts in report.facts() {
        for cell in cells(&facts) {
            lines.write_field(neutral(&cell).as_ref())?;
        }
        lines.write_record(None::<&[u8]>)?;
    }
    lines.flush()
}

fn cells<'f>(facts: &'f Facts<'_>) -> [Cow<'f, str>; HEADS.len()] {
    let (report, row, rule) = (facts.report, facts.row, facts.rule);
    let category = |lang| rule.category.as_ref().map_or("", |label| label.get(lang));
    let entity = &report.submission.entities[row.entity];
    let words = |causes: &mut dyn Iterator<Item = Cause>| join(causes.map(Cause::word));
    let outlook_causes = facts.outlook().map(|outlook| outlook.causes);
    let margin = facts.margin().and_then(|node| {
        let unit = node.unit.as_ref()?;
        Some((set_parts(node.set.as_ref()?, &unit.factor), unit))
    });
    let set = margin.as_ref().map(|(set, _)| set);
    let end = |end: Option<&String>| Cow::from(end.cloned().unwrap_or_default());
    let is_open = |is_open: Option<bool>| Cow::from(is_open.map_or("", yes_or_no));
    let claims = facts.claims();
    let figures: Vec<FigureParts> = claims.iter().map(|id| report.figure_parts(*id)).collect();
    let sentence = facts
        .nodes()
        .iter()
        .find(|node| node.kind == NodeKind::Verdict);
    let waiver = facts.waiver();
    let said = |node: &Node| node.message.render(report.lang);
    let findings = match &facts.explanation {
        Some(_) => facts.findings(),
        None => Vec::new(),
    };
    [
        Cow::from(&rule.id),
        Cow::from(rule.label.get(Lang::Zh)),
        Cow::from(rule.label.get(Lang::En)),
        Cow::from(category(Lang::Zh)),
        Cow::from(category(Lang::En)),
        Cow::from(&entity.id),
        Cow::from(entity.label.get(Lang::Zh)),
        Cow::from(entity.label.get(Lang::En)),
        Cow::from(row.period.to_string()),
        Cow::from(row.judged.to_string()),
        Cow::from(row.verdict.word()),
        Cow::from(words(&mut row.causes.iter())),
        Cow::from(join(row.marks.words())),
        Cow::from(match rule.reading {
            Reading::Exact => "exact",
            Reading::Printed => "printed",
        }),
        Cow::from(row.outlook.map_or("", crate::verdict::OutlookClass::word)),
        Cow::from(outlook_causes.map_or_else(String::new, |causes| words(&mut causes.iter()))),
        end(set.and_then(|set| set.lo.as_ref())),
        end(set.and_then(|set| set.hi.as_ref())),
        is_open(set.map(|set| set.lo_open)),
        is_open(set.map(|set| set.hi_open)),
        Cow::from(margin.as_ref().map_or("", |(_, unit)| unit.name.as_str())),
        Cow::from(join(claims.iter().map(|id| name(report, *id, row.entity)))),
        Cow::from(join(figures.iter().map(|figure| &figure.printed))),
        Cow::from(join(figures.iter().map(FigureParts::place))),
        Cow::from(statuses(&figures)),
        Cow::from(join(
            findings
                .into_iter()
                .map(|finding| finding.id(report.program, report.submission)),
        )),
        Cow::from(sentence.map_or_else(String::new, said)),
        Cow::from(join(told(facts).into_iter().map(said))),
        Cow::from(join(outcome_ids(rule, row.possible).into_iter())),
        Cow::from(rule.modality.word()),
        Cow::from(facts.due().map_or("", |due| due.kind.word())),
        Cow::from(days(facts.due().and_then(|due| due.from.as_ref()))),
        Cow::from(days(facts.due().and_then(|due| due.by.as_ref()))),
        Cow::from(waiver.map_or_else(String::new, |waiver| waiver.until.last_day().to_string())),
        Cow::from(waiver.map_or("", |waiver| waiver.granted.as_str())),
    ]
}

/// A day; the first and the last where it is not known which.
fn days(set: Option<&Set>) -> String {
    let Some(set) = set else {
        return String::new();
    };
    let parts = parts_in(set, &Unit::day());
    match (parts.lo, parts.hi) {
        (Some(lo), Some(hi)) if lo == hi => lo,
        (lo, hi) => format!("{}/{}", lo.unwrap_or_default(), hi.unwrap_or_default()),
    }
}

fn join<T: AsRef<str>>(items: impl Iterator<Item = T>) -> String {
    let mut joined = String::new();
    for (n, item) in items.enumerate() {
        joined.push_str(if n == 0 { "" } else { BETWEEN });
        joined.push_str(item.as_ref());
    }
    joined
}

fn yes_or_no(is_so: bool) -> &'static str {
    if is_so { "true" } else { "false" }
}

/// What publishers say of figures, one place for each; nothing where none says anything.
fn statuses(figures: &[FigureParts]) -> String {
    match figures.iter().all(|figure| figure.statuses.is_empty()) {
        true => String::new(),
        false => join(figures.iter().map(|figure| figure.statuses.join(";"))),
    }
}

/// What a figure claims, without its value; whose it is where that is not the body of the row.
fn name(report: &Report<'_>, id: ClaimId, entity: EntityId) -> String {
    let claim = &report.submission.claims[id];
    let whose = report.submission.entities[claim.entity].id.as_str();
    let whose = (claim.entity != entity).then_some(whose);
    let key = claim.figure.key(&report.program.model, whose);
    format!("{key}@{}", claim.window)
}
