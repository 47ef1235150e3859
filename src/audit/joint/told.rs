//! Contradictions of several relations as findings: the relations in words, the figures that are
//! needed, and what one of them would be by all others.

use crate::explain::{Shown, Unit, named as label_or_id};
use crate::figures::ClaimId;
use crate::findings::{Bond, Clash as Apart, Cx, Finding, FindingKind, Found, KeyId, Plan, Tie};
use crate::findings::{Others, Way};
use crate::message::{Arg, Message};
use crate::model::EntityId;
use crate::set::Set;

use super::{About, Clash};
use crate::audit::JointRelation;

/// A contradiction as a finding.
pub(super) fn found(cx: &Cx<'_>, clash: &Clash<'_>) -> Option<Found> {
    let net = &clash.net;
    let bonds = clash.core.bonds.iter();
    let mut ties: Vec<About> = bonds
        .filter_map(|bond| Some(net.bonds.get(*bond)?.about.clone()))
        .collect();
    ties.sort();
    let bounds = clash.bounds.iter().filter_map(|cell| net.cells.get(*cell));
    ties.extend(bounds.map(|cell| (Tie::Bounds(cell.key), cell.entity)));
    let mut picks: Vec<(KeyId, usize, Vec<ClaimId>)> = Vec::new();
    for n in &clash.core.units {
        let unit = net.units.get(*n)?;
        let cell = net.cells.get(unit.cell)?;
        match unit.baseline {
            Some(rule) => ties.push((Tie::Baseline(rule, cell.key), cell.entity)),
            None => picks.push((cell.key, *n, sufficient(cx, clash, *n))),
        }
    }
    picks.sort();
    let claims: Vec<ClaimId> = picks
        .iter()
        .flat_map(|(.., claims)| claims.clone())
        .collect();
    let period = |key: KeyId| cx.book.key(key).map(|key| key.period);
    let mut order: Vec<&(KeyId, usize, Vec<ClaimId>)> = picks.iter().collect();
    order.sort_by_key(|(key, ..)| std::cmp::Reverse((period(*key), *key)));
    let (owner, first, _) = order.first()?;
    let entity = net.cells.get(net.units.get(*first)?.cell)?.entity;
    let plain = Message::new(match clash.is_least {
        true => "finding-together",
        false => "finding-together-more",
    })
    .with("count", ties.len());
    let compared = order
        .iter()
        .find_map(|(key, unit, _)| compared(cx, clash, *key, *unit, &plain));
    let key = cx.book.key(*owner)?;
    let (said, apart, gap) = match compared {
        Some((said, apart, unit, gap)) => (said, Some((apart, unit)), Some(gap)),
        None => (plain, None, None),
    };
    let relations = relations(cx, &ties).into_iter();
    let relations: Vec<Arg> = relations.map(|one| Arg::Message(one.said)).collect();
    let named: Vec<Message> = claims.iter().map(|id| cx.named(*id)).collect();
    let message = Message::new("finding-together-figures")
        .with("said", said.clone())
        .with("relations", Arg::List(relations))
        .with("figures", named);
    let finding = Finding {
        kind: FindingKind::Together,
        rule: None,
        indicator: Some(key.figure.indicator),
        entity,
        period: key.period,
        claims,
        message,
        gap,
    };
    Some(Found {
        excuse: cx.excuse_of_marks(&finding.claims),
        finding,
        said,
        tie: Tie::Together(ties),
        clash: apart,
    })
}

/// Of several claims to a figure one, where it suffices.
fn sufficient(cx: &Cx<'_>, clash: &Clash<'_>, unit: usize) -> Vec<ClaimId> {
    let all = clash.net.units.get(unit).map(|unit| unit.claims.clone());
    let all = all.unwrap_or_default();
    if all.len() < 2 {
        return all;
    }
    let mut tries = all.clone();
    tries.sort_by(|a, b| cx.submission.order(*a, *b));
    let alone = tries.into_iter().find(|id| {
        let mut net = clash.net.clone();
        if let Some(unit) = net.units.get_mut(unit) {
            unit.set = cx.submission.claims[*id].as_printed.closure();
        }
        clash.is_with(&net)
    });
    alone.map_or(all, |id| vec![id])
}

/// A figure against what all others allow, where that is found out and is another number.
fn compared(
    cx: &Cx<'_>,
    clash: &Clash<'_>,
    key: KeyId,
    unit: usize,
    plain: &Message,
) -> Option<(Message, Apart, Unit, (crate::number::Exact, Unit))> {
    let computed = clash.range(unit)?;
    let own = clash.net.units.get(unit)?;
    let cell = clash.net.cells.get(own.cell)?;
    let printed = own.set.clone();
    let gap = computed.gap(&printed)?;
    let key = cx.book.key(key)?;
    let unit = Unit::of_figure(cx.program, key.figure);
    let gap_unit = unit.clone().of_difference_in(cx.program, key.figure);
    let shown = |set: &Set, unit: &Unit| Shown {
        set: set.clone(),
        unit: unit.clone(),
    };
    let said = Message::new("finding-together-sides")
        .with("said", plain.clone())
        .with("figure", cx.name(key.figure, cell.entity, key.period))
        .with("computed", &shown(&computed, &unit))
        .with("printed", &shown(&printed, &unit))
        .with("gap", &shown(&Set::point(gap.clone()), &gap_unit));
    let apart = Apart {
        computed,
        printed,
        gap: gap.clone(),
    };
    Some((said, apart, unit, (gap, gap_unit)))
}

