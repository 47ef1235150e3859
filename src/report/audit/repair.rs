//! Which figures must be wrong, in words: sentences that every form of an audit shares.

use super::AuditReport;
use crate::audit::{RepairGroup, RepairSet, Repaired, Repairs};
use crate::explain::Shown;
use crate::message::{Arg, Message};
use crate::set::{End, Set};

/// How many figures must be wrong in all, as far as that was found out.
pub(in crate::report) fn title(repairs: &Repairs) -> Message {
    let groups = repairs.groups.iter();
    let counts = groups.filter_map(|group| group.fewest.as_ref().ok());
    match repairs.groups.is_empty() {
        true => Message::new("repair-none"),
        false => Message::new("repair-title").with("count", counts.sum::<usize>()),
    }
}

/// The contradictions of a group, by their ids.
pub(in crate::report) fn ids<'r>(report: &AuditReport<'r>, group: &RepairGroup) -> Vec<&'r str> {
    let places = group.findings.iter();
    let findings = places.filter_map(|place| report.audit.findings.get(*place));
    findings.map(|finding| finding.id.as_str()).collect()
}

/// How few figures of a group must be wrong.
pub(in crate::report) fn fewest(group: &RepairGroup) -> Message {
    let count = match &group.fewest {
        Ok(count) => *count,
        Err(why) => return Message::new("repair-refused").with("why", why.clone()),
    };
    let key = match group.is_cut {
        true => "repair-fewest-cut",
        false => "repair-fewest",
    };
    Message::new(key)
        .with("count", count)
        .with("sets", group.sets.len())
        .with("figures", group.n_figures)
        .with("relations", group.n_relations)
}

/// That relations further out were not asked for, where that is so.
pub(in crate::report) fn near(group: &RepairGroup) -> Option<Message> {
    let is_near = group.fewest.is_ok() && !group.is_whole;
    is_near.then(|| Message::new("repair-near"))
}

/// One set of figures with the values that would mend a group.
pub(in crate::report) fn set(report: &AuditReport<'_>, n: usize, set: &RepairSet) -> Message {
    let figures = set.figures.iter();
    let figures = figures.map(|one| Arg::Message(figure(report, one)));
    Message::new("repair-set")
        .with("number", n)
        .with("figures", Arg::List(figures.collect()))
}

fn figure(report: &AuditReport<'_>, one: &Repaired) -> Message {
    let key = match &one.range {
        None => "repair-figure-value",
        Some(range) if range.is_point() => "repair-figure-point",
        Some(range) if is_any(range) => "repair-figure-any",
        Some(_) => "repair-figure",
    };
    Message::new(key)
        .with("figure", one.name.clone())
        .with("claims", claims(report, one))
        .with(
            "range",
            &shown(one, one.range.clone().unwrap_or_else(Set::all)),
        )
        .with("value", &value(one))
}

/// What is printed of a figure that may be wrong, and where.
pub(in crate::report) fn claims(report: &AuditReport<'_>, one: &Repaired) -> Message {
    if let Some(rule) = one.baseline {
        let rule = &report.side.run.program.model.rules[rule].id;
        return Message::new("repair-baseline").with("rule", rule);
    }
    let claims = one.claims.iter();
    let claims = claims.map(|claim| Arg::Message(report.side.claim(*claim)));
    Message::new("list").with("items", Arg::List(claims.collect()))
}

/// The value that is proposed for a figure.
pub(in crate::report) fn value(one: &Repaired) -> Shown {
    shown(one, Set::point(one.value.clone()))
}

/// Values of a figure in its unit.
pub(in crate::report) fn shown(one: &Repaired, set: Set) -> Shown {
    Shown {
        set,
        unit: one.unit.clone(),
    }
}

fn is_any(set: &Set) -> bool {
    (set.lo(), set.hi()) == (&End::Unbounded, &End::Unbounded)
}
