//! Lists of records: classes whose members belong to a body of another class, and the figure that
//! says whether a list is complete. Clauses go in, classes that know their owner come out.

use super::{Cx, Listed};
use crate::diagnostic::{Code, Diagnostic};
use crate::message::Message;
use crate::model::{
    ClassId, Expr, ExprKind, FigureRef, IndicatorId, Kind, Measure, Members, Name, QuantityType,
    Role, Type,
};
use crate::source::Span;
use crate::syntax::ast::{Block, ClauseKind, Word};

impl Cx {
    /// What a class says of its members beside who they are: whose records they are.
    pub(super) fn class(&mut self, block: &Block) {
        let Some(id) = self.entry_of(Listed::Class, &block.id) else {
            return;
        };
        for clause in &block.clauses {
            match &clause.kind {
                ClauseKind::PartOf { wholes, under } => {
                    let why = match (wholes.as_slice(), under) {
                        ([owner], None) => self.owner(id, owner),
                        _ => Some("records-wrong-owners"),
                    };
                    self.wrong_records(why, clause.span);
                }
                ClauseKind::CompleteBy(name) => {
                    let has_owner = block
                        .clauses
                        .iter()
                        .any(|clause| matches!(clause.kind, ClauseKind::PartOf { .. }));
                    let class = &self.model.classes[id];
                    let why = match (has_owner, class.is_open && !class.is_full) {
                        (false, _) => Some("records-wrong-no-owner"),
                        (_, false) => Some("records-wrong-known"),
                        (true, true) => {
                            self.model.classes[id].complete = self.indicator_named(name);
                            None
                        }
                    };
                    self.wrong_records(why, clause.span);
                }
                ClauseKind::Class(_) => {
                    self.wrong_records(Some("records-wrong-class"), clause.span)
                }
                _ => {}
            }
        }
    }

    /// Puts a class below another; says what is wrong where that cannot be.
    fn owner(&mut self, id: ClassId, word: &Word) -> Option<&'static str> {
        let owner = self.class_named(word)?;
        if owner == id {
            return Some("records-wrong-itself");
        }
        if !self.model.classes[id].is_open {
            return Some("records-wrong-listed");
        }
        self.model.classes[id].owner = Some(owner);
        None
    }

    fn indicator_named(&mut self, word: &Word) -> Option<IndicatorId> {
        match self.model.names.lookup(&word.text) {
            Some(Name::Indicator(id)) => Some(id),
            Some(_) => {
                self.wrong_records(Some("records-wrong-figure"), word.span);
                None
            }
            None => {
                self.unknown_name(word);
                None
            }
        }
    }

    fn wrong_records(&mut self, why: Option<&'static str>, span: Span) {
        let Some(why) = why else { return };
        self.push(Diagnostic::new(Code::BadRecords, span).with("why", Message::new(why)));
    }

    /// What says how many records there are, where members are those of the body that asks.
    pub(super) fn complete(&self, members: &Members, span: Span) -> Option<Expr> {
        let figure = FigureRef {
            indicator: self.model.classes[members.class].complete?,
            definition: 0,
            measure: Measure::Level,
            breakdown: std::sync::Arc::default(),
            entity: None,
        };
        members
            .is_own
            .then(|| Expr::new(ExprKind::Figure(figure), span))
    }

    /// Lists are of bodies and not of records; figures that say whether they are complete must be
    /// counts, or yes and no.
    pub(super) fn lists(&mut self) {
        let has_owner = |id: ClassId| self.model.classes[id].owner.is_some();
        let owned = self.model.classes.ids();
        let nested: Vec<ClassId> = owned
            .filter(|id| self.model.classes[*id].owner.is_some_and(has_owner))
            .collect();
        for id in nested {
            let class = &mut self.model.classes[id];
            class.owner = None;
            let span = class.span;
            self.wrong_records(Some("records-wrong-nested"), span);
        }
        let classes = self.model.classes.values();
        let said: Vec<(IndicatorId, Span, Option<ClassId>)> = classes
            .filter_map(|class| Some((class.complete?, class.span, class.owner)))
            .collect();
        for (id, span, owner) in said {
            let indicator = &self.model.indicators[id];
            let is_count = |ty: &QuantityType| ty.role == Role::Amount;
            let is_fit = match (indicator.kind, &indicator.ty) {
                (Kind::YesNo, _) => true,
                (Kind::Quantity | Kind::Stock | Kind::Flow, Type::Quantity(ty)) => is_count(ty),
                _ => false,
            };
            let is_its = indicator.class.is_none() || indicator.class == owner;
            let why = match (is_fit, is_its) {
                (false, _) => Some("records-wrong-figure"),
                (_, false) => Some("records-wrong-whose"),
                _ => None,
            };
            self.wrong_records(why, span);
        }
    }
}
