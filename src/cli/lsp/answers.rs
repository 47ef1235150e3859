//! Requests to answers. Each finds its file, asks the library, and writes places as the client
//! counts them.

use serde_json::{Value, json};

use plumbrule::diagnostic::Code;
use plumbrule::editor::{Draft, Encoding, changed};
use plumbrule::functions;
use plumbrule::lint::Edit;
use plumbrule::message::Message;
use plumbrule::source::{SourceId, Span};
use plumbrule::syntax::format;

use super::disk::Home;
use super::places::{Ruled, position};
use super::problems::{location, range};
use super::server::Server;
use super::wire::Fault;
use super::{symbols, trials};

/// What a request comes to.
pub(super) type Answer = Result<Value, (Fault, String)>;

/// What the server can do.
pub(super) fn abilities(encoding: Encoding) -> Value {
    json!({
        "capabilities": {
            "positionEncoding": encoding.name(),
            "textDocumentSync": { "openClose": true, "change": 2, "save": { "includeText": false } },
            "hoverProvider": true,
            "completionProvider": { "triggerCharacters": ["[", "=", "@"] },
            "definitionProvider": true,
            "referencesProvider": true,
            "documentHighlightProvider": true,
            "documentSymbolProvider": true,
            "codeActionProvider": { "codeActionKinds": ["quickfix"] },
            "codeLensProvider": { "resolveProvider": false },
            "documentFormattingProvider": true,
            "renameProvider": { "prepareProvider": true },
            "executeCommandProvider": { "commands": [trials::RUN] },
        },
        "serverInfo": { "name": "plumbrule", "version": env!("CARGO_PKG_VERSION") },
    })
}

/// A place in a file of a pack.
struct Spot {
    home: Home,
    source: SourceId,
    byte: usize,
}

impl Server {
    pub(super) fn answer(&mut self, method: &str, params: &Value) -> Answer {
        match method {
            "textDocument/hover" => self.hover(params),
            "textDocument/completion" => self.completion(params),
            "textDocument/definition" => self.definition(params),
            "textDocument/references" => self.references(params),
            "textDocument/documentHighlight" => self.highlights(params),
            "textDocument/documentSymbol" => self.symbols(params),
            "textDocument/codeAction" => self.actions(params),
            "textDocument/codeLens" => self.lenses(params),
            "textDocument/formatting" => self.formatting(params),
            "textDocument/prepareRename" => self.prepare_rename(params),
            "textDocument/rename" => self.rename(params),
            "workspace/executeCommand" => self.execute(params),
            _ => Err((Fault::Method, format!("no method {method}"))),
        }
    }

    /// The file that a request is about; none where no pack holds it.
    pub(super) fn file(
        &mut self,
        params: &Value,
    ) -> Result<Option<(Home, SourceId)>, (Fault, String)> {
        let uri = params.pointer("/textDocument/uri").and_then(Value::as_str);
        let uri = uri.ok_or((Fault::Parameters, "no textDocument".to_owned()))?;
        Ok(self.pack_of(uri))
    }

    fn spot(&mut self, params: &Value) -> Result<Option<Spot>, (Fault, String)> {
        let at = params.get("position").and_then(position);
        let at = at.ok_or((Fault::Parameters, "no position".to_owned()))?;
        let Some((home, source)) = self.file(params)? else {
            return Ok(None);
        };
        let text = self
            .pack(&home)
            .map(|(_, draft)| draft.sources.text(source));
        let byte = text.map_or(0, |text| Ruled::new(text, self.encoding).byte(at));
        Ok(Some(Spot { home, source, byte }))
    }

    fn hover(&mut self, params: &Value) -> Answer {
        let Some(spot) = self.spot(params)? else {
            return Ok(Value::Null);
        };
        // A verdict that is asked for is that of the last save, made now if it was not before.
        self.check(&spot.home);
        let Some((pack, draft)) = self.pack(&spot.home) else {
            return Ok(Value::Null);
        };
        let checked = pack.checked.as_ref();
        let hover = draft.hover(spot.source, spot.byte, self.lang, checked);
        Ok(hover.map_or(Value::Null, |hover| {
            json!({
                "contents": { "kind": "markdown", "value": hover.markdown },
                "range": range(self, draft, hover.span),
            })
        }))
    }

