//! Every figure that a rule evaluates is followed to the rule, use by use.

use std::collections::BTreeSet;

use plumbrule::Sources;
use plumbrule::eval::Options;
use plumbrule::graph::{Change, Node, affected};
use plumbrule::program::Root;

#[test]
fn what_is_evaluated_is_followed_to_its_rule() {
    let mut sources = Sources::with_std();
    sources.add("timing", include_str!("../graph/timing.plumb"));
    let program = plumbrule::compile(&sources).unwrap();
    let mut reached = BTreeSet::new();
    for indicator in program.model.indicators.ids() {
        let change = Change {
            indicator,
            period: None,
        };
        for touched in affected(&program, &change, &Options::default()).touched {
            let Node::Rule(id) = touched.node else {
                continue;
            };
            let name = &program.model.rules[id].id;
            let lowered = &program.rules[id];
            let roots = std::iter::once(&lowered.goal)
                .chain(&lowered.condition)
                .chain(&lowered.reached)
                .chain(&lowered.subject);
            let evaluated: BTreeSet<_> = roots
                .flat_map(Root::reads)
                .map(|input| &program.inputs[input])
                .map(|input| (input.figure.clone(), input.at))
                .collect();
            for chain in &touched.chains {
                let figure = (chain.figure.clone(), chain.at);
                let is_baseline = program.model.rules[id]
                    .baseline
                    .as_ref()
                    .is_some_and(|_| !evaluated.contains(&figure));
                assert!(is_baseline || evaluated.contains(&figure), "{name}");
                let (first, last) = (chain.steps.first().unwrap(), chain.steps.last().unwrap());
                assert_eq!(first.used, Node::Indicator(indicator), "{name}");
                assert_eq!(last.user, Node::Rule(id), "{name}");
                for pair in chain.steps.windows(2) {
                    assert_eq!(pair[0].user, pair[1].used, "{name}");
                }
            }
            reached.insert(id);
        }
    }
    assert_eq!(reached.len(), program.model.rules.len());
}
