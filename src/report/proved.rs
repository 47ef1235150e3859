//! What was proved of two packs, or of the days on which the law of one changes, for a person and for
//! a machine. Renders; decides nothing.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::Digests;
use super::text::hanging;
use crate::explain::named;
use crate::message::{Arg, Lang, Message};
use crate::model::{Rule, RuleId};
use crate::program::Program;
use crate::prove::{Difference, Doubt, Join, PackComparison, Paired, Relation, State};

mod json;

/// The forms of a comparison of packs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProvedForm {
    /// For a person at a terminal.
    Human,
    /// For a machine, by `docs/schema/compare.json`.
    Json,
}

impl ProvedForm {
    /// All forms.
    pub const ALL: [ProvedForm; 2] = [ProvedForm::Human, ProvedForm::Json];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ProvedForm::Human => "human",
            ProvedForm::Json => "json",
        }
    }

    /// The usual ending of its files, without the point.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            ProvedForm::Human => "txt",
            ProvedForm::Json => "json",
        }
    }
}

/// What is shown.
#[derive(Clone, Copy)]
pub enum Proved<'a> {
    /// Two packs, the old one first.
    Packs([&'a Program; 2], &'a PackComparison),
    /// One pack, and the days on which its law changes.
    Joins(&'a Program, &'a [Join]),
}

/// Everything that is shown of a comparison.
#[derive(Clone, Copy)]
pub struct ProvedReport<'a> {
    /// What was proved.
    pub proved: Proved<'a>,
    /// Digests of the packs, in their order.
    pub digests: &'a [Digests],
    /// The language of the sentences.
    pub lang: Lang,
    /// Columns of the terminal.
    pub columns: usize,
}

/// Writes a comparison of packs.
///
/// # Errors
///
/// What the writer says.
pub fn write_proved(
    w: &mut dyn Write,
    form: ProvedForm,
    report: &ProvedReport<'_>,
) -> io::Result<()> {
    match form {
        ProvedForm::Human => human(w, report),
        ProvedForm::Json => json::write(w, report),
    }
}

/// The examples of a comparison as tables that `check` reads: the name of a file, and what is in it.
#[must_use]
pub fn example_tables(proved: &Proved<'_>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut add = |rule: &Rule, more: &str, difference: &Difference| {
        let words = [&difference.was, &difference.now].map(state_word);
        let number = found.len() + 1;
        let name = format!("{number:03}-{}{more}-{}-{}", rule.id, words[0], words[1]);
        let name: String = name
            .chars()
            .map(|letter| match letter {
                '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
                letter => letter,
            })
            .collect();
        if difference.example.is_shared() {
            found.push((format!("{name}.csv"), difference.example.table(0)));
            return;
        }
        for (side, word) in ["old", "new"].into_iter().enumerate() {
            found.push((format!("{name}.{word}.csv"), difference.example.table(side)));
        }
    };
    match proved {
        Proved::Packs([_, now], comparison) => {
            for pair in &comparison.paired {
                for difference in &pair.differences {
                    add(&now.model.rules[pair.rules[1]], "", difference);
                }
            }
        }
        Proved::Joins(program, joins) => {
            for join in *joins {
                for difference in &join.differences {
                    let day = format!("-{}", join.day);
                    add(&program.model.rules[join.rule], &day, difference);
                }
            }
        }
    }
    found
}

/// The word of an answer in the machine output.
fn state_word(state: &State) -> &str {
    match state {
        State::Verdict(verdict) => verdict.word(),
        State::Outcome(id) => id,
        State::Holds => "holds",
        State::Broken => "broken",
    }
}

/// An answer in words, as the pack of a rule calls it.
fn state_words(program: &Program, rule: RuleId, state: &State) -> Arg {
    match state {
        State::Verdict(verdict) => Arg::Message(Message::new(verdict.key())),
        State::Holds => Arg::Message(Message::new("state-holds")),
        State::Broken => Arg::Message(Message::new("state-broken")),
        State::Outcome(id) => {
            let decision = program.model.rules[rule].decision.as_ref();
            let outcomes = decision.into_iter().flat_map(|decision| &decision.outcomes);
            let mut own = outcomes.filter(|outcome| outcome.id == *id);
            own.next()
                .map_or_else(|| Arg::from(id), |outcome| named(&outcome.label, id))
        }
    }
}

fn rule_name(program: &Program, id: RuleId) -> Message {
    let rule = &program.model.rules[id];
    Message::new("compare-rule")
        .with("id", &rule.id)
        .with("name", named(&rule.label, &rule.id))
}

fn human(w: &mut dyn Write, report: &ProvedReport<'_>) -> io::Result<()> {
    match report.proved {
        Proved::Packs(programs, comparison) => packs(w, report, programs, comparison),
        Proved::Joins(program, joins) => days(w, report, program, joins),
    }
}

