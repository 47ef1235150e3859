//! Who is in a list and what the list does not show: classes and figures go in, the members that
//! count and how many more there may be come out. Never takes those that came for all there are.

use std::collections::{BTreeMap, BTreeSet};

use super::told::{Doubts, Told};
use super::value;
use crate::eval::columns::{Marks, Numbers, Truths};
use crate::eval::inputs::Gather;
use crate::eval::judge::BATCH;
use crate::eval::run::run;
use crate::index::Id;
use crate::model::{Class, EntityId, Kind, Members};
use crate::number::Exact;
use crate::program::{AggregateProgram, Root, TermKind};
use crate::set::{Set, Truth};
use crate::verdict::{Cause, Causes};

/// How many members there are beside those that are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rest {
    /// At the least.
    pub least: Exact,
    /// At the most; without one, any number.
    pub most: Option<Exact>,
    /// Why it is not known that there is none.
    pub causes: Causes,
    /// How many there are in all, where the body says it.
    pub said: Option<Set>,
    /// Why of some records that came it is not known whether they are in the list.
    pub doubt: Causes,
}

impl Rest {
    /// All that there are came.
    pub(super) fn none() -> Rest {
        Rest {
            least: Exact::from(0),
            most: Some(Exact::from(0)),
            causes: Causes::NONE,
            said: None,
            doubt: Causes::NONE,
        }
    }

    /// Nothing says how many there are.
    fn any(cause: Cause) -> Rest {
        Rest {
            least: Exact::from(0),
            most: None,
            causes: cause.into(),
            said: None,
            doubt: Causes::NONE,
        }
    }

    /// The same where there may be so many records more among those that came.
    fn in_doubt(self, doubts: Doubts) -> Rest {
        if doubts.n == 0 {
            return self;
        }
        let n = Exact::from(i64::try_from(doubts.n).unwrap_or(i64::MAX));
        let causes = self.causes.union(doubts.causes);
        // A count that leaves room for them is believed.
        match self.most.as_ref().is_none_or(|most| *most >= n) {
            true => Rest {
                causes,
                doubt: doubts.causes,
                ..self
            },
            false => Rest {
                causes,
                doubt: doubts.causes,
                ..Rest::any(Cause::Missing)
            },
        }
    }

    /// Whether all that there are came.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.most.as_ref().is_some_and(Exact::is_zero)
    }

    /// How many, as a set.
    pub(super) fn count(&self) -> Set {
        let closed = |most: &Exact| Set::closed(self.least.clone(), most.clone());
        let any = || Set::at_least(self.least.clone());
        self.most.as_ref().and_then(closed).unwrap_or_else(any)
    }
}

/// What one that is not listed has.
#[derive(Debug, Clone)]
pub(super) struct Unlisted {
    /// Where numbers are taken together.
    pub(super) set: Set,
    /// Where conditions are.
    pub(super) truth: Truth,
}

/// What is not listed, by the body that asks.
#[derive(Debug, Clone)]
pub(super) struct Rests {
    own: BTreeMap<EntityId, Rest>,
    pub(super) default: Rest,
    pub(super) unlisted: Unlisted,
    /// The pack lists all members.
    pub(super) is_of_pack: bool,
}

