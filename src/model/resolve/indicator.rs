//! Clauses of indicators.

use super::{Cx, Listed, empty_window, notes, texts_label};
use crate::diagnostic::{Code, Diagnostic};
use crate::message::Message;
use crate::model::{
    Basis, Definition, Identity, Indicator, IndicatorId, Kind, QuantityType, Role, Type,
};
use crate::number::Exact;
use crate::set::{Comparison, Set};
use crate::syntax::ast::{
    Block, BlockKind, Clause, ClauseKind, Expr, Item, KindWord, Quantity, Word,
};
use crate::unit::{Dimension, Nature, Unit};

impl Cx {
    pub(super) fn indicator(&mut self, _item: &Item, block: &Block) {
        self.check_clauses(BlockKind::Indicator, &block.clauses);
        let Some(id) = self.indicator_of(block) else {
            return;
        };
        let (kind, choices) = self.kind(&block.clauses);
        let unit = self.indicator_unit(block, kind);
        let indicator = &mut self.model.indicators[id];
        indicator.kind = kind;
        indicator.choices = choices;
        indicator.ty = type_of(kind, unit.as_ref());
        indicator.unit = unit;
        indicator.notes = notes(&block.clauses);
        for clause in &block.clauses {
            self.indicator_clause(id, clause);
            if let ClauseKind::Entity(word) = &clause.kind {
                self.model.indicators[id].class = self.class_named(word);
            }
            if let ClauseKind::Kind(KindWord::LevelOf(word)) = &clause.kind {
                self.level_of_ladder(id, word);
            }
        }
        let has_default = |indicator: &Indicator| {
            indicator
                .definitions
                .first()
                .is_some_and(|first| first.id.is_empty())
        };
        // The unnamed default gives way to the first definition only where one is marked so.
        let marked = block.clauses.iter().find_map(|clause| match &clause.kind {
            ClauseKind::Definition {
                name,
                default: true,
                ..
            } => Some(&name.text),
            _ => None,
        });
        let indicator = &mut self.model.indicators[id];
        if let (Some(marked), true) = (marked, has_default(indicator)) {
            indicator.definitions.remove(0);
            let at = indicator
                .definitions
                .iter()
                .position(|known| known.id == *marked);
            if let Some(at) = at {
                let default = indicator.definitions.remove(at);
                indicator.definitions.insert(0, default);
            }
        }
    }

    pub(super) fn indicator_of(&self, block: &Block) -> Option<IndicatorId> {
        self.entry_of(Listed::Indicator, &block.id)
    }

    fn kind(&mut self, clauses: &[Clause]) -> (Kind, Vec<String>) {
        let found = clauses.iter().find_map(|clause| match &clause.kind {
            ClauseKind::Kind(word) => Some((word, clause.span)),
            _ => None,
        });
        let word = found.map(|(word, _)| word);
        let mut choices = Vec::new();
        let kind = match word {
            None | Some(KindWord::Quantity) => Kind::Quantity,
            Some(KindWord::Named(_)) => {
                let why = Message::new("rows-kind-of-indicator");
                let spans = found.map(|(_, span)| span).into_iter();
                let problems =
                    spans.map(|at| Diagnostic::new(Code::BadRelation, at).with("why", why.clone()));
                self.diagnostics.extend(problems);
                Kind::Quantity
            }
            Some(KindWord::Stock) => Kind::Stock,
            Some(KindWord::Flow) => Kind::Flow,
            Some(KindWord::Share) => Kind::Share,
            Some(KindWord::Growth) => Kind::Growth,
            Some(KindWord::Index) => Kind::Index,
            Some(KindWord::Rank) => Kind::Rank,
            Some(KindWord::YesNo) => Kind::YesNo,
            Some(KindWord::Text) => Kind::Text,
            Some(KindWord::LevelOf(_)) => Kind::Level,
            Some(KindWord::Date) => Kind::Date,
            Some(KindWord::OneOf(texts)) => {
                for text in texts {
                    self.model.symbol(&text.text);
                    choices.push(text.text.clone());
                }
                Kind::OneOf
            }
        };
        (kind, choices)
    }

