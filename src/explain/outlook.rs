//! The outlook of a pending target in words.

use super::nodes::cause_words;
use super::show::{Shown, Unit};
use super::{Cx, Node, NodeKind};
use crate::eval::Outlook;
use crate::message::Message;
use crate::model::{ExprKind, Method, Rule};
use crate::set::Set;
use crate::verdict::OutlookClass;

impl Cx<'_> {
    pub(super) fn outlook(&self, rule: &Rule, outlook: &Outlook, address: &str) -> Node {
        let key = match outlook.class {
            OutlookClass::MetEarly => "explain-outlook-met-early",
            OutlookClass::OnTrack => "explain-outlook-on-track",
            OutlookClass::OffTrack => "explain-outlook-off-track",
            OutlookClass::Undetermined => "explain-outlook-undetermined",
        };
        let message = Message::new(key).with("causes", cause_words(outlook.causes));
        let mut node = Node::new(address.to_owned(), NodeKind::Outlook, message);
        node.claims.clone_from(&outlook.claims);
        node.children = self.outlook_parts(rule, outlook, address);
        node
    }

    /// Method, score, grade, paces and projection, as far as the method has them.
    fn outlook_parts(&self, rule: &Rule, outlook: &Outlook, address: &str) -> Vec<Node> {
        let unit = self.subject_unit(rule);
        let mut parts = Vec::new();
        let mut add = |name: &str, message: Message, set: Option<(Set, Unit)>| {
            let mut child = Node::new(format!("{address}/{name}"), NodeKind::Outlook, message);
            if let Some((set, unit)) = set {
                child = child.with_set(set, unit);
            }
            parts.push(child);
        };
        let Some(method) = &outlook.method else {
            add("method", Message::new("explain-outlook-no-method"), None);
            return parts;
        };
        add("method", Message::new(method_key(method)), None);
        let step_unit = if outlook.is_rate {
            Unit::percent()
        } else {
            self.difference_unit(rule, &unit)
        };
        let score_unit = match method {
            Method::Waypoints(_) => unit.clone(),
            Method::Linear => Unit::percent(),
            _ => Unit::plain(),
        };
        if let (Some(score), Some(threshold)) = (&outlook.score, &outlook.threshold) {
            let shown = Shown {
                set: score.clone(),
                unit: score_unit.clone(),
            };
            let limit = Shown {
                set: Set::point(threshold.clone()),
                unit: score_unit.clone(),
            };
            let message = Message::new("explain-outlook-score")
                .with("score", &shown)
                .with("threshold", &limit);
            add("score", message, Some((score.clone(), score_unit)));
        }
        if let Some(grade) = outlook.grade {
            let message =
                Message::new("explain-outlook-grade").with("grade", Message::new(grade.key()));
            add("grade", message, None);
        }
        for (name, key, set, unit) in [
            (
                "achieved",
                "explain-outlook-achieved",
                &outlook.achieved,
                &step_unit,
            ),
            (
                "required",
                "explain-outlook-required",
                &outlook.required,
                &step_unit,
            ),
            (
                "projection",
                "explain-outlook-projection",
                &outlook.projection,
                &unit,
            ),
        ] {
            if let Some(set) = set {
                let shown = Shown {
                    set: set.clone(),
                    unit: unit.clone(),
                };
                add(
                    name,
                    Message::new(key).with("set", &shown),
                    Some((set.clone(), unit.clone())),
                );
            }
        }
        parts
    }

    /// The unit of the quantity that a target is about.
    pub(super) fn subject_unit(&self, rule: &Rule) -> Unit {
        let subject = self.program.rules[self.rule].subject.as_ref();
        match (&rule.level, subject) {
            (Some(level), Some(root)) => match &level.subject.kind {
                ExprKind::Figure(figure) => self.figure_unit(figure),
                _ => Unit::of_term(self.program, root.term),
            },
            _ => Unit::plain(),
        }
    }

    fn difference_unit(&self, rule: &Rule, unit: &Unit) -> Unit {
        match &rule.level {
            Some(level) => unit.clone().of_difference(&level.subject.ty),
            None => unit.clone(),
        }
    }

    /// Base and target of a rule in words.
    pub(super) fn baseline(&self, rule: &Rule, address: &str) -> Option<Node> {
        let baseline = rule.baseline.as_ref()?;
        let unit = self.subject_unit(rule);
        let shown = Shown {
            set: Set::point(baseline.value.clone()),
            unit: unit.clone(),
        };
        let message = Message::new("explain-plan-baseline")
            .with("period", baseline.period.to_string())
            .with("value", &shown);
        Some(Node::new(address.to_owned(), NodeKind::Rule, message).with_set(shown.set, unit))
    }
}

fn method_key(method: &Method) -> &'static str {
    match method {
        Method::Linear => "method-linear",
        Method::Geometric => "method-geometric",
        Method::GrowthRatio => "method-growth-ratio",
        Method::ProjectionRatio => "method-projection-ratio",
        Method::Waypoints(_) => "method-waypoints",
    }
}
