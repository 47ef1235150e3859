//! Examples: values that show what was claimed, as a table that can be read back. Each is evaluated
//! before it is shown.

use std::collections::BTreeSet;

use super::asked::{Asked, Body};
use super::formula::Node;
use super::packs::State;
use super::search::{Point, sample};
use super::world::{Figure, Key, World};
use super::{Doubt, Setting};
use crate::eval::{Options, run_subject, trace};
use crate::explain::{Shown, Unit, figure_message};
use crate::figures::printed::Reading;
use crate::figures::{Limits, Submission};
use crate::message::{Arg, Message};
use crate::model::{EntityId, FigureRef, RuleId, RuleKind};
use crate::number::Exact;
use crate::period::Period;
use crate::program::Program;
use crate::set::{Set, Truth};
use crate::verdict::Verdict;

/// Figures that show something, with the clocks at which they do.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// The clocks.
    pub setting: Setting,
    /// The figures, in the order of their names.
    pub figures: Vec<ExampleFigure>,
}

/// A figure of an example.
#[derive(Debug, Clone, PartialEq)]
pub struct ExampleFigure {
    /// The cells of its row: indicator, definition, measure, breakdown, entity, kind of entity, period,
    /// value, unit.
    pub cells: [String; CELLS.len()],
    /// What it is called.
    pub name: Message,
    /// Its value in words.
    pub value: Arg,
    /// Which packs name it: the old one, the new one.
    pub known: [bool; 2],
}

/// The columns of a table of figures.
pub const CELLS: [&str; 9] = [
    "indicator",
    "definition",
    "measure",
    "breakdown",
    "entity",
    "entity_kind",
    "period",
    "value",
    "unit",
];

impl Example {
    /// The figures that a pack names, as a table that `check` reads.
    #[must_use]
    pub fn table(&self, side: usize) -> String {
        let is_known = |figure: &&ExampleFigure| figure.known.get(side) == Some(&true);
        let rows: Vec<&ExampleFigure> = self.figures.iter().filter(is_known).collect();
        let columns = (0..CELLS.len()).filter(|n| {
            let mut cells = rows.iter().filter_map(|row| row.cells.get(*n));
            cells.any(|cell| !cell.is_empty()) || [0, 6, 7].contains(n)
        });
        let columns: Vec<usize> = columns.collect();
        let line = |cells: &[&str]| {
            let picked = columns.iter().filter_map(|n| cells.get(*n).copied());
            let quoted: Vec<String> = picked.map(quoted).collect();
            quoted.join(",") + "\n"
        };
        let mut table = line(&CELLS);
        for row in rows {
            let cells: Vec<&str> = row.cells.iter().map(String::as_str).collect();
            table.push_str(&line(&cells));
        }
        table
    }

    /// Whether every figure is known to both packs.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.figures
            .iter()
            .all(|figure| figure.known == [true, true])
    }
}

fn quoted(cell: &str) -> String {
    match cell.contains([',', '"', '\n']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    }
}

