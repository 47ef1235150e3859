//! Conditions made of conditions, row by row: strong Kleene logic with a fourth answer for what doubles
//! leave open. An open part opens the whole only where its answer could change it.

use super::{Bench, MISSING, NO, Num, OPEN, ROWS, Step, Tru, YES};

/// Which outcomes of a decision follow.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::bulk) struct Joint {
    /// Whether the cases of each outcome hold.
    pub(in crate::bulk) formulas: Vec<Tru>,
    /// For each outcome whether the decision comes to it and to no other.
    pub(in crate::bulk) alone: Vec<Tru>,
    /// The place of the only outcome that follows, where one does and nothing is open; else [`OPEN_PLACE`].
    pub(in crate::bulk) only: Tru,
}

/// No outcome follows alone, as far as doubles say.
pub(in crate::bulk) const OPEN_PLACE: u8 = 255;

#[inline(always)]
pub(super) fn and(a: u8, b: u8) -> u8 {
    // Without a no, what is more open wins.
    if (a == NO) | (b == NO) { NO } else { a.max(b) }
}

#[inline(always)]
pub(super) fn or(a: u8, b: u8) -> u8 {
    if (a == YES) | (b == YES) {
        YES
    } else {
        a.max(b)
    }
}

#[inline(always)]
pub(super) fn not(a: u8) -> u8 {
    if a < MISSING { 1 - a } else { a }
}

#[inline(always)]
pub(super) fn same(a: u8, b: u8) -> u8 {
    let most = a.max(b);
    if most < MISSING {
        u8::from(a == b)
    } else {
        most
    }
}

#[inline(always)]
pub(super) fn either(condition: u8, yes: u8, no: u8) -> u8 {
    let is_alike = (yes == no) & (yes < MISSING);
    let open = if is_alike {
        yes
    } else {
        condition.max(yes).max(no).max(MISSING)
    };
    let known = if condition == YES { yes } else { no };
    if condition < MISSING { known } else { open }
}

/// Whether so many conditions hold, from how many do, are only missing, and are open.
#[inline(always)]
fn at_least(n: usize, [yes, missing, open]: [u8; 3]) -> u8 {
    let [yes, missing, open] = [yes, missing, open].map(usize::from);
    let rest = if open == 0 { MISSING } else { OPEN };
    let rest = if yes + missing + open < n { NO } else { rest };
    if yes >= n { YES } else { rest }
}

impl Bench {
    #[inline(always)]
    pub(super) fn logic(&mut self, step: &Step, n: usize) {
        match step {
            Step::Fixed(code, to) => self.decide(
                *to,
                n,
                #[inline(always)]
                |to, _| to.fill(*code),
            ),
            Step::Not(a, to) => self.decide(
                *to,
                n,
                #[inline(always)]
                |to, bench| {
                    for (to, a) in to.iter_mut().zip(bench.truth(*a)) {
                        *to = not(*a);
                    }
                },
            ),
            Step::All(parts, to) => self.folded((YES, parts), *to, n, and),
            Step::Any(parts, to) => self.folded((NO, parts), *to, n, or),
            Step::AtLeast(least, parts, to) => self.at_least_of((*least, parts), *to, n),
            Step::Same(a, b, to) => self.decide(
                *to,
                n,
                #[inline(always)]
                |to, bench| {
                    let sides = bench.truth(*a).iter().zip(bench.truth(*b));
                    for (to, (a, b)) in to.iter_mut().zip(sides) {
                        *to = same(*a, *b);
                    }
                },
            ),
            Step::Either(condition, yes, no, to) => self.decide(
                *to,
                n,
                #[inline(always)]
                |to, bench| {
                    let sides = bench.truth(*yes).iter().zip(bench.truth(*no));
                    let rows = bench.truth(*condition).iter().zip(sides);
                    for (to, (condition, (yes, no))) in to.iter_mut().zip(rows) {
                        *to = either(*condition, *yes, *no);
                    }
                },
            ),
            Step::Joint(joint) => self.joint(joint, n),
            // Numbers are computed where steps are taken apart.
            _ => {}
        }
    }

    /// One condition after another, from what none of them comes to.
    #[inline(always)]
    fn folded(
        &mut self,
        (none, parts): (u8, &[Tru]),
        to: Tru,
        n: usize,
        with: impl Fn(u8, u8) -> u8,
    ) {
        self.decide(
            to,
            n,
            #[inline(always)]
            |to, bench| {
                to.fill(none);
                for part in parts {
                    for (to, a) in to.iter_mut().zip(bench.truth(*part)) {
                        *to = with(*to, *a);
                    }
                }
            },
        );
    }

