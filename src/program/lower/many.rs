//! What is said of many bodies at once, as terms: a checked expression goes in, one aggregate for all
//! who ask the same comes out.

use std::collections::BTreeMap;

use super::{Cx, root};
use crate::model::{Aggregate, Expr, Fold, Members};
use crate::program::{AggregateProgram, InputId, TermId, TermKind};
use crate::syntax::ast::PeriodRef;

/// What makes two expressions over many bodies the same.
pub(super) type AggregateKey = (Fold, Members, TermId, Option<TermId>, PeriodRef);

impl Cx<'_> {
    /// What is said of many bodies: the operand is written out once, for whoever it is asked of.
    pub(super) fn aggregate(
        &mut self,
        aggregate: &Aggregate,
        at: PeriodRef,
        expr: &Expr,
    ) -> TermId {
        let term = self.expr(&aggregate.operand, at);
        let mut part = |part: &Option<Expr>| part.as_ref().map(|part| self.expr(part, at));
        let (filter, complete) = (part(&aggregate.filter), part(&aggregate.complete));
        // Lists of records are those of a period; who is in a class is not.
        let has_lists = self.model.classes[aggregate.members.class].owner.is_some();
        let at = match has_lists {
            true => at,
            false => PeriodRef::Relative(0),
        };
        let (fold, members) = (aggregate.fold.clone(), aggregate.members.clone());
        let key = (fold, members, term, filter, at);
        if let Some(known) = self.aggregate_terms.get(&key) {
            return *known;
        }
        let root_of = |term: TermId| root(&self.terms, &self.aggregates, term);
        let (root, filter) = (root_of(term), filter.map(root_of));
        let is_fixed = |input: &InputId| self.inputs[*input].figure.entity.is_some();
        let is_outer = |term: &TermId| match self.terms[*term].kind {
            TermKind::Aggregate(id) => !self.aggregates[id].members.is_own,
            _ => false,
        };
        let is_shared = std::iter::once(&root)
            .chain(&filter)
            .any(|root| root.inputs.iter().any(is_fixed) || root.terms.iter().any(is_outer));
        let complete = complete.map(root_of);
        let is_repeated = self.repeats(term, &mut BTreeMap::new());
        let id = self.aggregates.push(AggregateProgram {
            fold: aggregate.fold.clone(),
            members: aggregate.members.clone(),
            root,
            filter,
            complete,
            at,
            is_repeated,
            is_shared,
        });
        let term = self.push(TermKind::Aggregate(id), expr);
        self.aggregate_terms.insert(key, term);
        term
    }
}
