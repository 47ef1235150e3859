//! `plumbrule check`: a pack against figures.

use plumbrule::eval::{Options, Outcome, Row, evaluate, exit_status};
use plumbrule::figures::{ClaimState, Submission};
use plumbrule::findings::findings;
use plumbrule::message::{Lang, Message};
use plumbrule::period::Period;
use plumbrule::program::Program;
use plumbrule::report::{Problems, Report, write_check};
use plumbrule::verdict::Verdict;

use super::args::CheckArgs;
use super::load;
use super::output::{self, Failure};

pub(crate) fn run(args: &CheckArgs, lang: Lang) -> Result<u8, Failure> {
    let (program, warnings) = load::program_and_warnings(&args.pack, args.figures.limits, lang)
        .map_err(|failure| output::hand_over(failure, &args.figures, lang))?;
    if program.rules.is_empty() {
        // To check nothing would look like a pass.
        let paths = args.pack.iter().map(|path| path.display().to_string());
        let paths: Vec<String> = paths.collect();
        return Err(Failure::new(
            Message::new("cli-nothing-to-check").with("paths", paths),
        ));
    }
    let filter = Filter::new(&args.rule, &args.category, &args.verdict, &program)?;
    let (submission, digest) = load::figures(&program, &args.figures)?;
    let options = load::options(&args.figures)?;
    output::complain_of_figures(&submission.problems, lang);
    load::needs_period(&args.figures, &submission, &options).or_else(|failure| {
        let problems = Problems {
            diagnostics: &warnings,
            sources: &program.sources,
            figures: &submission.problems,
            lang,
        };
        output::write_instead(&problems, &args.figures)?;
        Err(failure)
    })?;
    let mut outcomes: Vec<Outcome> = match args.figures.period.as_deref() {
        Some("all") => years(&submission)
            .into_iter()
            .map(|period| {
                let options = Options {
                    period: Some(period),
                    ..options.clone()
                };
                evaluate(&program, &submission, &options)
            })
            .collect(),
        _ => vec![evaluate(&program, &submission, &options)],
    };
    for outcome in &mut outcomes {
        outcome.rows.retain(|row| filter.keeps(row, &program));
    }
    let status = exit_status(&outcomes, &program);
    let findings = findings(&program, &submission, &options);
    let report = Report {
        program: &program,
        submission: &submission,
        options: &options,
        outcomes: &outcomes,
        findings: &findings,
        warnings: &warnings,
        digests: &load::digests(&program, digest),
        lang,
        columns: output::columns(),
        colour: args.figures.out.is_none() && output::colour(),
    };
    output::finish(&args.figures, &submission, status, |w| {
        write_check(w, args.figures.format(), &report)
    })
}

/// All years that have a figure.
fn years(submission: &Submission) -> Vec<Period> {
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
    years
}

/// Which rows are shown.
pub(crate) struct Filter {
    rules: Vec<String>,
    categories: Vec<String>,
    verdicts: Vec<Verdict>,
}

impl Filter {
    pub(crate) fn new(
        of_rules: &[String],
        of_categories: &[String],
        of_verdicts: &[String],
        program: &Program,
    ) -> Result<Filter, Failure> {
        let rules: Vec<&str> = program
            .model
            .rules
            .values()
            .map(|rule| rule.id.as_str())
            .collect();
        for wanted in of_rules {
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
        for wanted in of_categories {
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
        for wanted in of_verdicts {
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
            rules: of_rules.to_vec(),
            categories: of_categories.to_vec(),
            verdicts,
        })
    }

    pub(crate) fn keeps(&self, row: &Row, program: &Program) -> bool {
        let rule = &program.model.rules[row.rule];
        let in_category = |wanted: &String| {
            rule.category
                .as_ref()
                .is_some_and(|label| label.zh == *wanted || label.en == *wanted)
        };
        (self.rules.is_empty() || self.rules.contains(&rule.id))
            && (self.categories.is_empty() || self.categories.iter().any(in_category))
            && (self.verdicts.is_empty() || self.verdicts.contains(&row.verdict))
    }
}
