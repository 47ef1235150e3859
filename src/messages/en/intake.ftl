# Files of figures: which are read, and what is wrong with packed ones.

figure-too-large-together = table of { $found } bytes after { $before } bytes of others, at most { $limit } are allowed together
figure-parquet-encrypted = this Parquet file is encrypted
help-parquet-encrypted = write it again without encryption
figure-parquet-malformed = this is no sound Parquet file: { $why }
parquet-too-long = its description is longer than the file
parquet-undecoded = its description cannot be decoded
parquet-column-undecoded = the bytes of a column cannot be decoded
parquet-column-short = a column has fewer values than the file has rows
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
cli-arg-stdin-name = name of the table in the input stream; its ending tells its format

replay-stdin = figures were read from the input stream, which no file keeps; hand them in again: plumbrule replay { $file } < TABLE

## figures

cli-figures = Show what is understood of tables, and write them as one clean table
cli-arg-figures-tables = tables, folders and patterns; `-` is the input stream; by default ./fixtures/published
cli-arg-figures-figures = the same, as the other commands take them
cli-arg-figures-rules = the pack whose names count; by default that in this folder, or the only one below ./rules
cli-arg-figures-indicator = only figures of these indicators, by id or name
cli-arg-figures-entity = only figures of these entities, by id or name
cli-arg-figures-only-period = only figures of these periods
cli-arg-figures-only-source = only figures of these sources, by id
cli-arg-figures-problems = files and problems alone, without the figures
cli-arg-figures-table-format = for people, or a clean table; by default that of the ending of --out, else human
cli-value-table = TABLE
cli-examples-figures =
    plumbrule figures fixtures/published --rules rules/nip-2021 --problems
    plumbrule figures fixtures/published --rules rules/nip-2021 --indicator penetration_5g
    plumbrule figures 'fixtures/published/dcr-*/*.tsv' --rules rules/nip-2021 --out clean.csv
cli-exit-figures =
    0  everything was understood
    2  something was not, or an error

figures-no-pack = no pack is here whose names could be looked for in the tables, which this needs
figures-no-indicator = no indicator is called `{ $found }`
figures-no-entity = no entity is called `{ $found }`
figures-no-source = no figure is from `{ $found }`
figures-left-out = figures that { $format } cannot carry whole, left out: { $count }; the first is { $printed } at { $place }
figures-count = figures shown: { $count } of { $all }
figures-problems = problems: { $count }
figures-no-problem = everything was understood
figures-file = file
figures-sheet = sheet
figures-figures = figures
figures-unread = not readable
figures-n-problems = problems
figures-figure = figure
figures-entity = entity
figures-period = period
figures-printed = printed
figures-exact = read as exact
figures-rounded = read as printed
figures-source = source
figures-place = place
figures-times = times
figures-problem = problem
figures-first-place = first place
figures-help = way out
figures-layout = layout
figures-header = header row
figures-columns-left-out = columns left out
figures-absent = said to be absent
figures-long = long
figures-wide = wide
figures-no-layout = not understood
figures-format = form
figures-format-text = text with `{ $sign }`
figures-format-tabs = text with tabs
figures-format-workbook = workbook
figures-column = column
figures-head = header
figures-meaning = understood as
figures-of = figures: { $what }
figures-parts-of = parts by `{ $dimension }`
figures-column-ignored = left out: says nothing of figures
figures-column-unknown = not known, left out
figures-all-line = of all figures, line { $line }: { $what }
figures-all-sheet = of all figures, name of the sheet: { $what }
figures-all-mapping = of all figures, `table` item: { $what }
figures-rows = rows
figures-numbers = printed numbers
figures-beside = beside it
figures-raw-numbers = numbers
figures-raw-texts = texts, known to a pack
figures-raw-of = numbers of `{ $names }`, a name for a pack
figures-raw-of-what = numbers of `{ $names }`, a name for a pack; { $what }
figures-raw = No pack is here, so that nothing says which indicators and entities the names mean. Numbers are read in the units that are printed. A pack is named with --rules; plumbrule init writes one.
figures-raw-packs = No pack was named, so that nothing says which indicators and entities the names mean. Numbers are read in the units that are printed. Packs that are here: { $packs }
