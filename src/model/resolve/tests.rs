//! Tests written in the language.

use std::collections::BTreeSet;

use super::Cx;
use crate::diagnostic::{Code, Diagnostic};
use crate::eval::Choice;
use crate::figures::table::Column;
use crate::figures::{EvidenceKind, Grade};
use crate::message::Message;
use crate::model::{Expect, Expected, ExprKind, FigureRef, Given, Name, TestCase, What};
use crate::period::Period;
use crate::source::Span;
use crate::syntax::ast::{
    self, Expectation, GivenValue, Item, PeriodRef, Quantity, TestClause, TestClauseKind, Word,
};

/// The cells of one row, and where they are written.
type Cells = (Vec<(Column, String)>, Span);

impl Cx {
    /// A test: one case, or one for each row of its tables, which say the rest.
    pub(super) fn test(
        &mut self,
        item: &Item,
        label: &Word,
        entity: Option<&Word>,
        clauses: &[TestClause],
    ) {
        let rows = || {
            let rows = clauses.iter().filter_map(|clause| match &clause.kind {
                TestClauseKind::Cases(rows) => Some(rows),
                _ => None,
            });
            rows.flatten()
        };
        let mut common = TestCase {
            label: label.text.clone(),
            row: None,
            given: Vec::new(),
            evidence: Vec::new(),
            period: None,
            in_force: None,
            known_on: None,
            choice: Choice::default(),
            expect: Vec::new(),
            span: item.span,
        };
        if rows().next().is_none() {
            self.test_clauses(&mut common, clauses, entity);
            self.known_sources(&common, clauses);
            self.test_case(common, clauses.iter().any(expects));
            return;
        }
        self.test_clauses(&mut common, clauses, None);
        self.known_sources(&common, clauses);
        for (n, row) in rows().enumerate() {
            let mut case = TestCase {
                row: Some(crate::model::TestRow {
                    number: n + 1,
                    name: row.name.as_ref().map(|name| name.text.clone()),
                }),
                span: row.span,
                ..common.clone()
            };
            let above = case.given.len();
            let entity = row.entity.as_ref().or(entity);
            self.test_clauses(&mut case, &row.clauses, entity);
            let given = case.given.split_off(above);
            if let Some(entity) = entity {
                let given = case.given.iter_mut().map(|given| &mut given.entity);
                let expect = case.expect.iter_mut().map(|expect| &mut expect.entity);
                for unsaid in given.chain(expect).filter(|entity| entity.is_empty()) {
                    unsaid.clone_from(&entity.text);
                }
            }
            let key = |given: &Given| (given.figure.clone(), given.period, given.entity.clone());
            let own: BTreeSet<_> = given.iter().map(key).collect();
            // What a row gives stands in the place of what all rows are given.
            case.given.retain(|given| !own.contains(&key(given)));
            case.given.extend(given);
            let mut all = clauses.iter().chain(&row.clauses);
            self.test_case(case, all.any(expects));
        }
    }

    fn test_case(&mut self, case: TestCase, is_asked: bool) {
        if !is_asked {
            let help = Message::new("help-expect");
            self.push(Diagnostic::new(Code::BadGiven, case.span).help(help));
        }
        self.model.tests.push(case);
    }

