//! Phases 2 and 3: what a pack declares, names resolved and units checked.
//!
//! `resolve` turns trees into a `Model` in which every name is an id; `check`
//! gives every expression its type. After that nothing is looked up by text
//! except figures, which arrive later.

use std::collections::BTreeMap;

use crate::figures::printed::{Reading, Vocabulary, Widths};
use crate::figures::table::Headers;
use crate::index::{Arena, define_id};
use crate::message::Label;
use crate::number::Exact;
use crate::period::{Period, PeriodWords};
use crate::set::{Comparison, Set};
use crate::source::Span;
use crate::syntax::ast::PeriodRef;
use crate::unit::{Unit, Units};
use crate::verdict::{Cause, OutlookClass, Verdict};

mod absence;
mod check;
mod names;
mod resolve;
mod types;

pub use check::check;
pub use names::{Name, Names};
pub use resolve::{clauses_of, resolve};
pub use types::{QuantityType, Role, Type};

define_id! {
    /// A quantity that somebody measures.
    IndicatorId;
    /// A quantity computed from others.
    DefineId;
    /// A target or a check.
    RuleId;
    /// A body that figures are about.
    EntityId;
    /// A class of entities, such as provinces.
    ClassId;
    /// A legal text or published document.
    InstrumentId;
}

/// Everything that a set of rule files declares.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// The head of the pack.
    pub pack: Pack,
    /// Units and scales.
    pub units: Units,
    /// Words that figures use.
    pub words: Words,
    /// Entities that the pack lists.
    pub entities: Arena<EntityId, Entity>,
    /// Classes of entities.
    pub classes: Arena<ClassId, Class>,
    /// Documents.
    pub instruments: Arena<InstrumentId, Instrument>,
    /// Indicators.
    pub indicators: Arena<IndicatorId, Indicator>,
    /// Derived quantities.
    pub defines: Arena<DefineId, Define>,
    /// Targets and checks.
    pub rules: Arena<RuleId, Rule>,
    /// Tests written in the language.
    pub tests: Vec<TestCase>,
    /// Names of indicators and derived quantities.
    pub names: Names,
    /// Texts that rules compare with; figures add theirs behind them.
    pub symbols: Vec<String>,
}

impl Model {
    /// The number of a text, given to it at its first use.
    pub(crate) fn symbol(&mut self, text: &str) -> u32 {
        let at = self
            .symbols
            .iter()
            .position(|known| known == text)
            .unwrap_or_else(|| {
                self.symbols.push(text.to_owned());
                self.symbols.len() - 1
            });
        u32::try_from(at).unwrap_or(u32::MAX)
    }
}

/// The head of a pack.
#[derive(Debug, Clone, Default)]
pub struct Pack {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: Label,
    /// What a figure without entity is about.
    pub entity: Option<EntityId>,
    /// Who loses where nothing is proved.
    pub burden: Option<Burden>,
    /// Reading of rules that declare none; by kind of rule where absent.
    pub reading: Option<Reading>,
    /// Widths of "about" and "nearly".
    pub widths: Widths,
    /// Sources, the preferred ones first.
    pub prefer: Vec<String>,
    /// Notes.
    pub notes: Vec<Label>,
}

/// Who loses where nothing is proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Burden {
    /// Undetermined does not comply.
    Submitter,
    /// Undetermined does not violate.
    Authority,
}

/// Words that figures use, collected from `words` items.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// Words in value cells.
    pub vocabulary: Vocabulary,
    /// Words in period cells.
    pub periods: PeriodWords,
    /// Headers of tables.
    pub headers: Headers,
    /// Words for measures.
    pub measures: BTreeMap<String, Measure>,
    /// Words for statuses: the machine word of each.
    pub statuses: BTreeMap<String, String>,
    /// Words for yes and no.
    pub truths: BTreeMap<String, bool>,
}

/// What a figure claims about its indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Measure {
    /// The quantity itself.
    #[default]
    Level,
    /// Its change relative to the year before.
    Growth,
    /// Its change.
    Change,
    /// Its place in an order.
    Rank,
}

impl Measure {
    /// All measures.
    pub const ALL: [Measure; 4] = [
        Measure::Level,
        Measure::Growth,
        Measure::Change,
        Measure::Rank,
    ];

    /// The word of the machine output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Measure::Level => "level",
            Measure::Growth => "growth",
            Measure::Change => "change",
            Measure::Rank => "rank",
        }
    }

    /// The key of its name in the catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Measure::Level => "measure-level",
            Measure::Growth => "measure-growth",
            Measure::Change => "measure-change",
            Measure::Rank => "measure-rank",
        }
    }
}

