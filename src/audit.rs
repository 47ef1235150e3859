//! Audit: which published figures cannot all be true, how sure that is, and what would explain it.
//!
//! A program and figures go in; findings come out, each with its severity, a stable id, and
//! hypotheses that are tested against everything else that is known. None is applied: an audit
//! changes no figure and no verdict.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::eval::Options;
use crate::explain::Unit;
use crate::figures::{ClaimId, Submission};
use crate::findings::{Cx, Finding, FindingKind, Found, MOST_GROUPS, Tie, Web};
use crate::message::Message;
use crate::model::{EntityId, IndicatorId, RuleId};
use crate::number::Exact;
use crate::period::Period;
use crate::program::Program;
use crate::set::{ByEnds, Set};

mod acknowledged;
mod believed;
mod beside;
mod candidates;
mod hypothesis;
mod identity;
mod joint;
mod net;
mod repair;

pub use acknowledged::{
    ACKNOWLEDGED, Acknowledgement, Lapse, MOST_ACKNOWLEDGED_BYTES, acknowledgements,
};
pub use hypothesis::{Hypothesis, HypothesisKind};
pub use joint::{Joint, LeftOut};
pub use repair::{RepairGroup, RepairSet, Repaired, Repairs, repairs};

/// Findings for which hypotheses are tested; where there are more, it is not a slip that is wrong.
const MOST_WEIGHED: usize = 10_000;

/// How much a finding says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// No values that the printed figures allow are all true.
    Contradiction,
    /// The figures could be true, and it is hard to believe.
    Implausible,
}

impl Severity {
    /// Both.
    pub const ALL: [Severity; 2] = [Severity::Contradiction, Severity::Implausible];

    /// The word of the machine output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Severity::Contradiction => "contradiction",
            Severity::Implausible => "implausible",
        }
    }

    /// The key of its name in the catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Severity::Contradiction => "audit-contradiction",
            Severity::Implausible => "audit-implausible",
        }
    }

    fn of(kind: FindingKind) -> Severity {
        match kind {
            FindingKind::Slip | FindingKind::Quote | FindingKind::Early => Severity::Implausible,
            _ => Severity::Contradiction,
        }
    }
}

/// What an audit found.
#[derive(Debug, Clone)]
pub struct Audit {
    /// The findings, contradictions first, in an order that hangs on what the figures say alone.
    pub findings: Vec<AuditFinding>,
    /// How many relations of each kind were looked at.
    pub relations: Vec<Relations>,
    /// How far relations that hold by themselves were looked at together.
    pub joint: Joint,
    /// How many figures count.
    pub n_figures: usize,
    /// How many findings stand without hypotheses, as there are so many of them, or of claims to one figure.
    pub n_unweighed: usize,
}

/// How many relations of a kind were looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relations {
    /// The kind of finding that they would lead to.
    pub kind: FindingKind,
    /// Those whose figures are all there.
    pub checked: usize,
    /// Those that are a finding, explained ones with them.
    pub broken: usize,
}

/// A finding of an audit.
#[derive(Debug, Clone)]
pub struct AuditFinding {
    /// A name that does not hang on the order of files or rows, nor on the values.
    pub id: String,
    /// A digest of the figures as printed; it changes when they do.
    pub digest: String,
    /// What was found.
    pub finding: Finding,
    /// The same in one sentence, without its figures.
    pub said: Message,
    /// How much it says.
    pub severity: Severity,
    /// Why the figures are printed so nevertheless; such a finding asks for nothing.
    pub explained: Option<Message>,
    /// What somebody has said of it, and whether that counts.
    pub acknowledged: Option<(Acknowledgement, Lapse)>,
    /// The relations that cannot hold together, where it takes several.
    pub relations: Vec<JointRelation>,
    /// What the other figures allow and what is printed, where both are one number.
    pub compared: Option<Compared>,
    /// The figures that cannot all be true, in the order of the finding.
    pub figures: Vec<AuditFigure>,
    /// What would explain it, the likeliest first.
    pub hypotheses: Vec<Hypothesis>,
}

/// A relation that cannot hold together with others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JointRelation {
    /// The kind of finding that it would be by itself.
    pub kind: FindingKind,
    /// In words.
    pub said: Message,
}

