//! Findings: figures that cannot all be true, or are not what they seem.
//!
//! A finding is about figures. It is attached to the verdicts that use them and
//! never changes one. Printed sets are closed, so that rounding never makes a
//! contradiction.

use std::collections::BTreeSet;

use crate::eval::{Clocks, Options, Vintage, scope};
use crate::explain::{Shown, Unit, figure_message, source_message};
use crate::figures::{ClaimId, ClaimState, Submission};
use crate::message::Message;
use crate::model::{EntityId, ExprKind, FigureRef, IndicatorId, Measure, RuleId};
use crate::number::Exact;
use crate::period::Period;
use crate::program::{Program, at};
use crate::set::Set;

mod cross;

/// Conflicts that are told of one figure and entity; more say nothing new.
const MOST_CONFLICTS: usize = 20;

/// What kind of finding it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// Claims to one key whose printed sets cannot meet.
    Conflict,
    /// Figures that contradict a check.
    Check,
    /// Figures that contradict an identity.
    Identity,
    /// A published figure that differs from the plan's own baseline.
    Baseline,
    /// A claim outside its declared bounds.
    Bounds,
    /// A figure off by a scale word against its neighbours.
    Slip,
}

impl FindingKind {
    /// All kinds.
    pub const ALL: [FindingKind; 6] = [
        FindingKind::Conflict,
        FindingKind::Check,
        FindingKind::Identity,
        FindingKind::Baseline,
        FindingKind::Bounds,
        FindingKind::Slip,
    ];

    /// The word of the machine output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            FindingKind::Conflict => "conflict",
            FindingKind::Check => "check",
            FindingKind::Identity => "identity",
            FindingKind::Baseline => "baseline",
            FindingKind::Bounds => "bounds",
            FindingKind::Slip => "slip",
        }
    }
}

/// Figures that cannot all be true, or are not what they seem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind.
    pub kind: FindingKind,
    /// The check, where one was broken; the target, for a baseline.
    pub rule: Option<RuleId>,
    /// The indicator.
    pub indicator: Option<IndicatorId>,
    /// Whom it is about.
    pub entity: EntityId,
    /// The period.
    pub period: Period,
    /// The claims that cannot all be true.
    pub claims: Vec<ClaimId>,
    /// The finding in one sentence.
    pub message: Message,
    /// How far the claims are apart at least, in the unit.
    pub gap: Option<(Exact, Unit)>,
}

impl Finding {
    /// A stable name: kind, indicator or check, entity, period.
    #[must_use]
    pub fn id(&self, program: &Program, submission: &Submission) -> String {
        let about = match (self.rule, self.indicator) {
            (Some(rule), _) => program.model.rules[rule].id.clone(),
            (None, Some(indicator)) => program.model.indicators[indicator].id.clone(),
            (None, None) => String::new(),
        };
        let entity = &submission.entities[self.entity].id;
        let places: Vec<String> = self
            .claims
            .iter()
            .map(|id| {
                let claim = &submission.claims[*id];
                let line = submission.text(claim.source_line);
                format!("{}:{line}", submission.text(claim.source))
            })
            .collect();
        format!(
            "{}/{about}/{entity}/{}/{}",
            self.kind.word(),
            self.period,
            places.join("+")
        )
    }
}

/// Looks for findings over all figures of a submission.
#[must_use]
pub fn findings(program: &Program, submission: &Submission, options: &Options) -> Vec<Finding> {
    let clocks = options.clocks(submission);
    let cx = Cx {
        program,
        submission,
        clocks: &clocks,
        replaced: replaced(program, submission, &clocks),
    };
    let mut found = Vec::new();
    cx.claims(&mut found);
    cx.slips(&mut found);
    cx.baselines(&mut found);
    cx.checks(&mut found);
    cx.identities(&mut found);
    let entity = |finding: &Finding| submission.entities[finding.entity].id.as_str();
    found.sort_by(|a, b| {
        let key = |one: &Finding| (one.kind, one.indicator, one.rule, one.period);
        key(a)
            .cmp(&key(b))
            .then_with(|| entity(a).cmp(entity(b)))
            .then_with(|| {
                let mut pairs = a.claims.iter().zip(&b.claims);
                let unlike = pairs.find_map(|(a, b)| {
                    Some(submission.order(*a, *b)).filter(|order| order.is_ne())
                });
                unlike.unwrap_or(a.claims.len().cmp(&b.claims.len()))
            })
    });
    found
}

