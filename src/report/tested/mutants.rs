//! Which small changes of a pack its tests notice, for a person and for a machine. Renders; decides nothing.

use std::io::{self, Write};

use serde::Serialize;

use super::human::columns;
use super::json::{PlaceJson, Text, place_in};
use super::measured;
use crate::message::{Lang, Message};
use crate::mutate::{Fate, Mutant, MutantKind, Mutation, Score};
use crate::report::Digests;
use crate::report::text::hanging;

/// The forms of a run of mutants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MutantForm {
    /// For a person at a terminal.
    Human,
    /// For a machine, by `docs/schema/mutants.json`.
    Json,
}

impl MutantForm {
    /// All forms.
    pub const ALL: [MutantForm; 2] = [MutantForm::Human, MutantForm::Json];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            MutantForm::Human => "human",
            MutantForm::Json => "json",
        }
    }

    /// The usual ending of its files, without the point.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            MutantForm::Human => "txt",
            MutantForm::Json => "json",
        }
    }
}

/// Everything that is shown of a run of mutants.
#[derive(Clone, Copy)]
pub struct MutantReport<'a> {
    /// What became of the mutants of the pack.
    pub mutation: &'a Mutation,
    /// The hundredths that have to be noticed.
    pub at_least: Option<usize>,
    /// Digests of what it was made from.
    pub digests: &'a Digests,
    /// The language of the sentences.
    pub lang: Lang,
    /// Columns of the terminal.
    pub columns: usize,
}

impl MutantReport<'_> {
    /// Whether less is noticed than has to be.
    #[must_use]
    pub fn is_short(&self) -> bool {
        let wanted = self.at_least.unwrap_or(0);
        self.mutation.score().percent() < wanted
    }

    fn missed(&self) -> impl Iterator<Item = &Mutant> {
        let mutants = self.mutation.mutants.iter();
        mutants.filter(|mutant| mutant.fate == Fate::Missed)
    }

    /// How much was noticed, and whether it is enough.
    fn summary(&self) -> Message {
        let score = self.mutation.score();
        if score.caught + score.missed == 0 {
            return Message::new("mutant-none");
        }
        let shown = Message::new("mutant-summary")
            .with("caught", score.caught)
            .with("count", score.caught + score.missed)
            .with("percent", score.percent());
        measured(shown, self.at_least, self.is_short())
    }
}

/// Writes a run of mutants.
///
/// # Errors
///
/// What the writer says.
pub fn write_mutants(
    w: &mut dyn Write,
    form: MutantForm,
    report: &MutantReport<'_>,
) -> io::Result<()> {
    match form {
        MutantForm::Human => human(w, report),
        MutantForm::Json => json(w, report),
    }
}

fn human(w: &mut dyn Write, report: &MutantReport<'_>) -> io::Result<()> {
    let word = |key| Message::new(key).render(report.lang);
    let heads = [
        "mutant-head-caught",
        "mutant-head-missed",
        "mutant-head-unviable",
        "mutant-head-owner",
    ];
    let line = |name: String, score: Score| {
        let [caught, missed, unviable] =
            [score.caught, score.missed, score.unviable].map(|n| n.to_string());
        [caught, missed, unviable, name]
    };
    let of_kinds = MutantKind::ALL.map(|kind| {
        let mut mutants = report.mutation.mutants.iter();
        let has_any = mutants.any(|mutant| mutant.kind == kind);
        has_any.then(|| line(word(kind.key()), report.mutation.of_kind(kind)))
    });
    let owners = report.mutation.by_owner().into_iter();
    let lines: Vec<[String; 4]> = std::iter::once(heads.map(word))
        .chain(of_kinds.into_iter().flatten())
        .chain(owners.map(|(owner, score)| line(owner.to_owned(), score)))
        .collect();
    if lines.len() > 1 {
        for line in columns(&lines) {
            writeln!(w, "{line}")?;
        }
        writeln!(w)?;
    }
    let n_missed = report.missed().count();
    if n_missed > 0 {
        let head = Message::new("mutant-lacking").with("count", n_missed);
        writeln!(w, "{}\n", head.render(report.lang))?;
        for mutant in report.missed() {
            let sources = &report.mutation.program.sources;
            let (line, _) = sources.line_column(mutant.span.source, mutant.span.start);
            let place = format!("{}:{line}", sources.name(mutant.span.source));
            let told = Message::new("mutant-line")
                .with("place", place)
                .with("owner", &mutant.owner)
                .with("said", mutant.words.clone());
            hanging(w, &told.render(report.lang), report.columns, 2)?;
        }
        writeln!(w)?;
    }
    hanging(w, &report.summary().render(report.lang), report.columns, 0)
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    pack: &'a str,
    rules_digest: &'a str,
    percent: usize,
    at_least: Option<usize>,
    caught: usize,
    missed: usize,
    unviable: usize,
    items: Vec<OwnerJson<'a>>,
    mutants: Vec<MutantJson<'a>>,
}

#[derive(Serialize)]
struct OwnerJson<'a> {
    id: &'a str,
    percent: usize,
    caught: usize,
    missed: usize,
    unviable: usize,
}

#[derive(Serialize)]
struct MutantJson<'a> {
    item: &'a str,
    kind: &'static str,
    place: PlaceJson,
    change: Text,
    fate: &'static str,
    /// The first test that fails.
    test: Option<Text>,
}

fn json(w: &mut dyn Write, report: &MutantReport<'_>) -> io::Result<()> {
    let mutation = report.mutation;
    let (program, score) = (&mutation.program, mutation.score());
    let items = mutation
        .by_owner()
        .into_iter()
        .map(|(id, score)| OwnerJson {
            id,
            percent: score.percent(),
            caught: score.caught,
            missed: score.missed,
            unviable: score.unviable,
        });
    let mutants = mutation.mutants.iter().map(|mutant| {
        let test = match mutant.fate {
            Fate::Caught(n) => program.model.tests.get(n),
            Fate::Missed | Fate::Unviable => None,
        };
        MutantJson {
            item: &mutant.owner,
            kind: mutant.kind.word(),
            place: place_in(&program.sources, mutant.span),
            change: Text::said(&mutant.words),
            fate: mutant.fate.word(),
            test: test.map(|case| Text::said(&case.title())),
        }
    });
    let document = Document {
        schema: "plumbrule-mutants-1",
        pack: &program.model.pack.id,
        rules_digest: &report.digests.rules,
        percent: score.percent(),
        at_least: report.at_least,
        caught: score.caught,
        missed: score.missed,
        unviable: score.unviable,
        items: items.collect(),
        mutants: mutants.collect(),
    };
    serde_json::to_writer_pretty(&mut *w, &document)?;
    writeln!(w)
}
