//! Limits beside the words that are quoted for them: a comparison that takes the limit in where the text
//! leaves it out, or the other way; and a limit that the text does not have. Words are only searched for
//! numbers and for the words around them; a way that the text does not go is no lint, for a rule may say
//! the opposite of what it quotes.

use super::{Edit, Lint, LintOptions, Linted};
use crate::diagnostic::{Code, Diagnostic};
use crate::figures::printed::Qualifier;
use crate::findings::{Quoted, Written, words_in};
use crate::fold::fold_width;
use crate::message::{Arg, Label, Lang, Message};
use crate::model::Citation;
use crate::model::{Expr, ExprKind, Model, Role, Rule, RuleKind, Type};
use crate::number::Exact;
use crate::program::Program;
use crate::set::Comparison;
use crate::source::Span;
use crate::syntax::keywords;
use crate::unit::ParsedUnit;

/// Letters around a number in which words are looked for.
const AROUND: usize = 24;

pub(super) fn look(program: &Program, _: &LintOptions<'_>, found: &mut Linted) {
    for rule in program.model.rules.values() {
        if !program.is_own(rule.span) || rule.kind == RuleKind::Check {
            continue;
        }
        for (exprs, citations) in parts(rule) {
            let quotes: Vec<Quote> = citations
                .iter()
                .filter(|citation| !citation.quote.is_empty())
                .map(|citation| Quote::of(&program.model, citation))
                .collect();
            let limits: Vec<Limit> = exprs
                .iter()
                .flat_map(|expr| limits(program, expr))
                .collect();
            for limit in &limits {
                found
                    .lints
                    .extend(boundary(program, rule, limit, &limits, &quotes));
            }
            found
                .lints
                .extend(elsewhere(&program.model, rule, &limits, &quotes));
        }
    }
}

/// What a rule says, with the words that are quoted for it.
pub(super) fn parts(rule: &Rule) -> Vec<(Vec<&Expr>, &[Citation])> {
    let Some(decision) = &rule.decision else {
        let own = std::iter::once(&rule.goal).chain(&rule.condition);
        return vec![(own.collect(), &rule.citations)];
    };
    let cases = decision.versions.iter().flat_map(|version| &version.cases);
    let cases = cases.map(|case| (case.condition.iter().collect(), case.citations.as_slice()));
    cases.collect()
}

/// A quotation with its numbers.
struct Quote<'a> {
    text: &'a str,
    letters: Vec<char>,
    numbers: Vec<Quoted>,
}

impl<'a> Quote<'a> {
    fn of(model: &Model, citation: &'a Citation) -> Quote<'a> {
        Quote {
            text: &citation.quote,
            letters: fold_width(&citation.quote).chars().collect(),
            numbers: words_in(model, &citation.quote).numbers,
        }
    }

    /// What the words before and behind a number say of it, and the words.
    fn said(&self, model: &Model, number: &Quoted) -> Option<(Qualifier, String)> {
        let (from, to) = number.at;
        let text = |range: std::ops::Range<usize>| -> String {
            self.letters.get(range).unwrap_or_default().iter().collect()
        };
        let before = text(from.saturating_sub(AROUND)..from);
        let after = text(to.min(self.letters.len())..(to + AROUND).min(self.letters.len()));
        let vocabulary = &model.words.vocabulary;
        let ahead = vocabulary.at_end(&before);
        let behind = vocabulary.at_start(&after);
        // A word behind the number says more than one before it that only leads up to it.
        let qualifier = match (ahead, behind) {
            (Some(ahead), Some(behind)) if is_limit(ahead) && ahead != behind => return None,
            (_, Some(behind)) => behind,
            (Some(ahead), None) => ahead,
            (None, None) => return None,
        };
        let start = if ahead.is_some() {
            shortest_end(&before, |it| vocabulary.at_end(it))
        } else {
            0
        };
        let end = match behind {
            Some(_) => shortest_start(&after, |it| vocabulary.at_start(it)),
            None => 0,
        };
        Some((qualifier, text(from.saturating_sub(start)..to + end)))
    }
}

/// Whether a word draws a line at the number.
fn is_limit(qualifier: Qualifier) -> bool {
    matches!(
        qualifier,
        Qualifier::Over | Qualifier::AtLeast | Qualifier::Below | Qualifier::AtMost
    )
}

/// How many letters at the end of a text are its word: the fewest with which it still says the same.
fn shortest_end(text: &str, says: impl Fn(&str) -> Option<Qualifier>) -> usize {
    let letters: Vec<char> = text.chars().collect();
    let last = |n: usize| -> String { letters.iter().skip(letters.len() - n).collect() };
    let whole = says(text);
    (1..=letters.len())
        .find(|n| says(&last(*n)) == whole)
        .unwrap_or(0)
}

/// The same at the start of a text.
fn shortest_start(text: &str, says: impl Fn(&str) -> Option<Qualifier>) -> usize {
    let whole = says(text);
    let first = |n: usize| -> String { text.chars().take(n).collect() };
    let n = text.chars().count();
    (1..=n).find(|n| says(&first(*n)) == whole).unwrap_or(0)
}

/// A figure held against a number that is written.
struct Limit<'a> {
    op: Comparison,
    /// What stands under `not` says the opposite of its own words; the text may be quoted for either.
    is_denied: bool,
    /// It is one end of a range.
    is_end: bool,
    /// Whether the number stands first, so that the comparison is written from its other side.
    is_turned: bool,
    /// The whole comparison.
    span: Span,
    /// The number as written, and where.
    text: &'a str,
    at: Span,
    number: Quoted,
    /// Where the words of the comparison stand, where they stand between the two.
    sign: Option<Span>,
}

