//! What holds figures against each other without anyone writing a rule. Goes in: what indicators
//! declare of each other. Comes out: one relation for each clause, and those that every indicator
//! has; and in which years a changed figure may bring a finding. Never looks at a figure.

use std::collections::BTreeMap;

use super::{Node, Place, Stretch};
use crate::findings::{FindingKind, MOST_YEARS};
use crate::message::Label;
use crate::model::{BreakdownId, FurtherCodes, Indicator, IndicatorId, Model};
use crate::period::Period;
use crate::program::Program;
use crate::source::Span;

/// A relation between figures, as an audit looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relation {
    /// The kind of finding that it leads to where it does not hold.
    pub kind: FindingKind,
    /// The indicator whose figures bring it about.
    pub about: IndicatorId,
    /// Index of the definition of that which it holds for; of what holds within each, the default.
    pub definition: u16,
    /// The part of a share, where it is another indicator than the whole.
    pub part: Option<IndicatorId>,
    /// The whole of a share, or that which it is a part of.
    pub whole: Option<IndicatorId>,
    /// The dimension by which it adds up.
    pub by: Option<BreakdownId>,
    /// Where it is declared; for what needs no clause, the indicator.
    pub span: Span,
}

/// A relation in a diagram, by the indices of its nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiagramTie {
    /// The relation.
    pub relation: Relation,
    /// The indicator whose figures bring it about.
    pub about: usize,
    /// The part of a share.
    pub part: Option<usize>,
    /// The whole.
    pub whole: Option<usize>,
    /// Id and name of the dimension by which it adds up.
    pub by: Option<(String, Label)>,
    /// Where it is declared.
    pub place: Place,
}

/// A relation that may lead to another finding when a figure changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// The relation.
    pub relation: Relation,
    /// The years, with the parts of years in them, that a finding may be about.
    pub when: Vec<Stretch>,
}

impl Relation {
    /// One of an indicator that names no other.
    fn of(kind: FindingKind, about: IndicatorId, indicator: &Indicator) -> Relation {
        Relation {
            kind,
            about,
            definition: 0,
            part: None,
            whole: None,
            by: None,
            span: indicator.span,
        }
    }

    /// All indicators that it is between.
    pub fn indicators(&self) -> impl Iterator<Item = IndicatorId> {
        let first = std::iter::once(self.about);
        first.chain(self.part).chain(self.whole)
    }

    /// The id of the definition that it is declared for, where that is not the default.
    #[must_use]
    pub fn under(self, model: &Model) -> Option<&str> {
        let known = &model.indicators[self.about].definitions;
        let own = known.get(usize::from(self.definition));
        own.filter(|_| self.definition > 0)
            .map(|own| own.id.as_str())
    }

    /// Whether somebody wrote it; a growth is held against its levels in any case.
    #[must_use]
    pub fn is_declared(&self) -> bool {
        !matches!(
            self.kind,
            FindingKind::Growth | FindingKind::Change | FindingKind::Rank | FindingKind::Slip
        )
    }

    /// The years of which a finding may come or go when a figure of a period changes.
    fn when(&self, model: &Model, changed: Option<Period>) -> Stretch {
        let Some(changed) = changed else {
            return Stretch {
                first: None,
                last: None,
            };
        };
        let (first, last) = (year(changed.first_day()), year(changed.last_day()));
        // A growth may be one of several years, and a count is held against those after it.
        let is_long = match self.kind {
            FindingKind::Growth | FindingKind::Change => {
                let mut all = model.breakdowns.list.values();
                all.any(|one| one.further == FurtherCodes::Periods && one.codes.is_empty())
            }
            kind => kind == FindingKind::Fall,
        };
        let last = match self.kind {
            _ if is_long => None,
            FindingKind::Growth | FindingKind::Change => Some(last.saturating_add(1)),
            FindingKind::Slip => Some(last.saturating_add(MOST_YEARS)),
            _ => Some(last),
        };
        Stretch {
            first: Some(Period::Year(first)),
            last: last.map(Period::Year),
        }
    }
}

fn year(day: chrono::NaiveDate) -> i32 {
    chrono::Datelike::year(&day)
}

