//! Findings: figures that cannot all be true, or are not what they seem.
//!
//! A finding is about figures. It is attached to the verdicts that use them and
//! never changes one. Printed sets are closed, so that rounding never makes a
//! contradiction.

use std::collections::{BTreeMap, BTreeSet};

use crate::eval::{Clocks, Options, Vintage};
use crate::explain::{Unit, figure_message, source_message};
use crate::figures::{ClaimId, Submission};
use crate::message::Message;
use crate::model::{EntityId, FigureRef, IndicatorId, RuleId};
use crate::number::Exact;
use crate::period::Period;
use crate::program::{Program, at};

mod bond;
mod book;
mod bound;
mod claims;
mod companions;
mod cross;
mod excuse;
mod hold;
mod neighbours;
mod plans;
mod quotation;
mod quoted;
mod ranks;
mod spelled;
mod test;
mod wording;

pub(crate) use bond::{Bond, Clash, Others, is_moved};
pub(crate) use book::{Book, Key, KeyId, MOST_GROUPS, Supposed};
pub(crate) use claims::baseline_set;
pub(crate) use hold::{Broken, Standing};
pub(crate) use neighbours::MOST_YEARS;
pub(crate) use plans::{Plan, Way, plans};
use quotation::Quotes;
pub(crate) use quotation::{Quoted, Written, words_in};
pub(crate) use test::Web;

/// What kind of finding it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// Claims to one key whose printed sets cannot meet.
    Conflict,
    /// Figures that contradict a check.
    Check,
    /// Figures that contradict an identity.
    Identity,
    /// A published figure that differs from the plan's own baseline.
    Baseline,
    /// A claim outside its declared bounds.
    Bounds,
    /// A figure off by a scale word against its neighbours.
    Slip,
    /// A growth that differs from that of the two levels.
    Growth,
    /// A change that differs from that of the two levels.
    Change,
    /// A share that differs from that of part and whole.
    Share,
    /// Parts that do not add up to their whole.
    Parts,
    /// A part above the whole that it belongs to.
    Within,
    /// A count that cannot fall and does.
    Fall,
    /// Ranks that contradict the values that they rank.
    Rank,
    /// Relations that each can hold, and not all together.
    Together,
    /// A figure other than in the words quoted for it.
    Quote,
    /// A figure that was published before its period ended.
    Early,
}

impl FindingKind {
    /// All kinds.
    pub const ALL: [FindingKind; 16] = [
        FindingKind::Conflict,
        FindingKind::Check,
        FindingKind::Identity,
        FindingKind::Baseline,
        FindingKind::Bounds,
        FindingKind::Slip,
        FindingKind::Growth,
        FindingKind::Change,
        FindingKind::Share,
        FindingKind::Parts,
        FindingKind::Within,
        FindingKind::Fall,
        FindingKind::Rank,
        FindingKind::Together,
        FindingKind::Quote,
        FindingKind::Early,
    ];

    /// The word of the machine output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            FindingKind::Conflict => "conflict",
            FindingKind::Check => "check",
            FindingKind::Identity => "identity",
            FindingKind::Baseline => "baseline",
            FindingKind::Bounds => "bounds",
            FindingKind::Slip => "slip",
            FindingKind::Growth => "growth",
            FindingKind::Change => "change",
            FindingKind::Share => "share",
            FindingKind::Parts => "parts",
            FindingKind::Within => "within",
            FindingKind::Fall => "fall",
            FindingKind::Rank => "rank",
            FindingKind::Together => "together",
            FindingKind::Quote => "quote",
            FindingKind::Early => "early",
        }
    }
}

/// Figures that cannot all be true, or are not what they seem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind.
    pub kind: FindingKind,
    /// The check, where one was broken; the target, for a baseline.
    pub rule: Option<RuleId>,
    /// The indicator.
    pub indicator: Option<IndicatorId>,
    /// Whom it is about.
    pub entity: EntityId,
    /// The period.
    pub period: Period,
    /// The claims that cannot all be true.
    pub claims: Vec<ClaimId>,
    /// The finding in one sentence.
    pub message: Message,
    /// How far the claims are apart at least, in the unit.
    pub gap: Option<(Exact, Unit)>,
}

impl Finding {
    /// A stable name: kind, indicator or check, entity, period.
    #[must_use]
    pub fn id(&self, program: &Program, submission: &Submission) -> String {
        let about = match (self.rule, self.indicator) {
            (Some(rule), _) => program.model.rules[rule].id.clone(),
            (None, Some(indicator)) => program.model.indicators[indicator].id.clone(),
            (None, None) => String::new(),
        };
        let entity = &submission.entities[self.entity].id;
        let places: Vec<String> = self
            .claims
            .iter()
            .map(|id| {
                let claim = &submission.claims[*id];
                let line = submission.text(claim.source_line);
                format!("{}:{line}", submission.text(claim.source))
            })
            .collect();
        format!(
            "{}/{about}/{entity}/{}/{}",
            self.kind.word(),
            self.period,
            places.join("+")
        )
    }
}

