//! By when a duty was to be met, in words: the day that was computed, or the stretch of time that is
//! judged. Never computes a day again that the evaluation has.

use super::nodes::is_day;
use super::show::{Shown, Unit};
use super::words::words_in_both;
use super::{Cx, Node, NodeKind};
use crate::day;
use crate::eval::{Clocks, Reason, Run};
use crate::message::{Arg, Label, Lang, Message};
use crate::model::{Deadline, Rule, Stretch, Waiver, When};
use crate::program::{DayStep, Program, TermId, TermKind};
use crate::set::{Set, Truth};
use crate::verdict::Verdict;

/// How a rule says by when it is to be met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DueKind {
    /// By a day that is computed.
    Day,
    /// Once in every stretch of time.
    Recurrent,
    /// Again and again, at intervals that the text leaves open.
    Open,
    /// By the end of a period, on the figure of that period.
    Period,
    /// In any period up to one.
    Reached,
}

impl DueKind {
    /// The word of the machine output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            DueKind::Day => "day",
            DueKind::Recurrent => "recurrent",
            DueKind::Open => "open",
            DueKind::Period => "period",
            DueKind::Reached => "reached",
        }
    }
}

/// By when a row was to be met. Days are sets, as what they are counted from may be coarse.
#[derive(Debug, Clone)]
pub struct Due {
    /// How the rule says it.
    pub kind: DueKind,
    /// The words of the rule.
    pub words: Message,
    /// The day that the term is counted from, or the first day of the stretch that is judged.
    pub from: Option<Set>,
    /// The last day; absent where it is not known, or the rule does not apply.
    pub by: Option<Set>,
}

