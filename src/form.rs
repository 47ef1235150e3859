//! What a form asks for: a program, the figures that are known and a period go in, the figures
//! that its rules need come out, one row each. Never judges a rule, never computes a value.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::eval::{Due, Options, due};
use crate::figures::{ClaimId, ClaimState, Submission, wholes_of};
use crate::model::{ClassId, EntityId, FigureRef, Measure, Members, RuleId, RuleKind};
use crate::period::Period;
use crate::program::{AggregateId, Program, Root, TermKind, at};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormOptions {
    /// The period of the form.
    pub period: Period,
    /// Those that fill it in; empty: all whom the rules are for.
    pub entities: Vec<Whom>,
    /// Every indicator of the pack, not those alone that its rules need.
    pub is_all: bool,
}

/// Whom a row is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whom {
    /// One that is known.
    Known(EntityId),
    /// One that comes with the figures, by its name.
    Named(String),
    /// Whoever fills in the form says who it is.
    Open,
}

/// One figure that a form asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormRow {
    /// The figure.
    pub figure: FigureRef,
    /// Whom it is about.
    pub whom: Whom,
    /// The class of one that is not known yet.
    pub class: Option<ClassId>,
    /// What that one must be a part of.
    pub within: Option<EntityId>,
    /// Its period.
    pub period: Period,
    /// The rules that need it, in their order.
    pub rules: Vec<RuleId>,
    /// The latest figure up to that period that is known.
    pub last: Option<ClaimId>,
}

/// Returns what a form asks for: the figures of its period, and earlier ones that rules need and
/// nobody gave yet.
///
/// Rows of the period come first, then earlier ones; within a period by entity, and then in the
/// order in which the pack declares its indicators.
///
/// ```
/// use plumbrule::figures::Submission;
/// use plumbrule::form::{FormOptions, rows};
/// use plumbrule::period::Period;
///
/// let mut sources = plumbrule::Sources::with_std();
/// sources.add("pack.plumb", r#"
/// pack city "City plan" { entity city }
/// entity city "The city" {}
/// indicator users "Users" { kind stock unit 户 }
/// indicator homes "Homes" { kind stock unit 户 }
/// target t "Users" { require users at least 10户 by 2025 }
/// "#);
/// let program = plumbrule::compile(&sources).map_err(|_| "a problem in the pack")?;
/// let known = Submission::new(&program.model);
/// let asked = |is_all| FormOptions { period: Period::Year(2025), entities: vec![], is_all };
/// assert_eq!(rows(&program, &known, &asked(false)).len(), 1);
/// assert_eq!(rows(&program, &known, &asked(true)).len(), 2);
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn rows(program: &Program, known: &Submission, options: &FormOptions) -> Vec<FormRow> {
    let mut gather = Gather {
        program,
        known,
        options,
        rows: BTreeMap::new(),
        seen: BTreeSet::new(),
    };
    for id in program.model.rules.ids() {
        gather.rule(id);
    }
    if options.is_all {
        gather.all();
    }
    gather.finish()
}

/// Where a row stands: later periods first, then by whom and what.
type Key = (Reverse<Period>, Whom, FigureRef);

/// One body of a rule, or those of a class whose members come with the figures.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Body {
    whom: Whom,
    class: Option<ClassId>,
    within: Option<EntityId>,
}

struct Gather<'a> {
    program: &'a Program,
    known: &'a Submission,
    options: &'a FormOptions,
    rows: BTreeMap<Key, FormRow>,
    /// What is said of many bodies, as seen from one of them, in a rule and period.
    seen: BTreeSet<(RuleId, Period, AggregateId, Option<Body>)>,
}

