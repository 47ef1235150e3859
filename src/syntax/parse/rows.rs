//! `requirements` and `links` items: pest pairs to the tree; and single cells of their tables.

use pest::Parser;
use pest::iterators::Pair;

use super::expr::parts;
use super::{Cx, Grammar, Limits, Rule};
use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Span};
use crate::syntax::ast::{
    ClauseKind, ItemKind, Modality, Rows, RowsClause, RowsClauseKind, RowsKind, RowsRole, Timing,
};

impl Cx<'_> {
    pub(super) fn rows_item(&mut self, pair: Pair<'_, Rule>) -> Option<ItemKind> {
        let (mut label, mut clauses) = (None, Vec::new());
        let mut kind = RowsKind::Requirements;
        for part in parts(pair) {
            match part.as_rule() {
                Rule::kw_links => kind = RowsKind::Links,
                Rule::text => label = Some(self.text(&part)),
                Rule::rows_clause => {
                    let span = self.span(&part);
                    let kind = self.rows_clause(parts(part).next()?)?;
                    clauses.push(RowsClause { kind, span });
                }
                _ => {}
            }
        }
        Some(ItemKind::Rows(Rows {
            kind,
            label: label?,
            clauses,
        }))
    }

    fn rows_clause(&mut self, pair: Pair<'_, Rule>) -> Option<RowsClauseKind> {
        Some(match pair.as_rule() {
            Rule::table_file => RowsClauseKind::File(self.texts(pair)),
            Rule::rows_ignore => RowsClauseKind::Ignore(self.texts(pair)),
            Rule::category_clause => RowsClauseKind::Category(self.texts(pair)),
            Rule::rows_source => {
                let id = parts(pair).find(|part| part.as_rule() == Rule::rule_id)?;
                RowsClauseKind::Source(self.word(&id))
            }
            Rule::rows_kind => {
                let name = parts(pair.clone()).find(|part| part.as_rule() == Rule::name)?;
                RowsClauseKind::Kind(self.word(&name), self.texts(pair))
            }
            Rule::rows_column => {
                let role = parts(pair.clone()).find(|part| part.as_rule() == Rule::rows_role)?;
                let role = role_of(parts(role).next()?.as_rule());
                let header = self.texts(pair).into_iter().next()?;
                RowsClauseKind::Column(header, role)
            }
            _ => match self.evidence(pair)? {
                ClauseKind::Evidence(evidence) => RowsClauseKind::Evidence(evidence),
                _ => return None,
            },
        })
    }
}

fn role_of(rule: Rule) -> RowsRole {
    match rule {
        Rule::kw_id => RowsRole::Id,
        Rule::kw_zh => RowsRole::Zh,
        Rule::kw_en => RowsRole::En,
        Rule::kw_category => RowsRole::Category,
        Rule::kw_kind => RowsRole::Kind,
        Rule::kw_modality => RowsRole::Modality,
        Rule::kw_words => RowsRole::Words,
        Rule::kw_timing => RowsRole::Timing,
        Rule::kw_owner => RowsRole::Owner,
        Rule::kw_source => RowsRole::Source,
        Rule::kw_section => RowsRole::Section,
        Rule::kw_line => RowsRole::Line,
        Rule::kw_quote => RowsRole::Quote,
        Rule::kw_note => RowsRole::Note,
        Rule::kw_part_of => RowsRole::PartOf,
        Rule::kw_indicator => RowsRole::Indicator,
        _ => RowsRole::Basis,
    }
}

/// Whether a cell is an id.
pub(crate) fn is_id(cell: &str) -> bool {
    Grammar::parse(Rule::id_cell, cell).is_ok()
}

/// The timing that a cell says, where it says one and nothing else; `at` is where the cell stands.
///
/// # Errors
/// What is wrong with a cell that has the form of a timing.
pub(crate) fn timing_of(
    source: SourceId,
    at: usize,
    cell: &str,
    limits: &Limits,
) -> Result<Option<Timing>, Vec<Diagnostic>> {
    // What is nested too deeply for a rule file is too deep for a cell.
    if cell.matches(['(', '\u{FF08}']).count() > limits.nesting {
        return Ok(None);
    }
    let Ok(mut pairs) = Grammar::parse(Rule::timing_cell, cell) else {
        return Ok(None);
    };
    let mut cx = Cx {
        source,
        offset: at,
        depth: 0,
        limits,
        diagnostics: Vec::new(),
        n_found: 0,
    };
    let timing = pairs.next().and_then(|pair| {
        let timing = parts(pair).find(|part| part.as_rule() == Rule::timing)?;
        cx.timing(parts(timing).next()?)
    });
    match cx.diagnostics.is_empty() {
        true => Ok(timing),
        false => Err(cx.diagnostics),
    }
}

/// The modality that a word says, in either language.
pub(crate) fn modality_of(word: &str) -> Option<Modality> {
    let words = [
        ("kw_must", Modality::Must),
        ("kw_must_not", Modality::MustNot),
        ("kw_should", Modality::Should),
        ("kw_encourage", Modality::Encourage),
        ("kw_explore", Modality::Explore),
        ("kw_pilot", Modality::Pilot),
    ];
    let found = words.iter().find(|(rule, _)| is_keyword(rule, word));
    found.map(|(_, modality)| *modality)
}

/// Whether the text says so, or somebody concluded it, by a word in either language.
pub(crate) fn is_stated(word: &str) -> Option<bool> {
    match () {
        () if is_keyword("kw_stated", word) => Some(true),
        () if is_keyword("kw_inferred", word) => Some(false),
        () => None,
    }
}

fn is_keyword(rule: &str, word: &str) -> bool {
    let keyword = crate::syntax::keywords::of_rule(rule);
    keyword.is_some_and(|keyword| keyword.en == word || keyword.zh == word)
}

/// The bytes of a text from one place to another.
pub(crate) fn span(source: SourceId, (start, end): (usize, usize)) -> Span {
    let small = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
    Span {
        source,
        start: small(start),
        end: small(end),
    }
}
