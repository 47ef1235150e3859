//! Many files as one table: files with their paths go in, their parts come out in the order of the
//! paths. Folders such as `year=2025` are columns. One file is open at a time; none is read here.

use std::sync::{Arc, Mutex, PoisonError};

use super::{SourceOptions, columns, of_file, open_shared};
use crate::bulk::block::{
    Block, Bytes, NumberedPart, Part, Shown, Source, SourceProblem, SourceProblemKind, Wanted,
};
use crate::figures::grid::partitions;
use crate::figures::{FigureProblem, without_rows};
use crate::message::{Arg, Message};

/// Files that are one table.
struct Folder<'o> {
    options: SourceOptions<'o>,
    files: Vec<File>,
    size: u64,
    /// The first file of which a row can be read.
    first: usize,
    header: Vec<String>,
    /// Whether text stands above the header of the first of them.
    has_above: bool,
    is_delimited: bool,
    /// Columns that the files themselves have.
    n_own: usize,
    /// Which parts of the paths are columns, in order.
    parts: Vec<usize>,
    state: Mutex<State>,
}

struct File {
    path: Arc<str>,
    bytes: Arc<dyn Bytes>,
    size: u64,
    /// The parts of its path that name a column and its text.
    named: Vec<(String, String)>,
}

struct State {
    /// The file that is read, and its source.
    at: usize,
    current: Option<Arc<dyn Source>>,
    /// Whether a part of it was handed out.
    has_part: bool,
    n_parts: u64,
    /// Bytes of the files before.
    before: u64,
}

/// Whether a folder of a path is a column, as `year=2025` is.
#[must_use]
pub fn names_columns(path: &str) -> bool {
    !partitions(path).is_empty()
}

/// Opens files that are one table, by their paths below a folder: all of one header, in the order of
/// their paths. A part such as `year=2025` of a path is a column with that text behind those of the
/// files, unless they have one of its name. Of a file that is empty or has no row that is told.
///
/// ```
/// use plumbrule::bulk::{Bytes, SourceOptions, open_folder};
///
/// let file = |path: &str| (path.to_owned(), Box::new(b"body,share\nA,5\n".to_vec()) as Box<dyn Bytes>);
/// let files = vec![file("year=2025/a.csv"), file("year=2024/a.csv")];
/// let source = open_folder(files, SourceOptions::default()).unwrap();
/// assert_eq!(source.header(), ["body", "share", "year"]);
/// ```
///
/// # Errors
/// What of the first file cannot be read; of the others, it is told when their turn comes.
pub fn open_folder(
    files: Vec<(String, Box<dyn Bytes>)>,
    options: SourceOptions<'_>,
) -> Result<Box<dyn Source + '_>, SourceProblem> {
    let mut known = Vec::with_capacity(files.len());
    for (path, bytes) in files {
        let size = bytes.size().map_err(|error| {
            let kind = SourceProblemKind::Io(error.to_string());
            SourceProblem::new(1, kind).of_file(&path)
        })?;
        known.push(File {
            named: partitions(&path),
            path: Arc::from(path),
            bytes: Arc::from(bytes),
            size,
        });
    }
    known.sort_by(|a, b| a.path.cmp(&b.path));
    let mut folder = Folder {
        options,
        size: known.iter().map(|file| file.size).sum(),
        files: known,
        first: 0,
        header: Vec::new(),
        has_above: false,
        is_delimited: false,
        n_own: 0,
        parts: Vec::new(),
        state: Mutex::new(State {
            at: 0,
            current: None,
            has_part: false,
            n_parts: 0,
            before: 0,
        }),
    };
    let (first, source) = folder.open_first()?;
    folder.first = first;
    folder.header = source.header().to_vec();
    folder.has_above = source.has_text_above();
    folder.is_delimited = source.is_delimited();
    folder.n_own = folder.header.len();
    let named = folder.files.get(first).map_or(&[][..], |file| &file.named);
    for (at, (name, _)) in named.iter().enumerate() {
        if !folder.header.contains(name) {
            folder.header.push(name.clone());
            folder.parts.push(at);
        }
    }
    Ok(Box::new(folder))
}

