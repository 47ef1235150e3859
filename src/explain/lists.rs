//! Lists of records in words: who counts in them and who does not, where each stands, and what the
//! list does not show. Values go in, a few lines come out. Decides nothing.

use super::claims::named;
use super::nodes::cause_words;
use super::show::{Shown, Unit};
use super::{Cx, Node, NodeKind};
use crate::eval::{Many, Rest};
use crate::figures::{ClaimPlace, normal_period, of_entity};
use crate::message::{Arg, Label, Message};
use crate::model::{EntityId, Fold};
use crate::number::{Exact, Rounding};
use crate::program::{AggregateProgram, Root, at};
use crate::set::{Set, Truth};
use crate::verdict::Causes;

impl Cx<'_> {
    /// Whether the members are records of somebody's list.
    pub(super) fn is_list(&self, aggregate: &AggregateProgram) -> bool {
        let class = &self.program.model.classes[aggregate.members.class];
        class.owner.is_some()
    }

    /// What is known of how complete a list is.
    pub(super) fn list_node(
        &self,
        aggregate: &AggregateProgram,
        rest: &Rest,
        n_listed: usize,
        address: &str,
    ) -> Option<Node> {
        let class = &self.program.model.classes[aggregate.members.class];
        let compares = matches!(aggregate.fold, Fold::Rank(_) | Fold::Standing(_));
        if !class.is_open || compares && class.is_full {
            return None;
        }
        let number = |n: &Exact| super::number_text(n, &Exact::from(1), Rounding::HalfEven);
        let message = match (&rest.most, &rest.said) {
            _ if compares => Message::new("explain-many-open"),
            (Some(most), _) if most.is_zero() => match class.is_full {
                true => Message::new("explain-list-full"),
                false => {
                    Message::new("explain-list-complete").with("figure", self.said_by(aggregate))
                }
            },
            (None, None) if !rest.doubt.is_empty() => {
                let causes = cause_words(rest.doubt);
                match class.owner {
                    Some(_) => Message::new("explain-list-doubt").with("causes", causes),
                    None => Message::new("explain-members-doubt").with("causes", causes),
                }
            }
            (_, None) => match class.complete.is_some() && aggregate.complete.is_some() {
                true => Message::new("explain-list-unsaid")
                    .with("figure", self.said_by(aggregate))
                    .with("causes", cause_words(rest.causes)),
                false => Message::new("explain-list-open"),
            },
            (None, Some(said)) if rest.causes.contains(crate::verdict::Cause::Conflict) => {
                Message::new("explain-list-conflict")
                    .with("figure", self.said_by(aggregate))
                    .with("set", &self.count_of(said))
                    .with("count", n_listed)
            }
            (most, Some(said)) => {
                let message = Message::new("explain-list-counted")
                    .with("figure", self.said_by(aggregate))
                    .with("set", &self.count_of(said))
                    .with("least", number(&rest.least));
                match most {
                    Some(most) if *most == rest.least => message,
                    Some(most) => Message {
                        key: "explain-list-counted-up-to",
                        ..message.with("most", number(most))
                    },
                    None => Message {
                        key: "explain-list-counted-from",
                        ..message
                    },
                }
            }
        };
        let kind = match compares || rest.is_none() {
            true => NodeKind::Mark,
            false => NodeKind::Missing,
        };
        Some(Node::new(format!("{address}/open"), kind, message))
    }

    /// The figure that says whether a list is complete.
    fn said_by(&self, aggregate: &AggregateProgram) -> Arg {
        let class = &self.program.model.classes[aggregate.members.class];
        match class.complete {
            Some(id) => {
                let indicator = &self.program.model.indicators[id];
                named(&indicator.label, &indicator.id)
            }
            None => named(&class.label, &class.id),
        }
    }

    fn count_of(&self, said: &Set) -> Shown {
        Shown {
            set: said.clone(),
            unit: Unit::plain(),
        }
    }

    /// Who counts, who does not, and of whom it is not known.
    pub(super) fn filter_sides(
        &self,
        aggregate: &AggregateProgram,
        many: &Many,
        group: &[usize],
        address: &str,
    ) -> Vec<Node> {
        let Some(filter) = &many.filter else {
            return Vec::new();
        };
        let sides = [
            (
                Truth::True,
                "counted",
                ["explain-list-counts", "explain-list-counts-more"],
            ),
            (
                Truth::False,
                "passed",
                ["explain-list-passed", "explain-list-passed-more"],
            ),
        ];
        let truth = |n| filter.value(n);
        let mut nodes = self.named_sides((aggregate, many), group, truth, (sides, address));
        let open = group.iter().filter(|n| truth(**n) == Truth::Unknown);
        let open: Vec<usize> = open.copied().collect();
        let causes = |n: &usize| filter.causes(*n);
        let causes = open.iter().map(causes);
        let causes = causes.fold(Causes::NONE, Causes::union);
        if !open.is_empty() {
            let keys = ["explain-list-maybe", "explain-list-maybe-more"];
            let message = self.names((aggregate, many), &open, keys);
            let message = message.with("causes", cause_words(causes));
            let path = format!("{address}/maybe");
            nodes.push(Node::new(path, NodeKind::Missing, message));
        }
        nodes
    }

    /// The name of a record, and where it stands.
    pub(super) fn record_name(&self, aggregate: &AggregateProgram, id: EntityId) -> Arg {
        let entities = &self.submission.entities;
        let entity = &entities[id];
        let name = match entity.part_of.filter(|_| aggregate.members.is_own) {
            // Whose list it is was said already.
            Some(owner) => {
                let short = |label: &str, owner: &str| {
                    let rest = label.strip_prefix(owner);
                    let rest = rest.and_then(|rest| rest.strip_prefix('/'));
                    rest.unwrap_or(label).to_owned()
                };
                let owner = &entities[owner];
                let label = Label {
                    zh: short(&entity.label.zh, &owner.label.zh),
                    en: short(&entity.label.en, &owner.label.en),
                };
                Arg::Label(label)
            }
            None => named(&entity.label, &entity.id),
        };
        let place = self.record_place(aggregate, id);
        // One without a name of its own is named by its place.
        let is_placed = |(file, _): &(String, Message)| {
            entity.id.contains(&format!("{file}:")) || entity.id.contains(&format!("{file}!"))
        };
        match place {
            Some(place) if is_placed(&place) => Arg::Message(place.1),
            Some((_, place)) => Arg::Message(
                Message::new("explain-record")
                    .with("name", name)
                    .with("place", place),
            ),
            None => name,
        }
    }

    /// Where a record stands: the first place of the figures that were asked for.
    fn record_place(
        &self,
        aggregate: &AggregateProgram,
        id: EntityId,
    ) -> Option<(String, Message)> {
        let roots = std::iter::once(&aggregate.root).chain(&aggregate.filter);
        let inputs = roots.flat_map(Root::reads);
        let places = inputs.flat_map(|input| {
            let input = &self.program.inputs[input];
            let indicator = &self.program.model.indicators[input.figure.indicator];
            let asked = at(input.at, self.trace.clocks.period);
            let period = normal_period(indicator, input.figure.measure, asked);
            let entries = self.submission.claims_at(&input.figure, period, id);
            entries
                .iter()
                .map(|(_, id)| self.submission.claims[*id].place)
        });
        let text = |place: &ClaimPlace| self.submission.text(place.file);
        let first = |places: &mut dyn Iterator<Item = ClaimPlace>| {
            let known = places.filter(|place| !text(place).is_empty());
            known.min_by_key(|place| (text(place).to_owned(), place.line))
        };
        // One that lacks what was asked for has other figures.
        let asked = at(aggregate.at, self.trace.clocks.period);
        let others = self.submission.keys().filter(|(_, at, _)| *at == asked);
        let others = others.flat_map(|(_, _, entries)| of_entity(entries, id));
        let mut others = others.map(|(_, id)| self.submission.claims[*id].place);
        let first = first(&mut { places }).or_else(|| first(&mut others))?;
        let (file, line) = (text(&first).to_owned(), first.line as usize);
        let message = match self.submission.text(first.sheet) {
            "" => Message::new("source-row")
                .with("file", &file)
                .with("line", line),
            sheet => Message::new("explain-record-sheet")
                .with("file", &file)
                .with("sheet", sheet)
                .with("line", line),
        };
        Some((file, message))
    }
}
