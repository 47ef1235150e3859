//! Milestones with their items of evidence, and scales. An item becomes a quantity of its own, yes
//! or no or a level, so that what a milestone asks for is an expression like any other.

use super::{Cx, Listed, notes, texts_label};
use crate::diagnostic::{Code, Diagnostic};
use crate::figures::EvidenceKind;
use crate::message::{Arg, Label, Lang, Message};
use crate::model::{
    Deadline, EvidenceItem, Expr, ExprKind, IndicatorId, Kind, Ladder, LadderId, LadderLevel,
    Milestone, QuantityType, Role, RuleId, Type, When,
};
use crate::number::Exact;
use crate::set::Comparison;
use crate::source::Span;
use crate::syntax::ast::{self, Block, BlockKind, ClauseKind, Item, ItemKind, KindWord, Word};
use crate::unit::{Dimension, Nature, Unit};

/// Clauses of an item of evidence.
const OF_EVIDENCE: &[&str] = &["en", "zh", "kind", "accepts", "issuer", "note+"];

impl Cx {
    /// Scales, before anything has a level of one.
    pub(super) fn ladders(&mut self, items: &[&Item]) {
        for item in items {
            let ItemKind::Ladder(ladder) = &item.kind else {
                continue;
            };
            if self.declared_before("ladder", &ladder.name) {
                continue;
            }
            let mut found = Ladder {
                id: ladder.name.text.clone(),
                label: texts_label(&ladder.labels),
                levels: Vec::new(),
                span: ladder.name.span,
            };
            for (id, labels) in &ladder.steps {
                let label = texts_label(labels);
                let names = [&id.text, &label.zh, &label.en];
                if names
                    .into_iter()
                    .any(|name| !name.is_empty() && found.level(name).is_some())
                {
                    let why = Message::new("ladder-twice").with("name", &id.text);
                    self.push(Diagnostic::new(Code::BadLadder, id.span).with("why", why));
                    continue;
                }
                found.levels.push(LadderLevel {
                    id: id.text.clone(),
                    label,
                });
            }
            if found.levels.len() < 2 && ladder.steps.len() < 2 {
                let why = Message::new("ladder-short");
                self.push(Diagnostic::new(Code::BadLadder, found.span).with("why", why));
            }
            self.model.ladders.push(found);
        }
    }

    fn ladder_named(&mut self, word: &Word) -> Option<LadderId> {
        let ladders = &self.model.ladders;
        let is_it = |(_, known): &(LadderId, &Ladder)| {
            [&known.id, &known.label.zh, &known.label.en].contains(&&word.text)
        };
        if let Some((id, _)) = ladders.iter().find(is_it) {
            return Some(id);
        }
        let ids = ladders.values().map(|known| known.id.as_str());
        let near = crate::fold::nearest(&word.text, ids.clone()).map(|(name, _)| name.to_owned());
        let names: Vec<&str> = ids.collect();
        let mut diagnostic =
            Diagnostic::new(Code::UnknownLadder, word.span).with("name", &word.text);
        if near.is_none() && !names.is_empty() {
            diagnostic = diagnostic.help(Message::new("help-known-names").with("names", names));
        }
        self.push(diagnostic.meant(near));
        None
    }

    /// Makes a quantity a level of a scale.
    pub(super) fn level_of_ladder(&mut self, id: IndicatorId, word: &Word) {
        let Some(ladder) = self.ladder_named(word) else {
            return;
        };
        let own = format!("level of {}", self.model.ladders[ladder].id);
        let kind = match self.model.units.kind(&own) {
            Some(kind) => kind,
            None => match self.model.units.add_kind(&own) {
                Ok(kind) => kind,
                Err(_) => return,
            },
        };
        let dimension = Dimension::of(kind);
        let n = self.model.ladders[ladder].levels.len();
        let top = Exact::from(i64::try_from(n).unwrap_or(i64::MAX));
        let indicator = &mut self.model.indicators[id];
        indicator.kind = Kind::Level;
        indicator.ladder = Some(ladder);
        indicator.bounds = crate::set::Set::closed(Exact::from(1), top);
        indicator.ty = Type::Quantity(QuantityType::new(dimension.clone(), Role::Blank));
        indicator.unit = Some(Unit {
            name: String::new(),
            factor: Exact::from(1),
            dimension,
            nature: Nature::Plain,
        });
    }

