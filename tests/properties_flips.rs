//! What would turn an answer, against an arithmetic of its own that knows nothing of the program: a
//! told change, printed and read again, is accepted and turns the answer; nothing smaller does; and
//! where nothing is told, nothing turns it. `PROPTEST_CASES` sets how many goals are looked at.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
#![expect(
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use plumbrule::explain::Node;
use plumbrule::number::Exact;
use plumbrule::program::Program;
use plumbrule::set::Set;
use plumbrule::verdict::Verdict;
use proptest::prelude::*;

mod examples;
mod goals;
mod tables;

use goals::{Goal, LEAST, MOST, NAMES, goal, printed};
use tables::{compiled, exact, outcome, said, text, texts, verdict};

/// The figure that a sentence begins with, behind `before`.
fn figure(text: &str, before: &str) -> Option<usize> {
    let rest = text.strip_prefix(before)?;
    NAMES
        .iter()
        .position(|name| rest.starts_with(&format!("{name} (2024)")))
}

/// The nearest value that a sentence tells, as somebody would type it, and how far it is: behind an
/// end that is left out it is a hundred-thousandth further.
fn nearest(told: &str, from: &Exact) -> (String, Exact) {
    let number = |word: &str| {
        let rest = told.split_once(word)?.1;
        let digits: String = rest
            .trim_start_matches('\u{2248}')
            .chars()
            .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | '-'))
            .collect();
        Exact::parse_decimal(&digits).ok()
    };
    let off = |sign: i64| Exact::ratio(sign, 100_000).unwrap();
    let ends: Vec<(Exact, Exact)> = [
        ("at least ", 0),
        ("above ", 1),
        ("at most ", 0),
        ("below ", -1),
        ("exactly ", 0),
        ("from ", 0),
        (" to ", 0),
    ]
    .into_iter()
    .filter_map(|(word, sign)| Some((number(word)?, off(sign))))
    .collect();
    let near = ends
        .iter()
        .min_by_key(|(end, _)| (end - from).abs())
        .unwrap();
    let value = &near.0 + &near.1;
    (value.decimal_string().unwrap(), (&near.0 - from).abs())
}

/// Every choice of whole figures within bounds, with the largest distance from the printed ones.
fn everywhere(values: [i64; 3]) -> impl Iterator<Item = (Vec<Exact>, i64)> {
    let all = (LEAST[0]..=MOST[0]).flat_map(move |a| {
        (LEAST[1]..=MOST[1]).flat_map(move |b| (LEAST[2]..=MOST[2]).map(move |c| [a, b, c]))
    });
    all.map(move |at| {
        let far = (0..3).map(|n| (at[n] - values[n]).abs()).max().unwrap();
        (at.map(Exact::from).to_vec(), far)
    })
}

fn single(goal: &Goal, values: [i64; 3], program: &Program, nodes: &[Node]) {
    let printed = texts(values);
    let now = goal.holds(&exact(&printed));
    for n in 0..3 {
        let own: Vec<String> = nodes
            .iter()
            .map(text)
            .filter(|text| figure(text, "if ") == Some(n))
            .collect();
        let is_not_analysed = nodes
            .iter()
            .map(text)
            .any(|text| figure(&text, "what change of ") == Some(n));
        // A quarter at a time, within the bounds.
        let tried = (4 * LEAST[n]..=4 * MOST[n]).map(|quarters| {
            let mut at = exact(&printed);
            at[n] = Exact::ratio(quarters, 4).unwrap();
            at
        });
        let turning = tried.filter(|at| goal.holds(at) != now);
        let here = Exact::from(values[n]);
        let nearest_found = turning.map(|at| (&at[n] - &here).abs()).min();
        let context = || format!("{} at {values:?}: {own:?}", goal.text());
        let Some(told) = own.first() else {
            assert!(nearest_found.is_none() || is_not_analysed, "{}", context());
            continue;
        };
        let (value, distance) = nearest(told, &here);
        let mut again = printed.clone();
        again[n] = value;
        let is_within =
            exact(&again)[n] >= Exact::from(LEAST[n]) && exact(&again)[n] <= Exact::from(MOST[n]);
        assert!(is_within, "{}", context());
        assert_ne!(goal.holds(&exact(&again)), now, "{}", context());
        let expected = if now { Verdict::Fail } else { Verdict::Pass };
        assert_eq!(verdict(program, &again), expected, "{}", context());
        if let Some(found) = nearest_found {
            // A root is shown rounded to four places.
            let slack = Exact::ratio(1, 5_000).unwrap();
            assert!(distance <= &found + &slack, "{} but {found}", context());
        }
    }
}

