//! The state of the server: open texts, the packs that they belong to, what was found of each.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use plumbrule::CompileLimits;
use plumbrule::editor::{Checked, Draft, Encoding};
use plumbrule::lint::Lint;
use plumbrule::message::Lang;
use plumbrule::period::Period;
use plumbrule::source::SourceId;
use plumbrule::testing::TestResult;

use super::disk::{self, Home, Texts};
use super::places::{self, Ruled};
use super::wire::{self, Fault};
use super::{Client, answers, lints, problems};
use crate::cli::load::RULES;
use crate::cli::paths::has_ending;

/// A pack of which a file is open.
#[derive(Default)]
pub(super) struct Pack {
    /// As far as it could be understood; none before that, or where its files cannot be read.
    pub(super) draft: Option<Draft>,
    /// Its last check with figures.
    pub(super) checked: Option<Checked>,
    /// What came of its tests when they were last run, with the digest of the texts.
    pub(super) trials: Option<(String, Vec<TestResult>)>,
    /// What somebody should look at, with the digest of the texts; of the texts as they were saved.
    pub(super) lints: Option<(String, Vec<Lint>)>,
    /// Texts changed since the draft.
    is_old: bool,
    /// It is to be checked with figures.
    is_saved: bool,
    /// Files for which problems are shown.
    shown: BTreeSet<String>,
}

/// What the client can do.
#[derive(Default)]
pub(super) struct Abilities {
    pub(super) versioned_edits: bool,
    pub(super) refreshes_lenses: bool,
    pub(super) answers_actions_as_objects: bool,
}

/// How far the client and the server have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    New,
    Running,
    ShutDown,
}

/// The server.
pub(super) struct Server {
    client: Client,
    stage: Stage,
    pub(super) lang: Lang,
    /// The language was asked for on the command line.
    is_lang_asked: bool,
    pub(super) encoding: Encoding,
    pub(super) abilities: Abilities,
    figures: Vec<PathBuf>,
    /// The figures were named on the command line.
    are_figures_asked: bool,
    period: Option<Period>,
    shows_lints: bool,
    pub(super) limits: CompileLimits,
    texts: Texts,
    /// What the client calls each open file, and its version.
    open: BTreeMap<PathBuf, (String, Value)>,
    homes: BTreeMap<PathBuf, Home>,
    packs: BTreeMap<Home, Pack>,
    /// What was said already, so that it is said once.
    pub(super) said: BTreeSet<String>,
}

impl Server {
    pub(super) fn new(
        client: Client,
        figures: Vec<PathBuf>,
        period: Option<Period>,
        limits: CompileLimits,
    ) -> Server {
        Server {
            client,
            stage: Stage::New,
            lang: Lang::En,
            is_lang_asked: false,
            encoding: Encoding::Utf16,
            abilities: Abilities::default(),
            are_figures_asked: !figures.is_empty(),
            figures,
            period,
            shows_lints: true,
            limits,
            texts: Texts::new(),
            open: BTreeMap::new(),
            homes: BTreeMap::new(),
            packs: BTreeMap::new(),
            said: BTreeSet::new(),
        }
    }

    pub(super) fn speak(&mut self, lang: Lang, is_asked: bool) {
        self.lang = lang;
        self.is_lang_asked = is_asked;
    }

    pub(super) fn is_shut_down(&self) -> bool {
        self.stage == Stage::ShutDown
    }

    pub(super) fn send(&self, message: &Value) {
        self.client.send(message);
    }

    pub(super) fn refuse(&self, id: &Value, fault: Fault, message: &str) {
        self.send(&wire::refusal(id, fault, message));
    }

    /// Shows a sentence to the person at the editor. 1 is an error, 2 a warning, 3 information.
    pub(super) fn show(&self, kind: u8, text: &str) {
        let params = json!({ "type": kind, "message": text });
        self.send(&wire::notice("window/showMessage", &params));
    }

