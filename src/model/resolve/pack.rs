//! Heads of packs and instruments.

use std::collections::BTreeMap;

use super::{Cx, Listed, blocks, empty_window, label, notes};
use crate::diagnostic::{Code, Diagnostic};
use crate::figures::printed::{Reading, Width};
use crate::message::{Label, Message};
use crate::model::{Burden, InstrumentId, Role, UsedPack};
use crate::number::Exact;
use crate::syntax::ast::{Block, BlockKind, ClauseKind, Item, Quantity, Word};
use crate::unit::{Nature, ParsedUnit, Unit};

impl Cx {
    /// The head of the pack first, then those of the used packs in their order: each gives what
    /// the ones before it leave out.
    pub(super) fn pack_heads(&mut self, items: &[&Item], used: &[String]) {
        let mut by_pack: BTreeMap<Option<String>, Vec<&Block>> = BTreeMap::new();
        for (_, block) in blocks(items).filter(|(_, block)| block.kind == BlockKind::Pack) {
            let pack = self.packs.of(block.id.span).map(str::to_owned);
            by_pack.entry(pack).or_default().push(block);
        }
        let order = used.iter().map(|name| Some(name.clone()));
        for pack in std::iter::once(None).chain(order) {
            let blocks = by_pack.get(&pack).map_or(&[][..], Vec::as_slice);
            self.heads_of(pack.as_deref(), blocks);
        }
    }

    /// The heads of one pack, of which there should be one.
    fn heads_of(&mut self, pack: Option<&str>, heads: &[&Block]) {
        for block in heads {
            self.check_clauses(BlockKind::Pack, &block.clauses);
        }
        let first = heads.first();
        for block in heads.iter().skip(1) {
            let first = first.map(|first| first.id.span);
            self.push_twice("pack", block.id.span, first);
        }
        match (first, pack) {
            (Some(block), None) => self.own_head(block),
            (Some(block), Some(pack)) => {
                let label = label(block.label.as_ref(), &block.clauses);
                self.used(pack, label);
            }
            (None, Some(pack)) => self.used(pack, Label::default()),
            (None, None) => {}
        }
        let clauses = first.map_or(&[][..], |block| &block.clauses);
        for clause in clauses {
            self.head_clause(pack, &clause.kind);
        }
    }

    fn own_head(&mut self, block: &Block) {
        self.model.pack.id.clone_from(&block.id.text);
        self.model.pack.label = label(block.label.as_ref(), &block.clauses);
        self.model.pack.notes = notes(&block.clauses);
        for clause in &block.clauses {
            if let ClauseKind::Burden { submitter } = clause.kind {
                self.model.pack.burden = Some(burden(submitter));
            }
        }
    }

    fn used(&mut self, pack: &str, label: Label) {
        let id = pack.to_owned();
        self.model.uses.push(UsedPack { id, label });
    }

    /// A clause of a head; it counts where no head before it has one of its kind.
    fn head_clause(&mut self, pack: Option<&str>, clause: &ClauseKind) {
        match clause {
            ClauseKind::Entity(word) => {
                let entity = self.entity_named(word);
                self.model.pack.entity = self.model.pack.entity.or(entity);
            }
            ClauseKind::Reading { printed } => {
                let pack = pack.map(str::to_owned);
                self.readings.insert(pack, reading(*printed));
            }
            ClauseKind::Plausible(word, quantity) => self.plausible_of_all(*word, quantity),
            ClauseKind::Width {
                nearly,
                relative,
                quantity,
            } => {
                if let Some(width) = self.width(*relative, quantity, None) {
                    let widths = &mut self.model.pack.widths;
                    let place = if *nearly {
                        &mut widths.nearly
                    } else {
                        &mut widths.about
                    };
                    place.get_or_insert(width);
                }
            }
            ClauseKind::Prefer(words) if self.model.pack.prefer.is_empty() => {
                self.model.pack.prefer = words.iter().map(|word| word.text.clone()).collect();
            }
            ClauseKind::Calendar(word) => {
                let calendar = self.calendar_named(word);
                if self.model.pack.calendar.is_none() {
                    self.model.pack.calendar = calendar;
                }
            }
            ClauseKind::Alike(left, right) => self.alike(left, right),
            _ => {}
        }
    }

    fn alike(&mut self, left: &Word, right: &Word) {
        let (Some(a), Some(b)) = (self.unit(left), self.unit(right)) else {
            return;
        };
        match (a.dimension.factors(), b.dimension.factors()) {
            ([(a, 1)], [(b, 1)]) => self.model.units.unite(*a, *b),
            _ => {
                self.push(Diagnostic::new(Code::BadUnit, right.span).with("name", &right.text));
            }
        }
    }

