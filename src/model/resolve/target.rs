//! Targets and checks.

use super::goal::{Built, constant, is_scaled};
use super::{Cx, Listed, empty_window, notes, texts_label};
use crate::diagnostic::{Code, Diagnostic};
use crate::message::Message;
use crate::model::{
    Baseline, Citation, Expr, ExprKind, Level, Method, Rule, RuleId, RuleKind, Waiver, When,
};
use crate::number::Exact;
use crate::period::Period;
use crate::set::Comparison;
use crate::source::Span;
use crate::syntax::ast::{
    Block, Clause, ClauseKind, KindWord, Number, PathMethod, Quantity, Timing,
};

impl Cx {
    /// What targets, checks and decisions may all say.
    pub(super) fn rule_clauses(&mut self, id: RuleId, block: &Block) {
        // A check means what its own pack says.
        let pack = self.packs.of(block.id.span).map(str::to_owned);
        if let Some(reading) = self.readings.get(&pack) {
            self.model.rules[id].reading = *reading;
        }
        self.model.rules[id].notes = notes(&block.clauses);
        for clause in &block.clauses {
            self.rule_clause(id, clause);
        }
    }

    pub(super) fn rule(&mut self, block: &Block) {
        self.check_clauses(block.kind, &block.clauses);
        let Some(id) = self.entry_of(Listed::Rule, &block.id) else {
            return;
        };
        self.rule_clauses(id, block);
        if self.required(id, block) {
            self.path(id, block);
        }
    }

    /// What a rule requires, and when; says whether it does.
    pub(super) fn required(&mut self, id: RuleId, block: &Block) -> bool {
        let required = block.clauses.iter().find_map(|clause| match &clause.kind {
            ClauseKind::Require { goal, timing } => Some((goal, timing)),
            _ => None,
        });
        let Some((goal, timing)) = required else {
            self.clause_missing("require", block.kind, block.id.span);
            return false;
        };
        self.timing(id, timing.as_ref(), block);
        let mut goal = self.goal(id, goal);
        if self.deadline(id, timing.as_ref()).is_none() {
            // What is wrong with its deadline was said; no more is to be said of its goal.
            goal.expr = Expr::new(ExprKind::Error, goal.expr.span);
        }
        self.model.rules[id].level = self.level(id, &goal);
        if let Some(level) = self.model.rules[id].level.clone() {
            self.settle_baseline(id, &level.subject);
        }
        self.model.rules[id].goal = goal.expr;
        true
    }

    pub(super) fn rule_clause(&mut self, id: RuleId, clause: &Clause) {
        match &clause.kind {
            ClauseKind::From { quantity, period } => {
                self.baseline(id, quantity, period.period, clause.span)
            }
            ClauseKind::When(condition) => {
                self.model.rules[id].condition = Some(self.expr(condition));
            }
            ClauseKind::Modality { modality, words } => {
                let rule = &mut self.model.rules[id];
                rule.modality = *modality;
                rule.modality_words = words.as_ref().map(|words| words.text.clone());
            }
            ClauseKind::Kind(KindWord::Named(texts)) => {
                self.model.rules[id].sort = Some(texts_label(texts));
            }
            ClauseKind::Kind(_) => {
                let why = Message::new("rows-kind-of-rule");
                self.push(Diagnostic::new(Code::BadRelation, clause.span).with("why", why));
            }
            ClauseKind::Force { binding } => self.model.rules[id].binding = Some(*binding),
            ClauseKind::Burden { submitter } => {
                self.model.rules[id].burden = Some(super::pack::burden(*submitter));
            }
            ClauseKind::Reading { printed } => {
                self.model.rules[id].reading = super::pack::reading(*printed);
            }
            ClauseKind::Owner(texts) => {
                self.model.rules[id].owners = texts.iter().map(|text| text.text.clone()).collect();
            }
            ClauseKind::Category(texts) => {
                self.model.rules[id].category = Some(texts_label(texts));
            }
            ClauseKind::Cite { .. } => {
                let citation = self.citation(&clause.kind);
                self.model.rules[id].citations.extend(citation);
            }
            ClauseKind::Under(words) => {
                for word in words {
                    if let Some(instrument) = self.instrument_named(word) {
                        self.model.rules[id].under.push(instrument);
                    }
                }
            }
            ClauseKind::Scope(members) => self.model.rules[id].scope = self.members(members),
            ClauseKind::Waiver {
                entity,
                until,
                granted,
                reasons,
            } => {
                let entity = match entity {
                    Some(word) => match self.entity_named(word) {
                        Some(entity) => Some(entity),
                        None => return,
                    },
                    None => None,
                };
                let waiver = Waiver {
                    entity,
                    until: until.period,
                    granted: granted
                        .as_ref()
                        .map_or_else(String::new, |it| it.text.clone()),
                    reason: texts_label(reasons),
                };
                self.model.rules[id].waivers.push(waiver);
            }
            ClauseKind::AbsenceMayPass => self.model.rules[id].absence_may_pass = true,
            _ => {}
        }
    }

    /// Where a clause says that something is from.
    pub(super) fn citation(&mut self, clause: &ClauseKind) -> Option<Citation> {
        let ClauseKind::Cite {
            document,
            section,
            quote,
            line,
        } = clause
        else {
            return None;
        };
        let instrument = self.instrument_named(document)?;
        let quote = quote.as_ref().map(|quote| quote.text.clone());
        Some(Citation {
            instrument,
            section: section.text.clone(),
            quote: quote.unwrap_or_default(),
            line: line.as_ref().map(|line| line.text.clone()),
        })
    }

