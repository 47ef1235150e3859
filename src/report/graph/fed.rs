//! What is to move the indicators that were asked for: the rules that feed them and who answers for
//! these. Goes in: a report. Says of each whether the text says so.

use std::io::{self, Write};

use super::GraphReport;
use super::clean::clean;
use crate::graph::{Feeder, Node, feeders};
use crate::message::{Arg, Label, Message};
use crate::model::{IndicatorId, Model, RuleId};
use crate::report::wrap;

/// The indicators that were asked for by name.
pub(super) fn asked(report: &GraphReport<'_>) -> Vec<IndicatorId> {
    let roots = report.diagram.nodes.iter().filter(|node| node.is_root);
    let indicators = roots.filter_map(|node| match node.node {
        Node::Indicator(id) => Some(id),
        _ => None,
    });
    indicators.collect()
}

/// Sections for a terminal; nothing where nothing feeds what was asked for.
pub(super) fn write(w: &mut dyn Write, report: &GraphReport<'_>) -> io::Result<()> {
    let model = &report.program.model;
    for id in asked(report) {
        let found = feeders(model, id);
        if found.is_empty() {
            continue;
        }
        let known = &model.indicators[id];
        let heading = Message::new("graph-fed").with("indicator", known.label.or_id(&known.id));
        writeln!(w)?;
        put(w, report, 0, &format!("== {}", heading.render(report.lang)))?;
        for feeder in &found {
            one(w, report, feeder)?;
        }
    }
    Ok(())
}

fn one(w: &mut dyn Write, report: &GraphReport<'_>, feeder: &Feeder<'_>) -> io::Result<()> {
    let model = &report.program.model;
    let say = |message: Message| clean(&message.render(report.lang));
    put(w, report, 0, &say(named(model, feeder.rule)))?;
    let key = match feeder.contribution.is_stated {
        true => "graph-fed-stated",
        false => "graph-fed-inferred",
    };
    let note = &feeder.contribution.note;
    let said = Message::new(key);
    let said = match *note == Label::default() {
        true => said,
        false => Message::new("explain-feeds-note")
            .with("what", said)
            .with("note", note),
    };
    put(w, report, 3, &say(said))?;
    if !feeder.wholes.is_empty() {
        let wholes = feeder
            .wholes
            .iter()
            .map(|id| Arg::Message(named(model, *id)));
        let wholes = Message::new("explain-part-of").with("wholes", Arg::List(wholes.collect()));
        put(w, report, 3, &say(wholes))?;
    }
    if !feeder.parts.is_empty() {
        let parts = Message::new("graph-fed-parts").with("count", feeder.parts.len());
        put(w, report, 3, &say(parts))?;
    }
    if feeder.owners.is_empty() {
        return put(w, report, 3, &say(Message::new("graph-fed-nobody")));
    }
    for (owner, rules) in &feeder.owners {
        let ids: Vec<&str> = rules
            .iter()
            .map(|id| model.rules[*id].id.as_str())
            .collect();
        let said = Message::new("graph-fed-owner")
            .with("owner", *owner)
            .with("rules", ids);
        put(w, report, 3, &say(said))?;
    }
    Ok(())
}

fn named(model: &Model, id: RuleId) -> Message {
    let rule = &model.rules[id];
    Message::new("explain-rule-named")
        .with("label", rule.label.or_id(&rule.id))
        .with("id", &rule.id)
}

/// A text in lines, so far from the margin; further lines three more.
fn put(w: &mut dyn Write, report: &GraphReport<'_>, indent: usize, text: &str) -> io::Result<()> {
    let room = report.columns.saturating_sub(indent + 3);
    for (n, line) in wrap(text, room).into_iter().enumerate() {
        let further = if n == 0 { 0 } else { 3 };
        writeln!(w, "{}{line}", " ".repeat(indent + further))?;
    }
    Ok(())
}
