//! What would explain a finding: other readings of one of its figures, each tested against every
//! other relation that the figure takes part in. None is applied.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::figures::ClaimId;
use crate::findings::{Cx, Found, KeyId, Supposed, Tie, Web};
use crate::message::Message;
use crate::model::EntityId;
use crate::set::Set;

use crate::explain::{Shown, Unit};

use super::candidates::{Candidate, Where};

/// Hypotheses that are told of one finding.
const MOST_HYPOTHESES: usize = 5;

/// What kind of slip or reason would explain a finding, the more usual first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HypothesisKind {
    /// A unit or scale word is another one: the figure is off by a power of ten.
    Unit,
    /// Two digits that stand side by side are swapped.
    DigitSwap,
    /// The sign is missing, or one too many.
    Sign,
    /// Percent for percentage points, or the other way round.
    Points,
    /// It is the figure of another year.
    Year,
    /// It is the figure of a row beside it.
    Row,
    /// It is the figure of another definition.
    Definition,
    /// The figure of the year before was revised and its revision is not printed here.
    RevisedBase,
    /// The growth is on a comparable basis, other than that of the levels.
    Comparable,
    /// One digit is another one.
    Digit,
}

impl HypothesisKind {
    /// All of them, the more usual first.
    pub const ALL: [HypothesisKind; 10] = [
        HypothesisKind::Unit,
        HypothesisKind::DigitSwap,
        HypothesisKind::Sign,
        HypothesisKind::Points,
        HypothesisKind::Year,
        HypothesisKind::Row,
        HypothesisKind::Definition,
        HypothesisKind::RevisedBase,
        HypothesisKind::Comparable,
        HypothesisKind::Digit,
    ];

    /// The word of the machine output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            HypothesisKind::Unit => "unit",
            HypothesisKind::DigitSwap => "digit-swap",
            HypothesisKind::Sign => "sign",
            HypothesisKind::Points => "points",
            HypothesisKind::Year => "year",
            HypothesisKind::Row => "row",
            HypothesisKind::Definition => "definition",
            HypothesisKind::Digit => "digit",
            HypothesisKind::RevisedBase => "revised-base",
            HypothesisKind::Comparable => "comparable-basis",
        }
    }

    /// The key of its name in the catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            HypothesisKind::Unit => "hypothesis-unit",
            HypothesisKind::DigitSwap => "hypothesis-digit-swap",
            HypothesisKind::Sign => "hypothesis-sign",
            HypothesisKind::Points => "hypothesis-points",
            HypothesisKind::Year => "hypothesis-year",
            HypothesisKind::Row => "hypothesis-row",
            HypothesisKind::Definition => "hypothesis-definition",
            HypothesisKind::Digit => "hypothesis-digit",
            HypothesisKind::RevisedBase => "hypothesis-revised-base",
            HypothesisKind::Comparable => "hypothesis-comparable",
        }
    }
}

/// Something that would explain a finding.
#[derive(Debug, Clone)]
pub struct Hypothesis {
    /// What kind of slip or reason it is.
    pub kind: HypothesisKind,
    /// The figure that it is about.
    pub claim: ClaimId,
    /// In one sentence.
    pub message: Message,
    /// What the figure would be, in base units, and the unit in which it is shown.
    pub value: Option<(Set, Unit)>,
    /// How many other relations it would satisfy.
    pub satisfied: usize,
    /// How many other relations it could satisfy.
    pub total: usize,
}

/// A figure of a finding that may be the one at fault.
struct Suspect {
    key: KeyId,
    entity: EntityId,
    claim: ClaimId,
    /// The claims to it that say the same.
    copies: Vec<ClaimId>,
    /// Everything else that binds it.
    ties: Vec<Tie>,
}

/// A candidate with what was found of it.
struct Tested {
    candidate: Candidate,
    claim: ClaimId,
    unit: Unit,
    satisfied: usize,
    total: usize,
    fits: Option<bool>,
}

impl Tested {
    /// What stands first: what everything else confirms, then what nothing speaks against.
    fn rank(&self) -> impl Ord + use<> {
        let tier = match (self.total, self.satisfied) {
            (0, _) => 1,
            (total, satisfied) if total == satisfied => 0,
            _ => 2,
        };
        let misfit = match self.fits {
            Some(true) => 0,
            None => 1,
            Some(false) => 2,
        };
        // A reason that fits anything comes after what only this figure fits.
        let is_vague = self.candidate.kind >= HypothesisKind::RevisedBase;
        (
            is_vague,
            tier,
            misfit,
            Reverse(self.satisfied),
            self.candidate.kind,
            self.candidate.weight,
        )
    }
}