    #[inline(always)]
    fn at_least_of(&mut self, (least, parts): (usize, &[Tru]), to: Tru, n: usize) {
        self.decide(
            to,
            n,
            #[inline(always)]
            |to, bench| {
                let mut counts = [[0u8; ROWS]; 3];
                for part in parts {
                    for (code, counts) in [YES, MISSING, OPEN].into_iter().zip(&mut counts) {
                        for (count, own) in counts.iter_mut().zip(bench.truth(*part)) {
                            *count = count.saturating_add(u8::from(*own == code));
                        }
                    }
                }
                let [yes, missing, open] = &counts;
                let counts = yes.iter().zip(missing).zip(open);
                for (to, ((yes, missing), open)) in to.iter_mut().zip(counts) {
                    *to = at_least(least, [*yes, *missing, *open]);
                }
            },
        );
    }

    /// Which outcomes follow, in rows where every formula is known; the others are left open.
    #[inline(always)]
    fn joint(&mut self, joint: &Joint, n: usize) {
        self.decide(
            joint.only,
            n,
            #[inline(always)]
            |to, bench| {
                // How many follow, none being open; more than one is as good as two.
                let mut counts = [0u8; ROWS];
                to.fill(OPEN_PLACE);
                for (outcome, formula) in (0u8..).zip(&joint.formulas) {
                    let rows = to.iter_mut().zip(&mut counts).zip(bench.truth(*formula));
                    for ((to, count), code) in rows {
                        *to = if *code == YES { outcome } else { *to };
                        let more = if *code > YES { 2 } else { *code };
                        *count = count.saturating_add(more);
                    }
                }
                for (to, count) in to.iter_mut().zip(&counts) {
                    *to = if *count == 1 { *to } else { OPEN_PLACE };
                }
            },
        );
        for (place, to) in (0u8..).zip(joint.alone.iter().take(joint.formulas.len())) {
            self.decide(
                *to,
                n,
                #[inline(always)]
                |to, bench| {
                    for (to, only) in to.iter_mut().zip(bench.truth(joint.only)) {
                        let code = u8::from(*only == place);
                        *to = if *only == OPEN_PLACE { OPEN } else { code };
                    }
                },
            );
        }
    }
}

impl Step {
    /// The conditions that it computes.
    pub(in crate::bulk) fn truths(&self) -> Vec<Tru> {
        match self {
            Step::Cut(.., to)
            | Step::Against(.., to)
            | Step::Present(_, to)
            | Step::Fixed(_, to)
            | Step::Not(_, to)
            | Step::All(_, to)
            | Step::Any(_, to)
            | Step::AtLeast(.., to)
            | Step::Same(.., to)
            | Step::Either(.., to)
            | Step::Strict(.., to) => vec![*to],
            Step::Joint(joint) => {
                let mut all = joint.alone.clone();
                all.push(joint.only);
                all
            }
            _ => Vec::new(),
        }
    }

    /// The number that it computes.
    pub(in crate::bulk) fn number(&self) -> Option<Num> {
        match self {
            Step::Take(.., to)
            | Step::Linear(.., to)
            | Step::Mul(.., to)
            | Step::Div(.., to)
            | Step::Abs(_, to)
            | Step::Extreme(.., to)
            | Step::Choose(.., to)
            | Step::Pick(.., to) => Some(*to),
            _ => None,
        }
    }

    /// The conditions that it reads.
    pub(in crate::bulk) fn truths_read(&self) -> Vec<Tru> {
        match self {
            Step::Not(a, _) | Step::Strict(a, ..) | Step::Choose(a, ..) => vec![*a],
            Step::All(parts, _) | Step::Any(parts, _) | Step::AtLeast(_, parts, _) => parts.clone(),
            Step::Same(a, b, _) => vec![*a, *b],
            Step::Either(condition, yes, no, _) => vec![*condition, *yes, *no],
            Step::Joint(joint) => joint.formulas.clone(),
            _ => Vec::new(),
        }
    }

    /// The numbers that it reads.
    pub(in crate::bulk) fn numbers_read(&self) -> Vec<Num> {
        match self {
            Step::Linear(parts, ..) => parts.iter().map(|(_, part)| *part).collect(),
            Step::Abs(a, _) | Step::Against(_, a, None, _) => vec![*a],
            Step::Mul(a, b, _)
            | Step::Div(a, b, _)
            | Step::Extreme(_, a, b, _)
            | Step::Choose(_, a, b, _)
            | Step::Pick(a, b, _)
            | Step::Against(_, a, Some(b), _) => vec![*a, *b],
            Step::Strict(_, _, numbers, _) => numbers.clone(),
            _ => Vec::new(),
        }
    }

    /// The conditions that it is made of alone; none where it looks at numbers.
    pub(in crate::bulk) fn parts(&self) -> Option<Vec<Tru>> {
        match self {
            Step::Strict(_, _, numbers, _) if !numbers.is_empty() => None,
            Step::Against(..) => None,
            other => Some(other.truths_read()),
        }
    }
}
