//! `plumbrule graph`: what rests on what, and what a change may touch.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum, ValueHint};

use plumbrule::eval::Options;
use plumbrule::graph::{Change, Diagram, Node, Selection, Way, affected};
use plumbrule::message::{Lang, Message};
use plumbrule::model::Name;
use plumbrule::program::Program;
use plumbrule::report::graph::{GraphFormat, GraphReport, write_graph};

use super::args::LimitArgs;
use super::load;
use super::output::{self, Failure};

#[derive(Args)]
pub(crate) struct GraphArgs {
    #[arg(value_name = "PACK", required = true, value_hint = ValueHint::AnyPath)]
    pub pack: Vec<PathBuf>,
    #[arg(
        id = "graph_rule",
        long = "rule",
        value_name = "ID",
        value_delimiter = ','
    )]
    pub rule: Vec<String>,
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub indicator: Vec<String>,
    #[arg(long, value_enum)]
    pub direction: Option<Direction>,
    #[arg(long, value_name = "N")]
    pub depth: Option<usize>,
    #[arg(
        long,
        value_name = "INDICATOR[@PERIOD]",
        conflicts_with_all = ["graph_rule", "indicator", "direction", "depth"]
    )]
    pub affected: Option<String>,
    #[arg(
        id = "graph_period",
        long = "period",
        value_name = "PERIOD",
        requires = "affected"
    )]
    pub period: Option<String>,
    #[arg(long, value_name = "DATE", requires = "affected")]
    pub in_force: Option<String>,
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    pub format: Option<GraphFormat>,
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub limits: LimitArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Direction {
    Up,
    Down,
    Both,
}

/// Reads the name of a format of graphs; the list is the library's.
fn formats() -> impl TypedValueParser<Value = GraphFormat> {
    PossibleValuesParser::new(GraphFormat::ALL.iter().map(|format| format.name()))
        .map(|name| GraphFormat::named(&name).unwrap_or(GraphFormat::HUMAN))
}

/// The format asked for; else that of the ending of the output file; else for a person.
fn format(args: &GraphArgs) -> GraphFormat {
    let ending = args.out.as_deref().and_then(Path::extension);
    let of_ending = || {
        let ending = ending?.to_str()?;
        let mut all = GraphFormat::ALL.iter().copied();
        all.find(|format| format.ending() == ending)
    };
    args.format.or_else(of_ending).unwrap_or(GraphFormat::HUMAN)
}

pub(crate) fn run(args: &GraphArgs, lang: Lang) -> Result<u8, Failure> {
    let program = load::program(&args.pack, args.limits, lang)?;
    let found = match &args.affected {
        Some(figure) => {
            let change = change(&program, figure)?;
            let options = Options {
                period: args.period.as_deref().map(load::period).transpose()?,
                in_force: args.in_force.as_deref().map(load::day).transpose()?,
                ..Options::default()
            };
            Some(affected(&program, &change, &options))
        }
        None => None,
    };
    let diagram = match &found {
        Some(found) => found.diagram(&program),
        None => Diagram::of(&program, &selection(args, &program)?),
    };
    if diagram.nodes.is_empty() {
        let paths = args.pack.iter().map(|path| path.display().to_string());
        let paths: Vec<String> = paths.collect();
        return Err(Failure::new(
            Message::new("cli-graph-empty").with("paths", paths),
        ));
    }
    let report = GraphReport {
        program: &program,
        diagram: &diagram,
        affected: found.as_ref(),
        lang,
        columns: output::columns(),
    };
    let mut bytes = Vec::new();
    write_graph(&mut bytes, format(args), &report)
        .map_err(|error| output::unwritten("-", &error))?;
    output::deliver(&bytes, args.out.as_deref())?;
    Ok(0)
}

