//! Everything that binds one figure, and whether it still holds if the figure were another.

use std::collections::BTreeMap;

use crate::eval::{Tried, run_printed, scope};
use crate::figures::{ClaimId, TextId};
use crate::model::{EntityId, ExprKind, Measure, RuleId, RuleKind, When};
use crate::number::Exact;
use crate::period::Period;
use crate::program::{Root, at, shift_years};
use crate::set::{Set, Truth};
use crate::syntax::ast::PeriodRef;

use super::book::{KeyId, Supposed};
use super::claims::baseline_set;
use super::{Cx, Standing, Tie};

/// Bonds by the figures in them, in order.
pub(crate) struct Web {
    of: Vec<(KeyId, usize)>,
    /// The period that most figures of a table are about, by its file.
    usual: BTreeMap<TextId, Period>,
}

impl Web {
    pub(crate) fn of(cx: &Cx<'_>) -> Web {
        let mut of = Vec::new();
        for (n, plan) in cx.plans.iter().enumerate() {
            of.extend(plan.cells().into_iter().map(|cell| (cell, n)));
        }
        of.sort_unstable();
        Web {
            of,
            usual: usual(cx),
        }
    }

    /// The period that more than half of the figures of a file are about.
    pub(crate) fn usual_period(&self, file: TextId) -> Option<Period> {
        self.usual.get(&file).copied()
    }

    fn bonds(&self, key: KeyId) -> impl Iterator<Item = usize> {
        let first = self.of.partition_point(|(known, _)| *known < key);
        let own = self.of.get(first..).unwrap_or(&[]).iter();
        own.take_while(move |(known, _)| *known == key)
            .map(|(_, bond)| *bond)
    }
}