    /// The items of a milestone: known before anything asks for one.
    pub(super) fn declare_evidence(&mut self, id: RuleId, block: &Block) {
        let mut milestone = Milestone::default();
        for clause in &block.clauses {
            let ClauseKind::Evidence(evidence) = &clause.kind else {
                continue;
            };
            let whole = Word {
                text: format!("{}.{}", block.id.text, evidence.id.text),
                span: evidence.id.span,
            };
            let mut label = super::label(None, &evidence.clauses);
            let written = texts_label(&evidence.labels);
            for (own, text) in [(&mut label.zh, &written.zh), (&mut label.en, &written.en)] {
                if own.is_empty() {
                    own.clone_from(text);
                }
            }
            let Some(indicator) = self.declare_quantity(&whole, label, String::new()) else {
                continue;
            };
            let place = u16::try_from(milestone.items.len()).unwrap_or(u16::MAX);
            self.model.indicators[indicator].evidence = Some((id, place));
            milestone.items.push(EvidenceItem {
                id: evidence.id.text.clone(),
                indicator,
                accepts: Vec::new(),
                issuers: Vec::new(),
                span: evidence.id.span,
            });
        }
        self.model.rules[id].milestone = Some(Box::new(milestone));
    }

    /// A milestone: what its items take, what it asks for, and by when.
    pub(super) fn milestone(&mut self, block: &Block) {
        self.check_clauses(BlockKind::Milestone, &block.clauses);
        let Some(id) = self.entry_of(Listed::Rule, &block.id) else {
            return;
        };
        self.evidence_items(id, block);
        let items = self.model.rules[id].milestone.clone().unwrap_or_default();
        // Within the milestone an item goes by its own name.
        self.items = items
            .items
            .iter()
            .map(|item| (item.id.clone(), item.indicator))
            .collect();
        self.rule_clauses(id, block);
        self.required(id, block);
        self.items.clear();
        let rule = &self.model.rules[id];
        let (goal, when) = (rule.goal.clone(), rule.when);
        let has_goal = !matches!(goal.kind, ExprKind::Error);
        let deadline = &rule.deadline;
        let is_timed = matches!(when, When::By(_))
            || deadline
                .as_ref()
                .is_some_and(|it| !matches!(it, Deadline::Day { .. }));
        if has_goal && !is_timed {
            self.bad_milestone("milestone-by", block.id.span);
        }
        if items.items.is_empty() && has_goal && !reads_any(&goal) {
            self.bad_milestone("milestone-empty", block.id.span);
        }
        for item in &items.items {
            if has_goal && !reads(&goal, item.indicator) {
                let why = Message::new("milestone-unused").with("name", &item.id);
                let diagnostic = Diagnostic::new(Code::BadMilestone, item.span);
                self.push(diagnostic.with("why", why));
            }
        }
    }

    fn bad_milestone(&mut self, why: &'static str, span: Span) {
        let diagnostic = Diagnostic::new(Code::BadMilestone, span);
        self.push(diagnostic.with("why", Message::new(why)));
    }

    fn evidence_items(&mut self, id: RuleId, block: &Block) {
        for clause in &block.clauses {
            let ClauseKind::Evidence(evidence) = &clause.kind else {
                continue;
            };
            self.check_allowed("evidence", OF_EVIDENCE, &evidence.clauses);
            let milestone = self.model.rules[id].milestone.as_ref();
            let mut items = milestone.iter().flat_map(|known| &known.items);
            let span = evidence.id.span;
            let Some(place) = items.position(|item| item.span == span) else {
                continue;
            };
            let (mut accepts, mut issuers) = (Vec::new(), Vec::new());
            let mut ladder = None;
            for clause in &evidence.clauses {
                match &clause.kind {
                    ClauseKind::Accepts(words) => accepts.extend(self.evidence_kinds(words)),
                    ClauseKind::Issuer(texts) => {
                        issuers = texts.iter().map(|text| text.text.clone()).collect();
                    }
                    ClauseKind::Kind(KindWord::LevelOf(word)) => ladder = Some(word),
                    ClauseKind::Kind(KindWord::YesNo) => {}
                    ClauseKind::Kind(_) => self.bad_milestone("milestone-kind", clause.span),
                    _ => {}
                }
            }
            let Some(item) = self.model.rules[id]
                .milestone
                .as_mut()
                .and_then(|known| known.items.get_mut(place))
            else {
                continue;
            };
            item.accepts = accepts;
            item.issuers = issuers;
            let indicator = item.indicator;
            let own = &mut self.model.indicators[indicator];
            own.notes = notes(&evidence.clauses);
            own.kind = Kind::YesNo;
            own.ty = Type::Truth;
            if let Some(word) = ladder {
                self.level_of_ladder(indicator, word);
            }
        }
    }

