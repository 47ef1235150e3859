//! Texts of rule files and places in them.
//!
//! Goes in: file names and their contents. Comes out: `Span`s that every later
//! phase carries, and line and column for messages. Never reads a file itself.

/// Names one text of a [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(u32);

/// A stretch of one text, in bytes. Every node that came from text has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The text.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

impl Span {
    /// The span from the start of `self` to the end of `other`, in the same text.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span {
            source: self.source,
            start: self.start,
            end: other.end.max(self.start),
        }
    }
}

/// A place between two characters of a text, as editors and other tools count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Corner {
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// The column in code units of UTF-16, counted from 1.
    pub utf16: usize,
    /// The byte of the file, counted from 0; none where the file is in another encoding.
    pub byte: Option<usize>,
}

impl Corner {
    /// The place after the first bytes of a text; a byte order mark at its start is no column.
    ///
    /// ```
    /// use plumbrule::source::Corner;
    ///
    /// let corner = Corner::after("\n😀 是", 6);
    /// assert_eq!((corner.line, corner.column, corner.utf16), (2, 3, 4));
    /// ```
    #[must_use]
    pub fn after(text: &str, byte: usize) -> Corner {
        let mut byte = byte.min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        let before = text.get(..byte).unwrap_or("");
        let line = before.matches('\n').count() + 1;
        let own = before.rsplit('\n').next().unwrap_or("");
        let own = if line == 1 {
            own.trim_start_matches('\u{FEFF}')
        } else {
            own
        };
        Corner {
            line,
            column: own.chars().count() + 1,
            utf16: own.encode_utf16().count() + 1,
            byte: Some(byte),
        }
    }
}

/// One rule file.
#[derive(Debug, Clone)]
struct Source {
    name: String,
    text: String,
    /// The first byte of each line.
    lines: Vec<usize>,
    home: Home,
    /// The program carries it: it is no file on disk.
    is_carried: bool,
    /// It is a table that rules are read from, and no rule text.
    is_table: bool,
}

/// The pack that a rule file belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Home {
    /// The standard library that every pack sees.
    Standard,
    /// The pack of the run.
    Own,
    /// A pack that another uses.
    Used(String),
}

/// Whether a file of this name is a table and not rule text.
fn is_table(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["tsv", "csv"]
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

/// The name of a file beside another one, or below its folder.
///
/// ```
/// assert_eq!(plumbrule::source::beside("rules/plan/pack.plumb", "tasks.tsv"), "rules/plan/tasks.tsv");
/// assert_eq!(plumbrule::source::beside("pack.plumb", "tasks.tsv"), "tasks.tsv");
/// ```
#[must_use]
pub fn beside(file: &str, other: &str) -> String {
    let folder = file.rfind(['/', '\\']).and_then(|at| file.get(..=at));
    format!("{}{other}", folder.unwrap_or(""))
}

/// The rule files of a run, in the order in which they were added.
///
/// ```
/// let mut sources = plumbrule::Sources::with_std();
/// sources.add("first.plumb", "indicator users \"Users\" { unit 人 }");
/// assert!(plumbrule::compile(&sources).is_ok());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<Source>,
    /// Names of packs that could be used, for what is said where one is not there.
    offered: Vec<String>,
}

impl Sources {
    /// No file at all, not even the standard units.
    #[must_use]
    pub fn new() -> Sources {
        Sources::default()
    }

    /// The standard library (`rules/std`: units, scales, words) and nothing else yet.
    #[must_use]
    pub fn with_std() -> Sources {
        let mut sources = Sources::new();
        for (name, text) in crate::packs::STD {
            sources.push(name, text, Home::Standard, true);
        }
        sources
    }

    /// Adds a rule file of the pack of the run and returns its id. A file whose name ends in `.tsv`
    /// or `.csv` is a table that its rule files read rules from.
    pub fn add(&mut self, name: &str, text: &str) -> SourceId {
        self.push(name, text, Home::Own, false)
    }

    /// Adds a file of a pack that is used under the name `pack`; `is_carried` where the program
    /// carries it. [`add_used`](crate::uses::add_used) finds and adds all of them.
    pub fn add_of(&mut self, pack: &str, name: &str, text: &str, is_carried: bool) -> SourceId {
        self.push(name, text, Home::Used(pack.to_owned()), is_carried)
    }