    /// Adds what clauses say to a case; what names nobody is about `entity`.
    fn test_clauses(&mut self, case: &mut TestCase, clauses: &[TestClause], entity: Option<&Word>) {
        let whom = |own: &Option<Word>| {
            let word = own.as_ref().or(entity);
            word.map_or_else(String::new, |word| word.text.clone())
        };
        for clause in clauses {
            match &clause.kind {
                TestClauseKind::Period(at) => case.period = Some(at.period),
                TestClauseKind::InForce(at) => case.in_force = Some(at.period),
                TestClauseKind::KnownOn(at) => case.known_on = Some(at.period),
                TestClauseKind::Sources(words) => case.choice.sources = texts(words),
                TestClauseKind::Prefer(words) => case.choice.prefer = texts(words),
                TestClauseKind::Weights(word) => case.choice.weights = self.weights_named(word),
                TestClauseKind::Vintage(vintage) => case.choice.vintage = *vintage,
                TestClauseKind::Given {
                    figure,
                    value,
                    source,
                    published,
                    entity,
                } => {
                    let Some((reference, period)) = self.given_figure(figure) else {
                        continue;
                    };
                    case.given.push(Given {
                        figure: reference,
                        period,
                        printed: printed(value),
                        source: source
                            .as_ref()
                            .map_or_else(String::new, |word| word.text.clone()),
                        published: published.map(|at| at.period),
                        entity: whom(entity),
                        span: clause.span,
                    });
                }
                TestClauseKind::GivenEvidence(given) => {
                    case.evidence.extend(self.given_evidence(given))
                }
                TestClauseKind::Expect { rule, entity, what } => {
                    let Some(of) = self.expected(rule) else {
                        continue;
                    };
                    let Some(what) = self.expectation(of, what, clause.span) else {
                        continue;
                    };
                    case.expect.push(Expect {
                        of,
                        entity: whom(entity),
                        what,
                        span: clause.span,
                    });
                }
                TestClauseKind::Cases(_) => {}
            }
        }
    }

    /// Names of sources that neither a document nor a figure of the test has.
    fn known_sources(&mut self, case: &TestCase, clauses: &[TestClause]) {
        let documents = self.model.instruments.values().map(|known| &known.id);
        let given = case.given.iter().map(|given| &given.source);
        let cells = case.evidence.iter().flat_map(|(cells, _)| cells);
        let offered = cells.filter(|(column, _)| *column == Column::Source);
        let given = given.chain(offered.map(|(_, source)| source));
        let known: Vec<String> = documents.chain(given).cloned().collect();
        for clause in clauses {
            let (TestClauseKind::Sources(words) | TestClauseKind::Prefer(words)) = &clause.kind
            else {
                continue;
            };
            for word in words.iter().filter(|word| !known.contains(&word.text)) {
                let names = known.iter().map(String::as_str);
                let near = crate::fold::nearest(&word.text, names).map(|(name, _)| name.to_owned());
                let diagnostic = Diagnostic::new(Code::UnknownInstrument, word.span)
                    .with("name", &word.text)
                    .help(Message::new("help-declare-instrument").with("name", &word.text))
                    .meant(near);
                self.push(diagnostic);
            }
        }
    }

    pub(super) fn given_figure(
        &mut self,
        figure: &ast::Expr,
    ) -> Option<(FigureRef, Option<Period>)> {
        let (name, period) = match &figure.kind {
            ast::ExprKind::At(inner, PeriodRef::Fixed(period)) => (inner.as_ref(), Some(*period)),
            _ => (figure, None),
        };
        if let ast::ExprKind::Name { .. } = &name.kind {
            match self.expr(name).kind {
                ExprKind::Figure(reference) => return Some((reference, period)),
                ExprKind::Error => return None,
                _ => {}
            }
        }
        let help = Message::new("help-given");
        self.push(Diagnostic::new(Code::BadGiven, figure.span).help(help));
        None
    }

