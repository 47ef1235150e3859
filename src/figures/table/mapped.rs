//! A mapping of the pack laid over a header: what it says of a column goes before what the header
//! says. Never reads a cell of figures.

use super::known::clean;
use super::stack::{Says, Stack};
use super::{Cell, Cells, Column, Place};
use crate::fold::fold_name;
use crate::model::{FixedParts, Mapped, MappedPlace, Measure, Model, TableMapping};

/// What a mapping fixes, in the words of a long table.
pub(super) fn cells(model: &Model, parts: &FixedParts, place: Place) -> Cells {
    let mut cells = Cells::default();
    let mut put = |column, text: &str| {
        cells.insert(column, Cell::of(text, place.line, place.column));
    };
    if let Some(figure) = &parts.figure {
        let indicator = &model.indicators[figure.indicator];
        put(Column::Indicator, &indicator.id);
        let definition = indicator.definitions.get(usize::from(figure.definition));
        if let Some(known) = definition.filter(|_| figure.definition > 0) {
            put(Column::Definition, &known.id);
        }
        if figure.measure != Measure::Level {
            put(Column::Measure, figure.measure.word());
        }
        if !figure.breakdown.is_empty() {
            put(Column::Breakdown, &figure.breakdown);
        }
    }
    let own = parts.figure.as_ref().and_then(|figure| figure.entity);
    if let Some(entity) = parts.entity.or(own) {
        put(Column::Entity, &model.entities[entity].id);
    }
    if let Some(period) = parts.period {
        put(Column::Period, &period.to_string());
    }
    if let Some(unit) = &parts.unit {
        put(Column::Unit, unit);
    }
    if let Some(source) = &parts.source {
        put(Column::Source, source);
    }
    if let Some(published) = parts.published {
        put(Column::Published, &published.to_string());
    }
    cells
}

/// The highest number of a column that a mapping names.
pub(super) fn width(mapping: Option<&TableMapping>) -> usize {
    let columns = mapping.iter().flat_map(|mapping| &mapping.columns);
    let numbers = columns.map(|column| match column.at {
        MappedPlace::Number(number) => number,
        MappedPlace::Header(_) => 0,
    });
    numbers.max().unwrap_or(0)
}

/// Whether a mapping names each column by its place, so that it needs no header.
pub(super) fn is_by_place(mapping: &TableMapping) -> bool {
    let by_place = |at: &MappedPlace| matches!(at, MappedPlace::Number(_));
    mapping.columns.iter().all(|column| by_place(&column.at))
}

/// Lays a mapping over the columns of a header; gives the headers that none of them has.
pub(super) fn apply(model: &Model, mapping: &TableMapping, stacks: &mut [Stack]) -> Vec<String> {
    let mut missing = Vec::new();
    for column in &mapping.columns {
        let mut is_found = false;
        for stack in stacks.iter_mut() {
            let is_it = match &column.at {
                MappedPlace::Number(number) => stack.number == *number,
                MappedPlace::Header(text) => is_headed(stack, text),
            };
            if !is_it {
                continue;
            }
            is_found = true;
            stack.says = match &column.meaning {
                Mapped::Ignored => Says::Index,
                Mapped::Holds(Column::Value) => Says::Figures(Cells::default()),
                Mapped::Holds(column) => Says::Holds(*column),
                Mapped::Figures(parts) => {
                    let mut cells = cells(model, parts, stack.place);
                    // What the mapping leaves open the header may still say.
                    if let Says::Figures(own) = &stack.says {
                        for (column, cell) in own.iter() {
                            if !cells.contains(column) {
                                cells.insert(column, cell.clone());
                            }
                        }
                    }
                    Says::Figures(cells)
                }
            };
        }
        if let (false, MappedPlace::Header(text)) = (is_found, &column.at) {
            missing.push(text.clone());
        }
    }
    missing
}

/// Whether a column has a header, as a whole or in one of its rows.
fn is_headed(stack: &Stack, text: &str) -> bool {
    let wanted = fold_name(&clean(text));
    fold_name(&stack.text) == wanted
        || stack
            .text
            .split(" / ")
            .any(|part| fold_name(part) == wanted)
}
