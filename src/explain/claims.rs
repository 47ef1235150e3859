//! Figures and claims in words: as printed, as a set, and where they stand.

use super::show::{Shown, Unit};
use super::{Cx, Node, NodeKind};
use crate::eval::Frame;
use crate::figures::printed::Reading;
use crate::figures::{Absence, Claim, ClaimId, ClaimState, Statuses, Submission, cell_address};
use crate::index::Arena;
use crate::message::{Arg, Label, Message};
use crate::model::{Entity, EntityId, FigureRef, Kind, Measure, Model};
use crate::period::Period;
use crate::program::{InputId, Program, at};
use crate::set::Set;
use crate::verdict::Causes;

impl Cx<'_> {
    /// The name of a figure that is read for the row.
    pub(super) fn figure_name(&self, figure: &FigureRef, period: Period) -> Message {
        let whose = figure.entity.unwrap_or(self.trace.row.entity);
        figure_message(self.program, self.submission, figure, Some(whose), period)
    }

    /// The unit in which a figure is shown.
    pub(super) fn figure_unit(&self, figure: &FigureRef) -> Unit {
        Unit::of_figure(self.program, figure)
    }

    /// A published figure of a row, with the claims that it stands on.
    pub(super) fn figure_node(
        &self,
        address: &str,
        (frame, row): (&Frame, usize),
        input: InputId,
        set: Option<&Set>,
        causes: Causes,
    ) -> Node {
        let claims = &frame.claims(row, input)[..];
        let input = &self.program.inputs[input];
        let period = at(input.at, frame.period);
        let name = self.figure_name(&input.figure, period);
        let unit = self.figure_unit(&input.figure);
        if self.program.model.indicators[input.figure.indicator]
            .evidence
            .is_some()
        {
            return self.item_node(address, &input.figure, claims, set, causes);
        }
        if let Some((value, _)) = &input.baseline {
            let shown = Shown {
                set: Set::point(value.clone()),
                unit: unit.clone(),
            };
            let message = Message::new("explain-baseline")
                .with("figure", name)
                .with("value", &shown);
            return Node::new(address.to_owned(), NodeKind::Figure, message)
                .with_set(shown.set, unit);
        }
        let Some(set) = set else {
            if claims.len() < 2 {
                return self.absent_node(address, &input.figure, period, name, causes);
            }
            let message = Message::new("explain-figure-apart")
                .with("figure", name)
                .with("count", claims.len());
            let mut node = Node::new(address.to_owned(), NodeKind::Missing, message);
            node.children = self.claim_children(address, &input.figure, period, claims);
            return node;
        };
        let shown = Shown {
            set: set.clone(),
            unit: unit.naming(self.submission, set),
        };
        let message = match claims {
            [only] => {
                let value = self.value_arg(&input.figure, &shown);
                self.claim_message("explain-figure", name, *only, value)
            }
            _ if frame.takes_any(row) => Message::new("explain-figure-hull")
                .with("figure", name)
                .with("count", claims.len())
                .with("set", self.value_arg(&input.figure, &shown)),
            _ => Message::new("explain-figure-meet")
                .with("figure", name)
                .with("count", claims.len())
                .with("set", self.value_arg(&input.figure, &shown)),
        };
        let mut node = Node::new(address.to_owned(), NodeKind::Figure, message)
            .with_set(shown.set, shown.unit);
        node.claims = claims.to_vec();
        node.children = self.claim_children(address, &input.figure, period, claims);
        node
    }

    /// What is said of a figure that has no value.
    fn absent_node(
        &self,
        address: &str,
        figure: &FigureRef,
        period: Period,
        name: Message,
        causes: Causes,
    ) -> Node {
        let causes: Vec<Arg> = causes
            .iter()
            .map(|cause| Arg::Message(Message::new(cause.key())))
            .collect();
        let message = Message::new("explain-no-figure")
            .with("figure", name)
            .with("causes", Arg::List(causes));
        let mut node = Node::new(address.to_owned(), NodeKind::Missing, message);
        node.children = self.absences(address, figure, period);
        node.children
            .extend(self.near_claims(address, figure, period));
        node
    }

    /// One claim in words.
    fn claim_message(&self, key: &'static str, name: Message, id: ClaimId, value: Arg) -> Message {
        let claim = &self.submission.claims[id];
        Message::new(key)
            .with("figure", name)
            .with("printed", self.submission.text(claim.printed))
            .with("set", value)
            .with(
                "reading",
                Message::new(reading_key(self.trace.reading, claim)),
            )
            .with("source", self.source(claim))
    }

    /// What a figure says: an answer or a text by its word, anything else as a set in its unit.
    fn value_arg(&self, figure: &FigureRef, shown: &Shown) -> Arg {
        let kind = self.program.model.indicators[figure.indicator].kind;
        match (kind, shown.set.as_point()) {
            (Kind::YesNo, Some(answer)) => Arg::Message(Message::new(match answer.is_zero() {
                true => "range-no",
                false => "range-yes",
            })),
            (Kind::OneOf | Kind::Text, Some(_)) => self.text_arg(&shown.set),
            _ => Arg::from(shown),
        }
    }

    fn source(&self, claim: &Claim) -> Arg {
        source_message(self.program, self.submission, claim)
    }

    /// The other claims to a key, and whether they agree with the ones that count.
    fn claim_children(
        &self,
        address: &str,
        figure: &FigureRef,
        period: Period,
        used: &[ClaimId],
    ) -> Vec<Node> {
        let entity = figure.entity.unwrap_or(self.trace.row.entity);
        let entries = self.submission.claims_at(figure, period, entity);
        let ids: Vec<ClaimId> = entries.iter().map(|(_, id)| *id).collect();
        let clocks = &self.trace.clocks;
        let replaced = clocks.replaced(&self.program.model, self.submission, &ids);
        let mut nodes = Vec::new();
        for (n, (_, id)) in entries.iter().enumerate() {
            let claim = &self.submission.claims[*id];
            if used == [*id] {
                nodes.extend(self.remarks(&format!("{address}/claim{n}"), claim));
                continue;
            }
            let first = used.first().map(|id| &self.submission.claims[*id]);
            let key = match first {
                _ if claim.state == ClaimState::OutOfBounds => "explain-claim-bounds",
                _ if claim.state == ClaimState::Unreadable => "explain-claim-unreadable",
                _ if !self.is_known(claim) => "explain-claim-later",
                _ if !self.has_source(claim) => "explain-claim-source",
                _ if replaced.contains(id) => "explain-claim-edition",
                Some(first) if claim.basis != first.basis => "explain-claim-basis",
                Some(_) if used.contains(id) => "explain-claim-used",
                Some(first) if first.as_printed.meets_closed(&claim.as_printed) => {
                    "explain-claim-agrees"
                }
                Some(_) => "explain-claim-differs",
                None => "explain-claim-used",
            };
            let unit = self.figure_unit(figure);
            let set = self.read(claim).clone();
            let shown = Shown {
                set: set.clone(),
                unit: unit.clone(),
            };
            let name = self.figure_name(figure, claim.window);
            let message = self.claim_message(key, name, *id, self.value_arg(figure, &shown));
            let mut node = Node::new(format!("{address}/claim{n}"), NodeKind::Claim, message);
            if claim.state != ClaimState::Unreadable {
                node = node.with_set(set, unit);
            }
            node.claims = vec![*id];
            nodes.push(node);
        }
        nodes
    }

    /// What a claim took from its indicator, and its note.
    fn remarks(&self, address: &str, claim: &Claim) -> Vec<Node> {
        let mut nodes: Vec<Node> = Vec::new();
        let indicator = &self.program.model.indicators[claim.figure.indicator];
        let mut remark = |kind, message| {
            nodes.push(Node::new(
                format!("{address}/remark{}", nodes.len()),
                kind,
                message,
            ));
        };
        if claim.is_definition_inherited
            && let Some(definition) = indicator.definitions.first()
        {
            let label = named(&definition.label, &definition.id);
            remark(
                NodeKind::Mark,
                Message::new("explain-definition-assumed").with("definition", label),
            );
        }
        if claim.is_unit_inherited {
            let unit = Unit::of_indicator(self.program, indicator);
            remark(
                NodeKind::Mark,
                Message::new("explain-unit-assumed").with("unit", unit.label()),
            );
        }
        if let Some(note) = self.submission.note(claim) {
            remark(
                NodeKind::Note,
                Message::new("explain-note").with("note", note),
            );
        }
        nodes
    }

    /// What publishers say of a figure that is not there.
    fn absences(&self, address: &str, figure: &FigureRef, period: Period) -> Vec<Node> {
        let entity = figure.entity.unwrap_or(self.trace.row.entity);
        let absences = self.submission.absences_at(figure, period, entity);
        let node = |(n, absence): (usize, &Absence)| {
            let place = self.submission.place_of(&absence.place);
            let message = match status_names(absence.statuses) {
                Some(names) => Message::new("explain-absence-why")
                    .with("statuses", names)
                    .with("place", place),
                None => Message::new("explain-absence").with("place", place),
            };
            Node::new(format!("{address}/absence{n}"), NodeKind::Note, message)
        };
        absences.enumerate().map(node).collect()
    }

    /// Claims that are near to a missing one: other definitions, other windows, the last one known.
    fn near_claims(&self, address: &str, figure: &FigureRef, period: Period) -> Vec<Node> {
        let entity = figure.entity.unwrap_or(self.trace.row.entity);
        let indicator = &self.program.model.indicators[figure.indicator];
        let mut found: Vec<(&'static str, ClaimId)> = Vec::new();
        let all = |figure: &FigureRef, period| {
            self.submission
                .claims_at(figure, period, entity)
                .iter()
                .map(|(_, id)| *id)
        };
        for id in all(figure, period) {
            let claim = &self.submission.claims[id];
            found.push(match claim.state {
                ClaimState::Unreadable => ("explain-claim-unreadable", id),
                ClaimState::OutOfBounds => ("explain-claim-bounds", id),
                ClaimState::Good if !self.is_known(claim) => ("explain-claim-later", id),
                ClaimState::Good if !self.has_source(claim) => ("explain-claim-source", id),
                ClaimState::Good => ("explain-claim-basis", id),
            });
        }
        let n_definitions = u16::try_from(indicator.definitions.len()).unwrap_or(u16::MAX);
        for definition in (0..n_definitions).filter(|n| *n != figure.definition) {
            let other = FigureRef {
                definition,
                ..figure.clone()
            };
            found.extend(all(&other, period).map(|id| ("explain-claim-definition", id)));
        }
        let windows: Vec<Period> = self.submission.periods_of(figure).collect();
        for window in windows.iter().filter(|window| {
            **window != period
                && window.year() == period.year()
                && !matches!(window, Period::Year(_))
        }) {
            found.extend(all(figure, *window).map(|id| ("explain-claim-window", id)));
        }
        let last = windows.iter().rev().find(|known| {
            known.last_day() < period.first_day() && all(figure, **known).next().is_some()
        });
        if let Some(last) = last {
            found.extend(all(figure, *last).map(|id| ("explain-claim-last", id)));
        }
        let mut nodes = Vec::new();
        for (n, (key, id)) in found.into_iter().enumerate() {
            let claim = &self.submission.claims[id];
            let unit = self.figure_unit(&claim.figure);
            let shown = Shown {
                set: self.read(claim).clone(),
                unit,
            };
            let name = self.figure_name(&claim.figure, claim.window);
            let message = self.claim_message(key, name, id, self.value_arg(&claim.figure, &shown));
            let mut node = Node::new(format!("{address}/near{n}"), NodeKind::Claim, message)
                .with_set(shown.set, shown.unit);
            node.claims = vec![id];
            nodes.push(node);
        }
        nodes
    }

    fn read<'c>(&self, claim: &'c Claim) -> &'c Set {
        match self.trace.reading {
            Reading::Exact => &claim.exact,
            Reading::Printed => &claim.as_printed,
        }
    }

    fn is_known(&self, claim: &Claim) -> bool {
        claim.is_known_on(self.trace.clocks.known_on)
    }

    fn has_source(&self, claim: &Claim) -> bool {
        let choice = &self.trace.clocks.choice;
        choice.has_source(self.submission, claim)
    }
}

