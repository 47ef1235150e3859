//! Cells of a row to whom it is about: a name, the class of one that is new, and what it is a part
//! of. Never guesses which of several a name means.

use super::RowCx;
use crate::figures::problem::ProblemCode;
use crate::figures::table::Column;
use crate::figures::{Submission, wholes_of};
use crate::fold::{fold_width, unspaced};
use crate::message::{Arg, Label, Message};
use crate::model::{Class, ClassId, Entity, EntityId};

/// Entities that are all told where none has a near name.
const MOST_ENTITIES: usize = 8;

impl RowCx<'_> {
    /// Whom the row is about; a new one is of the class, where that is known.
    pub(super) fn entity(
        &mut self,
        submission: &mut Submission,
        text: &str,
        class: Option<ClassId>,
    ) -> Option<EntityId> {
        let is_said = !text.is_empty();
        let id = self.named(submission, text, class)?;
        if is_said {
            self.part_of(submission, id);
        }
        Some(id)
    }

    /// The entity of a name, whatever the row says that it is a part of.
    pub(super) fn named(
        &mut self,
        submission: &mut Submission,
        text: &str,
        class: Option<ClassId>,
    ) -> Option<EntityId> {
        if text.is_empty() {
            let default = self.model.pack.entity;
            if default.is_none() {
                let problem = self.problem(ProblemCode::Entity, "figure-no-entity", Column::Entity);
                let help = Message::new("help-default-entity");
                self.problems.push(problem.maybe_help(Some(help)));
            }
            return default;
        }
        if let Some(id) = submission.entity_meant(text) {
            return Some(id);
        }
        let class = match class {
            Some(class) => Some(class).filter(|id| self.model.classes[*id].is_open),
            None => self.open_class(),
        };
        let is_shared = !submission.entities_called(text).is_empty();
        if let (Some(class), false) = (class, is_shared) {
            let name = fold_width(text);
            let id = submission.entities.push(Entity {
                id: name.clone(),
                label: Label::same(&name),
                class: Some(class),
                part_of: None,
                further: None,
                span: self.model.classes[class].span,
            });
            submission.entity_ids.insert(name, id);
            // Whichever way of writing it comes first, the others mean the same.
            let tight = unspaced(text).filter(|tight| submission.entities_called(tight).is_empty());
            if let Some(tight) = tight {
                submission.entity_ids.entry(tight).or_insert(id);
            }
            return Some(id);
        }
        let help = self.entity_help(submission, text);
        let problem = self
            .problem(ProblemCode::Entity, "figure-entity", Column::Entity)
            .with("found", text)
            .maybe_help(help);
        self.problems.push(problem);
        None
    }

    /// The open class that a new entity belongs to: as its row says, else the only one.
    fn open_class(&self) -> Option<ClassId> {
        let kind = fold_width(self.row.text(Column::EntityKind));
        // Records are named in the list of a body, and never alone.
        let open = self.model.classes.iter();
        let mut open = open.filter(|(_, class)| class.is_open && class.owner.is_none());
        let found = match kind.is_empty() {
            true => open.next().filter(|_| open.next().is_none()),
            false => open.find(|(_, class)| is_called(class, &kind)),
        };
        found.map(|(id, _)| id)
    }

    fn entity_help(&self, submission: &Submission, text: &str) -> Option<Message> {
        let shared = submission.entities_called(text);
        if !shared.is_empty() {
            let ids = shared.iter().map(|id| submission.entities[*id].id.as_str());
            let ids: Vec<&str> = ids.collect();
            return Some(Message::new("help-ambiguous-entity").with("names", ids));
        }
        // Names that came with the figures are no measure of how a new one is spelt.
        let declared = |id: &EntityId| !submission.came_with_figures(*id);
        let known = submission.entity_ids.iter().filter(|(_, id)| declared(id));
        let known = known.map(|(name, _)| name.as_str());
        if let Some((name, _)) = crate::fold::nearest(text, known) {
            return Some(Message::new("help-nearest").with("name", name));
        }
        let open = self.model.classes.values();
        let open = open.filter(|class| class.is_open && class.owner.is_none());
        let open: Vec<Arg> = open.map(|class| Arg::from(&class.id)).collect();
        if !open.is_empty() {
            return Some(Message::new("help-entity-kind").with("names", Arg::List(open)));
        }
        let is_record = |one: &&Entity| {
            let mut classes = one.classes();
            classes.any(|class| self.model.classes[class].owner.is_some())
        };
        let known = submission.entities.values().filter(|one| !is_record(one));
        let known = known.take(MOST_ENTITIES + 1);
        let names: Vec<Arg> = known.map(|one| Arg::Label(one.label.clone())).collect();
        let is_told = (1..=MOST_ENTITIES).contains(&names.len());
        is_told.then(|| Message::new("help-known-names").with("names", Arg::List(names)))
    }

    /// What the row says that its entity is a part of: news of one that came with figures, and to
    /// be so already of any other.
    fn part_of(&mut self, submission: &mut Submission, id: EntityId) {
        let text = self.row.text(Column::PartOf);
        if text.is_empty() {
            return;
        }
        let label = Arg::Label(submission.entities[id].label.clone());
        let Some(whole) = submission.entity_named(text) else {
            let help = self.entity_help(submission, text);
            let problem = self
                .problem(ProblemCode::Entity, "figure-part-of", Column::PartOf)
                .with("found", text)
                .with("entity", label)
                .maybe_help(help);
            self.problems.push(problem);
            return;
        };
        let wholes = wholes_of(&submission.entities, id);
        if wholes.contains(&whole) {
            return;
        }
        if whole == id || wholes_of(&submission.entities, whole).contains(&id) {
            let key = "figure-part-of-itself";
            let problem = self.problem(ProblemCode::Entity, key, Column::PartOf);
            self.problems.push(problem.with("entity", label));
            return;
        }
        if let Some(first) = submission.entities[id].part_of {
            let known = Arg::Label(submission.entities[first].label.clone());
            let problem = self
                .problem(
                    ProblemCode::Entity,
                    "figure-part-of-differs",
                    Column::PartOf,
                )
                .with("found", text)
                .with("entity", label)
                .with("known", known);
            self.problems.push(problem);
            return;
        }
        submission.entities[id].part_of = Some(whole);
    }
}

fn is_called(class: &Class, name: &str) -> bool {
    let is_label = class.label.zh == name || class.label.en == name;
    class.id == name || is_label || class.aliases.iter().any(|alias| fold_width(alias) == name)
}