fn limits<'a>(program: &'a Program, expr: &'a Expr) -> Vec<Limit<'a>> {
    let mut found = Vec::new();
    let mut open = vec![(expr, false, false)];
    while let Some((expr, is_denied, is_end)) = open.pop() {
        let own = limit(program, expr);
        found.extend(own.map(|limit| Limit {
            is_denied,
            is_end,
            ..limit
        }));
        let is_not = matches!(expr.kind, ExprKind::Not(_));
        let parts = expr.operands();
        // Both ends of a range stand where the range does.
        let is_range = matches!(expr.kind, ExprKind::All(_))
            && parts.iter().all(|part| part.span == expr.span);
        let parts = parts.into_iter().rev();
        open.extend(parts.map(|part| (part, is_denied != is_not, is_range)));
    }
    found
}

fn limit<'a>(program: &'a Program, expr: &'a Expr) -> Option<Limit<'a>> {
    let ExprKind::Compare(op, left, right) = &expr.kind else {
        return None;
    };
    let (op, number, is_turned) = match (is_written(left), is_written(right)) {
        (false, true) => (*op, right, false),
        (true, false) => (op.turned(), left, true),
        _ => return None,
    };
    let text = program.sources.slice(number.span);
    let mut numbers = words_in(&program.model, text).numbers.into_iter();
    let (Some(own), None) = (numbers.next(), numbers.next()) else {
        return None;
    };
    let (first, last) = (left.span, right.span);
    let is_between = first.source == last.source && first.end <= last.start;
    Some(Limit {
        op,
        is_denied: false,
        is_end: false,
        is_turned,
        span: expr.span,
        text,
        at: number.span,
        number: own,
        sign: is_between.then_some(Span {
            source: first.source,
            start: first.end,
            end: last.start,
        }),
    })
}

impl Limit<'_> {
    /// How the comparison may be meant: as it is written, and as it is denied.
    fn ways(&self) -> impl Iterator<Item = Comparison> {
        let denied = self.is_denied.then(|| self.op.negated());
        denied.into_iter().chain([self.op])
    }
}

/// Whether a number is written there that is no day.
fn is_written(expr: &Expr) -> bool {
    let is_day = matches!(&expr.ty, Type::Quantity(ty) if ty.role == Role::Date);
    match &expr.kind {
        ExprKind::Number(_) => !is_day,
        ExprKind::Negative(inner) => is_written(inner),
        _ => false,
    }
}

/// Whether two names are those of one unit: `pp` and `percentage points`.
fn is_one_unit(model: &Model, one: &str, other: &str) -> bool {
    let parsed = |name: &str| match model.units.parse(name) {
        Ok(ParsedUnit::Unit(unit)) => {
            let dimension = model.units.canonical(&unit.dimension);
            Some((unit.factor, dimension, unit.nature))
        }
        _ => None,
    };
    one == other || parsed(one).is_some_and(|one| parsed(other) == Some(one))
}

/// Whether a number of a quotation is that of a limit.
fn is_same(model: &Model, limit: &Limit<'_>, quoted: &Quoted) -> bool {
    let own = &limit.number;
    if !quoted.is_sure() {
        return false;
    }
    let is_open = quoted.name.is_empty() || own.name.is_empty();
    let whole = |one: &Quoted| &one.value * &one.scale;
    (is_open || is_one_unit(model, &quoted.name, &own.name))
        && (whole(own) == whole(quoted)
            // A table says the scale in its head: `网民规模（亿）… 12` for 12亿.
            || quoted.text.is_empty() && own.value == quoted.value)
}

