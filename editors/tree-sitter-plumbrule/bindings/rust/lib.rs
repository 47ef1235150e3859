//! The tree-sitter grammar of Plumbrule rule files.
//!
//! ```ignore
//! let mut parser = tree_sitter::Parser::new();
//! parser.set_language(&tree_sitter_plumbrule::LANGUAGE.into())?;
//! ```

use tree_sitter_language::LanguageFn;

unsafe extern "C" {
    fn tree_sitter_plumbrule() -> *const ();
}

/// The language, for `tree_sitter::Parser::set_language`.
// The function is that of the parser which build.rs compiles, and takes nothing.
pub const LANGUAGE: LanguageFn = unsafe { LanguageFn::from_raw(tree_sitter_plumbrule) };
