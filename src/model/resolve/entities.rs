//! Entities and classes by name, what they are a part of, and expressions over many of them.

use std::collections::BTreeSet;

use super::clauses::both;
use super::{Cx, Listed};
use crate::diagnostic::{Code, Diagnostic};
use crate::fold::fold_width;
use crate::message::{Arg, Message};
use crate::model::{Aggregate, ClassId, Entity, EntityId, Expr, ExprKind, Fold, Members, Part};
use crate::number::Exact;
use crate::syntax::ast::{self, Block, BlockKind, ClauseKind, Word};

/// Of so many a sum of the highest may be taken.
const MOST_TOP: u32 = 1_000_000;

impl Cx {
    pub(super) fn entity_named(&mut self, word: &Word) -> Option<EntityId> {
        let entities = &self.model.entities;
        let text = fold_width(&word.text);
        let by_id = entities.iter().find(|(_, entity)| entity.id == text);
        if let Some((id, _)) = by_id {
            return Some(id);
        }
        let named: Vec<EntityId> = entities
            .iter()
            .filter(|(_, entity)| is_named(entity, &text))
            .map(|(id, _)| id)
            .collect();
        if let [only] = named.as_slice() {
            return Some(*only);
        }
        let diagnostic = Diagnostic::new(Code::UnknownEntity, word.span).with("name", &word.text);
        self.push(match named.is_empty() {
            true => {
                let ids = entities.values().flat_map(names);
                let near = crate::fold::nearest(&text, ids).map(|(name, _)| name.to_owned());
                match near {
                    Some(near) => diagnostic.meant(Some(near)),
                    None => diagnostic
                        .help(Message::new("help-declare-entity").with("name", &word.text)),
                }
            }
            false => {
                let ids = named.iter().map(|id| entities[*id].id.as_str());
                diagnostic.help(
                    Message::new("help-ambiguous-entity").with("names", ids.collect::<Vec<_>>()),
                )
            }
        });
        None
    }

    pub(super) fn class_named(&mut self, word: &Word) -> Option<ClassId> {
        let text = fold_width(&word.text);
        let found = self.model.classes.iter().find(|(_, class)| {
            let is_label = class.label.zh == text || class.label.en == text;
            class.id == text
                || is_label
                || class.aliases.iter().any(|alias| fold_width(alias) == text)
        });
        let found = found.map(|(id, _)| id);
        if found.is_none() {
            let diagnostic = self.no_class(word, &text);
            self.push(diagnostic);
        }
        found
    }

    /// What is wrong with a word that names no class, and which classes there are.
    fn no_class(&self, word: &Word, text: &str) -> Diagnostic {
        let coded = |code| Diagnostic::new(code, word.span).with("name", &word.text);
        let ids = || self.model.classes.values().map(|class| class.id.as_str());
        let classes: Vec<&str> = ids().collect();
        let about = |classes: Vec<&str>| match classes.is_empty() {
            true => Message::new("help-no-classes"),
            false => Message::new("help-classes").with("classes", classes),
        };
        let body = self
            .model
            .entities
            .values()
            .find(|entity| is_named(entity, text));
        let near = crate::fold::nearest(text, ids()).map(|(name, _)| name.to_owned());
        match (body, near) {
            (Some(_), _) => coded(Code::BodyNotClass).help(about(classes)),
            (None, Some(near)) => coded(Code::UnknownEntity).meant(Some(near)),
            (None, None) => coded(Code::UnknownEntity).help(about(classes)),
        }
    }

    pub(super) fn entity(&mut self, block: &Block) {
        self.check_clauses(BlockKind::Entity, &block.clauses);
        let Some(id) = self.entry_of(Listed::Entity, &block.id) else {
            self.class(block);
            return;
        };
        for clause in &block.clauses {
            match &clause.kind {
                ClauseKind::Class(words) => {
                    let found: Vec<ClassId> = words
                        .iter()
                        .filter_map(|word| self.class_named(word))
                        .collect();
                    let entity = &mut self.model.entities[id];
                    let mut found = found.into_iter();
                    entity.class = found.next();
                    if found.len() > 0 {
                        entity.further.get_or_insert_default().classes = found.collect();
                    }
                }
                ClauseKind::PartOf {
                    wholes: words,
                    under,
                } => {
                    if let Some(word) = under {
                        // Bodies have no definitions.
                        let diagnostic = Diagnostic::new(Code::ClauseNotAllowed, word.span)
                            .with("clause", both("under"))
                            .with("item", both("entity"));
                        self.push(diagnostic);
                    }
                    let found: Vec<EntityId> = words
                        .iter()
                        .filter_map(|word| self.entity_named(word))
                        .collect();
                    let entity = &mut self.model.entities[id];
                    let mut found = found.into_iter();
                    entity.part_of = found.next();
                    if found.len() > 0 {
                        entity.further.get_or_insert_default().wholes = found.collect();
                    }
                }
                _ => {}
            }
        }
    }

