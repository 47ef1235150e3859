//! The words of an answer: verdicts, causes, outlooks. A closed list each.

/// What evaluation says of one rule, entity and period. Worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Refuted by the figures.
    Fail,
    /// Neither proved nor refuted; the causes say why.
    Undetermined,
    /// Not due yet.
    Pending,
    /// Excused, with a reason and an end.
    Waived,
    /// Proved by the figures.
    Pass,
    /// A decision came to one outcome.
    Decided,
    /// Does not apply to this entity or period.
    NotApplicable,
}

impl Verdict {
    /// All verdicts, worst first.
    pub const ALL: [Verdict; 7] = [
        Verdict::Fail,
        Verdict::Undetermined,
        Verdict::Pending,
        Verdict::Waived,
        Verdict::Pass,
        Verdict::Decided,
        Verdict::NotApplicable,
    ];

    /// The word of the machine output; never translated.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Fail => "fail",
            Verdict::Undetermined => "undetermined",
            Verdict::Pending => "pending",
            Verdict::Waived => "waived",
            Verdict::Pass => "pass",
            Verdict::Decided => "decided",
            Verdict::NotApplicable => "not-applicable",
        }
    }

    /// The verdict of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Verdict> {
        Verdict::ALL
            .into_iter()
            .find(|verdict| verdict.word() == word)
    }

    /// The key of its name in the catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Verdict::Fail => "verdict-fail",
            Verdict::Undetermined => "verdict-undetermined",
            Verdict::Pending => "verdict-pending",
            Verdict::Waived => "verdict-waived",
            Verdict::Pass => "verdict-pass",
            Verdict::Decided => "verdict-decided",
            Verdict::NotApplicable => "verdict-not-applicable",
        }
    }
}

/// Why a verdict is undetermined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// A figure that is needed was not published.
    Missing,
    /// The printed figure is too coarse to decide.
    Imprecise,
    /// Sources prove opposite answers.
    Conflict,
    /// The figure is of another definition or basis than the rule's.
    DefinitionBreak,
    /// The arithmetic has no answer, as with a division by zero.
    Undefined,
    /// The figure is of another window than the rule's.
    WrongWindow,
    /// The figure cannot be read, or lies outside its declared bounds.
    Unreadable,
}

impl Cause {
    /// All causes, in the order in which they are listed.
    pub const ALL: [Cause; 7] = [
        Cause::Missing,
        Cause::Imprecise,
        Cause::Conflict,
        Cause::DefinitionBreak,
        Cause::Undefined,
        Cause::WrongWindow,
        Cause::Unreadable,
    ];

    /// The word of the machine output; never translated.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Cause::Missing => "missing",
            Cause::Imprecise => "imprecise",
            Cause::Conflict => "conflict",
            Cause::DefinitionBreak => "definition-break",
            Cause::Undefined => "undefined",
            Cause::WrongWindow => "wrong-window",
            Cause::Unreadable => "unreadable",
        }
    }

    /// The key of its name in the catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Cause::Missing => "cause-missing",
            Cause::Imprecise => "cause-imprecise",
            Cause::Conflict => "cause-conflict",
            Cause::DefinitionBreak => "cause-definition-break",
            Cause::Undefined => "cause-undefined",
            Cause::WrongWindow => "cause-wrong-window",
            Cause::Unreadable => "cause-unreadable",
        }
    }

    fn bit(self) -> u8 {
        match self {
            Cause::Missing => 1,
            Cause::Imprecise => 2,
            Cause::Conflict => 4,
            Cause::DefinitionBreak => 8,
            Cause::Undefined => 16,
            Cause::WrongWindow => 32,
            Cause::Unreadable => 64,
        }
    }
}

/// A set of causes in one byte, so that a column of them stays small.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Causes(u8);

impl Causes {
    /// No cause.
    pub const NONE: Causes = Causes(0);

    /// Both sets together.
    #[must_use]
    pub fn union(self, other: Causes) -> Causes {
        Causes(self.0 | other.0)
    }

    /// All but one.
    #[must_use]
    pub fn without(self, other: Cause) -> Causes {
        Causes(self.0 & !other.bit())
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether a cause is in the set.
    #[must_use]
    pub fn contains(self, cause: Cause) -> bool {
        self.0 & cause.bit() != 0
    }

    /// The causes, in their order.
    pub fn iter(self) -> impl Iterator<Item = Cause> {
        Cause::ALL
            .into_iter()
            .filter(move |cause| self.contains(*cause))
    }
}

impl From<Cause> for Causes {
    fn from(cause: Cause) -> Causes {
        Causes(cause.bit())
    }
}

/// How a pending target stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OutlookClass {
    /// The figure already meets the target.
    MetEarly,
    /// The pace so far is enough.
    OnTrack,
    /// The pace so far is not enough.
    OffTrack,
    /// The figures do not say.
    Undetermined,
}

impl OutlookClass {
    /// All classes.
    pub const ALL: [OutlookClass; 4] = [
        OutlookClass::MetEarly,
        OutlookClass::OnTrack,
        OutlookClass::OffTrack,
        OutlookClass::Undetermined,
    ];

    /// The word of the machine output; never translated.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            OutlookClass::MetEarly => "met-early",
            OutlookClass::OnTrack => "on-track",
            OutlookClass::OffTrack => "off-track",
            OutlookClass::Undetermined => "undetermined",
        }
    }

    /// The key of its name in the catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            OutlookClass::MetEarly => "outlook-met-early",
            OutlookClass::OnTrack => "outlook-on-track",
            OutlookClass::OffTrack => "outlook-off-track",
            OutlookClass::Undetermined => "outlook-undetermined",
        }
    }
}