impl Rests {
    pub(super) fn of(
        gather: &Gather<'_>,
        inner: &Gather<'_>,
        aggregate: &AggregateProgram,
        told: &Told,
    ) -> Rests {
        let classes = &gather.program.model.classes;
        let class = &classes[aggregate.members.class];
        let has_all = |class: &Class| !class.is_open || class.is_full;
        // Where all lists are asked, others whose lists did not come may have records too.
        let is_own = aggregate.members.is_own;
        let has_owners = is_own || class.owner.is_none_or(|owner| has_all(&classes[owner]));
        let is_closed = !class.is_open || class.is_full && has_owners;
        let default = match is_closed {
            true => Rest::none(),
            false => Rest::any(Cause::Missing),
        };
        let unlisted = match is_closed && told.all_doubts().n == 0 {
            true => Unlisted::default(),
            false => Unlisted::of(inner, aggregate),
        };
        let mut own = BTreeMap::new();
        if let (Some(complete), Some(owner)) = (&aggregate.complete, class.owner) {
            let entities = gather.submission.entities.iter();
            let owners = entities.filter(|(_, entity)| entity.classes().any(|own| own == owner));
            let owners: Vec<EntityId> = owners.map(|(id, _)| id).collect();
            own = said(gather, aggregate, (complete, told), &owners);
        }
        for owner in told.owners() {
            own.entry(owner).or_insert_with(|| default.clone());
        }
        let own = own.into_iter().map(|(owner, rest)| {
            let rest = rest.in_doubt(told.doubts(Some(owner)));
            (owner, rest)
        });
        let own = own.collect();
        let default = default.in_doubt(match is_own {
            true => told.doubts(None),
            false => told.all_doubts(),
        });
        Rests {
            own,
            default,
            unlisted,
            is_of_pack: !class.is_open,
        }
    }

    pub(super) fn of_body(&self, entity: EntityId) -> &Rest {
        self.own.get(&entity).unwrap_or(&self.default)
    }

    /// Bodies that say something of their lists, with or without a record.
    pub(super) fn owners(&self) -> impl Iterator<Item = EntityId> + '_ {
        self.own.keys().copied()
    }
}

impl Default for Unlisted {
    fn default() -> Unlisted {
        Unlisted {
            set: Set::all(),
            truth: Truth::Unknown,
        }
    }
}

impl Unlisted {
    /// What a member has of which nothing is known.
    fn of(inner: &Gather<'_>, aggregate: &AggregateProgram) -> Unlisted {
        // Whether a figure of it was published cannot be said of what is not listed.
        let is_present = |root: &Root| {
            let mut kinds = root
                .terms
                .iter()
                .map(|term| &inner.program.terms[*term].kind);
            kinds.any(|kind| matches!(kind, TermKind::Present(_) | TermKind::Aggregate(_)))
        };
        let roots = std::iter::once(&aggregate.root).chain(&aggregate.filter);
        if roots.clone().any(is_present) {
            return Unlisted::default();
        }
        let nobody = [EntityId::new(inner.submission.entities.len())];
        let truth_of = |root: &Root| {
            let run = run::<Exact>(inner, root, &nobody);
            run.settled.first().map_or(Truth::Unknown, |one| one.truth)
        };
        if aggregate.fold.takes_condition() {
            return Unlisted {
                truth: truth_of(&aggregate.root),
                ..Unlisted::default()
            };
        }
        let run = run::<Exact>(inner, &aggregate.root, &nobody);
        let what = (aggregate.root.term, aggregate.is_repeated);
        let found = value(inner.program, what, &run.frame, 0).set;
        let set = found.unwrap_or_else(Set::all);
        let zero = Set::point(Exact::from(0));
        let set = match aggregate.filter.as_ref().map(truth_of) {
            None | Some(Truth::True) => set,
            Some(Truth::False) => zero,
            Some(Truth::Unknown) => set.hull(&zero),
        };
        Unlisted {
            set,
            truth: Truth::Unknown,
        }
    }
}

