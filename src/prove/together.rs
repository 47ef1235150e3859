//! Rules of one pack together: those that no figures meet, those that cannot be met at once, and those
//! that follow from others. A program goes in; findings come out, each with the least that it rests on.

use std::collections::BTreeSet;

use super::asked::{Asked, Body, body};
use super::formula::Node;
use super::packs::{anchor, settings};
use super::search::{Found, search};
use super::terms::Truths;
use super::world::World;
use super::{Doubt, Setting};
use crate::model::{IndicatorId, Rule, RuleId, RuleKind, When};
use crate::program::Program;
use crate::set::Set;

mod parts;

use parts::{kept, parts};

/// What a proof rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// A rule.
    Rule(RuleId),
    /// An identity of an indicator.
    Identity(IndicatorId),
    /// The declared bounds of an indicator, by its id.
    Bounds(String),
}

/// What was proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingKind {
    /// No figures meet the rule.
    NeverMet,
    /// The rule applies to no figures.
    NeverApplies,
    /// No figures meet the rule and all on which it rests.
    Clash,
    /// Whatever meets all on which it rests meets the rule.
    Implied,
}

/// Something that was proved of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub kind: FindingKind,
    /// Of which rule.
    pub rule: RuleId,
    /// What it rests on beside the rule. Each was left out in turn, and then it was no longer proved.
    pub grounds: Vec<Ground>,
}

/// What was proved of the rules of a pack, and what was not looked into.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Together {
    /// What was proved.
    pub findings: Vec<Finding>,
    /// Rules of which something was not looked into, with why.
    pub doubts: BTreeSet<(RuleId, Doubt)>,
}

/// Clashes that are told of rules that hang together.
const MOST_CLASHES: usize = 5;

/// Pairs of rules with conditions that are asked for among rules that hang together.
const MOST_PAIRS: usize = 400;

/// Clocks at which rules are due that rules of every period are asked at.
const MOST_DUE: usize = 12;

/// A rule, read at its clocks.
struct Member {
    id: RuleId,
    setting: Setting,
    goal: Truths,
    applies: Truths,
    names: BTreeSet<super::world::Key>,
}

impl Member {
    fn is(&self, other: &Member) -> bool {
        (self.id, self.setting) == (other.id, other.setting)
    }
}

/// Asks the goals and checks of a pack itself, those of the same bodies together.
///
/// ```
/// use plumbrule::prove::{FindingKind, together};
///
/// let mut sources = plumbrule::Sources::with_std();
/// sources.add("pack.plumb", r#"
/// pack city "City plan" { entity city }
/// entity city "The city" {}
/// indicator homes "Homes" { kind stock unit 户 }
/// indicator linked "Homes that are linked" { kind stock unit 户 }
/// check parts "Parts" { require linked at most homes }
/// target few "Homes" { require homes less than 100户 by 2025 }
/// target many "Links" { require linked at least 120户 by 2025 }
/// "#);
/// let program = plumbrule::compile(&sources).map_err(|_| "a problem in the pack")?;
/// let found = together(&program).findings;
/// assert_eq!((found.len(), found[0].kind), (1, FindingKind::Clash));
/// assert_eq!(found[0].grounds.len(), 2);
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn together(program: &Program) -> Together {
    let mut told = Together::default();
    let mut bodies: Vec<(Body, Vec<RuleId>)> = Vec::new();
    for (id, rule) in program.model.rules.iter() {
        if !program.is_own(rule.span) || !is_asked(rule) {
            continue;
        }
        if rule.milestone.is_some() {
            told.doubts.insert((id, Doubt::Evidence));
            continue;
        }
        match body(program, rule) {
            Err(doubt) => {
                told.doubts.insert((id, doubt));
            }
            Ok(body) => match bodies.iter_mut().find(|(known, _)| *known == body) {
                Some((_, rules)) => rules.push(id),
                None => bodies.push((body, vec![id])),
            },
        }
    }
    let anchor = anchor(program);
    for (body, rules) in bodies {
        let mut group = Group {
            program,
            body: &body,
            world: World::default(),
            told: &mut told,
        };
        group.look(&rules, anchor);
    }
    told
}

