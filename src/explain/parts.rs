//! The order of an explanation: verdict, rule, timing, why, margin, flips, outlook, marks.

use super::claims::named;
use super::deadline::waived_message;
use super::decision::{outcome_words, outcomes_message};
use super::nodes::cause_words;
use super::outlook::baseline;
use super::relations::standing_in_plan;
use super::words::rule_words;
use super::{Cx, Node, NodeKind};
use crate::eval::{Marks, Reason, Run};
use crate::figures::printed::Reading;
use crate::message::{Arg, Label, Message};
use crate::model::{Citation, Model, Rule, RuleId, When};
use crate::program::{Program, Root};
use crate::set::Truth;
use crate::syntax::ast::Modality;
use crate::verdict::{Cause, Verdict};

/// Builds the nodes of an explanation.
pub(super) fn nodes(cx: &Cx<'_>) -> Vec<Node> {
    let rule = &cx.program.model.rules[cx.rule];
    let mut nodes = vec![
        cx.verdict(rule),
        stated(cx.program, cx.rule, cx.is_whole),
        cx.timing(rule),
    ];
    let program = &cx.program.rules[cx.rule];
    let row = &cx.trace.row;
    if let (Some(run), Some(root)) = (&cx.trace.condition, &program.condition) {
        nodes.push(cx.applies(rule, run, root));
    }
    let is_judged = !matches!(
        row.reason,
        Reason::BeforeBaseline | Reason::OutsideWindow | Reason::NotYetInForce | Reason::Ended
    );
    if let Some(decision) = rule.decision.as_ref().filter(|_| !is_judged) {
        nodes.extend(cx.versions_there(rule, decision));
    }
    if is_judged && row.reason != Reason::ConditionFalse {
        match &rule.decision {
            Some(decision) => nodes.extend(cx.decided(rule, decision)),
            None => {
                let why = cx.why(rule, &program.goal);
                let offered = cx.offered(rule, &why);
                nodes.extend(why.into_iter().chain(offered));
            }
        }
    }
    if let Some(outlook) = &cx.trace.outlook {
        nodes.push(cx.outlook(rule, outlook, &format!("{}/outlook", rule.id)));
    }
    nodes.extend(cx.marks(rule));
    nodes.extend(cx.stands(rule));
    if !rule.doc.is_empty() {
        let message = Message::new("explain-note").with("note", rule.doc.replace('\n', " "));
        nodes.push(Node::new(
            format!("{}/doc", rule.id),
            NodeKind::Note,
            message,
        ));
    }
    for (n, note) in rule.notes.iter().enumerate() {
        let message = Message::new("explain-note").with("note", note);
        nodes.push(Node::new(
            format!("{}/note{n}", rule.id),
            NodeKind::Note,
            message,
        ));
    }
    nodes
}

