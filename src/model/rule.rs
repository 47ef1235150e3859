//! Targets, checks and tests, as a pack declares them.

use crate::figures::printed::Reading;
use crate::figures::table::Column;
use crate::message::{Label, Message};
use crate::model::{
    Burden, DefineId, EntityId, Expr, FigureRef, IndicatorId, InstrumentId, Members, RuleId, Type,
};
use crate::number::Exact;
use crate::period::Period;
use crate::set::Comparison;
use crate::source::Span;
use crate::verdict::{Cause, OutlookClass, Verdict};

/// Target, check, decision or milestone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleKind {
    /// A goal; gives rows.
    Target,
    /// A relation between figures; gives findings.
    Check,
    /// Facts to an outcome; gives rows.
    Decision,
    /// Something to be achieved, proved by evidence; gives rows.
    Milestone,
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
    /// Its type.
    pub ty: Type,
    /// Half of one in the last printed digit, in base units.
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

/// That a rule is to move an indicator. It decides nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    /// The indicator.
    pub indicator: IndicatorId,
    /// Whether the text says so; else the authors of the pack conclude it.
    pub is_stated: bool,
    /// Why.
    pub note: Label,
    /// Where it is written.
    pub span: Span,
}

/// An excuse with an end.
#[derive(Debug, Clone)]
pub struct Waiver {
    /// Whom it excuses; everybody where absent.
    pub entity: Option<EntityId>,
    /// The last period.
    pub until: Period,
    /// Who granted it; empty where that is not said.
    pub granted: String,
    /// Why.
    pub reason: Label,
}

/// A target or a check.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: Label,
    /// Target, check or decision.
    pub kind: RuleKind,
    /// What must hold.
    pub goal: Expr,
    /// The goal as a level against a limit, where it is one.
    pub level: Option<Level>,
    /// When it is judged.
    pub when: When,
    /// By when, where that is no period.
    pub deadline: Option<super::Deadline>,
    /// Whether it has to be met, or is only wished.
    pub modality: crate::syntax::ast::Modality,
    /// The words of the text that say so, where they are given.
    pub modality_words: Option<String>,
    /// What kind of requirement it is, in the words of its pack.
    pub sort: Option<Label>,
    /// The rules that it is a part of.
    pub wholes: Vec<RuleId>,
    /// The indicators that it is to move.
    pub feeds: Vec<Contribution>,
    /// To whom and when it applies.
    pub condition: Option<Expr>,
    /// The plan's own baseline.
    pub baseline: Option<Baseline>,
    /// Types of the baseline and of waypoints, which must be that of the quantity.
    pub literals: Vec<(Type, Span)>,
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
    /// The entities it is for; the pack's entity where absent.
    pub scope: Option<Members>,
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
    /// The whole item as written, doc comment left out.
    pub item: Span,
    /// What a decision comes to, and how.
    pub decision: Option<Box<super::Decision>>,
    /// What a milestone is proved by.
    pub milestone: Option<Box<super::Milestone>>,
}

impl Rule {
    /// All expressions that it is judged by: goal and condition, or what its cases say.
    pub fn exprs(&self) -> impl Iterator<Item = &Expr> {
        std::iter::once(&self.goal)
            .chain(&self.condition)
            .chain(self.reached())
            .chain(self.cases())
    }

    /// The place of the first waiver that excuses a body from what is due on a day.
    #[must_use]
    pub fn waiver_on(&self, entity: EntityId, day: chrono::NaiveDate) -> Option<usize> {
        self.waivers.iter().position(|waiver| {
            let is_for = waiver.entity.is_none_or(|known| known == entity);
            is_for && day <= waiver.until.last_day()
        })
    }

    /// Whether its day has come, where that is computed.
    #[must_use]
    pub fn reached(&self) -> Option<&Expr> {
        match &self.deadline {
            Some(super::Deadline::Day { reached, .. }) => Some(reached),
            _ => None,
        }
    }

    /// What the cases of a decision say, in all its versions.
    pub fn cases(&self) -> impl Iterator<Item = &Expr> {
        let versions = self.decision.iter().flat_map(|decision| &decision.versions);
        versions.flat_map(|version| {
            let presumed = version.presumptions.iter().map(|known| &known.aside);
            let cases = version
                .cases
                .iter()
                .filter_map(|case| case.condition.as_ref());
            presumed.chain(cases)
        })
    }
}

/// A test written in the language.
#[derive(Debug, Clone)]
pub struct TestCase {
    /// What it shows.
    pub label: String,
    /// The row of its table, where its cases stand in one.
    pub row: Option<TestRow>,
    /// The figures.
    pub given: Vec<Given>,
    /// The evidence: cells by what they hold, and where it is written.
    pub evidence: Vec<(Vec<(Column, String)>, Span)>,
    /// The evaluated period.
    pub period: Option<Period>,
    /// The day whose law applies.
    pub in_force: Option<Period>,
    /// Only figures published up to then.
    pub known_on: Option<Period>,
    /// Only figures of these sources, and those that are preferred.
    pub choice: crate::eval::Choice,
    /// What must come out.
    pub expect: Vec<Expect>,
    /// Where it is written.
    pub span: Span,
}

/// The row of a table of cases.
#[derive(Debug, Clone)]
pub struct TestRow {
    /// Its number within the test, from 1.
    pub number: usize,
    /// Its name, where it has one.
    pub name: Option<String>,
}

impl TestCase {
    /// What it is called: the test, and the row of its table.
    #[must_use]
    pub fn title(&self) -> Message {
        let label = &self.label;
        let Some(row) = &self.row else {
            return Message::new("test-title").with("label", label);
        };
        match &row.name {
            Some(name) => Message::new("test-title-named")
                .with("label", label)
                .with("name", name),
            None => Message::new("test-title-row")
                .with("label", label)
                .with("row", row.number),
        }
    }
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
    /// These outcomes and no others, by their places.
    Outcome(Vec<u16>),
}
