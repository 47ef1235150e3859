//! A pack with figures, evaluated: what an editor shows of verdicts.

use crate::eval::{Options, Outcome, Row, evaluate};
use crate::explain::{NodeKind, explain_in, figure_message, source_message};
use crate::figures::{Claim, ClaimId, ReadOptions, Submission};
use crate::message::{Arg, Message};
use crate::model::{IndicatorId, Name};
use crate::period::Period;
use crate::program::Program;
use crate::verdict::Verdict;

/// Bodies that are named for one rule.
const MOST_BODIES: usize = 5;

/// Figures that are shown of one indicator.
const MOST_FIGURES: usize = 3;

/// A program and what it says of figures.
pub struct Checked {
    program: Program,
    submission: Submission,
    options: Options,
    outcome: Outcome,
}

impl Checked {
    /// Evaluates a program on tables, each with its name and bytes; `period` as for a check.
    #[must_use]
    pub fn of(program: &Program, tables: &[(String, Vec<u8>)], period: Option<Period>) -> Checked {
        let mut submission = Submission::new(&program.model);
        for (name, bytes) in tables {
            submission.read_file(&program.model, name, bytes, &ReadOptions::default());
        }
        let options = Options {
            period,
            ..Options::default()
        };
        Checked {
            outcome: evaluate(program, &submission, &options),
            program: program.clone(),
            submission,
            options,
        }
    }

    /// The digest of the rules that were evaluated.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.program.model.pack.digest
    }

    /// How many problems the tables have.
    #[must_use]
    pub fn n_problems(&self) -> usize {
        self.submission.problems.len()
    }

    /// What was said of a rule: of one body in sentences, of many as counts.
    pub(super) fn verdicts(&self, id: &str) -> Vec<Message> {
        let rows = self.outcome.rows.iter();
        let rows: Vec<&Row> = rows
            .filter(|row| self.program.model.rules[row.rule].id == id)
            .collect();
        match rows.as_slice() {
            [] => Vec::new(),
            [row] => self.sentences(row),
            rows => self.counts(rows),
        }
    }

    fn sentences(&self, row: &Row) -> Vec<Message> {
        let (rule, entity) = (row.rule, row.entity);
        let memory = &self.outcome.memory;
        let explanation = explain_in(
            &self.program,
            &self.submission,
            &self.options,
            rule,
            entity,
            memory,
        );
        let first = explanation.nodes.first().map(|node| node.message.clone());
        let kinds = [NodeKind::Margin, NodeKind::Missing, NodeKind::Outlook];
        let further = kinds.iter().filter_map(|kind| explanation.find(*kind));
        let further = further.map(|node| node.message.clone());
        first.into_iter().chain(further).collect()
    }

    fn counts(&self, rows: &[&Row]) -> Vec<Message> {
        let word = |verdict: Verdict| Arg::Message(Message::new(verdict.key()));
        let counted = Verdict::ALL.iter().filter_map(|verdict| {
            let n = rows.iter().filter(|row| row.verdict == *verdict).count();
            let said = Message::new("editor-count")
                .with("count", n)
                .with("verdict", word(*verdict));
            (n > 0).then_some(Arg::Message(said))
        });
        let period = self.outcome.clocks.period.to_string();
        let mut found = vec![
            Message::new("editor-verdicts")
                .with("period", period)
                .with("counts", Arg::List(counted.collect())),
        ];
        let is_open = |row: &&&Row| matches!(row.verdict, Verdict::Fail | Verdict::Undetermined);
        for row in rows.iter().filter(is_open).take(MOST_BODIES) {
            let entity = &self.submission.entities[row.entity];
            found.push(
                Message::new("editor-verdict")
                    .with("entity", entity.label.or_id(&entity.id))
                    .with("verdict", word(row.verdict)),
            );
        }
        found
    }

    /// The verdict of a rule in a word, where one body is judged.
    pub(super) fn verdict(&self, id: &str) -> Option<Verdict> {
        let rows = self.outcome.rows.iter();
        let mut rows = rows.filter(|row| self.program.model.rules[row.rule].id == id);
        let first = rows.next()?;
        rows.next().is_none().then_some(first.verdict)
    }

    /// The latest figures of an indicator.
    pub(super) fn figures(&self, id: &str) -> Vec<Message> {
        let Some(Name::Indicator(indicator)) = self.program.model.names.lookup(id) else {
            return Vec::new();
        };
        let claims = self.submission.claims.iter();
        let mut claims: Vec<(ClaimId, &Claim)> = claims
            .filter(|(_, claim)| is_of(claim, indicator))
            .collect();
        claims.sort_by(|(a, one), (b, other)| {
            let later = other.window.cmp(&one.window);
            later.then_with(|| self.submission.order(*a, *b))
        });
        claims.truncate(MOST_FIGURES);
        let said = claims.into_iter().map(|(_, claim)| {
            let (program, submission) = (&self.program, &self.submission);
            let whose = Some(claim.entity);
            let figure = figure_message(program, submission, &claim.figure, whose, claim.window);
            Message::new("editor-figure")
                .with("figure", figure)
                .with("printed", submission.text(claim.printed))
                .with("source", source_message(program, submission, claim))
        });
        said.collect()
    }
}

fn is_of(claim: &Claim, indicator: IndicatorId) -> bool {
    claim.figure.indicator == indicator
}
