//! Where the cells of a text stand.

#[path = "../../src/figures/grid/extent.rs"]
mod extent;

use extent::Extents;

/// Line and UTF-16 columns of a cell.
fn at(text: &str, line: usize, column: usize) -> Option<[usize; 4]> {
    let (start, end) = Extents::new(text.as_bytes(), b',').cell(line, column)?;
    Some([start.line, start.utf16, end.line, end.utf16])
}

#[test]
fn cells_are_found_where_they_stand() {
    let text = "\u{FEFF}a,b\r\n\u{7701},\"x,\"\"\u{1F600}\",z\n\"one\ntwo\",tail\n\"open,1\nlast,";
    assert_eq!(at(text, 1, 1), Some([1, 1, 1, 2]));
    assert_eq!(at(text, 1, 2), Some([1, 3, 1, 4]));
    assert_eq!(at(text, 2, 2), Some([2, 3, 2, 11]));
    assert_eq!(at(text, 2, 3), Some([2, 12, 2, 13]));
    assert_eq!(at(text, 3, 1), Some([3, 1, 4, 5]));
    assert_eq!(at(text, 3, 2), Some([4, 6, 4, 10]));
    assert_eq!(at(text, 5, 1), None, "the quotation is not closed");
    assert_eq!(at(text, 6, 2), Some([6, 6, 6, 6]));
    assert_eq!(at(text, 6, 3), None, "there is no such cell");
    assert_eq!(at(text, 9, 1), None, "there is no such line");
    assert_eq!(at(text, 1, 0), None);
}

#[test]
fn a_record_is_found_cell_by_cell() {
    let text = "a,b\n\"x,\ny\",,z\n\"open,1";
    let of = |line| {
        let found = Extents::new(text.as_bytes(), b',').record(line);
        let cells = found.into_iter().map(|(start, end)| &text[start..end]);
        cells.collect::<Vec<_>>()
    };
    assert_eq!(of(1), ["a", "b"]);
    assert_eq!(of(2), ["\"x,\ny\"", "", "z"]);
    assert_eq!(of(4), [""; 0], "the quotation is not closed");
    assert_eq!(of(9), [""; 0]);
}

#[test]
fn the_work_is_bounded() {
    let text = "a,b\n".repeat(100);
    let mut extents = Extents::new(text.as_bytes(), b',');
    let found = (0..10_000).filter(|_| extents.cell(1, 2).is_some());
    assert!(found.count() < 1_000);
}