/// The names of statuses that are out of the ordinary; nothing where there is none.
pub(crate) fn status_names(statuses: Statuses) -> Option<Arg> {
    let names = statuses.keys().map(|key| Arg::Message(Message::new(key)));
    let names: Vec<Arg> = names.collect();
    (!names.is_empty()).then_some(Arg::List(names))
}

fn reading_key(reading: Reading, claim: &Claim) -> &'static str {
    match (reading, claim.is_plain) {
        (_, false) => "reading-qualified",
        (Reading::Exact, true) => "reading-exact",
        (Reading::Printed, true) => "reading-printed",
    }
}

/// A label, or the id where there is none.
pub(crate) fn named(label: &Label, id: &str) -> Arg {
    label.or(id)
}

/// The name of a figure: indicator, definition, breakdown, measure, entity, period.
///
/// `whose` is the body it is of; that of the pack goes without saying. Of the figures of many bodies it
/// is nobody.
#[must_use]
pub fn figure_message(
    program: &Program,
    submission: &Submission,
    figure: &FigureRef,
    whose: Option<EntityId>,
    period: Period,
) -> Message {
    let indicator = &program.model.indicators[figure.indicator];
    let mut parts = figure_parts(&program.model, &submission.entities, figure);
    let is_said = figure.entity.is_some() || whose == program.model.pack.entity;
    if let Some(whose) = whose.filter(|_| !is_said) {
        let entity = &submission.entities[whose];
        parts.push(named(&entity.label, &entity.id));
    }
    let name = named(&indicator.label, &indicator.id);
    let key = if parts.is_empty() {
        "name-figure"
    } else {
        "name-figure-of"
    };
    let mut message = Message::new(key)
        .with("name", name)
        .with("period", period.to_string());
    if !parts.is_empty() {
        message = message.with("parts", Arg::List(parts));
    }
    message
}

