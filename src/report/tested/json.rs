//! A run of tests for a machine, by `docs/schema/tests.json`.

use std::io::{self, Write};

use serde::Serialize;

use super::{TestReport, shares};
use crate::message::{Label, Lang, Message};
use crate::reach::{Item, Reach, Share};
use crate::source::{Sources, Span};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    pack: &'a str,
    rules_digest: &'a str,
    passed: usize,
    failed: usize,
    tests: Vec<TestJson>,
    reach: Option<ReachJson>,
}

#[derive(Serialize)]
struct TestJson {
    name: Text,
    place: PlaceJson,
    passed: bool,
    failures: Vec<FailureJson>,
}

#[derive(Serialize)]
struct FailureJson {
    place: PlaceJson,
    message: Text,
}

#[derive(Serialize)]
pub(super) struct PlaceJson {
    file: String,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct ReachJson {
    percent: usize,
    at_least: Option<usize>,
    total: ShareJson,
    kinds: Vec<KindJson>,
    items: Vec<ItemJson>,
}

#[derive(Serialize)]
struct KindJson {
    kind: &'static str,
    #[serde(flatten)]
    share: ShareJson,
}

#[derive(Serialize)]
struct ShareJson {
    items: usize,
    whole: usize,
    wanted: usize,
    shown: usize,
}

#[derive(Serialize)]
struct ItemJson {
    kind: &'static str,
    address: String,
    words: Text,
    place: PlaceJson,
    wanted: Vec<&'static str>,
    lacking: Vec<&'static str>,
    seen: Vec<SeenJson>,
}

#[derive(Serialize)]
struct SeenJson {
    sight: &'static str,
    times: usize,
    /// The first test, by its place among `tests`.
    first: usize,
}

#[derive(Serialize)]
pub(super) struct Text {
    zh: String,
    en: String,
}

impl Text {
    fn of(label: &Label) -> Text {
        Text {
            zh: label.get(Lang::Zh).to_owned(),
            en: label.get(Lang::En).to_owned(),
        }
    }

    pub(super) fn said(message: &Message) -> Text {
        Text {
            zh: message.render(Lang::Zh),
            en: message.render(Lang::En),
        }
    }
}

impl From<Share> for ShareJson {
    fn from(share: Share) -> ShareJson {
        ShareJson {
            items: share.items,
            whole: share.whole,
            wanted: share.wanted,
            shown: share.shown,
        }
    }
}

pub(super) fn write(w: &mut dyn Write, report: &TestReport<'_>) -> io::Result<()> {
    let tests = report.results.iter().map(|result| {
        let failures = result.failures.iter().map(|(span, message)| FailureJson {
            place: place(report, *span),
            message: Text::said(message),
        });
        TestJson {
            name: Text::said(&result.title),
            place: place(report, result.span),
            passed: result.failures.is_empty(),
            failures: failures.collect(),
        }
    });
    let document = Document {
        schema: "plumbrule-tests-1",
        pack: &report.program.model.pack.id,
        rules_digest: &report.digests.rules,
        passed: report.results.len() - report.n_failed(),
        failed: report.n_failed(),
        tests: tests.collect(),
        reach: report.reach.map(|reach| reached(report, reach)),
    };
    serde_json::to_writer_pretty(&mut *w, &document)?;
    writeln!(w)
}

fn reached(report: &TestReport<'_>, reach: &Reach) -> ReachJson {
    let kinds = shares(reach).into_iter().map(|(kind, share)| KindJson {
        kind: kind.word(),
        share: share.into(),
    });
    let total = reach.share(None);
    ReachJson {
        percent: total.percent(),
        at_least: report.at_least,
        total: total.into(),
        kinds: kinds.collect(),
        items: reach.items.iter().map(|one| item(report, one)).collect(),
    }
}

fn item(report: &TestReport<'_>, item: &Item) -> ItemJson {
    let seen = item.seen.iter().map(|(sight, seen)| SeenJson {
        sight: sight.word(),
        times: seen.times,
        first: seen.first,
    });
    ItemJson {
        kind: item.kind.word(),
        address: item.address.clone(),
        words: Text::of(&item.words),
        place: place(report, item.span),
        wanted: item.wanted.iter().map(|sight| sight.word()).collect(),
        lacking: item.lacking().map(|sight| sight.word()).collect(),
        seen: seen.collect(),
    }
}

fn place(report: &TestReport<'_>, span: Span) -> PlaceJson {
    place_in(&report.program.sources, span)
}

pub(super) fn place_in(sources: &Sources, span: Span) -> PlaceJson {
    let (line, column) = sources.line_column(span.source, span.start);
    PlaceJson {
        file: sources.name(span.source).to_owned(),
        line,
        column,
    }
}
