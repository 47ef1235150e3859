//! Workbooks made for the tests, by the same library that writes reports.

use rust_xlsxwriter::{Color, ExcelDateTime, Format, FormatScript, Formula, Workbook, Worksheet};

/// A sheet, written from its first row on.
pub(crate) fn sheet(name: &str, write: impl FnOnce(&mut Worksheet)) -> Worksheet {
    let mut sheet = Worksheet::new();
    sheet.set_name(name).unwrap();
    write(&mut sheet);
    sheet
}

/// The bytes of a book of these sheets.
pub(crate) fn book(sheets: Vec<Worksheet>) -> Vec<u8> {
    let mut book = Workbook::new();
    for sheet in sheets {
        book.push_worksheet(sheet);
    }
    book.save_to_buffer().unwrap()
}

/// Texts into a row.
pub(crate) fn texts(sheet: &mut Worksheet, row: u32, texts: &[&str]) {
    for (column, text) in texts.iter().enumerate() {
        if !text.is_empty() {
            sheet.write_string(row, column as u16, *text).unwrap();
        }
    }
}

pub(crate) const HEADER: [&str; 5] = ["indicator", "period", "value", "unit", "note"];

fn number(sheet: &mut Worksheet, row: u32, value: f64, format: &str) {
    let format = Format::new().set_num_format(format);
    sheet
        .write_number_with_format(row, 2, value, &format)
        .unwrap();
}

/// Numbers in formats: each row tells its format in the note.
pub(crate) fn formats() -> Vec<u8> {
    let rows: &[(&str, f64, &str, &str)] = &[
        ("share", 0.5596, "0.0%", ""),
        ("share", 0.7138, "0.00%", ""),
        ("share", 71.38, "0.0\"%\"", ""),
        ("share", 71.38, "General", "%"),
        ("share", 71.4, "0.0", "%"),
        ("share", 71.4, "0.00_ ", "%"),
        ("households", 71.38, "0.0\"万户\"", ""),
        ("households", 1234.5, "#,##0.00", "万户"),
        ("households", 1_234_567.0, "#,##0.0,", "户"),
        ("households", 12_345_678.0, "0.0,\"千户\"", ""),
        ("households", 40.0, "\"约\"0\"余万户\"", ""),
        (
            "index",
            f64::from_bits(0x3FD3_3333_3333_3334),
            "General",
            "",
        ),
        ("index", 123_456.0, "0.00E+00", ""),
        ("index", 0.000_123_4, "0.0E+00", ""),
        ("index", 100.0, "0.##", ""),
        ("index", 100.25, "#,##0.0;[Red](#,##0.0)", ""),
        ("index", -100.25, "#,##0.0;[Red](#,##0.0)", ""),
        ("index", -100.25, "#,##0.0;[Red]-#,##0.0", ""),
        (
            "index",
            0.0,
            "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
            "",
        ),
        ("index", 0.0, "0.0;-0.0;;@", ""),
        ("index", 0.75, "# ?/?", ""),
        ("index", 1500.0, "[>=1000]0.0,\"k\";0.0", ""),
        ("index", 7.0, "000", ""),
        ("index", 45291.0, "yyyy-mm-dd", ""),
        ("money", 8.2, "[$¥-804]0.0\"万亿元\"", ""),
        ("money", 8.2, "0.0\"万亿元\";;;", ""),
    ];
    let sheet = sheet("数据", |sheet| {
        texts(sheet, 0, &HEADER);
        for (row, (indicator, value, format, unit)) in (1..).zip(rows) {
            texts(sheet, row, &[indicator, "2024", "", unit, format]);
            number(sheet, row, *value, format);
        }
    });
    book(vec![sheet])
}

