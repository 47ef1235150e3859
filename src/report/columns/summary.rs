//! What a run over many rows came to, for a person or a machine: verdicts by rule, causes, the rows that
//! fail most. Counts nothing itself.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::bulk::Tally;
use crate::eval::Options;
use crate::message::{Arg, Lang, Message};
use crate::model::RuleId;
use crate::program::Program;
use crate::report::text::{pad, sign, width, wrap};
use crate::report::values::ChoiceParts;
use crate::verdict::{Cause, Verdict};

/// What a run came to, and how it is told.
pub struct Summary<'a> {
    /// The rules.
    pub program: &'a Program,
    /// Those that were judged, in the order of the counts.
    pub rules: &'a [RuleId],
    /// The counts.
    pub tally: &'a Tally,
    /// The clocks, and which figures count; of no period where each row is judged in its own.
    pub options: &'a Options,
    /// The run ended with the first failure.
    pub is_cut: bool,
    /// The language.
    pub lang: Lang,
    /// Columns of the terminal.
    pub columns: usize,
}

/// Writes what a run came to: as JSON for a machine, else for a person.
///
/// # Errors
/// What the writer says.
pub fn write_summary(w: &mut dyn Write, summary: &Summary<'_>, as_json: bool) -> io::Result<()> {
    match as_json {
        true => writeln!(w, "{:#}", summary.json()),
        false => summary.human(w),
    }
}

/// Columns of the terminal that the name of a rule has.
const LEAST_LABEL: usize = 24;
const MOST_LABEL: usize = 48;

/// A column of counts.
struct Head {
    /// The place of its verdict.
    at: usize,
    text: String,
    /// The count of all rules.
    count: String,
    size: usize,
}

/// The columns of the terminal that counts take.
fn used(heads: &[Head]) -> usize {
    heads.iter().map(|head| head.size + 2).sum()
}

