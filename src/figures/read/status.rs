//! What a row says of its figure besides the value: words of the status column go in, statuses and
//! absences with their places come out. Never takes a figure away that has a value.

use super::RowCx;
use crate::figures::problem::ProblemCode;
use crate::figures::table::Column;
use crate::figures::{Absence, ClaimPlace, Status, Statuses, Submission};
use crate::fold::{fold_width, nearest};
use crate::message::Message;
use crate::model::{EntityId, FigureRef};
use crate::period::Period;

impl RowCx<'_> {
    /// The statuses that the row names; a word that is not known is told, and left out.
    pub(super) fn statuses(&mut self) -> Statuses {
        let mut statuses = Statuses::default();
        if self.row.text(Column::Status).is_empty() {
            return statuses;
        }
        let text = fold_width(self.row.text(Column::Status));
        let known = &self.model.words.statuses;
        let find = |word: &str| {
            let word = word.trim().to_lowercase();
            let of_pack = known.get(&word).map(String::as_str);
            Status::from_word(of_pack.unwrap_or(&word))
        };
        if text.trim().is_empty() {
            return statuses;
        }
        if let Some(status) = find(&text) {
            statuses.add(status);
            return statuses;
        }
        let mut unknown = Vec::new();
        let parts = text.split([';', ',', '/', '\u{3001}']).map(str::trim);
        for part in parts.filter(|part| !part.is_empty()) {
            match find(part) {
                Some(status) => statuses.add(status),
                None => unknown.push(part.chars().take(40).collect::<String>()),
            }
        }
        if !unknown.is_empty() {
            let words = known.keys().map(String::as_str);
            let near = unknown.first().and_then(|word| nearest(word, words));
            let help = near.map(|(name, _)| Message::new("help-nearest").with("name", name));
            let mut problem = self
                .problem(ProblemCode::Status, "figure-status", Column::Status)
                .with("found", unknown.join(";"))
                .maybe_help(help);
            problem.is_warning = true;
            self.problems.push(problem);
        }
        statuses
    }

    /// Where the value of the row stands.
    pub(super) fn claim_place(&self) -> ClaimPlace {
        let place = self.row.place(Column::Value);
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        ClaimPlace {
            file: self.ids.0,
            sheet: self.ids.1,
            line: small(place.line),
            column: small(place.column),
        }
    }

    /// That there is no figure, and why.
    pub(super) fn absence(
        &self,
        submission: &mut Submission,
        (figure, entity, window): (FigureRef, EntityId, Period),
        statuses: Statuses,
    ) -> Absence {
        let indicator = &self.model.indicators[figure.indicator];
        let period = super::normal_period(indicator, figure.measure, window);
        Absence {
            figure,
            entity,
            period,
            statuses,
            printed: submission.text_id(self.row.text(Column::Value)),
            source: submission.text_id(self.row.text(Column::Source)),
            place: self.claim_place(),
        }
    }
}
