//! Several periods for a person: a row a rule, a column a period.

use std::io::{self, Write};

use super::text::{outlook_sign, pad, width, wrap};
use super::{Report, coloured};
use crate::eval::Row;
use crate::message::Message;
use crate::verdict::Verdict;

pub(super) fn write(w: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    let lang = report.lang;
    let model = &report.program.model;
    writeln!(w, "{}  {}\n", model.pack.id, model.pack.label.get(lang))?;
    if report.options.known_on.is_some() || !report.options.choice.is_all() {
        let known = Message::new("report-known").with("knownOn", report.known_on());
        for line in wrap(&known.render(lang), report.columns) {
            writeln!(w, "{line}")?;
        }
        writeln!(w)?;
    }
    if let Some(filtered) = report.filtered() {
        for line in wrap(&filtered.render(lang), report.columns) {
            writeln!(w, "{line}")?;
        }
        writeln!(w)?;
    }
    let cell = 6;
    let room = report
        .columns
        .saturating_sub(report.outcomes.len() * (cell + 1))
        .max(12);
    write!(w, "{}", pad("", room))?;
    for outcome in report.outcomes {
        write!(w, " {}", pad(&outcome.clocks.period.to_string(), cell))?;
    }
    writeln!(w)?;
    for ((rule, entity), rows) in report.by_period() {
        let declared = &model.rules[rule];
        let mut name = format!("{} {}", pad(&declared.id, 7), declared.label.get(lang));
        if declared.scope.is_some() {
            name = format!(
                "{name} \u{b7} {}",
                report.submission.entities[entity].label.get(lang)
            );
        }
        let mut lines = wrap(&name, room);
        let last = lines.pop().unwrap_or_default();
        for line in lines {
            writeln!(w, "{line}")?;
        }
        write!(w, "{}", pad(&last, room))?;
        for row in rows {
            let text = row.map_or_else(String::new, |row| short(row, report));
            let gap = " ".repeat(cell.saturating_sub(width(&text)));
            let text = match row {
                Some(row) => coloured(&text, row.verdict, report.colour),
                None => text,
            };
            write!(w, " {text}{gap}")?;
        }
        writeln!(w)?;
    }
    writeln!(w, "\n{}", Message::new("report-matrix-legend").render(lang))?;
    super::human::findings(w, report)
}

pub(super) fn short(row: &Row, report: &Report<'_>) -> String {
    let word = Message::new(match row.verdict {
        Verdict::Fail => "short-fail",
        Verdict::Undetermined => "short-undetermined",
        Verdict::Pending => "short-pending",
        Verdict::Waived => "short-waived",
        Verdict::Pass => "short-pass",
        Verdict::Decided => "short-decided",
        Verdict::NotApplicable => "short-not-applicable",
    });
    let sign = row.outlook.map_or("", outlook_sign);
    format!("{}{sign}", word.render(report.lang))
}