/// A body that figures are about.
#[derive(Debug, Clone)]
pub struct Entity {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: Label,
    /// Its class.
    pub class: Option<ClassId>,
    /// The entity that it is a part of.
    pub part_of: Option<EntityId>,
    /// Where it is declared.
    pub span: Span,
}

/// A class of entities.
#[derive(Debug, Clone)]
pub struct Class {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: Label,
    /// Members may come with the figures.
    pub is_open: bool,
    /// Where it is declared.
    pub span: Span,
}

/// A legal text or published document.
#[derive(Debug, Clone)]
pub struct Instrument {
    /// Its id; also the name of a source of figures.
    pub id: String,
    /// Its title.
    pub label: Label,
    /// Who issued it.
    pub issuers: Vec<String>,
    /// When it was published, as coarse as it is known.
    pub published: Option<Period>,
    /// First period in which it is in force.
    pub since: Option<Period>,
    /// Last period in which it is in force.
    pub until: Option<Period>,
    /// What it replaces.
    pub replaces: Option<InstrumentId>,
    /// Where it is declared.
    pub span: Span,
}

/// What kind of quantity an indicator is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Measured at a moment; a year-end figure answers its year.
    Stock,
    /// Summed over a window; only the whole window answers.
    Flow,
    /// A part of a whole.
    Share,
    /// A change relative to a base.
    Growth,
    /// An index.
    Index,
    /// A place in an order.
    Rank,
    /// Any other quantity.
    Quantity,
    /// Yes or no.
    YesNo,
    /// A text.
    Text,
    /// One of listed texts.
    OneOf,
}

/// A quantity that somebody measures.
#[derive(Debug, Clone)]
pub struct Indicator {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: Label,
    /// Other names under which sources print it.
    pub aliases: Vec<String>,
    /// Its unit; absent for texts and yes-or-no.
    pub unit: Option<Unit>,
    /// Its kind.
    pub kind: Kind,
    /// The listed texts of a one-of, as symbols.
    pub choices: Vec<String>,
    /// Which way is better, where one is.
    pub higher_is_better: Option<bool>,
    /// Values that it can have, in base units.
    pub bounds: Option<Set>,
    /// Its definitions; the first is the default. Never empty.
    pub definitions: Vec<Definition>,
    /// Its bases; the first is the original. Never empty.
    pub bases: Vec<Basis>,
    /// What it is identical with.
    pub identities: Vec<Identity>,
    /// Words that stand for values, in base units.
    pub values: BTreeMap<String, Exact>,
    /// Widths of "about" and "nearly" of its own, in printed units.
    pub widths: Option<Widths>,
    /// Notes.
    pub notes: Vec<Label>,
    /// Its type.
    pub ty: Type,
    /// The doc comment.
    pub doc: String,
    /// Where it is declared.
    pub span: Span,
}

/// A definition of an indicator.
#[derive(Debug, Clone)]
pub struct Definition {
    /// Its id; empty for the unnamed default.
    pub id: String,
    /// What it says.
    pub label: Label,
}

/// A basis of an indicator: figures of different bases do not compare.
#[derive(Debug, Clone)]
pub struct Basis {
    /// Its id; empty for the original one.
    pub id: String,
    /// What changed.
    pub label: Label,
    /// First year on this basis; absent for the original one.
    pub since: Option<Period>,
    /// Factor from the basis before, and where it is from.
    pub link: Option<(Exact, String)>,
}

/// An identity of an indicator.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The other side.
    pub value: Expr,
    /// The definition for which it holds.
    pub definition: u16,
    /// A missing figure may be computed from it.
    pub is_derive: bool,
    /// Where it is written.
    pub span: Span,
}

/// A derived quantity.
#[derive(Debug, Clone)]
pub struct Define {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: Label,
    /// Its value.
    pub value: Expr,
    /// Notes.
    pub notes: Vec<Label>,
    /// Where it is declared.
    pub span: Span,
}

/// Target or check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleKind {
    /// A goal; gives rows.
    Target,
    /// A relation between figures; gives findings.
    Check,
}

/// When a rule is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// On that period's own figure.
    By(Period),
    /// On any period after the baseline, up to this one.
    ReachedBy(Period),
    /// On every period of a window.
    Each {
        /// First period.
        since: Option<Period>,
        /// Last period.
        until: Option<Period>,
    },
}

