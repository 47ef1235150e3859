//! How one target stands over the years: base, path, published figures, limit, projection.
//!
//! A program and figures go in; the numbers of a chart or a dashboard come out, in base units
//! and exact. Draws nothing and decides nothing: every set comes from the evaluator.

use std::collections::BTreeSet;

use crate::eval::{Clocks, Marks, Options, Outlook, Pick, Row, Run, path, run_subject, trace};
use crate::explain::Unit;
use crate::figures::{ClaimId, Submission};
use crate::message::Label;
use crate::model::{EntityId, ExprKind, FigureRef, Method, Rule, RuleId, When};
use crate::number::Exact;
use crate::period::Period;
use crate::program::{Program, Root};
use crate::set::{Comparison, Set};
use crate::verdict::{Cause, Causes};

mod board;

pub use board::{Board, ByMethod, MethodName, Methods, Standing, board, is_used};

/// Years that are looked at; of a longer time the last ones.
const MOST_YEARS: i32 = 120;

/// A level target for one entity, with all that a chart of it shows.
#[derive(Debug, Clone)]
pub struct Progress {
    /// The target.
    pub rule: RuleId,
    /// The entity.
    pub entity: EntityId,
    /// The id of the target.
    pub id: String,
    /// Its name.
    pub label: Label,
    /// The name of the entity, where the target is for several.
    pub entity_label: Option<Label>,
    /// The unit of the quantity; numbers and sets here are in base units.
    pub unit: Unit,
    /// The unit of steps a year, where a method counts in steps.
    pub step_unit: Unit,
    /// The plan's own baseline.
    pub baseline: Option<(Period, Exact)>,
    /// When the target is due; absent where it is judged in every period.
    pub due: Option<Period>,
    /// How the quantity must stand to the limit.
    pub op: Comparison,
    /// The limit.
    pub limit: Exact,
    /// The rule's own method of progress.
    pub method: Option<Method>,
    /// Where the rule's own method says that the quantity should be, a point a year from the
    /// year of the base to that of the target. Empty where the method has no path. A root is
    /// enclosed, so that a point may be a very narrow set.
    pub path: Vec<(i32, Set)>,
    /// The published figures up to the evaluated period, in order.
    pub figures: Vec<Published>,
    /// Where figures before and after do not compare, in order.
    pub breaks: Vec<Break>,
    /// The clocks.
    pub clocks: Clocks,
    /// The verdict.
    pub row: Row,
    /// How it stands, where it is pending.
    pub outlook: Option<Outlook>,
}

/// What is published of the quantity of a target for one period.
#[derive(Debug, Clone)]
pub struct Published {
    /// The period.
    pub period: Period,
    /// The smallest set that holds what each claim allows; absent where none can be used.
    pub set: Option<Set>,
    /// What each claim allows, or each choice among the claims that it is computed from.
    pub readings: Vec<PublishedReading>,
    /// Whether there are claims whose printed sets cannot all be true.
    pub is_disputed: bool,
    /// Whether it was computed from its parts.
    pub is_derived: bool,
    /// Whether it is on another basis than the plan's baseline.
    pub is_other_basis: bool,
    /// Why there is no value.
    pub causes: Causes,
}

/// One claim, or one choice among several.
#[derive(Debug, Clone)]
pub struct PublishedReading {
    /// The values that it allows.
    pub set: Set,
    /// The claims that it is read off.
    pub claims: Vec<ClaimId>,
    /// Those claims as printed.
    pub printed: Vec<String>,
}

/// Where figures before and after do not compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// The first period after it.
    pub period: Period,
    /// What changed.
    pub kind: BreakKind,
    /// The new basis, or the definition under which figures are published there.
    pub label: Label,
}

/// What changed at a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreakKind {
    /// The basis of the figures.
    Basis,
    /// Figures are published under another definition than the target's alone.
    Definition,
}

impl Progress {
    /// The figure of the evaluated period, where there is one that can be used.
    #[must_use]
    pub fn current(&self) -> Option<&Published> {
        let at = self.row.judged;
        self.figures
            .iter()
            .find(|figure| figure.period == at && figure.set.is_some())
    }

    /// What the projection was made from: of several claims those that the outlook rests on.
    #[must_use]
    pub fn projected_from(&self) -> Option<Set> {
        let outlook = self.outlook.as_ref()?;
        let readings = &self.current()?.readings;
        let counts = |reading: &&PublishedReading| {
            let mut claims = reading.claims.iter();
            claims.all(|claim| outlook.claims.contains(claim))
        };
        let sets = readings.iter().filter(counts).map(|one| one.set.clone());
        sets.reduce(|all, set| all.hull(&set))
    }

