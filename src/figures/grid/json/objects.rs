//! The objects of a JSON text, one at a time, with where they start: a list, an object that holds
//! a list, one object, or JSON Lines. Fields beside a list hold for each of its objects; an object
//! in a field holds a value for each indicator. Never keeps more than one object.

use std::borrow::Cow;
use std::collections::VecDeque;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{INDICATOR, JsonFault, VALUE};

/// A value that is no list and no object.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Scalar<'a> {
    Null,
    Truth(bool),
    /// The number as written.
    Number(&'a str),
    Text(Cow<'a, str>),
}

/// A field of an object.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Field<'a> {
    pub key: String,
    pub value: Scalar<'a>,
}

/// An object, and the byte at which it starts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Object<'a> {
    pub at: usize,
    pub fields: Vec<Field<'a>>,
}

/// What is wrong, and the byte at which it stands.
pub(super) type FaultAt = (usize, JsonFault);

/// Where the next object comes from.
enum From {
    /// A list: the next item, or a comma, or its end.
    List,
    /// Lines.
    Lines,
    /// Nowhere.
    Nowhere,
}

/// The objects of a text.
pub(super) struct Objects<'a> {
    bytes: &'a [u8],
    /// The bytes as far as they are UTF-8; what is behind stands in memory right behind it.
    text: &'a str,
    /// Where the text stops being UTF-8, if it does.
    broken: Option<usize>,
    at: usize,
    from: From,
    shared: Vec<Field<'a>>,
    ready: VecDeque<Result<Object<'a>, FaultAt>>,
}

