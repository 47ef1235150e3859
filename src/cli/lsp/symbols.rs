//! Names and completions as the protocol writes them.

use serde_json::{Value, json};

use plumbrule::editor::{Completion, CompletionKind, Entry, Space};
use plumbrule::source::Span;

/// An entry of the outline, with what is declared inside it.
pub(super) fn entry(entry: &Entry, range: &dyn Fn(Span) -> Value) -> Value {
    let inner: Vec<Value> = entry
        .inner
        .iter()
        .map(|one| self::entry(one, range))
        .collect();
    // An empty name is refused by clients.
    let name = match entry.name.is_empty() {
        true => "-",
        false => &entry.name,
    };
    json!({
        "name": name,
        "detail": entry.label,
        "kind": symbol_kind(entry.space),
        "range": range(entry.whole),
        "selectionRange": range(entry.span),
        "children": inner,
    })
}

/// The number of a symbol's kind. Editors draw a sign for each.
fn symbol_kind(space: Option<Space>) -> u8 {
    match space {
        // Event: something that happens, and is looked at.
        None => 24,
        Some(space) => match space {
            Space::Pack => 4,
            Space::Body => 5,
            Space::Rule => 12,
            Space::Quantity => 13,
            Space::Document => 1,
            Space::Breakdown | Space::Ladder => 10,
            Space::Code | Space::Outcome => 22,
            Space::Calendar | Space::Weights => 19,
            Space::Unit | Space::Dimension => 11,
            Space::Function => 6,
            Space::Definition | Space::Case | Space::Evidence | Space::Element => 8,
        },
    }
}

/// Completions in their order, which the client keeps.
pub(super) fn completions(found: &[Completion], range: impl Fn(Span) -> Value) -> Vec<Value> {
    // All take the place of the same stretch, as a rule.
    let mut known: Option<(Span, Value)> = None;
    let items = found.iter().enumerate().map(|(n, one)| {
        let place = match &known {
            Some((span, range)) if *span == one.replaces => range.clone(),
            _ => {
                let place = range(one.replaces);
                known = Some((one.replaces, place.clone()));
                place
            }
        };
        let group = u8::from(!one.is_own_language);
        json!({
            "label": one.text,
            "kind": completion_kind(one.kind),
            "detail": one.detail,
            "documentation": one.meaning,
            "sortText": format!("{group}{n:05}"),
            "filterText": one.text,
            "textEdit": { "range": place, "newText": one.text },
        })
    });
    items.collect()
}

fn completion_kind(kind: CompletionKind) -> u8 {
    match kind {
        CompletionKind::Keyword => 14,
        CompletionKind::Function => 3,
        CompletionKind::Unit => 11,
        CompletionKind::Name(space) => match space {
            Space::Quantity => 6,
            Space::Body => 7,
            Space::Document => 17,
            Space::Pack => 9,
            Space::Rule => 23,
            Space::Code | Space::Outcome => 20,
            _ => 12,
        },
    }
}