impl Cx<'_> {
    fn verdict(&self, rule: &Rule) -> Node {
        let row = &self.trace.row;
        let key = match row.verdict {
            Verdict::Decided => "explain-verdict-decided",
            Verdict::Undetermined if row.possible.count() > 0 => "explain-verdict-possible",
            Verdict::Undetermined => "explain-verdict-undetermined",
            Verdict::NotApplicable | Verdict::Pending | Verdict::Waived => {
                "explain-verdict-because"
            }
            _ => "explain-verdict",
        };
        let message = Message::new(key)
            .with("rule", &rule.id)
            .with("label", named(&rule.label, &rule.id))
            .with("entity", &self.submission.entities[row.entity].label)
            .with("period", row.period.to_string())
            .with("verdict", Message::new(row.verdict.key()))
            .with("causes", cause_words(row.causes))
            .with("outcomes", outcomes_message(rule, row.possible))
            .with("reason", self.reason(rule));
        Node::new(format!("{}/verdict", rule.id), NodeKind::Verdict, message)
    }

    pub(super) fn reason(&self, rule: &Rule) -> Message {
        let due = match rule.when {
            When::By(due) | When::ReachedBy(due) => due.to_string(),
            When::Each { .. } => String::new(),
        };
        match self.trace.row.reason {
            Reason::None => Message::new("reason-none"),
            Reason::BeforeBaseline => Message::new("reason-before-baseline"),
            Reason::OutsideWindow => Message::new("reason-outside-window"),
            Reason::NotYetInForce => Message::new("reason-not-yet-in-force"),
            Reason::Ended => Message::new("reason-ended"),
            Reason::ConditionFalse => Message::new("reason-condition"),
            Reason::NotDue if rule.deadline.is_some() => {
                Message::new("reason-not-due-on").with("due", self.due_day(rule))
            }
            Reason::NotDue => Message::new("reason-not-due").with("due", due),
            Reason::Wished => {
                Message::new("reason-wished").with("modality", Message::new(rule.modality.key()))
            }
            Reason::OpenInterval => Message::new("reason-open-interval"),
            Reason::Undated => Message::new("reason-undated"),
            Reason::Waiver(n) => match rule.waivers.get(usize::from(n)) {
                Some(waiver) => waived_message(waiver),
                None => Message::new("reason-none"),
            },
        }
    }

    pub(super) fn citation(&self, citation: &Citation) -> Message {
        citation_message(&self.program.model, citation)
    }

    fn timing(&self, rule: &Rule) -> Node {
        let node = |message| Node::new(format!("{}/timing", rule.id), NodeKind::Timing, message);
        if let Some(deadline) = &rule.deadline {
            let mut node = node(self.deadline(rule, deadline));
            node.children = self.deadline_nodes(rule);
            return node;
        }
        let (key, due) = match rule.when {
            When::By(due) => ("explain-timing-by", due.to_string()),
            When::ReachedBy(due) => ("explain-timing-reached", due.to_string()),
            When::Each { .. } => ("explain-timing-each", String::new()),
        };
        let reading = match self.trace.reading {
            Reading::Exact => "reading-exact",
            Reading::Printed => "reading-printed",
        };
        let clocks = &self.trace.clocks;
        let known = clocks.choice.words(clocks.known_on);
        let message = Message::new(key)
            .with("due", due)
            .with("judged", self.trace.row.judged.to_string())
            .with("reading", Message::new(reading))
            .with("inForce", self.trace.clocks.in_force.to_string())
            .with("knownOn", known);
        node(message)
    }

    fn applies(&self, rule: &Rule, run: &Run, root: &Root) -> Node {
        let settled = run.settled.first();
        let key = match settled.map(|settled| settled.truth) {
            Some(Truth::True) => "explain-applies",
            Some(Truth::False) => "explain-applies-not",
            _ => "explain-applies-unknown",
        };
        let address = format!("{}/when", rule.id);
        let mut node = Node::new(address.clone(), NodeKind::Condition, Message::new(key));
        if let Some(row) = settled.and_then(|settled| settled.rows.first()) {
            node.children
                .push(self.condition(&run.frame, *row, root.term, &address));
        }
        node
    }

    /// The goal in each period that was judged, each claim that decides on its own.
    fn why(&self, rule: &Rule, root: &Root) -> Vec<Node> {
        let mut nodes = Vec::new();
        let row = &self.trace.row;
        let is_settled_by = |run: &&Run| match row.verdict {
            // Any period that reached it is enough.
            Verdict::Pass => run.frame.period == row.judged,
            _ => true,
        };
        let runs: Vec<&Run> = self.trace.goals.iter().filter(is_settled_by).collect();
        for run in &runs {
            let Some(settled) = run.settled.first() else {
                continue;
            };
            for at in &settled.rows {
                let address = match settled.rows.len() + runs.len() {
                    2 => format!("{}/goal", rule.id),
                    _ => format!("{}/goal@{}/{at}", rule.id, run.frame.period),
                };
                nodes.push(self.condition(&run.frame, *at, root.term, &address));
            }
        }
        let last = runs
            .last()
            .and_then(|run| Some((run, run.settled.first()?.rows.as_slice())));
        if let Some((run, rows)) = last {
            // Claims that contradict each other have no margin in common.
            if !row.causes.contains(Cause::Conflict) {
                let address = format!("{}/margin", rule.id);
                let margin = self.margin(&run.frame, rows, root.term, &address);
                let parts = || self.margins(&run.frame, rows, root.term, &address);
                nodes.extend(margin.map_or_else(parts, |margin| vec![margin]));
            }
            // Each figure is tried by evaluating the whole goal again.
            if self.is_whole {
                nodes.extend(self.flips(&run.frame, rows, root, &rule.id));
                nodes.extend(self.joint(&run.frame, rows, root, &rule.id));
            }
        }
        nodes
    }

    fn marks(&self, rule: &Rule) -> Vec<Node> {
        let marks = self.trace.row.marks;
        let mut nodes = Vec::new();
        // What a figure took from its indicator is said at the figure.
        let told = Marks::DEFINITION_ASSUMED.union(Marks::UNIT_ASSUMED);
        for (mark, word, key) in Marks::ALL {
            if marks.contains(mark) && !told.contains(mark) {
                let mut message = Message::new(key);
                if mark == Marks::PREFERRED {
                    let choice = &self.trace.clocks.choice;
                    let prefer = choice.preferred(&self.program.model).to_vec();
                    message = message.with("sources", prefer);
                }
                nodes.push(Node::new(
                    format!("{}/mark/{word}", rule.id),
                    NodeKind::Mark,
                    message,
                ));
            }
        }
        nodes
    }
}