/// A comparison that differs from the words around its number at the number itself.
fn boundary(
    program: &Program,
    rule: &Rule,
    limit: &Limit<'_>,
    all: &[Limit<'_>],
    quotes: &[Quote<'_>],
) -> Option<Lint> {
    let mut differing: Vec<(&Quote<'_>, String, Comparison)> = Vec::new();
    let mut n_there = 0;
    for quote in quotes {
        for number in quote
            .numbers
            .iter()
            .filter(|one| is_same(&program.model, limit, one))
        {
            n_there += 1;
            let Some((qualifier, words)) = quote.said(&program.model, number) else {
                continue;
            };
            let said = match qualifier {
                Qualifier::Over => Comparison::Gt,
                Qualifier::AtLeast => Comparison::Ge,
                Qualifier::Below => Comparison::Lt,
                Qualifier::AtMost => Comparison::Le,
                _ => continue,
            };
            if limit.ways().any(|way| said == way) {
                return None;
            }
            let mut ways = limit.ways();
            if let Some(way) = ways.find(|way| said == strictness_changed(*way)) {
                differing.push((quote, words, way));
            }
        }
    }
    let (quote, words, way) = differing.first()?;
    // Both ways, it is the same sign that is written otherwise.
    let sign = strictness_changed(limit.op);
    let written = match limit.is_turned {
        true => sign.turned(),
        false => sign,
    };
    let help = match limit.is_end {
        false => Message::new("help-l007").with("sign", written.sign()),
        true => Message::new("help-l007-range").with("sign", written.sign()),
    };
    let problem = Diagnostic::new(Code::BoundaryWord, limit.span)
        .with("rule", &rule.id)
        .with("written", wording(*way))
        .with("said", words)
        .with("wanted", wording(strictness_changed(*way)))
        .with("quote", quote.text)
        .help(help);
    let lint = Lint::new(&rule.id, problem);
    let is_shared = |one: &&Limit<'_>| is_same(&program.model, one, &limit.number);
    let is_alone = n_there == 1 && all.iter().filter(is_shared).count() == 1;
    match limit.sign.filter(|_| is_alone) {
        Some(sign) => Some(match swapped(program, sign, written) {
            Some(edit) => lint.mended_by(vec![edit]),
            None => lint,
        }),
        None => Some(lint),
    }
}

/// The comparison that differs at the limit alone.
fn strictness_changed(op: Comparison) -> Comparison {
    match op {
        Comparison::Lt => Comparison::Le,
        Comparison::Le => Comparison::Lt,
        Comparison::Gt => Comparison::Ge,
        Comparison::Ge => Comparison::Gt,
        same => same,
    }
}

/// The first keyword of a comparison, in both languages.
fn wording(op: Comparison) -> Arg {
    let group = format!("comparison {}", op.sign());
    let keyword = keywords().iter().find(|known| known.group == group);
    Arg::Label(keyword.map_or_else(
        || Label::same(op.sign()),
        |known| Label {
            zh: known.zh.to_owned(),
            en: known.en.to_owned(),
        },
    ))
}

/// The words of a comparison swapped for those of another one, in their own language.
fn swapped(program: &Program, at: Span, wanted: Comparison) -> Option<Edit> {
    let slice = program.sources.slice(at);
    if program.sources.is_table(at.source) {
        return None;
    }
    let own = slice.trim();
    let before = slice.len() - slice.trim_start().len();
    let start = at.start + u32::try_from(before).ok()?;
    let span = Span {
        source: at.source,
        start,
        end: start + u32::try_from(own.len()).ok()?,
    };
    let known = keywords().iter();
    let mut known = known.filter(|known| known.group.starts_with("comparison "));
    let text = if Comparison::ALL.iter().any(|op| op.sign() == own) {
        wanted.sign().to_owned()
    } else {
        let lang = known.find_map(|known| match own {
            own if own == known.en => Some(Lang::En),
            own if own == known.zh => Some(Lang::Zh),
            _ => None,
        })?;
        match wording(wanted) {
            Arg::Label(label) => label.get(lang).to_owned(),
            _ => return None,
        }
    };
    Some(Edit { span, text })
}

/// A limit of a unit in which the quotations have other numbers, and none of the rule's.
fn elsewhere(
    model: &Model,
    rule: &Rule,
    limits: &[Limit<'_>],
    quotes: &[Quote<'_>],
) -> Option<Lint> {
    let numbers = || quotes.iter().flat_map(|quote| &quote.numbers);
    let is_alike = |limit: &Limit<'_>, quoted: &Quoted| {
        let is_digits = quoted.written == Written::Digits;
        let own = &limit.number.name;
        is_digits && !own.is_empty() && is_one_unit(model, own, &quoted.name)
    };
    let zero = Exact::from(0);
    let mut told = limits.iter().filter(|limit| {
        limit.number.value != zero && numbers().any(|quoted| is_alike(limit, quoted))
    });
    let first = told.next()?;
    let is_there = |limit: &Limit<'_>| numbers().any(|quoted| is_same(model, limit, quoted));
    if limits.iter().any(is_there) {
        return None;
    }
    let said = numbers().filter(|quoted| is_alike(first, quoted));
    let said = said.map(|quoted| Arg::from(format!("{}{}", quoted.value, quoted.text)));
    let problem = Diagnostic::new(Code::NumberNotQuoted, first.at)
        .with("rule", &rule.id)
        .with("limit", first.text)
        .with("numbers", Arg::List(said.collect()));
    Some(Lint::new(&rule.id, problem))
}