    fn evidence_kinds(&mut self, words: &[Word]) -> Vec<EvidenceKind> {
        let mut found = Vec::new();
        for word in words {
            match self.model.words.evidence_kind(&word.text) {
                Some(kind) => found.push(kind),
                None => {
                    let names = EvidenceKind::ALL.iter().map(|kind| {
                        Arg::Label(Label {
                            zh: Message::new(kind.key()).render(Lang::Zh),
                            en: kind.word().to_owned(),
                        })
                    });
                    let help =
                        Message::new("help-known-names").with("names", Arg::List(names.collect()));
                    let diagnostic = Diagnostic::new(Code::UnknownEvidenceKind, word.span)
                        .with("name", &word.text)
                        .help(help);
                    self.push(diagnostic);
                }
            }
        }
        found
    }

    /// So many conditions of several.
    pub(super) fn at_least(&mut self, n: &ast::Number, items: &[ast::Expr]) -> ExprKind {
        let least = n.text.parse::<usize>().ok();
        let Some(least) = least.filter(|least| (1..=items.len()).contains(least)) else {
            let diagnostic = Diagnostic::new(Code::BadCount, n.span)
                .with("found", &n.text)
                .with("count", items.len());
            self.push(diagnostic);
            return ExprKind::Error;
        };
        let items = items.iter().map(|item| self.expr(item)).collect();
        ExprKind::AtLeast(u32::try_from(least).unwrap_or(u32::MAX), items)
    }

    /// A level held against the name of one; `None` where anything else is compared.
    pub(super) fn level_asked(
        &mut self,
        first: &ast::Expr,
        rest: &[(Comparison, ast::Expr)],
    ) -> Option<ExprKind> {
        let [(op, right)] = rest else { return None };
        let text = match &right.kind {
            ast::ExprKind::Name { name, selectors } if selectors.is_empty() => &name.text,
            ast::ExprKind::Text(text) => text,
            _ => return None,
        };
        let ladder = self.ladder_of(first)?;
        let Some(level) = self.model.ladders[ladder].level(text) else {
            // Another level of the same scale may stand there as well.
            if self.ladder_of(right) == Some(ladder) {
                return None;
            }
            let known = &self.model.ladders[ladder];
            let names = known.names().into_iter().map(Arg::Label).collect();
            let diagnostic = Diagnostic::new(Code::UnknownLevel, right.span)
                .with("name", text)
                .with("ladder", known.label.or_id(&known.id))
                .help(Message::new("help-known-names").with("names", Arg::List(names)));
            self.push(diagnostic);
            return Some(ExprKind::Error);
        };
        let left = self.expr(first);
        let ty = indicator_of(&left).map(|id| self.model.indicators[id].ty.clone());
        let limit = Expr {
            kind: ExprKind::Number(level),
            span: right.span,
            ty: ty.unwrap_or_default(),
        };
        Some(ExprKind::Compare(*op, Box::new(left), Box::new(limit)))
    }

    /// The scale of what an expression names.
    fn ladder_of(&self, expr: &ast::Expr) -> Option<LadderId> {
        match &expr.kind {
            ast::ExprKind::Name { name, .. } => {
                let indicator = match self.items.get(&name.text) {
                    Some(item) => *item,
                    None => match self.model.names.lookup(&name.text)? {
                        crate::model::Name::Indicator(id) => id,
                        _ => return None,
                    },
                };
                self.model.indicators[indicator].ladder
            }
            ast::ExprKind::At(inner, _) => self.ladder_of(inner),
            _ => None,
        }
    }
}

/// The indicator that an expression is a figure of.
fn indicator_of(expr: &Expr) -> Option<IndicatorId> {
    match &expr.kind {
        ExprKind::Figure(figure) => Some(figure.indicator),
        ExprKind::Shift(inner, _) => indicator_of(inner),
        _ => None,
    }
}

/// Whether an expression names a quantity.
fn reads(expr: &Expr, indicator: IndicatorId) -> bool {
    let mut is_read = false;
    crate::graph::walk(expr, &mut |expr| {
        if let ExprKind::Figure(figure) | ExprKind::Present(figure) = &expr.kind {
            is_read |= figure.indicator == indicator;
        }
    });
    is_read
}

/// Whether an expression names any figure.
fn reads_any(expr: &Expr) -> bool {
    let mut is_read = false;
    crate::graph::walk(expr, &mut |expr| {
        is_read |= matches!(expr.kind, ExprKind::Figure(_) | ExprKind::Define(_));
    });
    is_read
}
