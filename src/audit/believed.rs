//! Figures as they are believed: those printed with a word such as about, nearly or over lie within a
//! declared part of their number. What contradicts itself only then is implausible, and no more.

use std::sync::Arc;

use crate::figures::printed::{Printed, Qualifier, Reading, Width, Widths};
use crate::figures::{Claim, ClaimState, Submission};
use crate::fold::fold_width;
use crate::model::{Model, Plausible};
use crate::set::Set;

/// The same figures as they are believed; nothing where none of them has such a word.
pub(super) fn believed(model: &Model, submission: &Submission) -> Option<Submission> {
    let claims = submission.claims.iter();
    let open = claims.filter(|(_, claim)| {
        claim.state == ClaimState::Good && !claim.is_plain && claim.as_printed.width().is_none()
    });
    let narrowed: Vec<_> = open
        .filter_map(|(id, claim)| Some((id, narrowed(model, submission, claim)?)))
        .collect();
    if narrowed.is_empty() {
        return None;
    }
    let mut believed = submission.clone();
    for (id, set) in narrowed {
        believed.claims[id].as_printed = Arc::new(set);
    }
    Some(believed)
}

fn narrowed(model: &Model, submission: &Submission, claim: &Claim) -> Option<Set> {
    let indicator = &model.indicators[claim.figure.indicator];
    let plausible = indicator.plausible.or(&model.plausible);
    let text = fold_width(submission.text(claim.printed));
    let printed = Printed::parse(&text, &model.words.vocabulary, &model.units).ok()?;
    let read = |widths: &Widths| {
        let set = printed.set(Reading::Printed, widths);
        set.scale(&claim.unit_factor)
    };
    // What its file says otherwise than its text is not narrowed.
    if read(&Widths::default()) != *claim.as_printed {
        return None;
    }
    let relative = |part: &Option<_>| part.clone().map(Width::Relative);
    let set = read(&Widths {
        about: relative(&plausible.about),
        nearly: relative(&plausible.nearly),
    });
    let reach = reach(&printed, &plausible).map(|reach| reach.scale(&claim.unit_factor));
    let set = match reach {
        Some(reach) => set.intersect(&reach)?,
        None => set,
    };
    (set != *claim.as_printed).then_some(set)
}

/// How far a number that is more or less than so much is believed to reach.
fn reach(printed: &Printed, plausible: &Plausible) -> Option<Set> {
    let value = &printed.number.value;
    let has = |words: [Qualifier; 2]| words.iter().any(|word| printed.qualifiers.contains(word));
    let over = has([Qualifier::Over, Qualifier::AtLeast]);
    let below = has([Qualifier::Below, Qualifier::AtMost]);
    match (over, below) {
        (true, false) => {
            let part = plausible.over.as_ref()?;
            Some(Set::at_most(value + &(part * &value.abs())))
        }
        (false, true) => {
            let part = plausible.below.as_ref()?;
            Some(Set::at_least(value - &(part * &value.abs())))
        }
        _ => None,
    }
}