    /// What is known of the figure of the evaluated period: of several claims those that the
    /// outlook rests on, else all.
    #[must_use]
    pub fn known(&self) -> Option<Set> {
        self.projected_from()
            .or_else(|| self.current()?.set.clone())
    }

    /// Whether more is better: the limit is a least value.
    #[must_use]
    pub fn is_floor(&self) -> bool {
        matches!(self.op, Comparison::Ge | Comparison::Gt)
    }
}

/// How a level target stands over the years; nothing for a target of another form.
///
/// ```
/// use plumbrule::eval::Options;
/// use plumbrule::figures::{Limits, Submission};
/// use plumbrule::progress::progress;
///
/// let mut sources = plumbrule::Sources::with_std();
/// sources.add("pack.plumb", r#"
/// pack city "City plan" { entity city }
/// entity city "The city" {}
/// indicator x "X" { kind share unit % }
/// target x.1 "X" { require x >= 56% by 2025 from 15% in 2020 path linear }
/// "#);
/// let program = plumbrule::compile(&sources).unwrap();
/// let mut submission = Submission::new(&program.model);
/// let table = "indicator,period,value\nx,2022,26%\n";
/// submission.read_table(&program.model, "x.csv", table.as_bytes(), &Limits::default());
///
/// let (rule, _) = program.model.rules.iter().next().unwrap();
/// let city = submission.entity_named("city").unwrap();
/// let progress = progress(&program, &submission, &Options::default(), rule, city).unwrap();
/// assert_eq!(progress.path[2].1.to_string(), "{0.314}");
/// let projection = progress.outlook.unwrap().projection.unwrap();
/// assert_eq!(projection.as_point().unwrap().to_string(), "0.425");
/// ```
#[must_use]
pub fn progress(
    program: &Program,
    submission: &Submission,
    options: &Options,
    rule: RuleId,
    entity: EntityId,
) -> Option<Progress> {
    let declared = &program.model.rules[rule];
    let level = declared.level.as_ref()?;
    let root = program.rules[rule].subject.as_ref()?;
    let traced = trace(program, submission, options, rule, entity);
    let unit = match &level.subject.kind {
        ExprKind::Figure(figure) => Unit::of_figure(program, figure),
        _ => Unit::of_term(program, root.term),
    };
    let cx = Cx {
        program,
        submission,
        clocks: &traced.clocks,
        rule: declared,
        root,
        entity,
    };
    let periods = cx.periods(traced.row.judged);
    let figures: Vec<Published> = periods
        .into_iter()
        .filter_map(|period| cx.published(period))
        .collect();
    Some(Progress {
        rule,
        entity,
        id: declared.id.clone(),
        label: declared.label.clone(),
        entity_label: declared
            .scope
            .as_ref()
            .map(|_| submission.entities[entity].label.clone()),
        step_unit: unit.clone().of_difference(&level.subject.ty),
        unit,
        baseline: declared
            .baseline
            .as_ref()
            .map(|baseline| (baseline.period, baseline.value.clone())),
        due: match declared.when {
            When::By(due) | When::ReachedBy(due) => Some(due),
            When::Each { .. } => None,
        },
        op: level.op,
        limit: level.limit.clone(),
        method: declared.method.clone(),
        path: path(declared),
        breaks: cx.breaks(&figures, traced.row.judged),
        figures,
        clocks: traced.clocks,
        row: traced.row,
        outlook: traced.outlook,
    })
}

struct Cx<'a> {
    program: &'a Program,
    submission: &'a Submission,
    clocks: &'a Clocks,
    rule: &'a Rule,
    root: &'a Root,
    entity: EntityId,
}

