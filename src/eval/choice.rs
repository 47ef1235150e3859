//! Which published figures count: sources, preferences and editions.
//!
//! Names of sources and claims go in, whether a claim counts comes out. Never reads a set: what a
//! figure says has no part in whether it counts.

use chrono::NaiveDate;

use crate::figures::{Claim, ClaimId, ClaimState, Submission};
use crate::message::{Arg, Message};
use crate::model::Model;

/// Which of the editions of one series count for a figure that several of them print.
///
/// Two claims are of one series where they name the same source, or documents of one issuer. A
/// claim without a date of publication has no place among editions: it always counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Vintage {
    /// Every edition.
    #[default]
    All,
    /// The latest; earlier ones are replaced. One of an older basis replaces nothing.
    Latest,
    /// The first: what was said before any revision.
    First,
}

impl Vintage {
    /// All of them.
    pub const ALL: [Vintage; 3] = [Vintage::All, Vintage::Latest, Vintage::First];

    /// The word of the machine output and of the command line; never translated.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Vintage::All => "all",
            Vintage::Latest => "latest",
            Vintage::First => "first",
        }
    }

    /// The one of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Vintage> {
        Vintage::ALL
            .into_iter()
            .find(|vintage| vintage.word() == word)
    }

    /// The key of its sentence in the catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Vintage::All => "vintage-all",
            Vintage::Latest => "vintage-latest",
            Vintage::First => "vintage-first",
        }
    }
}

/// Which figures count beside what was known on a day. The default is all of them.
///
/// ```
/// use plumbrule::eval::{Choice, Options, evaluate};
/// # use plumbrule::figures::{Limits, Submission};
/// # let mut sources = plumbrule::Sources::with_std();
/// # sources.add("pack.plumb", r#"
/// # pack city "City plan" { entity city }
/// # entity city "The city" {}
/// # indicator x "X" { kind share unit % }
/// # target x.1 "X" { require x >= 56% by 2025 }
/// # "#);
/// # let program = plumbrule::compile(&sources).unwrap();
/// let mut submission = Submission::new(&program.model);
/// let table = "indicator,period,value,source\nx,2025,55%,bulletin\nx,2025,57%,yearbook\n";
/// submission.read_table(&program.model, "figures.csv", table.as_bytes(), &Limits::default());
/// let by = |sources: &[&str]| Options {
///     choice: Choice {
///         sources: sources.iter().map(|name| (*name).to_owned()).collect(),
///         ..Choice::default()
///     },
///     ..Options::default()
/// };
/// let verdict = |sources| evaluate(&program, &submission, &by(sources)).rows[0].verdict.word();
/// assert_eq!(verdict(&[]), "undetermined");
/// assert_eq!(verdict(&["bulletin"]), "fail");
/// assert_eq!(verdict(&["yearbook"]), "pass");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// Only figures of these sources count; empty: of all.
    pub sources: Vec<String>,
    /// Sources, the preferred ones first, in the place of those of the pack; empty: the pack's.
    pub prefer: Vec<String>,
    /// Which editions count.
    pub vintage: Vintage,
    /// The name of the weights that scores take, where they have some of that name; none: their own.
    pub weights: Option<String>,
}

impl Choice {
    /// Whether every figure counts, and the pack says which are preferred.
    #[must_use]
    pub fn is_all(&self) -> bool {
        *self == Choice::default()
    }

    /// Whether a claim is of a source that counts. What is supposed has no source and counts.
    #[must_use]
    pub fn has_source(&self, submission: &Submission, claim: &Claim) -> bool {
        let source = submission.text(claim.source);
        claim.is_supposed
            || self.sources.is_empty()
            || self.sources.iter().any(|known| known == source)
    }

    /// The sources that are preferred, first those that count most.
    #[must_use]
    pub fn preferred<'a>(&'a self, model: &'a Model) -> &'a [String] {
        if self.prefer.is_empty() {
            &model.pack.prefer
        } else {
            &self.prefer
        }
    }

    /// What counts, in words: the day of knowledge, and behind it what was chosen.
    #[must_use]
    pub fn words(&self, known_on: Option<NaiveDate>) -> Arg {
        let day = match known_on {
            Some(day) => Arg::from(day.to_string()),
            None => Arg::Message(Message::new("clock-all")),
        };
        if self.is_all() {
            return day;
        }
        let mut parts = Vec::new();
        if !self.sources.is_empty() {
            parts.push(Message::new("clock-sources").with("sources", self.sources.clone()));
        }
        if !self.prefer.is_empty() {
            parts.push(Message::new("clock-prefer").with("sources", self.prefer.clone()));
        }
        if self.vintage != Vintage::All {
            parts.push(Message::new(self.vintage.key()));
        }
        if let Some(weights) = &self.weights {
            parts.push(Message::new("clock-weights").with("weights", weights));
        }
        parts.into_iter().fold(day, |all, part| {
            Arg::Message(
                Message::new("clock-and")
                    .with("first", all)
                    .with("second", part),
            )
        })
    }
}

impl super::Clocks {
    /// Whether a claim counts by its day and its source; editions are another question.
    #[must_use]
    pub fn counts(&self, submission: &Submission, claim: &Claim) -> bool {
        claim.is_known_on(self.known_on) && self.choice.has_source(submission, claim)
    }

    /// The claims among those of one figure that an edition of their series stands in for.
    ///
    /// Only what counts and can be read stands in for another.
    pub(crate) fn replaced(
        &self,
        model: &Model,
        submission: &Submission,
        claims: &[ClaimId],
    ) -> Vec<ClaimId> {
        if self.choice.vintage == Vintage::All {
            return Vec::new();
        }
        let claim = |id: &ClaimId| &submission.claims[*id];
        let counts = |id: &&ClaimId| {
            let claim = claim(id);
            claim.state == ClaimState::Good && self.counts(submission, claim)
        };
        let counting: Vec<ClaimId> = claims.iter().filter(counts).copied().collect();
        let is_replaced = |id: &&ClaimId| {
            let own = claim(id);
            counting.iter().any(|other| {
                self.stands_in(claim(other), own)
                    && same_series(model, submission, claim(other), own)
            })
        };
        claims.iter().filter(is_replaced).copied().collect()
    }

    /// Whether one claim stands in for another, were they of one series.
    fn stands_in(&self, by: &Claim, of: &Claim) -> bool {
        let (Some(by_day), Some(of_day)) = (by.published, of.published) else {
            return false;
        };
        match self.choice.vintage {
            Vintage::All => false,
            Vintage::Latest => by_day.last_day() > of_day.last_day() && by.basis >= of.basis,
            Vintage::First => by_day.last_day() < of_day.last_day(),
        }
    }
}

/// Whether two claims are of one series: of one source, or of documents of one issuer.
pub(crate) fn same_series(model: &Model, submission: &Submission, a: &Claim, b: &Claim) -> bool {
    if a.source == b.source {
        return true;
    }
    let issuers = |claim: &Claim| {
        let source = submission.text(claim.source);
        let mut all = model.instruments.values();
        all.find(|known| known.id == source)
            .map_or(&[][..], |known| known.issuers.as_slice())
    };
    issuers(a).iter().any(|issuer| issuers(b).contains(issuer))
}
