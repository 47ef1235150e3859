//! Cells of a row to a record in somebody's list: who has the list, and which record it is. A name
//! need only be known within its list. Never takes two records of two lists for one.

use std::collections::BTreeMap;

use super::RowCx;
use crate::figures::problem::{FigureProblem, ProblemCode};
use crate::figures::table::Column;
use crate::figures::{ClaimPlace, Statuses, Submission, TextId};
use crate::fold::fold_width;
use crate::message::{Arg, Label, Message};
use crate::model::{ClassId, Entity, EntityId, FigureRef, IndicatorId};
use crate::period::Period;

/// What two rows that are alike have in common: whose list, and each figure as it stands there.
type Alike = (
    Option<EntityId>,
    Vec<(FigureRef, Period, [TextId; 6], Statuses)>,
);

/// Warns of rows of a file that are records without a name and say the same.
pub(super) fn tell_alike(submission: &mut Submission, name: &str, n_claims: usize) {
    let mut rows: BTreeMap<EntityId, (Alike, ClaimPlace)> = BTreeMap::new();
    for claim in submission.claims.values().skip(n_claims) {
        if !submission.remembered.rows.contains(&claim.entity) {
            continue;
        }
        let owner = submission.entities[claim.entity].part_of;
        let row = rows.entry(claim.entity);
        let ((_, said), _) = row.or_insert_with(|| ((owner, Vec::new()), claim.place));
        let texts = [
            claim.printed,
            claim.unit,
            claim.source,
            claim.note,
            claim.source_line,
            claim.quote,
        ];
        said.push((claim.figure.clone(), claim.window, texts, claim.statuses));
    }
    let mut first: BTreeMap<Alike, ClaimPlace> = BTreeMap::new();
    let mut found = Vec::new();
    for (alike, place) in rows.into_values() {
        let Some(before) = first.get(&alike) else {
            first.insert(alike, place);
            continue;
        };
        let line = place.line as usize;
        let code = ProblemCode::RecordName;
        let mut problem = FigureProblem::new(code, "figure-records-alike", name, line, 0)
            .with("line", before.line as usize)
            .maybe_help(Some(Message::new("help-records-alike")));
        submission.text(place.sheet).clone_into(&mut problem.sheet);
        problem.is_warning = true;
        found.push(problem);
    }
    submission.problems.extend(found);
}

/// Between a body and the name of a record in its list.
const OF: char = '/';

/// What a record of a list is called: its id and its label, by those of the body.
pub(in crate::figures) fn called(owner: &Entity, name: &str) -> (String, Label) {
    let of = |label: &str| format!("{label}{OF}{name}");
    let label = Label {
        zh: of(&owner.label.zh),
        en: of(&owner.label.en),
    };
    (of(&owner.id), label)
}

