//! Whose figures are asked: a record has its own and no other, a body none of its records. A checked
//! model goes in, what is asked of the wrong one comes out.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::message::Message;
use crate::model::{Aggregate, ClassId, DefineId, Expr, ExprKind, FigureRef, Model};
use crate::source::Span;

/// What rules ask of those who do not have it.
pub(super) fn check(model: &Model) -> Vec<Diagnostic> {
    let mut cx = Cx {
        model,
        seen: BTreeSet::new(),
        diagnostics: Vec::new(),
    };
    if model.classes.values().all(|class| class.owner.is_none()) {
        return cx.diagnostics;
    }
    for indicator in model.indicators.values() {
        for identity in &indicator.identities {
            cx.expr(&identity.value, indicator.class);
        }
    }
    for rule in model.rules.values() {
        let asked = rule.scope.as_ref().map(|members| members.class);
        for expr in rule.exprs() {
            cx.expr(expr, asked);
        }
    }
    cx.diagnostics
}

struct Cx<'m> {
    model: &'m Model,
    /// Derived quantities by who they were asked of.
    seen: BTreeSet<(DefineId, Option<ClassId>)>,
    diagnostics: Vec<Diagnostic>,
}

impl Cx<'_> {
    /// What an expression asks of a class of bodies, or of the body of the pack.
    fn expr(&mut self, expr: &Expr, asked: Option<ClassId>) {
        match &expr.kind {
            ExprKind::Figure(figure) | ExprKind::Present(figure) => {
                self.figure(figure, asked, expr.span);
            }
            ExprKind::Define(id) => {
                if self.seen.insert((*id, asked)) {
                    self.expr(&self.model.defines[*id].value, asked);
                }
            }
            ExprKind::Aggregate(aggregate) => self.aggregate(aggregate, asked, expr.span),
            _ => {
                for part in expr.operands() {
                    self.expr(part, asked);
                }
            }
        }
    }

    fn aggregate(&mut self, aggregate: &Aggregate, asked: Option<ClassId>, span: Span) {
        let class = aggregate.members.class;
        for part in std::iter::once(&aggregate.operand).chain(&aggregate.filter) {
            self.expr(part, Some(class));
        }
        let Some(owner) = self.model.classes[class].owner else {
            return;
        };
        let periods = aggregate.periods(self.model);
        if periods.len() > 1 && !periods.contains(&(None, 0)) {
            let diagnostic = Diagnostic::new(Code::ListPeriods, span)
                .with("class", &self.model.classes[class].id)
                .help(Message::new("help-list-periods"));
            self.diagnostics.push(diagnostic);
        }
        let body = self.model.pack.entity;
        let is_owner = body.is_some_and(|id| {
            let mut classes = self.model.entities[id].classes();
            classes.any(|own| own == owner)
        });
        if aggregate.members.is_own && asked.is_none() && !is_owner {
            let help = Message::new("help-list-scope")
                .with("owners", &self.model.classes[owner].id)
                .with("its", its_word());
            let diagnostic = Diagnostic::new(Code::ListOfNobody, span)
                .with("class", &self.model.classes[class].id)
                .help(help);
            self.diagnostics.push(diagnostic);
        }
    }

    fn figure(&mut self, figure: &FigureRef, asked: Option<ClassId>, span: Span) {
        let indicator = &self.model.indicators[figure.indicator];
        let Some(class) = indicator.class.filter(|_| figure.entity.is_none()) else {
            return;
        };
        let is_record = |class: ClassId| self.model.classes[class].owner.is_some();
        let concerns = is_record(class) || asked.is_some_and(is_record);
        if asked == Some(class) || !concerns {
            return;
        }
        let id = |class: ClassId| self.model.classes[class].id.as_str();
        let whom = match asked {
            Some(asked) => Message::new("asked-class").with("class", id(asked)),
            None => Message::new("asked-body"),
        };
        let help = match is_record(class) {
            true => Message::new("help-record-figure")
                .with("name", &indicator.id)
                .with("class", id(class)),
            false => Message::new("help-owner-figure"),
        };
        let diagnostic = Diagnostic::new(Code::RecordFigure, span)
            .with("name", &indicator.id)
            .with("class", id(class))
            .with("asked", whom)
            .help(help);
        self.diagnostics.push(diagnostic);
    }
}

/// The word for those of the body that asks, in both languages.
fn its_word() -> String {
    let mut keywords = crate::syntax::keywords().iter();
    let found = keywords.find(|keyword| keyword.en == "its");
    found.map_or_else(String::new, |word| format!("`{} {}`", word.en, word.zh))
}