/// What a rule asks for, and what its pack says of it: the same for all figures. Without the words
/// of its goal where nobody reads them.
pub(crate) fn stated(program: &Program, id: RuleId, is_worded: bool) -> Node {
    let rule = &program.model.rules[id];
    let address = format!("{}/rule", rule.id);
    let words = match is_worded {
        true => program.requirement(id).clone(),
        false => Label::default(),
    };
    let key = match rule.modality {
        _ if rule.decision.is_some() => "explain-rule-decides",
        Modality::MustNot => "explain-rule-not",
        _ => "explain-rule",
    };
    let message = Message::new(key).with("words", words);
    let mut node = Node::new(address.clone(), NodeKind::Rule, message);
    node.children
        .extend(baseline(program, id, &format!("{address}/baseline")));
    for (n, citation) in rule.citations.iter().enumerate() {
        let message = citation_message(&program.model, citation);
        let address = format!("{address}/cite{n}");
        node.children
            .push(Node::new(address, NodeKind::Citation, message));
    }
    if let Some(binding) = rule.binding {
        let key = if binding {
            "explain-force-binding"
        } else {
            "explain-force-anticipatory"
        };
        node.children.push(Node::new(
            format!("{address}/force"),
            NodeKind::Rule,
            Message::new(key),
        ));
    }
    if !matches!(rule.modality, Modality::Must | Modality::MustNot) {
        let modality = Message::new(rule.modality.key());
        let message = match &rule.modality_words {
            Some(words) => Message::new("explain-modality-words")
                .with("modality", modality)
                .with("words", words),
            None => Message::new("explain-modality").with("modality", modality),
        };
        node.children.push(Node::new(
            format!("{address}/modality"),
            NodeKind::Rule,
            message,
        ));
    }
    node.children
        .extend(standing_in_plan(program, rule, &address));
    if !rule.owners.is_empty() {
        let owners: Vec<Arg> = rule.owners.iter().map(Arg::from).collect();
        let message = Message::new("explain-owners").with("owners", Arg::List(owners));
        node.children.push(Node::new(
            format!("{address}/owner"),
            NodeKind::Rule,
            message,
        ));
    }
    node
}

/// Where a rule is taken from, as a sentence.
/// The document, section, line and words that a rule is taken from.
pub(crate) fn citation_message(model: &Model, citation: &Citation) -> Message {
    let document = &model.instruments[citation.instrument];
    let key = match (citation.quote.is_empty(), &citation.line) {
        (true, _) => "explain-citation",
        (false, None) => "explain-citation-quote",
        (false, Some(_)) => "explain-citation-line",
    };
    Message::new(key)
        .with("title", named(&document.name(), &document.id))
        .with("id", &document.id)
        .with("section", &citation.section)
        .with("quote", &citation.quote)
        .with("line", citation.line.clone().unwrap_or_default())
}

impl Program {
    /// What a rule requires, as its pack words it, with the keywords of either language and, in
    /// English, its numbers in English units.
    #[must_use]
    pub fn requirement(&self, rule: RuleId) -> &Label {
        let words = &self.rules[rule].words;
        let rule = &self.model.rules[rule];
        words.get_or_init(|| match &rule.decision {
            Some(decision) => outcome_words(decision),
            None => rule_words(self, &rule.goal),
        })
    }
}
