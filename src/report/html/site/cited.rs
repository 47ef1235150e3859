//! Which documents a site speaks of, and which rules are taken from each. Goes in: packs. Comes out:
//! documents by their places, each with its citations.

use std::collections::{BTreeMap, BTreeSet};

use super::places::Places;
use crate::model::{Citation, InstrumentId, Rule, RuleId};

/// A document with what cites it.
pub(super) struct Document {
    /// The first pack that knows it, and its id there.
    pub(super) pack: usize,
    pub(super) id: InstrumentId,
    /// Pack, rule and words of each citation.
    pub(super) cited: Vec<Cited>,
}

/// A place in a document that a rule is taken from.
pub(super) struct Cited {
    pub(super) pack: usize,
    pub(super) rule: RuleId,
    pub(super) section: String,
    pub(super) quote: String,
    pub(super) line: Option<String>,
}

impl Places<'_> {
    /// All documents that rules cite or stand under, or that a pack declares.
    pub(super) fn cited(&self) -> BTreeMap<String, Document> {
        let mut found: BTreeMap<String, Document> = BTreeMap::new();
        for n in 0..self.packs.len() {
            let model = &self.program(n).model;
            let own = model.instruments.iter();
            let own = own.filter(|(_, document)| self.program(n).is_own(document.span));
            let mut all: Vec<(InstrumentId, Option<Cited>)> =
                own.map(|(id, _)| (id, None)).collect();
            for id in self.rules(n) {
                let rule = &model.rules[id];
                for citation in citations(rule) {
                    let cited = Cited {
                        pack: n,
                        rule: id,
                        section: citation.section.clone(),
                        quote: citation.quote.clone(),
                        line: citation.line.clone(),
                    };
                    all.push((citation.instrument, Some(cited)));
                }
                let named = citations(rule).into_iter().map(|it| it.instrument);
                let named: BTreeSet<InstrumentId> = named.collect();
                let only_under = under(rule).into_iter().filter(|id| !named.contains(id));
                all.extend(only_under.map(|document| {
                    let cited = Cited {
                        pack: n,
                        rule: id,
                        section: String::new(),
                        quote: String::new(),
                        line: None,
                    };
                    (document, Some(cited))
                }));
            }
            for (id, cited) in all {
                let document =
                    found
                        .entry(self.document_place(n, id))
                        .or_insert_with(|| Document {
                            pack: n,
                            id,
                            cited: Vec::new(),
                        });
                document.cited.extend(cited);
            }
        }
        found
    }
}

/// All places that a rule is taken from.
fn citations(rule: &Rule) -> Vec<&Citation> {
    let mut found: Vec<&Citation> = rule.citations.iter().collect();
    let versions = rule.decision.iter().flat_map(|decision| &decision.versions);
    for version in versions {
        found.extend(version.cases.iter().flat_map(|case| &case.citations));
        let presumed = version.presumptions.iter();
        found.extend(presumed.flat_map(|one| &one.citations));
    }
    found
}

/// The texts under which a rule stands.
fn under(rule: &Rule) -> BTreeSet<InstrumentId> {
    let versions = rule.decision.iter().flat_map(|decision| &decision.versions);
    let all = versions.flat_map(|version| &version.under);
    rule.under.iter().chain(all).copied().collect()
}
