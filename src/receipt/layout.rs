//! JSON with one line for each field and for each entry of a list, so that two receipts can be
//! compared by eye. Writes; never reads.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// Levels whose entries have lines of their own; what lies deeper stays in one line.
const DEEPEST: usize = 2;

/// The bytes of a document, with a line feed at the end.
pub(super) fn lines(document: &impl Serialize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, Lines::default());
    // Writing to memory cannot fail, and every key is a text.
    let _ = document.serialize(&mut serializer);
    bytes.push(b'\n');
    bytes
}

#[derive(Default)]
struct Lines {
    depth: usize,
    is_filled: bool,
}

impl Lines {
    fn open(&mut self, w: &mut (impl Write + ?Sized), sign: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.is_filled = false;
        w.write_all(sign)
    }

    fn next(&mut self, w: &mut (impl Write + ?Sized), is_first: bool) -> io::Result<()> {
        match (self.depth <= DEEPEST, is_first) {
            (true, true) => w.write_all(b"\n")?,
            (true, false) => w.write_all(b",\n")?,
            (false, true) => {}
            (false, false) => w.write_all(b", ")?,
        }
        self.indent(w)
    }

    fn indent(&self, w: &mut (impl Write + ?Sized)) -> io::Result<()> {
        if self.depth > DEEPEST {
            return Ok(());
        }
        (0..self.depth).try_for_each(|_| w.write_all(b"  "))
    }

    fn close(&mut self, w: &mut (impl Write + ?Sized), sign: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if self.is_filled && self.depth < DEEPEST {
            w.write_all(b"\n")?;
            self.indent(w)?;
        }
        self.is_filled = true;
        w.write_all(sign)
    }
}

impl Formatter for Lines {
    fn begin_array<W: ?Sized + Write>(&mut self, w: &mut W) -> io::Result<()> {
        self.open(w, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, w: &mut W) -> io::Result<()> {
        self.close(w, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, w: &mut W, first: bool) -> io::Result<()> {
        self.next(w, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.is_filled = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, w: &mut W) -> io::Result<()> {
        self.open(w, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, w: &mut W) -> io::Result<()> {
        self.close(w, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, w: &mut W, first: bool) -> io::Result<()> {
        self.next(w, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, w: &mut W) -> io::Result<()> {
        w.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.is_filled = true;
        Ok(())
    }
}
