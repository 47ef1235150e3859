//! Laws of scores, on random figures, against a slow evaluator that knows nothing of sets: true
//! values are drawn within what was printed, weights within what was declared, and the score, the
//! place and each element are computed in plain rationals. They must lie within what is said.
//! Few cases by default; `PROPTEST_CASES` asks for more.

use num_rational::Ratio;
use plumbrule::Sources;
use plumbrule::eval::{Choice, Options};
use plumbrule::figures::{Limits, Submission};
use plumbrule::number::Exact;
use plumbrule::period::Period;
use plumbrule::program::Program;
use plumbrule::scores::{ScoreTable, scores};
use plumbrule::set::Set;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::common::form::Form;

type Number = Ratio<i128>;

const WORDS: &str = r#"
dimension CNY
unit 元 = CNY
unit % = 0.01 percentage
words qualifier over { before "超" }
words qualifier atleast { before "不低于" }
words qualifier below { before "不足" }
words qualifier atmost { before "不超过" }
words number range { alias "–" }
words column indicator { alias "indicator" }
words column entity { alias "entity" }
words column period { alias "period" }
words column value { alias "value" }
pack p "P" { entity whole }
entity whole "Whole" {}
entity body "Bodies" { members listed }
entity a "A" { class body }
entity b "B" { class body }
entity c "C" { class body }
entity d "D" { class body }
indicator x "X" { unit 元 bounds between 0元 and 20元 }
indicator y "Y" { unit 元 bounds between 0元 and 20元 direction lower is better }
"#;

const BODIES: [&str; 4] = ["a", "b", "c", "d"];

/// How a score of the test is made: the norm of `x` and of `y`, the mean, what becomes of gaps.
#[derive(Debug, Clone, Copy)]
struct Made {
    norms: [&'static str; 2],
    is_geometric: bool,
    gap: &'static str,
    is_open: bool,
}

impl Made {
    fn text(&self) -> String {
        let [x, y] = self.norms;
        let mean = if self.is_geometric {
            "geometric"
        } else {
            "arithmetic"
        };
        let weight = |percent: u8| match self.is_open {
            true => "between 20% and 90%".to_owned(),
            false => format!("{percent}%"),
        };
        format!(
            "{WORDS}\nscore s \"S\" {{ for each body element x weight {} {x} \
             element y weight {} {y} aggregate {mean} missing {} out of 10 }}",
            weight(60),
            weight(40),
            self.gap,
        )
    }

