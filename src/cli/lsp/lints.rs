//! Lints in the editor: what is known without a proof of a pack as it was opened or saved, shown as long as
//! its texts are still those, and what mends them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use plumbrule::diagnostic::Severity;
use plumbrule::editor::Draft;
use plumbrule::lint::Lint;
use plumbrule::message::Message;
use plumbrule::source::Span;

use super::answers::shown_as;
use super::disk::Home;
use super::problems::{of_text, range};
use super::server::{Pack, Server};

/// What a lint is called beside what a compiler says.
const SOURCE: &str = "plumbrule lint";

/// The lints of a pack, with the digest of the texts that they are about.
pub(super) fn of_pack(draft: &Draft) -> Option<(String, Vec<Lint>)> {
    let program = draft.program()?;
    Some((program.model.pack.digest.clone(), draft.lints()))
}

/// Those that are about the texts as they are now.
fn current<'p>(pack: &'p Pack, draft: &Draft) -> &'p [Lint] {
    let digest = draft.program().map(|program| &program.model.pack.digest);
    let lints = pack.lints.as_ref().filter(|(of, _)| Some(of) == digest);
    lints.map_or(&[], |(_, lints)| lints)
}

/// Adds lints to the problems of each file.
pub(super) fn add(
    server: &Server,
    pack: &Pack,
    draft: &Draft,
    found: &mut BTreeMap<String, Vec<Value>>,
) {
    for lint in current(pack, draft) {
        let Some(span) = lint.problem.places.first().map(|place| place.span) else {
            continue;
        };
        if let Some(list) = found.get_mut(draft.sources.name(span.source)) {
            let mut shown = of_text(server, draft, &lint.problem, span);
            shown["source"] = json!(SOURCE);
            // A note is a hint: it is drawn where it stands and listed nowhere.
            if lint.problem.severity() == Severity::Note {
                shown["severity"] = json!(4);
            }
            list.push(shown);
        }
    }
}

impl Server {
    /// The fixes of lints at a place, those that hold.
    pub(super) fn lint_actions(
        &self,
        home: &Home,
        touches: impl Fn(Span) -> bool,
        source: plumbrule::source::SourceId,
        params: &Value,
    ) -> Vec<Value> {
        let Some((pack, draft)) = self.pack(home) else {
            return Vec::new();
        };
        let lints = current(pack, draft).iter().filter_map(|lint| {
            let span = lint.problem.places.first()?.span;
            let is_asked = lint.fix.is_some() && span.source == source && touches(span);
            let edits = is_asked.then(|| draft.mended(lint))?;
            let title = Message::new("editor-mend").with("code", lint.problem.code.as_str());
            let at = range(self, draft, span);
            (!edits.is_empty()).then(|| {
                json!({
                    "title": title.render(self.lang),
                    "kind": "quickfix",
                    "isPreferred": true,
                    "diagnostics": shown_as(params, lint.problem.code, &at),
                    "edit": self.workspace_edit(draft, &edits),
                })
            })
        });
        lints.collect()
    }
}
