//! What every format says of a row: picked from its explanation, never computed.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::{MOST_EXPLAINED, Report};
use crate::eval::{Outcome, Outlook, Reason, Row};
use crate::explain::{Due, Explanation, Node, NodeKind, outcomes_message};
use crate::figures::ClaimId;
use crate::findings::{Finding, concerning};
use crate::message::{Arg, Label, Message};
use crate::model::{EntityId, Rule, RuleId, Waiver};
use crate::program::{InputId, Root, TermKind};
use crate::verdict::{Cause, Verdict};

/// A row with its explanation.
pub(super) struct Facts<'a> {
    pub(super) report: &'a Report<'a>,
    pub(super) row: &'a Row,
    pub(super) rule: &'a Rule,
    /// Absent where a run has more rows than are explained in full.
    pub(super) explanation: Option<Explanation>,
    /// Found by the first row that asks, and shared by all rows of the report.
    by_body: Rc<OnceCell<ByBody>>,
}

/// The places of the findings that are about a body, or speak of a figure of it.
type ByBody = BTreeMap<EntityId, BTreeSet<usize>>;

fn by_body(report: &Report<'_>) -> ByBody {
    let mut known = ByBody::new();
    for (at, finding) in report.findings.iter().enumerate() {
        let claims = finding.claims.iter();
        let of_claims = claims.map(|id| report.submission.claims[*id].entity);
        for body in of_claims.chain([finding.entity]) {
            known.entry(body).or_default().insert(at);
        }
    }
    known
}

impl<'a> Report<'a> {
    /// All rows of all periods, each with its explanation where there is room for it.
    pub(super) fn facts(&'a self) -> impl Iterator<Item = Facts<'a>> + 'a {
        self.outcomes.iter().flat_map(|one| self.facts_in(one))
    }

    /// The same without the words of each rule and what would turn it, for a report that does not show them.
    pub(super) fn plain_facts(&'a self) -> impl Iterator<Item = Facts<'a>> + 'a {
        let is_detailed = self.is_detailed();
        let rows = self.outcomes.iter().flat_map(|outcome| &outcome.rows);
        let by_body = Rc::default();
        rows.map(move |row| Facts {
            by_body: Rc::clone(&by_body),
            report: self,
            row,
            rule: &self.program.model.rules[row.rule],
            explanation: is_detailed.then(|| self.explain_as(row, false)),
        })
    }

    /// The rows of one period, each with its explanation where there is room for it.
    pub(super) fn facts_in(
        &'a self,
        outcome: &'a Outcome,
    ) -> impl Iterator<Item = Facts<'a>> + use<'a> {
        let is_detailed = self.is_detailed();
        let by_body = Rc::default();
        outcome.rows.iter().map(move |row| Facts {
            by_body: Rc::clone(&by_body),
            report: self,
            row,
            rule: &self.program.model.rules[row.rule],
            explanation: is_detailed.then(|| self.explain(row)),
        })
    }

    /// Whether there are so few rows that each is explained.
    pub(super) fn is_detailed(&self) -> bool {
        self.n_rows() <= MOST_EXPLAINED
    }

    /// How many rows are undetermined for each cause that occurs, and the rules that have it.
    pub(super) fn causes(&self) -> Vec<(Cause, usize, Vec<&'a str>)> {
        let rows = || self.outcomes.iter().flat_map(|outcome| &outcome.rows);
        let of = |cause| {
            let with: Vec<&Row> = rows().filter(|row| row.causes.contains(cause)).collect();
            let rules: BTreeSet<RuleId> = with.iter().map(|row| row.rule).collect();
            let ids = rules.into_iter().map(|id| &self.program.model.rules[id]);
            (
                cause,
                with.len(),
                ids.map(|rule| rule.id.as_str()).collect(),
            )
        };
        let all = Cause::ALL.map(of);
        all.into_iter().filter(|(_, n, _)| *n > 0).collect()
    }

    /// The rows of each rule and entity, one place for each period.
    pub(super) fn by_period(&self) -> BTreeMap<(RuleId, EntityId), Vec<Option<&'a Row>>> {
        let mut lines = BTreeMap::new();
        for (n, outcome) in self.outcomes.iter().enumerate() {
            for row in &outcome.rows {
                let line: &mut Vec<Option<&Row>> = lines
                    .entry((row.rule, row.entity))
                    .or_insert_with(|| vec![None; self.outcomes.len()]);
                if let Some(place) = line.get_mut(n) {
                    *place = Some(row);
                }
            }
        }
        lines
    }

    /// The clock of publication in words, and which figures count.
    pub(super) fn known_on(&self) -> Arg {
        self.options.choice.words(self.options.known_on)
    }

    /// How many rows have each verdict that occurs, worst first.
    pub(super) fn counts(&self) -> Vec<(Verdict, usize)> {
        let of = |verdict| self.outcomes.iter().map(|one| one.count(verdict)).sum();
        let all = Verdict::ALL.map(|verdict| (verdict, of(verdict)));
        all.into_iter().filter(|(_, n)| *n > 0).collect()
    }
}

