//! What is said of many bodies at once, as terms: a checked expression goes in, one aggregate for all
//! who ask the same comes out.

use std::collections::BTreeMap;

use super::{Cx, root};
use crate::model::{Aggregate, Expr, Fold, Members};
use crate::program::periods::within;
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
        let list = self.list_at(aggregate, at);
        let mut part = |part: &Option<Expr>, at| part.as_ref().map(|part| self.expr(part, at));
        let filter = part(&aggregate.filter, at);
        let complete = part(&aggregate.complete, list);
        let at = list;
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

    /// The period whose lists are meant: that of the figures that are read. Who is in a class that
    /// is no class of records is not a matter of periods.
    fn list_at(&self, aggregate: &Aggregate, at: PeriodRef) -> PeriodRef {
        if self.model.classes[aggregate.members.class].owner.is_none() {
            return PeriodRef::Relative(0);
        }
        let periods = aggregate.periods(self.model);
        // Where several are read, they are of the records of the one that is asked.
        match periods.first().filter(|_| periods.len() == 1) {
            Some((Some(period), years)) => {
                within(PeriodRef::Fixed(*period), PeriodRef::Relative(*years))
            }
            Some((None, years)) => within(at, PeriodRef::Relative(*years)),
            None => at,
        }
    }
}
