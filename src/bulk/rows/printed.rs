//! The cells that verdicts of a block were read off. Reads texts again; judges nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Judged, Worker};
use crate::bulk::block::{Part, SourceProblem};
use crate::bulk::figures::{Figures, Places, Printed, RuleColumns, columns_of};
use crate::bulk::kernel::ROWS;
use crate::bulk::plan::verdict_of;
use crate::verdict::Verdict;

impl Worker<'_> {
    /// The figures of the rows of the block that have one of these verdicts; of all where there are none.
    pub(in crate::bulk) fn printed(
        &self,
        judged: &Judged,
        only: &[Verdict],
        part: &mut dyn Part,
    ) -> Result<Figures, SourceProblem> {
        let n_rows = judged.places.len();
        // Where no column is read as it is, whoever judged the rows knows their figures.
        let n_asked = match self.shared.table.figures.is_empty() {
            true => 0,
            false => n_rows,
        };
        let is_kept = |code: &u8| {
            verdict_of(*code).is_some_and(|verdict| only.is_empty() || only.contains(&verdict))
        };
        let has_one = |row: usize| {
            let mut codes = judged.codes.iter().filter_map(|codes| codes.get(row));
            codes.any(is_kept)
        };
        let asked = (0..n_asked).filter(|row| has_one(*row));
        let asked: Vec<u32> = asked.filter_map(|row| u32::try_from(row).ok()).collect();
        let mut rows: Vec<Vec<Printed>> = vec![Vec::new(); n_rows];
        for some in asked.chunks(ROWS) {
            for (row, texts) in some.iter().zip(part.texts(some)?) {
                if let Some(to) = rows.get_mut(*row as usize) {
                    *to = self.figures_in(&texts);
                }
            }
        }
        Ok(Figures {
            names: Arc::clone(&self.shared.figure_names),
            rows,
            places: self.columns_of_rules(judged),
            of_others: None,
        })
    }

    fn figures_in(&self, texts: &[String]) -> Vec<Printed> {
        let columns = self.shared.table.figures.iter().enumerate();
        let printed = columns.map(|(figure, column)| Printed {
            figure,
            period: None,
            text: texts.get(column.place).cloned().unwrap_or_default(),
        });
        printed.collect()
    }

    /// The columns of each rule, by the plan of each row.
    fn columns_of_rules(&self, judged: &Judged) -> Places {
        let mut known: BTreeMap<usize, u32> = BTreeMap::new();
        let mut of_plans: Vec<Arc<Vec<RuleColumns>>> = Vec::new();
        let mut of_periods = Vec::new();
        for period in &judged.periods {
            let (at, plan, _) = self.shared.plan(*period);
            let place = *known.entry(at).or_insert_with(|| {
                let program = self.shared.wanted.program;
                let rules = plan.rules.iter();
                let columns = rules.map(|rule| columns_of(program, rule.rule, &rule.inputs));
                of_plans.push(Arc::new(columns.collect()));
                u32::try_from(of_plans.len() - 1).unwrap_or(u32::MAX)
            });
            of_periods.push(place);
        }
        let plans = judged.places.iter().map(|place| {
            let plan = of_periods.get(place.period as usize);
            plan.copied().unwrap_or(u32::MAX)
        });
        Places::Columns {
            plans: plans.collect(),
            of_plans,
        }
    }
}
