//! By when a duty was to be met, in words: the day that was computed, or the stretch of time that is
//! judged. Never computes a day again that the evaluation has.

use super::show::{Shown, Unit};
use super::words::words_in_both;
use super::{Cx, Node, NodeKind};
use crate::day;
use crate::eval::{Reason, Run};
use crate::message::{Arg, Label, Lang, Message};
use crate::model::{Deadline, Rule, Stretch, Waiver};
use crate::program::{DayStep, Program, TermId, TermKind};

impl Cx<'_> {
    pub(super) fn deadline(&self, rule: &Rule, deadline: &Deadline) -> Message {
        let clocks = &self.trace.clocks;
        let key = match deadline {
            Deadline::Day { .. } => "explain-timing-day",
            Deadline::Every(_) if self.trace.goals.len() > 1 => "explain-timing-each-of",
            Deadline::Every(_) => "explain-timing-every",
            Deadline::Open => "explain-timing-open",
        };
        let stretch = match deadline {
            Deadline::Every(every) => every.judged(clocks.period, clocks.in_force),
            _ => None,
        };
        let periods: Vec<String> = self
            .trace
            .goals
            .iter()
            .map(|run| run.frame.period.to_string())
            .collect();
        let text = |day: Option<chrono::NaiveDate>| day.map_or_else(|| Arg::from(""), day_arg);
        Message::new(key)
            .with("due", self.due_day(rule))
            .with("first", text(stretch.map(|(first, _)| first)))
            .with("last", text(stretch.map(|(_, last)| last)))
            .with("periods", periods)
            .with("day", day_arg(clocks.in_force))
            .with("knownOn", clocks.choice.words(clocks.known_on))
    }

    /// Why a duty stands open or is excused, for lists that show no verdict in full.
    pub(super) fn stands(&self, rule: &Rule) -> Option<Node> {
        let is_told = match self.trace.row.reason {
            Reason::NotDue => rule.deadline.is_some(),
            Reason::Wished | Reason::OpenInterval => true,
            Reason::Waiver(n) => {
                let waiver = rule.waivers.get(usize::from(n));
                waiver.is_some_and(|waiver| !waiver.granted.is_empty())
            }
            _ => false,
        };
        let message = Message::new("explain-stands").with("reason", self.reason(rule));
        let address = format!("{}/mark/stands", rule.id);
        is_told.then(|| Node::new(address, NodeKind::Mark, message))
    }

    /// The day by which a duty is to be met, as far as it is known.
    pub(super) fn due_day(&self, rule: &Rule) -> Arg {
        let clocks = &self.trace.clocks;
        match &rule.deadline {
            Some(Deadline::Every(every)) => {
                let stretch = every.judged(clocks.period, clocks.in_force);
                stretch.map_or_else(|| Arg::from(""), |(_, last)| day_arg(last))
            }
            Some(Deadline::Day { .. }) => {
                let found = self.computed_day().and_then(|(run, row, term)| {
                    let set = run.frame.number(term, row)?.clone();
                    let unit = Unit::day();
                    Some(Arg::from(&Shown { set, unit }))
                });
                found.unwrap_or_else(|| Arg::Message(Message::new("explain-no-value")))
            }
            Some(Deadline::Open) | None => Arg::from(""),
        }
    }

    /// What the day by which a duty is to be met is computed from.
    pub(super) fn deadline_nodes(&self, rule: &Rule) -> Vec<Node> {
        let Some((run, row, term)) = self.computed_day() else {
            return Vec::new();
        };
        self.day_nodes(&run.frame, row, term, &format!("{}/due", rule.id))
    }

    /// Where the day stands that a duty is judged by: behind `this day`, in its comparison.
    fn computed_day(&self) -> Option<(&Run, usize, TermId)> {
        let run = self.trace.reached.as_ref()?;
        let root = self.program.rules[self.rule].reached.as_ref()?;
        let row = *run.settled.first()?.rows.first()?;
        match &self.program.terms[root.term].kind {
            TermKind::Compare(_, _, day, _) => Some((run, row, *day)),
            _ => None,
        }
    }

    /// Where a count of working days stopped because the calendar does.
    pub(super) fn calendar_end(&self, kind: &TermKind, address: &str) -> Option<Node> {
        let calendar = match kind {
            TermKind::Moved(DayStep::Worked(calendar), ..) | TermKind::Worked(calendar, ..) => {
                calendar
            }
            _ => return None,
        };
        let (first, last) = calendar.ends()?;
        let message = Message::new("explain-calendar-ends")
            .with(
                "calendar",
                super::claims::named(&calendar.label, &calendar.id),
            )
            .with("first", first.to_string())
            .with("last", last.to_string());
        Some(Node::new(
            format!("{address}/calendar"),
            NodeKind::Mark,
            message,
        ))
    }
}

/// A day in both languages.
fn day_arg(day: chrono::NaiveDate) -> Arg {
    Arg::Label(Label {
        zh: day::text(day, Lang::Zh),
        en: day::text(day, Lang::En),
    })
}

/// Who granted a waiver, as far as that is said.
pub(super) fn granted(waiver: &Waiver) -> Message {
    match waiver.granted.is_empty() {
        true => Message::new("waiver-by-nobody"),
        false => Message::new("waiver-by").with("by", &waiver.granted),
    }
}

/// By when a duty is to be met, as its rule says it; nothing where that is a period.
#[must_use]
pub fn deadline_message(program: &Program, rule: &Rule) -> Option<Message> {
    let message = match rule.deadline.as_ref()? {
        Deadline::Day { day, .. } => {
            let written = program.sources.slice(day.span);
            Message::new("due-by").with("day", &words_in_both(written))
        }
        Deadline::Every(every) => {
            let (key, one, n) = match every.stretch {
                Stretch::Months(n) if n % 12 == 0 => {
                    ("due-every-years", "due-every-years-one", n / 12)
                }
                Stretch::Months(n) => ("due-every-months", "due-every-months-one", n),
                Stretch::Days(n) => ("due-every-days", "due-every-days-one", n),
            };
            match n {
                1 => Message::new(one),
                _ => Message::new(key).with("count", usize::from(n)),
            }
        }
        Deadline::Open => Message::new("due-open"),
    };
    Some(message)
}