/// What would explain a finding, the likeliest first.
pub(super) fn hypotheses(cx: &Cx<'_>, web: &Web, found: &Found) -> Vec<Hypothesis> {
    let mut tested: Vec<Tested> = Vec::new();
    for suspect in suspects(cx, web, found) {
        for candidate in cx.candidates(web, found, suspect.key, suspect.entity, suspect.claim) {
            tested.extend(test(cx, web, found, &suspect, candidate));
        }
    }
    tested.sort_by_key(Tested::rank);
    // Of a kind of slip in one figure the likeliest says enough.
    let mut told: BTreeSet<(HypothesisKind, ClaimId)> = BTreeSet::new();
    tested.retain(|one| told.insert((one.candidate.kind, one.claim)));
    tested.truncate(MOST_HYPOTHESES);
    let told = tested.into_iter().map(|one| {
        let value = match &one.candidate.place {
            Where::Here(set) => Some((set.clone(), one.unit.clone())),
            Where::There(_) | Where::Away | Where::Otherwise => None,
        };
        let claim = &cx.submission.claims[one.claim];
        let name = cx.name(&claim.figure, claim.entity, claim.window);
        let mut message = Message::new(one.candidate.key)
            .with("figure", name)
            .with("printed", cx.submission.text(claim.printed));
        for (place, more) in one.candidate.more {
            message = message.with(place, more);
        }
        if let Some((set, unit)) = &value {
            let shown = Shown {
                set: set.clone(),
                unit: unit.clone(),
            };
            message = message.with("value", &shown);
        }
        Hypothesis {
            kind: one.candidate.kind,
            claim: one.claim,
            message,
            value,
            satisfied: one.satisfied,
            total: one.total,
        }
    });
    told.collect()
}

/// Of the other relations of a figure of a finding, how many it satisfies, and how many there are.
pub(super) fn others(cx: &Cx<'_>, web: &Web, found: &Found, claim: ClaimId) -> (usize, usize) {
    let Some(suspect) = suspect(cx, web, found, claim) else {
        return (0, 0);
    };
    // Whatever else is claimed of it, as if all said what this claim says.
    let all = cx.book.key(suspect.key).map(|key| key.of(suspect.entity));
    let all = all.unwrap_or(&[]).iter().map(|(_, id)| *id);
    let supposed = Supposed {
        key: suspect.key,
        entity: suspect.entity,
        claims: all.collect(),
        set: Some((*cx.submission.claims[claim].as_printed).clone()),
        number: None,
    };
    let ties = suspect.ties.iter();
    let ties = ties.filter(|tie| !matches!(tie, Tie::Same(_)));
    count(cx, ties, suspect.entity, &supposed)
}

fn suspects(cx: &Cx<'_>, web: &Web, found: &Found) -> Vec<Suspect> {
    let (mut all, mut known) = (Vec::new(), BTreeSet::new());
    for claim in &found.finding.claims {
        if known.contains(claim) {
            continue;
        }
        if let Some(suspect) = suspect(cx, web, found, *claim) {
            known.extend(suspect.copies.iter().copied());
            all.push(suspect);
        }
    }
    all
}

fn suspect(cx: &Cx<'_>, web: &Web, found: &Found, claim: ClaimId) -> Option<Suspect> {
    let own = &cx.submission.claims[claim];
    let key = cx.book.of_claim(own)?;
    let same = cx.book.key(key)?.of(own.entity).iter();
    let same = same.filter(|(_, id)| {
        let other = &cx.submission.claims[*id];
        cx.counts(*id) && other.as_printed == own.as_printed && other.basis == own.basis
    });
    let mut ties = cx.ties(web, key, own.entity);
    ties.push(Tie::Quote(key, claim));
    ties.retain(|tie| *tie != found.tie);
    if let Tie::Together(together) = &found.tie {
        ties.retain(|tie| !together.iter().any(|(known, _)| known == tie));
    }
    Some(Suspect {
        key,
        entity: own.entity,
        claim,
        copies: same.map(|(_, id)| *id).collect(),
        ties,
    })
}