/// The findings that speak of a figure which a rule uses when a period is evaluated.
///
/// Also those of figures that were set aside, such as one outside its bounds: the verdict would
/// have used them.
#[must_use]
pub fn concerning<'f>(
    findings: &'f [Finding],
    program: &Program,
    submission: &Submission,
    rule: RuleId,
    judged: Period,
) -> Vec<&'f Finding> {
    let used: Vec<(&FigureRef, Period)> = program.rules[rule]
        .goal
        .reads()
        .into_iter()
        .map(|input| &program.inputs[input])
        .map(|input| (&input.figure, at(input.at, judged)))
        .collect();
    let is_used = |id: &ClaimId| {
        let claim = &submission.claims[*id];
        used.iter().any(|(figure, period)| {
            let plain = FigureRef {
                entity: None,
                ..(*figure).clone()
            };
            plain == claim.figure && *period == claim.period
        })
    };
    let concerns =
        |finding: &&Finding| finding.rule == Some(rule) || finding.claims.iter().any(is_used);
    findings.iter().filter(concerns).collect()
}

/// All claims that another edition of their series stands in for.
fn replaced(program: &Program, submission: &Submission, clocks: &Clocks) -> BTreeSet<ClaimId> {
    let mut found = BTreeSet::new();
    if clocks.choice.vintage == Vintage::All {
        return found;
    }
    for (_, _, entries) in submission.keys() {
        for same in entries.chunk_by(|a, b| a.0 == b.0) {
            let claims: Vec<ClaimId> = same.iter().map(|(_, id)| *id).collect();
            found.extend(clocks.replaced(&program.model, submission, &claims));
        }
    }
    found
}

struct Cx<'a> {
    program: &'a Program,
    submission: &'a Submission,
    clocks: &'a Clocks,
    /// Claims that another edition stands in for.
    replaced: BTreeSet<ClaimId>,
}

