//! Rows of forms that `plumbrule template` wrote: a row that nobody filled in is no figure and no
//! problem, and a form of other rules is told. Never looks at a value.

use super::RowCx;
use crate::figures::problem::{FigureProblem, ProblemCode};
use crate::figures::table::Column;
use crate::message::Message;
use crate::model::Model;

/// Digits of the digest that a form carries.
const DIGITS: usize = 16;

/// What the cells of a form that are filled in hold, the value aside.
const FILLED: [Column; 7] = [
    Column::Qualifier,
    Column::Status,
    Column::Source,
    Column::Section,
    Column::Published,
    Column::Quote,
    Column::Note,
];

/// The mark of a form of these rules: the id of the pack and the start of the digest of its files.
pub(crate) fn form_mark(model: &Model) -> String {
    let digest = &model.pack.digest;
    let digits = digest
        .rsplit_once(':')
        .map_or(digest.as_str(), |(_, it)| it);
    let digits: String = digits.chars().take(DIGITS).collect();
    format!("{}@{digits}", model.pack.id)
}

impl RowCx<'_> {
    /// Whether the row is one of a form.
    pub(super) fn is_of_form(&self) -> bool {
        !self.row.text(Column::Form).is_empty()
    }

    /// Whether nobody filled the row of a form in.
    pub(super) fn is_unfilled(&self) -> bool {
        let is_blank = |column: Column| self.row.text(column).is_empty();
        self.is_of_form() && is_blank(Column::Value) && FILLED.into_iter().all(is_blank)
    }

    /// What is to be said of a form that was made for other rules.
    pub(super) fn foreign_form(&self) -> Option<FigureProblem> {
        let found = self.row.text(Column::Form);
        if found.is_empty() || found == form_mark(self.model) {
            return None;
        }
        let pack = found.rsplit_once('@').map_or(found, |(pack, _)| pack);
        let shown: String = pack.chars().take(60).collect();
        let new = |key| self.problem(ProblemCode::Table, key, Column::Form);
        let problem = if pack == self.model.pack.id {
            new("figure-form-version").with("found", shown)
        } else {
            new("figure-form-pack")
                .with("found", shown)
                .with("pack", self.model.pack.id.as_str())
        };
        let mut problem = problem.maybe_help(Some(Message::new("help-form")));
        problem.is_warning = true;
        Some(problem)
    }
}