/// Periods as numbers, as dates in several formats, and as texts.
pub(crate) fn periods() -> Vec<u8> {
    let day = ExcelDateTime::from_ymd(2023, 12, 31).unwrap();
    let cells: &[&str] = &[
        "yyyy-mm-dd",
        "yyyy\"年\"",
        "yyyy\"年\"m\"月\"",
        "yyyy",
        "mmm yyyy",
        "m/d/yy h:mm",
        "d-mmm",
        "h:mm",
    ];
    let sheet = sheet("periods", |sheet| {
        texts(sheet, 0, &HEADER);
        for (row, code) in (1..).zip(cells) {
            texts(sheet, row, &["index", "", "", "", code]);
            let format = Format::new().set_num_format(*code);
            sheet
                .write_datetime_with_format(row, 1, &day, &format)
                .unwrap();
            number(sheet, row, f64::from(row), "0");
        }
        for (row, id) in (20..).zip([14, 17, 27, 31, 36, 57, 58]) {
            texts(sheet, row, &["index", "", "", "", &id.to_string()]);
            let format = Format::new().set_num_format_index(id);
            sheet
                .write_datetime_with_format(row, 1, &day, &format)
                .unwrap();
            number(sheet, row, f64::from(row), "0");
        }
        texts(sheet, 40, &["index", "", "40"]);
        sheet.write_number(40, 1, 2022.0).unwrap();
        texts(sheet, 41, &["index", "2021年", "41"]);
    });
    book(vec![sheet])
}

/// Merged names, a merged value, formulas, errors, raised marks, odd texts.
pub(crate) fn odd() -> Vec<u8> {
    let plain = Format::new();
    let raised = Format::new().set_font_script(FormatScript::Superscript);
    let red = Format::new().set_font_color(Color::Red);
    let sheet = sheet("Odd ones", |sheet| {
        texts(sheet, 0, &HEADER);
        sheet.merge_range(1, 0, 3, 0, "index", &plain).unwrap();
        for (row, year) in [(1, "2020"), (2, "2021"), (3, "2022")] {
            texts(sheet, row, &["", year]);
        }
        sheet.merge_range(1, 2, 2, 2, "", &plain).unwrap();
        sheet.write_number(1, 2, 100.5).unwrap();
        sheet.write_number(3, 2, 101.5).unwrap();
        texts(sheet, 4, &["index", "2023"]);
        sheet
            .write_formula(4, 2, Formula::new("=C2+1").set_result("101.5"))
            .unwrap();
        texts(sheet, 5, &["index", "2024"]);
        sheet
            .write_formula(5, 2, Formula::new("=1/0").set_result("#DIV/0!"))
            .unwrap();
        texts(sheet, 6, &["share", "2020"]);
        sheet
            .write_rich_string(6, 2, &[(&plain, "26.5"), (&raised, "1"), (&plain, "%")])
            .unwrap();
        texts(sheet, 7, &["share", "2021", "５６．５％  "]);
        texts(sheet, 8, &["share", "2022"]);
        sheet
            .write_rich_string(8, 2, &[(&red, "超"), (&plain, "71%")])
            .unwrap();
        texts(sheet, 9, &["share", "2023", "#N/A"]);
        texts(sheet, 10, &["share", "2024", "71%"]);
        sheet.set_row_hidden(10).unwrap();
        sheet.write_blank(1_048_575, 16_383, &red).unwrap();
    });
    book(vec![sheet])
}

/// A cover, a list of words, a hidden sheet, a chart of nothing, and figures.
pub(crate) fn sheets() -> Vec<u8> {
    let cover = sheet("封面", |sheet| texts(sheet, 2, &["2024年统计资料"]));
    let mut lists = sheet("lists", |sheet| {
        for (row, word) in (0..).zip(["约", "超", "近"]) {
            texts(sheet, row, &[word]);
        }
    });
    lists.set_hidden(true);
    let empty = Worksheet::new();
    let table = |name: &str, year: &str| {
        sheet(name, |sheet| {
            texts(sheet, 0, &["指标", "时期", "数值"]);
            texts(sheet, 1, &["占比", year, "71%"]);
        })
    };
    book(vec![
        cover,
        lists,
        table("2023", "2023"),
        empty,
        table("2024", "2024"),
    ])
}
