//! `plumbrule init`: a pack that runs, in the language asked for.
//!
//! Goes in: a folder. Comes out: a pack, its figures and a page that says what to do next.
//! Never writes over a file, and leaves nothing behind where one cannot be written.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};

use plumbrule::message::{Lang, Message};
use plumbrule::{Sources, compile};

use super::output::{self, Failure};
use super::shell::quoted;

#[derive(Args)]
pub(crate) struct InitArgs {
    #[arg(value_name = "FOLDER", default_value = ".", value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,
}

/// The id that the texts carry; that of the new pack stands in its place.
const ID: &str = "my_plan";
const RULES: &str = "pack.plumb";
const FIGURES: &str = "figures.csv";
const PAGE: &str = "README.md";

/// The files of a language: name and text.
fn texts(lang: Lang) -> [(&'static str, &'static str); 3] {
    match lang {
        Lang::Zh => [
            (PAGE, include_str!("../../examples/init/zh/README.md")),
            (RULES, include_str!("../../examples/init/zh/pack.plumb")),
            (FIGURES, include_str!("../../examples/init/zh/figures.csv")),
        ],
        Lang::En => [
            (PAGE, include_str!("../../examples/init/en/README.md")),
            (RULES, include_str!("../../examples/init/en/pack.plumb")),
            (FIGURES, include_str!("../../examples/init/en/figures.csv")),
        ],
    }
}

pub(crate) fn run(args: &InitArgs, lang: Lang) -> Result<u8, Failure> {
    let folder = &args.folder;
    refuse_what_is_there(folder)?;
    let name = folder_name(folder);
    let id = name.clone().filter(|name| is_id(name, lang));
    let new_id = id.as_deref().unwrap_or(ID);
    let files: Vec<(PathBuf, String)> = texts(lang)
        .into_iter()
        .map(|(file, text)| (within(folder, file), text.replace(ID, new_id)))
        .collect();
    write_all(folder, &files)?;
    let mut said = String::new();
    for (path, _) in &files {
        let wrote = Message::new("init-wrote").with("file", path.display().to_string());
        said.push_str(&format!("{}\n", wrote.render(lang)));
    }
    if let (None, Some(name)) = (&id, name) {
        let default = Message::new("init-default-id")
            .with("name", name)
            .with("id", ID);
        said.push_str(&format!("{}\n", default.render(lang)));
    }
    let (rules, figures) = (quoted(folder), quoted(&within(folder, FIGURES)));
    let option = super::args::language_option(lang);
    let next = [
        format!("plumbrule{option} check {rules} --figures {figures}"),
        format!("plumbrule{option} explain {new_id}.2 --rules {rules} --figures {figures}"),
        format!("plumbrule{option} test {rules}"),
    ];
    let page = within(folder, PAGE).display().to_string();
    let title = Message::new("init-next").with("page", page).render(lang);
    said.push_str(&format!("\n{title}\n  {}\n", next.join("\n  ")));
    output::say(&said)?;
    Ok(0)
}

/// A file of a folder, as one would type it.
fn within(folder: &Path, file: &str) -> PathBuf {
    match folder == Path::new(".") {
        true => PathBuf::from(file),
        false => folder.join(file),
    }
}

/// The last name of a folder that may not be there yet.
fn folder_name(folder: &Path) -> Option<String> {
    let full = std::path::absolute(folder).ok()?;
    let real = full.canonicalize().unwrap_or(full);
    Some(real.file_name()?.to_string_lossy().into_owned())
}

/// Whether a pack may have this id: the pack itself is compiled with it.
fn is_id(name: &str, lang: Lang) -> bool {
    let rules = texts(lang).into_iter().find(|(file, _)| *file == RULES);
    let text = rules.map_or_else(String::new, |(_, text)| text.replace(ID, name));
    let mut sources = Sources::with_std();
    sources.add(RULES, &text);
    let tidy = plumbrule::syntax::format(&text, None, &plumbrule::functions::name_in);
    tidy.is_ok_and(|tidy| tidy == text)
        && compile(&sources).is_ok_and(|program| program.model.pack.id == name)
}

/// Says what stands where the pack would be written, and what would become a part of it.
fn refuse_what_is_there(folder: &Path) -> Result<(), Failure> {
    let name = folder.display().to_string();
    if folder.exists() && !folder.is_dir() {
        let message = Message::new("init-no-folder").with("folder", name);
        return Err(Failure::Message(
            message,
            Some(Message::new("help-init-elsewhere")),
        ));
    }
    let mut there: Vec<String> = Vec::new();
    for entry in folder.read_dir().into_iter().flatten().flatten() {
        let file = entry.file_name().to_string_lossy().into_owned();
        let is_ours = [PAGE, RULES, FIGURES]
            .iter()
            .any(|ours| ours.eq_ignore_ascii_case(&file));
        let is_rules = Path::new(&file)
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("plumb"));
        if is_ours || is_rules {
            there.push(file);
        }
    }
    if there.is_empty() {
        return Ok(());
    }
    there.sort();
    let message = Message::new("init-is-there")
        .with("folder", name)
        .with("files", there);
    Err(Failure::Message(
        message,
        Some(Message::new("help-init-elsewhere")),
    ))
}

/// Writes all files, or none: what was begun is taken away again.
fn write_all(folder: &Path, files: &[(PathBuf, String)]) -> Result<(), Failure> {
    // Folders that this call makes, the outermost last.
    let mut made: Vec<&Path> = Vec::new();
    let mut above = Some(folder);
    while let Some(path) = above.filter(|path| !path.as_os_str().is_empty() && !path.exists()) {
        made.push(path);
        above = path.parent();
    }
    let mut begun: Vec<&Path> = Vec::new();
    let mut at = folder;
    let mut all = || -> io::Result<()> {
        std::fs::create_dir_all(folder)?;
        for (path, text) in files {
            at = path;
            let mut file: File = OpenOptions::new().write(true).create_new(true).open(path)?;
            begun.push(path);
            file.write_all(text.as_bytes())?;
        }
        Ok(())
    };
    let result = all();
    result.map_err(|error| {
        for path in &begun {
            let _ = std::fs::remove_file(path);
        }
        for path in &made {
            // Takes away an empty folder only.
            let _ = std::fs::remove_dir(path);
        }
        Failure::new(
            Message::new("cli-write")
                .with("file", at.display().to_string())
                .with("why", output::why(&error)),
        )
    })
}
