//! Tables of a workbook: what a sheet and a cell cannot hold.

// The file names what it needs as its parent and its grandparent do.
#[path = "."]
mod report {
    mod text {
        pub(super) use plumbrule::report::{width, wrap};
    }

    #[path = "."]
    mod xlsx {
        use plumbrule::message::Lang;
        use rust_xlsxwriter::{Format, Worksheet};

        #[path = "../../src/report/xlsx/number.rs"]
        mod number;
        #[allow(dead_code, reason = "the library uses the rest")]
        #[path = "../../src/report/xlsx/table.rs"]
        mod table;

        mod paper {
            use plumbrule::message::Lang;
            use rust_xlsxwriter::{Worksheet, XlsxError};

            /// Paper without lines above and below its pages.
            pub(super) struct Paper {
                pub(super) lang: Lang,
            }

            impl Paper {
                #[expect(clippy::unnecessary_wraps, reason = "as in the library")]
                pub(super) fn set_up(&self, _: &mut Worksheet, _: &str) -> Result<(), XlsxError> {
                    Ok(())
                }
            }
        }

        use number::write;
        use paper::Paper;
        use table::{Cell, Column, Table, safe};

        /// Rows and columns of a sheet, and units of UTF-16 of a cell, that spreadsheets take.
        const MOST_ROWS: u32 = 1_048_576;
        const MOST_UNITS: usize = 32_767;

        #[test]
        fn rows_that_a_sheet_cannot_hold_are_counted() {
            let paper = Paper { lang: Lang::En };
            let column = Column::new("sheet-rule", 9);
            let mut table = Table::new(&paper, "sheet-verdicts", &[column], 0).unwrap();
            // The head takes one, and one is left.
            for _ in 0..MOST_ROWS - 2 {
                table.row(Vec::new()).unwrap();
            }
            for rule in ["the last that fits", "one too many", "another"] {
                table.row(vec![Cell::text(rule)]).unwrap();
            }
            assert_eq!(table.n_left_out, 2);
            assert!(table.finish().is_ok());
        }

        #[test]
        fn a_text_is_cut_to_what_a_cell_holds() {
            let whole = "\u{6570}".repeat(MOST_UNITS);
            assert_eq!(safe(&whole), (whole.clone(), false));
            let (cut, is_cut) = safe(&(whole + "!"));
            assert!(is_cut && cut.ends_with('\u{2026}'));
            assert_eq!(cut.encode_utf16().count(), MOST_UNITS);
            // Signs outside the basic plane count twice.
            let (cut, is_cut) = safe(&"\u{1F4CF}".repeat(MOST_UNITS));
            assert!(is_cut && cut.encode_utf16().count() <= MOST_UNITS);
        }

        #[test]
        fn signs_that_no_sheet_may_hold_are_dropped() {
            assert_eq!(safe("a\u{0}b\u{1b}[31m\tc\nd\u{FFFF}").0, "ab[31m c\nd");
        }

        #[test]
        fn a_number_that_would_lose_a_digit_is_none() {
            let cases = [
                ("0.1", true),
                ("-0.75", true),
                ("1125", true),
                ("123456789012345", true),
                ("1234567890123456", false),
                ("0.1234567890123456", false),
                ("9007199254740993", false),
                ("100000000000000000000", true),
                ("0.30", false),
                ("many", false),
                ("NaN", false),
                ("inf", false),
            ];
            for (decimal, is_number) in cases {
                let written = write(&mut Worksheet::new(), (0, 0), decimal, &Format::new());
                assert_eq!(written.ok(), Some(is_number), "{decimal}");
            }
        }
    }
}
