//! Rows for what a pack declares. Goes in: a compiled pack. Decides nothing.

use std::path::Path;

use plumbrule::explain::{Unit, deadline_message};
use plumbrule::message::{Arg, Label, Lang, Message};
use plumbrule::model::{BreakdownCode, Class, Kind, RuleKind, When};
use plumbrule::program::Program;
use plumbrule::source::Span;
use plumbrule::syntax::keywords;

use crate::cli::table::{Cell, Table};

/// Columns of a pack.
pub(super) const PACK: &[(&str, &str)] = &[
    ("id", "list-id"),
    ("label", "list-label"),
    ("targets", "list-targets"),
    ("checks", "list-checks"),
    ("decisions", "list-decisions"),
    ("milestones", "list-milestones"),
    ("indicators", "list-indicators"),
    ("tests", "list-tests"),
    ("path", "list-path"),
];

pub(super) fn pack(program: &Program, path: &Path) -> Vec<Cell> {
    let model = &program.model;
    let own = model
        .rules
        .values()
        .filter(|rule| program.is_own(rule.span));
    let of = |kind| own.clone().filter(|rule| rule.kind == kind).count();
    let indicators = model.indicators.values();
    let indicators = indicators.filter(|indicator| program.is_own(indicator.span));
    vec![
        Cell::Text(model.pack.id.clone()),
        Cell::Label(model.pack.label.clone()),
        Cell::Count(of(RuleKind::Target)),
        Cell::Count(of(RuleKind::Check)),
        Cell::Count(of(RuleKind::Decision)),
        Cell::Count(of(RuleKind::Milestone)),
        Cell::Count(indicators.count()),
        Cell::Count(model.tests.len()),
        Cell::Text(path.display().to_string()),
    ]
}

/// A keyword in both languages, by its English form.
fn keyword(group: &str, en: &str) -> Label {
    let mut all = keywords().iter();
    let found = all.find(|keyword| keyword.group == group && keyword.en == en);
    found.map_or_else(
        || Label::same(en),
        |found| Label {
            zh: found.zh.to_owned(),
            en: found.en.to_owned(),
        },
    )
}

fn word(group: &str, en: &str) -> Cell {
    Cell::Word(en.to_owned(), keyword(group, en))
}

/// The used pack that something is of; nothing for what the pack declares itself.
fn of_pack(program: &Program, span: Span) -> Cell {
    let pack = program.sources.pack_of(span.source);
    Cell::Text(pack.unwrap_or_default().to_owned())
}

fn nothing() -> Cell {
    Cell::Text(String::new())
}

pub(super) fn rules(program: &Program) -> Table {
    let all = program.model.rules.iter();
    let mut all: Vec<_> = all.filter(|(_, rule)| program.is_own(rule.span)).collect();
    // Targets first; each kind in the order of the pack.
    all.sort_by_key(|(_, rule)| rule.kind);
    let rows = all.into_iter().map(|(id, rule)| {
        let kind = match rule.kind {
            RuleKind::Target => "target",
            RuleKind::Check => "check",
            RuleKind::Decision => "decision",
            RuleKind::Milestone => "milestone",
        };
        let due = match rule.when {
            _ if rule.deadline.is_some() => {
                deadline_message(program, rule).map_or_else(nothing, |due| {
                    Cell::Label(Label {
                        zh: due.render(Lang::Zh),
                        en: due.render(Lang::En),
                    })
                })
            }
            When::By(due) | When::ReachedBy(due) => Cell::Text(due.to_string()),
            When::Each { .. } if rule.kind != RuleKind::Target => nothing(),
            When::Each { .. } => Cell::Label(keyword("timing", "each year")),
        };
        let category = rule.category.clone();
        vec![
            Cell::Text(rule.id.clone()),
            Cell::Label(rule.label.clone()),
            word("item", kind),
            Cell::Label(program.requirement(id).clone()),
            due,
            category.map_or_else(nothing, Cell::Label),
        ]
    });
    Table {
        columns: &[
            ("id", "list-id"),
            ("label", "list-label"),
            ("kind", "list-kind"),
            ("requirement", "list-requirement"),
            ("due", "list-due"),
            ("category", "list-category"),
        ],
        rows: rows.collect(),
    }
}

fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Stock => "stock",
        Kind::Flow => "flow",
        Kind::Share => "share",
        Kind::Growth => "growth",
        Kind::Index => "index",
        Kind::Rank => "rank",
        Kind::Quantity => "quantity",
        Kind::YesNo => "yes-no",
        Kind::Text => "text",
        Kind::OneOf => "one of",
        Kind::Level => "level of",
        Kind::Date => "date",
    }
}