    /// A width: relative, or absolute in base units of an indicator's own unit.
    pub(super) fn width(
        &mut self,
        relative: bool,
        quantity: &Quantity,
        unit: Option<&Unit>,
    ) -> Option<Width> {
        let (value, ty) = self.literal(quantity)?;
        let crate::model::Type::Quantity(found) = ty else {
            return None;
        };
        let fits = match unit {
            _ if relative => found.role == Role::Percent || found.is_bare,
            // Without an indicator there is no unit that an absolute width could be in.
            None => false,
            Some(unit) if unit.nature == Nature::Percent => {
                matches!(found.role, Role::Points | Role::Percent)
            }
            Some(unit) => found.dimension == unit.dimension && found.role == Role::Amount,
        };
        if !fits {
            let expected = unit
                .filter(|_| !relative)
                .map_or("%", |unit| unit.name.as_str());
            let mut diagnostic =
                Diagnostic::new(Code::NeedsUnit, quantity.span).with("expected", expected);
            if unit.is_none() && !relative {
                diagnostic = diagnostic.help(Message::new("help-relative-width"));
            }
            self.push(diagnostic);
            return None;
        }
        // A number without its percent sign would be many times itself.
        if relative && value.abs() > Exact::from(1) {
            self.push(Diagnostic::new(Code::NeedsUnit, quantity.span).with("expected", "%"));
            return None;
        }
        Some(if relative {
            Width::Relative(value)
        } else {
            Width::Absolute(value)
        })
    }

    pub(super) fn instrument_named(&mut self, word: &Word) -> Option<InstrumentId> {
        let found = self
            .model
            .instruments
            .iter()
            .find(|(_, known)| known.id == word.text);
        let found = found.map(|(id, _)| id);
        if found.is_none() {
            let ids = self
                .model
                .instruments
                .values()
                .map(|known| known.id.as_str());
            let near = crate::fold::nearest(&word.text, ids).map(|(name, _)| name.to_owned());
            let diagnostic = Diagnostic::new(Code::UnknownInstrument, word.span)
                .with("name", &word.text)
                .help(Message::new("help-declare-instrument").with("name", &word.text))
                .meant(near);
            self.push(diagnostic);
        }
        found
    }

    pub(super) fn instrument(&mut self, block: &Block) {
        self.check_clauses(BlockKind::Instrument, &block.clauses);
        let Some(id) = self.entry_of(Listed::Instrument, &block.id) else {
            return;
        };
        for clause in &block.clauses {
            match &clause.kind {
                ClauseKind::Issuer(texts) => {
                    let issuers = texts.iter().map(|text| text.text.clone()).collect();
                    self.model.instruments[id].issuers = issuers;
                }
                ClauseKind::Published(at) => {
                    self.model.instruments[id].published = Some(at.period);
                }
                ClauseKind::InForce { since, until } => {
                    let (since, until) = (since.map(|at| at.period), until.map(|at| at.period));
                    if let (Some(first), Some(last)) = (since, until)
                        && first.first_day() > last.last_day()
                    {
                        self.push(empty_window(clause.span));
                    }
                    self.model.instruments[id].since = since;
                    self.model.instruments[id].until = until;
                }
                ClauseKind::Replaces(word) => {
                    self.model.instruments[id].replaces = self.instrument_named(word);
                }
                ClauseKind::PrevailsOver(words) => {
                    for word in words {
                        let beaten = self.instrument_named(word);
                        self.model.instruments[id].prevails.extend(beaten);
                    }
                }
                ClauseKind::CitedAs(texts) => {
                    self.model.instruments[id].cited = super::texts_label(texts);
                }
                _ => {}
            }
        }
    }

    /// The value of a literal in base units, and its type.
    pub(super) fn literal(
        &mut self,
        quantity: &Quantity,
    ) -> Option<(crate::number::Exact, crate::model::Type)> {
        use crate::model::{QuantityType, Type};
        let value = &quantity.number.value;
        let Some(word) = &quantity.unit else {
            return Some((value.clone(), Type::Quantity(QuantityType::bare())));
        };
        Some(match self.parsed_unit(word)? {
            ParsedUnit::Blank => (value.clone(), Type::Quantity(QuantityType::bare())),
            ParsedUnit::Scale(factor) => (
                value * &factor,
                Type::Quantity(QuantityType::pure(Role::Scaled)),
            ),
            ParsedUnit::Unit(unit) => (
                value * &unit.factor,
                Type::Quantity(QuantityType::of_literal(&unit)),
            ),
        })
    }
}

pub(super) fn burden(submitter: bool) -> Burden {
    if submitter {
        Burden::Submitter
    } else {
        Burden::Authority
    }
}

pub(super) fn reading(printed: bool) -> Reading {
    if printed {
        Reading::Printed
    } else {
        Reading::Exact
    }
}