impl RowCx<'_> {
    /// Whom a figure is about: a record in a list, or a body.
    pub(super) fn whom(
        &mut self,
        submission: &mut Submission,
        indicator: IndicatorId,
        text: &str,
    ) -> Option<EntityId> {
        match self.record_class(indicator) {
            Some((class, owner)) => self.record(submission, (class, owner), text),
            None => {
                let class = self.model.indicators[indicator].class;
                self.entity(submission, text, class)
            }
        }
    }

    /// The class of records that an indicator is about, and the class of those who have lists.
    pub(super) fn record_class(&self, indicator: IndicatorId) -> Option<(ClassId, ClassId)> {
        let class = self.model.indicators[indicator].class?;
        Some((class, self.model.classes[class].owner?))
    }

    fn record(
        &mut self,
        submission: &mut Submission,
        (class, owner_class): (ClassId, ClassId),
        text: &str,
    ) -> Option<EntityId> {
        let row = self.row;
        let (mut owner_column, mut is_part) = (Column::Entity, false);
        let mut is_of_row = false;
        let (owner, name) = match (row.text(Column::Record), row.text(Column::PartOf)) {
            ("", "") => match self.apart(submission, text) {
                Some((owner, name)) => (owner, name),
                None if self.is_of_row() => {
                    is_of_row = true;
                    (text.to_owned(), self.place_name(submission))
                }
                None => return self.no_name(class, text),
            },
            ("", owner) if !text.is_empty() => {
                (owner_column, is_part) = (Column::PartOf, true);
                (owner.to_owned(), text.to_owned())
            }
            ("", _) => return self.no_name(class, text),
            (name, _) => (text.to_owned(), name.to_owned()),
        };
        let id = match is_part {
            true => self.named(submission, &owner, Some(owner_class))?,
            false => self.entity(submission, &owner, Some(owner_class))?,
        };
        let entity = &submission.entities[id];
        if !entity.classes().any(|own| own == owner_class) {
            let class = &self.model.classes[class];
            let owners = &self.model.classes[owner_class];
            let problem = self
                .problem(
                    ProblemCode::RecordOwner,
                    "figure-record-owner",
                    owner_column,
                )
                .with("entity", Arg::Label(entity.label.clone()))
                .with("class", &class.id)
                .with("owners", &owners.id);
            self.problems.push(problem);
            return None;
        }
        let found = self.in_list(submission, (id, class), &name);
        if is_of_row {
            submission.remembered.rows.extend(found);
        }
        found
    }

    /// The record of a name in a list; a new one where the list has none of it yet.
    fn in_list(
        &mut self,
        submission: &mut Submission,
        (owner, class): (EntityId, ClassId),
        name: &str,
    ) -> Option<EntityId> {
        let name = fold_width(name);
        // The whole name of a record may stand where its name in the list is enough.
        let own = format!("{}{OF}", submission.entities[owner].id);
        let name = name.strip_prefix(&own).unwrap_or(&name);
        let list = submission.records.get(&(owner, class));
        if let Some(id) = list.and_then(|list| list.get(name)) {
            return Some(*id);
        }
        let other = submission.entity_named(name).filter(|id| {
            let entity = &submission.entities[*id];
            entity.class == Some(class) && entity.part_of != Some(owner)
        });
        if let Some(whose) = other.and_then(|other| submission.entities[other].part_of) {
            let label = |id: EntityId| Arg::Label(submission.entities[id].label.clone());
            let problem = self
                .problem(
                    ProblemCode::RecordTwice,
                    "figure-record-twice",
                    Column::Record,
                )
                .with("found", name)
                .with("entity", label(owner))
                .with("known", label(whose))
                .maybe_help(Some(Message::new("help-record-twice")));
            self.problems.push(problem);
            return None;
        }
        let (id, label) = called(&submission.entities[owner], name);
        let found = submission.entities.push(Entity {
            id: id.clone(),
            label,
            class: Some(class),
            part_of: Some(owner),
            further: None,
            span: self.model.classes[class].span,
        });
        let list = submission.records.entry((owner, class)).or_default();
        list.insert(name.to_owned(), found);
        submission.entity_ids.entry(id).or_insert(found);
        Some(found)
    }

    /// The two parts of the whole name of a record: whose list, and its name there.
    pub(super) fn apart(&self, submission: &Submission, text: &str) -> Option<(String, String)> {
        let cut = |(at, _): (usize, &str)| Some((text.get(..at)?, text.get(at + 1..)?));
        let cuts = || text.match_indices(OF).filter_map(cut);
        let is_whole = |(owner, name): &(&str, &str)| !owner.is_empty() && !name.is_empty();
        if submission.entity_named(text).is_some_and(|id| {
            submission.entities[id].part_of.is_none() || !submission.came_with_figures(id)
        }) {
            return None;
        }
        let of_record = submission.entity_named(text);
        let of_record = of_record.and_then(|id| submission.entities[id].part_of);
        // The name of a record that is known names that one, whoever came since.
        let own = |owner: &str| {
            let found = submission.entity_named(owner);
            found.is_some_and(|id| of_record.is_none_or(|of| of == id))
        };
        let known = cuts().find(|(owner, _)| own(owner));
        let (owner, name) = known.or_else(|| cuts().next()).filter(is_whole)?;
        Some((owner.to_owned(), name.to_owned()))
    }

    /// Whether a row is a record: its figures are told apart by the header, and no column names
    /// records.
    fn is_of_row(&self) -> bool {
        let header = self.row.cells.get(Column::Indicator);
        header.is_some_and(|cell| cell.place.line != self.row.line)
            && !self.row.cells.contains(Column::Record)
    }

    /// The name of a record that has none: where it stands, which no other does.
    fn place_name(&self, submission: &Submission) -> String {
        let line = self.row.line;
        match submission.text(self.ids.1) {
            "" => format!("{}:{line}", self.file),
            sheet => format!("{}!{sheet}:{line}", self.file),
        }
    }

    fn no_name(&mut self, class: ClassId, text: &str) -> Option<EntityId> {
        let class = &self.model.classes[class];
        let owners = class
            .owner
            .map_or("", |owner| &self.model.classes[owner].id);
        let owner = if text.is_empty() { owners } else { text };
        let (column, whole) = match self.row.cells.contains(Column::Record) {
            true => (Column::Record, Message::new("help-record-blank")),
            false => {
                let whole = Message::new("help-record-name")
                    .with("class", &class.id)
                    .with("example", format!("{owner}{OF}1"));
                (Column::Entity, whole)
            }
        };
        let problem = self
            .problem(ProblemCode::RecordName, "figure-record-name", column)
            .with("class", &class.id)
            .maybe_help(Some(whole));
        self.problems.push(problem);
        None
    }
}
