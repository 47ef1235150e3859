//! Decisions: outcomes, versions, cases, presumptions. Names become places in lists; conditions
//! become expressions in which what is presumed stands for what is not stated.

use super::{Cx, Listed, label, notes, texts_label};
use crate::diagnostic::{Code, Diagnostic};
use crate::message::{Label, Message};
use crate::model::decision::{Case, Decision, MOST_OUTCOMES, Outcome, Presumption, Version};
use crate::model::{Citation, Expr, ExprKind, InstrumentId, Name, RuleId};
use crate::set::Comparison;
use crate::source::Span;
use crate::syntax::ast::{self, Block, BlockKind, Clause, ClauseKind, Word};

impl Cx {
    /// The outcomes of a decision: known before anything asks for one.
    pub(super) fn outcomes(&mut self, id: RuleId, block: &Block) {
        let mut outcomes: Vec<Outcome> = Vec::new();
        for clause in &block.clauses {
            let ClauseKind::Outcome { name, labels } = &clause.kind else {
                continue;
            };
            if let Some(first) = outcomes.iter().find(|known| known.id == name.text) {
                let first = Some(first.span);
                self.push_twice(&name.text, name.span, first);
                continue;
            }
            if outcomes.len() == MOST_OUTCOMES {
                let diagnostic = Diagnostic::new(Code::BadDecision, name.span)
                    .help(Message::new("help-most-outcomes").with("limit", MOST_OUTCOMES));
                self.push(diagnostic);
                break;
            }
            outcomes.push(Outcome {
                id: name.text.clone(),
                label: texts_label(labels),
                span: name.span,
            });
        }
        let decision = Decision {
            outcomes,
            versions: Vec::new(),
        };
        self.model.rules[id].decision = Some(Box::new(decision));
    }

    /// The versions of a decision, its own cases where it names none.
    pub(super) fn decision(&mut self, block: &Block) {
        let Some(id) = self.entry_of(Listed::Rule, &block.id) else {
            return;
        };
        self.check_clauses(BlockKind::Decision, &block.clauses);
        self.rule_clauses(id, block);
        let named: Vec<&ast::Version> = block
            .clauses
            .iter()
            .filter_map(|clause| match &clause.kind {
                ClauseKind::Version(version) => Some(version),
                _ => None,
            })
            .collect();
        let mut versions: Vec<Version> = Vec::new();
        for version in &named {
            if let Some(first) = versions.iter().find(|known| known.id == version.id.text) {
                let first = Some(first.span);
                self.push_twice(&version.id.text, version.id.span, first);
                continue;
            }
            self.check_version(&version.clauses);
            let label = label(version.label.as_ref(), &version.clauses);
            let shared = [&block.clauses[..], &version.clauses[..]];
            versions.push(self.version(id, &version.id, label, shared));
        }
        if named.is_empty() {
            let own = Word {
                text: String::new(),
                span: block.id.span,
            };
            versions.push(self.version(id, &own, Label::default(), [&block.clauses[..], &[]]));
        }
        let has_outcomes = self.model.rules[id]
            .decision
            .as_ref()
            .is_some_and(|decision| !decision.outcomes.is_empty());
        if !has_outcomes {
            self.clause_missing("outcome", BlockKind::Decision, block.id.span);
        }
        if let Some(empty) = versions.iter().find(|version| version.cases.is_empty()) {
            self.clause_missing("case", BlockKind::Decision, empty.span);
        }
        self.windows(&versions, !named.is_empty());
        if let Some(decision) = &mut self.model.rules[id].decision {
            decision.versions = versions;
        }
    }

    /// Versions follow one another, so each has to begin some day, and no two on the same.
    fn windows(&mut self, versions: &[Version], is_named: bool) {
        if !is_named {
            return;
        }
        let mut begins: Vec<(chrono::NaiveDate, Span)> = Vec::new();
        for version in versions {
            let Some(begin) = crate::eval::begins(&self.model, version) else {
                let help = Message::new("help-version-undated");
                self.push(Diagnostic::new(Code::BadVersion, version.span).help(help));
                continue;
            };
            match begins.iter().find(|(day, _)| *day == begin) {
                Some((_, first)) => {
                    let diagnostic = Diagnostic::new(Code::BadVersion, version.span)
                        .here(Message::new("place-second"))
                        .place(*first, Message::new("place-first"))
                        .help(Message::new("help-version-same-day"));
                    self.push(diagnostic);
                }
                None => begins.push((begin, version.span)),
            }
        }
    }

