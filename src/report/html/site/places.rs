//! Where everything of a site stands. Goes in: packs. Comes out: a path for each thing, the same in
//! every language, that no other thing has on any file system; and no path for what has no page.

use std::collections::{BTreeMap, BTreeSet};

use super::cited::Document;
use super::mark::Items;
use super::slug::slug;
use crate::graph::Node;
use crate::model::{
    ClassId, DefineId, EntityId, IndicatorId, InstrumentId, LadderId, RuleId, ScoreId,
};
use crate::program::Program;
use crate::report::Report;
use crate::source::{SourceId, Span};

/// What of a pack has a page.
struct Shown {
    /// What the pack declares, and what that rests on.
    nodes: BTreeSet<Node>,
    classes: BTreeSet<ClassId>,
    ladders: BTreeSet<LadderId>,
    /// The scores that derived quantities are parts of.
    scores: BTreeMap<DefineId, ScoreId>,
}

/// Where everything stands.
pub(super) struct Places<'a> {
    pub(super) packs: &'a [Report<'a>],
    folders: Vec<String>,
    by_id: BTreeMap<&'a str, usize>,
    shown: Vec<Shown>,
    items: Vec<Items<'a>>,
    /// What of other packs of the site uses a thing, by its place.
    beyond: BTreeMap<String, Vec<(usize, Node)>>,
    /// Documents by their places.
    pub(super) documents: BTreeMap<String, Document>,
}

