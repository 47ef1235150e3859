//! What changed between two runs, for a person, a machine and a page of text.
//!
//! A [`Diff`] and both sides go in; bytes come out. Renders; decides nothing.

use std::io;

use super::{Digests, Report};
use crate::compare::Change;
use crate::diff::{Answer, Changed, Diff, Factor, FigureChangeKind, Run, Said};
use crate::explain::{Node, NodeKind, source_message, status_message};
use crate::figures::ClaimId;
use crate::message::{Arg, Lang, Message};
use crate::model::Rule;
use crate::period::Period;

mod human;
mod json;
mod markdown;

pub(in crate::report) use json::{SaidJson, SideJson};

/// A form of an answer that is no check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AnswerForm {
    /// For a person at a terminal.
    Human,
    /// For a machine, by a schema of `docs/schema`.
    Json,
    /// For a page or a comment.
    Markdown,
}

impl AnswerForm {
    /// All forms.
    pub const ALL: [AnswerForm; 3] = [AnswerForm::Human, AnswerForm::Json, AnswerForm::Markdown];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            AnswerForm::Human => "human",
            AnswerForm::Json => "json",
            AnswerForm::Markdown => "markdown",
        }
    }

    /// The usual ending of its files, without the point.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            AnswerForm::Human => "txt",
            AnswerForm::Json => "json",
            AnswerForm::Markdown => "md",
        }
    }
}

/// One side of a difference as it is shown.
#[derive(Clone, Copy)]
pub struct DiffSide<'a> {
    /// The run.
    pub run: Run<'a>,
    /// From which rule files and tables, as they were asked for.
    pub paths: &'a [String],
    /// Digests of them.
    pub digests: &'a Digests,
}

/// Everything that is shown of a difference.
#[derive(Clone, Copy)]
pub struct DiffReport<'a> {
    /// The old side.
    pub was: DiffSide<'a>,
    /// The new side.
    pub now: DiffSide<'a>,
    /// The evaluated periods.
    pub periods: &'a [Period],
    /// What differs.
    pub diff: &'a Diff,
    /// The language of the sentences.
    pub lang: Lang,
    /// Columns of the terminal.
    pub columns: usize,
    /// Whether colours may be used.
    pub colour: bool,
}

/// Writes what changed.
///
/// # Errors
///
/// What the writer says.
pub fn write_diff(
    w: &mut dyn io::Write,
    form: AnswerForm,
    report: &DiffReport<'_>,
) -> io::Result<()> {
    match form {
        AnswerForm::Human => human::write(w, report),
        AnswerForm::Json => json::write(w, report),
        AnswerForm::Markdown => markdown::write(w, report),
    }
}

impl DiffSide<'_> {
    /// The side as a report without rows, for what reports say of figures.
    pub(in crate::report) fn report(&self, lang: Lang) -> Report<'_> {
        Report {
            program: self.run.program,
            submission: self.run.submission,
            options: self.run.options,
            outcomes: &[],
            findings: &[],
            warnings: &[],
            digests: self.digests,
            lang,
            columns: 80,
            colour: false,
            by_entity: false,
            n_left_out: 0,
            filter_args: "",
            hint_args: "",
        }
    }

    /// What the side was made from.
    fn message(&self, key: &'static str) -> Message {
        let options = self.run.options;
        let known = options.choice.words(options.known_on);
        let message = Message::new(key)
            .with("paths", self.paths.to_vec())
            .with("knownOn", known);
        let law = match options.in_force {
            Some(day) => Arg::from(day.to_string()),
            None => Arg::Message(Message::new("diff-law-default")),
        };
        message.with("inForce", law)
    }

    /// A claim as printed, with its source.
    pub(in crate::report) fn claim(&self, id: ClaimId) -> Message {
        let (program, submission) = (self.run.program, self.run.submission);
        let claim = &submission.claims[id];
        let source = submission.text(claim.source);
        let line = submission.text(claim.source_line);
        let source = if source.is_empty() || line.is_empty() {
            source_message(program, submission, claim)
        } else {
            let line = Message::new("source-line").with("line", line);
            let mut parts = vec![Arg::from(source), Arg::Message(line)];
            parts.extend(status_message(claim).map(Arg::Message));
            Arg::List(parts)
        };
        Message::new("finding-claim")
            .with("printed", submission.text(claim.printed))
            .with("source", source)
    }
}

