//! What the search of a site looks through: every page with its id, its names and its words in both
//! languages, as a script, since a page that is read from a disk may load nothing else.

use serde_json::{Value, json};

use super::places::Places;
use crate::graph::{Node, NodeKind};
use crate::message::{Label, Lang};
use crate::report::text::visible;

/// Letters of the words of a rule, in each language.
const MOST_LETTERS: usize = 200;

/// The names of kinds, in the order of their numbers.
pub(super) const KINDS: [&str; 12] = [
    "site-pack",
    "graph-kind-target",
    "graph-kind-check",
    "graph-kind-decision",
    "graph-kind-milestone",
    "graph-kind-indicator",
    "graph-kind-derived",
    "site-kind-score",
    "site-kind-scale",
    "site-kind-class",
    "site-kind-document",
    "site-kind-evidence",
];

/// The number of a kind.
fn kind(key: &str) -> usize {
    KINDS.iter().position(|known| *known == key).unwrap_or(0)
}

/// The script that hands the index over.
pub(super) fn index(places: &Places<'_>) -> String {
    let mut entries = Entries {
        n: 0,
        all: Vec::new(),
    };
    for n in 0..places.packs.len() {
        entries.n = n;
        entries.pack(places);
    }
    let packs = places.packs.iter().map(|report| {
        let pack = &report.program.model.pack;
        let label = pack.label.or_id(&pack.id);
        json!([
            clean(&pack.id),
            clean(label.get(Lang::Zh)),
            clean(label.get(Lang::En))
        ])
    });
    let packs: Vec<Value> = packs.collect();
    let mut out = String::from("plumbruleIndex({\"packs\":");
    out.push_str(&script(&json!(packs)));
    out.push_str(",\"items\":[\n");
    let lines: Vec<String> = entries.all.iter().map(script).collect();
    out.push_str(&lines.join(",\n"));
    out.push_str("\n]});\n");
    out
}

/// A value as a script may hold it, wherever the script stands.
fn script(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

fn clean(text: &str) -> String {
    visible(text)
}

struct Entries {
    /// The pack.
    n: usize,
    all: Vec<Value>,
}

impl Entries {
    fn add(&mut self, kind: usize, place: Option<String>, id: &str, label: &Label, more: &[&str]) {
        let Some(place) = place else { return };
        let more: Vec<&str> = more
            .iter()
            .copied()
            .filter(|text| !text.is_empty())
            .collect();
        let (zh, en) = (clean(&label.zh), clean(&label.en));
        self.all.push(json!([
            kind,
            self.n,
            place,
            clean(id),
            zh,
            en,
            clean(&more.join(" "))
        ]));
    }

    fn pack(&mut self, places: &Places<'_>) {
        let n = self.n;
        let program = places.program(n);
        let model = &program.model;
        let pack = &model.pack;
        self.add(0, Some(places.home_of(n)), &pack.id, &pack.label, &[]);
        for id in places.rules(n) {
            let rule = &model.rules[id];
            let words = program.requirement(id);
            let (zh, en) = (cut(&words.zh), cut(&words.en));
            let category = rule.category.clone().unwrap_or_default();
            let mut more = vec![&*zh, &*en, &*category.zh, &*category.en];
            more.extend(rule.owners.iter().map(String::as_str));
            let kind = kind(NodeKind::of(model, Node::Rule(id)).key());
            self.add(kind, places.rule(n, id), &rule.id, &rule.label, &more);
        }
        self.quantities(places);
        for id in places.scores(n) {
            let score = &model.scores[id];
            let place = places.score(n, id);
            self.add(kind("site-kind-score"), place, &score.id, &score.label, &[]);
        }
        for id in places.ladders(n) {
            let ladder = &model.ladders[id];
            let names = ladder.names();
            let names: Vec<&str> = names.iter().flat_map(|it| [&*it.zh, &*it.en]).collect();
            let place = places.ladder(n, id);
            self.add(
                kind("site-kind-scale"),
                place,
                &ladder.id,
                &ladder.label,
                &names,
            );
        }
        for id in places.classes(n) {
            let class = &model.classes[id];
            let aliases: Vec<&str> = class.aliases.iter().map(String::as_str).collect();
            let place = places.class(n, id);
            self.add(
                kind("site-kind-class"),
                place,
                &class.id,
                &class.label,
                &aliases,
            );
        }
        for (place, found) in places.documents_of(n) {
            let document = &places.program(found.pack).model.instruments[found.id];
            let mut more: Vec<&str> = document.issuers.iter().map(String::as_str).collect();
            more.extend([&*document.cited.zh, &*document.cited.en]);
            let place = Some(place.to_owned());
            let kind = kind("site-kind-document");
            self.add(kind, place, &document.id, &document.label, &more);
        }
    }

    /// Indicators, derived quantities and items of evidence.
    fn quantities(&mut self, places: &Places<'_>) {
        let n = self.n;
        let model = &places.program(n).model;
        for id in places.indicators(n) {
            let indicator = &model.indicators[id];
            let aliases: Vec<&str> = indicator.aliases.iter().map(String::as_str).collect();
            let place = places.indicator(n, id);
            let kind = kind(NodeKind::Indicator.key());
            self.add(kind, place, &indicator.id, &indicator.label, &aliases);
        }
        for id in places.defines(n) {
            let define = &model.defines[id];
            let place = places.define(n, id);
            let kind = kind(NodeKind::Derived.key());
            self.add(kind, place, &define.id, &define.label, &[]);
        }
        let milestones = places.rules(n).into_iter();
        let milestones = milestones.filter_map(|id| model.rules[id].milestone.as_ref());
        for item in milestones.flat_map(|milestone| &milestone.items) {
            let indicator = &model.indicators[item.indicator];
            let place = places.indicator(n, item.indicator);
            let kind = kind("site-kind-evidence");
            self.add(kind, place, &indicator.id, &indicator.label, &[]);
        }
    }
}

/// The first letters of a text.
fn cut(text: &str) -> String {
    text.chars().take(MOST_LETTERS).collect()
}
