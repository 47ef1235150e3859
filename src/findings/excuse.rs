//! Why figures that cannot all be true are printed nevertheless: declared breaks, revisions that
//! their publisher states, and later editions of a series.

use crate::eval::same_series;
use crate::figures::{Claim, ClaimId, Status};
use crate::message::{Arg, Message};
use crate::model::FigureRef;

use super::{Cx, Excuse, FindingKind};

/// What a publisher says of a figure that it may still change.
const OPEN: [Status; 5] = [
    Status::Provisional,
    Status::Estimated,
    Status::Forecast,
    Status::Unvalidated,
    Status::Imputed,
];

impl Cx<'_> {
    /// Why claims to one figure differ, where that is declared for each two that do.
    pub(super) fn excuse_of_claims(
        &self,
        figure: &FigureRef,
        claims: &[ClaimId],
    ) -> Option<Excuse> {
        if let Some(excuse) = self.excuse_of_bases(figure, claims) {
            return Some(excuse);
        }
        let mut found = None;
        for (n, first) in claims.iter().enumerate() {
            for second in claims.iter().skip(n + 1) {
                let (a, b) = (
                    &self.submission.claims[*first],
                    &self.submission.claims[*second],
                );
                if a.as_printed.meets_closed(&b.as_printed) {
                    continue;
                }
                let excuse = self.excuse_of_two(*first, *second)?;
                found.get_or_insert(excuse);
            }
        }
        found
    }

    /// That figures are on several bases.
    pub(super) fn excuse_of_bases(&self, figure: &FigureRef, claims: &[ClaimId]) -> Option<Excuse> {
        let claim = |id: &ClaimId| &self.submission.claims[*id];
        let indicator = &self.program.model.indicators[figure.indicator];
        let latest = claims.iter().max_by_key(|id| claim(id).basis)?;
        let is_one = claims.iter().all(|id| {
            let (own, last) = (claim(id), claim(latest));
            own.basis == last.basis && own.figure.indicator == last.figure.indicator
        });
        if is_one {
            return None;
        }
        let indicator = match claim(latest).figure.indicator {
            other if other == figure.indicator => indicator,
            other => &self.program.model.indicators[other],
        };
        let basis = indicator.bases.get(usize::from(claim(latest).basis))?;
        let since = basis.since?;
        let label = match (basis.label.zh.is_empty(), basis.label.en.is_empty()) {
            (true, true) => Arg::from(&basis.id),
            _ => Arg::from(&basis.label),
        };
        Some(Excuse {
            message: Message::new("finding-excuse-basis")
                .with("since", since.to_string())
                .with("basis", label),
            is_basis: true,
        })
    }

    /// Why one claim differs from another to the same figure.
    fn excuse_of_two(&self, a: ClaimId, b: ClaimId) -> Option<Excuse> {
        if let Some(excuse) = self.excuse_of_marks(&[a, b]) {
            return Some(excuse);
        }
        let claim = |id: ClaimId| &self.submission.claims[id];
        let day = |id: ClaimId| claim(id).published.map(|day| day.last_day());
        let (first, last) = match day(a)?.cmp(&day(b)?) {
            std::cmp::Ordering::Less => (a, b),
            std::cmp::Ordering::Greater => (b, a),
            std::cmp::Ordering::Equal => return None,
        };
        let is_edition = same_series(
            &self.program.model,
            self.submission,
            claim(first),
            claim(last),
        );
        let is_stated = claim(last).statuses.has(Status::Revised) || is_open(claim(first));
        let key = match (is_stated, is_edition) {
            (true, _) => "finding-excuse-revised",
            (false, true) if is_of_one_size(claim(first), claim(last)) => "finding-excuse-edition",
            _ => return None,
        };
        Some(Excuse {
            message: Message::new(key)
                .with("first", self.shown(first))
                .with("last", self.shown(last)),
            is_basis: false,
        })
    }

    /// That a growth is on a footing of its own.
    pub(super) fn excuse_of_growth(&self, kind: FindingKind, figure: &FigureRef) -> Option<Excuse> {
        let indicator = &self.program.model.indicators[figure.indicator];
        let reason = indicator.ties.comparable.as_ref();
        let reason = reason.filter(|_| kind == FindingKind::Growth)?;
        Some(Excuse {
            message: Message::new("finding-excuse-comparable").with("reason", reason),
            is_basis: true,
        })
    }

    /// That a publisher marks one of several figures as standing apart from the others.
    pub(crate) fn excuse_of_marks(&self, claims: &[ClaimId]) -> Option<Excuse> {
        let is_marked = |id: &&ClaimId| {
            let statuses = self.submission.claims[**id].statuses;
            statuses.has(Status::Break) || statuses.has(Status::DefinitionDiffers)
        };
        let marked = claims.iter().find(is_marked)?;
        Some(Excuse {
            message: Message::new("finding-excuse-marked").with("claim", self.shown(*marked)),
            is_basis: false,
        })
    }
}

/// Whether its publisher may still change it.
fn is_open(claim: &Claim) -> bool {
    OPEN.iter().any(|status| claim.statuses.has(*status))
}

/// Whether a later edition could be a revision: one is less than twice the other.
fn is_of_one_size(a: &Claim, b: &Claim) -> bool {
    let near = |claim: &Claim| {
        let set = &claim.as_printed;
        set.lo().value().or(set.hi().value()).cloned()
    };
    let (Some(a), Some(b)) = (near(a), near(b)) else {
        return false;
    };
    let (small, large) = if a.abs() < b.abs() {
        (&a, &b)
    } else {
        (&b, &a)
    };
    small.signum() == large.signum() && large.abs() < (small + small).abs()
}