/// What the other figures allow, and what is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// What the other figures allow, in base units.
    pub computed: Set,
    /// What is printed, in base units.
    pub printed: Set,
    /// The unit in which both are shown.
    pub unit: Unit,
}

/// A figure of a finding.
#[derive(Debug, Clone)]
pub struct AuditFigure {
    /// The claim.
    pub claim: ClaimId,
    /// Its name.
    pub name: Message,
    /// The values that it allows as printed, in base units.
    pub set: Set,
    /// The unit in which it is shown.
    pub unit: Unit,
    /// Of the other relations that it takes part in, how many hold, and how many there are.
    pub others: (usize, usize),
    /// Ids of other findings that name the same figure, the first of them.
    pub also: Vec<String>,
    /// How many other findings name it.
    pub n_also: usize,
}

impl Audit {
    /// The exit status: 1 where a contradiction is open, else 0.
    #[must_use]
    pub fn exit_status(&self) -> u8 {
        u8::from(self.findings.iter().any(AuditFinding::is_open))
    }
}

impl AuditFinding {
    /// Whether somebody has acknowledged it.
    #[must_use]
    pub fn is_acknowledged(&self) -> bool {
        matches!(self.acknowledged, Some((_, Lapse::None)))
    }

    /// Whether it is a contradiction that nothing explains and nobody has acknowledged.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.severity == Severity::Contradiction
            && self.explained.is_none()
            && !self.is_acknowledged()
    }

    /// How far the figures are apart at least, where that is a number.
    #[must_use]
    pub fn gap(&self) -> Option<&(Exact, Unit)> {
        self.finding.gap.as_ref()
    }
}

/// Holds all figures against each other.
///
/// ```
/// use plumbrule::audit::audit;
/// use plumbrule::eval::Options;
/// use plumbrule::figures::{Limits, Submission};
///
/// let mut sources = plumbrule::Sources::with_std();
/// sources.add("pack.plumb", r#"
/// pack city "City" { entity city }
/// entity city "The city" {}
/// indicator sales "Sales" { kind flow unit 亿元 }
/// "#);
/// let program = plumbrule::compile(&sources).unwrap();
/// let mut submission = Submission::new(&program.model);
/// let table = "indicator,measure,period,value\n\
///     sales,level,2023,100亿元\n\
///     sales,level,2024,120亿元\n\
///     sales,growth,2024,12%\n";
/// submission.read_table(&program.model, "figures.csv", table.as_bytes(), &Limits::default());
/// let audit = audit(&program, &submission, &Options::default());
/// assert_eq!(audit.findings[0].id, "growth/sales/city/2024");
/// // 119.5 over 100.5 is a growth of 18.9 % at the least, and 12 % is 12.5 % at the most.
/// assert!(audit.findings[0].gap().is_some());
/// ```
#[must_use]
pub fn audit(program: &Program, submission: &Submission, options: &Options) -> Audit {
    let clocks = options.clocks(submission);
    let cx = Cx::new(program, submission, &clocks);
    let mut haul = cx.all();
    let web = Web::of(&cx);
    let (together, joint) = joint::look(&cx, &web, &haul);
    haul.found.extend(together);
    cx.sort(&mut haul);
    let mut broken: BTreeMap<FindingKind, usize> = BTreeMap::new();
    for found in &haul.found {
        *broken.entry(found.finding.kind).or_default() += 1;
    }
    let (mut n_weighed, mut n_unweighed) = (0, 0);
    let mut findings: Vec<AuditFinding> = Vec::new();
    let mut known: BTreeSet<About> = haul.found.iter().map(about).collect();
    let mut weigh = |cx: &Cx<'_>, all: Vec<Found>, is_believed: bool| {
        let web = Web::of(cx);
        findings.extend(all.into_iter().map(|found| {
            let is_weighed = n_weighed < MOST_WEIGHED && !is_of_many(cx, &found);
            if found.excuse.is_none() {
                n_weighed += usize::from(is_weighed);
                n_unweighed += usize::from(!is_weighed);
            }
            finding(cx, &web, found, is_weighed, is_believed)
        }));
    };
    weigh(&cx, haul.found, false);
    if let Some(believed) = believed::believed(&program.model, submission) {
        let cx = Cx::new(program, &believed, &clocks);
        // What stands beside the figures in a text is the same.
        let mut more = cx.of_values();
        cx.sort(&mut more);
        let more = more.found.into_iter();
        let more = more.filter(|found| known.insert(about(found)) && found.excuse.is_none());
        weigh(&cx, more.collect(), true);
    }
    findings.sort_by_key(|finding| (finding.severity, finding.explained.is_some()));
    identity::tell_apart(&mut findings);
    beside::note(&mut findings, submission);
    let kinds = FindingKind::ALL.into_iter();
    // What several make together is no relation more.
    let kinds = kinds.filter(|kind| *kind != FindingKind::Together);
    let relations = kinds.filter_map(|kind| {
        let checked = haul.checked.get(&kind).copied().unwrap_or(0);
        let broken = broken.get(&kind).copied().unwrap_or(0);
        (checked > 0 || broken > 0).then_some(Relations {
            kind,
            checked,
            broken,
        })
    });
    Audit {
        findings,
        joint,
        relations: relations.collect(),
        n_unweighed,
        n_figures: submission
            .claims
            .iter()
            .filter(|(id, _)| cx.counts(*id))
            .count(),
    }
}

