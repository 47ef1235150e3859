//! Phases 2 and 3: what a pack declares, names resolved and units checked.
//!
//! `resolve` turns trees into a `Model` in which every name is an id; `check`
//! gives every expression its type. After that nothing is looked up by text
//! except figures, which arrive later.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::day::Calendar;
use crate::figures::printed::{Vocabulary, Widths};
use crate::figures::table::Headers;
use crate::figures::{EvidenceKind, Grade};
use crate::index::{Arena, define_id};
use crate::message::Label;
use crate::number::Exact;
use crate::period::{Period, PeriodWords};
use crate::set::Set;
use crate::source::Span;
use crate::unit::{Unit, Units};

pub(crate) mod absence;
mod breakdown;
mod check;
mod deadline;
mod decision;
mod expr;
mod kind;
mod members;
mod milestone;
mod names;
mod numeral;
mod plausible;
mod resolve;
mod rule;
mod score;
mod table;
mod ties;
mod types;

pub(crate) use breakdown::parts_of;
pub use breakdown::{
    Breakdown, BreakdownCode, BreakdownFault, BreakdownPart, Breakdowns, FurtherCodes,
};
pub use check::check;
pub use deadline::{Deadline, Recurrence, Stretch};
pub use decision::Outcome as DecisionOutcome;
pub use decision::{Case, Decision, MOST_OUTCOMES, Presumption, Version};
pub use expr::{Expr, ExprKind, FigureRef, OnDay};
pub use kind::Kind;
pub use members::{Aggregate, Composite, Fold, Further, Members, Part};
pub use milestone::{EvidenceItem, Ladder, LadderId, LadderLevel, Milestone};
pub use names::{Name, Names};
pub use numeral::Numeral;
pub use plausible::Plausible;
pub use resolve::{clauses_of, resolve};
pub use rule::{
    Baseline, Citation, Contribution, Expect, Expected, Given, Level, Method, Rule, RuleKind,
    TestCase, TestRow, Waiver, What, When,
};
pub use score::{Gap, Norm, Score, ScoreElement, ScoreId, ScoreTier, Standing, Weighing, Weight};
pub use table::{FixedParts, Mapped, MappedColumn, MappedPlace, TableMapping};
pub use ties::{PartOf, Partner, ShareOf, Ties};
pub use types::{QuantityType, Role, Type};

define_id! {
    /// A quantity that somebody measures.
    IndicatorId;
    /// A quantity computed from others.
    DefineId;
    /// A target, a check or a decision.
    RuleId;
    /// A body that figures are about.
    EntityId;
    /// A class of entities, such as provinces.
    ClassId;
    /// A dimension by which figures are broken down.
    BreakdownId;
    /// A legal text or published document.
    InstrumentId;
}

/// Everything that a set of rule files declares.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// The head of the pack.
    pub pack: Pack,
    /// The packs that it uses, and those that these use, in the order in which their heads count.
    pub uses: Vec<UsedPack>,
    /// Units and scales.
    pub units: Units,
    /// Words that figures use.
    pub words: Words,
    /// What is believable of figures.
    pub plausible: Plausible,
    /// Entities that the pack lists.
    pub entities: Arena<EntityId, Entity>,
    /// Classes of entities.
    pub classes: Arena<ClassId, Class>,
    /// Dimensions by which figures are broken down.
    pub breakdowns: Breakdowns,
    /// Calendars of working days.
    pub calendars: Vec<Arc<Calendar>>,
    /// Documents.
    pub instruments: Arena<InstrumentId, Instrument>,
    /// Indicators.
    pub indicators: Arena<IndicatorId, Indicator>,
    /// Derived quantities.
    pub defines: Arena<DefineId, Define>,
    /// Composite indices over bodies.
    pub scores: Arena<ScoreId, Score>,
    /// Scales of ordered levels.
    pub ladders: Arena<LadderId, Ladder>,
    /// Targets, checks, decisions and milestones.
    pub rules: Arena<RuleId, Rule>,
    /// How tables are laid out whose headers do not tell.
    pub tables: Vec<TableMapping>,
    /// Tests written in the language.
    pub tests: Vec<TestCase>,
    /// Names of indicators and derived quantities.
    pub names: Names,
    /// Texts that rules compare with; figures add theirs behind them.
    pub symbols: Vec<String>,
}

impl Model {
    /// Whether a text is a word of figures: a header, a name, a unit, or a word beside a number.
    pub fn is_word(&self, text: &str) -> bool {
        let words = &self.words;
        let is_name = || {
            let mut entities = self.entities.values();
            entities.any(|entity| entity.label.zh == text || entity.label.en == text)
        };
        words.headers.lookup(text).is_some()
            || self.names.lookup(text).is_some()
            || self.units.lookup(text).is_some()
            || words.vocabulary.qualifier(text).is_some()
            || words.periods.year.iter().any(|word| word == text)
            || is_name()
    }

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
    /// The digest of all rule files that it was compiled from; empty before that.
    pub digest: String,
    /// What a figure without entity is about.
    pub entity: Option<EntityId>,
    /// Who loses where nothing is proved.
    pub burden: Option<Burden>,
    /// Widths of "about" and "nearly".
    pub widths: Widths,
    /// Sources, the preferred ones first.
    pub prefer: Vec<String>,
    /// The calendar that working days are counted by.
    pub calendar: Option<Arc<Calendar>>,
    /// Notes.
    pub notes: Vec<Label>,
}