/// What is said of several figures together turns it, and nothing smaller does; `turns` is the
/// arithmetic of the test. The values as a table prints them; none where one is a third, which a goal
/// that asks for an exact sum may need and no table prints.
fn together(
    values: [i64; 3],
    node: &Node,
    turns: &dyn Fn(&[Exact]) -> bool,
    context: &str,
) -> Option<[String; 3]> {
    let said = text(node);
    let mut at = exact(&texts(values));
    for child in &node.children {
        let told = text(child);
        let n = figure(&told, "").unwrap_or_else(|| panic!("{told}"));
        let value = child.set.as_ref().and_then(Set::as_point).unwrap();
        let unit = child.unit.as_ref().unwrap();
        at[n] = value.checked_div(&unit.factor).unwrap();
        let digits = told.split_once(": ").unwrap().1.split(' ').next().unwrap();
        let shown = Exact::parse_decimal(digits.trim_start_matches('\u{2248}')).unwrap();
        let slack = Exact::ratio(1, 5_000).unwrap();
        assert!((&shown - &at[n]).abs() <= slack, "{context}: {told}");
    }
    let again: Vec<Option<String>> = at.iter().map(Exact::decimal_string).collect();
    let context = format!("{context}\n{said}\n{again:?}");
    assert!(turns(&at), "{context}");
    for (n, value) in at.iter().enumerate() {
        assert!(
            *value >= Exact::from(LEAST[n]) && *value <= Exact::from(MOST[n]),
            "{context}"
        );
    }
    let count = |word: &str| {
        let rest = said.split_once(word)?.1;
        let digits = rest.split(' ').next()?.trim_start_matches('\u{2248}');
        Exact::parse_decimal(digits.trim_end_matches(',')).ok()
    };
    let (no_more, less) = (count("moves by more than "), count("move by less than "));
    let farthest = |n: usize| (&at[n] - &Exact::from(values[n])).abs();
    let far = (0..3).map(farthest).max().unwrap();
    if let Some(no_more) = &no_more {
        assert!(far > *no_more, "{context}");
        assert!(far <= no_more + &Exact::from(1), "{context}");
    }
    for (found, far) in everywhere(values).filter(|(at, _)| turns(at)) {
        let far = Exact::from(far);
        assert!(far.signum() > 0, "{context}");
        assert!(
            no_more.as_ref().is_none_or(|it| far > *it),
            "{context} {found:?}"
        );
        assert!(
            less.as_ref().is_none_or(|it| far >= *it),
            "{context} {found:?}"
        );
    }
    let again: Option<Vec<String>> = again.into_iter().collect();
    again.and_then(|again| again.try_into().ok())
}