    pub(super) fn request(&mut self, id: &Value, method: &str, params: &Value) {
        match (self.stage, method) {
            (Stage::New, "initialize") => {
                self.initialize(params);
                self.stage = Stage::Running;
                let result = answers::abilities(self.encoding);
                self.send(&wire::answer(id, &result));
            }
            (Stage::New, _) => self.refuse(id, Fault::NotInitialized, "not initialized"),
            (Stage::ShutDown, _) => self.refuse(id, Fault::Request, "shut down"),
            (Stage::Running, "initialize") => {
                self.refuse(id, Fault::Request, "initialized already");
            }
            (Stage::Running, "shutdown") => {
                self.stage = Stage::ShutDown;
                self.send(&wire::answer(id, &Value::Null));
            }
            (Stage::Running, method) => match self.answer(method, params) {
                Ok(result) => self.send(&wire::answer(id, &result)),
                Err((fault, message)) => self.refuse(id, fault, &message),
            },
        }
    }

    fn initialize(&mut self, params: &Value) {
        let root = params.get("rootUri").and_then(Value::as_str);
        let first = params.pointer("/workspaceFolders/0/uri");
        let root = first.and_then(Value::as_str).or(root);
        if let Some(root) = root.and_then(places::path) {
            // So that paths mean what they mean on a command line there. Elsewhere they do not.
            let _unreachable = std::env::set_current_dir(root);
        }
        let offered = params.pointer("/capabilities/general/positionEncodings");
        let offered: Vec<&str> = offered
            .and_then(Value::as_array)
            .map(|names| names.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        let mut known = Encoding::ALL.into_iter();
        let agreed = known.find(|encoding| offered.contains(&encoding.name()));
        self.encoding = agreed.unwrap_or(Encoding::Utf16);
        let is_on = |path: &str| params.pointer(path) == Some(&Value::Bool(true));
        self.abilities = Abilities {
            versioned_edits: is_on("/capabilities/workspace/workspaceEdit/documentChanges"),
            refreshes_lenses: is_on("/capabilities/workspace/codeLens/refreshSupport"),
            answers_actions_as_objects: params
                .pointer("/capabilities/textDocument/codeAction/codeActionLiteralSupport")
                .is_some(),
        };
        let locale = params.get("locale").and_then(Value::as_str);
        if let Some(locale) = locale.filter(|_| !self.is_lang_asked) {
            self.lang = of_locale(locale);
        }
        if let Some(options) = params.get("initializationOptions") {
            self.settings(options);
        }
    }

    /// Takes settings: `lang`, `figures`, `period`, `lint`. What the command line asked for stands.
    fn settings(&mut self, settings: &Value) {
        let text = |name: &str| settings.get(name).and_then(Value::as_str);
        if let Some(lang) = text("lang").filter(|lang| !self.is_lang_asked && !lang.is_empty()) {
            self.lang = of_locale(lang);
        }
        if let Some(figures) = settings.get("figures").and_then(Value::as_array)
            && !self.are_figures_asked
        {
            let paths = figures.iter().filter_map(Value::as_str);
            self.figures = paths.map(PathBuf::from).collect();
        }
        if let Some(is_asked) = settings.get("lint").and_then(Value::as_bool) {
            self.shows_lints = is_asked;
        }
        if let Some(period) = text("period").filter(|period| !period.is_empty()) {
            match crate::cli::load::period(period) {
                Ok(period) => self.period = Some(period),
                Err(failure) => self.tell(failure),
            }
        }
    }

    pub(super) fn notice(&mut self, method: &str, params: &Value) {
        if self.stage != Stage::Running {
            return;
        }
        let uri = params.pointer("/textDocument/uri").and_then(Value::as_str);
        let file = uri.map(file_of);
        match (method, file) {
            ("textDocument/didOpen", Some(file)) => {
                let text = params.pointer("/textDocument/text").and_then(Value::as_str);
                let version = params.pointer("/textDocument/version").cloned();
                let uri = uri.unwrap_or("").to_owned();
                self.open
                    .insert(file.clone(), (uri, version.unwrap_or(Value::Null)));
                self.texts
                    .insert(file.clone(), text.unwrap_or("").to_owned());
                self.homes.clear();
                self.touch(&file, true);
            }
            ("textDocument/didChange", Some(file)) => self.change(&file, params),
            ("textDocument/didSave", Some(file)) => {
                if let Some(text) = params.get("text").and_then(Value::as_str) {
                    self.texts.insert(file.clone(), text.to_owned());
                }
                self.homes.clear();
                self.touch_all_with(&file);
            }
            ("textDocument/didClose", Some(file)) => self.close(&file),
            ("workspace/didChangeWatchedFiles", _) => {
                self.homes.clear();
                self.touch_all();
            }
            ("workspace/didChangeConfiguration", _) => {
                let settings = params.get("settings").unwrap_or(&Value::Null);
                let own = settings.get("plumbrule").unwrap_or(settings).clone();
                self.settings(&own);
                self.touch_all();
            }
            _ => {}
        }
    }

    fn change(&mut self, file: &Path, params: &Value) {
        let Some(text) = self.texts.get_mut(file) else {
            return;
        };
        let changes = params.get("contentChanges").and_then(Value::as_array);
        for change in changes.into_iter().flatten() {
            let new = change.get("text").and_then(Value::as_str).unwrap_or("");
            let range = change.get("range").filter(|range| range.is_object());
            let bytes = range.map(|range| Ruled::new(text, self.encoding).bytes(range));
            match bytes {
                None => new.clone_into(text),
                Some(Some((start, end))) => text.replace_range(start..end, new),
                // A range that is none changes nothing.
                Some(None) => {}
            }
        }
        let version = params.pointer("/textDocument/version").cloned();
        if let Some(open) = self.open.get_mut(file) {
            open.1 = version.unwrap_or(Value::Null);
        }
        self.touch(file, false);
    }

    fn close(&mut self, file: &Path) {
        let home = self.home(file);
        self.texts.remove(file);
        self.open.remove(file);
        self.homes.clear();
        let files: Vec<PathBuf> = self.open.keys().cloned().collect();
        let is_needed = files.iter().any(|open| self.home(open) == home);
        if is_needed {
            self.touch(file, true);
        } else if let Some(pack) = self.packs.remove(&home) {
            for name in pack.shown {
                self.publish(&name, &json!([]));
            }
        }
    }

    fn home(&mut self, file: &Path) -> Home {
        if let Some(home) = self.homes.get(file) {
            return home.clone();
        }
        let home = disk::home(file, &self.texts);
        self.homes.insert(file.to_owned(), home.clone());
        home
    }

    /// Notes that a text changed; `is_saved` where it is as on disk.
    fn touch(&mut self, file: &Path, is_saved: bool) {
        let is_unnamed = file.to_string_lossy().starts_with("untitled:");
        if !has_ending(file, &[RULES]) && !is_unnamed {
            self.touch_all_with(file);
            return;
        }
        let home = self.home(file);
        let pack = self.packs.entry(home).or_default();
        pack.is_old = true;
        pack.is_saved |= is_saved;
    }

    /// Notes that a text was saved: all packs that hold it are looked at again.
    fn touch_all_with(&mut self, file: &Path) {
        let name = file.display().to_string();
        for pack in self.packs.values_mut() {
            let sources = pack.draft.as_ref().map(|draft| &draft.sources);
            let holds = sources.is_none_or(|it| it.ids().any(|id| it.name(id) == name));
            if holds {
                pack.is_old = true;
                pack.is_saved = true;
            }
        }
    }

    fn touch_all(&mut self) {
        for pack in self.packs.values_mut() {
            pack.is_old = true;
            pack.is_saved = true;
        }
    }

    pub(super) fn has_work(&self) -> bool {
        let mut packs = self.packs.values();
        packs.any(|pack| pack.is_old || pack.is_saved)
    }

    /// Understands what was typed, and checks what was saved.
    pub(super) fn work(&mut self) {
        let homes: Vec<Home> = self.packs.keys().cloned().collect();
        for home in homes {
            self.refresh(&home);
            self.check(&home);
        }
    }

    /// Understands a pack whose texts changed, and shows its problems.
    fn refresh(&mut self, home: &Home) {
        let Some(pack) = self.packs.get_mut(home).filter(|pack| pack.is_old) else {
            return;
        };
        pack.is_old = false;
        match disk::sources(home, &self.texts, &self.limits.text) {
            Ok(sources) => {
                let before = pack.draft.take();
                pack.draft = Some(Draft::after(before.as_ref(), sources, &self.limits));
            }
            Err(failure) => {
                pack.draft = None;
                self.tell(failure);
            }
        }
        let shows_lints = self.shows_lints;
        if let Some(pack) = self.packs.get_mut(home).filter(|pack| pack.is_saved) {
            pack.lints = pack
                .draft
                .as_ref()
                .filter(|_| shows_lints)
                .and_then(lints::of_pack);
        }
        self.show_problems(home);
    }

    /// Shows all problems of a pack; those that are mended disappear.
    pub(super) fn show_problems(&mut self, home: &Home) {
        let Some(pack) = self.packs.get(home) else {
            return;
        };
        let mut found = BTreeMap::new();
        if let Some(draft) = &pack.draft {
            found = problems::of(self, draft, pack.trials.as_ref());
            lints::add(self, pack, draft, &mut found);
        }
        let gone: Vec<String> = pack
            .shown
            .iter()
            .filter(|name| !found.contains_key(*name))
            .cloned()
            .collect();
        for name in &gone {
            self.publish(name, &json!([]));
        }
        for (name, problems) in &found {
            self.publish(name, &json!(problems));
        }
        if let Some(pack) = self.packs.get_mut(home) {
            pack.shown = found.into_keys().collect();
        }
    }

    fn publish(&self, name: &str, problems: &Value) {
        let mut params = json!({ "uri": self.uri(name), "diagnostics": problems });
        if let Some((_, version)) = self.open.get(Path::new(name)) {
            params["version"] = version.clone();
        }
        self.send(&wire::notice("textDocument/publishDiagnostics", &params));
    }

    /// Evaluates a pack that was saved and compiles.
    pub(super) fn check(&mut self, home: &Home) {
        let Some(pack) = self.packs.get_mut(home).filter(|pack| pack.is_saved) else {
            return;
        };
        pack.is_saved = false;
        let Some((draft, program)) = pack
            .draft
            .as_ref()
            .and_then(|draft| Some((draft, draft.program()?)))
        else {
            return;
        };
        match disk::tables(home, &draft.sources, &self.figures) {
            Ok(tables) if tables.is_empty() => pack.checked = None,
            Ok(tables) => pack.checked = Some(Checked::of(program, &tables, self.period)),
            Err(failure) => {
                pack.checked = None;
                self.tell(failure);
            }
        }
    }

    /// The pack of an address, up to date, and the file in it.
    pub(super) fn pack_of(&mut self, uri: &str) -> Option<(Home, SourceId)> {
        let file = file_of(uri);
        let home = self.home(&file);
        if !self.packs.contains_key(&home) {
            // A file that was never opened is answered for like one that is.
            let pack = self.packs.entry(home.clone()).or_default();
            pack.is_old = file.is_file();
        }
        self.refresh(&home);
        let source = self.source(&home, &file)?;
        Some((home, source))
    }

    /// A file of a pack as it was last understood.
    pub(super) fn source(&self, home: &Home, file: &Path) -> Option<SourceId> {
        let sources = &self.packs.get(home)?.draft.as_ref()?.sources;
        let name = file.display().to_string();
        sources
            .ids()
            .find(|id| sources.name(*id) == name && !sources.is_carried(*id))
    }

    pub(super) fn pack(&self, home: &Home) -> Option<(&Pack, &Draft)> {
        let pack = self.packs.get(home)?;
        Some((pack, pack.draft.as_ref()?))
    }

    pub(super) fn pack_mut(&mut self, home: &Home) -> Option<&mut Pack> {
        self.packs.get_mut(home)
    }

    /// What the client calls a file.
    pub(super) fn uri(&self, name: &str) -> String {
        match self.open.get(Path::new(name)) {
            Some((uri, _)) => uri.clone(),
            None => places::uri(Path::new(name)),
        }
    }

    /// The version of an open file; null of others.
    pub(super) fn version(&self, name: &str) -> Value {
        let open = self.open.get(Path::new(name));
        open.map_or(Value::Null, |(_, version)| version.clone())
    }

    /// The text that is open under an address.
    pub(super) fn open_text(&self, uri: &str) -> Option<&str> {
        self.texts.get(&file_of(uri)).map(String::as_str)
    }
}

/// The file of an address; of one that is no file, the address itself.
pub(super) fn file_of(uri: &str) -> PathBuf {
    places::path(uri).unwrap_or_else(|| PathBuf::from(uri))
}

/// The language of a locale such as `zh-cn`.
fn of_locale(locale: &str) -> Lang {
    match locale.to_ascii_lowercase().starts_with("zh") {
        true => Lang::Zh,
        false => Lang::En,
    }
}