impl Cx<'_> {
    fn counts(&self, id: ClaimId) -> bool {
        let claim = &self.submission.claims[id];
        self.clocks.counts(self.submission, claim) && !self.replaced.contains(&id)
    }

    fn shown(&self, id: ClaimId) -> Message {
        let claim = &self.submission.claims[id];
        Message::new("finding-claim")
            .with("printed", self.submission.text(claim.printed))
            .with(
                "source",
                source_message(self.program, self.submission, claim),
            )
    }

    /// Claims to one key that cannot meet, and claims outside their bounds.
    fn claims(&self, found: &mut Vec<Finding>) {
        for (figure, period, entries) in self.submission.keys() {
            let unit = Unit::of_figure(self.program, figure);
            let mut conflicts: (Option<EntityId>, usize) = (None, 0);
            for (n, (entity, id)) in entries.iter().enumerate() {
                if conflicts.0 != Some(*entity) {
                    conflicts = (Some(*entity), 0);
                }
                let claim = &self.submission.claims[*id];
                if !self.counts(*id) {
                    continue;
                }
                let name = || self.name(figure, *entity, period);
                if claim.state == ClaimState::OutOfBounds {
                    let bounds = self.program.model.indicators[figure.indicator]
                        .bounds
                        .clone();
                    let shown = Shown {
                        set: bounds.unwrap_or_else(Set::all),
                        unit: unit.clone(),
                    };
                    found.push(Finding {
                        kind: FindingKind::Bounds,
                        rule: None,
                        indicator: Some(figure.indicator),
                        entity: *entity,
                        period,
                        claims: vec![*id],
                        message: Message::new("finding-bounds")
                            .with("figure", name())
                            .with("claim", self.shown(*id))
                            .with("bounds", &shown),
                        gap: None,
                    });
                }
                for (other_entity, other) in entries.get(n + 1..).unwrap_or(&[]) {
                    let second = &self.submission.claims[*other];
                    if other_entity != entity || conflicts.1 >= MOST_CONFLICTS {
                        break;
                    }
                    let is_comparable = claim.state == ClaimState::Good
                        && second.state == ClaimState::Good
                        && claim.basis == second.basis
                        && self.counts(*other);
                    if !is_comparable || claim.as_printed.meets_closed(&second.as_printed) {
                        continue;
                    }
                    conflicts.1 += 1;
                    let gap = claim.as_printed.gap(&second.as_printed).unwrap_or_default();
                    let shown = Shown {
                        set: Set::point(gap.clone()),
                        unit: unit.clone().of_difference_in(self.program, figure),
                    };
                    found.push(Finding {
                        kind: FindingKind::Conflict,
                        rule: None,
                        indicator: Some(figure.indicator),
                        entity: *entity,
                        period,
                        claims: vec![*id, *other],
                        message: Message::new("finding-conflict")
                            .with("figure", name())
                            .with("first", self.shown(*id))
                            .with("second", self.shown(*other))
                            .with("gap", &shown),
                        gap: Some((gap, shown.unit)),
                    });
                }
            }
        }
    }

    /// Figures that are 10^4 or 10^8 times their neighbour in time.
    fn slips(&self, found: &mut Vec<Finding>) {
        let mut before: Option<(FigureRef, EntityId, Period, ClaimId)> = None;
        let mut series: Vec<(FigureRef, EntityId, Period, ClaimId)> = Vec::new();
        for (figure, period, entries) in self.submission.keys() {
            let is_level = figure.measure == Measure::Level && matches!(period, Period::Year(_));
            if is_level {
                series.extend(
                    entries
                        .iter()
                        .map(|(entity, id)| (figure.clone(), *entity, period, *id)),
                );
            }
        }
        series.sort_by(|a, b| (&a.0, a.1, a.2).cmp(&(&b.0, b.1, b.2)));
        for entry in series {
            let claim = &self.submission.claims[entry.3];
            if claim.state != ClaimState::Good || !self.counts(entry.3) {
                continue;
            }
            if let Some((figure, entity, _, id)) = &before
                && *figure == entry.0
                && *entity == entry.1
                && let Some(factor) = slip(&self.submission.claims[*id].exact, &claim.exact)
            {
                let name = self.name(figure, *entity, entry.2);
                found.push(Finding {
                    kind: FindingKind::Slip,
                    rule: None,
                    indicator: Some(figure.indicator),
                    entity: *entity,
                    period: entry.2,
                    claims: vec![*id, entry.3],
                    message: Message::new("finding-slip")
                        .with("figure", name)
                        .with("first", self.shown(*id))
                        .with("second", self.shown(entry.3))
                        .with("factor", factor),
                    gap: None,
                });
            }
            before = Some(entry);
        }
    }

    /// A published figure that differs from the baseline that the plan prints.
    fn baselines(&self, found: &mut Vec<Finding>) {
        for (id, rule) in self.program.model.rules.iter() {
            let (Some(baseline), Some(level)) = (&rule.baseline, &rule.level) else {
                continue;
            };
            let ExprKind::Figure(figure) = &level.subject.kind else {
                continue;
            };
            let half = &baseline.half_unit;
            let Some(printed) = Set::closed(&baseline.value - half, &baseline.value + half) else {
                continue;
            };
            let unit = Unit::of_figure(self.program, figure);
            for entity in scope(&self.program.model, self.submission, rule) {
                for (_, claim_id) in self.submission.claims_at(figure, baseline.period, entity) {
                    let claim = &self.submission.claims[*claim_id];
                    let is_odd = claim.state == ClaimState::Good
                        && self.counts(*claim_id)
                        && !claim.as_printed.meets_closed(&printed);
                    if !is_odd {
                        continue;
                    }
                    let shown = Shown {
                        set: Set::point(baseline.value.clone()),
                        unit: unit.clone(),
                    };
                    let name = self.name(figure, entity, baseline.period);
                    found.push(Finding {
                        kind: FindingKind::Baseline,
                        rule: Some(id),
                        indicator: Some(figure.indicator),
                        entity,
                        period: baseline.period,
                        claims: vec![*claim_id],
                        message: Message::new("finding-baseline")
                            .with("figure", name)
                            .with("rule", &rule.id)
                            .with("baseline", &shown)
                            .with("claim", self.shown(*claim_id)),
                        gap: claim
                            .as_printed
                            .gap(&printed)
                            .map(|gap| (gap, unit.clone())),
                    });
                }
            }
        }
    }

    /// The name of a figure with whose it is.
    fn name(&self, figure: &FigureRef, whose: EntityId, period: Period) -> Message {
        figure_message(self.program, self.submission, figure, Some(whose), period)
    }

    /// A period, and whom a finding is about where that is not the body of the pack.
    fn about(&self, entity: EntityId, period: Period) -> Message {
        let period = period.to_string();
        if self.program.model.pack.entity == Some(entity) {
            return Message::new("finding-about").with("period", period);
        }
        let label = &self.submission.entities[entity].label;
        Message::new("finding-about-of")
            .with("entity", label)
            .with("period", period)
    }

    /// One claim with the name of its figure.
    fn named(&self, id: ClaimId) -> Message {
        let claim = &self.submission.claims[id];
        let name = self.name(&claim.figure, claim.entity, claim.window);
        Message::new("finding-figure")
            .with("figure", name)
            .with("claim", self.shown(id))
    }
}

/// The scale between two figures, where it is that of a scale word and not of growth.
fn slip(first: &Set, second: &Set) -> Option<&'static str> {
    let (a, b) = (first.as_point()?, second.as_point()?);
    let ratio = b.checked_div(a).filter(|ratio| ratio.signum() > 0)?;
    let near = |power: i16| {
        let scale = Exact::pow10(power);
        let three = Exact::from(3);
        ratio >= scale.checked_div(&three).unwrap_or_default() && ratio <= &scale * &three
    };
    [(4, "10^4"), (8, "10^8"), (-4, "10^-4"), (-8, "10^-8")]
        .into_iter()
        .find(|(power, _)| near(*power))
        .map(|(_, name)| name)
}
