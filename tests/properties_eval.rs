//! Laws of evaluation, on random rules and figures, against a slow evaluator that knows
//! nothing of sets: it tries values one by one. Few cases by default; `PROPTEST_CASES`
//! asks for more.

use eval_cases::{Claim, Condition, Form, KEYS, Truth, condition, conditions, evaluated, form};
use eval_cases::{program, read, rows_of, samples, table};
use plumbrule::eval::{Options, evaluate, trace};
use plumbrule::findings::findings;
use plumbrule::message::Lang;
use plumbrule::verdict::Verdict;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::eval_cases;

/// One claim a key.
fn forms() -> impl Strategy<Value = Vec<Form>> {
    vec(form(), KEYS.len())
}

fn single(forms: &[Form]) -> Vec<Claim> {
    let claim = |(key, form): (usize, &Form)| Claim::new(key, form.clone());
    forms.iter().enumerate().map(claim).collect()
}

proptest! {
    #![proptest_config(crate::common::random(32))]

    /// What is proved holds for every value that the claims allow; what is refuted, for none.
    /// What is left open without being called loose is open: both answers occur.
    #[test]
    fn every_value_agrees_with_the_verdict(rules in conditions(), forms in forms()) {
        let program = program(&rules);
        let outcome = evaluated(&program, &table(&single(&forms)));
        for (rule, row) in rules.iter().zip(&outcome.rows) {
            let found: Vec<Truth> = samples(&forms).map(|values| rule.holds(&values)).collect();
            let text = rule.to_string();
            // A choice that is open may be settled by both of its branches; one value tells less.
            let is_open = text.contains("(if ");
            let agrees = |wanted: bool| {
                let fits = |one: &Truth| *one == Some(wanted) || is_open && one.is_none();
                found.iter().all(fits)
            };
            match row.verdict {
                Verdict::Pass => prop_assert!(agrees(true), "{text} {forms:?}"),
                Verdict::Fail => prop_assert!(agrees(false), "{text} {forms:?}"),
                _ => {
                    let words: Vec<&str> = row.causes.iter().map(|cause| cause.word()).collect();
                    let is_loose = row.marks.words().any(|word| word == "loose");
                    if words == ["imprecise"] && !is_loose && rule.is_plain() {
                        let both = found.contains(&Some(true)) && found.contains(&Some(false));
                        prop_assert!(both, "{text} {forms:?} {found:?}");
                    }
                }
            }
        }
    }

    /// Coarser data, or none, never buys a pass and never makes a failure.
    #[test]
    fn widening_only_leaves_open(
        rules in conditions(),
        forms in forms(),
        wider in vec(any::<(bool, u8, u8)>(), KEYS.len()),
    ) {
        let program = program(&rules);
        let wide: Vec<Form> = forms
            .iter()
            .zip(&wider)
            .map(|(form, (is_wider, how, by))| if *is_wider { form.wider(*how, *by) } else { form.clone() })
            .collect();
        let narrow = evaluated(&program, &table(&single(&forms)));
        let wide_outcome = evaluated(&program, &table(&single(&wide)));
        for ((rule, narrow), wider) in rules.iter().zip(&narrow.rows).zip(&wide_outcome.rows) {
            let is_law = wider.verdict == narrow.verdict || wider.verdict == Verdict::Undetermined;
            prop_assert!(is_law, "{rule}: {forms:?} {:?}, {wide:?} {:?}", narrow.verdict, wider.verdict);
        }
    }

    /// The order of rows changes nothing, and neither does a claim that is told twice.
    #[test]
    fn order_and_repetition_change_nothing(
        rules in conditions(),
        claims in vec((0..KEYS.len(), form(), 0..3usize, 0..3usize), 1..14),
        keys in vec(any::<u32>(), 14),
    ) {
        let program = program(&rules);
        let claims: Vec<Claim> = claims
            .into_iter()
            .map(|(key, form, entity, source)| Claim { entity, source, ..Claim::new(key, form) })
            .collect();
        let mut shuffled: Vec<(u32, Claim)> = keys.into_iter().zip(claims.iter().cloned()).collect();
        shuffled.sort_by_key(|(key, _)| *key);
        let shuffled: Vec<Claim> = shuffled.into_iter().map(|(_, claim)| claim).collect();
        let twice: Vec<Claim> = claims.iter().chain(&claims).cloned().collect();
        let first = rows_of(&program, &table(&claims));
        prop_assert_eq!(&rows_of(&program, &table(&shuffled)), &first);
        prop_assert_eq!(&rows_of(&program, &table(&twice)), &first);
        let told = |claims: &[Claim]| {
            let submission = read(&program, &table(claims));
            let found = findings(&program, &submission, &Options::default());
            found.iter().map(|found| found.message.render(Lang::En)).collect::<Vec<_>>()
        };
        prop_assert_eq!(told(&shuffled), told(&claims));
    }

    /// Tracing changes no verdict, and neither does the company of other entities.
    #[test]
    fn a_row_is_the_same_traced_and_alone(
        rules in conditions(),
        claims in vec((0..KEYS.len(), form(), 0..3usize), 1..14),
    ) {
        let program = program(&rules);
        let claims: Vec<Claim> = claims
            .into_iter()
            .map(|(key, form, entity)| Claim { entity, ..Claim::new(key, form) })
            .collect();
        let submission = read(&program, &table(&claims));
        let options = Options { period: Some(plumbrule::period::Period::Year(2025)), ..Options::default() };
        let outcome = evaluate(&program, &submission, &options);
        for row in &outcome.rows {
            let traced = trace(&program, &submission, &options, row.rule, row.entity);
            prop_assert_eq!(&traced.row, row);
        }
        let together = rows_of(&program, &table(&claims));
        for entity in 0..3 {
            let own: Vec<Claim> = claims.iter().filter(|claim| claim.entity == entity).cloned().collect();
            let name = eval_cases::ENTITIES[entity];
            let own_rows: Vec<_> = rows_of(&program, &table(&own)).into_iter().filter(|row| row.1 == name).collect();
            let of_batch: Vec<_> = together.iter().filter(|row| row.1 == name).cloned().collect();
            prop_assert_eq!(own_rows, if own.is_empty() { Vec::new() } else { of_batch });
        }
    }

    /// A scale word is an exact power of ten, and a percent an exact hundredth.
    #[test]
    fn scales_are_exact(n in 0u32..100_000, decimals in 0u32..4) {
        let program = program(&[Condition::Always]);
        let shift = 10u64.pow(decimals);
        let value = format!("{}.{:0width$}", u64::from(n) / shift, u64::from(n) % shift, width = decimals as usize);
        let value = value.trim_end_matches('.').to_owned();
        let set = |value: &str, unit: &str| {
            let table = format!("indicator,entity,period,value\nx,甲,2025,{value}{unit}\n");
            read(&program, &table).claims.values().next().map(|claim| claim.exact.clone())
        };
        let whole = |zeros: u32| (u64::from(n) * 10u64.pow(zeros - decimals)).to_string();
        prop_assert_eq!(set(&value, "万元"), set(&whole(4), "元"));
        prop_assert_eq!(set(&value, "亿元"), set(&whole(8), "元"));
        prop_assert_eq!(set(&value, "万亿元"), set(&whole(12), "元"));
    }
}

/// The table of strong Kleene logic, as rules.
#[test]
fn the_condition_of_nothing_is_never_met() {
    let nothing: Vec<Form> = KEYS.iter().map(|_| Form::Missing).collect();
    let rules = [
        condition("x >= 0元"),
        condition("x - x >= 0元"),
        condition("growth(x) >= 0 * 1%"),
    ];
    let program = program(&rules);
    for row in evaluated(&program, &table(&single(&nothing))).rows {
        assert_eq!(row.verdict, Verdict::Undetermined);
    }
}
