//! `plumbrule check`: a pack against figures.

use std::collections::BTreeMap;
use std::path::Path;

use plumbrule::bulk;
use plumbrule::eval::{Options, Outcome, Row, Vintage, evaluate, exit_status};
use plumbrule::figures::{ClaimState, Submission};
use plumbrule::findings::{Finding, findings};
use plumbrule::message::{Lang, Message};
use plumbrule::model::{EntityId, RuleId};
use plumbrule::period::Period;
use plumbrule::program::Program;
use plumbrule::receipt::Command;
use plumbrule::report::{Format, Problems, Report, shell_word, verdict_text, write_check};
use plumbrule::verdict::Verdict;

use super::args::CheckArgs;
use super::columns;
use super::explain::no_entity;
use super::found;
use super::load;
use super::output::{self, Failure};
use super::receipt;
use super::shell::quoted;
use super::watch::{Files, Ran, watch};

pub(crate) fn run(args: &CheckArgs, lang: Lang) -> Result<u8, Failure> {
    if !args.watch {
        return once(args, lang).map(|ran| ran.status);
    }
    if args.figures.out.is_none() && args.figures.format().name() != Format::HUMAN.name() {
        let format = args.figures.format().name();
        return Err(Failure::Message(
            Message::new("watch-format").with("format", format),
            Some(Message::new("help-watch-out")),
        ));
    }
    if args
        .figures
        .figures
        .iter()
        .any(|path| path.as_os_str() == found::STDIN)
    {
        return Err(Failure::new(Message::new("cli-stdin-watch")));
    }
    let tables = load::figure_paths(&args.figures);
    let tables = tables.iter().map(|path| (path.clone(), load::TABLES));
    let files = Files::new(&args.pack, tables.collect(), args.figures.out.clone());
    watch(files, lang, || once(args, lang))
}

/// One check, written where it was asked for.
fn once(args: &CheckArgs, lang: Lang) -> Result<Ran, Failure> {
    let (program, warnings) = load::program_and_warnings(&args.pack, args.figures.limits, lang)
        .map_err(|failure| output::hand_over(failure, &args.figures, lang))?;
    load::expect_rows(&program, &args.pack)?;
    let is_coloured = args.figures.out.is_none() && output::colour();
    let command = receipt::command(args, lang, output::columns(), is_coloured);
    let filter = Filter::new(&args.rule, &args.category, &args.verdict, &program)?;
    if columns::is_asked(args) {
        return Ok(Ran {
            status: columns::run(args, &program, filter.rules(&program), lang)?,
            answers: BTreeMap::new(),
        });
    }
    let tables = load::tables(&program, &args.figures, args.receipt.is_some())?;
    let submission = &tables.submission;
    let options = load::options(&args.figures, &program, submission)?;
    output::complain_of_figures(&submission.problems, lang);
    load::needs_period(&args.figures, submission, &options).or_else(|failure| {
        let problems = Problems {
            diagnostics: &warnings,
            sources: &program.sources,
            figures: &submission.problems,
            lang,
        };
        output::write_instead(&problems, &args.figures)?;
        Err(failure)
    })?;
    let filter = filter.of_bodies(&command, submission)?;
    let is_every_year = args.figures.period.as_deref() == Some("all");
    let checked = checked(&program, submission, &options, is_every_year, &filter);
    let report = Report {
        program: &program,
        submission,
        options: &options,
        outcomes: &checked.outcomes,
        findings: &checked.findings,
        warnings: &warnings,
        digests: &load::digests(&program, tables.digest()),
        lang,
        columns: command.columns,
        colour: command.colour,
        by_entity: command.by_entity,
        n_left_out: checked.n_left_out,
        filter_args: &filter_args(&command),
        hint_args: &hint_args(&command, lang),
    };
    let format = args.figures.format();
    let kept = args.receipt.as_deref();
    let kept = kept.map(|file| receipt::Kept::new(file, args, &command, &program, &tables));
    let kept = kept.transpose()?;
    let bytes = output::rendered(&args.figures, |w| write_check(w, format, &report))?;
    let finished = output::hand_out(&args.figures, submission, checked.status, &bytes);
    // Where the reader of the output went away, the output was what it was all the same.
    if let (Some(kept), Ok(_) | Err(Failure::Closed)) = (kept, &finished) {
        kept.write(&report, checked.status, &bytes)?;
    }
    Ok(Ran {
        status: finished?,
        // Only a watch compares them; of many rows they would be many sentences.
        answers: if args.watch {
            answers(&report)
        } else {
            BTreeMap::new()
        },
    })
}