impl<'a> Objects<'a> {
    pub(super) fn new(name: &str, bytes: &'a [u8]) -> Self {
        let (text, broken) = match std::str::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let valid = error.valid_up_to();
                let text = bytes.get(..valid).unwrap_or_default();
                (std::str::from_utf8(text).unwrap_or_default(), Some(valid))
            }
        };
        let mut objects = Objects {
            bytes,
            text,
            broken,
            at: if text.starts_with('\u{FEFF}') { 3 } else { 0 },
            from: From::Nowhere,
            shared: Vec::new(),
            ready: VecDeque::new(),
        };
        objects.start(name);
        objects
    }

    /// One object that holds no other and no list, and nothing behind it.
    pub(super) fn flat(text: &'a str) -> Self {
        let mut objects = Objects {
            bytes: text.as_bytes(),
            text,
            broken: None,
            at: 0,
            from: From::Nowhere,
            shared: Vec::new(),
            ready: VecDeque::new(),
        };
        let object = serde_json::from_str::<&RawValue>(text)
            .map_err(|error| objects.fault(text, &error))
            .and_then(|raw| {
                let fields = fields_of(text, raw.get())?.into_iter();
                let fields = fields.map(|(key, raw)| {
                    let value = scalar(text, &key, raw)?;
                    Ok(Field { key, value })
                });
                let fields = fields.collect::<Result<_, FaultAt>>()?;
                Ok(Object { at: 0, fields })
            });
        objects.ready.push_back(object);
        objects
    }

    /// Finds out what the text is.
    fn start(&mut self, name: &str) {
        let ending = name.rsplit('.').next().unwrap_or_default();
        let is_lines = ["jsonl", "ndjson"]
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known));
        self.skip_blanks();
        let start = self.at;
        let first = self.text.as_bytes().get(start);
        if first == Some(&b'[') {
            self.at += 1;
            self.from = From::List;
            return;
        }
        if is_lines {
            self.from = From::Lines;
            return;
        }
        match self.value() {
            Err(fault) => self.ready.push_back(Err(fault)),
            Ok(raw) => {
                self.skip_blanks();
                if self.at < self.text.len() {
                    // Another value follows: they are the lines of JSON Lines.
                    self.at = start;
                    self.from = From::Lines;
                } else {
                    self.document(start, raw);
                }
            }
        }
    }

    /// One object that is the whole text: a figure, values of indicators, or a list in a field.
    fn document(&mut self, start: usize, raw: &'a str) {
        let fields = match fields_of(self.text, raw) {
            Ok(fields) => fields,
            Err(fault) => return self.ready.push_back(Err(fault)),
        };
        let is_list = |raw: &&(String, &str)| raw.1.starts_with('[');
        let mut lists = fields.iter().filter(is_list);
        let Some((_, list)) = lists.next() else {
            return self.object(start, raw);
        };
        if let Some((field, second)) = lists.next() {
            let field = clipped(field);
            let fault = (offset(self.text, second), JsonFault::TwoNested { field });
            return self.ready.push_back(Err(fault));
        }
        let at = offset(self.text, list);
        for (key, raw) in &fields {
            if raw.starts_with('[') || matches!(key.as_str(), "schema" | "$schema") {
                continue;
            }
            match scalar(self.text, key, raw) {
                Ok(value) => self.shared.push(Field {
                    key: key.clone(),
                    value,
                }),
                Err(fault) => return self.ready.push_back(Err(fault)),
            }
        }
        self.at = at + 1;
        self.from = From::List;
    }

    /// Puts an object, or the figures that it holds, where they are taken from.
    fn object(&mut self, at: usize, raw: &'a str) {
        match self.figures(at, raw) {
            Ok(objects) => self.ready.extend(objects.into_iter().map(Ok)),
            Err(fault) => self.ready.push_back(Err(fault)),
        }
    }

    fn figures(&self, at: usize, raw: &'a str) -> Result<Vec<Object<'a>>, FaultAt> {
        let text = self.text;
        let mut own = Vec::new();
        let mut nested: Option<&'a str> = None;
        for (key, raw) in fields_of(text, raw)? {
            if raw.starts_with('{') {
                if nested.replace(raw).is_some() {
                    let field = clipped(&key);
                    return Err((offset(text, raw), JsonFault::TwoNested { field }));
                }
                continue;
            }
            let value = scalar(text, &key, raw)?;
            own.push(Field { key, value });
        }
        for field in &self.shared {
            if !own.iter().any(|known| known.key == field.key) {
                own.push(field.clone());
            }
        }
        let Some(nested) = nested else {
            return Ok(vec![Object { at, fields: own }]);
        };
        let mut objects = Vec::new();
        for (key, raw) in fields_of(text, nested)? {
            let mut fields = vec![Field {
                key: INDICATOR.to_owned(),
                value: Scalar::Text(Cow::Owned(key.clone())),
            }];
            if raw.starts_with('{') {
                for (key, raw) in fields_of(text, raw)? {
                    let value = scalar(text, &key, raw)?;
                    fields.push(Field { key, value });
                }
            } else {
                fields.push(Field {
                    key: VALUE.to_owned(),
                    value: scalar(text, &key, raw)?,
                });
            }
            for field in &own {
                if field.key == INDICATOR {
                    let field = clipped(&field.key);
                    return Err((at, JsonFault::Twice { field }));
                }
                if !fields.iter().any(|known| known.key == field.key) {
                    fields.push(field.clone());
                }
            }
            let at = offset(text, raw);
            objects.push(Object { at, fields });
        }
        Ok(objects)
    }

    fn skip_blanks(&mut self) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let blanks = rest.iter().take_while(|b| b.is_ascii_whitespace());
        self.at += blanks.count();
    }

    /// The value that starts here, and moves on behind it.
    fn value(&mut self) -> Result<&'a str, FaultAt> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<&RawValue>();
        match values.next() {
            Some(Ok(raw)) => {
                self.at += values.byte_offset();
                Ok(raw.get())
            }
            Some(Err(error)) => Err(self.fault(rest, &error)),
            None => Err((self.text.len(), JsonFault::Ends)),
        }
    }

    /// What a fault of the reader is, and where: its lines and columns are those of a stretch.
    fn fault(&self, stretch: &str, error: &serde_json::Error) -> FaultAt {
        if error.is_eof() {
            return (self.broken.unwrap_or(self.text.len()), JsonFault::Ends);
        }
        let mut lines = stretch.split_inclusive('\n');
        let before: usize = lines
            .by_ref()
            .take(error.line().saturating_sub(1))
            .map(str::len)
            .sum();
        let mut at = before + error.column().saturating_sub(1);
        while !stretch.is_char_boundary(at.min(stretch.len())) {
            at -= 1;
        }
        let found = stretch
            .get(at..)
            .unwrap_or_default()
            .chars()
            .take(20)
            .collect();
        (offset(self.text, stretch) + at, JsonFault::Syntax { found })
    }

    /// Takes the next item of a list.
    fn item(&mut self) {
        self.skip_blanks();
        let next = self.text.as_bytes().get(self.at).copied();
        if next == Some(b']') {
            self.from = From::Nowhere;
            return;
        }
        if next == Some(b',') {
            self.at += 1;
            self.skip_blanks();
        }
        let start = self.at;
        match self.value() {
            Ok(raw) => {
                self.object(start, raw);
                self.skip_blanks();
                let next = self.text.as_bytes().get(self.at);
                if !matches!(next, Some(b',' | b']')) {
                    self.from = From::Nowhere;
                    let found: String = self.rest().chars().take(20).collect();
                    let fault = match found.is_empty() {
                        true => JsonFault::Ends,
                        false => JsonFault::Syntax { found },
                    };
                    self.ready.push_back(Err((self.at, fault)));
                }
            }
            Err(fault) => {
                self.from = From::Nowhere;
                self.ready.push_back(Err(fault));
            }
        }
    }

    /// Takes the next line.
    fn line(&mut self) {
        let start = self.at;
        let rest = self.bytes.get(start..).unwrap_or_default();
        if rest.is_empty() {
            self.from = From::Nowhere;
            return;
        }
        let length = rest.iter().position(|byte| *byte == b'\n');
        let length = length.map_or(rest.len(), |at| at + 1);
        self.at += length;
        let line = match std::str::from_utf8(rest.get(..length).unwrap_or_default()) {
            Ok(line) => line,
            Err(error) => {
                let byte = start + error.valid_up_to();
                let fault = JsonFault::NotText { byte };
                return self.ready.push_back(Err((byte, fault)));
            }
        };
        let trimmed = line.trim_start();
        if trimmed.trim_end().is_empty() {
            return;
        }
        let start = start + line.len() - trimmed.len();
        match serde_json::from_str::<&RawValue>(trimmed) {
            Ok(raw) => self.object(start, raw.get()),
            Err(error) if error.is_eof() => {
                let end = start + trimmed.trim_end().len();
                self.ready.push_back(Err((end, JsonFault::Ends)));
            }
            Err(error) => {
                let fault = self.fault(trimmed, &error);
                self.ready.push_back(Err(fault));
            }
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }
}

