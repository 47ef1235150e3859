//! Cells of a row to ids: indicator, definition, basis, measure, entity, period.

use super::{RowCx, basis_in};
use crate::figures::Submission;
use crate::figures::problem::ProblemCode;
use crate::figures::table::Column;
use crate::message::{Arg, Message};
use crate::model::{EntityId, Indicator, IndicatorId, Measure, Name, parts_of};
use crate::period::Period;

/// Entities that are all told where none has a near name.
const MOST_ENTITIES: usize = 8;

impl RowCx<'_> {
    pub(super) fn indicator(&mut self) -> Option<IndicatorId> {
        let text = self.row.text(Column::Indicator);
        let meant = self.model.names.lookup(text);
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

    pub(super) fn entity(&mut self, submission: &mut Submission, text: &str) -> Option<EntityId> {
        if text.is_empty() {
            let default = self.model.pack.entity;
            if default.is_none() {
                let problem = self.problem(ProblemCode::Entity, "figure-no-entity", Column::Entity);
                let help = Message::new("help-default-entity");
                self.problems.push(problem.maybe_help(Some(help)));
            }
            return default;
        }
        if let Some(id) = submission.entity_named(text) {
            return Some(id);
        }
        let kind = self.row.text(Column::EntityKind);
        let mut open = self.model.classes.iter().filter(|(_, class)| class.is_open);
        let class = if kind.is_empty() {
            // Without a column that says so, an entity can only be of the one open class.
            open.next().filter(|_| open.next().is_none())
        } else {
            open.find(|(_, class)| {
                class.id == kind || class.label.zh == kind || class.label.en == kind
            })
        };
        if let Some((class, _)) = class {
            let id = submission.entities.push(crate::model::Entity {
                id: text.to_owned(),
                label: crate::message::Label::same(text),
                class: Some(class),
                part_of: None,
                further: None,
                span: self.model.classes[class].span,
            });
            submission.entity_ids.insert(text.to_owned(), id);
            return Some(id);
        }
        let near = crate::fold::nearest(text, submission.entity_ids.keys().map(String::as_str));
        let help = match near {
            Some((name, _)) => Some(Message::new("help-nearest").with("name", name)),
            None => {
                let known = submission.entities.values().take(MOST_ENTITIES + 1);
                let names: Vec<Arg> = known.map(|one| Arg::Label(one.label.clone())).collect();
                let is_told = (1..=MOST_ENTITIES).contains(&names.len());
                is_told.then(|| Message::new("help-known-names").with("names", Arg::List(names)))
            }
        };
        let problem = self
            .problem(ProblemCode::Entity, "figure-entity", Column::Entity)
            .with("found", text)
            .maybe_help(help);
        self.problems.push(problem);
        None
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