impl Cx<'_> {
    /// By when the row was to be met; nothing where the rule is judged in each period alone.
    pub(super) fn due(&self, rule: &Rule) -> Option<Due> {
        let clocks = &self.trace.clocks;
        let point = |day| Set::point(day::number(day));
        let of = |kind, words, from, by| Due {
            kind,
            words,
            from,
            by,
        };
        let Some(deadline) = &rule.deadline else {
            let (kind, period) = match rule.when {
                When::By(period) => (DueKind::Period, period),
                When::ReachedBy(period) => (DueKind::Reached, period),
                When::Each { .. } => return None,
            };
            let words = Message::new("due-by").with("day", period.to_string());
            return Some(of(kind, words, None, Some(point(period.last_day()))));
        };
        let words = deadline_message(self.program, rule)?;
        Some(match deadline {
            Deadline::Open | Deadline::Undated => of(DueKind::Open, words, None, None),
            Deadline::Every(every) => {
                let stretch = every.judged(clocks.period, clocks.in_force);
                let (first, last) = stretch.map_or((None, None), |(a, b)| (Some(a), Some(b)));
                of(DueKind::Recurrent, words, first.map(point), last.map(point))
            }
            Deadline::Day { .. } => {
                let found = self.computed_day().filter(|_| self.is_applied());
                let by = found.and_then(|(run, row, term)| run.frame.number(term, row).cloned());
                let from = found.and_then(|(run, row, term)| {
                    let from = self.counted_from(term)?;
                    run.frame.number(from, row).cloned()
                });
                of(DueKind::Day, words, from, by)
            }
        })
    }

    /// The day that a term of days, months or working days is counted from, where one is added.
    fn counted_from(&self, term: TermId) -> Option<TermId> {
        let is_moved = |term: TermId| {
            let kind = &self.program.terms[term].kind;
            matches!(kind, TermKind::Moved(..) | TermKind::Sum(_))
        };
        let mut at = term;
        while is_moved(at) && (at == term || self.program.terms[at].define.is_none()) {
            let parts = self.program.terms[at].kind.operands();
            let days = parts
                .into_iter()
                .find(|part| is_day(&self.program.terms[*part].ty));
            at = days?;
        }
        (at != term).then_some(at)
    }

    /// Whether the rule applies, as far as its deadline bears on it.
    fn is_applied(&self) -> bool {
        self.trace.row.verdict != Verdict::NotApplicable
    }

    pub(super) fn deadline(&self, rule: &Rule, deadline: &Deadline) -> Message {
        let clocks = &self.trace.clocks;
        let known = self.computed_day().filter(|_| self.is_applied());
        let known = known.and_then(|(run, row, term)| run.frame.number(term, row));
        let key = match deadline {
            Deadline::Day { .. } if known.is_none() => "explain-timing-term",
            Deadline::Day { .. } => "explain-timing-day",
            Deadline::Every(_) if self.trace.goals.len() > 1 => "explain-timing-each-of",
            Deadline::Every(_) => "explain-timing-every",
            Deadline::Open => "explain-timing-open",
            Deadline::Undated => "explain-timing-undated",
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
        let words = deadline_message(self.program, rule);
        Message::new(key)
            .with("words", words.unwrap_or_else(|| Message::new("due-open")))
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
            Reason::Wished | Reason::OpenInterval | Reason::Undated => true,
            Reason::None
                if matches!(
                    self.trace.row.verdict,
                    Verdict::Fail | Verdict::Undetermined
                ) =>
            {
                return self.overdue(rule);
            }
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

    /// When a duty that is not met was due, or in which stretches of time it was not met.
    fn overdue(&self, rule: &Rule) -> Option<Node> {
        let address = format!("{}/mark/stands", rule.id);
        let node = |message| Some(Node::new(address, NodeKind::Mark, message));
        match &rule.deadline {
            Some(Deadline::Day { .. }) => {
                let (run, row, term) = self.computed_day()?;
                run.frame.number(term, row)?;
                node(Message::new("explain-overdue").with("due", self.due_day(rule)))
            }
            Some(Deadline::Every(every)) => {
                let Clocks {
                    period, in_force, ..
                } = self.trace.clocks;
                let is_missed = |run: &&Run| {
                    let settled = run.settled.first();
                    let end = every.end(run.frame.period, period, in_force);
                    let is_excused = rule.waiver_on(self.trace.row.entity, end).is_some();
                    settled.is_some_and(|settled| settled.truth == Truth::False) && !is_excused
                };
                let missed = self.trace.goals.iter().filter(is_missed);
                let periods: Vec<String> = missed.map(|run| run.frame.period.to_string()).collect();
                let is_told = self.trace.goals.len() > 1 && !periods.is_empty();
                match is_told {
                    true => node(Message::new("explain-missed").with("periods", periods)),
                    false => None,
                }
            }
            Some(Deadline::Open | Deadline::Undated) | None => None,
        }
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
            Some(Deadline::Open | Deadline::Undated) | None => Arg::from(""),
        }
    }

    /// What the day by which a duty is to be met is computed from.
    pub(super) fn deadline_nodes(&self, rule: &Rule) -> Vec<Node> {
        let Some((run, row, term)) = self.computed_day().filter(|_| self.is_applied()) else {
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
fn granted(waiver: &Waiver) -> Message {
    match waiver.granted.is_empty() {
        true => Message::new("waiver-by-nobody"),
        false => Message::new("waiver-by").with("by", &waiver.granted),
    }
}

/// A waiver in words: until when, by whom and why.
#[must_use]
pub fn waived_message(waiver: &Waiver) -> Message {
    Message::new("reason-waiver")
        .with("until", waiver.until.to_string())
        .with("by", granted(waiver))
        .with("why", &waiver.reason)
}

/// By when a duty is to be met, as its rule says it; nothing where that is a period.
#[must_use]
pub fn deadline_message(program: &Program, rule: &Rule) -> Option<Message> {
    let message = match rule.deadline.as_ref()? {
        Deadline::Day { day, .. } => {
            let written = program.sources.slice(day.span);
            Message::new("due-by").with("day", words_in_both(program, written))
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
        Deadline::Undated => Message::new("due-undated"),
    };
    Some(message)
}