/// What tells a figure from others of its indicator: definition, breakdown, measure, entity.
pub(crate) fn figure_parts(
    model: &Model,
    entities: &Arena<EntityId, Entity>,
    figure: &FigureRef,
) -> Vec<Arg> {
    let indicator = &model.indicators[figure.indicator];
    let mut parts: Vec<Arg> = Vec::new();
    if let Some(definition) = indicator.definitions.get(usize::from(figure.definition))
        && figure.definition > 0
        && !definition.id.is_empty()
    {
        let label = &definition.label;
        let is_named = !label.zh.is_empty() || !label.en.is_empty();
        parts.push(if is_named {
            Arg::from(label)
        } else {
            Arg::from(&definition.id)
        });
    }
    if !figure.breakdown.is_empty() {
        parts.extend(model.breakdown_words(&figure.breakdown));
    }
    if figure.measure != Measure::Level {
        parts.push(Arg::Message(Message::new(figure.measure.key())));
    }
    if let Some(entity) = figure.entity {
        let entity = &entities[entity];
        parts.push(named(&entity.label, &entity.id));
    }
    parts
}

/// Where a claim stands: document, section, line, and the words; and what the publisher says of it.
#[must_use]
pub fn source_message(program: &Program, submission: &Submission, claim: &Claim) -> Arg {
    if claim.is_supposed {
        return Arg::Message(Message::new("source-supposed"));
    }
    let text = |id| submission.text(id);
    let instruments = &program.model.instruments;
    let known = instruments
        .values()
        .find(|known| known.id == text(claim.source));
    let mut parts: Vec<Arg> = vec![match known {
        Some(known) => Arg::Message(
            Message::new("source-document")
                .with("id", &known.id)
                .with("title", &known.label),
        ),
        None if text(claim.source).is_empty() => {
            let place = match text(claim.place.sheet) {
                "" => Message::new("source-row")
                    .with("file", text(claim.place.file))
                    .with("line", claim.place.line as usize),
                sheet => Message::new("source-cell")
                    .with("file", text(claim.place.file))
                    .with("sheet", sheet)
                    .with(
                        "cell",
                        cell_address(claim.place.line as usize, claim.place.column as usize),
                    ),
            };
            Arg::Message(place)
        }
        None => Arg::from(text(claim.source)),
    }];
    if !text(claim.section).is_empty() {
        parts.push(Arg::from(text(claim.section)));
    }
    if !text(claim.source_line).is_empty() {
        let line = Message::new("source-line").with("line", text(claim.source_line));
        parts.push(Arg::Message(line));
    }
    if !text(claim.quote).is_empty() {
        let quote = Message::new("source-quote").with("quote", text(claim.quote));
        parts.push(Arg::Message(quote));
    }
    parts.extend(status_message(claim).map(Arg::Message));
    Arg::List(parts)
}

/// What the publisher says of a claim, where that is out of the ordinary.
pub(crate) fn status_message(claim: &Claim) -> Option<Message> {
    let names = status_names(claim.statuses)?;
    Some(Message::new("source-status").with("statuses", names))
}
