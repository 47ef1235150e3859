//! The verdicts of some rows, to be counted, written or handed on. Decides nothing.

use super::block::{Block, Cells};
use super::plan::{OPEN_CODE, verdict_of};
use super::rows::{Judged, Place, Shared, are_tight, keys};
use crate::eval::Outcomes;
use crate::model::RuleId;
use crate::period::Period;
use crate::program::Program;
use crate::verdict::{Cause, Causes, Verdict};

/// The verdicts of some rows of a table.
pub struct Verdicts<'v> {
    program: &'v Program,
    rules: &'v [RuleId],
    /// The column of names.
    entity: Option<usize>,
    block: &'v Block,
    judged: &'v Judged,
}

impl<'v> Verdicts<'v> {
    pub(super) fn new(shared: &'v Shared<'v>, block: &'v Block, judged: &'v Judged) -> Self {
        Verdicts {
            program: shared.wanted.program,
            rules: shared.wanted.rules,
            entity: shared.table.entity,
            block,
            judged,
        }
    }

    /// Verdicts that were not read off a table of columns; the names are its first column.
    pub(super) fn of(
        program: &'v Program,
        rules: &'v [RuleId],
        block: &'v Block,
        judged: &'v Judged,
    ) -> Self {
        Verdicts {
            program,
            rules,
            entity: Some(0),
            block,
            judged,
        }
    }

