//! A graph for a machine, by `docs/schema/graph.json`. Words of enumerations are never translated.

use std::io::{self, Write};

use serde::Serialize;

use super::{GraphFormatDef, GraphReport};
use crate::graph::{
    Affected, Bound, Chain, Diagram, DiagramNode, DiagramTie, Node, NodeKind, Place, Step, Stretch,
    Touched, feeders,
};
use crate::message::Label;
use crate::model::RuleId;
use crate::program::Program;
use crate::syntax::ast::PeriodRef;

pub(super) const FORMAT: GraphFormatDef = GraphFormatDef {
    name: "json",
    ending: "json",
    write,
};

/// The schema that this writes.
const SCHEMA: &str = "plumbrule-graph-1";

#[derive(Serialize)]
struct Text<'a> {
    zh: &'a str,
    en: &'a str,
}

#[derive(Serialize)]
struct PlaceJson<'a> {
    file: &'a str,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct GraphJson<'a> {
    schema: &'static str,
    pack: &'a str,
    label: Text<'a>,
    whole: bool,
    categories: Vec<Text<'a>>,
    nodes: Vec<NodeJson<'a>>,
    edges: Vec<EdgeJson<'a>>,
    relations: Vec<RelationJson<'a>>,
    contributions: Vec<ContributionJson<'a>>,
    affected: Option<AffectedJson<'a>>,
}

#[derive(Serialize)]
struct NodeJson<'a> {
    key: &'a str,
    id: &'a str,
    kind: &'static str,
    label: Text<'a>,
    category: Option<Text<'a>>,
    level: usize,
    asked: bool,
    hidden: usize,
    place: PlaceJson<'a>,
}

#[derive(Serialize)]
struct EdgeJson<'a> {
    used: &'a str,
    user: &'a str,
    place: PlaceJson<'a>,
}

/// A rule that is to move an indicator that was asked for, by ids.
#[derive(Serialize)]
struct ContributionJson<'a> {
    indicator: &'a str,
    rule: &'a str,
    label: Text<'a>,
    basis: &'static str,
    note: Text<'a>,
    part_of: Vec<&'a str>,
    parts: Vec<&'a str>,
    owners: Vec<OwnerJson<'a>>,
    place: PlaceOwned,
}

#[derive(Serialize)]
struct OwnerJson<'a> {
    name: &'a str,
    rules: Vec<&'a str>,
}

/// A relation between figures, by the keys of nodes; `kind` is that of its finding.
#[derive(Serialize)]
struct RelationJson<'a> {
    kind: &'static str,
    about: &'a str,
    definition: Option<&'a str>,
    part: Option<&'a str>,
    whole: Option<&'a str>,
    by: Option<&'a str>,
    declared: bool,
    place: PlaceJson<'a>,
}

#[derive(Serialize)]
struct BoundJson {
    kind: &'static str,
    about: String,
    definition: Option<String>,
    part: Option<String>,
    whole: Option<String>,
    by: Option<String>,
    periods: Vec<StretchJson>,
}

#[derive(Serialize)]
struct AffectedJson<'a> {
    indicator: &'a str,
    period: Option<String>,
    touched: Vec<TouchedJson<'a>>,
    relations: Vec<BoundJson>,
}

#[derive(Serialize)]
struct TouchedJson<'a> {
    key: String,
    kind: &'static str,
    effect: &'static str,
    periods: Vec<StretchJson>,
    named: Vec<StretchJson>,
    through: Vec<ChainJson<'a>>,
}

#[derive(Serialize)]
struct StretchJson {
    first: Option<String>,
    last: Option<String>,
}

#[derive(Serialize)]
struct ChainJson<'a> {
    definition: &'a str,
    measure: &'static str,
    breakdown: &'a str,
    entity: Option<&'a str>,
    at: AtJson,
    periods: Vec<StretchJson>,
    named: Vec<StretchJson>,
    steps: Vec<StepJson>,
}

/// Years from the evaluated period, or a fixed period: one of both.
#[derive(Serialize)]
struct AtJson {
    years: Option<i32>,
    period: Option<String>,
}

#[derive(Serialize)]
struct StepJson {
    used: String,
    at: AtJson,
    user: String,
    place: PlaceOwned,
}

#[derive(Serialize)]
struct PlaceOwned {
    file: String,
    line: usize,
    column: usize,
}

fn write(w: &mut dyn Write, report: &GraphReport<'_>) -> io::Result<()> {
    let diagram = report.diagram;
    let key = |n: usize| diagram.nodes.get(n).map_or("", |node| node.key.as_str());
    let graph = GraphJson {
        schema: SCHEMA,
        pack: &diagram.pack,
        label: text(&diagram.title),
        whole: diagram.is_whole,
        categories: diagram.categories.iter().map(text).collect(),
        nodes: diagram.nodes.iter().map(|one| node(diagram, one)).collect(),
        edges: diagram
            .edges
            .iter()
            .map(|edge| EdgeJson {
                used: key(edge.used),
                user: key(edge.user),
                place: place(&edge.place),
            })
            .collect(),
        relations: diagram
            .ties
            .iter()
            .map(|tie| relation(report.program, tie, key))
            .collect(),
        contributions: contributions(report),
        affected: report
            .affected
            .map(|affected| self::affected(report.program, affected)),
    };
    serde_json::to_writer_pretty(&mut *w, &graph)?;
    writeln!(w)
}