/// Whether a rule asks something of figures that can fail.
fn is_asked(rule: &Rule) -> bool {
    let is_kind = matches!(
        rule.kind,
        RuleKind::Target | RuleKind::Check | RuleKind::Milestone
    );
    is_kind && rule.modality.is_binding() && rule.deadline.is_none()
}

/// Rules of the same bodies.
struct Group<'a> {
    program: &'a Program,
    body: &'a Body,
    world: World,
    told: &'a mut Together,
}

impl Group<'_> {
    fn look(&mut self, rules: &[RuleId], anchor: i32) {
        let members = self.members(rules, anchor);
        let identities = self.identities(&members);
        for part in parts(&members, &identities) {
            let identities: Vec<(IndicatorId, Node)> = part
                .1
                .iter()
                .filter_map(|n| identities.get(*n))
                .map(|(id, node, _)| (*id, *node))
                .collect();
            let members: Vec<&Member> = part.0.iter().filter_map(|n| members.get(*n)).collect();
            self.look_at(&members, &identities);
        }
    }

    /// Each rule at the last clocks at which it is judged; those that are judged in every period also
    /// at the clocks at which others are due.
    fn members(&mut self, rules: &[RuleId], anchor: i32) -> Vec<Member> {
        let program = self.program;
        let mut due: BTreeSet<Setting> = BTreeSet::new();
        let mut asked: Vec<(RuleId, BTreeSet<Setting>)> = Vec::new();
        for id in rules {
            let (settings, _) = settings([program; 2], [*id; 2], anchor);
            let is_judged =
                |setting: &Setting| Asked::new(program, 0, *setting, self.body).is_in_force(*id);
            let last = settings.into_iter().rev().find(is_judged);
            if matches!(
                program.model.rules[*id].when,
                When::By(_) | When::ReachedBy(_)
            ) {
                due.extend(last);
            }
            asked.push((*id, last.into_iter().collect()));
        }
        let due: Vec<Setting> = due.into_iter().rev().take(MOST_DUE).collect();
        for (id, settings) in &mut asked {
            if matches!(program.model.rules[*id].when, When::Each { .. }) {
                settings.extend(&due);
            }
        }
        let mut members = Vec::new();
        for (id, settings) in asked {
            for setting in settings {
                members.extend(self.member(id, setting));
            }
        }
        members
    }

    /// A rule at some clocks.
    fn member(&mut self, id: RuleId, setting: Setting) -> Option<Member> {
        let mut asked = Asked::new(self.program, 0, setting, self.body);
        let (goal, applies) = asked.goal_and_condition(&mut self.world, id)?;
        for doubt in &asked.doubts {
            self.told.doubts.insert((id, *doubt));
        }
        if !asked.present.is_empty() {
            self.told.doubts.insert((id, Doubt::Presence));
            return None;
        }
        let names = self.world.named(&[goal.yes, goal.no, applies.yes]);
        Some(Member {
            id,
            setting,
            goal,
            applies,
            names,
        })
    }

    /// The identities that the figures of rules stand in.
    fn identities(
        &mut self,
        members: &[Member],
    ) -> Vec<(IndicatorId, Node, BTreeSet<super::world::Key>)> {
        let settings: BTreeSet<Setting> = members.iter().map(|member| member.setting).collect();
        let mut found = Vec::new();
        for setting in settings {
            let asked = Asked::new(self.program, 0, setting, self.body);
            for identity in &self.program.identities {
                if let Some(node) = asked.agreed(&mut self.world, &identity.root, setting.period) {
                    let names = self.world.named(&[node]);
                    found.push((identity.indicator, node, names));
                }
            }
        }
        found
    }

    fn is_never(&self, roots: &[Node]) -> bool {
        search(&self.world, roots) == Found::Never
    }

    /// Rules that hang together by their figures.
    fn look_at(&mut self, members: &[&Member], identities: &[(IndicatorId, Node)]) {
        let background: Vec<Node> = identities.iter().map(|(_, node)| *node).collect();
        let with = |more: &[Node]| [background.as_slice(), more].concat();
        let mut sound: Vec<&Member> = Vec::new();
        for member in members {
            let own = [member.applies.yes, member.goal.yes];
            if self.is_never(&with(&[member.applies.yes])) {
                self.tell(
                    FindingKind::NeverApplies,
                    member,
                    &own[..1],
                    &[],
                    identities,
                );
            } else if self.is_never(&with(&own)) {
                // What never fails either has no answer at these clocks.
                if self.is_never(&with(&[member.applies.yes, member.goal.no])) {
                    self.told.doubts.insert((member.id, Doubt::Open));
                } else {
                    self.tell(FindingKind::NeverMet, member, &own, &[], identities);
                }
            } else {
                sound.push(member);
            }
        }
        // Of rules that cannot hold together anything would follow.
        let clashing = self.clashes(&sound, identities);
        if let Some(clashing) = clashing {
            sound.retain(|member| !clashing.contains(&(member.id, member.setting)));
            self.implied(&sound, identities);
        }
    }

    /// Rules that cannot be met together; those without which the others can, where those are known.
    fn clashes(
        &mut self,
        members: &[&Member],
        identities: &[(IndicatorId, Node)],
    ) -> Option<BTreeSet<(RuleId, Setting)>> {
        let background: Vec<Node> = identities.iter().map(|(_, node)| *node).collect();
        let is_always = |member: &&&Member| self.world.forms.is_truth(member.applies.yes, true);
        let (mut always, sometimes): (Vec<&Member>, Vec<&Member>) = members
            .iter()
            .copied()
            .partition(|member| is_always(&member));
        let mut clashing = BTreeSet::new();
        let mut is_sound = false;
        for _ in 0..MOST_CLASHES {
            let goals: Vec<Node> = always.iter().map(|member| member.goal.yes).collect();
            if always.len() < 2 || !self.is_never(&[background.clone(), goals].concat()) {
                is_sound = true;
                break;
            }
            let Some(last) = self.least_clash(&always, identities) else {
                break;
            };
            always.retain(|member| (member.id, member.setting) != last);
            clashing.insert(last);
        }
        let goals: Vec<Node> = always.iter().map(|member| member.goal.yes).collect();
        let held = [background, goals].concat();
        let (mut n_pairs, n_before) = (0, self.told.findings.len());
        for (n, one) in sometimes.iter().enumerate() {
            let own = [one.applies.yes, one.goal.yes];
            let with = |more: &[Node]| [held.as_slice(), more].concat();
            if self.is_never(&with(&own)) {
                if !self.is_never(&with(&own[..1])) {
                    self.tell(FindingKind::Clash, one, &own, &always, identities);
                }
                continue;
            }
            for other in sometimes.iter().skip(n + 1) {
                if one.names.is_disjoint(&other.names) || n_pairs >= MOST_PAIRS {
                    continue;
                }
                n_pairs += 1;
                let both = [
                    one.applies.yes,
                    other.applies.yes,
                    one.goal.yes,
                    other.goal.yes,
                ];
                // Where one of them cannot be met by itself, it is not the other that forbids it.
                let alone = [&both[..3], &[both[0], both[1], both[3]]];
                let can_each = alone.iter().all(|goal| !self.is_never(&with(goal)));
                if can_each && self.is_never(&with(&both)) {
                    let own = [other.applies.yes, other.goal.yes, one.applies.yes];
                    self.tell(
                        FindingKind::Clash,
                        other,
                        &own,
                        &[&[*one], always.as_slice()].concat(),
                        identities,
                    );
                }
            }
        }
        is_sound &= self.told.findings.len() == n_before;
        is_sound.then_some(clashing)
    }

    /// The least clash among rules without condition; the last of its rules.
    fn least_clash(
        &mut self,
        members: &[&Member],
        identities: &[(IndicatorId, Node)],
    ) -> Option<(RuleId, Setting)> {
        let mut left: Vec<&Member> = members.to_vec();
        let background: Vec<Node> = identities.iter().map(|(_, node)| *node).collect();
        for member in members.iter().rev() {
            let without = left.iter().filter(|one| !one.is(member));
            let goals: Vec<Node> = without.map(|one| one.goal.yes).collect();
            if self.is_never(&[background.clone(), goals].concat()) {
                left.retain(|one| !one.is(member));
            }
        }
        let (last, others) = left.split_last()?;
        self.tell(
            FindingKind::Clash,
            last,
            &[last.goal.yes],
            others,
            identities,
        );
        Some((last.id, last.setting))
    }

    fn implied(&mut self, members: &[&Member], identities: &[(IndicatorId, Node)]) {
        let background: Vec<Node> = identities.iter().map(|(_, node)| *node).collect();
        let mut told: BTreeSet<(RuleId, Setting)> = BTreeSet::new();
        for member in members.iter().rev() {
            // What is judged more seldom takes nothing off what is judged always.
            let rule = |member: &Member| {
                let rule = &self.program.model.rules[member.id];
                (rule.kind, rule.when, &rule.under)
            };
            let is_alike = |other: &&&Member| {
                other.id != member.id
                    && other.setting == member.setting
                    && rule(other) == rule(member)
                    && !told.contains(&(other.id, other.setting))
            };
            let others: Vec<&Member> = members.iter().filter(is_alike).copied().collect();
            let own = [member.applies.yes, member.goal.no];
            let kept: Vec<Node> = others
                .iter()
                .map(|other| kept(&mut self.world, other))
                .collect();
            let roots = [background.as_slice(), &own, &kept].concat();
            if self.is_never(&roots) {
                told.insert((member.id, member.setting));
                self.tell(FindingKind::Implied, member, &own, &others, identities);
            }
        }
    }

    /// Tells what was proved with the least that it rests on.
    fn tell(
        &mut self,
        kind: FindingKind,
        member: &Member,
        own: &[Node],
        others: &[&Member],
        identities: &[(IndicatorId, Node)],
    ) {
        let mut grounds: Vec<(Ground, Node)> = Vec::new();
        for other in others {
            let node = match kind {
                FindingKind::Implied => kept(&mut self.world, other),
                _ => self
                    .world
                    .forms
                    .all(vec![other.applies.yes, other.goal.yes]),
            };
            grounds.push((Ground::Rule(other.id), node));
        }
        let known = identities.iter();
        grounds.extend(known.map(|(id, node)| (Ground::Identity(*id), *node)));
        let mut n = grounds.len();
        while n > 0 {
            n -= 1;
            let without = grounds.iter().enumerate().filter(|(at, _)| *at != n);
            let nodes: Vec<Node> = without.map(|(_, (_, node))| *node).collect();
            if self.is_never(&[own, &nodes].concat()) {
                grounds.remove(n);
            }
        }
        let nodes: Vec<Node> = grounds.iter().map(|(_, node)| *node).collect();
        let roots = [own, &nodes].concat();
        let mut found: Vec<Ground> = grounds.into_iter().map(|(ground, _)| ground).collect();
        found.extend(self.bounds(&roots));
        found.sort();
        found.dedup();
        let finding = Finding {
            kind,
            rule: member.id,
            grounds: found,
        };
        if !self.told.findings.contains(&finding) {
            self.told.findings.push(finding);
        }
    }

    /// The bounds without which formulas could hold together.
    fn bounds(&mut self, roots: &[Node]) -> Vec<Ground> {
        let mut found = Vec::new();
        let mut opened = Vec::new();
        for number in self.world.forms.names(roots).numbers {
            let Some(known) = self.world.numbers.get_mut(number) else {
                continue;
            };
            let bounds = std::mem::replace(&mut known.bounds, Set::all());
            let name = known
                .figure
                .as_ref()
                .map(|figure| figure.key.indicator.clone());
            if bounds == Set::all() || self.is_never(roots) {
                opened.push((number, bounds));
                continue;
            }
            if let Some(known) = self.world.numbers.get_mut(number) {
                known.bounds = bounds;
            }
            found.extend(name.map(Ground::Bounds));
        }
        for (number, bounds) in opened {
            if let Some(known) = self.world.numbers.get_mut(number) {
                known.bounds = bounds;
            }
        }
        found
    }
}
