//! The tree as written: names are text, nothing is resolved.
//!
//! Made by `parse`, read by `model::resolve`. Chains (sums, products, `and`, `or`) are flat
//! lists, and every other node counts against the limit of nesting, so depth is bounded.

use crate::number::Exact;
use crate::period::Period;
use crate::source::Span;

mod aggregate;
mod decision;
mod goal;
mod milestone;
mod rows;
mod score;
mod words;
pub use aggregate::{Aggregate, Fold, Members, Part};
pub use decision::{Case, Presumption, Version};
pub use goal::{Goal, GoalWord, Limit, Modality, PathMethod, Step, Timing};
pub use milestone::{Evidence, GivenEvidence, Ladder};
pub use rows::{Feed, Rows, RowsClause, RowsClauseKind, RowsKind, RowsRole};
pub use score::{
    Element, MissingWord, NormWord, Score, ScorePart, ScorePartKind, Tier, TierLimit, WeightWord,
    Weights,
};
pub use words::{PlausibleWord, WordPlace};

/// One rule file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    /// The readable items, in order.
    pub items: Vec<Item>,
}

/// A word of the text: a name, a unit, an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As written, without quotes, full-width digits folded.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// A top-level item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The doc comment above it, without the slashes.
    pub doc: String,
    /// The whole item.
    pub span: Span,
    /// What it declares.
    pub kind: ItemKind,
}

/// What an item declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemKind {
    /// `pack`, `entity`, `instrument`, `indicator`, `breakdown`, `target`, `check`, `decision`, `milestone`.
    Block(Block),
    /// A base kind of quantity.
    Dimension {
        /// Its name.
        name: Word,
        /// Its labels, as written.
        labels: Vec<Word>,
    },
    /// A unit of measure.
    Unit {
        /// Its names; the first is the canonical one.
        names: Vec<Word>,
        /// How many of the base unit it is; 1 if not written.
        factor: Option<Number>,
        /// The unit or dimension it is made of.
        base: Word,
        /// Metric prefixes may stand before it.
        metric: bool,
        /// Chinese scale words may stand before it.
        wordscale: bool,
    },
    /// A scale word or prefix.
    Scale {
        /// Its names.
        names: Vec<Word>,
        /// The power of ten.
        factor: Number,
        /// A metric prefix, not a word.
        metric: bool,
    },
    /// Levels in their order, the lowest first.
    Ladder(Ladder),
    /// What is believable of figures where no indicator says otherwise.
    Plausible(PlausibleWord, Quantity),
    /// Words that figures use.
    Words {
        /// `qualifier`, `column`, `measure`, `status`, `period`, `sign`.
        group: Word,
        /// What the words mean.
        meaning: Word,
        /// The words, by where they stand.
        words: Vec<(WordPlace, Word)>,
    },
    /// A derived quantity.
    Define {
        /// Its name.
        name: Word,
        /// Its label.
        label: Option<Word>,
        /// Its value.
        value: Expr,
        /// `en`, `zh`, `note`, `cite`.
        clauses: Vec<Clause>,
    },
    /// A composite index over bodies.
    Score(Score),
    /// Weights of a score under a name.
    Weights(Weights),
    /// How a table is laid out.
    Table {
        /// Its name.
        name: Word,
        /// Which files, and what their columns are.
        clauses: Vec<TableClause>,
    },
    /// Rules, or what feeds indicators, as tables.
    Rows(Rows),
    /// That a rule of this id is to move an indicator: a row of a table.
    Feed(Word, Feed),
    /// A test written in the language.
    Test {
        /// What it shows.
        label: Word,
        /// Whom it is about where nothing else is said.
        entity: Option<Word>,
        /// Given, when, expected.
        clauses: Vec<TestClause>,
    },
}

/// Keyword of a block item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// The head of a pack.
    Pack,
    /// A country, province, enterprise; or a class of them.
    Entity,
    /// A legal text or a published document.
    Instrument,
    /// A quantity that somebody measures.
    Indicator,
    /// A dimension by which figures are broken down, with its codes.
    Breakdown,
    /// A goal of a plan.
    Target,
    /// A relation between figures that cannot be false.
    Check,
    /// Facts to one of several outcomes.
    Decision,
    /// Something to be achieved, proved by evidence.
    Milestone,
    /// Days that are worked.
    Calendar,
}

/// An item with an id, a label and clauses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its keyword.
    pub kind: BlockKind,
    /// Its id.
    pub id: Word,
    /// Its label.
    pub label: Option<Word>,
    /// Its clauses.
    pub clauses: Vec<Clause>,
}

/// A clause of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// What it says.
    pub kind: ClauseKind,
    /// The whole clause.
    pub span: Span,
}

/// A number as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Its value.
    pub value: Exact,
    /// Its digits, half-width.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// A number with its unit, such as `-56%`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// The number, sign included.
    pub number: Number,
    /// The unit as written.
    pub unit: Option<Word>,
    /// The whole quantity.
    pub span: Span,
}

/// A period with its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodAt {
    /// The period.
    pub period: Period,
    /// Where.
    pub span: Span,
}

