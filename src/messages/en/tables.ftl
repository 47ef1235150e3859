# How tables are laid out: problems of headers and columns.

figure-several-readings = header `{ $found }` has several readings: { $readings }
figure-shared-name = header `{ $found }` is a name of several indicators
figure-said-twice = header and column { $other } both say the { $column }; the header says `{ $text }`
figure-same-header = header means the same as that of column { $first }
figure-for-which = column { $column } stands beside several columns of figures
figure-nothing-gives = nothing in the table says the { $column } of its figures
figure-title-several = the lines above the table give more than one { $column }: { $found }
figure-nameless-key = column `{ $found }` tells the { $column } of figures, and no header says so
figure-column-lacks = column of figures `{ $found }` is left out: nothing says its { $column }
figure-rows-alike = only column `{ $found }`, which is not known, tells rows apart: { $texts }
figure-row-alike = only column `{ $found }`, which is not known, tells the row from that on line { $line }
figure-row-alike-blank = only a column without header tells the row from that on line { $line }, and its names are not known
figure-rows-alike-blank = only a column without header tells rows apart, and its names are not known: { $texts }
figure-total = row `{ $found }` is a total of the table, left out
figure-blank-entity = row names no entity, and rows above do
figure-blank-part = row names no part of `{ $dimension }`, and rows above do

figure-several-mappings = several `table` items are about this table: { $names }
figure-mapping-column = `table` item `{ $table }` names the header `{ $found }`, which the table does not have
figure-mapping-header = `table` item `{ $table }` says that the header is in row { $row }; there is none
figure-mapping-twice = `table` item `{ $table }` and column { $other } both say the { $column }

reading-column = the column { $column }
reading-name = { $column } `{ $text }`

help-nameless-key = write the name of such a column above it; or say in a `table` item what the column is, or that it is to be ignored
help-say-in-mapping = a `table` item in the pack can say what the column is: see the manual, Tables as they come
help-for-which = put the two under one merged header, write the word into the cell of the figure, or say it in a `table` item
help-nothing-gives = write it into a column, the headers, a line above the table such as `{ $example }`, or the name of the sheet; or say it in a `table` item of the pack
help-total = give the row the name of an entity or indicator if it is one
help-blank-part = write the part into each row, and the word for a total where the figure is of the whole
help-blank-entity = write the entity into each row; where cells were merged, the file keeps the first alone
help-several-mappings = let their `file` and `sheet` clauses name different tables
help-headers-are = headers of the table: { $names }
help-mapping-twice = leave the column out with `ignore`, or drop it from `all`
help-table-of-what = a `table` item needs `file` or `sheet`: which tables it is about
help-table-once = it is said twice; a column, `header` and `rows` stand once
help-table-rows = rows and columns count from 1, such as `header 3..4`, `rows 5`, `column C` or `column 3`
syntax-column = a column: its header in quotation marks, its letter or its number
syntax-role = what the column holds, such as `entity` or `period`
help-unit-disagrees = write the unit once, or the same one in both places
help-two-scales = write the number with one scale: either in the cell, or in the column or header
example-line-period = period: 2024
example-line-indicator = indicator: 5G users (households)
example-line-entity = region: Beijing
example-line-other = unit: households
