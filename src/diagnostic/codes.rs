//! The closed list of diagnostic codes: letter of the phase and three digits. L is what `lint` alone says.
//!
//! The sentence and the page of a code are in the message catalogue, under
//! `code-…` and its attribute `.page`; a number is never used again.

use super::Severity;

macro_rules! codes {
    ($($name:ident = $code:literal, $key:literal, $severity:ident;)*) => {
        /// The kind of a diagnostic.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $code] $name,)*
        }

        impl Code {
            /// All codes, in order.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The code as printed, such as `R001`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $code,)* }
            }

            /// The key of its sentence in the catalogue.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Code::$name => $key,)* }
            }

            /// The key of its page in the catalogue.
            #[must_use]
            pub fn page_key(self) -> &'static str {
                match self { $(Code::$name => concat!($key, ".page"),)* }
            }

            /// How much a problem of this kind matters.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity,)* }
            }

            /// Whether only [`lint`](crate::lint::lint) says it.
            #[must_use]
            pub fn is_lint(self) -> bool {
                self.as_str().starts_with('L')
            }

            /// The code of a printed form, in upper or lower case.
            #[must_use]
            pub fn parse(text: &str) -> Option<Code> {
                Code::ALL.iter().copied().find(|code| code.as_str().eq_ignore_ascii_case(text))
            }
        }
    };
}

codes! {
    Syntax = "P001", "code-p001", Error;
    TooDeep = "P002", "code-p002", Error;
    TooManyTerms = "P003", "code-p003", Error;
    NumberTooLong = "P004", "code-p004", Error;
    TooLarge = "P005", "code-p005", Error;
    BadExponent = "P006", "code-p006", Error;
    BadPeriod = "P007", "code-p007", Error;
    SelectorWithoutName = "P008", "code-p008", Error;
    Unreadable = "P009", "code-p009", Error;
    TooManyProblems = "P010", "code-p010", Error;
    WrongRow = "P011", "code-p011", Error;
    WrongCell = "P014", "code-p014", Error;
    BadTableRow = "P015", "code-p015", Error;
    BadOutline = "P016", "code-p016", Error;
    UnknownName = "R001", "code-r001", Error;
    DuplicateName = "R002", "code-r002", Error;
    UnknownUnit = "R003", "code-r003", Error;
    UnknownFunction = "R004", "code-r004", Error;
    WrongArguments = "R005", "code-r005", Error;
    ClauseNotAllowed = "R006", "code-r006", Error;
    ClauseRepeated = "R007", "code-r007", Error;
    ClauseMissing = "R008", "code-r008", Error;
    UnknownDefinition = "R009", "code-r009", Error;
    UnknownEntity = "R010", "code-r010", Error;
    UnknownInstrument = "R011", "code-r011", Error;
    UnknownRule = "R012", "code-r012", Error;
    UnknownWordGroup = "R013", "code-r013", Error;
    DueBeforeBaseline = "R014", "code-r014", Error;
    BaselineMissing = "R015", "code-r015", Error;
    BadUnit = "R016", "code-r016", Error;
    BadGiven = "R017", "code-r017", Error;
    EmptyWindow = "R018", "code-r018", Error;
    BadSelector = "R019", "code-r019", Error;
    NeedsIndicator = "R020", "code-r020", Error;
    UnknownPack = "R021", "code-r021", Error;
    PackTwice = "R022", "code-r022", Warning;
    BadBreakdown = "R023", "code-r023", Error;
    PartOfItself = "R031", "code-r031", Error;
    NotAMember = "R032", "code-r032", Error;
    NoMember = "R033", "code-r033", Error;
    BadFold = "R034", "code-r034", Error;
    BadTable = "R035", "code-r035", Error;
    BodyNotClass = "R036", "code-r036", Error;
    BadDecision = "R041", "code-r041", Error;
    UnknownOutcome = "R042", "code-r042", Error;
    UnknownCase = "R043", "code-r043", Error;
    BadVersion = "R044", "code-r044", Error;
    BadPresumption = "R045", "code-r045", Error;
    NeedsOutcome = "R046", "code-r046", Error;
    BadScore = "R047", "code-r047", Error;
    BadCalendar = "R048", "code-r048", Error;
    BadDuty = "R049", "code-r049", Error;
    BadDate = "R050", "code-r050", Error;
    BadMilestone = "R053", "code-r053", Error;
    UnknownEvidenceKind = "R054", "code-r054", Error;
    BadLadder = "R055", "code-r055", Error;
    UnknownLadder = "R056", "code-r056", Error;
    BadCount = "R057", "code-r057", Error;
    UnknownLevel = "R058", "code-r058", Error;
    CasesOverlap = "R059", "code-r059", Warning;
    CasesGap = "R060", "code-r060", Warning;
    CaseNever = "R061", "code-r061", Warning;
    BadRecords = "R062", "code-r062", Error;
    RecordFigure = "R063", "code-r063", Error;
    BadWhere = "R064", "code-r064", Error;
    ListOfNobody = "R065", "code-r065", Error;
    ListPeriods = "R066", "code-r066", Error;
    BadRows = "R070", "code-r070", Error;
    BadRelation = "R071", "code-r071", Error;
    UnlikeUnits = "T001", "code-t001", Error;
    NeedsUnit = "T002", "code-t002", Error;
    NeedsCondition = "T003", "code-t003", Error;
    NeedsNumber = "T004", "code-t004", Error;
    PointsAndPercent = "T005", "code-t005", Error;
    AbsencePasses = "T006", "code-t006", Error;
    AlwaysSame = "T007", "code-t007", Warning;
    UnlikeText = "T008", "code-t008", Error;
    LimitOutsideBounds = "T009", "code-t009", Warning;
    TooLargeProgram = "T010", "code-t010", Error;
    Cycle = "G001", "code-g001", Error;
    PackCycle = "G002", "code-g002", Error;
    BadAllowance = "L001", "code-l001", Warning;
    NoCitation = "L002", "code-l002", Warning;
    NoOwner = "L003", "code-l003", Note;
    NoTest = "L004", "code-l004", Warning;
}