/// What a clause says. Names follow the keywords.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, clippy::large_enum_variant, reason = "as keywords; few")]
pub enum ClauseKind {
    En(Word),
    Zh(Word),
    Alias(Vec<Word>),
    Unit(Word),
    Kind(KindWord),
    Direction {
        higher_is_better: bool,
    },
    BoundsBetween(Quantity, Quantity),
    BoundsSide(CompareOp, Quantity),
    Definition {
        name: Word,
        default: bool,
        labels: Vec<Word>,
    },
    Break {
        name: Word,
        since: PeriodAt,
        labels: Vec<Word>,
        link: Option<(Number, Word)>,
    },
    Identity {
        value: Expr,
        under: Option<Word>,
    },
    Derive {
        value: Expr,
        under: Option<Word>,
    },
    Value {
        word: Word,
        quantity: Quantity,
    },
    Plausible(PlausibleWord, Quantity),
    Width {
        nearly: bool,
        relative: bool,
        quantity: Quantity,
    },
    Price(PeriodAt),
    Issuer(Vec<Word>),
    Published(PeriodAt),
    InForce {
        since: Option<PeriodAt>,
        until: Option<PeriodAt>,
    },
    Replaces(Word),
    Members {
        open: bool,
        full: bool,
    },
    CompleteBy(Word),
    Class(Vec<Word>),
    PartOf {
        wholes: Vec<Word>,
        under: Option<Word>,
    },
    Uses(Vec<Word>),
    Entity(Word),
    Alike(Word, Word),
    Prefer(Vec<Word>),
    Reading {
        printed: bool,
    },
    Require {
        goal: Goal,
        timing: Option<Timing>,
    },
    From {
        quantity: Quantity,
        period: PeriodAt,
    },
    Force {
        binding: bool,
    },
    Path(PathMethod),
    Burden {
        submitter: bool,
    },
    Owner(Vec<Word>),
    Category(Vec<Word>),
    Cite {
        document: Word,
        section: Word,
        quote: Option<Word>,
        line: Option<Number>,
    },
    Note(Vec<Word>),
    When(Expr),
    Under(Vec<Word>),
    Scope(Members),
    Waiver {
        entity: Option<Word>,
        until: PeriodAt,
        granted: Option<Word>,
        reasons: Vec<Word>,
    },
    AbsenceMayPass,
    Code {
        id: Word,
        labels: Vec<Word>,
        aliases: Vec<Word>,
    },
    Open {
        periods: bool,
    },
    Breakdown(Vec<Word>),
    ShareOf {
        part: Word,
        whole: Option<Word>,
        under: Option<Word>,
    },
    AddsUp(Vec<Word>),
    NeverFalls,
    ComparableGrowth(Vec<Word>),
    PrevailsOver(Vec<Word>),
    CitedAs(Vec<Word>),
    Outcome {
        name: Word,
        labels: Vec<Word>,
    },
    Exclusive,
    StrongestFirst,
    Cases(Vec<Case>),
    Modality {
        modality: Modality,
        words: Option<Word>,
    },
    Feeds(Feed),
    Calendar(Word),
    WorksOn(Vec<Number>),
    Covers {
        year: PeriodAt,
        sources: Vec<Word>,
    },
    Holiday(PeriodAt, Option<PeriodAt>),
    MakeUp(Vec<PeriodAt>),
    Presume(Box<Presumption>),
    Version(Version),
    Evidence(Evidence),
    Accepts(Vec<Word>),
}

/// What kind of quantity an indicator is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are named as their keywords")]
pub enum KindWord {
    Stock,
    Flow,
    Share,
    Growth,
    Index,
    Rank,
    Quantity,
    YesNo,
    Text,
    Date,
    OneOf(Vec<Word>),
    LevelOf(Word),
    /// A name of its own: what kind of rule it is.
    Named(Vec<Word>),
}

mod table;
mod test;
pub use crate::set::Comparison as CompareOp;
pub use table::{ColumnAt, Fixed, TableClause, TableClauseKind};
pub use test::{Expectation, GivenValue, TestClause, TestClauseKind, TestRow};

/// An expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where.
    pub span: Span,
}

/// A period relative to the one that is evaluated, or a fixed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PeriodRef {
    /// So many years from the evaluated period.
    Relative(i32),
    /// This period.
    Fixed(Period),
}

/// A part of a selector, such as `area=urban`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selector {
    /// What is selected.
    pub key: SelectorKey,
    /// The value as written.
    pub value: Word,
    /// The whole pair.
    pub span: Span,
}

/// What a selector fixes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are named as their keywords")]
pub enum SelectorKey {
    Definition,
    Measure,
    Entity,
    Basis,
    /// A breakdown of this name.
    Breakdown(String),
}

/// Kinds of expression.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are named as their keywords")]
pub enum ExprKind {
    Quantity(Quantity),
    /// A day as written.
    Day(chrono::NaiveDate),
    /// The day whose law applies.
    ThisDay,
    Text(String),
    Truth(bool),
    Name {
        name: Word,
        selectors: Vec<Selector>,
    },
    At(Box<Expr>, PeriodRef),
    Call {
        function: Word,
        arguments: Vec<Argument>,
    },
    Negative(Box<Expr>),
    Power(Box<Expr>, u32),
    /// Terms with `true` where subtracted.
    Sum(Vec<(bool, Expr)>),
    /// Factors with `true` where divided by.
    Product(Vec<(bool, Expr)>),
    /// A chain `a < b <= c`.
    Compare(Box<Expr>, Vec<(CompareOp, Expr)>),
    Between(Box<Expr>, Box<Expr>, Box<Expr>),
    Member(Box<Expr>, Vec<Expr>),
    Present(Box<Expr>),
    Missing(Box<Expr>),
    Not(Box<Expr>),
    Strict(Box<Expr>),
    All(Vec<Expr>),
    Any(Vec<Expr>),
    /// So many of them, or more.
    AtLeast(Number, Vec<Expr>),
    Implies(Box<Expr>, Box<Expr>),
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    Aggregate(Box<Aggregate>),
}

/// An argument of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Argument {
    /// An expression.
    Value(Expr),
    /// A range of periods, both ends included.
    Range(PeriodRef, PeriodRef, Span),
}
