//! Facts that show a flaw: parts of values go in, values that somebody might print, and their words,
//! come out.

use crate::explain::{Shown, Unit, named};
use crate::message::{Arg, Message};
use crate::model::Kind;
use crate::number::Exact;
use crate::program::{InputId, Program};
use crate::set::{End, Set};
use crate::syntax::ast::PeriodRef;

/// A value of a part, whole in its unit where there is one, and whether it is whole.
pub(crate) fn sample(part: &Set, factor: &Exact) -> (Exact, bool) {
    let per = factor.recip().unwrap_or_else(|| Exact::from(1));
    let is_whole = |value: &Exact| (value * &per).is_integer();
    let inside = |value: Exact| part.contains(&value).then_some(value);
    let near = |end: &End, step: Exact| {
        let value = end.value()?;
        let floor = &(value * &per).floor() * factor;
        inside(value.clone())
            .filter(&is_whole)
            .or_else(|| inside(floor.clone()))
            .or_else(|| inside(&floor + &step))
    };
    let up = factor.clone();
    let down = -factor.clone();
    let whole = near(part.lo(), up).or_else(|| near(part.hi(), down));
    if let Some(value) = whole {
        return (value, true);
    }
    match (part.lo().value(), part.hi().value()) {
        (Some(lo), Some(hi)) => {
            let half = Exact::from(2).recip().unwrap_or_else(|| Exact::from(1));
            let middle = &(lo + hi) * &half;
            let whole = is_whole(&middle);
            (middle, whole)
        }
        (Some(end), None) | (None, Some(end)) => (end.clone(), is_whole(end)),
        (None, None) => (Exact::from(0), true),
    }
}

/// Facts in words.
pub(super) fn message(program: &Program, witness: &[(InputId, Exact)]) -> Message {
    let facts = witness.iter().map(|(input, value)| {
        Arg::Message(
            Message::new("flaw-fact")
                .with("fact", name(program, *input))
                .with("value", words(program, *input, value)),
        )
    });
    Message::new("list").with("items", Arg::List(facts.collect()))
}

/// What a fact is called: the name of its indicator, and what else tells it from others.
fn name(program: &Program, input: InputId) -> Arg {
    let input = &program.inputs[input];
    let figure = &input.figure;
    let indicator = &program.model.indicators[figure.indicator];
    let definition = indicator.definitions.get(usize::from(figure.definition));
    let definition = definition.filter(|_| figure.definition > 0);
    let mut more: Vec<String> = definition.map(|one| one.id.clone()).into_iter().collect();
    if !figure.breakdown.is_empty() {
        more.push(figure.breakdown.to_string());
    }
    match input.at {
        PeriodRef::Relative(0) => {}
        PeriodRef::Relative(years) => more.push(format!("{years:+}")),
        PeriodRef::Fixed(period) => more.push(period.to_string()),
    }
    let own = named(&indicator.label, &indicator.id);
    match more.is_empty() {
        true => own,
        false => Arg::Message(
            Message::new("flaw-fact-of")
                .with("fact", own)
                .with("more", more.join(", ")),
        ),
    }
}

/// A value as a source would print it.
fn words(program: &Program, input: InputId, value: &Exact) -> Arg {
    let figure = &program.inputs[input].figure;
    let indicator = &program.model.indicators[figure.indicator];
    match indicator.kind {
        Kind::YesNo => Arg::Message(Message::new(match *value == Exact::from(1) {
            true => "range-yes",
            false => "range-no",
        })),
        Kind::OneOf | Kind::Text => {
            let mut symbols = program.model.symbols.iter().zip(0i64..);
            let found = symbols.find(|(_, n)| Exact::from(*n) == *value);
            found.map_or_else(
                || Arg::Message(Message::new("range-other")),
                |(text, _)| Arg::from(format!("“{text}”")),
            )
        }
        _ => Arg::from(&Shown {
            set: Set::point(value.clone()),
            unit: Unit::of_figure(program, figure),
        }),
    }
}
