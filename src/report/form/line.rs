//! The rows of a form as texts: what stands in each cell, which words its drop-downs offer, and
//! what its comment says. Each name is written so that the reader finds what is meant by it.

use std::collections::BTreeMap;

use super::words::{kind_key, units};
use super::{Field, FormReport};
use crate::explain::{Unit, deadline_message};
use crate::figures::form_mark;
use crate::form::{FormRow, Whom};
use crate::message::{Arg, Label, Lang, Message};
use crate::model::{FigureRef, Kind, Measure, Model, RuleId, When};

/// Rules that one comment tells.
const MOST_RULES: usize = 6;

/// What is chosen from in the cell of the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Choices {
    /// Nothing: it is a number or a text.
    None,
    /// Yes or no.
    Truths,
    /// The texts in [`Line::choices`].
    Listed,
}

/// A row of a form.
pub(in crate::report) struct Line {
    cells: BTreeMap<Field, String>,
    is_open: bool,
    has_unit: bool,
    /// Units that the figure may come in.
    pub(in crate::report) units: Vec<String>,
    /// What kind of choice the value is.
    pub(in crate::report) choice: Choices,
    /// The texts that the value is one of.
    pub(in crate::report) choices: Vec<String>,
    /// The words of the rules.
    pub(in crate::report) comment: String,
}

impl Line {
    /// What stands in a cell.
    pub(in crate::report) fn text(&self, field: Field) -> &str {
        self.cells.get(&field).map_or("", String::as_str)
    }

    /// Whether a cell is filled in by whoever fills in the form.
    pub(in crate::report) fn is_input(&self, field: Field) -> bool {
        match field {
            Field::Entity => self.is_open,
            Field::Unit => self.has_unit,
            field => field.is_input(),
        }
    }
}

/// The rows of a form.
pub(in crate::report) fn lines(report: &FormReport<'_>) -> Vec<Line> {
    let model = &report.program.model;
    let is_own = |row: &FormRow| match row.whom {
        Whom::Known(id) => Some(id) == model.pack.entity,
        Whom::Named(_) | Whom::Open => false,
    };
    // Where all is about the body of the pack nobody needs to be told.
    let names_entities = !report.rows.iter().all(is_own);
    let has_classes = report.rows.iter().any(|row| row.class.is_some());
    let n_open = model.classes.values().filter(|class| class.is_open).count();
    let mark = form_mark(model);
    // Many bodies have a row of one figure each; its units are looked for once.
    let mut units: BTreeMap<&FigureRef, Vec<String>> = BTreeMap::new();
    let line = |row| {
        let mut line = line(report, row, &mut units);
        let entity = match &row.whom {
            Whom::Known(id) => entity_name(report, *id),
            Whom::Named(name) => name.clone(),
            Whom::Open => String::new(),
        };
        if names_entities {
            line.cells.insert(Field::Entity, entity);
        }
        if let Some(class) = row.class.filter(|_| has_classes && n_open > 1) {
            let class = &model.classes[class];
            let name = text_or(&class.label, report.lang, &class.id);
            line.cells.insert(Field::EntityKind, name);
        }
        if let Some(whole) = row.within {
            line.cells.insert(Field::PartOf, entity_name(report, whole));
        }
        line.cells.insert(Field::Mark, mark.clone());
        line
    };
    report.rows.iter().map(line).collect()
}

fn line<'r>(
    report: &FormReport<'_>,
    row: &'r FormRow,
    known: &mut BTreeMap<&'r FigureRef, Vec<String>>,
) -> Line {
    let (model, lang) = (&report.program.model, report.lang);
    let figure = &row.figure;
    let indicator = &model.indicators[figure.indicator];
    let is_level = figure.measure == Measure::Level;
    let choice = match indicator.kind {
        Kind::YesNo if is_level => Choices::Truths,
        Kind::OneOf if is_level => Choices::Listed,
        _ => Choices::None,
    };
    let is_text = matches!(indicator.kind, Kind::Text | Kind::Date) && is_level;
    let is_number = choice == Choices::None && !is_text;
    let units = match is_number {
        true => known
            .entry(figure)
            .or_insert_with(|| units(report.program, figure, lang))
            .clone(),
        false => Vec::new(),
    };
    let mut cells = BTreeMap::from([
        (Field::Indicator, indicator.id.clone()),
        (Field::Name, name(report, row)),
        (Field::Definition, definition(report, row)),
        (Field::Breakdown, figure.breakdown.to_string()),
        (Field::Measure, measure(model, figure.measure, lang)),
        (Field::Period, row.period.to_string()),
        (
            Field::Kind,
            Message::new(kind_key(indicator.kind, figure.measure)).render(lang),
        ),
    ]);
    if let Some(unit) = units.first() {
        cells.insert(Field::Unit, unit.clone());
    }
    last(report, row, &mut cells);
    Line {
        cells,
        is_open: row.whom == Whom::Open,
        has_unit: !units.is_empty(),
        units,
        choice,
        choices: indicator.choices.clone(),
        comment: comment(report, &row.rules),
    }
}

