//! `table` items: pest pairs to the tree.

use pest::iterators::Pair;

use super::expr::parts;
use super::{Cx, Rule};
use crate::figures::table::Column;
use crate::syntax::ast::{ColumnAt, Fixed, ItemKind, Number, TableClause, TableClauseKind, Word};

impl Cx<'_> {
    pub(super) fn table_item(&mut self, pair: Pair<'_, Rule>) -> Option<ItemKind> {
        let mut name = None;
        let mut clauses = Vec::new();
        for part in parts(pair) {
            match part.as_rule() {
                Rule::text => name = Some(self.text(&part)),
                Rule::table_clause => {
                    let span = self.span(&part);
                    let kind = self.table_clause(parts(part).next()?)?;
                    clauses.push(TableClause { kind, span });
                }
                _ => {}
            }
        }
        Some(ItemKind::Table {
            name: name?,
            clauses,
        })
    }

    fn table_clause(&mut self, pair: Pair<'_, Rule>) -> Option<TableClauseKind> {
        Some(match pair.as_rule() {
            Rule::table_file => TableClauseKind::File(self.texts(pair)),
            Rule::table_sheet => TableClauseKind::Sheet(self.texts(pair)),
            Rule::table_missing => TableClauseKind::Missing(self.texts(pair)),
            Rule::table_header => {
                let (from, to) = self.row_span(pair)?;
                TableClauseKind::Header(from, to)
            }
            Rule::table_rows => {
                let (from, to) = self.row_span(pair)?;
                TableClauseKind::Rows(from, to)
            }
            Rule::table_ignore => {
                let columns = parts(pair).filter(|part| part.as_rule() == Rule::column_at);
                let columns: Option<Vec<ColumnAt>> =
                    columns.map(|part| self.column_at(part)).collect();
                TableClauseKind::Ignore(columns?)
            }
            Rule::table_column => {
                let at = parts(pair.clone()).find(|part| part.as_rule() == Rule::column_at)?;
                let at = self.column_at(at)?;
                let role = parts(pair.clone()).find(|part| part.as_rule() == Rule::column_role);
                match role {
                    Some(role) => {
                        TableClauseKind::Holds(at, role_of(parts(role).next()?.as_rule()))
                    }
                    None => TableClauseKind::Figures(at, self.fixed(pair)?),
                }
            }
            _ => TableClauseKind::All(self.fixed(pair)?),
        })
    }

    pub(super) fn texts(&self, pair: Pair<'_, Rule>) -> Vec<Word> {
        let texts = parts(pair).filter(|part| part.as_rule() == Rule::text);
        texts.map(|part| self.text(&part)).collect()
    }

    fn row_span(&mut self, pair: Pair<'_, Rule>) -> Option<(Number, Option<Number>)> {
        let span = parts(pair).find(|part| part.as_rule() == Rule::row_span)?;
        let mut numbers = Vec::new();
        for part in parts(span).filter(|part| part.as_rule() == Rule::number) {
            numbers.push(self.number(&part)?);
        }
        let mut numbers = numbers.into_iter();
        Some((numbers.next()?, numbers.next()))
    }

    fn column_at(&mut self, pair: Pair<'_, Rule>) -> Option<ColumnAt> {
        let inner = parts(pair).next()?;
        Some(match inner.as_rule() {
            Rule::text => ColumnAt::Header(self.text(&inner)),
            _ => ColumnAt::Place(self.word(&inner)),
        })
    }

    fn fixed(&mut self, pair: Pair<'_, Rule>) -> Option<Vec<Fixed>> {
        let mut all = Vec::new();
        for part in parts(pair).filter(|part| part.as_rule() == Rule::fixed) {
            let inner = parts(part).next()?;
            let rule = inner.as_rule();
            let what = parts(inner).nth(1)?;
            all.push(match rule {
                Rule::fixed_figure => Fixed::Indicator(self.expr(what)?),
                Rule::fixed_unit => Fixed::Unit(self.word(&what)),
                Rule::fixed_period => Fixed::Period(self.period(&what)?),
                Rule::fixed_entity => Fixed::Entity(self.word(&what)),
                Rule::fixed_source => Fixed::Source(self.word(&what)),
                _ => Fixed::Published(self.period(&what)?),
            });
        }
        Some(all)
    }
}

fn role_of(rule: Rule) -> Column {
    match rule {
        Rule::kw_indicator => Column::Indicator,
        Rule::kw_definition => Column::Definition,
        Rule::kw_measure => Column::Measure,
        Rule::kw_entity => Column::Entity,
        Rule::kw_entity_kind => Column::EntityKind,
        Rule::kw_breakdown => Column::Breakdown,
        Rule::kw_basis => Column::Basis,
        Rule::kw_period => Column::Period,
        Rule::kw_qualifier => Column::Qualifier,
        Rule::kw_unit => Column::Unit,
        Rule::kw_decimals => Column::Decimals,
        Rule::kw_source => Column::Source,
        Rule::kw_section => Column::Section,
        Rule::kw_line => Column::Line,
        Rule::kw_published => Column::Published,
        Rule::kw_status => Column::Status,
        Rule::kw_quote => Column::Quote,
        Rule::kw_note => Column::Note,
        Rule::kw_kind => Column::EvidenceKind,
        Rule::kw_issuer => Column::Issuer,
        Rule::kw_said_by => Column::SaidBy,
        Rule::kw_reference => Column::Reference,
        Rule::kw_grade => Column::Grade,
        _ => Column::Value,
    }
}
