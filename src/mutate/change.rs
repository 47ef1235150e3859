//! What can be changed at a place of a rule file, in words, and the change itself. Asks no test.

use chrono::NaiveDate;

use super::walk::Site;
use crate::message::Message;
use crate::number::Exact;
use crate::period::Period;
use crate::source::{Sources, Span};
use crate::syntax::ast::{
    Case, Clause, ClauseKind, CompareOp, Expr, ExprKind, Modality, Number, PeriodRef, ScorePart,
    ScorePartKind,
};

/// How a mutant differs from the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// A number by one in its last place, a period by one of its kind.
    Less,
    More,
    /// Whether the limit itself counts.
    Edge,
    /// The opposite.
    Turn,
    /// All for any, any for all.
    Join,
    /// A part is left out.
    Drop(usize),
    /// Plus for minus, times for divided by.
    Flip(usize),
    /// `not` or `strict` is left out.
    Bare,
    /// What must be is only wished, or the other way round.
    Mood,
}

/// The kinds of change, as machines name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MutantKind {
    /// A number moved by one in its last place.
    Limit,
    /// A comparison turned, or its limit no longer counted.
    Comparison,
    /// A condition turned into its opposite, `all` into `any`, a part left out.
    Condition,
    /// Plus for minus, times for divided by.
    Arithmetic,
    /// A day, year or other period moved by one.
    Date,
    /// A clause, case, exception or presumption left out.
    Clause,
    /// What must be is only wished, or the other way round.
    Modality,
}

impl MutantKind {
    /// Every kind.
    pub const ALL: [MutantKind; 7] = [
        MutantKind::Limit,
        MutantKind::Comparison,
        MutantKind::Condition,
        MutantKind::Arithmetic,
        MutantKind::Date,
        MutantKind::Clause,
        MutantKind::Modality,
    ];

    /// The word of the machine output; never translated.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            MutantKind::Limit => "limit",
            MutantKind::Comparison => "comparison",
            MutantKind::Condition => "condition",
            MutantKind::Arithmetic => "arithmetic",
            MutantKind::Date => "date",
            MutantKind::Clause => "clause",
            MutantKind::Modality => "modality",
        }
    }

    /// The key of its name in the catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            MutantKind::Limit => "mutant-limits",
            MutantKind::Comparison => "mutant-comparisons",
            MutantKind::Condition => "mutant-conditions",
            MutantKind::Arithmetic => "mutant-arithmetics",
            MutantKind::Date => "mutant-dates",
            MutantKind::Clause => "mutant-clauses",
            MutantKind::Modality => "mutant-modalities",
        }
    }
}

/// A change in words.
pub(super) struct Told {
    pub(super) kind: MutantKind,
    pub(super) span: Span,
    pub(super) words: Message,
}

/// All changes of a place.
pub(super) fn changes(site: &Site<'_>) -> Vec<Change> {
    match site {
        Site::Number(_) => vec![Change::Less, Change::More],
        Site::Period(period) => shifts(|back| shifted(period.period, back).is_some()),
        Site::Ago(period, _) => shifts(|back| moved(**period, back).is_some()),
        Site::Comparison(op, _) => match op {
            CompareOp::Eq | CompareOp::Ne => vec![Change::Turn],
            _ => vec![Change::Edge, Change::Turn],
        },
        Site::Expr(expr) => of_expr(expr),
        // A comparison is turned by itself, and what is negated is laid bare.
        Site::Condition(expr) => match &expr.kind {
            ExprKind::Compare(_, rest) if rest.len() == 1 => Vec::new(),
            ExprKind::Not(_) | ExprKind::Truth(_) => Vec::new(),
            _ => vec![Change::Turn],
        },
        Site::Modality(..) => vec![Change::Mood],
        Site::Clauses(clauses, is_met) => {
            let has_own = clauses
                .iter()
                .any(|clause| matches!(clause.kind, ClauseKind::Modality { .. }));
            let is_case = |clause: &Clause| matches!(clause.kind, ClauseKind::Cases(_));
            // Without its only case nothing is decided any more.
            let has_more = clauses.iter().filter(|clause| is_case(clause)).count() > 1;
            let is_dropped = |clause: &Clause| is_droppable(clause) || has_more && is_case(clause);
            let dropped: Vec<Change> = places(clauses, is_dropped).map(Change::Drop).collect();
            let wished = (*is_met && !has_own).then_some(Change::Mood);
            dropped.into_iter().chain(wished).collect()
        }
        Site::Cases(cases) => match cases.len() {
            0 | 1 => Vec::new(),
            n => (0..n).map(Change::Drop).collect(),
        },
        Site::Tiers(parts) => {
            let is_tier = |part: &ScorePart| matches!(part.kind, ScorePartKind::Tier(_));
            places(parts, is_tier).map(Change::Drop).collect()
        }
    }
}

