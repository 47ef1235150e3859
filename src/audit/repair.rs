//! Repair: of figures that contradict each other, the fewest that must be wrong, and values that
//! would mend them.
//!
//! Findings go in; groups of contradictions that hang together come out, each with every smallest
//! set of figures such that all relations hold once these figures are free to be anything that is
//! declared (Fellegi and Holt). Every statement is proved exactly, and each proposal is put in place
//! and looked at by the code that finds contradictions. Changes no figure.

use std::collections::BTreeSet;

use crate::eval::Options;
use crate::explain::Unit;
use crate::figures::{ClaimId, Submission};
use crate::findings::{Cx, Found, Tie, Web};
use crate::message::Message;
use crate::model::{EntityId, RuleId};
use crate::number::Exact;
use crate::program::Program;
use crate::set::Set;

use super::{Audit, Severity, joint};

mod cover;
mod placed;
mod values;

use super::net::{Net, joined};
use cover::{Cover, Covers};

/// What is told of a group, and what it was found in, where it was.
type Group<'c> = (RepairGroup, Option<(Net<'c>, Vec<Cover>)>);

/// Figures that one group may hold together.
const MOST_CELLS: usize = 400;

/// Figures up to which all that hangs together with a group has to hold.
const MOST_WHOLE: usize = 100;

/// Times that a group is looked at with more relations, as a figure further out may be wrong.
const MOST_ROUNDS: usize = 4;

/// Which figures must be wrong, for all contradictions of an audit.
#[derive(Debug, Clone)]
pub struct Repairs {
    /// Contradictions that hang together, in the order of the audit.
    pub groups: Vec<RepairGroup>,
}

/// Contradictions that hang together.
#[derive(Debug, Clone)]
pub struct RepairGroup {
    /// Their places among the findings of the audit, ascending.
    pub findings: Vec<usize>,
    /// How many figures take part in the relations that have to hold.
    pub n_figures: usize,
    /// How many relations have to hold.
    pub n_relations: usize,
    /// These are all relations that hang together with the contradictions; else those one step away.
    pub is_whole: bool,
    /// How many figures must be wrong at least, or why that was not found out.
    pub fewest: Result<usize, Message>,
    /// Every set of so many figures that mends it, the least changes first.
    pub sets: Vec<RepairSet>,
    /// There are more such sets than are told.
    pub is_cut: bool,
}

/// Figures that, being wrong, explain all contradictions of a group.
#[derive(Debug, Clone)]
pub struct RepairSet {
    /// The figures.
    pub figures: Vec<Repaired>,
}

/// A figure that may be wrong, and what would mend the contradictions.
#[derive(Debug, Clone)]
pub struct Repaired {
    /// Its claims; none where it is the baseline of a plan.
    pub claims: Vec<ClaimId>,
    /// The rule whose baseline it is.
    pub baseline: Option<RuleId>,
    /// Its name.
    pub name: Message,
    /// What it allows as printed, in base units.
    pub printed: Set,
    /// The values that it may have, all figures outside the set as printed, in base units; nothing
    /// where they were not found out.
    pub range: Option<Set>,
    /// A value of it, near to the printed one, that mends the group with those of the other figures
    /// of the set.
    pub value: Exact,
    /// How far that is from what is printed, in steps of its last printed digit.
    pub steps: Exact,
    /// The unit in which it is shown.
    pub unit: Unit,
}

impl RepairSet {
    /// How far the figures are from what is printed, in steps of their last printed digits.
    #[must_use]
    pub fn steps(&self) -> Exact {
        let steps = self.figures.iter().map(|figure| &figure.steps);
        steps.fold(Exact::from(0), |all, one| all + one)
    }
}

/// Finds the fewest figures that must be wrong for the contradictions of an audit, and values that
/// would mend them. Nothing is changed.
///
/// ```
/// use plumbrule::audit::{audit, repairs};
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
///     sales,level,2022,100亿元\nsales,level,2023,191亿元\nsales,level,2024,121亿元\n\
///     sales,growth,2023,10%\nsales,growth,2024,10%\n";
/// submission.read_table(&program.model, "figures.csv", table.as_bytes(), &Limits::default());
/// let options = Options::default();
/// let found = audit(&program, &submission, &options);
/// assert_eq!(found.findings.len(), 2);
/// // One figure explains both: 191 for 110.
/// let repairs = repairs(&program, &submission, &options, &found);
/// assert_eq!(repairs.groups.len(), 1);
/// assert_eq!(repairs.groups[0].fewest, Ok(1));
/// assert_eq!(repairs.groups[0].sets.len(), 1);
/// ```
#[must_use]
pub fn repairs(
    program: &Program,
    submission: &Submission,
    options: &Options,
    audit: &Audit,
) -> Repairs {
    let clocks = options.clocks(submission);
    let cx = Cx::new(program, submission, &clocks);
    let web = Web::of(&cx);
    let mut haul = cx.all();
    let (together, _) = joint::look(&cx, &web, &haul);
    haul.found.extend(together);
    cx.sort(&mut haul);
    let all = haul.found;
    let is_open = |found: &&Found| {
        Severity::of(found.finding.kind) == Severity::Contradiction && found.excuse.is_none()
    };
    // What is explained need not hold.
    let excused: BTreeSet<(Tie, EntityId)> = all
        .iter()
        .filter(|found| found.excuse.is_some())
        .map(|found| (found.tie.clone(), found.finding.entity))
        .collect();
    let seeds: Vec<&Found> = all.iter().filter(is_open).collect();
    let place = |found: &Found| {
        let mut findings = audit.findings.iter();
        findings.position(|known| known.finding == found.finding)
    };
    let mut groups: Vec<Group<'_>> = Vec::new();
    for group in grouped(&cx, &web, &seeds, &excused) {
        let found: Vec<&Found> = group
            .iter()
            .filter_map(|n| seeds.get(*n).copied())
            .collect();
        let mut findings: Vec<usize> = found.iter().filter_map(|found| place(found)).collect();
        findings.sort_unstable();
        groups.push(solved(&cx, &web, &found, &excused, &findings));
    }
    placed::look(program, submission, &clocks, &mut groups);
    let mut groups: Vec<RepairGroup> = groups.into_iter().map(|(group, _)| group).collect();
    groups.sort_by_key(|group| group.findings.first().copied());
    Repairs { groups }
}

