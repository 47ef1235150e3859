//! If a figure changes, what may change with it? Goes in: a program, an indicator and a period.
//! Comes out: every rule whose answer may change, when, and through which uses. Never looks at
//! figures, so that it says what may change and not what will.

use std::collections::BTreeSet;

use super::{Bound, Diagram, Node, NodeKind, Stretch, Way};
use crate::eval::Options;
use crate::model::{FigureRef, IndicatorId};
use crate::period::Period;
use crate::program::Program;
use crate::source::Span;
use crate::syntax::ast::PeriodRef;

mod bearing;

use bearing::Cx;

/// A figure that changes: is published, corrected or withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Its indicator, in whatever definition, measure and breakdown.
    pub indicator: IndicatorId,
    /// Its period; any where absent.
    pub period: Option<Period>,
}

/// What of a rule may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// The verdict of a target, its causes, its marks or its outlook.
    Verdict,
    /// A finding: figures that contradict a check, an identity or the plan's own baseline.
    Finding,
    /// Words of an explanation alone: the figure is named where a later or longer one is missing.
    Words,
}

impl Effect {
    /// The word of the machine output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Effect::Verdict => "verdict",
            Effect::Finding => "finding",
            Effect::Words => "words",
        }
    }
}

/// One use on the way from a figure to a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What is used.
    pub used: Node,
    /// The period of which it is used, as seen from the evaluated one.
    pub at: PeriodRef,
    /// Its user.
    pub user: Node,
    /// Where.
    pub span: Span,
}

/// A figure that a rule reads, and the way to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The figure.
    pub figure: FigureRef,
    /// Its period, as seen from the evaluated one.
    pub at: PeriodRef,
    /// The fewest uses from the figure to the rule.
    pub steps: Vec<Step>,
    /// Evaluated periods for which this figure may change the answer.
    pub when: Vec<Stretch>,
    /// Evaluated periods for which it may change words alone.
    pub named: Vec<Stretch>,
}

/// A rule or identity that may change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// The rule or identity.
    pub node: Node,
    /// What may change at most.
    pub effect: Effect,
    /// Evaluated periods whose answer may change; for a finding the period that it is about.
    pub when: Vec<Stretch>,
    /// Evaluated periods in which words alone may change.
    pub named: Vec<Stretch>,
    /// The figures through which it may change.
    pub chains: Vec<Chain>,
}

/// All that may change with a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Affected {
    /// The figure.
    pub change: Change,
    /// Rules and identities: targets first, then checks, identities and baselines, in order of ids.
    pub touched: Vec<Touched>,
    /// Relations that nobody wrote a rule for, through which findings may come or go.
    pub bound: Vec<Bound>,
}

/// Says what may change with a figure, whatever figures there are.
///
/// Options may name the one evaluated period that matters, by default all do, and the day whose
/// law applies, by default the last day of each evaluated period. A rule that is not in force, or
/// that does not look at the figure in any such period, is not named.
///
/// ```
/// use plumbrule::eval::Options;
/// use plumbrule::graph::{Change, Stretch, affected};
/// use plumbrule::period::Period;
///
/// let mut sources = plumbrule::Sources::with_std();
/// sources.add("pack.plumb", r#"
/// pack city "City plan" { entity city }
/// entity city "The city" {}
/// indicator users "Users" { kind stock unit 户 }
/// target t "Growth" { require growth(users) at least 5% each year }
/// "#);
/// let program = plumbrule::compile(&sources).map_err(|_| "a problem in the pack")?;
/// let indicator = program.model.indicators.ids().next().ok_or("an indicator")?;
/// let change = Change { indicator, period: Some(Period::Year(2024)) };
/// let found = affected(&program, &change, &Options::default());
/// // The figure of 2024 is read when 2024 is evaluated, and again a year later.
/// let years = Stretch { first: Some(Period::Year(2024)), last: Some(Period::Year(2025)) };
/// assert_eq!(found.touched[0].when, [years]);
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn affected(program: &Program, change: &Change, options: &Options) -> Affected {
    let cx = Cx {
        program,
        change,
        options,
    };
    let reached = program
        .order
        .reach(Node::Indicator(change.indicator), Way::Down, None);
    let mut touched: Vec<Touched> = Vec::new();
    for node in reached.keys() {
        if let Node::Rule(id) = node {
            touched.extend(cx.rule(*id));
        }
    }
    touched.extend(program.identities.iter().filter_map(|identity| {
        let owner = &program.model.indicators[identity.indicator];
        let is_derive = owner.identities.get(identity.index)?.is_derive;
        let (id, n) = (identity.indicator, identity.index);
        let node = match is_derive {
            true => Node::Derive(id, n),
            false => Node::Identity(id, n),
        };
        let written = owner.identities.get(identity.index)?;
        cx.identity(node, &identity.root, &written.value, written.span)
    }));
    touched.extend(program.model.rules.ids().filter_map(|id| cx.baseline(id)));
    touched.sort_by_cached_key(|one| {
        let kind = NodeKind::of(&program.model, one.node);
        let place = match (one.effect, kind) {
            (Effect::Finding, NodeKind::Target) => 3,
            (_, NodeKind::Target) => 0,
            (_, NodeKind::Check) => 1,
            _ => 2,
        };
        let id = super::node_name(&program.model, one.node);
        (place, super::natural(&id), one.node)
    });
    Affected {
        change: *change,
        touched,
        bound: super::relations::bound(program, change.indicator, change.period, options.period),
    }
}

impl Affected {
    /// The uses and relations through which the change spreads, as a diagram.
    #[must_use]
    pub fn diagram(&self, program: &Program) -> Diagram {
        let root = Node::Indicator(self.change.indicator);
        let mut nodes = BTreeSet::from([root]);
        let mut uses: BTreeSet<(Node, Node)> = BTreeSet::new();
        let chains = self.touched.iter().flat_map(|one| &one.chains);
        for step in chains.flat_map(|chain| &chain.steps) {
            // The figure that a derivation gives is held against it too, but does not use it.
            if !matches!((step.used, step.user), (Node::Indicator(a), Node::Derive(b, _)) if a == b)
            {
                nodes.extend([step.used, step.user]);
                uses.insert((step.used, step.user));
            }
        }
        let partners = self.bound.iter().flat_map(|one| one.relation.indicators());
        nodes.extend(partners.map(Node::Indicator));
        Diagram::of_nodes(program, &nodes, &[root], Some(&uses))
    }
}