impl Cx<'_> {
    /// What binds a figure of an entity, its bounds and its neighbours in time aside.
    pub(crate) fn ties(&self, web: &Web, key: KeyId, entity: EntityId) -> Vec<Tie> {
        let mut ties = vec![Tie::Same(key)];
        let mut written: Vec<Vec<KeyId>> = Vec::new();
        for (tie, cells) in self.roots(key, entity) {
            ties.push(tie);
            written.push(cells);
        }
        let baselines = self.baselines_of(key, entity).into_iter();
        ties.extend(baselines.map(|rule| Tie::Baseline(rule, key)));
        // What somebody wrote as a check is not counted twice.
        let bonds = web.bonds(key).filter(|bond| {
            let cells = self.plans.get(*bond).map(super::Plan::cells);
            cells.is_some_and(|cells| !written.contains(&cells))
        });
        ties.extend(bonds.map(Tie::Bond));
        ties.extend(self.rank_of(key));
        ties
    }

    /// The rank of a value, or the value of a rank.
    fn rank_of(&self, id: KeyId) -> Option<Tie> {
        let key = self.book.key(id)?;
        let other = |measure| {
            let figure = key.figure;
            self.book
                .beside(figure, measure, &figure.breakdown, key.period)
        };
        match key.figure.measure {
            Measure::Level => Some(Tie::Rank(other(Measure::Rank)?, id)),
            Measure::Rank => Some(Tie::Rank(id, other(Measure::Level)?)),
            Measure::Growth | Measure::Change => None,
        }
    }

    /// The baselines of plans that a figure is held against.
    pub(crate) fn baselines_of(&self, id: KeyId, entity: EntityId) -> Vec<RuleId> {
        let Some(key) = self.book.key(id) else {
            return Vec::new();
        };
        let rules = self.program.model.rules.iter();
        let is_its = |rule: &crate::model::Rule| {
            let subject = rule.level.as_ref().map(|level| &level.subject.kind);
            let baseline = rule.baseline.as_ref();
            matches!(subject, Some(ExprKind::Figure(figure)) if figure == key.figure)
                && baseline.is_some_and(|baseline| baseline.period == key.period)
                && scope(&self.program.model, self.submission, rule).contains(&entity)
        };
        let its = rules.filter(|(_, rule)| is_its(rule));
        its.map(|(rule, _)| rule).collect()
    }

    /// Checks and identities that read a figure, and all figures that they read.
    fn roots(&self, id: KeyId, entity: EntityId) -> Vec<(Tie, Vec<KeyId>)> {
        let Some(key) = self.book.key(id) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let always = When::Each {
            since: None,
            until: None,
        };
        let checks = self.program.model.rules.iter().filter_map(|(rule, known)| {
            let goal = &self.program.rules[rule].goal;
            let is_check =
                known.kind == RuleKind::Check && self.program.rules[rule].condition.is_none();
            is_check.then_some((goal, &known.when, Some(rule), 0))
        });
        let identities = self.program.identities.iter().enumerate();
        let identities = identities.map(|(n, identity)| (&identity.root, &always, None, n));
        for (root, when, rule, n) in checks.chain(identities) {
            for period in self.evaluated_at(root, key.figure, key.period) {
                let is_asked = self.periods(root, when).contains(&period);
                let in_scope = rule.is_none_or(|rule| {
                    let rule = &self.program.model.rules[rule];
                    scope(&self.program.model, self.submission, rule).contains(&entity)
                });
                if !is_asked || !in_scope {
                    continue;
                }
                let tie = match rule {
                    Some(rule) => Tie::Check(rule, period),
                    None => Tie::Identity(n, period),
                };
                found.push((tie, self.cells_of(root, period)));
            }
        }
        found
    }

    /// The periods at whose evaluation a condition reads a figure of a period.
    fn evaluated_at(
        &self,
        root: &Root,
        figure: &crate::model::FigureRef,
        of: Period,
    ) -> Vec<Period> {
        let inputs = root.inputs.iter().map(|input| &self.program.inputs[*input]);
        let own = inputs.filter(|input| input.figure == *figure && input.baseline.is_none());
        let mut periods: Vec<Period> = own
            .filter_map(|input| match input.at {
                PeriodRef::Relative(years) => Some(shift_years(of, -years)),
                PeriodRef::Fixed(_) => None,
            })
            .collect();
        periods.sort_unstable();
        periods.dedup();
        periods
    }

    /// The figures that a condition reads in a period.
    fn cells_of(&self, root: &Root, period: Period) -> Vec<KeyId> {
        let inputs = root.inputs.iter().map(|input| &self.program.inputs[*input]);
        let cells = inputs.filter_map(|input| {
            let figure = &input.figure;
            let at = at(input.at, period);
            self.book
                .beside(figure, figure.measure, &figure.breakdown, at)
        });
        let mut cells: Vec<KeyId> = cells.collect();
        cells.sort_unstable();
        cells.dedup();
        cells
    }

    /// Whether a tie can hold; nothing where a figure that it needs is not there.
    pub(crate) fn holds(
        &self,
        tie: &Tie,
        entity: EntityId,
        supposed: Option<&Supposed>,
    ) -> Option<bool> {
        match tie {
            Tie::Same(key) => {
                let groups = self.groups(*key, entity, supposed);
                let n: usize = groups.iter().map(|group| group.claims.len()).sum();
                let mut pairs = groups.iter().zip(groups.iter().skip(1));
                (n > 1).then(|| !pairs.any(|(a, b)| a.basis == b.basis))
            }
            Tie::Bounds(key) => {
                let figure = self.book.key(*key)?.figure;
                let bounds = self.program.model.indicators[figure.indicator]
                    .bounds
                    .as_ref()?;
                let is_measured = figure.measure == Measure::Level;
                let groups = self.groups(*key, entity, supposed);
                let mut sets = groups.iter().map(|group| &group.set);
                is_measured.then(|| sets.all(|set| set.meets_closed(bounds)))
            }
            Tie::Neighbours(before, now) => {
                self.is_step_believed((*before, *now), entity, supposed)
            }
            Tie::Baseline(rule, key) => {
                let rule = &self.program.model.rules[*rule];
                let printed = baseline_set(rule.baseline.as_ref()?)?;
                let groups = self.groups(*key, entity, supposed);
                let mut sets = groups.iter().map(|group| &group.set);
                (!groups.is_empty()).then(|| sets.all(|set| set.meets_closed(&printed)))
            }
            Tie::Check(rule, period) => {
                let root = &self.program.rules[*rule].goal;
                self.holds_root(root, *period, entity, supposed)
            }
            Tie::Identity(n, period) => {
                let root = &self.program.identities.get(*n)?.root;
                self.holds_root(root, *period, entity, supposed)
            }
            Tie::Quote(key, claim) => {
                let supposed = supposed.filter(|it| it.key == *key && it.claims.contains(claim));
                match supposed {
                    None => self.is_quoted(*claim, None),
                    Some(Supposed { set: None, .. }) => None,
                    Some(supposed) => {
                        self.is_quoted(*claim, None)?;
                        self.is_quoted(*claim, Some(supposed))
                    }
                }
            }
            Tie::Early(key, claim) => {
                let is_away = supposed.is_some_and(|it| {
                    it.key == *key && it.claims.contains(claim) && it.set.is_none()
                });
                (!is_away).then_some(false)
            }
            // Who knows the relations asks for them together.
            Tie::Together(_) => None,
            Tie::Rank(ranks, levels) => self.holds_rank((*ranks, *levels), entity, supposed),
            Tie::Bond(n) => match self.standing(self.plans.get(*n)?, entity, supposed) {
                Standing::Absent => None,
                Standing::Holds | Standing::Apart(_) => Some(true),
                Standing::Broken(_) => Some(false),
            },
        }
    }

    fn holds_root(
        &self,
        root: &Root,
        period: Period,
        entity: EntityId,
        supposed: Option<&Supposed>,
    ) -> Option<bool> {
        let mut tried: Option<Tried> = None;
        if let Some(supposed) = supposed {
            let figure = self.book.key(supposed.key)?;
            let set = supposed.set.as_ref()?;
            let reads = root.reads();
            let input = reads.iter().find(|id| {
                let input = &self.program.inputs[**id];
                input.figure == *figure.figure && at(input.at, period) == figure.period
            });
            tried = input.map(|input| Tried {
                input: *input,
                entity: supposed.entity,
                set: set.clone(),
            });
        }
        let held = run_printed(
            self.program,
            self.submission,
            self.clocks,
            root,
            period,
            &[entity],
            tried.as_ref(),
        );
        match held.first()?.truth {
            Truth::True => Some(true),
            Truth::False => Some(false),
            // Two claims that differ leave it open, and so does a figure that is not there.
            Truth::Unknown if self.has_all(root, period, entity) => Some(true),
            Truth::Unknown => None,
        }
    }

    /// Whether every figure that a condition reads has a claim that counts.
    pub(super) fn has_all(&self, root: &Root, period: Period, entity: EntityId) -> bool {
        let mut inputs = root.inputs.iter().map(|id| &self.program.inputs[*id]);
        inputs.all(|input| {
            let whose = input.figure.entity.unwrap_or(entity);
            let period = at(input.at, period);
            let claims = self.submission.claims_at(&input.figure, period, whose);
            claims.iter().any(|(_, id)| self.is_usable(*id))
        })
    }

    /// Whether claims to a figure have no more in common than an end of what each allows.
    pub(crate) fn is_edge(&self, key: KeyId, entity: EntityId, supposed: &Supposed) -> bool {
        let groups = self.groups(key, entity, Some(supposed));
        let is_wide = |id: &ClaimId| {
            let own = supposed
                .set
                .as_ref()
                .filter(|_| supposed.claims.contains(id));
            let set = own.unwrap_or(&self.submission.claims[*id].as_printed);
            !set.is_point()
        };
        let mut groups = groups.iter();
        groups.any(|group| group.set.is_point() && group.claims.iter().all(is_wide))
    }

    /// Whether a figure would be of the size of those next to it in time; nothing where there is
    /// none, or where they differ as much themselves.
    pub(crate) fn fits_neighbours(&self, id: KeyId, entity: EntityId, set: &Set) -> Option<bool> {
        let key = self.book.key(id)?;
        let value = |set: &Set| {
            let value = set.lo().value().or(set.hi().value()).cloned();
            value.filter(|value| value.signum() > 0)
        };
        let own = value(set)?;
        let beside = [id.checked_sub(1), id.checked_add(1)];
        let near = beside.into_iter().flatten().filter_map(|near| {
            let other = self.book.key(near)?;
            let years = other.period.year().abs_diff(key.period.year());
            let is_next = other.figure == key.figure && (1..=5).contains(&years);
            let groups = is_next.then(|| self.groups(near, entity, None))?;
            value(&groups.first()?.set)
        });
        let near: Vec<Exact> = near.collect();
        let three = Exact::from(3);
        let is_near = |other: &Exact| own <= other * &three && *other <= &own * &three;
        (!near.is_empty()).then(|| near.iter().all(is_near))
    }
}

/// The period that more than half of the figures of each file are about.
fn usual(cx: &Cx<'_>) -> BTreeMap<TextId, Period> {
    let mut counts: BTreeMap<TextId, BTreeMap<Period, usize>> = BTreeMap::new();
    for claim in cx.submission.claims.values() {
        let of = counts.entry(claim.place.file).or_default();
        *of.entry(claim.period).or_default() += 1;
    }
    let usual = counts.into_iter().filter_map(|(file, of)| {
        let all: usize = of.values().sum();
        let (period, most) = of.into_iter().max_by_key(|(_, count)| *count)?;
        (most * 2 > all).then_some((file, period))
    });
    usual.collect()
}
