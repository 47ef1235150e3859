//! Verdicts as columns of Arrow: verdicts go in block by block, one batch comes out. Decides nothing.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use arrow_array::builder::{Int32Builder, NullBufferBuilder, StringDictionaryBuilder};
use arrow_array::types::{Int8Type, Int32Type};
use arrow_array::{ArrayRef, DictionaryArray, Int8Array, RecordBatch, StringArray};
use arrow_buffer::{Buffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType, Field, Metadata, Schema, SchemaRef};

use super::error::Error;
use super::{Options, is_decision};
use crate::bulk::run::Sink;
use crate::bulk::verdicts::Verdicts;
use crate::model::RuleId;
use crate::period::Period;
use crate::program::Program;
use crate::verdict::{Cause, Verdict};

/// What stands between several causes or outcomes.
const BETWEEN: &str = ";";
/// Under which name of the metadata a field says what it holds, and of which rule.
const CONTENT: &str = "plumbrule.content";
const RULE: &str = "plumbrule.rule";

/// Words of which few are different.
fn words(key: DataType) -> DataType {
    DataType::Dictionary(Box::new(key), Box::new(DataType::Utf8))
}

/// The columns of a batch of verdicts.
pub(super) fn schema(program: &Program, rules: &[RuleId], options: &Options) -> SchemaRef {
    let field = |name: &str, kind: DataType, content: &str, rule: Option<&str>| {
        let about = [(CONTENT, Some(content)), (RULE, rule)];
        let about = about
            .into_iter()
            .filter_map(|(name, said)| Some((name.to_owned(), said?.to_owned())));
        Field::new(name, kind, true).with_metadata(about.collect::<Metadata>())
    };
    let mut fields = vec![
        field("entity", DataType::Utf8, "entity", None),
        field("period", words(DataType::Int32), "period", None),
    ];
    for rule in rules {
        let id = program.model.rules[*rule].id.as_str();
        fields.push(field(id, words(DataType::Int8), "verdict", Some(id)));
        if options.has_causes {
            let name = format!("{id}:cause");
            fields.push(field(&name, words(DataType::Int32), "cause", Some(id)));
        }
        if options.has_outcomes && is_decision(program, *rule) {
            let name = format!("{id}:outcome");
            fields.push(field(&name, words(DataType::Int32), "outcome", Some(id)));
        }
    }
    Arc::new(Schema::new(fields))
}

/// Whom the rows are about.
struct Names {
    bytes: Vec<u8>,
    /// Where each begins, and where the last ends.
    ends: Vec<i32>,
    known: NullBufferBuilder,
}

impl Names {
    fn new(n_rows: usize) -> Names {
        let mut ends = Vec::with_capacity(n_rows + 1);
        ends.push(0);
        Names {
            bytes: Vec::new(),
            ends,
            known: NullBufferBuilder::new(n_rows),
        }
    }

    /// Adds names, and where each ends among them.
    fn add(&mut self, bytes: &[u8], ends: &[u32]) -> io::Result<()> {
        let last = self.bytes.len() + bytes.len();
        i32::try_from(last).map_err(too_long)?;
        let first = u32::try_from(self.bytes.len()).map_err(too_long)?;
        self.bytes.extend_from_slice(bytes);
        // None of them is beyond the last.
        let ends = ends.iter().map(|end| (first + end).cast_signed());
        self.ends.extend(ends);
        Ok(())
    }

    fn take(&mut self, verdicts: &Verdicts<'_>) -> io::Result<()> {
        if let Some((ends, bytes)) = verdicts.plain_names() {
            self.known.append_n_non_nulls(ends.len());
            return self.add(bytes, ends);
        }
        for name in verdicts.entities() {
            self.known.append(!name.is_empty());
            let end = u32::try_from(name.len()).unwrap_or(u32::MAX);
            self.add(name.as_bytes(), &[end])?;
        }
        Ok(())
    }

    fn finish(mut self) -> Result<StringArray, Error> {
        let ends = OffsetBuffer::new(self.ends.into());
        let bytes = Buffer::from_vec(self.bytes);
        StringArray::try_new(ends, bytes, self.known.finish()).map_err(library)
    }
}

/// When the verdicts are about.
struct Periods {
    places: Int32Builder,
    known: BTreeMap<Period, i32>,
    texts: Vec<String>,
}

impl Periods {
    fn new(n_rows: usize) -> Periods {
        Periods {
            places: Int32Builder::with_capacity(n_rows),
            known: BTreeMap::new(),
            texts: Vec::new(),
        }
    }

    fn take(&mut self, verdicts: &Verdicts<'_>) -> io::Result<()> {
        let mut places = Vec::new();
        for period in verdicts.periods() {
            let next = i32::try_from(self.texts.len()).map_err(too_long)?;
            let place = *self.known.entry(*period).or_insert(next);
            if place == next {
                self.texts.push(period.to_string());
            }
            places.push(place);
        }
        let place = |at: Option<u32>| places.get(at? as usize).copied();
        self.places.extend(verdicts.period_places().map(place));
        Ok(())
    }

    fn finish(mut self) -> Result<DictionaryArray<Int32Type>, Error> {
        let texts = Arc::new(StringArray::from_iter_values(self.texts));
        DictionaryArray::try_new(self.places.finish(), texts).map_err(library)
    }
}

/// What one rule says.
struct Said {
    /// The places of the words of the verdicts.
    verdicts: Vec<i8>,
    /// Which of them are there.
    known: NullBufferBuilder,
    causes: Option<StringDictionaryBuilder<Int32Type>>,
    outcomes: Option<StringDictionaryBuilder<Int32Type>>,
}