impl<'a> Places<'a> {
    pub(super) fn new(packs: &'a [Report<'a>]) -> Places<'a> {
        let mut folders: Vec<String> = Vec::new();
        let mut by_id = BTreeMap::new();
        for (n, report) in packs.iter().enumerate() {
            let id = report.program.model.pack.id.as_str();
            let mut folder = slug(id);
            if folders.contains(&folder) {
                folder = format!("{folder}~~{n}");
            }
            folders.push(folder);
            by_id.entry(id).or_insert(n);
        }
        let mut places = Places {
            packs,
            folders,
            by_id,
            shown: packs.iter().map(|report| shown(report.program)).collect(),
            items: packs
                .iter()
                .map(|report| Items::of(&report.program.sources))
                .collect(),
            beyond: BTreeMap::new(),
            documents: BTreeMap::new(),
        };
        places.documents = places.cited();
        places.beyond = places.uses_between_packs();
        places
    }

    pub(super) fn program(&self, n: usize) -> &'a Program {
        self.packs[n].program
    }

    /// A place of a pack.
    pub(super) fn within(&self, n: usize, name: &str) -> String {
        format!("{}/{name}", self.folders[n])
    }

    /// The whole item that is declared at a place.
    pub(super) fn item(&self, n: usize, span: Span) -> Span {
        self.items[n].around(span)
    }

    /// The rule files of a pack.
    pub(super) fn files(&self, n: usize) -> Vec<SourceId> {
        let sources = &self.program(n).sources;
        sources.ids().filter(|id| sources.is_own(*id)).collect()
    }

    /// The place of a file on the page of the files of its pack.
    pub(super) fn file_anchor(&self, n: usize, file: SourceId) -> Option<String> {
        let at = self.files(n).iter().position(|known| *known == file)?;
        Some(format!("f-{}", at + 1))
    }

    /// The first page of a pack.
    pub(super) fn home_of(&self, n: usize) -> String {
        self.within(n, "index.html")
    }

    /// The pack whose pages show what is declared at a place; whether it declares it itself.
    fn owner(&self, n: usize, span: Span) -> (usize, bool) {
        match self.program(n).sources.pack_of(span.source) {
            None => (n, true),
            Some(id) => self
                .by_id
                .get(id)
                .map_or((n, false), |owner| (*owner, true)),
        }
    }

    /// Whether a pack shows something itself, and not another pack of the site for it.
    fn is_here(&self, n: usize, span: Span) -> bool {
        self.owner(n, span).0 == n
    }

    fn place(&self, n: usize, span: Span, folder: &str, id: &str) -> String {
        let (owner, _) = self.owner(n, span);
        self.within(owner, &format!("{folder}/{}.html", slug(id)))
    }

    pub(super) fn rule(&self, n: usize, id: RuleId) -> Option<String> {
        let rule = &self.program(n).model.rules[id];
        let is_shown = self.shown[n].nodes.contains(&Node::Rule(id));
        (is_shown || self.owner(n, rule.span) != (n, false))
            .then(|| self.place(n, rule.span, "rules", &rule.id))
    }

    pub(super) fn indicator(&self, n: usize, id: IndicatorId) -> Option<String> {
        let indicator = &self.program(n).model.indicators[id];
        if let Some((rule, item)) = indicator.evidence {
            let items = self.program(n).model.rules[rule].milestone.as_ref()?;
            let item = items.items.get(usize::from(item))?;
            return Some(format!("{}#{}", self.rule(n, rule)?, item_anchor(&item.id)));
        }
        let is_shown = self.shown[n].nodes.contains(&Node::Indicator(id));
        (is_shown || self.owner(n, indicator.span) != (n, false))
            .then(|| self.place(n, indicator.span, "indicators", &indicator.id))
    }

    pub(super) fn define(&self, n: usize, id: DefineId) -> Option<String> {
        if let Some(score) = self.shown[n].scores.get(&id) {
            return self.score(n, *score);
        }
        let define = &self.program(n).model.defines[id];
        let is_shown = self.shown[n].nodes.contains(&Node::Define(id));
        (is_shown || self.owner(n, define.span) != (n, false))
            .then(|| self.place(n, define.span, "derived", &define.id))
    }

    /// Where a node of the graph stands.
    pub(super) fn node(&self, n: usize, node: Node) -> Option<String> {
        match node {
            Node::Rule(id) => self.rule(n, id),
            Node::Indicator(id) => self.indicator(n, id),
            Node::Define(id) => self.define(n, id),
            Node::Derive(id, at) | Node::Identity(id, at) => {
                let owner = self.indicator(n, id)?;
                Some(format!("{owner}#i-{}", at + 1))
            }
        }
    }

    pub(super) fn score(&self, n: usize, id: ScoreId) -> Option<String> {
        let score = &self.program(n).model.scores[id];
        let is_shown = self.scores(n).contains(&id);
        (is_shown || self.owner(n, score.span) != (n, false))
            .then(|| self.place(n, score.span, "scores", &score.id))
    }

    pub(super) fn class(&self, n: usize, id: ClassId) -> Option<String> {
        let class = &self.program(n).model.classes[id];
        let is_shown = self.shown[n].classes.contains(&id);
        (is_shown || self.owner(n, class.span) != (n, false))
            .then(|| self.place(n, class.span, "classes", &class.id))
    }

    pub(super) fn ladder(&self, n: usize, id: LadderId) -> Option<String> {
        let ladder = &self.program(n).model.ladders[id];
        let is_shown = self.shown[n].ladders.contains(&id);
        (is_shown || self.owner(n, ladder.span) != (n, false))
            .then(|| self.place(n, ladder.span, "scales", &ladder.id))
    }

    /// Where a document stands that something of the site cites.
    pub(super) fn document(&self, n: usize, id: InstrumentId) -> Option<String> {
        let place = self.document_place(n, id);
        self.documents.contains_key(&place).then_some(place)
    }

    pub(super) fn document_place(&self, n: usize, id: InstrumentId) -> String {
        let document = &self.program(n).model.instruments[id];
        self.place(n, document.span, "documents", &document.id)
    }

    /// What of other packs uses the thing at a place, in order.
    pub(super) fn users_beyond(&self, place: &str) -> &[(usize, Node)] {
        self.beyond.get(place).map_or(&[], Vec::as_slice)
    }

    /// Uses of what one pack shows by what another does.
    fn uses_between_packs(&self) -> BTreeMap<String, Vec<(usize, Node)>> {
        let mut found: BTreeMap<String, Vec<(usize, Node)>> = BTreeMap::new();
        for n in 0..self.packs.len() {
            let program = self.program(n);
            let span = |node| crate::graph::model_span(&program.model, node);
            for user in program
                .order
                .nodes()
                .filter(|node| program.is_own(span(*node)))
            {
                for (used, _) in program.order.used_by(user) {
                    if self.is_here(n, span(used)) {
                        continue;
                    }
                    if let Some(place) = self.node(n, used) {
                        found.entry(place).or_default().push((n, user));
                    }
                }
            }
        }
        for users in found.values_mut() {
            users.sort_unstable();
            users.dedup();
        }
        found
    }

    /// The rules that a pack shows, in the order of the pack.
    pub(super) fn rules(&self, n: usize) -> Vec<RuleId> {
        let is_shown = |id: &RuleId| {
            let span = self.program(n).model.rules[*id].span;
            self.shown[n].nodes.contains(&Node::Rule(*id)) && self.is_here(n, span)
        };
        let all = self.program(n).model.rules.iter();
        all.map(|(id, _)| id).filter(is_shown).collect()
    }

    /// The indicators of a pack and those that it rests on, evidence of milestones left out.
    pub(super) fn all_indicators(&self, n: usize) -> Vec<IndicatorId> {
        let all = self.program(n).model.indicators.iter();
        let known = all.filter(|(id, indicator)| {
            let is_known = self.shown[n].nodes.contains(&Node::Indicator(*id));
            is_known && indicator.evidence.is_none()
        });
        known.map(|(id, _)| id).collect()
    }

    /// Those that it shows itself.
    pub(super) fn indicators(&self, n: usize) -> Vec<IndicatorId> {
        let indicators = &self.program(n).model.indicators;
        let mut found = self.all_indicators(n);
        found.retain(|id| self.is_here(n, indicators[*id].span));
        found
    }

    /// The derived quantities of a pack and those that it rests on, parts of scores left out.
    pub(super) fn all_defines(&self, n: usize) -> Vec<DefineId> {
        let all = self.program(n).model.defines.iter().map(|(id, _)| id);
        let shown = &self.shown[n];
        all.filter(|id| shown.nodes.contains(&Node::Define(*id)))
            .filter(|id| !shown.scores.contains_key(id))
            .collect()
    }

    /// Those that it shows itself.
    pub(super) fn defines(&self, n: usize) -> Vec<DefineId> {
        let defines = &self.program(n).model.defines;
        let mut found = self.all_defines(n);
        found.retain(|id| self.is_here(n, defines[*id].span));
        found
    }

    /// The scores that a pack shows.
    pub(super) fn scores(&self, n: usize) -> Vec<ScoreId> {
        let shown = &self.shown[n];
        let parts = shown.scores.iter();
        let mut found: Vec<ScoreId> = parts
            .filter(|(part, _)| shown.nodes.contains(&Node::Define(**part)))
            .map(|(_, score)| *score)
            .filter(|id| self.is_here(n, self.program(n).model.scores[*id].span))
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The classes that a pack shows.
    pub(super) fn classes(&self, n: usize) -> Vec<ClassId> {
        let all = self.shown[n].classes.iter().copied();
        all.filter(|id| self.is_here(n, self.program(n).model.classes[*id].span))
            .collect()
    }

    /// The scales that a pack shows.
    pub(super) fn ladders(&self, n: usize) -> Vec<LadderId> {
        let all = self.shown[n].ladders.iter().copied();
        all.filter(|id| self.is_here(n, self.program(n).model.ladders[*id].span))
            .collect()
    }

    /// The documents that a pack shows, by their places.
    pub(super) fn documents_of(&self, n: usize) -> Vec<(&str, &Document)> {
        let folder = self.within(n, "");
        let all = self.documents.iter();
        all.filter(|(place, _)| place.starts_with(&folder))
            .map(|(place, document)| (place.as_str(), document))
            .collect()
    }

    /// The documents that a pack declares, or that its rules are taken from.
    pub(super) fn all_documents(&self, n: usize) -> Vec<(&str, &Document)> {
        let folder = self.within(n, "");
        let all = self.documents.iter();
        all.filter(|(place, document)| {
            let mut cited = document.cited.iter();
            place.starts_with(&folder) || cited.any(|one| one.pack == n)
        })
        .map(|(place, document)| (place.as_str(), document))
        .collect()
    }
}

