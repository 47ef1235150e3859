//! All targets of a pack side by side: how each stands, by its own method or by several.

use super::{Progress, progress};
use crate::eval::{Clocks, Options, Outcome, Outlook, Row, evaluate, outlook_of};
use crate::figures::Submission;
use crate::model::{FigureRef, Method, Rule};
use crate::period::Period;
use crate::program::Program;
use crate::set::Set;
use crate::verdict::Verdict;

/// The methods by which pending targets are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Methods {
    /// The one that each rule names.
    #[default]
    Own,
    /// One for all rules.
    One(MethodName),
    /// All of them side by side.
    All,
}

/// A method by its name; the values of waypoints are the rule's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MethodName {
    /// Straight from base to target.
    Linear,
    /// At a constant rate.
    Geometric,
    /// Achieved over required rate.
    GrowthRatio,
    /// Projected over required gain.
    ProjectionRatio,
    /// Through declared values.
    Waypoints,
}

impl MethodName {
    /// All methods.
    pub const ALL: [MethodName; 5] = [
        MethodName::Linear,
        MethodName::Geometric,
        MethodName::GrowthRatio,
        MethodName::ProjectionRatio,
        MethodName::Waypoints,
    ];

    /// The name on the command line and in the machine output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            MethodName::Linear => "linear",
            MethodName::Geometric => "geometric",
            MethodName::GrowthRatio => "growth-ratio",
            MethodName::ProjectionRatio => "projection-ratio",
            MethodName::Waypoints => "waypoints",
        }
    }

    /// The key of its name in the catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            MethodName::Linear => "method-name-linear",
            MethodName::Geometric => "method-name-geometric",
            MethodName::GrowthRatio => "method-name-growth-ratio",
            MethodName::ProjectionRatio => "method-name-projection-ratio",
            MethodName::Waypoints => "method-name-waypoints",
        }
    }

    /// The name of a method.
    #[must_use]
    pub fn of(method: &Method) -> MethodName {
        match method {
            Method::Linear => MethodName::Linear,
            Method::Geometric => MethodName::Geometric,
            Method::GrowthRatio => MethodName::GrowthRatio,
            Method::ProjectionRatio => MethodName::ProjectionRatio,
            Method::Waypoints(_) => MethodName::Waypoints,
        }
    }

    /// The method for a rule; none where it needs values that the rule does not declare.
    fn for_rule(self, rule: &Rule) -> Option<Method> {
        Some(match self {
            MethodName::Linear => Method::Linear,
            MethodName::Geometric => Method::Geometric,
            MethodName::GrowthRatio => Method::GrowthRatio,
            MethodName::ProjectionRatio => Method::ProjectionRatio,
            MethodName::Waypoints => match &rule.method {
                Some(own @ Method::Waypoints(_)) => own.clone(),
                _ => return None,
            },
        })
    }
}

/// How one target stands.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The verdict.
    pub row: Row,
    /// Its figures over the years; absent for a target that is no level against a limit.
    pub progress: Option<Progress>,
    /// The outlook by each method asked for, where the target is pending.
    pub by_method: Vec<ByMethod>,
}

/// A pending target by one method.
#[derive(Debug, Clone)]
pub struct ByMethod {
    /// The method; absent where the rule names none and none was asked for.
    pub name: Option<MethodName>,
    /// Whether it is the rule's own.
    pub is_own: bool,
    /// What it says; absent where it does not apply to the rule.
    pub outlook: Option<Outlook>,
}

impl Standing {
    /// Whether the answer is another one: verdict, causes or outlook.
    #[must_use]
    pub fn is_turned(&self, other: &Standing) -> bool {
        let answer = |row: &Row| (row.verdict, row.causes, row.outlook);
        answer(&self.row) != answer(&other.row)
    }

    /// Whether the same is said from the same numbers, whatever claims they come from.
    #[must_use]
    pub fn is_same(&self, other: &Standing) -> bool {
        let figure = |standing: &Standing| -> Option<Set> {
            standing.progress.as_ref()?.current()?.set.clone()
        };
        !self.is_turned(other)
            && figure(self) == figure(other)
            && self.by_method.len() == other.by_method.len()
            && self
                .by_method
                .iter()
                .zip(&other.by_method)
                .all(|(one, other)| numbers(one) == numbers(other))
    }
}

/// What a method says, without what it rests on.
fn numbers(by: &ByMethod) -> Option<Outlook> {
    let outlook = by.outlook.clone()?;
    Some(Outlook {
        claims: Vec::new(),
        marks: crate::eval::Marks::NONE,
        pooled: crate::eval::Pooled::One,
        ..outlook
    })
}

/// All targets of a run.
#[derive(Debug, Clone)]
pub struct Board {
    /// The clocks.
    pub clocks: Clocks,
    /// The verdicts that the standings belong to, in their order.
    pub outcome: Outcome,
    /// How each target stands.
    pub standings: Vec<Standing>,
}

/// How the targets of a pack stand, those that are kept.
#[must_use]
pub fn board(
    program: &Program,
    submission: &Submission,
    options: &Options,
    methods: Methods,
    keep: impl Fn(&Row) -> bool,
) -> Board {
    let mut outcome = evaluate(program, submission, options);
    outcome.rows.retain(keep);
    let standing = |row: &Row| Standing {
        row: *row,
        progress: progress(program, submission, options, row.rule, row.entity),
        by_method: match row.verdict {
            Verdict::Pending => by_methods(program, submission, options, row, methods),
            _ => Vec::new(),
        },
    };
    Board {
        clocks: outcome.clocks.clone(),
        standings: outcome.rows.iter().map(standing).collect(),
        outcome,
    }
}

fn by_methods(
    program: &Program,
    submission: &Submission,
    options: &Options,
    row: &Row,
    methods: Methods,
) -> Vec<ByMethod> {
    let rule = &program.model.rules[row.rule];
    let own = rule.method.as_ref().map(MethodName::of);
    let ask = |method: Option<&Method>| {
        outlook_of(program, submission, options, row.rule, row.entity, method)
    };
    let by = |name: MethodName| ByMethod {
        name: Some(name),
        is_own: own == Some(name),
        outlook: name
            .for_rule(rule)
            .filter(|_| rule.level.is_some())
            .and_then(|method| ask(Some(&method))),
    };
    match methods {
        Methods::Own => vec![ByMethod {
            name: own,
            is_own: true,
            outlook: ask(None),
        }],
        Methods::One(name) => vec![by(name)],
        Methods::All => MethodName::ALL.map(by).into(),
    }
}

/// Whether a target looks at a figure when a period is evaluated.
#[must_use]
pub fn is_used(program: &Program, figure: &FigureRef, at: Period, evaluated: &[Row]) -> bool {
    evaluated.iter().any(|row| {
        let rule = &program.rules[row.rule];
        let roots = [
            Some(&rule.goal),
            rule.condition.as_ref(),
            rule.subject.as_ref(),
        ];
        let mut inputs = roots.into_iter().flatten().flat_map(|root| root.reads());
        inputs.any(|input| {
            let input = &program.inputs[input];
            let plain = FigureRef {
                entity: None,
                ..input.figure.clone()
            };
            plain == *figure && crate::program::at(input.at, row.judged) == at
        })
    })
}