fn places<'a, T>(
    items: &'a [T],
    is_meant: impl Fn(&T) -> bool + 'a,
) -> impl Iterator<Item = usize> + 'a {
    let items = items.iter().enumerate();
    items
        .filter(move |(_, item)| is_meant(item))
        .map(|(n, _)| n)
}

/// Clauses that change what is judged where they are left out.
fn is_droppable(clause: &Clause) -> bool {
    matches!(
        clause.kind,
        ClauseKind::When(_)
            | ClauseKind::Presume(_)
            | ClauseKind::Waiver { .. }
            | ClauseKind::AbsenceMayPass
            | ClauseKind::Version(_)
            | ClauseKind::Accepts(_)
            | ClauseKind::Issuer(_)
    )
}

fn shifts(has: impl Fn(bool) -> bool) -> Vec<Change> {
    let both = [(true, Change::Less), (false, Change::More)];
    let kept = both.into_iter().filter(|(back, _)| has(*back));
    kept.map(|(_, change)| change).collect()
}

fn of_expr(expr: &Expr) -> Vec<Change> {
    match &expr.kind {
        ExprKind::All(parts) | ExprKind::Any(parts) if parts.len() > 1 => {
            let dropped = (0..parts.len()).map(Change::Drop);
            std::iter::once(Change::Join).chain(dropped).collect()
        }
        ExprKind::Sum(terms) | ExprKind::Product(terms) => {
            (1..terms.len()).map(Change::Flip).collect()
        }
        ExprKind::Member(_, values) if values.len() > 1 => {
            (0..values.len()).map(Change::Drop).collect()
        }
        ExprKind::Not(_) | ExprKind::Strict(_) => vec![Change::Bare],
        ExprKind::Truth(_) | ExprKind::Present(_) | ExprKind::Missing(_) => vec![Change::Turn],
        ExprKind::Day(_) => vec![Change::Less, Change::More],
        _ => Vec::new(),
    }
}

/// What a change does, in words. `owner` is where it stands if it has no place of its own.
pub(super) fn told(site: &Site<'_>, change: Change, sources: &Sources) -> Option<Told> {
    let text = |span: Span| {
        let words = sources.slice(span).split_whitespace();
        words.collect::<Vec<_>>().join(" ")
    };
    let told = |kind, span, words| Some(Told { kind, span, words });
    let becomes = |from: String, to: String| {
        Message::new("mutant-becomes")
            .with("from", from)
            .with("to", to)
    };
    let dropped = |span| Message::new("mutant-dropped").with("text", text(span));
    match site {
        Site::Number(number) => {
            let to = stepped(number, change == Change::Less)?;
            let words = becomes(number.text.clone(), to.text);
            told(MutantKind::Limit, number.span, words)
        }
        Site::Period(period) => {
            let to = shifted(period.period, change == Change::Less)?;
            let words = becomes(period.period.to_string(), to.to_string());
            told(MutantKind::Date, period.span, words)
        }
        Site::Ago(period, span) => {
            let to = moved(**period, change == Change::Less)?;
            let words = Message::new("mutant-ago")
                .with("text", text(*span))
                .with("to", ago(to));
            told(MutantKind::Date, *span, words)
        }
        Site::Comparison(op, span) => {
            let words = Message::new("mutant-comparison")
                .with("text", text(*span))
                .with("from", op.sign())
                .with("to", compared(**op, change).sign());
            told(MutantKind::Comparison, *span, words)
        }
        Site::Condition(expr) => {
            let words = Message::new("mutant-turned").with("text", text(expr.span));
            told(MutantKind::Condition, expr.span, words)
        }
        Site::Expr(expr) => told_expr(expr, change, &text),
        Site::Modality(modality, span) => {
            let to = mood(**modality);
            let words = becomes(modality.word().to_owned(), to.word().to_owned());
            told(MutantKind::Modality, *span, words)
        }
        Site::Clauses(clauses, _) => match change {
            Change::Drop(n) => {
                let span = clauses.get(n)?.span;
                told(MutantKind::Clause, span, dropped(span))
            }
            _ => {
                let is_goal = |clause: &&Clause| matches!(clause.kind, ClauseKind::Require { .. });
                let span = clauses.iter().find(is_goal)?.span;
                let words = becomes(
                    Modality::Must.word().to_owned(),
                    Modality::Should.word().to_owned(),
                );
                told(MutantKind::Modality, span, words)
            }
        },
        Site::Cases(cases) => {
            let span = cases.get(place(change)?)?.span;
            told(MutantKind::Clause, span, dropped(span))
        }
        Site::Tiers(parts) => {
            let span = parts.get(place(change)?)?.span;
            told(MutantKind::Clause, span, dropped(span))
        }
    }
}

