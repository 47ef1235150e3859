//! Cells of keys that are blank below rows that have them: merged cells whose text only the first
//! row kept? A row and its layout go in, what it lacks comes out. Never fills a cell.

use std::collections::BTreeSet;

use super::layout::{Layout, cell_at};
use super::{Cell, Column, LayoutProblem, Record};

/// Which keys rows have had so far.
#[derive(Default)]
pub(super) struct Gaps {
    has_entity: bool,
    /// Columns of parts that had a part.
    parts: BTreeSet<usize>,
}

impl Gaps {
    /// The column that lacks an entity which other rows have: merged cells, or the one of the pack?
    pub(super) fn entity(
        &mut self,
        layout: &Layout,
        record: &Record,
    ) -> Option<(usize, LayoutProblem)> {
        let number = layout.attribute(Column::Entity)?.number;
        if !cell_at(record, number).is_none_or(Cell::is_blank) {
            self.has_entity = true;
            return None;
        }
        self.has_entity
            .then_some((number, LayoutProblem::BlankEntity))
    }

    /// The column that lacks a part which rows above have: merged cells, or the total?
    pub(super) fn part(
        &mut self,
        layout: &Layout,
        record: &Record,
    ) -> Option<(usize, LayoutProblem)> {
        if layout.has_no_value(record) {
            return None;
        }
        let mut found = None;
        for attribute in &layout.attributes {
            let Some(dimension) = &attribute.dimension else {
                continue;
            };
            let number = attribute.number;
            if !cell_at(record, number).is_none_or(Cell::is_blank) {
                self.parts.insert(number);
            } else if self.parts.contains(&number) {
                let dimension = dimension.clone();
                found = found.or(Some((number, LayoutProblem::BlankPart { dimension })));
            }
        }
        found
    }
}
