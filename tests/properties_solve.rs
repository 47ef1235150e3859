//! What is said of systems of constraints: points satisfy them, clashes need all that they name, and
//! the least is the least, whatever the magnitudes.

use plumbrule::number::Exact;
use plumbrule::solve::{Answer, Constraint, Least, Relation, System, least, solve};
use proptest::prelude::*;

fn relation() -> impl Strategy<Value = Relation> {
    prop_oneof![
        4 => Just(Relation::AtMost),
        2 => Just(Relation::Below),
        1 => Just(Relation::Equal),
    ]
}

/// Small whole coefficients; those of a variable are all of one magnitude.
fn systems(most_power: i16) -> impl Strategy<Value = System> {
    let powers = prop::collection::vec(-most_power..=most_power, 4);
    let one = (
        prop::collection::vec((0..4usize, -3i64..=3), 0..4),
        relation(),
        -6i64..=6,
    );
    (powers, prop::collection::vec(one, 1..8)).prop_map(|(powers, all)| System {
        n_variables: 4,
        constraints: all
            .into_iter()
            .map(|(terms, relation, bound)| Constraint {
                terms: terms
                    .into_iter()
                    .map(|(place, factor)| {
                        (place, Exact::from(factor) * Exact::pow10(powers[place]))
                    })
                    .collect(),
                relation,
                bound: Exact::from(bound),
            })
            .collect(),
    })
}

fn only(system: &System, places: &[usize]) -> System {
    System {
        n_variables: system.n_variables,
        constraints: places
            .iter()
            .map(|place| system.constraints[*place].clone())
            .collect(),
    }
}

fn holds_everywhere(system: &System, point: &[Exact]) -> bool {
    system.constraints.iter().all(|one| one.holds(point))
}

fn judge(system: &System) -> Result<(), TestCaseError> {
    match solve(system) {
        Answer::Holds(point) => prop_assert!(holds_everywhere(system, &point)),
        Answer::Clash(core) => {
            prop_assert!(core.is_sorted());
            // Without any one of them the others can hold.
            for left_out in 0..core.len() {
                let mut fewer = core.clone();
                fewer.remove(left_out);
                let rest = only(system, &fewer);
                match solve(&rest) {
                    Answer::Holds(point) => prop_assert!(holds_everywhere(&rest, &point)),
                    other => prop_assert!(false, "{other:?} without {left_out} of {core:?}"),
                }
            }
            // A whole small grid has no point of it.
            let rest = only(system, &core);
            for n in 0..11i64.pow(4) {
                let digits = [n % 11, n / 11 % 11, n / 121 % 11, n / 1331];
                let point = digits.map(|digit| Exact::from(digit - 5));
                prop_assert!(!holds_everywhere(&rest, &point));
            }
        }
        Answer::Unsure => prop_assert!(false, "unsure of {system:?}"),
    }
    Ok(())
}

proptest! {
    #![proptest_config(crate::common::random(64))]

    #[test]
    fn every_small_system_is_decided_and_proved(system in systems(0)) {
        judge(&system)?;
    }

    #[test]
    fn mixed_magnitudes_do_not_mislead(system in systems(12)) {
        judge(&system)?;
    }

    #[test]
    fn nothing_below_the_least_satisfies_the_constraints(
        system in systems(3),
        objective in prop::collection::vec((0..4usize, -3i64..=3), 1..4),
        tried in prop::collection::vec(-9i64..=9, 4),
    ) {
        let objective: Vec<_> = objective
            .into_iter()
            .map(|(place, factor)| (place, Exact::from(factor)))
            .collect();
        let value_at = |point: &[Exact]| {
            let bound = Exact::default();
            Constraint { terms: objective.clone(), relation: Relation::Equal, bound }.sum(point)
        };
        match least(&system, &objective) {
            Least::At { value, at, reached } => {
                prop_assert_eq!(value_at(&at), value.clone());
                prop_assert!(!reached || holds_everywhere(&system, &at));
                let tried: Vec<_> = tried.into_iter().map(Exact::from).collect();
                prop_assert!(!holds_everywhere(&system, &tried) || value_at(&tried) >= value);
                // It comes as near to the least as is asked.
                let mut near = system.clone();
                near.constraints.push(Constraint {
                    terms: objective.clone(),
                    relation: Relation::Below,
                    bound: value + Exact::pow10(-3),
                });
                prop_assert!(!matches!(solve(&near), Answer::Clash(_)));
            }
            Least::Unbounded => {
                let mut low = system.clone();
                low.constraints.push(Constraint {
                    terms: objective.clone(),
                    relation: Relation::AtMost,
                    bound: Exact::from(-1_000_000),
                });
                prop_assert!(matches!(solve(&low), Answer::Holds(_)));
            }
            Least::Clash(core) => prop_assert!(matches!(
                solve(&only(&system, &core)),
                Answer::Clash(_)
            )),
            Least::Unsure => prop_assert!(false, "unsure of {system:?}"),
        }
    }
}