fn look_at_goal(goal: &Goal, values: [i64; 3]) -> &'static str {
    let program = compiled(&format!(
        "target p.1 \"Goal\" {{ require {} by 2024 }}",
        goal.text()
    ));
    let printed = texts(values);
    let now = goal.holds(&exact(&printed));
    let expected = if now { Verdict::Pass } else { Verdict::Fail };
    assert_eq!(
        verdict(&program, &printed),
        expected,
        "{} {values:?}",
        goal.text()
    );
    let nodes = said(&program, &printed);
    single(goal, values, &program, &nodes);
    let turns = |at: &[Exact]| goal.holds(at) != now;
    let context = format!("{} at {values:?}", goal.text());
    let Some(node) = nodes.iter().find(|node| node.address.ends_with("/joint")) else {
        return "alone";
    };
    let key = node.message.key;
    match key {
        "explain-joint-none" => {
            assert!(!everywhere(values).any(|(at, _)| turns(&at)), "{context}");
            "none"
        }
        "explain-joint-unknown" => match text(node).contains("could be verified") {
            true => "unsure",
            false => "not analysed",
        },
        _ => {
            let again = together(values, node, &turns, &context);
            let expected = if now { Verdict::Fail } else { Verdict::Pass };
            if let Some(again) = again {
                assert_eq!(verdict(&program, &again), expected, "{context}");
            }
            "together"
        }
    }
}

/// A decision of two cases, the stronger first, and all else.
fn look_at_decision(first: &Goal, second: &Goal, values: [i64; 3]) -> usize {
    let program = compiled(&format!(
        "decision p.d \"Decision\" {{ outcome one \"one\" outcome two \"two\" outcome none \"none\"\n\
         strongest first\n case x: one when {}\n case y: two when {}\n otherwise none }}",
        first.text(),
        second.text()
    ));
    let outcome_at = |at: &[Exact]| match (first.holds(at), second.holds(at)) {
        (true, _) => "one",
        (false, true) => "two",
        (false, false) => "none",
    };
    let printed = texts(values);
    let now = outcome_at(&exact(&printed));
    let context = format!("{} / {} at {values:?}", first.text(), second.text());
    assert_eq!(outcome(&program, &printed), [now], "{context}");
    let nodes = said(&program, &printed);
    let mut count = 0;
    for wanted in ["one", "two", "none"]
        .into_iter()
        .filter(|wanted| *wanted != now)
    {
        let turns = |at: &[Exact]| outcome_at(at) == wanted;
        let is_of = |node: &&Node| text(node).contains(&format!("come to {wanted}"));
        for node in nodes
            .iter()
            .filter(|node| node.message.key.starts_with("explain-joint"))
            .filter(is_of)
        {
            if node.message.key == "explain-joint-none-outcome" {
                assert!(
                    !everywhere(values).any(|(at, _)| turns(&at)),
                    "{context}: {}",
                    text(node)
                );
            } else if !node.children.is_empty() {
                let again = together(values, node, &turns, &context);
                if let Some(again) = again {
                    assert_eq!(outcome(&program, &again), [wanted], "{context}");
                }
                count += 1;
            }
        }
        // What one figure alone comes to is as it is told.
        for node in nodes
            .iter()
            .filter(|node| node.message.key == "explain-turn")
        {
            let told = text(node);
            if !told.ends_with(&format!(": {wanted}")) {
                continue;
            }
            let n = figure(&told, "if ").unwrap();
            let (value, _) = nearest(&told, &Exact::from(values[n]));
            let mut again = printed.clone();
            again[n] = value;
            assert_eq!(outcome_at(&exact(&again)), wanted, "{context}: {told}");
            assert_eq!(outcome(&program, &again), [wanted], "{context}: {told}");
        }
    }
    count
}

#[test]
fn a_told_change_of_a_goal_is_accepted_and_turns_it_and_nothing_smaller_does() {
    let mut runner = proptest::test_runner::TestRunner::new(crate::common::random(96));
    let counts = std::cell::RefCell::new(std::collections::BTreeMap::new());
    runner
        .run(&(goal(), printed()), |(goal, values)| {
            let kind = look_at_goal(&goal, values);
            *counts.borrow_mut().entry(kind).or_insert(0u32) += 1;
            Ok(())
        })
        .unwrap();
    let counts = counts.into_inner();
    // A look at goals of which nothing is told would prove nothing.
    assert!(counts.contains_key("together"), "{counts:?}");
}

