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
    /// Names and values, and how many of them are of the last tag: their room is used again.
    attributes: Vec<(String, String)>,
    n_attributes: usize,
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
            n_attributes: 0,
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
        let mut known = self.attributes.iter().take(self.n_attributes);
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
                    let read = attributes(&tag, &mut self.attributes);
                    self.n_attributes = read.ok_or_else(broken)?;
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

/// Puts the attributes of a tag into the first places of a list, and says how many there are.
fn attributes(tag: &BytesStart<'_>, list: &mut Vec<(String, String)>) -> Option<usize> {
    let mut n = 0;
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.ok()?;
        if n == list.len() {
            list.push((String::new(), String::new()));
        }
        let (name, value) = list.get_mut(n)?;
        name.clear();
        name.push_str(attribute.key.local_name().as_ref());
        value.clear();
        value.push_str(&unescape(&attribute.value).ok()?);
        n += 1;
    }
    Some(n)
}
