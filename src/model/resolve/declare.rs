//! The first pass: every id and label gets its entry before anything refers to it.

use super::{Cx, Listed, blocks, label, nth};
use crate::figures::printed::Reading;
use crate::index::Id;
use crate::message::Label;
use crate::model::{
    Basis, Class, Define, DefineId, Definition, Entity, Expr, ExprKind, Further, Indicator,
    IndicatorId, Instrument, Kind, Name, Rule, RuleId, RuleKind, Type, When,
};
use crate::source::Span;
use crate::syntax::ast::{Block, BlockKind, ClauseKind, Item, ItemKind, Word};

impl Cx {
    pub(super) fn declare(&mut self, items: &[&Item]) {
        for (item, block) in blocks(items) {
            match block.kind {
                BlockKind::Pack => {}
                BlockKind::Calendar => self.declare_calendar(block),
                BlockKind::Entity => self.declare_entity(block),
                BlockKind::Instrument => self.declare_instrument(block),
                BlockKind::Indicator => self.declare_indicator(item, block),
                BlockKind::Breakdown => self.declare_breakdown(item, block),
                BlockKind::Target
                | BlockKind::Check
                | BlockKind::Decision
                | BlockKind::Milestone => {
                    self.declare_rule(item, block);
                }
            }
        }
        for item in items {
            if let ItemKind::Define {
                name,
                label: text,
                clauses,
                ..
            } = &item.kind
            {
                let label = label(text.as_ref(), clauses);
                self.declare_define(name, label);
            }
        }
        for item in items {
            if let ItemKind::Score(score) = &item.kind {
                self.declare_score(score);
            }
        }
    }

    fn declare_entity(&mut self, block: &Block) {
        if self.declared_before("entity", &block.id) {
            return;
        }
        let label = label(block.label.as_ref(), &block.clauses);
        let id = block.id.text.clone();
        let members = block.clauses.iter().find_map(|clause| match clause.kind {
            ClauseKind::Members { open, full } => Some((open, full)),
            _ => None,
        });
        let span = block.id.span;
        match members {
            Some((is_open, is_full)) => {
                self.note_place(Listed::Class, span);
                self.model.classes.push(Class {
                    id,
                    label,
                    aliases: aliases(block),
                    is_open,
                    is_full,
                    owner: None,
                    complete: None,
                    span,
                });
            }
            None => {
                self.note_place(Listed::Entity, span);
                self.model.entities.push(Entity {
                    id,
                    label,
                    class: None,
                    part_of: None,
                    further: further(block),
                    span,
                });
            }
        }
    }

    fn declare_instrument(&mut self, block: &Block) {
        if self.declared_before("instrument", &block.id) {
            return;
        }
        self.note_place(Listed::Instrument, block.id.span);
        self.model.instruments.push(Instrument {
            id: block.id.text.clone(),
            label: label(block.label.as_ref(), &block.clauses),
            issuers: Vec::new(),
            published: None,
            since: None,
            until: None,
            replaces: None,
            prevails: Vec::new(),
            cited: Label::default(),
            span: block.id.span,
        });
    }

    fn declare_indicator(&mut self, item: &Item, block: &Block) {
        let label = label(block.label.as_ref(), &block.clauses);
        let Some(id) = self.declare_quantity(&block.id, label.clone(), item.doc.clone()) else {
            return;
        };
        let name = Name::Indicator(id);
        self.name(&block.id, &label, name);
        for clause in &block.clauses {
            if let ClauseKind::Alias(texts) = &clause.kind {
                for text in texts {
                    self.model.names.also(&text.text, name);
                    self.model.indicators[id].aliases.push(text.text.clone());
                }
            }
        }
    }

    /// A quantity by its id; its labels name it only where the caller says so.
    pub(super) fn declare_quantity(
        &mut self,
        id: &Word,
        label: Label,
        doc: String,
    ) -> Option<IndicatorId> {
        if self.declared_before("quantity", id) {
            return None;
        }
        let name = Name::Indicator(nth::<IndicatorId>(self.model.indicators.len()));
        self.model.names.declare(&id.text, name);
        self.note_place(Listed::Indicator, id.span);
        Some(self.model.indicators.push(Indicator {
            id: id.text.clone(),
            label,
            aliases: Vec::new(),
            class: None,
            unit: None,
            kind: Kind::Quantity,
            choices: Vec::new(),
            higher_is_better: None,
            bounds: None,
            definitions: vec![Definition {
                id: String::new(),
                label: Label::default(),
            }],
            bases: vec![Basis {
                id: String::new(),
                label: Label::default(),
                since: None,
                link: None,
            }],
            breakdowns: Vec::new(),
            identities: Vec::new(),
            ties: crate::model::Ties::default(),
            values: std::collections::BTreeMap::new(),
            widths: None,
            plausible: crate::model::Plausible::default(),
            notes: Vec::new(),
            ladder: None,
            evidence: None,
            ty: Type::Unknown,
            doc,
            span: id.span,
        }))
    }

