//! The cells of one record, in a buffer that is used again.

use plumbrule::figures::grid::{Limits, ProblemKind};

// The file names what it needs as its grandparent does.
#[path = "."]
mod delimited {
    use csv_core::ReadRecordResult;

    use super::{Limits, ProblemKind};

    #[expect(dead_code, reason = "the library uses the rest")]
    #[path = "../../src/figures/grid/delimited/splitter.rs"]
    mod splitter;

    use splitter::Splitter;

    #[test]
    fn what_is_kept_never_grows_with_the_file() {
        let limits = Limits {
            cell_bytes: 9,
            columns: 25,
            ..Limits::default()
        };
        let mut splitter = Splitter::new(b',', &limits);
        let long = "x".repeat(2_000_000);
        let mut at = 0;
        let result = splitter.read(format!("\"{long}").as_bytes(), &mut at);
        assert_eq!(result, ReadRecordResult::Record);
        let kind = ProblemKind::CellTooLong {
            limit: 9,
            found: 2_000_000,
        };
        assert_eq!(splitter.refused(9), Some((1, kind)));
        let n_kept: usize = splitter.cells().map(<[u8]>::len).sum();
        assert!(n_kept <= 4096, "{n_kept}");
        // And a record behind it is read into the same buffer.
        let mut at = 0;
        splitter.reset();
        splitter.read(b"a,b\n", &mut at);
        let cells: Vec<&[u8]> = splitter.cells().collect();
        assert_eq!(cells, [b"a", b"b"]);
    }
}
