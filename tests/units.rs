//! Small parts of the library and of the program, one by one.
//!
//! Most are seen from outside. Where no public function shows all of a part, its file is taken in here as a
//! module, so that it is compiled once more and the library is not: `crate::` in it means what `tests/all.rs`
//! names.

mod addresses;
mod carried;
mod cell_ends;
mod days;
mod deadlines;
mod encodings;
mod escapes;
mod extents;
mod fold;
mod followed;
mod formats;
mod formulas;
mod framed;
mod kept_words;
mod labels;
mod listed;
mod looked_up;
mod mappings;
mod means;
mod objects;
mod periods;
mod pictures;
mod positions;
mod printed;
mod quick;
mod runs;
mod sheet_tables;
mod slugs;
mod splitter;
mod stored;
mod stretches;
mod table;
mod unit;
mod uris;
mod wanted;
mod wrapping;