/// The baseline that a plan prints.
#[derive(Debug, Clone)]
pub struct Baseline {
    /// Its value in base units.
    pub value: Exact,
    /// As written.
    pub text: String,
    /// Digits printed after the point, and the value of one printed unit.
    pub half_unit: Exact,
    /// Its period.
    pub period: Period,
    /// Where.
    pub span: Span,
}

/// How progress is measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Method {
    /// Straight from base to target.
    Linear,
    /// At a constant rate.
    Geometric,
    /// Achieved rate over required rate.
    GrowthRatio,
    /// Projected gain over required gain.
    ProjectionRatio,
    /// Through declared values, in base units.
    Waypoints(Vec<(Period, Exact)>),
}

impl Method {
    /// The word of the machine output.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Method::Linear => "linear",
            Method::Geometric => "geometric",
            Method::GrowthRatio => "growth_ratio",
            Method::ProjectionRatio => "projection_ratio",
            Method::Waypoints(_) => "waypoints",
        }
    }
}

/// A target on the level of one quantity, the shape that has an outlook.
#[derive(Debug, Clone)]
pub struct Level {
    /// The quantity.
    pub subject: Expr,
    /// The comparison.
    pub op: Comparison,
    /// The limit, in base units.
    pub limit: Exact,
}

/// Where a rule is taken from.
#[derive(Debug, Clone)]
pub struct Citation {
    /// The document.
    pub instrument: InstrumentId,
    /// Its section.
    pub section: String,
    /// The words quoted.
    pub quote: String,
    /// The line of the text, where known.
    pub line: Option<String>,
}

/// An excuse with an end.
#[derive(Debug, Clone)]
pub struct Waiver {
    /// Whom it excuses; everybody where absent.
    pub entity: Option<EntityId>,
    /// The last period.
    pub until: Period,
    /// Why.
    pub reason: String,
}

/// A target or a check.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: Label,
    /// Target or check.
    pub kind: RuleKind,
    /// What must hold.
    pub goal: Expr,
    /// The goal as a level against a limit, where it is one.
    pub level: Option<Level>,
    /// When it is judged.
    pub when: When,
    /// To whom and when it applies.
    pub condition: Option<Expr>,
    /// The plan's own baseline.
    pub baseline: Option<Baseline>,
    /// How progress is measured.
    pub method: Option<Method>,
    /// Binding or anticipatory.
    pub binding: Option<bool>,
    /// Who loses where nothing is proved.
    pub burden: Option<Burden>,
    /// How figures are read.
    pub reading: Reading,
    /// Who answers for it.
    pub owners: Vec<String>,
    /// Its category.
    pub category: Option<Label>,
    /// Where it is from.
    pub citations: Vec<Citation>,
    /// The legal texts under which it stands.
    pub under: Vec<InstrumentId>,
    /// The class of entities it is for; the pack's entity where absent.
    pub scope: Option<ClassId>,
    /// Excuses.
    pub waivers: Vec<Waiver>,
    /// Leaving a figure out may meet it, on purpose.
    pub absence_may_pass: bool,
    /// Notes.
    pub notes: Vec<Label>,
    /// The doc comment.
    pub doc: String,
    /// Where it is declared.
    pub span: Span,
}

/// A test written in the language.
#[derive(Debug, Clone)]
pub struct TestCase {
    /// What it shows.
    pub label: String,
    /// The figures.
    pub given: Vec<Given>,
    /// The evaluated period.
    pub period: Option<Period>,
    /// The day whose law applies.
    pub in_force: Option<Period>,
    /// Only figures published up to then.
    pub known_on: Option<Period>,
    /// What must come out.
    pub expect: Vec<Expect>,
    /// Where it is written.
    pub span: Span,
}

/// A figure of a test.
#[derive(Debug, Clone)]
pub struct Given {
    /// What it is about.
    pub figure: FigureRef,
    /// Its period.
    pub period: Option<Period>,
    /// As a source would print it.
    pub printed: String,
    /// Its source.
    pub source: String,
    /// When it was published.
    pub published: Option<Period>,
    /// Its entity, as text.
    pub entity: String,
    /// Where it is written.
    pub span: Span,
}

/// What a test expects.
#[derive(Debug, Clone)]
pub struct Expect {
    /// Of which rule or quantity.
    pub of: Expected,
    /// Of which entity, as text.
    pub entity: String,
    /// What.
    pub what: What,
    /// Where it is written.
    pub span: Span,
}