/// What is to move the indicators that were asked for.
fn contributions<'a>(report: &GraphReport<'a>) -> Vec<ContributionJson<'a>> {
    let program = report.program;
    let model = &program.model;
    let ids = |rules: &[RuleId]| -> Vec<&'a str> {
        rules
            .iter()
            .map(|id| model.rules[*id].id.as_str())
            .collect()
    };
    let mut found = Vec::new();
    for indicator in super::fed::asked(report) {
        for feeder in feeders(model, indicator) {
            let rule = &model.rules[feeder.rule];
            let at = Place::of(&program.sources, feeder.contribution.span);
            found.push(ContributionJson {
                indicator: &model.indicators[indicator].id,
                rule: &rule.id,
                label: text(&rule.label),
                basis: match feeder.contribution.is_stated {
                    true => "stated",
                    false => "inferred",
                },
                note: text(&feeder.contribution.note),
                part_of: ids(&feeder.wholes),
                parts: ids(&feeder.parts),
                owners: feeder
                    .owners
                    .iter()
                    .map(|(name, rules)| OwnerJson {
                        name,
                        rules: ids(rules),
                    })
                    .collect(),
                place: PlaceOwned {
                    file: at.file,
                    line: at.line,
                    column: at.column,
                },
            });
        }
    }
    found
}

fn text(label: &Label) -> Text<'_> {
    Text {
        zh: label.get(crate::message::Lang::Zh),
        en: label.get(crate::message::Lang::En),
    }
}

fn place(place: &Place) -> PlaceJson<'_> {
    PlaceJson {
        file: &place.file,
        line: place.line,
        column: place.column,
    }
}

fn node<'a>(diagram: &'a Diagram, node: &'a DiagramNode) -> NodeJson<'a> {
    let category = node.category.and_then(|n| diagram.categories.get(n));
    NodeJson {
        key: &node.key,
        id: &node.id,
        kind: node.kind.word(),
        label: text(&node.label),
        category: category.map(text),
        level: node.level,
        asked: node.is_root,
        hidden: node.n_hidden,
        place: place(&node.place),
    }
}

fn relation<'a>(
    program: &'a Program,
    tie: &'a DiagramTie,
    key: impl Fn(usize) -> &'a str,
) -> RelationJson<'a> {
    RelationJson {
        kind: tie.relation.kind.word(),
        about: key(tie.about),
        definition: tie.relation.under(&program.model),
        part: tie.part.map(&key),
        whole: tie.whole.map(&key),
        by: tie.by.as_ref().map(|(id, _)| id.as_str()),
        declared: tie.relation.is_declared(),
        place: place(&tie.place),
    }
}

fn bound(program: &Program, bound: &Bound) -> BoundJson {
    let of = |id| key(program, Node::Indicator(id));
    let relation = &bound.relation;
    let dimension = |by| program.model.breakdowns.list[by].id.clone();
    BoundJson {
        kind: relation.kind.word(),
        about: of(relation.about),
        definition: relation.under(&program.model).map(str::to_owned),
        part: relation.part.map(of),
        whole: relation.whole.map(of),
        by: relation.by.map(dimension),
        periods: stretches(&bound.when),
    }
}

fn affected<'a>(program: &'a Program, affected: &'a Affected) -> AffectedJson<'a> {
    AffectedJson {
        indicator: &program.model.indicators[affected.change.indicator].id,
        period: affected.change.period.map(|period| period.to_string()),
        touched: affected
            .touched
            .iter()
            .map(|touched| self::touched(program, touched))
            .collect(),
        relations: affected
            .bound
            .iter()
            .map(|one| bound(program, one))
            .collect(),
    }
}

fn touched<'a>(program: &'a Program, touched: &'a Touched) -> TouchedJson<'a> {
    TouchedJson {
        key: key(program, touched.node),
        kind: NodeKind::of(&program.model, touched.node).word(),
        effect: touched.effect.word(),
        periods: stretches(&touched.when),
        named: stretches(&touched.named),
        through: touched
            .chains
            .iter()
            .map(|chain| self::chain(program, chain))
            .collect(),
    }
}

fn chain<'a>(program: &'a Program, chain: &'a Chain) -> ChainJson<'a> {
    let model = &program.model;
    let figure = &chain.figure;
    let definitions = &model.indicators[figure.indicator].definitions;
    ChainJson {
        definition: definitions
            .get(usize::from(figure.definition))
            .map_or("", |definition| &definition.id),
        measure: figure.measure.word(),
        breakdown: &figure.breakdown,
        entity: figure.entity.map(|id| model.entities[id].id.as_str()),
        at: at(chain.at),
        periods: stretches(&chain.when),
        named: stretches(&chain.named),
        steps: chain
            .steps
            .iter()
            .map(|step| self::step(program, step))
            .collect(),
    }
}

fn step(program: &Program, step: &Step) -> StepJson {
    let place = Place::of(&program.sources, step.span);
    StepJson {
        used: key(program, step.used),
        at: at(step.at),
        user: key(program, step.user),
        place: PlaceOwned {
            file: place.file,
            line: place.line,
            column: place.column,
        },
    }
}

fn at(at: PeriodRef) -> AtJson {
    match at {
        PeriodRef::Relative(years) => AtJson {
            years: Some(years),
            period: None,
        },
        PeriodRef::Fixed(period) => AtJson {
            years: None,
            period: Some(period.to_string()),
        },
    }
}

fn stretches(all: &[Stretch]) -> Vec<StretchJson> {
    all.iter()
        .map(|stretch| StretchJson {
            first: stretch.first.map(|first| first.to_string()),
            last: stretch.last.map(|last| last.to_string()),
        })
        .collect()
}

/// The name of a node in `nodes`.
fn key(program: &Program, node: Node) -> String {
    crate::graph::node_key(&program.model, node)
}
