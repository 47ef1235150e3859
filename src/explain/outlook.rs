//! The outlook of a pending target in words.

use super::nodes::cause_words;
use super::show::{Shown, Unit};
use super::{Cx, Node, NodeKind};
use crate::eval::{Outlook, Pooled, Reach, ReachYear};
use crate::figures::Submission;
use crate::message::{Arg, Message};
use crate::model::{ExprKind, Method, Rule, RuleId};
use crate::program::Program;
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
        let unit = subject_unit(self.program, self.rule);
        let mut parts = Parts {
            address,
            nodes: Vec::new(),
        };
        let Some(method) = &outlook.method else {
            parts.add("method", Message::new("explain-outlook-no-method"));
            return parts.nodes;
        };
        parts.add("method", Message::new(method_key(method)));
        let score_unit = match method {
            Method::Waypoints(_) => unit.clone(),
            Method::Linear => Unit::percent(),
            _ => Unit::plain(),
        };
        if outlook.score.as_ref() == Some(&Set::all()) {
            let message = no_pace_message(self.submission, outlook);
            parts.add_set("score", message, &Set::all(), score_unit);
            return parts.nodes;
        }
        if let (Some(score), Some(threshold)) = (&outlook.score, &outlook.threshold) {
            let shown = |set: &Set| Shown {
                set: set.clone(),
                unit: score_unit.clone(),
            };
            let message = Message::new("explain-outlook-score")
                .with("score", &shown(score))
                .with("threshold", &shown(&Set::point(threshold.clone())));
            parts.add_set("score", message, score, score_unit);
        }
        if let Some(grade) = outlook.grade {
            let message =
                Message::new("explain-outlook-grade").with("grade", Message::new(grade.key()));
            parts.add("grade", message);
        }
        let step_unit = if outlook.is_rate {
            Unit::percent()
        } else {
            self.difference_unit(rule, &unit)
        };
        let Outlook {
            achieved,
            required,
            projection,
            ..
        } = outlook;
        for (name, key, set, unit) in [
            ("achieved", "explain-outlook-achieved", achieved, &step_unit),
            ("required", "explain-outlook-required", required, &step_unit),
            (
                "projection",
                "explain-outlook-projection",
                projection,
                &unit,
            ),
        ] {
            if let Some(set) = set {
                let shown = Shown {
                    set: set.clone(),
                    unit: unit.clone(),
                };
                let message = Message::new(key).with("set", &shown);
                parts.add_set(name, message, set, unit.clone());
            }
        }
        parts.end(outlook);
        parts.nodes
    }

    fn difference_unit(&self, rule: &Rule, unit: &Unit) -> Unit {
        match &rule.level {
            Some(level) => unit.clone().of_difference(&level.subject.ty),
            None => unit.clone(),
        }
    }
}

/// The unit of the quantity that a target is about.
fn subject_unit(program: &Program, rule: RuleId) -> Unit {
    let subject = program.rules[rule].subject.as_ref();
    match (&program.model.rules[rule].level, subject) {
        (Some(level), Some(root)) => match &level.subject.kind {
            ExprKind::Figure(figure) => Unit::of_figure(program, figure),
            _ => Unit::of_term(program, root.term),
        },
        _ => Unit::plain(),
    }
}

/// The baseline of a rule in words.
pub(super) fn baseline(program: &Program, rule: RuleId, address: &str) -> Option<Node> {
    let baseline = program.model.rules[rule].baseline.as_ref()?;
    let unit = subject_unit(program, rule);
    let shown = Shown {
        set: Set::point(baseline.value.clone()),
        unit: unit.clone(),
    };
    let message = Message::new("explain-plan-baseline")
        .with("period", baseline.period.to_string())
        .with("value", &shown);
    Some(Node::new(address.to_owned(), NodeKind::Rule, message).with_set(shown.set, unit))
}

/// That figures bound nothing, in the place of sets without an end on either side, which would
/// look like numbers and say nothing.
#[must_use]
pub fn no_pace_message(submission: &Submission, outlook: &Outlook) -> Message {
    let printed = outlook.claims.iter().map(|id| {
        let claim = &submission.claims[*id];
        Arg::from(submission.text(claim.printed))
    });
    Message::new("explain-outlook-no-pace").with("printed", Arg::List(printed.collect()))
}

/// The parts of an outlook, one below the other.
struct Parts<'a> {
    address: &'a str,
    nodes: Vec<Node>,
}

impl Parts<'_> {
    fn add(&mut self, name: &str, message: Message) {
        let address = format!("{}/{name}", self.address);
        self.nodes
            .push(Node::new(address, NodeKind::Outlook, message));
    }

    /// When it is reached, and how several claims came to it.
    fn end(&mut self, outlook: &Outlook) {
        let reach = outlook
            .reach
            .filter(|_| outlook.class != OutlookClass::MetEarly);
        if let Some(reach) = reach {
            self.add("reached", reach_message(&reach));
        }
        let pooled = match outlook.pooled {
            Pooled::One => None,
            Pooled::Each(count) => Some(("explain-outlook-each", count)),
            Pooled::Common(count) => Some(("explain-outlook-common", count)),
        };
        if let Some((key, count)) = pooled {
            self.add("claims", Message::new(key).with("count", count));
        }
    }

    fn add_set(&mut self, name: &str, message: Message, set: &Set, unit: Unit) {
        let address = format!("{}/{name}", self.address);
        let node = Node::new(address, NodeKind::Outlook, message);
        self.nodes.push(node.with_set(set.clone(), unit));
    }
}

/// When a target is reached at the pace so far, as a sentence without its end.
#[must_use]
pub fn reach_message(reach: &Reach) -> Message {
    use ReachYear::{After, Never, Year};
    let one = |key, year: i32| Message::new(key).with("year", year.to_string());
    let two = |key, from: i32, to: i32| {
        Message::new(key)
            .with("from", from.to_string())
            .with("to", to.to_string())
    };
    match (reach.earliest, reach.latest) {
        (Year(from), Year(to)) if from == to => one("reached-in", to),
        (Year(from), Year(to)) => two("reached-between", from, to),
        (Year(from), After(to)) => two("reached-from-after", from, to),
        (Year(from), Never) => one("reached-from-never", from),
        (After(to), After(_) | Year(_)) => one("reached-after", to),
        (After(to), Never) => one("reached-after-never", to),
        (Never, _) => Message::new("reached-never"),
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