/// What a test looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// A target or check.
    Rule(RuleId),
    /// A derived quantity.
    Define(DefineId),
}

/// What a test wants to see.
#[derive(Debug, Clone)]
pub enum What {
    /// This verdict, and this cause among its causes.
    Verdict(Verdict, Option<Cause>),
    /// This outlook.
    Outlook(OutlookClass),
    /// This value, as printed.
    Value(String),
    /// These words in the explanation, in either language.
    Mentions(String),
    /// A finding, or none.
    Finding(bool),
}

/// What an expression reads of an indicator, its period aside.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FigureRef {
    /// The indicator.
    pub indicator: IndicatorId,
    /// Index of the definition.
    pub definition: u16,
    /// Level, growth, change or rank.
    pub measure: Measure,
    /// The breakdown, keys in order; empty for the total.
    pub breakdown: String,
    /// A fixed entity; the evaluated one where absent.
    pub entity: Option<EntityId>,
}

/// An expression with names resolved; typed after `check`.
#[derive(Debug, Clone)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it is written.
    pub span: Span,
    /// Its type; `Type::Unknown` before `check`.
    pub ty: Type,
}

/// Kinds of resolved expression. Functions are built from these.
#[derive(Debug, Clone)]
pub enum ExprKind {
    /// Stands for something that was reported already.
    Error,
    /// A number, in base units.
    Number(Exact),
    /// A text, as an index into [`Model::symbols`].
    Text(u32),
    /// Yes or no.
    Truth(bool),
    /// A figure of the evaluated period.
    Figure(FigureRef),
    /// The plan's own baseline of a figure.
    Baseline(FigureRef, Exact, Period),
    /// A derived quantity.
    Define(DefineId),
    /// The same at another period.
    Shift(Box<Expr>, PeriodRef),
    /// A meaning that the checker could not see, such as growth.
    As(Role, Box<Expr>),
    /// The negative.
    Negative(Box<Expr>),
    /// Terms, `true` where subtracted.
    Sum(Vec<(bool, Expr)>),
    /// Factors, `true` where divided by.
    Product(Vec<(bool, Expr)>),
    /// A whole power.
    Power(Box<Expr>, u32),
    /// The root whose degree is the number of years since a period.
    YearsRoot(Box<Expr>, PeriodRef),
    /// The smallest.
    Min(Vec<Expr>),
    /// The largest.
    Max(Vec<Expr>),
    /// Without sign.
    Abs(Box<Expr>),
    /// One value or another.
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// A comparison.
    Compare(Comparison, Box<Expr>, Box<Expr>),
    /// Whether a figure was published.
    Present(FigureRef),
    /// Opposite.
    Not(Box<Expr>),
    /// Undetermined as soon as a figure in it is missing.
    Strict(Box<Expr>),
    /// All of them.
    All(Vec<Expr>),
    /// Any of them.
    Any(Vec<Expr>),
    /// The second wherever the first.
    Implies(Box<Expr>, Box<Expr>),
}

impl Expr {
    /// An expression without type yet.
    #[must_use]
    pub fn new(kind: ExprKind, span: Span) -> Expr {
        Expr {
            kind,
            span,
            ty: Type::Unknown,
        }
    }

    /// The direct parts, in order.
    #[must_use]
    pub fn operands(&self) -> Vec<&Expr> {
        match &self.kind {
            ExprKind::Error
            | ExprKind::Number(_)
            | ExprKind::Text(_)
            | ExprKind::Truth(_)
            | ExprKind::Figure(_)
            | ExprKind::Baseline(..)
            | ExprKind::Define(_)
            | ExprKind::Present(_) => Vec::new(),
            ExprKind::Shift(inner, _)
            | ExprKind::As(_, inner)
            | ExprKind::Negative(inner)
            | ExprKind::Power(inner, _)
            | ExprKind::YearsRoot(inner, _)
            | ExprKind::Abs(inner)
            | ExprKind::Not(inner)
            | ExprKind::Strict(inner) => vec![inner],
            ExprKind::Sum(terms) | ExprKind::Product(terms) => {
                terms.iter().map(|(_, term)| term).collect()
            }
            ExprKind::Min(items)
            | ExprKind::Max(items)
            | ExprKind::All(items)
            | ExprKind::Any(items) => items.iter().collect(),
            ExprKind::Compare(_, left, right) | ExprKind::Implies(left, right) => {
                vec![left, right]
            }
            ExprKind::If(condition, yes, no) => vec![condition, yes, no],
        }
    }
}
