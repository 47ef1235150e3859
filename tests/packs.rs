//! Every folder of `rules` that is no library is a pack: it compiles, its tests hold, it is
//! formatted and each target says where it stands. Every folder of `fixtures/published` loads.

use std::collections::BTreeMap;
use std::fs;

use plumbrule::message::Lang;
use plumbrule::model::RuleKind;
use plumbrule::report::width;
use plumbrule::syntax::format;
use plumbrule::testing::run_tests;

use crate::{common, repository};

/// Folders of `rules` without rules: what packs use.
const LIBRARIES: [&str; 2] = ["std", "places"];

/// Folders of `rules` that hold packs; the standard library is in every one of them.
fn packs() -> Vec<String> {
    let mut found = repository::folders("rules");
    found.retain(|name| !LIBRARIES.contains(&name.as_str()));
    assert!(!found.is_empty());
    found
}

#[test]
fn packs_compile_without_a_word() {
    for pack in packs() {
        let program = repository::program(&pack);
        assert!(!program.rules.is_empty(), "{pack} has no rule");
        assert_eq!(
            program.model.pack.id, pack,
            "a pack is called as its folder"
        );
    }
}

#[test]
fn what_packs_expect_of_themselves_holds() {
    for pack in packs() {
        let program = repository::program(&pack);
        let results = run_tests(&program);
        assert!(!results.is_empty(), "{pack} has no test");
        let failed: Vec<String> = results
            .iter()
            .flat_map(|result| {
                result.failures.iter().map(|(span, message)| {
                    let (line, _) = program.sources.line_column(span.source, span.start);
                    let file = program.sources.name(span.source);
                    format!(
                        "{file}:{line} {}: {}",
                        result.title.render(Lang::En),
                        message.render(Lang::En)
                    )
                })
            })
            .collect();
        assert!(failed.is_empty(), "{failed:#?}");
    }
}

#[test]
fn every_target_of_a_pack_is_tested() {
    for pack in packs() {
        let program = repository::program(&pack);
        let mut expected = std::collections::BTreeSet::new();
        for case in &program.model.tests {
            for expect in &case.expect {
                if let plumbrule::model::Expected::Rule(rule) = expect.of {
                    expected.insert(rule);
                }
            }
        }
        let untested: Vec<&str> = program
            .model
            .rules
            .iter()
            .filter(|(id, _)| !expected.contains(id))
            // The checks of a used pack are tested where they stand.
            .filter(|(_, rule)| {
                let file = program.sources.name(rule.span.source);
                file.starts_with(&format!("rules/{pack}/"))
            })
            // Rows of a table are alike; each form of them is tested below.
            .filter(|(_, rule)| !program.sources.is_table(rule.span.source))
            .map(|(_, rule)| rule.id.as_str())
            .collect();
        assert!(untested.is_empty(), "{pack}: {untested:?}");
        let rows = program.model.rules.iter();
        let rows = rows.filter(|(_, rule)| program.sources.is_table(rule.span.source));
        let mut forms: BTreeMap<String, bool> = BTreeMap::new();
        for (id, rule) in rows {
            let kind = rule.sort.as_ref().map_or("", |sort| sort.en.as_str());
            let timing = format!("{:?} {:?}", rule.when, rule.deadline);
            for form in [
                kind.to_owned(),
                format!("{} {timing}", rule.modality.word()),
            ] {
                *forms.entry(form).or_default() |= expected.contains(&id);
            }
        }
        let untested = forms.iter().filter(|(_, is_tested)| !**is_tested);
        let untested: Vec<&String> = untested.map(|(form, _)| form).collect();
        assert!(untested.is_empty(), "{pack}: {untested:?}");
    }
}

#[test]
fn rule_files_are_formatted() {
    for folder in repository::folders("rules") {
        for path in common::files(&format!("rules/{folder}"), &[".plumb"]) {
            let text = fs::read_to_string(common::root(&path)).unwrap();
            let formatted = format(&text, None, &plumbrule::functions::name_in).unwrap();
            let differs = formatted
                .lines()
                .zip(text.lines())
                .find(|(right, found)| right != found);
            assert_eq!(differs, None, "{path}: run `plumbrule fmt rules`");
            assert_eq!(
                formatted.len(),
                text.len(),
                "{path}: run `plumbrule fmt rules`"
            );
        }
    }
}

