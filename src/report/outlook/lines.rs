//! What is said of one target on its way: sentences, from what was evaluated.

use super::BoardReport;
use crate::eval::{Outlook, Pooled};
use crate::explain::{Shown, Unit, no_pace_message, reach_message, rel_key};
use crate::figures::Submission;
use crate::message::{Arg, Message};
use crate::model::Method;
use crate::progress::{BreakKind, ByMethod, MethodName, Progress, Published, Standing};
use crate::report::chart::break_words;
use crate::set::Set;
use crate::verdict::{Cause, Causes, OutlookClass};

/// Base, figure and target in one sentence.
pub(super) fn way(progress: &Progress) -> Message {
    let shown = |set: &Set| Shown {
        set: set.clone(),
        unit: progress.unit.clone(),
    };
    let mut parts: Vec<Arg> = Vec::new();
    if let Some((period, value)) = &progress.baseline {
        parts.push(Arg::Message(
            Message::new("outlook-value")
                .with("period", period.to_string())
                .with("value", &shown(&Set::point(value.clone()))),
        ));
    }
    if let Some(figure) = progress.current() {
        parts.push(Arg::Message(published(progress, figure)));
    }
    if parts.is_empty() {
        parts.push(Arg::Message(Message::new("outlook-no-value")));
    }
    let key = match progress.due {
        Some(_) => "outlook-way",
        None => "outlook-way-each",
    };
    let due = progress.due.map(|due| due.to_string()).unwrap_or_default();
    Message::new(key)
        .with("values", Arg::List(parts))
        .with("op", Message::new(rel_key(progress.op, false)))
        .with("limit", &shown(&Set::point(progress.limit.clone())))
        .with("due", due)
}

fn published(progress: &Progress, figure: &Published) -> Message {
    let all = Set::all();
    let set = progress.known().unwrap_or_else(|| all.clone());
    if set == all {
        // Sets without an end on either side would look like numbers and say nothing.
        let printed = figure.readings.iter().flat_map(|reading| &reading.printed);
        let printed: Vec<&String> = printed.collect();
        return Message::new("outlook-value-printed")
            .with("period", figure.period.to_string())
            .with("printed", printed);
    }
    // Of several claims those are told that the outlook rests on.
    let outlook = progress.outlook.as_ref();
    let count = match outlook.map(|outlook| outlook.pooled) {
        Some(Pooled::One) => 1,
        Some(Pooled::Each(count) | Pooled::Common(count)) => count,
        None => figure.readings.len(),
    };
    let key = match (count, figure.is_disputed) {
        (0 | 1, _) => "outlook-value",
        (_, false) => "outlook-value-of",
        (_, true) => "outlook-value-disputed",
    };
    Message::new(key)
        .with("period", figure.period.to_string())
        .with("count", count)
        .with(
            "value",
            &Shown {
                set,
                unit: progress.unit.clone(),
            },
        )
}

/// Why figures say nothing of the pace, where it is that base and figure do not compare.
pub(super) fn breaks(progress: &Progress) -> Vec<Message> {
    let outlook = progress.outlook.as_ref();
    if !outlook.is_some_and(|outlook| outlook.causes.contains(Cause::DefinitionBreak)) {
        return Vec::new();
    }
    let judged = progress.row.judged;
    let breaks = progress.breaks.iter();
    breaks
        .filter(|found| found.kind == BreakKind::Basis || found.period == judged)
        .map(break_words)
        .collect()
}

/// What one method says of the pace and where it leads, each part a sentence of its own.
pub(super) fn paces(
    progress: &Progress,
    submission: &Submission,
    outlook: &Outlook,
) -> Vec<Message> {
    if says_nothing(outlook) {
        return vec![no_pace_message(submission, outlook)];
    }
    let mut said = Vec::new();
    said.extend(pace(progress, outlook));
    said.extend(leads_to(progress, outlook));
    said
}

/// Whether the figure bounds nothing, so that no number of the outlook does.
fn says_nothing(outlook: &Outlook) -> bool {
    [&outlook.score, &outlook.achieved]
        .into_iter()
        .any(|set| set.as_ref() == Some(&Set::all()))
}