/// What of the graph is asked for.
fn selection(args: &GraphArgs, program: &Program) -> Result<Selection, Failure> {
    let mut roots: Vec<Node> = Vec::new();
    for name in &args.rule {
        roots.push(rule(program, name)?);
    }
    for name in &args.indicator {
        roots.push(match quantity(program, name)? {
            Name::Indicator(id) => Node::Indicator(id),
            Name::Define(id) => Node::Define(id),
            Name::Decision(id) => Node::Rule(id),
        });
    }
    if roots.is_empty() && (args.depth.is_some() || args.direction.is_some()) {
        // A bound needs something to be counted from.
        return Err(Failure::Message(
            Message::new("cli-graph-no-start"),
            Some(Message::new("help-graph-start")),
        ));
    }
    Ok(Selection {
        roots,
        way: args.direction.map(|direction| match direction {
            Direction::Up => Way::Up,
            Direction::Down => Way::Down,
            Direction::Both => Way::Both,
        }),
        depth: args.depth,
    })
}

/// A rule by its id or name.
fn rule(program: &Program, name: &str) -> Result<Node, Failure> {
    let rules = &program.model.rules;
    let named = |is_it: &dyn Fn(&plumbrule::model::Rule) -> bool| -> Vec<Node> {
        let found = rules.iter().filter(|(_, rule)| is_it(rule));
        found.map(|(id, _)| Node::Rule(id)).collect()
    };
    let name = name.trim();
    let mut found = named(&|rule| rule.id == name);
    if found.is_empty() {
        found = named(&|rule| rule.label.zh == name || rule.label.en == name);
    }
    match found.as_slice() {
        [one] => Ok(*one),
        [] => {
            let known = rules
                .values()
                .flat_map(|rule| [&rule.id, &rule.label.zh, &rule.label.en]);
            let near = plumbrule::fold::nearest(name, known.map(String::as_str));
            let help = near.map(|(name, _)| Message::new("help-nearest").with("name", name));
            Err(Failure::Message(
                Message::new("cli-no-rule").with("rule", name),
                help,
            ))
        }
        _ => {
            let same = rules.values();
            let same = same.filter(|rule| rule.label.zh == name || rule.label.en == name);
            let ids: Vec<&str> = same.map(|rule| rule.id.as_str()).collect();
            Err(several(name, ids))
        }
    }
}

/// An indicator or derived quantity by its id, name or alias.
fn quantity(program: &Program, name: &str) -> Result<Name, Failure> {
    let names = &program.model.names;
    if let Some(found) = names.lookup(name) {
        return Ok(found);
    }
    if names.is_ambiguous(name) {
        let name = name.trim();
        let of = |label: &plumbrule::message::Label| label.zh == name || label.en == name;
        let model = &program.model;
        let indicators = model
            .indicators
            .values()
            .filter(|one| of(&one.label) || one.aliases.iter().any(|alias| alias == name))
            .map(|one| one.id.as_str());
        let defines = model.defines.values().filter(|one| of(&one.label));
        let ids = indicators.chain(defines.map(|one| one.id.as_str()));
        return Err(several(name, ids.collect()));
    }
    let help = names
        .nearest(name)
        .map(|near| Message::new("help-nearest").with("name", near));
    let message = Message::new("cli-no-indicator").with("indicator", name);
    Err(Failure::Message(message, help))
}

fn several(name: &str, ids: Vec<&str>) -> Failure {
    let help = (!ids.is_empty()).then(|| Message::new("help-known-names").with("names", ids));
    Failure::Message(Message::new("cli-several").with("name", name), help)
}

/// The figure of `INDICATOR[@PERIOD]`.
fn change(program: &Program, text: &str) -> Result<Change, Failure> {
    // What stands behind the last sign is the period, unless all of it is a name.
    let folded = plumbrule::fold::fold_width(text);
    let whole = program.model.names.lookup(&folded);
    let (name, period) = match folded.rsplit_once('@').filter(|_| whole.is_none()) {
        Some((name, period)) => (name.to_owned(), Some(load::period(period.trim())?)),
        None => (folded, None),
    };
    match quantity(program, &name)? {
        Name::Indicator(indicator) => Ok(Change { indicator, period }),
        Name::Define(id) => {
            let define = &program.model.defines[id].id;
            Err(Failure::Message(
                Message::new("cli-derived-changes").with("name", define),
                Some(Message::new("help-derived-changes").with("name", define)),
            ))
        }
        Name::Decision(id) => {
            let decision = &program.model.rules[id].id;
            Err(Failure::Message(
                Message::new("cli-derived-changes").with("name", decision),
                Some(Message::new("help-derived-changes").with("name", decision)),
            ))
        }
    }
}