    pub(super) fn declare_define(&mut self, id: &Word, label: Label) {
        if self.declared_before("quantity", id) {
            return;
        }
        let name = Name::Define(nth::<DefineId>(self.model.defines.len()));
        self.name(id, &label, name);
        self.note_place(Listed::Define, id.span);
        self.model.defines.push(Define {
            id: id.text.clone(),
            label,
            value: Expr::new(ExprKind::Error, id.span),
            notes: Vec::new(),
            span: id.span,
        });
    }

    fn name(&mut self, id: &Word, label: &Label, name: Name) {
        // An id wins over the label of something else.
        self.model.names.declare(&id.text, name);
        for text in [&label.zh, &label.en] {
            if self.model.names.lookup(text).is_none() || !self.is_id(text) {
                self.model.names.also(text, name);
            }
        }
    }

    fn is_id(&self, text: &str) -> bool {
        let key = ("quantity", text.to_owned());
        self.declared.contains_key(&key)
    }

    fn declare_rule(&mut self, item: &Item, block: &Block) {
        if self.declared_before("rule", &block.id) {
            return;
        }
        let kind = match block.kind {
            BlockKind::Check => RuleKind::Check,
            BlockKind::Decision => RuleKind::Decision,
            BlockKind::Milestone => RuleKind::Milestone,
            _ => RuleKind::Target,
        };
        let reading = match kind {
            RuleKind::Target | RuleKind::Decision | RuleKind::Milestone => Reading::Exact,
            RuleKind::Check => Reading::Printed,
        };
        self.note_place(Listed::Rule, block.id.span);
        let id: RuleId = self.model.rules.push(Rule {
            id: block.id.text.clone(),
            label: label(block.label.as_ref(), &block.clauses),
            kind,
            goal: Expr::new(ExprKind::Error, block.id.span),
            level: None,
            when: When::Each {
                since: None,
                until: None,
            },
            deadline: None,
            modality: crate::syntax::ast::Modality::Must,
            modality_words: None,
            sort: None,
            wholes: Vec::new(),
            feeds: Vec::new(),
            condition: None,
            baseline: None,
            literals: Vec::new(),
            method: None,
            binding: None,
            burden: None,
            reading,
            owners: Vec::new(),
            category: None,
            citations: Vec::new(),
            under: Vec::new(),
            scope: None,
            waivers: Vec::new(),
            absence_may_pass: false,
            notes: Vec::new(),
            doc: item.doc.clone(),
            span: block.id.span,
            item: item.span,
            decision: None,
            milestone: None,
        });
        if kind == RuleKind::Decision {
            let label = self.model.rules[id].label.clone();
            self.name(&block.id, &label, Name::Decision(id));
            self.outcomes(id, block);
        }
        if kind == RuleKind::Milestone {
            self.declare_evidence(id, block);
        }
    }

    /// Notes that the next entry of a list is what an item declares at this place.
    fn note_place(&mut self, list: Listed, span: Span) {
        let place = match list {
            Listed::Class => self.model.classes.len(),
            Listed::Entity => self.model.entities.len(),
            Listed::Instrument => self.model.instruments.len(),
            Listed::Indicator => self.model.indicators.len(),
            Listed::Define => self.model.defines.len(),
            Listed::Rule => self.model.rules.len(),
        };
        self.places.insert((list, span), place);
    }

    /// The entry that an item declared, found by where its id stands: a duplicate has none.
    pub(super) fn entry_of<I: Id>(&self, list: Listed, id: &Word) -> Option<I> {
        self.places.get(&(list, id.span)).copied().map(nth)
    }
}

/// The texts of all `alias` clauses.
fn aliases(block: &Block) -> Vec<String> {
    let clauses = block
        .clauses
        .iter()
        .filter_map(|clause| match &clause.kind {
            ClauseKind::Alias(texts) => Some(texts),
            _ => None,
        });
    clauses.flatten().map(|text| text.text.clone()).collect()
}

fn further(block: &Block) -> Option<Box<Further>> {
    let aliases = aliases(block);
    let further = || Further {
        aliases: aliases.clone(),
        ..Further::default()
    };
    (!aliases.is_empty()).then(|| Box::new(further()))
}
