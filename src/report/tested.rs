//! What came of the tests of a pack, and what they reach. [`TestResult`]s and a [`Reach`] go in,
//! bytes come out. Renders; decides nothing.

use std::io::{self, Write};

use super::Digests;
use crate::message::{Arg, Label, Lang, Message};
use crate::program::Program;
use crate::reach::{Item, ItemKind, Reach, Share};
use crate::source::Span;
use crate::testing::TestResult;

mod human;
mod json;
mod lints;
mod mutants;
mod page;
mod suites;

pub use lints::{LintForm, LintReport, write_lints};
pub use mutants::{MutantForm, MutantReport, write_mutants};

/// The forms of a run of tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TestForm {
    /// For a person at a terminal.
    Human,
    /// For a machine, by `docs/schema/tests.json`.
    Json,
    /// For a person with a browser.
    Html,
    /// For systems that run tests, by `tests/schemas/junit-10.xsd`.
    Junit,
}

impl TestForm {
    /// All forms.
    pub const ALL: [TestForm; 4] = [
        TestForm::Human,
        TestForm::Json,
        TestForm::Html,
        TestForm::Junit,
    ];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            TestForm::Human => "human",
            TestForm::Json => "json",
            TestForm::Html => "html",
            TestForm::Junit => "junit",
        }
    }

    /// The usual ending of its files, without the point.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            TestForm::Human => "txt",
            TestForm::Json => "json",
            TestForm::Html => "html",
            TestForm::Junit => "xml",
        }
    }
}

/// Everything that is shown of a run of tests.
#[derive(Clone, Copy)]
pub struct TestReport<'a> {
    /// The pack.
    pub program: &'a Program,
    /// What came of each test, in order.
    pub results: &'a [TestResult],
    /// What they reach, where that was asked for.
    pub reach: Option<&'a Reach>,
    /// The hundredths that have to be reached.
    pub at_least: Option<usize>,
    /// Digests of what it was made from.
    pub digests: &'a Digests,
    /// The language of the sentences.
    pub lang: Lang,
    /// Columns of the terminal.
    pub columns: usize,
}

/// Writes a run of tests.
///
/// # Errors
///
/// What the writer says.
pub fn write_tests(w: &mut dyn Write, form: TestForm, report: &TestReport<'_>) -> io::Result<()> {
    match form {
        TestForm::Human => human::write(w, report),
        TestForm::Json => json::write(w, report),
        TestForm::Html => page::write(w, report),
        TestForm::Junit => suites::write(w, report),
    }
}

impl TestReport<'_> {
    fn word(&self, key: &'static str) -> String {
        Message::new(key).render(self.lang)
    }

    /// How many tests failed.
    #[must_use]
    pub fn n_failed(&self) -> usize {
        let failed = self.results.iter().filter(|one| !one.failures.is_empty());
        failed.count()
    }

    /// Whether less is reached than has to be.
    #[must_use]
    pub fn is_short(&self) -> bool {
        let shares = self.reach.map(|reach| reach.share(None).percent());
        let wanted = self.at_least.unwrap_or(0);
        shares.is_some_and(|percent| percent < wanted)
    }

    /// How many tests passed and failed.
    fn summary(&self) -> Message {
        match self.results.len() {
            0 => Message::new("test-none"),
            n => Message::new("test-summary")
                .with("passed", n - self.n_failed())
                .with("failed", self.n_failed()),
        }
    }

    /// How much was reached, and whether it is enough.
    fn reached(&self, reach: &Reach) -> Message {
        let share = reach.share(None);
        let shown = Message::new("reach-summary")
            .with("shown", share.shown)
            .with("count", share.wanted)
            .with("percent", share.percent());
        measured(shown, self.at_least, self.is_short())
    }

    /// The place of something, as `file:line`.
    fn place(&self, span: Span) -> String {
        let (line, _) = self.program.sources.line_column(span.source, span.start);
        format!("{}:{line}", self.program.sources.name(span.source))
    }

    /// What an item is called.
    fn name(&self, item: &Item) -> Message {
        Message::new("reach-name")
            .with("kind", Message::new(item.kind.key()))
            .with("words", shown_words(&item.words))
    }

    /// What lacks of an item, where something does.
    fn lacks(&self, item: &Item) -> Option<Message> {
        let lacking = item.lacking();
        let words: Vec<Arg> = lacking
            .map(|sight| Arg::Message(Message::new(sight.key())))
            .collect();
        let name = self.name(item);
        (!words.is_empty()).then(|| {
            Message::new("reach-lacks")
                .with("name", name)
                .with("sights", Arg::List(words))
        })
    }
}

/// A share in words, with that which is asked for.
fn measured(shown: Message, at_least: Option<usize>, is_short: bool) -> Message {
    let Some(wanted) = at_least else {
        return shown;
    };
    let key = match is_short {
        true => "reach-summary-short",
        false => "reach-summary-enough",
    };
    Message::new(key)
        .with("shown", shown)
        .with("wanted", wanted)
}

/// The kinds of which a reach has any, each with its share.
fn shares(reach: &Reach) -> Vec<(ItemKind, Share)> {
    let all = ItemKind::ALL.into_iter();
    let all = all.map(|kind| (kind, reach.share(Some(kind))));
    all.filter(|(_, share)| share.items > 0).collect()
}

fn shown_words(words: &Label) -> Arg {
    Arg::Label(words.clone())
}