fn told_expr(expr: &Expr, change: Change, text: &dyn Fn(Span) -> String) -> Option<Told> {
    let span = expr.span;
    let of = |key| Message::new(key).with("text", text(span));
    let (kind, span, words) = match (&expr.kind, change) {
        (ExprKind::All(_), Change::Join) => (MutantKind::Condition, span, of("mutant-any")),
        (ExprKind::Any(_), Change::Join) => (MutantKind::Condition, span, of("mutant-all")),
        (ExprKind::All(parts) | ExprKind::Any(parts) | ExprKind::Member(_, parts), _) => {
            let part = parts.get(place(change)?)?.span;
            let words = Message::new("mutant-dropped").with("text", text(part));
            (MutantKind::Condition, part, words)
        }
        (ExprKind::Sum(terms) | ExprKind::Product(terms), Change::Flip(n)) => {
            let (is_turned, term) = terms.get(n)?;
            let is_sum = matches!(expr.kind, ExprKind::Sum(_));
            let key = match (is_sum, is_turned) {
                (true, false) => "mutant-subtracted",
                (true, true) => "mutant-added",
                (false, false) => "mutant-divided",
                (false, true) => "mutant-multiplied",
            };
            let words = Message::new(key).with("text", text(term.span));
            (MutantKind::Arithmetic, term.span, words)
        }
        (ExprKind::Day(day), _) => {
            let to = next_day(*day, change == Change::Less)?;
            let words = Message::new("mutant-becomes")
                .with("from", day.to_string())
                .with("to", to.to_string());
            (MutantKind::Date, span, words)
        }
        (ExprKind::Not(inner) | ExprKind::Strict(inner), _) => {
            let words = of("mutant-bare").with("to", text(inner.span));
            (MutantKind::Condition, span, words)
        }
        _ => (MutantKind::Condition, span, of("mutant-turned")),
    };
    Some(Told { kind, span, words })
}

/// Makes a change.
pub(super) fn apply(site: Site<'_>, change: Change) {
    let back = change == Change::Less;
    match site {
        Site::Number(number) => {
            if let Some(to) = stepped(number, back) {
                *number = to;
            }
        }
        Site::Period(period) => {
            period.period = shifted(period.period, back).unwrap_or(period.period);
        }
        Site::Ago(period, _) => *period = moved(*period, back).unwrap_or(*period),
        Site::Comparison(op, _) => *op = compared(*op, change),
        Site::Condition(expr) => negate(expr),
        Site::Expr(expr) => apply_to_expr(expr, change),
        Site::Modality(modality, _) => *modality = mood(*modality),
        Site::Clauses(clauses, _) => match change {
            Change::Drop(n) => drop(clauses.remove(n)),
            _ => {
                if let Some(span) = clauses.first().map(|clause| clause.span) {
                    clauses.push(Clause {
                        kind: ClauseKind::Modality {
                            modality: Modality::Should,
                            words: None,
                        },
                        span,
                    });
                }
            }
        },
        Site::Cases(cases) => remove(cases, change),
        Site::Tiers(parts) => {
            if let Some(n) = place(change) {
                parts.remove(n);
            }
        }
    }
}

fn remove(cases: &mut Vec<Case>, change: Change) {
    if let Some(n) = place(change) {
        cases.remove(n);
    }
}

fn apply_to_expr(expr: &mut Expr, change: Change) {
    let hole = ExprKind::Truth(true);
    let kind = std::mem::replace(&mut expr.kind, hole);
    expr.kind = match (kind, change) {
        (ExprKind::All(parts), Change::Join) => ExprKind::Any(parts),
        (ExprKind::Any(parts), Change::Join) => ExprKind::All(parts),
        (ExprKind::All(parts), Change::Drop(n)) => without(parts, n, ExprKind::All),
        (ExprKind::Any(parts), Change::Drop(n)) => without(parts, n, ExprKind::Any),
        (ExprKind::Member(of, mut values), Change::Drop(n)) => {
            values.remove(n);
            ExprKind::Member(of, values)
        }
        (ExprKind::Sum(terms), Change::Flip(n)) => ExprKind::Sum(flipped(terms, n)),
        (ExprKind::Product(terms), Change::Flip(n)) => ExprKind::Product(flipped(terms, n)),
        (ExprKind::Not(inner) | ExprKind::Strict(inner), Change::Bare) => inner.kind,
        (ExprKind::Truth(is_so), Change::Turn) => ExprKind::Truth(!is_so),
        (ExprKind::Present(of), Change::Turn) => ExprKind::Missing(of),
        (ExprKind::Missing(of), Change::Turn) => ExprKind::Present(of),
        (ExprKind::Day(day), _) => {
            ExprKind::Day(next_day(day, change == Change::Less).unwrap_or(day))
        }
        (kind, _) => kind,
    };
}