/// Each row with its verdict in words, for what a watch says of changes.
fn answers(report: &Report<'_>) -> BTreeMap<String, String> {
    let rows = report.outcomes.iter().flat_map(|outcome| &outcome.rows);
    let answers = rows.map(|row| {
        let rule = &report.program.model.rules[row.rule];
        let entity = &report.submission.entities[row.entity];
        let name = match rule.scope {
            Some(_) => {
                let whom = entity.label.get(report.lang);
                format!("{} {whom} {}", rule.id, row.period)
            }
            None => format!("{} {}", rule.id, row.period),
        };
        (name, verdict_text(report.program, row, report.lang))
    });
    answers.collect()
}

/// What a check says.
pub(crate) struct Checked {
    pub outcomes: Vec<Outcome>,
    pub findings: Vec<Finding>,
    pub status: u8,
    /// Rows that the filter does not let through.
    pub n_left_out: usize,
}

/// Evaluates the period of the options, or every year that has a figure.
pub(crate) fn checked(
    program: &Program,
    submission: &Submission,
    options: &Options,
    is_every_year: bool,
    filter: &Filter,
) -> Checked {
    let mut outcomes: Vec<Outcome> = if is_every_year {
        let years = years(submission, options).into_iter().map(|period| {
            let options = Options {
                period: Some(period),
                ..options.clone()
            };
            evaluate(program, submission, &options)
        });
        years.collect()
    } else {
        vec![evaluate(program, submission, options)]
    };
    let mut n_left_out = 0;
    for outcome in &mut outcomes {
        let n_all = outcome.rows.len();
        outcome.rows.retain(|row| filter.keeps(row, program));
        n_left_out += n_all - outcome.rows.len();
        if filter.by_entity {
            outcome.rows.sort_by_key(|row| row.entity);
        }
    }
    Checked {
        status: exit_status(&outcomes, program),
        findings: findings(program, submission, options),
        outcomes,
        n_left_out,
    }
}

/// The options that chose and ordered the rows.
pub(crate) fn filter_args(command: &Command) -> String {
    let mut words = Vec::new();
    for (name, values) in [
        ("--rule", &command.rules),
        ("--category", &command.categories),
        ("--verdict", &command.verdicts),
        ("--entity", &command.entities),
    ] {
        if !values.is_empty() {
            words.push(format!(" {name} {}", shell_word(&values.join(","))));
        }
    }
    if command.by_entity {
        words.push(" --by entity".to_owned());
    }
    words.concat()
}

/// The options with which `explain` sees what a check saw.
///
/// They follow from what a receipt keeps, so that a run made again prints the same.
pub(crate) fn hint_args(command: &Command, lang: Lang) -> String {
    let mut words = Vec::new();
    for pack in &command.packs {
        words.push(format!(" --rules {}", quoted(Path::new(pack))));
    }
    if command.figures.iter().any(|path| path != load::TABLES_AT) {
        words.push(" --figures".to_owned());
        let paths = command.figures.iter();
        words.extend(paths.map(|path| format!(" {}", quoted(Path::new(path)))));
    }
    for (name, value) in [
        ("--encoding", &command.encoding),
        ("--in-force", &command.in_force),
        ("--known-on", &command.known_on),
    ] {
        let day = value.iter();
        words.extend(day.map(|day| format!(" {name} {}", shell_word(day))));
    }
    for (name, values) in [
        ("--source", &command.sources),
        ("--prefer", &command.prefer),
    ] {
        if !values.is_empty() {
            words.push(format!(" {name} {}", shell_word(&values.join(","))));
        }
    }
    if command.vintage != Vintage::All.word() {
        words.push(format!(" --vintage {}", shell_word(&command.vintage)));
    }
    if let Some(weights) = &command.weights {
        words.push(format!(" --weights {}", shell_word(weights)));
    }
    if lang == Lang::Zh {
        words.push(" --lang zh".to_owned());
    }
    words.concat()
}

/// All years that have a figure; where there is none, the last year of what is offered as evidence.
pub(crate) fn years(submission: &Submission, options: &Options) -> Vec<Period> {
    let mut years: Vec<Period> = submission
        .claims
        .values()
        .filter(|claim| claim.state == ClaimState::Good)
        .filter_map(|claim| match claim.period {
            Period::Year(year) => Some(Period::Year(year)),
            _ => None,
        })
        .collect();
    years.sort();
    years.dedup();
    if years.is_empty() {
        years.extend(submission.latest_year(options));
    }
    years
}