    fn completion(&mut self, params: &Value) -> Answer {
        let Some(spot) = self.spot(params)? else {
            return Ok(json!([]));
        };
        let Some((_, draft)) = self.pack(&spot.home) else {
            return Ok(json!([]));
        };
        let found = draft.complete(spot.source, spot.byte, self.lang);
        let items = symbols::completions(&found, |span| range(self, draft, span));
        Ok(json!({ "isIncomplete": false, "items": items }))
    }

    fn definition(&mut self, params: &Value) -> Answer {
        let Some(spot) = self.spot(params)? else {
            return Ok(Value::Null);
        };
        let Some((_, draft)) = self.pack(&spot.home) else {
            return Ok(Value::Null);
        };
        let found = draft.definition(spot.source, spot.byte);
        // What the program carries lies in no file that could be shown.
        let found = found.filter(|span| !draft.sources.is_carried(span.source));
        Ok(found.map_or(Value::Null, |span| location(self, draft, span)))
    }

    fn references(&mut self, params: &Value) -> Answer {
        let with_declaration = params.pointer("/context/includeDeclaration");
        let with_declaration = with_declaration != Some(&Value::Bool(false));
        let Some(spot) = self.spot(params)? else {
            return Ok(json!([]));
        };
        let Some((_, draft)) = self.pack(&spot.home) else {
            return Ok(json!([]));
        };
        let found = draft.references(spot.source, spot.byte, with_declaration);
        let found = found
            .into_iter()
            .filter(|span| !draft.sources.is_carried(span.source));
        Ok(found.map(|span| location(self, draft, span)).collect())
    }

    fn highlights(&mut self, params: &Value) -> Answer {
        let Some(spot) = self.spot(params)? else {
            return Ok(json!([]));
        };
        let Some((_, draft)) = self.pack(&spot.home) else {
            return Ok(json!([]));
        };
        let found = draft.references(spot.source, spot.byte, true).into_iter();
        let here = found.filter(|span| span.source == spot.source);
        Ok(here
            .map(|span| json!({ "range": range(self, draft, span), "kind": 1 }))
            .collect())
    }

    fn symbols(&mut self, params: &Value) -> Answer {
        let Some((home, source)) = self.file(params)? else {
            return Ok(json!([]));
        };
        let Some((_, draft)) = self.pack(&home) else {
            return Ok(json!([]));
        };
        let ruled = Ruled::new(draft.sources.text(source), self.encoding);
        let range = |span: Span| ruled.range(span.start as usize, span.end as usize);
        let entries = draft.outline(source);
        Ok(entries
            .iter()
            .map(|one| symbols::entry(one, &range))
            .collect())
    }

    /// What mends a problem: a near name, or the fix of a lint.
    fn actions(&mut self, params: &Value) -> Answer {
        let Some((home, source)) = self.file(params)? else {
            return Ok(json!([]));
        };
        let Some((_, draft)) = self
            .pack(&home)
            .filter(|_| self.abilities.answers_actions_as_objects)
        else {
            return Ok(json!([]));
        };
        let ruled = Ruled::new(draft.sources.text(source), self.encoding);
        let asked = params.get("range").and_then(|range| ruled.bytes(range));
        let (start, end) = asked.ok_or((Fault::Parameters, "no range".to_owned()))?;
        let touches = |span: Span| span.start as usize <= end && start <= span.end as usize;
        let mends = draft.mends(source).filter(|(_, span, _)| touches(*span));
        let actions = mends.map(|(problem, span, words)| {
            let title = Message::new("editor-write").with("words", words);
            let edit = Edit {
                span,
                text: words.to_owned(),
            };
            let at = range(self, draft, span);
            json!({
                "title": title.render(self.lang),
                "kind": "quickfix",
                "isPreferred": true,
                "diagnostics": shown_as(params, problem.code, &at),
                "edit": self.workspace_edit(draft, &[edit]),
            })
        });
        let mut actions: Vec<Value> = actions.collect();
        actions.extend(self.lint_actions(&home, touches, source, params));
        Ok(json!(actions))
    }

