//! What a publisher says of a figure besides its value: a closed list, that of SDMX (code list
//! CL_OBS_STATUS) with three more. Words go in and come out; never changes what a figure says.

/// What is said of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Nothing out of the ordinary.
    Normal,
    /// A break in the series.
    Break,
    /// Its definition differs from that of the others.
    DefinitionDiffers,
    /// An estimate of the publisher.
    Estimated,
    /// A forecast.
    Forecast,
    /// From experimental statistics.
    Experimental,
    /// Missing on a holiday or weekend.
    Holiday,
    /// Filled in by the publisher from other figures.
    Imputed,
    /// Under a derogation.
    Derogation,
    /// Missing, as it is part of another category.
    InOther,
    /// Missing: it exists and was not collected.
    NotCollected,
    /// Missing: it cannot exist.
    CannotExist,
    /// Not significant.
    NotSignificant,
    /// Missing without a reason.
    Missing,
    /// Provisional.
    Provisional,
    /// Missing, as it is suppressed.
    Suppressed,
    /// Under the effect of a strike or another event.
    SpecialEvents,
    /// Of low reliability.
    LowReliability,
    /// Not validated.
    Unvalidated,
    /// Includes another category.
    IncludesOther,
    /// Final.
    Final,
    /// Revised.
    Revised,
    /// Not for publication.
    Confidential,
}

impl Status {
    /// All of them, each with its word in machine-made tables and the key of its name.
    pub const ALL: [(Status, &'static str, &'static str); 23] = [
        (Status::Normal, "normal", "status-normal"),
        (Status::Break, "break", "status-break"),
        (
            Status::DefinitionDiffers,
            "definition_differs",
            "status-definition-differs",
        ),
        (Status::Estimated, "estimated", "status-estimated"),
        (Status::Forecast, "forecast", "status-forecast"),
        (Status::Experimental, "experimental", "status-experimental"),
        (Status::Holiday, "holiday", "status-holiday"),
        (Status::Imputed, "imputed", "status-imputed"),
        (Status::Derogation, "derogation", "status-derogation"),
        (Status::InOther, "in_other", "status-in-other"),
        (
            Status::NotCollected,
            "not_collected",
            "status-not-collected",
        ),
        (Status::CannotExist, "cannot_exist", "status-cannot-exist"),
        (
            Status::NotSignificant,
            "not_significant",
            "status-not-significant",
        ),
        (Status::Missing, "missing", "status-missing"),
        (Status::Provisional, "provisional", "status-provisional"),
        (Status::Suppressed, "suppressed", "status-suppressed"),
        (
            Status::SpecialEvents,
            "special_events",
            "status-special-events",
        ),
        (
            Status::LowReliability,
            "low_reliability",
            "status-low-reliability",
        ),
        (Status::Unvalidated, "unvalidated", "status-unvalidated"),
        (
            Status::IncludesOther,
            "includes_other",
            "status-includes-other",
        ),
        (Status::Final, "final", "status-final"),
        (Status::Revised, "revised", "status-revised"),
        (Status::Confidential, "confidential", "status-confidential"),
    ];

    /// The status of a word of [`Status::ALL`].
    #[must_use]
    pub fn from_word(word: &str) -> Option<Status> {
        let mut all = Status::ALL.into_iter();
        all.find(|(_, known, _)| *known == word)
            .map(|found| found.0)
    }

    /// Its word in tables and in machine output.
    #[must_use]
    pub fn word(self) -> &'static str {
        let mut all = Status::ALL.into_iter();
        all.find(|(known, ..)| *known == self)
            .map_or("", |(_, word, _)| word)
    }

    /// Whether it gives a reason why there is no figure.
    #[must_use]
    pub fn explains_absence(self) -> bool {
        matches!(
            self,
            Status::Holiday
                | Status::InOther
                | Status::NotCollected
                | Status::CannotExist
                | Status::NotSignificant
                | Status::Missing
                | Status::Suppressed
                | Status::Confidential
        )
    }
}

/// What is said of one figure: any number of statuses.
///
/// ```
/// use plumbrule::figures::{Status, Statuses};
/// let mut statuses = Statuses::default();
/// statuses.add(Status::Provisional);
/// statuses.add(Status::Normal);
/// assert!(statuses.has(Status::Provisional));
/// assert_eq!(statuses.words(), "normal;provisional");
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Statuses(u32);

impl Statuses {
    /// Adds one.
    pub fn add(&mut self, status: Status) {
        self.0 |= 1 << (status as u32);
    }

    /// Whether one is said.
    #[must_use]
    pub fn has(self, status: Status) -> bool {
        self.0 & 1 << (status as u32) != 0
    }

    /// Whether none is said.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those that are said, in the order of [`Status::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Status> {
        let all = Status::ALL.into_iter().map(|(status, ..)| status);
        all.filter(move |status| self.has(*status))
    }

    /// Keys of the names of those that say something out of the ordinary.
    pub fn keys(self) -> impl Iterator<Item = &'static str> {
        let all = Status::ALL.into_iter();
        let said = all.filter(move |(status, ..)| self.has(*status) && *status != Status::Normal);
        said.map(|(_, _, key)| key)
    }

    /// Their words, with semicolons between them, as tables have them.
    #[must_use]
    pub fn words(self) -> String {
        let all = Status::ALL.into_iter();
        let said = all.filter(|(status, ..)| self.has(*status));
        let words: Vec<&str> = said.map(|(_, word, _)| word).collect();
        words.join(";")
    }
}
