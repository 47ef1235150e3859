//! Random rules and figures, and the slow evaluator that they are held against.

use std::fmt;

use num_bigint::BigInt;
use num_rational::Ratio;
use plumbrule::Sources;
use plumbrule::eval::{Options, Outcome, evaluate};
use plumbrule::figures::{FigureProblem, Limits, ProblemCode, Submission};
use plumbrule::period::Period;
use plumbrule::program::Program;
use proptest::prelude::*;

pub(crate) use crate::common::form::Form;

/// An exact number that owes nothing to the engine.
pub(crate) type Number = Ratio<BigInt>;
/// Yes, no, or no answer.
pub(crate) type Truth = Option<bool>;

/// Indicators and years that rules use.
pub(crate) const KEYS: [(&str, u32); 4] = [("x", 2025), ("y", 2025), ("z", 2025), ("x", 2024)];
pub(crate) const ENTITIES: [&str; 3] = ["甲", "乙", "丙"];

/// The few words that the figures need; the standard pack would take most of the time.
const WORDS: &str = r#"
dimension CNY
scale 万 = 10000
scale 亿 = 100000000
unit 元 = CNY wordscale
unit % = 0.01 percentage
words qualifier over { before "超" }
words qualifier atleast { before "不低于" }
words qualifier below { before "不足" }
words qualifier atmost { before "不超过" }
words qualifier about { before "约" }
words number range { alias "–" }
words column indicator { alias "indicator" }
words column entity { alias "entity" }
words column period { alias "period" }
words column value { alias "value" }
words column unit { alias "unit" }
words column entity_kind { alias "entity_kind" }
words column source { alias "source" }
words column line { alias "line" }
pack p "P" { entity 总 }
entity 总 "总" { }
entity firm "企业" { members open }
indicator x "X" { unit 元 }
indicator y "Y" { unit 元 }
indicator z "Z" { unit 元 }
"#;

fn number(n: i64) -> Number {
    Number::from_integer(n.into())
}

pub(crate) fn form() -> impl Strategy<Value = Form> {
    prop_oneof![
        1 => Just(Form::Missing),
        4 => (0..12i64).prop_map(Form::Exact),
        4 => (0..12i64, 0..4i64).prop_map(|(low, width)| Form::Between(low, low + width)),
        2 => (0..12i64).prop_map(Form::Over),
        2 => (0..12i64).prop_map(Form::AtLeast),
        1 => (0..12i64).prop_map(Form::Below),
        1 => (0..12i64).prop_map(Form::AtMost),
        1 => (0..12i64).prop_map(Form::About),
    ]
}

impl Form {
    /// A coarser claim of the same, or none.
    pub(crate) fn wider(&self, how: u8, by: u8) -> Form {
        if *self == Form::Missing {
            return Form::Missing;
        }
        let by = i64::from(by % 4);
        match (self.ends(), how % 6) {
            ((Some((low, _)), Some((high, _))), 0) => Form::Between((low - by).max(0), high + by),
            ((Some((low, _)), _), 1) if low > by => Form::Over(low - by - 1),
            ((Some((low, _)), _), 2) => Form::AtLeast((low - by).max(0)),
            ((_, Some((high, _))), 3) => Form::Below(high + by + 1),
            ((_, Some((high, _))), 4) => Form::AtMost(high + by),
            (_, 5) => Form::Missing,
            _ => Form::About(5),
        }
    }

    /// Values that it allows: its ends, what is close to them, what lies between.
    fn values(&self) -> Vec<Option<Number>> {
        let close = Number::new(1.into(), 1_000_000_007.into());
        let far = number(1_000_000_007);
        if *self == Form::Missing {
            return vec![None];
        }
        let (lo, hi) = self.ends();
        let inside = |value: &Number| {
            let above =
                lo.is_none_or(|(lo, is_in)| *value > number(lo) || is_in && *value == number(lo));
            let below =
                hi.is_none_or(|(hi, is_in)| *value < number(hi) || is_in && *value == number(hi));
            above && below
        };
        let mut values = vec![number(0), -far.clone(), far];
        for (end, _) in lo.iter().chain(&hi) {
            values.extend([number(*end), number(*end) + &close, number(*end) - &close]);
        }
        if let (Some((lo, _)), Some((hi, _))) = (lo, hi) {
            values.push(Number::new((lo + hi).into(), 2.into()));
        }
        values.retain(inside);
        values.sort();
        values.dedup();
        values.into_iter().map(Some).collect()
    }
}