/// One group, with what its sets were found in: of all that hangs together with it, and of what is
/// next to it where that is too much.
fn solved<'c>(
    cx: &'c Cx<'c>,
    web: &'c Web,
    seeds: &[&Found],
    excused: &BTreeSet<(Tie, EntityId)>,
    findings: &[usize],
) -> Group<'c> {
    let whole = within(cx, web, seeds, excused, findings.to_vec(), MOST_WHOLE);
    match whole.0.fewest {
        Ok(_) => whole,
        Err(_) => within(cx, web, seeds, excused, findings.to_vec(), 0),
    }
}

fn within<'c>(
    cx: &'c Cx<'c>,
    web: &'c Web,
    seeds: &[&Found],
    excused: &BTreeSet<(Tie, EntityId)>,
    findings: Vec<usize>,
    most: usize,
) -> Group<'c> {
    let refused = |findings, net: Option<&Net<'_>>, why: &'static str| RepairGroup {
        findings,
        n_figures: net.map_or(0, Net::n_figures),
        n_relations: net.map_or(0, |net| net.bonds.len()),
        is_whole: false,
        fewest: Err(Message::new(why)),
        sets: Vec::new(),
        is_cut: false,
    };
    let mut net = Net::new(cx, web, excused);
    for seed in seeds {
        if let Err(why) = net.add_seed(seed) {
            return (refused(findings, Some(&net), why), None);
        }
    }
    for _ in 0..MOST_ROUNDS {
        let is_whole = net.settle(most);
        if net.cells.len() > MOST_CELLS {
            return (refused(findings, Some(&net), "repair-too-many"), None);
        }
        let covers = match cover::smallest(&net) {
            Covers::Found(covers) => covers,
            Covers::Refused(why) => return (refused(findings, Some(&net), why), None),
        };
        let freed: BTreeSet<usize> = covers
            .sets
            .iter()
            .flatten()
            .filter_map(|unit| Some(net.units.get(*unit)?.cell))
            .collect();
        // What binds a figure that may be wrong has to hold as well.
        let mut is_more = false;
        for cell in freed {
            is_more |= net.add_ties(cell);
        }
        if is_more {
            continue;
        }
        let mut sets: Vec<(RepairSet, Cover)> = Vec::new();
        for cover in covers.sets {
            match values::values(&net, &cover) {
                Some(set) => sets.push((set, cover)),
                None => return (refused(findings, Some(&net), "repair-unsure"), None),
            }
        }
        sets.sort_by(|(one, a), (other, b)| one.steps().cmp(&other.steps()).then(a.cmp(b)));
        let (sets, covers_of): (Vec<RepairSet>, Vec<Cover>) = sets.into_iter().unzip();
        let group = RepairGroup {
            findings,
            n_figures: net.n_figures(),
            n_relations: net.bonds.len(),
            is_whole,
            fewest: Ok(covers.size),
            sets,
            is_cut: covers.is_cut,
        };
        return (group, Some((net, covers_of)));
    }
    (refused(findings, Some(&net), "repair-too-many"), None)
}

/// Finds which contradictions hang together: those that share a figure, or between whose figures a
/// relation lies.
fn grouped(
    cx: &Cx<'_>,
    web: &Web,
    seeds: &[&Found],
    excused: &BTreeSet<(Tie, EntityId)>,
) -> Vec<Vec<usize>> {
    let mut net = Net::new(cx, web, excused);
    let mut lists = Vec::new();
    let mut all: BTreeSet<usize> = BTreeSet::new();
    for seed in seeds {
        let own: Vec<usize> = net.cells_of_seed(seed);
        all.extend(own.iter().copied());
        lists.push(own);
    }
    let n = lists.len();
    // A relation between two of their figures joins them as well.
    for cell in all {
        let Some((key, entity)) = net.cells.get(cell).map(|cell| (cell.key, cell.entity)) else {
            continue;
        };
        for tie in cx.ties(web, key, entity) {
            let cells: Vec<usize> = net.cells_of(&tie, entity).unwrap_or_default();
            lists.push(cells);
        }
    }
    let is_seed = |place: &usize| *place < n;
    let groups = joined(&lists).into_iter();
    groups
        .map(|group| group.into_iter().filter(is_seed).collect::<Vec<usize>>())
        .filter(|group| !group.is_empty())
        .collect()
}