#[test]
fn a_told_change_of_facts_comes_to_its_outcome_and_nothing_smaller_does() {
    let mut runner = proptest::test_runner::TestRunner::new(crate::common::random(96));
    let told = std::cell::Cell::new(0);
    runner
        .run(&(goal(), goal(), printed()), |(first, second, values)| {
            told.set(told.get() + look_at_decision(&first, &second, values));
            Ok(())
        })
        .unwrap();
    assert!(told.get() > 0);
}

#[test]
fn beside_a_range_a_told_change_turns_the_answer_for_all_of_it() {
    let mut runner = proptest::test_runner::TestRunner::new(crate::common::random(96));
    let times = || prop_oneof![Just(-2i64), Just(-1), Just(1), Just(2), Just(3)];
    let goals = ((times(), times(), times()), -10..40i64, any::<bool>());
    let told = std::cell::Cell::new(0);
    let case = (goals, printed(), 1..3i64);
    runner
        .run(&case, |(((ka, kb, kc), limit, is_least), values, width)| {
            let op = if is_least { "at least" } else { "<" };
            let program = compiled(&format!(
                "target p.1 \"Goal\" {{ require ({ka}) * a + ({kb}) * b + ({kc}) * c {op} {limit}个 by 2024 }}"
            ));
            let range = [values[2].min(MOST[2] - width), values[2].min(MOST[2] - width) + width];
            let printed = [values[0].to_string(), values[1].to_string(), format!("{}-{}", range[0], range[1])];
            let answer = |a: &Exact, b: &Exact| {
                let holds = range.map(|c| {
                    let sum = &(&Exact::from(ka) * a) + &(&Exact::from(kb) * b);
                    let sum = sum + Exact::from(kc * c);
                    if is_least { sum >= Exact::from(limit) } else { sum < Exact::from(limit) }
                });
                match holds {
                    [true, true] => Verdict::Pass,
                    [false, false] => Verdict::Fail,
                    _ => Verdict::Undetermined,
                }
            };
            let here = [Exact::from(values[0]), Exact::from(values[1])];
            let now = answer(&here[0], &here[1]);
            let submission_verdict = verdict(&program, &printed);
            prop_assert_eq!(submission_verdict, now);
            let nodes = said(&program, &printed);
            for n in 0..2 {
                let own = nodes.iter().map(text).filter(|text| figure(text, "if ") == Some(n));
                for sentence in own {
                    told.set(told.get() + 1);
                    let (value, distance) = nearest(&sentence, &here[n]);
                    let wanted = match sentence.contains("would not be met") {
                        true => Verdict::Fail,
                        false => Verdict::Pass,
                    };
                    let at = |value: Exact| {
                        let mut at = here.clone();
                        at[n] = value;
                        answer(&at[0], &at[1])
                    };
                    let exact = Exact::parse_decimal(&value).unwrap();
                    prop_assert_eq!(at(exact), wanted, "{} {}", ka, &sentence);
                    let mut again = printed.clone();
                    again[n] = value;
                    prop_assert_eq!(verdict(&program, &again), wanted, "{}", &sentence);
                    for quarters in 4 * LEAST[n]..=4 * MOST[n] {
                        let other = Exact::ratio(quarters, 4).unwrap();
                        let far = (&other - &here[n]).abs();
                        let slack = Exact::ratio(1, 5_000).unwrap();
                        prop_assert!(at(other) != wanted || distance <= far + slack, "{}", &sentence);
                    }
                }
                let is_silent = !nodes.iter().map(text).any(|text| text.contains(&format!("{} (2024)", NAMES[n])) && !text.contains("alone cannot"));
                for quarters in 4 * LEAST[n]..=4 * MOST[n] {
                    let mut at = here.clone();
                    at[n] = Exact::ratio(quarters, 4).unwrap();
                    let found = answer(&at[0], &at[1]);
                    let is_turned = found != now && found != Verdict::Undetermined;
                    prop_assert!(!is_silent || !is_turned, "{nodes:?}");
                }
            }
            Ok(())
        })
        .unwrap();
    assert!(told.get() > 0);
}
