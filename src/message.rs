//! Sentences in two languages from one catalogue.
//!
//! Goes in: a key and its arguments. Comes out: a sentence in Chinese or
//! English. The engine passes `Message`s about; only the edge renders them.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

use index::Index;

mod index;

/// A language of the catalogue. Both are complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Lang {
    /// Chinese, 中文.
    Zh,
    /// English.
    #[default]
    En,
}

impl Lang {
    /// Both languages.
    pub const ALL: [Lang; 2] = [Lang::Zh, Lang::En];

    /// The language code, `zh` or `en`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
        }
    }
}

/// A name in both languages, such as the label of an indicator.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Label {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Label {
    /// A label that reads the same in both languages.
    #[must_use]
    pub fn same(text: &str) -> Label {
        Label {
            zh: text.to_owned(),
            en: text.to_owned(),
        }
    }

    /// The label, or the id where there is none.
    pub(crate) fn or(&self, id: &str) -> Arg {
        match self.zh.is_empty() && self.en.is_empty() {
            true => Arg::from(id),
            false => Arg::from(self),
        }
    }

    /// The text in one language; the other where this one is missing.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        let (first, second) = match lang {
            Lang::Zh => (&self.zh, &self.en),
            Lang::En => (&self.en, &self.zh),
        };
        if first.is_empty() { second } else { first }
    }

    /// The same label, or an id where neither language has a text.
    #[must_use]
    pub fn or_id(&self, id: &str) -> Label {
        if self.zh.is_empty() && self.en.is_empty() {
            return Label::same(id);
        }
        self.clone()
    }
}

/// What fills a place in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Arg {
    /// The same text in both languages.
    Text(String),
    /// A text for each language.
    Label(Label),
    /// Another sentence or word of the catalogue.
    Message(Message),
    /// Several, joined as the language joins a list.
    List(Vec<Arg>),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Arg {
        Arg::Text(text.to_owned())
    }
}
impl From<String> for Arg {
    fn from(text: String) -> Arg {
        Arg::Text(text)
    }
}
impl From<&String> for Arg {
    fn from(text: &String) -> Arg {
        Arg::Text(text.clone())
    }
}
impl From<usize> for Arg {
    fn from(count: usize) -> Arg {
        Arg::Text(count.to_string())
    }
}
impl From<Label> for Arg {
    fn from(label: Label) -> Arg {
        Arg::Label(label)
    }
}
impl From<&Label> for Arg {
    fn from(label: &Label) -> Arg {
        Arg::Label(label.clone())
    }
}
impl From<Message> for Arg {
    fn from(message: Message) -> Arg {
        Arg::Message(message)
    }
}
impl<T: Into<Arg>> From<Vec<T>> for Arg {
    fn from(items: Vec<T>) -> Arg {
        Arg::List(items.into_iter().map(Into::into).collect())
    }
}

/// A sentence of the catalogue with its arguments, in no language yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    /// The key in `messages/*.ftl`.
    pub key: &'static str,
    /// What fills its places.
    pub args: BTreeMap<&'static str, Arg>,
}

impl Message {
    /// A sentence without arguments so far.
    #[must_use]
    pub fn new(key: &'static str) -> Message {
        Message {
            key,
            args: BTreeMap::new(),
        }
    }

    /// Fills one place.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Message {
        self.args.insert(name, value.into());
        self
    }

    /// The sentence in one language.
    #[must_use]
    pub fn render(&self, lang: Lang) -> String {
        catalogue(lang).render(self)
    }
}