/// An id and, where there is one, its name.
fn named(id: &str, label: &Label) -> Cell {
    let with = |lang| match label.get(lang) {
        "" => id.to_owned(),
        name if id.is_empty() || name == id => name.to_owned(),
        name => format!("{id} {name}"),
    };
    Cell::Label(Label {
        zh: with(Lang::Zh),
        en: with(Lang::En),
    })
}

pub(super) fn indicators(program: &Program) -> Table {
    let rows = program.model.indicators.values().map(|indicator| {
        let unit = match indicator.unit {
            Some(_) => Cell::Label(Unit::of_indicator(program, indicator).label()),
            None => nothing(),
        };
        let definitions = indicator.definitions.iter();
        let definitions = definitions.filter(|of| !of.id.is_empty());
        let bases = indicator.bases.iter().filter(|basis| !basis.id.is_empty());
        vec![
            Cell::Text(indicator.id.clone()),
            Cell::Label(indicator.label.clone()),
            unit,
            match indicator.evidence {
                Some(_) => word("clause", "evidence"),
                None => word("kind", kind_word(indicator.kind)),
            },
            Cell::List(definitions.map(|of| named(&of.id, &of.label)).collect()),
            Cell::List(bases.map(|of| named(&of.id, &of.label)).collect()),
            Cell::texts(indicator.aliases.iter().cloned()),
            of_pack(program, indicator.span),
        ]
    });
    Table {
        columns: &[
            ("id", "list-id"),
            ("label", "list-label"),
            ("unit", "list-unit"),
            ("kind", "list-kind"),
            ("definitions", "list-definitions"),
            ("bases", "list-bases"),
            ("aliases", "list-aliases"),
            ("pack", "list-pack"),
        ],
        rows: rows.collect(),
    }
}

pub(super) fn quantities(program: &Program) -> Table {
    let scores = program.model.scores.values().flat_map(|score| {
        let own = [score.value, score.rank].into_iter().chain(score.tier);
        own.chain(score.elements.iter().map(|element| element.value))
    });
    let scores: std::collections::BTreeSet<_> = scores.collect();
    let rows = program.model.defines.iter().map(|(id, define)| {
        let formula = program.sources.slice(define.value.span);
        let formula: Vec<&str> = formula.split_whitespace().collect();
        let kind = match scores.contains(&id) {
            true => "score",
            false => "define",
        };
        vec![
            Cell::Text(define.id.clone()),
            Cell::Label(define.label.clone()),
            word("item", kind),
            Cell::Text(formula.join(" ")),
            of_pack(program, define.span),
        ]
    });
    Table {
        columns: &[
            ("id", "list-id"),
            ("label", "list-label"),
            ("kind", "list-kind"),
            ("formula", "list-formula"),
            ("pack", "list-pack"),
        ],
        rows: rows.collect(),
    }
}

/// A row for each code, and one for a dimension without any.
pub(super) fn breakdowns(program: &Program) -> Table {
    let mut rows = Vec::new();
    for breakdown in program.model.breakdowns.list.values() {
        let further = breakdown.further.key();
        let further = || further.map_or_else(nothing, |key| Cell::Message(Message::new(key)));
        let mut row = |code: Option<&BreakdownCode>| {
            rows.push(vec![
                Cell::Text(breakdown.id.clone()),
                Cell::Label(breakdown.label.clone()),
                code.map_or_else(nothing, |code| Cell::Text(code.id.clone())),
                code.map_or_else(nothing, |code| Cell::Label(code.label.clone())),
                code.map_or_else(nothing, |code| Cell::texts(code.aliases.iter().cloned())),
                further(),
                of_pack(program, breakdown.span),
            ]);
        };
        breakdown.codes.iter().for_each(|code| row(Some(code)));
        if breakdown.codes.is_empty() {
            row(None);
        }
    }
    Table {
        columns: &[
            ("id", "list-id"),
            ("label", "list-label"),
            ("code", "list-code"),
            ("code_label", "list-code-label"),
            ("aliases", "list-aliases"),
            ("further", "list-further"),
            ("pack", "list-pack"),
        ],
        rows,
    }
}

/// Who comes beside those that the pack lists, and whose records they are.
fn further_members(program: &Program, class: &Class) -> Message {
    let key = match (class.is_open, class.is_full) {
        (false, _) => "list-members-listed",
        (true, false) => "list-members-open",
        (true, true) => "list-members-full",
    };
    let Some(owner) = class.owner else {
        return Message::new(key);
    };
    let owner = &program.model.classes[owner];
    let whose = |key| Message::new(key).with("owner", Arg::Label(owner.label.clone()));
    match class.complete {
        Some(id) => {
            let indicator = &program.model.indicators[id];
            whose("list-records-complete").with("figure", Arg::Label(indicator.label.clone()))
        }
        None if class.is_full => whose("list-records-full"),
        None => whose("list-records-open"),
    }
}

