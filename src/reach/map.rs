//! What there is to be reached: the terms of a program go in, the items that tests may show come
//! out. What is said inside `count of` and the like is computed for many at once and is left out.

use std::collections::{BTreeMap, BTreeSet};

use super::{Item, ItemKind, Owner, Reach, Sight};
use crate::eval::bounds_of;
use crate::explain::{every, words_in_both};
use crate::message::Label;
use crate::model::{DefineId, Fold, RuleId, RuleKind, ScoreId, Type, Version};
use crate::number::Exact;
use crate::program::{Program, TermId, TermKind, VersionProgram};
use crate::set::{Comparison, Set, Truth, compare};
use crate::source::Span;

/// What tells one condition from another: where it and its sides stand, and how they are compared.
/// One text is lowered once for each period at which it is used; it is one condition nevertheless.
pub(super) type Key = (Span, u8, Span, Span);

/// The places of items.
#[derive(Debug, Default)]
pub(super) struct Places {
    pub(super) rules: BTreeMap<RuleId, usize>,
    pub(super) versions: BTreeMap<(RuleId, usize), usize>,
    pub(super) cases: BTreeMap<(RuleId, usize, usize), usize>,
    pub(super) presumptions: BTreeMap<(RuleId, usize, usize), usize>,
    pub(super) tiers: BTreeMap<(ScoreId, usize), usize>,
    pub(super) conditions: BTreeMap<Key, usize>,
    /// Where presumptions are written: what makes them stand aside is no condition of a case.
    pub(super) aside: BTreeSet<Span>,
}

/// The key of a condition, where a term is one.
pub(super) fn key(program: &Program, term: TermId) -> Option<Key> {
    let found = &program.terms[term];
    let at = |term: TermId| program.terms[term].span;
    let (n, left, right) = match &found.kind {
        TermKind::Compare(op, left, right, _) => {
            let n = Comparison::ALL.iter().position(|one| one == op);
            (n.unwrap_or(0), at(*left), at(*right))
        }
        TermKind::IsYes(inner) => (10, at(*inner), at(*inner)),
        TermKind::Present(_) => (11, found.span, found.span),
        TermKind::AtLeast(..) => (12, found.span, found.span),
        _ => return None,
    };
    Some((found.span, u8::try_from(n).unwrap_or(0), left, right))
}

/// All that the tests of a program may reach, nothing shown yet.
pub(super) fn map(program: &Program) -> (Reach, Places) {
    let mut cx = Cx {
        program,
        reach: Reach::default(),
        places: Places::default(),
        ours: BTreeSet::new(),
        seen: BTreeSet::new(),
    };
    let scores = program.model.scores.values();
    for score in scores {
        let own = [score.value, score.rank].into_iter().chain(score.tier);
        cx.ours.extend(own);
        cx.ours.extend(score.elements.iter().map(|one| one.value));
    }
    for (id, rule) in program.model.rules.iter() {
        if program.is_own(rule.span) {
            cx.rule(id);
        }
    }
    for (id, define) in program.model.defines.iter() {
        if program.is_own(define.span) && !cx.ours.contains(&id) {
            cx.visit(program.defines[id], Owner::Define(id), &define.id, true);
        }
    }
    for (id, score) in program.model.scores.iter() {
        if !program.is_own(score.span) {
            continue;
        }
        for (n, tier) in score.tiers.iter().enumerate() {
            let address = format!("{}/tier/{}", score.id, tier.id);
            let words = named(&tier.label, &tier.id);
            let span = tier.condition.span;
            let kind = ItemKind::Tier;
            let place = cx.add(
                kind,
                Owner::Score(id),
                address,
                words,
                span,
                &[Sight::Decided],
            );
            cx.places.tiers.insert((id, n), place);
        }
    }
    (cx.reach, cx.places)
}

struct Cx<'a> {
    program: &'a Program,
    reach: Reach,
    places: Places,
    /// The derived quantities of scores.
    ours: BTreeSet<DefineId>,
    seen: BTreeSet<TermId>,
}

fn named(label: &Label, id: &str) -> Label {
    let or_id = |text: &str| match text {
        "" => id.to_owned(),
        text => text.to_owned(),
    };
    Label {
        zh: or_id(&label.zh),
        en: or_id(&label.en),
    }
}