/// Values of all keys; `None` where there is no figure.
pub(crate) type Values = Vec<Option<Number>>;

/// Every combination of the values of claims.
pub(crate) fn samples(forms: &[Form]) -> impl Iterator<Item = Values> {
    let mut all: Vec<Values> = vec![Vec::new()];
    for form in forms {
        let values = form.values();
        all = all
            .into_iter()
            .flat_map(|before| {
                values.iter().map(move |value| {
                    let mut next = before.clone();
                    next.push(value.clone());
                    next
                })
            })
            .collect();
    }
    all.into_iter()
}

/// A quantity in a rule.
#[derive(Debug, Clone)]
pub(crate) enum Amount {
    Figure(usize),
    Money(i64),
    Add(Box<Amount>, Box<Amount>),
    Less(Box<Amount>, Box<Amount>),
    Times(i64, Box<Amount>),
    Part(Box<Amount>, Box<Amount>, Box<Amount>),
    Least(Box<Amount>, Box<Amount>),
    Most(Box<Amount>, Box<Amount>),
    If(Box<Condition>, Box<Amount>, Box<Amount>),
}

/// A condition of a rule.
#[derive(Debug, Clone)]
pub(crate) enum Condition {
    Always,
    Written(String),
    Compare(&'static str, Amount, Amount),
    Growth(&'static str, i64),
    Not(Box<Condition>),
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
    Implies(Box<Condition>, Box<Condition>),
}

pub(crate) fn condition(text: &str) -> Condition {
    Condition::Written(text.to_owned())
}

fn amount() -> impl Strategy<Value = Amount> {
    let leaf = prop_oneof![
        4 => (0..KEYS.len()).prop_map(Amount::Figure),
        1 => (0..9i64).prop_map(Amount::Money),
    ];
    let both =
        |inner: BoxedStrategy<Amount>| (inner.clone().prop_map(Box::new), inner.prop_map(Box::new));
    leaf.prop_recursive(3, 10, 3, move |inner| {
        let inner = inner.boxed();
        let third = inner.clone().prop_map(Box::new);
        prop_oneof![
            both(inner.clone()).prop_map(|(a, b)| Amount::Add(a, b)),
            both(inner.clone()).prop_map(|(a, b)| Amount::Less(a, b)),
            (0..5i64, third.clone()).prop_map(|(n, a)| Amount::Times(n, a)),
            (both(inner.clone()), third).prop_map(|((a, b), c)| Amount::Part(a, b, c)),
            both(inner.clone()).prop_map(|(a, b)| Amount::Least(a, b)),
            both(inner.clone()).prop_map(|(a, b)| Amount::Most(a, b)),
            (compare(inner.clone()).prop_map(Box::new), both(inner))
                .prop_map(|(condition, (a, b))| Amount::If(condition, a, b)),
        ]
    })
}

fn compare(inner: BoxedStrategy<Amount>) -> impl Strategy<Value = Condition> {
    let op = prop_oneof![Just(">="), Just(">"), Just("<="), Just("<")];
    (op, inner.clone(), inner).prop_map(|(op, a, b)| Condition::Compare(op, a, b))
}

fn any_condition() -> impl Strategy<Value = Condition> {
    let op = prop_oneof![Just(">="), Just("<")];
    let leaf = prop_oneof![
        6 => compare(amount().boxed()),
        1 => (op, 0..30i64).prop_map(|(op, n)| Condition::Growth(op, n * 10)),
    ];
    leaf.prop_recursive(2, 4, 2, |inner| {
        let both = (
            inner.clone().prop_map(Box::new),
            inner.clone().prop_map(Box::new),
        );
        prop_oneof![
            inner.prop_map(|one| Condition::Not(Box::new(one))),
            both.clone().prop_map(|(a, b)| Condition::And(a, b)),
            both.clone().prop_map(|(a, b)| Condition::Or(a, b)),
            both.prop_map(|(a, b)| Condition::Implies(a, b)),
        ]
    })
}

/// The rules of one program.
pub(crate) fn conditions() -> impl Strategy<Value = Vec<Condition>> {
    let plain = compare(amount().boxed());
    proptest::collection::vec(prop_oneof![plain, any_condition()], 3)
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Amount::Figure(key) => {
                let (name, year) = KEYS[*key];
                write!(f, "{name}")?;
                if year == 2025 {
                    Ok(())
                } else {
                    write!(f, "@{year}")
                }
            }
            Amount::Money(n) => write!(f, "{n}元"),
            Amount::Add(a, b) => write!(f, "({a} + {b})"),
            Amount::Less(a, b) => write!(f, "({a} - {b})"),
            Amount::Times(n, a) => write!(f, "({n} * {a})"),
            Amount::Part(a, b, c) => write!(f, "({a} * ({b} / {c}))"),
            Amount::Least(a, b) => write!(f, "min({a}, {b})"),
            Amount::Most(a, b) => write!(f, "max({a}, {b})"),
            Amount::If(condition, a, b) => write!(f, "(if {condition} then {a} else {b})"),
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Condition::Always => write!(f, "x >= 0元"),
            Condition::Written(text) => write!(f, "{text}"),
            Condition::Compare(op, a, b) => write!(f, "({a} + 0 * x {op} {b})"),
            Condition::Growth(op, n) => write!(f, "(growth(x) {op} {n}%)"),
            Condition::Not(one) => write!(f, "(not {one})"),
            Condition::And(a, b) => write!(f, "({a} and {b})"),
            Condition::Or(a, b) => write!(f, "({a} or {b})"),
            Condition::Implies(a, b) => write!(f, "({a} implies {b})"),
        }
    }
}