/// The text of the Chinese and the English catalogue, file by file.
const RESOURCES: [(Lang, &[&str]); 2] = [
    (
        Lang::Zh,
        &[
            include_str!("messages/zh/diagnostics.ftl"),
            include_str!("messages/zh/words.ftl"),
            include_str!("messages/zh/report.ftl"),
            include_str!("messages/zh/sheet.ftl"),
            include_str!("messages/zh/explain.ftl"),
            include_str!("messages/zh/breakdowns.ftl"),
            include_str!("messages/zh/entities.ftl"),
            include_str!("messages/zh/graph.ftl"),
            include_str!("messages/zh/figures.ftl"),
            include_str!("messages/zh/tables.ftl"),
            include_str!("messages/zh/formats.ftl"),
            include_str!("messages/zh/intake.ftl"),
            include_str!("messages/zh/functions.ftl"),
            include_str!("messages/zh/outlook.ftl"),
            include_str!("messages/zh/cli.ftl"),
            include_str!("messages/zh/columns.ftl"),
            include_str!("messages/zh/mutants.ftl"),
            include_str!("messages/zh/editor.ftl"),
            include_str!("messages/zh/prove.ftl"),
            include_str!("messages/zh/lint.ftl"),
            include_str!("messages/zh/audit.ftl"),
            include_str!("messages/zh/repair.ftl"),
            include_str!("messages/zh/decisions.ftl"),
            include_str!("messages/zh/milestones.ftl"),
            include_str!("messages/zh/rows.ftl"),
            include_str!("messages/zh/records.ftl"),
            include_str!("messages/zh/diff.ftl"),
            include_str!("messages/zh/vintage.ftl"),
            include_str!("messages/zh/receipt.ftl"),
            include_str!("messages/zh/shell.ftl"),
            include_str!("messages/zh/source.ftl"),
            include_str!("messages/zh/arrow.ftl"),
            include_str!("messages/zh/list.ftl"),
            include_str!("messages/zh/machine.ftl"),
            include_str!("messages/zh/page.ftl"),
            include_str!("messages/zh/site.ftl"),
            include_str!("messages/zh/workbook.ftl"),
            include_str!("messages/zh/template.ftl"),
            include_str!("messages/zh/score.ftl"),
            include_str!("messages/zh/duties.ftl"),
            include_str!("messages/zh/tests.ftl"),
        ],
    ),
    (
        Lang::En,
        &[
            include_str!("messages/en/diagnostics.ftl"),
            include_str!("messages/en/words.ftl"),
            include_str!("messages/en/report.ftl"),
            include_str!("messages/en/sheet.ftl"),
            include_str!("messages/en/explain.ftl"),
            include_str!("messages/en/breakdowns.ftl"),
            include_str!("messages/en/entities.ftl"),
            include_str!("messages/en/graph.ftl"),
            include_str!("messages/en/figures.ftl"),
            include_str!("messages/en/tables.ftl"),
            include_str!("messages/en/formats.ftl"),
            include_str!("messages/en/intake.ftl"),
            include_str!("messages/en/functions.ftl"),
            include_str!("messages/en/outlook.ftl"),
            include_str!("messages/en/cli.ftl"),
            include_str!("messages/en/columns.ftl"),
            include_str!("messages/en/mutants.ftl"),
            include_str!("messages/en/editor.ftl"),
            include_str!("messages/en/prove.ftl"),
            include_str!("messages/en/lint.ftl"),
            include_str!("messages/en/audit.ftl"),
            include_str!("messages/en/repair.ftl"),
            include_str!("messages/en/decisions.ftl"),
            include_str!("messages/en/milestones.ftl"),
            include_str!("messages/en/rows.ftl"),
            include_str!("messages/en/records.ftl"),
            include_str!("messages/en/diff.ftl"),
            include_str!("messages/en/vintage.ftl"),
            include_str!("messages/en/receipt.ftl"),
            include_str!("messages/en/shell.ftl"),
            include_str!("messages/en/source.ftl"),
            include_str!("messages/en/arrow.ftl"),
            include_str!("messages/en/list.ftl"),
            include_str!("messages/en/machine.ftl"),
            include_str!("messages/en/page.ftl"),
            include_str!("messages/en/site.ftl"),
            include_str!("messages/en/workbook.ftl"),
            include_str!("messages/en/template.ftl"),
            include_str!("messages/en/score.ftl"),
            include_str!("messages/en/duties.ftl"),
            include_str!("messages/en/tests.ftl"),
        ],
    ),
];

