//! What a pack declares and nothing uses. A pack without goals, decisions, milestones or scores is there
//! for others to use and is not looked at.

use std::collections::BTreeSet;

use super::{Lint, LintOptions, Linted};
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::{Node, Way};
use crate::message::Message;
use crate::model::{DefineId, IndicatorId, RuleKind};
use crate::program::Program;
use crate::source::{SourceId, Span};
use crate::syntax::ast::{Block, BlockKind, Item, ItemKind, Word};
use crate::syntax::{Limits, parse};

pub(super) fn look(program: &Program, options: &LintOptions<'_>, found: &mut Linted) {
    let own = program.model.rules.values();
    let mut own = own.filter(|rule| program.is_own(rule.span));
    let judges = own.any(|rule| rule.kind != RuleKind::Check)
        || program
            .model
            .scores
            .values()
            .any(|score| program.is_own(score.span));
    if !judges {
        let id = &program.model.pack.id;
        if !id.is_empty() {
            for code in [Code::UnusedQuantity, Code::UnusedItem, Code::UnusedName] {
                found.skip(code, id, Message::new("lint-library"));
            }
        }
        return;
    }
    quantities(program, found);
    outcomes(program, found);
    names(program, options, found);
}

/// Indicators and derived quantities on which nothing rests.
fn quantities(program: &Program, found: &mut Linted) {
    let model = &program.model;
    let asked = asked(program);
    let is_used = |node: Node| !program.order.neighbours(node, Way::Down).is_empty();
    for (id, indicator) in model.indicators.iter() {
        let is_evidence = indicator.evidence.is_some();
        let is_tied = !indicator.identities.is_empty() || asked.contains(&id);
        if program.is_own(indicator.span)
            && !is_evidence
            && !is_tied
            && !is_used(Node::Indicator(id))
        {
            let problem =
                Diagnostic::new(Code::UnusedQuantity, indicator.span).with("name", &indicator.id);
            found.push(Lint::new(&indicator.id, problem));
        }
    }
    let scores = model.scores.values();
    let shown: BTreeSet<DefineId> = scores
        .flat_map(|score| {
            let elements = score.elements.iter().map(|element| element.value);
            elements.chain([score.value, score.rank]).chain(score.tier)
        })
        .collect();
    for (id, define) in model.defines.iter() {
        if program.is_own(define.span) && !shown.contains(&id) && !is_used(Node::Define(id)) {
            let problem =
                Diagnostic::new(Code::UnusedQuantity, define.span).with("name", &define.id);
            found.push(Lint::new(&define.id, problem));
        }
    }
}

/// Indicators that are asked for beside the formulas: fed by rules, tied to others, said of lists.
fn asked(program: &Program) -> BTreeSet<IndicatorId> {
    let model = &program.model;
    let fed = model.rules.values().flat_map(|rule| &rule.feeds);
    let mut all: BTreeSet<IndicatorId> = fed.map(|feed| feed.indicator).collect();
    all.extend(model.classes.values().filter_map(|class| class.complete));
    for (id, indicator) in model.indicators.iter() {
        let ties = &indicator.ties;
        let partners = ties
            .within
            .iter()
            .map(|tie| Some(tie.whole.indicator))
            .chain(ties.shares.iter().flat_map(|tie| {
                [
                    Some(tie.whole.indicator),
                    tie.part.map(|part| part.indicator),
                ]
            }));
        let partners: Vec<IndicatorId> = partners.flatten().collect();
        if !partners.is_empty() {
            all.insert(id);
            all.extend(partners);
        }
    }
    all
}

/// Outcomes of decisions to which no case comes.
fn outcomes(program: &Program, found: &mut Linted) {
    for rule in program.model.rules.values() {
        let Some(decision) = rule.decision.as_ref().filter(|_| program.is_own(rule.span)) else {
            continue;
        };
        let cases = decision.versions.iter().flat_map(|version| &version.cases);
        let given: BTreeSet<u16> = cases.map(|case| case.outcome).collect();
        for (n, outcome) in decision.outcomes.iter().enumerate() {
            if !u16::try_from(n).is_ok_and(|n| given.contains(&n)) {
                let problem = Diagnostic::new(Code::UnusedOutcome, outcome.span)
                    .with("outcome", &outcome.id)
                    .with("rule", &rule.id);
                found.push(Lint::new(&rule.id, problem));
            }
        }
    }
}

/// Something with names that others may write.
struct Named<'a> {
    code: Code,
    kind: Message,
    names: Vec<&'a Word>,
    /// The whole item.
    item: Span,
}