    /// A version from its own clauses and from those that the whole decision has.
    fn version(
        &mut self,
        id: RuleId,
        name: &Word,
        label: Label,
        [outer, inner]: [&[Clause]; 2],
    ) -> Version {
        let own = if inner.is_empty() { outer } else { inner };
        let both = || outer.iter().chain(inner);
        let mut under: Vec<InstrumentId> = Vec::new();
        for clause in inner {
            if let ClauseKind::Under(words) = &clause.kind {
                for word in words {
                    under.extend(self.instrument_named(word));
                }
            }
        }
        let mut presumptions = Vec::new();
        for clause in both() {
            if let ClauseKind::Presume(presumption) = &clause.kind {
                presumptions.extend(self.presumption(presumption, clause.span));
            }
        }
        let mut cases: Vec<Case> = Vec::new();
        let lists = own.iter().filter_map(|clause| match &clause.kind {
            ClauseKind::Cases(cases) => Some(cases),
            _ => None,
        });
        for case in lists.flatten() {
            let built = self.case(id, case, &cases, &presumptions);
            cases.extend(built);
        }
        // What is left over comes last, wherever it is written.
        cases.sort_by_key(|case| case.condition.is_none() && case.beats.is_empty());
        let is_ordered = both().any(|clause| matches!(clause.kind, ClauseKind::StrongestFirst));
        let mut exclusive = both().filter(|clause| matches!(clause.kind, ClauseKind::Exclusive));
        if let (true, Some(clause)) = (is_ordered, exclusive.next()) {
            let help = Message::new("help-one-order");
            self.push(Diagnostic::new(Code::BadDecision, clause.span).help(help));
        }
        Version {
            id: name.text.clone(),
            label,
            under,
            is_ordered,
            cases,
            presumptions,
            notes: notes(inner),
            span: name.span,
        }
    }

    fn case(
        &mut self,
        id: RuleId,
        case: &ast::Case,
        known: &[Case],
        presumptions: &[Presumption],
    ) -> Option<Case> {
        let outcome = self.outcome_named(id, &case.outcome);
        let mut beats = Vec::new();
        for word in &case.beats {
            let found = known.iter().position(|known| known.id == word.text);
            match found {
                Some(place) if known[place].condition.is_some() => beats.push(place),
                _ => {
                    let names: Vec<String> = known.iter().map(|known| known.id.clone()).collect();
                    let near = crate::fold::nearest(&word.text, names.iter().map(String::as_str));
                    let near = near.map(|(name, _)| name.to_owned());
                    let diagnostic = Diagnostic::new(Code::UnknownCase, word.span)
                        .with("name", &word.text)
                        .help(Message::new("help-case-above"))
                        .meant(near);
                    self.push(diagnostic);
                    return None;
                }
            }
        }
        let name = match &case.id {
            Some(word) => word.text.clone(),
            None if case.condition.is_none() => "otherwise".to_owned(),
            None => format!("row{}", known.len() + 1),
        };
        if let Some(first) = known.iter().find(|known| known.id == name) {
            let span = case.id.as_ref().map_or(case.span, |word| word.span);
            let first = Some(first.span);
            self.push_twice(&name, span, first);
            return None;
        }
        let condition = case.condition.as_ref().map(|condition| {
            let mut resolved = self.expr(condition);
            stand_in(&mut resolved, presumptions);
            resolved
        });
        Some(Case {
            id: name,
            outcome: outcome?,
            condition,
            written: case.condition.as_ref().map(|condition| condition.span),
            beats,
            citations: self.citations(&case.parts),
            notes: notes(&case.parts),
            span: case.id.as_ref().map_or(case.span, |word| word.span),
        })
    }

    /// The place of an outcome of a decision.
    pub(super) fn outcome_named(&mut self, id: RuleId, word: &Word) -> Option<u16> {
        let decision = self.model.rules[id].decision.as_ref()?;
        let ids: Vec<&str> = decision
            .outcomes
            .iter()
            .map(|outcome| outcome.id.as_str())
            .collect();
        if let Some(place) = ids.iter().position(|id| *id == word.text) {
            return u16::try_from(place).ok();
        }
        let near = crate::fold::nearest(&word.text, ids.iter().copied());
        let near = near.map(|(name, _)| name.to_owned());
        let diagnostic = Diagnostic::new(Code::UnknownOutcome, word.span)
            .with("name", &word.text)
            .help(Message::new("help-known-names").with("names", ids))
            .meant(near);
        self.push(diagnostic);
        None
    }

