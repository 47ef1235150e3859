//! The front half of the pipeline in one call: texts to a program.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::program::Program;
use crate::source::Sources;
use crate::{flaws, graph, model, program, syntax};

/// Bounds on what a pack may hold.
#[derive(Debug, Clone, Copy)]
pub struct CompileLimits {
    /// Of one rule file.
    pub text: syntax::Limits,
    /// Terms of the whole program.
    pub terms: usize,
}

impl Default for CompileLimits {
    fn default() -> Self {
        CompileLimits {
            text: syntax::Limits::default(),
            terms: 2_000_000,
        }
    }
}

/// Compiles rule files to a program, with the default limits.
///
/// Warnings do not stop a compilation; [`compile_with`] returns them.
///
/// # Errors
///
/// Every problem that was found, in source order. An `Err` is never empty.
///
/// ```
/// let mut sources = plumbrule::Sources::with_std();
/// sources.add("first.plumb", r#"
/// indicator users "Users" { unit 人 }
/// target goal "Enough users" { require users >= 5亿人 by 2025 }
/// "#);
/// let program = plumbrule::compile(&sources).map_err(|problems| problems.len());
/// assert_eq!(program.map(|program| program.rules.len()), Ok(1));
/// ```
pub fn compile(sources: &Sources) -> Result<Program, Vec<Diagnostic>> {
    compile_with(sources, &CompileLimits::default()).map(|(program, _)| program)
}

/// Compiles rule files to a program and returns its warnings.
///
/// # Errors
///
/// Every problem that was found, warnings included, in source order.
pub fn compile_with(
    sources: &Sources,
    limits: &CompileLimits,
) -> Result<(Program, Vec<Diagnostic>), Vec<Diagnostic>> {
    let (modules, problems) = syntax::parse_all(sources, &limits.text);
    let (program, mut diagnostics) = compile_modules(&modules, sources, limits, problems)?;
    diagnostics.extend(flaws::warnings(&program));
    sort(&mut diagnostics);
    Ok((program, diagnostics))
}

/// Compiles trees, without looking for what a run would show to be flaws.
pub(crate) fn compile_modules(
    modules: &[syntax::ast::Module],
    sources: &Sources,
    limits: &CompileLimits,
    diagnostics: Vec<Diagnostic>,
) -> Result<(Program, Vec<Diagnostic>), Vec<Diagnostic>> {
    let (model, order, mut diagnostics) = checked(modules, sources, diagnostics);
    if diagnostics.iter().any(is_error) {
        return Err(diagnostics);
    }
    match program::expand(&model, &order, limits.terms) {
        Ok(expansion) => {
            let program = program::lower(model, order, &expansion, sources);
            Ok((program, diagnostics))
        }
        Err(problem) => {
            diagnostics.push(*problem);
            Err(diagnostics)
        }
    }
}

/// What an editor knows of a pack that may be half typed: the model as far as it could be resolved,
/// the program where nothing is wrong, and all problems.
pub(crate) enum Drafted {
    /// Nothing stands against running it.
    Whole(Box<Program>),
    /// Something does.
    Broken(Box<model::Model>),
}

/// Compiles trees as far as they can be.
pub(crate) fn draft_modules(
    modules: &[syntax::ast::Module],
    sources: &Sources,
    limits: &CompileLimits,
    diagnostics: Vec<Diagnostic>,
) -> (Drafted, Vec<Diagnostic>) {
    let (model, order, mut diagnostics) = checked(modules, sources, diagnostics);
    if diagnostics.iter().any(is_error) {
        return (Drafted::Broken(Box::new(model)), diagnostics);
    }
    match program::expand(&model, &order, limits.terms) {
        Ok(expansion) => {
            let program = program::lower(model, order, &expansion, sources);
            diagnostics.extend(flaws::warnings(&program));
            sort(&mut diagnostics);
            (Drafted::Whole(Box::new(program)), diagnostics)
        }
        Err(problem) => {
            diagnostics.push(*problem);
            (Drafted::Broken(Box::new(model)), diagnostics)
        }
    }
}

/// The model of trees, its order, and all problems of both, in source order.
fn checked(
    modules: &[syntax::ast::Module],
    sources: &Sources,
    mut diagnostics: Vec<Diagnostic>,
) -> (model::Model, graph::EvalOrder, Vec<Diagnostic>) {
    let (mut model, mut problems) = model::resolve(modules, sources);
    model.pack.digest = sources.digest();
    diagnostics.append(&mut problems);
    let (order, mut problems) = graph::eval_order(&model);
    diagnostics.append(&mut problems);
    let (model, mut problems) = model::check(model, &order);
    diagnostics.append(&mut problems);
    diagnostics.retain(|problem| concerns(problem, sources));
    sort(&mut diagnostics);
    // What is wrong with what all rows of a table have in common is said once.
    diagnostics.dedup();
    (model, order, diagnostics)
}

fn is_error(problem: &Diagnostic) -> bool {
    problem.severity() == Severity::Error
}

/// Warnings inside a used pack are for those who keep it; its own run says them.
fn concerns(problem: &Diagnostic, sources: &Sources) -> bool {
    let place = problem.places.first().map(|place| place.span.source);
    problem.severity() == Severity::Error
        || problem.code == Code::PackTwice
        || place.is_none_or(|file| sources.pack_of(file).is_none())
}

fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by_key(|problem| problem.places.first().map(|place| place.span));
}