    fn indicator_unit(&mut self, block: &Block, kind: Kind) -> Option<Unit> {
        let written = block.clauses.iter().find_map(|clause| match &clause.kind {
            ClauseKind::Unit(word) => Some(word.clone()),
            _ => None,
        });
        let price = block.clauses.iter().find_map(|clause| match &clause.kind {
            ClauseKind::Price(at) => Some(at.period.to_string()),
            _ => None,
        });
        if let Some(word) = written.as_ref().filter(|_| kind == Kind::Date) {
            let why = Message::new("day-wrong-has-no-unit");
            self.push(Diagnostic::new(Code::BadDate, word.span).with("why", why));
            return self.day_unit();
        }
        if let Some(word) = written {
            let unit = self.unit(&word)?;
            let expects_percent = matches!(kind, Kind::Share | Kind::Growth);
            if expects_percent && !unit.dimension.is_one() {
                let diagnostic = Diagnostic::new(Code::BadUnit, word.span).with("name", &word.text);
                self.push(diagnostic.help(Message::new("help-share-unit")));
            }
            return Some(match price {
                Some(basis) => self.constant_prices(unit, &basis),
                None => unit,
            });
        }
        let pure = |nature| Unit {
            name: "%".to_owned(),
            factor: Exact::ratio(1, 100).unwrap_or_default(),
            dimension: Dimension::one(),
            nature,
        };
        match kind {
            Kind::Share | Kind::Growth => Some(pure(Nature::Percent)),
            Kind::Index => self.blank_unit("index"),
            Kind::Level => None,
            Kind::Rank => self.blank_unit("rank"),
            Kind::Date => self.day_unit(),
            Kind::YesNo | Kind::Text | Kind::OneOf => None,
            Kind::Stock | Kind::Flow | Kind::Quantity => {
                self.clause_missing("unit", BlockKind::Indicator, block.id.span);
                None
            }
        }
    }

    fn blank_unit(&mut self, kind: &str) -> Option<Unit> {
        let id = self.model.units.kind(kind)?;
        Some(Unit {
            name: String::new(),
            factor: Exact::from(1),
            dimension: Dimension::of(id),
            nature: Nature::Plain,
        })
    }

    /// Money at constant prices is another kind than money at current prices.
    fn constant_prices(&mut self, unit: Unit, basis: &str) -> Unit {
        let mut dimension = Dimension::one();
        for (kind, exponent) in unit.dimension.factors() {
            let name = self.model.units.kind_name(*kind).unwrap_or_default();
            let name = format!("{name}@{basis}");
            let kind = match self.model.units.kind(&name) {
                Some(kind) => kind,
                None => match self.model.units.add_kind(&name) {
                    Ok(kind) => kind,
                    Err(_) => return unit,
                },
            };
            dimension = dimension.mul(&Dimension::of(kind).pow(*exponent));
        }
        Unit { dimension, ..unit }
    }

    fn indicator_clause(&mut self, id: IndicatorId, clause: &Clause) {
        match &clause.kind {
            ClauseKind::Direction { higher_is_better } => {
                self.model.indicators[id].higher_is_better = Some(*higher_is_better);
            }
            ClauseKind::BoundsBetween(low, high) => {
                let (low, high) = (self.own_quantity(id, low), self.own_quantity(id, high));
                if let (Some(low), Some(high)) = (low, high) {
                    match Set::closed(low, high) {
                        Some(set) => self.model.indicators[id].bounds = Some(set),
                        None => self.push(empty_window(clause.span)),
                    }
                }
            }
            ClauseKind::BoundsSide(op, limit) => {
                let limit = self.own_quantity(id, limit);
                self.model.indicators[id].bounds = limit.map(|limit| side(*op, limit));
            }
            ClauseKind::Definition { name, labels, .. } => {
                let known = &self.model.indicators[id].definitions;
                if known.iter().any(|known| known.id == name.text) {
                    let diagnostic =
                        Diagnostic::new(Code::DuplicateName, name.span).with("name", &name.text);
                    self.push(diagnostic);
                    return;
                }
                let label = texts_label(labels);
                let definition = Definition {
                    id: name.text.clone(),
                    label,
                };
                self.model.indicators[id].definitions.push(definition);
            }
            ClauseKind::Break { .. } => self.basis(id, &clause.kind),
            ClauseKind::Breakdown(words) => {
                let named = words.iter().filter_map(|word| self.breakdown_named(word));
                self.model.indicators[id].breakdowns = named.collect();
            }
            ClauseKind::Value { word, quantity } => {
                if let Some(value) = self.own_quantity(id, quantity) {
                    self.model.indicators[id]
                        .values
                        .insert(word.text.clone(), value);
                }
            }
            ClauseKind::Plausible(..) => self.plausible_of(id, &clause.kind),
            ClauseKind::Width {
                nearly,
                relative,
                quantity,
            } => {
                let unit = self.model.indicators[id].unit.clone();
                if let Some(width) = self.width(*relative, quantity, unit.as_ref()) {
                    let pack = self.model.pack.widths.clone();
                    let widths = self.model.indicators[id].widths.get_or_insert(pack);
                    let place = if *nearly {
                        &mut widths.nearly
                    } else {
                        &mut widths.about
                    };
                    *place = Some(width);
                }
            }
            _ => {}
        }
    }

    fn basis(&mut self, id: IndicatorId, clause: &ClauseKind) {
        let ClauseKind::Break {
            name,
            since,
            labels,
            link,
        } = clause
        else {
            return;
        };
        let link = link
            .as_ref()
            .map(|(number, text)| (number.value.clone(), text.text.clone()));
        let label = texts_label(labels);
        let basis = Basis {
            id: name.text.clone(),
            label,
            since: Some(since.period),
            link,
        };
        let bases = &mut self.model.indicators[id].bases;
        bases.push(basis);
        bases.sort_by_key(|basis| basis.since.map(|since| since.first_day()));
    }