fn packs(
    w: &mut dyn Write,
    report: &ProvedReport<'_>,
    programs: [&Program; 2],
    comparison: &PackComparison,
) -> io::Result<()> {
    let say = |w: &mut dyn Write, message: &Message, indent: usize| {
        hanging(w, &message.render(report.lang), report.columns, indent)
    };
    let told = comparison.paired.iter();
    for pair in told.filter(|pair| pair.relation != Relation::Equivalent) {
        pair_lines(w, report, programs, pair)?;
        writeln!(w)?;
    }
    let [was, now] = programs;
    let lists = [
        ("compare-gone", was, &comparison.gone),
        ("compare-arisen", now, &comparison.arisen),
    ];
    for (key, program, ids) in lists {
        if !ids.is_empty() {
            let ids = ids.iter().map(|id| Arg::from(&program.model.rules[*id].id));
            let message = Message::new(key).with("rules", Arg::List(ids.collect()));
            say(w, &message, 0)?;
        }
    }
    for changed in &comparison.changed {
        let message = Message::new("compare-changed")
            .with("indicator", &changed.indicator)
            .with("part", Message::new(changed.part.key()));
        say(w, &message, 0)?;
    }
    let counts = Relation::ALL.into_iter().filter_map(|relation| {
        let count = comparison.count(relation);
        (count > 0).then(|| {
            let message = Message::new("compare-count")
                .with("relation", Message::new(relation.key()))
                .with("count", count);
            Arg::Message(message)
        })
    });
    let counts: Vec<Arg> = counts.collect();
    let summary = Message::new("compare-summary")
        .with("count", comparison.paired.len())
        .with("counts", Arg::List(counts))
        .with("relation", Message::new(comparison.relation().key()));
    say(w, &summary, 0)?;
    say(w, &Message::new("compare-granted"), 0)
}

fn pair_lines(
    w: &mut dyn Write,
    report: &ProvedReport<'_>,
    programs: [&Program; 2],
    pair: &Paired,
) -> io::Result<()> {
    let head = Message::new("compare-head")
        .with("rule", rule_name(programs[1], pair.rules[1]))
        .with("relation", Message::new(pair.relation.key()));
    hanging(w, &head.render(report.lang), report.columns, 0)?;
    for difference in &pair.differences {
        difference_lines(w, report, (programs, pair.rules), difference, "compare-way")?;
    }
    doubt_lines(w, report, &pair.doubts)
}

fn difference_lines(
    w: &mut dyn Write,
    report: &ProvedReport<'_>,
    (programs, rules): ([&Program; 2], [RuleId; 2]),
    difference: &Difference,
    key: &'static str,
) -> io::Result<()> {
    let setting = difference.example.setting;
    let way = Message::new(key)
        .with("was", state_words(programs[0], rules[0], &difference.was))
        .with("now", state_words(programs[1], rules[1], &difference.now))
        .with("period", setting.period.to_string())
        .with("day", setting.in_force.to_string());
    hanging(w, &way.render(report.lang), report.columns, 2)?;
    for figure in &difference.example.figures {
        let line = Message::new("compare-figure")
            .with("name", figure.name.clone())
            .with("value", figure.value.clone());
        hanging(w, &line.render(report.lang), report.columns, 4)?;
    }
    Ok(())
}

fn doubt_lines(
    w: &mut dyn Write,
    report: &ProvedReport<'_>,
    doubts: &BTreeSet<Doubt>,
) -> io::Result<()> {
    if doubts.is_empty() {
        return Ok(());
    }
    let why = doubts
        .iter()
        .map(|doubt| Arg::Message(Message::new(doubt.key())));
    let line = Message::new("compare-doubt").with("why", Arg::List(why.collect()));
    hanging(w, &line.render(report.lang), report.columns, 2)
}

fn days(
    w: &mut dyn Write,
    report: &ProvedReport<'_>,
    program: &Program,
    joins: &[Join],
) -> io::Result<()> {
    for join in joins {
        let head = Message::new(join.turn.key())
            .with("rule", rule_name(program, join.rule))
            .with("day", join.day.to_string());
        hanging(w, &head.render(report.lang), report.columns, 0)?;
        for difference in &join.differences {
            let both = ([program; 2], [join.rule; 2]);
            difference_lines(w, report, both, difference, "join-way")?;
        }
        doubt_lines(w, report, &join.doubts)?;
        writeln!(w)?;
    }
    let n_ways = joins
        .iter()
        .map(|join| join.differences.len())
        .sum::<usize>();
    let days: BTreeSet<_> = joins.iter().map(|join| join.day).collect();
    let summary = Message::new("join-summary")
        .with("count", days.len())
        .with("ways", n_ways);
    hanging(w, &summary.render(report.lang), report.columns, 0)
}
