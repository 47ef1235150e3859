//! `plumbrule compare`: whether two packs ask the same of all figures, and figures for which they do not.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueHint};

use plumbrule::message::Lang;
use plumbrule::prove::{Relation, compare_packs, joins};
use plumbrule::report::{Proved, ProvedForm, ProvedReport, example_tables, write_proved};

use super::args::LimitArgs;
use super::load;
use super::output::{self, Failure};

#[derive(Args)]
pub(crate) struct CompareArgs {
    #[arg(value_name = "OLD", value_hint = ValueHint::AnyPath)]
    pub old_pack: PathBuf,
    #[arg(value_name = "NEW", value_hint = ValueHint::AnyPath)]
    pub new_pack: Option<PathBuf>,
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub examples: Option<PathBuf>,
    #[arg(long = "format", value_name = "FORMAT", value_parser = forms())]
    pub proved_form: Option<ProvedForm>,
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub limits: LimitArgs,
}

/// Reads the name of a form; the list is the library's.
fn forms() -> impl TypedValueParser<Value = ProvedForm> {
    let names = ProvedForm::ALL.iter().map(|form| form.name());
    PossibleValuesParser::new(names).map(|name| {
        let found = ProvedForm::ALL.into_iter().find(|form| form.name() == name);
        found.unwrap_or(ProvedForm::Human)
    })
}

impl CompareArgs {
    fn form(&self) -> ProvedForm {
        let ending = self.out.as_deref().and_then(Path::extension);
        let ending = ending.and_then(|ending| ending.to_str());
        let mut all = ProvedForm::ALL.into_iter();
        let of_ending = all.find(|form| Some(form.ending()) == ending);
        self.proved_form.or(of_ending).unwrap_or(ProvedForm::Human)
    }
}

pub(crate) fn run(args: &CompareArgs, lang: Lang) -> Result<u8, Failure> {
    let load = |path: &PathBuf| load::program(std::slice::from_ref(path), args.limits, lang);
    let was = load(&args.old_pack)?;
    let Some(new_pack) = &args.new_pack else {
        let found = joins(&was);
        let digests = [load::digests(&was, String::new())];
        deliver(args, lang, Proved::Joins(&was, &found), &digests)?;
        return Ok(0);
    };
    let now = load(new_pack)?;
    let found = compare_packs(&was, &now);
    let digests = [&was, &now].map(|program| load::digests(program, String::new()));
    deliver(args, lang, Proved::Packs([&was, &now], &found), &digests)?;
    Ok(match found.relation() {
        _ if found.is_otherwise() => 1,
        Relation::Equivalent => 0,
        Relation::Unknown => 3,
        _ => 1,
    })
}

fn deliver(
    args: &CompareArgs,
    lang: Lang,
    proved: Proved<'_>,
    digests: &[plumbrule::report::Digests],
) -> Result<(), Failure> {
    if let Some(folder) = &args.examples {
        let name = folder.display().to_string();
        std::fs::create_dir_all(folder).map_err(|error| output::unwritten(&name, &error))?;
        for (name, table) in example_tables(&proved) {
            output::deliver(table.as_bytes(), Some(&folder.join(name)))?;
        }
    }
    let report = ProvedReport {
        proved,
        digests,
        lang,
        columns: output::columns(),
    };
    let mut bytes = Vec::new();
    write_proved(&mut bytes, args.form(), &report)
        .map_err(|error| output::unwritten("-", &error))?;
    output::deliver(&bytes, args.out.as_deref())
}