/// Which rows a report shows.
pub(crate) struct Filter {
    rules: Vec<String>,
    categories: Vec<String>,
    verdicts: Vec<Verdict>,
    entities: Vec<EntityId>,
    by_entity: bool,
}

impl Filter {
    /// With the bodies and the order that a check was asked for.
    pub(crate) fn of_bodies(
        self,
        asked: &Command,
        submission: &Submission,
    ) -> Result<Filter, Failure> {
        let named = |name: &String| {
            let found = submission.entity_named(name);
            found.ok_or_else(|| no_entity(submission, name))
        };
        let entities = asked.entities.iter().map(named);
        Ok(Filter {
            entities: entities.collect::<Result<_, _>>()?,
            by_entity: asked.by_entity,
            ..self
        })
    }

    /// What is asked of rules and verdicts, which needs no figures.
    pub(crate) fn new(
        wanted_rules: &[String],
        wanted_categories: &[String],
        wanted_verdicts: &[String],
        program: &Program,
    ) -> Result<Filter, Failure> {
        let rules: Vec<&str> = program
            .model
            .rules
            .values()
            .map(|rule| rule.id.as_str())
            .collect();
        for wanted in wanted_rules {
            if !rules.contains(&wanted.as_str()) {
                let near = plumbrule::fold::nearest(wanted, rules.iter().copied());
                let help = near.map(|(name, _)| Message::new("help-nearest").with("name", name));
                return Err(Failure::Message(
                    Message::new("cli-no-rule").with("rule", wanted),
                    help,
                ));
            }
        }
        let known = program
            .model
            .rules
            .values()
            .filter_map(|rule| rule.category.as_ref());
        let known: Vec<&str> = known
            .flat_map(|label| [label.get(Lang::Zh), label.get(Lang::En)])
            .collect();
        for wanted in wanted_categories {
            if !known.contains(&wanted.as_str()) {
                let mut names = known.clone();
                names.sort_unstable();
                names.dedup();
                let help = (!names.is_empty())
                    .then(|| Message::new("help-known-names").with("names", names));
                let message = Message::new("cli-no-category").with("category", wanted);
                return Err(Failure::Message(message, help));
            }
        }
        let mut verdicts = Vec::new();
        for wanted in wanted_verdicts {
            let by_name = |verdict: &Verdict| {
                Lang::ALL
                    .into_iter()
                    .any(|lang| Message::new(verdict.key()).render(lang) == *wanted)
            };
            let found =
                Verdict::from_word(wanted).or_else(|| Verdict::ALL.into_iter().find(by_name));
            let Some(verdict) = found else {
                let names: Vec<&str> = Verdict::ALL.iter().map(|verdict| verdict.word()).collect();
                let help = Message::new("help-known-names").with("names", names);
                let message = Message::new("cli-no-verdict").with("verdict", wanted);
                return Err(Failure::Message(message, Some(help)));
            };
            verdicts.push(verdict);
        }
        Ok(Filter {
            rules: wanted_rules.to_vec(),
            categories: wanted_categories.to_vec(),
            verdicts,
            entities: Vec::new(),
            by_entity: false,
        })
    }

    /// The rules that pass, where not all do; and the verdicts, where not all are asked for.
    pub(crate) fn rules(&self, program: &Program) -> (Vec<RuleId>, Vec<Verdict>) {
        let is_any = self.rules.is_empty() && self.categories.is_empty();
        let rules = bulk::judged_rules(program);
        let rules = rules
            .into_iter()
            .filter(|id| !is_any && self.keeps_rule(*id, program));
        (rules.collect(), self.verdicts.clone())
    }

    fn keeps_rule(&self, id: RuleId, program: &Program) -> bool {
        let rule = &program.model.rules[id];
        let in_category = |wanted: &String| {
            rule.category
                .as_ref()
                .is_some_and(|label| label.zh == *wanted || label.en == *wanted)
        };
        (self.rules.is_empty() || self.rules.contains(&rule.id))
            && (self.categories.is_empty() || self.categories.iter().any(in_category))
    }

    pub(crate) fn keeps(&self, row: &Row, program: &Program) -> bool {
        self.keeps_rule(row.rule, program)
            && (self.verdicts.is_empty() || self.verdicts.contains(&row.verdict))
            && (self.entities.is_empty() || self.entities.contains(&row.entity))
    }
}