    fn presumption(&mut self, clause: &ast::Presumption, span: Span) -> Option<Presumption> {
        let fact = self.expr(&clause.fact);
        let unless = clause.unless.as_ref().map(|unless| self.expr(unless));
        let truth = |truth, at: Span| Expr::new(ExprKind::Truth(truth), at);
        let (fact, value) = match fact.kind {
            ExprKind::Figure(figure) => (figure, truth(true, fact.span)),
            ExprKind::Not(inner) => match inner.kind {
                ExprKind::Figure(figure) => (figure, truth(false, fact.span)),
                other => return self.bad_presumption(&other, clause.fact.span),
            },
            ExprKind::Compare(Comparison::Eq, left, right) => match left.kind {
                ExprKind::Figure(figure) => (figure, *right),
                other => return self.bad_presumption(&other, clause.fact.span),
            },
            other => return self.bad_presumption(&other, clause.fact.span),
        };
        let present = Expr::new(ExprKind::Present(fact.clone()), span);
        let aside = ExprKind::Any(std::iter::once(present).chain(unless).collect());
        Some(Presumption {
            fact,
            value,
            aside: Expr::new(aside, span),
            citations: self.citations(&clause.parts),
            notes: notes(&clause.parts),
            span: clause.fact.span,
        })
    }

    fn bad_presumption(&mut self, found: &ExprKind, span: Span) -> Option<Presumption> {
        if !matches!(found, ExprKind::Error) {
            let help = Message::new("help-presume");
            self.push(Diagnostic::new(Code::BadPresumption, span).help(help));
        }
        None
    }

    /// The citations among clauses.
    fn citations(&mut self, clauses: &[Clause]) -> Vec<Citation> {
        let mut found = Vec::new();
        for clause in clauses {
            found.extend(self.citation(&clause.kind));
        }
        found
    }

    /// A decision held against one of its outcomes; `None` where no decision is named.
    pub(super) fn decided(&mut self, left: &ast::Expr, right: &ast::Expr) -> Option<ExprKind> {
        let ast::ExprKind::Name { name, selectors } = &left.kind else {
            return None;
        };
        let Some(Name::Decision(id)) = self.model.names.lookup(&name.text) else {
            return None;
        };
        if let Some(first) = selectors.first() {
            let diagnostic =
                Diagnostic::new(Code::BadSelector, first.span).with("found", &first.value.text);
            self.push(diagnostic);
            return Some(ExprKind::Error);
        }
        let ast::ExprKind::Name { name: outcome, .. } = &right.kind else {
            let names = self.outcome_ids(id);
            let diagnostic = Diagnostic::new(Code::UnknownOutcome, right.span)
                .with("name", "\u{2026}")
                .help(Message::new("help-known-names").with("names", names));
            self.push(diagnostic);
            return Some(ExprKind::Error);
        };
        let place = self.outcome_named(id, outcome);
        Some(place.map_or(ExprKind::Error, |place| ExprKind::Outcome(id, place)))
    }

    /// Whether an expression is the name of a decision.
    pub(super) fn is_decision(&self, expr: &ast::Expr) -> bool {
        let ast::ExprKind::Name { name, .. } = &expr.kind else {
            return false;
        };
        let found = self.model.names.lookup(&name.text);
        matches!(found, Some(Name::Decision(_)))
    }

    /// `decision is outcome`, or `is not`; `None` where anything else is compared.
    pub(super) fn outcome_asked(
        &mut self,
        first: &ast::Expr,
        rest: &[(Comparison, ast::Expr)],
    ) -> Option<ExprKind> {
        let [(op, right)] = rest else { return None };
        if !self.is_decision(first) || !matches!(op, Comparison::Eq | Comparison::Ne) {
            return None;
        }
        let kind = self.decided(first, right)?;
        Some(match op {
            Comparison::Ne => ExprKind::Not(Box::new(Expr::new(kind, first.span.to(right.span)))),
            _ => kind,
        })
    }

    fn outcome_ids(&self, id: RuleId) -> Vec<String> {
        let decision = self.model.rules[id].decision.as_ref();
        let outcomes = decision.iter().flat_map(|decision| &decision.outcomes);
        outcomes.map(|outcome| outcome.id.clone()).collect()
    }
}

/// Puts what is presumed in the place of each fact that is not stated.
fn stand_in(expr: &mut Expr, presumptions: &[Presumption]) {
    if let ExprKind::Figure(figure) = &expr.kind {
        let is_it = |presumption: &&Presumption| presumption.fact == *figure;
        if let Some(presumption) = presumptions.iter().find(is_it) {
            expr.kind = ExprKind::If(
                Box::new(presumption.aside.clone()),
                Box::new(Expr::new(ExprKind::Figure(figure.clone()), expr.span)),
                Box::new(presumption.value.clone()),
            );
        }
        return;
    }
    // What is said of another period, or of other bodies, is not what is presumed of this one.
    if matches!(expr.kind, ExprKind::Shift(..) | ExprKind::Aggregate(_)) {
        return;
    }
    for part in expr.operands_mut() {
        stand_in(part, presumptions);
    }
}
