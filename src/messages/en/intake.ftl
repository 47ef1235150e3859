# Files of figures: which are read, and what is wrong with packed ones.

figure-too-large-together = table of { $found } bytes after { $before } bytes of others, at most { $limit } are allowed together
figure-parquet-encrypted = this Parquet file is encrypted
help-parquet-encrypted = write it again without encryption
figure-parquet-malformed = this is no sound Parquet file: { $why }
help-parquet-malformed = was it copied or downloaded whole? Write it again with the program that made it
figure-parquet-rows = this Parquet file declares { $found } rows, at most { $limit } are allowed
figure-parquet-unpacks = this Parquet file unpacks to more than { $limit } bytes
figure-parquet-nested = column `{ $column }` holds lists or structures, and is left out
help-parquet-nested = write each part of it to a column of its own
figure-parquet-type = column `{ $column }` is of type { $type }, which no cell can show, and is left out
help-parquet-type = write it as text, number or date
figure-parquet-text = a cell holds bytes that are no text in UTF-8
help-parquet-text = write the column as text, number or date

cli-no-match = no table fits `{ $pattern }`
cli-pattern = `{ $pattern }` is no pattern: fault at character { $at }
cli-too-many-files = more than { $most } files and folders below `{ $path }`
cli-stdin-terminal = the input stream is a terminal; there is no table in it
cli-stdin-name = `--stdin-name` names the input stream, which is not read
cli-stdin-watch = the input stream cannot be watched: it can be read once only
help-stdin = write `--figures -` and hand the table in: `… --figures - < table.csv`
cli-arg-stdin-name = Name of the table in the input stream; its ending tells its format

replay-stdin = figures were read from the input stream, which no file keeps; hand them in again: plumbrule replay { $file } < TABLE
