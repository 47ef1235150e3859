//! The figures that verdicts were read off, as the table prints them. Names and texts by rule and row;
//! judges nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::figures::{ClaimId, Submission};
use crate::model::{EntityId, FigureRef, Model, RuleId};
use crate::period::Period;
use crate::program::Program;

/// A figure of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Printed {
    /// The place of its name.
    pub(super) figure: usize,
    /// The period that it is about; none where that is the row's own.
    pub(super) period: Option<Period>,
    pub(super) text: String,
}

/// The columns that a rule rests on.
#[derive(Debug, Clone, Default)]
pub(super) struct RuleColumns {
    /// Those of its condition.
    pub(super) condition: Vec<usize>,
    /// All.
    pub(super) all: Vec<usize>,
}

/// For each row the places among its figures that each rule rests on.
pub(super) enum Places {
    /// The same for all rows of a plan: the plan of each row, and the columns of each rule.
    Columns {
        plans: Vec<u32>,
        of_plans: Vec<Arc<Vec<RuleColumns>>>,
    },
    /// By rule and row.
    Rows(BTreeMap<(usize, usize), Vec<usize>>),
}

/// The figures of some rows.
pub(super) struct Figures {
    pub(super) names: Arc<Vec<String>>,
    /// For each row its figures; none where nobody asked for them.
    pub(super) rows: Vec<Vec<Printed>>,
    pub(super) places: Places,
    /// Those of rules that were judged with other rows.
    pub(super) of_others: Option<Box<Figures>>,
}

impl Figures {
    /// The figures that one rule rests on in a row: name and period, and what is printed.
    pub(super) fn of(
        &self,
        (rule, row): (usize, usize),
        period: Option<Period>,
        is_met: bool,
    ) -> Vec<(String, &str)> {
        let places = match &self.places {
            Places::Columns { plans, of_plans } => {
                let plan = plans.get(row).and_then(|plan| of_plans.get(*plan as usize));
                let columns = plan.and_then(|plan| plan.get(rule));
                columns.map(|columns| match is_met {
                    true => columns.all.as_slice(),
                    false => columns.condition.as_slice(),
                })
            }
            Places::Rows(places) => places.get(&(rule, row)).map(Vec::as_slice),
        };
        let own = self.rows.get(row).map_or(&[][..], Vec::as_slice);
        let figures = places.unwrap_or_default().iter();
        let figures = figures.filter_map(|place| own.get(*place));
        let figures = figures.filter(|printed| !printed.text.trim().is_empty());
        let named = figures.filter_map(|printed| {
            let name = self.names.get(printed.figure)?;
            let period = printed.period.or(period)?;
            Some((format!("{name}@{period}"), printed.text.as_str()))
        });
        let mut named: Vec<_> = named.collect();
        if let Some(others) = &self.of_others {
            named.extend(others.of((rule, row), period, is_met));
        }
        named
    }
}

/// What a verdict was read off, one figure each: its name, its period, and what is printed.
pub(super) type Named = (String, Period, String);

/// The figures that claims make, in order. A figure of another body than the judged one names it.
pub(super) fn named(
    model: &Model,
    submission: &Submission,
    judged: EntityId,
    claims: &[ClaimId],
) -> Vec<Named> {
    let named = claims.iter().map(|claim| {
        let claim = &submission.claims[*claim];
        let whose = (claim.entity != judged).then(|| submission.entities[claim.entity].id.as_str());
        let text = submission.text(claim.printed).to_owned();
        (claim.figure.key(model, whose), claim.window, text)
    });
    named.collect()
}

/// Figures of rows that were judged with others, gathered as the rows come.
#[derive(Default)]
pub(super) struct Gatherer {
    known: BTreeMap<String, usize>,
    names: Vec<String>,
    rows: Vec<Vec<Printed>>,
    places: BTreeMap<(usize, usize), Vec<usize>>,
}

impl Gatherer {
    /// Notes the figures of one verdict, by the places of its rule and row.
    pub(super) fn note(&mut self, (rule, at): (usize, usize), figures: Vec<Named>) {
        if self.rows.len() <= at {
            self.rows.resize_with(at + 1, Vec::new);
        }
        for (name, period, text) in figures {
            let next = self.names.len();
            let figure = match self.known.get(&name) {
                Some(figure) => *figure,
                None => {
                    self.names.push(name.clone());
                    self.known.insert(name, next);
                    next
                }
            };
            let printed = Printed {
                figure,
                period: Some(period),
                text,
            };
            let Some(own) = self.rows.get_mut(at) else {
                continue;
            };
            let known = own.iter().position(|known| *known == printed);
            let place = known.unwrap_or_else(|| {
                own.push(printed);
                own.len() - 1
            });
            self.places.entry((rule, at)).or_default().push(place);
        }
    }

    /// All that was noted.
    pub(super) fn finish(self) -> Figures {
        Figures {
            names: Arc::new(self.names),
            rows: self.rows,
            places: Places::Rows(self.places),
            of_others: None,
        }
    }
}

/// The names of columns of figures, without the period.
pub(super) fn names<'f>(
    model: &Model,
    figures: impl Iterator<Item = &'f FigureRef>,
) -> Vec<String> {
    figures.map(|figure| figure.key(model, None)).collect()
}

/// The columns that a rule rests on, by the columns of its figures.
pub(super) fn columns_of(
    program: &Program,
    rule: RuleId,
    inputs: &[(crate::program::InputId, Option<usize>)],
) -> RuleColumns {
    let condition = program.rules[rule].condition.as_ref();
    let is_of_condition = |input| condition.is_some_and(|root| root.inputs.contains(input));
    let sorted = |columns: &mut dyn Iterator<Item = usize>| {
        let mut columns: Vec<usize> = columns.collect();
        columns.sort_unstable();
        columns.dedup();
        columns
    };
    RuleColumns {
        condition: sorted(
            &mut inputs
                .iter()
                .filter(|(input, _)| is_of_condition(input))
                .filter_map(|(_, column)| *column),
        ),
        all: sorted(&mut inputs.iter().filter_map(|(_, column)| *column)),
    }
}
