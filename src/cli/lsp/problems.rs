//! Problems of a pack as the protocol shows them, file by file.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use plumbrule::diagnostic::{Diagnostic, Severity};
use plumbrule::editor::Draft;
use plumbrule::message::{Lang, Message};
use plumbrule::source::Span;
use plumbrule::testing::TestResult;

use super::places::Ruled;
use super::server::Server;
use crate::cli::output::Failure;

/// The problems of each file of the pack itself; files without any have an empty list.
pub(super) fn of(
    server: &Server,
    draft: &Draft,
    trials: Option<&(String, Vec<TestResult>)>,
) -> BTreeMap<String, Vec<Value>> {
    let sources = &draft.sources;
    let own = sources.ids().filter(|id| sources.is_own(*id));
    let mut found: BTreeMap<String, Vec<Value>> = own
        .map(|id| (sources.name(id).to_owned(), Vec::new()))
        .collect();
    for problem in &draft.diagnostics {
        let place = problem.places.first().map(|place| place.span);
        let place = place.map(|span| draft.place_of_used(span).unwrap_or(span));
        if let Some(span) = place
            && let Some(list) = found.get_mut(sources.name(span.source))
        {
            list.push(of_text(server, draft, problem, span));
        }
    }
    let digest = draft.program().map(|program| &program.model.pack.digest);
    let trials = trials.filter(|(of, _)| Some(of) == digest);
    for result in trials.iter().flat_map(|(_, results)| results) {
        for (span, message) in &result.failures {
            if let Some(list) = found.get_mut(sources.name(span.source)) {
                list.push(of_test(server, draft, result, *span, message));
            }
        }
    }
    found
}

pub(super) fn of_text(server: &Server, draft: &Draft, problem: &Diagnostic, span: Span) -> Value {
    let lang = server.lang;
    let mut text = problem.message.render(lang);
    if let Some(help) = &problem.help {
        text.push('\n');
        text.push_str(&sentence("severity-help", &help.render(lang), lang));
    }
    let severity = match problem.severity() {
        Severity::Error => 1,
        Severity::Warning => 2,
        Severity::Note => 3,
    };
    let is_here = problem
        .places
        .first()
        .is_some_and(|first| first.span == span);
    let further = problem.places.iter().skip(usize::from(is_here));
    let related: Vec<Value> = further
        .filter(|place| !draft.sources.is_carried(place.span.source))
        .map(|place| {
            json!({
                "location": location(server, draft, place.span),
                "message": place.message.render(lang),
            })
        })
        .collect();
    json!({
        "range": range(server, draft, span),
        "severity": severity,
        "code": problem.code.as_str(),
        "source": "plumbrule",
        "message": text,
        "relatedInformation": related,
    })
}

fn of_test(
    server: &Server,
    draft: &Draft,
    result: &TestResult,
    span: Span,
    message: &Message,
) -> Value {
    json!({
        "range": range(server, draft, span),
        "severity": 1,
        "source": "plumbrule test",
        "message": message.render(server.lang),
        "relatedInformation": [{
            "location": location(server, draft, result.span),
            "message": result.title.render(server.lang),
        }],
    })
}

fn sentence(key: &'static str, text: &str, lang: Lang) -> String {
    format!("{}: {text}", Message::new(key).render(lang))
}

/// The range of a stretch of a text.
pub(super) fn range(server: &Server, draft: &Draft, span: Span) -> Value {
    let ruled = Ruled::new(draft.sources.text(span.source), server.encoding);
    ruled.range(span.start as usize, span.end as usize)
}

/// A stretch of a text, with its file.
pub(super) fn location(server: &Server, draft: &Draft, span: Span) -> Value {
    json!({
        "uri": server.uri(draft.sources.name(span.source)),
        "range": range(server, draft, span),
    })
}

impl Server {
    /// Shows why something could not be read, once.
    pub(super) fn tell(&mut self, failure: Failure) {
        let Failure::Message(message, help) = failure else {
            return;
        };
        let parts = std::iter::once(message).chain(help);
        let text: Vec<String> = parts.map(|part: Message| part.render(self.lang)).collect();
        let text = text.join("\n");
        if self.said.insert(text.clone()) {
            self.show(2, &text);
        }
    }
}