/// The day of an audit, where none is asked for: that up to which figures count, else the last on
/// which one of them was published, else the last day of the latest year with a figure.
#[must_use]
pub fn audit_day(submission: &Submission, options: &Options) -> NaiveDate {
    let published = submission
        .claims
        .values()
        .filter_map(|claim| claim.published);
    let latest = published.map(|published| published.last_day()).max();
    let year = || options.clocks(submission).period.last_day();
    options.known_on.or(latest).unwrap_or_else(year)
}

/// What a finding is about, whatever its claims.
type About = (
    FindingKind,
    Option<RuleId>,
    Option<IndicatorId>,
    EntityId,
    Period,
    Tie,
);

fn about(found: &Found) -> About {
    let it = &found.finding;
    (
        it.kind,
        it.rule,
        it.indicator,
        it.entity,
        it.period,
        found.tie.clone(),
    )
}

/// Whether so many claims to one figure differ that another reading of one of them would leave the others apart.
fn is_of_many(cx: &Cx<'_>, found: &Found) -> bool {
    let claims = found.finding.claims.iter();
    let sets = claims.map(|id| ByEnds(&cx.submission.claims[*id].as_printed));
    matches!(found.tie, Tie::Same(_)) && sets.collect::<BTreeSet<_>>().len() > MOST_GROUPS
}

fn finding(
    cx: &Cx<'_>,
    web: &Web,
    mut found: Found,
    is_weighed: bool,
    is_believed: bool,
) -> AuditFinding {
    if is_believed && found.finding.kind != FindingKind::Slip {
        found.said = Message::new("finding-believed").with("said", found.said);
        found.finding.message =
            Message::new("finding-believed").with("said", found.finding.message);
    }
    let hypotheses = match found.excuse {
        None if is_weighed => hypothesis::hypotheses(cx, web, &found),
        _ => Vec::new(),
    };
    let figures = found.finding.claims.iter().map(|claim| AuditFigure {
        claim: *claim,
        name: {
            let claim = &cx.submission.claims[*claim];
            cx.name(&claim.figure, claim.entity, claim.window)
        },
        set: (*cx.submission.claims[*claim].as_printed).clone(),
        unit: Unit::of_figure(cx.program, &cx.submission.claims[*claim].figure),
        others: match is_weighed {
            true => hypothesis::others(cx, web, &found, *claim),
            false => (0, 0),
        },
        also: Vec::new(),
        n_also: 0,
    });
    let relations = match &found.tie {
        Tie::Together(ties) => joint::relations(cx, ties),
        _ => Vec::new(),
    };
    let compared = found.clash.as_ref().map(|(clash, unit)| Compared {
        computed: clash.computed.clone(),
        printed: clash.printed.clone(),
        unit: unit.clone(),
    });
    AuditFinding {
        id: identity::id(cx, &found.finding),
        digest: identity::digest(cx, &found.finding),
        severity: match is_believed {
            true => Severity::Implausible,
            false => Severity::of(found.finding.kind),
        },
        acknowledged: None,
        explained: found.excuse.as_ref().map(|excuse| excuse.message.clone()),
        relations,
        compared,
        figures: figures.collect(),
        hypotheses,
        said: found.said,
        finding: found.finding,
    }
}