#[test]
fn every_target_quotes_its_source_and_speaks_both_languages() {
    for pack in packs() {
        let program = repository::program(&pack);
        for rule in program.model.rules.values() {
            let id = &rule.id;
            for text in [&rule.label.zh, &rule.label.en] {
                assert!(!text.is_empty(), "{id} has no name in one language");
            }
            assert_ne!(rule.label.zh, rule.label.en, "{id} has one name only");
            // A pack of law cites articles of texts that are not held here.
            let is_law = program.model.rules.values().any(|it| it.decision.is_some());
            if is_law {
                let decision = rule.decision.iter().flat_map(|known| &known.versions);
                let is_cited = |case: &plumbrule::model::Case| {
                    !case.citations.is_empty() || !case.notes.is_empty()
                };
                for case in decision.flat_map(|version| &version.cases) {
                    assert!(is_cited(case), "{id}: {} names no article", case.id);
                }
            } else if rule.kind == RuleKind::Target {
                assert!(!rule.citations.is_empty(), "{id} cites nothing");
                for citation in &rule.citations {
                    assert!(!citation.quote.is_empty(), "{id} quotes nothing");
                    assert!(citation.line.is_some(), "{id} names no line");
                }
            }
        }
        for indicator in program.model.indicators.values() {
            let label = &indicator.label;
            assert_ne!(label.zh, label.en, "{} has one name only", indicator.id);
        }
    }
}

#[test]
fn published_figures_load_without_any_problem() {
    let program = repository::program("nip-2021");
    let submission = repository::fixtures(&program);
    let problems: Vec<String> = submission
        .problems
        .iter()
        .map(|it| format!("{}:{} {}", it.file, it.line, it.message.render(Lang::En)))
        .collect();
    assert!(problems.is_empty(), "{problems:#?}");
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for claim in submission.claims.values() {
        assert_eq!(claim.state, plumbrule::figures::ClaimState::Good);
        *counts.entry(submission.text(claim.source)).or_default() += 1;
    }
    let expected = [
        ("dcr-2023", 500),
        ("dcr-2025", 405),
        ("nip-2021", 44),
        ("nir-2023", 722),
        ("nir-2024", 499),
    ];
    assert_eq!(counts, expected.into_iter().collect());
}

#[test]
fn every_published_figure_can_be_found_in_its_document() {
    let program = repository::program("nip-2021");
    let submission = repository::fixtures(&program);
    for claim in submission.claims.values() {
        let file = submission.text(claim.place.file);
        let place = format!("{file}:{}", claim.place.line);
        let source = submission.text(claim.source);
        assert_eq!(
            file,
            format!("fixtures/published/{source}/figures.tsv"),
            "{place}"
        );
        assert!(width(submission.text(claim.quote)) > 0, "{place}");
        assert!(
            submission.text(claim.source_line).parse::<u32>().is_ok(),
            "{place}"
        );
        assert!(claim.published.is_some(), "{place}");
    }
}

#[test]
fn baselines_of_the_plan_are_printed_in_the_plan() {
    // A target's `from` against the row of the table that the plan prints.
    let program = repository::program("nip-2021");
    let submission = repository::fixtures(&program);
    let mut n = 0;
    for rule in program.model.rules.values() {
        let Some(level) = &rule.level else { continue };
        let Some(baseline) = &rule.baseline else {
            continue;
        };
        let plumbrule::model::ExprKind::Figure(figure) = &level.subject.kind else {
            continue;
        };
        let entity = program.model.pack.entity.unwrap();
        let printed: Vec<_> = submission
            .claims_at(figure, baseline.period, entity)
            .iter()
            .filter(|(_, id)| submission.text(submission.claims[*id].source) == "nip-2021")
            .collect();
        assert!(!printed.is_empty(), "{}", rule.id);
        for (_, id) in printed {
            assert_eq!(
                submission.claims[*id].exact.as_point(),
                Some(&baseline.value),
                "{}",
                rule.id
            );
        }
        n += 1;
    }
    assert_eq!(n, 18);
}
