//! Files of many rows as columns: bytes that are read at any place go in, parts of blocks come out,
//! whatever the format. Never holds more than the parts that are being read, and judges nothing.

use std::sync::Arc;

use super::block::{
    Block, Bytes, NumberedPart, Part, Shown, Source, SourceProblem, SourceProblemKind, Wanted,
};
use crate::figures::grid::delimited::cut;
use crate::figures::grid::encoding::encoding_of;
use crate::figures::grid::{FileFormat, Limits, ProblemKind};
use crate::figures::{Encoding, FigureProblem, grid};
use crate::message::Message;

pub(super) mod columns;
mod csv;
mod feed;
mod folder;
mod json;
pub(super) mod number;
pub(super) mod parquet;
pub(super) mod words;

pub(super) use feed::broken;
use feed::{Text, read_full};
pub use folder::{names_columns, open_folder};

/// Bytes from the start by which format, encoding, delimiter and header are found.
const SAMPLE: usize = 1 << 20;

/// How a file is read.
pub struct SourceOptions<'a> {
    /// The encoding of text; none where its bytes are to prove it.
    pub encoding: Option<Encoding>,
    /// Whether a text may be a header or a word of the figures, which tells delimiters and encodings apart.
    pub is_known: &'a (dyn Fn(&str) -> bool + Sync),
    /// How large cells and headers may be.
    pub limits: Limits,
    /// Bytes of text that make a part; of Parquet a group of rows is one.
    pub part_bytes: usize,
}

impl Default for SourceOptions<'_> {
    fn default() -> Self {
        SourceOptions {
            encoding: None,
            is_known: &|_| false,
            limits: Limits::default(),
            part_bytes: 1 << 20,
        }
    }
}

/// Opens a file whose format its first bytes tell, and then the ending of its name.
///
/// ```
/// use plumbrule::bulk::{Block, Cells, SourceOptions, Wanted, open};
///
/// let bytes = b"body,share\nA,95.12\nB,\n".to_vec();
/// let source = open("shares.csv", Box::new(bytes), &SourceOptions::default()).unwrap();
/// assert_eq!(source.header(), ["body", "share"]);
///
/// let wanted = [Wanted::Keys, Wanted::Numbers];
/// let (_, mut part) = source.next_part(&wanted).unwrap().unwrap();
/// let mut block = Block::default();
/// assert!(part.next(&mut block).unwrap());
/// let Cells::Numbers { values, .. } = &block.columns[1] else { unreachable!() };
/// assert_eq!(values[0], 95.12);
/// assert!(values[1].is_nan());
/// ```
///
/// # Errors
/// What cannot be read, with its line.
pub fn open(
    name: &str,
    bytes: Box<dyn Bytes>,
    options: &SourceOptions<'_>,
) -> Result<Box<dyn Source>, SourceProblem> {
    Ok(Box::new(Named {
        source: open_shared(name, Arc::from(bytes), options)?,
        name: Arc::from(name),
    }))
}

/// A file that is a table of its own; its parts say its name.
struct Named {
    source: Box<dyn Source>,
    name: Arc<str>,
}

struct NamedPart {
    part: Box<dyn Part>,
    name: Arc<str>,
}

/// Problems with the name of the file in which they are.
fn of_file(mut problems: Vec<FigureProblem>, file: &str) -> Vec<FigureProblem> {
    for problem in &mut problems {
        file.clone_into(&mut problem.file);
    }
    problems
}

impl Source for Named {
    fn header(&self) -> &[String] {
        self.source.header()
    }

    fn n_rows(&self) -> Option<u64> {
        self.source.n_rows()
    }

    fn has_text_above(&self) -> bool {
        self.source.has_text_above()
    }

    fn is_delimited(&self) -> bool {
        self.source.is_delimited()
    }

    fn progress(&self) -> (u64, u64) {
        self.source.progress()
    }

    fn next_part(&self, wanted: &[Wanted]) -> Result<Option<NumberedPart>, SourceProblem> {
        let next = self.source.next_part(wanted)?;
        Ok(next.map(|(at, part)| {
            let name = Arc::clone(&self.name);
            (at, Box::new(NamedPart { part, name }) as Box<dyn Part>)
        }))
    }
}

