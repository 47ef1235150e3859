//! Why a decision came to its outcome: the version in force, the case that decided, the cases
//! before it that did not apply and by how much, what was presumed, and what each fact would turn.

use chrono::NaiveDate;

use super::claims::named;
use super::{Cx, Node, NodeKind};
use crate::eval::{Frame, Outcomes, begins, version_at};
use crate::graph::walk;
use crate::message::{Arg, Label, Lang, Message};
use crate::model::{Case, Citation, Decision, ExprKind, Rule, Version};
use crate::program::{DecisionId, TermId, TermKind, VersionProgram};
use crate::set::Truth;
use crate::syntax::keywords;
use crate::verdict::Verdict;

/// The ids of outcomes, in the order of the pack.
#[must_use]
pub fn outcome_ids(rule: &Rule, possible: Outcomes) -> Vec<String> {
    outcomes(rule, possible)
        .map(|(id, _)| id.to_owned())
        .collect()
}

/// Outcomes in words.
#[must_use]
pub fn outcomes_message(rule: &Rule, possible: Outcomes) -> Message {
    let all = outcomes(rule, possible).map(|(id, label)| named(label, id));
    // A label may hold the mark that joins a list.
    let joined = all.reduce(|first, second| {
        Arg::Message(
            Message::new("outcomes-or")
                .with("first", first)
                .with("second", second),
        )
    });
    Message::new("list").with("items", joined.unwrap_or_else(|| Arg::List(Vec::new())))
}

fn outcomes(rule: &Rule, possible: Outcomes) -> impl Iterator<Item = (&str, &Label)> {
    let decision = rule.decision.iter().flat_map(|decision| &decision.outcomes);
    let places = decision.zip(0u16..);
    places
        .filter(move |(_, place)| possible.contains(*place))
        .map(|(outcome, _)| (outcome.id.as_str(), &outcome.label))
}

/// What a decision may come to, as the words of the rule.
pub(super) fn outcome_words(decision: &Decision) -> Label {
    let all = |lang| {
        let names = decision.outcomes.iter().map(|outcome| {
            let name = outcome.label.get(lang);
            if name.is_empty() { &outcome.id } else { name }
        });
        names.collect::<Vec<_>>().join(" / ")
    };
    Label {
        zh: all(Lang::Zh),
        en: all(Lang::En),
    }
}

/// Where another case may stand beside those that do, none has decided yet.
fn clash(version: &Version, deciding: &mut [(usize, Node)], open: &[(usize, Node)]) {
    let outcome = |(n, _): &(usize, Node)| version.cases.get(*n).map(|case| case.outcome);
    let mut outcomes: Vec<_> = deciding.iter().chain(open).map(outcome).collect();
    outcomes.sort_unstable();
    outcomes.dedup();
    if !version.is_ordered && outcomes.len() > 1 {
        for (_, node) in deciding {
            node.message.key = "explain-case-stands";
        }
    }
}

/// Sentences of cases that stand or may stand, where it is not decided.
const UNDECIDED: [&str; 3] = ["explain-case", "explain-case-stands", "explain-case-open"];

/// Of those as many as a condition of another rule names.
const MOST_UNDECIDED: usize = 3;

