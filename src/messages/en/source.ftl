# Tables of many rows, read as columns.
source-new-field = the field `{ $field }` stands in no object of the first megabyte, which names the columns
source-workbook = a workbook is no table of many rows; its sheets are read one at a time with `figures`, or saved as CSV or Parquet
source-above = text stands above the header and may say something of all rows: leave it out, or check without --columns
source-other-header = its columns are { $found }, and those of `{ $first }` are { $expected }
source-other-parts = its folders name { $found }, and those of `{ $first }` name { $expected }
source-no-file = no file holds a table
