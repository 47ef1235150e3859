//! Tests of packs in the editor: a line above each that runs it, and what came of it.

use serde_json::{Value, json};

use plumbrule::editor::Draft;
use plumbrule::message::Message;
use plumbrule::source::Span;
use plumbrule::testing::{TestResult, run_tests, run_tests_in};

use super::answers::Answer;
use super::disk::Home;
use super::problems::{location, range};
use super::server::Server;
use super::wire::Fault;

/// The command that runs tests: of a pack, or the one at a line.
pub(super) const RUN: &str = "plumbrule.runTests";

/// Failures that one sentence names.
const MOST_NAMED: usize = 3;

impl Server {
    /// A line above each test, and one for all of them.
    pub(super) fn lenses(&mut self, params: &Value) -> Answer {
        let uri = params.pointer("/textDocument/uri").cloned();
        let Some((home, source)) = self.file(params)? else {
            return Ok(json!([]));
        };
        let Some((pack, draft)) = self.pack(&home) else {
            return Ok(json!([]));
        };
        let digest = draft.program().map(|program| &program.model.pack.digest);
        let trials = pack.trials.as_ref().filter(|(of, _)| Some(of) == digest);
        let results = trials.map(|(_, results)| results.as_slice());
        let tests = draft.tests(source);
        let lens = |span: Span, title: String, arguments: Value| {
            let first = Span {
                end: span.start,
                ..span
            };
            let command = json!({ "title": title, "command": RUN, "arguments": arguments });
            json!({ "range": range(self, draft, first), "command": command })
        };
        let mut lenses = Vec::new();
        if let Some((_, first)) = tests.first().filter(|_| tests.len() > 1) {
            let title = Message::new("editor-run-all").render(self.lang);
            lenses.push(lens(*first, title, json!([uri])));
        }
        for (_, span) in &tests {
            let own: Vec<&TestResult> = results
                .into_iter()
                .flatten()
                .filter(|result| is_within(result.span, *span))
                .collect();
            let n_failed = own.iter().filter(|one| !one.failures.is_empty()).count();
            let said = match (own.len(), n_failed) {
                (0, _) => Message::new("editor-run"),
                (_, 0) => Message::new("editor-run-passed"),
                (n, failed) => Message::new("editor-run-failed")
                    .with("failed", failed)
                    .with("count", n),
            };
            let line = range(self, draft, *span)["start"]["line"].clone();
            let title = said.render(self.lang);
            lenses.push(lens(*span, title, json!([uri, line])));
        }
        Ok(json!(lenses))
    }

    pub(super) fn execute(&mut self, params: &Value) -> Answer {
        let command = params.get("command").and_then(Value::as_str);
        if command != Some(RUN) {
            let found = command.unwrap_or("").to_owned();
            return Err((Fault::Parameters, format!("no command {found}")));
        }
        let uri = params.pointer("/arguments/0").and_then(Value::as_str);
        let uri = uri.ok_or((Fault::Parameters, "no file".to_owned()))?;
        let line = params.pointer("/arguments/1").and_then(Value::as_u64);
        let Some((home, source)) = self.pack_of(uri) else {
            let message = Message::new("editor-no-pack").render(self.lang);
            return Err((Fault::Refused, message));
        };
        let Some((_, draft)) = self.pack(&home) else {
            return Ok(Value::Null);
        };
        let Some(program) = draft.program() else {
            let message = Message::new("editor-does-not-compile").render(self.lang);
            self.show(1, &message);
            return Err((Fault::Refused, message));
        };
        let digest = program.model.pack.digest.clone();
        let at_line = |span: &Span| {
            let place = range(self, draft, *span);
            let corner = |name: &str| place[name]["line"].as_u64();
            line.is_some() && corner("start") <= line && line <= corner("end")
        };
        let tests = draft.tests(source);
        let one = tests.iter().map(|(_, span)| *span).find(at_line);
        let results = match (line, one) {
            (None, _) => run_tests(program),
            (Some(_), Some(span)) => run_tests_in(program, span),
            (Some(_), None) => Vec::new(),
        };
        let answer = self.report(draft, &results);
        self.remember(&home, digest, results, one);
        self.show_problems(&home);
        if self.abilities.refreshes_lenses {
            let method = "workspace/codeLens/refresh";
            self.send(&json!({ "jsonrpc": "2.0", "id": method, "method": method }));
        }
        Ok(answer)
    }

    /// Says what came of tests, in a sentence and as data.
    fn report(&self, draft: &Draft, results: &[TestResult]) -> Value {
        let failed: Vec<&TestResult> = results
            .iter()
            .filter(|result| !result.failures.is_empty())
            .collect();
        let n_passed = results.len() - failed.len();
        let mut text = Message::new("editor-ran")
            .with("passed", n_passed)
            .with("failed", failed.len())
            .render(self.lang);
        for result in failed.iter().take(MOST_NAMED) {
            text.push('\n');
            text.push_str(&result.title.render(self.lang));
        }
        self.show(if failed.is_empty() { 3 } else { 1 }, &text);
        let failures = failed.iter().flat_map(|result| {
            result.failures.iter().map(|(span, message)| {
                json!({
                    "test": result.title.render(self.lang),
                    "message": message.render(self.lang),
                    "location": location(self, draft, *span),
                })
            })
        });
        json!({
            "passed": n_passed,
            "failed": failed.len(),
            "failures": failures.collect::<Vec<Value>>(),
        })
    }

    /// Keeps what came of tests; those of one test take the place of its earlier ones.
    fn remember(
        &mut self,
        home: &Home,
        digest: String,
        results: Vec<TestResult>,
        one: Option<Span>,
    ) {
        let Some(pack) = self.pack_mut(home) else {
            return;
        };
        let mut kept = match (one, pack.trials.take()) {
            (Some(span), Some((of, mut before))) if of == digest => {
                before.retain(|result| !is_within(result.span, span));
                before
            }
            _ => Vec::new(),
        };
        kept.extend(results);
        pack.trials = Some((digest, kept));
    }
}

fn is_within(inner: Span, outer: Span) -> bool {
    inner.source == outer.source && outer.start <= inner.start && inner.end <= outer.end
}