impl Gather<'_> {
    fn rule(&mut self, id: RuleId) {
        let (program, model) = (self.program, &self.program.model);
        let rule = &model.rules[id];
        // What a used pack holds figures against each other with is not asked for.
        if rule.kind == RuleKind::Check && !program.is_own(rule.span) {
            return;
        }
        let asked = Options {
            period: Some(self.options.period),
            ..Options::default()
        };
        let periods = match due(model, rule, &asked.clocks(self.known)) {
            Due::Not(_) => return,
            Due::At(period) | Due::Early(period) | Due::Running(period) => vec![period],
            Due::Any(periods, _) | Due::All(periods) => periods,
        };
        let bodies = match &rule.scope {
            Some(members) => self.bodies(members, None),
            None => model.pack.entity.into_iter().map(Body::known).collect(),
        };
        let lowered = &program.rules[id];
        let roots = [&lowered.goal].into_iter();
        let roots: Vec<&Root> = roots
            .chain(&lowered.condition)
            .chain(&lowered.reached)
            .chain(&lowered.subject)
            .collect();
        for period in periods {
            for body in &bodies {
                for root in &roots {
                    self.root(id, root, period, body);
                }
            }
        }
    }

    /// Those who are meant; of a class whose members come with figures also those asked for.
    fn bodies(&self, members: &Members, own: Option<&Body>) -> Vec<Body> {
        let (known, class) = (self.known, members.class);
        let mut found = known.members_of(members);
        let whole = match own.filter(|_| members.is_own).map(|body| &body.whom) {
            Some(Whom::Known(whole)) => {
                found.retain(|id| wholes_of(&known.entities, *id).contains(whole));
                Some(*whole)
            }
            _ => members.within,
        };
        let mut bodies: Vec<Body> = found.into_iter().map(Body::known).collect();
        if self.program.model.classes[class].owner.is_some() {
            // One record shows what each of them has.
            let first = || self.first_record(class, own.filter(|_| members.is_own));
            if bodies.is_empty() {
                bodies.push(first());
            }
            return bodies;
        }
        if self.program.model.classes[class].is_open {
            let late = |whom: &Whom| Body {
                whom: whom.clone(),
                class: Some(class),
                within: whole,
            };
            let named = self.options.entities.iter();
            let named = named.filter(|whom| matches!(whom, Whom::Named(_)));
            bodies.extend(named.map(late));
            if bodies.is_empty() {
                bodies.push(late(&Whom::Open));
            }
        }
        bodies
    }

    /// The first record in the list of a body, by its whole name.
    fn first_record(&self, class: ClassId, owner: Option<&Body>) -> Body {
        let whom = match owner.map(|owner| &owner.whom) {
            Some(Whom::Known(id)) => Whom::Named(first_of(&self.known.entities[*id].id)),
            Some(Whom::Named(name)) => Whom::Named(first_of(name)),
            Some(Whom::Open) | None => Whom::Open,
        };
        Body {
            whom,
            class: Some(class),
            within: None,
        }
    }

    /// Whether a form is for somebody, or for one who has the list that a record is in.
    fn is_asked(&self, whom: &Whom) -> bool {
        let asked = &self.options.entities;
        let has_list = |asked: &Whom| match (asked, whom) {
            (Whom::Known(id), Whom::Named(record)) => {
                first_of(&self.known.entities[*id].id) == *record
            }
            (Whom::Named(name), Whom::Named(record)) => first_of(name) == *record,
            (Whom::Known(id), Whom::Known(record)) => {
                self.known.entities[*record].part_of == Some(*id)
            }
            _ => false,
        };
        asked.is_empty() || asked.contains(whom) || asked.iter().any(has_list)
    }

    fn root(&mut self, rule: RuleId, root: &Root, period: Period, body: &Body) {
        let program = self.program;
        for id in &root.inputs {
            let input = &program.inputs[*id];
            if input.baseline.is_none() {
                let body = match input.figure.entity {
                    Some(entity) => &Body::known(entity),
                    None => body,
                };
                self.add(&input.figure, at(input.at, period), body, Some(rule));
            }
        }
        for term in &root.terms {
            let TermKind::Aggregate(id) = program.terms[*term].kind else {
                continue;
            };
            let aggregate = &program.aggregates[id];
            let own = aggregate.members.is_own.then(|| body.clone());
            if !self.seen.insert((rule, period, id, own)) {
                continue;
            }
            if let Some(complete) = &aggregate.complete {
                self.root(rule, complete, period, body);
            }
            for member in self.bodies(&aggregate.members, Some(body)) {
                for root in std::iter::once(&aggregate.root).chain(&aggregate.filter) {
                    self.root(rule, root, period, &member);
                }
            }
        }
    }

    /// Every indicator that the pack itself declares, under each of its definitions.
    fn all(&mut self) {
        let model = &self.program.model;
        let mut bodies: Vec<Body> = model.pack.entity.into_iter().map(Body::known).collect();
        if !self.options.entities.is_empty() || bodies.is_empty() {
            let open = [Whom::Open];
            let whom = match self.options.entities.is_empty() {
                true => open.as_slice(),
                false => &self.options.entities,
            };
            let classes = model.classes.iter();
            let mut classes = classes.filter(|(_, class)| class.is_open && class.owner.is_none());
            let class = classes.next().map(|(id, _)| id);
            let late = |whom: &Whom| Body {
                whom: whom.clone(),
                class: class.filter(|_| !matches!(whom, Whom::Known(_))),
                within: None,
            };
            bodies = whom.iter().map(late).collect();
        }
        for (id, indicator) in model.indicators.iter() {
            if !self.program.is_own(indicator.span) {
                continue;
            }
            for definition in (0u16..).take(indicator.definitions.len()) {
                let figure = FigureRef {
                    indicator: id,
                    definition,
                    measure: Measure::Level,
                    breakdown: String::new().into(),
                    entity: None,
                };
                for body in &bodies {
                    self.add(&figure, self.options.period, body, None);
                }
            }
        }
    }

    fn add(&mut self, figure: &FigureRef, period: Period, body: &Body, rule: Option<RuleId>) {
        let is_asked = self.is_asked(&body.whom);
        // Evidence comes in a table of its own, with its kind and its grade.
        let is_evidence = self.program.model.indicators[figure.indicator]
            .evidence
            .is_some();
        if !is_asked || is_evidence || period.last_day() > self.options.period.last_day() {
            return;
        }
        let figure = FigureRef {
            entity: None,
            ..figure.clone()
        };
        let last = match body.whom {
            Whom::Known(entity) => self.last(&figure, period, entity),
            Whom::Named(_) | Whom::Open => None,
        };
        let is_known = || last.is_some_and(|id| self.known.claims[id].period == period);
        if period != self.options.period && is_known() {
            return;
        }
        let key = (Reverse(period), body.whom.clone(), figure.clone());
        let row = self.rows.entry(key).or_insert_with(|| FormRow {
            figure,
            whom: body.whom.clone(),
            class: body.class,
            within: body.within,
            period,
            rules: Vec::new(),
            last,
        });
        if let Some(rule) = rule
            && !row.rules.contains(&rule)
        {
            row.rules.push(rule);
        }
    }

    /// The latest figure up to a period: of several, that of the preferred source, and then the
    /// one that was published last.
    fn last(&self, figure: &FigureRef, until: Period, entity: EntityId) -> Option<ClaimId> {
        let (known, prefer) = (self.known, &self.program.model.pack.prefer);
        let is_good = |id: &ClaimId| known.claims[*id].state == ClaimState::Good;
        let mut periods: Vec<Period> = known.periods_of(figure).collect();
        periods.retain(|period| period.last_day() <= until.last_day());
        // Of two that end on one day the longer one says more.
        periods.sort_unstable_by_key(|period| (period.last_day(), Reverse(period.first_day())));
        periods.into_iter().rev().find_map(|period| {
            let claims = known.claims_at(figure, period, entity).iter();
            let good = claims.map(|(_, id)| *id).filter(is_good);
            good.min_by_key(|id| {
                let claim = &known.claims[*id];
                let source = known.text(claim.source);
                let rank = prefer.iter().position(|known| known == source);
                let published = claim.published.map(|day| day.last_day());
                (rank.unwrap_or(prefer.len()), Reverse(published))
            })
        })
    }

    fn finish(self) -> Vec<FormRow> {
        self.rows.into_values().collect()
    }
}

/// The whole name of the first record in the list of a body.
fn first_of(owner: &str) -> String {
    format!("{owner}/1")
}

impl Body {
    fn known(entity: EntityId) -> Body {
        Body {
            whom: Whom::Known(entity),
            class: None,
            within: None,
        }
    }
}