/// A finding with what is behind it.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// The finding.
    pub finding: Finding,
    /// The same without its figures, for an output that lists them.
    pub said: Message,
    /// What cannot hold.
    pub tie: Tie,
    /// What is contradicted, where that is one number.
    pub clash: Option<(Clash, Unit)>,
    /// Why figures that cannot all be true are printed nevertheless.
    pub excuse: Option<Excuse>,
}

/// All that was found, and how many relations of each kind were looked at.
#[derive(Debug, Clone, Default)]
pub(crate) struct Haul {
    pub found: Vec<Found>,
    pub checked: BTreeMap<FindingKind, usize>,
    /// Relations whose figures are all there and that hold by themselves, each with whose it is.
    pub holding: Vec<(Tie, EntityId)>,
}

impl Haul {
    fn push(&mut self, found: Found) {
        self.found.push(found);
    }

    /// Keeps a relation that holds, where its figures are all there.
    fn hold(&mut self, is_known: bool, tie: Tie, entity: EntityId) {
        if is_known {
            self.holding.push((tie, entity));
        }
    }

    /// Counts relations whose figures are all there.
    fn count(&mut self, kind: FindingKind, n: usize) {
        if n > 0 {
            *self.checked.entry(kind).or_default() += n;
        }
    }
}

impl Found {
    fn of(finding: Finding, tie: Tie) -> Found {
        Found {
            said: finding.message.clone(),
            finding,
            tie,
            clash: None,
            excuse: None,
        }
    }
}

/// What binds figures, by what it is declared in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tie {
    /// All claims to a figure are of one number.
    Same(KeyId),
    /// The bounds of an indicator.
    Bounds(KeyId),
    /// A figure and the one before it in time.
    Neighbours(KeyId, KeyId),
    /// What a plan prints as its baseline.
    Baseline(RuleId, KeyId),
    /// A check, in a period.
    Check(RuleId, Period),
    /// An identity by its place among those of the program, in a period.
    Identity(usize, Period),
    /// A bond by its place among those that were derived.
    Bond(usize),
    /// Ranks and the values that they rank.
    Rank(KeyId, KeyId),
    /// A figure and the words quoted for it.
    Quote(KeyId, ClaimId),
    /// A figure and the day on which it was published.
    Early(KeyId, ClaimId),
    /// Several of these, each with whose it is.
    Together(Vec<(Tie, EntityId)>),
}

/// Why figures that cannot all be true are printed nevertheless.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Excuse {
    /// In words.
    pub message: Message,
    /// They are on different bases, and so never were one series.
    pub is_basis: bool,
}

/// Looks for findings over all figures of a submission.
///
/// What a declared break explains is not among them, nor what a note says of a quotation.
#[must_use]
pub fn findings(program: &Program, submission: &Submission, options: &Options) -> Vec<Finding> {
    let clocks = options.clocks(submission);
    let cx = Cx::new(program, submission, &clocks);
    let mut found = cx.all().found;
    found.retain(|found| {
        let is_noted = found.finding.kind == FindingKind::Quote;
        let excuse = found.excuse.as_ref();
        excuse.is_none_or(|why| !why.is_basis && !is_noted)
    });
    found.into_iter().map(|found| found.finding).collect()
}

/// The findings that speak of a figure which a rule uses when a period is evaluated.
///
/// Also those of figures that were set aside, such as one outside its bounds: the verdict would
/// have used them.
#[must_use]
pub fn concerning<'f>(
    findings: impl IntoIterator<Item = &'f Finding>,
    program: &Program,
    submission: &Submission,
    rule: RuleId,
    judged: Period,
) -> Vec<&'f Finding> {
    let used: Vec<(FigureRef, Period)> = program.rules[rule]
        .goal
        .reads()
        .into_iter()
        .map(|input| &program.inputs[input])
        .map(|input| {
            let figure = FigureRef {
                entity: None,
                ..input.figure.clone()
            };
            (figure, at(input.at, judged))
        })
        .collect();
    let is_used = |id: &ClaimId| {
        let claim = &submission.claims[*id];
        let mut used = used.iter();
        used.any(|(figure, period)| *period == claim.period && *figure == claim.figure)
    };
    let concerns =
        |finding: &&Finding| finding.rule == Some(rule) || finding.claims.iter().any(is_used);
    findings.into_iter().filter(concerns).collect()
}