impl Folder<'_> {
    fn open(&self, file: &File) -> Result<Arc<dyn Source>, SourceProblem> {
        let bytes = Arc::clone(&file.bytes);
        let source = open_shared(&file.path, bytes, &self.options);
        let source = source.map_err(|problem| problem.of_file(&file.path))?;
        Ok(Arc::from(source))
    }

    /// Opens the first file of which a row can be read.
    fn open_first(&self) -> Result<(usize, Arc<dyn Source>), SourceProblem> {
        let mut refused = None;
        let filled = self.files.iter().enumerate();
        for (at, file) in filled.filter(|(_, file)| file.size > 0) {
            match self.open(file) {
                Ok(source) => return Ok((at, source)),
                Err(problem) if matches!(problem.kind, SourceProblemKind::NoRow(_)) => {
                    refused = refused.or(Some(problem));
                }
                Err(problem) => return Err(problem),
            }
        }
        let none = || SourceProblemKind::Broken(Message::new("source-no-file"));
        Err(refused.unwrap_or_else(|| SourceProblem::new(1, none())))
    }

    /// Opens a file, and holds it against the first.
    fn open_next(&self, file: &File) -> Result<Arc<dyn Source>, SourceProblem> {
        let source = self.open(file)?;
        let first = self.files.get(self.first);
        let own = self.header.get(..self.n_own).unwrap_or_default();
        let names = |file: &File| -> Vec<String> {
            file.named.iter().map(|(name, _)| name.clone()).collect()
        };
        let expected = first.map(names).unwrap_or_default();
        let differ = |key, found: &[String], expected: &[String]| {
            let list = |names: &[String]| -> Vec<Arg> {
                names
                    .iter()
                    .map(|name| Arg::from(format!("`{name}`")))
                    .collect()
            };
            let message = Message::new(key)
                .with("found", Arg::List(list(found)))
                .with("expected", Arg::List(list(expected)))
                .with("first", first.map_or("", |first| &*first.path));
            let kind = SourceProblemKind::Broken(message);
            Err(SourceProblem::new(1, kind).of_file(&file.path))
        };
        if source.has_text_above() && !self.has_above {
            let kind = SourceProblemKind::Broken(Message::new("source-above"));
            return Err(SourceProblem::new(1, kind).of_file(&file.path));
        }
        if source.header() != own {
            return differ("source-other-header", source.header(), own);
        }
        let found = names(file);
        if found != expected {
            return differ("source-other-parts", &found, &expected);
        }
        Ok(source)
    }
}

impl Source for Folder<'_> {
    fn header(&self) -> &[String] {
        &self.header
    }

    fn n_rows(&self) -> Option<u64> {
        None
    }

    fn has_text_above(&self) -> bool {
        self.has_above
    }

    fn is_delimited(&self) -> bool {
        self.is_delimited
    }

    fn progress(&self) -> (u64, u64) {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let current = state.current.as_ref().map_or(0, |it| it.progress().1);
        (
            self.size,
            state.before.saturating_add(current).min(self.size),
        )
    }

    fn next_part(&self, wanted: &[Wanted]) -> Result<Option<NumberedPart>, SourceProblem> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let own = wanted
            .get(..self.n_own.min(wanted.len()))
            .unwrap_or_default();
        while let Some(file) = self.files.get(state.at) {
            let part = match (file.size, &state.current) {
                (0, _) => Ok(None),
                (_, Some(source)) => source.next_part(own),
                (_, None) => match self.open_next(file) {
                    Ok(source) => Arc::clone(state.current.insert(source)).next_part(own),
                    Err(SourceProblem {
                        kind: SourceProblemKind::NoRow(no_row),
                        ..
                    }) => {
                        let number = state.n_parts;
                        state.n_parts += 1;
                        state.at += 1;
                        state.before = state.before.saturating_add(file.size);
                        let nothing = Nothing {
                            path: Arc::clone(&file.path),
                            has_header: false,
                            is_empty: no_row.n_lost == 0,
                            lost: (no_row.n_lost, no_row.told),
                        };
                        return Ok(Some((number, Box::new(nothing))));
                    }
                    Err(problem) => return Err(problem),
                },
            };
            let part = part.map_err(|problem| problem.of_file(&file.path))?;
            let number = state.n_parts;
            let Some((_, part)) = part else {
                let has_part = std::mem::take(&mut state.has_part);
                state.at += 1;
                state.before = state.before.saturating_add(file.size);
                if file.size > 0 {
                    state.current = None;
                }
                if has_part {
                    continue;
                }
                state.n_parts += 1;
                let nothing = Nothing {
                    path: Arc::clone(&file.path),
                    has_header: file.size > 0,
                    is_empty: true,
                    lost: (0, Vec::new()),
                };
                return Ok(Some((number, Box::new(nothing))));
            };
            let opens_file = !std::mem::replace(&mut state.has_part, true);
            state.n_parts += 1;
            let texts = self.parts.iter().filter_map(|at| file.named.get(*at));
            let part = FilePart {
                part,
                opens_file,
                path: Arc::clone(&file.path),
                n_own: self.n_own,
                texts: texts.map(|(_, text)| text.clone()).collect(),
                wanted: wanted.get(self.n_own..).unwrap_or_default().to_vec(),
            };
            return Ok(Some((number, Box::new(part))));
        }
        Ok(None)
    }
}