impl Summary<'_> {
    fn verdicts(&self) -> Vec<(usize, Verdict)> {
        let all = Verdict::ALL.into_iter().enumerate();
        all.filter(|(_, verdict)| self.tally.count(*verdict) > 0)
            .collect()
    }

    fn json(&self) -> Value {
        let model = &self.program.model;
        let rules = self
            .rules
            .iter()
            .zip(&self.tally.rules)
            .map(|(id, counts)| {
                let verdicts = Verdict::ALL.iter().zip(counts.verdicts);
                let verdicts = verdicts.filter(|(_, n)| *n > 0);
                let causes = Cause::ALL.iter().zip(counts.causes).filter(|(_, n)| *n > 0);
                json!({
                    "rule": model.rules[*id].id,
                    "verdicts": verdicts.map(|(verdict, n)| (verdict.word().to_owned(), json!(n)))
                        .collect::<serde_json::Map<_, _>>(),
                    "causes": causes.map(|(cause, n)| (cause.word().to_owned(), json!(n)))
                        .collect::<serde_json::Map<_, _>>(),
                })
            });
        let worst = self.tally.worst().map(|(name, period, fails, opens)| {
            json!({
                "entity": name,
                "period": period.map(|period| period.to_string()),
                "fail": fails,
                "undetermined": opens,
            })
        });
        let all = Verdict::ALL
            .iter()
            .map(|verdict| (*verdict, self.tally.count(*verdict)));
        let options = self.options;
        let day = |day: chrono::NaiveDate| day.to_string();
        let of_run = json!({
            "pack": model.pack.id,
            "period": options.period.map(|period| period.to_string()),
            "in_force": options.in_force.map(day),
            "known_on": options.known_on.map(day),
        });
        let counted = json!({
            "rows": self.tally.n_rows,
            "rows_passed_over": self.tally.n_passed_over,
            "rows_joined": self.tally.n_joined,
            "ended_early": self.is_cut,
            "verdicts": all.filter(|(_, n)| *n > 0)
                .map(|(verdict, n)| (verdict.word().to_owned(), json!(n)))
                .collect::<serde_json::Map<_, _>>(),
            "rules": rules.collect::<Vec<_>>(),
            "worst": worst.collect::<Vec<_>>(),
        });
        let choice = json!(ChoiceParts::of(&options.choice));
        let parts = [of_run, choice, counted].into_iter();
        let parts = parts.filter_map(|part| part.as_object().cloned());
        Value::Object(parts.flatten().collect())
    }

    /// The clocks and which figures count.
    fn clocks(&self) -> Message {
        let options = self.options;
        let or = |asked: Option<String>, key: &'static str| match asked {
            Some(asked) => Arg::from(asked),
            None => Arg::Message(Message::new(key)),
        };
        let period = options.period.map(|period| period.to_string());
        let in_force = options.in_force.map(|day| day.to_string());
        Message::new("report-clocks")
            .with("period", or(period, "columns-each-period"))
            .with("inForce", or(in_force, "columns-each-day"))
            .with("knownOn", options.choice.words(options.known_on))
    }

    fn say(&self, w: &mut dyn Write, message: &Message) -> io::Result<()> {
        for line in wrap(&message.render(self.lang), self.columns) {
            writeln!(w, "{line}")?;
        }
        Ok(())
    }

    fn human(&self, w: &mut dyn Write) -> io::Result<()> {
        let pack = &self.program.model.pack;
        writeln!(w, "{}  {}", pack.id, pack.label.get(self.lang))?;
        self.say(w, &self.clocks())?;
        writeln!(w)?;
        let all: u64 = Verdict::ALL
            .iter()
            .map(|verdict| self.tally.count(*verdict))
            .sum();
        let rows = Message::new("columns-rows")
            .with("rows", grouped(self.tally.n_rows))
            .with("verdicts", grouped(all));
        self.say(w, &rows)?;
        if self.tally.n_passed_over > 0 {
            let over = Message::new("columns-passed-over");
            self.say(w, &over.with("rows", grouped(self.tally.n_passed_over)))?;
        }
        if self.tally.n_joined > 0 {
            let joined = Message::new("columns-joined");
            self.say(w, &joined.with("rows", grouped(self.tally.n_joined)))?;
        }
        if self.is_cut {
            self.say(w, &Message::new("columns-cut"))?;
        }
        writeln!(w)?;
        self.table(w)?;
        let causes: Vec<(Cause, u64)> = Cause::ALL
            .into_iter()
            .enumerate()
            .map(|(at, cause)| {
                let of = |counts: &crate::bulk::RuleTally| counts.causes.get(at).copied();
                (cause, self.tally.rules.iter().filter_map(of).sum())
            })
            .filter(|(_, n)| *n > 0)
            .collect();
        if !causes.is_empty() {
            writeln!(w)?;
            self.say(w, &Message::new("columns-causes"))?;
            for (cause, n) in causes {
                let name = Message::new(cause.key()).render(self.lang);
                writeln!(w, "  {} {}", pad(&name, 24), right(&grouped(n), 14))?;
            }
        }
        self.worst(w)
    }

    /// The counts of each rule; in several tables where the screen has no room for all verdicts beside each other.
    fn table(&self, w: &mut dyn Write) -> io::Result<()> {
        let most = self.columns.saturating_sub(LEAST_LABEL);
        let mut tables: Vec<Vec<Head>> = Vec::new();
        for (at, verdict) in self.verdicts() {
            let name = Message::new(verdict.key()).render(self.lang);
            let text = format!("{} {name}", sign(verdict));
            let count = grouped(self.tally.count(verdict));
            let size = width(&text).max(count.len());
            let head = Head {
                at,
                text,
                count,
                size,
            };
            match tables.last_mut() {
                Some(table) if used(table) + size + 2 <= most => table.push(head),
                _ => tables.push(vec![head]),
            }
        }
        for (number, heads) in tables.iter().enumerate() {
            if number > 0 {
                writeln!(w)?;
            }
            self.counts(w, heads)?;
        }
        Ok(())
    }

    fn counts(&self, w: &mut dyn Write, heads: &[Head]) -> io::Result<()> {
        let room = self.columns.saturating_sub(used(heads));
        let room = room.clamp(LEAST_LABEL, MOST_LABEL);
        write!(w, "{}", pad("", room))?;
        for head in heads {
            write!(w, "  {}", right(&head.text, head.size))?;
        }
        writeln!(w)?;
        for (id, counts) in self.rules.iter().zip(&self.tally.rules) {
            let rule = &self.program.model.rules[*id];
            let mut start = format!("{} ", pad(&rule.id, 7));
            let label = rule.label.get(self.lang);
            let mut lines = wrap(label, room.saturating_sub(width(&start)).max(8));
            let last = lines.pop().unwrap_or_default();
            for line in lines {
                writeln!(w, "{start}{line}")?;
                start = " ".repeat(8);
            }
            write!(w, "{}", pad(&format!("{start}{last}"), room))?;
            for head in heads {
                let n = counts.verdicts.get(head.at).copied().unwrap_or(0);
                write!(w, "  {}", right(&grouped(n), head.size))?;
            }
            writeln!(w)?;
        }
        let name = Message::new("columns-all").render(self.lang);
        write!(w, "{}", pad(&name, room))?;
        for head in heads {
            write!(w, "  {}", right(&head.count, head.size))?;
        }
        writeln!(w)
    }

    fn worst(&self, w: &mut dyn Write) -> io::Result<()> {
        let mut worst = self.tally.worst().peekable();
        if worst.peek().is_none() {
            return Ok(());
        }
        writeln!(w)?;
        self.say(w, &Message::new("columns-worst"))?;
        for (name, period, fails, opens) in worst {
            let period = period.map(|period| period.to_string()).unwrap_or_default();
            let message = Message::new("columns-worst-row")
                .with("entity", name)
                .with("period", period)
                .with("fails", fails as usize)
                .with("opens", opens as usize);
            for line in wrap(&message.render(self.lang), self.columns.saturating_sub(2)) {
                writeln!(w, "  {line}")?;
            }
        }
        Ok(())
    }
}

fn right(text: &str, to: usize) -> String {
    format!("{}{text}", " ".repeat(to.saturating_sub(width(text))))
}

/// Digits in groups of three.
#[must_use]
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}