    fn baseline(&mut self, id: RuleId, quantity: &Quantity, period: Period, span: Span) {
        let Some((value, ty)) = self.literal(quantity) else {
            return;
        };
        self.model.rules[id]
            .literals
            .push((ty.clone(), quantity.span));
        let step = half_unit(&quantity.number.text);
        let number = Number {
            value: Exact::from(1),
            ..quantity.number.clone()
        };
        let one = self.literal(&Quantity {
            number,
            ..quantity.clone()
        });
        let one = one.map_or_else(|| Exact::from(1), |(one, _)| one);
        let unit = quantity.unit.as_ref().map_or("", |unit| unit.text.as_str());
        self.model.rules[id].baseline = Some(Baseline {
            value,
            ty,
            text: format!("{}{unit}", quantity.number.text),
            half_unit: &step * &one,
            period,
            span,
        });
    }

    fn timing(&mut self, id: RuleId, timing: Option<&Timing>, block: &Block) {
        let baseline = self.model.rules[id].baseline.clone();
        let (when, due, span) = match timing {
            Some(Timing::By(at)) => (When::By(at.period), Some(at.period), at.span),
            Some(Timing::ReachedBy(at)) => (When::ReachedBy(at.period), Some(at.period), at.span),
            Some(Timing::ByDay(_) | Timing::Undated(_)) => (
                When::Each {
                    since: None,
                    until: None,
                },
                None,
                block.id.span,
            ),
            Some(
                Timing::EachYear { since, until }
                | Timing::Regularly { since, until }
                | Timing::Every { since, until, .. },
            ) => {
                let (first, last) = (since.map(|at| at.period), until.map(|at| at.period));
                let span = until.or(*since).map_or(block.id.span, |at| at.span);
                if let (Some(first), Some(last)) = (first, last)
                    && first.first_day() > last.first_day()
                {
                    self.push(empty_window(span));
                }
                (
                    When::Each {
                        since: first,
                        until: last,
                    },
                    last,
                    span,
                )
            }
            None => (
                When::Each {
                    since: None,
                    until: None,
                },
                None,
                block.id.span,
            ),
        };
        if let (Some(due), Some(base)) = (due, &baseline)
            && due.last_day() <= base.period.last_day()
        {
            let diagnostic = Diagnostic::new(Code::DueBeforeBaseline, span)
                .with("due", due.to_string())
                .with("base", base.period.to_string())
                .here(Message::new("place-due"))
                .place(base.span, Message::new("place-baseline"));
            self.push(diagnostic);
        }
        self.model.rules[id].when = when;
    }

    /// The level of a goal, where it is one quantity against a constant.
    fn level(&self, id: RuleId, goal: &Built) -> Option<Level> {
        if self.model.rules[id].kind != RuleKind::Target {
            return None;
        }
        if goal.level.is_some() {
            return goal.level.clone();
        }
        let ExprKind::Compare(op, left, right) = &goal.expr.kind else {
            return None;
        };
        let is_order = !matches!(op, Comparison::Eq | Comparison::Ne);
        match (constant(left), constant(right)) {
            (None, Some(limit)) if is_order => Some(Level {
                subject: (**left).clone(),
                op: *op,
                limit,
            }),
            (Some(limit), None) if is_order => Some(Level {
                subject: (**right).clone(),
                op: op.turned(),
                limit,
            }),
            _ => None,
        }
    }

    fn path(&mut self, id: RuleId, block: &Block) {
        let found = block.clauses.iter().find_map(|clause| match &clause.kind {
            ClauseKind::Path(method) => Some((method, clause.span)),
            _ => None,
        });
        let rule: &Rule = &self.model.rules[id];
        let Some((method, span)) = found else { return };
        if rule.baseline.is_none() || rule.level.is_none() {
            let help = Message::new("help-path");
            self.push(Diagnostic::new(Code::BaselineMissing, span).help(help));
            return;
        }
        let method = match method {
            PathMethod::Linear => Method::Linear,
            PathMethod::Geometric => Method::Geometric,
            PathMethod::GrowthRatio => Method::GrowthRatio,
            PathMethod::ProjectionRatio => Method::ProjectionRatio,
            PathMethod::Waypoints(points) => {
                let mut values: Vec<(Period, Exact)> = Vec::new();
                for (at, quantity) in points {
                    let Some((mut value, mut ty)) = self.literal(quantity) else {
                        return;
                    };
                    let subject = self.model.rules[id]
                        .level
                        .as_ref()
                        .map(|level| &level.subject);
                    let own = subject.and_then(|subject| self.scale_unit(subject));
                    if let (true, Some((factor, own))) = (is_scaled(&ty), own) {
                        value = &value * &factor;
                        ty = own;
                    }
                    self.model.rules[id].literals.push((ty, quantity.span));
                    let is_later = values.last().is_none_or(|(before, _)| before < &at.period);
                    if !is_later {
                        self.push(empty_window(at.span));
                        return;
                    }
                    values.push((at.period, value));
                }
                Method::Waypoints(values)
            }
        };
        self.model.rules[id].method = Some(method);
    }
}

/// Half a unit of the last printed digit.
fn half_unit(text: &str) -> Exact {
    let digits = text
        .split_once('.')
        .map_or(0, |(_, fraction)| fraction.len());
    let digits = i16::try_from(digits).unwrap_or(i16::MAX);
    &Exact::pow10(-digits) * &Exact::ratio(1, 2).unwrap_or_default()
}