impl Cx<'_> {
    /// The nodes between the timing and the marks of a decision.
    pub(super) fn decided(&self, rule: &Rule, decision: &Decision) -> Vec<Node> {
        let day = self.trace.clocks.in_force;
        let model = &self.program.model;
        let Ok(n) = version_at(model, decision, day) else {
            return Vec::new();
        };
        let program = self.program.rules[self.rule].decision;
        let program = program.and_then(|id| self.program.decisions[id].versions.get(n));
        let run = self.trace.goals.first();
        let (Some(version), Some(program), Some(run)) = (decision.versions.get(n), program, run)
        else {
            return Vec::new();
        };
        let mut nodes = self.version(rule, decision, version);
        let row = &self.trace.row;
        if row.verdict == Verdict::Undetermined && row.possible.count() > 0 {
            let message = Message::new("explain-possible")
                .with("outcomes", outcomes_message(rule, row.possible));
            nodes.push(Node::new(
                format!("{}/possible", rule.id),
                NodeKind::Case,
                message,
            ));
        }
        let rows = run.settled.first().map_or(&[][..], |settled| &settled.rows);
        for row in rows {
            let address = match rows.len() {
                1 => rule.id.clone(),
                _ => format!("{}@{row}", rule.id),
            };
            nodes.extend(self.cases(rule, version, program, &run.frame, *row, &address));
        }
        if let Some(row) = rows.first() {
            nodes.extend(self.presumed(rule, version, program, &run.frame, *row));
            let (turns, alone) = self.turns(rule, program, &run.frame, rows);
            nodes.extend(turns);
            nodes.extend(self.joint_outcomes(rule, program, &run.frame, rows, alone));
        }
        nodes
    }

    /// When each version of a decision was in force, where none is.
    pub(super) fn versions_there(&self, rule: &Rule, decision: &Decision) -> Vec<Node> {
        let day = self.trace.clocks.in_force;
        let versions = decision.versions.iter().filter(|it| !it.id.is_empty());
        let nodes = versions.map(|version| self.other_version(rule, version, day, None));
        nodes.collect()
    }

    /// Why a version is not the one that applies.
    fn other_version(
        &self,
        rule: &Rule,
        version: &Version,
        day: NaiveDate,
        taken: Option<&Version>,
    ) -> Node {
        let begin = begins(&self.program.model, version);
        let key = match begin {
            Some(begin) if begin > day => "explain-version-later",
            _ if taken.is_none() => "explain-version-ended",
            _ => "explain-version-earlier",
        };
        let message = Message::new(key)
            .with("version", named(&version.label, &version.id))
            .with(
                "since",
                begin.map_or_else(String::new, |day| day.to_string()),
            );
        let address = format!("{}/version/{}", rule.id, version.id);
        Node::new(address, NodeKind::Version, message)
    }

    /// Which version applies and why, where there are several.
    fn version(&self, rule: &Rule, decision: &Decision, version: &Version) -> Vec<Node> {
        if version.id.is_empty() {
            return Vec::new();
        }
        let model = &self.program.model;
        let day = self.trace.clocks.in_force;
        let since = begins(model, version).map_or_else(String::new, |day| day.to_string());
        let titles = version.under.iter().map(|id| {
            let known = &model.instruments[*id];
            named(&known.name(), &known.id)
        });
        let message = Message::new("explain-version")
            .with("version", named(&version.label, &version.id))
            .with("texts", Arg::List(titles.collect()))
            .with("since", since)
            .with("inForce", day.to_string());
        let address = format!("{}/version", rule.id);
        let mut node = Node::new(address.clone(), NodeKind::Version, message);
        for id in &version.under {
            let known = &model.instruments[*id];
            if known.prevails.is_empty() {
                continue;
            }
            let beaten = known.prevails.iter().map(|id| {
                let beaten = &model.instruments[*id];
                named(&beaten.name(), &beaten.id)
            });
            let message = Message::new("explain-prevails")
                .with("text", named(&known.name(), &known.id))
                .with("others", Arg::List(beaten.collect()));
            let address = format!("{address}/prevails/{}", known.id);
            node.children
                .push(Node::new(address, NodeKind::Version, message));
        }
        for other in decision.versions.iter().filter(|it| it.id != version.id) {
            node.children
                .push(self.other_version(rule, other, day, Some(version)));
        }
        node.children
            .extend(self.sayings(&format!("{address}/note"), &[], &version.notes));
        vec![node]
    }

    /// The case that decided and those before it; or all that are open.
    fn cases(
        &self,
        rule: &Rule,
        version: &Version,
        program: &VersionProgram,
        frame: &Frame,
        row: usize,
        address: &str,
    ) -> Vec<Node> {
        let truth = |term| frame.truth(term, row).unwrap_or(Truth::Unknown);
        let all = || version.cases.iter().zip(&program.cases).enumerate();
        let (mut deciding, mut open, mut beaten, mut not) = (vec![], vec![], vec![], vec![]);
        let mut behind = Vec::new();
        for (n, (case, terms)) in all() {
            let path = format!("{address}/case/{}", case.id);
            let (stands, applies, holds) = (
                truth(terms.stands),
                truth(terms.applies),
                truth(terms.holds),
            );
            let (list, key) = match (stands, applies, holds) {
                (Truth::True, ..) => (&mut deciding, "explain-case"),
                (Truth::Unknown, ..) => (&mut open, "explain-case-open"),
                (Truth::False, Truth::True, _) => (&mut beaten, "explain-case-beaten"),
                (Truth::False, _, Truth::False) => (&mut not, "explain-case-not"),
                (Truth::False, _, Truth::True) => (&mut beaten, "explain-case-after"),
                // It stands behind a stronger one, whether it holds or not.
                (Truth::False, _, Truth::Unknown) => (&mut behind, "explain-case-behind"),
            };
            let possible = self.trace.row.possible;
            if key == "explain-case-open"
                && possible.count() > 0
                && !possible.contains(case.outcome)
            {
                continue;
            }
            let is_left_over = case.condition.is_none();
            let key = match key {
                "explain-case" if is_left_over => "explain-case-otherwise",
                "explain-case-after" if is_left_over => continue,
                key => key,
            };
            let mut node = self.case_node(rule, case, key, &path);
            if !is_left_over && key != "explain-case-after" {
                let path = format!("{path}/when");
                let asked = self.asked_of_case(frame, row, terms.holds, &path);
                node.children.extend(asked);
            }
            list.push((n, node));
        }
        let last = deciding.iter().chain(&open).map(|(n, _)| *n).max();
        // Of those that do not hold, only what stands before the answer bears on it.
        let bears = |n: usize| !version.is_ordered || last.is_none_or(|last| n <= last);
        not.retain(|(n, _)| bears(*n));
        let (n_deciding, n_open) = (deciding.len(), open.len());
        clash(version, &mut deciding, &open);
        // Whether an exception applies may hang on what it is an exception to.
        if open.is_empty() || open.iter().any(|(_, node)| is_lacking(node)) {
            behind.clear();
        }
        let mut nodes: Vec<Node> = deciding
            .into_iter()
            .chain(open)
            .chain(behind)
            .chain(beaten)
            .chain(not)
            .map(|(_, node)| node)
            .collect();
        let unsettled = if n_deciding > 1 && self.trace.row.possible.count() > 1 {
            let message = Message::new("explain-overlap").with("count", n_deciding);
            Some(("overlap", message))
        } else if n_deciding + n_open == 0 {
            Some(("gap", Message::new("explain-gap")))
        } else {
            None
        };
        if let Some((what, message)) = unsettled {
            let node = Node::new(format!("{address}/{what}"), NodeKind::Case, message);
            nodes.insert(0, node);
        }
        nodes
    }

    /// What a case asks, and how far each comparison that keeps it from holding is from its limit.
    fn asked_of_case(&self, frame: &Frame, row: usize, holds: TermId, path: &str) -> Vec<Node> {
        let mut nodes = vec![self.condition(frame, row, holds, path)];
        if frame.truth(holds, row) == Some(Truth::False) {
            nodes.extend(self.short_of(frame, row, holds, path));
        }
        nodes
    }

    fn case_node(&self, rule: &Rule, case: &Case, key: &'static str, address: &str) -> Node {
        let outcome = outcomes_message(rule, Outcomes::NONE.with(case.outcome));
        let message = Message::new(key)
            .with("case", case_name(case))
            .with("outcome", outcome);
        let mut node = Node::new(address.to_owned(), NodeKind::Case, message);
        node.children = self.sayings(address, &case.citations, &case.notes);
        node
    }

    /// Citations and notes.
    fn sayings(&self, address: &str, citations: &[Citation], notes: &[Label]) -> Vec<Node> {
        let mut nodes = Vec::new();
        for (n, citation) in citations.iter().enumerate() {
            let address = format!("{address}/cite{n}");
            nodes.push(Node::new(
                address,
                NodeKind::Citation,
                self.citation(citation),
            ));
        }
        for (n, note) in notes.iter().enumerate() {
            let message = Message::new("explain-note").with("note", note);
            nodes.push(Node::new(
                format!("{address}/note{n}"),
                NodeKind::Note,
                message,
            ));
        }
        nodes
    }

    /// How far each comparison that keeps a case from holding is from its limit.
    fn short_of(&self, frame: &Frame, row: usize, term: TermId, address: &str) -> Vec<Node> {
        let mut nodes = Vec::new();
        let mut open = vec![term];
        while let Some(term) = open.pop() {
            let kind = &self.program.terms[term].kind;
            if frame.truth(term, row) != Some(Truth::False) {
                continue;
            }
            if matches!(kind, TermKind::Compare(..)) {
                let address = format!("{address}/margin{}", nodes.len());
                nodes.extend(self.margin(frame, &[row], term, &address));
                continue;
            }
            open.extend(self.deciding(frame, row, kind, Truth::False));
        }
        nodes
    }

    /// Whether a comparison is one of texts, which have no distance.
    pub(super) fn is_text(&self, term: TermId) -> bool {
        let operands = self.program.terms[term].kind.operands();
        let mut types = operands.iter().map(|term| &self.program.terms[*term].ty);
        types.any(|ty| *ty == crate::model::Type::Text)
    }

    /// What counts because a fact is not stated.
    fn presumed(
        &self,
        rule: &Rule,
        version: &Version,
        program: &VersionProgram,
        frame: &Frame,
        row: usize,
    ) -> Vec<Node> {
        let mut nodes = Vec::new();
        for (n, presumption) in version.presumptions.iter().enumerate() {
            let aside = program.aside.get(n);
            let stands = aside.is_some_and(|term| frame.truth(*term, row) == Some(Truth::False));
            let mut conditions = version
                .cases
                .iter()
                .filter_map(|case| case.condition.as_ref());
            let is_asked = conditions.any(|condition| {
                let mut is_there = false;
                walk(condition, &mut |expr| {
                    is_there |=
                        matches!(&expr.kind, ExprKind::Figure(fact) if *fact == presumption.fact);
                });
                is_there
            });
            if !stands || !is_asked {
                continue;
            }
            let written = self.program.sources.slice(presumption.span);
            let words = super::words::words_in_both(self.program, written);
            let message = Message::new("explain-presumed")
                .with("fact", self.figure_name(&presumption.fact, frame.period))
                .with("words", &words);
            let address = format!("{}/presumed{n}", rule.id);
            let mut node = Node::new(address.clone(), NodeKind::Presumption, message);
            node.children = self.sayings(&address, &presumption.citations, &presumption.notes);
            nodes.push(node);
        }
        nodes
    }

    /// What a condition that asks for the outcome of a decision rests on: the case that decided,
    /// or those that are open.
    pub(super) fn outcome_node(
        &self,
        frame: &Frame,
        row: usize,
        (id, place): (DecisionId, u16),
        truth: Truth,
        address: &str,
    ) -> Node {
        let program = &self.program.decisions[id];
        let rule = &self.program.model.rules[program.rule];
        let key = match truth {
            Truth::True => "explain-outcome",
            Truth::False => "explain-outcome-not",
            Truth::Unknown => "explain-outcome-open",
        };
        let message = Message::new(key)
            .with("decision", named(&rule.label, &rule.id))
            .with(
                "outcome",
                outcomes_message(rule, Outcomes::NONE.with(place)),
            );
        let mut node = Node::new(address.to_owned(), NodeKind::Condition, message);
        let day = self.trace.clocks.in_force;
        let decision = rule.decision.as_ref();
        let found = decision.and_then(|decision| {
            let n = version_at(&self.program.model, decision, day).ok()?;
            Some((decision.versions.get(n)?, program.versions.get(n)?))
        });
        if let Some((version, program)) = found {
            let mut cases = self.cases(rule, version, program, frame, row, address);
            match truth {
                Truth::Unknown => leave_open(&mut cases),
                _ => cases.truncate(1),
            }
            node.children = cases;
        }
        node
    }
}

/// The name of a case; what is left over goes by the keyword of the language.
fn case_name(case: &Case) -> Arg {
    match case.condition {
        Some(_) => Arg::from(&case.id),
        None => {
            let known = keywords().iter().find(|known| known.en == case.id);
            Arg::Label(known.map_or_else(
                || Label::same(&case.id),
                |known| Label {
                    zh: known.zh.to_owned(),
                    en: known.en.to_owned(),
                },
            ))
        }
    }
}

/// Of the cases that leave a decision open those that stand, and those that lack something, each of
/// which would settle it; the first few where none does.
fn leave_open(cases: &mut Vec<Node>) {
    let stands = |node: &Node| node.message.key == "explain-case-stands";
    if cases.iter().any(is_lacking) {
        cases.retain(|node| stands(node) || is_lacking(node));
    } else {
        cases.retain(|node| UNDECIDED.contains(&node.message.key));
        cases.truncate(MOST_UNDECIDED);
    }
}

/// Whether a sentence or one below it names what is missing.
fn is_lacking(node: &Node) -> bool {
    node.kind == NodeKind::Missing || node.children.iter().any(is_lacking)
}