/// What a candidate explains and what speaks for it; nothing where it explains nothing.
fn test(
    cx: &Cx<'_>,
    web: &Web,
    found: &Found,
    suspect: &Suspect,
    candidate: Candidate,
) -> Option<Tested> {
    let of = |key, claims: &[ClaimId], set: Option<Set>| Supposed {
        key,
        entity: suspect.entity,
        claims: claims.to_vec(),
        set,
        number: candidate.number.clone(),
    };
    let own_entity = found.finding.entity;
    let ((satisfied, total), fits) = match &candidate.place {
        Where::Here(set) => {
            let supposed = of(suspect.key, &suspect.copies, Some(set.clone()));
            let explains = holds(cx, web, found, &supposed) == Some(true)
                && !is_elsewhere(cx, web, found, suspect, &supposed)
                && cx.holds(&Tie::Bounds(suspect.key), own_entity, Some(&supposed)) != Some(false);
            if !explains {
                return None;
            }
            let counted = count(cx, suspect.ties.iter(), suspect.entity, &supposed);
            let fits = cx.fits_neighbours(suspect.key, suspect.entity, set);
            // What agrees with another claim at its edge alone would be printed otherwise.
            let is_edge = found.tie == Tie::Same(suspect.key)
                && cx.is_edge(suspect.key, suspect.entity, &supposed);
            (counted, if is_edge { Some(false) } else { fits })
        }
        Where::There(key) => {
            if !explains_away(cx, web, found, suspect, &candidate) {
                return None;
            }
            let set = (*cx.submission.claims[suspect.claim].as_printed).clone();
            let there = of(*key, &[suspect.claim], Some(set));
            let ties = cx.ties(web, *key, suspect.entity);
            let mut counted = count(cx, ties.iter(), suspect.entity, &there);
            if is_said(cx, suspect, &candidate) {
                counted = (counted.0 + 1, counted.1 + 1);
            }
            // Elsewhere it needs somebody who says the same.
            if counted.0 == 0 || counted.0 < counted.1 {
                return None;
            }
            (counted, None)
        }
        Where::Away => {
            if !explains_away(cx, web, found, suspect, &candidate) {
                return None;
            }
            // What speaks for it is what the figure cannot be true with where it stands; the words
            // quoted for it go with it.
            let ties = suspect.ties.iter();
            let ties = ties.filter(|tie| !matches!(tie, Tie::Quote(..)));
            let held = ties.filter_map(|tie| cx.holds(tie, suspect.entity, None));
            let mut counted = held.fold((0, 0), |(broken, total), holds| {
                (broken + usize::from(!holds), total + 1)
            });
            if is_said(cx, suspect, &candidate) {
                counted = (counted.0 + 1, counted.1 + 1);
            }
            let is_lone = candidate.kind == HypothesisKind::Row;
            (counted, is_lone.then_some(true))
        }
        Where::Otherwise => {
            let own = &cx.submission.claims[suspect.claim].as_printed;
            let supposed = of(suspect.key, &suspect.copies, Some((**own).clone()));
            let counted = count(cx, suspect.ties.iter(), suspect.entity, &supposed);
            (counted, None)
        }
    };
    let is_refuted = total > 0 && satisfied * 2 < total;
    (!is_refuted).then(|| Tested {
        unit: Unit::of_figure(cx.program, &cx.submission.claims[suspect.claim].figure),
        claim: suspect.claim,
        candidate,
        satisfied,
        total,
        fits,
    })
}

/// Whether a finding is gone where a figure is about something else.
fn explains_away(
    cx: &Cx<'_>,
    web: &Web,
    found: &Found,
    suspect: &Suspect,
    candidate: &Candidate,
) -> bool {
    // Its number is no less than another one than the quoted one if it is that of another year.
    if matches!(found.tie, Tie::Quote(..)) && candidate.kind != HypothesisKind::Row {
        return is_said(cx, suspect, candidate);
    }
    let away = Supposed {
        key: suspect.key,
        entity: suspect.entity,
        claims: suspect.copies.clone(),
        set: None,
        number: None,
    };
    holds(cx, web, found, &away) != Some(false)
}

/// Whether what a finding contradicts holds where a figure is another one.
fn holds(cx: &Cx<'_>, web: &Web, found: &Found, supposed: &Supposed) -> Option<bool> {
    match &found.tie {
        Tie::Together(ties) => super::joint::holds(cx, web, ties, supposed),
        tie => cx.holds(tie, found.finding.entity, Some(supposed)),
    }
}

/// Whether a contradiction of several relations would only come to stand elsewhere: they hold where a
/// figure is another one, and not together with all else that binds it and holds now.
fn is_elsewhere(
    cx: &Cx<'_>,
    web: &Web,
    found: &Found,
    suspect: &Suspect,
    supposed: &Supposed,
) -> bool {
    let Tie::Together(ties) = &found.tie else {
        return false;
    };
    let mut all = ties.clone();
    let others = suspect.ties.iter().map(|tie| (tie.clone(), suspect.entity));
    all.extend(others.filter(|about| {
        let is_sound = cx.holds(&about.0, about.1, None) != Some(false);
        is_sound && super::joint::is_looked_at(cx, web, about)
    }));
    super::joint::holds(cx, web, &all, supposed) == Some(false)
}

/// Whether the words quoted for a figure say that it is of the year of a candidate.
fn is_said(cx: &Cx<'_>, suspect: &Suspect, candidate: &Candidate) -> bool {
    let said = cx.quoted_year(suspect.claim);
    said.is_some() && said == candidate.year
}

/// How many ties hold, and how many there are.
fn count<'t>(
    cx: &Cx<'_>,
    ties: impl Iterator<Item = &'t Tie>,
    entity: EntityId,
    supposed: &Supposed,
) -> (usize, usize) {
    let held = ties.filter_map(|tie| cx.holds(tie, entity, Some(supposed)));
    held.fold((0, 0), |(satisfied, total), holds| {
        (satisfied + usize::from(holds), total + 1)
    })
}
