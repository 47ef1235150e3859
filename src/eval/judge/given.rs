//! The row of answers that are known already. Looks at no figure.

use super::{Goal, Judge};
use crate::eval::Row;
use crate::eval::columns::Marks;
use crate::eval::run::Settled;
use crate::model::EntityId;
use crate::set::Truth;
use crate::verdict::{Cause, Causes};

impl Judge<'_> {
    /// The row of a goal and a condition whose answers are known.
    pub(in crate::eval) fn row_of(
        &self,
        entity: EntityId,
        is_early: bool,
        goal: Truth,
        condition: Option<Truth>,
    ) -> Row {
        let causes = |truth: Truth| match truth {
            Truth::Unknown => Cause::Missing.into(),
            _ => Causes::NONE,
        };
        let answer = Goal {
            truth: goal,
            causes: causes(goal),
            marks: Marks::NONE,
            judged: None,
        };
        let applies = condition.map(|truth| Settled {
            truth,
            causes: causes(truth),
            marks: Marks::NONE,
            rows: Vec::new(),
        });
        let mut row = self.row(entity, self.clocks.period);
        self.decide(&mut row, &answer, applies.as_ref(), is_early);
        self.waive(&mut row);
        row
    }
}