    /// The cells of evidence that a test offers, as a table would have them.
    fn given_evidence(&mut self, given: &ast::GivenEvidence) -> Option<Cells> {
        let item = &given.item;
        let found = match self.model.names.lookup(&item.text) {
            Some(Name::Indicator(id)) => Some(id),
            _ => None,
        };
        let is_item = |id| self.model.indicators[id].evidence.is_some();
        if !found.is_some_and(is_item) {
            let items = self.model.indicators.values();
            let items = items.filter(|known| known.evidence.is_some());
            let near = crate::fold::nearest(&item.text, items.map(|known| known.id.as_str()));
            let near = near.map(|(name, _)| name.to_owned());
            let diagnostic = Diagnostic::new(Code::UnknownName, item.span).with("name", &item.text);
            self.push(match near {
                Some(_) => diagnostic.meant(near),
                None => diagnostic.help(Message::new("help-given-evidence")),
            });
            return None;
        }
        let Some(dated) = given.dated else {
            let help = Message::new("help-given-dated");
            self.push(Diagnostic::new(Code::BadGiven, given.span).help(help));
            return None;
        };
        let text = |word: &Option<Word>| word.as_ref().map(|word| word.text.clone());
        let or =
            |word: &Option<Word>, default: &str| text(word).unwrap_or_else(|| default.to_owned());
        let mut cells = vec![
            (Column::Indicator, item.text.clone()),
            (Column::Period, dated.period.to_string()),
            (Column::Value, given.value.text.clone()),
            (
                Column::EvidenceKind,
                or(&given.kind, EvidenceKind::Document.word()),
            ),
            (Column::Grade, or(&given.grade, Grade::Sure.word())),
        ];
        let further = [
            (Column::Issuer, text(&given.issuer)),
            (Column::SaidBy, text(&given.said_by)),
            (Column::Reference, text(&given.reference)),
            (Column::Source, text(&given.source)),
            (Column::Entity, text(&given.entity)),
            (
                Column::Published,
                given.published.map(|at| at.period.to_string()),
            ),
        ];
        cells.extend(
            further
                .into_iter()
                .filter_map(|(column, text)| Some((column, text?))),
        );
        Some((cells, given.span))
    }

    fn expectation(&mut self, of: Expected, what: &Expectation, span: Span) -> Option<What> {
        Some(match what {
            Expectation::Outcome(words) => {
                let rule = match of {
                    Expected::Rule(rule) if self.model.rules[rule].decision.is_some() => rule,
                    _ => {
                        let help = Message::new("help-expect-outcome");
                        self.push(Diagnostic::new(Code::BadGiven, span).help(help));
                        return None;
                    }
                };
                let mut places = Vec::new();
                for word in words {
                    places.push(self.outcome_named(rule, word)?);
                }
                What::Outcome(places)
            }
            Expectation::Verdict { verdict, cause } => What::Verdict(*verdict, *cause),
            Expectation::Outlook(class) => What::Outlook(*class),
            Expectation::Value(value) => What::Value(printed(value)),
            Expectation::Mentions(text) => What::Mentions(text.text.clone()),
            Expectation::Finding(is_expected) => What::Finding(*is_expected),
        })
    }

    fn expected(&mut self, word: &Word) -> Option<Expected> {
        if let Some(id) = self.rule_named(&word.text) {
            return Some(Expected::Rule(id));
        }
        if let Some(Name::Define(id)) = self.model.names.lookup(&word.text) {
            return Some(Expected::Define(id));
        }
        let diagnostic = Diagnostic::new(Code::UnknownRule, word.span).with("name", &word.text);
        if let Some(pack) = self.packs.aside(&word.text) {
            let help = Message::new("help-target-of-used").with("pack", pack);
            self.push(diagnostic.help(help));
            return None;
        }
        let ids = self.model.rules.values().map(|rule| rule.id.as_str());
        let near = crate::fold::nearest(&word.text, ids).map(|(name, _)| name.to_owned());
        self.push(diagnostic.meant(near));
        None
    }
}

fn expects(clause: &TestClause) -> bool {
    matches!(clause.kind, TestClauseKind::Expect { .. })
}

fn texts(words: &[Word]) -> Vec<String> {
    words.iter().map(|word| word.text.clone()).collect()
}

fn printed(value: &GivenValue) -> String {
    match value {
        GivenValue::Printed(text) => text.text.clone(),
        GivenValue::Quantity(quantity) => written(quantity),
    }
}

fn written(quantity: &Quantity) -> String {
    let unit = quantity.unit.as_ref().map_or("", |unit| unit.text.as_str());
    format!("{}{unit}", quantity.number.text)
}
