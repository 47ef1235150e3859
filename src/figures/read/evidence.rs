//! Rows of evidence, and levels of a scale: cells in, evidence and sets out. A row is read like
//! any figure; here is what it says besides. Never guesses a kind or a grade.

use super::{RowCx, Told, Value};
use crate::figures::grid::Cell;
use crate::figures::printed::{Parts, Qualifier};
use crate::figures::problem::{FigureProblem, ProblemCode};
use crate::figures::table::{Cells, Column, Row};
use crate::figures::{Claim, Evidence, EvidenceKind, Grade, Standing, Submission};
use crate::message::{Arg, Message};
use crate::model::{Indicator, Ladder, Model};
use crate::number::Exact;
use crate::set::Set;

/// What a row came to.
pub(super) enum Offered {
    /// A figure.
    Figure(Claim),
    /// Evidence.
    Evidence(Box<Evidence>),
}

impl RowCx<'_> {
    /// A claim as the figure or the evidence that it is.
    pub(super) fn offered(
        &mut self,
        submission: &mut Submission,
        mut claim: Claim,
    ) -> Option<Offered> {
        let indicator = &self.model.indicators[claim.figure.indicator];
        if indicator.evidence.is_none() {
            return Some(Offered::Figure(claim));
        }
        let (kind, grade) = (self.evidence_kind(), self.grade());
        // Nobody knew of it before it was so; where it was printed says when all did.
        claim.published = claim.published.or(Some(claim.window));
        let mut id = |column| submission.text_id(self.row.text(column));
        let (issuer, said_by) = (id(Column::Issuer), id(Column::SaidBy));
        let reference = id(Column::Reference);
        Some(Offered::Evidence(Box::new(Evidence {
            claim,
            id: None,
            kind: kind?,
            grade: grade?,
            issuer,
            said_by,
            reference,
            standing: Standing::Counts,
        })))
    }

    fn evidence_kind(&mut self) -> Option<EvidenceKind> {
        let text = self.row.text(Column::EvidenceKind);
        let found = self.model.words.evidence_kind(text);
        if found.is_none() {
            let names = EvidenceKind::ALL.map(|kind| (kind.word(), kind.key()));
            let problem = self.problem(
                ProblemCode::Evidence,
                "figure-evidence-kind",
                Column::EvidenceKind,
            );
            let problem = problem.with("found", found_in(text));
            self.unknown_word(problem, &names);
        }
        found
    }

    fn grade(&mut self) -> Option<Grade> {
        let text = self.row.text(Column::Grade);
        let found = self.model.words.grade(text);
        if found.is_none() {
            let names = Grade::ALL.map(|grade| (grade.word(), grade.key()));
            let problem = self.problem(ProblemCode::Evidence, "figure-grade", Column::Grade);
            let problem = problem.with("found", found_in(text));
            self.unknown_word(problem, &names);
        }
        found
    }

    fn unknown_word(&mut self, problem: FigureProblem, names: &[(&'static str, &'static str)]) {
        let names = names.iter().map(|(word, key)| {
            let name = Arg::Message(Message::new(key));
            let pair = Message::new("word-and-name")
                .with("word", *word)
                .with("name", name);
            Arg::Message(pair)
        });
        let help = Message::new("help-known-names").with("names", Arg::List(names.collect()));
        self.problems.push(problem.maybe_help(Some(help)));
    }

    /// A level of a scale, perhaps with a word such as "at least" beside it.
    pub(super) fn level(
        &mut self,
        submission: &mut Submission,
        indicator: &Indicator,
        parts: Parts<'_>,
    ) -> Option<Value> {
        let ladder = &self.model.ladders[indicator.ladder?];
        if let Some(set) = level_set(self.model, ladder, parts) {
            return Some(Value::of_set(submission, set));
        }
        let names = ladder.names().into_iter().map(Arg::Label).collect();
        let problem = self
            .problem(ProblemCode::Value, "figure-choice", Column::Value)
            .with("found", parts.value)
            .with("indicator", &indicator.label)
            .maybe_help(Some(
                Message::new("help-known-names").with("names", Arg::List(names)),
            ));
        self.problems.push(problem);
        None
    }
}

/// What a cell holds, in words where it holds nothing.
fn found_in(text: &str) -> Arg {
    match text {
        "" => Arg::Message(Message::new("figure-nothing")),
        text => Arg::from(text),
    }
}

/// The levels that a cell allows.
fn level_set(model: &Model, ladder: &Ladder, parts: Parts<'_>) -> Option<Set> {
    let words = &model.words.vocabulary;
    let own = match parts.qualifier {
        "" => None,
        text => Some(words.qualifier(text)?),
    };
    let text = parts.value.trim();
    if let Some(level) = ladder.level(text) {
        return among(ladder, level, own.unwrap_or(Qualifier::Exact));
    }
    if own.is_some() {
        return None;
    }
    text.char_indices().skip(1).find_map(|(at, _)| {
        let (left, right) = text.split_at(at);
        let (level, word) = match ladder.level(right) {
            Some(level) => (level, left),
            None => (ladder.level(left)?, right),
        };
        among(ladder, level, words.qualifier(word.trim())?)
    })
}

/// A level with a word beside it.
fn among(ladder: &Ladder, level: Exact, qualifier: Qualifier) -> Option<Set> {
    let one = Exact::from(1);
    let top = Exact::from(i64::try_from(ladder.levels.len()).ok()?);
    match qualifier {
        Qualifier::Exact => Some(Set::point(level)),
        Qualifier::AtLeast => Set::closed(level, top),
        Qualifier::Over => Set::closed(&level + &one, top),
        Qualifier::AtMost => Set::closed(one, level),
        Qualifier::Below => Set::closed(one.clone(), &level - &one),
        _ => None,
    }
}

impl Submission {
    /// Takes what a row came to.
    pub(super) fn take(&mut self, model: &Model, offered: Option<Offered>) {
        match offered {
            Some(Offered::Figure(claim)) => {
                self.add(claim);
            }
            Some(Offered::Evidence(evidence)) => self.offer(model, *evidence),
            None => {}
        }
    }

    /// Adds evidence that stands elsewhere than in a table, such as in a test: its cells by what
    /// they hold, read as those of a table are.
    ///
    /// # Errors
    /// What cannot be read in it.
    pub fn add_evidence(
        &mut self,
        model: &Model,
        cells: &[(Column, String)],
    ) -> Result<(), Vec<FigureProblem>> {
        let mut row = Row {
            line: 1,
            cells: Cells::default(),
            is_naming: false,
        };
        for (column, text) in cells {
            row.cells.insert(*column, Cell::of(text, 1, 1));
        }
        let nowhere = self.text_id("");
        let n_before = self.problems.len();
        let mut told = Told::default();
        self.read_row(model, ("", (nowhere, nowhere)), &row, &mut told);
        self.settle();
        let problems = self.problems.split_off(n_before.min(self.problems.len()));
        match problems.is_empty() {
            true => Ok(()),
            false => Err(problems),
        }
    }
}
