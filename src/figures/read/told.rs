//! What rows of a sheet told, and what those that are no figures leave behind: problems once each,
//! and whom a row names. A row in, a record or a doubt of a list out. Never a figure.

use std::collections::BTreeSet;

use super::{RowCx, normal_period};
use crate::figures::Submission;
use crate::figures::doubt::{Doubt, of_members};
use crate::figures::problem::{FigureProblem, ProblemCode};
use crate::figures::table::{Column, Row};
use crate::fold::fold_width;
use crate::model::{ClassId, EntityId, IndicatorId, Measure, Model};
use crate::period::Period;

/// Problems of cells that several figures share: a header, or the name of a row. Told once.
#[derive(Default)]
pub(super) struct Told {
    header: BTreeSet<(usize, usize, ProblemCode)>,
    line: usize,
    row: BTreeSet<(usize, ProblemCode)>,
    /// Whether a form of these rules it is was asked already.
    pub(super) is_form_told: bool,
    /// Classes of records that rows were about.
    classes: BTreeSet<ClassId>,
    /// Rows that could not even be told apart.
    n_lost: usize,
}

impl Told {
    pub(super) fn is_new(&mut self, row: &Row, problem: &FigureProblem) -> bool {
        let FigureProblem {
            line, column, code, ..
        } = *problem;
        if line != row.line {
            return self.header.insert((line, column, code));
        }
        if self.line != line {
            self.line = line;
            self.row.clear();
        }
        // The cell of a figure is its own.
        row.place(Column::Value).column == column || self.row.insert((column, code))
    }

    /// A problem of the table that may have cost a row.
    pub(super) fn lose(&mut self, problem: &FigureProblem) {
        use ProblemCode::{Breakdown, Encoding, Entity, Row};
        let is_row = matches!(problem.code, Row | Entity | Breakdown | Encoding);
        self.n_lost += usize::from(is_row && !problem.is_warning);
    }

    /// Leaves lists and classes open of which rows were lost.
    pub(super) fn doubt(&self, submission: &mut Submission, model: &Model, is_empty: bool) {
        if self.n_lost == 0 {
            return;
        }
        submission.has_lost_row = true;
        let is_its = |id: &ClassId| is_empty || self.classes.contains(id);
        let classes = model.classes.iter();
        let lists = classes.filter(|(id, class)| class.owner.is_some() && is_its(id));
        let lists = lists.map(|(id, _)| Doubt::of(id));
        for doubt in lists.chain(of_members(model)) {
            submission.doubt(doubt);
        }
    }
}

impl RowCx<'_> {
    /// Notes what the row is about: a record, or a body.
    pub(super) fn note_class(&self, submission: &Submission, told: &mut Told) {
        let text = self.row.text(Column::Indicator);
        let id = submission.remembered.indicators.get(text);
        let class = id.and_then(|id| self.record_class(*id));
        told.classes.extend(class.map(|(class, _)| class));
    }

    /// Takes a row without a figure: whom it names is in a list.
    pub(super) fn name(&mut self, submission: &mut Submission) {
        let id = match self.is_of_form() {
            true => None,
            false => self.known_indicator(submission),
        };
        let lists = id.and_then(|id| Some((id, self.record_class(id)?)));
        let Some((id, (class, owners))) = lists else {
            self.problems.clear();
            return;
        };
        let period = self.known_period(submission, Column::Period);
        let doubt = Doubt {
            period,
            is_read: period.is_some(),
            ..Doubt::of(class)
        };
        if !self.has_record_name(submission) {
            // Whoever it names is somebody, and nobody else.
            let text = self.row.text(Column::Entity);
            let known = self.owner(submission, owners);
            let owner = known.or_else(|| self.named(submission, text, Some(owners)));
            submission.doubt(Doubt { owner, ..doubt });
            return;
        }
        let record = self.known_entity(submission, id);
        // Under a header that names periods a blank cell may say that it was not there.
        let is_own = self.row.place(Column::Period).line == self.row.line;
        match (record, period) {
            (Some(record), Some(period)) if !is_own => {
                let owner = submission.entities[record].part_of;
                submission.doubt(Doubt {
                    owner,
                    record: Some(record),
                    period: Some(period),
                    ..doubt
                });
            }
            _ => self.refused(submission, id, (record, period)),
        }
    }

    /// Keeps of a row that is no figure whom it names.
    pub(super) fn refused(
        &self,
        submission: &mut Submission,
        id: IndicatorId,
        (record, period): (Option<EntityId>, Option<Period>),
    ) {
        let Some((class, owners)) = self.record_class(id) else {
            let members = record.is_none().then(|| of_members(self.model));
            for doubt in members.into_iter().flatten() {
                submission.doubt(Doubt { period, ..doubt });
            }
            return;
        };
        if let (Some(record), Some(period)) = (record, period) {
            let indicator = &self.model.indicators[id];
            let normal = normal_period(indicator, Measure::Level, period);
            submission.name_record(record, period);
            submission.name_record(record, normal);
            return;
        }
        let owner = match record {
            Some(record) => submission.entities[record].part_of,
            None => self.owner(submission, owners),
        };
        submission.doubt(Doubt {
            owner,
            record,
            period,
            ..Doubt::of(class)
        });
    }

    /// Keeps of a row whose quantity is not known which record it names.
    pub(super) fn nameless(&mut self, submission: &mut Submission) {
        let mut owners = self.model.classes.values().filter_map(|class| class.owner);
        let owners: BTreeSet<ClassId> = owners.by_ref().collect();
        if owners.is_empty() || !self.has_record_name(submission) {
            return;
        }
        let text = self.row.text(Column::Entity);
        let apart = || self.apart(submission, text).map(|(_, name)| name);
        let name = match (self.row.text(Column::Record), self.row.text(Column::PartOf)) {
            ("", "") => apart().unwrap_or_default(),
            ("", _) => text.to_owned(),
            (name, _) => name.to_owned(),
        };
        let mut owners = owners.into_iter();
        let owner = owners.find_map(|class| self.owner(submission, class));
        let period = self.known_period(submission, Column::Period);
        submission.doubt(Doubt {
            class: None,
            owner,
            record: None,
            period,
            name: Some(fold_width(&name)),
            is_read: false,
        });
    }

    /// Whether the row names a record, in a cell of its own or by its whole name.
    fn has_record_name(&self, submission: &Submission) -> bool {
        let text = self.row.text(Column::Entity);
        let is_said = |column| !self.row.text(column).is_empty();
        is_said(Column::Record)
            || is_said(Column::PartOf) && !text.is_empty()
            || self.apart(submission, text).is_some()
    }

    /// Whose list it would be, as far as the row names one who is known.
    fn owner(&self, submission: &Submission, owners: ClassId) -> Option<EntityId> {
        let text = self.row.text(Column::Entity);
        let apart = self.apart(submission, text).map(|(owner, _)| owner);
        let part_of = self.row.text(Column::PartOf);
        let names = apart.as_deref().into_iter().chain([part_of, text]);
        let mut found = names.filter_map(|name| submission.entity_named(name));
        let default = || self.model.pack.entity.filter(|_| text.is_empty());
        let is_owner = |id: &EntityId| {
            let mut classes = submission.entities[*id].classes();
            classes.any(|class| class == owners)
        };
        found.find(is_owner).or_else(|| default().filter(is_owner))
    }
}