/// The least and the greatest that an amount may be: where it is not known which of two it is, they differ.
type Span = (Number, Number);

fn span(numbers: impl IntoIterator<Item = Number>) -> Option<Span> {
    let numbers: Vec<Number> = numbers.into_iter().collect();
    Some((numbers.iter().min()?.clone(), numbers.iter().max()?.clone()))
}

/// All products of the ends.
fn times(a: &Span, b: &Span) -> Option<Span> {
    let ends = [(&a.0, &b.0), (&a.0, &b.1), (&a.1, &b.0), (&a.1, &b.1)];
    span(ends.map(|(a, b)| a * b))
}

impl Amount {
    fn value(&self, values: &Values) -> Option<Span> {
        let both = |a: &Amount, b: &Amount| Some((a.value(values)?, b.value(values)?));
        let point = |number: Number| (number.clone(), number);
        Some(match self {
            Amount::Figure(key) => point(values[*key].clone()?),
            Amount::Money(n) => point(number(*n)),
            Amount::Add(a, b) => both(a, b).map(|(a, b)| (a.0 + b.0, a.1 + b.1))?,
            Amount::Less(a, b) => both(a, b).map(|(a, b)| (a.0 - b.1, a.1 - b.0))?,
            Amount::Times(n, a) => times(&point(number(*n)), &a.value(values)?)?,
            Amount::Part(a, b, c) => {
                let (least, most) = c.value(values)?;
                let is_apart = least > number(0) || most < number(0);
                let over = is_apart.then(|| (most.recip(), least.recip()))?;
                let (a, b) = both(a, b)?;
                times(&a, &times(&b, &over)?)?
            }
            Amount::Least(a, b) => both(a, b).map(|(a, b)| (a.0.min(b.0), a.1.min(b.1)))?,
            Amount::Most(a, b) => both(a, b).map(|(a, b)| (a.0.max(b.0), a.1.max(b.1)))?,
            Amount::If(condition, a, b) => match condition.holds(values) {
                Some(true) => a.value(values)?,
                Some(false) => b.value(values)?,
                None => both(a, b).and_then(|(a, b)| span([a.0, a.1, b.0, b.1]))?,
            },
        })
    }
}