    /// The rules and what they are about.
    #[must_use]
    pub fn program(&self) -> &'v Program {
        self.program
    }

    /// How many rows.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.judged.places.len()
    }

    /// The place of the first row in the table, counted from 0.
    #[must_use]
    pub fn first(&self) -> u64 {
        self.block.first
    }

    /// The rules, in the order of the pack.
    #[must_use]
    pub fn rules(&self) -> &'v [RuleId] {
        self.rules
    }

    /// The id of a rule as the pack writes it.
    #[must_use]
    pub fn rule_name(&self, at: usize) -> &'v str {
        let id = self.rules().get(at);
        id.map_or("", |id| &self.program.model.rules[*id].id)
    }

    /// Whom each row is about, as the table names it.
    pub fn entities(&self) -> Box<dyn Iterator<Item = &'v str> + 'v> {
        if self.has_own_names() {
            return self.names();
        }
        let told = self.judged.told.as_slice();
        let name = |(row, own): (u32, &'v str)| {
            let at = told.binary_search_by_key(&row, |(row, _)| *row).ok();
            let told = at.and_then(|at| told.get(at));
            let name = told.and_then(|(_, told)| told.name.as_ref());
            name.map_or(own, |(name, _)| name)
        };
        Box::new((0u32..).zip(self.names()).map(name))
    }

    /// Whether each line is about whom its row names: few rows name more than that.
    fn has_own_names(&self) -> bool {
        let mut told = self.judged.told.iter();
        told.all(|(_, told)| told.name.is_none())
    }

    fn names(&self) -> Box<dyn Iterator<Item = &'v str> + 'v> {
        match self
            .entity
            .and_then(|column| self.block.columns.get(column))
        {
            Some(Cells::Keys { ends, bytes }) => Box::new(keys(ends, bytes).map(str::trim)),
            Some(Cells::Words { codes, words }) => Box::new(codes.iter().map(|code| {
                let word = words.get(*code as usize);
                word.map_or("", |word| word.trim())
            })),
            _ => Box::new(std::iter::repeat_n("", self.n_rows())),
        }
    }

    /// Whether a row was judged together with an earlier row of the same body and period, whose line
    /// stands for both.
    #[must_use]
    pub fn is_joined(&self, row: usize) -> bool {
        let place = self.judged.places.get(row);
        place.is_some_and(|place| place.is_joined)
    }

    /// When a row is about; none where it was not judged, or with an earlier row.
    #[must_use]
    pub fn period(&self, row: usize) -> Option<Period> {
        let is_own = |place: &&Place| !(place.is_lost || place.is_joined);
        let place = self.judged.places.get(row).filter(is_own)?;
        self.judged.periods.get(place.period as usize).copied()
    }

    /// How many rows were judged, were judged with an earlier row, and were passed over.
    pub(super) fn counts(&self) -> [u64; 3] {
        let places = self.judged.places.iter();
        let count = |[judged, joined, passed]: [u64; 3], place: &Place| {
            let is_own = !(place.is_lost || place.is_joined);
            [
                judged + u64::from(is_own),
                joined + u64::from(place.is_joined),
                passed + u64::from(place.is_lost && !place.is_joined),
            ]
        };
        places.fold([0; 3], count)
    }

    /// The periods that rows are about.
    pub(super) fn periods(&self) -> &'v [Period] {
        &self.judged.periods
    }

    /// For each row the place of its period among these; none as in [`Verdicts::period`].
    pub(super) fn period_places(&self) -> impl Iterator<Item = Option<u32>> {
        let places = self.judged.places.iter();
        places.map(|place| {
            let is_own = !(place.is_lost || place.is_joined);
            is_own.then_some(place.period)
        })
    }

    /// The names of [`Verdicts::entities`], one after another, and where each ends, if that is how they are
    /// held and each is there and without blanks around it.
    pub(super) fn plain_names(&self) -> Option<(&'v [u32], &'v [u8])> {
        if !self.has_own_names() {
            return None;
        }
        let column = self.block.columns.get(self.entity?)?;
        let Cells::Keys { ends, bytes } = column else {
            return None;
        };
        if are_tight(bytes) {
            let first = ends.first().is_none_or(|end| *end > 0);
            let later = ends.windows(2).all(|pair| pair.first() < pair.last());
            return (first && later).then_some((ends, bytes));
        }
        let mut from = 0;
        let is_plain = |end: &u32| {
            let text = bytes.get(from..*end as usize).unwrap_or(&[]);
            from = *end as usize;
            matches!(text, [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'])
        };
        ends.iter().all(is_plain).then_some((ends, bytes))
    }

    /// The codes of the verdicts on all rows by one rule: the places of [`Verdict::ALL`], and more
    /// than those where a rule has nothing to say of a row.
    #[must_use]
    pub fn codes(&self, rule: usize) -> &'v [u8] {
        self.judged.codes.get(rule).map_or(&[], Vec::as_slice)
    }

    /// What one rule says of a row; none where it is not about it.
    #[must_use]
    pub fn verdict(&self, rule: usize, row: usize) -> Option<Verdict> {
        let code = *self.codes(rule).get(row)?;
        (code != OPEN_CODE).then(|| verdict_of(code)).flatten()
    }

    /// Why a verdict is undetermined.
    #[must_use]
    pub fn causes(&self, rule: usize, row: usize) -> Causes {
        match (self.said(rule, row), self.verdict(rule, row)) {
            (Some(said), _) => said.causes,
            (None, Some(Verdict::Undetermined)) => Cause::Missing.into(),
            _ => Causes::NONE,
        }
    }

    /// The outcomes of a decision that are possible for a row; one where it is decided.
    #[must_use]
    pub fn outcomes(&self, rule: usize, row: usize) -> Outcomes {
        if let Some(said) = self.said(rule, row) {
            return said.possible;
        }
        let place = self.judged.outcomes.get(rule).and_then(|all| all.get(row));
        let is_decided = self.verdict(rule, row) == Some(Verdict::Decided);
        match place {
            Some(place) if is_decided && *place != 255 => Outcomes::NONE.with(u16::from(*place)),
            _ => Outcomes::NONE,
        }
    }

    /// The figures that a verdict was read off: the name of each with its period, and what is printed. Of
    /// what does not apply the figures of the condition. Nothing where the run was not asked for them, see
    /// [`Sink::figures_of`](super::Sink::figures_of), and nothing for a figure that is not there.
    #[must_use]
    pub fn figures(&self, rule: usize, row: usize) -> Vec<(String, &'v str)> {
        let is_met = self.verdict(rule, row) != Some(Verdict::NotApplicable);
        let figures = self.judged.figures.as_ref();
        figures.map_or_else(Vec::new, |figures| {
            figures.of((rule, row), self.period(row), is_met)
        })
    }

    /// The rows whose causes are not only that a figure is missing, or that were decided exactly.
    pub(super) fn told(&self, rule: usize) -> &'v [(u32, super::plan::Said)] {
        self.judged.said.get(rule).map_or(&[], Vec::as_slice)
    }

    fn said(&self, rule: usize, row: usize) -> Option<&'v super::plan::Said> {
        let all = self.told(rule);
        let row = u32::try_from(row).ok()?;
        let at = all.binary_search_by_key(&row, |(row, _)| *row).ok()?;
        all.get(at).map(|(_, said)| said)
    }
}