    /// A quantity of the indicator's own kind, in base units.
    fn own_quantity(&mut self, id: IndicatorId, quantity: &Quantity) -> Option<Exact> {
        let (mut value, mut ty) = self.literal(quantity)?;
        let own = self.model.indicators[id].ty.clone();
        let is_scaled = matches!(&ty, Type::Quantity(ty) if ty.role == Role::Scaled);
        if let (true, Some(unit)) = (is_scaled, &self.model.indicators[id].unit) {
            value = &value * &self.model.units.without_scale(unit);
            ty = own.clone();
        }
        let (Type::Quantity(own), Type::Quantity(found)) = (&own, &ty) else {
            return Some(value);
        };
        if crate::model::check::unify(own, found).is_some() {
            return Some(value);
        }
        let is_bare = found.is_bare;
        self.wrong_unit(id, quantity, is_bare);
        None
    }

    /// A quantity without the unit that the indicator needs, or with one of another kind.
    pub(super) fn wrong_unit(&mut self, id: IndicatorId, quantity: &Quantity, is_bare: bool) {
        let own = self.model.indicators[id].unit.as_ref();
        let own = own.map_or("", |unit| unit.name.as_str());
        let diagnostic = match &quantity.unit {
            Some(unit) if !is_bare => Diagnostic::new(Code::UnlikeUnits, quantity.span)
                .with("left", own)
                .with("right", &unit.text),
            _ => Diagnostic::new(Code::NeedsUnit, quantity.span).with("expected", own),
        };
        self.push(diagnostic);
    }

    pub(super) fn identities(&mut self, block: &Block) {
        let Some(id) = self.indicator_of(block) else {
            return;
        };
        for clause in &block.clauses {
            let (value, under, is_derive): (&Expr, &Option<Word>, bool) = match &clause.kind {
                ClauseKind::Identity { value, under } => (value, under, false),
                ClauseKind::Derive { value, under } => (value, under, true),
                _ => continue,
            };
            let definition = match under {
                Some(word) => match self.definition_of(id, word) {
                    Some(definition) => definition,
                    None => continue,
                },
                None => 0,
            };
            let value = self.expr(value);
            let identity = Identity {
                value,
                definition,
                is_derive,
                span: clause.span,
            };
            self.model.indicators[id].identities.push(identity);
        }
    }

    pub(super) fn definition_of(&mut self, id: IndicatorId, word: &Word) -> Option<u16> {
        let known = &self.model.indicators[id].definitions;
        let at = known.iter().position(|known| known.id == word.text);
        if let Some(at) = at {
            return u16::try_from(at).ok();
        }
        let names: Vec<String> = known
            .iter()
            .map(|known| known.id.clone())
            .filter(|id| !id.is_empty())
            .collect();
        let indicator = self.model.indicators[id].id.clone();
        let mut diagnostic = Diagnostic::new(Code::UnknownDefinition, word.span)
            .with("name", &word.text)
            .with("indicator", indicator);
        if !names.is_empty() {
            diagnostic = diagnostic.help(Message::new("help-known-names").with("names", names));
        }
        self.push(diagnostic);
        None
    }
}

fn type_of(kind: Kind, unit: Option<&Unit>) -> Type {
    match kind {
        Kind::YesNo => Type::Truth,
        Kind::Text | Kind::OneOf => Type::Text,
        Kind::Level => Type::Unknown,
        Kind::Date => match unit {
            Some(unit) => Type::Quantity(QuantityType::new(unit.dimension.clone(), Role::Date)),
            None => Type::Unknown,
        },
        Kind::Share => Type::Quantity(QuantityType::pure(Role::Share)),
        Kind::Growth => Type::Quantity(QuantityType::pure(Role::Growth)),
        _ => match unit {
            None => Type::Unknown,
            Some(unit) => {
                let mut ty = QuantityType::of_literal(unit);
                // A quantity in % that is not called a share may be any quotient.
                match ty.role {
                    Role::Percent => ty.role = Role::Share,
                    Role::Multiple => ty.role = Role::Ratio,
                    Role::Amount if matches!(kind, Kind::Index | Kind::Rank) => {
                        ty.role = Role::Blank;
                    }
                    _ => {}
                }
                Type::Quantity(ty)
            }
        },
    }
}

/// The values on one side of a limit.
fn side(op: Comparison, limit: Exact) -> Set {
    match op {
        Comparison::Ge => Set::at_least(limit),
        Comparison::Gt => Set::above(limit),
        Comparison::Le => Set::at_most(limit),
        Comparison::Lt => Set::below(limit),
        Comparison::Eq | Comparison::Ne => Set::point(limit),
    }
}
