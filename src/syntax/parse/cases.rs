//! Tables of cases of a test: pest pairs to the tree. Each row becomes the clauses that could have
//! been written for it, so that nothing after this knows in which form they were.

use pest::iterators::Pair;

use super::expr::{fold_width, parts, written_period};
use super::items::{outlook, verdict};
use super::{Cx, Rule};
use crate::diagnostic::{Code, Diagnostic};
use crate::message::Message;
use crate::source::Span;
use crate::syntax::ast::{
    Expectation, Expr, GivenValue, PeriodAt, TestClause, TestClauseKind, TestRow, Word,
};

/// What the cells of a column say.
enum Column {
    Name,
    Entity,
    Period,
    InForce,
    KnownOn,
    Given {
        figure: Box<Expr>,
        entity: Option<Word>,
    },
    Expect {
        rule: Word,
        entity: Option<Word>,
        what: Wanted,
    },
}

/// What a column expects.
#[derive(Clone, Copy)]
enum Wanted {
    Verdict,
    Outcome,
    Outlook,
    Value,
    Mentions,
}

impl Column {
    /// The key of what its cells hold.
    fn key(&self) -> &'static str {
        match self {
            Column::Name => "cell-text",
            Column::Entity => "cell-entity",
            Column::Period | Column::InForce | Column::KnownOn => "cell-date",
            Column::Given { .. } => "cell-figure",
            Column::Expect { what, .. } => match what {
                Wanted::Verdict => "cell-verdict",
                Wanted::Outcome => "cell-outcomes",
                Wanted::Outlook => "cell-outlook",
                Wanted::Value => "cell-value",
                Wanted::Mentions => "cell-text",
            },
        }
    }
}