impl Cx<'_> {
    fn figure(&self) -> Option<&FigureRef> {
        match &self.rule.level.as_ref()?.subject.kind {
            ExprKind::Figure(figure) => Some(figure),
            _ => None,
        }
    }

    /// The periods from the base to the judged one: every year, and the judged period itself.
    fn periods(&self, judged: Period) -> Vec<Period> {
        let last = judged.year();
        let base = self.rule.baseline.as_ref().map(|base| base.period.year());
        let figures = self.root.reads().into_iter();
        let earliest = figures
            .filter_map(|input| {
                let figure = &self.program.inputs[input].figure;
                self.submission.periods_of(figure).next()
            })
            .map(|period| period.year())
            .min();
        let first = base.or(earliest).unwrap_or(last);
        let first = first.max(last.saturating_sub(MOST_YEARS));
        let mut periods: BTreeSet<Period> = (first..last).map(Period::Year).collect();
        periods.insert(judged);
        periods.into_iter().collect()
    }

    fn run(&self, period: Period) -> Run {
        run_subject(
            self.program,
            self.submission,
            self.clocks,
            self.root,
            self.rule.reading,
            period,
            self.entity,
        )
    }

    /// What is published for a period; nothing where no table speaks of it.
    fn published(&self, period: Period) -> Option<Published> {
        let run = self.run(period);
        let frame = &run.frame;
        let term = self.root.term;
        let mut readings: Vec<PublishedReading> = Vec::new();
        for (n, row) in frame.rows.iter().enumerate() {
            let Some(set) = frame.number(term, n).filter(|_| row.pick != Pick::Meet) else {
                continue;
            };
            let inputs = frame.inputs.iter();
            let mut claims: Vec<ClaimId> =
                inputs.flat_map(|input| frame.claims(n, *input)).collect();
            claims.sort_by(|a, b| self.submission.order(*a, *b).then(a.cmp(b)));
            claims.dedup();
            readings.push(PublishedReading {
                set: set.clone(),
                printed: claims.iter().map(|id| self.printed(*id)).collect(),
                claims,
            });
        }
        readings.sort_by(|a, b| {
            let pairs = a.claims.iter().zip(&b.claims);
            let mut unlike = pairs.map(|(a, b)| self.submission.order(*a, *b));
            unlike
                .find(|order| order.is_ne())
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        let sets = readings.iter().map(|reading| reading.set.clone());
        let set = sets.reduce(|all, set| all.hull(&set));
        let causes = match set {
            Some(_) => Causes::NONE,
            None => frame.causes(term, 0),
        };
        // Of many bodies none has a figure: their bounds alone are no news.
        let many = &frame.many;
        let is_unknown = !many.is_empty() && many.values().all(|many| many.is_silent());
        let is_silent = is_unknown || set.is_none() && causes == Cause::Missing.into();
        if is_silent {
            return None;
        }
        Some(Published {
            period,
            set,
            is_disputed: self.is_disputed(&run),
            is_derived: (0..frame.rows.len())
                .any(|row| frame.marks(term, row).contains(Marks::DERIVED)),
            is_other_basis: self.is_other_basis(&readings),
            readings,
            causes,
        })
    }

    fn printed(&self, id: ClaimId) -> String {
        let claim = &self.submission.claims[id];
        self.submission.text(claim.printed).to_owned()
    }

    fn is_disputed(&self, run: &Run) -> bool {
        let printed = |id: &ClaimId| &self.submission.claims[*id].as_printed;
        run.frame.slots.iter().flatten().any(|slot| {
            let claims = &slot.claims;
            claims.iter().enumerate().any(|(n, one)| {
                let mut others = claims.iter().skip(n + 1);
                others.any(|other| !printed(one).meets_closed(printed(other)))
            })
        })
    }

    fn is_other_basis(&self, readings: &[PublishedReading]) -> bool {
        let (Some(figure), Some(baseline)) = (self.figure(), &self.rule.baseline) else {
            return false;
        };
        let indicator = &self.program.model.indicators[figure.indicator];
        let plan = crate::figures::basis_in(indicator, baseline.period);
        let mut claims = readings.iter().flat_map(|reading| &reading.claims);
        claims.any(|id| self.submission.claims[*id].basis != plan)
    }

    /// New bases between the base and the judged period, and figures of other definitions alone.
    fn breaks(&self, figures: &[Published], judged: Period) -> Vec<Break> {
        let Some(figure) = self.figure() else {
            return Vec::new();
        };
        let indicator = &self.program.model.indicators[figure.indicator];
        let first = self.rule.baseline.as_ref().map(|base| base.period);
        let mut breaks: Vec<Break> = Vec::new();
        for basis in &indicator.bases {
            let Some(since) = basis.since else { continue };
            let is_after = first.is_none_or(|first| since.first_day() > first.first_day());
            if is_after && since.first_day() <= judged.last_day() {
                breaks.push(Break {
                    period: since,
                    kind: BreakKind::Basis,
                    label: labelled(&basis.label, &basis.id),
                });
            }
        }
        let broken = figures
            .iter()
            .filter(|figure| figure.causes.contains(Cause::DefinitionBreak));
        for published in broken {
            let mut others = (0u16..)
                .zip(&indicator.definitions)
                .filter(|(n, _)| *n != figure.definition);
            let found = others.find(|(n, _)| {
                let other = FigureRef {
                    definition: *n,
                    ..figure.clone()
                };
                let entity = figure.entity.unwrap_or(self.entity);
                let claims = self.submission.claims_at(&other, published.period, entity);
                !claims.is_empty()
            });
            breaks.push(Break {
                period: published.period,
                kind: BreakKind::Definition,
                label: found.map_or_else(Label::default, |(_, known)| {
                    labelled(&known.label, &known.id)
                }),
            });
        }
        breaks.sort_by_key(|found| found.period);
        breaks
    }
}

fn labelled(label: &Label, id: &str) -> Label {
    if label.zh.is_empty() && label.en.is_empty() {
        Label::same(id)
    } else {
        label.clone()
    }
}
