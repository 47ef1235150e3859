//! What the tests of a pack reach: its rules, versions, cases, presumptions, tiers, and both sides
//! of each comparison. The frames that verdicts were read off go in; what was seen in them comes
//! out. Never evaluates anything itself.

use std::collections::BTreeMap;

use crate::message::Label;
use crate::model::{DefineId, RuleId, ScoreId};
use crate::source::Span;

mod map;
mod watch;

pub(crate) use map::bounds;
pub(crate) use watch::Watch;

/// What tests may reach, and what they did.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    /// In the order of the text within each rule, derived quantity and score.
    pub items: Vec<Item>,
}

/// Something that a test may reach.
#[derive(Debug, Clone)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// To what it belongs.
    pub owner: Owner,
    /// A stable address: rule, version, case, place.
    pub address: String,
    /// What it is called, or the words in which it is written.
    pub words: Label,
    /// Where it is written.
    pub span: Span,
    /// What tests have to show of it.
    pub wanted: Vec<Sight>,
    /// What they showed: how often, and the place of the first case among the tests.
    pub seen: BTreeMap<Sight, Seen>,
}

/// How often something was shown, and by which test first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// How often.
    pub times: usize,
    /// The first test that did, by its place among those of the pack.
    pub first: usize,
}

/// To what an item belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// A target, check or decision.
    Rule(RuleId),
    /// A derived quantity.
    Define(DefineId),
    /// A score.
    Score(ScoreId),
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// A target, check or decision.
    Rule,
    /// A version of a decision.
    Version,
    /// A case of a decision, what is left over included.
    Case,
    /// An exception to cases.
    Exception,
    /// What counts where a fact is not stated.
    Presumption,
    /// A tier of a score.
    Tier,
    /// An item of evidence of a milestone.
    Evidence,
    /// A comparison of numbers; of so many conditions, how many hold.
    Limit,
    /// Another condition: yes or no, one of a list, published or not.
    Condition,
}

impl ItemKind {
    /// All kinds, in the order of reports.
    pub const ALL: [ItemKind; 9] = [
        ItemKind::Rule,
        ItemKind::Version,
        ItemKind::Case,
        ItemKind::Exception,
        ItemKind::Presumption,
        ItemKind::Tier,
        ItemKind::Evidence,
        ItemKind::Limit,
        ItemKind::Condition,
    ];

    /// The word of the machine output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            ItemKind::Rule => "rule",
            ItemKind::Version => "version",
            ItemKind::Case => "case",
            ItemKind::Exception => "exception",
            ItemKind::Presumption => "presumption",
            ItemKind::Tier => "tier",
            ItemKind::Evidence => "evidence",
            ItemKind::Limit => "limit",
            ItemKind::Condition => "condition",
        }
    }

    /// The key of its name in the catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            ItemKind::Rule => "reach-rule",
            ItemKind::Version => "reach-version",
            ItemKind::Case => "reach-case",
            ItemKind::Exception => "reach-exception",
            ItemKind::Presumption => "reach-presumption",
            ItemKind::Tier => "reach-tier",
            ItemKind::Evidence => "reach-evidence",
            ItemKind::Limit => "reach-limit",
            ItemKind::Condition => "reach-condition",
        }
    }
}

/// What a test showed of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sight {
    /// A rule was judged, or a version was the law in force.
    Judged,
    /// A check found something.
    Finding,
    /// A check found nothing.
    NoFinding,
    /// A case decided, a presumption counted, a tier was reached.
    Decided,
    /// A case held and another one beat it; a presumption stood aside.
    Beaten,
    /// Below the limit.
    Below,
    /// At the limit.
    At,
    /// Above the limit.
    Above,
    /// It held.
    Holds,
    /// It did not hold.
    Fails,
    /// Neither was proved.
    Open,
}

impl Sight {
    /// The word of the machine output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Sight::Judged => "judged",
            Sight::Finding => "finding",
            Sight::NoFinding => "no-finding",
            Sight::Decided => "decided",
            Sight::Beaten => "beaten",
            Sight::Below => "below",
            Sight::At => "at",
            Sight::Above => "above",
            Sight::Holds => "holds",
            Sight::Fails => "does-not-hold",
            Sight::Open => "undetermined",
        }
    }

    /// The key of its name in the catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Sight::Judged => "sight-judged",
            Sight::Finding => "sight-finding",
            Sight::NoFinding => "sight-no-finding",
            Sight::Decided => "sight-decided",
            Sight::Beaten => "sight-beaten",
            Sight::Below => "sight-below",
            Sight::At => "sight-at",
            Sight::Above => "sight-above",
            Sight::Holds => "sight-holds",
            Sight::Fails => "sight-fails",
            Sight::Open => "sight-open",
        }
    }
}

impl Item {
    /// What no test has shown yet.
    pub fn lacking(&self) -> impl Iterator<Item = Sight> {
        let missing = |sight: &&Sight| !self.seen.contains_key(sight);
        self.wanted.iter().filter(missing).copied()
    }
}

/// How much of something was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// Items.
    pub items: usize,
    /// Items of which nothing lacks.
    pub whole: usize,
    /// What had to be shown of them.
    pub wanted: usize,
    /// What was.
    pub shown: usize,
}

impl Share {
    /// The hundredths that were shown, rounded down; all of nothing is 100.
    #[must_use]
    pub fn percent(&self) -> usize {
        (self.shown * 100).checked_div(self.wanted).unwrap_or(100)
    }
}

impl Reach {
    /// How much of one kind was reached, or of all kinds together.
    #[must_use]
    pub fn share(&self, kind: Option<ItemKind>) -> Share {
        let is_kind = |item: &&Item| kind.is_none_or(|kind| item.kind == kind);
        let mut share = Share::default();
        for item in self.items.iter().filter(is_kind) {
            let lacking = item.lacking().count();
            share.items += 1;
            share.whole += usize::from(lacking == 0);
            share.wanted += item.wanted.len();
            share.shown += item.wanted.len() - lacking;
        }
        share
    }
}