impl Cx<'_> {
    pub(super) fn test_cases(&mut self, pair: Pair<'_, Rule>) -> Option<Vec<TestRow>> {
        let mut columns = Vec::new();
        let mut rows = Vec::new();
        for part in parts(pair) {
            match part.as_rule() {
                Rule::case_head => {
                    for column in parts(part).filter(|part| part.as_rule() == Rule::case_column) {
                        columns.push(self.case_column(parts(column).next()?)?);
                    }
                }
                Rule::case_row => rows.push(self.case_row(&columns, part)?),
                _ => {}
            }
        }
        Some(rows)
    }

    fn case_column(&mut self, pair: Pair<'_, Rule>) -> Option<Column> {
        Some(match pair.as_rule() {
            Rule::kw_case => Column::Name,
            Rule::kw_for => Column::Entity,
            Rule::kw_period => Column::Period,
            Rule::kw_in_force => Column::InForce,
            Rule::kw_known_on => Column::KnownOn,
            Rule::given_column => {
                let mut inner = parts(pair);
                let figure = Box::new(self.expr(inner.next()?)?);
                let entity = inner.find(|part| part.as_rule() == Rule::body_id);
                Column::Given {
                    figure,
                    entity: entity.map(|entity| self.word(&entity)),
                }
            }
            _ => {
                let mut ids = Vec::new();
                let mut what = Wanted::Verdict;
                for part in parts(pair) {
                    match part.as_rule() {
                        Rule::rule_id | Rule::body_id => ids.push(self.word(&part)),
                        Rule::kw_outcome => what = Wanted::Outcome,
                        Rule::kw_outlook => what = Wanted::Outlook,
                        Rule::kw_mentions => what = Wanted::Mentions,
                        Rule::equals => what = Wanted::Value,
                        _ => {}
                    }
                }
                let mut ids = ids.into_iter();
                Column::Expect {
                    rule: ids.next()?,
                    entity: ids.next(),
                    what,
                }
            }
        })
    }

    fn case_row(&mut self, columns: &[Column], pair: Pair<'_, Rule>) -> Option<TestRow> {
        let span = self.span(&pair);
        let cells = parts(pair).filter(|part| part.as_rule() == Rule::case_cell);
        let cells: Vec<Pair<'_, Rule>> = cells.collect();
        if cells.len() != columns.len() {
            self.report(
                Diagnostic::new(Code::WrongRow, span)
                    .with("found", cells.len())
                    .with("expected", columns.len())
                    .help(Message::new("help-case-cells")),
            );
            return None;
        }
        let mut row = TestRow {
            name: None,
            entity: None,
            clauses: Vec::new(),
            span,
        };
        for (column, cell) in columns.iter().zip(cells) {
            let text = cell.as_str().trim_end_matches(super::is_blank).to_owned();
            let span = self.span(&cell);
            let inner: Vec<Pair<'_, Rule>> = parts(cell).collect();
            let [first, ..] = inner.as_slice() else {
                return None;
            };
            if first.as_rule() == Rule::any_value {
                continue;
            }
            let before = self.n_found;
            if self.case_cell(column, &text, &inner, &mut row).is_none() {
                if self.n_found == before {
                    self.wrong_cell(column, text, span);
                }
                return None;
            }
        }
        Some(row)
    }

    /// Puts what a cell says into its row; `None` where it does not fit its column.
    fn case_cell(
        &mut self,
        column: &Column,
        text: &str,
        inner: &[Pair<'_, Rule>],
        row: &mut TestRow,
    ) -> Option<()> {
        let (first, rule) = (inner.first()?, inner.first()?.as_rule());
        let span = self.span(first);
        let span = inner.last().map_or(span, |last| span.to(self.span(last)));
        let word = |text: &str| Word {
            text: fold_width(text),
            span,
        };
        let date = || {
            let is_date = matches!(rule, Rule::signed | Rule::period);
            let text = is_date.then_some(text)?;
            let period = written_period(&fold_width(text))?;
            Some(PeriodAt { period, span })
        };
        let kind = match column {
            Column::Name if rule == Rule::text => {
                row.name = Some(self.text(first));
                return Some(());
            }
            Column::Name => return None,
            Column::Entity => {
                let is_id = !matches!(rule, Rule::text | Rule::kw_true | Rule::kw_false);
                row.entity = (is_id && inner.len() == 1).then(|| word(text));
                return row.entity.as_ref().map(|_| ());
            }
            Column::Period => TestClauseKind::Period(date()?),
            Column::InForce => TestClauseKind::InForce(date()?),
            Column::KnownOn => TestClauseKind::KnownOn(date()?),
            Column::Given { figure, entity } => TestClauseKind::Given {
                figure: figure.as_ref().clone(),
                value: self.cell_value(first, true)?,
                source: None,
                published: None,
                entity: entity.clone(),
            },
            Column::Expect { rule, entity, what } => TestClauseKind::Expect {
                rule: rule.clone(),
                entity: entity.clone(),
                what: self.cell_expects(*what, inner)?,
            },
        };
        row.clauses.push(TestClause { kind, span });
        Some(())
    }

    /// A figure or value as a source would print it.
    fn cell_value(&mut self, cell: &Pair<'_, Rule>, is_figure: bool) -> Option<GivenValue> {
        Some(match cell.as_rule() {
            Rule::text => GivenValue::Printed(self.text(cell)),
            Rule::kw_true | Rule::kw_false if is_figure => GivenValue::Printed(self.truth(cell)),
            Rule::signed => GivenValue::Quantity(self.signed(cell.clone())?),
            // A day, or a month that stands for any of its days.
            Rule::period => GivenValue::Printed(self.word(cell)),
            _ => return None,
        })
    }

    fn cell_expects(&mut self, what: Wanted, inner: &[Pair<'_, Rule>]) -> Option<Expectation> {
        let first = inner.first()?;
        Some(match (what, first.as_rule()) {
            (Wanted::Verdict, Rule::kw_finding) => Expectation::Finding(true),
            (Wanted::Verdict, Rule::kw_no_finding) => Expectation::Finding(false),
            (Wanted::Verdict, Rule::verdict_word) => verdict(first, inner.get(1).cloned())?,
            (Wanted::Outlook, Rule::outlook_word) => Expectation::Outlook(outlook(first)?),
            // One word is both a verdict and an outlook, and is read as the first of them.
            (Wanted::Outlook, Rule::verdict_word) => Expectation::Outlook(outlook(first)?),
            (Wanted::Outcome, Rule::name) => {
                let names = inner.iter().filter(|part| part.as_rule() == Rule::name);
                Expectation::Outcome(names.map(|name| self.word(name)).collect())
            }
            (Wanted::Value, _) => Expectation::Value(self.cell_value(first, false)?),
            (Wanted::Mentions, Rule::text) => Expectation::Mentions(self.text(first)),
            _ => return None,
        })
    }

    /// A cell that does not fit its column.
    fn wrong_cell(&mut self, column: &Column, text: String, span: Span) {
        let diagnostic = Diagnostic::new(Code::WrongCell, span)
            .with("found", text)
            .with("expected", Message::new(column.key()));
        let help = match column {
            Column::Expect {
                what: Wanted::Outcome,
                ..
            } => "help-cell-outcome",
            _ => "help-cell",
        };
        self.report(diagnostic.help(Message::new(help)));
    }
}