fn pace(progress: &Progress, outlook: &Outlook) -> Option<Message> {
    let unit = if outlook.is_rate {
        Unit::percent()
    } else {
        progress.step_unit.clone()
    };
    let shown = |set: &Set| Shown {
        set: set.clone(),
        unit: unit.clone(),
    };
    let achieved = outlook.achieved.as_ref()?;
    Some(match &outlook.required {
        Some(required) => Message::new("outlook-pace")
            .with("required", &shown(required))
            .with("achieved", &shown(achieved)),
        None => Message::new("outlook-pace-alone").with("achieved", &shown(achieved)),
    })
}

/// The projection, and the year in which the target is reached.
fn leads_to(progress: &Progress, outlook: &Outlook) -> Option<Message> {
    let is_met = outlook.class == OutlookClass::MetEarly;
    let reach = outlook.reach.filter(|_| !is_met);
    let reach = reach.map(|reach| reach_message(&reach));
    let Some((set, due)) = outlook.projection.as_ref().zip(progress.due) else {
        return reach;
    };
    let shown = Shown {
        set: set.clone(),
        unit: progress.unit.clone(),
    };
    Some(match reach {
        Some(reach) => Message::new("outlook-due")
            .with("due", due.to_string())
            .with("projection", &shown)
            .with("reach", reach),
        None => Message::new("outlook-due-alone")
            .with("due", due.to_string())
            .with("projection", &shown),
    })
}

/// What a method compares, and with what.
fn score(progress: &Progress, outlook: &Outlook) -> Option<Message> {
    let unit = match &outlook.method {
        Some(Method::Waypoints(_)) => progress.unit.clone(),
        Some(Method::Linear) => Unit::percent(),
        _ => Unit::plain(),
    };
    let shown = |set: &Set| Shown {
        set: set.clone(),
        unit: unit.clone(),
    };
    let message = Message::new("explain-outlook-score")
        .with("score", &shown(outlook.score.as_ref()?))
        .with("threshold", &shown(&Set::point(outlook.threshold.clone()?)));
    Some(message)
}

/// Verdict, outlook and causes in a few words.
pub(super) fn stands(report: &BoardReport<'_>, standing: &Standing) -> String {
    let row = &standing.row;
    let mut parts = vec![Message::new(row.verdict.key()).render(report.lang)];
    let mut causes = row.causes;
    if let Some(class) = row.outlook {
        parts.push(Message::new(class.key()).render(report.lang));
        let own = standing.by_method.iter().find(|by| by.is_own);
        if let Some(outlook) = own.and_then(|by| by.outlook.as_ref()) {
            causes = causes.union(outlook.causes);
        }
    }
    if !causes.is_empty() {
        parts.push(cause_words(causes).render(report.lang));
    }
    parts.join(" \u{b7} ")
}

pub(super) fn cause_words(causes: Causes) -> Message {
    let causes = causes
        .iter()
        .map(|cause| Arg::Message(Message::new(cause.key())));
    Message::new("list").with("items", Arg::List(causes.collect()))
}

/// One method on a line of its own: its name, how the target stands by it, and its paces.
pub(super) fn by_method(
    report: &BoardReport<'_>,
    progress: Option<&Progress>,
    submission: &Submission,
    by: &ByMethod,
) -> (String, String) {
    let lang = report.lang;
    let name = by.name.map_or("method-name-none", |name| name.key());
    let own = if by.is_own { " *" } else { "" };
    let name = format!("{}{own}", Message::new(name).render(lang));
    let Some(outlook) = &by.outlook else {
        return (name, Message::new("outlook-not-applicable").render(lang));
    };
    let mut parts = vec![Message::new(outlook.class.key())];
    if !outlook.causes.is_empty() {
        parts.push(cause_words(outlook.causes));
    }
    if let Some(grade) = outlook.grade {
        parts.push(Message::new("outlook-grade").with("grade", Message::new(grade.key())));
    }
    if let Some(progress) = progress {
        if says_nothing(outlook) {
            parts.push(no_pace_message(submission, outlook));
        } else {
            parts.extend(score(progress, outlook));
            // The ratios count in the rates of the geometric method.
            let is_ratio = matches!(
                by.name,
                Some(MethodName::GrowthRatio | MethodName::ProjectionRatio)
            );
            parts.extend(pace(progress, outlook).filter(|_| !is_ratio));
            parts.extend(leads_to(progress, outlook));
        }
    }
    let parts: Vec<String> = parts.iter().map(|part| part.render(lang)).collect();
    let gap = Message::new("outlook-between").render(lang);
    (name, parts.join(&gap))
}
