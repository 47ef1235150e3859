//! What is known of a table before its rows are judged: its header and some rows go in, what its columns hold and
//! what is told of them comes out.

use std::collections::BTreeMap;

use super::{Open, Stop};
use crate::bulk::block::{Block, Shown, Wanted};
use crate::bulk::table::{Head, Probe, Table, WhyWhole};
use crate::figures::FigureProblem;
use crate::figures::table::Known;
use crate::program::Program;

/// Rows that a table is understood from.
pub(in crate::bulk) const SAMPLE: usize = 50;

/// What was found before the rows are judged.
#[derive(Default)]
pub(in crate::bulk) struct Before {
    /// The problems of each part.
    pub(in crate::bulk) told: BTreeMap<u64, Vec<FigureProblem>>,
    pub(in crate::bulk) n_problems: u64,
    pub(in crate::bulk) has_error: bool,
}

/// What the columns hold, the rows from which that is known, and what is told of the header.
pub(super) fn understood(
    program: &Program,
    open: Open<'_>,
) -> Result<(Table, Vec<Vec<Shown>>, Before), Stop> {
    let sample = sampled(open)?;
    let known = Known::of(&program.model);
    let table = Table::of(&known, sample.head(), &sample.rows).map_err(Stop::Whole)?;
    let before = match table.is_told {
        true => Before::of_header(&sample.probe(&known), sample.file.as_deref()),
        false => Before::default(),
    };
    Ok((table, sample.rows, before))
}

pub(in crate::bulk) fn has_error(problems: &[FigureProblem]) -> bool {
    problems.iter().any(|problem| !problem.is_warning)
}

impl Before {
    /// What is wrong with the header of rows that were read.
    pub(in crate::bulk) fn of_header(probe: &Probe, file: Option<&str>) -> Before {
        let told = probe.of_header(file);
        Before {
            n_problems: told.len() as u64,
            has_error: has_error(&told),
            told: BTreeMap::from([(0, told)]),
        }
    }

    /// Errors, each with its part.
    pub(in crate::bulk) fn add(&mut self, errors: impl Iterator<Item = (u64, FigureProblem)>) {
        for (part, error) in errors {
            (self.n_problems, self.has_error) = (self.n_problems + 1, true);
            self.told.entry(part).or_default().push(error);
        }
    }
}

/// A header and some rows below it.
pub(in crate::bulk) struct Sampled {
    pub(in crate::bulk) header: Vec<String>,
    pub(in crate::bulk) is_delimited: bool,
    pub(in crate::bulk) rows: Vec<Vec<Shown>>,
    pub(in crate::bulk) file: Option<String>,
}

impl Sampled {
    pub(in crate::bulk) fn head(&self) -> Head<'_> {
        (&self.header, self.is_delimited)
    }

    /// The rows read as a table of their own.
    pub(in crate::bulk) fn probe(&self, known: &Known<'_>) -> Probe {
        Probe::of(known, self.head(), &self.rows)
    }
}

/// The header of a table and its first rows.
pub(in crate::bulk) fn sampled(open: Open<'_>) -> Result<Sampled, Stop> {
    let source = open().map_err(Stop::from)?;
    if source.has_text_above() {
        return Err(Stop::Whole(WhyWhole::Layout));
    }
    let wanted = vec![Wanted::Nothing; source.header().len()];
    let mut block = Block::default();
    let (mut cells, mut file) = (Vec::new(), None);
    // Parts may be as short as the writer of the file pleased.
    while let Some((_, mut part)) = source.next_part(&wanted).map_err(Stop::from)? {
        if part.opens_file() && !cells.is_empty() {
            break;
        }
        while cells.len() < SAMPLE && part.next(&mut block).map_err(Stop::from)? {
            let n = block.n_rows.min(SAMPLE - cells.len());
            let rows: Vec<u32> = (0u32..).take(n).collect();
            cells.extend(part.cells(&rows).map_err(Stop::from)?);
            file = part.file().map(str::to_owned);
        }
        if cells.len() >= SAMPLE {
            break;
        }
    }
    Ok(Sampled {
        header: source.header().to_vec(),
        is_delimited: source.is_delimited(),
        rows: cells,
        file,
    })
}