/// What each owner says of how many records it has, against those that came.
fn said(
    gather: &Gather<'_>,
    aggregate: &AggregateProgram,
    (complete, told): (&Root, &Told),
    owners: &[EntityId],
) -> BTreeMap<EntityId, Rest> {
    let model = &gather.program.model;
    let class = &model.classes[aggregate.members.class];
    let is_yes_no = class
        .complete
        .is_some_and(|id| model.indicators[id].kind == Kind::YesNo);
    let mut came: BTreeMap<EntityId, i64> = BTreeMap::new();
    // Who is left out of what is asked is in the list nevertheless.
    let all = Members::of(aggregate.members.class);
    for member in told.members(gather, &all) {
        let owner = gather.submission.entities[member].part_of;
        *came.entry(owner.unwrap_or(member)).or_default() += 1;
    }
    let mut rests = BTreeMap::new();
    for batch in owners.chunks(BATCH) {
        let run = run::<Exact>(gather, complete, batch);
        for (n, owner) in batch.iter().enumerate() {
            let rest = match is_yes_no {
                true => match run.settled.get(n).map(|one| (one.truth, one.causes)) {
                    Some((Truth::True, _)) => Rest::none(),
                    Some((Truth::Unknown, causes)) => Rest {
                        causes,
                        ..Rest::any(Cause::Missing)
                    },
                    _ => Rest::any(Cause::Missing),
                },
                false => {
                    let found = value(gather.program, (complete.term, false), &run.frame, n);
                    let n_came = came.get(owner).copied().unwrap_or(0);
                    let mut rest = of_count(found.set, found.causes, &Exact::from(n_came));
                    // One that is not listed may lie elsewhere.
                    if aggregate.members.within.is_some() {
                        rest.least = Exact::from(0);
                    }
                    rest
                }
            };
            rests.insert(*owner, rest);
        }
    }
    rests
}

/// What is not listed where this many are said to be there, and so many came.
fn of_count(said: Option<Set>, causes: Causes, came: &Exact) -> Rest {
    let Some(set) = said else {
        let causes = match causes.is_empty() {
            true => Cause::Missing.into(),
            false => causes,
        };
        return Rest {
            causes,
            ..Rest::any(Cause::Missing)
        };
    };
    // Records are counted in whole numbers.
    let one = Exact::from(1);
    let ceil = |n: &Exact| -&(-n).floor();
    let most = set.hi().value().map(|most| match set.hi().is_closed() {
        true => &most.floor() - came,
        false => &(&ceil(most) - &one) - came,
    });
    let least = set.lo().value().map(|least| match set.lo().is_closed() {
        true => &ceil(least) - came,
        false => &(&least.floor() + &one) - came,
    });
    let is_less = most.as_ref().is_some_and(Exact::is_negative);
    let is_broken = matches!((&least, &most), (Some(least), Some(most)) if least > most);
    if is_less || is_broken {
        // More came than there are said to be, or no whole number is said: it is not believed.
        return Rest {
            said: Some(set),
            ..Rest::any(Cause::Conflict)
        };
    }
    let least = least.filter(|least| !least.is_negative());
    let missing = causes.union(Cause::Missing.into());
    let causes = match set.is_point() {
        true => missing,
        false => missing.union(Cause::Imprecise.into()),
    };
    Rest {
        least: least.unwrap_or_else(|| Exact::from(0)),
        most,
        causes,
        said: Some(set),
        doubt: Causes::NONE,
    }
}

/// What each member adds: its number where it counts, nothing where it does not.
pub(super) fn counted(
    numbers: &Numbers,
    filter: &Truths,
    n: usize,
    aggregate: &AggregateProgram,
) -> Numbers {
    let reads = |root: &Root| root.reads().into_iter().collect::<BTreeSet<_>>();
    let own = reads(&aggregate.root);
    let others = aggregate.filter.as_ref().map(reads).unwrap_or_default();
    let is_shared = !own.is_disjoint(&others);
    let zero = Set::point(Exact::from(0));
    let mut column = Numbers::with_capacity(n);
    for member in 0..n {
        let marks = numbers.marks(member).union(filter.marks(member));
        match filter.value(member) {
            Truth::True => {
                column.push(numbers.set(member).cloned(), numbers.causes(member), marks);
            }
            Truth::False => column.push(Some(zero.clone()), Causes::NONE, filter.marks(member)),
            Truth::Unknown => {
                let set = numbers.set(member).map(|set| set.hull(&zero));
                let causes = filter.causes(member).union(numbers.causes(member));
                // The condition may rule out some of the values.
                let marks = match is_shared {
                    true => marks.union(Marks::LOOSE),
                    false => marks,
                };
                column.push(set, causes, marks);
            }
        }
    }
    column
}
