//! One in the last printed digit of a claim: the measure by which changes of unlike figures compare.

use super::printed::Printed;
use super::{Claim, Submission};
use crate::fold::fold_width;
use crate::model::Model;
use crate::number::Exact;

/// Digits after the point that a number without printed digits is looked at for.
const MOST_PLACES: i16 = 12;

/// One in the last printed digit of a claim, in base units: 0.1 percent of 56.7 %, a million of 1.23亿.
///
/// Of a number whose digits are not known it is that of the shortest decimal.
pub(crate) fn step(model: &Model, submission: &Submission, claim: &Claim) -> Option<Exact> {
    if claim.is_plain
        && claim.exact.is_point()
        && let Some(width) = claim.as_printed.width().filter(|width| !width.is_zero())
    {
        return Some(width);
    }
    let text = fold_width(submission.text(claim.printed));
    let printed = Printed::parse(&text, &model.words.vocabulary, &model.units).ok();
    if let Some(step) = printed.and_then(|printed| printed.number.step) {
        return Some(&step * claim.unit_factor.as_ref());
    }
    let (lo, hi) = (claim.exact.lo().value(), claim.exact.hi().value());
    let value = lo.or(hi)?.checked_div(&claim.unit_factor)?;
    let is_whole = |places: &i16| (&value * &Exact::pow10(*places)).is_integer();
    let places = (0..=MOST_PLACES).find(is_whole)?;
    Some(&Exact::pow10(-places) * claim.unit_factor.as_ref())
}
