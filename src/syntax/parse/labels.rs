//! What the grammar expected, in the words of the catalogue.
//!
//! Goes in: the rules that pest would have accepted. Comes out: a short list. Long rows of
//! keywords become the one word for their kind: a clause, an operator.

use super::{Rule, keyword_of};
use crate::message::{Arg, Message};
use crate::syntax::keywords::{Keyword, keywords};

/// So many keywords of one kind are named one by one; more become the word for their kind.
const NAMED: usize = 3;

/// Keyword kinds, as the table of keywords groups them, and their word in the catalogue.
const KINDS: [(&str, &str); 12] = [
    ("item", "syntax-item"),
    ("clause", "syntax-clause"),
    ("test", "syntax-clause"),
    ("kind", "syntax-kind"),
    ("goal", "syntax-goal"),
    ("timing", "syntax-timing"),
    ("operator", "syntax-operator"),
    ("aggregate", "syntax-value"),
    ("comparison", "syntax-operator"),
    ("verdict", "syntax-verdict"),
    ("cause", "syntax-verdict"),
    ("outlook", "syntax-verdict"),
];

/// What would have been right, without repeats.
pub(super) fn expected(rules: &[Rule]) -> Vec<Arg> {
    let mut keys: Vec<&'static str> = Vec::new();
    let mut words = Vec::new();
    // A comment may stand anywhere; to say so helps nobody.
    for rule in rules.iter().filter(|rule| **rule != Rule::comment) {
        match keyword_of(*rule) {
            Some(keyword) => words.push((kind_key(keyword.group), keyword)),
            None => keys.push(rule_key(*rule)),
        }
    }
    let mut named = Vec::new();
    for (key, keyword) in &words {
        let n_alike = words.iter().filter(|(other, _)| other == key).count();
        if n_alike > NAMED {
            keys.push(key);
        } else if !keys.contains(key) {
            named.push(Arg::Text(format!("`{}`", keyword.both())));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    let keys = keys.into_iter().map(|key| Arg::Message(Message::new(key)));
    keys.chain(named).collect()
}

/// Both forms of every keyword that would have been right.
pub(super) fn keywords_of(rules: &[Rule]) -> impl Iterator<Item = &'static str> {
    let is_wanted = |keyword: &Keyword| {
        rules.iter().any(|rule| match keyword_of(*rule) {
            Some(other) => other.rule == keyword.rule,
            None => match rule_key(*rule) {
                "syntax-clause" => starts_clause(keyword),
                key => key == kind_key(keyword.group),
            },
        })
    };
    let wanted = keywords().iter().filter(move |keyword| is_wanted(keyword));
    wanted.flat_map(|keyword| [keyword.en, keyword.zh])
}

/// Some words start both an item and a clause; the table of keywords has them once, as items.
fn starts_clause(keyword: &Keyword) -> bool {
    let clause = keyword.rule.strip_prefix("kw_").unwrap_or(keyword.rule);
    let has_rule = |rule: &Rule| format!("{rule:?}").strip_suffix("_clause") == Some(clause);
    kind_key(keyword.group) == "syntax-clause" || Rule::all_rules().iter().any(has_rule)
}

/// The word for the kind of a keyword.
fn kind_key(group: &str) -> &'static str {
    let kind = group.split(' ').next().unwrap_or(group);
    let found = KINDS.iter().find(|(name, _)| *name == kind);
    found.map_or("syntax-clause", |(_, key)| key)
}

/// The catalogue keys of all words that `expected` may give, for the test of the catalogue.
#[must_use]
pub fn syntax_keys() -> Vec<&'static str> {
    let rules = Rule::all_rules().iter().map(|rule| rule_key(*rule));
    let kinds = KINDS.iter().map(|(_, key)| *key);
    let end = rule_key(Rule::EOI);
    let mut keys: Vec<&'static str> = rules.chain(kinds).chain([end]).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// What a rule of the grammar is called in a message.
pub(super) fn rule_key(rule: Rule) -> &'static str {
    let name = format!("{rule:?}");
    let ends = |suffix: &str| name.ends_with(suffix);
    match rule {
        Rule::EOI => "syntax-end",
        Rule::open | Rule::list_open => "syntax-open",
        Rule::close | Rule::list_close => "syntax-close",
        Rule::paren_open | Rule::paren_close | Rule::cause => "syntax-bracket",
        Rule::bracket_open | Rule::bracket_close => "syntax-bracket",
        Rule::quote_close | Rule::curly_close => "syntax-quote",
        Rule::comma => "syntax-comma",
        Rule::equals => "syntax-equals",
        Rule::text | Rule::text_body | Rule::curly_body => "syntax-text",
        Rule::name | Rule::rule_id | Rule::members | Rule::own_members => "syntax-name",
        Rule::unit_word | Rule::unit_name => "syntax-unit",
        Rule::number | Rule::quantity | Rule::signed | Rule::point | Rule::row_span => {
            "syntax-number"
        }
        Rule::year
        | Rule::month
        | Rule::day
        | Rule::quarter
        | Rule::half
        | Rule::period
        | Rule::period_ref
        | Rule::relative_period
        | Rule::period_range
        | Rule::range_end => "syntax-period",
        Rule::item | Rule::broken | Rule::block_keyword => "syntax-item",
        Rule::gap | Rule::next | Rule::skip | Rule::alone => "syntax-item",
        Rule::verdict_word | Rule::outlook_word | Rule::cause_word | Rule::expectation => {
            "syntax-verdict"
        }
        Rule::kind_word => "syntax-kind",
        Rule::selector | Rule::selector_pair | Rule::selector_key | Rule::selector_value => {
            "syntax-selector"
        }
        _ if ends("_clause") || rule == Rule::clause => "syntax-clause",
        _ if ends("_item") => "syntax-item",
        Rule::column_at | Rule::column_letters => "syntax-column",
        Rule::column_role => "syntax-role",
        Rule::rows_role => "syntax-role",
        Rule::id_cell | Rule::timing_cell => "syntax-value",
        _ if name.starts_with("table_")
            || name.starts_with("rows_")
            || name.starts_with("fixed") =>
        {
            "syntax-clause"
        }
        _ if ends("_op")
            || matches!(
                rule,
                Rule::plus
                    | Rule::minus
                    | Rule::times
                    | Rule::divide
                    | Rule::caret
                    | Rule::at_sign
                    | Rule::dots
            ) =>
        {
            "syntax-operator"
        }
        _ if name.starts_with("expect_") => "syntax-verdict",
        _ if ends("_timing") || rule == Rule::timing => "syntax-timing",
        _ => "syntax-value",
    }
}