impl Cx<'_> {
    fn add(
        &mut self,
        kind: ItemKind,
        owner: Owner,
        address: String,
        words: Label,
        span: Span,
        wanted: &[Sight],
    ) -> usize {
        self.reach.items.push(Item {
            kind,
            owner,
            address,
            words,
            span,
            wanted: wanted.to_vec(),
            seen: BTreeMap::new(),
        });
        self.reach.items.len() - 1
    }

    fn rule(&mut self, id: RuleId) {
        let (program, owner) = (self.program, Owner::Rule(id));
        let rule = &program.model.rules[id];
        let wanted: &[Sight] = match rule.kind {
            RuleKind::Check => &[Sight::Finding, Sight::NoFinding],
            _ => &[Sight::Judged],
        };
        let words = named(&rule.label, &rule.id);
        let place = self.add(
            ItemKind::Rule,
            owner,
            rule.id.clone(),
            words,
            rule.span,
            wanted,
        );
        self.places.rules.insert(id, place);
        if rule.kind == RuleKind::Check {
            return;
        }
        let terms = &program.rules[id];
        if let Some(condition) = &terms.condition {
            self.visit(condition.term, owner, &format!("{}/when", rule.id), true);
        }
        let (Some(decision), Some(known)) = (&rule.decision, terms.decision) else {
            self.visit(terms.goal.term, owner, &format!("{}/goal", rule.id), true);
            return;
        };
        let versions = decision
            .versions
            .iter()
            .zip(&program.decisions[known].versions);
        for (n, (version, terms)) in versions.enumerate() {
            self.version((id, n), version, terms, &rule.id);
        }
    }

    fn version(
        &mut self,
        (id, n): (RuleId, usize),
        version: &Version,
        terms: &VersionProgram,
        rule: &str,
    ) {
        let owner = Owner::Rule(id);
        let mut base = rule.to_owned();
        if !version.id.is_empty() {
            base = format!("{rule}/{}", version.id);
            let words = named(&version.label, &version.id);
            let (kind, wanted) = (ItemKind::Version, [Sight::Judged]);
            let place = self.add(kind, owner, base.clone(), words, version.span, &wanted);
            self.places.versions.insert((id, n), place);
        }
        for (at, (presumption, aside)) in version.presumptions.iter().zip(&terms.aside).enumerate()
        {
            let address = format!("{base}/presumed{at}");
            let words = words_in_both(self.program, self.program.sources.slice(presumption.span));
            let (kind, wanted) = (ItemKind::Presumption, [Sight::Decided]);
            let place = self.add(
                kind,
                owner,
                address.clone(),
                words,
                presumption.span,
                &wanted,
            );
            self.places.presumptions.insert((id, n, at), place);
            self.places.aside.insert(self.program.terms[*aside].span);
            for unless in unless(self.program, *aside) {
                self.visit(unless, owner, &format!("{address}/unless"), true);
            }
        }
        for (at, (case, terms)) in version.cases.iter().zip(&terms.cases).enumerate() {
            let address = format!("{base}/case/{}", case.id);
            let kind = match case.beats.is_empty() {
                true => ItemKind::Case,
                false => ItemKind::Exception,
            };
            let words = Label::same(&case.id);
            let wanted = [Sight::Decided];
            let place = self.add(kind, owner, address.clone(), words, case.span, &wanted);
            self.places.cases.insert((id, n, at), place);
            if case.condition.is_some() {
                self.visit(terms.holds, owner, &format!("{address}/when"), true);
            }
        }
    }

    /// Adds the conditions below a term.
    fn visit(&mut self, term: TermId, owner: Owner, address: &str, is_root: bool) {
        let mut open = vec![(term, address.to_owned(), is_root)];
        while let Some((term, address, is_root)) = open.pop() {
            let found = &self.program.terms[term];
            // A derived quantity has its conditions under its own name.
            if (found.define.is_some() && !is_root) || !self.seen.insert(term) {
                continue;
            }
            if matches!(found.kind, TermKind::Outcome(..)) {
                continue;
            }
            if let Some(key) = key(self.program, term)
                && !self.places.conditions.contains_key(&key)
            {
                let place = self.condition(term, owner, address.clone());
                self.places.conditions.insert(key, place);
            }
            let operands = found.kind.operands();
            let parts = operands.into_iter().enumerate();
            let mut parts: Vec<(TermId, String, bool)> = parts
                .filter(|(_, part)| !self.places.aside.contains(&self.program.terms[*part].span))
                .map(|(n, part)| (part, format!("{address}/{n}"), false))
                .collect();
            parts.reverse();
            open.extend(parts);
        }
    }

    fn condition(&mut self, term: TermId, owner: Owner, address: String) -> usize {
        let program = self.program;
        let found = &program.terms[term];
        let mut words = one_line(program.sources.slice(found.span));
        // A cell of a table does not name the quantity of its column.
        let mut with = |of: TermId| {
            let of = written(program, of);
            if !words.contains(&of) {
                words = format!("{of} {words}");
            }
        };
        let (kind, wanted) = match &found.kind {
            TermKind::Compare(..) if every(program, term).is_some() => {
                (ItemKind::Condition, vec![Sight::Holds, Sight::Fails])
            }
            TermKind::AtLeast(n, parts) => (ItemKind::Limit, counts(*n, parts.len())),
            TermKind::IsYes(inner) if is_evidence(program, *inner) => {
                (ItemKind::Evidence, vec![Sight::Holds, Sight::Fails])
            }
            TermKind::Compare(_, left, right, _) => {
                if !is_evidence(program, *left) {
                    with(*left);
                }
                let limit = written(program, *right);
                // Of several limits in one phrase, which one.
                if !words.ends_with(&limit) {
                    words = format!("{words}: {limit}");
                }
                match has_no_sides(program, term, *left, *right) {
                    true => (ItemKind::Condition, vec![Sight::Holds, Sight::Fails]),
                    false => (ItemKind::Limit, possible(program, *left, *right)),
                }
            }
            kind => {
                if let TermKind::IsYes(inner) = kind {
                    with(*inner);
                }
                (ItemKind::Condition, vec![Sight::Holds, Sight::Fails])
            }
        };
        let words = words_in_both(program, &words);
        self.add(kind, owner, address, words, found.span, &wanted)
    }
}