impl<'a> Iterator for Objects<'a> {
    type Item = Result<Object<'a>, FaultAt>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Some(ready);
            }
            match self.from {
                From::List => self.item(),
                From::Lines => self.line(),
                From::Nowhere => return None,
            }
        }
    }
}

/// Where a part of a text starts in it.
pub(super) fn offset(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// The fields of an object, each with its value as written.
pub(super) fn fields_of<'a>(text: &str, raw: &'a str) -> Result<Vec<(String, &'a str)>, FaultAt> {
    let at = offset(text, raw);
    if !raw.starts_with('{') {
        let found = raw.chars().take(20).collect();
        return Err((at, JsonFault::NotObject { found }));
    }
    let mut reader = serde_json::Deserializer::from_str(raw);
    let found = reader.deserialize_map(FieldsOf);
    let fields = found.map_err(|_| {
        let found = raw.chars().take(20).collect();
        (at, JsonFault::Syntax { found })
    })?;
    let mut known = std::collections::BTreeSet::new();
    for (key, value) in &fields {
        if !known.insert(key.as_str()) {
            let field = clipped(key);
            return Err((offset(text, value), JsonFault::Twice { field }));
        }
    }
    Ok(fields)
}

struct FieldsOf;

impl<'de> Visitor<'de> for FieldsOf {
    type Value = Vec<(String, &'de str)>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::new();
        while let Some((key, value)) = map.next_entry::<String, &'de RawValue>()? {
            fields.push((key, value.get()));
        }
        Ok(fields)
    }
}

/// The value of a field that holds one.
fn scalar<'a>(text: &str, key: &str, raw: &'a str) -> Result<Scalar<'a>, FaultAt> {
    Ok(match raw.as_bytes().first() {
        Some(b'n') => Scalar::Null,
        Some(b't') => Scalar::Truth(true),
        Some(b'f') => Scalar::Truth(false),
        Some(b'"') => {
            let inner = raw.get(1..raw.len() - 1).unwrap_or_default();
            if inner.contains('\\') {
                // Half a pair of surrogates, as `\ud800`, stands for no character.
                let found = raw.chars().take(20).collect();
                let plain = serde_json::from_str::<String>(raw);
                let plain = plain.map_err(|_| (offset(text, raw), JsonFault::Syntax { found }));
                Scalar::Text(Cow::Owned(plain?))
            } else {
                Scalar::Text(Cow::Borrowed(inner))
            }
        }
        Some(b'{' | b'[') => {
            let field = clipped(key);
            return Err((offset(text, raw), JsonFault::Nested { field }));
        }
        _ => Scalar::Number(raw),
    })
}

fn clipped(text: &str) -> String {
    text.chars().take(40).collect()
}