    /// Reports entities that are a part of themselves, and takes them out of it.
    pub(super) fn no_circle_of_parts(&mut self) {
        for id in self.model.entities.ids() {
            let mut seen: BTreeSet<EntityId> = BTreeSet::new();
            let mut open: Vec<EntityId> = self.model.entities[id].wholes().collect();
            while let Some(next) = open.pop() {
                if seen.insert(next) {
                    open.extend(self.model.entities[next].wholes());
                }
            }
            if seen.contains(&id) {
                let entity = &mut self.model.entities[id];
                entity.part_of = None;
                if let Some(further) = &mut entity.further {
                    further.wholes.clear();
                }
                let (span, name) = (entity.span, entity.id.clone());
                self.push(Diagnostic::new(Code::PartOfItself, span).with("name", name));
            }
        }
    }

    /// Which bodies are meant.
    pub(super) fn members(&mut self, members: &ast::Members) -> Option<Members> {
        let class = self.class_named(&members.class)?;
        let within = match &members.within {
            Some(word) => Some(self.entity_named(word)?),
            None => None,
        };
        let mut except = Vec::new();
        for word in &members.except {
            let entity = self.entity_named(word)?;
            if !self.model.entities[entity]
                .classes()
                .any(|own| own == class)
            {
                let diagnostic = Diagnostic::new(Code::NotAMember, word.span)
                    .with("name", &word.text)
                    .with("class", &self.model.classes[class].id);
                self.push(diagnostic);
                return None;
            }
            except.push(entity);
        }
        except.sort_unstable();
        except.dedup();
        let found = Members {
            class,
            within,
            except,
            is_own: members.is_own,
        };
        let is_listed = !self.model.classes[class].is_open;
        let is_empty = || crate::figures::members_of(&self.model.entities, &found).is_empty();
        if is_listed && !found.is_own && is_empty() {
            let diagnostic = Diagnostic::new(Code::NoMember, members.span)
                .with("class", &self.model.classes[class].id);
            self.push(diagnostic.help(Message::new("help-no-member")));
            return None;
        }
        Some(found)
    }

    /// An expression over many bodies.
    pub(super) fn aggregate(&mut self, written: &ast::Aggregate) -> ExprKind {
        let members = self.members(&written.members);
        let operand = self.expr(&written.operand);
        let filter = written.filter.as_ref().map(|filter| self.expr(filter));
        if let (Some(filter), true) = (&filter, !matches!(written.fold, ast::Fold::Sum(None))) {
            let help = Message::new("help-where-sum");
            self.push(Diagnostic::new(Code::BadWhere, filter.span).help(help));
            return ExprKind::Error;
        }
        let fold = match &written.fold {
            ast::Fold::Sum(part) => self.part(part.as_ref()).map(Fold::Sum),
            ast::Fold::Mean(part) => self.part(part.as_ref()).map(Fold::Mean),
            ast::Fold::Median => Exact::ratio(1, 2).map(Fold::Quantile),
            ast::Fold::Highest => Some(Fold::Quantile(Exact::from(1))),
            ast::Fold::Lowest => Some(Fold::Quantile(Exact::from(0))),
            ast::Fold::Quantile(p) if p.value <= Exact::from(1) => {
                Some(Fold::Quantile(p.value.clone()))
            }
            ast::Fold::Quantile(p) => {
                let number = Arg::from(&p.text);
                let help = Message::new("help-quantile");
                self.push(
                    Diagnostic::new(Code::BadFold, p.span)
                        .with("found", number)
                        .help(help),
                );
                None
            }
            ast::Fold::Rank => Some(Fold::Rank(self.is_higher_first(&operand))),
            ast::Fold::Count => Some(Fold::Count),
            ast::Fold::Share => Some(Fold::Share),
        };
        match (fold, members) {
            (Some(fold), Some(members)) => ExprKind::Aggregate(Box::new(Aggregate {
                fold,
                operand,
                filter,
                complete: self.complete(&members, written.members.span),
                members,
            })),
            _ => ExprKind::Error,
        }
    }

    fn part(&mut self, part: Option<&ast::Part>) -> Option<Option<Part>> {
        let Some(part) = part else { return Some(None) };
        let n = part.n.text.parse::<u32>().ok();
        let Some(n) = n.filter(|n| (1..=MOST_TOP).contains(n)) else {
            let diagnostic = Diagnostic::new(Code::BadFold, part.n.span)
                .with("found", &part.n.text)
                .help(Message::new("help-top").with("word", both("top")));
            self.push(diagnostic);
            return None;
        };
        let is_top = part.is_top;
        Some(Some(Part { is_top, n }))
    }

    /// Which way a rank counts: as the indicator says that it is better, the highest first elsewhere.
    pub(super) fn is_higher_first(&self, operand: &Expr) -> bool {
        match &operand.kind {
            ExprKind::Figure(figure) => {
                self.model.indicators[figure.indicator].higher_is_better != Some(false)
            }
            ExprKind::Shift(inner, _) => self.is_higher_first(inner),
            _ => true,
        }
    }
}

/// The names of an entity that a rule may use.
fn names(entity: &Entity) -> impl Iterator<Item = &str> {
    let own = [&entity.id, &entity.label.zh, &entity.label.en];
    let all = own.into_iter().chain(entity.aliases());
    all.map(String::as_str).filter(|name| !name.is_empty())
}

fn is_named(entity: &Entity, text: &str) -> bool {
    names(entity).any(|name| fold_width(name) == text)
}