impl Said {
    /// The columns of the rule; of verdicts the keys are the places of these words.
    fn finish(&mut self, known: &Arc<StringArray>) -> Result<Vec<ArrayRef>, Error> {
        let keys = std::mem::take(&mut self.verdicts);
        let keys = Int8Array::try_new(keys.into(), self.known.finish()).map_err(library)?;
        let known = Arc::clone(known);
        let verdicts = DictionaryArray::<Int8Type>::try_new(keys, known).map_err(library)?;
        let mut columns: Vec<ArrayRef> = vec![Arc::new(verdicts)];
        for words in [&mut self.causes, &mut self.outcomes].into_iter().flatten() {
            columns.push(Arc::new(words.finish()));
        }
        Ok(columns)
    }
}

/// The batch that is being filled.
pub(super) struct Filled {
    schema: SchemaRef,
    entities: Names,
    periods: Periods,
    rules: Vec<Said>,
}

impl Filled {
    pub(super) fn new(
        program: &Program,
        rules: &[RuleId],
        options: &Options,
        schema: SchemaRef,
        n_rows: usize,
    ) -> Filled {
        let said = |rule: &RuleId| Said {
            verdicts: Vec::with_capacity(n_rows),
            known: NullBufferBuilder::new(n_rows),
            causes: options.has_causes.then(StringDictionaryBuilder::new),
            outcomes: (options.has_outcomes && is_decision(program, *rule))
                .then(StringDictionaryBuilder::new),
        };
        Filled {
            schema,
            entities: Names::new(n_rows),
            periods: Periods::new(n_rows),
            rules: rules.iter().map(said).collect(),
        }
    }

    /// The batch of all that was taken, made on so many threads.
    pub(super) fn finish(mut self, threads: usize) -> Result<RecordBatch, Error> {
        let known = Arc::new(StringArray::from_iter_values(
            Verdict::ALL.map(Verdict::word),
        ));
        let n_each = self.rules.len().div_ceil(threads.max(1)).max(1);
        let mut said = self.rules.chunks_mut(n_each);
        let own = said.next().unwrap_or_default();
        let columns_of = |said: &mut [Said]| -> Result<Vec<ArrayRef>, Error> {
            let columns = said.iter_mut().map(|said| said.finish(&known));
            Ok(columns.collect::<Result<Vec<_>, Error>>()?.concat())
        };
        let of_rules = std::thread::scope(|scope| {
            let others: Vec<_> = said.map(|said| scope.spawn(|| columns_of(said))).collect();
            let mut all = vec![columns_of(own)];
            // A thread ends early only where it panics, which is passed on.
            let joined = others.into_iter().map(|other| other.join());
            all.extend(joined.map(|it| it.unwrap_or_else(|it| std::panic::resume_unwind(it))));
            all.into_iter().collect::<Result<Vec<_>, Error>>()
        })?;
        let mut columns: Vec<ArrayRef> = vec![
            Arc::new(self.entities.finish()?),
            Arc::new(self.periods.finish()?),
        ];
        columns.extend(of_rules.into_iter().flatten());
        RecordBatch::try_new(self.schema, columns).map_err(library)
    }
}

fn library(error: ArrowError) -> Error {
    Error::Arrow(error.to_string())
}

fn too_long<E>(_: E) -> io::Error {
    io::Error::from(io::ErrorKind::FileTooLarge)
}

/// Adds words; null where there are none.
fn add(to: &mut StringDictionaryBuilder<Int32Type>, words: &[&str]) -> io::Result<()> {
    match words {
        [] => to.append_null(),
        [one] => drop(to.append(one).map_err(too_long)?),
        many => drop(to.append(many.join(BETWEEN)).map_err(too_long)?),
    }
    Ok(())
}

impl Sink for Filled {
    fn take(&mut self, verdicts: &Verdicts<'_>) -> io::Result<()> {
        self.entities.take(verdicts)?;
        self.periods.take(verdicts)?;
        for (at, said) in self.rules.iter_mut().enumerate() {
            let codes = verdicts.codes(at);
            let n_words = Verdict::ALL.len();
            // The codes are the places of the words.
            let most = codes.iter().fold(0, |most, code| (*code).max(most));
            if usize::from(most) < n_words {
                let keys = codes.iter().map(|code| code.cast_signed());
                said.verdicts.extend(keys);
                said.known.append_n_non_nulls(codes.len());
            } else {
                for code in codes {
                    let is_known = usize::from(*code) < n_words;
                    let key = if is_known { code.cast_signed() } else { 0 };
                    said.verdicts.push(key);
                    said.known.append(is_known);
                }
            }
            if let Some(to) = &mut said.causes {
                for row in 0..verdicts.n_rows() {
                    let causes: Vec<&str> =
                        verdicts.causes(at, row).iter().map(Cause::word).collect();
                    add(to, &causes)?;
                }
            }
            if let Some(to) = &mut said.outcomes {
                let names = outcomes_of(verdicts, at);
                for row in 0..verdicts.n_rows() {
                    let possible = verdicts.outcomes(at, row);
                    let outcomes = possible
                        .iter()
                        .filter_map(|place| names.get(usize::from(place)));
                    let outcomes: Vec<&str> = outcomes.copied().collect();
                    add(to, &outcomes)?;
                }
            }
        }
        Ok(())
    }
}

/// The ids of the outcomes of a decision.
fn outcomes_of<'v>(verdicts: &Verdicts<'v>, rule: usize) -> Vec<&'v str> {
    let id = verdicts.rules().get(rule);
    let decision = id.and_then(|id| verdicts.program().model.rules[*id].decision.as_ref());
    let outcomes = decision.map(|decision| decision.outcomes.iter());
    let outcomes = outcomes.into_iter().flatten();
    outcomes.map(|outcome| outcome.id.as_str()).collect()
}