/// The relations of a contradiction, in words.
pub(in crate::audit) fn relations(cx: &Cx<'_>, ties: &[About]) -> Vec<JointRelation> {
    let one = |(tie, entity): &About| {
        let (kind, said) = relation(cx, tie, *entity)?;
        Some(JointRelation { kind, said })
    };
    ties.iter().filter_map(one).collect()
}

fn relation(cx: &Cx<'_>, tie: &Tie, entity: EntityId) -> Option<(FindingKind, Message)> {
    let model = &cx.program.model;
    let said = match tie {
        Tie::Bond(n) => {
            let plan = cx.plans.get(*n)?;
            return Some((plan.kind, bond(cx, plan, entity)?));
        }
        Tie::Check(rule, period) => {
            let rule = &model.rules[*rule];
            let said = Message::new("tie-check")
                .with("rule", &rule.id)
                .with("label", &rule.label)
                .with("about", cx.about(entity, *period));
            (FindingKind::Check, said)
        }
        Tie::Identity(n, period) => {
            let identity = cx.program.identities.get(*n)?;
            let indicator = &model.indicators[identity.indicator];
            let written = indicator.identities.get(identity.index)?;
            let said = Message::new("tie-identity")
                .with("indicator", label_or_id(&indicator.label, &indicator.id))
                .with("words", cx.program.sources.slice(written.value.span))
                .with("about", cx.about(entity, *period));
            (FindingKind::Identity, said)
        }
        Tie::Bounds(key) => {
            let key = cx.book.key(*key)?;
            let indicator = &model.indicators[key.figure.indicator];
            let bounds = Shown {
                set: indicator.bounds.clone().unwrap_or_else(Set::all),
                unit: Unit::of_figure(cx.program, key.figure),
            };
            let said = Message::new("tie-bounds")
                .with("figure", cx.name(key.figure, entity, key.period))
                .with("bounds", &bounds);
            (FindingKind::Bounds, said)
        }
        Tie::Baseline(rule, key) => {
            let key = cx.book.key(*key)?;
            let rule = &model.rules[*rule];
            let baseline = Shown {
                set: Set::point(rule.baseline.as_ref()?.value.clone()),
                unit: Unit::of_figure(cx.program, key.figure),
            };
            let said = Message::new("tie-baseline")
                .with("figure", cx.name(key.figure, entity, key.period))
                .with("rule", &rule.id)
                .with("baseline", &baseline);
            (FindingKind::Baseline, said)
        }
        _ => return None,
    };
    Some(said)
}

fn bond(cx: &Cx<'_>, plan: &Plan, entity: EntityId) -> Option<Message> {
    let name = |key: KeyId| {
        let key = cx.book.key(key)?;
        Some(cx.name(key.figure, entity, key.period))
    };
    let [way] = plan.ways.as_slice() else {
        let now = *plan.ways.first()?.cells.first()?;
        return Some(
            Message::new("tie-windows")
                .with("figure", name(plan.owner)?)
                .with("now", name(now)?),
        );
    };
    let is_there = |key: &KeyId| {
        let key = cx.book.key(*key);
        key.is_some_and(|key| !key.of(entity).is_empty())
    };
    let names: Vec<Message> = way.cells.iter().filter_map(|key| name(*key)).collect();
    let said = match (&way.bond, names.as_slice()) {
        (Bond::Growth, [now, before, growth]) => moved("tie-growth", now, before, growth),
        (Bond::AverageGrowth(_), [now, before, growth]) => {
            moved("tie-growth-yearly", now, before, growth)
        }
        (Bond::Change, [now, before, change]) => moved("tie-change", now, before, change),
        (Bond::AverageChange(_), [now, before, change]) => {
            moved("tie-change-yearly", now, before, change)
        }
        (Bond::Share, [part, whole, share]) => Message::new("tie-share")
            .with("figure", share.clone())
            .with("part", part.clone())
            .with("whole", whole.clone()),
        (Bond::Within, [part, whole]) => Message::new("tie-within")
            .with("part", part.clone())
            .with("whole", whole.clone()),
        (Bond::Rising, [before, now]) => Message::new("tie-rising")
            .with("now", now.clone())
            .with("before", before.clone()),
        (Bond::Parts(_) | Bond::Shares(_), _) => {
            let there = |way: &Way| way.cells.iter().copied().filter(is_there).collect();
            let there: Vec<KeyId> = there(way);
            return added(&way.bond, &there, name);
        }
        _ => return None,
    };
    Some(said)
}

fn moved(key: &'static str, now: &Message, before: &Message, rate: &Message) -> Message {
    Message::new(key)
        .with("figure", rate.clone())
        .with("now", now.clone())
        .with("before", before.clone())
}

/// Parts that add up, by the figures that are there.
fn added(bond: &Bond, there: &[KeyId], name: impl Fn(KeyId) -> Option<Message>) -> Option<Message> {
    let (rest, whole, parts) = match (bond, there) {
        (Bond::Parts(rest), [whole, parts @ ..]) => (rest, Some(*whole), parts),
        (Bond::Shares(rest), parts) => (rest, None, parts),
        _ => return None,
    };
    let is_whole = rest.others(parts.len()) == Others::None;
    let key = match (whole.is_some(), is_whole) {
        (true, true) => "tie-parts",
        (true, false) => "tie-parts-open",
        (false, true) => "tie-shares",
        (false, false) => "tie-shares-open",
    };
    let parts: Vec<Message> = parts.iter().filter_map(|part| name(*part)).collect();
    let said = Message::new(key).with("parts", parts);
    Some(match whole {
        Some(whole) => said.with("whole", name(whole)?),
        None => said,
    })
}
