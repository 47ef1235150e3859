//! Clauses that differ between two packs, in what one row rests on.
//!
//! The items of both packs go in; pairs of texts come out, as they are written. Says what differs,
//! never what it did.

use std::collections::BTreeSet;

use super::Factor;
use super::mixed::{Packs, Piece, Pieces, is_method, is_of_a_kind, one_line};
use crate::compare::Change;
use crate::program::Program;
use crate::syntax::ast::{Clause, ClauseKind};

/// A clause that one pack has and the other has not, or has otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseChange {
    /// What it belongs to: definition, rule or method.
    pub factor: Factor,
    /// The id of the item.
    pub item: String,
    /// As it was; absent where there was none.
    pub was: Option<String>,
    /// As it is; absent where there is none.
    pub now: Option<String>,
}

/// Kinds of items, as the packs number them.
const PACK: u8 = 0;
const INDICATOR: u8 = 2;
const RULE: u8 = 4;
const DEFINE: u8 = 5;

impl Packs<'_> {
    /// The clauses that differ in what a row rests on: its rule, the head of the pack, and the
    /// indicators and quantities that the rule names. Only those of factors that did it.
    pub(super) fn clauses(
        &self,
        change: &Change,
        was: &Program,
        now: &Program,
        factors: &BTreeSet<Factor>,
    ) -> Vec<ClauseChange> {
        let mut items = vec![(RULE, change.rule.clone()), (PACK, String::new())];
        let mut named = BTreeSet::new();
        for program in [was, now] {
            let mut rules = program.model.rules.iter();
            let Some((id, _)) = rules.find(|(_, rule)| rule.id == change.rule) else {
                continue;
            };
            let roots = &program.rules[id];
            let all = [
                Some(&roots.goal),
                roots.condition.as_ref(),
                roots.reached.as_ref(),
                roots.subject.as_ref(),
            ];
            for root in all.into_iter().flatten() {
                named.extend(root.inputs.iter().map(|input| {
                    let indicator = program.inputs[*input].figure.indicator;
                    (INDICATOR, program.model.indicators[indicator].id.clone())
                }));
                let defines = root
                    .terms
                    .iter()
                    .filter_map(|term| program.terms[*term].define);
                named.extend(defines.map(|id| (DEFINE, program.model.defines[id].id.clone())));
            }
        }
        items.extend(named);
        let mut found = Vec::new();
        for name in items {
            let (kind, id) = (name.0, name.1.as_str());
            let (was, now) = (self.was.find(kind, id), self.now.find(kind, id));
            self.of_item(&name, was, now, &mut found);
        }
        found.retain(|change| factors.contains(&change.factor));
        found
    }

    fn of_item(
        &self,
        (kind, name): &(u8, String),
        was: Option<&Piece>,
        now: Option<&Piece>,
        found: &mut Vec<ClauseChange>,
    ) {
        let Some(any) = was.or(now) else { return };
        let item = if *kind == PACK {
            "pack".to_owned()
        } else {
            name.clone()
        };
        if *kind == DEFINE {
            let text = |pieces: &Pieces<'_>, piece: Option<&Piece>| {
                piece.map(|piece| one_line(pieces.sources.slice(piece.span)))
            };
            let (was, now) = (text(&self.was, was), text(&self.now, now));
            if was != now {
                let factor = any.factor;
                found.push(ClauseChange {
                    factor,
                    item,
                    was,
                    now,
                });
            }
            return;
        }
        let clauses = |piece: Option<&Piece>| -> Vec<Clause> {
            let all = piece.map_or(&[][..], |it| it.clauses.as_slice());
            all.iter()
                .filter(|clause| !is_name(clause))
                .cloned()
                .collect()
        };
        let (mut old, mut new) = (clauses(was), clauses(now));
        let text_was = |clause: &Clause| one_line(self.was.sources.slice(clause.span));
        let text_now = |clause: &Clause| one_line(self.now.sources.slice(clause.span));
        // What both say alike is taken out, then the rest is set side by side.
        old.retain(|clause| {
            let same = new
                .iter()
                .position(|other| text_now(other) == text_was(clause));
            same.map(|at| new.remove(at)).is_none()
        });
        for clause in old {
            let twin = new.iter().position(|other| is_of_a_kind(other, &clause));
            let twin = twin.map(|at| new.remove(at));
            found.push(ClauseChange {
                factor: factor_of(&clause, any),
                item: item.clone(),
                was: Some(text_was(&clause)),
                now: twin.as_ref().map(text_now),
            });
        }
        found.extend(new.iter().map(|clause| ClauseChange {
            factor: factor_of(clause, any),
            item: item.clone(),
            was: None,
            now: Some(text_now(clause)),
        }));
    }
}

/// Whether a clause only names, cites or remarks: it changes no answer.
fn is_name(clause: &Clause) -> bool {
    matches!(
        clause.kind,
        ClauseKind::En(_)
            | ClauseKind::Zh(_)
            | ClauseKind::Note(_)
            | ClauseKind::Cite { .. }
            | ClauseKind::Owner(_)
            | ClauseKind::Category(_)
    )
}

fn factor_of(clause: &Clause, piece: &Piece) -> Factor {
    if is_method(clause) {
        Factor::Method
    } else {
        piece.factor
    }
}