    fn formatting(&mut self, params: &Value) -> Answer {
        let uri = params.pointer("/textDocument/uri").and_then(Value::as_str);
        let uri = uri.ok_or((Fault::Parameters, "no textDocument".to_owned()))?;
        let Some(text) = self.open_text(uri) else {
            return Ok(Value::Null);
        };
        // What cannot be read stays as it is; its problems are shown already.
        let Ok(formatted) = format(text, None, &functions::name_in) else {
            return Ok(Value::Null);
        };
        let ruled = Ruled::new(text, self.encoding);
        let edits = changed(text, &formatted).map(|(place, new)| {
            let range = ruled.range(place.start, place.end);
            json!({ "range": range, "newText": new })
        });
        Ok(edits.into_iter().collect())
    }

    fn prepare_rename(&mut self, params: &Value) -> Answer {
        let Some(spot) = self.spot(params)? else {
            return Ok(Value::Null);
        };
        let Some((_, draft)) = self.pack(&spot.home) else {
            return Ok(Value::Null);
        };
        match draft.renamed_at(spot.source, spot.byte) {
            Ok(span) => Ok(json!({
                "range": range(self, draft, span),
                "placeholder": draft.sources.slice(span),
            })),
            Err(reason) => Err((Fault::Refused, reason.render(self.lang))),
        }
    }

    fn rename(&mut self, params: &Value) -> Answer {
        let name = params.get("newName").and_then(Value::as_str);
        let name = name.ok_or((Fault::Parameters, "no newName".to_owned()))?;
        let Some(spot) = self.spot(params)? else {
            return Ok(Value::Null);
        };
        let Some((_, draft)) = self.pack(&spot.home) else {
            return Ok(Value::Null);
        };
        match draft.rename(spot.source, spot.byte, name) {
            Ok(edits) => Ok(self.workspace_edit(draft, &edits)),
            Err(reason) => Err((Fault::Refused, reason.render(self.lang))),
        }
    }

    /// Changes of several files, in the form that the client takes.
    pub(super) fn workspace_edit(&self, draft: &Draft, edits: &[Edit]) -> Value {
        let mut files: Vec<(SourceId, Vec<Value>)> = Vec::new();
        for edit in edits {
            let source = edit.span.source;
            let one = json!({ "range": range(self, draft, edit.span), "newText": edit.text });
            match files.iter_mut().find(|(of, _)| *of == source) {
                Some((_, list)) => list.push(one),
                None => files.push((source, vec![one])),
            }
        }
        if self.abilities.versioned_edits {
            let changes = files.into_iter().map(|(source, list)| {
                let name = draft.sources.name(source);
                let document = json!({ "uri": self.uri(name), "version": self.version(name) });
                json!({ "textDocument": document, "edits": list })
            });
            return json!({ "documentChanges": changes.collect::<Vec<Value>>() });
        }
        let mut changes = serde_json::Map::new();
        for (source, list) in files {
            changes.insert(self.uri(draft.sources.name(source)), json!(list));
        }
        json!({ "changes": changes })
    }
}

/// Those of the problems that the client shows which are this one.
pub(super) fn shown_as(params: &Value, code: Code, at: &Value) -> Vec<Value> {
    let shown = params.pointer("/context/diagnostics");
    let shown = shown.and_then(Value::as_array).into_iter().flatten();
    let is_it = |one: &&Value| {
        let own = one.get("code").and_then(Value::as_str);
        own == Some(code.as_str()) && one.get("range") == Some(at)
    };
    shown.filter(is_it).cloned().collect()
}
