//! `plumbrule explain`: why a verdict is what it is, or what a code means.

use plumbrule::diagnostic::Code;
use plumbrule::eval::{Options, evaluate};
use plumbrule::explain::{explain, members_message};
use plumbrule::figures::{ProblemCode, Submission};
use plumbrule::findings::findings;
use plumbrule::message::{Arg, Lang, Message};
use plumbrule::model::{EntityId, RuleId};
use plumbrule::program::Program;
use plumbrule::report::{Format, Report, write_explanation};

use super::args::ExplainArgs;
use super::columns;
use super::load;
use super::output::{self, Failure};
use super::paths;

pub(crate) fn run(args: &ExplainArgs, lang: Lang) -> Result<u8, Failure> {
    if let Some(page) = page(&args.what, lang) {
        output::deliver(page.as_bytes(), args.figures.out.as_deref())?;
        return Ok(0);
    }
    let format = args.figures.format();
    if !format.can_explain() {
        return Err(no_explanations(format));
    }
    if args.figures.period.as_deref() == Some("all") {
        // One explanation is about one period.
        let message = Message::new("cli-period").with("found", "all");
        return Err(Failure::Message(message, Some(Message::new("help-period"))));
    }
    let program =
        program(args, lang).map_err(|failure| output::hand_over(failure, &args.figures, lang))?;
    let found = program.model.rules.iter().find(|(_, rule)| {
        rule.id == args.what || rule.label.zh == args.what || rule.label.en == args.what
    });
    let Some((rule, declared)) = found else {
        return Err(no_rule(&program, &args.what));
    };
    let (submission, options, digest) = match &args.entity {
        // Of a table of very many rows only those of the body are read as figures.
        Some(body) if args.columns => {
            let (submission, options) = columns::of_one(&program, &args.figures, (rule, body))?;
            (submission, options, String::new())
        }
        _ => {
            let (submission, digest) = load::figures(&program, &args.figures)?;
            let options = load::options(&args.figures, &program, &submission)?;
            (submission, options, digest)
        }
    };
    output::complain_of_figures(&submission.problems, lang);
    load::needs_period(&args.figures, &submission, &options)?;
    let entity = match &args.entity {
        Some(name) => submission.entity_named(name),
        None => match &declared.scope {
            Some(members) => submission.members_of(members).first().copied(),
            None => program.model.pack.entity,
        },
    };
    let Some(entity) = entity else {
        let name = args.entity.clone().unwrap_or_default();
        return Err(no_entity(&submission, &name));
    };
    let clocks = options.clocks(&submission);
    let options = Options {
        period: Some(clocks.period),
        ..options
    };
    let mut outcome = evaluate(&program, &submission, &options);
    outcome
        .rows
        .retain(|row| row.rule == rule && row.entity == entity);
    if outcome.rows.is_empty() {
        return Err(not_about(&program, &submission, rule, entity));
    }
    let explanation = explain(&program, &submission, &options, rule, entity);
    let findings = findings(&program, &submission, &options);
    let report = Report {
        program: &program,
        submission: &submission,
        options: &options,
        outcomes: &[outcome],
        findings: &findings,
        warnings: &[],
        digests: &load::digests(&program, digest),
        lang,
        columns: output::columns(),
        colour: args.figures.out.is_none() && output::colour(),
        by_entity: false,
        n_left_out: 0,
        filter_args: "",
        hint_args: "",
    };
    output::finish(&args.figures, &submission, 0, |w| {
        write_explanation(w, format, &report, &explanation)
    })
}

fn no_explanations(format: Format) -> Failure {
    let able = Format::ALL.iter().filter(|format| format.can_explain());
    let names: Vec<&str> = able.map(|format| format.name()).collect();
    let message = Message::new("cli-format-explains-nothing").with("format", format.name());
    Failure::Message(
        message,
        Some(Message::new("help-known-names").with("names", names)),
    )
}

/// Entities that are told where one is unknown.
const MOST_ENTITIES: usize = 8;

/// No body has a name; the nearest one, or some that there are.
pub(crate) fn no_entity(submission: &Submission, name: &str) -> Failure {
    let all = submission.entities.values();
    let names = all.clone().flat_map(|entity| {
        let label = &entity.label;
        [entity.id.as_str(), label.zh.as_str(), label.en.as_str()]
    });
    let help = match plumbrule::fold::nearest(name, names) {
        Some((near, _)) => Message::new("help-nearest").with("name", near),
        None => {
            let known = all.take(MOST_ENTITIES).map(|entity| entity.label.clone());
            Message::new("help-known-names").with("names", known.collect::<Vec<_>>())
        }
    };
    let message = Message::new("cli-no-entity").with("entity", name);
    Failure::Message(message, Some(help))
}

/// A rule says nothing of a body; whom it is about.
fn not_about(
    program: &Program,
    submission: &Submission,
    rule: RuleId,
    entity: EntityId,
) -> Failure {
    let model = &program.model;
    let rule = &model.rules[rule];
    let label = |id: EntityId| Arg::from(&submission.entities[id].label);
    let whom = match &rule.scope {
        Some(members) => {
            let mut whom = vec![Arg::Message(members_message(model, members))];
            let all = submission.members_of(members);
            whom.extend(all.into_iter().take(MOST_ENTITIES).map(label));
            whom
        }
        None => model.pack.entity.into_iter().map(label).collect(),
    };
    let message = Message::new("cli-not-about")
        .with("rule", &rule.id)
        .with("entity", label(entity));
    Failure::Message(message, Some(Message::new("help-about").with("whom", whom)))
}

fn no_rule(program: &Program, what: &str) -> Failure {
    let ids = program.model.rules.values().map(|rule| rule.id.as_str());
    let near = plumbrule::fold::nearest(what, ids);
    let help = near.map(|(name, _)| Message::new("help-nearest").with("name", name));
    Failure::Message(Message::new("cli-no-rule").with("rule", what), help)
}

/// The page of a code of a diagnostic or of a problem in figures.
fn page(what: &str, lang: Lang) -> Option<String> {
    if let Some(code) = Code::parse(what) {
        let page = Message::new(code.page_key()).render(lang);
        return Some(format!("{}\n\n{page}\n", code.as_str()));
    }
    let code = ProblemCode::ALL
        .into_iter()
        .find(|code| code.as_str().eq_ignore_ascii_case(what))?;
    let key = code.page_key();
    let title = Message::new(key.trim_end_matches(".page")).render(lang);
    let page = Message::new(key).render(lang);
    Some(format!("{} {title}\n\n{page}\n", code.as_str()))
}

/// The pack asked for, or the pack below `rules` that declares the rule.
fn program(args: &ExplainArgs, lang: Lang) -> Result<Program, Failure> {
    if !args.rules.is_empty() {
        return load::program(&args.rules, args.figures.limits, lang);
    }
    let mut names: Vec<String> = Vec::new();
    for folder in paths::packs() {
        let program = load::program(&[folder], args.figures.limits, lang)?;
        let is_here = program.model.rules.values().any(|rule| {
            rule.id == args.what || rule.label.zh == args.what || rule.label.en == args.what
        });
        if is_here {
            return Ok(program);
        }
        names.extend(program.model.rules.values().map(|rule| rule.id.clone()));
    }
    let near = plumbrule::fold::nearest(&args.what, names.iter().map(String::as_str));
    let help = match near {
        Some((name, _)) => Message::new("help-nearest").with("name", name),
        None => Message::new("cli-help-rules"),
    };
    Err(Failure::Message(
        Message::new("cli-no-rule").with("rule", &args.what),
        Some(help),
    ))
}