    /// Says which packs could be used, for what is said where one is not there.
    pub fn offer(&mut self, names: Vec<String>) {
        self.offered = names;
    }

    /// The packs that could be used.
    #[must_use]
    pub fn offered(&self) -> &[String] {
        &self.offered
    }

    fn push(&mut self, name: &str, text: &str, home: Home, is_carried: bool) -> SourceId {
        let id = SourceId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        self.files.push(Source {
            name: name.to_owned(),
            text: text.to_owned(),
            lines: std::iter::once(0).chain(ends).collect(),
            home,
            is_carried,
            is_table: is_table(name),
        });
        id
    }

    /// The same files, with another text in the place of one.
    #[must_use]
    pub fn with_text(&self, id: SourceId, text: &str) -> Sources {
        let mut all = Sources {
            files: Vec::with_capacity(self.files.len()),
            offered: self.offered.clone(),
        };
        for (known, file) in self.ids().zip(&self.files) {
            let text = if known == id { text } else { &file.text };
            all.push(&file.name, text, file.home.clone(), file.is_carried);
        }
        all
    }

    /// All ids, in order.
    pub fn ids(&self) -> impl Iterator<Item = SourceId> + '_ {
        (0..self.files.len()).map(|index| SourceId(u32::try_from(index).unwrap_or(u32::MAX)))
    }

    fn file(&self, id: SourceId) -> Option<&Source> {
        self.files.get(id.0 as usize)
    }

    /// The name under which a text was added.
    #[must_use]
    pub fn name(&self, id: SourceId) -> &str {
        self.file(id).map_or("", |file| &file.name)
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self, id: SourceId) -> &str {
        self.file(id).map_or("", |file| &file.text)
    }

    /// Whether the program carries the text: that of the standard library and of its packs.
    #[must_use]
    pub fn is_carried(&self, id: SourceId) -> bool {
        self.file(id).is_some_and(|file| file.is_carried)
    }

    /// Whether the text is a table that rules are read from.
    #[must_use]
    pub fn is_table(&self, id: SourceId) -> bool {
        self.file(id).is_some_and(|file| file.is_table)
    }

    /// The table of a name that lies beside a rule file: of the same pack, in its folder or below.
    #[must_use]
    pub fn beside(&self, user: SourceId, table: &str) -> Option<SourceId> {
        let home = &self.file(user)?.home;
        let name = beside(self.name(user), table);
        let is_it = |file: &Source| file.is_table && file.name == name && file.home == *home;
        let at = self.files.iter().position(is_it)?;
        self.ids().nth(at)
    }

    /// Whether the text is of the pack of the run, and not of one that it uses or of the standard
    /// library.
    #[must_use]
    pub fn is_own(&self, id: SourceId) -> bool {
        self.file(id).is_some_and(|file| file.home == Home::Own)
    }

    /// The name of the used pack that the text is of; none for the pack of the run and for the
    /// standard library.
    #[must_use]
    pub fn pack_of(&self, id: SourceId) -> Option<&str> {
        match &self.file(id)?.home {
            Home::Used(pack) => Some(pack),
            Home::Standard | Home::Own => None,
        }
    }

    /// The digest of all texts, and of whose they are: `sha256:` and 64 digits.
    #[must_use]
    pub fn digest(&self) -> String {
        let mut bytes = Vec::new();
        for id in self.ids() {
            let text = self.text(id);
            bytes.extend_from_slice(&(text.len() as u64).to_le_bytes());
            bytes.extend_from_slice(text.as_bytes());
            // As a file of the pack itself it would say something else.
            if let Some(pack) = self.pack_of(id) {
                bytes.extend_from_slice(pack.as_bytes());
            }
        }
        format!("sha256:{}", crate::receipt::sha256(&bytes))
    }

    /// The text under a span.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.source)
            .get(span.start as usize..span.end as usize)
            .unwrap_or("")
    }

    /// Line and column of a byte, both counted from 1, the column in characters.
    #[must_use]
    pub fn line_column(&self, id: SourceId, byte: u32) -> (usize, usize) {
        let Some((file, before)) = self
            .file(id)
            .and_then(|file| Some((file, file.text.get(..byte as usize)?)))
        else {
            return (1, 1);
        };
        let line = file.lines.partition_point(|start| *start <= before.len());
        let start = file.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let column = before.get(start..).unwrap_or("").chars().count() + 1;
        (line, column)
    }
}