/// What the pack declares itself, and what that rests on.
fn shown(program: &Program) -> Shown {
    let model = &program.model;
    let order = &program.order;
    let is_own = |node: &Node| program.is_own(crate::graph::model_span(model, *node));
    let mut nodes: BTreeSet<Node> = order.nodes().filter(is_own).collect();
    for node in order.nodes().rev() {
        if nodes.contains(&node) {
            nodes.extend(order.used_by(node).into_iter().map(|(used, _)| used));
        }
    }
    // An identity has its place at its indicator.
    let owners: Vec<Node> = nodes
        .iter()
        .filter_map(|node| match node {
            Node::Derive(id, _) | Node::Identity(id, _) => Some(Node::Indicator(*id)),
            _ => None,
        })
        .collect();
    nodes.extend(owners);
    let mut scores = BTreeMap::new();
    for (id, score) in model.scores.iter() {
        let parts = [score.value, score.rank].into_iter().chain(score.tier);
        let elements = score.elements.iter().map(|element| element.value);
        scores.extend(parts.chain(elements).map(|part| (part, id)));
    }
    let mut classes: BTreeSet<ClassId> = model
        .classes
        .iter()
        .filter(|(_, class)| program.is_own(class.span))
        .map(|(id, _)| id)
        .collect();
    let mut ladders: BTreeSet<LadderId> = model
        .ladders
        .iter()
        .filter(|(_, ladder)| program.is_own(ladder.span))
        .map(|(id, _)| id)
        .collect();
    for node in &nodes {
        match node {
            Node::Rule(id) => {
                let scope = &model.rules[*id].scope;
                classes.extend(scope.iter().map(|members| members.class));
            }
            Node::Indicator(id) => {
                classes.extend(model.indicators[*id].class);
                ladders.extend(model.indicators[*id].ladder);
            }
            Node::Define(id) => {
                let score = scores.get(id).map(|score| &model.scores[*score]);
                classes.extend(score.map(|score| score.members.class));
            }
            Node::Derive(..) | Node::Identity(..) => {}
        }
    }
    Shown {
        nodes,
        classes,
        ladders,
        scores,
    }
}

/// The bodies that a pack puts into a class.
pub(super) fn members(program: &Program, class: ClassId) -> Vec<EntityId> {
    let all = program.model.entities.iter();
    all.filter(|(_, entity)| entity.classes().any(|own| own == class))
        .map(|(id, _)| id)
        .collect()
}

/// The place of an item of evidence on the page of its milestone.
pub(super) fn item_anchor(id: &str) -> String {
    format!("e-{}", slug(id))
}
