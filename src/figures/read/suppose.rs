//! A supposed figure: `coverage[residents]@2025=over 58%` goes in, and stands in the place of
//! what is published. It is read by the reader of tables, so that it means what a cell means.

use super::RowCx;
use crate::figures::grid::Cell;
use crate::figures::problem::{FigureProblem, ProblemCode};
use crate::figures::table::{Cells, Column, Row};
use crate::figures::{ClaimId, Submission};
use crate::fold::{fold_char, nearest};
use crate::message::Message;
use crate::model::{EntityId, ExprKind, FigureRef, Model};
use crate::period::Period;
use crate::syntax::keywords;

/// A figure that is supposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supposed {
    /// As written.
    pub text: String,
    /// What it is about.
    pub figure: FigureRef,
    /// Whom it is about.
    pub entity: EntityId,
    /// Its period.
    pub period: Period,
    /// The claim that it makes.
    pub claim: ClaimId,
    /// The published claims in whose place it stands.
    pub replaced: Vec<ClaimId>,
}

/// What stands as the file in problems of suppositions.
pub const SUPPOSITION: &str = "--what-if";

impl Submission {
    /// Supposes a figure in the place of all published claims to it.
    ///
    /// Written `indicator@period=value`, or with what tells figures of an indicator apart in
    /// brackets: a definition, or `definition=`, `entity=`, `measure=`, `basis=` and parts of a
    /// breakdown. Without an entity it is about `entity`, or that of the pack. It counts as known
    /// on any day. `n` is its place among several, from 1, for problems.
    ///
    /// ```
    /// # let mut sources = plumbrule::Sources::with_std();
    /// # sources.add("pack.plumb", r#"
    /// # pack city "City plan" { entity city }
    /// # entity city "The city" {}
    /// # indicator x "X" { kind share unit % }
    /// # "#);
    /// # let program = plumbrule::compile(&sources).unwrap();
    /// use plumbrule::figures::Submission;
    ///
    /// let mut submission = Submission::new(&program.model);
    /// let supposed = submission.suppose(&program.model, "x@2025=over 58%", "", 1).unwrap();
    /// assert_eq!(submission.claims[supposed.claim].exact.to_string(), "(0.58, +∞)");
    ///
    /// let problems = submission.suppose(&program.model, "x@2026=58", "", 2).unwrap_err();
    /// assert_eq!(problems[0].code.as_str(), "F015");
    /// ```
    ///
    /// # Errors
    /// Every problem in it, each with its place.
    pub fn suppose(
        &mut self,
        model: &Model,
        text: &str,
        entity: &str,
        n: usize,
    ) -> Result<Supposed, Vec<FigureProblem>> {
        let written = Written { text, line: n };
        let row = written
            .row(model, self, entity)
            .map_err(|problem| vec![*problem])?;
        let name = row.text(Column::Entity);
        if !name.is_empty() && self.entity_named(name).is_none() {
            // A table may bring entities along; a supposition is about one that is there.
            let near = nearest(name, self.entity_ids.keys().map(String::as_str));
            let problem = written
                .problem(
                    ProblemCode::Entity,
                    "figure-entity",
                    row.place(Column::Entity).column - 1,
                )
                .with("found", name)
                .maybe_help(near.map(|(name, _)| Message::new("help-nearest").with("name", name)));
            return Err(vec![problem]);
        }
        let ids = (self.text_id(SUPPOSITION), self.text_id(""));
        let mut cx = RowCx {
            model,
            file: SUPPOSITION,
            ids,
            row: &row,
            is_absent: false,
            problems: Vec::new(),
        };
        let claim = cx.claim(self);
        let mut problems = cx.problems;
        for problem in &mut problems {
            written.point(problem);
            if problem.code == ProblemCode::Indicator
                && let Some(help) = rule_help(model, row.text(Column::Indicator))
            {
                problem.help = Some(help);
            }
            // A table would name it in a column.
            if problem.code == ProblemCode::Entity && name.is_empty() {
                problem.help = Some(Message::new("help-supposed-entity"));
            }
        }
        let Some(mut claim) = claim.filter(|_| problems.is_empty()) else {
            return Err(problems);
        };
        claim.is_supposed = true;
        let key = (claim.figure.clone(), claim.period);
        let at = claim.entity;
        let known = self.claims_at(&key.0, key.1, at);
        if known.iter().any(|(_, id)| self.claims[*id].is_supposed) {
            let problem = written.problem(ProblemCode::Row, "figure-supposed-twice", 0);
            return Err(vec![problem.with("found", text)]);
        }
        let replaced: Vec<ClaimId> = known.iter().map(|(_, id)| *id).collect();
        self.withdraw(&key, at);
        let period = claim.period;
        let figure = claim.figure.clone();
        let claim = self.add(claim);
        self.settle();
        Ok(Supposed {
            text: text.to_owned(),
            figure,
            entity: at,
            period,
            claim,
            replaced,
        })
    }
}

