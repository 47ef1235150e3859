//! Expected texts, each beside its case.

use crate::common::root;

/// Compares a text with `tests/FOLDER/NAME.snap`.
pub(crate) fn snapshot(folder: &str, name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path(root("tests").join(folder));
    settings.bind(|| insta::assert_snapshot!(name.to_owned(), text));
}