impl Condition {
    /// Strong Kleene logic over numbers, and over spans of them where they are not known.
    pub(crate) fn holds(&self, values: &Values) -> Truth {
        let over = |a: &Span, b: &Span| match (a.0 > b.1, a.1 <= b.0) {
            (false, false) => None,
            (is_over, _) => Some(is_over),
        };
        let compare = |op: &str, a: Span, b: Span| match op {
            ">=" => over(&b, &a).map(|is_over| !is_over),
            ">" => over(&a, &b),
            "<=" => over(&a, &b).map(|is_over| !is_over),
            _ => over(&b, &a),
        };
        match self {
            Condition::Always | Condition::Written(_) => None,
            Condition::Compare(op, a, b) => {
                // Each comparison asks for `x`.
                values[0].as_ref()?;
                compare(op, a.value(values)?, b.value(values)?)
            }
            Condition::Growth(op, n) => {
                let before = values[3].clone().filter(|before| *before != number(0))?;
                let growth = values[0].clone()? / before - number(1);
                let limit = Number::new((*n).into(), 100.into());
                compare(op, (growth.clone(), growth), (limit.clone(), limit))
            }
            Condition::Not(one) => one.holds(values).map(|truth| !truth),
            Condition::And(a, b) => and(a.holds(values), b.holds(values)),
            Condition::Or(a, b) => or(a.holds(values), b.holds(values)),
            Condition::Implies(a, b) => or(a.holds(values).map(|truth| !truth), b.holds(values)),
        }
    }

    /// Whether it is one comparison whose figures are not known to bend.
    pub(crate) fn is_plain(&self) -> bool {
        matches!(self, Condition::Compare(..) | Condition::Growth(..))
    }
}

fn and(a: Truth, b: Truth) -> Truth {
    match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn or(a: Truth, b: Truth) -> Truth {
    and(a.map(|truth| !truth), b.map(|truth| !truth)).map(|truth| !truth)
}

/// A claim of a table.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    pub(crate) key: usize,
    pub(crate) form: Form,
    pub(crate) entity: usize,
    pub(crate) source: usize,
}

impl Claim {
    pub(crate) fn new(key: usize, form: Form) -> Claim {
        Claim {
            key,
            form,
            entity: 0,
            source: 0,
        }
    }
}

pub(crate) fn program(rules: &[Condition]) -> Program {
    let mut text = WORDS.to_owned();
    for (n, rule) in rules.iter().enumerate() {
        text.push_str(&format!(
            "target r{n} \"规则{n}\" {{ require {rule} for each firm }}\n"
        ));
    }
    text.push_str("check never \"核对\" { require x <= 5元 for each firm }\n");
    let mut sources = Sources::new();
    sources.add("rules", &text);
    plumbrule::compile(&sources).unwrap_or_else(|problems| panic!("{text}\n{problems:#?}"))
}

pub(crate) fn table(claims: &[Claim]) -> String {
    let mut text = "indicator,entity,period,value,source\n".to_owned();
    for claim in claims {
        let (name, year) = KEYS[claim.key];
        let entity = ENTITIES[claim.entity];
        match claim.form.text() {
            Some(value) => text.push_str(&format!(
                "{name},{entity},{year},{value},甲{}\n",
                claim.source
            )),
            // A figure that no rule uses keeps the entity in the table.
            None => text.push_str(&format!("{name},{entity},1999,1元,甲{}\n", claim.source)),
        }
    }
    text
}

pub(crate) fn read(program: &Program, table: &str) -> Submission {
    let mut submission = Submission::new(&program.model);
    submission.read_table(
        &program.model,
        "table",
        table.as_bytes(),
        &Limits::default(),
    );
    // A table without any row is a problem of its own, and says nothing about entities.
    let is_empty = |problem: &FigureProblem| problem.code == ProblemCode::Empty;
    let rest = submission
        .problems
        .iter()
        .find(|problem| !is_empty(problem));
    assert!(rest.is_none(), "{rest:#?}");
    submission
}

fn options() -> Options {
    Options {
        period: Some(Period::Year(2025)),
        ..Options::default()
    }
}

pub(crate) fn evaluated(program: &Program, table: &str) -> Outcome {
    evaluate(program, &read(program, table), &options())
}

/// Rule, entity, verdict, causes and marks of every row, in order.
pub(crate) fn rows_of(
    program: &Program,
    table: &str,
) -> Vec<(String, String, &'static str, String)> {
    let submission = read(program, table);
    let outcome = evaluate(program, &submission, &options());
    let row = |row: &plumbrule::eval::Row| {
        let causes: Vec<&str> = row.causes.iter().map(|cause| cause.word()).collect();
        let marks: Vec<&str> = row.marks.words().collect();
        let rule = program.model.rules[row.rule].id.clone();
        let entity = submission.entities[row.entity].id.clone();
        (
            rule,
            entity,
            row.verdict.word(),
            format!("{causes:?} {marks:?}"),
        )
    };
    outcome.rows.iter().map(row).collect()
}