    fn program(&self) -> Program {
        let mut sources = Sources::new();
        sources.add("pack.plumb", &self.text());
        plumbrule::compile(&sources).unwrap_or_else(|_| panic!("{}", self.text()))
    }
}

fn made() -> impl Strategy<Value = Made> {
    let norm = || {
        prop_oneof![
            Just("min-max"),
            Just("distance to 8元"),
            Just("between 2元 and 10元"),
            Just("z-score"),
        ]
    };
    let gap = prop_oneof![
        2 => Just("unknown"),
        1 => Just("left out"),
        1 => Just("as worst"),
        1 => Just("as mean"),
    ];
    ([norm(), norm()], any::<bool>(), gap, any::<bool>()).prop_map(|(norms, mean, gap, is_open)| {
        Made {
            norms,
            is_geometric: mean && !norms.contains(&"z-score"),
            gap,
            is_open,
        }
    })
}

fn form() -> impl Strategy<Value = Form> {
    prop_oneof![
        2 => Just(Form::Missing),
        5 => (0..12i64).prop_map(Form::Exact),
        2 => (0..12i64, 1..4i64).prop_map(|(low, width)| Form::Between(low, low + width)),
        1 => (0..12i64).prop_map(Form::Over),
        1 => (1..12i64).prop_map(Form::AtMost),
    ]
}

/// A value within what a form allows and the bounds, at a part of the way from end to end.
fn drawn(form: &Form, part: u8) -> Number {
    let whole = |end: Option<(i64, bool)>, bound: i64| {
        Number::from_integer(end.map_or(bound, |(n, _)| n).into())
    };
    let (low, high) = form.ends();
    let is_open = |end: Option<(i64, bool)>| end.is_some_and(|(_, is_closed)| !is_closed);
    let (mut lo, mut hi) = (whole(low, 0), whole(high, 20));
    let inward = Number::new(1, 64);
    if is_open(low) {
        lo += inward;
    }
    if is_open(high) {
        hi -= inward;
    }
    lo + (hi - lo) * Number::new(part.into(), 4)
}

/// A comparable value, or its square with its sign where it is a distance in deviations.
#[derive(Debug, Clone, Copy)]
enum Value {
    Plain(Number),
    SignedSquare(Number),
}

/// Comparable values of plain numbers; none where all are one and no place is defined.
fn comparable(norm: &str, all: &[Number], is_up: bool) -> Option<Vec<Value>> {
    let (zero, one) = (Number::from_integer(0), Number::from_integer(1));
    let (lo, hi) = (*all.iter().min()?, *all.iter().max()?);
    let clamp = |value: Number| value.max(zero).min(one);
    let n = Number::from_integer(all.len() as i128);
    let mean = all.iter().sum::<Number>() / n;
    let squares: Number = all.iter().map(|x| (x - mean) * (x - mean)).sum();
    if lo == hi && matches!(norm, "min-max" | "z-score") {
        return None;
    }
    let of = |x: &Number| {
        let turned = |value: Number| if is_up { value } else { one - value };
        match norm {
            "min-max" => Value::Plain(turned((x - lo) / (hi - lo))),
            "z-score" => {
                let gap = if is_up { x - mean } else { mean - x };
                let sign = if gap < zero { -one } else { one };
                Value::SignedSquare(gap * gap * sign * n / squares)
            }
            "between 2元 and 10元" => Value::Plain(turned(clamp(
                (x - Number::from_integer(2)) / Number::from_integer(8),
            ))),
            _ if is_up => Value::Plain(clamp(x / Number::from_integer(8))),
            _ if *x <= Number::from_integer(8) => Value::Plain(one),
            _ => Value::Plain(Number::from_integer(8) / x),
        }
    };
    Some(all.iter().map(of).collect())
}

fn exact(value: Number) -> Exact {
    let (numer, denom) = (value.numer().to_string(), value.denom().to_string());
    let of = |text: &str| Exact::parse_decimal(text.trim_start_matches('-')).unwrap();
    let positive = of(&numer).checked_div(&of(&denom)).unwrap();
    if value < Number::from_integer(0) {
        -positive
    } else {
        positive
    }
}

/// A number to twenty digits below, and above, a root that may not be rational.
fn between(value: Value) -> (Exact, Exact) {
    match value {
        Value::Plain(value) => (exact(value), exact(value)),
        Value::SignedSquare(square) => {
            let square = exact(square);
            let (lo, hi) = square.abs().root_enclosure(2).unwrap();
            if square.is_negative() {
                (-hi, -lo)
            } else {
                (lo, hi)
            }
        }
    }
}

/// Whether a number between two others may lie in a set, taken with its ends.
fn may_hold(set: &Set, (lo, hi): &(Exact, Exact)) -> bool {
    set.lo().value().is_none_or(|end| end <= hi) && set.hi().value().is_none_or(|end| end >= lo)
}

fn evaluated(program: &Program, forms: &[Vec<Form>; 2]) -> (Submission, Vec<ScoreTable>) {
    let mut table = String::from("indicator,entity,period,value\n");
    for (indicator, forms) in ["x", "y"].iter().zip(forms) {
        for (body, form) in BODIES.iter().zip(forms) {
            if let Some(text) = form.text() {
                table.push_str(&format!("{indicator},{body},2024,{text}\n"));
            }
        }
    }
    let mut submission = Submission::new(&program.model);
    submission.read_table(
        &program.model,
        "t.csv",
        table.as_bytes(),
        &Limits::default(),
    );
    let options = Options {
        period: Some(Period::Year(2024)),
        choice: Choice::default(),
        ..Options::default()
    };
    let found = scores(program, &submission, &options);
    (submission, found)
}

/// True values of one indicator: drawn, and what a gap counts as; nothing where it is left out.
fn truth(made: &Made, forms: &[Form], parts: &[u8], is_up: bool) -> Option<Vec<Option<Number>>> {
    let is_gap = |form: &Form| *form == Form::Missing && made.gap != "unknown";
    let drawn: Vec<Option<Number>> = forms
        .iter()
        .zip(parts)
        .map(|(form, part)| (!is_gap(form)).then(|| drawn(form, *part)))
        .collect();
    let known: Vec<Number> = drawn.iter().flatten().copied().collect();
    let instead = match made.gap {
        "as worst" if is_up => known.iter().min().copied(),
        "as worst" => known.iter().max().copied(),
        "as mean" if known.is_empty() => None,
        "as mean" => Some(known.iter().sum::<Number>() / Number::from_integer(known.len() as i128)),
        _ => return Some(drawn),
    };
    drawn
        .into_iter()
        .map(|value| value.or(instead))
        .map(|value| value.map(Some))
        .collect()
}

/// The comparable value of each body that is there.
fn elements(norm: &str, values: &[Option<Number>], is_up: bool) -> Option<Vec<Option<Value>>> {
    let there: Vec<Number> = values.iter().flatten().copied().collect();
    let mut done = comparable(norm, &there, is_up)?.into_iter();
    Some(
        values
            .iter()
            .map(|value| value.and_then(|_| done.next()))
            .collect(),
    )
}

proptest! {
    #![proptest_config(crate::common::random(48))]

    #[test]
    fn the_truth_lies_in_what_is_said(
        made in made(),
        x in vec(form(), 4),
        y in vec(form(), 4),
        draws in vec((vec(0..5u8, 8), 0..5u8), 12),
    ) {
        let program = made.program();
        let forms = [x, y];
        let (submission, tables) = evaluated(&program, &forms);
        let table = &tables[0];
        let row_of = |body: &str| {
            table.rows.iter().find(|row| submission.entities[row.entity].id == body).unwrap()
        };
        for (parts, weight) in draws {
            let x = truth(&made, &forms[0], &parts[..4], true);
            let y = truth(&made, &forms[1], &parts[4..], false);
            let (Some(x), Some(y)) = (x, y) else { continue };
            let x = elements(made.norms[0], &x, true);
            let y = elements(made.norms[1], &y, false);
            let (Some(x), Some(y)) = (x, y) else { continue };
            // The two weights add up to 1, each from 20 % to 80 % where they are open.
            let first = match made.is_open {
                true => Number::new(20 + 15 * i128::from(weight), 100),
                false => Number::new(60, 100),
            };
            let weights = [first, Number::from_integer(1) - first];
            let mut all: Vec<Option<(Exact, Exact)>> = Vec::new();
            for (n, body) in BODIES.iter().enumerate() {
                let row = row_of(body);
                for (value, said) in [x[n], y[n]].iter().zip(&row.elements) {
                    if let (Some(value), Some(said)) = (value, said) {
                        prop_assert!(may_hold(said, &between(*value)), "{body} {value:?} {said}");
                    }
                }
                let there: Vec<(Value, Number)> =
                    [x[n], y[n]].into_iter().zip(weights).filter_map(|(v, w)| Some((v?, w))).collect();
                let total: Number = there.iter().map(|(_, weight)| *weight).sum();
                let Some(own) = mean(&made, &there, total) else {
                    all.push(None);
                    continue;
                };
                if let Some(said) = &row.score {
                    prop_assert!(may_hold(said, &own), "{body} {made:?} {own:?} {said}");
                }
                all.push(Some(own));
            }
            let Some(all): Option<Vec<(Exact, Exact)>> = all.into_iter().collect() else { continue };
            for (n, body) in BODIES.iter().enumerate() {
                // Only those that are higher for certain, and those that may be.
                let higher = all.iter().filter(|other| other.0 > all[n].1).count();
                let open = all.iter().filter(|other| other.1 > all[n].0).count();
                let own = usize::from(all[n].1 > all[n].0);
                let Some(rank) = &row_of(body).rank else { continue };
                let least = Exact::from(i64::try_from(1 + higher).unwrap());
                let most = Exact::from(i64::try_from(1 + open - own).unwrap());
                prop_assert!(may_hold(rank, &(least, most)), "{body} {made:?} {all:?} {rank}");
            }
        }
    }
}

/// The mean of comparable values, between two numbers; none without any.
fn mean(made: &Made, there: &[(Value, Number)], total: Number) -> Option<(Exact, Exact)> {
    let zero = Number::from_integer(0);
    if there.is_empty() || total == zero {
        return None;
    }
    let ten = Exact::from(10);
    if !made.is_geometric {
        let mut sum = (Exact::from(0), Exact::from(0));
        for (value, weight) in there {
            let (lo, hi) = between(*value);
            let weight = exact(weight / total);
            sum = (&sum.0 + &(&lo * &weight), &sum.1 + &(&hi * &weight));
        }
        return Some((&sum.0 * &ten, &sum.1 * &ten));
    }
    // The power by whole numbers: each weight is so many hundredths of the total.
    let degree = total * Number::from_integer(20);
    let mut product = Exact::from(1);
    for (value, weight) in there {
        let power = i32::try_from((weight * Number::from_integer(20)).to_integer()).unwrap();
        let (value, _) = between(*value);
        product = &product * &value.pow(power).unwrap();
    }
    let (lo, hi) = product
        .root_enclosure(u32::try_from(degree.to_integer()).unwrap())
        .unwrap();
    Some((&lo * &ten, &hi * &ten))
}