/// Who names a rule means its figure.
fn rule_help(model: &Model, name: &str) -> Option<Message> {
    let mut rules = model.rules.values();
    let rule = rules
        .find(|rule| [&rule.id, &rule.label.zh, &rule.label.en].contains(&&name.to_owned()))?;
    let ExprKind::Figure(figure) = &rule.level.as_ref()?.subject.kind else {
        return None;
    };
    Some(
        Message::new("help-supposed-rule")
            .with("rule", &rule.id)
            .with("indicator", &model.indicators[figure.indicator].id),
    )
}

/// A supposition as written.
struct Written<'a> {
    text: &'a str,
    line: usize,
}

/// Places of the parts of a supposition, in characters.
struct Parts {
    /// The end of the name: a bracket, or the sign before the period.
    name: usize,
    /// Inside of the brackets.
    selector: Option<(usize, usize)>,
    /// The period, without its sign.
    period: (usize, usize),
    /// The value, without its sign.
    value: (usize, usize),
}

impl Written<'_> {
    fn problem(&self, code: ProblemCode, key: &'static str, at: usize) -> FigureProblem {
        FigureProblem::new(code, key, SUPPOSITION, self.line, at + 1).in_cell(self.text, at)
    }

    /// Shows the whole supposition under a problem of one of its parts.
    fn point(&self, problem: &mut FigureProblem) {
        let within = problem.cell.take().map_or(0, |(_, at)| at);
        let at = problem.column.saturating_sub(1) + within;
        problem.column = at + 1;
        problem.cell = Some((self.text.to_owned(), at));
    }

    /// The parts: a name, brackets, `@` with a period, `=` with a value.
    fn parts(&self) -> Result<Parts, Box<FigureProblem>> {
        let folded: Vec<char> = self.text.chars().map(fold_bracket).collect();
        let find = |from: usize, wanted: &[char]| {
            let rest = folded.iter().enumerate().skip(from);
            rest.map(|(at, c)| (at, *c))
                .find(|(_, c)| wanted.contains(c))
        };
        let end = folded.len();
        let lacks = |code, key, at| {
            let problem = self.problem(code, key, at);
            Box::new(problem.maybe_help(Some(Message::new("help-supposition"))))
        };
        let no_period = |at| lacks(ProblemCode::Period, "figure-supposed-period", at);
        let (name, found) = find(0, &['[', '@', '=']).ok_or_else(|| no_period(end))?;
        let (selector, sign) = match found {
            '[' => {
                let close = find(name, &[']']).ok_or_else(|| {
                    lacks(ProblemCode::Definition, "figure-supposed-bracket", end)
                })?;
                (Some((name + 1, close.0)), find(close.0, &['@', '=']))
            }
            _ => (None, Some((name, found))),
        };
        let at = match sign {
            Some((at, '@')) => at,
            Some((at, _)) => return Err(no_period(at)),
            None => return Err(no_period(end)),
        };
        let (equals, _) = find(at, &['='])
            .ok_or_else(|| lacks(ProblemCode::Value, "figure-supposed-value", end))?;
        Ok(Parts {
            name,
            selector,
            period: (at + 1, equals),
            value: (equals + 1, end),
        })
    }

    /// A part without outer blanks, and where it starts.
    fn cell(&self, from: usize, to: usize) -> Cell {
        let part: String = self
            .text
            .chars()
            .skip(from)
            .take(to.saturating_sub(from))
            .collect();
        let blanks = part.chars().take_while(|c| c.is_whitespace()).count();
        Cell::of(part.trim(), self.line, from + blanks + 1)
    }

    /// The supposition as a row of a table.
    fn row(
        &self,
        model: &Model,
        submission: &Submission,
        entity: &str,
    ) -> Result<Row, Box<FigureProblem>> {
        let parts = self.parts()?;
        let name = self.cell(0, parts.name);
        let indicator = match model.names.lookup(&name.text) {
            Some(crate::model::Name::Indicator(id)) => Some(id),
            _ => None,
        };
        let mut row = Row {
            line: self.line,
            cells: Cells::default(),
            is_naming: false,
        };
        row.cells.insert(Column::Indicator, name);
        row.cells
            .insert(Column::Period, self.cell(parts.period.0, parts.period.1));
        row.cells
            .insert(Column::Value, self.cell(parts.value.0, parts.value.1));
        if let Some((from, to)) = parts.selector {
            for (from, to) in self.listed(from, to) {
                let (column, mut cell) = self.selected(from, to);
                // A name alone is a definition where the indicator has one so named.
                let has_it = indicator.is_some_and(|id| {
                    let mut known = model.indicators[id].definitions.iter();
                    known.any(|known| {
                        let names = [&known.id, &known.label.zh, &known.label.en];
                        names.contains(&&cell.text)
                    })
                });
                let column = match column {
                    None if has_it => Column::Definition,
                    None if submission.entity_named(&cell.text).is_some() => Column::Entity,
                    None => Column::Definition,
                    Some(column) => column,
                };
                let before = row.cells.remove(column);
                if let (Column::Breakdown, Some(before)) = (column, before) {
                    cell.text = format!("{};{}", before.text, cell.text);
                }
                row.cells.insert(column, cell);
            }
        }
        let is_named = row.cells.contains(Column::Entity);
        if !is_named && !entity.is_empty() {
            let cell = Cell::of(entity, self.line, 1);
            row.cells.insert(Column::Entity, cell);
        }
        Ok(row)
    }

    /// Places of the parts between the brackets.
    fn listed(&self, from: usize, to: usize) -> Vec<(usize, usize)> {
        let mut parts = Vec::new();
        let mut start = from;
        for (at, c) in self.text.chars().enumerate().take(to).skip(from) {
            if matches!(fold_char(c), ',' | ';' | '\u{3001}') {
                parts.push((start, at));
                start = at + 1;
            }
        }
        parts.push((start, to));
        parts
    }

    /// One part between the brackets: the column that it fills, and its text.
    fn selected(&self, from: usize, to: usize) -> (Option<Column>, Cell) {
        let mut signs = self.text.chars().enumerate().take(to).skip(from);
        let Some((equals, _)) = signs.find(|(_, c)| fold_char(*c) == '=') else {
            return (None, self.cell(from, to));
        };
        let key = self.cell(from, equals).text;
        let is = |rule: &str| {
            let mut known = keywords().iter();
            known.any(|word| word.rule == rule && (word.en == key || word.zh == key))
        };
        let columns = [
            ("kw_definition", Column::Definition),
            ("kw_entity", Column::Entity),
            ("kw_measure", Column::Measure),
            ("kw_basis", Column::Basis),
        ];
        match columns.into_iter().find(|(rule, _)| is(rule)) {
            Some((_, column)) => (Some(column), self.cell(equals + 1, to)),
            None => (Some(Column::Breakdown), self.cell(from, to)),
        }
    }
}

/// Brackets of a Chinese keyboard count as plain ones.
fn fold_bracket(c: char) -> char {
    match fold_char(c) {
        '\u{3010}' | '\u{3014}' => '[',
        '\u{3011}' | '\u{3015}' => ']',
        other => other,
    }
}
