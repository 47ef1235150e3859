//! How much of the way is done, in a line of plain signs: base and target, the figure as a point
//! or as all that it may be, and where the path is now.

use super::lines;
use crate::eval::Marks;
use crate::explain::as_number;
use crate::number::{Exact, Rounding};
use crate::progress::Progress;
use crate::set::{End, Set};

/// Signs from the base to the target.
const WAY: i64 = 30;
/// Signs beside them, for what lies before the base or beyond the target.
const BESIDE: i64 = 6;

/// The line; none without a base, without a figure, or where the two do not compare.
pub(super) fn gauge(progress: &Progress) -> Option<String> {
    let (_, base) = progress.baseline.as_ref()?;
    let part = (&progress.limit - base).recip()?;
    // A figure on another basis has no place on the way from this base.
    if !lines::breaks(progress).is_empty() || progress.row.marks.contains(Marks::BASIS_REVISED) {
        return None;
    }
    let known = progress.known().filter(|set| *set != Set::all())?;
    let share = |set: &Set| set.sub(&Set::point(base.clone())).scale(&part);
    let last = WAY + 2 * BESIDE;
    let mut signs: Vec<char> = (0..=last)
        .map(|at| match at {
            _ if at == BESIDE || at == BESIDE + WAY => '|',
            _ if at > BESIDE && at < BESIDE + WAY => '-',
            _ => ' ',
        })
        .collect();
    let mut put = |at: i64, sign: char| {
        let place = usize::try_from(at.clamp(0, last)).unwrap_or(0);
        if let Some(old) = signs.get_mut(place) {
            *old = sign;
        }
    };
    let now = share(&known);
    let (lo, hi) = (place(now.lo(), 0), place(now.hi(), last));
    let is_point = as_number(&now).is_some();
    if is_point {
        put(lo, 'o');
    } else {
        for at in lo.max(0)..=hi.min(last) {
            put(at, '=');
        }
    }
    // The path is drawn over what is known, so that it can be seen to lie within.
    let year = progress.row.judged.year();
    // Once a target is due its path is at its end.
    let is_open = progress.outlook.is_some();
    let mut path = progress.path.iter().filter(|_| is_open);
    let path = path.find(|(at, _)| *at == year);
    if let Some((_, path)) = path {
        let at = place(share(path).lo(), 0);
        let is_hidden = is_point && at == lo;
        if !is_hidden {
            put(at, ':');
        }
    }
    // Beyond the edge, or without end.
    if lo < 0 || now.lo() == &End::Unbounded {
        put(0, '<');
    }
    if hi > last || now.hi() == &End::Unbounded {
        put(last, '>');
    }
    let line: String = signs.into_iter().collect();
    Some(line.trim_end().to_owned())
}

/// The place of a share of the way; the edge where there is no end.
fn place(end: &End, edge: i64) -> i64 {
    let Some(share) = end.value() else {
        return edge;
    };
    let signs = share * &Exact::from(WAY);
    let whole: i64 =
        signs
            .round_string(0, Rounding::HalfEven)
            .parse()
            .unwrap_or(if share.is_negative() {
                i64::MIN / 2
            } else {
                i64::MAX / 2
            });
    whole.saturating_add(BESIDE)
}