/// A label in a language, or the id where there is none.
fn text_or(label: &Label, lang: Lang, id: &str) -> String {
    match label.get(lang) {
        "" => id.to_owned(),
        text => text.to_owned(),
    }
}

/// The name of an entity if it means that one alone, else its id.
fn entity_name(report: &FormReport<'_>, id: crate::model::EntityId) -> String {
    let entity = &report.known.entities[id];
    let label = text_or(&entity.label, report.lang, &entity.id);
    match report.known.entity_named(&label) {
        Some(found) if found == id => label,
        _ => entity.id.clone(),
    }
}

/// The name of the indicator, with its breakdown.
fn name(report: &FormReport<'_>, row: &FormRow) -> String {
    let model = &report.program.model;
    let indicator = &model.indicators[row.figure.indicator];
    let name = text_or(&indicator.label, report.lang, &indicator.id);
    match &*row.figure.breakdown {
        "" => name,
        breakdown => Message::new("form-name-of")
            .with("name", name)
            .with("parts", Arg::List(model.breakdown_words(breakdown)))
            .render(report.lang),
    }
}

/// The definition, by its words where they mean it alone; a single one without words has none.
fn definition(report: &FormReport<'_>, row: &FormRow) -> String {
    let indicator = &report.program.model.indicators[row.figure.indicator];
    let all = &indicator.definitions;
    let at = usize::from(row.figure.definition);
    let Some(own) = all.get(at) else {
        return String::new();
    };
    let label = own.label.get(report.lang);
    let first = all
        .iter()
        .position(|known| known.id == label || known.label.zh == label || known.label.en == label);
    match label {
        "" => own.id.clone(),
        label if first == Some(at) => label.to_owned(),
        _ => own.id.clone(),
    }
}

/// A measure by a word that tables have for it; a level needs none.
fn measure(model: &Model, measure: Measure, lang: Lang) -> String {
    if measure == Measure::Level {
        return String::new();
    }
    let name = Message::new(measure.key()).render(lang);
    match model.words.measures.get(&name) {
        Some(found) if *found == measure => name,
        _ => measure.word().to_owned(),
    }
}

/// The last figure that is known, its period and its source.
fn last(report: &FormReport<'_>, row: &FormRow, cells: &mut BTreeMap<Field, String>) {
    let Some(claim) = row.last.map(|id| &report.known.claims[id]) else {
        return;
    };
    let text = |id| report.known.text(id);
    let printed = text(claim.printed);
    let inherited = || Unit::of_figure(report.program, &claim.figure).label().zh;
    let figure = match text(claim.unit) {
        "" if claim.is_unit_inherited => format!("{printed} {}", inherited()),
        // The value may have its unit in the same cell.
        unit if printed.contains(unit) => printed.to_owned(),
        unit => format!("{printed} {unit}"),
    };
    let source = text(claim.source);
    let instruments = &report.program.model.instruments;
    let known = instruments.values().find(|known| known.id == source);
    let source = known.map_or_else(
        || source.to_owned(),
        |known| text_or(&known.label, report.lang, &known.id),
    );
    cells.insert(Field::LastFigure, figure.trim().to_owned());
    cells.insert(Field::LastPeriod, claim.window.to_string());
    cells.insert(Field::LastSource, source);
}

/// What rules say, and where: one paragraph each.
fn comment(report: &FormReport<'_>, rules: &[RuleId]) -> String {
    let mut paragraphs: Vec<String> = rules
        .iter()
        .take(MOST_RULES)
        .map(|id| rule_words(report, *id))
        .collect();
    let rest = rules.len().saturating_sub(MOST_RULES);
    if rest > 0 {
        let more = Message::new("form-more-rules").with("count", rest);
        paragraphs.push(more.render(report.lang));
    }
    paragraphs.join("\n\n")
}

fn rule_words(report: &FormReport<'_>, id: RuleId) -> String {
    let (program, lang) = (report.program, report.lang);
    let rule = &program.model.rules[id];
    let mut lines = vec![format!("{} {}", rule.id, rule.label.get(lang))];
    let requirement = program.requirement(id).get(lang);
    lines.push(match rule.when {
        _ if rule.deadline.is_some() => {
            let due = deadline_message(program, rule);
            let due = due.map_or_else(String::new, |due| due.render(lang));
            Message::new("form-requires-due")
                .with("what", requirement)
                .with("due", due)
                .render(lang)
        }
        When::By(due) | When::ReachedBy(due) => Message::new("form-requires-by")
            .with("what", requirement)
            .with("due", due.to_string())
            .render(lang),
        When::Each { .. } => requirement.to_owned(),
    });
    for citation in &rule.citations {
        let instrument = &program.model.instruments[citation.instrument];
        let title = text_or(&instrument.label, lang, &instrument.id);
        let at = match citation.section.as_str() {
            "" => title,
            section => format!("{title} {section}"),
        };
        lines.push(match citation.quote.as_str() {
            "" => at,
            quote => Message::new("form-cites")
                .with("at", at)
                .with("quote", quote)
                .render(lang),
        });
    }
    lines.join("\n")
}
