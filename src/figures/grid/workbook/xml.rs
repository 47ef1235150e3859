//! Elements of a part: unpacked bytes go in, tags and texts come out one at a time. Entities are
//! the five of XML and numbers; never one that the file declares.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use super::damaged;
use crate::figures::grid::Problem;

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// An element starts; its attributes can be asked for.
    Start,
    /// An element ends.
    End,
    /// A stretch of text.
    Text,
    /// Nothing more.
    Done,
}

/// A part being read. The name and the attributes are those of the last tag.
pub(super) struct Xml<'a> {
    reader: Reader<Box<dyn BufRead + 'a>>,
    part: String,
    buffer: Vec<u8>,
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
}

impl<'a> Xml<'a> {
    pub(super) fn new(part: &str, bytes: Box<dyn BufRead + 'a>) -> Xml<'a> {
        let mut reader = Reader::from_reader(bytes);
        reader.config_mut().expand_empty_elements = true;
        Xml {
            reader,
            part: part.to_owned(),
            buffer: Vec::new(),
            name: String::new(),
            attributes: Vec::new(),
            text: String::new(),
        }
    }

    /// The name of the last tag, without its prefix.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The last text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// An attribute of the last start, by its name without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let mut known = self.attributes.iter();
        known
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether an attribute says yes.
    pub(super) fn says(&self, name: &str) -> bool {
        matches!(self.attribute(name), Some("1" | "true"))
    }

    /// The next tag or text.
    pub(super) fn next(&mut self) -> Result<Token, Problem> {
        loop {
            self.buffer.clear();
            let part = &self.part;
            let broken = || damaged(part);
            let event = self.reader.read_event_into(&mut self.buffer);
            match event.map_err(|_| broken())? {
                Event::Start(tag) => {
                    self.name.clear();
                    self.name.push_str(tag.local_name().as_ref());
                    self.attributes = attributes(&tag).ok_or_else(broken)?;
                    return Ok(Token::Start);
                }
                Event::End(tag) => {
                    self.name.clear();
                    self.name.push_str(tag.local_name().as_ref());
                    return Ok(Token::End);
                }
                Event::Text(text) => {
                    self.text.clear();
                    self.text.push_str(&text.xml10_content());
                    return Ok(Token::Text);
                }
                Event::CData(text) => {
                    self.text.clear();
                    self.text.push_str(&text.xml10_content());
                    return Ok(Token::Text);
                }
                Event::GeneralRef(entity) => {
                    let c = match entity.as_ref() {
                        "lt" => Some('<'),
                        "gt" => Some('>'),
                        "amp" => Some('&'),
                        "apos" => Some('\''),
                        "quot" => Some('"'),
                        _ => entity.resolve_char_ref().ok().flatten(),
                    };
                    self.text.clear();
                    self.text.push(c.ok_or_else(broken)?);
                    return Ok(Token::Text);
                }
                Event::Eof => return Ok(Token::Done),
                _ => {}
            }
        }
    }

    /// Passes over the element that has just started.
    pub(super) fn skip(&mut self) -> Result<(), Problem> {
        let mut depth = 1_usize;
        while depth > 0 {
            match self.next()? {
                Token::Start => depth += 1,
                Token::End => depth -= 1,
                Token::Text => {}
                Token::Done => return Err(damaged(&self.part)),
            }
        }
        Ok(())
    }

    /// All text of the element that has just started.
    pub(super) fn inner(&mut self) -> Result<String, Problem> {
        let mut all = String::new();
        let mut depth = 1_usize;
        while depth > 0 {
            match self.next()? {
                Token::Start => depth += 1,
                Token::End => depth -= 1,
                Token::Text => all.push_str(&self.text),
                Token::Done => return Err(damaged(&self.part)),
            }
        }
        Ok(all)
    }
}

fn attributes(tag: &BytesStart<'_>) -> Option<Vec<(String, String)>> {
    let mut all = tag.attributes();
    let all = all.with_checks(false);
    all.map(|attribute| {
        let attribute = attribute.ok()?;
        let key = attribute.key.local_name().as_ref().to_owned();
        let value = unescape(&attribute.value).ok()?.into_owned();
        Some((key, value))
    })
    .collect()
}