/// Whether a term is an item of evidence, which its milestone calls by a name of its own.
fn is_evidence(program: &Program, term: TermId) -> bool {
    let (TermKind::Input(input) | TermKind::Derived(input, _)) = &program.terms[term].kind else {
        return false;
    };
    let figure = &program.inputs[*input].figure;
    program.model.indicators[figure.indicator]
        .evidence
        .is_some()
}

/// How many of so many conditions may hold, against how many have to.
fn counts(wanted: u32, there_are: usize) -> Vec<Sight> {
    let wanted = usize::try_from(wanted).unwrap_or(usize::MAX);
    let all = [
        (Sight::Below, wanted > 0),
        (Sight::At, wanted <= there_are),
        (Sight::Above, wanted < there_are),
    ];
    let possible = all.into_iter().filter(|(_, may_be)| *may_be);
    possible.map(|(sight, _)| sight).collect()
}

/// What makes a presumption stand aside besides that its fact is stated.
pub(super) fn unless(program: &Program, aside: TermId) -> Vec<TermId> {
    let operands = program.terms[aside].kind.operands();
    operands.into_iter().skip(1).collect()
}

/// Whether a comparison holds or does not, and has no sides: of texts, or of all and any of many,
/// whose limit nobody wrote.
pub(super) fn has_no_sides(program: &Program, term: TermId, left: TermId, right: TermId) -> bool {
    let is_text = |term: TermId| program.terms[term].ty == Type::Text;
    let span = |term: TermId| program.terms[term].span;
    is_text(left) || is_text(right) || span(right) == span(term)
}

/// The side of a comparison that is held against the other: the one that is no plain number.
pub(super) fn is_turned(program: &Program, left: TermId) -> bool {
    matches!(program.terms[left].kind, TermKind::Number(_))
}

/// On which sides of its limit a figure may be: on all, where no bounds of it are declared.
fn possible(program: &Program, left: TermId, right: TermId) -> Vec<Sight> {
    let (of, limit) = match is_turned(program, left) {
        true => (right, left),
        false => (left, right),
    };
    let all = [
        (Sight::Below, Comparison::Lt),
        (Sight::At, Comparison::Eq),
        (Sight::Above, Comparison::Gt),
    ];
    let sets = (bounds(program, of), number(program, limit));
    let may = |op: Comparison| match &sets {
        (Some(set), Some(limit)) => compare(op, set, &Set::point(limit.clone())) != Truth::False,
        _ => true,
    };
    let possible = all.into_iter().filter(|(_, op)| may(*op));
    possible.map(|(sight, _)| sight).collect()
}

fn number(program: &Program, term: TermId) -> Option<Exact> {
    match &program.terms[term].kind {
        TermKind::Number(value) => Some(value.clone()),
        _ => None,
    }
}

/// The declared bounds of a figure, and what follows from them for many.
pub(crate) fn bounds(program: &Program, term: TermId) -> Option<Set> {
    let (zero, one) = (Exact::from(0), Exact::from(1));
    match &program.terms[term].kind {
        TermKind::Input(input) | TermKind::Derived(input, _) => {
            let figure = &program.inputs[*input].figure;
            let indicator = &program.model.indicators[figure.indicator];
            if let Some(ladder) = indicator.ladder {
                // Nothing is above the highest level.
                let n = program.model.ladders[ladder].levels.len();
                return Set::closed(one, Exact::from(i64::try_from(n).ok()?));
            }
            Some(bounds_of(&program.model, figure))
        }
        TermKind::Aggregate(id) => {
            let aggregate = &program.aggregates[*id];
            match aggregate.fold {
                Fold::Count => Some(Set::at_least(zero)),
                Fold::Share => Set::closed(zero, one),
                Fold::Sum(_) => {
                    let each = bounds(program, aggregate.root.term)?;
                    let least = each.lo().value()?;
                    (!least.is_negative()).then(|| Set::at_least(zero))
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// A term in words of the language: a figure by its id, anything else as it is written.
fn written(program: &Program, term: TermId) -> String {
    if let Some(define) = program.terms[term].define {
        return program.model.defines[define].id.clone();
    }
    match &program.terms[term].kind {
        TermKind::Input(input) | TermKind::Derived(input, _) => {
            let figure = &program.inputs[*input].figure;
            program.model.indicators[figure.indicator].id.clone()
        }
        _ => one_line(program.sources.slice(program.terms[term].span)),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
