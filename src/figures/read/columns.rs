//! Cells of a row to ids: indicator, definition, basis, measure, period.

use super::{RowCx, basis_in};
use crate::figures::problem::ProblemCode;
use crate::figures::table::Column;
use crate::fold::fold_tight;
use crate::message::Message;
use crate::model::{Indicator, IndicatorId, Kind, Measure, Name, parts_of};
use crate::period::Period;

impl RowCx<'_> {
    pub(super) fn indicator(&mut self) -> Option<IndicatorId> {
        let text = self.row.text(Column::Indicator);
        let names = &self.model.names;
        // Yearbooks set Chinese names apart with blanks.
        let tight = || fold_tight(text);
        let meant = names
            .lookup(text)
            .or_else(|| names.lookup(&tight()).filter(|_| !text.is_ascii()));
        if let Some(Name::Indicator(id)) = meant {
            return Some(id);
        }
        let near = self.model.names.nearest(text).filter(|_| !text.is_empty());
        let help = if let Some(Name::Define(id)) = meant {
            let name = self.model.defines[id].id.as_str();
            Some(Message::new("help-derived-given").with("name", name))
        } else if self.model.names.is_ambiguous(text) {
            Some(Message::new("help-ambiguous-name"))
        } else {
            near.map(|name| Message::new("help-nearest").with("name", name))
        };
        let problem = self
            .problem(
                ProblemCode::Indicator,
                "figure-indicator",
                Column::Indicator,
            )
            .with("found", text)
            .maybe_help(help);
        self.problems.push(problem);
        None
    }

    /// The canonical text of the breakdown.
    pub(super) fn breakdown(&mut self, indicator: &Indicator) -> Option<String> {
        let parts = parts_of(self.row.text(Column::Breakdown));
        match self.model.breakdown(indicator, &parts) {
            Ok(text) => Some(text),
            Err(fault) => {
                let problem = self
                    .problem(
                        ProblemCode::Breakdown,
                        "figure-breakdown",
                        Column::Breakdown,
                    )
                    .with("why", fault.message)
                    .maybe_help(fault.help);
                self.problems.push(problem);
                None
            }
        }
    }

    pub(super) fn definition(&mut self, indicator: &Indicator) -> Option<u16> {
        let text = self.row.text(Column::Definition);
        if text.is_empty() {
            return Some(0);
        }
        let is_it = |known: &crate::model::Definition| {
            known.id == text || known.label.zh == text || known.label.en == text
        };
        let at = indicator.definitions.iter().position(is_it);
        if at.is_none() {
            let names: Vec<&str> = indicator
                .definitions
                .iter()
                .map(|known| known.id.as_str())
                .filter(|id| !id.is_empty())
                .collect();
            let help =
                (!names.is_empty()).then(|| Message::new("help-known-names").with("names", names));
            let problem = self
                .problem(
                    ProblemCode::Definition,
                    "figure-definition",
                    Column::Definition,
                )
                .with("found", text)
                .with("indicator", &indicator.label)
                .maybe_help(help);
            self.problems.push(problem);
        }
        u16::try_from(at?).ok()
    }

    pub(super) fn basis(&mut self, indicator: &Indicator, period: Period) -> Option<u16> {
        let text = self.row.text(Column::Basis);
        if text.is_empty() {
            return Some(basis_in(indicator, period));
        }
        let at = indicator
            .bases
            .iter()
            .position(|known| known.id == text || known.label.zh == text || known.label.en == text);
        if at.is_none() {
            let names: Vec<&str> = indicator
                .bases
                .iter()
                .map(|known| known.id.as_str())
                .filter(|id| !id.is_empty())
                .collect();
            let help = match names.is_empty() {
                true => Message::new("help-declare-break").with("name", text),
                false => Message::new("help-known-names").with("names", names),
            };
            let problem = self
                .problem(ProblemCode::Basis, "figure-basis", Column::Basis)
                .with("found", text)
                .with("indicator", &indicator.label)
                .maybe_help(Some(help));
            self.problems.push(problem);
        }
        u16::try_from(at?).ok()
    }

    pub(super) fn measure(&mut self) -> Option<Measure> {
        let text = self.row.text(Column::Measure);
        if text.is_empty() {
            return Some(Measure::Level);
        }
        let by_word = Measure::ALL.into_iter().find(|known| known.word() == text);
        let found = by_word.or_else(|| self.model.words.measures.get(text).copied());
        if found.is_none() {
            let names: Vec<&str> = Measure::ALL.iter().map(|known| known.word()).collect();
            let problem = self
                .problem(ProblemCode::Measure, "figure-measure", Column::Measure)
                .with("found", text)
                .maybe_help(Some(Message::new("help-known-names").with("names", names)));
            self.problems.push(problem);
        }
        found
    }

    pub(super) fn period(&mut self, column: Column) -> Option<Period> {
        let text = self.row.text(column);
        match Period::parse(text, &self.model.words.periods) {
            Ok(period) => Some(period),
            Err(error) => {
                let problem = self
                    .problem(ProblemCode::Period, "figure-period", column)
                    .with("found", text)
                    .in_cell(text, error.at)
                    .maybe_help(Some(Message::new("help-period")));
                self.problems.push(problem);
                None
            }
        }
    }
}

/// The period that a claim answers: an end-of-December stock is the figure of its year.
pub(crate) fn normal_period(indicator: &Indicator, measure: Measure, window: Period) -> Period {
    if indicator.kind != Kind::Stock || measure != Measure::Level {
        return window;
    }
    let year = Period::Year(window.year());
    match window {
        Period::Month(_, 12) => year,
        Period::Day(day) if day == year.last_day() => year,
        other => other,
    }
}