impl<'a> Facts<'a> {
    /// The facts of one explanation.
    pub(super) fn of(report: &'a Report<'a>, row: &'a Row, explanation: Explanation) -> Facts<'a> {
        Facts {
            by_body: Rc::default(),
            report,
            row,
            rule: &report.program.model.rules[row.rule],
            explanation: Some(explanation),
        }
    }

    /// The nodes of the explanation, in the order of reading.
    pub(super) fn nodes(&self) -> &[Node] {
        self.explanation
            .as_ref()
            .map_or(&[], |explanation| &explanation.nodes)
    }

    /// All nodes of a kind, at any depth.
    pub(super) fn all(&self, kind: NodeKind) -> Vec<&Node> {
        let mut found = Vec::new();
        gather(self.nodes(), kind, &mut found);
        found
    }

    /// The claims that the verdict or outlook was read off.
    pub(super) fn claims(&self) -> Vec<ClaimId> {
        let figures = self.all(NodeKind::Figure);
        let mut claims: Vec<ClaimId> = figures
            .iter()
            .flat_map(|node| node.claims.iter().copied())
            .collect();
        claims.sort_unstable();
        claims.dedup();
        claims
    }

    /// How far the figure is from the limit, where there is one.
    pub(super) fn margin(&self) -> Option<&Node> {
        match self.margins().as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// How far each part that is missed is from its limit.
    pub(super) fn margins(&self) -> Vec<&Node> {
        // A decision has limits of many cases, and is neither above nor below any of them.
        match self.rule.decision {
            Some(_) => Vec::new(),
            None => self.all(NodeKind::Margin),
        }
    }

    /// What is missing to decide; nothing where nothing is judged.
    pub(super) fn missing(&self) -> Vec<&Node> {
        let is_judged = matches!(
            self.row.verdict,
            Verdict::Pass | Verdict::Fail | Verdict::Undetermined | Verdict::Waived
        );
        if is_judged {
            self.all(NodeKind::Missing)
        } else {
            Vec::new()
        }
    }

    /// Why it does not apply, or is pending or waived.
    pub(super) fn reason(&self) -> Option<&Node> {
        let has_reason = matches!(
            self.row.verdict,
            Verdict::NotApplicable | Verdict::Waived | Verdict::Pending
        );
        self.nodes().first().filter(|_| has_reason)
    }

    /// By when it was to be met.
    pub(super) fn due(&self) -> Option<&Due> {
        self.explanation.as_ref()?.due.as_ref()
    }

    /// The waiver that excuses it.
    pub(super) fn waiver(&self) -> Option<&'a Waiver> {
        match self.row.reason {
            Reason::Waiver(n) => self.rule.waivers.get(usize::from(n)),
            _ => None,
        }
    }

    /// The sentence of what decided: the case of a decision.
    pub(super) fn case(&self) -> Option<&Node> {
        let mut nodes = self.nodes().iter();
        nodes.find(|node| matches!(node.message.key, "explain-case" | "explain-case-otherwise"))
    }

    /// The outcomes of a decision that are possible, in words; nothing where it is none.
    pub(super) fn outcomes(&self) -> Option<Message> {
        let is_any = self.row.possible.count() > 0;
        is_any.then(|| outcomes_message(self.rule, self.row.possible))
    }

    /// How a pending target stands.
    pub(super) fn outlook(&self) -> Option<&Outlook> {
        self.explanation.as_ref()?.trace.outlook.as_ref()
    }

    /// A part of the outlook: `method`, `score`, `achieved`, `required`, `projection`.
    pub(super) fn outlook_part(&self, part: &str) -> Option<&Node> {
        let is_part = |node: &&Node| {
            node.address
                .rsplit_once('/')
                .is_some_and(|(_, last)| last == part)
        };
        self.all(NodeKind::Outlook).into_iter().find(is_part)
    }

    /// The findings that speak of its figures, and not of another entity's alone.
    pub(super) fn findings(&self) -> Vec<&'a Finding> {
        let (report, row) = (self.report, self.row);
        let (program, submission) = (report.program, report.submission);
        let goal = &program.rules[row.rule].goal;
        let told = |findings: &mut dyn Iterator<Item = &'a Finding>| {
            concerning(findings, program, submission, row.rule, row.judged)
        };
        if !goal.over.is_empty() {
            return told(&mut report.findings.iter());
        }
        let by_body = self.by_body.get_or_init(|| by_body(report));
        let named = goal.inputs.iter();
        let named = named.filter_map(|id| program.inputs[*id].figure.entity);
        let bodies: BTreeSet<EntityId> = named.chain([row.entity]).collect();
        let places = bodies.iter().filter_map(|body| by_body.get(body)).flatten();
        let places: BTreeSet<usize> = places.copied().collect();
        told(&mut places.iter().filter_map(|at| report.findings.get(*at)))
    }

    /// The figures that its goal reads of other bodies, and whose they are.
    pub(super) fn members_read(&self) -> Vec<(InputId, EntityId)> {
        let (program, submission) = (self.report.program, self.report.submission);
        let mut read = Vec::new();
        if self.explanation.is_none() {
            return read;
        }
        for term in &program.rules[self.row.rule].goal.terms {
            let TermKind::Aggregate(id) = program.terms[*term].kind else {
                continue;
            };
            let aggregate = &program.aggregates[id];
            let asked = self.row.entity;
            for entity in submission.members_asked(&aggregate.members, asked) {
                read.extend(aggregate.reads().map(|input| (input, entity)));
            }
            let complete = aggregate.complete.iter().flat_map(Root::reads);
            read.extend(complete.map(|input| (input, asked)));
        }
        read
    }

    /// The name of whom it is about.
    pub(super) fn entity(&self) -> &'a Label {
        &self.report.submission.entities[self.row.entity].label
    }
}

/// All nodes of a kind, in the order of reading.
pub(super) fn gather<'e>(nodes: &'e [Node], kind: NodeKind, found: &mut Vec<&'e Node>) {
    for node in nodes {
        if node.kind == kind {
            found.push(node);
        }
        gather(&node.children, kind, found);
    }
}
