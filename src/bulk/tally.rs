//! Counts of verdicts: by rule, by cause, and the rows that fail most. The same however many threads.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::plan::{NO_ROW, code_of};
use super::verdicts::Verdicts;
use super::wide::wide;
use crate::period::Period;
use crate::verdict::{Cause, Verdict};

/// The rows that are told as the worst.
const WORST: usize = 10;

/// The codes of verdicts, those first that most rows have.
const USUAL: [u8; NO_ROW as usize] = [4, 0, 1, 6, 5, 2, 3, 7];

/// The counts of one rule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleTally {
    /// For each of [`Verdict::ALL`] the rows.
    pub verdicts: [u64; 7],
    /// For each of [`Cause::ALL`] the undetermined rows that have it.
    pub causes: [u64; 7],
}

/// A row with its failures: how many, how many undetermined, its place, whom and when.
type Worst = (Reverse<u32>, Reverse<u32>, u64, String, Option<Period>);

/// Counts of verdicts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// The rows that were judged.
    pub n_rows: u64,
    /// The rows of which whom or when they are about cannot be read, or that are of another period.
    pub n_passed_over: u64,
    /// The rows that were judged with an earlier row of the same body and period.
    pub n_joined: u64,
    /// By rule, in the order of the run.
    pub rules: Vec<RuleTally>,
    worst: BTreeSet<Worst>,
}

impl Tally {
    /// Adds the verdicts of some rows.
    pub(super) fn add(&mut self, verdicts: &Verdicts<'_>) {
        let n_rules = verdicts.rules().len();
        self.rules.resize(n_rules, RuleTally::default());
        let n = verdicts.n_rows();
        let (mut fails, mut opens) = (vec![0u16; n], vec![0u16; n]);
        // Of so many rules as a byte counts.
        let (mut few_fails, mut few_opens) = (vec![0u8; n], vec![0u8; n]);
        let open = code_of(Verdict::Undetermined);
        for (at, tally) in self.rules.iter_mut().enumerate() {
            let codes = verdicts.codes(at);
            let counts = wide(
                #[inline(always)]
                || count(codes, (&mut few_fails, &mut few_opens)),
            );
            for (to, from) in tally.verdicts.iter_mut().zip(counts) {
                *to += from;
            }
            if at % 255 == 254 || at + 1 == n_rules {
                move_to(&mut fails, &mut few_fails);
                move_to(&mut opens, &mut few_opens);
            }
            let told = verdicts.told(at);
            let told = told.iter().filter(|(_, said)| said.code == open);
            let (mut n_told, all) = (0, counts.get(usize::from(open)).copied().unwrap_or(0));
            for (_, said) in told {
                n_told += 1;
                for (cause, count) in Cause::ALL.into_iter().zip(&mut tally.causes) {
                    *count += u64::from(said.causes.contains(cause));
                }
            }
            if let Some(missing) = tally.causes.first_mut() {
                *missing += all - n_told;
            }
        }
        self.add_rows(verdicts, &fails, &opens);
    }

    fn add_rows(&mut self, verdicts: &Verdicts<'_>, fails: &[u16], opens: &[u16]) {
        // The worst so far, at most as many as are told; those that come first of equal ones.
        let mut bad: Vec<(usize, u32, u32)> = Vec::new();
        let mut least = match self.worst.len() < WORST {
            true => (1, 0),
            false => self.worst.last().map_or((1, 0), |it| (it.0.0, it.1.0)),
        };
        for (row, (fails, opens)) in fails.iter().zip(opens).enumerate() {
            let (fails, opens) = (u32::from(*fails), u32::from(*opens));
            if fails == 0 || (fails, opens) < least {
                continue;
            }
            let worse = bad.partition_point(|(_, f, o)| (*f, *o) >= (fails, opens));
            if worse < WORST {
                bad.truncate(WORST - 1);
                bad.insert(worse, (row, fails, opens));
            }
            if let (WORST, Some((_, f, o))) = (bad.len(), bad.last()) {
                least = least.max((*f, *o));
            }
        }
        let [judged, joined, passed_over] = verdicts.counts();
        self.n_rows += judged;
        self.n_joined += joined;
        self.n_passed_over += passed_over;
        let last = bad.iter().map(|(row, ..)| *row).max();
        let names: Vec<&str> = match last {
            Some(last) => verdicts.entities().take(last + 1).collect(),
            None => Vec::new(),
        };
        for (row, fails, opens) in bad {
            let at = verdicts.first() + row as u64;
            let name = names.get(row).copied().unwrap_or("").to_owned();
            let period = verdicts.period(row);
            self.worst
                .insert((Reverse(fails), Reverse(opens), at, name, period));
        }
        self.trim();
    }

    fn trim(&mut self) {
        while self.worst.len() > WORST {
            self.worst.pop_last();
        }
    }

    /// Adds the counts of other rows.
    pub(super) fn join(&mut self, other: Tally) {
        self.n_rows += other.n_rows;
        self.n_passed_over += other.n_passed_over;
        self.n_joined += other.n_joined;
        let n_rules = self.rules.len().max(other.rules.len());
        self.rules.resize(n_rules, RuleTally::default());
        for (to, from) in self.rules.iter_mut().zip(other.rules) {
            let verdicts = to.verdicts.iter_mut().zip(from.verdicts);
            let causes = to.causes.iter_mut().zip(from.causes);
            verdicts.chain(causes).for_each(|(to, from)| *to += from);
        }
        self.worst.extend(other.worst);
        self.trim();
    }

    /// How many rows have a verdict, over all rules.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> u64 {
        let at = usize::from(code_of(verdict));
        let rules = self.rules.iter();
        rules
            .map(|rule| rule.verdicts.get(at).copied().unwrap_or(0))
            .sum()
    }

    /// Whether anything failed.
    #[must_use]
    pub fn has_failure(&self) -> bool {
        self.count(Verdict::Fail) > 0
    }

    /// The rows that fail most: whom, when, how many rules fail and how many are undetermined.
    pub fn worst(&self) -> impl Iterator<Item = (&str, Option<Period>, u32, u32)> {
        let worst = self.worst.iter();
        worst.map(|(fails, opens, _, name, period)| (name.as_str(), *period, fails.0, opens.0))
    }
}

/// How many rows have each code; those that fail or are undetermined are counted one by one.
#[inline(always)]
fn count(codes: &[u8], (fails, opens): (&mut [u8], &mut [u8])) -> [u64; NO_ROW as usize] {
    let mut counts = [0u64; NO_ROW as usize];
    let mut left = codes.len() as u64;
    for code in USUAL {
        if left == 0 {
            break;
        }
        let of = |codes: &[u8]| {
            let n = codes.iter().fold(0u8, |n, own| n + u8::from(*own == code));
            u64::from(n)
        };
        let n = codes.chunks(255).map(of).sum();
        left -= n;
        if let Some(count) = counts.get_mut(usize::from(code)) {
            *count = n;
        }
    }
    let (fail, open) = (code_of(Verdict::Fail), code_of(Verdict::Undetermined));
    for ((code, fails), opens) in codes.iter().zip(fails).zip(opens) {
        *fails = fails.wrapping_add(u8::from(*code == fail));
        *opens = opens.wrapping_add(u8::from(*code == open));
    }
    counts
}

/// Adds counts of few, which are 0 then.
fn move_to(all: &mut [u16], few: &mut [u8]) {
    for (all, few) in all.iter_mut().zip(few) {
        *all = all.saturating_add(u16::from(*few));
        *few = 0;
    }
}