/// What is left of parts, itself where it is one.
fn without(mut parts: Vec<Expr>, n: usize, join: impl Fn(Vec<Expr>) -> ExprKind) -> ExprKind {
    parts.remove(n);
    match parts.len() {
        1 => parts.remove(0).kind,
        _ => join(parts),
    }
}

fn flipped(mut terms: Vec<(bool, Expr)>, n: usize) -> Vec<(bool, Expr)> {
    if let Some((is_turned, _)) = terms.get_mut(n) {
        *is_turned = !*is_turned;
    }
    terms
}

fn negate(expr: &mut Expr) {
    let inner = Expr {
        kind: std::mem::replace(&mut expr.kind, ExprKind::Truth(true)),
        span: expr.span,
    };
    expr.kind = ExprKind::Not(Box::new(inner));
}

fn place(change: Change) -> Option<usize> {
    match change {
        Change::Drop(n) | Change::Flip(n) => Some(n),
        _ => None,
    }
}

/// A number with one more or less in its last place.
fn stepped(number: &Number, is_less: bool) -> Option<Number> {
    let digits = number.text.split_once('.').map_or(0, |(_, after)| {
        after.chars().take_while(char::is_ascii_digit).count()
    });
    let digits = i16::try_from(digits).ok()?;
    let step = Exact::pow10(-digits);
    let value = match is_less {
        true => &number.value - &step,
        false => &number.value + &step,
    };
    let text = value.decimal_string()?;
    Some(Number {
        value,
        text,
        span: number.span,
    })
}

fn compared(op: CompareOp, change: Change) -> CompareOp {
    match (op, change) {
        (CompareOp::Lt, Change::Edge) | (CompareOp::Gt, Change::Turn) => CompareOp::Le,
        (CompareOp::Le, Change::Edge) | (CompareOp::Ge, Change::Turn) => CompareOp::Lt,
        (CompareOp::Gt, Change::Edge) | (CompareOp::Lt, Change::Turn) => CompareOp::Ge,
        (CompareOp::Ge, Change::Edge) | (CompareOp::Le, Change::Turn) => CompareOp::Gt,
        (CompareOp::Eq, _) => CompareOp::Ne,
        (CompareOp::Ne, _) => CompareOp::Eq,
        (op, _) => op,
    }
}

fn mood(modality: Modality) -> Modality {
    match modality {
        Modality::Must => Modality::Should,
        _ => Modality::Must,
    }
}

/// A period moved by one of its kind; none of several years or of parts that are no unit.
fn shifted(period: Period, back: bool) -> Option<Period> {
    let by = if back { -1 } else { 1 };
    let part = |year: i32, part: u8, n: i32| {
        let all = year.checked_mul(n)?.checked_add(i32::from(part) - 1 + by)?;
        let part = u8::try_from(all.rem_euclid(n) + 1).ok()?;
        Some((all.div_euclid(n), part))
    };
    match period {
        Period::Year(year) => year.checked_add(by).map(Period::Year),
        Period::Half(year, half) => part(year, half, 2).map(|(y, n)| Period::Half(y, n)),
        Period::Quarter(year, quarter) => {
            part(year, quarter, 4).map(|(y, n)| Period::Quarter(y, n))
        }
        Period::Month(year, month) => part(year, month, 12).map(|(y, n)| Period::Month(y, n)),
        Period::Day(day) => next_day(day, back).map(Period::Day),
        Period::Months { .. } | Period::Span { .. } => None,
    }
}

fn next_day(day: NaiveDate, back: bool) -> Option<NaiveDate> {
    match back {
        true => day.pred_opt(),
        false => day.succ_opt(),
    }
}

fn moved(period: PeriodRef, back: bool) -> Option<PeriodRef> {
    match period {
        PeriodRef::Relative(years) => {
            let by = if back { -1 } else { 1 };
            years.checked_add(by).map(PeriodRef::Relative)
        }
        PeriodRef::Fixed(period) => shifted(period, back).map(PeriodRef::Fixed),
    }
}

fn ago(period: PeriodRef) -> String {
    match period {
        PeriodRef::Relative(years) => format!("{years:+}"),
        PeriodRef::Fixed(period) => period.to_string(),
    }
}
