//! What the grammar would take at a place of a text that is still being typed.
//!
//! Goes in: a text up to the place. Comes out: keywords and kinds of words. Never reads on.

use pest::Parser;

use super::split::{Piece, code_end, pieces};
use super::{Grammar, Limits, Rule, labels};
use crate::syntax::keywords::{Keyword, keywords};

/// What may stand at a place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// Keywords that may, in both forms.
    pub(crate) keywords: Vec<&'static Keyword>,
    /// A clause of the item; which of them, the item decides.
    pub(crate) is_clause: bool,
    /// An expression, or a name in one.
    pub(crate) is_value: bool,
    /// A name of something declared.
    pub(crate) is_name: bool,
    /// A unit of measure.
    pub(crate) is_unit: bool,
    /// What selects among the figures of an indicator.
    pub(crate) is_selector: bool,
}

/// A character that nothing of the grammar takes, so that the reader stops where it stands.
const STOP: char = '\u{1}';

/// What may stand behind a text; none where the text goes wrong before its end, or ends inside a
/// comment or a quoted text.
pub(crate) fn wanted_behind(text: &str) -> Option<Wanted> {
    let limits = Limits::default();
    if text.len() > limits.bytes {
        return None;
    }
    let item = text.get(last_item(text, &limits)..)?;
    if item.len() > limits.item {
        return None;
    }
    let rules = match code_end(item) {
        0 => vec![Rule::item],
        _ => expected(item)?,
    };
    Some(wanted(&rules))
}

/// Where the last item of a text starts, or what is left of one; items that end are passed over.
fn last_item(text: &str, limits: &Limits) -> usize {
    let mut last = text.len();
    pieces(text, limits, |piece| match piece {
        Piece::Item { start, .. } | Piece::Broken { start, .. } | Piece::TooLarge { start, .. } => {
            last = start;
        }
        Piece::TooDeep { .. } => last = text.len(),
        Piece::Comment { .. } => {}
    });
    last
}

/// The rules that could go on behind an item.
fn expected(item: &str) -> Option<Vec<Rule>> {
    let stopped = format!("{item}{STOP}");
    let error = Grammar::parse(Rule::alone, &stopped).err()?;
    let at = match error.location {
        pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
    };
    let pest::error::ErrorVariant::ParsingError { positives, .. } = error.variant else {
        return None;
    };
    let is_behind = at >= code_end(item) && at <= item.len();
    is_behind.then_some(positives)
}

fn wanted(rules: &[Rule]) -> Wanted {
    let mut wanted = Wanted::default();
    let mut plain = Vec::new();
    for rule in rules {
        match rule {
            Rule::clause => wanted.is_clause = true,
            Rule::EOI => plain.push(Rule::item),
            // A comment may stand anywhere.
            Rule::comment => {}
            Rule::unit_word | Rule::unit_name => wanted.is_unit = true,
            Rule::name | Rule::rule_id | Rule::body_id | Rule::members | Rule::own_members => {
                wanted.is_name = true;
            }
            Rule::selector_key | Rule::selector_value | Rule::selector_pair => {
                wanted.is_selector = true;
            }
            rule if is_value(*rule) => wanted.is_value = true,
            // Tails of expressions begin with operators, which are named beside them.
            rule if labels::rule_key(*rule) == "syntax-value" => {}
            rule => plain.push(*rule),
        }
    }
    let forms: Vec<&str> = labels::keywords_of(&plain).collect();
    let is_wanted = |keyword: &&Keyword| {
        let begins_value = wanted.is_value && VALUES.contains(&keyword.rule);
        begins_value || forms.contains(&keyword.en)
    };
    wanted.keywords = keywords().iter().filter(is_wanted).collect();
    wanted
}

fn is_value(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::expr
            | Rule::disjunction
            | Rule::conjunction
            | Rule::negation
            | Rule::comparison
            | Rule::sum
            | Rule::product
            | Rule::unary
            | Rule::power
            | Rule::postfix
            | Rule::primary
            | Rule::goal
            | Rule::special_goal
            | Rule::single
            | Rule::bracketed
            | Rule::argument
            | Rule::given_evidence
            | Rule::case_column
            | Rule::given_column
    )
}

/// Keywords that an expression may begin with.
const VALUES: &[&str] = &[
    "kw_if",
    "kw_not",
    "kw_strict",
    "kw_true",
    "kw_false",
    "kw_this_day",
    "kw_all_of",
    "kw_any_of",
    "kw_least",
    "kw_sum_of",
    "kw_mean_of",
    "kw_median_of",
    "kw_highest_of",
    "kw_lowest_of",
    "kw_quantile",
    "kw_rank_of",
    "kw_count_of",
    "kw_share_of",
];