/// A pack that another uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedPack {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: Label,
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
    /// Words for kinds of evidence.
    pub evidence_kinds: BTreeMap<String, EvidenceKind>,
    /// Words for how sure evidence is.
    pub grades: BTreeMap<String, Grade>,
    /// Words for statuses: the machine word of each.
    pub statuses: BTreeMap<String, String>,
    /// Codes of units in SDMX, and the unit of each; empty for none.
    pub unit_codes: BTreeMap<String, String>,
    /// Words for yes and no.
    pub truths: BTreeMap<String, bool>,
    /// Words of tables that are neither headers nor figures.
    pub tables: TableWords,
    /// Words around the numbers of a quotation.
    pub quotes: QuoteWords,
    /// Words for the window that something is counted over, folded, and the name of each.
    pub windows: BTreeMap<String, String>,
    /// Words of numbers that are spelled out, in lower case.
    pub numerals: BTreeMap<String, Numeral>,
}

/// Words around the numbers of a quotation, in lower case.
#[derive(Debug, Clone, Default)]
pub struct QuoteWords {
    /// What follows is a rise.
    pub rises: Vec<String>,
    /// What follows is a fall.
    pub falls: Vec<String>,
    /// The year that follows is what is said is held against.
    pub against: Vec<String>,
    /// The year that follows is that at whose end it was so.
    pub as_of: Vec<String>,
}

/// Words of tables that are neither headers nor figures, folded.
#[derive(Debug, Clone, Default)]
pub struct TableWords {
    /// Cells that say that there is no figure.
    pub missing: BTreeSet<String>,
    /// Names of rows of totals.
    pub total: BTreeSet<String>,
    /// Headers of running numbers.
    pub index: BTreeSet<String>,
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
    /// Its first class.
    pub class: Option<ClassId>,
    /// The first entity that it is a part of.
    pub part_of: Option<EntityId>,
    /// Other names, classes and entities that it is a part of; most have none.
    pub further: Option<Box<Further>>,
    /// Where it is declared.
    pub span: Span,
}

impl Entity {
    /// All its classes.
    pub fn classes(&self) -> impl Iterator<Item = ClassId> + '_ {
        let further = self.further.iter().flat_map(|further| &further.classes);
        self.class.into_iter().chain(further.copied())
    }

    /// All entities that it is directly a part of.
    pub fn wholes(&self) -> impl Iterator<Item = EntityId> + '_ {
        let further = self.further.iter().flat_map(|further| &further.wholes);
        self.part_of.into_iter().chain(further.copied())
    }

    /// Its short forms and other names.
    #[must_use]
    pub fn aliases(&self) -> &[String] {
        self.further
            .as_ref()
            .map_or(&[], |further| &further.aliases)
    }
}

/// A class of entities.
#[derive(Debug, Clone)]
pub struct Class {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: Label,
    /// Other names.
    pub aliases: Vec<String>,
    /// Members may come with the figures.
    pub is_open: bool,
    /// Those that come with the figures are all that there are.
    pub is_full: bool,
    /// Whose lists its members are records of.
    pub owner: Option<ClassId>,
    /// The figure of the owner that says how many records there are, or whether all are there.
    pub complete: Option<IndicatorId>,
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
    /// What it beats where they differ.
    pub prevails: Vec<InstrumentId>,
    /// How it is named in a citation, where that is not its title.
    pub cited: Label,
    /// Where it is declared.
    pub span: Span,
}

impl Instrument {
    /// Its name in a citation: the short form where it has one in that language, else its title.
    #[must_use]
    pub fn name(&self) -> Label {
        let pick = |short: &String, title: &String| match short.is_empty() {
            true => title.clone(),
            false => short.clone(),
        };
        Label {
            zh: pick(&self.cited.zh, &self.label.zh),
            en: pick(&self.cited.en, &self.label.en),
        }
    }
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
    /// The class that its figures are about, where it is said.
    pub class: Option<ClassId>,
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
    /// The dimensions that its figures may be broken down by; empty: all that are declared.
    pub breakdowns: Vec<BreakdownId>,
    /// What it is identical with.
    pub identities: Vec<Identity>,
    /// How its figures hang together with others.
    pub ties: Ties,
    /// Words that stand for values, in base units.
    pub values: BTreeMap<String, Exact>,
    /// Widths of "about" and "nearly" of its own, in printed units.
    pub widths: Option<Widths>,
    /// What is believable of its own figures.
    pub plausible: Plausible,
    /// Notes.
    pub notes: Vec<Label>,
    /// The scale of its levels, where it is a level.
    pub ladder: Option<LadderId>,
    /// The milestone that it is an item of evidence of, and its place there.
    pub evidence: Option<(RuleId, u16)>,
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