impl Part for NamedPart {
    fn next(&mut self, block: &mut Block) -> Result<bool, SourceProblem> {
        self.part.next(block)
    }

    fn cells(&mut self, rows: &[u32]) -> Result<Vec<Vec<Shown>>, SourceProblem> {
        self.part.cells(rows)
    }

    fn lines(&self, block: &Block, rows: &[u32]) -> Vec<u64> {
        self.part.lines(block, rows)
    }

    fn told(&self) -> Vec<FigureProblem> {
        of_file(self.part.told(), &self.name)
    }

    fn lost(&mut self) -> (u64, Vec<FigureProblem>) {
        let (n, lost) = self.part.lost();
        (n, of_file(lost, &self.name))
    }

    fn file(&self) -> Option<&str> {
        Some(&self.name)
    }
}

fn open_shared(
    name: &str,
    bytes: Arc<dyn Bytes>,
    options: &SourceOptions<'_>,
) -> Result<Box<dyn Source>, SourceProblem> {
    let size = bytes.size().map_err(|error| feed::io(&error))?;
    let mut sample = vec![0; usize::try_from(size).unwrap_or(SAMPLE).min(SAMPLE)];
    let n_read = read_full(&*bytes, 0, &mut sample)?;
    sample.truncate(n_read);
    match FileFormat::of(name, &sample) {
        FileFormat::Delimited => {
            let is_whole = n_read < SAMPLE;
            let (text, first) = opened(bytes, sample, is_whole, options)?;
            let found = cut(&first, options.is_known, &options.limits);
            let found = found.map_err(|problem| csv::unopened(&problem))?;
            Ok(Box::new(csv::Csv::open(text, found, &options.limits)?))
        }
        FileFormat::Parquet => {
            drop(sample);
            Ok(Box::new(parquet::Columnar::open(bytes, &options.limits)?))
        }
        FileFormat::Json => {
            let is_whole = n_read < SAMPLE;
            let (text, first) = opened(bytes, sample, is_whole, options)?;
            let source = json::Json::open(text, &first, is_whole, &options.limits)?;
            if source.header().is_empty() {
                return Err(source.without_row(is_whole));
            }
            Ok(Box::new(source))
        }
        FileFormat::Workbook => Err(SourceProblem::new(
            1,
            SourceProblemKind::Broken(Message::new("source-workbook")),
        )),
    }
}

/// The encoding of a text, and its first lines in UTF-8.
fn opened(
    bytes: Arc<dyn Bytes>,
    mut sample: Vec<u8>,
    is_whole: bool,
    options: &SourceOptions<'_>,
) -> Result<(Text, Vec<u8>), SourceProblem> {
    let unclear = |byte| broken(1, ProblemKind::UnclearEncoding { byte });
    if !is_whole {
        // A character may be cut in two at the end.
        let line = memchr::memrchr(b'\n', &sample).map(|end| end + 1);
        let whole = std::str::from_utf8(&sample).map_or_else(|error| error.valid_up_to(), str::len);
        sample.truncate(line.unwrap_or(whole.max(sample.len() - 3)));
    }
    let found = encoding_of(&sample, options.encoding, options.is_known);
    let (encoding, mark) = found.map_err(unclear)?;
    let text = Text {
        bytes,
        encoding,
        is_found: encoding != Encoding::Utf8 && options.encoding != Some(encoding),
        mark,
        part_bytes: options.part_bytes.max(1 << 6),
    };
    let asked = Some(encoding);
    let first = match encoding.decoder() {
        None => sample,
        Some(_) => {
            let decoded = grid::Decoded::new(&sample, asked, options.is_known);
            let mut first = decoded.map_err(unclear)?.bytes.into_owned();
            if !is_whole {
                let end = memchr::memrchr(b'\n', &first).map_or(first.len(), |end| end + 1);
                first.truncate(end);
            }
            first
        }
    };
    Ok((text, first))
}