impl DiffReport<'_> {
    /// The rule, whom it is about and the period, in words.
    fn name(&self, change: &Change) -> Message {
        let (side, row) = match (&change.now, &change.was) {
            (Some(row), _) => (&self.now, row),
            (None, Some(row)) => (&self.was, row),
            (None, None) => {
                return Message::new("diff-row")
                    .with("rule", &change.rule)
                    .with("label", "")
                    .with("period", change.period.to_string());
            }
        };
        let rule = &side.run.program.model.rules[row.rule];
        let period = change.period.to_string();
        match rule.scope {
            Some(_) => Message::new("diff-row-of")
                .with("rule", &change.rule)
                .with("label", &rule.label)
                .with("entity", &side.run.submission.entities[row.entity].label)
                .with("period", period),
            None => Message::new("diff-row")
                .with("rule", &change.rule)
                .with("label", &rule.label)
                .with("period", period),
        }
    }

    fn period(&self) -> Message {
        let periods: Vec<String> = self.periods.iter().map(Period::to_string).collect();
        Message::new("diff-period").with("periods", periods)
    }

    /// The head: how many of how many, or that nothing changed.
    fn head(&self) -> Message {
        let (n, total) = (
            self.diff.changed.len(),
            self.diff.changed.len() + self.diff.n_same,
        );
        let key = match n {
            0 => "diff-same",
            _ => "diff-changed",
        };
        Message::new(key).with("count", n).with("total", total)
    }

    /// What differs in what was put in.
    fn inputs(&self) -> Message {
        match self.diff.factors.as_slice() {
            [] => Message::new("diff-inputs-same"),
            factors => Message::new("diff-inputs").with("factors", factor_words(factors)),
        }
    }

    /// How many figures differ, in each way that occurs.
    fn figure_counts(&self) -> Option<Message> {
        let counts = FigureChangeKind::ALL.map(|kind| {
            let n = self.diff.figures.iter().filter(|it| it.kind == kind);
            (kind, n.count())
        });
        let parts: Vec<Arg> = counts
            .into_iter()
            .filter(|(_, n)| *n > 0)
            .map(|(kind, n)| Arg::Message(Message::new(figures_key(kind)).with("count", n)))
            .collect();
        (!parts.is_empty()).then(|| Message::new("diff-figures").with("counts", Arg::List(parts)))
    }

    /// What did it, in one sentence.
    fn did(changed: &Changed) -> Message {
        let sets: Vec<Arg> = changed
            .did
            .iter()
            .map(|set| Arg::List(factor_words(set)))
            .collect();
        match (changed.did.as_slice(), changed.trials.len()) {
            ([only], 0) => Message::new("diff-did-only").with("factors", factor_words(only)),
            ([set], _) if set.len() > 1 => {
                Message::new("diff-did-together").with("factors", factor_words(set))
            }
            ([set], _) => Message::new("diff-did").with("factors", factor_words(set)),
            (sets_all, _) if sets_all.iter().all(|set| set.len() == 1) => {
                Message::new("diff-did-either").with("factors", Arg::List(sets))
            }
            _ => {
                let together = changed.did.iter().map(|set| {
                    Arg::Message(Message::new("diff-set").with("factors", factor_words(set)))
                });
                Message::new("diff-did-sets").with("sets", Arg::List(together.collect()))
            }
        }
    }

    /// The sentences on figures that the two sides do not share: of old, and of now.
    fn reasons<'c>(&self, changed: &'c Changed) -> [Vec<&'c Node>; 2] {
        let nodes = |explanation: &'c Option<crate::explain::Explanation>| {
            let mut found = Vec::new();
            if let Some(explanation) = explanation {
                for kind in [NodeKind::Figure, NodeKind::Missing] {
                    super::facts::gather(&explanation.nodes, kind, &mut found);
                }
            }
            found.dedup_by_key(|node| node.message.render(Lang::En));
            found
        };
        let (was, now) = (nodes(&changed.was), nodes(&changed.now));
        let lacks = |own: &[&'c Node], other: &[&'c Node]| {
            let said: Vec<String> = other.iter().map(|it| it.message.render(Lang::En)).collect();
            let is_new = |node: &&&Node| !said.contains(&node.message.render(Lang::En));
            own.iter().filter(is_new).copied().collect()
        };
        [lacks(&was, &now), lacks(&now, &was)]
    }
}

impl<'a> DiffReport<'a> {
    /// The rule of a change, as it is now or as it was.
    fn rule(&self, change: &Change) -> Option<&'a Rule> {
        let sides = [(&self.now, change.now), (&self.was, change.was)];
        let mut rules = sides.into_iter().filter_map(|(side, row)| {
            let program = side.run.program;
            row.map(|row| &program.model.rules[row.rule])
        });
        rules.next()
    }
}

fn factor_words(factors: &[Factor]) -> Vec<Arg> {
    let words = factors.iter().map(|factor| Message::new(factor.key()));
    words.map(Arg::Message).collect()
}

fn figures_key(kind: FigureChangeKind) -> &'static str {
    match kind {
        FigureChangeKind::Changed => "diff-n-changed",
        FigureChangeKind::Added => "diff-n-added",
        FigureChangeKind::Withdrawn => "diff-n-withdrawn",
    }
}

/// What one side says of a row, in words.
fn said(said: &Said, rule: Option<&Rule>) -> Message {
    match said {
        Said::Answer(answer) => super::human::answer_message(answer, rule),
        Said::NoRow => Message::new("diff-no-row"),
        Said::Unfit => Message::new("diff-unfit"),
    }
}

/// The answers of a change, before and after.
fn answers(change: &Change) -> [Said; 2] {
    [&change.was, &change.now].map(|row| match row {
        Some(row) => Said::Answer(Answer::of(row)),
        None => Said::NoRow,
    })
}