/// A file without a row that can be read.
struct Nothing {
    path: Arc<str>,
    has_header: bool,
    /// Nothing stands there.
    is_empty: bool,
    /// Rows that cannot be read.
    lost: (u64, Vec<FigureProblem>),
}

impl Part for Nothing {
    fn next(&mut self, _: &mut Block) -> Result<bool, SourceProblem> {
        Ok(false)
    }

    fn cells(&mut self, _: &[u32]) -> Result<Vec<Vec<Shown>>, SourceProblem> {
        Ok(Vec::new())
    }

    fn told(&self) -> Vec<FigureProblem> {
        let told = self
            .is_empty
            .then(|| without_rows(&self.path, self.has_header));
        told.into_iter().collect()
    }

    fn lost(&mut self) -> (u64, Vec<FigureProblem>) {
        let (n, lost) = std::mem::take(&mut self.lost);
        (n, of_file(lost, &self.path))
    }

    fn file(&self) -> Option<&str> {
        Some(&self.path)
    }
}

/// A part of one of the files.
struct FilePart {
    part: Box<dyn Part>,
    opens_file: bool,
    path: Arc<str>,
    n_own: usize,
    /// The texts of the columns that the path names, and as what they are asked for.
    texts: Vec<String>,
    wanted: Vec<Wanted>,
}

impl Part for FilePart {
    fn n_of_path(&self) -> usize {
        self.texts.len()
    }

    fn next(&mut self, block: &mut Block) -> Result<bool, SourceProblem> {
        let mut behind = block.columns.split_off(self.n_own.min(block.columns.len()));
        behind.resize_with(self.texts.len(), Default::default);
        let read = self.part.next(block);
        let is_more = read.map_err(|problem| problem.of_file(&self.path))?;
        let wanted = self.wanted.iter().copied();
        let wanted = wanted.chain(std::iter::repeat(Wanted::Nothing));
        for ((mut cells, text), wanted) in behind.into_iter().zip(&self.texts).zip(wanted) {
            columns::constant(&mut cells, wanted, block.n_rows, text);
            block.columns.push(cells);
        }
        Ok(is_more)
    }

    fn cells(&mut self, rows: &[u32]) -> Result<Vec<Vec<Shown>>, SourceProblem> {
        let cells = self.part.cells(rows);
        let mut cells = cells.map_err(|problem| problem.of_file(&self.path))?;
        for row in &mut cells {
            row.extend(self.texts.iter().map(Shown::text));
        }
        Ok(cells)
    }

    fn lines(&self, block: &Block, rows: &[u32]) -> Vec<u64> {
        self.part.lines(block, rows)
    }

    fn told(&self) -> Vec<FigureProblem> {
        of_file(self.part.told(), &self.path)
    }

    fn lost(&mut self) -> (u64, Vec<FigureProblem>) {
        let (n, lost) = self.part.lost();
        (n, of_file(lost, &self.path))
    }

    fn opens_file(&self) -> bool {
        self.opens_file
    }

    fn ends_file(&self) -> bool {
        self.part.ends_file()
    }

    fn file(&self) -> Option<&str> {
        Some(&self.path)
    }
}
