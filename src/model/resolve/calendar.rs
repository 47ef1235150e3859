//! `calendar` items: which days are worked. Also days as they stand in rules.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{Cx, empty_window, label, notes, texts_label};
use crate::day::{self, Calendar};
use crate::diagnostic::{Code, Diagnostic};
use crate::message::Message;
use crate::model::{Expr, ExprKind, OnDay, QuantityType, Role, Type};
use crate::number::Exact;
use crate::period::Period;
use crate::source::Span;
use crate::syntax::ast::{Block, BlockKind, ClauseKind, Number, PeriodAt, Word};
use crate::unit::{Dimension, Nature, Unit};

impl Cx {
    pub(super) fn declare_calendar(&mut self, block: &Block) {
        self.check_clauses(BlockKind::Calendar, &block.clauses);
        if self.declared_before("calendar", &block.id) {
            return;
        }
        let mut calendar = Calendar {
            id: block.id.text.clone(),
            label: label(block.label.as_ref(), &block.clauses),
            weekdays: std::collections::BTreeSet::new(),
            years: std::collections::BTreeMap::new(),
            holidays: std::collections::BTreeSet::new(),
            make_up: std::collections::BTreeSet::new(),
            notes: notes(&block.clauses),
            span: block.id.span,
        };
        for clause in &block.clauses {
            match &clause.kind {
                ClauseKind::WorksOn(numbers) => {
                    let days = numbers.iter().filter_map(|number| self.weekday(number));
                    let days: Vec<u32> = days.collect();
                    calendar.weekdays.extend(days);
                }
                ClauseKind::Covers { year, sources } => match year.period {
                    Period::Year(n) => {
                        calendar.years.insert(n, texts_label(sources));
                    }
                    _ => self.bad_calendar(year.span, "calendar-year"),
                },
                ClauseKind::Holiday(first, last) => {
                    let last = last.unwrap_or(*first);
                    let (Some(from), Some(to)) = (self.one_day(first), self.one_day(&last)) else {
                        continue;
                    };
                    if from > to {
                        self.push(empty_window(last.span));
                    } else if (to - from).num_days() > 366 {
                        self.bad_calendar(last.span, "calendar-long");
                    } else {
                        calendar
                            .holidays
                            .extend(from.iter_days().take_while(|it| *it <= to));
                    }
                }
                ClauseKind::MakeUp(days) => {
                    for at in days {
                        calendar.make_up.extend(self.one_day(at));
                    }
                }
                _ => {}
            }
        }
        if calendar.weekdays.is_empty() {
            self.clause_missing("works on", BlockKind::Calendar, block.id.span);
        }
        if calendar.years.is_empty() {
            self.clause_missing("covers", BlockKind::Calendar, block.id.span);
        }
        if let Some(both) = calendar.make_up.intersection(&calendar.holidays).next() {
            let why = Message::new("calendar-both").with("day", both.to_string());
            self.push(Diagnostic::new(Code::BadCalendar, block.id.span).with("why", why));
        }
        self.model.calendars.push(Arc::new(calendar));
    }

    fn bad_calendar(&mut self, span: Span, why: &'static str) {
        self.push(Diagnostic::new(Code::BadCalendar, span).with("why", Message::new(why)));
    }

    fn weekday(&mut self, number: &Number) -> Option<u32> {
        let found = number.text.parse::<u32>().ok();
        let found = found.filter(|n| (1..=7).contains(n));
        if found.is_none() {
            self.bad_calendar(number.span, "calendar-weekday");
        }
        found
    }

    fn one_day(&mut self, at: &PeriodAt) -> Option<NaiveDate> {
        match at.period {
            Period::Day(day) => Some(day),
            _ => {
                self.bad_calendar(at.span, "calendar-day");
                None
            }
        }
    }

    pub(super) fn calendar_named(&mut self, word: &Word) -> Option<Arc<Calendar>> {
        let known = &self.model.calendars;
        let found = known.iter().find(|known| known.id == word.text).cloned();
        if found.is_none() {
            let names: Vec<String> = known.iter().map(|known| known.id.clone()).collect();
            let near = crate::fold::nearest(&word.text, names.iter().map(String::as_str));
            let near = near.map(|(name, _)| name.to_owned());
            let why = Message::new("calendar-unknown").with("name", &word.text);
            let diagnostic = Diagnostic::new(Code::BadCalendar, word.span).with("why", why);
            let help = Message::new("help-known-names").with("names", names);
            self.push(diagnostic.help(help).meant(near));
        }
        found
    }

    /// The unit of days: a point in time is printed without one.
    pub(super) fn day_unit(&self) -> Option<Unit> {
        Some(Unit {
            name: String::new(),
            factor: Exact::from(day::LENGTH),
            dimension: Dimension::of(self.model.units.kind("time")?),
            nature: Nature::Plain,
        })
    }

    /// A day as written.
    pub(super) fn day(&self, day: NaiveDate, span: Span) -> Expr {
        Expr {
            kind: ExprKind::Number(day::number(day)),
            span,
            ty: self.day_type(),
        }
    }

    /// A day that follows from the clocks.
    pub(super) fn on_day(&self, on: OnDay, span: Span) -> Expr {
        Expr {
            kind: ExprKind::OnDay(on),
            span,
            ty: self.day_type(),
        }
    }

    fn day_type(&self) -> Type {
        match self.day_unit() {
            Some(unit) => Type::Quantity(QuantityType::new(unit.dimension, Role::Date)),
            None => Type::Unknown,
        }
    }
}