/// All sentences of one language. Where each stands is known at once; it is read when it is first said.
pub struct Catalogue {
    lang: Lang,
    index: Index,
}

/// Returns the catalogue of a language; it is made once.
pub fn catalogue(lang: Lang) -> &'static Catalogue {
    static ZH: OnceLock<Catalogue> = OnceLock::new();
    static EN: OnceLock<Catalogue> = OnceLock::new();
    match lang {
        Lang::Zh => ZH.get_or_init(|| Catalogue::new(Lang::Zh)),
        Lang::En => EN.get_or_init(|| Catalogue::new(Lang::En)),
    }
}

/// One sentence by itself, with its attributes.
fn bundle(lang: Lang, text: &str) -> FluentBundle<FluentResource> {
    let id: LanguageIdentifier = lang.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Isolation marks would stand in terminals and files as stray characters.
    bundle.set_use_isolating(false);
    // A broken entry is left out here and found by `tests/messages.rs`.
    let resource = match FluentResource::try_new(text.to_owned()) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    bundle.add_resource_overriding(resource);
    bundle
}

impl Catalogue {
    fn new(lang: Lang) -> Catalogue {
        let texts = RESOURCES.iter().filter(|(of, _)| *of == lang);
        let texts = texts.flat_map(|(_, texts)| *texts).copied();
        Catalogue {
            lang,
            index: Index::new(texts),
        }
    }

    fn sentence(&self, id: &str) -> Option<&FluentBundle<FluentResource>> {
        let entry = self.index.find(id)?;
        let read = || Box::new(bundle(self.lang, entry.text));
        Some(entry.read.get_or_init(read))
    }

    /// Whether the catalogue has a sentence under this key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.sentence(key)
            .is_some_and(|bundle| bundle.has_message(key))
    }

    /// The sentence with its places filled; the key itself where it is unknown.
    #[must_use]
    pub fn render(&self, message: &Message) -> String {
        let args: Vec<(&str, String)> = message
            .args
            .iter()
            .map(|(name, arg)| (*name, self.fill(arg)))
            .collect();
        self.text(message.key, &args)
    }

    /// The words of a key that takes no argument.
    #[must_use]
    pub fn word(&self, key: &str) -> String {
        self.text(key, &[])
    }

    fn text(&self, key: &str, args: &[(&str, String)]) -> String {
        let (id, attribute) = match key.split_once('.') {
            Some((id, attribute)) => (id, Some(attribute)),
            None => (key, None),
        };
        let bundle = self.sentence(id);
        let Some((bundle, found)) = bundle.and_then(|it| Some((it, it.get_message(id)?))) else {
            return key.to_owned();
        };
        let pattern = match attribute {
            Some(name) => found.get_attribute(name).map(|attribute| attribute.value()),
            None => found.value(),
        };
        let Some(pattern) = pattern else {
            return key.to_owned();
        };
        let mut fluent = FluentArgs::new();
        for (name, value) in args {
            fluent.set(*name, value.as_str());
        }
        let mut errors = Vec::new();
        bundle
            .format_pattern(pattern, Some(&fluent), &mut errors)
            .into_owned()
    }

    fn fill(&self, arg: &Arg) -> String {
        match arg {
            Arg::Text(text) => text.clone(),
            Arg::Label(label) => label.get(self.lang).to_owned(),
            Arg::Message(message) => self.render(message),
            Arg::List(items) => {
                let texts: Vec<String> = items.iter().map(|item| self.fill(item)).collect();
                texts.join(match self.lang {
                    Lang::Zh => "\u{3001}",
                    Lang::En => ", ",
                })
            }
        }
    }
}