/// The figures of a point that show what is claimed of them: those that formulas name, and where the
/// evaluation asks for more, all that were read, though their values do not matter.
///
/// # Errors
/// Why there is no such example; that the evaluation does not say so, where it does not.
pub(super) fn example(
    world: &World,
    point: &Point,
    roots: &[Node],
    asked: [&Asked<'_>; 2],
    is_shown: &dyn Fn(&Example) -> bool,
) -> Result<Example, Doubt> {
    let [one, other] = asked;
    let few: BTreeSet<Key> = one.present.union(&other.present).cloned().collect();
    let all: BTreeSet<Key> = one.named.union(&other.named).cloned().collect();
    let small = with_figures(world, point, roots, asked, &few)?;
    if is_shown(&small) {
        return Ok(small);
    }
    let whole = with_figures(world, point, roots, asked, &all)?;
    is_shown(&whole).then_some(whole).ok_or(Doubt::Evaluation)
}

fn with_figures(
    world: &World,
    point: &Point,
    roots: &[Node],
    asked: [&Asked<'_>; 2],
    more: &BTreeSet<Key>,
) -> Result<Example, Doubt> {
    let names = world.forms.names(roots);
    let mut figures: Vec<(Figure, Exact, Option<usize>)> = Vec::new();
    for (n, number) in world.numbers.iter().enumerate() {
        let Some(figure) = &number.figure else {
            continue;
        };
        if !names.numbers.contains(&n) && !more.contains(&figure.key) {
            continue;
        }
        let value = point.numbers.get(&n).cloned();
        let value = value.unwrap_or_else(|| sample(&number.bounds, &number.factor, number.is_day));
        figures.push((figure.clone(), value, None));
    }
    for (n, fact) in world.facts.iter().enumerate() {
        let Some(figure) = &fact.figure else { continue };
        if !names.facts.contains(&n) && !more.contains(&figure.key) {
            continue;
        }
        let first = fact.mask.trailing_zeros() as usize;
        let place = point.facts.get(&n).copied().unwrap_or(first);
        figures.push((figure.clone(), Exact::from(0), Some(place)));
        let has_value = fact.values.get(place).is_some();
        if !has_value {
            return Err(Doubt::Bounds);
        }
    }
    let setting = asked[0].setting;
    let mut rows = Vec::with_capacity(figures.len());
    for (figure, value, place) in figures {
        let text = place.and_then(|place| {
            let facts = world.facts.iter();
            let mut own = facts.filter(|fact| {
                fact.figure
                    .as_ref()
                    .is_some_and(|own| own.key == figure.key)
            });
            own.next()?.values.get(place).cloned()
        });
        rows.push(row(&figure, &value, text.as_ref(), asked)?);
    }
    rows.sort_by(|a, b| a.cells.cmp(&b.cells));
    Ok(Example {
        setting,
        figures: rows,
    })
}

fn row(
    figure: &Figure,
    value: &Exact,
    word: Option<&super::world::FactValue>,
    asked: [&Asked<'_>; 2],
) -> Result<ExampleFigure, Doubt> {
    let side = usize::from(figure.sides.first().is_none_or(Option::is_none));
    let known = asked.map(|asked| declares(asked.program, &figure.key));
    let (Some(Some(own)), Some(asked)) = (figure.sides.get(side), asked.get(side)) else {
        return Err(Doubt::Print);
    };
    let program = asked.program;
    let indicator = &program.model.indicators[own.indicator];
    let unit = Unit::of_figure(program, own);
    let (printed, unit_name, in_words) = match word {
        Some(word) => {
            let number = word
                .numbers
                .get(side)
                .cloned()
                .flatten()
                .unwrap_or_default();
            let shown = match number.is_negative() {
                true => Arg::from(&word.text),
                false => Arg::from(&Shown {
                    set: Set::point(number),
                    unit: unit.clone(),
                }),
            };
            (word.text.clone(), String::new(), shown)
        }
        None if unit.is_day => {
            let day = crate::day::of_number(value, crate::number::Rounding::Down);
            let day = day.ok_or(Doubt::Print)?;
            (day.to_string(), String::new(), Arg::from(day.to_string()))
        }
        None => {
            let number = value.checked_div(&unit.factor).ok_or(Doubt::Print)?;
            let number = number.decimal_string().ok_or(Doubt::Print)?;
            let shown = Shown {
                set: Set::point(value.clone()),
                unit: unit.clone(),
            };
            (number, unit.name.trim().to_owned(), Arg::from(&shown))
        }
    };
    let key = &figure.key;
    let entity = match own.entity {
        Some(fixed) => program.model.entities[fixed].id.clone(),
        None => key.entity.clone(),
    };
    let kind = match &asked.body.class {
        Some(class) if entity == asked.body.name => class.clone(),
        _ => String::new(),
    };
    let definition = match own.definition {
        0 if indicator.definitions.len() < 2 => String::new(),
        _ => key.definition.clone(),
    };
    let measure = match own.measure {
        crate::model::Measure::Level => String::new(),
        measure => measure.word().to_owned(),
    };
    Ok(ExampleFigure {
        cells: [
            key.indicator.clone(),
            definition,
            measure,
            key.breakdown.clone(),
            entity,
            kind,
            key.period.to_string(),
            printed,
            unit_name,
        ],
        name: name(program, own, key.period),
        value: in_words,
        known,
    })
}

/// Whether a pack has an indicator, and the definition of it.
fn declares(program: &Program, key: &Key) -> bool {
    let mut indicators = program.model.indicators.values();
    let own = indicators.find(|indicator| indicator.id == key.indicator);
    own.is_some_and(|own| own.definitions.iter().any(|one| one.id == key.definition))
}

/// What a figure is called.
fn name(program: &Program, figure: &FigureRef, period: Period) -> Message {
    let nobody = Submission::new(&program.model);
    figure_message(program, &nobody, figure, None, period)
}

/// Whether the evaluation of an example says what is claimed of a rule.
pub(super) fn is_so(example: &Example, asked: &Asked<'_>, rule: RuleId, wanted: &State) -> bool {
    said(example, asked, rule).as_ref() == Some(wanted)
}

/// What the evaluation of an example says of a rule.
pub(super) fn said(example: &Example, asked: &Asked<'_>, rule: RuleId) -> Option<State> {
    let program = asked.program;
    let mut submission = Submission::new(&program.model);
    let table = example.table(asked.side);
    let limits = Limits::default();
    submission.read_table(&program.model, "example.csv", table.as_bytes(), &limits);
    if submission
        .problems
        .iter()
        .any(|problem| !problem.is_warning)
    {
        return None;
    }
    let entity = entity(&submission, asked.body)?;
    let declared = &program.model.rules[rule];
    if declared.kind == RuleKind::Check {
        return check(&submission, asked, rule, entity);
    }
    let options = Options {
        period: Some(asked.setting.period),
        in_force: Some(asked.setting.in_force),
        ..Options::default()
    };
    let row = trace(program, &submission, &options, rule, entity).row;
    if row.verdict != Verdict::Decided {
        return Some(State::Verdict(row.verdict));
    }
    let place = usize::from(row.possible.only()?);
    let outcome = declared.decision.as_ref()?.outcomes.get(place)?;
    Some(State::Outcome(outcome.id.clone()))
}

fn entity(submission: &Submission, body: &Body) -> Option<EntityId> {
    body.id.or_else(|| submission.entity_named(&body.name))
}

/// What the evaluation says of a check, figures taken as exact.
fn check(
    submission: &Submission,
    asked: &Asked<'_>,
    rule: RuleId,
    entity: EntityId,
) -> Option<State> {
    let program = asked.program;
    let clocks = asked.clocks();
    let truth = |root: &crate::program::Root| {
        let period = asked.setting.period;
        let exact = Reading::Exact;
        let run = run_subject(program, submission, &clocks, root, exact, period, entity);
        run.settled.first().map(|settled| settled.truth)
    };
    let applies = match &program.rules[rule].condition {
        Some(condition) => truth(condition)?,
        None => Truth::True,
    };
    Some(match (applies, truth(&program.rules[rule].goal)?) {
        (Truth::False, _) => State::Verdict(Verdict::NotApplicable),
        (Truth::True, Truth::True) => State::Holds,
        (Truth::True, Truth::False) => State::Broken,
        _ => State::Verdict(Verdict::Undetermined),
    })
}
