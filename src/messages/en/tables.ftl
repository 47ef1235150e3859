# How tables are laid out: problems of headers and columns.

figure-several-readings = header `{ $found }` has several readings: { $readings }
figure-shared-name = header `{ $found }` is a name of several indicators
figure-said-twice = header and column { $other } both say the { $column }; the header says `{ $text }`
figure-same-header = header means the same as that of column { $first }
figure-for-which = column { $column } stands beside several columns of figures
figure-nothing-gives = nothing in the table says the { $column } of its figures
figure-title-several = the lines above the table say several of the { $column }: { $found }
figure-column-lacks = column of figures `{ $found }` is left out: nothing says its { $column }
figure-total = row `{ $found }` is a total of the table, left out
figure-blank-entity = row names no entity, and rows above do

reading-column = the column { $column }
reading-name = { $column } `{ $text }`

help-say-in-mapping = a `table` item in the pack can say what the column is: see the manual, Tables as they come
help-for-which = put the two under one merged header, write the word into the cell of the figure, or say it in a `table` item
help-nothing-gives = a column, the headers, a line above the table or the name of the sheet may say it; a `table` item in the pack can too
help-total = give the row the name of an entity or indicator if it is one
help-blank-entity = write the entity into each row; where cells were merged, the file keeps the first alone