/// All relations that indicators declare, in the order of the indicators.
///
/// ```
/// use plumbrule::findings::FindingKind;
/// use plumbrule::graph::relations;
///
/// let mut sources = plumbrule::Sources::with_std();
/// sources.add("pack.plumb", r#"
/// pack city "City plan" { entity city }
/// entity city "The city" {}
/// indicator users "Users" { kind stock unit 户 part of households }
/// indicator households "Households" { kind stock unit 户 }
/// "#);
/// let program = plumbrule::compile(&sources).map_err(|_| "a problem in the pack")?;
/// let found = relations(&program.model);
/// assert_eq!(found[0].kind, FindingKind::Within);
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn relations(model: &Model) -> Vec<Relation> {
    let mut found = Vec::new();
    for (id, indicator) in model.indicators.iter() {
        let of = |kind| Relation::of(kind, id, indicator);
        let ties = &indicator.ties;
        found.extend(ties.within.iter().map(|within| Relation {
            definition: within.definition,
            whole: Some(within.whole.indicator),
            span: within.whole.span,
            ..of(FindingKind::Within)
        }));
        found.extend(ties.shares.iter().map(|share| Relation {
            definition: share.definition,
            part: share.part.map(|part| part.indicator),
            whole: Some(share.whole.indicator),
            span: share.part.unwrap_or(share.whole).span,
            ..of(FindingKind::Share)
        }));
        found.extend(ties.adds_up.iter().map(|dimension| Relation {
            by: Some(*dimension),
            ..of(FindingKind::Parts)
        }));
        found.extend(ties.never_falls.then(|| of(FindingKind::Fall)));
    }
    found
}

/// All relations of an indicator: those that it or another declares, and those that it has anyway.
#[must_use]
pub fn relations_of(model: &Model, id: IndicatorId) -> Vec<Relation> {
    let mut found = relations(model);
    found.retain(|relation| relation.indicators().any(|one| one == id));
    let indicator = &model.indicators[id];
    let of = |kind| Relation::of(kind, id, indicator);
    found.extend([FindingKind::Growth, FindingKind::Change].map(of));
    found.extend(
        indicator
            .higher_is_better
            .is_some()
            .then(|| of(FindingKind::Rank)),
    );
    let yearly = &indicator.plausible.yearly;
    let is_stepped = yearly.is_some() || model.plausible.yearly.is_some();
    found.extend(is_stepped.then(|| of(FindingKind::Slip)));
    found
}

/// The relations through which a change may bring or take a finding, in those periods alone that
/// are asked for.
pub(super) fn bound(
    program: &Program,
    id: IndicatorId,
    changed: Option<Period>,
    only: Option<Period>,
) -> Vec<Bound> {
    let of = relations_of(&program.model, id).into_iter();
    of.filter_map(|relation| {
        let mut when = relation.when(&program.model, changed);
        if let Some(only) = only {
            if !when.holds(Period::Year(only.year())) {
                return None;
            }
            when = Stretch {
                first: Some(only),
                last: Some(only),
            };
        }
        Some(Bound {
            relation,
            when: vec![when],
        })
    })
    .collect()
}

/// The relations between the nodes of a diagram; of those asked for also what nobody wrote.
pub(super) fn ties(
    program: &Program,
    index: &BTreeMap<Node, usize>,
    roots: &[Node],
    only_roots: bool,
) -> Vec<DiagramTie> {
    let model = &program.model;
    let own: Vec<IndicatorId> = roots
        .iter()
        .filter_map(|root| match root {
            Node::Indicator(id) => Some(*id),
            _ => None,
        })
        .collect();
    let mut all = relations(model);
    if only_roots {
        all.retain(|relation| relation.indicators().any(|id| own.contains(&id)));
    }
    for id in &own {
        let mut further = relations_of(model, *id);
        further.retain(|relation| !relation.is_declared());
        all.extend(further);
    }
    let at = |id: IndicatorId| index.get(&Node::Indicator(id)).copied();
    let of = |relation: Relation| {
        let ends = |id: Option<IndicatorId>| match id {
            Some(id) => at(id).map(Some),
            None => Some(None),
        };
        let dimension = relation.by.map(|by| &model.breakdowns.list[by]);
        Some(DiagramTie {
            about: at(relation.about)?,
            part: ends(relation.part)?,
            whole: ends(relation.whole)?,
            by: dimension.map(|one| (one.id.clone(), one.label.clone())),
            place: Place::of(&program.sources, relation.span),
            relation,
        })
    };
    let mut found: Vec<DiagramTie> = all.into_iter().filter_map(of).collect();
    found.sort_by_cached_key(|tie| {
        let by = tie.by.as_ref().map(|(id, _)| id.clone());
        let relation = &tie.relation;
        (
            tie.about,
            relation.kind,
            relation.definition,
            tie.whole,
            tie.part,
            by,
        )
    });
    found
}