/// All claims that another edition of their series stands in for.
fn replaced(program: &Program, submission: &Submission, clocks: &Clocks) -> BTreeSet<ClaimId> {
    let mut found = BTreeSet::new();
    if clocks.choice.vintage == Vintage::All {
        return found;
    }
    for (_, _, entries) in submission.keys() {
        for same in entries.chunk_by(|a, b| a.0 == b.0) {
            let claims: Vec<ClaimId> = same.iter().map(|(_, id)| *id).collect();
            found.extend(clocks.replaced(&program.model, submission, &claims));
        }
    }
    found
}

/// What findings are looked for in.
pub(crate) struct Cx<'a> {
    pub program: &'a Program,
    pub submission: &'a Submission,
    pub clocks: &'a Clocks,
    /// Claims that another edition stands in for.
    replaced: BTreeSet<ClaimId>,
    /// Figures by what they are about.
    pub book: Book<'a>,
    /// What binds them.
    pub plans: Vec<Plan>,
    /// The numbers of quotations that were searched.
    quotes: Quotes,
    /// Claims by the places of their quotations.
    lines: companions::Lines,
}

impl<'a> Cx<'a> {
    pub(crate) fn new(
        program: &'a Program,
        submission: &'a Submission,
        clocks: &'a Clocks,
    ) -> Cx<'a> {
        let book = Book::of(submission);
        Cx {
            program,
            submission,
            clocks,
            replaced: replaced(program, submission, clocks),
            plans: plans(&program.model, &book),
            book,
            quotes: Quotes::default(),
            lines: companions::Lines::default(),
        }
    }

    /// All findings, in an order that hangs on what the figures say and on nothing else.
    pub(crate) fn all(&self) -> Haul {
        let mut found = self.of_values();
        self.beside_text(&mut found);
        self.sort(&mut found);
        found
    }

    /// Those that hang on the values of the figures, in no order.
    pub(crate) fn of_values(&self) -> Haul {
        let mut found = Haul::default();
        self.claims(&mut found);
        self.slips(&mut found);
        self.baselines(&mut found);
        self.checks(&mut found);
        self.identities(&mut found);
        self.bonds(&mut found);
        self.ranks(&mut found);
        found
    }

    /// Puts findings in the order of what the figures say, and of nothing else.
    pub(crate) fn sort(&self, found: &mut Haul) {
        let submission = self.submission;
        let entity = |finding: &Finding| submission.entities[finding.entity].id.as_str();
        found.found.sort_by(|a, b| {
            let (a, b) = (&a.finding, &b.finding);
            let key = |one: &Finding| (one.kind, one.indicator, one.rule, one.period);
            key(a)
                .cmp(&key(b))
                .then_with(|| entity(a).cmp(entity(b)))
                .then_with(|| {
                    let mut pairs = a.claims.iter().zip(&b.claims);
                    let unlike = pairs.find_map(|(a, b)| {
                        Some(submission.order(*a, *b)).filter(|order| order.is_ne())
                    });
                    unlike.unwrap_or(a.claims.len().cmp(&b.claims.len()))
                })
        });
    }

    /// Whether a claim counts, by its day, its source and its edition.
    pub(crate) fn counts(&self, id: ClaimId) -> bool {
        let claim = &self.submission.claims[id];
        self.clocks.counts(self.submission, claim) && !self.replaced.contains(&id)
    }

    fn shown(&self, id: ClaimId) -> Message {
        let claim = &self.submission.claims[id];
        Message::new("finding-claim")
            .with("printed", self.submission.text(claim.printed))
            .with(
                "source",
                source_message(self.program, self.submission, claim),
            )
    }

    /// The name of a figure with whose it is.
    pub(crate) fn name(&self, figure: &FigureRef, whose: EntityId, period: Period) -> Message {
        figure_message(self.program, self.submission, figure, Some(whose), period)
    }

    /// A period, and whom a finding is about where that is not the body of the pack.
    pub(crate) fn about(&self, entity: EntityId, period: Period) -> Message {
        let period = period.to_string();
        if self.program.model.pack.entity == Some(entity) {
            return Message::new("finding-about").with("period", period);
        }
        let label = &self.submission.entities[entity].label;
        Message::new("finding-about-of")
            .with("entity", label)
            .with("period", period)
    }

    /// One claim with the name of its figure.
    pub(crate) fn named(&self, id: ClaimId) -> Message {
        let claim = &self.submission.claims[id];
        let name = self.name(&claim.figure, claim.entity, claim.window);
        Message::new("finding-figure")
            .with("figure", name)
            .with("claim", self.shown(id))
    }
}