/// Classes of bodies, and how many the pack puts into each.
pub(super) fn classes(program: &Program) -> Table {
    let model = &program.model;
    let rows = model.classes.iter().map(|(id, class)| {
        let entities = model.entities.values();
        let members = entities.filter(|entity| entity.classes().any(|own| own == id));
        vec![
            Cell::Text(class.id.clone()),
            Cell::Label(class.label.clone()),
            Cell::Count(members.count()),
            Cell::Message(further_members(program, class)),
            Cell::texts(class.aliases.iter().cloned()),
            of_pack(program, class.span),
        ]
    });
    Table {
        columns: &[
            ("id", "list-id"),
            ("label", "list-label"),
            ("members", "list-members"),
            ("further", "list-more-members"),
            ("aliases", "list-aliases"),
            ("pack", "list-pack"),
        ],
        rows: rows.collect(),
    }
}

pub(super) fn entities(program: &Program) -> Table {
    let model = &program.model;
    let rows = model.entities.iter().map(|(id, entity)| {
        let classes = entity.classes().map(|class| &model.classes[class]);
        let classes = classes.map(|class| named(&class.id, &class.label));
        let wholes = entity.wholes().map(|whole| &model.entities[whole]);
        let wholes = wholes.map(|whole| named(&whole.id, &whole.label));
        let default = match model.pack.entity {
            Some(own) if own == id => Cell::Message(Message::new("list-default")),
            _ => nothing(),
        };
        vec![
            Cell::Text(entity.id.clone()),
            Cell::Label(entity.label.clone()),
            one_or_several(classes.collect()),
            one_or_several(wholes.collect()),
            Cell::texts(entity.aliases().iter().cloned()),
            default,
            of_pack(program, entity.span),
        ]
    });
    Table {
        columns: &[
            ("id", "list-id"),
            ("label", "list-label"),
            ("class", "list-class"),
            ("part_of", "list-part-of"),
            ("aliases", "list-aliases"),
            ("default", "list-role"),
            ("pack", "list-pack"),
        ],
        rows: rows.collect(),
    }
}

/// The only cell as itself, several as a list.
fn one_or_several(mut cells: Vec<Cell>) -> Cell {
    match (cells.len(), cells.pop()) {
        (_, None) => nothing(),
        (1, Some(only)) => only,
        (_, Some(last)) => {
            cells.push(last);
            Cell::List(cells)
        }
    }
}

pub(super) fn documents(program: &Program) -> Table {
    let rows = program.model.instruments.values().map(|document| {
        let period = |at: Option<plumbrule::period::Period>| {
            at.map_or_else(nothing, |at| Cell::Text(at.to_string()))
        };
        vec![
            Cell::Text(document.id.clone()),
            Cell::Label(document.label.clone()),
            Cell::texts(document.issuers.iter().cloned()),
            period(document.published),
            period(document.since),
            period(document.until),
            Cell::texts(
                document
                    .prevails
                    .iter()
                    .map(|id| program.model.instruments[*id].id.clone()),
            ),
            Cell::Label(document.cited.clone()),
            of_pack(program, document.span),
        ]
    });
    Table {
        columns: &[
            ("id", "list-id"),
            ("label", "list-label"),
            ("issuers", "list-issuers"),
            ("published", "list-published"),
            ("in_force_since", "list-since"),
            ("in_force_until", "list-until"),
            ("prevails_over", "list-prevails"),
            ("cited_as", "list-cited"),
            ("pack", "list-pack"),
        ],
        rows: rows.collect(),
    }
}

pub(super) fn tests(program: &Program, lang: Lang) -> Table {
    let rows = program.model.tests.iter().map(|test| {
        let (line, _) = program
            .sources
            .line_column(test.span.source, test.span.start);
        let file = program.sources.name(test.span.source);
        let period = test
            .period
            .map_or_else(nothing, |at| Cell::Text(at.to_string()));
        vec![
            Cell::Text(test.title().render(lang)),
            period,
            Cell::Count(test.given.len()),
            Cell::Count(test.expect.len()),
            Cell::Text(format!("{file}:{line}")),
        ]
    });
    Table {
        columns: &[
            ("label", "list-label"),
            ("period", "list-period"),
            ("given", "list-given"),
            ("expected", "list-expected"),
            ("place", "list-place"),
        ],
        rows: rows.collect(),
    }
}