/// Units, bodies, documents and the like whose names stand nowhere else in the pack. A name inside
/// another one counts as well: 万户 names 户.
fn names(program: &Program, options: &LintOptions<'_>, found: &mut Linted) {
    let sources = &program.sources;
    let own: Vec<SourceId> = sources.ids().filter(|id| sources.is_own(*id)).collect();
    let modules: Vec<Vec<Item>> = own
        .iter()
        .filter(|id| !sources.is_table(**id))
        .map(|id| parse(*id, sources.text(*id), &Limits::default()).0.items)
        .collect();
    let items = modules.iter().flatten();
    let named: Vec<Named<'_>> = items.filter_map(|item| named(program, item)).collect();
    if named.is_empty() {
        return;
    }
    let texts: Vec<(SourceId, String)> = own
        .iter()
        .map(|id| (*id, without_comments(sources.text(*id))))
        .collect();
    for one in named {
        let is_inside = |source: SourceId, at: usize| {
            let (start, end) = (one.item.start as usize, one.item.end as usize);
            one.item.source == source && start <= at && at < end
        };
        let is_named = |name: &Word| {
            let mut texts = texts.iter();
            let is_written = texts.any(|(source, text)| {
                let mut places = text.match_indices(name.text.as_str());
                places.any(|(at, _)| !is_inside(*source, at))
            });
            is_written || is_in_figures(options, &name.text)
        };
        let Some(first) = one.names.first() else {
            continue;
        };
        if !one.names.iter().any(|name| is_named(name)) {
            let problem = Diagnostic::new(one.code, first.span)
                .with("kind", one.kind)
                .with("name", &first.text);
            found.push(Lint::new(&first.text, problem));
        }
    }
}

/// A text with blanks in the place of lines that are comments, each byte where it was.
fn without_comments(text: &str) -> String {
    let lines = text.split_inclusive('\n');
    let lines = lines.map(|line| match line.trim_start().starts_with("//") {
        true => " ".repeat(line.len()),
        false => line.to_owned(),
    });
    lines.collect()
}

/// What of an item can be used by its name.
fn named<'a>(program: &Program, item: &'a Item) -> Option<Named<'a>> {
    let of = |code, kind, names| {
        Some(Named {
            code,
            kind,
            names,
            item: item.span,
        })
    };
    match &item.kind {
        ItemKind::Dimension { name, .. } => {
            of(Code::UnusedItem, Message::new("lint-dimension"), vec![name])
        }
        ItemKind::Unit { names, .. } => of(
            Code::UnusedItem,
            Message::new("lint-unit"),
            names.iter().collect(),
        ),
        ItemKind::Scale { names, .. } => of(
            Code::UnusedItem,
            Message::new("lint-scale"),
            names.iter().collect(),
        ),
        ItemKind::Ladder(ladder) => of(
            Code::UnusedItem,
            Message::new("lint-ladder"),
            std::iter::once(&ladder.name)
                .chain(&ladder.labels)
                .collect(),
        ),
        ItemKind::Block(block) => {
            block_named(program, block).and_then(|(code, kind)| of(code, kind, vec![&block.id]))
        }
        _ => None,
    }
}

fn block_named(program: &Program, block: &Block) -> Option<(Code, Message)> {
    let model = &program.model;
    match block.kind {
        BlockKind::Instrument => Some((Code::UnusedName, Message::new("lint-document"))),
        BlockKind::Breakdown => Some((Code::UnusedName, Message::new("lint-breakdown"))),
        BlockKind::Calendar => Some((Code::UnusedItem, Message::new("lint-calendar"))),
        BlockKind::Entity => {
            // A body in a class, or a part of another, is one of those.
            let mut entities = model.entities.values();
            let body = entities.find(|entity| entity.span == block.id.span);
            let is_member = body.is_some_and(|body| {
                body.class.is_some() || body.part_of.is_some() || body.further.is_some()
            });
            (!is_member).then(|| (Code::UnusedName, Message::new("lint-body")))
        }
        _ => None,
    }
}

/// Whether figures that are at hand name a document, a body or a breakdown.
fn is_in_figures(options: &LintOptions<'_>, name: &str) -> bool {
    let Some((submission, _)) = options.figures else {
        return false;
    };
    let entity = submission.entity_named(name);
    let dimension = format!("{name}=");
    submission.claims.values().any(|claim| {
        submission.text(claim.source) == name
            || Some(claim.entity) == entity
            || claim.figure.breakdown.contains(&dimension)
    })
}
